"""An entry as its records were on a day: what was recorded later is not there yet.

Reports, extensions, close-outs, reopenings and waivers bear their day; fields that were set, added or removed leave no
dated record and stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeVar

from reformledger.model.deadline import Deadline
from reformledger.model.entries import STAR_SIGN, Closing, EntryFields, Extension, Phase, Progress, Reopening, Waiver

_Entry = TypeVar("_Entry", bound=EntryFields)
_Record = TypeVar("_Record", Progress, Extension, Reopening, Waiver)


def record_days(entry: EntryFields) -> Sequence[date]:
    """Return the days on which something was recorded of an entry."""
    if not (entry.progress or entry.extensions or entry.history or entry.closed or entry.phases or entry.waivers):
        return ()  # as most entries are
    closings = (entry.closed, *(phase.closed for phase in entry.phases))
    records = (*entry.progress, *entry.extensions, *entry.history, *entry.waivers, *closings)
    return [record.date for record in records if record is not None]


def as_of(entry: _Entry, day: date) -> _Entry:
    """Return the entry as its records were at the end of ``day``; the very same where none is later."""
    if max(record_days(entry), default=day) <= day:
        return entry
    return entry.model_copy(
        update={
            "progress": _until(entry.progress, day),
            "waivers": _until(entry.waivers, day),
            "extensions": _until(entry.extensions, day),
            "history": _until(entry.history, day),
            "due": _due_before(entry.due, _later(entry, None, day)),
            "closed": _closing_then(entry.closed, _reopened_later(entry, None, day), day),
            "phases": tuple(_phase_then(entry, phase, day) for phase in entry.phases),
        }
    )


def _until(records: Iterable[_Record], day: date) -> tuple[_Record, ...]:
    return tuple(record for record in records if record.date <= day)


def _phase_then(entry: EntryFields, phase: Phase, day: date) -> Phase:
    due = _due_before(phase.due, _later(entry, phase.name, day))
    closed = _closing_then(phase.closed, _reopened_later(entry, phase.name, day), day)
    return phase.model_copy(update={"due": due, "closed": closed})


def _later(entry: EntryFields, phase: str | None, day: date) -> list[Extension]:
    """Return the extensions of a phase, or (None) of the whole, that were made after a day, oldest first."""
    return [extension for extension in entry.extensions if extension.phase == phase and extension.date > day]


def _due_before(now: Deadline | None, later: Sequence[Extension]) -> Deadline | None:
    """Return the deadline before the first of some extensions; that of a ☆ alone is no deadline of the entry's own."""
    if not later:
        return now
    before = later[0].from_
    return None if before is None or before.wording == STAR_SIGN else before


def _reopened_later(entry: EntryFields, phase: str | None, day: date) -> list[Closing]:
    """Return the close-outs that were taken back after a day, oldest first."""
    return [reopening.closed for reopening in entry.history if reopening.phase == phase and reopening.date > day]


def _closing_then(now: Closing | None, taken_back_later: Sequence[Closing], day: date) -> Closing | None:
    """Return the close-out that held on a day: one that is taken back later, else the one that holds now."""
    held = [closing for closing in (*taken_back_later, now) if closing is not None and closing.date <= day]
    return held[0] if held else None
