"""The rows of an answer as a page, and the same cells joined to a bare table with the standard library's escapes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from reformledger.views.answer import Answer, plain
from reformledger.views.formats.html import Html


def html(answer: Answer) -> tuple[Callable[[], object], Callable[[], object]]:
    """Return our way of writing an answer, and the joining of its texts: escaped, with neither style nor script."""
    (sheet,) = answer.sheets("document")

    def row(texts: Sequence[str], tag: str) -> str:
        return f"<tr>{''.join(f'<{tag}>{escape(text)}</{tag}>' for text in texts)}</tr>"

    def bare() -> bytes:
        rows = [row(list(map(plain, cells)), "td") for cells in sheet.rows]
        head = row([column.heading for column in sheet.columns], "th")
        return f"<!DOCTYPE html><table>{head}{''.join(rows)}</table>".encode()

    return lambda: Html().content(answer, reveal=False), bare
