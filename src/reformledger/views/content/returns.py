"""What was reported for a period and what was not: as counts, as names, as text for a bulletin, as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import groupby

from reformledger.fields.entry import ENTRY, PROGRESS
from reformledger.i18n import _, sentences
from reformledger.records import Context
from reformledger.returns import Counts, DepartmentReturn, DepartmentReturns, Report, Returns, ReturnState, counts
from reformledger.views.answer import Cell, Column, Purpose, RowGroup, Sheet
from reformledger.views.content.entries import id_column, id_text


@cache
def _states() -> dict[ReturnState, str]:
    """Return the word for each state."""
    return {
        ReturnState.RECEIVED: _("received"),
        ReturnState.LATE: _("late"),
        ReturnState.MISSING: _("missing"),
        ReturnState.ANSWERED: _("answered by another"),
    }


def returns_sheets(found: Returns, context: Context, purpose: Purpose, *, missing: bool) -> list[Sheet]:
    """Return the counts and the missing entries under them, or (spreadsheet) one row an entry.

    ``missing``: only what is missing.
    """
    if purpose == "spreadsheet":
        return [_rows_sheet(_shown(found.groups, missing=missing), context)]
    title, footer = _title(found, context), _footer(found)
    named = _missing_groups(found.groups, context)
    if missing:
        return [Sheet(title, _missing_columns(context), groups=named, footer=footer)]
    numbers = _counts_sheet(found, title, footer)
    return [numbers, Sheet(_("Missing"), _missing_columns(context), groups=named)] if named else [numbers]


def _shown(groups: Sequence[DepartmentReturns], *, missing: bool) -> list[DepartmentReturns]:
    """Return the departments with their items; ``missing``: those that are missing, where there are any."""
    if not missing:
        return list(groups)
    kept = [group._replace(items=tuple(_missing(group))) for group in groups]
    return [group for group in kept if group.items]


def _missing(group: DepartmentReturns) -> list[DepartmentReturn]:
    return [item for item in group.items if item.state is ReturnState.MISSING]


def _counts_sheet(found: Returns, title: str, footer: str) -> Sheet:
    headings = {"expected": _("Expected"), "received": _("Received"), "late": _("Late"), "missing": _("Missing")}
    columns = [
        Column("department", _("Department"), weight=2),
        *(Column(key, heading, fixed=True, align="right") for key, heading in headings.items()),
    ]
    rows: list[list[Cell]] = [[_name(group), *map(str, counts(group.items))] for group in found.groups]
    return Sheet(title, columns, rows, footer=footer)


def _missing_columns(context: Context) -> list[Column]:
    return [id_column(context), Column("title", ENTRY["title"].heading, weight=3)]


def _missing_groups(groups: Sequence[DepartmentReturns], context: Context) -> list[RowGroup]:
    return [
        RowGroup(_name(group), [[id_text(item.entry, context), item.entry.data.title] for item in group.items])
        for group in _shown(groups, missing=True)
    ]


def _rows_sheet(groups: Sequence[DepartmentReturns], context: Context) -> Sheet:
    columns = [
        Column("department", _("Department"), weight=2),
        id_column(context),
        Column("title", ENTRY["title"].heading, weight=3),
        Column("state", _("State"), fixed=True),
        Column("day", PROGRESS["date"].heading, fixed=True),
        Column("by", PROGRESS["by"].heading),
    ]
    rows = [[_name(group), *_cells(item, context)] for group in groups for item in group.items]
    return Sheet(None, columns, rows)


def _cells(item: DepartmentReturn, context: Context) -> list[Cell]:
    day = item.day.isoformat() if item.day else ""
    return [id_text(item.entry, context), item.entry.data.title, _states()[item.state], day, item.by or ""]


def _name(group: DepartmentReturns) -> str:
    return group.name or _("no lead department")


def _title(found: Returns, context: Context) -> str:
    spans = (
        _("{start} to {end}").format(start=period.start.isoformat(), end=period.end.isoformat())
        for period in found.periods
    )
    return _("Reports for {periods}, as of {day}").format(periods=_(", ").join(spans), day=context.as_of.isoformat())


def _total(groups: Sequence[DepartmentReturns]) -> Counts:
    return counts([item for group in groups for item in group.items])


def _footer(found: Returns) -> str:
    total = _total(found.groups)
    return sentences(
        _("{expected} expected, {received} received ({late} late), {missing} missing.").format(**total._asdict()),
        _("Several periods of the return calendar are counted as one.") if _spans_several(found) else "",
        _("Documents without return calendar are asked by these days.") if _has_spans(found) else "",
    )


def _spans_several(found: Returns) -> bool:
    return any(one.periods > 1 for one in found.made)


def _has_spans(found: Returns) -> bool:
    return any(one.periods == 0 for one in found.made)


def returns_json(found: Returns, *, missing: bool) -> dict[str, object]:
    """Return ``{"items", "totals"}``: counts and entries of each department (null: none), an entry once in the totals.

    ``start`` and ``end`` of the totals are the first and the last day of all that is asked for, null for nothing.
    """
    total: dict[str, object] = {
        **_total(found.groups)._asdict(),
        "start": min((period.start for period in found.periods), default=None),
        "end": max((period.end for period in found.periods), default=None),
    }
    kept = {group.name for group in _shown(found.groups, missing=missing)}
    items = [
        {
            "department": group.name or None,
            **counts(group.items)._asdict(),
            "entries": [_item_json(item) for item in (_missing(group) if missing else group.items)],
        }
        for group in found.groups
        if group.name in kept
    ]
    return {"items": items, "totals": {key: str(value) if key in {"start", "end"} and value else value for key, value in total.items()}}


def _item_json(item: DepartmentReturn) -> dict[str, object]:
    return {
        "ref": item.entry.ref,
        "title": item.entry.data.title,
        "state": str(item.state),
        "day": item.day.isoformat() if item.day else None,
        "by": item.by,
    }
