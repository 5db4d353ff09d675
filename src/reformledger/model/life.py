"""The life of an entry, derived from its records: statuses, lights and their reasons, phases, targets, close-outs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta, timezone
from enum import StrEnum

from reformledger.model.deadline import DatedPart, Deadline, star_deadline
from reformledger.model.entries import Closing, EntryFields, Phase, Progress

DUE_SOON_DAYS = 30
BEIJING = timezone(timedelta(hours=8))
"""China has one time and no summer time: a fixed offset needs no time-zone data (Windows ships none)."""


class Status(StrEnum):
    """Where an entry stands, in the order in which the rules are tried."""

    CLOSED = "closed"
    CARRIED_OVER = "carried_over"
    OVERDUE = "overdue"
    DUE_SOON = "due_soon"
    UNDER_WAY = "under_way"
    NOT_STARTED = "not_started"


class Light(StrEnum):
    """How urgent an open entry is: 红, 黄, 蓝, 绿 in the bureaus' own wording."""

    RED = "red"
    YELLOW = "yellow"
    BLUE = "blue"
    GREEN = "green"


class Reason(StrEnum):
    """Why an entry has its light, in the order in which the rules are tried."""

    OVERDUE = "overdue"
    MISSED = "missed"
    READY = "ready"
    WEAK = "weak"
    BEHIND = "behind"
    GAP = "gap"
    UNREPORTED = "unreported"
    DUE_SOON = "due_soon"
    ON_TIME = "on_time"


LIGHTS: dict[Reason, Light] = {
    Reason.OVERDUE: Light.RED,
    Reason.MISSED: Light.RED,
    Reason.READY: Light.BLUE,
    Reason.WEAK: Light.YELLOW,
    Reason.BEHIND: Light.YELLOW,
    Reason.GAP: Light.YELLOW,
    Reason.UNREPORTED: Light.YELLOW,
    Reason.DUE_SOON: Light.BLUE,
    Reason.ON_TIME: Light.GREEN,
}


@dataclass(frozen=True, slots=True)
class PhaseState:
    """A phase of an entry: declared as such, or one dated part of its deadline."""

    name: str
    count: int | None
    deadline: Deadline | None
    closed: Closing | None

    @property
    def closed_late(self) -> bool:
        """Say whether it was closed out after its last day."""
        return self.closed is not None and is_late(self.closed, self.deadline.end if self.deadline else None)


def phase_states(entry: EntryFields) -> tuple[PhaseState, ...]:
    """Return the phases of an entry in printed order; empty when it has none.

    The parts of a deadline are phases too; what became of one (its close-out, a later deadline) stands in the
    declared phase that has its name.
    """
    if entry.due and entry.due.parts:
        declared = {phase.name: phase for phase in entry.phases}
        return tuple(_part_state(part, declared.get(part.text), entry.closed) for part in entry.due.parts)
    if not entry.phases:  # as most entries have none
        return ()
    return tuple(PhaseState(phase.name, phase.count, phase.due, phase.closed) for phase in entry.phases)


def _part_state(part: DatedPart, declared: Phase | None, whole: Closing | None) -> PhaseState:
    if declared is None:
        return PhaseState(part.text, None, part.deadline, whole)
    return PhaseState(part.text, declared.count, declared.due or part.deadline, declared.closed or whole)


@dataclass(frozen=True, slots=True)
class TargetState:
    """A measurable target and what the latest report on it says was reached; None: nothing was reported."""

    name: str
    value: int | float
    unit: str | None
    reached: int | float | None

    @property
    def share(self) -> float:
        """Return the share that is reached, 0 to 1."""
        if self.reached is None:
            return 0.0
        return min(self.reached / self.value, 1.0) if self.value else 1.0


def target_states(entry: EntryFields, reports: Iterable[Progress] | None = None) -> list[TargetState]:
    """Return the targets of an entry, with what reports, its own where no others are given, say of them."""
    if not entry.targets:
        return []
    reached: dict[str, int | float] = {}
    for report in entry.progress if reports is None else reports:
        reached.update(report.targets)
    return [TargetState(target.name, target.value, target.unit, reached.get(target.name)) for target in entry.targets]


def overall_deadline(entry: EntryFields) -> Deadline | None:
    """Return the deadline of the whole: of an entry without phases, or one beside them all."""
    return entry.due if entry.due is not None and not entry.due.parts else None


def current_deadline(entry: EntryFields, phases: Sequence[PhaseState], year: int) -> Deadline | None:
    """Return the deadline that counts now.

    With phases it is that of the first phase not closed; when all are, the overall one, or the last phase's. A ☆ is a
    deadline too: an entry with ☆ and no other is due within its ledger's ``year``.
    """
    if phases:
        phase = next((phase for phase in phases if phase.closed is None), None)
        if phase is None and overall_deadline(entry) is None:
            phase = phases[-1]
        if phase is not None and phase.deadline:
            return phase.deadline
    if entry.due is not None:
        return entry.due
    return star_deadline(year) if entry.star else None


def closing(entry: EntryFields, phases: Sequence[PhaseState]) -> Closing | None:
    """Return the close-out of the whole entry.

    It is its own or, where there is no overall deadline beside the phases, that of the last phase once all are closed.
    """
    if entry.closed is not None:
        return entry.closed
    if phases and overall_deadline(entry) is None and all(phase.closed for phase in phases):
        return max((phase.closed for phase in phases if phase.closed), key=lambda closed: closed.date)
    return None


def is_late(closing: Closing, last_day: date | None) -> bool:
    """Say whether a close-out came after the last day, as its record says or as the days tell."""
    return closing.late or (last_day is not None and closing.date > last_day)


def last_day_of(entry: EntryFields, phases: Sequence[PhaseState], year: int) -> date | None:
    """Return the last day by which the whole is to be closed out.

    What recurs has none, unless it is completed by a day or bears a ☆, which means the end of its ledger's ``year``.
    """
    whole = overall_deadline(entry)
    if whole is not None and whole.every is not None:
        return date(year, 12, 31) if entry.star else whole.completes
    if whole is not None:
        return whole.end
    ends = [phase.deadline.end for phase in phases if phase.deadline and phase.deadline.end]
    return max(ends, default=date(year, 12, 31) if entry.star else None)


def closed_late(entry: EntryFields, phases: Sequence[PhaseState], year: int) -> bool:
    """Say whether the entry was closed out after its last day, or the last of its phases after theirs."""
    if entry.closed is not None:
        return is_late(entry.closed, last_day_of(entry, phases, year))
    return closing(entry, phases) is not None and any(phase.closed_late for phase in phases)


def star_closing(entry: EntryFields, phases: Sequence[PhaseState]) -> Closing | None:
    """Return the close-out that meets the ☆: of the phase it names, else of the entry; None while it is open."""
    if entry.star is None:
        return None
    of_phase = (phase.closed for phase in phases if phase.name == entry.star.phase and phase.closed)
    return next(of_phase, None) or closing(entry, phases)


def is_star_met(entry: EntryFields, phases: Sequence[PhaseState]) -> bool | None:
    """Say whether the ☆ is met; None without ☆."""
    return None if entry.star is None else star_closing(entry, phases) is not None
