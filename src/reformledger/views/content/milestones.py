"""What a phase has beside its name and deadline, as lines under the headings that its document prints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from reformledger.entry import Entry
from reformledger.fields.entry import PHASE
from reformledger.i18n import _
from reformledger.model.entries import Pause, Phase
from reformledger.model.life import TargetState

PHASE_TEXTS = ("text", "result", "problems", "assessment")
"""The keys of a phase that hold texts of their own."""


def phase_headings(entry: Entry) -> Mapping[str, str]:
    """Return the heading of each key of the entry's phases: as table, section or document print it, else ours."""
    return {**{key: field.heading for key, field in PHASE.items()}, **entry.group.phase_columns}


def milestone_lines(phase: Phase, targets: Sequence[TargetState], headings: Mapping[str, str]) -> Iterator[str]:
    """Yield a line for each text of a phase, its targets, and the decisions by which it rests or was cancelled."""
    for key in ("text", "targets", "result", "problems", "assessment"):
        value = getattr(phase, key)
        if key == "targets":
            value = "、".join(f"{target.name} {target.reached_text}" for target in targets)
        if value:
            yield _line(headings[key], value)
    if phase.paused:
        yield _line(headings["paused"], pause_text(phase.paused))
    if phase.cancelled:
        yield _line(headings["cancelled"], f"{phase.cancelled.date.isoformat()}  {phase.cancelled.reason}")


def _line(heading: str, text: str) -> str:
    return "    " + _("{heading}: {text}").format(heading=heading, text=text)


def pause_text(pause: Pause) -> str:
    """Return a pause: the day of its decision, why, and the day on which work goes on."""
    parts = [pause.date.isoformat(), pause.reason]
    if pause.until:
        parts.append(_("until {day}").format(day=pause.until.isoformat()))
    return "  ".join(parts)
