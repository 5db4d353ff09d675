"""One row: its pieces are cut into cells by the best total of what fits under each heading, and the next best."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import nlargest
from typing import NamedTuple

from reformledger.drafting.aligning.columns import Columns
from reformledger.drafting.aligning.fitting import traits_of
from reformledger.drafting.aligning.gaps import Gaps, Shape
from reformledger.drafting.aligning.pieces import Gap, Piece

_KEPT = 6
"""Readings that are kept of each beginning of a row."""
_MOST_PIECES = 400
"""A row of more is none."""
_MOST_IN_CELL = 60
_DEAREST = -6.0
"""What the joins in a cell cost at most."""
_MOST_LOWER = 20
"""Rows below one that have neither number nor title."""
_FIRST_LOWER, _NEXT_LOWER, _BLANK_LOWER = -2.0, -0.5, -0.2
_FEWEST_CELLS = 2
"""Cells without which such a row is only a line of a cell."""
_SEPARATOR = {Gap.WRAP: "", Gap.BLANK: " ", Gap.WIDE: " "}


class Reading(NamedTuple):
    """A way to cut a row: where the pieces of each cell begin and end, its points and those of its worst cell.

    The cells of rows below it that have no number follow its own.
    """

    score: float
    spans: tuple[tuple[int, int], ...]
    worst: float = 0.0


class _Span(NamedTuple):
    """Pieces up to one as one cell: what the joins in it earn, in a cell of paragraphs, too, and its fit by column."""

    end: int
    joins: float
    joins_of_paragraphs: float
    fits: list[float]


_Ways = list[list[Reading]]
"""The best ways by the number of pieces that they have taken."""


def readings(pieces: Sequence[Piece], columns: Columns, behind: Gap = Gap.LINE, *, lower: bool = False) -> _Ways:
    """Return the best ways to cut a row, the best one first, for each place at which it may end, from 0.

    ``behind`` is what is behind its last piece. With ``lower`` rows of their own may be below it that have neither
    number nor title: steps of the entry. There are no ways for a row that is too long.
    """
    count = min(len(pieces), _MOST_PIECES)
    cutter = _Cutter(pieces[:count], columns, behind)
    found = cutter.with_lower_rows(cutter.first_rows()) if lower else cutter.first_rows()
    return [*found, *([] for _place in range(len(pieces) - count))]


class _Cutter:
    """Cuts one row."""

    def __init__(self, pieces: Sequence[Piece], columns: Columns, behind: Gap) -> None:
        self._pieces = pieces
        self._columns = columns
        self._gaps = Gaps(pieces, behind)
        self._spans = [list(self._spans_from(start)) for start in range(len(pieces))]

    def _spans_from(self, start: int) -> Iterator[_Span]:
        """Yield what a cell may be that begins with a piece."""
        text, joins, joins_of_paragraphs = self._pieces[start].text, 0.0, 0.0
        shape = Shape()
        last = min(len(self._pieces), start + _MOST_IN_CELL)
        yield _Span(start + 1, 0.0, 0.0, self._columns.fits(traits_of(text)))
        for place in range(start + 1, last):
            piece = self._pieces[place]
            joins += self._gaps.joined[place]
            joins_of_paragraphs += self._gaps.joined_paragraphs[place]
            if piece.gap is Gap.LINE:
                points, points_of_paragraphs = shape.points(self._pieces[place - 1], piece)
                joins += points
                joins_of_paragraphs += points_of_paragraphs
            if joins_of_paragraphs < _DEAREST:
                return
            text += _SEPARATOR.get(piece.gap, "\n") + piece.text
            yield _Span(place + 1, joins, joins_of_paragraphs, self._columns.fits(traits_of(text)))

    def first_rows(self) -> _Ways:
        """Return the best ways to cut one row, by where it ends."""
        reached: _Ways = [[Reading(0.0, (), 99.0)], *([] for _piece in self._pieces)]
        for column, cost in enumerate(self._columns.blank):
            reached = self._with_column(column, cost, reached)
        return reached

    def with_lower_rows(self, found: _Ways) -> _Ways:
        """Return the best ways to cut a row and those below it, by where they end."""
        reached, cost = found, _FIRST_LOWER
        for _number in range(_MOST_LOWER):
            reached = [
                [way._replace(score=way.score + cost) for way in ways] if self._begins_line(place) else []
                for place, ways in enumerate(reached)
            ]
            if not any(reached):
                break
            reached = [list(filter(self._is_below, ways)) for ways in self._lower_rows(reached)]
            found = [nlargest(_KEPT, [*ways, *more]) for ways, more in zip(found, reached, strict=True)]
            cost = _NEXT_LOWER
        return found

    def _lower_rows(self, reached: _Ways) -> _Ways:
        for column, cost in enumerate(self._columns.blank):
            if column in self._columns.lower:
                reached = self._with_column(column, max(_BLANK_LOWER, cost), reached)
            else:
                reached = [
                    [way._replace(spans=(*way.spans, (place, place))) for way in ways]
                    for place, ways in enumerate(reached)
                ]
        return reached

    def _begins_line(self, place: int) -> bool:
        return 0 < place < len(self._pieces) and self._pieces[place].begins_line

    def _is_below(self, way: Reading) -> bool:
        """Say whether the last row of a reading may be one below the first: cells enough, below others, and a text."""
        last = way.spans[-len(self._columns.kinds) :]
        filled = [place for place, (start, end) in enumerate(last) if end > start]
        has_text = any(self._columns.has_text(place) for place in filled)
        return (
            has_text
            and len(filled) >= _FEWEST_CELLS
            and all(way.spans[place][1] > way.spans[place][0] for place in filled)
        )

    def _with_column(self, column: int, cost: float, reached: _Ways) -> _Ways:
        """Return the best ways on which one column more has taken its pieces; ``cost`` is that of a blank cell."""
        found: _Ways = [[] for _place in reached]
        has_paragraphs = self._columns.has_paragraphs(column)
        most = 1 if column == self._columns.number else None
        for start, ways in enumerate(reached):
            if not ways:
                continue
            blank, bounds = cost + self._gaps.blank[start], (start, start)
            found[start] += [Reading(way.score + blank, (*way.spans, bounds), way.worst) for way in ways]
            for span in self._spans[start][:most] if start < len(self._spans) else ():
                joins = span.joins_of_paragraphs if has_paragraphs else span.joins
                worst = span.fits[column] + min(joins, 0.0)
                score, bounds = self._gaps.cell[start] + span.fits[column] + joins, (start, span.end)
                found[span.end] += [
                    Reading(way.score + score, (*way.spans, bounds), min(way.worst, worst)) for way in ways
                ]
        return [nlargest(_KEPT, ways) if len(ways) > 1 else ways for ways in found]
