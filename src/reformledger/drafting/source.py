"""A source as it was read: its characters, the lines, paragraphs and cells that they are in, and what follows what."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from reformledger.drafting.passage import NOTHING, Passage


class Place(NamedTuple):
    """Where in a file something is: in a line of a text, a paragraph of a Word document, or a cell.

    All from 1, 0 where it has none. ``table`` is that of a Word document, ``sheet`` that of a workbook.
    """

    line: int = 0
    paragraph: int = 0
    table: int = 0
    sheet: str = ""
    row: int = 0
    column: int = 0


class Unit(NamedTuple):
    """A line, a paragraph or a cell, and its characters in the text of the whole source: from, up to."""

    place: Place
    start: int
    end: int


class Line(NamedTuple):
    """A line of a text, or a paragraph of a Word document, without its end.

    ``is_whole``: a paragraph, which nothing continues; a line of a text may be continued by the next. ``is_heading``:
    its style says so. ``is_item``: a bullet is before it.
    """

    text: Passage
    is_whole: bool = False
    is_heading: bool = False
    is_item: bool = False


class Grid(NamedTuple):
    """A table whose cells are known: rows of cells, all of the same length, ``NOTHING`` for a blank one.

    A cell that is merged over several is the same passage in each of them. ``name`` is that of its worksheet.
    ``notes`` are what is to be asked of a cell whatever it says (struck out, hidden), by row and column from 0.
    """

    rows: tuple[tuple[Passage, ...], ...]
    name: str = ""
    notes: Mapping[tuple[int, int], str] = {}


Block = Line | Grid


class Doubt(NamedTuple):
    """Characters and what is to be asked of them whatever they say; ``is_left_out`` where no block hands them on."""

    passage: Passage
    sentence: str
    is_left_out: bool = False


@dataclass(frozen=True)
class Source:
    """What was read of a file: ``text`` are all its characters, cells and lines in turn; ``blocks`` what it is made of.

    ``remarks`` are sentences about how it was read. ``markup`` are the marks of a text format (the strokes between the
    cells of a Markdown table), which say nothing themselves. ``doubts`` are what is to be asked of parts of it.
    """

    file: Path
    text: str
    units: Sequence[Unit]
    blocks: Sequence[Block]
    remarks: Sequence[str] = ()
    markup: Sequence[Passage] = ()
    doubts: Sequence[Doubt] = ()

    @cached_property
    def _starts(self) -> list[int]:
        return [unit.start for unit in self.units]

    def unit_at(self, offset: int) -> Unit:
        """Return the line, paragraph or cell of a character."""
        return self.units[max(bisect_right(self._starts, offset) - 1, 0)]

    def place_of(self, passage: Passage) -> Place:
        """Return where a passage begins."""
        return self.unit_at(passage.at[0]).place if passage else Place()


class SourceBuilder:
    """Gathers the characters of a source, unit by unit."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._parts: list[str] = []
        self._length = 0
        self._units: list[Unit] = []
        self.blocks: list[Block] = []
        self.remarks: list[str] = []
        self.markup: list[Passage] = []
        self.doubts: list[Doubt] = []

    def add(self, text: str, place: Place) -> Passage:
        """Take the text of a unit, its line end included where it has one, and return it as a passage."""
        if not text:
            return NOTHING
        start, end = self._length, self._length + len(text)
        self._parts.append(text)
        self._length = end
        self._units.append(Unit(place, start, end))
        return Passage(text, range(start, end))

    def source(self) -> Source:
        """Return all of it."""
        text = "".join(self._parts)
        return Source(self._file, text, self._units, self.blocks, self.remarks, self.markup, self.doubts)


def cells_of(rows: Sequence[Sequence[Passage]]) -> Iterator[Passage]:
    """Yield the cells of a grid that hold something, each once however many it is merged over."""
    seen: set[int] = set()
    for row in rows:
        for cell in row:
            if cell and cell.at[0] not in seen:
                seen.add(cell.at[0])
                yield cell
