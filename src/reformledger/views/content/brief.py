"""The brief for a meeting as two sheets, the totals and all that is talked about, which together fit on two pages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from reformledger.briefing import Brief, Pace, Paced, Paces
from reformledger.changes import Change, ChangeKind
from reformledger.entry import Entry
from reformledger.fields.words import CHANGE, PACE, texts
from reformledger.i18n import _, sentences
from reformledger.printed import printed
from reformledger.records import Context
from reformledger.star import star_last_day
from reformledger.views.answer import Bar, Cell, Column, Purpose, RowGroup, Sheet, Styled
from reformledger.views.content import labels
from reformledger.views.content.brief_rows import PACE_STYLES, rows_sheet, what_is_due
from reformledger.views.content.changes import details
from reformledger.views.content.entries import days_text, id_text
from reformledger.views.content.star import star_word

_CHANGE_STYLES = {
    ChangeKind.CLOSED: "green",
    ChangeKind.RED: "bold red",
    ChangeKind.YELLOW: "yellow",
}
_WELL = (Pace.CLOSED, Pace.ON_SCHEDULE)
_RARE = (Pace.NO_LIGHT, Pace.CARRIED_OVER)
"""Those that are shown only where there are any."""


def brief_sheets(brief: Brief, context: Context, purpose: Purpose) -> list[Sheet]:
    """Return the totals, and one table of what a meeting talks about; what would be an empty group is a sentence.

    A spreadsheet gets one row an entry, and a workbook the totals and these: it names them better than one cell does.
    Its totals bear the title of the whole answer, which has the day beside it.
    """
    if purpose == "spreadsheet":
        return [rows_sheet(brief)]
    totals = _totals_sheet(brief, context)
    if purpose == "workbook":
        totals = totals._replace(title=None)
    if not brief.total.items and not brief.changes:
        return [totals]
    return [totals, rows_sheet(brief) if purpose == "workbook" else _matters_sheet(brief, context)]


class _Names:
    """How entries are named: by number and whole title where one is named first, by the number after that.

    All of a meeting is to fit on two pages, and half a title names nothing.
    """

    def __init__(self, context: Context) -> None:
        self.context = context
        self._named: set[str] = set()

    def name(self, ref: str, title: str, entry: Entry | None, note: str = "") -> str:
        """Return number and title, with a note behind them; "" is none."""
        name = id_text(entry, self.context) if entry else ref
        if ref not in self._named:
            self._named.add(ref)
            name = f"{name} {title}"
        return _("{name} ({note})").format(name=name, note=note) if note else name

    def under_heading(self, entry: Entry) -> str:
        """Return the name of an entry under that of whoever answers for it."""
        return self.name(entry.ref, entry.data.title, entry)

    def of_entry(self, entry: Entry, *notes: str) -> str:
        """Return the name of an entry, and where it was not named under the departments that lead it, these."""
        leads = "" if entry.ref in self._named else printed("lead_departments", entry.data.lead_departments)
        return self.name(entry.ref, entry.data.title, entry, _(", ").join(filter(None, (*notes, leads))))


# Totals


def _totals_sheet(brief: Brief, context: Context) -> Sheet:
    title = _("As of {day}").format(day=context.as_of.isoformat())
    total = brief.total
    if not total.items:
        return Sheet(title, (), footer=_("There are no entries."))
    columns = [
        Column("pace", _("Schedule"), fixed=True),
        Column("count", _("Entries"), fixed=True, align="right"),
        Column("share", _("Share"), fixed=True),
        Column("counted", _("Counted are"), weight=3),
    ]
    words, meanings = texts(PACE), _meanings()
    shown = [pace for pace in Pace if pace not in _RARE or total.count(pace)]
    rows: list[list[Cell]] = [
        [Styled(words[pace], PACE_STYLES[pace]), *_share(total.count(pace), total), meanings[pace]] for pace in shown
    ]
    rows.insert(1, [_("of these late"), *_share(total.closed_late, total), _("closed out after the last day")])
    rows.append([_("all"), *_share(len(total.items), total), _("each entry is counted once")])
    return Sheet(title, columns, rows)


def _share(count: int, total: Paces) -> list[Cell]:
    return [count, Bar(count / len(total.items))]


def _meanings() -> dict[Pace, str]:
    """Return in words which entries each pace counts."""
    return {
        Pace.CLOSED: _("the close-out is on record"),
        Pace.ON_SCHEDULE: _("open: on time, due soon or ready to be closed out"),
        Pace.BEHIND: _("yellow: less done than the time that has passed, or weak progress"),
        Pace.OVERDUE: _("red: past the last day, or an occurrence missed"),
        Pace.UNREPORTED: _("yellow: no report for too long, or an earlier occurrence missed"),
        Pace.NO_LIGHT: _("open without a deadline, or paused"),
        Pace.CARRIED_OVER: _("goes on in a later year"),
    }


# What a meeting talks about


class _Part(NamedTuple):
    """A part of the table: its heading and rows, and a sentence for below the table."""

    heading: str
    rows: list[list[Cell]]
    sentence: str = ""


def _matters_sheet(brief: Brief, context: Context) -> Sheet:
    """Return one table of all: one head, and cells wide enough for whole titles."""
    names = _Names(context)
    parts = [
        _by(_("By department"), brief.departments, names),
        *([] if brief.leaders is None else [_by(_("By leader"), brief.leaders, names)]),
        _star(brief, names),
        _due(brief, names),
        *([] if brief.changes is None else [_changes(brief, brief.changes, names)]),
    ]
    columns = [
        Column("name", _("Name"), weight=2),
        Column("count", _("Entries"), fixed=True, align="right"),
        Column("matters", _("Matters"), weight=6, wide=True),
    ]
    groups = [RowGroup(part.heading, part.rows, is_counted=False) for part in parts if part.rows]
    return Sheet(None, columns, groups=groups, footer=sentences(*(part.sentence for part in parts)), dense=True)


def _by(heading: str, groups: Sequence[Paces], names: _Names) -> _Part:
    """Return who has how many, and what lags; those with whom nothing lags are named below."""
    rows: list[list[Cell]] = [
        [_name(group), len(group.items), _paces(group, names)] for group in groups if group.laggards
    ]
    others = [_counted(_name(group), len(group.items)) for group in groups if not group.laggards]
    sentence = _("{heading}, with nothing that lags: {names}.").format(heading=heading, names=_(", ").join(others))
    return _Part(heading, rows, sentence if others else "")


def _name(group: Paces) -> str:
    return group.name or _("no lead department")


def _paces(group: Paces, names: _Names) -> str:
    """Return how many are well, then what lags: a line for each way of lagging, the worst first."""
    words = texts(PACE)
    lines = []
    for pace, of_pace in groupby(group.laggards, key=lambda item: item.pace):
        items = list(of_pace)
        named = [
            _prefixed(over, _("; ").join(names.under_heading(item.entry) for item in alike))
            for over, alike in groupby(items, key=_days_over)
        ]
        lines.append(_prefixed(_counted(labels.capital(words[pace]), len(items)), _("; ").join(named)))
    well = [_counted(labels.capital(words[pace]), count) for pace in _WELL if (count := group.count(pace))]
    return _("; ").join([*well, _lined(lines)])


def _lined(lines: Sequence[str]) -> str:
    """Return lines as the text of a cell, which a pipe prints on one line."""
    return f"{_('; ').rstrip()}\n".join(lines)


def _counted(word: str, count: int) -> str:
    """Return a word and how many there are of it, where they are several."""
    return _("{word} ({count})").format(word=word, count=count) if count > 1 else word


def _prefixed(heading: str, text: str) -> str:
    return _("{heading}: {text}").format(heading=heading, text=text) if heading else text


def _days_over(item: Paced) -> str:
    """Return the days that are over of what is overdue."""
    left = item.standing.days_left
    return days_text(left) if item.pace is Pace.OVERDUE and left is not None and left < 0 else ""


def _star(brief: Brief, names: _Names) -> _Part:
    context, heading = names.context, _("☆ close-out items")
    found: dict[tuple[str, date], list[str]] = {}
    for entry in sorted(brief.star, key=star_last_day):
        key = star_word(entry, context).text, star_last_day(entry)
        found.setdefault(key, []).append(names.of_entry(entry, (entry.data.star and entry.data.star.note) or ""))
    rows: list[list[Cell]] = [
        [
            _("{state}, by {day}").format(state=labels.capital(word), day=day.isoformat()),
            len(items),
            _("; ").join(items),
        ]
        for (word, day), items in found.items()
    ]
    return _Part(heading, rows, "" if rows else _("No entry has a ☆."))


def _due(brief: Brief, names: _Names) -> _Part:
    first, last = names.context.as_of.isoformat(), brief.until.isoformat()
    rows: list[list[Cell]] = []
    for day, of_day in groupby(brief.due, key=lambda due: due.day):
        items = [names.of_entry(due.entry, what_is_due(due)) for due in of_day]
        rows.append([day, len(items), _("; ").join(items)])
    sentence = _("Nothing falls due from {first} to {last}.").format(first=first, last=last)
    return _Part(_("Due by {day}").format(day=last), rows, "" if rows else sentence)


def _changes(brief: Brief, found: Sequence[Change], names: _Names) -> _Part:
    since = brief.since.isoformat() if brief.since else ""
    words = texts(CHANGE)
    rows: list[list[Cell]] = []
    for kind, of_kind in groupby(found, key=lambda change: change.kind):
        changed = list(of_kind)
        lines = _turned(changed, names) if changed[0].after else [_recorded(change, names) for change in changed]
        rows.append([Styled(labels.capital(words[kind]), _CHANGE_STYLES.get(kind, "")), len(changed), _lined(lines)])
    sentence = _("Nothing is recorded after {day}, and no light turned.").format(day=since)
    return _Part(_("Changed since {day}").format(day=since), rows, "" if rows else sentence)


def _recorded(change: Change, names: _Names) -> str:
    """Return a line for what was recorded: day, name, and what it says."""
    name = f"{change.day.isoformat()} {names.name(change.ref, change.title, change.entry)}"
    text = _("; ").join(details(change))
    return _("{heading}: {text}").format(heading=name, text=text) if text else name


def _turned(changed: Sequence[Change], names: _Names) -> list[str]:
    """Return a line for each reason for which lights turned."""
    by_reason: dict[str, list[str]] = {}
    for change in changed:
        reason = change.after.reason if change.after else None
        word = labels.words()[reason] if reason else ""
        by_reason.setdefault(word, []).append(names.name(change.ref, change.title, change.entry))
    return [
        _prefixed(_counted(labels.capital(word), len(items)), _("; ").join(items)) for word, items in by_reason.items()
    ]
