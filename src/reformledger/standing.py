"""How each entry is doing on a day: its status, its light and the reason, from its records and what it is tied to.

The rules are those of ``docs/*/reference/lights.md``. An entry is tied to what it carries on from earlier years, to
the rows that carry a work point out, and to the return calendar of its document.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from reformledger.book import Book
from reformledger.entry import Entry, Group
from reformledger.matter import LastReport, Matter, Milestone
from reformledger.model.deadline import Deadline
from reformledger.model.entries import Progress
from reformledger.model.life import DUE_SOON_DAYS, LIGHTS, Light, Reason, Status
from reformledger.model.occurrences import Occurrence, interval_of
from reformledger.model.phases import phase_index

BEHIND_POINTS = 20
"""Percentage points under the elapsed share of the time from which an entry is behind."""
SILENT_DAYS, SILENT_DAYS_OF_LONG = 92, 183
"""Days without a report: a quarter; half a year where the last day lies after the ledger's year."""
_WHOLE = 100


class Standing(NamedTuple):
    """How an entry is doing on a day.

    ``deadline`` is the one that counts and ``last_day`` the day it is chased for: that of the open milestone or of the
    occurrence that is shown. ``gap`` is an occurrence that was missed earlier.
    """

    status: Status
    light: Light | None
    reason: Reason | None
    deadline: Deadline | None
    begins: date
    last_day: date | None
    days_left: int | None
    milestone: Milestone | None
    occurrence: Occurrence | None
    gap: Occurrence | None
    last_report: LastReport | None

    @property
    def is_open(self) -> bool:
        """Say whether it is neither closed out nor carried over."""
        return self.status is not Status.CLOSED and self.status is not Status.CARRIED_OVER

    @property
    def is_unreported(self) -> bool:
        """Say whether its light is yellow for silence alone."""
        return self.reason is Reason.UNREPORTED


Situation = tuple[int, bool, int, date, int]
"""All that counts for an entry of which nothing is recorded: those of one situation are doing alike on a day.

It is the deadline, whether there is a ☆, the year, the day of issue and the return calendar of the document. Deadline
and calendar are told by identity: entries with the same words share one.
"""
_RECORDED = frozenset(
    {"assigned", "carried_over_from", "closed", "extensions", "history", "paused", "progress", "waivers"}
)
"""The fields that make an entry a case of its own."""


class Standings:
    """How all entries of a book are doing on a day; each is worked out when it is asked for."""

    def __init__(self, book: Book, as_of: date) -> None:
        self.as_of = as_of
        self.book = book.as_of(as_of)
        self._is_as_loaded = self.book is book
        self._found: dict[tuple[Entry, int], Standing] = {}
        self._matters: dict[Entry, Matter] = {}
        self._of_situation: dict[tuple[Situation, int], Standing] = {}
        self._of_group: dict[Group, tuple[int, date, int]] = {}

    def of(self, entry: Entry, within: int = DUE_SOON_DAYS) -> Standing:
        """Return how an entry of the book is doing; it is due soon ``within`` so many days."""
        key = (entry, within)
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = self._worked_out(entry, within)
        return found

    def _worked_out(self, entry: Entry, within: int) -> Standing:
        situation = self.situation(entry)
        if situation is None:
            return _standing(self.matter(entry), within)
        key = (situation, within)
        found = self._of_situation.get(key)
        if found is None:
            found = self._of_situation[key] = _standing(self.matter(entry), within)
        return found

    def situation(self, entry: Entry) -> Situation | None:
        """Return the situation of an entry; None of one that has phases or records, or is tied to another."""
        own, book = entry if self._is_as_loaded else self.book.get(entry.ref) or entry, self.book
        if own.phases or not _RECORDED.isdisjoint(own.data.model_fields_set):
            return None
        if book.successor(own) is not None or (own.row is None and book.implementers(own)):
            return None
        of_group = self._of_group.get(own.group)
        if of_group is None:
            of_group = self._of_group[own.group] = (own.year, book.issued(own), id(book.calendar(own)))
        return (id(own.deadline), own.data.star is not None, *of_group)

    def matter(self, entry: Entry) -> Matter:
        """Return an entry with all that its light depends on; asked for again, the same."""
        found = self._matters.get(entry)
        if found is None:
            own = entry if self._is_as_loaded else self.book.get(entry.ref) or entry
            found = self._matters[entry] = Matter(self.book, self.as_of, own)
        return found

    def reports(self, entry: Entry) -> list[Progress]:
        """Return the reports on the matter of an entry in all its years, by their days."""
        return [made.report for made in self.matter(entry).reports]

    def counted(self, *, with_carried: bool = False) -> list[Entry]:
        """Return the entries that count, one a matter: until 31 December the old, then the new one.

        ``with_carried``: those that go on in a later year are counted, too.
        """
        if not self.book.carries_over:
            return list(self.book.entries)
        return [entry for entry in self.book.entries if self._is_counted(entry, with_carried=with_carried)]

    def _is_counted(self, entry: Entry, *, with_carried: bool) -> bool:
        if self.book.is_carried_over(entry, self.as_of):
            return with_carried
        is_new = next(self.book.before(entry), None) is None
        return is_new or self.as_of >= date(entry.year, 1, 1)


@lru_cache(maxsize=4)
def standings(book: Book, as_of: date) -> Standings:
    """Return the standings of a book on a day; asked for again, the same."""
    return Standings(book, as_of)


def _is_missed(matter: Matter) -> bool:
    return matter.is_recurring and matter.missed is not None


