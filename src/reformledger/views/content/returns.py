"""What was reported for a period and what was not: as counts, as names, as text for a bulletin, as days, as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from datetime import timedelta
from itertools import groupby

from reformledger.book import Book
from reformledger.entry import Entry
from reformledger.fields.entry import ENTRY
from reformledger.fields.words import RETURN_STATE
from reformledger.i18n import _, sentences
from reformledger.records import Context
from reformledger.returns import DepartmentReturn, DepartmentReturns, Report, Return, Returns, ReturnState, counts
from reformledger.views.answer import CALCULATED, Calendar, Cell, Column, Event, Purpose, RowGroup, Sheet
from reformledger.views.content.calendar import body
from reformledger.views.content.entries import id_column, id_text


def returns_sheets(found: Returns, context: Context, purpose: Purpose, *, missing: bool) -> list[Sheet]:
    """Return the counts and the missing entries below them, or (spreadsheet) one row an entry; a workbook has both.

    ``missing``: only what is missing.
    """
    if purpose in CALCULATED:
        each = _rows_sheet(found.groups, missing=missing)._replace(title=_title(found, context), name=_("Entries"))
        counted = _counts_sheet(found, context)._replace(name=_("Counts"))
        return [counted, each] if purpose == "workbook" and not missing else [each]
    named = _missing_sheet(found.groups, context)
    if missing:
        return [named._replace(title=_title(found, context), footer=_footer(found))]
    return [_counts_sheet(found, context), *([named] if named.groups else [])]


def _missing(group: DepartmentReturns) -> list[DepartmentReturn]:
    return [item for item in group.items if item.state is ReturnState.MISSING]


def _counts_sheet(found: Returns, context: Context) -> Sheet:
    headings = {"expected": _("Expected"), "received": _("Received"), "late": _("Late"), "missing": _("Missing")}
    columns = [
        Column("department", _("Department"), weight=2),
        *(Column(key, heading, fixed=True, align="right") for key, heading in headings.items()),
    ]
    rows: list[list[Cell]] = [[_name(group), *counts(group.items)] for group in found.groups]
    return Sheet(_title(found, context), columns, rows, footer=_footer(found))


def _missing_sheet(groups: Sequence[DepartmentReturns], context: Context) -> Sheet:
    columns = [id_column(context), Column("title", ENTRY["title"].heading, weight=3)]
    made = [
        RowGroup(_name(group), [[id_text(item.entry, context), item.entry.data.title] for item in _missing(group)])
        for group in groups
        if _missing(group)
    ]
    return Sheet(_("Missing"), columns, groups=made)


def _rows_sheet(groups: Sequence[DepartmentReturns], *, missing: bool) -> Sheet:
    columns = [
        Column("department", _("Department"), weight=2),
        Column("ref", ENTRY["ref"].heading, fixed=True),
        Column("title", ENTRY["title"].heading, weight=3),
        Column("state", _("State"), fixed=True),
        Column("day", _("Day"), fixed=True),
        Column("by", _("Reported by")),
    ]
    rows = [[_name(group), *_cells(item)] for group in groups for item in (_missing(group) if missing else group.items)]
    return Sheet(None, columns, rows)


def _cells(item: DepartmentReturn) -> list[Cell]:
    return [item.entry.ref, item.entry.data.title, RETURN_STATE[item.state].text, item.day or "", item.by or ""]


def _name(group: DepartmentReturns) -> str:
    return group.name or _("no lead department")


def _title(found: Returns, context: Context) -> str:
    spans = (_("{start} to {end}").format(**period._asdict()) for period in found.periods)
    return _("Reports for {periods}, as of {day}").format(periods=_(", ").join(spans), day=context.as_of.isoformat())


def _footer(found: Returns) -> str:
    total = counts([item for group in found.groups for item in group.items])
    several = any(one.periods > 1 for one in found.made)
    by_month = not any(found.asked) and any(one.periods == 0 for one in found.made)
    return sentences(
        _("{expected} expected, {received} received ({late} late), {missing} missing.").format(**total._asdict()),
        _("Several periods of the return calendar are counted together as one.") if several else "",
        _("What has no return calendar is asked for by the calendar month.") if by_month else "",
    )


def returns_calendar(found: Returns, context: Context, remind: timedelta | None) -> Calendar:
    """Return the last days of the periods that are asked for, each once a document.

    An entry of which no return calendar asks a report is named among ``undated``.
    """
    wanted = {item.entry.ref for group in found.groups for item in group.items}
    by_document: dict[str, tuple[Entry, list[Return]]] = {}
    undated: list[str] = []
    for made in found.made:
        if made.entry.ref not in wanted:
            continue
        if made.periods:
            asked = _asked_in(made, context.book)
            by_document.setdefault(asked.file, (asked, []))[1].append(made)
        else:
            undated.append(f"{made.entry.ref} {made.entry.data.title}")
    events = [event for entry, of_entry in by_document.values() for event in _events(entry, of_entry, found, context)]
    return Calendar(events, undated, remind)


def _asked_in(made: Return, book: Book) -> Entry:
    """Return the entry whose document asks for a period: of a period of last year not the one that goes on."""
    entries = (made.entry, *book.before(made.entry))
    return next((entry for entry in entries if entry.year <= made.period.end.year), made.entry)


def _events(entry: Entry, made: Sequence[Return], found: Returns, context: Context) -> Iterator[Event]:
    """Yield an event for each period that is asked for of the calendar by which an entry is reported on."""
    calendar = context.book.calendar(entry)
    start, end = min(one.period.start for one in made), max(one.period.end for one in made)
    days = [(number, one.end) for number, one in enumerate(calendar.occurrences if calendar else (), 1)]
    asked = [(number, day) for number, day in days if start <= day <= end]
    title = _("Reports due: {title}").format(title=getattr(entry.group.loaded.document, "title", ""))
    for number, day in asked:
        event = Event(f"{entry.year}-reports-{number}@{body(context.book, entry)}", day, title)
        # What is missing is known of all periods that are asked for together.
        yield event if len(asked) > 1 else _with_counts(event, {one.entry.ref for one in made}, found.groups)


def _with_counts(event: Event, refs: AbstractSet[str], groups: Sequence[DepartmentReturns]) -> Event:
    """Return an event that says how many reports are missing, and which department's."""
    words = _("{missing} of {expected} missing")
    of_refs = {_name(group): [item for item in group.items if item.entry.ref in refs] for group in groups}
    total = counts([item for items in of_refs.values() for item in items])
    lines = [
        _("{heading}: {text}").format(heading=name, text=words.format(**counts(items)._asdict()))
        for name, items in of_refs.items()
        if items
    ]
    summary = _("{title} ({words})").format(title=event.summary, words=words.format(**total._asdict()))
    return event._replace(summary=summary, description="\n".join(lines), is_done=not total.missing)


