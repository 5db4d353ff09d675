"""What a command hands over to be printed, before any layout: tables, JSON, lines of text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple

Purpose = Literal["screen", "spreadsheet", "workbook", "document"]
"""What a table is for.

To be read now; to be calculated with (one table, all columns); both, on a sheet of its own; or to be handed in.
"""

CALCULATED: frozenset[Purpose] = frozenset({"spreadsheet", "workbook"})
"""The purposes for which a table has every column, and one table has all."""

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


Cell = str | int | date | Styled | Bar
"""What a cell holds: a number or a day is one for programs that calculate, and text for all others."""


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
    """Rows under a heading of their own; ``is_counted``: whether what is counted under it is its rows."""

    heading: str
    rows: Sequence[Sequence[Cell]]
    is_counted: bool = True

    @property
    def counted_heading(self) -> str:
        """The heading with the number of its rows, where they are what is counted."""
        return f"{self.heading} ({len(self.rows)})" if self.is_counted else self.heading


class Sheet(NamedTuple):
    """A table. ``groups`` come after ``rows``; ``group_heading`` is the heading of their column in a spreadsheet.

    A sheet without it has no groups in a spreadsheet; one with it has that column, even where no group was found.
    ``head``: whether the headings of the columns are shown (a sheet of heading and value has none). ``printed``: how
    many of its columns belong on paper, from the left, where a workbook has more; None for all. ``name``: what a
    workbook calls it, where that is shorter than its title. One without columns is a sentence, the ``footer``, under
    its title. ``dense``: on paper few pages matter more than large letters.

    A sheet of ``own_page`` is handed over by itself: it needs nothing above it but its title and the lines of
    ``above``, and below the table are the ``blanks``, which somebody fills in by hand.
    """

    title: str | None
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]] = ()
    groups: Sequence[RowGroup] = ()
    footer: str | None = None
    group_heading: str = ""
    head: bool = True
    printed: int | None = None
    name: str = ""
    own_page: bool = False
    above: Sequence[str] = ()
    blanks: Sequence[str] = ()
    dense: bool = False


class About(NamedTuple):
    """What stands above an answer that is handed on: its title, the day it is true of (None: of any), the question."""

    title: str = ""
    day: date | None = None
    question: str = ""


class Event(NamedTuple):
    """A day on which something is due.

    ``uid`` stays when the day moves, ``sequence`` grows by one with each move. ``is_done``: nobody need be reminded.
    ``is_cancelled``: nothing is due any more, which a calendar that has the event already must be told.
    """

    uid: str
    day: date
    summary: str
    description: str = ""
    sequence: int = 0
    is_done: bool = False
    is_cancelled: bool = False
    categories: Sequence[str] = ()


class Calendar(NamedTuple):
    """The days of an answer; ``undated`` names what has none, ``remind`` is how long before a day a reminder comes."""

    events: Sequence[Event]
    undated: Sequence[str] = ()
    remind: timedelta | None = None


@dataclass(frozen=True)
class Answer:
    """What a command found, in each shape that a format may ask for; each is made only when it is printed.

    ``lines`` (for a width in cells, None where nothing is folded) are the answer of a command that prints text and
    no table. ``about`` is asked for by what is handed on. ``calendar`` is there where an answer has days.
    """

    json: Callable[[], object]
    sheets: Callable[[Purpose], Sequence[Sheet]] = lambda _purpose: ()
    lines: Callable[[int | None], Iterable[Line]] | None = None
    about: Callable[[], About] = About
    calendar: Callable[[], Calendar] | None = None


def plain(cell: Cell) -> str:
    """Return the text of a cell without style and bar."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell) if isinstance(cell, int) else cell.text


def unstyled(lines: Iterable[Line]) -> str:
    """Return lines as text without styles."""
    return "".join("".join(text for text, _style in line) + "\n" for line in lines)
