"""The rows of an answer as a workbook, and the same cells written by XlsxWriter alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO

from xlsxwriter import Workbook

from reformledger.views.answer import Answer, Bar, plain
from reformledger.views.formats.xlsx import Xlsx


def xlsx(answer: Answer) -> tuple[Callable[[], object], Callable[[], object]]:
    """Return our way of writing an answer, and XlsxWriter's: the same cells, numbers and days as such, one style."""
    (sheet,) = answer.sheets("workbook")

    def bare() -> bytes:
        buffer = BytesIO()
        book = Workbook(buffer, {"in_memory": True})
        paper = book.add_worksheet()
        text, day = book.add_format({"text_wrap": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        for column, made in enumerate(sheet.columns):
            paper.write_string(0, column, made.heading, text)
        for number, row in enumerate(sheet.rows, 1):
            for column, cell in enumerate(row):
                if isinstance(cell, int):
                    paper.write_number(number, column, cell)
                elif isinstance(cell, date):
                    paper.write_datetime(number, column, cell, day)
                elif isinstance(cell, Bar) and not cell.words:
                    paper.write_number(number, column, cell.share)
                else:
                    paper.write_string(number, column, plain(cell), text)
        book.close()
        return buffer.getvalue()

    return lambda: Xlsx().content(answer, reveal=False), bare
