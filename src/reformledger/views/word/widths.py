"""How wide the columns of a table are on paper, and how large its letters: by what the cells hold.

Widths are counted in units of half a character, as a Chinese character is two Latin ones wide.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from math import ceil
from typing import NamedTuple

from reformledger.views.wrap import width

SIZES = (12.0, 10.5, 9.0, 7.5, 6.5)
"""The sizes of letters in a table in points, the most readable first: 小四, 五号, 小五, 六号, 小六."""
_SMALL = 9.0
_TIGHT = 0.375  # how much of what makes a column readable it keeps before letters become smaller than that
PADDING = 170
"""What a cell keeps free of text, left and right together, in twips (a twentieth of a point)."""
_WORD = re.compile(r"[\x21-\x7e]+")
_LEAST = 8  # units: four characters, below which a name breaks in every line
_LONGEST_WORD = 16  # what is longer breaks where it must
_LONGEST_FIXED = 24
_SHORT = 16  # what is not longer has a line of its own where there is room
_MOST = 96  # units: what a text longer than this is wide, it need not be
_READABLE, _READABLE_EACH = 8, 7  # units of a column in which text is easy to read: in any, and for each weight

_LINE_HEIGHT = 1.4  # of the size of letters, as Chinese fonts have it
_ROW_EDGES = 5.0  # points: what a cell keeps free above and below


class Needs(NamedTuple):
    """How many units a column needs: at ``least``, to be ``readable``, and to hold each text on a line (``most``)."""

    least: int
    readable: int
    most: int


def needs(texts: Iterable[str], *, fixed: bool = False, weight: int = 1) -> Needs:
    """Return what a column with these texts needs; one that is ``fixed`` is folded only where it is very long."""
    lines = {line for text in dict.fromkeys(texts) for line in text.split("\n")} or {""}
    taken = list(map(_taken, lines))
    most = min(_MOST, max(taken))
    if fixed:
        least = min(most, _LONGEST_FIXED)
        return Needs(least, least, most)
    words = (_taken(word) for line in lines for word in _WORD.findall(line))
    least = max(min(most, _LEAST), min(_LONGEST_WORD, max(words, default=0)))
    # Where most texts are shorter, one that is very long need not have a line.
    usual = (most + min(_MOST, sum(taken) // len(taken))) // 2
    return Needs(
        least, max(least, min(most, _READABLE + _READABLE_EACH * weight)), max(least, min(most, max(usual, _SHORT)))
    )


def _taken(line: str) -> int:
    """Return the units that a line takes: Latin letters are wider where a machine lacks our font."""
    return width(line) + ceil(0.3 * sum(map(len, _WORD.findall(line))))


class Fit(NamedTuple):
    """The size of letters, and the width of each column in twips."""

    size: float
    widths: list[int]


def size_for(columns: Sequence[Needs], room: int, sizes: Sequence[float]) -> float | None:
    """Return the largest size in which all columns are readable in ``room`` twips; None where none is small enough."""
    return _largest(sum(column.readable for column in columns), len(columns), room, sizes)


def _largest(units: float, columns: int, room: int, sizes: Sequence[float]) -> float | None:
    free = room - PADDING * columns
    return next((size for size in sizes if units * _unit(size) <= free), None)


def fit(columns: Sequence[Needs], room: int, sizes: Sequence[float] = SIZES) -> Fit:
    """Return size and widths of columns that fill ``room`` twips: what is over goes to those that need it most.

    The rule is that of tables on the web (CSS 2.1, 17.5.2.2): each its least, the rest by what each lacks.
    """
    # Where columns are readable in small letters only, letters that can be read matter more than rows that are low.
    tight = sum(column.least + _TIGHT * (column.readable - column.least) for column in columns)
    large = [size for size in sizes if size >= _SMALL]
    size = size_for(columns, room, large) or _largest(tight, len(columns), room, sizes) or sizes[-1]
    units = (room - PADDING * len(columns)) / _unit(size)
    rest = units - sum(column.least for column in columns)
    lacks = [column.most - column.least for column in columns]
    if rest <= 0:  # not even the least has room
        shares = [column.least * units / max(1, sum(column.least for column in columns)) for column in columns]
    elif sum(lacks) >= rest:
        shares = [column.least + rest * lack / sum(lacks) for column, lack in zip(columns, lacks, strict=True)]
    else:
        over = (units - sum(column.most for column in columns)) / max(1, sum(column.most + 4 for column in columns))
        shares = [column.most + over * (column.most + 4) for column in columns]
    widths = [int(share * _unit(size)) + PADDING for share in shares]
    widths[-1] += room - sum(widths)
    return Fit(size, widths)


def lines_of(text: str, column: int, size: float) -> int:
    """Return about how many lines a text takes in a column of so many twips."""
    units = max(1, int((column - PADDING) / _unit(size)))
    return sum(1 + _taken(line) // units for line in text.split("\n"))


def row_height(texts: Sequence[str], fitted: Fit) -> float:
    """Return about how high a row of cells is, in points."""
    lines = (lines_of(text, column, fitted.size) for text, column in zip(texts, fitted.widths, strict=False) if text)
    return _ROW_EDGES + _LINE_HEIGHT * fitted.size * max(lines, default=1)


def _unit(size: float) -> float:
    return size * 10  # half of so many points, in twips
