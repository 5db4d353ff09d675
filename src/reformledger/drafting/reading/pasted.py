"""Tables that were pasted into a text: cells with tabs between them, or with the strokes of Markdown."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from reformledger.drafting.passage import NOTHING, Passage
from reformledger.drafting.reading.characters import LINE_ENDS
from reformledger.drafting.source import Grid, Line
from reformledger.i18n import _

_QUOTED = re.compile(rf'"((?:[^"]|""){{0,2000}})"(?=[\t{LINE_ENDS}]|$)')
"""A cell with line ends or quotation marks in it, as Excel and WPS copy one."""
_PLAIN = re.compile(f"[^\t{LINE_ENDS}]*")
_STROKE = re.compile(r"(?<!\\)\|")
_STROKED = re.compile(r".*\|.*")
_FRAMED = re.compile(r"\s*\|.*\|\s*")
_RULE = re.compile(r"\s*\|?(\s*:?-+:?\s*\|)+(\s*:?-+:?)?\s*")
"""The line of Markdown between the headings and the rows of a table."""
_NUMBER = re.compile(r"[0-9]+[.．、]?")
_TWO = 2

Notes = dict[tuple[int, int], str]
"""What is to be asked of a cell, by its row and column."""
Found = tuple[list[Line | Grid], int]
"""Some blocks, and the number of the line behind them."""


class _Row(NamedTuple):
    """The cells of one line, or of several where a quoted one goes on.

    ``first`` and ``behind`` are the numbers of its line, and of the next one that is not its own.
    """

    cells: list[Passage]
    first: int
    behind: int
    marks: list[Passage]


class PastedTables:
    """The tables among the lines of a text; ``spans`` say where each line begins and ends.

    ``markup`` gathers what only divides cells.
    """

    def __init__(self, text: str, spans: Sequence[tuple[int, int]]) -> None:
        self._whole = Passage(text, range(len(text)))
        self._starts = [start for start, _end in spans]
        self._lines = [self._whole[start:end] for start, end in spans]
        self.markup: list[Passage] = []

    def blocks(self) -> list[Line | Grid]:
        """Return the lines, those of a table as one grid."""
        blocks: list[Line | Grid] = []
        at = 0
        while at < len(self._lines):
            found, at = self._with_strokes(at) or self._with_tabs(at) or ([Line(self._line(at))], at + 1)
            blocks += found
        return blocks

    def _line(self, number: int) -> Passage:
        return self._lines[number] if number < len(self._lines) else NOTHING

    def _with_strokes(self, at: int) -> Found | None:
        first, second = self._line(at).text, self._line(at + 1).text
        row = _FRAMED if _FRAMED.fullmatch(first) and _FRAMED.fullmatch(second) else _STROKED
        if row is _STROKED and not (_STROKED.fullmatch(first) and _RULE.fullmatch(second)):
            return None
        rows = []
        while row.fullmatch((line := self._line(at)).text):
            at += 1
            if _RULE.fullmatch(line.text):
                self.markup.append(line)
                continue
            self.markup += [line.group(match) for match in _STROKE.finditer(line.text)]
            cells = [cell.strip() for cell in line.split(_STROKE)]
            rows.append(cells[0 if cells[0] else 1 : len(cells) if cells[-1] else -1])
        return [_grid(rows, {})], at

    def _with_tabs(self, at: int) -> Found | None:
        """Return the lines that follow one another without a blank one: those with tabs as a table, if they are one."""
        rows: list[_Row] = []
        while (line := self._line(at)).strip() and (rows or "\t" in line.text or line.text.startswith('"')):
            row = self._row(at)
            if not rows and len(row.cells) == 1:
                return None
            rows.append(row)
            at = row.behind
        while rows and len(rows[-1].cells) == 1:  # what follows the table at once
            at = rows.pop().first
        if not rows:
            return None
        width = max(len(row.cells) for row in rows)
        first = next(n for n, row in enumerate(rows) if len(row.cells) == width or sum(map(bool, row.cells)) >= _TWO)
        before: list[Line | Grid] = [Line(self._line(n)) for n in range(rows[0].first, rows[first].first)]
        if not _is_table(rows[first:], width):
            return [*before, *(Line(self._line(n)) for n in range(rows[first].first, at))], at
        self.markup += [mark for row in rows[first:] for mark in row.marks]
        return [*before, _grid(*self._completed([row.cells for row in rows[first:]], width))], at

    def _row(self, number: int) -> _Row:
        cells: list[Passage] = []
        marks: list[Passage] = []
        place = self._starts[number]
        while True:
            if match := _QUOTED.match(self._whole.text, place):
                inner = self._whole.group(match, 1)
                marks += [self._whole[match.start() : match.start(1)], self._whole[match.end(1) : match.end()]]
                marks += [inner.group(doubled)[:1] for doubled in re.finditer('""', inner.text)]
                cell = inner.without('"(?=")')
            else:
                match = _PLAIN.match(self._whole.text, place)
                cell = self._whole.group(match) if match else NOTHING
            cells.append(cell.strip())
            place = match.end() if match else place
            if self._whole.text[place : place + 1] != "\t":
                return _Row(cells, number, bisect_left(self._starts, place, number + 1), marks)
            place += 1

    def _completed(self, rows: Sequence[list[Passage]], width: int) -> tuple[list[list[Passage]], Notes]:
        """Return rows of which those that a line end within a cell has cut are whole again, and what is asked of them.

        A row also has too few cells where somebody took the blanks off the ends of its lines.
        """
        whole: list[list[Passage]] = []
        for row in rows:
            last = whole[-1] if whole else []
            begins = bool(_NUMBER.fullmatch(row[0].text)) or len(row) == width
            if last and not begins and len(last) + len(row) - 1 <= width and len(last) < width:
                whole[-1] = [*last[:-1], self._reaching(last[-1], row[0]), *row[1:]]
            else:
                whole.append(row)
        sentence = _("Its line has not as many cells as the others: is it cut rightly?")
        given = {id(row) for row in rows if len(row) == width}
        notes = {
            (number, column): sentence
            for number, row in enumerate(whole)
            if id(row) not in given
            for column, cell in enumerate(row)
            if cell
        }
        return whole, notes

    def _reaching(self, first: Passage, second: Passage) -> Passage:
        """Return two cells and the line end between them."""
        return self._whole[first.at[0] : second.at[-1] + 1] if first and second else first or second


def _is_table(rows: Sequence[_Row], width: int) -> bool:
    """Say whether lines are rows: most of them have as many cells as the one that has most, and say something in two.

    There are two columns and three rows at least, or three columns and two rows.
    """
    whole = sum(len(row.cells) == width for row in rows)
    filled = sum(sum(map(bool, row.cells)) >= _TWO for row in rows)
    least = _TWO if width > _TWO else _TWO + 1
    return width >= _TWO and whole >= least and 2 * whole >= len(rows) and 2 * filled >= len(rows)


def _grid(rows: Sequence[list[Passage]], notes: Notes) -> Grid:
    width = max(map(len, rows))
    return Grid(tuple((*row, *[NOTHING] * (width - len(row))) for row in rows), notes=notes)
