"""What a table on paper is made of: columns, a head of one or several rows, rows whose cells may go on below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from reformledger.views.answer import Cell


class TableColumn(NamedTuple):
    """A column: how it is aligned; ``fixed`` and ``weight`` as those of ``views.answer.Column``.

    One that ``heads`` its rows is printed as a head is.
    """

    heading: str
    align: Literal["left", "center", "right"] = "left"
    fixed: bool = False
    weight: int = 1
    heads: bool = False


class HeadCell(NamedTuple):
    """A cell of the head and how many columns and rows it covers."""

    text: str
    columns: int = 1
    rows: int = 1


class Row(NamedTuple):
    """A row: a cell for each column, None where the cell above goes on; or one text over the whole width."""

    cells: Sequence[Cell | None] = ()
    heading: str = ""
    height: int = 0
    """At least so many twips, where somebody is to write into it."""


Head = Sequence[Sequence[HeadCell]]
"""The rows of a head: each has the cells that begin in it, from the left."""


class Grid(NamedTuple):
    """A table on paper."""

    columns: Sequence[TableColumn]
    head: Head
    rows: Sequence[Row]


def simple_head(columns: Sequence[TableColumn]) -> Head:
    """Return a head of one row: the headings of the columns."""
    return [[HeadCell(column.heading) for column in columns]]


def stepped_head(paths: Sequence[tuple[str, ...]]) -> Head:
    """Return the head of columns that stand under common headings: each by its headings, the outermost first.

    Neighbours that share all headings down to one share its cell; the last heading of a column is its own, and reaches
    down to the body.
    """
    depth = max(map(len, paths))
    rows = []
    for level in range(depth):
        cells: list[HeadCell] = []
        shared: tuple[str, ...] = ()
        for path in paths:
            if level >= len(path):
                shared = ()
            elif level == len(path) - 1:
                cells.append(HeadCell(path[level], rows=depth - level))
                shared = ()
            elif path[: level + 1] == shared:
                cells[-1] = cells[-1]._replace(columns=cells[-1].columns + 1)
            else:
                shared = path[: level + 1]
                cells.append(HeadCell(path[level]))
        rows.append(cells)
    return rows
