"""The rows of an answer in each format of offices, and the same cells written by the bare library of each.

Each function returns both ways: ours, from the answer that is there to the bytes, and the bare one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from html import escape
from io import BytesIO

from docx import Document
from xlsxwriter import Workbook

from reformledger.views.answer import Answer, Bar, plain
from reformledger.views.formats.docx import Docx
from reformledger.views.formats.html import Html
from reformledger.views.formats.xlsx import Xlsx

Ways = tuple[Callable[[], object], Callable[[], object]]


def xlsx(answer: Answer) -> Ways:
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


def docx(answer: Answer) -> Ways:
    """Return our way of writing an answer, and python-docx's: the same texts, row by row, its quickest way."""
    (sheet,) = answer.sheets("document")

    def bare() -> bytes:
        document = Document()
        table = document.add_table(len(sheet.rows) + 1, len(sheet.columns))
        headings = [column.heading for column in sheet.columns]
        for row, cells in zip(table.rows, [headings, *sheet.rows], strict=True):
            for written, cell in zip(row.cells, cells, strict=True):
                written.text = plain(cell)
        buffer = BytesIO()
        document.save(buffer)
        return buffer.getvalue()

    return lambda: Docx().content(answer, reveal=False), bare


def html(answer: Answer) -> Ways:
    """Return our way of writing an answer, and the joining of its texts: escaped, with neither style nor script."""
    (sheet,) = answer.sheets("document")

    def row(texts: Sequence[str], tag: str) -> str:
        return f"<tr>{''.join(f'<{tag}>{escape(text)}</{tag}>' for text in texts)}</tr>"

    def bare() -> bytes:
        rows = [row(list(map(plain, cells)), "td") for cells in sheet.rows]
        head = row([column.heading for column in sheet.columns], "th")
        return f"<!DOCTYPE html><table>{head}{''.join(rows)}</table>".encode()

    return lambda: Html().content(answer, reveal=False), bare


WAYS = {"xlsx": (xlsx, 1.5), "docx": (docx, 1.5), "html": (html, 1.5)}
"""The ways of each format, and the most that ours may take of the bare one."""
