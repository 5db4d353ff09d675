"""Entries as a sheet: which columns, in which order, and what each cell says."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from typing import Literal, NamedTuple

from reformledger.columns import heading_of, headings_of, own_headings
from reformledger.entry import Entry
from reformledger.fields.entry import ENTRY
from reformledger.fields.field import Field
from reformledger.i18n import _, ngettext
from reformledger.printed import printed
from reformledger.records import Context, value_of
from reformledger.standing import Standing, standings
from reformledger.views.answer import Cell, Column, Purpose, RowGroup, Sheet, plain
from reformledger.views.content import labels
from reformledger.views.progress import progressing

_ALSO_PRINTED = ("supporting_departments", "days_left", "last_report")
"""The columns that a workbook has on paper beside those of a screen, where they say anything."""


class Keys(NamedTuple):
    """The columns of a sheet of entries; ``printed`` is how many of them belong on paper, None for all."""

    keys: Sequence[str]
    printed: int | None = None


def default_keys(purpose: Purpose, context: Context, entries: Collection[Entry] = ()) -> Keys:
    """Return the columns of a sheet for which none are named; a spreadsheet gets the tables' own ones, too.

    Elsewhere the milestone is named beside its deadline where one of the ``entries`` has any. A workbook has what a
    person reads on paper, then what else a spreadsheet has and at least one of the ``entries`` says.
    """
    calculated = (*(key for key, field in ENTRY.items() if field.csv), *own_headings(headings_of(context.book)))
    if purpose == "spreadsheet":
        return Keys(calculated)
    shown = sorted((field for field in ENTRY.values() if field.table), key=lambda field: field.table)
    keys = [id_key(context) if field.key == "id" else field.key for field in shown]
    if any(entry.phases for entry in entries):
        keys.insert(keys.index("due") + 1, "milestone")
    if purpose != "workbook":
        return Keys(keys)
    after_status = keys.index("status") + 1
    keys[after_status:after_status] = ["light", "light_reason"]
    said = [key for key in calculated if key not in keys and _is_said(key, entries, context)]
    keys += [key for key in _ALSO_PRINTED if key in said]
    return Keys(list(dict.fromkeys([*keys, *said])), printed=len(keys))


def _is_said(key: str, entries: Iterable[Entry], context: Context) -> bool:
    """Say whether any entry has something in a column."""
    cell = _cell_of(key)
    return any(cell(entry, context) != "" for entry in entries)


def id_key(context: Context) -> Literal["id", "ref"]:
    """Return which key names an entry: its id, in a book of several years its ref, without which task-1 is many."""
    return "ref" if len(context.book.years) > 1 else "id"


def id_column(context: Context) -> Column:
    """Return the column that names each entry."""
    return _column(ENTRY[id_key(context)])


def id_text(entry: Entry, context: Context) -> str:
    """Return what names an entry."""
    return entry.ref if id_key(context) == "ref" else entry.id


def entries_sheet(
    entries: Iterable[Entry],
    context: Context,
    keys: Keys,
    *,
    title: str | None = None,
    footer: str | None = None,
) -> Sheet:
    """Return a sheet of entries with the columns ``keys``."""
    made = rows(entries, context, keys.keys)
    return Sheet(title, columns(keys.keys, context), made, footer=footer, printed=keys.printed)


def grouped_sheet(
    groups: Iterable[tuple[str, Sequence[Entry]]],
    context: Context,
    keys: Keys,
    *,
    title: str | None = None,
    footer: str | None = None,
) -> Sheet:
    """Return a sheet of entries under headings."""
    made = [RowGroup(heading, rows(entries, context, keys.keys)) for heading, entries in groups]
    shown = columns(keys.keys, context)
    return Sheet(title, shown, groups=made, footer=footer, group_heading=_("Role"), printed=keys.printed)


def columns(keys: Sequence[str], context: Context) -> list[Column]:
    """Return the columns for ``keys``, own ones under their printed heading."""
    headings = headings_of(context.book)
    return [_column(ENTRY[key]) if key in ENTRY else Column(key, heading_of(headings, key)) for key in keys]


def _column(field: Field) -> Column:
    return Column(field.key, field.heading, fixed=field.fixed, weight=field.weight, wide=field.wide)


def rows(entries: Iterable[Entry], context: Context, keys: Sequence[str]) -> list[list[Cell]]:
    """Return a row of cells for each entry."""
    cells = [_cell_of(key) for key in keys]
    found = list(entries)
    with progressing(found, len(found), _("Reading")) as shown:
        return [[cell(entry, context) for cell in cells] for entry in shown]


def _cell_of(key: str) -> Callable[[Entry, Context], Cell]:
    """Return what makes the cell of one column from an entry."""
    if key in _CELLS:
        return _CELLS[key]
    value = value_of(key)
    is_day = key in ENTRY and ENTRY[key].type in {"day", "day ahead"}

    def cell(entry: Entry, context: Context) -> Cell:
        found = value(entry, context)
        if is_day and isinstance(found, str):
            return date.fromisoformat(found)
        # A flag is a number to Python alone.
        return found if isinstance(found, int) and not isinstance(found, bool) else printed(key, found)

    return cell


def _status(entry: Entry, context: Context) -> Cell:
    return labels.styled(context.standing(entry).status)


def _star_closed(entry: Entry, _context: Context) -> Cell:
    return "" if entry.star_closed is None else labels.yes_no(entry.star_closed)


def _light(entry: Entry, context: Context) -> Cell:
    light = context.standing(entry).light
    return "" if light is None else labels.styled(light)


def _reason(entry: Entry, context: Context) -> Cell:
    reason = context.standing(entry).reason
    return "" if reason is None else labels.words()[reason]


def _occurrences(entry: Entry, context: Context) -> Cell:
    found = standings(context.book, context.as_of).matter(entry).occurrences
    states = labels.occurrence_states()
    return "；".join(f"{one.end.isoformat()} {states[one.state(context.as_of)]}" for one in found)


_CELLS: dict[str, Callable[[Entry, Context], Cell]] = {
    "due": lambda entry, context: due_cell(context.standing(entry)),
    "status": _status,
    "light": _light,
    "light_reason": _reason,
    "occurrences": _occurrences,
    "kind": lambda entry, _context: labels.words()[entry.kind],
    "star_closed": _star_closed,
}
"""The columns that say more, or something else, than the record."""


def due_cell(standing: Standing) -> date | str:
    """Return the last day that counts, the word for “open-ended”, or nothing without a deadline."""
    if standing.deadline is None:
        return ""
    return standing.last_day or standing.deadline.end or labels.open_ended()


def due_text(standing: Standing) -> str:
    """Return ``due_cell`` as text."""
    return plain(due_cell(standing))


def days_text(left: int | None) -> str:
    """Return the days left, or over, in words; nothing without a last day."""
    if left is None:
        return ""
    if left < 0:
        return ngettext("{days} day over", "{days} days over", -left).format(days=-left)
    return ngettext("{days} day left", "{days} days left", left).format(days=left)


def days_cell(left: int | None, purpose: Purpose) -> Cell:
    """Return the days left: a number in a workbook, negative where they are over, in words elsewhere."""
    return left if purpose == "workbook" and left is not None else days_text(left)


def last_report_text(standing: Standing) -> str:
    """Return the last report on an entry, wherever it was made; nothing without one."""
    if standing.last_report is None:
        return ""
    report = standing.last_report.report
    percent = "" if report.percent is None else f" {report.percent}%"
    return f"{report.date.isoformat()} {report.text}{percent}"
