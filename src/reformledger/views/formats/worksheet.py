"""A sheet drawn on a worksheet of a workbook: title, question, frozen head with filters, typed cells, last sentence.

What a workbook cannot hold is refused by name before anything is drawn; nothing is cut.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from xlsxwriter.format import Format as CellFormat
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from reformledger.errors import UsageError
from reformledger.i18n import _
from reformledger.views.answer import About, Cell, Column, Sheet, plain
from reformledger.views.formats.workbook import (
    POINTS,
    TITLE_POINTS,
    Content,
    Contents,
    Styles,
    UnfitError,
    must,
    points,
    set_page,
    write,
    write_across,
)
from reformledger.views.palette import TONES
from reformledger.views.progress import progressing

# What Excel and WPS hold: rows and columns of a worksheet.
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384
_TITLE, _QUESTION, _GAP, _HEAD = range(4)
"""The rows of a worksheet down to the head of its table."""
_BELOW = 2
"""How many rows below its table the last sentence is, which no filter takes with it."""
_HEAD_MARGIN = 3
"""Points that the head has beside what a row has."""
_PAGE = 140
"""How many characters of a table a landscape A4 page holds unscaled."""
_BESIDE_PAPER = 160
"""How many characters a column holds at most that is not printed, so that its long texts make no row high."""
_PADDING, _FILTER_BUTTON, _HEADING = 3, 3, 12
"""Characters beside the text of a cell, those that the button of a filter takes, and the most a heading asks for."""
_SHOWN = 40
"""The characters by which a refusal names a row."""
_DATA_BAR = {
    "type": "data_bar",
    "bar_color": f"#{TONES['green'].dark_ink}",
    "min_type": "num",
    "max_type": "num",
    "min_value": 0,
    "max_value": 1,
}


class Drawing:
    """A sheet looked through and measured, ready to be drawn; ``name`` is that of its worksheet.

    Making and drawing it raise ``UsageError`` for what a worksheet cannot hold, which names it.
    """

    def __init__(self, sheet: Sheet, about: About, contents: Contents) -> None:
        self._sheet, self._contents = sheet, contents
        self._is_grouped = bool(sheet.group_heading or sheet.groups)
        self._columns = [*([Column("group", sheet.group_heading)] if self._is_grouped else []), *sheet.columns]
        self._printed = len(self._columns) - len(sheet.columns) + (sheet.printed or len(sheet.columns))
        self._title = sheet.title or about.title
        is_said = about.day is None or str(about.day) in self._title
        day = "" if is_said else _("As of {day}").format(day=about.day)
        self._question = _("; ").join(filter(None, (day, about.question)))
        self.name = sheet.name or self._title
        with self._naming():
            self._check_size()
            for text in (self.name, self._title, self._question, sheet.footer or ""):
                contents[text]
            self._headings = [contents[column.heading] for column in self._columns]
            self._rows = self._made_rows()
        # Of each column, the styles of its cells: those of numbers stand to the right.
        self._styles = [{made.style for made in column} for column in zip(*self._rows, strict=True)]
        self._rooms = self._measured()

    @contextmanager
    def _naming(self) -> Iterator[None]:
        """Name the sheet in which something is unfit."""
        try:
            yield
        except UnfitError as error:
            message = _("Worksheet “{sheet}”: {reason}").format(sheet=self.name[:_SHOWN], reason=error)
            raise UsageError(message, _("Shorten or change it, or choose another format, such as CSV.")) from None

    def _check_size(self) -> None:
        rows = _HEAD + 1 + len(self._sheet.rows) + sum(len(group.rows) for group in self._sheet.groups) + _BELOW
        if rows > _MOST_ROWS:
            raise UnfitError(_("with {count:,} rows it is too long for {most:,}.").format(count=rows, most=_MOST_ROWS))
        if (columns := len(self._columns)) > _MOST_COLUMNS:
            sentence = _("with {count:,} columns it is too wide for {most:,}.")
            raise UnfitError(sentence.format(count=columns, most=_MOST_COLUMNS))

    def _made_rows(self) -> list[list[Content]]:
        """Return what each cell of the table becomes."""
        rows: list[Sequence[Cell]] = [["", *row] if self._is_grouped else row for row in self._sheet.rows]
        rows += [[group.heading, *row] for group in self._sheet.groups for row in group.rows]
        made = list(map(self._made_row, rows))
        if not self._sheet.head and len(self._columns) > 1:  # the first column has the headings
            made = [[first._replace(style="label"), *rest] for first, *rest in made]
        return made

    def _made_row(self, row: Sequence[Cell]) -> list[Content]:
        try:
            return [self._contents[cell] for cell in row]
        except UnfitError as error:
            message = _("row “{row}”, column “{column}”: {reason}")
            name = plain(row[self._named_by()])[:_SHOWN]
            unfit = next(index for index, cell in enumerate(row) if cell not in self._contents)
            raise UnfitError(message.format(row=name, column=self._columns[unfit].heading, reason=error)) from None

    def _named_by(self) -> int:
        """Return the index of the column that names a row: of ids, else the first."""
        return next((index for index, column in enumerate(self._columns) if column.key in {"id", "ref"}), 0)

    def _measured(self) -> list[int]:
        """Return how many characters each column holds, which depends on its content and heading."""
        widest = [0] * len(self._columns)
        for row in self._rows:
            widest = [max(made.widest, most) for most, made in zip(widest, row, strict=True)]
        wanted = [
            max(most, min(heading.widest + _FILTER_BUTTON, _HEADING) if self._sheet.head else 0) + _PADDING
            for most, heading in zip(widest, self._headings, strict=True)
        ]
        rooms = _rooms(self._columns[: self._printed], wanted[: self._printed])
        return [*rooms, *(min(room, _BESIDE_PAPER) for room in wanted[self._printed :])]

    def draw(self, paper: Worksheet, styles: Styles) -> None:
        """Draw the sheet on an empty worksheet."""
        with self._naming():
            set_page(paper, self._rooms)
            self._draw_across(paper, _TITLE, self._title, styles["title"], TITLE_POINTS / POINTS)
            self._draw_across(paper, _QUESTION, self._question, styles["sentence"])
            must(paper.set_row(_GAP, points(0.3)))
            first = self._draw_head(paper, styles) if self._sheet.head else _HEAD
            with progressing(enumerate(self._rows, first), len(self._rows), _("Writing")) as rows:
                for number, row in rows:
                    self._draw_row(paper, number, row, styles)
            last = first + len(self._rows) - 1
            self._draw_across(paper, last + _BELOW, self._sheet.footer or "", styles["sentence"])
            if self._rows:
                self._set_table(paper, first, last, styles)

    def _draw_across(self, paper: Worksheet, row: int, text: str, style: CellFormat, size: float = 1) -> None:
        """Write a sentence over all columns that are printed; ``size`` is that of its characters, 1 for a cell's."""
        if text:
            write_across(paper, row, self._rooms[: self._printed], self._contents[text], style, size)

    def _draw_head(self, paper: Worksheet, styles: Styles) -> int:
        """Write the headings, which stay where they are and are printed on each page; return the row below them."""
        most = 1
        for index, (column, heading) in enumerate(zip(self._columns, self._headings, strict=True)):
            is_number = column.align == "right" or (self._rows and self._styles[index] & {"number", "share"})
            write(paper, _HEAD, index, heading, styles["head of numbers" if is_number else "head"])
            most = max(most, heading.height(self._rooms[index] - _FILTER_BUTTON))
        must(paper.set_row(_HEAD, points(most) + _HEAD_MARGIN))
        paper.repeat_rows(_TITLE, _HEAD)
        # Where more columns are than paper holds, a row is known by its id.
        named_by = self._named_by() + 1 if self._printed < len(self._columns) else 0
        paper.freeze_panes(_HEAD + 1, named_by)
        return _HEAD + 1

    def _draw_row(self, paper: Worksheet, number: int, row: Sequence[Content], styles: Styles) -> None:
        lines = 1
        for column, made in enumerate(row):
            write(paper, number, column, made, styles[made.style])
            if made.widest > self._rooms[column] or len(made.lines) > 1:
                lines = max(lines, made.height(self._rooms[column]))
        must(paper.set_row(number, points(lines)))

    def _set_table(self, paper: Worksheet, first: int, last: int, styles: Styles) -> None:
        """Let the rows be filtered, no text be marked as a mistyped number, and what is on paper be that alone."""
        end = len(self._columns) - 1
        if self._sheet.head:
            must(paper.autofilter(_HEAD, 0, last, end))
        cells = f"A{first + 1}:{xl_col_to_name(end)}{last + 1}"
        must(paper.ignore_errors({"number_stored_as_text": cells, "two_digit_text_year": cells}))
        if self._printed <= end:
            must(paper.print_area(0, 0, last + _BELOW, self._printed - 1))
        for column, found in enumerate(self._styles):
            if "share" in found:
                must(paper.conditional_format(first, column, last, column, _DATA_BAR))
        if self._is_grouped:  # by conditions, which hold when the rows are sorted or filtered, too
            for sign, across, style in (("<>", end, "new group"), ("=", 0, "same group")):
                criteria = f"=$A{first + 1}{sign}$A{first}"
                condition = {"type": "formula", "criteria": criteria, "format": styles[style]}
                must(paper.conditional_format(first, 0, last, across, condition))


def _rooms(columns: Sequence[Column], wanted: Sequence[int]) -> list[int]:
    """Return how many characters each column holds: as its content takes, less where it is long and the page full."""
    rooms = [min(room, _most(column)) for room, column in zip(wanted, columns, strict=True)]
    left = max(_PAGE - sum(rooms), 0)
    for index in sorted(range(len(columns)), key=lambda index: -columns[index].weight):
        more = min(wanted[index] - rooms[index], left)
        rooms[index] += more
        left -= more
    return rooms


def _most(column: Column) -> int:
    """Return how many characters a column holds at most where the page is full."""
    if column.fixed:
        return _PAGE // 4
    return 46 if column.wide else 12 + 8 * column.weight
