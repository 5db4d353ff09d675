"""Changes and new entries as the commands that carry them out, and what no command can write."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from typing import NamedTuple

from reformledger.drafting.against.differing import Change
from reformledger.drafting.plain import texts_of
from reformledger.edits.commands import LEFT_OPEN
from reformledger.edits.intents import Add, Extend, Set
from reformledger.entry import Entry, Group
from reformledger.fields.entry import ENTRY
from reformledger.history.comparing.plain import deadline_of
from reformledger.history.difference import FieldPath
from reformledger.model.deadline import Deadline, DeadlineError, parse_deadline
from reformledger.model.phases import phase_index
from reformledger.text.folding import name_key
from reformledger.text.masking import holds_number
from reformledger.text.names import joints
from reformledger.yamlio import Data

Values = dict[str, str | Sequence[str]]


class Typed(NamedTuple):
    """What ``set`` and ``add`` are given: fields, the names of new phases; and the paths that only an editor writes."""

    fields: Values
    phases: tuple[str, ...]
    by_hand: tuple[FieldPath, ...]

    @property
    def keeps_number(self) -> bool:
        """Say whether a text holds a phone number, which the commands take only where they are told to."""
        texts = (each for value in self.fields.values() for each in ([value] if isinstance(value, str) else value))
        return any(map(holds_number, texts))


def typed(changed: Iterable[Change], group: Group, whole: Collection[str]) -> Typed:
    """Return how changes are typed for an entry of a group; ``whole`` are the keys of names declared to be one."""
    fields: Values = {}
    phases: list[str] = []
    by_hand: list[FieldPath] = []
    for change in changed:
        if change.path[0] == "phases" and len(change.path) == len(("phases", "name")):
            phases.append(str(change.here))
        elif values := _values(change.path, change.here, group, whole):
            fields |= values
        else:
            by_hand.append(change.path)
    return Typed(fields, tuple(phases), tuple(by_hand))


def set_of(word: str, what: Typed) -> Set | None:
    """Return the command that changes the entry which ``word`` names; None where no command can."""
    if not (what.fields or what.phases):
        return None
    return Set(word, what.fields, what.phases, keep_number=what.keeps_number)


def extensions(changed: Iterable[Change], entry: Entry, today: date) -> Iterator[Extend]:
    """Yield the commands that record later deadlines as extensions, where ``set`` would only change what is written.

    The reason of each is left open.
    """
    for change in changed:
        if change.path[-1] != "due":
            continue
        wording, means = deadline_of(change.here)
        phase = change.path[1] if len(change.path) > 1 else None
        old = _open_deadline(entry, phase)
        with suppress(DeadlineError):
            new = parse_deadline(wording, entry.year, means or None)
            is_one = not (new.every or new.parts)
            if is_one and old and old.end and new.end and new.end > old.end:
                yield Extend(entry.ref, wording, LEFT_OPEN, means or None, None, phase, late=today > old.end)


def _open_deadline(entry: Entry, phase: str | None) -> Deadline | None:
    """Return the deadline of an entry, or of one of its phases; None where that is closed out."""
    if entry.closing is not None:
        return None
    if phase is None:
        return entry.deadline
    index = phase_index([name_key(each.name) for each in entry.phases], name_key(phase))
    return entry.phases[index].deadline if index is not None and entry.phases[index].is_open else None


def add_to(word: str, title: str, what: Typed) -> Add:
    """Return the command that adds an entry to the table or section which ``word`` names."""
    fields = {key: value for key, value in what.fields.items() if key != "title"}
    return Add(word, title, fields, what.phases, keep_number=what.keeps_number or holds_number(title))


def _values(path: FieldPath, value: Data, group: Group, whole: Collection[str]) -> Values:
    """Return the words of a field and what they are given; nothing where only whoever edits the file can write it."""
    word = ".".join(path)
    if path[-1] == "due":
        wording, means = deadline_of(value)
        return {word: wording, **({f"{word}.means": means} if means else {})}
    if ENTRY[path[0]].kept_by == "hand" or (path[0] == "columns" and path[1] not in group.own_columns):
        return {}
    if isinstance(value, str):
        return {word: value}
    names = texts_of(value)
    return {word: names} if all(not joints(name) or name_key(name) in whole for name in names) else {}
