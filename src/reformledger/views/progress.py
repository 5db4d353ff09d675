"""A bar on the terminal while long work goes on; nothing in a pipe, and nothing for short work.

It is one line, written over itself: no thread draws it and no cursor is hidden, so that nothing is left to put right
where a process is killed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from time import monotonic
from typing import TypeVar

from reformledger.errors import OutputError
from reformledger.views.output import Output
from reformledger.views.wrap import width

T = TypeVar("T")
PATIENCE = 0.5
"""Seconds that nobody minds to wait without a word."""
_PAUSE = 0.1
"""Seconds between two pictures of the bar."""
_CELLS = 20


@contextmanager
def progressing(items: Iterable[T], total: int, words: str) -> Iterator[Iterable[T]]:
    """Give the items to a ``with`` block; once it has lasted half a second, a bar shows how many of ``total`` are done.

    The bar is on stderr behind ``words``, a few that say what is done. It is gone when the block ends, with an error
    or Ctrl-C, too. Where stderr is no terminal nothing is shown at all.
    """
    terminal = Output(sys.stderr, None)
    if not terminal.is_terminal:
        yield items
        return
    bar = _Bar(terminal, words)
    try:
        yield bar.counted(items, total)
    finally:
        bar.clear()


class _Bar:
    """A line that is written over itself."""

    def __init__(self, terminal: Output, words: str) -> None:
        self._terminal = terminal
        self._words = words
        self._shown = ""
        self._look = monotonic() + PATIENCE

    def counted(self, items: Iterable[T], total: int) -> Iterator[T]:
        """Yield the items, and show how many were taken before."""
        for done, item in enumerate(items):
            if monotonic() >= self._look:
                self._show(done / max(total, 1))
            yield item

    def _show(self, share: float) -> None:
        filled = int(_CELLS * min(share, 1.0))
        full, empty = self._terminal.bar
        line = f"{self._words} {full * filled}{empty * (_CELLS - filled)} {round(100 * min(share, 1.0)):3}%"
        self._write(f"\r{line}")
        self._shown = line
        self._look = monotonic() + _PAUSE

    def clear(self) -> None:
        """Take the line away, where there is one."""
        if self._shown:
            self._write(f"\r{' ' * width(self._shown)}\r")

    def _write(self, text: str) -> None:
        with suppress(OutputError, BrokenPipeError):  # a terminal that is gone must not spoil the work
            self._terminal.write_text(text)
