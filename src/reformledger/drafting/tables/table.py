"""A table as it is read, whatever it was read from: its headings, its rows, and how else a row could be cut."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from reformledger.drafting.passage import Passage


class OtherReading(NamedTuple):
    """The cells of a row, cut in another way; ``margin`` is by how much it is the worse one."""

    cells: tuple[Passage, ...]
    margin: float


class ReadRow(NamedTuple):
    """A row: a cell for each heading, ``NOTHING`` for a blank one; ``others`` are the next best readings.

    ``others`` is empty where there is no doubt: the cells are given, or the margin is wide enough. ``notes`` are what
    is to be asked of a cell whatever it says, by its column from 0.
    """

    cells: tuple[Passage, ...]
    others: tuple[OtherReading, ...] = ()
    notes: Mapping[int, str] = {}


class ReadTable(NamedTuple):
    """A table: ``title`` and ``notes`` are lines that its own cells hold (a title row, 注：…).

    The ``headings`` of stepped heads are joined from the top (“一季度 目标”), the words of each level kept apart by a
    blank. Headings printed again are laid out already. ``is_given``: its cells were cells, so that a blank one that is
    merged with the one above holds that, and any other is blank indeed.
    """

    headings: tuple[Passage, ...]
    rows: tuple[ReadRow, ...]
    title: Passage
    notes: tuple[Passage, ...] = ()
    is_given: bool = True
    name: str = ""
    """The name of its worksheet, where the cells hold no title."""
