"""What a command shows on a terminal: for the READMEs, and for the tests that look at screens."""

from __future__ import annotations

import os
import pty
import re
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

_STYLE = re.compile(r"\x1b\[[0-9;]*m")


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
        env={"LC_ALL": "C.UTF-8", **environment, "COLUMNS": str(columns)},
        stdin=subprocess.DEVNULL,
        stdout=follower,
        stderr=follower,
    )
    os.close(follower)
    chunks = []
    try:
        while chunk := os.read(leader, 65536):
            chunks.append(chunk)
    except OSError:  # the other end is closed: the command has ended
        pass
    os.close(leader)
    code = process.wait()
    if check and code:
        raise subprocess.CalledProcessError(code, command)
    return b"".join(chunks).decode().replace("\r\n", "\n")


def without_styles(shown: str) -> str:
    """Return what was shown without escape sequences and spaces at the ends of lines."""
    return "".join(f"{line.rstrip()}\n" for line in _STYLE.sub("", shown).splitlines())
