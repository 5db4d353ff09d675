"""The ☆ of an entry: by when it must be closed out, whether it was, and how all of them are doing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from reformledger.book import Book
from reformledger.entry import Entry
from reformledger.model.deadline import Deadline
from reformledger.model.life import Status, star_closing, star_phase


class StarState(StrEnum):
    """Whether a ☆ was met: in its year, or late; a phase may meet it while the entry goes on."""

    OPEN = "open"
    MET = "met"
    MET_LATE = "met_late"
    CARRIED_OVER = "carried_over"


def star_deadline_of(entry: Entry) -> Deadline | None:
    """Return the deadline by which the ☆ must be closed: that of the phase it names, else the entry's."""
    index = star_phase(entry.data)
    return (entry.phases[index].deadline if index is not None else None) or entry.deadline


def star_last_day(entry: Entry) -> date:
    """Return the last day for the ☆: of its deadline or, where that recurs or has no end, of its ledger's year."""
    deadline = star_deadline_of(entry)
    end = date(entry.year, 12, 31)
    return end if deadline is None or deadline.every or deadline.end is None else deadline.end


def star_state(book: Book, entry: Entry, as_of: date) -> StarState:
    """Return what became of a ☆ by a day; late is after its last day, or after the year of its ledger."""
    closed = star_closing(entry.data, entry.phases)
    if closed is not None:
        last = min(star_last_day(entry), date(entry.year, 12, 31))
        return StarState.MET if closed.date <= last else StarState.MET_LATE
    return StarState.CARRIED_OVER if book.is_carried_over(entry, as_of) else StarState.OPEN


def star_status(book: Book, entry: Entry, as_of: date) -> Status | None:
    """Return the status of the ☆ itself; None while it is open and not overdue."""
    state = star_state(book, entry, as_of)
    if state in {StarState.MET, StarState.MET_LATE}:
        return Status.CLOSED
    if state is StarState.CARRIED_OVER:
        return Status.CARRIED_OVER
    return Status.OVERDUE if as_of > star_last_day(entry) else None


def is_unmet_in_year(entry: Entry, as_of: date) -> bool:
    """Say whether the year of a ☆ is over and it was not closed out by its 31 December."""
    end = date(entry.year, 12, 31)
    closed = star_closing(entry.data, entry.phases)
    return as_of > end and (closed is None or closed.date > end)


class StarTotals(NamedTuple):
    """How many ☆ items there are.

    ``open`` are neither closed out nor carried over, ``met_late`` are among the closed; ``not_met_in_year`` counts
    those that were not closed out by 31 December of their year, once it is over.
    """

    all: int
    closed: int
    open: int
    overdue: int
    conditional: int
    carried_over: int
    met_late: int
    not_met_in_year: int


def star_totals(book: Book, entries: Sequence[Entry], as_of: date) -> StarTotals:
    """Count ☆ items."""
    states = Counter(star_state(book, entry, as_of) for entry in entries)
    return StarTotals(
        all=len(entries),
        closed=states[StarState.MET] + states[StarState.MET_LATE],
        open=states[StarState.OPEN],
        overdue=sum(star_status(book, entry, as_of) is Status.OVERDUE for entry in entries),
        conditional=sum(entry.data.star is not None and entry.data.star.note is not None for entry in entries),
        carried_over=states[StarState.CARRIED_OVER],
        met_late=states[StarState.MET_LATE],
        not_met_in_year=sum(is_unmet_in_year(entry, as_of) for entry in entries),
    )


def explained_years(note: str, marks: Collection[str] = ()) -> set[int]:
    """Return the years of which a note explains the ☆; none for a note that does not.

    ★ is read for it, as some bodies type it, unless it is one of ``marks``, which mean something else.
    """
    is_star = "☆" in note or ("★" in note and "★" not in marks)
    return {int(year) for year in re.findall("(?:19|20)[0-9]{2}(?=年)", note)} if is_star else set()
