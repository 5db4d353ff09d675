"""Rows whose cells are in the column beside their own: a field is blank, and a column of texts holds its value."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from reformledger.drafting.columns import Column, Group
from reformledger.drafting.entry import DraftEntry
from reformledger.drafting.names import is_office, is_surely_person
from reformledger.drafting.values import reads_as_period
from reformledger.i18n import _
from reformledger.text.folding import compact

_TEXTS = ("title", "text", "outcome", "remark", "star", "basis", "columns")
"""The fields that may hold anything."""
_LONGEST = 12  # characters of what is hardly more than a name or a date
_MARKS = frozenset("，,。；;：:“”《》")


def ask_shifted(entry: DraftEntry, columns: Sequence[Column], group: Group) -> None:
    """Ask of the rows of an entry about each field that is blank although a column of texts seems to hold its value."""
    year = entry.context.year
    strays: Mapping[str, Callable[[str], bool]] = {
        "lead_departments": is_office,
        "leaders": is_surely_person,
        "due": lambda text: reads_as_period(text, year),
    }
    for missing in (column.key for column in columns if column.key in strays and column.key not in entry.data):
        for place, column in enumerate(columns):
            cell = group[0].cells[place]
            if column.key in _TEXTS and _is_bare(compact(cell.text)) and strays[missing](compact(cell.text)):
                sentence = _("Another column is blank where this may belong: are the columns shifted?")
                for key in (column.key, missing):
                    entry.ask("value", sentence, key, cell)


def _is_bare(text: str) -> bool:
    return 0 < len(text) <= _LONGEST and _MARKS.isdisjoint(text)
