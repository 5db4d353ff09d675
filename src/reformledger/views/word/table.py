"""A table of Word, made as one text of XML: cell by cell it would take a hundred times as long."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from reformledger.i18n import _
from reformledger.text.masking import visible
from reformledger.views.answer import Cell, Styled, plain
from reformledger.views.palette import tone_of
from reformledger.views.progress import progressing
from reformledger.views.word.grid import Grid, Head, HeadCell, Row, TableColumn
from reformledger.views.word.text import refuse, run, run_properties
from reformledger.views.word.widths import PADDING, SIZES, Fit, Needs, fit, lines_of, needs, row_height

_LINE = 'w:val="single" w:sz="4" w:space="0" w:color="808080"'
_HEAD_FILL = "EDEFF2"
_ROW_NAME = 40  # characters of the text by which a row is named
_SURE = 0.75  # of a page: heights are known about, and how high a row of Word is another matter
_MOST_LINES = 18  # a row of more is higher than half a page: it may break, or no program could print it


def column_needs(grid: Grid) -> list[Needs]:
    """Return what each column of a table needs, its heading among its texts."""
    full = [row.cells for row in grid.rows if row.cells]
    found = []
    for index, column in enumerate(grid.columns):
        texts = [plain(cell) for cells in full if (cell := cells[index]) is not None]
        whole = needs(texts, fixed=column.fixed, weight=column.weight)
        least = max(whole.least, needs([column.heading if grid.head else ""]).least)
        found.append(Needs(least, max(least, whole.readable), max(least, whole.most)))
    return found


def table_element(
    grid: Grid, room: int, *, height: float = 0, page: float = 0, kept: bool = False, dense: bool = False
) -> Any:
    """Return a table that is ``room`` twips wide: its head is on every page, its rows break over none.

    With a ``height`` in points its letters are so small that it is not higher, where they can be read at all; those of
    a ``dense`` one are not of the largest size. Where it is ``kept``, its last row is on the page of what follows.
    Cells that go on below one another stay on one page, since the next would show them blank; where a ``page``, whose
    height is in points, may not hold them all, they are printed again in each row. Raises ``UsageError``, naming row
    and column, for a character that no file of Word can hold.
    """
    fitted = _fitted(grid, room, height, SIZES[1:] if dense else SIZES)
    made, printed = _Table(grid.columns, fitted), list(_printed(grid, fitted, page))
    with progressing(made.body_rows(printed, kept=kept), len(printed), _("Writing")) as rows:
        body = "".join([*made.head_rows(grid.head), *rows])
    return parse_xml(f"<w:tbl {nsdecls('w')}>{made.properties()}{body}</w:tbl>")


def _fitted(grid: Grid, room: int, height: float, sizes: Sequence[float]) -> Fit:
    """Return the widths of columns, and the largest of ``sizes`` of letters for which a table is not too high."""
    needed = column_needs(grid)
    fitted = fit(needed, room, sizes)
    if height:
        for start in range(sizes.index(fitted.size), len(sizes)):
            fitted = fit(needed, room, sizes[start:])
            if sum(_height(row, fitted) for row in [*grid.rows, *(Row() for _row in grid.head)]) <= height:
                break
    return fitted


def _printed(grid: Grid, fitted: Fit, page: float) -> Iterator[Row]:
    """Yield the rows; what goes on over more of them than a ``page`` is sure to hold is in each of them."""
    free = _SURE * page - sum(_height(Row(), fitted) for _row in grid.head)
    for rows in _going_on(grid.rows):
        is_whole = len(rows) == 1 or sum(_height(row, fitted) for row in rows) <= free
        above: Sequence[Cell | None] = rows[0].cells
        for row in rows:
            if not is_whole:
                above = [over if cell is None else cell for over, cell in zip(above, row.cells, strict=True)]
            yield row if is_whole else row._replace(cells=above)


def _going_on(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Yield each row together with those below it into which any of its cells goes on."""
    found: list[Row] = []
    for row in rows:
        if found and None not in row.cells:
            yield found
            found = []
        found.append(row)
    if found:
        yield found


def _height(row: Row, fitted: Fit) -> float:
    return row_height(["" if cell is None else plain(cell) for cell in row.cells], fitted)


