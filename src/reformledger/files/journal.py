"""The last edits of this user, so that they can be undone: in the user's state folder, readable by nobody else.

Kept is what an edit replaced, not whole files: old bytes, their places, and digests of the file before and after.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from reformledger.text.difference import Span

KEPT = 50
"""How many edits are remembered."""
_VERSION = 2


class FileChange(NamedTuple):
    """The bytes of one file before and after an edit; None: the file was not, or is no more, there."""

    path: Path
    old: bytes | None
    new: bytes | None
    private: bool = False
    """Whether a file that is made, or made again, is for its owner alone."""
    spliced: Sequence[Span] = ()
    """Where they differ, if that is known."""
    like: Path | None = None
    """A neighbour whose group and mode a file that is made takes: then ``private`` decides nothing."""

    @property
    def spans(self) -> Sequence[Span]:
        """Return where the bytes differ: the whole, if nothing is known of its parts."""
        return self.spliced or [Span(0, len(self.old or b""), 0, len(self.new or b""))]


class Remembered(NamedTuple):
    """One file of a past edit: the ``spans`` that it changed, and the ``old`` bytes of each.

    ``before`` and ``after`` are digests of the whole file; ``existed`` is false for one that the edit made.
    """

    path: Path
    existed: bool
    before: str
    after: str
    spans: tuple[Span, ...]
    old: tuple[bytes, ...]

    def restored(self, now: bytes) -> bytes | None:
        """Return the file's bytes before the edit, or None when ``now`` is not what the edit left."""
        if digest(now) != self.after:
            return None
        parts: list[bytes] = []
        position = 0
        for span, old in zip(self.spans, self.old, strict=True):
            parts += (now[position : span.new_start], old)
            position = span.new_end
        before = b"".join([*parts, now[position:]])
        return before if digest(before) == self.before else None


class Record(NamedTuple):
    """One past edit: the file in which it is remembered, and what it did to each file."""

    file: Path
    files: tuple[Remembered, ...]


def digest(content: bytes) -> str:
    """Return the SHA-256 of some bytes."""
    return hashlib.sha256(content).hexdigest()


def folder() -> Path:
    """Return the folder of the journal, in whatever place the system keeps the state of programs."""
    from platformdirs import user_state_path

    return user_state_path("reformledger", appauthor=False) / "undo"


def remember(changes: Sequence[FileChange]) -> None:
    """Remember an edit that was made; raises ``OSError`` where the state folder cannot be written."""
    home = folder()
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    files = [_remembered(change) for change in changes if change.new is not None]
    # All ASCII: a path may hold bytes that are no text, which only an escape can write.
    content = json.dumps({"version": _VERSION, "files": files}).encode()
    # Names sort by time; whoever writes at the same moment takes the next one.
    moment = time.time_ns()
    while True:
        try:
            descriptor = os.open(home / f"{moment:020}.json", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            moment += 1
            continue
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        break
    for stale in sorted(home.glob("*.json"))[:-KEPT]:
        stale.unlink(missing_ok=True)


def _remembered(change: FileChange) -> dict[str, object]:
    old, new = change.old or b"", change.new or b""
    return {
        "path": str(change.path.resolve()),
        "existed": change.old is not None,
        "before": digest(old),
        "after": digest(new),
        "spans": change.spans,
        "old": [base64.b64encode(old[span.old_start : span.old_end]).decode() for span in change.spans],
    }


def records() -> Iterator[Record]:
    """Yield the remembered edits, the last one first; what cannot be read is passed over."""
    for file in sorted(folder().glob("*.json"), reverse=True):
        try:
            data = json.loads(file.read_bytes())
            if data["version"] == _VERSION:
                yield Record(file, tuple(_read(item) for item in data["files"]))
        except (OSError, ValueError, KeyError, TypeError):
            continue


def _read(item: dict[str, Any]) -> Remembered:
    spans = tuple(Span(*span) for span in item["spans"])
    old = tuple(map(base64.b64decode, item["old"]))
    return Remembered(Path(item["path"]), item["existed"], item["before"], item["after"], spans, old)
