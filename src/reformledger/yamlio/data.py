"""What a text is read into: plain data, the places of its parts, and its lines."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from itertools import accumulate
from typing import NamedTuple

Data = dict[str, "Data"] | list["Data"] | str | None
"""Dictionaries, lists, text; None is a blank value."""
Step = str | int
"""A key of a dictionary, or an index (from 0) of a list."""
Path = tuple[Step, ...]
"""The steps that lead to a value."""


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
    """The lines of a text: character offsets (from 0) to lines and columns (from 1). Counted when first asked for."""

    __slots__ = ("_starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts: array[int] | None = None

    def _line_starts(self) -> array[int]:
        if self._starts is None:
            self._starts = array("I", accumulate((len(line) + 1 for line in self.text.split("\n")), initial=0))
            self._starts.pop()  # the start of a line after the last one
        return self._starts

    def line(self, offset: int) -> int:
        """Return the number of the line that holds ``offset``."""
        return bisect_right(self._line_starts(), offset)

    def place(self, offset: int) -> tuple[int, int]:
        """Return line and column of ``offset``."""
        line = self.line(offset)
        return line, offset - self._line_starts()[line - 1] + 1
