"""What changed between two days: what was recorded after the one and by the other, and which lights turned.

A brief of one day and the next of another leave nothing out and say nothing twice: records of the first day are in the
first, those of the days after it in the second. What is set without a dated record changes without being seen here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from reformledger.book import Book
from reformledger.entry import Entry
from reformledger.model.documents import Ledger, Removal, Workpoints
from reformledger.model.entries import Cancellation, Closing, Extension, Pause, Progress, Reopening, Waiver
from reformledger.model.life import Light
from reformledger.model.phases import phase_names, phase_word
from reformledger.roles import bound_by, names_in
from reformledger.standing import Standing, standings

Record = Closing | Extension | Progress | Reopening | Waiver | Pause | Cancellation | Removal


class ChangeKind(StrEnum):
    """What a change is, in the order in which changes are reported."""

    CLOSED = "closed"
    EXTENDED = "extended"
    RED = "red"
    YELLOW = "yellow"
    REPORTED = "reported"
    REOPENED = "reopened"
    WAIVED = "waived"
    PAUSED = "paused"
    CANCELLED = "cancelled"
    ADDED = "added"
    REMOVED = "removed"


_TURNED = {Light.RED: ChangeKind.RED, Light.YELLOW: ChangeKind.YELLOW}


class Change(NamedTuple):
    """One change of an entry.

    ``record`` is what was recorded, of the milestone ``phase`` where it names one: by its name, or as ``#2`` where
    several share it. ``before`` and ``after`` are how the entry was on the two days, where its light turned. ``entry``
    is None where it was removed. ``late``: of a close-out.
    """

    kind: ChangeKind
    day: date
    ref: str
    title: str
    entry: Entry | None = None
    record: Record | None = None
    phase: str | None = None
    late: bool = False
    before: Standing | None = None
    after: Standing | None = None


def changes(
    book: Book,
    entries: Sequence[Entry],
    since: date,
    as_of: date,
    *,
    leaders: Sequence[str] = (),
    years: Sequence[int] = (),
) -> list[Change]:
    """Return what changed of entries after ``since`` and by ``as_of``: by kind, then by day.

    What was recorded on the entries that they carry on is among it. Of what was removed, all of the book, or (with
    ``years``, ``leaders``) of these years and what one of these answered for. A light turned where an entry is red, or
    yellow, and was not.
    """
    matters = {each.ref: each for entry in entries for each in (*reversed(list(book.before(entry))), entry)}
    found = [
        *(change for entry in matters.values() for change in _recorded(entry) if since < change.day <= as_of),
        *_turned(book, entries, since, as_of),
        *(change for change in _removed(book, leaders, years) if since < change.day <= as_of),
    ]
    order = list(ChangeKind)
    return sorted(found, key=lambda change: (order.index(change.kind), change.day))


def _recorded(entry: Entry) -> Iterator[Change]:
    """Yield what each dated record of an entry changed."""
    data = entry.data

    def change(kind: ChangeKind, record: Record, phase: str | None = None, *, late: bool = False) -> Change:
        return Change(kind, record.date, entry.ref, data.title, entry, record, phase, late)

    if data.closed:
        yield change(ChangeKind.CLOSED, data.closed, late=entry.closed_late)
    names = phase_names(data)
    for index, phase in enumerate(entry.phases):
        if phase.data is None:  # what became of it is said of the whole
            continue
        word = phase_word(names, index)
        if phase.data.closed:
            yield change(ChangeKind.CLOSED, phase.data.closed, word, late=phase.closed_late)
        if phase.data.paused:
            yield change(ChangeKind.PAUSED, phase.data.paused, word)
        if phase.data.cancelled:
            yield change(ChangeKind.CANCELLED, phase.data.cancelled, word)
    yield from (change(ChangeKind.EXTENDED, made, made.phase) for made in data.extensions)
    yield from (change(ChangeKind.REPORTED, made, made.phase) for made in data.progress)
    yield from (change(ChangeKind.REOPENED, made, made.phase) for made in data.history)
    yield from (change(ChangeKind.WAIVED, made) for made in data.waivers)
    if data.paused:
        yield change(ChangeKind.PAUSED, data.paused)
    if data.assigned:
        yield Change(ChangeKind.ADDED, data.assigned, entry.ref, data.title, entry)


def _turned(book: Book, entries: Iterable[Entry], since: date, as_of: date) -> Iterator[Change]:
    """Yield the entries that are red, or yellow, on the second day and were not on the first."""
    then, now = standings(book, since), standings(book, as_of)
    for entry in entries:
        after = now.of(entry)
        if after.light not in _TURNED:
            continue
        before = then.of(_counted_on(book, entry, since))
        if before.light is not after.light:
            kind = _TURNED[after.light]
            yield Change(kind, as_of, entry.ref, entry.data.title, entry, before=before, after=after)


def _counted_on(book: Book, entry: Entry, day: date) -> Entry:
    """Return the entry that stood for the same matter on a day: until 31 December that of the year before."""
    matter = (entry, *book.before(entry))
    return next((each for each in matter if date(each.year, 1, 1) <= day), matter[-1])


def _removed(book: Book, leaders: Sequence[str], years: Sequence[int]) -> Iterator[Change]:
    keys = bound_by(names_in(book), "leader", leaders)
    for loaded in book.documents:
        document = loaded.document
        if not isinstance(document, Workpoints | Ledger) or (years and document.year not in years):
            continue
        for record in document.removed:
            if not keys or not keys.isdisjoint(map(book.directory.key, _leaders_of(record))):
                ref = f"{document.year}/{record.id}"
                yield Change(ChangeKind.REMOVED, record.date, ref, record.title, record=record)


def _leaders_of(record: Removal) -> Iterator[str]:
    """Yield the leaders and other persons that a removed entry named, as far as its record keeps what it said."""
    persons = record.entry.get("persons")
    held = [record.entry.get("leaders"), record.entry.get("city_leader")]
    held += list(persons.values()) if isinstance(persons, dict) else []
    for value in held:
        yield from (str(name) for name in (value if isinstance(value, list) else [value]) if name)
