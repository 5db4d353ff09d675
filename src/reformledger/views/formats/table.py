"""Tables and text for people: on a terminal as wide as that is, in a pipe or a file one row a line."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from reformledger.text.masking import clean
from reformledger.views.answer import Answer, Cell, Column, Sheet, plain, unstyled
from reformledger.views.formats.registry import Format
from reformledger.views.output import Output
from reformledger.views.wrap import GAP, Memo, width

Row = list[str]
"""The texts of a row's cells."""


class Table(Format[Answer]):
    """Tables, or lines of text: in the encoding of the terminal or pipe, in UTF-8 in a file."""

    def content(self, answer: Answer, *, reveal: bool) -> bytes:
        """Return the answer for a file."""
        return _text(answer, reveal=reveal).encode()

    def show(self, answer: Answer, output: Output, *, reveal: bool) -> None:
        """Print the answer, in styles and with bars on a terminal."""
        if answer.lines:
            output.print_lines(answer.lines)
        elif output.is_terminal:
            from reformledger.views.formats.terminal import Layout, lay_out

            layout = Layout(output.columns, output.bar, reveal)
            for number, sheet in enumerate(answer.sheets("screen")):
                output.write_lines([[]] if number else [])
                output.write_lines(lay_out(sheet, layout))
        else:
            output.write_text(_text(answer, reveal=reveal))


def _text(answer: Answer, *, reveal: bool) -> str:
    if answer.lines:
        return unstyled(answer.lines(None))
    return "\n".join(piped(sheet, reveal=reveal) for sheet in answer.sheets("screen"))


def piped(sheet: Sheet, *, reveal: bool = False) -> str:
    """Return a sheet as text: columns aligned, nothing folded, no styles and no bars.

    Phone numbers are masked unless ``reveal``.
    """

    def sentence(text: str | None) -> list[str]:
        return [clean(text, reveal=reveal)] if text else []

    # Most of the cells of a long table are found in other rows, too.
    cleaned = Memo(lambda text: clean(text, reveal=reveal).replace("\n", " "))

    def texts(rows: Sequence[Sequence[Cell]]) -> list[Row]:
        return [[cleaned[plain(cell)] for cell in row] for row in rows]

    head = [[clean(column.heading) for column in sheet.columns]] if sheet.head and sheet.columns else []
    rows = texts(sheet.rows)
    groups = [(sentence(group.counted_heading), texts(group.rows)) for group in sheet.groups]
    # Columns are aligned across the headings and all groups.
    aligned = iter(_aligned([*head, *rows, *(row for _heading, grouped in groups for row in grouped)], sheet.columns))
    lines = [*sentence(sheet.title), *islice(aligned, len(head) + len(rows))]
    for heading, grouped in groups:
        lines += [*heading, *islice(aligned, len(grouped))]
    lines += sentence(sheet.footer)
    return "".join(f"{line}\n" for line in lines)


def _aligned(rows: Sequence[Row], columns: Sequence[Column]) -> list[str]:
    """Return rows as lines, each column as wide as its longest text, without spaces at the end of a line."""
    taken_by = Memo(width).__getitem__
    widths = [list(map(taken_by, row)) for row in rows]
    widest = list(map(max, zip(*widths, strict=True)))
    right = [column.align == "right" for column in columns]
    return [
        GAP.join(
            " " * (most - taken) + text if to_right else text + " " * (most - taken)
            for text, taken, most, to_right in zip(row, taken_by_row, widest, right, strict=True)
        ).rstrip(" ")
        for row, taken_by_row in zip(rows, widths, strict=True)
    ]
