"""What git says of files."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

from reformledger.files.plumbing import Git, GitError, Objects

_WRITTEN = re.compile(rb"mtime: ([0-9]+):([0-9]+)\n.*?size: ([0-9]+)", re.DOTALL)
_NANO = 10**9
_ANSWERED = frozenset({0, 1})  # 1: none of the names


class Version(NamedTuple):
    """A file in a commit: the commits before that changed it, whether it is below the one checked out, the content."""

    commit: str
    parents: tuple[str, ...]
    is_of_head: bool
    content: bytes | None


def root_of(folder: Path) -> Path | None:
    """Return the folder of the repository that a folder is in, by the ``.git`` there; None outside of any."""
    return next((above for above in (folder, *folder.parents) if os.path.lexists(above / ".git")), None)


def tracked(folder: Path, names: Iterable[str]) -> set[str]:
    """Return which files of a folder git keeps; where it cannot be asked, those whose names its index holds."""
    answer = _names(_answer(folder, "--literal-pathspecs", "ls-files", "-z", "--", *names))
    if answer is not None:
        return answer
    root = root_of(folder)
    try:
        index = (root / ".git" / "index").read_bytes() if root else b""
    except OSError:
        return set()
    return {name for name in names if os.fsencode(name) in index}


def ignored(folder: Path, names: Iterable[str]) -> set[str] | None:
    """Return which names in a folder git is told to ignore, if files had them; None where it cannot be asked."""
    given = "\0".join(names).encode()
    return _names(_answer(folder, "check-ignore", "--no-index", "-z", "--stdin", given=given))


def head(folder: Path) -> str:
    """Return the commit that is checked out where a folder is, "" without one."""
    if root_of(folder) is None:
        return ""
    return (_answer(folder, "rev-parse", "--quiet", "--verify", "HEAD") or b"").decode().strip()


def version_at(file: Path, commit: str) -> bytes | None:
    """Return what a file held in a commit; None where it was not there."""
    return next(iter(_contents(file, [commit])), None)


def versions(file: Path, since: float) -> list[Version]:
    """Return what a file held in each commit since some time (seconds since 1970) that git still knows of."""
    words = ("--literal-pathspecs", "rev-list", "--full-history", "--parents", f"--since={int(since)}")
    every, of_head = (
        [line.split() for line in (_answer(file.parent, *words, *which, "--", file.name) or b"").decode().splitlines()]
        for which in (["--all", "--reflog"], ["HEAD"])
    )
    below = {commit for commit, *_parents in of_head}
    named = dict.fromkeys(commit for line in every for commit in line)
    contents = dict(zip(named, _contents(file, named), strict=False))
    parents = {commit: tuple(before) for commit, *before in every}
    return [Version(each, parents.get(each, ()), each in below, contents.get(each)) for each in named]


def wrote_last(file: Path) -> bool:
    """Say whether it was git that wrote a file last, or looked at it since and found it as it knows it."""
    answer = _answer(file.parent, "--literal-pathspecs", "ls-files", "--debug", "--", file.name) or b""
    found = _WRITTEN.search(answer)
    status = file.stat()
    known = found and (int(found[1]) * _NANO + int(found[2]), int(found[3]))
    return known == (status.st_mtime_ns, status.st_size)


def _contents(file: Path, commits: Iterable[str]) -> list[bytes | None]:
    """Return what a file held in each of some commits, None where it was not there, or cannot be read."""
    found: list[bytes | None] = []
    with closing(Objects(Git(file.parent))) as objects:
        for commit in commits:
            found.append(None)
            with suppress(GitError):
                there = objects.get(f"{commit}:./{file.name}")
                found[-1] = there.content if there and there.kind == "blob" else None
    return found


def _names(answer: bytes | None) -> set[str] | None:
    return None if answer is None else {os.fsdecode(name) for name in answer.split(b"\0") if name}


def _answer(folder: Path, *words: str, given: bytes = b"") -> bytes | None:
    """Return what git answers, with something ``given`` to read; None where there is no git, or it refuses."""
    try:
        return Git(folder).ask(*words, given=given, ok=_ANSWERED).out
    except GitError:
        return None
