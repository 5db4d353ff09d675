"""What is said of responsibility, put into an entry or a section: who leads, who supports, by when."""

from __future__ import annotations

import re
from collections.abc import Collection
from contextlib import suppress
from typing import cast

from reformledger.drafting.blanks import HAN
from reformledger.drafting.entry import DraftEntry
from reformledger.drafting.names import names_in
from reformledger.drafting.notices.in_words import Clause, is_sentence
from reformledger.drafting.notices.labels import KEYS, labels_in
from reformledger.drafting.notices.responsibility import Responsibility
from reformledger.drafting.notices.statements import Statement, cut_at, cut_by
from reformledger.drafting.passage import Passage, joined
from reformledger.drafting.questions import Proposal
from reformledger.drafting.values import is_deadline, put_names, put_value
from reformledger.fields.entry import ENTRY
from reformledger.i18n import _
from reformledger.model.deadline import DeadlineError, parse_deadline
from reformledger.text.likeness import begins_with_surname
from reformledger.yamlio import Data

POINT = frozenset(KEYS)
SECTION = frozenset({"leaders", "lead_departments"})
"""The keys that what is said may go into."""
_LEAD, _SUPPORT = "lead_departments", "supporting_departments"
_COMMAS = "，,"
_POST = re.compile(
    f"(?P<post>{HAN}{{0,8}}(?:[局县市区处科股院校镇乡厅部司行队站所庭组秘]长|主任|书记|委员|成员|经理|总监|董事|主席|专员|调研员))"
    f"\\s*{HAN}{{2,4}}$"
)
"""A post and a name behind it."""


def put_responsibility(
    entry: DraftEntry, found: Responsibility, statement: Statement | None, keys: Collection[str] = POINT
) -> None:
    """Put what is said of responsibility into an entry, its departments as the document states who of them leads.

    What goes into none of the ``keys`` is left for whoever asks about the rest.
    """
    account = entry.context.account
    for bracket in found.brackets:
        account.lay_out(bracket, "bracket")
    for separator in found.separators:
        account.lay_out(separator, "separator")
    leads_by_word = any(clause.says_leads for clause in found.clauses if clause.key == _LEAD)
    has_support = any(clause.key == _SUPPORT for clause in found.clauses)
    words: set[str] = set()
    for clause in found.clauses:
        if clause.key is None or clause.key not in keys:
            continue
        account.lay_out(clause.label, "label")
        if clause.key == _LEAD and leads_by_word and not clause.says_leads and _SUPPORT in keys:
            _put_beside_leading(entry, clause.value)
        elif clause.key == _LEAD and _SUPPORT in keys:
            _put_departments(entry, clause.value, statement, may_support=not (has_support or leads_by_word))
        else:
            _put(entry, clause)
        _ask_doubtful(entry, clause)
        if clause.word and clause.word in words and isinstance(entry.data.get(clause.key), list):
            sentence = _("This label is printed twice here: is what is behind the second of another entry?")
            entry.ask("value", sentence, clause.key, clause.value)
        words.add(clause.word)
        if clause.is_misspelt:
            sentence = _("The label of this is misspelt: is it in the right field?")
            entry.ask("heading", sentence, clause.key, clause.value)
    if found.statements and "remark" in keys:
        entry.put("remark", joined(found.statements))
    for bracket in found.unread:
        sentence = _("This seems to say who answers for it, in words that are not understood.")
        entry.ask("roles", sentence, _LEAD, bracket)
    for bracket in found.unpaired:
        sentence = _("A bracket is never closed: does what is said here end where it was taken to?")
        key, value = _last_within(bracket, found)
        entry.ask("value", sentence, key, value)


def _last_within(bracket: Passage, found: Responsibility) -> tuple[str, Passage]:
    """Return the field that holds what is last behind a bracket, and that with the bracket."""
    stated = next((statement for statement in found.statements if bracket.at[0] in statement.at), None)
    if stated:
        return "remark", stated
    last = found.clauses[-1]
    return last.key or "", bracket + last.value


def _put(entry: DraftEntry, clause: Clause) -> None:
    key = clause.key or ""
    if key == "persons":
        put_names(entry, ENTRY[key], clause.value, clause.word)
    elif key == "due":
        _put_deadline(entry, clause.value)
    elif key == "leaders":
        _put_leaders(entry, clause.value)
    elif key in entry.data and not ENTRY[key].several:
        _ask_which(entry, key, clause.value)
    else:
        put_value(entry, key, clause.value)


