"""Fill in a form as a department does: find the row by its id and the column by its heading, and type."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet


def fill_in(file: Path, table: str) -> None:
    """Write into a workbook what a Markdown table says: ids in its first column, headings in its first row."""
    head, _rule, *rows = map(_cells, table.splitlines())
    book = load_workbook(file)
    tops = {sheet.title: _row_with(sheet, head[0], range(1, 20)) for sheet in book.worksheets}
    name, top = next((name, row) for name, row in tops.items() if row)
    sheet = book[name]
    columns = {str(cell.value): number for number, cell in enumerate(sheet[top], 1)}
    for row in rows:
        number = _row_with(sheet, row[0], range(top + 1, sheet.max_row + 1))
        for heading, text in zip(head[1:], row[1:], strict=True):
            if text:
                sheet.cell(number, columns[heading]).value = int(text) if text.isdecimal() else text
    book.save(file)


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|")]


def _row_with(sheet: Worksheet, text: str, rows: range) -> int:
    """Return the row whose first cell has a text; 0 where there is none."""
    return next((row for row in rows if sheet.cell(row, 1).value == text), 0)
