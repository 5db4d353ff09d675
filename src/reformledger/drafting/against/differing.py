"""What an entry of a draft says otherwise than the entry of a book that it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, cast

from reformledger.drafting.plain import PlainEntry, texts_of
from reformledger.edits.plain import at
from reformledger.entry import INHERITED, Entry, Group
from reformledger.fields.entry import ENTRY
from reformledger.history.comparing.plain import deadline_of
from reformledger.history.difference import FieldPath
from reformledger.model.documents import Directory
from reformledger.model.entries import STAR_SIGN
from reformledger.model.phases import phase_word
from reformledger.text.folding import compact, name_key, search_key, wording_key
from reformledger.yamlio import Data, Mapped, mappings_in

_KEPT_BY = ("set", "phase", "role", "column", "hand")
_OF_PHASE = ("count", "due", "text")
"""What a notice says of a phase; all else of it is recorded later."""


class Change(NamedTuple):
    """A field, or a part of it, that says something else: there in the book, here in the draft."""

    path: FieldPath
    there: Data
    here: Data


def changes(here: PlainEntry, entry: Entry, directory: Directory) -> list[Change]:
    """Return what an entry of a draft says otherwise; what it says nothing of is no change.

    Different words that the directory knows for one office are none either.
    """
    raw = cast("Mapped", at(entry.group.loaded.tree.data, (*entry.group.path, entry.index)))
    inherited: Mapped = {key: list(getattr(entry.data, key)) for key in entry.inherited}
    there = {_folded(path): value for path, value in _fields({**raw, **inherited})}
    said = said_by(here, entry.group)
    found = (Change(path, there.get(_folded(path)), value) for path, value in said.items())
    return [change for change in found if not _is_same(change, directory)]


def said_by(here: PlainEntry, group: Group) -> dict[FieldPath, Data]:
    """Return all that an entry of a draft says, by path; columns by the keys that a ``group`` of the book has."""
    inherited = {key: here.effective(key) for key in INHERITED}
    keys = {search_key(heading): key for key, heading in group.own_columns.items()}
    headings = here.column_headings
    return {
        ("columns", keys.get(search_key(headings.get(path[1], path[1])), path[1]))
        if path[0] == "columns"
        else path: value
        for path, value in _fields({**here.data, **inherited})
    }


def _fields(data: Mapped) -> Iterator[tuple[FieldPath, Data]]:
    """Yield what a notice or a table prints of an entry: neither ids nor what was recorded in the year."""
    for key, field in ENTRY.items():
        value = data.get(key)
        if not value or field.source != "entry" or field.kept_by not in _KEPT_BY:
            continue
        if key == "phases":
            yield from _phases(mappings_in(value))
        elif key == "star":
            yield (key,), STAR_SIGN
            yield from _parts(key, value)
        elif field.parts:
            yield from _parts(key, value)
        else:
            yield (key,), value


def _parts(key: str, value: Data) -> Iterator[tuple[FieldPath, Data]]:
    if isinstance(value, dict):
        yield from (((key, part), each) for part, each in value.items() if each)


def _phases(phases: Sequence[Mapped]) -> Iterator[tuple[FieldPath, Data]]:
    names = [str(phase.get("name")) for phase in phases]
    for place, phase in enumerate(phases):
        path = "phases", phase_word(names, place)
        yield path, names[place]
        yield from (((*path, key), value) for key in _OF_PHASE if (value := phase.get(key)))


def _folded(path: FieldPath) -> FieldPath:
    return tuple(map(name_key, path))


def _is_same(change: Change, directory: Directory) -> bool:
    there, here = change.there, change.here
    if change.path[-1] == "due":
        return _is_same_deadline(there, here)
    if change.path[0] == "persons" or ENTRY[change.path[0]].names:
        return [directory.key(name) for name in texts_of(there)] == [directory.key(name) for name in texts_of(here)]
    return _comparable(there) == _comparable(here)


def _comparable(value: Data) -> object:
    """Return a value without what makes no difference: blanks, width, and keys that are blank."""
    if isinstance(value, dict):
        return {key: _comparable(each) for key, each in value.items() if each}
    return [_comparable(each) for each in value] if isinstance(value, list) else compact(value or "")


def _is_same_deadline(there: Data, here: Data) -> bool:
    """Compare what is printed, and what that means only where both say it."""
    (wording, means), (other, other_means) = deadline_of(there), deadline_of(here)
    is_same_meaning = not (means and other_means) or wording_key(means) == wording_key(other_means)
    return wording_key(wording) == wording_key(other) and is_same_meaning
