"""What a passage says, put into a field by the field's type; what cannot be read is asked about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date, timedelta
from functools import lru_cache

from reformledger.drafting.blanks import tidied
from reformledger.drafting.entry import DraftEntry
from reformledger.drafting.names import Cut, is_office, is_person, names_in
from reformledger.drafting.passage import Passage, joined
from reformledger.drafting.questions import Proposal
from reformledger.fields.entry import ENTRY
from reformledger.fields.field import Field
from reformledger.i18n import _
from reformledger.model.deadline import DeadlineError, parse_deadline
from reformledger.model.entries import STAR_SIGN
from reformledger.model.readers import READERS, UnreadError, canonical
from reformledger.text.folding import compact
from reformledger.text.likeness import is_group
from reformledger.text.patterns import when_used
from reformledger.text.titles import unpaired

_STAR = when_used(rf"{STAR_SIGN}\s*(?P<open>[（(])?(?P<note>.*?)(?(open)(?P<close>[）)])|)\s*$", re.DOTALL)
_DASH = re.compile(r"[-—–―－/／\\无]+$")
_ENDS_PARAGRAPH = when_used(
    r"[。！？；;：:]\s*\n|\n(?=\s*(?:[0-9一二三四五六七八九十]{1,2}[.．、](?![0-9])|[（(][0-9一二三四五六七八九十]{1,2}[）)]|[①-⑳]"
    r"|[^：:\n。，]{1,12}[：:]))"
)
"""A line end that is that of a paragraph: behind the end of a sentence, or before a number or a label."""
_SECTION = when_used("[科处股局委办院部室]$")
"""The end of names of offices with which hardly a person's name ends."""
_WORD = re.compile(r"\w")
_LONGEST_NAME = 30  # characters
_TIME = re.compile("[0-9年月季日]|(?i:day|month|week|quarter|annual)")
_DIGITS = re.compile("[0-9]{2}")
_NUMBER_OF_DAY = re.compile("[34][0-9]{4}")
_DIGITS_OF_YEAR = 4
_FIRST_DAY = date(1899, 12, 30)
"""The day from which workbooks count days."""
_REMEMBERED = 1_024
"""Texts of cells that are judged once: a table names few offices, people and days, but often."""
STARS_ALIKE = "★✩✰⭐"
"""Characters that may be typed for ☆."""


def put_value(entry: DraftEntry, key: str, source: Passage) -> None:
    """Put what a passage says into a field of an entry, by the type of the field; ask where it cannot be read."""
    source = source.strip()
    if not source:
        return
    field = ENTRY[key]
    if is_crossed(source.text):
        entry.context.account.lay_out(source, "crossed")
    elif key == "due":
        put_deadline(entry, source)
    elif key == "star":
        put_star(entry, source)
    elif field.several:
        put_names(entry, field, source)
    elif field.type in READERS:
        _put_read(entry, field, source)
    elif field.names and not field.joined:
        _put_one_name(entry, field, source)
    elif field.joined:
        entry.put(key, _joined_names(source))
    else:
        entry.put(key, in_paragraphs(source) if field.prose else tidied(source))


def is_crossed(text: str) -> bool:
    """Say whether a cell has nothing to say: it is crossed with a dash."""
    return _DASH.match(compact(text)) is not None


def in_paragraphs(source: Passage) -> Passage:
    """Return running text with its blanks tidied; a line end stays where a line ends as paragraphs do."""
    if "\n" not in source.text:
        return tidied(source)
    pieces: list[Passage] = []
    start = 0
    for match in _ENDS_PARAGRAPH.finditer(source.text):
        pieces += [tidied(source[start : match.end() - 1]), source[match.end() - 1 : match.end()]]
        start = match.end()
    return joined([*pieces, tidied(source[start:])])


def put_names(entry: DraftEntry, field: Field, source: Passage, role: str = "") -> None:
    """Put the names that a passage joins into a list: that of a field, or of a role of persons."""
    cut = names_in(source, offices=field.names == "office", whole=entry.context.whole)
    for name in cut.names:
        if _may_be_name(compact(name.text), entry.context.year) or is_office(name.text):
            _append_name(entry, field.key, name, role)
    for between in cut.between:
        entry.context.account.lay_out(between, "separator")
    _ask_names(entry, field, source, cut, role)


def _append_name(entry: DraftEntry, key: str, name: Passage, role: str) -> None:
    if not role:
        entry.append(key, name)
        return
    roles = entry.data.setdefault(key, {})
    if isinstance(roles, dict):
        held = roles.setdefault(role, [])
        if isinstance(held, list):
            held.append(name.text)
    entry.context.account.use(name, entry.name, key)


def _ask_names(entry: DraftEntry, field: Field, source: Passage, cut: Cut, role: str) -> None:
    def proposal(names: Iterable[str]) -> Proposal:
        return Proposal({field.key: {role: list(names)} if role else list(names)})

    if cut.others:
        sentence = _("Where one name ends and the next begins is not certain.")
        entry.ask("names", sentence, field.key, source, proposal(cut.others))
    elif any(True for name in cut.names for _unpaired in unpaired(name.text)):
        entry.ask("names", _("A bracket has no partner here: what are the names?"), field.key, source)
    else:
        odd = [name for name in cut.names if not fits(field, name.text, entry.context.year)]
        for name in odd:
            entry.ask("value", _not_of_its_kind(field), field.key, name)


def _not_of_its_kind(field: Field) -> str:
    if field.names == "office":
        return _("This is printed where names of offices belong, and does not look like one.")
    return _("This is printed where names of people belong, and does not look like one.")


