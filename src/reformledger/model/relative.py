"""Deadlines that are counted from the date of issue (``3年内``): their days, once that date is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TypeVar

from reformledger.model.deadline import Deadline
from reformledger.model.entries import EntryFields
from reformledger.model.period import Period, after_months

_Entry = TypeVar("_Entry", bound=EntryFields)


def with_days(entry: _Entry, issued: date) -> _Entry:
    """Return an entry whose deadlines, those before extensions and of phases included, are counted from ``issued``."""
    due = entry.due and issued_on(entry.due, issued)
    phases = tuple(
        phase.model_copy(update={"due": phase.due and issued_on(phase.due, issued)}) for phase in entry.phases
    )
    extensions = tuple(
        extension.model_copy(update={"from_": extension.from_ and issued_on(extension.from_, issued)})
        for extension in entry.extensions
    )
    return entry.model_copy(update={"due": due, "phases": phases, "extensions": extensions})


def issued_on(deadline: Deadline, issued: date) -> Deadline:
    """Return a deadline with the days that it has from a date of issue; any other as it is."""
    if deadline.within is None:
        return deadline
    return replace(deadline, occurrences=(Period(issued, after_months(issued, deadline.within)),))
