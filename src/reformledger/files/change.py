"""A change of one file: whole, as it is written; and as what differs, from which either side can be made and proved."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple

from reformledger.text.difference import Span

Side = Literal["before", "after"]


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

    @property
    def reversed(self) -> FileChange:
        """Return the change back."""
        return self._replace(old=self.new, new=self.old, spliced=[span.reversed for span in self.spans])


class Difference(NamedTuple):
    """One file of an edit, kept as what differs.

    ``before`` and ``after`` are digests of the whole file, None where there is none; ``old`` and ``new`` the bytes of
    each of the ``spans``.
    """

    path: Path
    before: str | None
    after: str | None
    spans: tuple[Span, ...]
    old: tuple[bytes, ...]
    new: tuple[bytes, ...]
    private: bool

    def side_of(self, now: bytes | None) -> Side | None:
        """Return on which side of the edit a file is that holds ``now``; None where somebody changed it."""
        known = None if now is None else digest(now)
        if known == self.after:
            return "after"
        # Where there are no hard links the name of a new file is taken before there is anything in it.
        return "before" if known == self.before or (self.before is None and now == b"") else None

    def on(self, side: Side, now: bytes | None) -> bytes | None:
        """Return what the file holds on a side, made of what it holds ``now`` on either.

        Raises ``ValueError`` where it holds neither, or what is kept makes nothing that has the digest.
        """
        here = self.side_of(now)
        wanted = self.after if side == "after" else self.before
        if here is None:
            raise ValueError("the file was changed since")
        if wanted is None:
            return None
        if here == side:
            return now
        made = _spliced(now or b"", self._spans_to(side), self.new if side == "after" else self.old)
        if digest(made) != wanted:
            raise ValueError("what is kept does not make what was there")
        return made

    def change_to(self, side: Side, now: bytes | None) -> FileChange:
        """Return the change that brings a file that holds ``now`` to a side; raises ``ValueError`` as ``on`` does."""
        return FileChange(self.path, now, self.on(side, now), self.private, self._spans_to(side))

    def _spans_to(self, side: Side) -> Sequence[Span]:
        return self.spans if side == "after" else [span.reversed for span in self.spans]


def digest(content: bytes) -> str:
    """Return the SHA-256 of some bytes."""
    return hashlib.sha256(content).hexdigest()


def kept(change: FileChange, path: str) -> dict[str, object]:
    """Return a change as data for JSON, what differs alone; ``path`` is how the file is named there."""
    old, new = change.old or b"", change.new or b""
    return {
        "path": path,
        "existed": change.old is not None,
        "exists": change.new is not None,
        "private": change.private,
        "before": digest(old),
        "after": digest(new),
        "spans": change.spans,
        "old": _texts(old[span.old_start : span.old_end] for span in change.spans),
        "new": _texts(new[span.new_start : span.new_end] for span in change.spans),
    }


def read_kept(item: Mapping[str, Any]) -> Difference:
    """Return what ``kept`` made; raises ``KeyError``, ``TypeError`` or ``ValueError`` for anything else.

    Older records of ``undo`` say neither what is new nor whether the file is there afterwards: it always was.
    """
    before = str(item["before"]) if item["existed"] else None
    after = str(item["after"]) if item.get("exists", True) else None
    spans = tuple(Span(*map(int, span)) for span in item["spans"])
    old, new = (tuple(map(_bytes, item.get(side, ()))) for side in ("old", "new"))
    return Difference(Path(item["path"]), before, after, spans, old, new, bool(item.get("private")))


def _texts(pieces: Iterable[bytes]) -> list[str]:
    return [base64.b64encode(piece).decode() for piece in pieces]


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)


def _spliced(text: bytes, spans: Iterable[Span], pieces: Iterable[bytes]) -> bytes:
    """Return a text with the old stretch of each span replaced by a piece."""
    parts: list[bytes] = []
    position = 0
    for span, piece in zip(spans, pieces, strict=True):
        parts += (text[position : span.old_start], piece)
        position = span.old_end
    return b"".join([*parts, text[position:]])
