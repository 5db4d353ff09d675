"""Entries as a sheet: which columns, in which order, and what each cell says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Literal

from reformledger.book import Entry
from reformledger.i18n import _
from reformledger.model.deadline import Deadline
from reformledger.model.life import next_last_day
from reformledger.records import FIELDS, Context, column_headings, column_value, printed
from reformledger.views.answer import Cell, Column, Purpose, RowGroup, Sheet, Styled
from reformledger.views.content import labels

TABLE_KEYS = ("id", "due", "status", "leaders", "lead_departments", "title", "star")
"""What a table shows unless told otherwise; what may hold signs of ambiguous width (“ ” ☆) stands last."""
_INSTEAD_OF_DUE = ("wording", "start", "end")
CSV_KEYS = tuple(
    column
    for key in FIELDS
    if key not in {"ref", "columns", "file", "line", "acknowledged"}
    for column in (_INSTEAD_OF_DUE if key == "due" else (key,))
)
"""What a spreadsheet gets unless told otherwise: everything that fits into a cell."""
_FIXED = frozenset({"id", "ref", "year", "kind", "due", "start", "end", "status", "star", "issued", "line"})
_WIDE = frozenset({"title", "text", "outcome", "basis"})
_WEIGHTS = {"title": 4, "text": 4, "lead_departments": 2}


def default_keys(purpose: Purpose, context: Context) -> tuple[str, ...]:
    """Return the columns of a sheet for which none are named; a spreadsheet gets the tables' own ones, too."""
    if purpose == "spreadsheet":
        return (*CSV_KEYS, *column_headings(context.book))
    return (id_key(context), *TABLE_KEYS[1:])


def id_key(context: Context) -> Literal["id", "ref"]:
    """Return which key names an entry: its id, in a book of several years its ref, without which task-1 is many."""
    return "ref" if len(context.book.years) > 1 else "id"


def id_column(context: Context) -> Column:
    """Return the column that names each entry."""
    key = id_key(context)
    return Column(key, labels.headings()[key], fixed=True)


def id_text(entry: Entry, context: Context) -> str:
    """Return what names an entry."""
    return entry.ref if id_key(context) == "ref" else entry.id


def entries_sheet(
    entries: Iterable[Entry],
    context: Context,
    keys: Sequence[str] = TABLE_KEYS,
    *,
    title: str | None = None,
    footer: str | None = None,
) -> Sheet:
    """Return a sheet of entries with the columns ``keys``."""
    return Sheet(title, columns(keys, context), rows(entries, context, keys), footer=footer)


def grouped_sheet(
    groups: Iterable[tuple[str, Sequence[Entry]]],
    context: Context,
    keys: Sequence[str],
    *,
    title: str | None = None,
    footer: str | None = None,
) -> Sheet:
    """Return a sheet of entries under headings."""
    made = [RowGroup(heading, rows(entries, context, keys)) for heading, entries in groups]
    return Sheet(title, columns(keys, context), groups=made, footer=footer, group_heading=_("Role"))


def columns(keys: Sequence[str], context: Context) -> list[Column]:
    """Return the columns for ``keys``, own ones under their printed heading."""
    headings = {**column_headings(context.book), **labels.headings()}
    return [
        Column(
            key,
            headings[key],
            fixed=key in _FIXED,
            weight=_WEIGHTS.get(key, 1),
            wide=key in _WIDE,
        )
        for key in keys
    ]


def rows(entries: Iterable[Entry], context: Context, keys: Sequence[str]) -> list[list[Cell]]:
    """Return a row of cells for each entry."""
    cells = [_cell_of(key) for key in keys]
    return [[cell(entry, context) for cell in cells] for entry in entries]


def _cell_of(key: str) -> Callable[[Entry, Context], Cell]:
    """Return what makes the cell of one column from an entry."""
    return _CELLS.get(key) or (lambda entry, context: printed(key, column_value(entry, context, key)))


def _status(entry: Entry, context: Context) -> Cell:
    status = context.book.status(entry, context.as_of)
    return Styled(labels.statuses()[status], labels.STATUS_STYLES[status])


def _star_closed(entry: Entry, _context: Context) -> Cell:
    return "" if entry.star_closed is None else labels.yes_no(entry.star_closed)


_CELLS: dict[str, Callable[[Entry, Context], Cell]] = {
    "due": lambda entry, context: due_text(entry.deadline, context),
    "status": _status,
    "kind": lambda entry, _context: labels.kinds()[entry.kind],
    "star_closed": _star_closed,
}
"""The columns that say more, or something else, than the record."""


def due_text(deadline: Deadline | None, context: Context) -> str:
    """Return the last day that counts, the word for “open-ended”, or nothing without a deadline."""
    if deadline is None:
        return ""
    last_day = next_last_day(deadline, context.as_of)
    return labels.open_ended() if last_day is None else last_day.isoformat()
