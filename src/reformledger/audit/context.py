"""What rules look at: the book, the day, and look-ups that several of them share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import NamedTuple

from reformledger.book import Book, Entry
from reformledger.loader import LoadedDocument, Step


class Spot(NamedTuple):
    """Where to point: a value in a document, or a piece of it; its line and column are found when it is shown.

    ``part`` is text inside the value, ``key`` says that the key is meant. ``span`` (character offsets) is for what
    is no value at all, such as a comment.
    """

    loaded: LoadedDocument
    path: tuple[Step, ...] = ()
    part: str = ""
    key: bool = False
    span: tuple[int, int] | None = None
    entry: Entry | None = None


class Found(NamedTuple):
    """What a rule says: one sentence with the facts in it, where, and what else is part of it."""

    message: str
    spot: Spot
    related: tuple[tuple[str, Spot], ...] = ()


class Audit:
    """A book as of a day, with what several rules ask of it."""

    def __init__(self, book: Book, as_of: date) -> None:
        self.book = book
        self.as_of = as_of
        self.judged: frozenset[str] = frozenset()
        """The codes of the rules that run."""
        self.matched: set[tuple[str, str]] = set()
        """Ref and code of every acknowledgement that met its finding."""

    def acknowledgement(self, code: str, entries: Sequence[Entry]) -> str | None:
        """Return why the office leaves a finding that concerns ``entries``, from the first that says so."""
        reasons = []
        for entry in entries:
            if code in entry.data.acknowledged:
                self.matched.add((entry.ref, code))
                reasons.append(entry.data.acknowledged[code])
        return reasons[0] if reasons else None

    @cached_property
    def points(self) -> tuple[Entry, ...]:
        """The work points."""
        return tuple(entry for entry in self.book.entries if entry.row is None)

    @cached_property
    def rows(self) -> tuple[Entry, ...]:
        """The rows of the ledgers."""
        return tuple(entry for entry in self.book.entries if entry.row is not None)


def at(entry: Entry, *steps: Step, part: str = "", key: bool = False) -> Spot:
    """Return the spot of a value of an entry; without steps, or where it is blank, of the entry itself."""
    return Spot(entry.group.loaded, (*entry.group.path, entry.index, *steps), part, key, entry=entry)


def at_first(entry: Entry, *keys: str) -> Spot:
    """Return the spot of the first of some values that an entry has, else of the entry itself."""
    for key in keys:
        if getattr(entry.data, key, None):
            return at(entry, key)
    return at(entry)


def joined(names: Iterator[str] | list[str] | tuple[str, ...]) -> str:
    """Return names in one piece of text, as the notice joins them."""
    return "、".join(names)
