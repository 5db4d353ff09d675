"""The newest day on which anything was recorded: a clock behind it is doubted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from reformledger.book import Book
from reformledger.model.entries import EntryFields


class Newest(NamedTuple):
    """The newest day that any record of the book bears, and where it stands."""

    day: date
    place: str


def newest_record(book: Book) -> Newest | None:
    """Return the newest day on which anything was recorded in the book."""
    found = None
    for entry in book.entries:
        for day in _days(entry.data):
            if found is None or day > found[0]:
                found = day, entry
    return None if found is None else Newest(found[0], f"{found[1].file}:{found[1].line}")


def _days(data: EntryFields) -> Iterator[date]:
    yield from (report.date for report in data.progress)
    yield from (extension.date for extension in data.extensions)
    yield from (reopening.date for reopening in data.history)
    yield from (phase.closed.date for phase in data.phases if phase.closed)
    if data.closed:
        yield data.closed.date
