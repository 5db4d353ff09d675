"""What a commit says of itself: read from the object as git keeps it, which no configuration can dress."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import NamedTuple

from reformledger.model.life import BEIJING

_BEGINNING = datetime.fromtimestamp(0, UTC).astimezone(BEIJING)
"""The moment of a commit that says none, as git takes it."""


class Commit(NamedTuple):
    """A commit.

    ``id`` is its whole name, ``short`` the one that people are shown, ``tree`` the object of its files. ``parents`` are
    the whole names of those before it: where only some files were asked of, of the nearest that changed these.
    ``committed`` is the moment in Beijing at which it was made. ``author`` and ``subject`` are as somebody wrote them:
    harmless only behind ``views``.
    """

    id: str
    short: str
    parents: tuple[str, ...]
    author: str
    committed: datetime
    subject: str
    tree: str

    @property
    def day(self) -> date:
        """Return the day in Beijing on which it was made."""
        return self.committed.date()


def read_commit(oid: str, short: str, parents: tuple[str, ...], raw: bytes) -> Commit:
    """Return the commit that the bytes of its object say; what they do not say is blank."""
    head, _blank, message = raw.partition(b"\n\n")
    said: dict[bytes, bytes] = {}
    for line in head.split(b"\n"):
        key, _space, value = line.partition(b" ")
        if key:  # a line that begins with a blank goes on with what was before, a signature
            said.setdefault(key, value)
    encoding = said.get(b"encoding", b"").decode("ascii", "replace").strip()
    author, _mail = _person(said.get(b"author", b""))
    _committer, moment = _person(said.get(b"committer", b""))
    paragraph = message.lstrip(b"\n").split(b"\n\n")[0]
    subject = " ".join(_decoded(paragraph, encoding).split("\n"))
    name, tree = _decoded(author, encoding).strip(), said.get(b"tree", b"").decode("ascii", "replace")
    return Commit(oid, short, parents, name, _moment(moment), subject.strip(), tree)


def _person(value: bytes) -> tuple[bytes, bytes]:
    """Part ``Name <mail> 1234567890 +0800`` into the name and the seconds; the mail is nobody's business."""
    name, _open, rest = value.partition(b"<")
    _mail, _close, moment = rest.rpartition(b">")
    return name, moment


def _moment(words: bytes) -> datetime:
    seconds = words.split()[:1]
    try:
        return datetime.fromtimestamp(int(seconds[0]) if seconds and seconds[0].isdigit() else 0, UTC).astimezone(
            BEIJING
        )
    except (ValueError, OverflowError, OSError):  # later than any day
        return _BEGINNING


def _decoded(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding or "utf-8", "replace")
    except (LookupError, ValueError):  # an encoding that is none
        return raw.decode("utf-8", "replace")
