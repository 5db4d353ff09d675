"""A grid of given cells → the tables in it, and the lines that are none of their rows: titles, sections, notes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from reformledger.drafting.blanks import tidied
from reformledger.drafting.entry import Context, DraftEntry
from reformledger.drafting.passage import NOTHING, Passage, joined
from reformledger.drafting.source import Grid, Line, cells_of
from reformledger.drafting.tables.headings import field_of
from reformledger.drafting.tables.table import ReadRow, ReadTable
from reformledger.i18n import _
from reformledger.text.folding import compact, search_key
from reformledger.text.patterns import when_used

Cells = Sequence[Passage]
_LONGEST_HEADING = 24  # characters; in Latin letters twice as many
_LEAST_KNOWN = 2  # headings of a row that are fields'
_NUMBERED = re.compile("[0-9A-Za-z]{0,3}[-.]?[0-9]+[.、)]?$")
_SECTION_NUMBER = when_used("(?:[一二三四五六七八九十]+、?|[（(][一二三四五六七八九十]+[）)])$")
_NOTE = when_used("(?:注|说明|备注|附注|填表说明)[0-9]?[:：]")
_TOTAL = re.compile("(?:小计|合计|总计|共计|累计)[（(:：]?|(?i:(?:sub|grand)?[- ]?total|sum)s?(?![A-Za-z])")
_SIGNATURE = when_used(
    "(?:填报人|填表人|制表人?|经办人|审核人?|审批人?|签字|签章|盖章|[^:：]{0,6}(?:签字|签章|盖章)|填报单位|填报部门|填表日期"
    "|填报日期|填报时间|日期|单位负责人|联系电话)[^:：]{0,6}[:：]"
)
_WITHOUT_MERGED = frozenset({".csv", ".txt", ".md"})
"""The endings of files that cannot say which cells are merged: of those all but the first are blank."""
_LEAST_CELLS = 3  # of a row that may be that of a table
_TOTAL_WITHIN = 3  # columns from the left in which a row says that it adds up


@dataclass
class _Head:
    """The rows of a head, and the heading of each column."""

    rows: list[Cells]
    headings: tuple[Passage, ...]


@dataclass
class _Reader:
    """Reads a grid from the top down; ``table`` are the head and rows of the table under way."""

    grid: Grid
    context: Context
    first: int = -1
    """The first row of a table whose headings are lost or unknown."""
    head: _Head | None = None
    rows: list[ReadRow] = field(default_factory=list)
    has_rows: bool = False
    """Whether a table with the head was yielded."""
    is_titled: bool = False
    """Whether lines were before the table, or another table."""

    def blocks(self) -> Iterator[Line | ReadTable]:
        """Yield tables and lines in their order."""
        place = 0
        while place < len(self.grid.rows):
            if place == self.first:
                self.head = _Head([], (NOTHING,) * len(self.grid.rows[place]))
            elif place + 1 == self.first and self._may_be_headings(place):
                self.head = _Head([self.grid.rows[place]], tuple(map(tidied, self.grid.rows[place])))
                self.first = -1
                place += 1
                continue
            if head := _head_at(self.grid.rows, place):
                if self.head and _alike(self.head, head):
                    self._lay_out_again(head)
                else:
                    yield from self._table()
                    self.head, self.has_rows = head, False
                place += len(head.rows)
                continue
            lines = list(self._lines(self.grid.rows[place]))
            if lines:
                yield from self._table(is_last=False)
                yield from lines
                self.is_titled = True
            elif self.head and any(self.grid.rows[place]):
                self._take(place)
            place += 1
        yield from self._table()

    def _may_be_headings(self, place: int) -> bool:
        """Say whether the row above the first number may be one of headings that nobody knows."""
        cells, below = self.grid.rows[place], self.grid.rows[place + 1]
        held = list(cells_of([cells]))
        return len(held) >= _LEAST_CELLS and all(map(_is_short, held)) and len(held) * 2 > sum(map(bool, below))

    def _table(self, *, is_last: bool = True) -> Iterator[ReadTable]:
        """Yield the table under way, one without rows only where it is the last of its head."""
        if self.head and (self.rows or (is_last and not self.has_rows)):
            self.has_rows = True
            used = [
                column
                for column, heading in enumerate(self.head.headings)
                if heading or any(row.cells[column] for row in self.rows)
            ]
            yield ReadTable(
                tuple(self.head.headings[column] for column in used),
                tuple(_of_columns(row, used) for row in self.rows),
                NOTHING,
                name="" if self.is_titled else self.grid.name,
                is_given=self.context.account.source.file.suffix.lower() not in _WITHOUT_MERGED,
            )
            self.is_titled = True
        self.rows = []

    def _take(self, place: int) -> None:
        """Take a row: of the table, or one that adds others up."""
        cells = self.grid.rows[place]
        if any(_TOTAL.match(compact(cell.text)) for cell in cells[:_TOTAL_WITHIN]):
            self._ask_total(cells)
            return
        self.rows.append(ReadRow(tuple(cell.strip() for cell in cells), notes=self._notes.get(place, {})))

    @cached_property
    def _notes(self) -> dict[int, dict[int, str]]:
        """The notes of each row, by column: a workbook may have one on every cell."""
        found: dict[int, dict[int, str]] = {}
        for (row, column), note in self.grid.notes.items():
            found.setdefault(row, {})[column] = note
        return found

    def _ask_total(self, cells: Cells) -> None:
        entry = DraftEntry("", self.context)
        for cell in cells_of([cells]):
            entry.ask("row", _("This row adds others up, and is left out. Is it an entry?"), "", cell.strip())

    def _lines(self, cells: Cells) -> Iterator[Line]:
        """Yield the lines that a row is, where it is none of a table: a title, a section, a note, who signs."""
        held = [cell.strip() for cell in cells_of([cells])]
        if self.head is None or any(_is_signature(cell.text) for cell in held):
            yield from (Line(cell, is_whole=True) for cell in held)
        elif len(held) == 1:
            is_wide = sum(map(bool, cells)) > 1 or len(cells) == 1
            in_front = bool(cells[0]) and not _NUMBERED.match(compact(cells[0].text))
            if (is_wide or in_front or _NOTE.match(held[0].text)) and not _TOTAL.match(compact(held[0].text)):
                yield Line(held[0], is_whole=True)
        elif len(held) == _LEAST_KNOWN and cells[0] and _SECTION_NUMBER.match(compact(held[0].text)):
            number = held[0]
            mark = NOTHING if number.text[-1] in "、）)" else Passage("、", number.at[-1:])
            yield Line(joined([number, mark, tidied(held[1])]), is_whole=True)

    def _lay_out_again(self, head: _Head) -> None:
        for cell in cells_of(head.rows):
            self.context.account.lay_out(cell, "repeated heading")


def tables_of(grid: Grid, context: Context) -> list[Line | ReadTable]:
    """Return the tables of a grid, and what else its rows are as lines, in their order."""
    reader = _Reader(grid, context)
    if not any(_is_heading_row(row) for row in grid.rows):
        reader.first = _first_numbered(grid.rows)
    return list(reader.blocks())


def _first_numbered(rows: Sequence[Cells]) -> int:
    """Return the first row of a table without known headings: that of its first number; -1 for none."""
    numbered = (
        place
        for place, row in enumerate(rows)
        if row and _NUMBERED.match(compact(row[0].text)) and sum(map(bool, row)) >= _LEAST_CELLS
    )
    return next(numbered, -1)


def _is_signature(text: str) -> bool:
    return (":" in text or "：" in text) and _SIGNATURE.match(compact(text)) is not None


def _of_columns(row: ReadRow, columns: Sequence[int]) -> ReadRow:
    if len(columns) == len(row.cells):
        return row
    notes = {place: row.notes[column] for place, column in enumerate(columns) if column in row.notes}
    return ReadRow(tuple(row.cells[column] for column in columns), notes=notes)


def _alike(one: _Head, other: _Head) -> bool:
    def words(head: _Head) -> list[str]:
        return [search_key(heading.text) for heading in head.headings]

    return words(one) == words(other)


def _head_at(rows: Sequence[Cells], place: int) -> _Head | None:
    """Return the head that begins with a row, None where it is no heading row."""
    if not _is_heading_row(rows[place]):
        return None
    last = place
    while last + 1 < len(rows) and _goes_on(rows[last], rows[last + 1]):
        last += 1
    levels = [list(row) for row in rows[place : last + 1]]
    for upper in levels[:-1]:
        _spread(upper, levels[-1])
    columns = zip(*levels, strict=True)
    return _Head(list(rows[place : last + 1]), tuple(_heading(column) for column in columns))


def _is_heading_row(cells: Cells) -> bool:
    first = next(filter(None, cells), NOTHING)
    if not first or _NUMBERED.match(first.text.strip()):  # as nearly all rows of a table
        return False
    held = list(cells_of([cells]))
    if len(held) < _LEAST_KNOWN or not all(map(_is_short, held)):
        return False
    known = {key for cell in held if (key := field_of(tidied(cell).text))}
    return len(known) >= _LEAST_KNOWN or "number" in known


def _is_short(cell: Passage) -> bool:
    return len(cell) <= _LONGEST_HEADING * (2 if cell.text.isascii() else 1)


def _goes_on(upper: Cells, lower: Cells) -> bool:
    """Say whether the row under a row of headings is one more: cells of it go on, or parts of a cell are under it."""
    pairs = list(zip(upper, lower, strict=True))
    held = [cell for cell in lower if cell]
    if not held or not all(map(_is_short, held)):
        return False
    if any(above and below and above.at[0] == below.at[0] for above, below in pairs):
        return True
    # Without merged cells: blank under the headings of one level, and filled under a heading and the blanks beside it.
    is_divided = any(not above and below for above, below in pairs) or _has_wide(upper)
    return (
        is_divided and not lower[0] and bool(upper[0]) and not any(_NUMBERED.match(compact(cell.text)) for cell in held)
    )


def _has_wide(cells: Cells) -> bool:
    held = [cell.at[0] for cell in cells if cell]
    return len(held) != len(set(held))


def _spread(upper: list[Passage], lower: Cells) -> None:
    """Let a heading reach over the blanks beside it that have headings of a lower level under them."""
    for column in range(1, len(upper)):
        if not upper[column] and lower[column] and lower[column - 1] and upper[column - 1]:
            upper[column] = upper[column - 1]


def _heading(levels: Sequence[Passage]) -> Passage:
    """Return the heading of a column whose levels, from the top, are these; one over several levels counts once."""
    parts: list[Passage] = []
    for cell in levels:
        if not cell or (parts and cell.at[0] == parts[-1].at[0]):
            continue
        word = tidied(cell)
        parts += [Passage(" ", parts[-1].at[-1:]), word] if parts else [word]
    return joined(parts)
