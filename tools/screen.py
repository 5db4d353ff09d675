"""What a command shows on a terminal: for the documents, and for the tests that look at screens."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

_STYLE = re.compile(r"\x1b\[[0-9;]*m")
_WRITTEN_OVER = re.compile(r"[^\n]*\r(?!\n)")
"""What the next text of the same line covers: a bar that shows long work."""


def on_terminal(
    command: Sequence[str], columns: int, folder: Path, environment: Mapping[str, str], *, check: bool = False
) -> str:
    """Return what a command prints on a pseudo-terminal so wide, stdout and stderr as they come.

    With ``check``, raises ``CalledProcessError`` where its exit code is not 0.
    """
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=_complete(environment, columns),
        stdin=subprocess.DEVNULL,
        stdout=follower,
        stderr=follower,
    )
    os.close(follower)
    shown = _all_of(leader)
    code = process.wait()
    if check and code:
        raise subprocess.CalledProcessError(code, command)
    return shown


def called_on_terminal(
    function: Callable[[], object], columns: int, folder: Path, environment: Mapping[str, str]
) -> str:
    """Return what a function prints when it is called in a copy of this process that has such a terminal.

    Nothing is imported anew, which is most of the time that a short command takes.
    """
    leader, follower = pty.openpty()
    child = os.fork()
    if child == 0:
        os.close(leader)
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(_complete(environment, columns))
        for descriptor, standard in enumerate([os.open(os.devnull, os.O_RDONLY), follower, follower]):
            os.dup2(standard, descriptor)
        sys.stdout, sys.stderr = (open(number, "w", encoding="utf-8", closefd=False) for number in (1, 2))  # noqa: SIM115
        try:
            function()
        except BaseException:  # noqa: BLE001 - it is seen where the output is expected
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(1)
    os.close(follower)
    shown = _all_of(leader)
    os.waitpid(child, 0)
    return shown


def _complete(environment: Mapping[str, str], columns: int) -> dict[str, str]:
    return {"LC_ALL": "C.UTF-8", **environment, "COLUMNS": str(columns)}


def _all_of(leader: int) -> str:
    """Return what is written to the other end of a pseudo-terminal, until nobody has that any more."""
    chunks = []
    try:
        while chunk := os.read(leader, 65536):
            chunks.append(chunk)
    except OSError:  # the other end is closed: the command has ended
        pass
    os.close(leader)
    return b"".join(chunks).decode().replace("\r\n", "\n")


def without_styles(shown: str) -> str:
    """Return what was shown in the end: no escape sequences, nothing that was written over, no spaces behind lines."""
    return "".join(f"{line.rstrip()}\n" for line in _WRITTEN_OVER.sub("", _STYLE.sub("", shown)).splitlines())
