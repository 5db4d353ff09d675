"""What git says of files: plumbing alone, in which no hook, filter or monitor of a repository has a say."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable
from pathlib import Path

_SAFE = ("--no-optional-locks", "-c", "core.fsmonitor=false")
_ANSWERED = frozenset({0, 1})  # 1: none of the names
_LONGEST = 10.0
"""Seconds that git may take."""


def root_of(folder: Path) -> Path | None:
    """Return the folder of the repository that a folder is in, by the ``.git`` there; None outside of any."""
    return next((above for above in (folder, *folder.parents) if os.path.lexists(above / ".git")), None)


def tracked(folder: Path, names: Iterable[str]) -> set[str]:
    """Return which files of a folder git keeps; none where it cannot be asked."""
    return _answer(folder, "ls-files", "-z", "--", *names) or set()


def ignored(folder: Path, names: Iterable[str]) -> set[str] | None:
    """Return which names in a folder git is told to ignore, if files had them; None where it cannot be asked."""
    return _answer(folder, "check-ignore", "--no-index", "-z", "--", *names)


def _answer(folder: Path, *words: str) -> set[str] | None:
    """Return the names that git answers with, each ended by NUL; None where there is no git, or it refuses."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        done = subprocess.run(  # noqa: S603 - fixed words, and names of ours
            ["git", *_SAFE, "-C", os.fspath(folder), *words],  # noqa: S607 - whichever git the user has
            capture_output=True,
            stdin=subprocess.DEVNULL,
            env=environment,
            check=False,
            timeout=_LONGEST,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    if done.returncode not in _ANSWERED:
        return None
    return {os.fsdecode(name) for name in done.stdout.split(b"\0") if name}
