"""Deadlines as people type them into a command."""

from __future__ import annotations

from reformledger.errors import UsageError, nearest_advice
from reformledger.i18n import _, sentences
from reformledger.model.deadline import Deadline, DeadlineError, parse_deadline


def typed_deadline(label: str, wording: str, means: str | None, year: int, form: str) -> Deadline:
    """Return the deadline that a person types.

    Raises ``UsageError`` with the nearest wordings that can be read, and ``form``, which says how to tell what other
    words mean.
    """
    try:
        return parse_deadline(wording, year, means)
    except DeadlineError as error:
        message = _("{label}: “{wording}” cannot be understood.").format(label=label, wording=error.wording)
        advice = _("Words of another kind need what they mean: {form}").format(form=form)
        raise UsageError(sentences(message, error.reason, nearest_advice(list(error.near))), advice) from None
