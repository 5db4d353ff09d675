"""1,000 rows as a page, against joining the same cells, escaped by the standard library, to a bare table."""

from __future__ import annotations

import html
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from make_ledger import write
from reformledger import load_book
from reformledger.records import Context
from reformledger.views.answer import About, Answer, Sheet, plain
from reformledger.views.content.entries import default_keys, entries_sheet
from reformledger.views.formats.html import Html

ROWS = 1_000


def html_rows() -> tuple[Callable[[], bytes], Callable[[], bytes]]:
    """Return what makes the page of 1,000 entries as ``list`` shows them, and what joins the bare table of them."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger_2020.yaml"
        write(ROWS, path)
        book = load_book(path)
    context = Context(book, date(2020, 10, 1))
    sheet = entries_sheet(book.entries, context, default_keys("document", context, book.entries))
    answer = Answer(lambda: None, lambda _purpose: [sheet], about=lambda: About("条目", context.as_of))
    return lambda: Html().content(answer, reveal=False), lambda: _joined(sheet)


def _joined(sheet: Sheet) -> bytes:
    def row(texts: Sequence[str], tag: str) -> str:
        return f"<tr>{''.join(f'<{tag}>{html.escape(text)}</{tag}>' for text in texts)}</tr>"

    rows = [row(list(map(plain, cells)), "td") for cells in sheet.rows]
    head = row([column.heading for column in sheet.columns], "th")
    return f"<!DOCTYPE html><table>{head}{''.join(rows)}</table>".encode()


if __name__ == "__main__":
    from run import compare

    def seconds(make: Callable[[], bytes]) -> float:
        import time

        begin = time.perf_counter()
        make()
        return time.perf_counter() - begin

    ours, reference = html_rows()
    compare("1,000 rows to .html", lambda: seconds(ours), lambda: seconds(reference), 1.5, runs=25)
