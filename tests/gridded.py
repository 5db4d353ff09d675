"""Tables for tests of the drafting: rows of cells, as grids and as tables that are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from reformledger.drafting.account import Account
from reformledger.drafting.entry import Context
from reformledger.drafting.passage import NOTHING, Passage
from reformledger.drafting.questions import Item, Questions
from reformledger.drafting.source import Block, Grid, Line, Place, Source, SourceBuilder
from reformledger.drafting.tables.grids import tables_of
from reformledger.drafting.tables.parts import read_ledger, read_point_tables
from reformledger.yamlio import Mapped

UP, LEFT = "↑", "←"
"""A cell that is merged with the one above it, or with the one before it."""


class Sample:
    """A source under way: lines and grids, and the context in which they are drafted."""

    def __init__(self, *blocks: str | Sequence[Sequence[str]], year: int = 2020, file: str = "sample.docx") -> None:
        builder = SourceBuilder(Path(file))
        self.blocks: list[Block] = []
        for number, block in enumerate(blocks, 1):
            if isinstance(block, str):
                self.blocks.append(Line(builder.add(block, Place(paragraph=number)), is_whole=True))
            else:
                self.blocks.append(Grid(_cells(builder, block, number)))
        builder.blocks += self.blocks
        self.source: Source = builder.source()
        self.questions = Questions()
        self.context = Context(year, self.questions, Account(self.source))
        self.contacts: dict[str, Mapped] = {}

    def flow(self) -> list[Any]:
        """Return its lines, and the tables of its grids."""
        flow: list[Any] = []
        for block in self.blocks:
            flow += tables_of(block, self.context) if isinstance(block, Grid) else [block]
        return flow

    def ledger(self, **columns: str) -> Any:
        """Return the ledger that it is drafted as."""
        return read_ledger(self.flow(), self.context, columns, self.contacts)

    def points(self) -> Any:
        """Return the work points that it is drafted as."""
        return read_point_tables(self.flow(), self.context, {}, self.contacts)

    def rows(self, **columns: str) -> list[dict[str, Any]]:
        """Return the rows of the ledger that it is drafted as, one after the other, without their ids."""
        tables = (table for part in self.ledger(**columns)["parts"] for table in part["tables"])
        return [{key: value for key, value in row.items() if key != "id"} for table in tables for row in table["rows"]]

    def asked(self) -> list[tuple[str, str, str]]:
        """Return what is asked: the subject, the field and the characters."""
        return [(subject, item.field, item.source.text) for subject, item in self._items()]

    def proposed(self) -> list[Any]:
        """Return what is proposed, in the order of the questions."""
        return [proposal.data for _subject, item in self._items() for proposal in item.proposals]

    def _items(self) -> Iterator[tuple[str, Item]]:
        return ((question.subject, item) for question in self.questions for item in question.items)

    def left(self) -> list[str]:
        """Return what no field holds and no question is about."""
        return [passage.text for passage in self.context.account.unclaimed()]


def _cells(builder: SourceBuilder, rows: Sequence[Sequence[str]], table: int) -> tuple[tuple[Passage, ...], ...]:
    made: list[tuple[Passage, ...]] = []
    for number, row in enumerate(rows, 1):
        cells: list[Passage] = []
        for column, text in enumerate(row):
            if text == UP:
                cells.append(made[-1][column])
            elif text == LEFT:
                cells.append(cells[-1])
            else:
                place = Place(table=table, row=number, column=column + 1)
                cells.append(builder.add(text, place) if text else NOTHING)
        made.append(tuple(cells))
    return tuple(made)
