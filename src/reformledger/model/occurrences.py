"""Recurring duties and return calendars: their occurrences, and which of them each report meets.

An occurrence's window runs from the day after the one before ended to its own last day. The duties of one matter in
several years (each carries the one before it on) are answered together, since a report of January may be that of the
last quarter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from reformledger.model.deadline import Deadline, DeadlineError, parse_period
from reformledger.model.entries import Progress
from reformledger.model.spans import Every

INTERVALS: dict[Every, int] = {"week": 7, "month": 30, "quarter": 91, "half": 182, "term": 182, "year": 365}
"""The days from one occurrence to the next."""
_LEAD_DAYS, _LEAD_DAYS_OF_A_WEEK = 15, 2
"""What ends sooner after the beginning of the work is not asked for."""
_GRACE_DAYS = 10
_LAST_DAYS = 31
_DAY = timedelta(days=1)


class OccurrenceState(StrEnum):
    """What became of an occurrence by a day."""

    MET = "met"
    LATE = "late"
    MISSED = "missed"
    WAIVED = "waived"
    TO_COME = "to_come"
    NOT_OWED = "not_owed"


@dataclass(slots=True)
class Occurrence:
    """One occurrence: its window from ``start`` to ``end``, its last day; and what answered it.

    ``answers`` are the reports that meet it, each with its day and who made it.
    """

    start: date
    end: date
    owed: bool
    waived: bool = False
    answers: list[Answer] = field(default_factory=list)

    @property
    def length(self) -> int:
        """Return the days of its window."""
        return (self.end - self.start).days + 1

    @property
    def is_met(self) -> bool:
        """Say whether it was reported on, in time or late, or waived."""
        return self.waived or bool(self.answers)

    def state(self, as_of: date) -> OccurrenceState:
        """Return what became of it by a day."""
        if self.answers:
            return (
                OccurrenceState.MET if min(answer.day for answer in self.answers) <= self.end else OccurrenceState.LATE
            )
        if self.waived:
            return OccurrenceState.WAIVED
        if not self.owed:
            return OccurrenceState.NOT_OWED
        return OccurrenceState.TO_COME if as_of <= self.end else OccurrenceState.MISSED


@dataclass(frozen=True, slots=True)
class Answer:
    """A report as it answers occurrences: its day, who made it (None: a leading department), what it names.

    ``report`` is the record itself and ``ref`` the entry on which it was made.
    """

    day: date
    by: str | None = None
    names: str | None = None
    report: Progress | None = field(default=None, compare=False)
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Duty:
    """What recurs in the documents of one year: its occurrences, in order, and what was reported and waived there.

    ``interval`` is in days, ``waivers`` are the periods or days that waivers name.
    """

    year: int
    interval: int
    occurrences: Sequence[Occurrence]
    answers: Sequence[Answer] = ()
    waivers: Sequence[str] = ()


def occurrences_of(
    deadline: Deadline, since: date, paused: Callable[[date], bool] = lambda _day: False
) -> list[Occurrence]:
    """Return the occurrences of a recurring deadline, owed as from ``since``, the later of begin and date of issue.

    Owed are those that end at least 15 days (of what recurs weekly: 2) after it, and not during a pause.
    """
    interval = timedelta(days=interval_of(deadline))
    lead = timedelta(days=_LEAD_DAYS_OF_A_WEEK if deadline.every == "week" else _LEAD_DAYS)
    earliest = since + lead
    found: list[Occurrence] = []
    for period in deadline.occurrences:
        end = period.end
        start = found[-1].end + _DAY if found else end - interval
        found.append(Occurrence(start, end, owed=end >= earliest and not paused(end)))
    return found


def interval_of(deadline: Deadline) -> int:
    """Return the days from one occurrence of a recurring deadline to the next."""
    assert deadline.every is not None  # noqa: S101 - asked of recurring deadlines only
    return INTERVALS[deadline.every]


def named(occurrences: Sequence[Occurrence], wording: str, year: int) -> list[Occurrence]:
    """Return the occurrences that a period or day names: the last day falls in it, else the window holds the day.

    A wording without a year is read in ``year``. Raises ``DeadlineError`` for what is no period.
    """
    period = parse_period(wording, year)
    ending = [one for one in occurrences if period.start <= one.end <= period.end]
    if ending or period.start != period.end:
        return ending
    return [one for one in occurrences if one.start <= period.start <= one.end]


def one_named(years: Sequence[Sequence[Occurrence]], wording: str, year: int) -> Occurrence | None:
    """Return the one occurrence that a wording names, in the last of some years in which it names any.

    None: it names none, or several. A wording without a year is read in ``year``; raises ``DeadlineError``.
    """
    for occurrences in reversed(years):
        if found := named(occurrences, wording, year):
            return found[0] if len(found) == 1 else None
    return None


def name_of(years: Sequence[Sequence[Occurrence]], every: Every, one: Occurrence) -> str:
    """Return a wording that names an occurrence: its month, quarter or half-year where that is enough, else its day."""
    end = one.end
    names: dict[Every, str] = {
        "month": f"{end.year}年{end.month}月",
        "quarter": f"{end.year}年{'一二三四'[(end.month - 1) // 3]}季度",
        "half": f"{end.year}年{'上下'[(end.month - 1) // 6]}半年",
        "year": f"{end.year}年",
    }
    name = names.get(every, "")
    return name if name and one_named(years, name, end.year) is one else end.isoformat()


def meet_recurring(duties: Sequence[Duty]) -> None:
    """Let the reports of a matter meet its occurrences, oldest duty first; the occurrences take their answers.

    A report meets the occurrence that it names, in its own year or an earlier one; else the unmet owed one that ended
    no more than ten days before (at most a third of the interval); else the one in whose window it falls, in the
    last 31 days of that window and not in its first third; else none.
    """
    _waive(duties)
    for index, duty, answer in _in_order(duties):
        met = _named_by(answer, duties, index)
        if met is None:
            earlier = [one for before in duties[: index + 1] for one in before.occurrences]
            met = _just_missed(earlier, answer.day, min(_GRACE_DAYS, duty.interval // 3)) or _in_window(
                duty.occurrences, answer.day
            )
        if met:
            met[0].answers.append(answer)


def meet_calendar(duties: Sequence[Duty]) -> None:
    """Let the reports of a matter answer the periods of return calendars, oldest first.

    A report answers the period that it names; else, in the first third of a window, the one before where that was
    asked for and is unanswered, late; else the one in whose window it falls, be it of another year than the entry on
    which it was made.
    """
    _waive(duties)
    periods = [one for duty in duties for one in duty.occurrences]
    for index, duty, answer in _in_order(duties):
        met = _named_by(answer, duties, index)
        if met is None:
            met = _period_before(periods, answer.day, duty.interval) or [
                one for one in periods if one.start <= answer.day <= one.end
            ]
        if met:
            met[0].answers.append(answer)


def _waive(duties: Sequence[Duty]) -> None:
    for index, duty in enumerate(duties):
        for wording in duty.waivers:
            for one in _named_by(Answer(date.min, names=wording), duties, index) or ():
                one.waived = True


def _in_order(duties: Sequence[Duty]) -> Iterator[tuple[int, Duty, Answer]]:
    """Yield all reports by their days, each with the duty on which it was made."""
    made = [(answer.day, index, answer) for index, duty in enumerate(duties) for answer in duty.answers]
    for _day, index, answer in sorted(made, key=lambda each: each[:2]):
        yield index, duties[index], answer


def _named_by(answer: Answer, duties: Sequence[Duty], index: int) -> list[Occurrence] | None:
    """Return the one occurrence that a report names, [] for a name that fits none or several; None without a name."""
    if answer.names is None:
        return None
    try:
        found = one_named([duty.occurrences for duty in duties[: index + 1]], answer.names, duties[index].year)
    except DeadlineError:
        return []
    return [found] if found else []


def _just_missed(occurrences: Sequence[Occurrence], day: date, most: int) -> list[Occurrence]:
    """Return the unmet owed occurrence that ended at most so many days before."""
    found = [one for one in occurrences if one.owed and not one.is_met and 0 < (day - one.end).days <= most]
    return found[-1:]


def _in_window(occurrences: Sequence[Occurrence], day: date) -> list[Occurrence]:
    """Return the occurrence in the last 31 days of whose window a day falls, and not in its first third."""
    return [
        one
        for one in occurrences
        if one.start <= day <= one.end
        and (one.end - day).days < _LAST_DAYS
        and (day - one.start).days >= one.length // 3
    ]


def _period_before(occurrences: Sequence[Occurrence], day: date, interval: int) -> list[Occurrence]:
    """Return the period before the one in the first third of whose window a day falls, if it is unanswered."""
    over = [one for one in occurrences if one.end < day]
    if not over:
        return []
    last = over[-1]
    following = next((one for one in occurrences if one.start <= day <= one.end), None)
    start, length = (following.start, following.length) if following else (last.end + _DAY, interval)
    is_early = (day - start).days < length // 3
    return [last] if is_early and last.owed and not last.is_met else []
