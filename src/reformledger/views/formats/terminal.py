"""A sheet as lines of text for a terminal: a table as wide as that is, blocks where it is too narrow for one.

Rich's own ``Table`` measures every cell several times; here each is measured once and padded (see
docs/decisions/output.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from reformledger.text.masking import clean
from reformledger.views.answer import Bar, Cell, Column, Line, Sheet, Styled, plain
from reformledger.views.output import UNICODE_BAR
from reformledger.views.wrap import GAP, fold, width

Rows = Sequence[Sequence[Cell]]
Groups = Sequence[tuple[str | None, Rows]]
"""Rows under their headings, None for those without one."""

NARROWEST_TABLE = 60
INDENT = "  "
_NARROWEST_COLUMN = 8
_NARROWEST_WIDE = 30  # cells below which a wide column is easier to read on a line of its own
_BAR_CELLS = 10
_HEADING = "bold"
_FOOTER = "dim"


class Layout(NamedTuple):
    """How to lay out: ``room`` cells a line, the two characters of a bar."""

    room: int
    bar: tuple[str, str] = UNICODE_BAR
    reveal: bool = False


def lay_out(sheet: Sheet, layout: Layout) -> Iterator[Line]:
    """Yield the lines of a sheet."""
    sheet = sheet._replace(columns=[column._replace(heading=clean(column.heading)) for column in sheet.columns])
    if sheet.title:
        yield from _sentence(sheet.title, _HEADING, layout)
        yield []
    groups: list[tuple[str | None, Rows]] = [(None, sheet.rows)] if sheet.rows or not sheet.groups else []
    groups += [(group.counted_heading, group.rows) for group in sheet.groups]
    ready = [(heading, [[_ready(cell, layout) for cell in row] for row in rows]) for heading, rows in groups]
    if sheet.columns and (sheet.head or any(rows for _heading, rows in ready)):
        yield from _body(sheet, ready, layout)
        if sheet.footer:
            yield []
    if sheet.footer:
        yield from _sentence(sheet.footer, _FOOTER, layout)


def _sentence(text: str, style: str, layout: Layout) -> Iterator[Line]:
    for line in fold(clean(text, reveal=layout.reveal), layout.room):
        yield [(line, style)]


def _ready(cell: Cell, layout: Layout) -> Cell:
    """Return a cell whose text may be shown."""
    text = clean(plain(cell), reveal=layout.reveal)
    if isinstance(cell, Bar):
        filled = int(_BAR_CELLS * min(max(cell.share, 0.0), 1.0))  # 86 of 90 is not full
        full, empty = layout.bar
        return f"{full * filled}{empty * (_BAR_CELLS - filled)} {text}"
    return Styled(text, cell.style) if isinstance(cell, Styled) else text


def _body(sheet: Sheet, groups: Groups, layout: Layout) -> Iterator[Line]:
    columns = sheet.columns
    naturals = _natural_widths(sheet, (row for _heading, rows in groups for row in rows))
    grid = _fitted(columns, naturals, layout.room) if layout.room >= NARROWEST_TABLE else None
    if grid is None:
        yield from _blocks(sheet, groups, layout)
        return
    if sheet.head:
        headings = [Styled(column.heading, _HEADING) for column in columns]
        yield from grid.lines(headings, layout.room)
    for number, (heading, rows) in enumerate(groups):
        if heading is not None:
            yield from _group_heading(heading, first=number == 0, layout=layout)
        for row in rows:
            yield from grid.lines(row, layout.room)


def _group_heading(heading: str, *, first: bool, layout: Layout) -> Iterator[Line]:
    if not first:
        yield []
    yield from _sentence(heading, _HEADING, layout)


def _natural_widths(sheet: Sheet, rows: Iterable[Sequence[Cell]]) -> list[int]:
    """Return the cells that each column would take if nothing were folded."""
    columns = sheet.columns
    naturals = [width(column.heading) if sheet.head else 0 for column in columns]
    for row in rows:
        for index, cell in enumerate(row):
            text = plain(cell)
            if 2 * len(text) > naturals[index]:
                cells = max(map(width, text.split("\n"))) if "\n" in text else width(text)
                naturals[index] = max(naturals[index], cells)
    return naturals


class Grid(NamedTuple):
    """Which columns are side by side, how wide, and which are on lines of their own below the row."""

    columns: Sequence[Column]
    beside: Sequence[int]
    widths: Sequence[int]
    below: Sequence[int]

    def lines(self, row: Sequence[Cell], room: int) -> Iterator[Line]:
        """Yield the lines of one row."""
        folded = [
            [plain(row[index])] if self.columns[index].fixed else fold(plain(row[index]), self.widths[index])
            for index in self.beside
        ]
        for number in range(max(map(len, folded))):
            yield self._side_by_side([parts[number] if number < len(parts) else "" for parts in folded], row)
        for index in self.below:
            text = plain(row[index])
            for part in fold(text, room - len(INDENT)) if text else []:
                yield [(INDENT + part, _style(row[index]))]

    def _side_by_side(self, texts: Sequence[str], row: Sequence[Cell]) -> Line:
        """Return a line of texts in their columns, in the styles of the row."""
        line: Line = []
        for index, text in zip(self.beside, texts, strict=True):
            pad = " " * (self.widths[index] - width(text))
            style = _style(row[index])
            if self.columns[index].align == "right":
                line += [(pad + text, style), (GAP, "")]
            else:
                line += [(text, style), (pad + GAP, "")]
        return _trimmed(line)


def _style(cell: Cell) -> str:
    return cell.style if isinstance(cell, Styled) else ""


def _trimmed(line: Line) -> Line:
    """Return a line without the spaces at its end."""
    while line and not line[-1][0].strip(" "):
        line.pop()
    if line:
        line[-1] = (line[-1][0].rstrip(" "), line[-1][1])
    return line


def _fitted(columns: Sequence[Column], naturals: Sequence[int], room: int) -> Grid | None:
    """Return the grid that fits ``room``: all side by side, else wide columns below; None where neither does."""
    wide = [index for index, column in enumerate(columns) if column.wide]
    for below in ((), wide) if wide else ((),):
        beside = [index for index in range(len(columns)) if index not in below]
        widths = _shared(columns, naturals, beside, room - len(GAP) * (len(beside) - 1))
        if widths is not None:
            return Grid(columns, beside, widths, below)
    return None


def _shared(columns: Sequence[Column], naturals: Sequence[int], beside: Sequence[int], room: int) -> list[int] | None:
    """Share ``room`` among columns by weight, none getting more than it needs; None when one gets too little."""
    widths = list(naturals)
    open_columns = [index for index in beside if not columns[index].fixed]
    room -= sum(naturals[index] for index in beside if columns[index].fixed)
    while open_columns:
        weights = sum(columns[index].weight for index in open_columns)
        content = [i for i in open_columns if naturals[i] * weights <= room * columns[i].weight]
        if not content:
            break
        room -= sum(naturals[index] for index in content)
        open_columns = [index for index in open_columns if index not in content]
    weights = sum(columns[index].weight for index in open_columns)
    for index in open_columns:
        widths[index] = room * columns[index].weight // weights
        if widths[index] < (_NARROWEST_WIDE if columns[index].wide else _NARROWEST_COLUMN):
            return None
    return widths if room >= 0 else None


def _blocks(sheet: Sheet, groups: Groups, layout: Layout) -> Iterator[Line]:
    """Yield each row as a short block: its id, short facts with their headings, then long ones."""
    room = layout.room
    first, *others = range(len(sheet.columns))
    short = [index for index in others if sheet.columns[index].fixed]
    long = [index for index in others if not sheet.columns[index].fixed]
    begun = False
    for heading, rows in groups:
        if heading is not None:
            yield from _group_heading(heading, first=not begun, layout=layout)
        for row in rows:
            if begun and sheet.head:
                yield []
            begun = True
            for part in fold(plain(row[first]), room) if plain(row[first]) else []:
                yield [(part, _HEADING)]
            values = [(_label(sheet, index, text), row[index]) for index in short if (text := plain(row[index]))]
            yield from _facts(values, room)
            for index in long:
                if text := plain(row[index]):
                    yield from _long(_label(sheet, index, text), row[index], room)


def _label(sheet: Sheet, index: int, text: str) -> str:
    """Return the heading before a value in a block; a ☆ needs none."""
    heading = sheet.columns[index].heading
    return f"{heading} " if sheet.head and heading != text else ""


def _facts(facts: Sequence[tuple[str, Cell]], room: int) -> Iterator[Line]:
    """Yield facts side by side, as many a line as fit."""
    line: Line = []
    used = 0
    for label, cell in facts:
        text = plain(cell)
        needed = width(label) + width(text)
        if line and used + len(GAP) + needed > room:
            yield line
            line = []
        if not line:
            line, used = [(INDENT, "")], len(INDENT)
        else:
            line.append((GAP, ""))
            used += len(GAP)
        line += [(label, _FOOTER), (text, _style(cell))]
        used += needed
    if line:
        yield line


def _long(label: str, cell: Cell, room: int) -> Iterator[Line]:
    """Yield a long value after its heading, folded."""
    first, *others = fold(plain(cell), room - len(INDENT), width(label))
    yield [(INDENT, ""), (label, _FOOTER), (first, _style(cell))]
    for part in others:
        yield [(INDENT, ""), (part, _style(cell))]
