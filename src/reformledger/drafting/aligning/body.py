"""The rows below the headings of a table: cut twice, the second time knowing what the sure rows hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from reformledger.drafting.aligning.cells import cells_of
from reformledger.drafting.aligning.columns import Columns
from reformledger.drafting.aligning.cutting import Reading, readings
from reformledger.drafting.aligning.doubts import doubtful_rows
from reformledger.drafting.aligning.fitting import Kind
from reformledger.drafting.aligning.gaps import has_unit
from reformledger.drafting.aligning.heads import CODE
from reformledger.drafting.aligning.pieces import Gap, Piece
from reformledger.drafting.aligning.rows import row_starts
from reformledger.drafting.tables.table import OtherReading, ReadRow
from reformledger.drafting.title_lines import ends_only_title
from reformledger.i18n import _
from reformledger.text.folding import compact

_SURE = 2.0
"""The margin to the next best reading from which on a row is not doubtful."""
_SURE_OF_LINES = 3.0
_MISFIT = -2.4
"""Points of a cell that does not fit: the row is doubtful whatever the margin is."""
_OTHERS = 3
_KEPT = 12
"""Readings of a row that are looked at for those that put other cells into doubt."""
_FEW_ROWS = 4
_FEW_CELLS = 0.4
"""The share of cells up to which a row may be the beginning of one."""
_MOSTLY_BLANK, _NEVER_BLANK = 0.3, 1.5
_COUNT = re.compile("[（(][^（）()]*[0-9一二三四五六七八九十][^（）()]*[个项条件张类][^（）()]*[）)]$")
_TEXTS: frozenset[Kind] = frozenset({"title", "prose", "short", "steps", "any", "remark"})
_SHORT = 24
_COUNTED, _TITLED, _SHORT_TITLE, _LONG_TITLE, _LINE_MORE = 5.0, 3.0, 1.0, -3.0, -2.5
_SIGNED, _SENTENCE, _REST = 3.0, 1.5, -0.5
_SIGNATURE = re.compile("[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日(?:印发)?$")


@dataclass
class Row:
    """A row under way: its pieces, the place at which each reading ends, the readings with the best first."""

    pieces: Sequence[Piece]
    behind: Gap = Gap.LINE
    """What is behind the last of its pieces."""
    readings: list[Reading] = field(default_factory=list)
    is_doubtful: bool = False
    """Whether there is doubt whatever the readings are."""
    doubtful_cells: set[int] = field(default_factory=set)
    """The columns whose cells look unlike the others of the column."""

    @property
    def margin(self) -> float:
        """Return by how much the best reading is better than the next."""
        return self.readings[0].score - self.readings[1].score if len(self.readings) > 1 else 99.0

    @property
    def is_sure(self) -> bool:
        """Say whether there is no doubt about the best reading."""
        # Where line ends say nothing, what is above each other may be one cell or several.
        has_plain_ends = any(piece.gap is Gap.LINE for piece in self.pieces[1:])
        return self.margin >= (_SURE_OF_LINES if has_plain_ends else _SURE) and self.readings[0].worst > _MISFIT

    @property
    def end(self) -> int:
        """Return how many pieces the best reading has taken."""
        return max(end for _start, end in self.readings[0].spans)

    def read(self, columns: Columns) -> Iterator[ReadRow]:
        """Yield the row, and those below it without a number, with their cells.

        Where that is doubtful, with what else they may be.
        """
        best = self.readings[0]
        is_sure = self.is_sure and not (self.is_doubtful or self.doubtful_cells)
        others = [] if is_sure else self._others()
        cut = [(cells_of(self.pieces, other, columns.kinds), round(best.score - other.score, 1)) for other in others]
        for place, cells in enumerate(cells_of(self.pieces, best, columns.kinds)):
            found = tuple(OtherReading(rows[place], margin) for rows, margin in cut if place < len(rows))
            differing = {at for other in found for at, cell in enumerate(other.cells) if cell.text != cells[at].text}
            asked = self.doubtful_cells - differing if not place else set()
            if not (is_sure or differing or asked):
                asked = {at for at, cell in enumerate(cells) if cell}
            yield ReadRow(cells, found, {at: _("This may be no cell of its column: is it?") for at in sorted(asked)})

    def text_of(self, column: int) -> str:
        """Return the text of a cell in the best reading."""
        start, end = self.readings[0].spans[column]
        return "\n".join(piece.text for piece in self.pieces[start:end])

    def _others(self) -> list[Reading]:
        """Return the next best readings: the second, and those that put more cells into doubt than it does."""
        best, *rest = self.readings
        doubtful: set[int] = set()
        found: list[Reading] = []
        for other in rest:
            differing = {place for place, span in enumerate(other.spans) if best.spans[place : place + 1] != (span,)}
            if differing - doubtful:
                found.append(other)
                doubtful |= differing
        return found[:_OTHERS]

    def begins_with_count(self, column: int) -> bool:
        """Say whether a cell begins with a number and its unit, and goes on: they may end the cell before it."""
        pieces = self.pieces[slice(*self.readings[0].spans[column])]
        digits = list(takewhile(str.isdigit, (piece.text for piece in pieces)))
        return 0 < len(digits) < len(pieces) - 1 and has_unit(digits[-1], pieces[len(digits)].text)

    def has_lower(self, columns: Columns) -> bool:
        """Say whether rows without a number are below it."""
        return len(self.readings[0].spans) > len(columns.kinds)


def rows_of(pieces: Sequence[Piece], columns: Columns, following: str, behind: Gap) -> list[Row]:
    """Return the rows that pieces make, up to one that is too long to be a row; the last may leave some pieces over.

    ``following`` says what is behind them: ``text`` that ends the table, the ``head`` of the next, or ``nothing``.
    """
    starts = row_starts(pieces, columns)
    ends = [*starts[1:], len(pieces)]
    gaps = [*(pieces[start].gap for start in starts[1:]), behind]
    rows = [Row(pieces[start:end], gap) for start, end, gap in zip(starts, ends, gaps, strict=True)]
    if columns.number is None or not CODE.fullmatch(pieces[0].text):
        # Nothing but what fits says where a row begins, unless each has a line.
        has_lines = all(row.pieces[0].line == row.pieces[-1].line for row in rows)
        for row in rows:
            row.is_doubtful = not has_lines
    for number, row in enumerate(rows):
        _cut(row, columns, following if row is rows[-1] else "text")
        if not row.readings:
            return rows[:number]
    while rows and columns.number is None and _is_sentence(rows[-1]):
        rows.pop()
    return rows


def _is_sentence(row: Row) -> bool:
    """Say whether a row is nothing but a sentence: text below a table whose rows have no numbers."""
    filled = [span for span in row.readings[0].spans if span[1] > span[0]]
    return len(filled) == 1 and row.pieces[-1].text.endswith("。")


def read_again(rows: Sequence[Row], columns: Columns, following: str) -> None:
    """Cut the doubtful rows again, by what the sure ones hold."""
    _learn([row for row in rows if row.is_sure], columns)
    doubtful = [row for row in rows if not row.is_sure]
    for row in doubtful:
        _cut(row, columns, following if row is rows[-1] else "text", lower=True)
    if any(row.has_lower(columns) for row in doubtful):
        columns.lower = _filled_below([row for row in rows if row.is_sure], columns) or columns.lower
        for row in rows:
            _cut(row, columns, following if row is rows[-1] else "text", lower=True)


def doubt_cells(rows: Sequence[Row], columns: Columns) -> None:
    """Doubt cells that are unlike the others of their column or hold a part of another, and rows that lack cells."""
    cells = [[row.text_of(column) for row in rows] for column in range(len(columns.kinds))]
    of_names = [cells[column] for column, kind in enumerate(columns.kinds) if kind in {"person", "people", "office"}]
    names = {name for texts in of_names for text in texts for name in text.split("\n")}
    for column, kind in enumerate(columns.kinds):
        texts = cells[column]
        for place in doubtful_rows(kind, texts):
            rows[place].doubtful_cells.add(column)
        if kind in _TEXTS:
            for row, text in zip(rows, texts, strict=True):
                if row.begins_with_count(column) or ("\n" in text and text.rpartition("\n")[2] in names):
                    row.doubtful_cells.add(column)
        if kind in {"number", "title"}:
            for row, text in zip(rows, texts, strict=True):
                row.is_doubtful |= not text
    for row in rows:
        row.is_doubtful |= sum(end > start for start, end in row.readings[0].spans) <= len(columns.kinds) * _FEW_CELLS


def _filled_below(rows: Sequence[Row], columns: Columns) -> set[int]:
    """Return the columns in which the rows without a number have cells."""
    count = len(columns.kinds)
    spans = [span for row in rows for span in enumerate(row.readings[0].spans)]
    return {place % count for place, (start, end) in spans if place >= count and end > start}


def _cut(row: Row, columns: Columns, following: str, *, lower: bool = False) -> None:
    by_end = readings(row.pieces, columns, row.behind, lower=lower)
    found = list(by_end[-1])
    if following != "text":
        for end in range(2, len(row.pieces)):
            if row.pieces[end].begins_line:
                points = _points_of_rest(row.pieces[end:], following)
                found += [reading._replace(score=reading.score + points) for reading in by_end[end]]
    row.readings = sorted(found, reverse=True)[:_KEPT]


def _points_of_rest(pieces: Sequence[Piece], following: str) -> float:
    """Return what speaks for it that some pieces at the end are no part of the row, but a title or other text."""
    lines = 1 + sum(piece.begins_line for piece in pieces[1:])
    text = compact("".join(piece.text for piece in pieces))
    if following != "head":
        return _SIGNED if _SIGNATURE.search(text) else _SENTENCE if text.endswith("。") else _REST
    last = compact("".join(piece.text for piece in pieces if piece.line == pieces[-1].line))
    if _COUNT.search(text):
        points = _COUNTED
    elif ends_only_title(last):
        points = _TITLED
    else:
        points = _SHORT_TITLE if len(text) <= _SHORT else _LONG_TITLE
    return points + _LINE_MORE * (lines - 1)


def _learn(rows: Sequence[Row], columns: Columns) -> None:
    """Note what the columns of sure rows hold, and which are often blank."""
    for column in range(len(columns.kinds)):
        spans = [row.readings[0].spans[column] for row in rows]
        blank = sum(start == end for start, end in spans)
        for row, (start, end) in zip(rows, spans, strict=True):
            if end > start:
                columns.values[column].add(compact("".join(piece.text for piece in row.pieces[start:end])))
        if rows and blank * 2 >= len(rows):
            columns.blank[column] *= _MOSTLY_BLANK
        elif len(rows) >= _FEW_ROWS and not blank:
            columns.blank[column] *= _NEVER_BLANK
