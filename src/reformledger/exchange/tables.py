"""What was read of a workbook or a table: plain cells with their places, whatever program wrote them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

CellKind = Literal["text", "number", "day", "flag", "error", "uncomputed"]
"""``error``: #N/A and its like. ``uncomputed``: a formula of which no program has kept the value."""
Position = tuple[int, int]
"""Row and column, from 1."""


class ReadCell(NamedTuple):
    """A cell that holds something.

    ``text`` is what it says: text with the line ends of the file, a number in its shortest form (0.75), a day as
    2020-06-30, a flag as true or false. ``other`` is what a text may say too, where its program wrote a character as
    an escape that may be meant literally. ``number_format`` is how a number or day is shown. ``is_struck`` where any
    of it is struck out; where only some is, ``struck`` are the parts of the text that are: from, up to. ``is_unseen``
    where white letters or an empty format hide it, ``is_computed`` where it is the value of a formula.
    """

    kind: CellKind
    text: str
    other: str | None = None
    number_format: str = ""
    is_struck: bool = False
    is_unseen: bool = False
    is_computed: bool = False
    struck: Sequence[Sequence[int]] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """What it may say: one text, or two."""
        return (self.text,) if self.other is None else (self.text, self.other)


_DEFAULTS = tuple(ReadCell._field_defaults.values())


def short_cell(cell: ReadCell) -> tuple[object, ...]:
    """Return a cell without the values at its end that are those of most cells; ``ReadCell`` takes it again."""
    if cell[2:] == _DEFAULTS:
        return cell[:2]
    return cell[:4] if cell[4:] == _DEFAULTS[2:] else tuple(cell)


class Merged(NamedTuple):
    """Cells that are merged into one: its first and last row and column."""

    top: int
    left: int
    bottom: int
    right: int


class ReadSheet(NamedTuple):
    """A worksheet: its cells that hold something, what of it is hidden or merged, and the comments on its cells."""

    name: str
    is_hidden: bool
    cells: Mapping[Position, ReadCell]
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[Merged, ...] = ()
    comments: Mapping[Position, str] = {}

    def place(self, position: Position) -> str:
        """Return how a cell is named: 填报!C5."""
        return f"{self.name}!{cell_name(position)}"


class ReadWorkbook(NamedTuple):
    """A file with its worksheets in their order; ``notes`` are sentences about how it was read."""

    file: Path
    sheets: tuple[ReadSheet, ...]
    notes: tuple[str, ...] = ()


class Refused(NamedTuple):
    """A file of which nothing is taken: why, and what to do; ``place`` is the file, or the cell in it."""

    file: Path
    place: str
    message: str
    advice: str


def cell_name(position: Position) -> str:
    """Return the name of a cell: C5."""
    row, column = position
    return f"{column_name(column)}{row}"


def column_name(column: int) -> str:
    """Return the letters of a column: C."""
    letters = ""
    while column:
        column, digit = divmod(column - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters
