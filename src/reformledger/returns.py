"""What was reported for a period, and what was not: by the departments that lead.

The period is one of the return calendar of an entry's document (``docs/*/reference/lights.md``), or a span of days.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from reformledger.book import Book
from reformledger.entry import Entry
from reformledger.errors import UsageError
from reformledger.i18n import _
from reformledger.matter import Matter, answer_of
from reformledger.model.entries import Progress
from reformledger.model.occurrences import Answer, Occurrence
from reformledger.model.period import Name, Period
from reformledger.query import Question, ask, known_years, period_of, refuse_other_years
from reformledger.roles import bound_by, leading_keys, names_in
from reformledger.standing import standings


class ReturnState(StrEnum):
    """What became of an entry in a period with one department that leads it."""

    RECEIVED = "received"
    LATE = "late"
    MISSING = "missing"
    ANSWERED = "answered"
    """Another department reported."""


class Return(NamedTuple):
    """What was reported on an entry for a period.

    ``is_expected``: a report is asked for. ``periods`` are those of the calendar that ``period`` spans, 0 where it is
    a span of days.
    """

    entry: Entry
    period: Period
    periods: int
    is_expected: bool
    answers: tuple[Answer, ...]


class DepartmentReturn(NamedTuple):
    """What became of an entry with one department: when and by whom it was reported on, as far as the report says."""

    entry: Entry
    state: ReturnState
    day: date | None = None
    by: str | None = None


class DepartmentReturns(NamedTuple):
    """All entries on which one department is to report; ``name`` is "" for those that no department leads."""

    name: str
    items: tuple[DepartmentReturn, ...]


class Counts(NamedTuple):
    """How many reports are expected and how many of them are there; ``received`` includes late and answered ones."""

    expected: int
    received: int
    late: int
    missing: int


class Report(NamedTuple):
    """A report, the entry that it is shown under, and the departments that made it, under their usual names."""

    entry: Entry
    report: Progress
    departments: tuple[str, ...]


class Asked(NamedTuple):
    """For what reports are asked: the periods of the calendar that end within ``period``, else a span of ``days``.

    Without either it is the period in whose window the day falls.
    """

    period: Period | None = None
    days: Period | None = None


class Returns(NamedTuple):
    """The answer: what was reported on each entry, by department in the order of the notice, and the reports."""

    asked: Asked
    made: tuple[Return, ...]
    groups: tuple[DepartmentReturns, ...]
    reports: tuple[Report, ...]

    @property
    def periods(self) -> list[Period]:
        """Return the different periods that are asked for, earliest first."""
        return sorted({one.period for one in self.made})


def asked_period(book: Book, wording: str, years: Sequence[int], as_of: date) -> Period:
    """Return the period that a person names; without a year, of the year asked for, else the last that has begun.

    Raises ``UsageError`` for what is no bounded period, and for a year of which there is nothing.
    """
    refuse_other_years(years, known_years(book))
    year = years[-1] if years else as_of.year
    period = period_of(wording, year, as_of)
    if period.start > as_of and not years and as_of.year - 1 in book.years:
        return period_of(wording, as_of.year - 1, as_of)
    return period


def returns(
    book: Book, as_of: date, asked: Asked, *, departments: Sequence[str] = (), years: Sequence[int] = ()
) -> Returns:
    """Return what was reported by ``as_of`` of what is asked for.

    Of a matter of several years the entry that goes on is asked. Raises ``UsageError`` for an unknown department, for
    days before the first year, and where no period of the calendars ends within the one that is asked for.
    """
    span = asked.period or asked.days
    if span is not None and book.years and span.end.year < book.years[0]:
        refuse_other_years([span.end.year], known_years(book))
    wanted = bound_by(names_in(book), "department", departments)
    state = standings(book, as_of)
    matters = [state.matter(entry) for entry in ask(book, Question(years=years), as_of)]
    made = [one for matter in matters if (one := _return(matter, asked)) is not None]
    if not made and asked.period and (ends := sorted({one.end for matter in matters for one in matter.periods})):
        message = _("No period of the return calendar ends within {start} to {end}.").format(**asked.period._asdict())
        last_days = _(", ").join(day.isoformat() for day in ends)
        raise UsageError(message, _("The last days of its periods: {days}.").format(days=last_days))
    groups, reports = _groups(state.book, made, wanted), _reports(state.book, made, wanted)
    return Returns(asked, tuple(made), tuple(groups), tuple(reports))


def _return(matter: Matter, asked: Asked) -> Return | None:
    """Return what was reported on a matter, None where the calendar of its document asks for nothing then."""
    closing = matter.entry.closing
    if asked.days is None:
        chosen = _chosen(matter, asked.period)
        if chosen:
            last = chosen[-1]
            answers = tuple(answer for one in chosen for answer in one.answers)
            is_expected = last.owed and not all(one.waived for one in chosen)
            return Return(matter.entry, Period(chosen[0].start, last.end), len(chosen), is_expected, answers)
        if matter.has_calendar:
            return None
    days = asked.days or asked.period or Name(matter.as_of.year, month=matter.as_of.month).period()
    reports = (answer_of(made) for made in (*matter.reports, *matter.reports_of_rows))
    answers = tuple(answer for answer in reports if days.start <= answer.day <= days.end)
    # What was closed out by the end is asked for no more; where it was reported on, the report counts.
    is_open = matter.issued <= days.end and (closing is None or closing.date > days.end or bool(answers))
    is_expected = is_open and (asked.days is None or bool(matter.entry.data.lead_departments))
    return Return(matter.entry, days, 0, is_expected, answers)


def _chosen(matter: Matter, period: Period | None) -> list[Occurrence]:
    """Return the periods of the calendar that are asked for, earliest first.

    They are those whose last day falls in ``period``; without it the one in whose window the day falls or, once all
    are over, the last.
    """
    if period is not None:
        return [one for one in matter.periods if period.start <= one.end <= period.end]
    current = [one for one in matter.periods if one.start <= matter.as_of <= one.end][:1]
    is_over = matter.has_calendar and bool(matter.periods) and matter.periods[-1].end < matter.as_of
    return matter.periods[-1:] if is_over else current


def _groups(book: Book, made: Sequence[Return], wanted: AbstractSet[str]) -> list[DepartmentReturns]:
    found: dict[str, list[DepartmentReturn]] = {}
    for one in made:
        for key in leading_keys(book, one.entry) if one.is_expected else ():
            if not wanted or key in wanted:
                found.setdefault(key, []).append(_item(book, one, key))
    nobody = found.pop("", [])
    names = names_in(book).departments
    groups = [DepartmentReturns(names[key], tuple(items)) for key, items in found.items()]
    return [*groups, DepartmentReturns("", tuple(nobody))] if nobody else groups


def _item(book: Book, made: Return, key: str) -> DepartmentReturn:
    """Return what became of an entry with one department: its own report counts before those of others."""
    own = [answer for answer in made.answers if not key or key in _reporters(book, answer, key)]
    first = min(own or made.answers, key=lambda answer: answer.day, default=None)
    if first is None:
        return DepartmentReturn(made.entry, ReturnState.MISSING)
    if not own:
        return DepartmentReturn(
            made.entry, ReturnState.ANSWERED, first.day, "、".join(_reporters(book, first).values())
        )
    state = ReturnState.RECEIVED if first.day <= made.period.end else ReturnState.LATE
    return DepartmentReturn(made.entry, state, first.day, first.by)


def _reporters(book: Book, answer: Answer, otherwise: str = "") -> dict[str, str]:
    """Return the departments that made a report, key and name: those that lead the entry it was made on, if unnamed.

    Where it has none, ``otherwise`` did.
    """
    entry = book.get(answer.ref)
    names = [answer.by] if answer.by else entry.data.lead_departments if entry else ()
    return {book.directory.key(name): book.directory.preferred(name) for name in names} or {otherwise: otherwise}


def _reports(book: Book, made: Sequence[Return], wanted: AbstractSet[str]) -> list[Report]:
    """Return the reports, each once, under the entry on whose matter it was made: first those of one department."""
    found: dict[tuple[str, ...], list[Report]] = {}
    for one in made:
        matter = {one.entry.ref, *(entry.ref for entry in (*book.before(one.entry), *book.after(one.entry)))}
        for answer in sorted(one.answers, key=lambda answer: answer.day):
            reporters = _reporters(book, answer)
            is_wanted = not wanted or not wanted.isdisjoint({*reporters, *leading_keys(book, one.entry)})
            if answer.report is not None and answer.ref in matter and is_wanted:
                names = tuple(filter(None, reporters.values()))
                found.setdefault(names, []).append(Report(one.entry, answer.report, names))
    return [report for reports in found.values() for report in reports]


def counts(items: Sequence[DepartmentReturn]) -> Counts:
    """Return how many of the items are expected, received, late and missing; an entry of several departments is one.

    It is late where no department reported on it in time and one did later.
    """
    states: dict[str, set[ReturnState]] = {}
    for item in items:
        states.setdefault(item.entry.ref, set()).add(item.state)
    missing = sum(ReturnState.MISSING in found for found in states.values())
    late = sum(ReturnState.LATE in found and ReturnState.RECEIVED not in found for found in states.values())
    return Counts(len(states), len(states) - missing, late, missing)
