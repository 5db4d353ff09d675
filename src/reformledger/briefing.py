"""What a meeting is told: how entries keep to their schedule, who lags, what falls due before the next meeting."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from reformledger.book import Book
from reformledger.changes import Change, changes
from reformledger.entry import Entry
from reformledger.matter import Matter, Milestone, milestone_at
from reformledger.model.deadline import Deadline
from reformledger.model.life import DUE_SOON_DAYS, Reason, Status, overall_deadline, star_phase
from reformledger.query import Question, ask
from reformledger.roles import Subject, leading_keys, names_in
from reformledger.standing import Standing, standings
from reformledger.star import star_last_day


class Pace(StrEnum):
    """How an entry keeps to its schedule, in the field's own words: each entry is in exactly one of them."""

    CLOSED = "closed"
    ON_SCHEDULE = "on_schedule"
    BEHIND = "behind"
    OVERDUE = "overdue"
    UNREPORTED = "unreported"
    NO_LIGHT = "no_light"
    CARRIED_OVER = "carried_over"


LAGGING = (Pace.OVERDUE, Pace.BEHIND, Pace.UNREPORTED)
"""Those that a meeting asks about, the worst first."""
_BY_REASON = {
    Reason.OVERDUE: Pace.OVERDUE,
    Reason.MISSED: Pace.OVERDUE,
    Reason.READY: Pace.ON_SCHEDULE,
    Reason.WEAK: Pace.BEHIND,
    Reason.BEHIND: Pace.BEHIND,
    Reason.GAP: Pace.UNREPORTED,
    Reason.UNREPORTED: Pace.UNREPORTED,
    Reason.DUE_SOON: Pace.ON_SCHEDULE,
    Reason.ON_TIME: Pace.ON_SCHEDULE,
}


def pace_of(standing: Standing) -> Pace:
    """Return how an entry keeps to its schedule; what is open without a light has no deadline, or rests."""
    if standing.status is Status.CLOSED:
        return Pace.CLOSED
    if standing.status is Status.CARRIED_OVER:
        return Pace.CARRIED_OVER
    return _BY_REASON[standing.reason] if standing.reason else Pace.NO_LIGHT


class Paced(NamedTuple):
    """An entry, how it is doing, and how it keeps to its schedule."""

    entry: Entry
    standing: Standing
    pace: Pace


class Paces(NamedTuple):
    """The entries of someone, or all of them (then ``name`` is "")."""

    name: str
    items: Sequence[Paced]

    def count(self, pace: Pace) -> int:
        """Return how many keep to their schedule so."""
        return sum(item.pace is pace for item in self.items)

    @property
    def closed_late(self) -> int:
        """How many of the closed were closed out after their last day."""
        return sum(item.entry.closed_late for item in self.items if item.pace is Pace.CLOSED)

    @property
    def laggards(self) -> list[Paced]:
        """What lags: the worst first, then what has been over longest or is due first."""
        lagging = (item for item in self.items if item.pace in LAGGING)
        return sorted(lagging, key=lambda item: (LAGGING.index(item.pace), item.standing.last_day or date.max))


def paces(book: Book, entries: Iterable[Entry], as_of: date) -> Paces:
    """Return how each of some entries keeps to its schedule on a day."""
    state = standings(book, as_of)
    found = ((entry, state.of(entry)) for entry in entries)
    return Paces("", [Paced(entry, standing, pace_of(standing)) for entry, standing in found])


def by_subject(book: Book, subject: Subject, of_all: Paces) -> list[Paces]:
    """Return the entries of each leader in any role, or of each department that leads them; who lags most comes first.

    An entry of several is under each; one that no department leads is under the name "".
    """
    names = names_in(book).of(subject)
    keys_of = _leader_keys if subject == "leader" else leading_keys
    groups: dict[str, list[Paced]] = {}
    for item in of_all.items:
        for key in keys_of(book, item.entry):
            groups.setdefault(key, []).append(item)
    found = [Paces(names.get(key, ""), items) for key, items in groups.items()]
    return sorted(found, key=lambda one: [*(-one.count(pace) for pace in LAGGING), -len(one.items)])


