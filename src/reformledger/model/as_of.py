"""An entry as its records were on a day: what was recorded later is not there yet.

Reports, extensions, close-outs, reopenings, waivers, pauses and cancellations bear their day; fields that were set,
added or removed leave no dated record and stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeVar

from reformledger.model.deadline import Deadline
from reformledger.model.entries import (
    STAR_SIGN,
    Cancellation,
    Closing,
    EntryFields,
    Extension,
    Pause,
    Phase,
    Progress,
    Reopening,
    Waiver,
)
from reformledger.model.phases import is_of_phase, phase_names, records_of_parts

_Entry = TypeVar("_Entry", bound=EntryFields)
_Record = TypeVar("_Record", Progress, Extension, Reopening, Waiver)
_Decision = TypeVar("_Decision", Pause, Cancellation)


def record_days(entry: EntryFields) -> Sequence[date]:
    """Return the days on which something was recorded of an entry."""
    life = entry.closed or entry.paused or entry.phases
    if not (entry.progress or entry.extensions or entry.history or entry.waivers or life):
        return ()  # as most entries are
    decisions: list[Closing | Pause | Cancellation | None] = [entry.closed, entry.paused]
    for phase in entry.phases:
        decisions += (phase.closed, phase.paused, phase.cancelled)
    records = (*entry.progress, *entry.extensions, *entry.history, *entry.waivers, *decisions)
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
            "paused": _made(entry.paused, day),
            "phases": tuple(_phase_then(entry, index, day) for index in range(len(entry.phases))),
        }
    )


def _until(records: Iterable[_Record], day: date) -> tuple[_Record, ...]:
    return tuple(record for record in records if record.date <= day)


def _made(decision: _Decision | None, day: date) -> _Decision | None:
    return decision if decision is not None and decision.date <= day else None


def _phase_then(entry: EntryFields, place: int, day: date) -> Phase:
    phase = entry.phases[place]
    is_part = entry.due is not None and bool(entry.due.parts)
    index = place
    if is_part:  # a phase holds what became of the part of its name, of several the one of its place
        index = records_of_parts(phase_names(entry), [each.name for each in entry.phases]).index(place)
    update = {
        "due": _due_before(phase.due, _later(entry, index, day)),
        "closed": _closing_then(phase.closed, _reopened_later(entry, index, day), day),
        "paused": _made(phase.paused, day),
        "cancelled": _made(phase.cancelled, day),
    }
    return phase.model_copy(update=update)


def _later(entry: EntryFields, phase: int | None, day: date) -> list[Extension]:
    """Return the extensions of a phase, or (None) of the whole, that were made after a day, oldest first."""
    names = phase_names(entry)
    return [made for made in entry.extensions if made.date > day and is_of_phase(names, made.phase, phase)]


def _due_before(now: Deadline | None, later: Sequence[Extension]) -> Deadline | None:
    """Return the deadline before the first of some extensions; that of a ☆ alone is no deadline of the entry's own."""
    if not later:
        return now
    before = later[0].from_
    return None if before is None or before.wording == STAR_SIGN else before


def _reopened_later(entry: EntryFields, phase: int | None, day: date) -> list[Closing]:
    """Return the close-outs that were taken back after a day, oldest first."""
    names = phase_names(entry)
    return [made.closed for made in entry.history if made.date > day and is_of_phase(names, made.phase, phase)]


def _closing_then(now: Closing | None, taken_back_later: Sequence[Closing], day: date) -> Closing | None:
    """Return the close-out that held on a day: one that is taken back later, else the one that holds now."""
    held = [closing for closing in (*taken_back_later, now) if closing is not None and closing.date <= day]
    return held[0] if held else None
