"""Phases, that is milestones: what each is on a day, how they are named, and where the records of dated parts are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from reformledger.model.deadline import DatedPart, Deadline
from reformledger.model.entries import Closing, EntryFields, Pause, Phase


class MilestoneState(StrEnum):
    """Where a phase is on a day."""

    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class PhaseState:
    """A phase of an entry: declared as such (``data``), or one dated part of its deadline."""

    name: str
    deadline: Deadline | None
    closed: Closing | None
    data: Phase | None = None

    @property
    def is_cancelled(self) -> bool:
        """Say whether it was decided that it is not carried out."""
        return self.data is not None and self.data.cancelled is not None

    @property
    def is_open(self) -> bool:
        """Say whether it is neither closed out nor cancelled."""
        return self.closed is None and not self.is_cancelled

    def is_paused(self, as_of: date) -> bool:
        """Say whether it is open and rests on a day."""
        return self.is_open and self.data is not None and rests(self.data.paused, as_of)

    @property
    def closed_late(self) -> bool:
        """Say whether it was closed out after its last day."""
        return self.closed is not None and is_late(self.closed, self.deadline.end if self.deadline else None)

    def state(self, as_of: date) -> MilestoneState:
        """Return where it is on a day."""
        if self.is_cancelled:
            return MilestoneState.CANCELLED
        if self.closed is not None:
            return MilestoneState.CLOSED
        return MilestoneState.PAUSED if self.is_paused(as_of) else MilestoneState.OPEN

    def is_late(self, as_of: date) -> bool:
        """Say whether it was closed out after its last day, or is open past it."""
        if self.state(as_of) is MilestoneState.OPEN:
            return self.deadline is not None and self.deadline.end is not None and as_of > self.deadline.end
        return self.closed_late and not self.is_cancelled


def rests(pause: Pause | None, day: date) -> bool:
    """Say whether a pause holds on a day: from its decision until the day before that on which work goes on."""
    return pause is not None and pause.date <= day and (pause.until is None or day < pause.until)


def phase_states(entry: EntryFields) -> tuple[PhaseState, ...]:
    """Return the phases of an entry in printed order; empty when it has none.

    The parts of a deadline are phases too; what became of one (its close-out, a later deadline) is in the declared
    phase that has its name: of several parts of one name, the first's is in the first of that name.
    """
    if entry.due and entry.due.parts:
        records = records_of_parts([part.text for part in entry.due.parts], [phase.name for phase in entry.phases])
        return tuple(
            _part_state(part, None if index is None else entry.phases[index], entry.closed)
            for part, index in zip(entry.due.parts, records, strict=True)
        )
    if not entry.phases:  # as most entries have none
        return ()
    return tuple(PhaseState(phase.name, phase.due, phase.closed, phase) for phase in entry.phases)


def records_of_parts(parts: Sequence[str], declared: Sequence[str]) -> list[int | None]:
    """Return for each dated part the index of the declared phase that holds its records; None where none does."""
    places = {name: [index for index, other in enumerate(declared) if other == name] for name in declared}
    return [places[name].pop(0) if places.get(name) else None for name in parts]


def _part_state(part: DatedPart, declared: Phase | None, whole: Closing | None) -> PhaseState:
    if declared is None:
        return PhaseState(part.text, part.deadline, whole)
    return PhaseState(part.text, declared.due or part.deadline, declared.closed or whole, declared)


def phase_names(entry: EntryFields) -> list[str]:
    """Return the names of the phases of an entry in printed order: of the parts of its deadline where it has such."""
    parts = entry.due.parts if entry.due else ()
    return [part.text for part in parts] or [phase.name for phase in entry.phases]


_PLACE = "[#＃]([0-9]{1,4})"


def is_place_in_print(word: str) -> bool:
    """Say whether a word names a phase by its place in print: ``#2``."""
    return re.fullmatch(_PLACE, word) is not None


def phase_index(names: Sequence[str], word: str | None) -> int | None:
    """Return the index of the phase that a record or a person names; None where there is none, or several.

    A phase is named by its name or, as several may share one, by its place in print: ``#2`` is the second.
    """
    if word is None:
        return None
    if match := re.fullmatch(_PLACE, word):
        return int(match[1]) - 1 if 1 <= int(match[1]) <= len(names) else None
    found = [index for index, name in enumerate(names) if name == word]
    return found[0] if len(found) == 1 else None


def phase_word(names: Sequence[str], index: int) -> str:
    """Return the word that names a phase and no other: its name, or ``#2`` where several share it."""
    return names[index] if names.count(names[index]) == 1 else f"#{index + 1}"


def is_of_phase(names: Sequence[str], word: str | None, index: int | None) -> bool:
    """Say whether a record that names a phase by ``word`` (None: the whole) is of the phase ``index`` (None: same)."""
    if word is None or index is None:
        return word is None and index is None
    return phase_index(names, word) == index


def is_late(closing: Closing, last_day: date | None) -> bool:
    """Say whether a close-out came after the last day, as its record says or as the days tell."""
    return closing.late or (last_day is not None and closing.date > last_day)
