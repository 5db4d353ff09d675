"""A sheet for a pipe or a file: one row a line, columns in line, nothing folded, no styles and no bars."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from reformledger.text.masking import clean
from reformledger.views.formats.terminal import GAP
from reformledger.views.sheet import Cell, Column, Sheet, plain
from reformledger.views.wrap import width

Row = list[str]
"""The texts of a row's cells."""


def piped(sheet: Sheet, *, reveal: bool = False) -> str:
    """Return a sheet as text; with ``reveal`` phone numbers stay whole."""

    def sentence(text: str | None) -> list[str]:
        return [clean(text, reveal=reveal)] if text else []

    def texts(rows: Sequence[Sequence[Cell]]) -> list[Row]:
        return [[clean(plain(cell), reveal=reveal).replace("\n", " ") for cell in row] for row in rows]

    head = [[clean(column.heading) for column in sheet.columns]] if sheet.head else []
    rows = texts(sheet.rows)
    groups = [(sentence(f"{group.heading} ({len(group.rows)})"), texts(group.rows)) for group in sheet.groups]
    # All columns are in line, from the headings to the last group.
    aligned = iter(_aligned([*head, *rows, *(row for _heading, grouped in groups for row in grouped)], sheet.columns))
    lines = [*sentence(sheet.title), *islice(aligned, len(head) + len(rows))]
    for heading, grouped in groups:
        lines += [*heading, *islice(aligned, len(grouped))]
    lines += sentence(sheet.footer)
    return "".join(f"{line}\n" for line in lines)


def _aligned(rows: Sequence[Row], columns: Sequence[Column]) -> list[str]:
    """Return rows as lines in which each column is as wide as its longest text, without spaces at their ends."""
    widths = [list(map(width, row)) for row in rows]
    widest = list(map(max, zip(*widths, strict=True)))
    right = [column.align == "right" for column in columns]
    return [
        GAP.join(
            " " * (most - taken) + text if to_right else text + " " * (most - taken)
            for text, taken, most, to_right in zip(row, taken_by_row, widest, right, strict=True)
        ).rstrip(" ")
        for row, taken_by_row in zip(rows, widths, strict=True)
    ]
