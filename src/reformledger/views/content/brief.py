"""The brief for a meeting: a few small sheets, one row an entry for a spreadsheet, and JSON."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from reformledger.briefing import Brief, DueDay, Pace, Paced, Paces
from reformledger.changes import Change
from reformledger.entry import Entry
from reformledger.fields.entry import ENTRY
from reformledger.fields.words import CHANGE, PACE, texts
from reformledger.i18n import _
from reformledger.records import Context, milestone_text, printed
from reformledger.star import star_last_day, star_state
from reformledger.views.answer import Bar, Cell, Column, Purpose, RowGroup, Sheet, Styled
from reformledger.views.content import labels
from reformledger.views.content.changes import change_json, details
from reformledger.views.content.entries import days_text, due_cell, id_column, id_text
from reformledger.views.content.star import star_sheet

_STYLES = {
    Pace.CLOSED: "green",
    Pace.ON_SCHEDULE: "green",
    Pace.BEHIND: "yellow",
    Pace.OVERDUE: "bold red",
    Pace.UNREPORTED: "yellow",
    Pace.NO_LIGHT: "dim",
    Pace.CARRIED_OVER: "dim",
}
_RARE = (Pace.NO_LIGHT, Pace.CARRIED_OVER)
"""Those that are shown only where there are any."""


def brief_sheets(brief: Brief, context: Context, purpose: Purpose) -> list[Sheet]:
    """Return the sheets of a brief; what would be an empty table is a sentence. A spreadsheet gets one row an entry."""
    if purpose == "spreadsheet":
        return [_rows_sheet(brief)]
    found = [_totals_sheet(brief, context), _by_sheet(_("By department"), _("Department"), brief.departments, context)]
    if brief.leaders is not None:
        found.append(_by_sheet(_("By leader"), _("Leader"), brief.leaders, context))
    found.append(_star(brief, context, purpose))
    found.append(_due(brief, context))
    if brief.changes is not None:
        found.append(_changes(brief, brief.changes, context))
    return found


def _sentence(title: str, text: str) -> Sheet:
    return Sheet(title, (), footer=text)


def _shown(total: Paces) -> list[Pace]:
    return [pace for pace in Pace if pace not in _RARE or total.count(pace)]


# Totals


def _totals_sheet(brief: Brief, context: Context) -> Sheet:
    title = _("Brief for the meeting as of {day}").format(day=context.as_of.isoformat())
    total = brief.total
    if not total.items:
        return _sentence(title, _("There are no entries."))
    columns = [
        Column("pace", _("State"), fixed=True),
        Column("count", _("Entries"), fixed=True, align="right"),
        Column("share", _("Share"), fixed=True),
        Column("counted", _("Counted are"), weight=3),
    ]
    words, meanings = texts(PACE), _meanings()
    rows: list[list[Cell]] = [
        [
            Styled(words[pace], _STYLES[pace]),
            count := total.count(pace),
            Bar(count / len(total.items)),
            meanings[pace],
        ]
        for pace in _shown(total)
    ]
    late = total.closed_late
    rows.insert(1, [_("closed late"), late, Bar(late / len(total.items)), _("of the closed: after their last day")])
    footer = _("{count} entries, each counted once; those closed late are among the closed.")
    return Sheet(title, columns, rows, footer=footer.format(count=len(total.items)))


def _meanings() -> dict[Pace, str]:
    """Return in words which entries each pace counts."""
    return {
        Pace.CLOSED: _("closed out"),
        Pace.ON_SCHEDULE: _("open: on time, due soon or ready to be closed out"),
        Pace.BEHIND: _("yellow: less done than the time that has passed, or weak progress"),
        Pace.OVERDUE: _("red: past the last day, or an occurrence missed"),
        Pace.UNREPORTED: _("yellow: no report for too long, or an earlier occurrence missed"),
        Pace.NO_LIGHT: _("open without a deadline, or paused"),
        Pace.CARRIED_OVER: _("goes on in a later year"),
    }


# By department, by leader


def _by_sheet(title: str, first: str, groups: Sequence[Paces], context: Context) -> Sheet:
    if not groups:
        return _sentence(title, _("No entry names any."))
    headings = texts(PACE)
    shown = [pace for pace in Pace if pace not in _RARE]
    columns = [
        Column("name", first, weight=2),
        Column("all", _("All"), fixed=True, align="right"),
        *(Column(pace, _capital(headings[pace]), fixed=True, align="right") for pace in shown),
        Column("laggards", _("Lagging"), weight=5, wide=True),
    ]
    rows: list[list[Cell]] = [
        [
            group.name or _("no lead department"),
            len(group.items),
            *(group.count(pace) for pace in shown),
            _laggards(group, context),
        ]
        for group in groups
    ]
    return Sheet(title, columns, rows, footer=_("What several answer for is counted under each."))


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


def _laggards(group: Paces, context: Context) -> str:
    """Return number and whole title of what lags, a line for each way of lagging, the worst first."""
    words = texts(PACE)
    return "\n".join(
        _("{heading}: {text}").format(
            heading=_capital(words[pace]), text=_("; ").join(_named(item, context) for item in items)
        )
        for pace, items in groupby(group.laggards, key=lambda item: item.pace)
    )


def _named(item: Paced, context: Context) -> str:
    """Return number and title, with the days that are over."""
    name, left = f"{id_text(item.entry, context)} {item.entry.data.title}", item.standing.days_left
    if item.pace is not Pace.OVERDUE or left is None or left >= 0:
        return name
    return _("{name} ({note})").format(name=name, note=days_text(left))


# ☆, what falls due


def _star(brief: Brief, context: Context, purpose: Purpose) -> Sheet:
    if not brief.star:
        return _sentence(_("☆ close-out items"), _("No entry has a ☆."))
    return star_sheet(brief.star, context, purpose)


def _due(brief: Brief, context: Context) -> Sheet:
    title = _("Due by {day}").format(day=brief.until.isoformat())
    if not brief.due:
        return _sentence(title, _("Nothing falls due from {first} to {last}.").format(**_span(brief, context)))
    columns = [
        Column("day", _("Last day"), fixed=True),
        id_column(context),
        Column("title", ENTRY["title"].heading, weight=4, wide=True),
        Column("what", _("Due is"), weight=2),
        Column("lead_departments", ENTRY["lead_departments"].heading, weight=2),
        Column("state", _("State"), fixed=True),
    ]
    pace = {item.entry.ref: item.pace for item in brief.total.items}
    words = texts(PACE)
    rows: list[list[Cell]] = [
        [
            due.day,
            id_text(due.entry, context),
            due.entry.data.title,
            _what(due),
            printed("lead_departments", due.entry.data.lead_departments),
            Styled(words[pace[due.entry.ref]], _STYLES[pace[due.entry.ref]]),
        ]
        for due in brief.due
    ]
    return Sheet(title, columns, rows)


def _span(brief: Brief, context: Context) -> dict[str, str]:
    return {"first": context.as_of.isoformat(), "last": brief.until.isoformat()}


def _what(due: DueDay) -> str:
    """Return the milestone that is due, or that it is an occurrence or all of it."""
    if due.milestone:
        return milestone_text(due.milestone)
    return _("occurrence") if due.recurs else _("all of it")


# What changed


def _changes(brief: Brief, found: Sequence[Change], context: Context) -> Sheet:
    assert brief.since is not None  # noqa: S101 - what changed is asked of a day
    since = brief.since.isoformat()
    title = _("Changed since {day}").format(day=since)
    if not found:
        return _sentence(title, _("Nothing is recorded after {day}, and no light turned.").format(day=since))
    columns = [
        Column("day", _("Day"), fixed=True),
        id_column(context),
        Column("title", ENTRY["title"].heading, weight=2),
        Column("details", _("Details"), weight=3, wide=True),
    ]
    words = texts(CHANGE)
    groups = [
        RowGroup(_capital(words[kind]), [_change_cells(change, context) for change in of_kind])
        for kind, of_kind in groupby(found, key=lambda change: change.kind)
    ]
    return Sheet(title, columns, groups=groups, group_heading=_("Change"))


def _change_cells(change: Change, context: Context) -> list[Cell]:
    number = id_text(change.entry, context) if change.entry else change.ref
    return [change.day, number, change.title, _("; ").join(details(change))]


# A row an entry


def _rows_sheet(brief: Brief) -> Sheet:
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
        due.setdefault(each.entry.ref, []).append(f"{each.day.isoformat()} {_what(each)}")
    words, made = texts(CHANGE), dict[str, list[str]]()
    for change in brief.changes or ():
        text = f"{change.day.isoformat()} {words[change.kind]} {_('; ').join(details(change))}".rstrip()
        made.setdefault(change.ref, []).append(text)
    rows = [[*_entry_cells(item), *_joined(item.entry.ref, due, made)] for item in brief.total.items]
    counted = {item.entry.ref for item in brief.total.items}
    # What was removed, or is counted in a later year.
    others = {change.ref: change.title for change in brief.changes or () if change.ref not in counted}
    rows += [["", "", ref, title, *[""] * 6, *_joined(ref, due, made)] for ref, title in others.items()]
    return Sheet(None, columns, rows)


def _joined(ref: str, *texts_by_ref: dict[str, list[str]]) -> list[Cell]:
    return ["\n".join(texts.get(ref, ())) for texts in texts_by_ref]


def _entry_cells(item: Paced) -> list[Cell]:
    entry, standing = item.entry, item.standing
    return [
        Styled(texts(PACE)[item.pace], _STYLES[item.pace]),
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


# JSON


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
