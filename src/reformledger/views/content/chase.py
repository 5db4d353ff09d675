"""What to chase: as lines for a message, as a formal supervision sheet (督办单), as columns, as JSON."""

from __future__ import annotations

from collections.abc import Sequence

from reformledger.chase import Chased, DepartmentChase, totals
from reformledger.fields.entry import ENTRY
from reformledger.i18n import _
from reformledger.model.life import Reason
from reformledger.printed import printed
from reformledger.records import Context, milestone_text, record, value_of
from reformledger.standing import Standing
from reformledger.views.answer import Cell, Column, Purpose, RowGroup, Sheet, Styled
from reformledger.views.content import labels
from reformledger.views.content.entries import days_cell, days_text, due_cell, due_text, id_text, last_report_text


def chase_sheets(groups: Sequence[DepartmentChase], context: Context, purpose: Purpose) -> list[Sheet]:
    """Return a message (screen), one supervision sheet a department (document), or all as columns."""
    if purpose == "document":
        if not groups:
            title = _("Supervision sheets as of {day}").format(day=context.as_of.isoformat())
            return [Sheet(title, [], footer=_("There is nothing to chase."))]
        return [_supervision_sheet(group, context) for group in groups]
    return [_message(groups, context) if purpose == "screen" else _columns(groups, context, purpose)]


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
    lines = [
        _("{title} ({id})").format(title=item.entry.data.title, id=id_text(item.entry, context)),
        _("{light}; deadline: {due}; leaders: {leaders}").format(
            light=_state(item), due=_due(item), leaders="、".join(item.entry.data.leaders) or _("none")
        ),
        _("last report: {report}").format(report=_last_report(item)),
    ]
    return "\n".join([*lines, *_carried_out(item, context)])


def _carried_out(item: Chased, context: Context) -> list[str]:
    """Return a line for each work point that a row carries out: it is chased with the row."""
    return [
        _("carries out {point} {title}").format(point=id_text(point, context), title=point.data.title)
        for point in item.points
    ]


def _state(item: Chased) -> str:
    """Return the light with its reason, and the days that are left."""
    days = days_text(item.standing.days_left)
    text = labels.light_text(item.standing)
    return _("{light}, {days}").format(light=text, days=days) if days else text


def _due(item: Chased) -> str:
    """Return the day that counts and, where it is printed otherwise, the wording; the milestone or occurrence it is."""
    standing = item.standing
    day = due_text(standing)
    wording = standing.deadline.wording if standing.deadline else None
    text = _("{day} ({wording})").format(day=day, wording=wording or "☆") if wording != day else day
    if standing.milestone and standing.milestone.of > 1:
        text = f"{milestone_text(standing.milestone)} {text}"
    if standing.gap:
        text = _("{due}, missed before: {day}").format(due=text, day=standing.gap.end.isoformat())
    return text


def _last_report(item: Chased) -> str:
    standing = item.standing
    text = last_report_text(standing)
    if standing.last_report and standing.last_report.entry.ref != item.entry.ref:
        return f"{text} ({standing.last_report.entry.ref})"
    return text or _("none")


def _department(group: DepartmentChase) -> str:
    return group.name or _("no lead department")


def _totals_line(groups: Sequence[DepartmentChase]) -> str:
    counts = totals(groups)
    return _("{red} red, {yellow} yellow, {blue} blue.").format(
        **{light.value: count for light, count in counts.items()}
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
            number,
            "\n".join([f"{item.entry.data.title} ({item.entry.ref})", *_carried_out(item, context)]),
            printed("leaders", item.entry.data.leaders),
            _due(item),
            Styled(
                _("{state}; last report: {report}").format(state=_state(item), report=_last_report(item)),
                labels.STYLES[item.light],
            ),
            _required(item.standing.reason),
        ]
        for number, item in enumerate(group.items, 1)
    ]
    day = _("Assigned on {day}").format(day=context.as_of.isoformat())
    return Sheet(
        _("Supervision sheet: {department}").format(department=_department(group)),
        columns,
        rows,
        own_page=True,
        above=(_("No. ________"), day),
        blanks=(_("Received by"), _("Received on")),
    )


def _required(reason: Reason | None) -> str:
    speed_up = _("Speed up, and report what was done.")
    words = {
        Reason.OVERDUE: _("Give the reason at once; hand in the evidence, or ask for an extension."),
        Reason.MISSED: _("Report at once on what was missed, and give the reason."),
        Reason.READY: _("Hand in the evidence for the close-out."),
        Reason.WEAK: speed_up,
        Reason.BEHIND: speed_up,
        Reason.GAP: _("Report on what was missed, or ask for a waiver."),
        Reason.UNREPORTED: _("Report what was done."),
        Reason.DUE_SOON: _("Finish in time, and hand in the evidence for the close-out."),
    }
    return words.get(reason or Reason.ON_TIME, "")


def _columns(groups: Sequence[DepartmentChase], context: Context, purpose: Purpose) -> Sheet:
    columns = [
        Column("light", ENTRY["light"].heading, fixed=True),
        Column("light_reason", ENTRY["light_reason"].heading, fixed=True),
        Column("id", ENTRY["id"].heading, fixed=True),
        Column("title", ENTRY["title"].heading, weight=3),
        Column("leaders", ENTRY["leaders"].heading),
        Column("due", ENTRY["due"].heading, fixed=True),
        Column("milestone", ENTRY["milestone"].heading),
        Column("days", _("Days left"), fixed=True),
        Column("report", _("Last report"), weight=2),
    ]
    made = [RowGroup(_department(group), [_cells(item, context, purpose) for item in group.items]) for group in groups]
    heading = ENTRY["lead_departments"].heading
    return Sheet(None, columns, groups=made, footer=_totals_line(groups), group_heading=heading)


def _cells(item: Chased, context: Context, purpose: Purpose) -> list[Cell]:
    data = item.entry.data
    return [
        labels.styled(item.light),
        labels.words()[item.standing.reason] if item.standing.reason else "",
        item.entry.ref,
        data.title,
        printed("leaders", data.leaders),
        due_cell(item.standing),
        printed("milestone", value_of("milestone")(item.entry, context)),
        days_cell(item.standing.days_left, purpose),
        last_report_text(item.standing),
    ]


def _standing_json(standing: Standing) -> dict[str, object]:
    """Return how an item is doing, which depends on ``--within``, in place of what its record says."""
    return {
        "status": str(standing.status),
        "light": standing.light.value if standing.light else None,
        "light_reason": standing.reason.value if standing.reason else None,
        "days_left": standing.days_left,
    }


def chase_json(groups: Sequence[DepartmentChase], context: Context) -> dict[str, object]:
    """Return ``{"items", "totals"}``: the records with ``department`` (null: none), ``light`` and ``days_left``."""
    items = [
        {
            **record(item.entry, context),
            "department": group.name or None,
            **_standing_json(item.standing),
        }
        for group in groups
        for item in group.items
    ]
    return {"items": items, "totals": {light.value: count for light, count in totals(groups).items()}}
