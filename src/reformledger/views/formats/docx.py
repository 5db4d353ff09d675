"""An answer as a document of Word, on the page of an official document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from reformledger.i18n import _
from reformledger.text.masking import clean, mask_phones
from reformledger.views.answer import Answer, Cell, Column, Sheet, Styled, plain
from reformledger.views.formats.registry import Format
from reformledger.views.progress import progressing
from reformledger.views.word.grid import Grid, Row, TableColumn, simple_head
from reformledger.views.word.page import Paper, room
from reformledger.views.word.table import column_needs, table_element
from reformledger.views.word.text import line_runs, refuse
from reformledger.views.word.widths import SIZES, size_for

_IN_PORTRAIT = SIZES[:2]
"""The sizes of letters for which a table stays on a page in portrait; one that needs smaller ones is turned."""
_TO_BE_WRITTEN_IN = 800  # twips: the height of a row in which somebody signs
_BESIDE_TABLE = 170  # points of a page that title, lines above and receipt take beside the table
_BESIDE_DENSE = 360  # points of two pages that title, a short table before and sentences take beside a dense one


class Docx(Format[Answer]):
    """A document of Word: the sheets for a document as tables, or an answer that is text as paragraphs."""

    binary = True

    def content(self, answer: Answer, *, reveal: bool) -> bytes:
        """Return the file, in landscape where a table is too wide for portrait.

        Raises ``UsageError``, naming the place, for a character that no file of Word can hold.
        """
        about = answer.about()
        sheets = [_Printed(sheet, reveal=reveal) for sheet in answer.sheets("document")]
        title = clean(about.title, reveal=reveal)
        paper = Paper(title, landscape=any(sheet.is_wide for sheet in sheets))
        day = _("As of {day}").format(day=about.day.isoformat()) if about.day else ""
        if not any(sheet.sheet.own_page for sheet in sheets):
            if title:
                paper.write(title, "Title")
            if said := _("; ").join(filter(None, (day, clean(about.question, reveal=reveal)))):
                paper.write(said, "Subtitle")
        with progressing(sheets, len(sheets), _("Writing")) as shown:
            for sheet in shown:
                sheet.write(paper, is_first=sheet is sheets[0], day=day)
        for line in answer.lines(None) if answer.lines and not sheets else ():
            spans = [(text if reveal else mask_phones(text), style) for text, style in line]
            for text, _style in spans:
                refuse(text)
            paper.write_runs(line_runs(spans), "Listing")
        return paper.content()


class _Printed:
    """A sheet as it is printed: its texts masked."""

    def __init__(self, sheet: Sheet, *, reveal: bool) -> None:
        self.sheet = sheet
        self._reveal = reveal
        columns = list(map(_column, sheet.columns)) if sheet.head else _headed(sheet.columns)
        self._grid = Grid(columns, simple_head(columns) if sheet.head and columns else [], list(self._rows()))

    @property
    def is_wide(self) -> bool:
        """Whether its table is too wide for a page in portrait."""
        return bool(self._grid.columns) and not self.sheet.dense and not self._fits_portrait()

    def _fits_portrait(self) -> bool:
        return size_for(column_needs(self._grid), room(landscape=False), _IN_PORTRAIT) is not None

    def write(self, paper: Paper, *, is_first: bool, day: str) -> None:
        """Write title, table and last sentence; a title that says the ``day`` alone is there already."""
        sheet = self.sheet
        if sheet.own_page and not is_first:
            paper.begin_page()
        if sheet.title and sheet.title != day:
            paper.write(self._said(sheet.title), "Title" if sheet.own_page else "Heading1")
        if sheet.above:
            paper.write_spread([self._said(text) for text in sheet.above], "Note")
        if self._grid.rows or self._grid.head:
            height = paper.height - _BESIDE_TABLE if sheet.own_page else 0
            if sheet.dense:
                height = 2 * paper.height - _BESIDE_DENSE
            kept = bool(sheet.footer or sheet.blanks)
            table = table_element(self._grid, paper.room, height=height, kept=kept, dense=sheet.dense)
            paper.add_table(table)
        if sheet.footer:
            paper.write(self._said(sheet.footer), "Note")
        if sheet.blanks:
            texts = [_("{heading}: {text}").format(heading=text, text="") for text in sheet.blanks]
            signed = Grid([TableColumn("")] * len(texts), [], [Row(texts, height=_TO_BE_WRITTEN_IN)])
            paper.add_table(table_element(signed, paper.room))

    def _said(self, text: str) -> str:
        return text if self._reveal else mask_phones(text)

    def _rows(self) -> Iterator[Row]:
        yield from (Row(self._cells(row)) for row in self.sheet.rows)
        for group in self.sheet.groups:
            if group.heading:
                yield Row(heading=self._said(group.heading))
            yield from (Row(self._cells(row)) for row in group.rows)

    def _cells(self, row: Sequence[Cell]) -> list[Cell]:
        return [
            Styled(self._said(cell.text), cell.style) if isinstance(cell, Styled) else self._said(plain(cell))
            for cell in row
        ]


def _column(column: Column) -> TableColumn:
    """Return a column for paper: what is short stands in the middle, as offices print it."""
    align: Literal["left", "center"] = "left" if column.wide or (column.weight > 1 and not column.fixed) else "center"
    return TableColumn(column.heading, align, column.fixed, column.weight)


def _headed(columns: Sequence[Column]) -> list[TableColumn]:
    """Return the columns of a sheet without a head: the first of them heads its rows."""
    return [TableColumn("", heads=not index, weight=1 + 2 * bool(index)) for index in range(len(columns))]
