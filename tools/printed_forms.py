"""Print a form as offices have it: the text of a PDF, Markdown, Word, Excel, CSV, of one plain description.

A description has a paragraph a line: ``= `` before one that is centred, ``# `` before one with the style of a heading,
``| a | b |`` for a row of a table, ``---`` between two pages. A cell ``^`` is merged with the one above, ``<`` with the
one before it; ⏎ is a line end within a cell.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

ABOVE, BEFORE, LINE_END, PAGE_END = "^", "<", "⏎", "---"
_LINE = 28  # characters of a line of text
_TABLE = 44  # of a row of a table, which is printed across
_NARROWEST = 4
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_WORD = re.compile(r"[!-~]+|.", re.DOTALL)
_MAY_NOT_BEGIN = "，。；：、）》」』”’！？)]>,;:.%"
_SAVED_AT = re.compile(rb"20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z")
_HAN_BEFORE_DIGIT = re.compile(r"(?<=[\u4e00-\u9fff])(?=\d)")

Rows = list[list[str]]


class Printed(NamedTuple):
    """A paragraph of a form."""

    text: str
    style: str = ""
    """``=`` centred, ``#`` a heading, blank for any other."""


def blocks(description: str) -> Iterator[Printed | Rows]:
    """Yield the paragraphs and tables that a description is made of."""
    rows: Rows = []
    for line in description.splitlines():
        if line.startswith("|"):
            rows.append([cell.strip() for cell in line.strip().strip("|").split("|")])
            continue
        if rows:
            yield rows
            rows = []
        if line[:2] in {"= ", "# "}:
            yield Printed(line[2:], line[0])
        elif line:
            yield Printed(line)
    if rows:
        yield rows


# --- the text of a PDF -----------------------------------------------------------------------------------------------


def pdf_text(description: str) -> str:
    """Return the text as it is copied from a PDF of Word: lines broken and double spaced, a blank ends a paragraph."""
    lines: list[str] = []
    for block in blocks(description):
        if isinstance(block, list):
            lines += _table_lines(block)
        elif block.text == PAGE_END:
            lines += ["\f"]
        else:
            lines += _ended(_wrapped(block.text, _LINE))
            lines += [" "] if block.style == "=" else []
    return "\n\n".join(lines).replace("\f\n\n", "\f") + "\n"


def stripped(text: str) -> str:
    """Return a text without blank lines and without blanks at the ends of lines."""
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(filter(None, lines)) + "\n"


def _ended(lines: list[str]) -> list[str]:
    return [*lines[:-1], lines[-1] + " "]


def _wrapped(text: str, width: float) -> list[str]:
    """Return the lines of a text, its Latin words whole and no line with a full stop or its like in front."""
    lines, held = [""], 0.0
    for word in _WORD.findall(_HAN_BEFORE_DIGIT.sub(" ", text)):
        needs = len(word) / 2 if word.isascii() else 1
        if held + needs > width and word[0] not in _MAY_NOT_BEGIN and lines[-1]:
            if word == " ":
                continue
            lines.append("")
            held = 0.0
        lines[-1] += word
        held += needs
    return [line.rstrip() for line in lines]


def _table_lines(rows: Rows) -> Iterator[str]:
    """Yield the lines of a table: cells of one line stand in a row, those of several lines among lines of their own."""
    widths = _widths(rows)
    for row in rows:
        line: list[str] = []
        for cell, width in zip(row, widths, strict=True):
            if cell in {ABOVE, BEFORE}:
                continue
            pieces = [_wrapped(piece, width) for piece in cell.split(LINE_END)]
            lines = [line for piece in pieces for line in _ended(piece)]
            if len(lines) == 1:
                line.append(lines[0].strip())
                continue
            if line:
                yield " ".join(line) + " "
                line = []
            yield from lines
        if line:
            yield " ".join(line) + " "


def _widths(rows: Rows) -> list[int]:
    """Return how many characters fit into a cell of each column: what it needs, less where the page has not so much."""
    needed = [
        max(len(piece) for cell in column if cell not in {ABOVE, BEFORE} for piece in cell.split(LINE_END))
        for column in zip(*rows, strict=True)
    ]
    widest = max(needed)
    while sum(min(need, widest) for need in needed) > _TABLE and widest > _NARROWEST:
        widest -= 1
    return [max(min(need, widest), 1) for need in needed]


# --- other texts -----------------------------------------------------------------------------------------------------


def tabbed_text(description: str) -> str:
    """Return the text as it is copied from Word or a browser: a paragraph a line, cells with tabs between."""
    lines: list[str] = []
    for block in blocks(description):
        if isinstance(block, list):
            lines += ["\t".join(_plain(cell, " ") for cell in row) for row in block]
        elif block.text != PAGE_END:
            lines.append(block.text)
    return "\n".join(lines) + "\n"