class _Table:
    """What the cells of one table share."""

    def __init__(self, columns: Sequence[TableColumn], fitted: Fit) -> None:
        self.columns = columns
        self.widths = fitted.widths
        self.size = fitted.size
        self.letters = f'<w:sz w:val="{round(2 * fitted.size)}"/>'

    def properties(self) -> str:
        """Return what is said of the whole table, and its grid."""
        sides = "".join(f"<w:{side} {_LINE}/>" for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
        free = "".join(
            f'<w:{side} w:w="{twips}" w:type="dxa"/>'
            for side, twips in (("top", 40), ("left", PADDING // 2 - 10), ("bottom", 40), ("right", PADDING // 2 - 10))
        )
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in self.widths)
        return (
            f'<w:tblPr><w:tblW w:w="{sum(self.widths)}" w:type="dxa"/><w:jc w:val="center"/>'
            f'<w:tblBorders>{sides}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>{free}</w:tblCellMar>'
            f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
        )

    def head_rows(self, head: Head) -> Iterator[str]:
        """Yield the rows of the head, which is printed again on every page."""
        covered: dict[int, int] = {}  # column: how many more rows a cell of a row above covers it
        spans: dict[int, int] = {}  # column at which such a cell begins: how many it covers
        for cells in head:
            waiting = iter(cells)
            row, index = "", 0
            while index < len(self.columns):
                if covered.get(index):
                    covered[index] -= 1
                    row += self._head_cell(HeadCell("", spans[index]), index, '<w:vMerge w:val="continue"/>')
                    index += spans[index]
                    continue
                cell = next(waiting)
                merged = '<w:vMerge w:val="restart"/>' if cell.rows > 1 else ""
                covered[index], spans[index] = cell.rows - 1, cell.columns
                row += self._head_cell(cell, index, merged)
                index += cell.columns
            yield f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{row}</w:tr>"

    def _head_cell(self, cell: HeadCell, index: int, merged: str) -> str:
        refuse(cell.text)
        place = self._place(index, cell.columns, merged, _HEAD_FILL)
        return self._cell("TableHead", cell.text, place, "center", kept=True)

    def body_rows(self, rows: Sequence[Row], *, kept: bool) -> Iterator[str]:
        """Yield the rows; the last of them is ``kept`` on the page of what follows."""
        blank = [""] * len(self.columns)
        for index, row in enumerate(rows, 1):
            below = rows[index].cells if index < len(rows) else ()
            if row.cells:
                yield self._body_row(row, below or blank, kept=kept and index == len(rows))
            else:
                refuse(row.heading)
                place = self._place(0, len(self.columns), "", _HEAD_FILL)
                yield _row(self._cell("TableHead", row.heading, place, "left", kept=True))

    def _body_row(self, row: Row, following: Sequence[Cell | None], *, kept: bool) -> str:
        cells = row.cells
        texts = ["" if cell is None else plain(cell) for cell in cells]
        self._check(texts)
        kept = kept or any(cell is None for cell in following)
        made = []
        for index, (cell, text) in enumerate(zip(cells, texts, strict=True)):
            column, style = self.columns[index], cell.style if isinstance(cell, Styled) else ""
            merged = _merged(above=cell is None, below=following[index] is None)
            tone = tone_of(style)
            fill = tone.fill.upper() if tone else _HEAD_FILL if column.heads else ""
            place = self._place(index, 1, merged, fill)
            name = "TableHead" if column.heads else "TableText"
            made.append(self._cell(name, text, place, column.align, kept=kept, style_of_text=style))
        breaks = any(lines_of(text, self.widths[i], self.size) > _MOST_LINES for i, text in enumerate(texts) if text)
        return _row("".join(made), breaks=breaks, height=row.height)

    def _check(self, texts: Sequence[str]) -> None:
        """Raise ``UsageError``, naming row and column, for a character that cannot be written."""
        named = next((text for text in texts if text and not text.isdecimal()), "")
        for column, text in zip(self.columns, texts, strict=True):
            if not (text.isascii() and text.isprintable()):
                where = _("Row “{row}”, column “{column}”")
                refuse(text, where.format(row=visible(named)[:_ROW_NAME], column=column.heading))

    def _place(self, index: int, columns: int, merged: str, fill: str) -> str:
        """Return the properties of the cell at ``index`` that covers so many columns."""
        width = sum(self.widths[index : index + columns])
        span = f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else ""
        shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
        return f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merged}{shade}<w:vAlign w:val="center"/></w:tcPr>'

    def _cell(
        self, style: str, text: str, place: str, align: str, *, kept: bool = False, style_of_text: str = ""
    ) -> str:
        """Return a cell of one paragraph, ``kept`` on the page of the next row."""
        keep = "<w:keepNext/>" if kept else ""
        content = run(text, run_properties(style_of_text, self.letters)) if text else ""
        return (
            f'<w:tc>{place}<w:p><w:pPr><w:pStyle w:val="{style}"/>{keep}<w:jc w:val="{align}"/></w:pPr>'
            f"{content}</w:p></w:tc>"
        )


def _merged(*, above: bool, below: bool) -> str:
    """Return how a cell is one with that above it and that below."""
    if above:
        return '<w:vMerge w:val="continue"/>'
    return '<w:vMerge w:val="restart"/>' if below else ""


def _row(cells: str, *, breaks: bool = False, height: int = 0) -> str:
    high = f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>' if height else ""
    return f"<w:tr><w:trPr>{'' if breaks else '<w:cantSplit/>'}{high}</w:trPr>{cells}</w:tr>"
