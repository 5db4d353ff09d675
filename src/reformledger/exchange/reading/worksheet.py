"""Worksheets as openpyxl reads them, made plain: what cells hold, and what is hidden, merged or struck out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import IO, Any

from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText
from openpyxl.styles.colors import COLOR_INDEX, Color
from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.worksheet.worksheet import Worksheet

from reformledger.exchange.reading.probe import Probed, ProbedSheet, UnfitError
from reformledger.exchange.tables import Merged, Position, ReadCell, ReadSheet

_ESCAPE = re.compile("_x(?!D[89A-F])([0-9A-F]{4})_", re.IGNORECASE)
"""A character as an escape (ECMA-376 part 1, 22.9.2.19); never half of a pair."""
_FIRST_PRINTABLE = 0x20
_MOST_TEXT = 16 * 2**20
"""Characters of all cells: one text may be the content of many."""
_LEAST_DIFFERENCE = 48
"""By how much letters are another colour than their cell, of 255 in red, green or blue, for anybody to see them."""
_YEAR_AND_MONTH, _MONTH_AND_DAY, _DAY = 'yyyy"年"m"月"', 'm"月"d"日"', 'yyyy"年"m"月"d"日"'
_CHINESE_FORMATS = {
    **dict.fromkeys((27, 36, 50, 52, 57), _YEAR_AND_MONTH),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), _MONTH_AND_DAY),
    30: "m-d-yy",
    31: _DAY,
}
"""The formats of days that Excel and WPS have built in in China, and name by number alone (ECMA-376 part 1, 18.8.30).

