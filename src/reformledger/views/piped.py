"""A sheet for a pipe or a file: one row a line, columns in line, nothing folded, no styles and no bars."""

from __future__ import annotations

from collections.abc import Sequence

from reformledger.characters import clean
from reformledger.views.sheet import Cell, Column, Sheet, plain
from reformledger.views.terminal import GAP
from reformledger.views.wrap import width

_Texts = list[str]


def piped(sheet: Sheet, *, reveal: bool = False) -> str:
    """Return a sheet as text; with ``reveal`` phone numbers stay whole."""

    def sentence(text: str | None) -> _Texts:
        return [clean(text, reveal=reveal)] if text else []

    columns = sheet.columns
    groups = [_texts(rows, reveal=reveal) for rows in (sheet.rows, *(group.rows for group in sheet.groups))]
    head = [[clean(column.heading) for column in columns]] if sheet.head else []
    first, *others = _padded([head, *groups], columns)
    lines = sentence(sheet.title) + first + others[0]
    for group, rows in zip(sheet.groups, others[1:], strict=True):
        lines += [*sentence(f"{group.heading} ({len(rows)})"), *rows]
    lines += sentence(sheet.footer)
    return "".join(f"{line}\n" for line in lines)


def _texts(rows: Sequence[Sequence[Cell]], *, reveal: bool) -> list[_Texts]:
    return [[clean(plain(cell), reveal=reveal).replace("\n", " ") for cell in row] for row in rows]


def _padded(groups: Sequence[Sequence[_Texts]], columns: Sequence[Column]) -> list[_Texts]:
    """Return the rows of each group as lines; every column is as wide as the longest text in any of them."""
    cells = [[list(map(width, row)) for row in rows] for rows in groups]
    widest = [max(column) for column in zip(*(row for rows in cells for row in rows), strict=True)]
    right = [column.align == "right" for column in columns]
    lines = []
    for rows, widths in zip(groups, cells, strict=True):
        lines.append(
            [
                GAP.join(
                    " " * (most - taken) + text if to_right else text + " " * (most - taken)
                    for text, taken, most, to_right in zip(row, taken_by_row, widest, right, strict=True)
                ).rstrip(" ")
                for row, taken_by_row in zip(rows, widths, strict=True)
            ]
        )
    return lines
