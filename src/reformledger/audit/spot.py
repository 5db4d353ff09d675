"""Where a finding points, before lines and columns are asked for."""

from __future__ import annotations

from typing import NamedTuple

from reformledger.book import Entry
from reformledger.loader import LoadedDocument
from reformledger.yamlio import Path, Step


class Spot(NamedTuple):
    """Where to point: a value in a document, or a piece of it; its line and column are found when it is shown.

    ``part`` is text inside the value, ``key`` says that the key is meant. ``span`` (character offsets) is for what
    is no value at all, such as a comment. What is ``private`` is hidden in the line of the file that is shown.
    """

    loaded: LoadedDocument
    path: Path = ()
    part: str = ""
    key: bool = False
    span: tuple[int, int] | None = None
    entry: Entry | None = None
    private: bool = False


def at(entry: Entry, *steps: Step, part: str = "", key: bool = False) -> Spot:
    """Return the spot of a value of an entry; without steps, or where it is blank, of the entry itself."""
    return Spot(entry.group.loaded, (*entry.group.path, entry.index, *steps), part, key, entry=entry)


def at_first(entry: Entry, *keys: str) -> Spot:
    """Return the spot of the first of some values that an entry has, else of the entry itself."""
    for key in keys:
        if getattr(entry.data, key, None):
            return at(entry, key)
    return at(entry)


def at_due(entry: Entry, *before: Step) -> Spot:
    """Return the spot of the wording of a deadline, also where it is written with its meaning beside it."""
    # A path that leads further than the file goes ends at the last value on its way.
    return at(entry, *before, "due", "wording")