def _leader_keys(book: Book, entry: Entry) -> list[str]:
    return list(dict.fromkeys(book.directory.key(name) for _role, name in entry.leader_roles()))


class DueDay(NamedTuple):
    """A day by which an entry, its ``milestone`` or an occurrence of it (``recurs``) is due."""

    day: date
    entry: Entry
    milestone: Milestone | None = None
    recurs: bool = False


def due_days(book: Book, entries: Iterable[Entry], as_of: date, until: date) -> list[DueDay]:
    """Return what falls due from ``as_of`` to ``until``, both days included, in the order of the days.

    Named is what is still to be done: what is closed, met, carried over or rests is not. Rows that are named stand in
    for the work points that they carry out.
    """
    state = standings(book, as_of)
    found = [
        due
        for entry in entries
        if (matter := state.matter(entry)).is_open and not matter.is_paused
        for due in _days_of(matter)
        if as_of <= due.day <= until
    ]
    replaced = {ref for due in found for ref in book.implemented_refs(due.entry)}
    return sorted((due for due in found if due.entry.ref not in replaced), key=lambda due: due.day)


def _days_of(matter: Matter) -> Iterator[DueDay]:
    """Yield all days of an open entry: of milestones, of occurrences, of the whole, and the last one of its ☆."""
    entry = matter.entry
    found = [
        DueDay(day, entry, milestone_at(entry.phases, index))
        for index, phase in enumerate(entry.phases)
        if phase.is_open and not phase.is_paused(matter.as_of)
        for day in _ends(phase.deadline)
    ]
    of_phases = any(phase.deadline for phase in entry.phases)
    whole = overall_deadline(entry.data) or (None if of_phases else matter.deadline)
    found += [DueDay(day, entry) for day in _ends(whole)]
    yield from found
    if entry.star_closed is False and star_phase(entry.data) is None:
        last = star_last_day(entry)
        if all(due.day != last for due in found):
            yield DueDay(last, entry)
    if matter.is_recurring:
        yield from (DueDay(one.end, entry, recurs=True) for one in matter.occurrences if one.owed and not one.is_met)


def _ends(deadline: Deadline | None) -> set[date]:
    """Return every last day that a deadline names (5月、10月); of what recurs, that by which all of it is completed."""
    if deadline is None:
        return set()
    if deadline.every:
        return {deadline.completes} if deadline.completes else set()
    return {period.end for period in deadline.occurrences}


class Brief(NamedTuple):
    """All that a meeting is told.

    ``leaders`` is None where the brief is of some of them only, ``changes`` where no day is given ``since`` which.
    ``until`` is the day of the next meeting: what is due by then is in ``due``.
    """

    total: Paces
    departments: list[Paces]
    leaders: list[Paces] | None
    star: list[Entry]
    due: list[DueDay]
    until: date
    changes: list[Change] | None
    since: date | None


def brief_of(
    book: Book, as_of: date, question: Question, *, since: date | None = None, until: date | None = None
) -> Brief:
    """Return the brief of the entries that answer a question.

    Without ``until`` the next meeting is as many days ahead as ``since``, that of the last, lies back; else 30 days.
    Raises ``UsageError`` as ``ask`` does.
    """
    entries = ask(book, question, as_of)
    if until is None:
        ahead = as_of - since if since else timedelta(days=DUE_SOON_DAYS)
        until = as_of + min(ahead, date.max - as_of)
    total = paces(book, entries, as_of)
    return Brief(
        total,
        by_subject(book, "department", total),
        None if question.leaders else by_subject(book, "leader", total),
        [entry for entry in entries if entry.data.star],
        due_days(book, entries, as_of, until),
        until,
        None if since is None else changes(book, entries, since, as_of, leaders=question.leaders, years=question.years),
        since,
    )
