"""The day that a record is given: today in Beijing, unless a person names another that can be true."""

from __future__ import annotations

from datetime import date

from reformledger.edits.draft import Draft, Found
from reformledger.errors import RefusedError
from reformledger.i18n import _


def record_day(draft: Draft, found: Found, given: date | None) -> date:
    """Return the day for a new record of an entry; notes a day so early that its year looks mistyped.

    Raises ``RefusedError`` for a day in the future, and for no day at all when the newest record of the book is
    ahead of the machine's clock: then the clock is doubted, not the book.
    """
    newest = draft.book.newest_record
    ahead = newest is not None and newest.day > draft.today
    if given is None:
        if newest is not None and ahead:
            message = _("This machine's clock says {today}, but the newest record is of {day} ({place}).").format(
                today=draft.today.isoformat(), day=newest.day.isoformat(), place=newest.entry.place
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
    if given.year < found.year - 1:
        sentence = _("{day} is more than a year before {year}, the year of the ledger: is the day right?")
        draft.notes.append(sentence.format(day=given.isoformat(), year=found.year))
    return given
