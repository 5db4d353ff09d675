"""The brief for a meeting as data: one row an entry for a spreadsheet, and JSON."""

from __future__ import annotations

from reformledger.briefing import Brief, DueDay, Pace, Paced, Paces
from reformledger.entry import Entry
from reformledger.fields.entry import ENTRY
from reformledger.fields.words import CHANGE, PACE, texts
from reformledger.i18n import _
from reformledger.printed import printed
from reformledger.records import Context, milestone_text
from reformledger.star import star_last_day, star_state
from reformledger.views.answer import Cell, Column, Sheet, Styled
from reformledger.views.content import labels
from reformledger.views.content.changes import change_json, details
from reformledger.views.content.entries import due_cell

PACE_STYLES = {
    Pace.CLOSED: "green",
    Pace.ON_SCHEDULE: "green",
    Pace.BEHIND: "yellow",
    Pace.OVERDUE: "bold red",
    Pace.UNREPORTED: "yellow",
    Pace.NO_LIGHT: "dim",
    Pace.CARRIED_OVER: "dim",
}


def what_is_due(due: DueDay) -> str:
    """Return the milestone that is due, or that it is an occurrence; nothing where it is all of it."""
    if due.milestone:
        return milestone_text(due.milestone)
    return _("occurrence") if due.recurs else ""


def rows_sheet(brief: Brief) -> Sheet:
    """Return a row for each entry of a brief, with what falls due and what changed."""
    columns = [
        Column("pace", _("State"), fixed=True),
        Column("light_reason", ENTRY["light_reason"].heading, fixed=True),
        Column("id", ENTRY["ref"].heading, fixed=True),
        Column("title", ENTRY["title"].heading, weight=3),
        Column("due", ENTRY["due"].heading, fixed=True),
        Column("days_left", ENTRY["days_left"].heading, fixed=True, align="right"),
        Column("leaders", ENTRY["leaders"].heading),
        Column("lead_departments", ENTRY["lead_departments"].heading),
        Column("star", ENTRY["star"].heading, fixed=True),
        Column("closed_late", _("Closed late"), fixed=True),
        Column("due_before", _("Due before the next meeting"), weight=2),
        Column("changes", _("Changed since the last meeting"), weight=3),
    ]
    due: dict[str, list[str]] = {}
    for each in brief.due:
        due.setdefault(each.entry.ref, []).append(f"{each.day.isoformat()} {what_is_due(each)}")
    words, made = texts(CHANGE), dict[str, list[str]]()
    for change in brief.changes or ():
        text = f"{change.day.isoformat()} {words[change.kind]} {_('; ').join(details(change))}".rstrip()
        made.setdefault(change.ref, []).append(text)
    rows = [[*_entry_cells(item), *_joined(item.entry.ref, due, made)] for item in brief.total.items]
    counted = {item.entry.ref for item in brief.total.items}
    # What was removed, or is counted in a later year.
    others = {change.ref: change.title for change in brief.changes or () if change.ref not in counted}
    rows += [["", "", ref, title, *[""] * 6, *_joined(ref, due, made)] for ref, title in others.items()]
    return Sheet(_("Entries"), columns, rows)


def _joined(ref: str, *texts_by_ref: dict[str, list[str]]) -> list[Cell]:
    return ["\n".join(texts.get(ref, ())) for texts in texts_by_ref]


def _entry_cells(item: Paced) -> list[Cell]:
    entry, standing = item.entry, item.standing
    return [
        Styled(texts(PACE)[item.pace], PACE_STYLES[item.pace]),
        labels.words()[standing.reason] if standing.reason else "",
        entry.ref,
        entry.data.title,
        due_cell(standing),
        "" if standing.days_left is None else standing.days_left,
        printed("leaders", entry.data.leaders),
        printed("lead_departments", entry.data.lead_departments),
        printed("star", entry.data.star is not None),
        labels.yes_no(entry.closed_late) if item.pace is Pace.CLOSED else "",
    ]


def brief_json(brief: Brief, context: Context) -> dict[str, object]:
    """Return ``{"totals", "departments", "leaders", "star", "due", "changes"}``.

    ``leaders`` is ``[]`` where the brief is of some of them only, ``changes`` where no day is given since which.
    ``totals`` have the days of the brief: ``as_of``, ``since`` (null) and ``until``.
    """
    leaders = brief.leaders or []
    return {
        "totals": {
            **_counts_json(brief.total),
            "as_of": context.as_of.isoformat(),
            "since": brief.since.isoformat() if brief.since else None,
            "until": brief.until.isoformat(),
        },
        "departments": [{"department": one.name or None, **_lagging_json(one)} for one in brief.departments],
        "leaders": [{"leader": one.name, **_lagging_json(one)} for one in leaders],
        "star": [_star_json(entry, context) for entry in brief.star],
        "due": [_due_json(due) for due in brief.due],
        "changes": [change_json(change) for change in brief.changes or ()],
    }


def _counts_json(of_one: Paces) -> dict[str, object]:
    counts = {str(pace): of_one.count(pace) for pace in Pace}
    return {"all": len(of_one.items), **counts, "closed_late": of_one.closed_late}


def _lagging_json(of_one: Paces) -> dict[str, object]:
    return {**_counts_json(of_one), "laggards": [_paced_json(item) for item in of_one.laggards]}


def _paced_json(item: Paced) -> dict[str, object]:
    standing = item.standing
    return {
        "ref": item.entry.ref,
        "title": item.entry.data.title,
        "pace": str(item.pace),
        "light_reason": str(standing.reason) if standing.reason else None,
        "days_left": standing.days_left,
    }


def _star_json(entry: Entry, context: Context) -> dict[str, object]:
    last_day = star_last_day(entry)
    return {
        "ref": entry.ref,
        "title": entry.data.title,
        "star_state": str(star_state(context.book, entry, context.as_of)),
        "last_day": last_day.isoformat(),
        "days_left": (last_day - context.as_of).days,
        "lead_departments": list(entry.data.lead_departments),
    }


def _due_json(due: DueDay) -> dict[str, object]:
    return {
        "day": due.day.isoformat(),
        "ref": due.entry.ref,
        "title": due.entry.data.title,
        "milestone": milestone_text(due.milestone) if due.milestone else None,
        "recurs": due.recurs,
        "lead_departments": list(due.entry.data.lead_departments),
    }
