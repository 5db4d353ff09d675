"""Tables that were pasted into a text: cells with tabs between them, or with the strokes of Markdown."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from reformledger.drafting.passage import NOTHING, Passage
from reformledger.drafting.source import Grid, Line
from reformledger.i18n import _

_QUOTED = re.compile(r'"((?:[^"]|""){0,2000})"(?=[\t\r\n]|$)')
"""A cell with line ends or quotation marks in it, as Excel and WPS copy one."""
_PLAIN = re.compile("[^\t\r\n]*")
_STROKE = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"\s*\|?(\s*:?-+:?\s*\|)*\s*:?-+:?\s*\|?\s*")
"""The line of Markdown between the headings and the rows of a table."""
_NUMBER = re.compile(r"[0-9]+[.．、]?")
_FEW, _FEWEST = 3, 2
"""A table has two columns and three rows at least, or three columns and two rows."""

Found = tuple[Grid, int]
"""A table, and the number of the line behind it."""


class _Row(NamedTuple):
    """The cells of one line, or of several where a quoted one goes on; ``behind`` is the number of the next line."""

    cells: list[Passage]
    behind: int
    marks: list[Passage]


class PastedTables:
    """The tables among the lines of a text; ``spans`` say where each line begins and ends.

    ``markup`` gathers what only divides cells.
    """

    def __init__(self, text: str, spans: Sequence[tuple[int, int]]) -> None:
        self._whole = Passage(text, range(len(text)))
        self._spans = spans
        self._starts = [start for start, _end in spans]
        self.markup: list[Passage] = []

    def blocks(self) -> list[Line | Grid]:
        """Return the lines, those of a table as one grid."""
        blocks: list[Line | Grid] = []
        at = 0
        while at < len(self._spans):
            found = self._with_strokes(at) or self._with_tabs(at)
            block, at = found or (Line(self._line(at)), at + 1)
            blocks.append(block)
        return blocks

    def _line(self, number: int) -> Passage:
        start, end = self._spans[number]
        return self._whole[start:end]

    def _with_strokes(self, at: int) -> Found | None:
        lines: list[Passage] = []
        while at + len(lines) < len(self._spans) and _STROKE.search(self._line(at + len(lines)).text):
            lines.append(self._line(at + len(lines)))
        is_framed = all(line.strip().text[0] == line.strip().text[-1] == "|" for line in lines)
        if len(lines) < _FEWEST or not (is_framed or _RULE.fullmatch(lines[1].text)):
            return None
        rows = []
        for line in lines:
            if _RULE.fullmatch(line.text):
                self.markup.append(line)
                continue
            self.markup += [line.group(match) for match in _STROKE.finditer(line.text)]
            cells = [cell.strip() for cell in line.split(_STROKE)]
            rows.append(cells[0 if cells[0] else 1 : len(cells) if cells[-1] else -1])
        return _grid(rows, {}), at + len(lines)

    def _with_tabs(self, at: int) -> Found | None:
        rows: list[_Row] = []
        behind = at
        while behind < len(self._spans) and self._line(behind).strip():
            row = self._row(behind)
            if not rows and len(row.cells) == 1:
                return None
            rows.append(row)
            behind = row.behind
        while rows and len(rows[-1].cells) == 1:  # what follows the table at once
            rows.pop()
        if not _is_table(rows):
            return None
        self.markup += [mark for row in rows for mark in row.marks]
        return _grid(*self._completed([row.cells for row in rows])), rows[-1].behind

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
                return _Row(cells, bisect_left(self._starts, place, number + 1), marks)
            place += 1

    def _completed(self, rows: Sequence[list[Passage]]) -> tuple[list[list[Passage]], dict[tuple[int, int], str]]:
        """Return rows of which those that a line end within a cell has cut are whole again, and what is asked of them.

        A row also has too few cells where somebody took the blanks off the ends of its lines.
        """
        width = max(map(len, rows))
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


def _is_table(rows: Sequence[_Row]) -> bool:
    width = max((len(row.cells) for row in rows), default=0)
    wide = sum(len(row.cells) == width for row in rows)
    filled = sum(sum(map(bool, row.cells)) >= _FEWEST for row in rows)
    least = _FEWEST if width >= _FEW else _FEW
    return width >= _FEWEST and wide >= least and 2 * wide >= len(rows) and 2 * filled >= len(rows)


def _grid(rows: Sequence[list[Passage]], notes: dict[tuple[int, int], str]) -> Grid:
    width = max(map(len, rows))
    return Grid(tuple((*row, *[NOTHING] * (width - len(row))) for row in rows), notes=notes)
