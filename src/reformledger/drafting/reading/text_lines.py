"""The lines of a text, and the blocks that some of them make."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from reformledger.drafting.passage import NOTHING, Passage
from reformledger.drafting.source import Grid, Line


class TextLines:
    """A text and its lines; ``spans`` say where each begins, and where its end does."""

    def __init__(self, text: str, spans: Sequence[tuple[int, int]]) -> None:
        self.whole = Passage(text, range(len(text)))
        self._starts = [start for start, _end in spans]
        self._lines = [self.whole[start:end] for start, end in spans]

    def __len__(self) -> int:
        return len(self._lines)

    def __getitem__(self, number: int) -> Passage:
        """Return a line without its end, from 0; NOTHING behind the last."""
        return self._lines[number] if number < len(self._lines) else NOTHING

    def start(self, number: int) -> int:
        """Return where a line begins."""
        return self._starts[number]

    def behind(self, place: int) -> int:
        """Return the number of the first line that begins at a place or behind it."""
        return bisect_left(self._starts, place)

    def joined(self, first: Passage, second: Passage) -> Passage:
        """Return two passages of lines that follow one another, with the end of the first line between them."""
        if not (first and second):
            return first or second
        end = self._starts[self.behind(second.at[0] + 1) - 1] - 1
        return Passage(f"{first.text}\n{second.text}", (*first.at, end, *second.at))


class Found(NamedTuple):
    """The blocks that some lines make, the number of the line behind them, and what only divides cells."""

    blocks: list[Line | Grid]
    behind: int
    markup: list[Passage]


def grid_of(rows: Sequence[Sequence[Passage]], notes: Mapping[tuple[int, int], str] | None = None) -> Grid:
    """Return rows as a grid; those that are too short have blank cells at their end."""
    width = max(map(len, rows), default=0)
    return Grid(tuple((*row, *[NOTHING] * (width - len(row))) for row in rows), notes=dict(notes or {}))