def reports_sheet(found: Returns, context: Context, purpose: Purpose) -> Sheet:
    """Return the text of what was reported, under the departments that reported; (spreadsheet) one row a report."""
    columns = [
        Column("ref", ENTRY["ref"].heading, fixed=True) if purpose in CALCULATED else id_column(context),
        Column("title", ENTRY["title"].heading, weight=2),
        Column("day", _("Day"), fixed=True),
        Column("text", _("What was reported"), weight=3),
        Column("percent", "%", fixed=True, align="right"),
        Column("problems", _("Problems"), weight=2),
    ]
    if purpose in CALCULATED:
        rows = [[_reporters(made), made.entry.ref, *_report_cells(made)] for made in found.reports]
        columns.insert(0, Column("department", _("Department"), weight=2))
        return Sheet(_title(found, context), columns, rows, footer=_footer(found))
    groups = [
        RowGroup(name, [[id_text(made.entry, context), *_report_cells(made)] for made in of_name])
        for name, of_name in groupby(found.reports, key=_reporters)
    ]
    return Sheet(_title(found, context), columns, groups=groups, footer=_footer(found))


def _reporters(made: Report) -> str:
    return "、".join(made.departments) or _("no lead department")


def _report_cells(made: Report) -> list[Cell]:
    report = made.report
    percent = "" if report.percent is None else report.percent
    return [made.entry.data.title, report.date, report.text, percent, report.problems or ""]


def returns_json(found: Returns, *, missing: bool) -> dict[str, object]:
    """Return ``{"items", "totals"}``: counts and entries of each department (null: none); ``missing``: what is missing.

    An entry is once in the totals, which have the first and the last day of what is asked for (null for nothing).
    """
    items = [
        {
            "department": group.name or None,
            **counts(group.items)._asdict(),
            "entries": [_item_json(item) for item in (_missing(group) if missing else group.items)],
        }
        for group in found.groups
        if not missing or _missing(group)
    ]
    return {"items": items, "totals": _totals_json(found)}


def _totals_json(found: Returns) -> dict[str, object]:
    total = counts([item for group in found.groups for item in group.items])
    start = min((period.start.isoformat() for period in found.periods), default=None)
    return {
        **total._asdict(),
        "start": start,
        "end": max((period.end.isoformat() for period in found.periods), default=None),
    }


def reports_json(found: Returns) -> dict[str, object]:
    """Return ``{"items", "totals"}``: the reports, and the totals of what was asked for."""
    items = [
        {
            "department": "、".join(made.departments) or None,
            "ref": made.entry.ref,
            "title": made.entry.data.title,
            "day": made.report.date.isoformat(),
            "text": made.report.text,
            "percent": made.report.percent,
            "problems": made.report.problems,
        }
        for made in found.reports
    ]
    return {"items": items, "totals": _totals_json(found)}


def _item_json(item: DepartmentReturn) -> dict[str, object]:
    return {
        "ref": item.entry.ref,
        "title": item.entry.data.title,
        "state": str(item.state),
        "day": item.day.isoformat() if item.day else None,
        "by": item.by,
    }
