"""The life of an entry, derived from its records and a day; never stored, never from the clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta, timezone
from enum import StrEnum

from reformledger.model.deadline import DatedPart, Deadline, Period, star_deadline
from reformledger.model.entries import Closing, EntryFields, Phase, Progress
from reformledger.model.text import WHOLE

DUE_SOON_DAYS = 30
BEHIND_POINTS = 20
"""A report this many percentage points under the elapsed share of the period is behind (yellow light)."""
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


@dataclass(frozen=True, slots=True)
class PhaseState:
    """A phase of an entry: declared as such, or one dated part of its deadline."""

    name: str
    count: int | None
    deadline: Deadline | None
    closed: Closing | None


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


def target_states(entry: EntryFields) -> list[TargetState]:
    """Return the targets of an entry, with what its reports say of them."""
    reached: dict[str, int | float] = {}
    for report in entry.progress:
        reached.update(report.targets)
    return [TargetState(target.name, target.value, target.unit, reached.get(target.name)) for target in entry.targets]


def record_days(entry: EntryFields) -> Sequence[date]:
    """Return the days on which something was recorded of an entry."""
    if not (entry.progress or entry.extensions or entry.history or entry.closed or entry.phases):
        return ()  # as most entries are
    closings = (entry.closed, *(phase.closed for phase in entry.phases))
    records = (*entry.progress, *entry.extensions, *entry.history, *closings)
    return [record.date for record in records if record is not None]


def current_deadline(entry: EntryFields, phases: Sequence[PhaseState], year: int) -> Deadline | None:
    """Return the deadline that counts now.

    With phases it is that of the first phase not closed (the last when all are). A ☆ is a deadline too: an
    entry with ☆ and no other is due within its ledger's ``year``.
    """
    if phases:
        phase = next((phase for phase in phases if phase.closed is None), phases[-1])
        if phase.deadline:
            return phase.deadline
    if entry.due is not None:
        return entry.due
    return star_deadline(year) if entry.star else None


def closing(entry: EntryFields, phases: Sequence[PhaseState]) -> Closing | None:
    """Return the close-out of the whole entry: its own, or that of its last phase once all are closed."""
    if entry.closed is not None:
        return entry.closed
    if phases and all(phase.closed for phase in phases):
        return max((phase.closed for phase in phases if phase.closed), key=lambda closed: closed.date)
    return None


def star_closed(entry: EntryFields, phases: Sequence[PhaseState]) -> bool | None:
    """Say whether the ☆ is met: by the close-out of the phase it names, else of the entry; None without ☆."""
    if entry.star is None:
        return None
    if closing(entry, phases) is not None:
        return True
    return any(phase.closed is not None for phase in phases if phase.name == entry.star.phase)


def status_of(
    *,
    closed: bool,
    carried_over: bool,
    deadline: Deadline | None,
    begun: bool,
    as_of: date,
    due_soon_days: int = DUE_SOON_DAYS,
) -> Status:
    """Return the status on the day ``as_of`` (the last day of a deadline is not yet overdue).

    ``begun``: something was reported, or a phase closed.
    """
    if closed:
        return Status.CLOSED
    if carried_over:
        return Status.CARRIED_OVER
    if deadline is not None and deadline.is_past(as_of):
        return Status.OVERDUE
    last_day = next_last_day(deadline, as_of)
    if last_day is not None and last_day - as_of <= timedelta(days=due_soon_days):
        return Status.DUE_SOON
    return Status.UNDER_WAY if begun else Status.NOT_STARTED


def next_last_day(deadline: Deadline | None, as_of: date) -> date | None:
    """Return the last day to look at on ``as_of``: of the next occurrence, of the last one when all are past."""
    if deadline is None:
        return None
    ahead = [period.end for period in deadline.occurrences if period.end >= as_of]
    return min(ahead, default=deadline.end)


def light_of(status: Status, deadline: Deadline | None, progress: Sequence[Progress], as_of: date) -> Light | None:
    """Return the light on ``as_of``; None for what is closed, carried over or has no deadline."""
    if status in {Status.CLOSED, Status.CARRIED_OVER} or deadline is None or deadline.end is None:
        return None
    if status is Status.OVERDUE:
        return Light.RED
    if _behind(deadline, progress, as_of):
        return Light.YELLOW
    return Light.BLUE if status is Status.DUE_SOON else Light.GREEN


def _behind(deadline: Deadline, progress: Sequence[Progress], as_of: date) -> bool:
    if not progress:
        return False
    last = progress[-1]
    if last.weak:
        return True
    if last.percent is None or deadline.start is None or deadline.end is None:
        return False
    period = Period(deadline.start, deadline.end)
    elapsed = (as_of - period.start).days + 1
    share = WHOLE * min(max(elapsed, 0), (whole := (period.end - period.start).days + 1)) / whole
    return share - last.percent > BEHIND_POINTS
