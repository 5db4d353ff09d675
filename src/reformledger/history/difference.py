"""What differs between two states of documents: one value a difference, of plain data."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from reformledger.model.documents import DocumentKind
from reformledger.yamlio import Data, Mapped

FieldPath = tuple[str, ...]
"""The path from an entry, or a document, to what differs: keys and names, as ``set`` names it with dots."""


class DifferenceKind(StrEnum):
    """What became of an entry, or of what it says."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    RENUMBERED = "renumbered"
    RECORDED = "recorded"
    WITHDRAWN = "withdrawn"
    CHANGED = "changed"


class Difference(NamedTuple):
    """One difference between an old and a new state.

    ``ref`` is that of an entry (``2020/task-3``), or names a document: ``2020/ledger``, ``2020/contacts``,
    ``directory``. ``path`` leads from there to what differs, () for the whole. ``before`` and ``after`` are what stood
    there, None for nothing: of what was ``RECORDED`` the record is ``after``, of what was ``WITHDRAWN`` it is
    ``before``. Of an entry that was ``REMOVED`` the record of its removal is ``after``, where the document keeps one.
    Of one that was ``ADDED`` again after a removal the record of that, which is gone, is ``before``. Of one that was
    ``MOVED`` they say where it was and is: the headings, or the id of the entry that it follows, None for the first
    place. ``under`` are the titles of the headings over an entry that came, went or moved.
    """

    kind: DifferenceKind
    ref: str
    title: str
    path: FieldPath = ()
    before: Data = None
    after: Data = None
    under: str = ""


def is_whole_phase(path: FieldPath) -> bool:
    """Say whether a path leads to a phase itself, and not to something that it says."""
    match path:
        case ("phases", _name):
            return True
    return False


class PlainDocument(NamedTuple):
    """A document as plain data, read and not validated; ``name`` is that of its file."""

    name: str
    kind: DocumentKind
    data: Mapped
