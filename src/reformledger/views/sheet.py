"""What a view hands over to be printed: titled columns and rows, before any layout."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple


class Styled(NamedTuple):
    """Text in a style of Rich (``bold red``); the words say it all, the style only helps."""

    text: str
    style: str


class Bar(NamedTuple):
    """A share from 0 to 1 as a bar with its per cent; ``words`` replace the per cent (``3/4所``)."""

    share: float
    words: str = ""

    @property
    def text(self) -> str:
        """Return the words beside the bar, which stand alone where no bar is drawn."""
        return self.words or f"{round(100 * self.share)}%"


Cell = str | Styled | Bar


class Column(NamedTuple):
    """A column.

    ``fixed``: never folded (ids, dates, states, counts). ``weight``: its share where room is short. ``wide``:
    long text, which takes a line of its own below the row where a column would be too narrow for it.
    """

    key: str
    heading: str
    fixed: bool = False
    weight: int = 1
    wide: bool = False
    align: Literal["left", "right"] = "left"


class Group(NamedTuple):
    """Rows under a heading of their own."""

    heading: str
    rows: Sequence[Sequence[Cell]]


class Sheet(NamedTuple):
    """A table to be printed. ``groups`` come after ``rows``; ``group_heading`` heads their column in a CSV.

    ``head``: whether the headings of the columns are shown (a sheet of heading and value has none).
    """

    title: str | None
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]] = ()
    groups: Sequence[Group] = ()
    footer: str | None = None
    group_heading: str = ""
    head: bool = True


def plain(cell: Cell) -> str:
    """Return the text of a cell without style and bar."""
    return cell if isinstance(cell, str) else cell.text
