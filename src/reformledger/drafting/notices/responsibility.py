"""Brackets and lines that say who answers for a point and by when, cut out of its text and taken apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from reformledger.drafting.blanks import HAN
from reformledger.drafting.notices.brackets import CLOSING, OPENING, bracketed
from reformledger.drafting.notices.in_words import (
    Clause,
    InWords,
    are_offices,
    is_day,
    is_sentence,
    parted_in_words,
    said_in_words,
)
from reformledger.drafting.notices.labels import ANSWERING, Label, labels_in, labels_with_unmarked
from reformledger.drafting.notices.statements import STATEMENT
from reformledger.drafting.passage import Passage, joined
from reformledger.text.patterns import when_used

_SEPARATORS = "，,；;。、 \u3000\n"
_STATED = re.compile(f"[（(][^（）()]*(?:{STATEMENT.pattern})[^（）()]*[）)]")
_STATED_AT_END = re.compile(f"[（(]?[^。；（）()]{{0,12}}(?:{STATEMENT.pattern})[^。；（）()]*[）)]?$")
_ENDS_SENTENCE = when_used("[。；;！!]\\s*$")
_FULL_STOPS = ("。", "；", ";")
_IS_EDITION = when_used("(?:修订|修正|印发|发布|公布|通过|施行|版|稿)$")
"""How a bracket ends that says which edition of a paper is meant, whatever day is in it: （2023年12月修订）."""
_ENDS_ENGLISH = re.compile("(?<=[A-Za-z0-9])[.]$")
_BEGINS_WITH_DAY = when_used(
    "(?:[0-9]{4}年)?(?:[0-9]{1,2}(?:[-—－至、][0-9]{1,2})?月|[一二三四]季度|[上下]半年|年底|年内)|[0-9]{4}年(?:底|内|前)"
)
"""How a bracket begins that says by when, be it in words that are not understood: （6月开工、12月竣工）."""
_MAY_ANSWER = when_used("牵头|负责|配合|责任|主办|协办")
_ONE_PERSON = when_used(f"{HAN}{{2,3}}")


@dataclass
class Responsibility:
    """What is said of who answers for something and by when: the clauses in their order, and what is around them.

    ``statements`` are brackets that say which departments of a list lead, ``unpaired`` those that are never closed,
    ``unread`` those that say something which is not understood.
    """

    clauses: list[Clause] = field(default_factory=list)
    brackets: list[Passage] = field(default_factory=list)
    separators: list[Passage] = field(default_factory=list)
    statements: list[Passage] = field(default_factory=list)
    unpaired: list[Passage] = field(default_factory=list)
    unread: list[Passage] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.clauses)

    def add(self, other: Responsibility) -> None:
        """Add what another says."""
        self.clauses += other.clauses
        self.brackets += other.brackets
        self.separators += other.separators
        self.statements += other.statements
        self.unpaired += other.unpaired
        self.unread += other.unread


def cut_responsibility(text: Passage, found: Responsibility, source: str) -> Passage:
    """Return a text without what it says of responsibility, which is added to what was ``found``.

    ``source`` is the text of the whole source, which shows the blanks between its pieces.
    """
    text = _cut_statements(text, found)
    kept: list[Passage] = []
    start = 0
    for opened, end, is_closed in bracketed(text.text):
        inside = text[opened + 1 : end - is_closed]
        if _take_bracket(text, inside, opened, end, found, is_closed=is_closed):
            kept.append(text[start:opened])
            start = end
            if _ENDS_SENTENCE.search(text.text[:opened]) and text.text.startswith(_FULL_STOPS, end):
                found.separators.append(text[end : end + 1])
                start += 1
    rest = _cut_behind_sentence(joined([*kept, text[start:]]).strip(), found)
    return rest if found else _cut_offices(rest, found, source)


def _take_bracket(
    text: Passage, inside: Passage, opened: int, end: int, found: Responsibility, *, is_closed: bool
) -> bool:
    """Say whether a bracket says something of responsibility, which is taken then."""
    labels = labels_with_unmarked(inside.text)
    while not is_closed and labels and _closes_more(inside.text[labels[-1].end :]):
        inside = inside[: len(inside.text[:-1].rstrip())]
    if labels and not inside.text[: labels[0].start].strip() and any(label.key for label in labels):
        _take_labelled(inside, labels, found)
    elif not is_closed or not _ends_text(text[end:].text) or _IS_EDITION.search(inside.text):
        return False
    elif not (_add_in_words(said_in_words(inside), found) or _take_day(inside, found)):
        if _MAY_ANSWER.search(inside.text):
            found.unread.append(text[opened:end])
            return True
        return False
    bracket = found.brackets if is_closed else found.unpaired
    bracket.append(text[opened : opened + 1])
    found.brackets.append(text[opened + 1 + len(inside) : end])
    return True


def _take_day(text: Passage, found: Responsibility) -> bool:
    """Take what a bracket says that begins with a day, which may be none that can be read; say whether it does so."""
    if not _BEGINS_WITH_DAY.match(text.text):
        return False
    found.clauses.append(Clause("due", text))
    return True


def _closes_more(text: str) -> bool:
    """Say whether a text ends with the end of a bracket that does not begin in it."""
    opening, closing = (sum(text.count(bracket) for bracket in brackets) for brackets in (OPENING, CLOSING))
    return text.endswith(tuple(CLOSING)) and closing > opening


def _take_labelled(text: Passage, labels: list[Label], found: Responsibility) -> None:
    """Take what each label of a text says."""
    place = 0
    while place < len(labels):
        label, following = labels[place], labels[place + 1 : place + 2]
        end = following[0].start if following else len(text)
        is_doubled = bool(following) and following[0].key == label.key and not text[label.end : end].text.strip()
        begin = label.end
        if is_doubled:  # 完成时限：完成时限：2020年12月
            end = labels[place + 2].start if place + 2 < len(labels) else len(text)
            begin = begin if label.key == "due" else following[0].end
            place += 1
        value = text[begin:end]
        bare = _trimmed(value)
        found.separators += [value[: _lead(value)], value[_lead(value) + len(bare) :]]
        clause = Clause(label.key, bare, text[label.start : begin], label.word, label.is_misspelt)
        _add_in_words(parted_in_words(clause), found)
        place += 1


def _add_in_words(said: InWords, found: Responsibility) -> bool:
    """Add what words say; say whether they say something."""
    found.clauses += said.clauses
    found.separators += said.separators
    return bool(said.clauses)


def _trimmed(value: Passage) -> Passage:
    bare = value.strip(_SEPARATORS)
    return bare[:-1] if _ENDS_ENGLISH.search(bare.text) else bare


def _lead(value: Passage) -> int:
    return len(value.text) - len(value.text.lstrip(_SEPARATORS))


def _ends_text(behind: str) -> bool:
    """Say whether a bracket is the last of its text: what is behind it is another, or a mark."""
    behind = behind.strip("。；; ")
    return not behind or behind[0] in OPENING


def _cut_statements(text: Passage, found: Responsibility) -> Passage:
    """Return a text without the brackets that state who of several leads; at its end one may lack a bracket."""
    found.statements += [text.group(match) for match in _STATED.finditer(text.text)]
    rest = text.without(_STATED)
    if match := _STATED_AT_END.search(rest.text):
        found.statements.append(rest.group(match))
        found.unpaired.append(rest.group(match)[:1])
        rest = rest[: match.start()]
    return rest.strip()


def _cut_behind_sentence(text: Passage, found: Responsibility) -> Passage:
    """Return a text without the labels that are printed behind its last sentence, or that it begins with."""
    labels = labels_in(text.text)
    first = next((at for at, label in enumerate(labels) if _begins_clause(label, text.text[: label.start])), None)
    if first is None:
        return text
    start = labels[first].start
    _take_labelled(text[start:], [_moved(label, start) for label in labels[first:]], found)
    return text[:start].strip()


def _cut_offices(text: Passage, found: Responsibility, source: str) -> Passage:
    """Return a text without the departments, people and days that stand by themselves behind its last sentence."""
    clauses: list[Clause] = []
    end = len(text)
    for start in _starts_of_pieces(text, source):
        piece = text[start:end].strip()
        if are_offices(piece) and not is_sentence(piece.text):
            clauses.insert(0, Clause("lead_departments", piece))
        elif is_day(piece.text):
            clauses.insert(0, Clause("due", piece))
        elif _ONE_PERSON.fullmatch(piece.text):
            clauses.insert(0, Clause("leaders", piece))
        else:
            break
        end = start
    if not any(clause.key == "lead_departments" for clause in clauses):
        return text
    found.clauses += clauses
    return text[:end].strip()


def _starts_of_pieces(text: Passage, source: str) -> Iterator[int]:
    """Yield where pieces begin that a blank or the end of a sentence is before, the last first; not the beginning."""
    for place in range(len(text) - 1, 0, -1):
        before, behind = text.at[place - 1] + 1, text.at[place]
        gap = source[before:behind]
        is_parted = bool(gap) and gap.isspace() and "\n" not in gap
        if text.text[place - 1] == "。" or is_parted or text.text[place - 1].isspace():
            yield place


def _begins_clause(label: Label, before: str) -> bool:
    """Say whether a label is the first of what says who answers; one of other fields is so on a line of its own."""
    return bool(label.key) and (
        not before.strip() or (label.key in ANSWERING and _ENDS_SENTENCE.search(before) is not None)
    )


def _moved(label: Label, by: int) -> Label:
    return label._replace(start=label.start - by, end=label.end - by)
