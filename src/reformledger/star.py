"""The ☆ of an entry: by when it must be closed out, how it stands, how all of them stand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from reformledger.book import Book, Entry
from reformledger.model.deadline import Deadline
from reformledger.model.life import Status


def star_deadline_of(entry: Entry) -> Deadline | None:
    """Return the deadline by which the ☆ must be closed: that of the phase it names, else the entry's."""
    star = entry.data.star
    for phase in entry.phases:
        if star and phase.name == star.phase and phase.deadline:
            return phase.deadline
    return entry.deadline


def star_status(book: Book, entry: Entry, as_of: date) -> Status | None:
    """Return how the ☆ itself stands, which a phase may have met while the entry goes on; None: it is open."""
    if entry.star_closed:
        return Status.CLOSED
    if book.status(entry, as_of) is Status.CARRIED_OVER:
        return Status.CARRIED_OVER
    deadline = star_deadline_of(entry)
    return Status.OVERDUE if deadline is not None and deadline.is_past(as_of) else None


class StarTotals(NamedTuple):
    """How many ☆ items there are; ``open`` are those that are neither closed out nor carried over."""

    all: int
    closed: int
    open: int
    overdue: int
    conditional: int
    carried_over: int


def star_totals(book: Book, entries: Sequence[Entry], as_of: date) -> StarTotals:
    """Count ☆ items."""
    states = Counter(star_status(book, entry, as_of) for entry in entries)
    return StarTotals(
        all=len(entries),
        closed=states[Status.CLOSED],
        open=states[None] + states[Status.OVERDUE],
        overdue=states[Status.OVERDUE],
        conditional=sum(entry.data.star is not None and entry.data.star.note is not None for entry in entries),
        carried_over=states[Status.CARRIED_OVER],
    )


def explained_years(note: str) -> set[int]:
    """Return the years of which a note explains the ☆; none for a note that does not."""
    return {int(year) for year in re.findall("(?:19|20)[0-9]{2}(?=年)", note)} if re.search("[☆★]", note) else set()
