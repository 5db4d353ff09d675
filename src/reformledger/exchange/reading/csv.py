"""Tables of one's own as CSV: text whose encoding and delimiter are found, never guessed in silence."""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path

from reformledger.exchange.reading.encodings import UTF16_MARKS, decoded, is_encoded
from reformledger.exchange.reading.package import refuse_file
from reformledger.exchange.reading.refusals import MOST_BYTES, MOST_CELLS, MOST_COLUMNS, MOST_ROWS, refusal
from reformledger.exchange.tables import Position, ReadCell, ReadSheet, ReadWorkbook, Refused, cell_name
from reformledger.i18n import _

_DELIMITERS = ",;\t"
_FIRST_LINES = 20


def read_csv(file: Path, *, encoding: str | None = None, delimiter: str | None = None) -> ReadWorkbook | Refused:
    """Return a table as a workbook of one sheet, named as the file is, in which every cell is text.

    Where nothing else is said it is UTF-8, or GB18030, as Excel writes it in China, which a note then says; and its
    first lines tell the delimiter.
    """
    if refused := refuse_file(file):
        return refused
    try:
        data = file.read_bytes()
    except OSError:
        return refusal(file, "denied")
    notes: tuple[str, ...] = ()
    if encoding is None:
        if data.startswith(UTF16_MARKS):
            return refusal(file, "utf16")
        if b"\0" in data:
            return refusal(file, "binary")
        encoding = "utf-8" if is_encoded(data, "utf-8") else "gb18030"
        if encoding != "utf-8":
            notes = (_("{name} is not UTF-8; it was read as GB18030.").format(name=file.name),)
    if not is_encoded(data, encoding):
        return refusal(file, "binary" if notes else "encoding", encoding)
    text = decoded(data, encoding)
    csv.field_size_limit(MOST_BYTES)  # the library's own is that of a line of a program
    cells = _cells(file, text, delimiter or _delimiter(text))
    return cells if isinstance(cells, Refused) else ReadWorkbook(file, (ReadSheet(file.name, False, cells),), notes)


def _cells(file: Path, text: str, delimiter: str) -> dict[Position, ReadCell] | Refused:
    cells: dict[Position, ReadCell] = {}
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number, line = 0, 1
    try:
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row, 1):
                if value and (number > MOST_ROWS or column > MOST_COLUMNS):
                    return refusal(file, "far", cell_name((number, column)))
                if value:
                    cells[number, column] = ReadCell("text", value)
            if len(cells) > MOST_CELLS:
                return refusal(file, "many")
            line = rows.line_num + 1
    except csv.Error:  # The row began here, wherever its end was looked for.
        return refusal(file, "quote", str(line))
    return cells


def _delimiter(text: str) -> str:
    """Return the character that cuts most of the first lines into most cells: a title may be above the headings."""
    lines = text.splitlines()[:_FIRST_LINES]

    def cells_and_lines(mark: str) -> tuple[int, int]:
        counts = Counter(map(len, csv.reader(lines, delimiter=mark)))
        return max(counts.items(), key=lambda item: (item[1], item[0]), default=(0, 0))

    return max(_DELIMITERS, key=cells_and_lines)
