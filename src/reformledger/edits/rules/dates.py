"""Days and deadlines as people give them to a command."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from reformledger.edits.draft import Draft, DraftEntry
from reformledger.errors import RefusedError, UsageError
from reformledger.i18n import _, sentences
from reformledger.model.deadline import Deadline, DeadlineError, parse_deadline


def record_day(draft: Draft, entry: DraftEntry, given: date | None) -> date:
    """Return the day for a new record of an entry; notes a day so early that its year looks mistyped.

    Raises ``RefusedError`` for a day in the future, and for no day at all when the newest record of the book is
    ahead of the machine's clock: then the clock is taken to be wrong, not the book.
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
                _("Set the clock or mend the record, or name the day: --date {form}.").format(form=newest.day),
                ["date"],
            )
        return draft.today
    latest = newest.day if newest is not None and ahead else draft.today
    if given > latest:
        message = _("{day} is in the future: today is {today}.").format(
            day=given.isoformat(), today=draft.today.isoformat()
        )
        raise RefusedError(message, _("A record tells what has happened."))
    if given.year < entry.year - 1:
        sentence = _("{day} is more than a year before {year}, the year of the ledger: is the day right?")
        draft.notes.append(sentence.format(day=given.isoformat(), year=entry.year))
    return given


def typed_deadline(label: str, wording: str, means: str | None, year: int, form: Callable[[str], str]) -> Deadline:
    """Return the deadline that a person types.

    Raises ``UsageError`` with the nearest wordings that can be read, and ``form``, which shows how to say what other
    words mean, such as what it is given; also where words that name their own year are said to mean other days.
    """
    try:
        deadline = parse_deadline(wording, year, means)
    except DeadlineError as error:
        message = _("{label}: “{wording}” cannot be understood.").format(label=label, wording=error.wording)
        advice = _("Words of another kind need what they mean: {form}").format(form=form(error.explicit))
        raise UsageError(sentences(message, error.reason, error.nearest), advice) from None
    if means is not None:
        _check_meaning(label, wording, year, deadline)
    return deadline


def _check_meaning(label: str, wording: str, year: int, deadline: Deadline) -> None:
    """Refuse a meaning that ends outside the period that the words name by themselves; inside it is more exact."""
    try:
        read = parse_deadline(wording, year)
    except DeadlineError:
        return  # that is what the meaning is for
    if read.relative or read.start is None or read.end is None or deadline.end is None:
        return
    if not read.start <= deadline.end <= read.end:
        message = _("{label}: “{wording}” by itself ends on {read}, not on {end}.").format(
            label=label, wording=wording, read=read.end.isoformat(), end=deadline.end.isoformat()
        )
        raise UsageError(message, _("Leave the meaning out, or write other words."))
