"""Changes of two sides that cannot both be true of one entry, though each changes something else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reformledger.history.comparing.plain import deadline_of, is_blank, text_of
from reformledger.history.difference import Difference, DifferenceKind, is_whole_phase
from reformledger.history.merging.data.values import day_of
from reformledger.i18n import _
from reformledger.model.parts import split_parts
from reformledger.model.period import UnreadableError
from reformledger.model.phases import records_of_parts
from reformledger.yamlio import Data, Mapped, mappings_in

_RECORDED, _CHANGED = DifferenceKind.RECORDED, DifferenceKind.CHANGED
_ENDED_BY_CLOSING = frozenset({"progress", "waivers", "extensions", "paused"})


class Opposed(NamedTuple):
    """A change of ours and one of theirs of which one has to go, and the sentence that says why."""

    ours: Difference
    theirs: Difference
    why: str


def opposed(ours: Sequence[Difference], theirs: Sequence[Difference]) -> Iterator[Opposed]:
    """Yield the changes of two sides that the rules of an entry's life do not let stand beside each other.

    What both sides did alike is to be left out of both. The rules are those of the commands, which would refuse the
    second of the two.
    """
    for our in ours:
        for their in theirs:
            if why := _why(our, their) or _why(their, our):
                yield Opposed(our, their, why)
                yield from (Opposed(later, their, why) for later in _closed_after(our, ours))
                yield from (Opposed(our, later, why) for later in _closed_after(their, theirs))


def _closed_after(closing: Difference, side: Sequence[Difference]) -> Sequence[Difference]:
    """Return the close-outs of phases behind the one of which this is: they are taken back before it."""
    if not (_is_closing(closing) and closing.path[0] == "phases"):
        return []
    return [one for one in side[side.index(closing) + 1 :] if _is_closing(one) and one.path[0] == "phases"]


def after_the_close(
    ours: Sequence[Difference], theirs: Sequence[Difference], merged: Mapped, sides: tuple[Mapped, Mapped]
) -> Iterator[Opposed]:
    """Yield the records of one side that are dated after the day on which what the other did closes the entry out.

    ``merged`` is the entry with all changes of both ``sides``. A record of that day or before stays beside it. Of the
    close-outs of several phases the last one is opposed to it: without that the entry is open again.
    """
    end = ended_on(merged)
    if end is None:
        return
    why = _("One side closes it out, the other records what is dated later.")
    last = [one for side in (ours, theirs) for one in [each for each in side if _is_closing(each)][-1:]]
    for our in ours:
        for their in theirs:
            for closing, record, side in ((our, their, sides[1]), (their, our, sides[0])):
                if closing in last and _is_after(record, end) and not ((own := ended_on(side)) and own <= end):
                    yield Opposed(our, their, why)


def ended_on(entry: Mapped) -> str | None:
    """Return the day, as 2020-12-31, on which an entry is closed out: as a whole, or with the last of its phases."""
    closed = entry.get("closed")
    if not is_blank(closed):
        return day_of(closed)
    phases = mappings_in(entry.get("phases"))
    wording = deadline_of(entry.get("due"))[0]
    try:
        parts = [part.text for part in split_parts(wording)]
    except UnreadableError:
        parts = []
    if wording and not parts:
        return None  # a deadline of the whole, which has a close-out of its own
    places = records_of_parts(parts, [text_of(phase, "name") for phase in phases]) if parts else range(len(phases))
    of_phases = [{} if place is None else phases[place] for place in places]
    if not of_phases or any(is_blank(each.get("closed")) and is_blank(each.get("cancelled")) for each in of_phases):
        return None
    days = [day_of(each.get("closed")) for each in of_phases if is_blank(each.get("cancelled"))]
    return max(days, default=None)


def _why(one: Difference, other: Difference) -> str | None:
    """Return the sentence that says why two changes do not stand beside each other; None where they do."""
    if _is_closing(one):
        return _beside_closing(one, other)
    if one.kind is _RECORDED and one.path[-1] == "cancelled":
        return _beside_cancelling(one, other)
    if _thing(one) == _thing(other):
        return _beside_record(one, other)
    return None


def _beside_closing(one: Difference, other: Difference) -> str | None:
    thing = _thing(one)
    if _is_record(other, "extensions") and thing in {None, _thing(other)}:
        return _("One side closes out what the other extends.")
    if thing is None and opens_a_phase(other):
        return _("One side closes it out, the other has a phase of it open.")
    if other.path == (*one.path[:-1], "cancelled") and other.kind is _RECORDED:
        return _("One side closes out what the other cancels.")
    if other.path == one.path and other.kind is _RECORDED:
        return _("Both sides close it out, each in other words.")
    return None


def _beside_cancelling(one: Difference, other: Difference) -> str | None:
    if _thing(one) != _thing(other):
        return None
    if _is_record(other, "extensions"):
        return _("One side cancels what the other extends.")
    if _is_record(other, "progress") and day_of(other.after) > day_of(one.after):
        return _("One side cancels it, the other records what is dated later.")
    return None


def _beside_record(one: Difference, other: Difference) -> str | None:
    if _is_record(one, "extensions"):
        is_moved = other.kind is _CHANGED and "due" in other.path[:3] and other.path[0] in {"due", "phases"}
        if _is_record(other, "extensions") or is_moved:
            return _("Both sides move the same deadline.")
    elif _is_record(one, "history"):
        is_of_closing = "closed" in other.path[:3] and not _is_closing(other)
        if _is_record(other, "history") or is_of_closing:
            return _("One side takes back a close-out that the other changes.")
    return None


def _is_closing(difference: Difference) -> bool:
    return difference.kind is _RECORDED and difference.path[-1] == "closed"


def _is_record(difference: Difference, key: str) -> bool:
    return difference.kind is _RECORDED and difference.path == (key,)


def _is_after(difference: Difference, end: str) -> bool:
    of_whole = difference.path[:1] and difference.path[0] in _ENDED_BY_CLOSING
    return bool(of_whole) and difference.kind is _RECORDED and day_of(difference.after) > end


def _thing(difference: Difference) -> str | None:
    """Return the phase that a change is of; None for the whole."""
    if difference.path[0] == "phases" and len(difference.path) > 1:
        return difference.path[1]
    record: Data = difference.after if difference.after is not None else difference.before
    return (text_of(record, "phase") or None) if isinstance(record, dict) else None


def opens_a_phase(difference: Difference) -> bool:
    """Say whether a phase was added that is open, or the close-out of one was taken back."""
    phase = difference.after
    if _is_record(difference, "history"):
        return _thing(difference) is not None
    is_new = difference.kind is _CHANGED and is_whole_phase(difference.path) and difference.before is None
    if not is_new or not isinstance(phase, dict):
        return False
    return is_blank(phase.get("closed")) and is_blank(phase.get("cancelled"))
