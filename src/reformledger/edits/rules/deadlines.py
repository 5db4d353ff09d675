"""Deadlines as people type them into a command."""

from __future__ import annotations

from reformledger.errors import UsageError
from reformledger.i18n import _, sentences
from reformledger.model.deadline import Deadline, DeadlineError, parse_deadline
from reformledger.text.nearest import nearest_advice


def typed_deadline(label: str, wording: str, means: str | None, year: int, form: str) -> Deadline:
    """Return the deadline that a person types.

    Raises ``UsageError`` with the nearest wordings that can be read, and ``form``, which says how to tell what other
    words mean; also where words that name their own year are said to mean other days.
    """
    try:
        deadline = parse_deadline(wording, year, means)
    except DeadlineError as error:
        message = _("{label}: “{wording}” cannot be understood.").format(label=label, wording=error.wording)
        advice = _("Words of another kind need what they mean: {form}").format(form=form)
        raise UsageError(sentences(message, error.reason, nearest_advice(list(error.near))), advice) from None
    if means is not None:
        _check_meaning(label, wording, year, deadline)
    return deadline


def _check_meaning(label: str, wording: str, year: int, deadline: Deadline) -> None:
    """Refuse a meaning that ends outside of what the words name by themselves; inside it only tells more."""
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
