"""The lines of a text that markers never tear apart: an entry, or a key with its value, and the comments above it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reformledger.history.merging.lines import lines_of
from reformledger.yamlio import Data, Tree
from reformledger.yamlio.editing.layout import Layout, Value

_NAMES = ("id", "name")
"""The keys by which an item of a list is one matter."""
_BY_ID = ("contacts",)
"""The path below which each key is one matter."""


class Unit(NamedTuple):
    """Lines that stay together, from 0 and up to ``end``, and the keys and names that lead to them."""

    start: int
    end: int
    names: tuple[str, ...]


class Units:
    """The units of a text, in the order of their lines."""

    def __init__(self, tree: Tree) -> None:
        self.all = list(_units(tree))
        self._starts = [unit.start for unit in self.all]

    def at(self, start: int, end: int) -> list[Unit]:
        """Return the units that some lines lie in; where there are none, the unit that goes on before and behind."""
        found = []
        for unit in self.all[max(bisect_right(self._starts, start) - 1, 0) :]:
            if unit.start >= max(end, start + 1):
                break
            if unit.end > start and (unit.start < end or unit.start < start):
                found.append(unit)
        return found

    def named(self, names: Sequence[str]) -> Unit | None:
        """Return the first unit that is called so."""
        return next((unit for unit in self.all if is_called(unit, names)), None)


def is_called(unit: Unit, names: Sequence[str]) -> bool:
    """Say whether the last of the keys and names that lead to a unit are these."""
    return bool(names) and unit.names[-len(names) :] == tuple(names)


def _units(tree: Tree) -> Iterator[Unit]:
    layout = Layout(tree)
    lines = lines_of(tree.text)
    free = 0  # the lines before are those of another unit
    for value, offset, names in _matters(layout, layout.trail(())[0], ()):
        column = layout.column(offset)
        start = tree.place_at(offset)[0] - 1
        end = tree.place_at(layout.entry_end(value, column))[0]
        while start > free and lines[start - 1].startswith(" " * column + "#"):
            start -= 1
        if start >= free:
            yield Unit(start, end, names)
            free = end


def _matters(layout: Layout, parent: Value, names: tuple[str, ...]) -> Iterator[tuple[Value, int, tuple[str, ...]]]:
    """Yield each entry below a block, and each key of what is none: its value, where it starts, how it is called."""
    for index, child in enumerate(layout.children(parent)):
        if isinstance(parent.data, dict):
            offset = layout.tree.places.starts[child.key]
            called, is_one = (*names, list(parent.data)[index]), names == _BY_ID
        else:
            offset = layout.entry_start(parent, index)
            name = _name(child.data)
            called, is_one = (*names, *name), bool(name)
        if not is_one and layout.is_block(child) and _holds_mappings(child.data):
            yield from _matters(layout, child, called)
        else:
            yield child, offset, called


def _name(item: Data) -> tuple[str, ...]:
    """Return what an item of a list is called, nothing where it has no name."""
    found = (item.get(key) for key in _NAMES) if isinstance(item, dict) else ()
    return next(((name,) for name in found if isinstance(name, str)), ())


def _holds_mappings(data: Data) -> bool:
    return isinstance(data, dict) or (isinstance(data, list) and any(isinstance(item, dict) for item in data))
