"""A sheet as CSV for spreadsheets (RFC 4180)."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from io import StringIO

from reformledger.text.masking import clean
from reformledger.views.answer import Answer, Cell, Sheet, plain
from reformledger.views.formats.registry import Format

# Excel and WPS take a cell that begins with one of these for a formula (OWASP, “CSV injection”).
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_NEGATIVE = re.compile(r"-\d+")


class Csv(Format[Answer]):
    """CSV in UTF-8; a file begins with a byte order mark, without which Excel and WPS read the system's encoding."""

    file_mark = b"\xef\xbb\xbf"

    def content(self, answer: Answer, *, reveal: bool) -> bytes:
        """Return the sheets for a spreadsheet; what could run as a formula is guarded by an apostrophe.

        Of several sheets, which a blank line parts, each row begins with the title of its sheet.
        """
        sheets = answer.sheets("spreadsheet")
        buffer = StringIO()
        writer = csv.writer(buffer)
        for number, sheet in enumerate(sheets):
            if number:
                writer.writerow([])
            titled = [sheet.title or ""] if len(sheets) > 1 else []
            for row in _rows(sheet):
                writer.writerow([_guarded(clean(plain(cell), reveal=reveal)) for cell in (*titled, *row)])
        return buffer.getvalue().encode()


def _rows(sheet: Sheet) -> Iterator[Sequence[Cell]]:
    """Yield the headings and all rows; where a sheet has groups, each row begins with its group's heading.

    Whether it has them the sheet says, not its rows: the columns are those of the command, whatever it found.
    """
    headings = [column.heading for column in sheet.columns]
    if not sheet.group_heading:
        yield headings
        yield from sheet.rows
        return
    yield [sheet.group_heading, *headings]
    for row in sheet.rows:
        yield ["", *row]
    for group in sheet.groups:
        for row in group.rows:
            yield [group.heading, *row]


def _guarded(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) and not _NEGATIVE.fullmatch(text) else text
