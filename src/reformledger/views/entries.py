"""Entries as a sheet: which columns, in which order, and what each cell says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from reformledger.book import Entry
from reformledger.i18n import _
from reformledger.model.deadline import Deadline
from reformledger.model.life import next_last_day
from reformledger.record import FIELDS, Context, column_headings, column_value, printed
from reformledger.views import labels
from reformledger.views.formats import Format
from reformledger.views.sheet import Cell, Column, Group, Sheet, Styled

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


def default_keys(format: Format, context: Context) -> tuple[str, ...]:
    """Return the columns of a format unless told otherwise; a spreadsheet gets the tables' own ones, too."""
    if format == "csv":
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
    made = [Group(heading, rows(entries, context, keys)) for heading, entries in groups]
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
    return [[cell(entry, context, key) for key in keys] for entry in entries]


def cell(entry: Entry, context: Context, key: str) -> Cell:
    """Return what one column says of an entry."""
    if key == "due":
        return due_text(entry.deadline, context)
    value = column_value(entry, context, key)
    match key:
        case "status":
            return Styled(labels.statuses()[str(value)], labels.STATUS_STYLES[str(value)])
        case "kind":
            return labels.kinds()[str(value)]
        case "star_closed":
            return "" if value is None else labels.yes_no(bool(value))
        case _:
            return printed(key, value)


def due_text(deadline: Deadline | None, context: Context) -> str:
    """Return the last day that counts, the word for “open-ended”, or nothing without a deadline."""
    if deadline is None:
        return ""
    last_day = next_last_day(deadline, context.as_of)
    return labels.open_ended() if last_day is None else last_day.isoformat()
