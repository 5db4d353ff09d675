"""What a text is read into: plain data, and the place of every part of them in the text."""

from __future__ import annotations

import codecs
from array import array
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

Data = dict[str, "Data"] | list["Data"] | str | None
"""Dictionaries, lists, text; None is a blank value."""
Mapped = dict[str, Data]
"""A mapping of a document."""
Step = str | int
"""A key of a dictionary, or an index (from 0) of a list."""
Path = tuple[Step, ...]
"""The steps that lead to a value."""
BOM = codecs.BOM_UTF8
_COUNTED_AT_ONCE = 2**20  # characters


class Places(NamedTuple):
    """The place of each node of a text.

    Nodes are numbered in the order of the text, keys included: a mapping is followed by its first key, a key by its
    value, a list by its first item. ``starts`` and ``ends`` are their character offsets; ``after`` is the number of
    the node that follows all that is inside of a mapping or list, 0 for a scalar, which the next number follows. So
    three integers are all that is kept of a node, and a path is followed by going from number to number.
    """

    starts: array[int]
    ends: array[int]
    after: array[int]


class Lines:
    """The lines of a text: character offsets (from 0) to lines and columns (from 1).

    Counted when first asked for, as far as is asked for: a fault at the top of a long text is soon placed.
    """

    __slots__ = ("_counted", "_starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = array("I")
        self._counted = 0
        """The offset up to which lines are counted; after the last line, one more than the text is long."""

    def _count_to(self, offset: int) -> None:
        if self._counted <= offset <= len(self.text):
            enough = max(offset, 2 * self._counted, _COUNTED_AT_ONCE)
            end = self.text.find("\n", enough) if enough < len(self.text) else -1
            lines = self.text[self._counted : None if end < 0 else end].split("\n")
            self._starts.extend(accumulate((len(line) + 1 for line in lines), initial=self._counted))
            self._counted = self._starts.pop()  # the start of the line after these

    def line(self, offset: int) -> int:
        """Return the number of the line that holds ``offset``."""
        self._count_to(offset)
        return bisect_right(self._starts, offset)

    def place(self, offset: int) -> tuple[int, int]:
        """Return line and column of ``offset``."""
        line = self.line(offset)
        return line, offset - self._starts[line - 1] + 1


def mappings_in(value: Data) -> list[Mapped]:
    """Return the mappings of a list; none of what is no list."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def encoded(text: str, *, bom: bool) -> bytes:
    """Return a text as the bytes of a file: UTF-8, with a byte order mark or without."""
    return (BOM if bom else b"") + text.encode("utf-8")


class Tree:
    """A text that was read: ``data`` and the place of each part of them."""

    __slots__ = ("_items", "_lines", "bom", "data", "places", "text")

    def __init__(self, data: Data, text: str, places: Places, *, bom: bool) -> None:
        self.data = data
        self.places = places
        self.text = text
        """The text without its byte order mark."""
        self.bom = bom
        """Whether the bytes began with a byte order mark."""
        self._items: dict[int, array[int]] = {}
        self._lines = Lines(text)

    @property
    def raw(self) -> bytes:
        """The bytes that were read."""
        return encoded(self.text, bom=self.bom)

    def place(self, path: Sequence[Step], *, key: bool = False) -> tuple[int, int]:
        """Return line and column (from 1) of the value at ``path``, or of its key.

        A path that leads out of the data gives the place of the last value on its way. The place of a blank value
        is right behind its colon or dash.
        """
        key_node, node = self._find(path)
        return self.place_at(self.places.starts[key_node if key else node])

    def place_at(self, offset: int) -> tuple[int, int]:
        """Return line and column (from 1) of a character of ``text``."""
        return self._lines.place(offset)

    def span(self, path: Sequence[Step], *, key: bool = False) -> tuple[int, int]:
        """Return the character offsets in ``text`` at which the value at ``path``, or its key, starts and ends.

        They are the parser's: the end of a block scalar or of a block of keys or items is the start of what
        follows; a plain value ends before its comment.
        """
        node = self._find(path)[0 if key else 1]
        return self.places.starts[node], self.places.ends[node]

    def lines_of(self, path: Sequence[Step]) -> list[int]:
        """Return the line (from 1) of each item of the list at ``path``, in one pass."""
        starts, lines = self.places.starts, []
        line, counted = 1, 0
        for node in self._items_of(self._find(path)[1]):
            # To count from one to the next takes a fraction of finding out where each line begins.
            line += self.text.count("\n", counted, starts[node])
            counted = starts[node]
            lines.append(line)
        return lines

    def _items_of(self, node: int) -> array[int]:
        """Return the nodes of the items of a list; kept, so that whoever asks for each of them walks once."""
        items = self._items.get(node)
        if items is None:
            after, item = self.places.after, node + 1
            items = self._items[node] = array("I")
            while item < after[node]:
                items.append(item)
                item = after[item] or item + 1
        return items

    def _find(self, path: Sequence[Step]) -> tuple[int, int]:
        """Return the numbers of the key and of the value at ``path``; for an item of a list both are the item's."""
        data, key_node, node = self.data, 0, 0
        after = self.places.after
        for step in path:
            if isinstance(data, dict) and isinstance(step, str) and step in data:
                key_node = node + 1
                for key in data:
                    if key == step:
                        break
                    key_node = after[key_node + 1] or key_node + 2
                node, data = key_node + 1, data[step]
            elif isinstance(data, list) and isinstance(step, int) and 0 <= step < len(data):
                key_node = node = self._items_of(node)[step]
                data = data[step]
            else:
                break
        return key_node, node
