"""The brief for a meeting as a few small sheets, which together fit on two pages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from reformledger.briefing import Brief, Pace, Paced, Paces
from reformledger.changes import Change, ChangeKind
from reformledger.entry import Entry
from reformledger.fields.words import CHANGE, PACE, texts
from reformledger.i18n import _, sentences
from reformledger.records import Context, printed
from reformledger.star import star_last_day, star_totals
from reformledger.views.answer import Bar, Cell, Column, Purpose, Sheet, Styled
from reformledger.views.content import labels
from reformledger.views.content.brief_rows import PACE_STYLES, rows_sheet, what_is_due
from reformledger.views.content.changes import details
from reformledger.views.content.entries import days_text, id_text
from reformledger.views.content.star import star_footer, star_word

_CHANGE_STYLES = {
    ChangeKind.CLOSED: "green",
    ChangeKind.RED: "bold red",
    ChangeKind.YELLOW: "yellow",
}
_RARE = (Pace.NO_LIGHT, Pace.CARRIED_OVER)
"""Those that are shown only where there are any."""


def brief_sheets(brief: Brief, context: Context, purpose: Purpose) -> list[Sheet]:
    """Return the sheets of a brief; what would be an empty table is a sentence.

    A spreadsheet gets one row an entry, and a workbook the totals and these: it names them better than one cell does.
    """
    if purpose == "spreadsheet":
        return [rows_sheet(brief)]
    if purpose == "workbook":
        return [_totals_sheet(brief, context), rows_sheet(brief)]
    names = _Names(context)
    return [
        _totals_sheet(brief, context),
        _by_sheet(_("By department"), _("Department"), brief.departments, names),
        *([] if brief.leaders is None else [_by_sheet(_("By leader"), _("Leader"), brief.leaders, names)]),
        _star_sheet(brief, names),
        _due_sheet(brief, names),
        *([] if brief.changes is None else [_changes_sheet(brief, brief.changes, names)]),
    ]


class _Names:
    """How entries are named: by number and whole title where one is named first, by the number after that.

    All of a meeting is to fit on two pages, and half a title names nothing.
    """

    def __init__(self, context: Context) -> None:
        self.context = context
        self._named: set[str] = set()

    def name(self, ref: str, title: str, entry: Entry | None, *notes: str) -> str:
        """Return number and title, with notes behind them; "" is none."""
        name = id_text(entry, self.context) if entry else ref
        if ref not in self._named:
            self._named.add(ref)
            name = f"{name} {title}"
        note = _(", ").join(filter(None, notes))
        return _("{name} ({note})").format(name=name, note=note) if note else name

    def has_named(self, entry: Entry) -> bool:
        """Say whether an entry was named already."""
        return entry.ref in self._named

    def of_entry(self, entry: Entry, *notes: str) -> str:
        """Return the name of an entry."""
        return self.name(entry.ref, entry.data.title, entry, *notes)

    def with_leads(self, entry: Entry, *notes: str) -> str:
        """Return the name of an entry, and the departments that lead it."""
        return self.of_entry(entry, *notes, printed("lead_departments", entry.data.lead_departments))


def _sentence(title: str, text: str) -> Sheet:
    return Sheet(title, (), footer=text)


def _matters_columns(*columns: Column) -> list[Column]:
    """Return the columns of a sheet that names its matters, all of them in a cell."""
    return [*columns, Column("matters", _("Matters"), weight=6, wide=True)]


def _count_column(key: str, heading: str) -> Column:
    return Column(key, heading, fixed=True, align="right")


# Totals


def _totals_sheet(brief: Brief, context: Context) -> Sheet:
    title = _("As of {day}").format(day=context.as_of.isoformat())
    total = brief.total
    if not total.items:
        return _sentence(title, _("There are no entries."))
    columns = [
        Column("pace", _("Schedule"), fixed=True),
        _count_column("count", _("Entries")),
        Column("share", _("Share"), fixed=True),
        Column("counted", _("Counted are"), weight=3),
    ]
    words, meanings = texts(PACE), _meanings()
    shown = [pace for pace in Pace if pace not in _RARE or total.count(pace)]
    rows: list[list[Cell]] = [
        [Styled(words[pace], PACE_STYLES[pace]), *_share(total.count(pace), total), meanings[pace]] for pace in shown
    ]
    rows.insert(1, [_("of these late"), *_share(total.closed_late, total), _("closed out after the last day")])
    footer = _("{count} entries, each counted once; those closed late are among the closed.")
    return Sheet(title, columns, rows, footer=footer.format(count=len(total.items)))


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


# By department, by leader


def _by_sheet(title: str, first: str, groups: Sequence[Paces], names: _Names) -> Sheet:
    """Return who has how many, and what lags; those with whom nothing lags are named below."""
    words = texts(PACE)
    counts = (Pace.CLOSED, Pace.ON_SCHEDULE)
    columns = _matters_columns(
        Column("name", first, weight=2),
        _count_column("all", _("All")),
        *(_count_column(pace, _capital(words[pace])) for pace in counts),
    )
    rows: list[list[Cell]] = [
        [_name(group), len(group.items), *(group.count(pace) for pace in counts), _laggards(group, names)]
        for group in groups
        if group.laggards
    ]
    others = [
        _("{name} ({note})").format(name=_name(group), note=len(group.items)) for group in groups if not group.laggards
    ]
    footer = _("Nothing lags of: {names}.").format(names=_(", ").join(others)) if others else ""
    if not rows:
        return _sentence(title, footer or _("No entry names any."))
    return Sheet(title, columns, rows, footer=sentences(_("What several answer for is under each."), footer))


def _name(group: Paces) -> str:
    return group.name or _("no lead department")


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


def _laggards(group: Paces, names: _Names) -> str:
    """Return what lags, a line for each way of lagging, the worst first, with the days that are over."""
    words = texts(PACE)
    lines = []
    for pace, items in groupby(group.laggards, key=lambda item: item.pace):
        found = [names.of_entry(item.entry, _days_over(item, names)) for item in items]
        lines.append(_numbered(words[pace], found))
    return "\n".join(lines)


def _numbered(word: str, found: Sequence[str]) -> str:
    """Return a word, how many there are of it, and which."""
    heading = _("{word} ({count})").format(word=_capital(word), count=len(found))
    return _("{heading}: {text}").format(heading=heading, text=_("; ").join(found))


def _days_over(item: Paced, names: _Names) -> str:
    """Return the days that are over, where an entry is overdue and is named first."""
    left = item.standing.days_left
    is_over = item.pace is Pace.OVERDUE and left is not None and left < 0
    return days_text(left) if is_over and not names.has_named(item.entry) else ""


# ☆, what falls due


def _star_sheet(brief: Brief, names: _Names) -> Sheet:
    title, context = _("☆ close-out items"), names.context
    if not brief.star:
        return _sentence(title, _("No entry has a ☆."))
    columns = _matters_columns(
        Column("state", _("State"), fixed=True),
        Column("day", _("Last day"), fixed=True),
        _count_column("count", _("Entries")),
    )
    found: dict[tuple[str, date], list[str]] = {}
    styles: dict[str, str] = {}
    for entry in sorted(brief.star, key=star_last_day):
        word = star_word(entry, context)
        styles[word.text] = word.style
        found.setdefault((word.text, star_last_day(entry)), []).append(names.with_leads(entry))
    rows: list[list[Cell]] = [
        [Styled(word, styles[word]), day, len(items), _("; ").join(items)] for (word, day), items in found.items()
    ]
    totals = star_totals(context.book, brief.star, context.as_of)
    return Sheet(title, columns, rows, footer=star_footer(totals))


def _due_sheet(brief: Brief, names: _Names) -> Sheet:
    first, last = names.context.as_of.isoformat(), brief.until.isoformat()
    title = _("Due by {day}").format(day=last)
    if not brief.due:
        return _sentence(title, _("Nothing falls due from {first} to {last}.").format(first=first, last=last))
    columns = _matters_columns(
        Column("day", _("Last day"), fixed=True), Column("left", _("Days"), fixed=True), _count_column("n", _("Items"))
    )
    rows: list[list[Cell]] = []
    for day, of_day in groupby(brief.due, key=lambda due: due.day):
        items = [names.with_leads(due.entry, what_is_due(due)) for due in of_day]
        left = days_text((day - names.context.as_of).days)
        rows.append([day, left, len(items), _("; ").join(items)])
    return Sheet(title, columns, rows)


# What changed


def _changes_sheet(brief: Brief, found: Sequence[Change], names: _Names) -> Sheet:
    since = brief.since.isoformat() if brief.since else ""
    title = _("Changed since {day}").format(day=since)
    if not found:
        return _sentence(title, _("Nothing is recorded after {day}, and no light turned.").format(day=since))
    columns = _matters_columns(Column("change", _("Change"), fixed=True), _count_column("count", _("Items")))
    words = texts(CHANGE)
    rows: list[list[Cell]] = []
    for kind, of_kind in groupby(found, key=lambda change: change.kind):
        changed = list(of_kind)
        lines = _turned(changed, names) if changed[0].after else [_recorded(change, names) for change in changed]
        rows.append([Styled(_capital(words[kind]), _CHANGE_STYLES.get(kind, "")), len(changed), "\n".join(lines)])
    return Sheet(title, columns, rows)


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
    return [_numbered(word, items) for word, items in by_reason.items()]
