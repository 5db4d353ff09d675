"""What entries print: names with their places, deadlines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from reformledger.audit.pointer import Pointer, at
from reformledger.book import Book, Entry
from reformledger.model.base import Model
from reformledger.model.deadline import Deadline
from reformledger.model.documents import NameKind
from reformledger.model.entries import STAR_SIGN
from reformledger.text.folding import name_key
from reformledger.yamlio import Path


class Use(NamedTuple):
    """One place where a name is printed."""

    entry: Entry
    steps: Path

    @property
    def pointer(self) -> Pointer:
        """The pointer to the name."""
        return at(self.entry, *self.steps)


def _uses_of(entry: Entry) -> Iterator[tuple[NameKind, str, Path]]:
    yield from _named(entry.data, ())
    for index, report in enumerate(entry.data.progress):
        yield from _named(report, ("progress", index))


def _named(part: Model, path: Path) -> Iterator[tuple[NameKind, str, Path]]:
    for key, field in part.fields.items():
        value = getattr(part, key, None) if field.names else None
        if not field.names or not value:
            continue
        if field.several:
            yield from ((field.names, name, (*path, key, index)) for index, name in enumerate(value))
        else:
            yield field.names, value, (*path, key)


class Names:
    """Every name of one kind that the entries print: its uses by spelling, in the order of the book."""

    def __init__(self, uses: dict[str, list[Use]], times: Counter[str]) -> None:
        self.uses = uses
        self.times = times
        """How often each spelling is printed; what an entry carries on from an earlier year counts once."""
        self.by_key: dict[str, list[str]] = {}
        """The spellings of each name by its key."""
        for name in uses:
            self.by_key.setdefault(name_key(name), []).append(name)
        self.rank = {key: rank for rank, key in enumerate(self.by_key)}
        """Which of the names is printed first."""

    def uses_of_key(self, key: str) -> list[Use]:
        """Return the uses of all spellings of a name."""
        return list(chain.from_iterable(self.uses[name] for name in self.by_key.get(key, ())))

    def times_of_key(self, key: str) -> int:
        """Return how often a name is printed, in whatever spelling."""
        return sum(self.times[name] for name in self.by_key.get(key, ()))


def printed_names(book: Book) -> dict[NameKind, Names]:
    """Return the names of a book by kind."""
    uses: dict[NameKind, dict[str, list[Use]]] = {"office": {}, "person": {}}
    times: dict[NameKind, Counter[str]] = {"office": Counter(), "person": Counter()}
    for entry in book.entries:
        is_new = next(book.before(entry), None) is None
        for kind, name, steps in _uses_of(entry):
            uses[kind].setdefault(name, []).append(Use(entry, steps))
            times[kind][name] += is_new
    return {kind: Names(found, times[kind]) for kind, found in uses.items()}


def printed_deadline(due: Deadline | None) -> Deadline | None:
    """Return a deadline that is printed; None for that of a ☆ of an earlier year, of which only the ☆ is printed."""
    return None if due is None or due.wording == STAR_SIGN else due
