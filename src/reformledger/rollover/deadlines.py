"""Deadlines carried into another year's document without moving: with their old days where they name no year."""

from __future__ import annotations

from datetime import date

from reformledger.model.deadline import Deadline, DeadlineError, parse_deadline, parse_period
from reformledger.model.entries import STAR_SIGN
from reformledger.model.period import Period
from reformledger.yamlio import Data


def deadline_in_year(written: Data, deadline: Deadline, year: int) -> Data:
    """Return a deadline as it is to be written in a document of ``year``: the same days, the same printed words.

    One that means the same there stays as it is ``written``. What recurs in its own year becomes the period from
    its first occurrence to its last.
    """
    wording = deadline.wording or STAR_SIGN
    if written is not None and means_the_same(written, deadline, year):
        return written
    assert deadline.start is not None  # noqa: S101 - one without days reads the same in every year
    assert deadline.end is not None  # noqa: S101 - nor does one without an end
    return {"wording": wording, "means": means(Period(deadline.start, deadline.end))}


def means_the_same(written: Data, deadline: Deadline, year: int) -> bool:
    """Say whether a deadline has the same days when it is read in a document of ``year``."""
    if isinstance(written, dict):
        wording, explicit = str(written["wording"]), str(written["means"])
    else:
        wording, explicit = str(written), None
    try:
        there = parse_deadline(wording, year, explicit)
    except DeadlineError:
        return False
    return there.occurrences == deadline.occurrences


def means(period: Period) -> str:
    """Return the shortest ISO form of a period: ``2020``, ``2020-H1``, ``2020-Q4``, ``2020-12``, a day, or a span."""
    start, end = period
    year = start.year
    names = [f"{year}", f"{year}-H1", f"{year}-H2", *(f"{year}-Q{quarter}" for quarter in range(1, 5))]
    names += [start.isoformat()[:7], start.isoformat()]
    for name in names:
        if parse_period(name, year) == period:
            return name
    first, last = _edges(start, end)
    return f"{first}/{last}"


def _edges(start: date, end: date) -> tuple[str, str]:
    """Return both ends of a span as whole years or months where they are such, else as days."""
    for length in (4, 7):
        first, last = start.isoformat()[:length], end.isoformat()[:length]
        if parse_period(first, start.year).start == start and parse_period(last, end.year).end == end:
            return first, last
    return start.isoformat(), end.isoformat()
