"""The day that a record is given: today in Beijing, unless a person names another that can be true."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from reformledger.book import Book
from reformledger.edits.draft import Draft
from reformledger.errors import RefusedError
from reformledger.i18n import _
from reformledger.model.entries import EntryFields


class Newest(NamedTuple):
    """The newest day that any record of the book bears, and where it stands."""

    day: date
    place: str


def record_day(draft: Draft, given: date | None) -> date:
    """Return the day for a new record.

    Raises ``RefusedError`` for a day in the future, and for no day at all when the newest record of the book is
    ahead of the machine's clock: then the clock is doubted, not the book.
    """
    newest = newest_record(draft.book)
    ahead = newest is not None and newest.day > draft.today
    if given is None:
        if newest is not None and ahead:
            message = _("This machine's clock says {today}, but the newest record is of {day} ({place}).").format(
                today=draft.today.isoformat(), day=newest.day.isoformat(), place=newest.place
            )
            raise RefusedError(
                message,
                _("Set the clock or mend the record, or name the day: --date {form}.").format(form="2020-10-01"),
            )
        return draft.today
    latest = newest.day if newest is not None and ahead else draft.today
    if given > latest:
        message = _("{day} is in the future: today is {today}.").format(
            day=given.isoformat(), today=draft.today.isoformat()
        )
        raise RefusedError(message, _("A record tells what has happened."))
    return given


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