def markdown(description: str) -> str:
    """Return it as Markdown: the centred lines and headings as headings, tables with bars."""
    parts: list[str] = []
    for block in blocks(description):
        if isinstance(block, list):
            shown = ["| " + " | ".join(_plain(cell, "<br>") for cell in row) + " |" for row in block]
            parts.append("\n".join([shown[0], "|" + " --- |" * len(block[0]), *shown[1:]]))
        elif block.text != PAGE_END:
            parts.append({"=": "# ", "#": "## "}.get(block.style, "") + block.text)
    return "\n\n".join(parts) + "\n"


def csv_text(description: str, separator: str = ",") -> str:
    """Return its rows, each paragraph as a row of one cell."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\n")
    for row in _all_rows(description):
        writer.writerow([_plain(cell, "\n") for cell in row])
    return out.getvalue()


def _plain(cell: str, line_end: str) -> str:
    return "" if cell in {ABOVE, BEFORE} else cell.replace(LINE_END, line_end)


def _all_rows(description: str) -> Rows:
    found = list(blocks(description))
    width = max(len(block[0]) for block in found if isinstance(block, list))
    rows: Rows = []
    for block in found:
        if isinstance(block, list):
            rows += [[*row, *[""] * (width - len(row))] for row in block]
        elif block.text != PAGE_END:
            rows.append([block.text, *[BEFORE] * (width - 1)])
    return rows


# --- files of Office -------------------------------------------------------------------------------------------------


def word(description: str) -> bytes:
    """Return it as a Word document."""
    document = Document()
    for block in blocks(description):
        if isinstance(block, list):
            table = document.add_table(len(block), len(block[0]), style="Table Grid")
            for top, left, bottom, right, text in _areas(block):
                cell = table.cell(top, left)
                if (top, left) != (bottom, right):
                    cell = cell.merge(table.cell(bottom, right))
                cell.text = text
        elif block.text == PAGE_END:
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        else:
            paragraph = document.add_paragraph(block.text, style="Heading 1" if block.style == "#" else None)
            if block.style == "=":
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return _saved(document.save)


def workbook(description: str) -> bytes:
    """Return it as a workbook of one sheet, each paragraph in a row merged over the whole width."""
    book = Workbook()
    sheet = book.active
    if not isinstance(sheet, Worksheet):
        raise TypeError(sheet)
    for top, left, bottom, right, text in _areas(_all_rows(description)):
        cell = sheet.cell(top + 1, left + 1)
        if _DAY.fullmatch(text):
            cell.value = datetime.fromisoformat(text)
            cell.number_format = "yyyy-mm-dd"
        elif text:
            cell.value = int(text) if text.isdecimal() else text
        if (top, left) != (bottom, right):
            sheet.merge_cells(None, top + 1, left + 1, bottom + 1, right + 1)
    return _saved(book.save)


def _areas(rows: Rows) -> Iterator[tuple[int, int, int, int, str]]:
    """Yield the cells: where each begins and ends, and its text."""
    for top, row in enumerate(rows):
        for left, cell in enumerate(row):
            if cell in {ABOVE, BEFORE}:
                continue
            bottom, right = top, left
            while right + 1 < len(row) and row[right + 1] == BEFORE:
                right += 1
            while bottom + 1 < len(rows) and rows[bottom + 1][left] == ABOVE:
                bottom += 1
            yield top, left, bottom, right, cell.replace(LINE_END, "\n")


def _saved(save: Callable[[io.BytesIO], object]) -> bytes:
    """Return what is saved, as if at one time always: printed anew, a file is the same."""
    saved, out = io.BytesIO(), io.BytesIO()
    save(saved)
    with ZipFile(saved) as parts, ZipFile(out, "w", ZIP_DEFLATED) as timeless:
        for name in parts.namelist():
            content = _SAVED_AT.sub(rb"2020-01-01T00:00:00Z", parts.read(name))
            timeless.writestr(ZipInfo(name), content, ZIP_DEFLATED)
    return out.getvalue()


PRINTS: dict[str, Callable[[str], bytes]] = {
    ".txt": lambda text: pdf_text(text).encode(),
    ".stripped.txt": lambda text: stripped(pdf_text(text)).encode(),
    ".tabs.txt": lambda text: tabbed_text(text).encode(),
    ".md": lambda text: markdown(text).encode(),
    ".csv": lambda text: csv_text(text).encode(),
    ".semicolon.csv": lambda text: csv_text(text, ";").encode(),
    ".gb18030.csv": lambda text: csv_text(text).encode("gb18030"),
    ".docx": word,
    ".xlsx": workbook,
}
"""How a form is printed, by how the name of the file ends."""
OPTIONS = {".semicolon.csv": ["--separator", ";"], ".gb18030.csv": ["--encoding", "gb18030"]}
"""The options that a file with such an ending needs."""


def print_of(name: str) -> str:
    """Return the ending, of those of ``PRINTS``, that the name of a file has."""
    return next(ending for ending in sorted(PRINTS, key=len, reverse=True) if name.endswith(ending))
