"""Deadlines that are counted from the date of issue (``3年内``): their days, once that date is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TypeVar

from reformledger.model.deadline import Deadline
from reformledger.model.entries import EntryFields
from reformledger.model.period import Period, after_months

_Entry = TypeVar("_Entry", bound=EntryFields)


def with_days(entry: _Entry, issued: date, *, is_known: bool = True) -> _Entry:
    """Return an entry whose deadlines, those before extensions and of phases included, are counted from ``issued``.

    Where that day is not known, but taken to be the first of the year, it counts itself, as in 2012年起5年内.
    """
    first = issued if is_known else issued - timedelta(days=1)
    due = entry.due and issued_on(entry.due, issued, first)
    phases = tuple(
        phase.model_copy(update={"due": phase.due and issued_on(phase.due, issued, first)}) for phase in entry.phases
    )
    extensions = tuple(
        extension.model_copy(update={"from_": extension.from_ and issued_on(extension.from_, issued, first)})
        for extension in entry.extensions
    )
    return entry.model_copy(update={"due": due, "phases": phases, "extensions": extensions})


def issued_on(deadline: Deadline, issued: date, first: date | None = None) -> Deadline:
    """Return a deadline with the days that it has from a date of issue; any other as it is.

    Its months are counted from ``first``, if that is another day.
    """
    if deadline.within is None:
        return deadline
    return replace(deadline, occurrences=(Period(issued, after_months(first or issued, deadline.within)),))