def fits(field: Field, text: str, year: int) -> bool:
    """Say whether a value may rightly be in the column of a field, as far as its type tells."""
    if field.key == "due":
        return _fits_deadlines(compact(text), year)
    return field.names is None or _fits_names(compact(text), field.names, year)


@lru_cache(_REMEMBERED)
def _fits_deadlines(text: str, year: int) -> bool:
    is_name = is_office(text) or is_person(text)
    return STAR_SIGN not in text and not (is_name and not reads_as_period(text, year))


@lru_cache(_REMEMBERED)
def _fits_names(text: str, names: str, year: int) -> bool:
    if text.isascii() or not _may_be_name(text, year):
        return _may_be_name(text, year)
    if names == "office":
        return is_office(text) or is_group(text)
    return is_person(text) and not (is_office(text) and _SECTION.search(text))


@lru_cache(_REMEMBERED)
def _may_be_name(text: str, year: int) -> bool:
    """Say whether a text may be a name at all: it holds no number, no date and no ☆, and is not too long."""
    is_other = _DIGITS.search(text) or STAR_SIGN in text or reads_as_period(text, year)
    return not is_other and len(text) <= _LONGEST_NAME


def is_deadline(text: str, year: int) -> bool:
    """Say whether a text can be read as a deadline, of whatever sort."""
    if text.isdecimal() and len(text) < _DIGITS_OF_YEAR:  # of which a column of figures is full
        return False
    with suppress(DeadlineError):
        parse_deadline(text, year)
        return True
    return False


def reads_as_period(text: str, year: int) -> bool:
    """Say whether a text is a deadline that names its days."""
    if not _TIME.search(text):
        return False
    with suppress(DeadlineError):
        return bool(parse_deadline(text, year).occurrences)
    return False


def _put_one_name(entry: DraftEntry, field: Field, source: Passage) -> None:
    cut = names_in(source, offices=field.names == "office", whole=entry.context.whole)
    if len(cut.names) == 1 and not cut.others:
        entry.put(field.key, cut.names[0])
        for between in cut.between:
            entry.context.account.lay_out(between, "separator")
        if not fits(field, cut.names[0].text, entry.context.year):
            entry.ask("value", _not_of_its_kind(field), field.key, source)
        return
    proposals = [Proposal({field.key: name}) for name in (*(name.text for name in cut.names), *cut.others)]
    entry.ask("names", _("The field takes one name: which of these?"), field.key, source, *proposals)


def _joined_names(source: Passage) -> Passage:
    """Return names that are kept as one text: where they were printed one a line, with 、 between."""
    cut = names_in(source, offices=True)
    if cut.others or not cut.between or any(between.strip() or "\n" not in between.text for between in cut.between):
        return tidied(source)
    pieces = [cut.names[0]]
    for between, name in zip(cut.between, cut.names[1:], strict=False):
        pieces += [Passage("、", between.at[:1]), name]
    return joined(pieces)


def put_deadline(entry: DraftEntry, source: Passage) -> None:
    """Put a deadline in as printed; one that cannot be read is asked about, with what could be typed."""
    wording = in_paragraphs(source)
    try:
        parse_deadline(wording.text, entry.context.year)
    except DeadlineError as error:
        if not fits(ENTRY["due"], wording.text, entry.context.year):
            sentence = _("This is printed where deadlines belong, and does not look like one.")
            entry.ask("value", sentence, "due", source)
            return
        forms = [parse_deadline(near, entry.context.year).meaning(entry.context.year) for near in error.near]
        proposals = [
            *_day_of_workbook(wording.text),
            *(
                Proposal({"due": {"wording": wording.text, "means": form}})
                for form in dict.fromkeys([*forms, error.explicit])
            ),
        ]
        sentence = _("This deadline cannot be read: what does it mean?")
        entry.ask("deadline", sentence, "due", source, *proposals)
    else:
        entry.put("due", wording)


def _day_of_workbook(text: str) -> Iterator[Proposal]:
    """Yield the day that a workbook keeps as a number, where the format is lost by which it was shown."""
    if _NUMBER_OF_DAY.fullmatch(text):
        day = _FIRST_DAY + timedelta(days=int(text))
        yield Proposal({"due": day.isoformat()}, _("the number by which a workbook keeps this day"))


def put_star(entry: DraftEntry, source: Passage) -> None:
    """Put a ☆ in, with the condition that is printed beside it; other text in its place is a remark."""
    match = _STAR.match(source.text)
    if match is None:
        if source.text[0] in STARS_ALIKE:
            sentence = _("Is this the ☆ of what is to be closed out within the year?")
            entry.ask("marks", sentence, "star", source, Proposal({"star": STAR_SIGN}))
        else:
            entry.put("remark", in_paragraphs(source))
        return
    note = tidied(source.group(match, "note"))
    if not _WORD.search(note.text):
        entry.put("star", source[:1], STAR_SIGN)
        if note:
            entry.ask("marks", _("What does this mean beside the ☆?"), "star", note)
        return
    entry.context.account.use(source[:1], entry.name, "star")
    entry.put("star", note, {"note": note.text})
    for bracket in ("open", "close"):
        entry.context.account.lay_out(source.group(match, bracket), "bracket")


def _put_read(entry: DraftEntry, field: Field, source: Passage) -> None:
    try:
        value = READERS[field.type](source.text)
    except UnreadError as error:
        sentence = error.sentence.format(label=field.heading, word=compact(source.text))
        entry.ask("value", sentence, field.key, source)
    else:
        entry.put(field.key, source, canonical(value))
