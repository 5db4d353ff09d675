"""The lines of a text that markers never tear apart: an entry, or a key with its value, and the comments above it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from reformledger.history.merging.texts.lines import lines_of
from reformledger.yamlio import Data, Tree
from reformledger.yamlio.editing.layout import Layout, Value

_NAMES = ("id", "name")
"""The keys by which an item of a list is one matter."""
_HEADS = ("number", "id_prefix", "title")
"""The keys of what heads others."""
_BY_ID = ("contacts",)
"""The path below which each key is one matter."""


class Unit(NamedTuple):
    """Lines that stay together, from 0 and up to ``end``, and the keys and names that lead to them, theirs last."""

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

    def about(self, words: Collection[str]) -> tuple[int, list[Unit]]:
        """Return the units that are meant by some keys and names, and how many of these lead to them; 0: none."""
        found: dict[int, list[Unit]] = {}
        for unit in self.all:
            if unit.names[-1:] and unit.names[-1] in words:
                found.setdefault(len(set(unit.names).intersection(words)), []).append(unit)
        best = max(found, default=0)
        return best, found.get(best, [])


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
            name = _texts(child.data, _NAMES)[:1]
            called, is_one = (*names, *name), bool(name)
        if not is_one and layout.is_block(child) and _holds_mappings(child.data):
            yield from _matters(layout, child, (*called, *_texts(child.data, _HEADS)))
        else:
            yield child, offset, called


def _texts(data: Data, keys: Iterable[str]) -> list[str]:
    """Return what a mapping says under some keys."""
    found = (data.get(key) for key in keys) if isinstance(data, dict) else ()
    return [text for text in found if isinstance(text, str)]


def _holds_mappings(data: Data) -> bool:
    return isinstance(data, dict) or (isinstance(data, list) and any(isinstance(item, dict) for item in data))
