"""One row: its pieces are cut into cells by the best total of what fits under each heading, and the next best."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from heapq import nlargest
from typing import NamedTuple

from reformledger.drafting.aligning.fitting import BLANK, Kind, Traits, fit, kind_of, traits_of
from reformledger.drafting.aligning.pieces import Gap, Piece, width_of
from reformledger.drafting.headings import field_of

_KEPT = 4
"""Readings that are kept of each beginning of a row."""
MOST_PIECES = 400
"""A row of more is none."""
_MOST_IN_CELL = 60
_DEAREST = -8.0
"""What the joins in a cell cost at most."""
_WORST = -12.0
"""Points of the worst cell of a reading that is kept."""
_NAMES = frozenset({"person", "people", "office", "contact", "due", "steps", "any"})
"""Kinds of columns whose cells may well have several paragraphs."""
_BREAK = {Gap.WRAP: -4.0, Gap.END: 0.5, Gap.LINE: 0.0, Gap.BLANK: 0.5, Gap.WIDE: 0.0, Gap.BLANK_LINE: 0.3}
_JOIN = {Gap.WRAP: 0.5, Gap.END: -1.5, Gap.LINE: 0.0, Gap.BLANK: -1.5, Gap.WIDE: -3.0, Gap.BLANK_LINE: -3.0}
_JOIN_PARAGRAPHS = -0.3
_ARTEFACT = -0.2
_JOIN_TO_SHARED_LINE = -2.5
_SHOWS_BLANK = 1.5
_EVEN, _UNEVEN = 0.4, -1.5
_SLACK = 1.0  # characters by which lines of one width differ
_CONTINUES, _NOT_ALONE = 0.5, -3.0
_OPEN_ENDS = tuple("、，《〈“（(〔：和与及的")
_OPEN_STARTS = tuple("，。、；）)》〉”〕！？：和与及的")
_BRACKET_STARTS = tuple("（(〔")
_ONE_VALUE = (
    (re.compile("[0-9今明次本]年$"), re.compile("[0-9]{1,2}(?:月|$)|第?[一二三四]季度|[上下]半年|年?底")),
    (re.compile("[0-9]月$"), re.compile("[0-9]{1,2}(?:[日号]|$)|[上中下]旬|底|初|末")),
    (re.compile("[0-9]$"), re.compile("[年月日号%％个所套件家场次项名人户条万亿千百]")),
    (re.compile("(?:力争|预计|截[至止]|[于至从自到达])$"), re.compile("[0-9]")),
    (re.compile("[^0-9年月日号，。；、]$"), re.compile("[0-9.]+(?:[个所套件家场次项名人户条万亿千百]|公里)")),
)
"""How a date or a count goes on that a blank cut: what is before the blank, and behind it."""
_MARKS = frozenset("“”‘’《》（）()0123456789-—～~.%％、，。：；")
_SEPARATOR = {Gap.WRAP: "", Gap.BLANK: " ", Gap.WIDE: " "}
_REPEATED = 1.5
_MOST_LOWER = 20
"""Rows below one that have neither number nor title."""
_FIRST_LOWER, _NEXT_LOWER, _BLANK_LOWER = -2.0, -0.5, -0.2
_FEWEST_CELLS = 2
"""Cells without which such a row is only a line of a cell."""
_BLANK_SUPPORT = -0.7


@dataclass
class Columns:
    """The columns of a table: their kinds, and what the rows that are sure hold in them."""

    kinds: tuple[Kind, ...]
    year: int
    number: int | None
    """The place of the column of numbers, None where there is none."""
    blank: list[float]
    """For each column what a blank cell costs."""
    values: list[set[str]] = field(default_factory=list)
    lower: set[int] = field(default_factory=set)
    """The columns in which rows below one that have no number may have cells."""

    def __post_init__(self) -> None:
        self.values = [set() for _kind in self.kinds]
        self.lower = {place for place, kind in enumerate(self.kinds) if kind not in {"number", "title"}}

    @classmethod
    def under(cls, headings: Sequence[str], year: int) -> Columns:
        """Return the columns under some headings."""
        kinds = tuple(map(kind_of, headings))
        blank = [
            _BLANK_SUPPORT if field_of(heading) == "supporting_departments" else BLANK[kind]
            for heading, kind in zip(headings, kinds, strict=True)
        ]
        return cls(kinds, year, kinds.index("number") if "number" in kinds else None, blank)

    def fits(self, traits: Traits) -> list[float]:
        """Return how well a text fits each column, and what other rows have in it."""
        by_kind = {kind: fit(kind, traits, self.year) for kind in dict.fromkeys(self.kinds)}
        return [
            by_kind[kind] + (_REPEATED if traits.key in values and by_kind[kind] > 0 else 0.0)
            for kind, values in zip(self.kinds, self.values, strict=True)
        ]


class Reading(NamedTuple):
    """A way to cut a row: where the pieces of each cell begin and end, its points and those of its worst cell.

    The cells of rows below it that have no number follow its own.
    """

    score: float
    spans: tuple[tuple[int, int], ...]
    worst: float = 0.0


class _Span(NamedTuple):
    """Pieces from one on, up to another, as one cell: what the joins in it earn, and how well it fits each column."""

    end: int
    joins: float
    joins_of_names: float
    fits: list[float]


def readings(
    pieces: Sequence[Piece], columns: Columns, behind: Gap = Gap.LINE, *, lower: bool = False
) -> list[list[Reading]]:
    """Return the best ways to cut a row, the best one first, for each place at which it may end, from 0.

    ``behind`` is what is behind its last piece. With ``lower`` rows of their own may be below it that have neither
    number nor title: steps of the entry. There are no ways for a row that is too long.
    """
    count = min(len(pieces), MOST_PIECES)
    costs = _GapCosts(pieces[:count], behind)
    spans = [list(_spans(pieces, start, count, columns, costs)) for start in range(count)]
    beginning: list[list[Reading]] = [[] for _place in range(count + 1)]
    beginning[0] = [Reading(0.0, (), 99.0)]
    found = _with_columns(columns, beginning, spans, costs)
    reached = found
    for number in range(_MOST_LOWER if lower else 0):
        cost = _NEXT_LOWER if number else _FIRST_LOWER
        reached = [
            [way._replace(score=way.score + cost) for way in ways] if _begins_line(pieces, place) else []
            for place, ways in enumerate(reached)
        ]
        if not any(reached):
            break
        ends = _with_columns(columns, reached, spans, costs, is_lower=True)
        reached = [[way for way in ways if _is_below(way, len(columns.kinds))] for ways in ends]
        found = [nlargest(_KEPT, [*ways, *more]) for ways, more in zip(found, reached, strict=True)]
    return [*found, *([] for _place in range(len(pieces) - count))]


def _begins_line(pieces: Sequence[Piece], place: int) -> bool:
    return 0 < place < len(pieces) and pieces[place].starts_line and pieces[place].gap is not Gap.WRAP


def _is_below(way: Reading, count: int) -> bool:
    """Say whether the last row of a reading may be one below the first: it has cells enough, and below others."""
    filled = [place for place, (start, end) in enumerate(way.spans[-count:]) if end > start]
    return len(filled) >= _FEWEST_CELLS and all(way.spans[place][1] > way.spans[place][0] for place in filled)


def _with_columns(
    columns: Columns,
    reached: list[list[Reading]],
    spans: list[list[_Span]],
    costs: _GapCosts,
    *,
    is_lower: bool = False,
) -> list[list[Reading]]:
    """Return the best ways on which each column has taken its pieces, by the number of pieces that are taken then."""
    for column in range(len(columns.kinds)):
        if not is_lower:
            reached = _with_column(columns, column, columns.blank[column], reached, spans, costs)
        elif column in columns.lower:
            reached = _with_column(columns, column, max(_BLANK_LOWER, columns.blank[column]), reached, spans, costs)
        else:
            reached = [
                [way._replace(spans=(*way.spans, (place, place))) for way in ways] for place, ways in enumerate(reached)
            ]
    return reached


def _spans(pieces: Sequence[Piece], start: int, count: int, columns: Columns, costs: _GapCosts) -> Iterator[_Span]:
    """Yield what a cell may be that begins with a piece."""
    text, joins, joins_of_names = "", 0.0, 0.0
    shape = _Shape()
    for end in range(start + 1, min(count, start + _MOST_IN_CELL) + 1):
        piece = pieces[end - 1]
        if end - 1 > start:
            joins += costs.join(end - 1, of_names=False)
            joins_of_names += costs.join(end - 1, of_names=True)
            if piece.gap is Gap.LINE:
                breaks = shape.breaks(pieces[end - 2], piece)
                joins += _UNEVEN if breaks else _EVEN
                joins_of_names += _JOIN_PARAGRAPHS if breaks else _EVEN
            if max(joins, joins_of_names) < _DEAREST:
                return
            text += _SEPARATOR.get(piece.gap, "\n")
        text += piece.text
        yield _Span(end, joins, joins_of_names, columns.fits(traits_of(text)))


def _with_column(
    columns: Columns,
    column: int,
    cost: float,
    reached: list[list[Reading]],
    spans: list[list[_Span]],
    costs: _GapCosts,
) -> list[list[Reading]]:
    """Return the best ways on which one column more has taken its pieces; ``cost`` is that of a blank cell."""
    found: list[list[Reading]] = [[] for _place in reached]
    of_names = columns.kinds[column] in _NAMES
    for start, ways in enumerate(reached):
        if not ways:
            continue
        blank = cost + costs.blank(start)
        found[start] += [Reading(way.score + blank, (*way.spans, (start, start)), way.worst) for way in ways]
        if start == len(spans):
            continue
        before = costs.break_(start)
        for span in spans[start][: 1 if column == columns.number else None]:
            fitting, joins = span.fits[column], span.joins_of_names if of_names else span.joins
            score, worst = before + fitting + joins, fitting + min(joins, 0.0)
            if worst < _WORST:
                continue
            bounds = (start, span.end)
            found[span.end] += [
                Reading(way.score + score, (*way.spans, bounds), min(way.worst, worst)) for way in ways
            ]
    return [nlargest(_KEPT, ways) if len(ways) > 1 else ways for ways in found]


class _Shape:
    """The lines of a cell: all but the last of a paragraph are as wide as the column."""

    def __init__(self) -> None:
        self._width = 0.0

    def breaks(self, before: Piece, piece: Piece) -> bool:
        """Say whether a line ends its paragraph, by its own width and that of the next."""
        ending, following = width_of(before.text), width_of(piece.text)
        is_full = not self._width or ending >= self._width - _SLACK
        self._width = max(self._width, ending)
        return not is_full or following > self._width + _SLACK


class _GapCosts:
    """What it costs, or earns, to end a cell before a piece, or not to."""

    def __init__(self, pieces: Sequence[Piece], behind: Gap) -> None:
        self._pieces = pieces
        self._gaps = [*(piece.gap for piece in pieces), behind]
        self._lines = Counter(piece.line for place, piece in enumerate(pieces) if not place or not self._is_artefact(place))
        self._attached = [place > 0 and self._attaches(place) for place in range(len(pieces))]

    def _attaches(self, place: int) -> bool:
        before, piece = self._pieces[place - 1].text, self._pieces[place].text
        if before.endswith(_OPEN_ENDS) or piece.startswith(_OPEN_STARTS):
            return True
        return any(end.search(before) and start.match(piece) for end, start in _ONE_VALUE)

    def _is_artefact(self, place: int) -> bool:
        """Say whether the blank before a piece may be one that a PDF puts beside digits and single characters."""
        gap, before, piece = self._pieces[place].gap, self._pieces[place - 1].text, self._pieces[place].text
        if gap in {Gap.BLANK, Gap.WIDE} and (len(before) == 1 or len(piece) == 1):
            return True
        return gap is Gap.BLANK and (before[-1] in _MARKS or piece[0] in _MARKS or (before + piece).isascii())

    def _is_shared(self, place: int) -> bool:
        """Say whether another cell is on the line before a piece, or on that of the piece: such cells have one line."""
        return self._lines[self._pieces[place - 1].line] > 1 or self._lines[self._pieces[place].line] > 1

    def blank(self, place: int) -> float:
        """Return what speaks for a blank cell before a piece, beside what the cell costs."""
        return _SHOWS_BLANK if self._gaps[place] in {Gap.WIDE, Gap.BLANK_LINE} else 0.0

    def break_(self, place: int) -> float:
        """Return what it earns to begin a cell with a piece."""
        if not place:
            return 0.0
        if self._attached[place]:
            return _NOT_ALONE
        return _BREAK[self._pieces[place].gap]

    def join(self, place: int, *, of_names: bool) -> float:
        """Return what it earns to go on in a cell with a piece."""
        gap, before, piece = self._pieces[place].gap, self._pieces[place - 1].text, self._pieces[place].text
        piece_starts = gap in {Gap.END, Gap.LINE, Gap.BLANK_LINE}
        if self._attached[place]:
            return _CONTINUES
        if piece.startswith(_BRACKET_STARTS) and gap is not Gap.WIDE:
            return 0.0
        if self._is_artefact(place):
            return _ARTEFACT
        shared = _JOIN_TO_SHARED_LINE if piece_starts and self._is_shared(place) else 0.0
        if gap is Gap.END and of_names:
            return _JOIN_PARAGRAPHS + shared
        return _JOIN[gap] + shared
