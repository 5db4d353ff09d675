"""The board of 1,000 entries in Chromium, as ratios to a bare table of the same rows; medians of several runs.

    python benchmarks/board.py

Both pages are opened, and filtered to the same rows, in turn, so that a busy machine slows both.
"""

from __future__ import annotations

import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))
from browsers import chromium

from make_ledger import write

ENTRIES = 1_000
RUNS = 9
PAINTED = """() => new Promise((resolve) => {
    const end = () => requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() / 1000)));
    if (document.readyState === 'complete') end(); else addEventListener('load', end);
})"""
"""Resolves to the seconds from the request of the page to the frame after all of it is there."""
DRAWN = """(change) => new Promise((resolve) => {
    const begin = performance.now();
    eval?.(change);
    requestAnimationFrame(() => setTimeout(() => resolve((performance.now() - begin) / 1000)));
})"""


class Asked(NamedTuple):
    """A question, and how a bare table finds about the same rows."""

    leader: str
    text: str
    test: str

    @property
    def of_board(self) -> str:
        """What a person does to the fields of the board."""
        fields = "document.forms[0].elements"
        values = f"{fields}.leader.value = '{self.leader}'; {fields}.q.value = '{self.text}';"
        return f"{values} document.forms[0].dispatchEvent(new Event('input'))"

    @property
    def of_table(self) -> str:
        """The loop that hides the other rows of a table."""
        return f"for (const row of document.querySelector('tbody').rows) row.hidden = !({self.test})"


QUESTIONS = {
    "leader": Asked("江格", "", "row.cells[3].textContent.includes('江格')"),
    "text": Asked("", "第7", "row.textContent.includes('第7')"),
    "nothing": Asked("", "", "true"),
}


def compare(name: str, ours: Callable[[], float], reference: Callable[[], float], limit: float) -> None:
    """Print the ratio of the medians, and the limit that it must keep."""
    pairs = [(ours(), reference()) for _ in range(RUNS)]
    mine, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(f"{name:<44} {mine:7.3f} s / {theirs:7.3f} s = {mine / theirs:5.2f}  (limit {limit})", flush=True)


def pages(folder: Path) -> tuple[Path, Path]:
    """Write the board, and a page that has its table alone: the same cells without what is folded up under titles."""
    ledger, board, bare = (folder / name for name in ("ledger_2020.yaml", "board.html", "bare.html"))
    write(ENTRIES, ledger)
    command = [sys.executable, "-m", "reformledger", "board", "--as-of", "2020-10-01"]
    subprocess.run([*command, "-o", str(board), "--data", str(ledger)], check=True)
    (table,) = re.findall(r'<table class="entries">.*?</table>', board.read_text(encoding="utf-8"), re.DOTALL)
    table = re.sub(r"<details><summary>(.*?)</summary><dl>.*?</dl></details>", r"\1", table)
    bare.write_text(f'<!doctype html><meta charset="utf-8"><title>-</title>{table}', encoding="utf-8")
    return board, bare


def opened(browser: Any, file: Path) -> float:
    """Return the seconds until a page is drawn."""
    page = browser.new_page()
    page.goto(file.as_uri(), wait_until="commit")
    seconds: float = page.evaluate(PAINTED)
    page.close()
    return seconds


def filtered(page: Any, before: str, change: str) -> float:
    """Return the seconds until a page is drawn after a change."""
    page.evaluate(DRAWN, before)
    seconds: float = page.evaluate(DRAWN, change)
    return seconds


def main() -> None:
    """Print all ratios."""
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        board, bare = pages(Path(folder))
        print(f"{'size of the board':<44} {board.stat().st_size / 1000:7.0f} kB  (limit 1500)")
        compare("board of 1,000 entries drawn", partial(opened, browser, board), partial(opened, browser, bare), 2.5)
        # What is measured is evaluated in the page, which its policy would refuse.
        ours, reference = (browser.new_context(bypass_csp=True).new_page() for _ in range(2))
        ours.goto(board.as_uri())
        reference.goto(bare.as_uri())
        for name, asked in QUESTIONS.items():
            before = QUESTIONS["text"] if name == "nothing" else QUESTIONS["nothing"]
            compare(
                f"filtered by {name}",
                partial(filtered, ours, before.of_board, asked.of_board),
                partial(filtered, reference, before.of_table, asked.of_table),
                4.0,
            )


if __name__ == "__main__":
    main()
