"""The life of an entry, derived from its records: statuses, lights and their reasons, targets, what counts now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta, timezone
from enum import StrEnum

from reformledger.model.deadline import Deadline, star_deadline
from reformledger.model.entries import Closing, EntryFields, Progress, Target
from reformledger.model.phases import PhaseState, is_late, phase_index, phase_names, phase_states

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

    @property
    def reached_text(self) -> str:
        """Return what is reached of the value: ``3/4所``, with a dash where nothing was reported."""
        reached = "–" if self.reached is None else f"{self.reached:g}"
        return f"{reached}/{self.value:g}{self.unit or ''}"


def target_states(entry: EntryFields, reports: Iterable[Progress] | None = None) -> list[TargetState]:
    """Return the targets of an entry, with what reports, its own where no others are given, say of them.

    A report on a phase that has a target of the same name speaks of that one.
    """
    if not entry.targets:
        return []
    names = phase_names(entry)
    own = [{target.name for target in phase.targets} for phase in entry.phases]
    reached: dict[str, int | float] = {}
    for report in entry.progress if reports is None else reports:
        index = phase_index(names, report.phase)
        of_phase = own[index] if index is not None and index < len(own) else ()
        reached.update((name, value) for name, value in report.targets.items() if name not in of_phase)
    return _target_states(entry.targets, reached)


def phase_target_states(entry: EntryFields, index: int, reports: Iterable[Progress]) -> list[TargetState]:
    """Return the targets of a phase, with what the reports that name it say of them."""
    phase = phase_states(entry)[index].data
    if phase is None or not phase.targets:
        return []
    names = phase_names(entry)
    reached: dict[str, int | float] = {}
    for report in reports:
        if phase_index(names, report.phase) == index:
            reached.update(report.targets)
    return _target_states(phase.targets, reached)


def _target_states(targets: Iterable[Target], reached: Mapping[str, int | float]) -> list[TargetState]:
    return [TargetState(target.name, target.value, target.unit, reached.get(target.name)) for target in targets]


def overall_deadline(entry: EntryFields) -> Deadline | None:
    """Return the deadline of the whole: of an entry without phases, or one beside them all."""
    return entry.due if entry.due is not None and not entry.due.parts else None


def current_phase(entry: EntryFields, phases: Sequence[PhaseState], as_of: date | None = None) -> int | None:
    """Return the index of the open phase that counts now; None where none does, or the whole is due before it.

    It is the one that ends first, of several the first in print; a phase without a deadline is due with the whole.
    Given a day, a phase that rests on it does not count.
    """
    whole = overall_deadline(entry)
    last = whole.end if whole and whole.every is None and whole.end else date.max
    ends = [
        ((phase.deadline.end if phase.deadline else last) or date.max, index)
        for index, phase in enumerate(phases)
        if phase.is_open and not (as_of and phase.is_paused(as_of))
    ]
    end, index = min(ends, default=(date.max, None))
    return None if end > last else index


def current_deadline(
    entry: EntryFields, phases: Sequence[PhaseState], year: int, as_of: date | None = None
) -> Deadline | None:
    """Return the deadline that counts now.

    With phases it is that of the open one that counts (``current_phase``); where none is open, the overall one, or the
    last phase's. A ☆ is a deadline too: an entry with ☆ and no other is due within its ledger's ``year``.
    """
    if phases:
        index = current_phase(entry, phases, as_of)
        if index is None and overall_deadline(entry) is None:
            index = next((at for at in reversed(range(len(phases))) if not phases[at].is_cancelled), None)
        if index is not None and (deadline := phases[index].deadline):
            return deadline
    if entry.due is not None:
        return entry.due
    return star_deadline(year) if entry.star else None


def closing(entry: EntryFields, phases: Sequence[PhaseState]) -> Closing | None:
    """Return the close-out of the whole entry.

    It is its own or, where there is no overall deadline beside the phases, the last of theirs once none is open.
    """
    if entry.closed is not None:
        return entry.closed
    if phases and overall_deadline(entry) is None and not any(phase.is_open for phase in phases):
        closed = (phase.closed for phase in phases if phase.closed and not phase.is_cancelled)
        return max(closed, key=lambda each: each.date, default=None)
    return None


def last_day_of(entry: EntryFields, phases: Sequence[PhaseState], year: int) -> date | None:
    """Return the last day by which the whole is to be closed out.

    What recurs has none, unless it is completed by a day or bears a ☆, which means the end of its ledger's ``year``.
    """
    whole = overall_deadline(entry)
    if whole is not None and whole.every is not None:
        return date(year, 12, 31) if entry.star else whole.completes
    if whole is not None:
        return whole.end
    counted = (phase for phase in phases if not phase.is_cancelled)
    ends = [phase.deadline.end for phase in counted if phase.deadline and phase.deadline.end]
    return max(ends, default=date(year, 12, 31) if entry.star else None)


def closed_late(entry: EntryFields, phases: Sequence[PhaseState], year: int) -> bool:
    """Say whether the entry was closed out after its last day, or the last of its phases after theirs."""
    if entry.closed is not None:
        return is_late(entry.closed, last_day_of(entry, phases, year))
    return closing(entry, phases) is not None and any(phase.closed_late for phase in phases)


def star_phase(entry: EntryFields) -> int | None:
    """Return the index of the phase that the ☆ names; None where it names none."""
    return phase_index(phase_names(entry), entry.star.phase) if entry.star and entry.star.phase else None


def star_closing(entry: EntryFields, phases: Sequence[PhaseState]) -> Closing | None:
    """Return the close-out that meets the ☆: of the phase it names, else of the entry; None while it is open."""
    if entry.star is None:
        return None
    index = star_phase(entry)
    return (phases[index].closed if index is not None else None) or closing(entry, phases)


def is_star_met(entry: EntryFields, phases: Sequence[PhaseState]) -> bool | None:
    """Say whether the ☆ is met; None without ☆."""
    return None if entry.star is None else star_closing(entry, phases) is not None
