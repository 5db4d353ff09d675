"""What two states of one entry say otherwise: what one command did is one difference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reformledger.history.comparing.plain import deadline_of, is_blank, is_same, name_words, text_of
from reformledger.history.comparing.values import DECISIONS, Change, beside, changes
from reformledger.history.difference import Difference, DifferenceKind, FieldPath, is_whole_phase
from reformledger.model.phases import is_place_in_print
from reformledger.yamlio import Data, Mapped, mappings_in


def compare_entries(ref: str, before: Mapped | None, after: Mapped | None) -> list[Difference]:
    """Return what differs between two states of an entry, None where there is none; not where it stands.

    An extension that came, or went, with the change of the deadline that it records is one difference, and so is a
    reopening with the close-out that it takes back.
    """
    if before is None or after is None:
        if after is not None:
            return [Difference(DifferenceKind.ADDED, ref, text_of(after, "title"), (), None, after)]
        if before is not None:
            return [Difference(DifferenceKind.REMOVED, ref, text_of(before, "title"), (), before, None)]
        return []
    if before == after:
        return []
    title = text_of(after, "title") or text_of(before, "title")
    came, went = _Records(before, after), _Records(after, before)
    old, new = _explained(before, after, came), after
    new = _explained(new, old, went)
    found = (each for change in changes(old, new) for each in _without_recorded(change, came, went))
    return [Difference(change.kind, ref, title, *change[1:]) for change in found]


class _Records:
    """The extensions and reopenings that ``after`` has beside those of ``before``."""

    def __init__(self, before: Mapped, after: Mapped) -> None:
        self.extensions = _beside(before, after, "extensions")
        self.reopenings = _beside(before, after, "history")
        self._dated = [deadline_of(each.get("due"))[0] for each in (before, after)]

    def moved(self, word: str | None, old: Data, new: Data) -> bool:
        """Say whether they say that the deadline of a phase, or of the whole (None), went from ``old`` to ``new``.

        ``old`` is blank for a deadline that was not the thing's own: that of a ☆, or of a dated part.
        """
        of_it = [record for record in self.extensions if _is_of(record, word)]
        was, is_now = deadline_of(old), deadline_of(new)
        first = [at for at, one in enumerate(of_it) if is_blank(old) or deadline_of(one.get("from")) == was]
        last = [at for at, one in enumerate(of_it) if deadline_of(one.get("to")) == is_now]
        return bool(first and last) and not is_blank(new) and first[0] <= last[-1]

    def moved_part(self, word: str, new: Data) -> bool:
        """Say whether they moved a dated part of the whole deadline to ``new``: one of a phase has that for its own."""
        of_it = (record for record in self.extensions if _is_of(record, word))
        was = next((deadline_of(record.get("from"))[0] for record in of_it), "")
        return bool(was) and any(was in wording for wording in self._dated) and self.moved(word, None, new)

    def took_back(self, word: str | None, closed: Data) -> bool:
        """Say whether they took back a close-out of a phase, or of the whole."""
        of_it = (record for record in self.reopenings if _is_of(record, word))
        return not is_blank(closed) and any(is_same(record.get("closed"), closed) for record in of_it)


def _beside(before: Mapped, after: Mapped, key: str) -> list[Mapped]:
    return mappings_in(beside(_list(after.get(key)), _list(before.get(key))))


def _list(value: Data) -> list[Data]:
    return value if isinstance(value, list) else []


def _is_of(record: Mapped, word: str | None) -> bool:
    """Say whether a record is of the phase that a word names, or of the whole.

    A place in print may count the dated parts of a deadline, of which not all are declared: it is taken to fit.
    """
    named = text_of(record, "phase")
    if word is None or not named:
        return word is None and not named
    return named == word or is_place_in_print(named)


def _explained(before: Mapped, after: Mapped, came: _Records) -> Mapped:
    """Return ``before`` as it is but for what the records that came say of it: deadlines moved, close-outs gone."""
    if not (came.extensions or came.reopenings):
        return before
    found = _settled(before, after, None, came)
    phases, later = _list(before.get("phases")), _by_word(after)
    if phases:
        words = name_words(phases)
        found["phases"] = [
            _settled(phase, later.get(word), word, came) if isinstance(phase, dict) else phase
            for word, phase in zip(words, phases, strict=True)
        ]
    return found


def _by_word(entry: Mapped) -> dict[str, Mapped]:
    phases = _list(entry.get("phases"))
    return {word: phase for word, phase in zip(name_words(phases), phases, strict=True) if isinstance(phase, dict)}


def _settled(before: Mapped, after: Mapped | None, word: str | None, came: _Records) -> Mapped:
    """Return an entry or a phase without what the records that came take back, and with the deadline they gave it."""
    found = dict(before)
    if after is not None and came.moved(word, before.get("due"), after.get("due")):
        found["due"] = after["due"]
    if came.took_back(word, before.get("closed")):
        del found["closed"]
    return found


class _Sided(NamedTuple):
    """A phase that came or went, the records that came or went with it, and how such a record is said."""

    phase: Mapped
    records: _Records
    kind: DifferenceKind


def _without_recorded(change: Change, came: _Records, went: _Records) -> Iterator[Change]:
    """Yield a change; of a phase that is there only to hold records these alone.

    A dated part of a deadline has such a phase once something is recorded of it.
    """
    is_phase = is_whole_phase(change.path)
    if is_phase and isinstance(change.after, dict) and change.before is None:
        side = _Sided(change.after, came, DifferenceKind.RECORDED)
    elif is_phase and isinstance(change.before, dict) and change.after is None:
        side = _Sided(change.before, went, DifferenceKind.WITHDRAWN)
    else:
        yield change
        return
    found = _records_of(change.path, side)
    yield from [change] if found is None else found


def _records_of(path: FieldPath, side: _Sided) -> Sequence[Change] | None:
    """Return the records that a phase holds, where it says nothing else; None where it does."""
    phase, records, kind = side
    said = {key for key, value in phase.items() if not is_blank(value)} - {"name"}
    is_moved = "due" in said and records.moved_part(path[-1], phase.get("due"))
    decisions = [key for key in DECISIONS if key in said]
    if not said or said - {*decisions, *(["due"] if is_moved else [])}:
        return None
    of_one = (Change(kind, (*path, key), None, phase[key]) for key in decisions)
    return [one if kind is DifferenceKind.RECORDED else one._replace(before=one.after, after=None) for one in of_one]
