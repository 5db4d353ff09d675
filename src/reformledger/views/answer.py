"""What a command hands over to be printed, before any layout: tables, JSON, lines of text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

Purpose = Literal["screen", "spreadsheet", "document"]
"""What a table is for: to be read now, to be calculated with (one table, all columns), or to be handed in."""

Span = tuple[str, str]
"""Text and its style (of Rich: ``bold red``), "" for none."""
Line = list[Span]


class Styled(NamedTuple):
    """Text in a style of Rich (``bold red``); the words say it all, the style only helps."""

    text: str
    style: str


class Bar(NamedTuple):
    """A share from 0 to 1 as a bar with its percentage; ``words`` replace the percentage (``3/4所``)."""

    share: float
    words: str = ""

    @property
    def text(self) -> str:
        """Return the words beside the bar, which are all there is where no bar is drawn."""
        return self.words or f"{round(100 * self.share)}%"


Cell = str | Styled | Bar


class Column(NamedTuple):
    """A column.

    ``fixed``: never folded (ids, dates, statuses, counts). ``weight``: its share where room is short. ``wide``:
    long text, which takes a line of its own below the row where a column would be too narrow for it.
    """

    key: str
    heading: str
    fixed: bool = False
    weight: int = 1
    wide: bool = False
    align: Literal["left", "right"] = "left"


class RowGroup(NamedTuple):
    """Rows under a heading of their own."""

    heading: str
    rows: Sequence[Sequence[Cell]]


class Sheet(NamedTuple):
    """A table. ``groups`` come after ``rows``; ``group_heading`` is the heading of their column in a spreadsheet.

    A sheet without it has no groups in a spreadsheet; one with it has that column, even where no group was found.
    ``head``: whether the headings of the columns are shown (a sheet of heading and value has none).
    """

    title: str | None
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]] = ()
    groups: Sequence[RowGroup] = ()
    footer: str | None = None
    group_heading: str = ""
    head: bool = True


@dataclass(frozen=True)
class Answer:
    """What a command found, in each shape that a format may ask for; each is made only when it is printed.

    ``lines`` (for a width in cells, None where nothing is folded) are the answer of a command that prints text and
    no table.
    """

    json: Callable[[], object]
    sheets: Callable[[Purpose], Sequence[Sheet]] = lambda _purpose: ()
    lines: Callable[[int | None], Iterable[Line]] | None = None


def plain(cell: Cell) -> str:
    """Return the text of a cell without style and bar."""
    return cell if isinstance(cell, str) else cell.text


def unstyled(lines: Iterable[Line]) -> str:
    """Return lines as text without styles."""
    return "".join("".join(text for text, _style in line) + "\n" for line in lines)
