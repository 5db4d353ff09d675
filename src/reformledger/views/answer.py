"""An answer in the format that was asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from reformledger.views.formats.names import Format
from reformledger.views.formats.table import piped
from reformledger.views.formats.terminal import Layout, Line, lay_out, unstyled
from reformledger.views.output import Output, write_file
from reformledger.views.sheet import Sheet


class Answer(NamedTuple):
    """What a command found: sheets for people, and what JSON prints; each is made only when it is printed."""

    sheets: Callable[[Format], list[Sheet]]
    json: Callable[[], object]


def print_lines(lines: Callable[[int | None], Iterable[Line]], output: Output, file: Path | None = None) -> None:
    """Print lines made for the width of the terminal, or for a pipe or file (None): text that is no table."""
    if file is None and output.is_terminal:
        from shutil import get_terminal_size

        output.write_lines(lines(get_terminal_size().columns))
        return
    text = unstyled(lines(None))
    if file is None:
        output.write_text(text)
    else:
        write_file(file, text.encode())


def print_answer(answer: Answer, format: Format, output: Output, file: Path | None, *, reveal: bool) -> None:
    """Print an answer to ``output``, or write it to ``file``, phone numbers masked unless ``reveal``.

    A table is as wide as the terminal; into a pipe or a file goes one row a line, nothing folded. JSON, CSV and
    Markdown are UTF-8 always; a CSV file begins with a byte order mark, without which Excel and WPS read it in the
    system's encoding. Raises ``OutputError``.
    """
    if format == "table":
        _print_table(answer.sheets(format), output, file, reveal=reveal)
        return
    content = _text_of(answer, format, reveal=reveal).encode()
    if file is None:
        output.write_bytes(content)
    else:
        write_file(file, content, bom=format == "csv")


def _text_of(answer: Answer, format: Format, *, reveal: bool) -> str:
    if format == "json":
        from reformledger.views.formats.json import json_text

        return json_text(answer.json(), reveal=reveal)
    if format == "csv":
        from reformledger.views.formats.csv import csv_text

        return csv_text(answer.sheets(format), reveal=reveal)
    from reformledger.views.formats.markdown import markdown_text

    return markdown_text(answer.sheets(format), reveal=reveal)


def _print_table(sheets: list[Sheet], output: Output, file: Path | None, *, reveal: bool) -> None:
    if file is None and output.is_terminal:
        from shutil import get_terminal_size

        layout = Layout(get_terminal_size().columns, output.bar, reveal)
        for number, sheet in enumerate(sheets):
            output.write_lines([[]] if number else [])
            output.write_lines(lay_out(sheet, layout))
        return
    text = "\n".join(piped(sheet, reveal=reveal) for sheet in sheets)
    if file is None:
        output.write_text(text)
    else:
        write_file(file, text.encode())
