"""A child process that is asked for one file after another, and renewed when one has brought it down."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from types import TracebackType
from typing import IO, Any, Self

# -P: the working folder, which may hold anything, is no place for modules.
CHILD = (sys.executable, "-P", "-m", "reformledger.exchange.reading.child")
started: list[ChildReader] = []
"""The child that was started before anybody knew what to ask it, until somebody does."""
PATIENCE = 15.0
"""Seconds that one file may take: the last resort, since sizes are bounded before."""
_OWN = "REFORMLEDGER_"
_NO_WINDOW: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)


class ChildReader:
    """Asks a child process, as a context that leaves none behind."""

    def __init__(self, command: Sequence[str] = CHILD, patience: float = PATIENCE) -> None:
        self._command = command
        self._patience = patience
        self._child: subprocess.Popen[str] | None = None
        self._answers: Queue[str] = Queue()
        self._ahead: Path | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    def start(self) -> None:
        """Start the child, which loads what it needs meanwhile; else it starts when it is asked."""
        if self._child is None:
            self._start()

    def ask_ahead(self, file: Path) -> None:
        """Ask for the file that ``answers`` will be wanted of first; the child starts, and nobody waits for it."""
        self._ask(file)
        self._ahead = file

    def answers(self, files: Iterable[Path]) -> Iterator[dict[str, Any]]:
        """Yield the answer of the child for each file; ``refused`` where it gave none or took too long.

        The next file is asked for before an answer is handed on, so that both processes work.
        """
        asked: Path | None = None
        for file in files:
            self._ask(file)
            if asked is not None:
                yield self._answer(then=file)
            asked = file
        if asked is not None:
            yield self._answer()

    def _ask(self, file: Path) -> None:
        ahead, self._ahead = self._ahead, None
        if file == ahead:
            return
        if ahead is not None:  # its answer is not wanted
            self.end()
        child = self._child or self._start()
        with suppress(OSError):  # It died: no answer will come.
            if child.stdin:
                child.stdin.write(f"{json.dumps(os.fspath(file))}\n")
                child.stdin.flush()

    def _answer(self, then: Path | None = None) -> dict[str, Any]:
        """Return the next answer; where there is none, the file that was asked for behind it is asked for anew."""
        try:
            answer: dict[str, Any] = json.loads(self._answers.get(timeout=self._patience))
        except Empty:
            answer = {"refused": ["slow", ""]}
        except ValueError:  # It died: the line is none.
            answer = {"refused": ["unreadable", ""]}
        else:
            return answer
        self.end()
        if then is not None:
            self._ask(then)
        return answer

    def _start(self) -> subprocess.Popen[str]:
        self._answers = Queue()
        self._child = subprocess.Popen(  # noqa: S603 - our own module
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="ascii",
            env={name: value for name, value in os.environ.items() if not name.startswith(_OWN)},
            creationflags=_NO_WINDOW,
        )
        # A thread, since no pipe of Windows can be waited for.
        Thread(target=_listen, args=(self._child.stdout, self._answers), daemon=True).start()
        return self._child

    def end(self) -> None:
        """Leave no child behind."""
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        child.wait()
        if child.stdin:
            with suppress(OSError):  # What was not sent any more.
                child.stdin.close()


def _listen(stdout: IO[str], answers: Queue[str]) -> None:
    """Hand on each line, and at the end one that is no answer."""
    with stdout:
        for line in stdout:
            answers.put(line)
    answers.put("")