def _is_overdue(matter: Matter) -> bool:
    ends = matter.ends
    return ends is not None and matter.as_of > ends


def _is_ready(matter: Matter) -> bool:
    """Say whether it could be closed out: all is reported as done, or all that it consists of is closed."""
    if matter.is_recurring:
        over = bool(matter.occurrences) and matter.occurrences[-1].end < matter.as_of
        return over and not matter.gaps
    phases, rows = matter.entry.phases, matter.rows
    return (
        _percent_of_whole(matter.leading) == _WHOLE
        or (bool(phases) and not any(phase.is_open for phase in phases))
        or (bool(rows) and all(row.closing for row in rows))
    )


def _percent_of_whole(reports: Sequence[Progress]) -> int | None:
    """Return the last percentage that is reported of the whole, not of a phase."""
    for report in reversed(reports):
        if report.percent is not None and report.phase is None:
            return report.percent
    return None


def _is_weak(matter: Matter) -> bool:
    return bool(matter.leading) and matter.leading[-1].weak


def _is_behind(matter: Matter) -> bool:
    """Compare the last percentage with the elapsed share of the time: of the milestone that the report names."""
    if not matter.leading:
        return False
    names = [phase.name for phase in matter.entry.phases]
    whole_only = False
    for report in reversed(matter.leading):
        if report.percent is None:
            continue
        span = matter.whole
        if report.phase is not None:
            index = phase_index(names, report.phase)
            phase = None if index is None else matter.entry.phases[index]
            if index is None or phase is None or not phase.is_open or phase.is_paused(matter.as_of):
                whole_only = True  # once it is closed or cancelled, the last percentage of the whole before it counts
                continue
            if whole_only:
                continue
            deadline = phase.deadline
            end = deadline.end if deadline else None
            span = None if end is None else (matter.phase_begins(index), end)
        return span is not None and _elapsed(*span, matter.as_of) - report.percent > BEHIND_POINTS
    return False


def _elapsed(begins: date, ends: date, as_of: date) -> float:
    """Return the share of the days from ``begins`` to ``ends`` that has passed, that day included, in per cent."""
    days = max((ends - begins).days + 1, 1)
    return _WHOLE * min(max((as_of - begins).days + 1, 0), days) / days


def _has_gap(matter: Matter) -> bool:
    return matter.is_recurring and bool(matter.gaps)


def _is_unreported(matter: Matter) -> bool:
    if matter.has_calendar:
        return matter.is_unanswered
    if matter.is_recurring or matter.deadline is None or matter.deadline.end is None:
        return False
    is_long = matter.deadline.end > date(matter.entry.year, 12, 31)
    return (matter.as_of - matter.silent_since).days >= (SILENT_DAYS_OF_LONG if is_long else SILENT_DAYS)


_RULES: tuple[tuple[Reason, Callable[[Matter], bool]], ...] = (
    (Reason.OVERDUE, _is_overdue),
    (Reason.MISSED, _is_missed),
    (Reason.READY, _is_ready),
    (Reason.WEAK, _is_weak),
    (Reason.BEHIND, _is_behind),
    (Reason.GAP, _has_gap),
    (Reason.UNREPORTED, _is_unreported),
)
"""The reasons for a light, in the order in which they are tried; then: due soon, on time."""


def _standing(matter: Matter, within: int) -> Standing:
    last_day = _last_day(matter)
    days_left = None if last_day is None or not matter.is_open else (last_day - matter.as_of).days
    is_soon = days_left is not None and not matter.is_paused and 0 <= days_left <= _window(matter, within)
    reason = _reason(matter, is_soon=is_soon)
    light = LIGHTS[reason] if reason else None
    return Standing(
        status=_status(matter, light, is_soon=is_soon),
        light=light,
        reason=reason,
        deadline=matter.deadline,
        begins=matter.phase_begins(matter.milestone.index) if matter.milestone else matter.begins,
        last_day=last_day,
        days_left=days_left,
        milestone=matter.milestone,
        occurrence=matter.shown_occurrence if matter.is_recurring else None,
        gap=matter.gaps[0] if matter.is_recurring and matter.gaps and matter.gaps[0] is not matter.missed else None,
        last_report=matter.last_report,
    )


def _last_day(matter: Matter) -> date | None:
    if matter.deadline is None:
        return None
    if not matter.is_recurring:
        return matter.deadline.end
    return matter.shown_occurrence.end if matter.shown_occurrence else matter.completes


def _window(matter: Matter, within: int) -> int:
    """Return the days within which it is due soon: of what recurs no more than a third of its interval."""
    if matter.is_recurring and matter.deadline is not None and matter.shown_occurrence:
        return min(within, interval_of(matter.deadline) // 3)
    return within


def _reason(matter: Matter, *, is_soon: bool) -> Reason | None:
    has_day = matter.deadline is not None and matter.deadline.end is not None
    if not matter.is_open or matter.is_paused or not (has_day or matter.has_calendar):
        return None
    for reason, holds in _RULES:
        if holds(matter):
            return reason
    return Reason.DUE_SOON if is_soon else Reason.ON_TIME


def _status(matter: Matter, light: Light | None, *, is_soon: bool) -> Status:
    if matter.entry.closing is not None:
        return Status.CLOSED
    if not matter.is_open:
        return Status.CARRIED_OVER
    if light is Light.RED:
        return Status.OVERDUE
    if is_soon:
        return Status.DUE_SOON
    phases = matter.entry.phases
    begun = matter.last_report is not None or (bool(phases) and any(phase.closed for phase in phases))
    return Status.UNDER_WAY if begun else Status.NOT_STARTED
