"""The board for whoever only looks: each entry as a card, and by what cards are counted and filtered.

It is handed around freely: contacts are not on it, and phone numbers in texts are masked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from reformledger.briefing import Pace, pace_of
from reformledger.entry import Entry
from reformledger.fields.words import OPEN_ENDED, PACE, STAR_STATE, texts
from reformledger.i18n import _, language
from reformledger.model.life import Status
from reformledger.records import Context, own_texts
from reformledger.roles import Subject, names_in
from reformledger.standing import Standing
from reformledger.text.folding import search_key
from reformledger.text.masking import clean, mask_phones
from reformledger.views.answer import Cell, plain
from reformledger.views.content import labels
from reformledger.views.content.entries import days_text, due_cell, id_text
from reformledger.views.content.record_lines import RecordLine, record_lines
from reformledger.views.progress import progressing

LAMPS = ("red", "yellow", "blue", "green", "closed", "none")
"""What is drawn of an entry: its light, that it is closed out, or that it has neither; the worst first."""
SLOTS_A_MONTH = 3
"""A month of the time line has the ten days that offices reckon with: 上旬, 中旬, 下旬."""
_TENTH = 10


class Month(NamedTuple):
    """A column of the matrix: a month (``2020-12``), or what lies outside of the year."""

    key: str
    label: str


class Card(NamedTuple):
    """An entry on the board. ``leaders`` and ``departments`` are the leading ones, as printed.

    ``bound_leaders``, ``leading`` and ``supporting`` are the places, in the names of the board, of those for whom a
    question finds the entry. ``slot`` is that of its last day on the time line, None outside of the year.
    ``searched`` are the texts in which a search looks, ``unseen`` those of them that are shown nowhere.
    """

    name: str
    title: str
    lamp: str
    pace: Pace
    light: str
    leaders: Sequence[str]
    departments: Sequence[str]
    due: str
    left: str
    is_star: bool
    is_late: bool
    report: str
    lines: Sequence[RecordLine]
    part: int
    month: int
    slot: int | None
    bound_leaders: Sequence[int]
    leading: Sequence[int]
    supporting: Sequence[int]
    searched: frozenset[str]
    unseen: Sequence[str]


class Board(NamedTuple):
    """All that the board shows; ``year`` is that of its months."""

    title: str
    day: date
    year: int
    question: str
    cards: Sequence[Card]
    leaders: Sequence[str]
    departments: Sequence[str]
    parts: Sequence[str]
    months: Sequence[Month]


def board_of(entries: Sequence[Entry], context: Context, title: str = "", question: str = "") -> Board:
    """Return the board of some entries; their own year gives it its title where none is given."""
    years = sorted({entry.year for entry in entries}) or [context.as_of.year]
    year = min(max(context.as_of.year, years[0]), years[-1])
    months = months_of(year)
    leaders = _Names(context, "leader", entries)
    departments = _Names(context, "department", entries)
    parts = list(dict.fromkeys(entry.group.title for entry in entries))
    places = {month.key: index for index, month in enumerate(months)}
    cards = []
    with progressing(entries, len(entries), _("Reading")) as shown:
        for entry in shown:
            standing = context.standing(entry)
            due = due_cell(standing)
            lines = list(record_lines(entry, context))
            searched = list(dict.fromkeys(own_texts(entry, context)))
            cards.append(
                Card(
                    name=id_text(entry, context),
                    title=clean(entry.data.title),
                    lamp=lamp_of(standing),
                    pace=pace_of(standing),
                    light=labels.light_text(standing) or labels.words()[standing.status],
                    leaders=entry.data.leaders,
                    departments=entry.data.lead_departments,
                    due=plain(due),
                    left=days_text(standing.days_left),
                    is_star=entry.data.star is not None,
                    is_late=entry.closed_late,
                    report=_report(standing),
                    lines=lines,
                    part=parts.index(entry.group.title),
                    month=places[_month_key(due, year)],
                    slot=slot_of(due) if isinstance(due, date) and due.year == year else None,
                    bound_leaders=leaders.bound(name for _role, name in entry.leader_roles()),
                    leading=departments.bound(entry.data.lead_departments),
                    supporting=departments.bound(entry.data.supporting_departments),
                    searched=frozenset(searched),
                    unseen=_unseen(entry, lines, searched),
                )
            )
    return Board(
        clean(title) or _("Reform ledger {years}: the board").format(years=_(", ").join(map(str, years))),
        context.as_of,
        year,
        clean(question),
        cards,
        leaders.known,
        departments.known,
        [clean(part) for part in parts],
        months,
    )


def lamp_of(standing: Standing) -> str:
    """Return which of ``LAMPS`` is drawn."""
    if standing.status is Status.CLOSED:
        return "closed"
    return str(standing.light) if standing.light else "none"


def figure_words() -> dict[str, str]:
    """Return the word for each pace, and for ``late``: closed out after the last day."""
    return {**texts(PACE), Pace.NO_LIGHT: _("no light"), "late": STAR_STATE["met_late"].text}


def lamp_words() -> dict[str, str]:
    """Return the word for each of ``LAMPS``."""
    words = labels.words()
    return {lamp: words.get(lamp, "") for lamp in LAMPS[:5]} | {"none": _("no light")}


def months_of(year: int) -> list[Month]:
    """Return the columns of the matrix: the months of a year between what lies before and after, then what has none."""
    return [
        Month("before", _("before {year}").format(year=year)),
        *(Month(f"{year}-{number:02}", label) for number, label in enumerate(_month_labels(), 1)),
        Month("after", _("from {year}").format(year=year + 1)),
        Month("open", OPEN_ENDED.text),
        Month("undated", _("no deadline")),
    ]


def _month_labels() -> Sequence[str]:
    if language() == "zh":
        return [f"{number}月" for number in range(1, 13)]
    return ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _month_key(due: Cell, year: int) -> str:
    """Return the column of a deadline as ``due_cell`` gives it: a day, the word for an open end, or nothing."""
    if isinstance(due, date):
        return "before" if due.year < year else "after" if due.year > year else f"{due:%Y-%m}"
    return "open" if due else "undated"


def slot_of(day: date) -> int:
    """Return which ten days of its year a day is in, from 0 to 35."""
    return SLOTS_A_MONTH * (day.month - 1) + min((day.day - 1) // _TENTH, SLOTS_A_MONTH - 1)


def _report(standing: Standing) -> str:
    """Return day and percentage of the last report: what it says is in the record."""
    if standing.last_report is None:
        return ""
    report = standing.last_report.report
    return f"{report.date.isoformat()}{'' if report.percent is None else f' {report.percent}%'}"


class _Names:
    """The leaders or departments of a board: each by its place, under the directory's word for it."""

    def __init__(self, context: Context, subject: Subject, entries: Iterable[Entry]) -> None:
        self._directory = context.book.directory
        self._words = names_in(context.book).of(subject)
        self._places: dict[str, int] = {}
        named: dict[str, int] = {}
        for entry in entries:
            roles = entry.leader_roles() if subject == "leader" else entry.department_roles()
            for key in self._keys(name for _role, name in roles):
                named[key] = named.get(key, 0) + 1
        for key in sorted(named, key=lambda key: -named[key]):
            self._places[key] = len(self._places)

    @property
    def known(self) -> list[str]:
        """The names, those with most entries first."""
        return [clean(self._words[key]) for key in self._places]

    def bound(self, names: Iterable[str]) -> list[int]:
        """Return the places of those for whom a question finds what names these: themselves, and members of groups."""
        return sorted(self._places[key] for key in self._keys(names))

    def _keys(self, names: Iterable[str]) -> dict[str, None]:
        keys: dict[str, None] = {}
        for name in names:
            keys[self._directory.key(name)] = None
            keys |= dict.fromkeys(self._directory.members_of(name))
        return keys


def _unseen(entry: Entry, lines: Iterable[RecordLine], searched: Sequence[str]) -> list[str]:
    """Return the texts in which a search looks and which nothing on the card shows, phone numbers masked."""
    pieces = [text for line in lines for item in line.items for piece in item for text in piece.texts]
    known = set(searched)
    shown = [entry.data.title, entry.id, *entry.data.leaders, *entry.data.lead_departments, *pieces]
    keys = search_key("\0".join(clean(text) for text in shown if text in known))
    return [masked for text in searched if search_key(masked := mask_phones(text)) not in keys]
