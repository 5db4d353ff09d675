"""Repositories with a history that a test says: which files, on which days, by whom."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import NamedTuple

_BEIJING = timezone(timedelta(hours=8))
_NOON = time(12, 0)


class Revision(NamedTuple):
    """One commit.

    ``files`` are those that it changes, by their paths, None for one that it takes away. ``parents`` are the places of
    commits before it; None for the one before, () for none. ``subject`` is the first line of its message.
    """

    day: date
    files: Mapping[str, bytes | None]
    author: str = "政策法规科"
    subject: str = "改"
    parents: Sequence[int] | None = None


def write_history(folder: Path, revisions: Sequence[Revision]) -> None:
    """Make a repository of a folder, whose branch main has these commits, the last of them checked out."""
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "-q", "-b", "main")
    git(folder, "fast-import", "--quiet", given=b"".join(_stream(revisions)))
    git(folder, "reset", "-q", "--hard", "main")


def git(folder: Path, *words: str, given: bytes = b"") -> str:
    """Run git as somebody without any configuration does, and return what it prints; raises where it fails."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    for role in ("AUTHOR", "COMMITTER"):
        environment |= {f"GIT_{role}_NAME": "政策法规科", f"GIT_{role}_EMAIL": "office@example.org"}
    environment |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    done = subprocess.run(
        ["git", "-C", str(folder), *words], input=given, env=environment, check=True, capture_output=True
    )
    return done.stdout.decode()


def _stream(revisions: Sequence[Revision]) -> Iterator[bytes]:
    """Yield the commits as ``fast-import`` reads them."""
    for number, made in enumerate(revisions, 1):
        before = made.parents if made.parents is not None else [number - 2][: number - 1]
        seconds = int(datetime.combine(made.day, _NOON, _BEIJING).timestamp()) + number
        yield b"commit refs/heads/main\nmark :%d\n" % number if before else b"reset refs/heads/main\n"
        if not before:
            yield b"commit refs/heads/main\nmark :%d\n" % number
        for role in (b"author", b"committer"):
            yield b"%b %b <office@example.org> %d +0800\n" % (role, made.author.encode(), seconds)
        yield _data(made.subject.encode())
        for word, parent in zip([b"from", *[b"merge"] * len(before)], before, strict=False):
            yield b"%b :%d\n" % (word, parent + 1)
        for path, content in made.files.items():
            if content is None:
                yield b'D "%b"\n' % path.encode()
            else:
                yield b'M 100644 inline "%b"\n' % path.encode() + _data(content)
        yield b"\n"


def _data(content: bytes) -> bytes:
    return b"data %d\n" % len(content) + content + b"\n"
