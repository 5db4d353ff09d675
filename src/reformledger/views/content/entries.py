"""Entries as a sheet: which columns, in which order, and what each cell says."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, TypeVar

from reformledger.columns import Headings, heading_of, own_headings
from reformledger.entry import Entry
from reformledger.fields.entry import ENTRY
from reformledger.fields.field import Field
from reformledger.i18n import _, ngettext
from reformledger.printed import printed
from reformledger.records import Context, shown_due
from reformledger.rows import Due, Rows
from reformledger.standing import Standing
from reformledger.views.answer import Cell, Column, Purpose, RowGroup, Sheet, plain
from reformledger.views.content import labels
from reformledger.views.progress import progressing

R = TypeVar("R")
_ALSO_PRINTED = ("supporting_departments", "days_left", "last_report")
"""The columns that a workbook has on paper beside those of a screen, where they say anything."""


class Keys(NamedTuple):
    """The columns of a sheet of entries; ``printed`` is how many of them belong on paper, None for all."""

    keys: Sequence[str]
    printed: int | None = None


def default_keys(purpose: Purpose, source: Rows[R], found: Collection[R] = ()) -> Keys:
    """Return the columns of a sheet for which none are named; a spreadsheet gets the tables' own ones, too.

    Elsewhere the milestone is named beside its deadline where one of the rows that were ``found`` has any. A workbook
    has what a person reads on paper, then what else a spreadsheet has and at least one of the rows says.
    """
    calculated = (*(key for key, field in ENTRY.items() if field.csv), *own_headings(source.headings))
    if purpose == "spreadsheet":
        return Keys(calculated)
    shown = sorted((field for field in ENTRY.values() if field.table), key=lambda field: field.table)
    keys = [source.named_by if field.key == "id" else field.key for field in shown]
    if any(map(source.has_phases, found)):
        keys.insert(keys.index("due") + 1, "milestone")
    if purpose != "workbook":
        return Keys(keys)
    after_status = keys.index("status") + 1
    keys[after_status:after_status] = ["light", "light_reason"]
    said = [key for key in calculated if key not in keys and _is_said(key, source, found)]
    keys += [key for key in _ALSO_PRINTED if key in said]
    return Keys(list(dict.fromkeys([*keys, *said])), printed=len(keys))


def _is_said(key: str, source: Rows[R], found: Iterable[R]) -> bool:
    """Say whether any row has something in a column."""
    return any(cell != "" for cell in map(_cell_of(key, source), found))


def id_column(source: Rows[Any]) -> Column:
    """Return the column that names each entry."""
    return _column(ENTRY[source.named_by])


def id_text(entry: Entry, context: Context) -> str:
    """Return what names an entry."""
    return entry.ref if context.named_by == "ref" else entry.id


def entries_sheet(
    found: Iterable[R],
    source: Rows[R],
    keys: Keys,
    *,
    title: str | None = None,
    footer: str | None = None,
) -> Sheet:
    """Return a sheet of rows with the columns ``keys``."""
    made = rows(found, source, keys.keys)
    return Sheet(title, columns(keys.keys, source.headings), made, footer=footer, printed=keys.printed)


def grouped_sheet(
    groups: Iterable[tuple[str, Sequence[R]]],
    source: Rows[R],
    keys: Keys,
    *,
    title: str | None = None,
    footer: str | None = None,
) -> Sheet:
    """Return a sheet of rows under headings."""
    made = [RowGroup(heading, rows(found, source, keys.keys)) for heading, found in groups]
    shown = columns(keys.keys, source.headings)
    return Sheet(title, shown, groups=made, footer=footer, group_heading=_("Role"), printed=keys.printed)


def columns(keys: Sequence[str], headings: Headings) -> list[Column]:
    """Return the columns for ``keys``, own ones under their printed heading."""
    return [_column(ENTRY[key]) if key in ENTRY else Column(key, heading_of(headings, key)) for key in keys]


def _column(field: Field) -> Column:
    return Column(field.key, field.heading, fixed=field.fixed, weight=field.weight, wide=field.wide)


def rows(found: Iterable[R], source: Rows[R], keys: Sequence[str]) -> list[list[Cell]]:
    """Return a row of cells for each of those that were ``found``."""
    source.read(key for key in keys if key != "due")
    cells = [_cell_of(key, source) for key in keys]
    found = list(found)
    with progressing(found, len(found), _("Reading")) as shown:
        return [[cell(row) for cell in cells] for row in shown]


def _cell_of(key: str, source: Rows[R]) -> Callable[[R], Cell]:
    """Return what makes the cell of one column from a row."""
    if key == "due":
        return lambda row: _shown(source.due(row))
    value = source.value_of(key)
    if key in _CELLS:
        made = _CELLS[key]
        return lambda row: made(value(row))
    is_day = key in ENTRY and ENTRY[key].type in {"day", "day ahead"}

    def cell(row: R) -> Cell:
        found = value(row)
        if isinstance(found, str):
            return date.fromisoformat(found) if is_day else found
        # A flag is a number to Python alone.
        return found if isinstance(found, int) and not isinstance(found, bool) else printed(key, found)

    return cell


def _occurrences(found: Sequence[Mapping[str, str]]) -> Cell:
    states = labels.occurrence_states()
    return "；".join(f"{one['end']} {states[one['state']]}" for one in found)


_CELLS: dict[str, Callable[[Any], Cell]] = {
    "status": labels.styled,
    "light": lambda light: "" if light is None else labels.styled(light),
    "light_reason": lambda reason: "" if reason is None else labels.words()[reason],
    "occurrences": _occurrences,
    "kind": lambda kind: labels.words()[kind],
    "star_closed": lambda is_closed: "" if is_closed is None else labels.yes_no(is_closed),
}
"""The columns that say more, or something else, than the value in the record."""


def _shown(due: Due) -> date | str:
    match due:
        case None:
            return ""
        case "open":
            return labels.open_ended()
    return due


def due_cell(standing: Standing) -> date | str:
    """Return the last day that counts, the word for “open-ended”, or nothing without a deadline."""
    return _shown(shown_due(standing))


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
