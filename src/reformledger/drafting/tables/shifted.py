"""Rows whose cells are in the column beside their own: a field is blank, and a column of texts holds its value."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from reformledger.drafting.entry import DraftEntry
from reformledger.drafting.names import is_office, is_surely_person
from reformledger.drafting.passage import Passage
from reformledger.drafting.tables.columns import Column, Group
from reformledger.drafting.values import fits, reads_as_period
from reformledger.fields.entry import ENTRY
from reformledger.i18n import _
from reformledger.text.folding import compact

_KINDS: Mapping[str, Callable[[str, int], bool]] = {
    "lead_departments": lambda text, _year: is_office(text),
    "supporting_departments": lambda text, _year: is_office(text),
    "leaders": lambda text, _year: is_surely_person(text),
    "due": reads_as_period,
}
"""What is hardly anything but the value of each of some fields."""
_TEXTS = ("title", "text", "outcome", "remark", "star", "basis", "columns")
"""The fields that may hold anything."""
_LONGEST = 12  # characters of what is hardly more than a name or a date
_MARKS = frozenset("，,。；;：:“”《》")
_REMEMBERED = 1_024
"""Texts of cells that are judged once: a table names few offices, people and days, but often."""


def ask_shifted(entry: DraftEntry, columns: Sequence[Column], group: Group) -> None:
    """Ask of the rows of an entry about each field that is blank although a column of texts seems to hold its value."""
    year = entry.context.year
    cells = group[0].cells
    strays = (key for key in _KINDS if key != "supporting_departments" and key not in entry.data)
    for missing in (key for key in strays if any(column.key == key for column in columns)):
        for column, cell in zip(columns, cells, strict=True):
            if column.key in _TEXTS and _is_bare(compact(cell.text)) and _KINDS[missing](compact(cell.text), year):
                sentence = _("Another column is blank where this may belong: are the columns shifted?")
                for key in (column.key, missing):
                    entry.ask("value", sentence, key, cell.strip())
    beside = [(column.key, cell) for column, cell in zip(columns, cells, strict=True) if column.key in _KINDS]
    if any(_is_of_another(key, compact(cell.text), year) for key, cell in beside):
        _ask_from_first(entry, columns, [cell.strip() for cell in cells])


@lru_cache(_REMEMBERED)
def _is_of_another(key: str, text: str, year: int) -> bool:
    """Say whether the text of a cell does not fit its column, and is hardly anything but the value of another field."""
    if not text or fits(ENTRY[key], text, year):
        return False
    return any(is_kind(text, year) for other, is_kind in _KINDS.items() if other != key)


def _ask_from_first(entry: DraftEntry, columns: Sequence[Column], cells: Sequence[Passage]) -> None:
    """Ask about each field from the first column on whose cell does not fit, but for those that are asked about."""
    year = entry.context.year
    misfits = (
        place
        for place, (column, cell) in enumerate(zip(columns, cells, strict=True))
        if cell and column.key in _KINDS and not fits(ENTRY[column.key], cell.text, year)
    )
    first = next(misfits)
    asked = {item.field for question in entry.context.questions for item in question.items if item.entry == entry.name}
    sentence = _("A cell before this, or this one, does not fit its column: are the columns shifted?")
    for column, cell in zip(columns[first:], cells[first:], strict=True):
        if column.key not in asked and (cell or column.key in _KINDS):
            entry.ask("value", sentence, column.key, cell or cells[first], claimed=bool(cell))


def _is_bare(text: str) -> bool:
    return 0 < len(text) <= _LONGEST and _MARKS.isdisjoint(text)
