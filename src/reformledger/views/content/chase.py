"""What to chase: as lines for a message, as a formal supervision sheet (督办单), as columns, as JSON."""

from __future__ import annotations

from collections.abc import Sequence

from reformledger.chase import Chased, DepartmentChase, totals
from reformledger.fields.entry import ENTRY
from reformledger.i18n import _
from reformledger.model.life import Light
from reformledger.records import Context, printed, record
from reformledger.views.answer import Cell, Column, Purpose, RowGroup, Sheet, Styled
from reformledger.views.content import labels
from reformledger.views.content.entries import due_text, id_text
from reformledger.views.content.star import days_text


def chase_sheets(groups: Sequence[DepartmentChase], context: Context, purpose: Purpose) -> list[Sheet]:
    """Return a message (screen), all as columns (spreadsheet), or one supervision sheet a department (document)."""
    if purpose == "document":
        return [_supervision_sheet(group, context) for group in groups]
    return [_columns(groups, context) if purpose == "spreadsheet" else _message(groups, context)]


def _message(groups: Sequence[DepartmentChase], context: Context) -> Sheet:
    """Return numbered paragraphs, whose lines are short enough to be copied from a terminal unbroken."""
    made = []
    for group in groups:
        rows: list[list[Cell]] = [
            [f"{number}.", Styled(_paragraph(item, context), labels.STYLES[item.light])]
            for number, item in enumerate(group.items, 1)
        ]
        made.append(RowGroup(_department(group), rows))
    title = _("To chase as of {day}").format(day=context.as_of.isoformat())
    columns = [Column("number", "", fixed=True, align="right"), Column("paragraph", "")]
    return Sheet(title, columns, groups=made, footer=_totals_line(groups), head=False)


def _paragraph(item: Chased, context: Context) -> str:
    return _("{title} ({id})\n{light}, {days}; deadline: {due}; leaders: {leaders}\nlast report: {report}").format(
        title=item.entry.data.title,
        id=id_text(item.entry, context),
        light=labels.words()[item.light],
        days=days_text(item.days),
        due=_due(item, context),
        leaders="、".join(item.entry.data.leaders) or _("none"),
        report=_last_report(item),
    )


def _due(item: Chased, context: Context) -> str:
    """Return the day that counts and, where it is printed otherwise, the wording."""
    deadline = item.entry.deadline
    day = due_text(deadline, context)
    wording = deadline.wording if deadline else None
    return _("{day} ({wording})").format(day=day, wording=wording or "☆") if wording != day else day


def _last_report(item: Chased) -> str:
    reports = item.entry.data.progress
    if not reports:
        return _("none")
    last = reports[-1]
    percent = "" if last.percent is None else f" {last.percent}%"
    return f"{last.date.isoformat()} {last.text}{percent}"


def _department(group: DepartmentChase) -> str:
    return group.name or _("no lead department")


def _totals_line(groups: Sequence[DepartmentChase]) -> str:
    counts = totals(groups)
    return _("{red} overdue, {yellow} behind, {blue} due soon.").format(
        red=counts[Light.RED], yellow=counts[Light.YELLOW], blue=counts[Light.BLUE]
    )


def _supervision_sheet(group: DepartmentChase, context: Context) -> Sheet:
    columns = [
        Column("number", _("No."), fixed=True),
        Column("matter", _("Matter"), weight=3),
        Column("leaders", ENTRY["leaders"].heading),
        Column("due", ENTRY["due"].heading, fixed=True),
        Column("state", _("State"), weight=2),
        Column("required", _("Required"), weight=2),
    ]
    rows: list[list[Cell]] = [
        [
            str(number),
            f"{item.entry.data.title} ({item.entry.ref})",
            printed("leaders", item.entry.data.leaders),
            _due(item, context),
            _("{light}, {days}; last report: {report}").format(
                light=labels.words()[item.light], days=days_text(item.days), report=_last_report(item)
            ),
            _required(item.light),
        ]
        for number, item in enumerate(group.items, 1)
    ]
    footer = _("No. ________; as of {day}; received by ________ on ________").format(day=context.as_of.isoformat())
    return Sheet(
        _("Supervision sheet: {department}").format(department=_department(group)), columns, rows, footer=footer
    )


def _required(light: Light) -> str:
    words = {
        Light.RED: _("Give the reason at once; hand in the evidence, or ask for an extension."),
        Light.YELLOW: _("Speed up, and report what was done."),
        Light.BLUE: _("Finish in time, and hand in the evidence for the close-out."),
    }
    return words[light]


def _columns(groups: Sequence[DepartmentChase], context: Context) -> Sheet:
    columns = [
        Column("light", _("Light"), fixed=True),
        Column("id", ENTRY["id"].heading, fixed=True),
        Column("title", ENTRY["title"].heading, weight=3),
        Column("leaders", ENTRY["leaders"].heading),
        Column("due", ENTRY["due"].heading, fixed=True),
        Column("days", _("Days left"), fixed=True),
        Column("report", _("Last report"), weight=2),
    ]
    made = [RowGroup(_department(group), [_cells(item, context) for item in group.items]) for group in groups]
    return Sheet(None, columns, groups=made, group_heading=ENTRY["lead_departments"].heading)


def _cells(item: Chased, context: Context) -> list[Cell]:
    data = item.entry.data
    return [
        labels.words()[item.light],
        item.entry.ref,
        data.title,
        printed("leaders", data.leaders),
        due_text(item.entry.deadline, context),
        days_text(item.days),
        _last_report(item) if data.progress else "",
    ]


def chase_json(groups: Sequence[DepartmentChase], context: Context) -> dict[str, object]:
    """Return ``{"items", "totals"}``: the records with ``department`` (null: none), ``light`` and ``days_left``."""
    items = [
        {
            **record(item.entry, context),
            "department": group.name or None,
            "light": item.light.value,
            "days_left": item.days,
        }
        for group in groups
        for item in group.items
    ]
    return {"items": items, "totals": {light.value: count for light, count in totals(groups).items()}}