def _put_leaders(entry: DraftEntry, value: Passage) -> None:
    """Put leaders in; a post that is printed before a name (副局长陈某) is left out, and asked about."""
    names = names_in(value, offices=False)
    bare = [name[len(_post_before(name.text)) :] for name in names.names]
    if names.others or all(len(one) == len(other) for one, other in zip(bare, names.names, strict=True)):
        put_value(entry, "leaders", value)
        return
    for between in names.between:
        entry.context.account.lay_out(between, "separator")
    for name, whole in zip(bare, names.names, strict=True):
        put_value(entry, "leaders", name)
        if len(name) < len(whole):
            sentence = _("A post is printed before this name, and left out: is the name right?")
            entry.ask("names", sentence, "leaders", whole, Proposal({"leaders": [other.text for other in names.names]}))


def _ask_doubtful(entry: DraftEntry, clause: Clause) -> None:
    """Keep each name of a list once, and ask about one that is printed twice, or is a sentence."""
    key = clause.key or ""
    held = entry.data.get(key)
    if not isinstance(held, list):
        return
    names = list(dict.fromkeys(map(str, held)))
    if len(names) < len(held):
        entry.data[key] = cast("Data", names)
        entry.ask("names", _("A name is printed twice here, and kept once: is that right?"), key, clause.value)
    if key in {_LEAD, _SUPPORT} and is_sentence(clause.value.text):
        sentence = _("This is printed where names of offices belong, and does not look like one.")
        entry.ask("value", sentence, key, clause.value)


def _post_before(name: str) -> str:
    """Return the post before a name that begins with a surname, blank for none."""
    match = _POST.match(name)
    return match["post"] if match and begins_with_surname(name[match.end("post") :]) else ""


def _put_deadline(entry: DraftEntry, value: Passage) -> None:
    """Put a deadline in; one whose label was printed twice is kept as printed, with what it means."""
    if "due" in entry.data:
        _ask_which(entry, "due", value)
        return
    label = next(iter(labels_in(value.text)), None)
    if label and label.key == "due" and label.start == 0:
        with suppress(DeadlineError):
            means = parse_deadline(value.text[label.end :].strip(), entry.context.year).meaning(entry.context.year)
            entry.put("due", value, {"wording": value.text, "means": means})
            return
    put_value(entry, "due", value)


def _ask_which(entry: DraftEntry, key: str, value: Passage) -> None:
    sentence = _("This is said twice, and the field takes one: which holds?")
    proposals = [Proposal({key: value.text})]
    both = f"{entry.data[key]}，{value.text}"
    if key == "due" and is_deadline(both, entry.context.year):
        proposals.insert(0, Proposal({key: both}))
    entry.ask("value", sentence, key, value, *proposals)


def _put_beside_leading(entry: DraftEntry, value: Passage) -> None:
    put_value(entry, _SUPPORT, value)
    sentence = _("Responsible departments are named beside leading ones: do they support?")
    entry.ask("roles", sentence, _SUPPORT, value, Proposal({_LEAD: [*_names_held(entry, _LEAD), *_names(value)]}))


def _put_departments(entry: DraftEntry, value: Passage, statement: Statement | None, *, may_support: bool) -> None:
    """Put departments in, those that lead and those that support, as is stated; a comma that nothing explains asks."""
    if statement is not None and may_support:
        cut = cut_by(statement, value)
        put_value(entry, _LEAD, cut.leading)
        entry.context.account.lay_out(cut.between, "separator")
        put_value(entry, _SUPPORT, cut.supporting)
        return
    put_value(entry, _LEAD, value)
    cut = cut_at(_COMMAS, value)
    if cut.supporting and may_support:
        sentence = _("A comma parts these departments, and nothing says what it means: do those behind it support?")
        proposal = Proposal({_LEAD: _names(cut.leading), _SUPPORT: _names(cut.supporting)})
        entry.ask("roles", sentence, _LEAD, value, proposal)


def _names(value: Passage) -> list[Data]:
    return [name.text for name in names_in(value, offices=True).names]


def _names_held(entry: DraftEntry, key: str) -> list[Data]:
    held = entry.data.get(key)
    return list(held) if isinstance(held, list) else []