openpyxl lacks them: a day would be a number.
"""
_Channels = tuple[int, ...]
_BLACK, _WHITE = (0, 0, 0), (255, 255, 255)


BUILTIN_FORMATS.update(_CHINESE_FORMATS)


def read_sheets(file: IO[bytes], probed: Probed) -> list[ReadSheet]:
    """Return the worksheets of a workbook in their order; raises ``UnfitError``, and whatever openpyxl does."""
    book = load_workbook(file, data_only=True, rich_text=True, keep_links=False)
    if len(book.worksheets) != len(probed.sheets):
        raise UnfitError("unreadable")
    looks = _Looks()
    sheets = [_sheet(*pair, looks, probed.escapes) for pair in zip(book.worksheets, probed.sheets, strict=True)]
    if sum(len(cell.text) for sheet in sheets for cell in sheet.cells.values()) > _MOST_TEXT:
        raise UnfitError("many")
    return sheets


def _sheet(sheet: Worksheet, probed: ProbedSheet, looks: _Looks, escapes: bool) -> ReadSheet:
    cells: dict[Position, ReadCell] = {}
    held = sheet._cells  # noqa: SLF001 - to ask for a cell by its place takes a tenth of the time of reading it
    for position in sorted(probed.contents):
        cell = _read(held.get(position) or sheet.cell(*position), probed.formulas.get(position), looks, escapes)
        if cell:
            cells[position] = cell
    last_row, last_column = (max((position[axis] for position in cells), default=0) for axis in (0, 1))
    rows = sheet.row_dimensions.items()
    merged = [Merged(one.min_row, one.min_col, one.max_row, one.max_col) for one in sheet.merged_cells.ranges]
    return ReadSheet(
        sheet.title,
        sheet.sheet_state != "visible",
        cells,
        frozenset(number for number, row in rows if number <= last_row and (row.hidden or row.height == 0)),
        frozenset(_hidden_columns(sheet, last_column)),
        tuple(sorted(merged)),
        # To ask for each cell of an area would make all of them.
        {place: cell.comment.text for place, cell in held.items() if cell.comment},
    )


def _hidden_columns(sheet: Worksheet, last: int) -> Iterator[int]:
    """Yield the hidden columns up to the last that holds something: a file may hide two thousand million."""
    for columns in sheet.column_dimensions.values():
        if columns.hidden or columns.width == 0:
            yield from range(columns.min or 1, min(columns.max or 0, last) + 1)


def _read(cell: Any, formula: bool | None, looks: _Looks, escapes: bool) -> ReadCell | None:
    """Return a cell; None where it holds nothing. ``formula``: whether the value of one is kept, None for none."""
    is_struck, is_unseen, number_format = looks.of(cell)
    if formula is False:
        return ReadCell("uncomputed", "", None, "", is_struck, is_unseen)
    value, is_computed = cell.value, formula is True
    if value is None or value == "":
        return None
    if cell.data_type == "e":
        return ReadCell("error", str(value), None, "", is_struck, is_unseen, is_computed)
    if isinstance(value, str) and "_" not in value:  # as nearly all cells; nor is it rich text, which is a list
        return ReadCell("text", value, None, "", is_struck, is_unseen, is_computed)
    marks = is_struck, is_unseen, is_computed
    if isinstance(value, bool):
        return ReadCell("flag", str(value).lower(), None, "", *marks)
    if isinstance(value, int | float):
        text = str(value) if isinstance(value, int) else format(value, ".15g")
        return ReadCell("number", text, None, number_format, *marks)
    if isinstance(value, date | time | timedelta):
        is_day = not isinstance(value, time | timedelta) and (not isinstance(value, datetime) or value.time() == time())
        return ReadCell("day" if is_day else "text", _time_text(value), None, number_format, *marks)
    struck: list[tuple[int, int]] = []
    if isinstance(value, CellRichText) and not is_struck:
        struck = _struck(value)
        is_struck = bool(struck)
    literal = value if isinstance(value, str) else "".join(map(str, value))
    text = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), literal)
    # Excel escapes control characters alone; anything else may be what somebody typed, saved by another program.
    is_doubtful = escapes or any(int(code, 16) >= _FIRST_PRINTABLE for code in _ESCAPE.findall(literal))
    other = literal if is_doubtful and text != literal else None
    # Behind an escape the places are others; where all is struck out, none is needed.
    is_part = text == literal and sum(end - start for start, end in struck) < len(text)
    return ReadCell("text", text, other, "", is_struck, *marks[1:], tuple(struck) if is_part else ()) if text else None


def _struck(runs: CellRichText) -> list[tuple[int, int]]:
    """Return which parts of a text are struck out: from, up to."""
    found, start = [], 0
    for run in runs:
        end = start + len(str(run))
        if not isinstance(run, str) and run.font.strike:
            found.append((start, end))
        start = end
    return found


def _time_text(value: date | time | timedelta) -> str:
    """Return a day as 2020-06-30, with a time of day as 2020-06-30 14:30, a time alone as 14:30, else hours:minutes."""
    if isinstance(value, timedelta):
        return str(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else f"{value.date()} {_time_text(value.time())}"
    if isinstance(value, time):
        return value.isoformat("seconds" if value.second else "minutes")
    return value.isoformat()


class _Looks:
    """Whether cells are struck out or unseen, and their format, looked up once for each of their styles."""

    def __init__(self) -> None:
        self._known: dict[bytes, tuple[bool, bool, str]] = {}

    def of(self, cell: Any) -> tuple[bool, bool, str]:
        # The numbers of its fonts and the like: by its own hash it is looked up in ten times the time.
        style = cell._style.tobytes()  # noqa: SLF001 - its number is looked for among all styles when it is asked for
        known = self._known.get(style)
        if known is None:
            number_format = cell.number_format
            known = bool(cell.font.strike), _is_drowned(cell) or number_format == ";;;", number_format
            self._known[style] = known
        return known


def _is_drowned(cell: Any) -> bool:
    """Say whether letters have the colour of their cell, or nearly: white ones on a pale tint."""
    letters = _channels(cell.font.color, _BLACK)
    ground = _channels(cell.fill.fgColor if cell.fill.fill_type else None, _WHITE)
    if letters is None or ground is None:
        return False
    return max(abs(one - other) for one, other in zip(letters, ground, strict=True)) < _LEAST_DIFFERENCE


def _channels(color: Color | None, default: _Channels) -> _Channels | None:
    """Return red, green and blue of a colour; None where it depends on the theme of the workbook."""
    if color is None:
        return default
    if color.type == "theme":
        return None if color.tint else {0: _WHITE, 1: _BLACK}.get(color.theme)
    code = color.rgb if color.type == "rgb" else dict(enumerate(COLOR_INDEX)).get(color.indexed)
    return None if code is None else tuple(bytes.fromhex(code[-6:]))
