"""An entry as of a day with all that its light depends on: what it carries on, what carries it out, its calendar."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from reformledger.book import Book
from reformledger.entry import Entry
from reformledger.model.deadline import Deadline
from reformledger.model.entries import Progress
from reformledger.model.life import current_deadline, current_phase, overall_deadline
from reformledger.model.occurrences import (
    Answer,
    Duty,
    Occurrence,
    interval_of,
    meet_calendar,
    meet_recurring,
    occurrences_of,
)
from reformledger.model.once import Once
from reformledger.model.phases import PhaseState, rests


class LastReport(NamedTuple):
    """A report and the entry it was made on: the entry itself, one it carries on, or a row that carries it out."""

    report: Progress
    entry: Entry


@dataclass(frozen=True, slots=True)
class Milestone:
    """A phase as it is shown: ``position``, from 1, among ``of`` that are not cancelled; ``index`` is that of all."""

    phase: PhaseState
    index: int
    position: int
    of: int


def milestone_at(phases: Sequence[PhaseState], index: int) -> Milestone:
    """Return a phase that is not cancelled as it is shown."""
    counted = [at for at, phase in enumerate(phases) if not phase.is_cancelled]
    return Milestone(phases[index], index, counted.index(index) + 1, len(counted))


def answer_of(made: LastReport, names: str | None = None) -> Answer:
    """Return a report as it answers occurrences; ``names`` is the one that it names."""
    return Answer(made.report.date, made.report.by, names, made.report, made.entry.ref)


def _years(book: Book, entry: Entry) -> tuple[Entry, ...]:
    """Return the entries of a matter in all its years, oldest first."""
    if not book.carries_over:
        return (entry,)
    return (*reversed(list(book.before(entry))), entry, *book.after(entry))


def _reports(years: Sequence[Entry]) -> Sequence[LastReport]:
    """Return the reports on a matter by their days."""
    made = [LastReport(report, entry) for entry in years for report in entry.data.progress]
    if len(years) > 1:
        made.sort(key=lambda each: each.report.date)
    return tuple(made)


def _begins(first: Entry) -> date | None:
    """Return the day that the first deadline of the first entry of a matter names; None where it names an end only."""
    deadline = first.data.due
    if first.data.extensions:
        before = (extension.from_ for extension in first.data.extensions if extension.phase is None)
        deadline = next(before, deadline)
    return deadline.begins if deadline else None


def _rows(book: Book, entry: Entry, earlier: Iterable[Entry]) -> Sequence[Entry]:
    if entry.row is not None:
        return ()
    done = [row for before in earlier for row in book.implementers(before) if row.closing]
    return (*book.implementers(entry), *done)


class Matter:
    """An entry as of a day with what it carries on, what carries it out, and what follows from all their records."""

    def __init__(self, book: Book, as_of: date, entry: Entry) -> None:
        self.book, self.as_of, self.entry = book, as_of, entry
        self.is_paused = self._is_paused()
        """Whether it rests on the day: all of it or, without an overall deadline, each of its open phases."""
        self.deadline = self._deadline() if entry.phases else entry.deadline
        """The deadline that counts now; where all that could count rests, the one that would."""
        self.is_recurring = self.deadline is not None and self.deadline.every is not None
        """Whether the deadline that counts recurs."""
        self.years = _years(book, entry)
        """The same matter in all its years, oldest first: what is reported on one is reported on it."""
        self.earlier = self.years[: self.years.index(entry)]
        """The entries of earlier years that this one carries on."""
        self.is_open = entry.closing is None and not book.is_carried_over(entry, as_of)
        """Whether it is neither closed out nor carried over."""
        self.has_calendar = book.calendar(entry) is not None
        """Whether the entry's document has a return calendar."""
        origin = self.years[0]
        self.issued = book.issued(origin)
        """The date of issue, of the first entry of the matter: the document of a later year is no issue."""
        self.begins = _begins(origin) or max(date(origin.year, 1, 1), self.issued)
        """The day on which the work begins: named by the first deadline, else the later of 1 January and the issue."""
        self.reports = _reports(self.years)
        """All reports on the matter in any of its years, by their days."""
        self.leading = tuple([made.report for made in self.reports if self.is_leading(made)])
        """The reports of leading departments, by their days."""
        self.rows = _rows(book, entry, self.earlier)
        """The rows that carry a work point out, those included that were closed out in an earlier year."""
        self.last_report = self._last_report()
        """The last report, wherever it was made: on the matter, or on a row that carries it out."""
        self.milestone = self._milestone() if entry.phases else None
        """The open milestone: the open phase that ends first; None where the whole is due before it."""

    def phase_begins(self, index: int) -> date:
        """Return the day on which a phase begins: named by its deadline, else after the one before it was due."""
        phase = self.entry.phases[index]
        if phase.deadline is not None and phase.deadline.begins is not None:
            return phase.deadline.begins
        earlier = (other.deadline for other in reversed(self.entry.phases[:index]) if not other.is_cancelled)
        before = next(earlier, None)
        begins = before.end + timedelta(days=1) if before is not None and before.end is not None else self.begins
        # Milestones need not be printed in the order of their days.
        ends = phase.deadline.end if phase.deadline is not None else None
        return self.begins if ends is not None and begins > ends else begins

    def is_leading(self, made: LastReport) -> bool:
        """Say whether a report is a leading department's; one that names nobody is."""
        by, leads = made.report.by, made.entry.data.lead_departments
        if by is None or not leads:
            return True
        key = self.book.directory.key
        return key(by) in map(key, leads)

    @property
    def reports_of_rows(self) -> list[LastReport]:
        """The reports on the rows that carry a work point out, in any of their years."""
        return [made for row in self.rows for made in _reports(_years(self.book, row))]

    def _last_report(self) -> LastReport | None:
        if not self.rows:
            return self.reports[-1] if self.reports else None
        of_rows = [made for row in self.rows for made in _reports(_years(self.book, row))[-1:]]
        return max((*self.reports[-1:], *of_rows), key=lambda made: made.report.date, default=None)

    def _deadline(self) -> Deadline | None:
        phases = self.entry.phases
        return (
            self.entry.deadline
            if self.is_paused
            else current_deadline(self.entry.data, phases, self.entry.year, self.as_of)
        )

    def _milestone(self) -> Milestone | None:
        data, phases = self.entry.data, self.entry.phases
        index = current_phase(data, phases, None if self.is_paused else self.as_of)
        return None if index is None else milestone_at(phases, index)

    def _is_paused(self) -> bool:
        data = self.entry.data
        if rests(data.paused, self.as_of):
            return True
        if not self.entry.phases:
            return False
        still_open = [phase for phase in self.entry.phases if phase.is_open]
        all_rest = bool(still_open) and all(phase.is_paused(self.as_of) for phase in still_open)
        return all_rest and overall_deadline(data) is None

    # The time that counts

    @property
    def completes(self) -> date | None:
        """The last day by which a recurring duty is completed: named by its wording, or that of the year of its ☆."""
        if self.entry.data.star and not self.entry.star_closed:
            return date(self.entry.year, 12, 31)
        return self.deadline.completes if self.deadline else None

    @property
    def ends(self) -> date | None:
        """The last day after which the entry is overdue; None for what recurs or has no end."""
        if self.is_recurring:
            return self.completes
        return self.deadline.end if self.deadline else None

    @property
    def whole(self) -> tuple[date, date] | None:
        """The first and the last day of all of it; None without a last day."""
        if overall := overall_deadline(self.entry.data):
            last = (self.completes if self.is_recurring else None) or overall.end
        else:
            counted = [phase.deadline for phase in self.entry.phases if not phase.is_cancelled]
            deadlines = counted or [self.deadline]
            last = max((due.end for due in deadlines if due is not None and due.end is not None), default=None)
        return None if last is None else (self.begins, last)

    # What recurs

    @Once
    def occurrences(self) -> list[Occurrence]:
        """The occurrences of a recurring duty in the entry's year, answered by its reports."""
        return self._duties[len(self.earlier)] if self.is_recurring else []

    @Once
    def owed_last_year(self) -> list[Occurrence]:
        """The occurrences of the earlier years that this entry carries on."""
        return [one for duty in self._duties[: len(self.earlier)] for one in duty] if self.is_recurring else []

    @property
    def duty_by_year(self) -> list[list[Occurrence]]:
        """The occurrences of a recurring duty, year by year, the entry's own last."""
        return self._duties[: len(self.earlier) + 1]

    @Once
    def _duties(self) -> list[list[Occurrence]]:
        """The occurrences of each year of the matter, in the order of the years."""
        return self._duties_met_by(self.reports)

    def _duties_met_by(self, reports: Sequence[LastReport]) -> list[list[Occurrence]]:
        duties = [self._duty(entry, reports) for entry in self.years]
        meet_recurring(duties)
        return [list(duty.occurrences) for duty in duties]

    def _duty(self, entry: Entry, reports: Sequence[LastReport]) -> Duty:
        deadline = self.deadline if entry is self.entry else entry.deadline
        since = max(self.begins, self.issued)
        leading = [made for made in reports if made.entry is entry and self.is_leading(made)]
        answers = [answer_of(made, made.report.for_) for made in leading]
        waivers = [waiver.for_ for waiver in entry.data.waivers]
        if deadline is None or deadline.every is None:
            return Duty(entry.year, 0, [], answers, waivers)
        pause = entry.data.paused
        occurrences = occurrences_of(deadline, since, lambda day: rests(pause, day))
        return Duty(entry.year, interval_of(deadline), occurrences, answers, waivers)

    @Once
    def passed(self) -> list[Occurrence]:
        """The owed occurrences of the year that have passed."""
        return [one for one in self.occurrences if one.owed and one.end < self.as_of]

    @Once
    def missed(self) -> Occurrence | None:
        """The last owed occurrence that has passed, where it is unmet and so is the one after it."""
        if not self.passed or self.passed[-1].is_met:
            return None
        last = self.passed[-1]
        following = next((one for one in self.occurrences if one.end > last.end), None)
        return None if following is not None and following.is_met else last

    @Once
    def gaps(self) -> list[Occurrence]:
        """The owed occurrences that have passed unmet, last year's included, oldest first."""
        earlier = [one for one in self.owed_last_year if one.owed and one.end < self.as_of]
        return [one for one in (*earlier, *self.passed) if not one.is_met]

    @Once
    def shown_occurrence(self) -> Occurrence | None:
        """The missed occurrence, else the next unmet one."""
        to_come = (one for one in self.occurrences if one.owed and one.end >= self.as_of and not one.is_met)
        return self.missed or next(to_come, None)

    # The return calendar

    @property
    def periods(self) -> list[Occurrence]:
        """The periods of the return calendar in all years of the matter, answered by whoever reported; [] without one.

        Oldest first; those of a year whose document has no calendar are not there.
        """
        return [one for year in self._periods for one in year]

    @property
    def calendar_by_year(self) -> list[list[Occurrence]]:
        """The periods of the return calendars, year by year, the entry's own last."""
        return self._periods[: len(self.earlier) + 1]

    @Once
    def _periods(self) -> list[list[Occurrence]]:
        return self._periods_met_by(self.reports, self.reports_of_rows)

    def _periods_met_by(self, reports: Sequence[LastReport], of_rows: Sequence[LastReport]) -> list[list[Occurrence]]:
        duties = []
        for entry in self.years:
            calendar = self.book.calendar(entry)
            answers = [answer_of(made, made.report.for_) for made in reports if made.entry is entry]
            if entry is self.entry:
                answers += [answer_of(made) for made in of_rows]
            waivers = [waiver.for_ for waiver in entry.data.waivers]
            if calendar is None:
                duties.append(Duty(entry.year, 0, [], answers, waivers))
            else:
                periods = occurrences_of(calendar, max(self.begins, self.issued), self._not_asked(entry))
                duties.append(Duty(entry.year, interval_of(calendar), periods, answers, waivers))
        meet_calendar(duties)
        return [list(duty.occurrences) for duty in duties]

    def met_alone(self, made: LastReport) -> list[Occurrence]:
        """Return the occurrence and the period that a report would meet, were it the only one."""
        duties = [*self._duties_met_by([made]), *self._periods_met_by([made], [])]
        return [one for year in duties for one in year if one.answers]

    def _not_asked(self, entry: Entry) -> Callable[[date], bool]:
        """Return whether nothing is asked for the period that ends on a day: it was closed out by then, or rested."""
        closing, pause = self.entry.closing, entry.data.paused
        return lambda day: (closing is not None and closing.date <= day) or rests(pause, day)

    @property
    def is_unanswered(self) -> bool:
        """Say whether the last period of the calendar passed unanswered and nothing was reported since."""
        periods = [one for one in self.periods if one.end < self.as_of and one.owed]
        if not periods or periods[-1].is_met:
            return False
        return self.last_report is None or self.last_report.report.date <= periods[-1].end

    @property
    def silent_since(self) -> date:
        """The latest of the days since when a report could be expected, and of the records that break the silence."""
        days = [self.issued, self.begins]
        if self.milestone:
            days.append(self.phase_begins(self.milestone.index))
        if self.last_report:
            days.append(self.last_report.report.date)
        for entry in self.years:
            data = entry.data
            if not (data.extensions or data.history or data.paused or entry.phases):
                continue  # as with most entries nothing breaks it
            days += [extension.date for extension in data.extensions]
            days += [reopening.date for reopening in data.history]
            days += [phase.closed.date for phase in entry.phases if phase.closed]
            pauses = [data.paused, *(phase.paused for phase in data.phases)]
            days += [pause.until for pause in pauses if pause and pause.until and pause.until <= self.as_of]
        return max(days)
