"""Entries counted: how many someone has, and how they stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from reformledger.book import KINDS, Book, Entry
from reformledger.model.life import Status
from reformledger.query import due_in_own_year
from reformledger.roles import Subject, names_of, roles_of


class Tally(NamedTuple):
    """How many entries someone has, and how they stand."""

    name: str
    all: int
    star: int
    due_this_year: int
    overdue: int
    closed: int


def tally(book: Book, name: str, entries: Sequence[Entry], as_of: date) -> Tally:
    """Count entries; “this year” is each entry's ledger year."""
    statuses = [book.status(entry, as_of) for entry in entries]
    return Tally(
        name,
        len(entries),
        sum(entry.data.star is not None for entry in entries),
        sum(due_in_own_year(entry) for entry in entries),
        statuses.count(Status.OVERDUE),
        statuses.count(Status.CLOSED),
    )


def tallies(book: Book, subject: Subject, entries: Iterable[Entry], as_of: date) -> list[Tally]:
    """Return one tally for each leader or department, those with most entries first."""
    names = names_of(book, subject)
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        for key in dict.fromkeys(book.directory.key(name) for _role, name in roles_of(entry, subject)):
            groups.setdefault(key, []).append(entry)
    counted = [tally(book, names[key], found, as_of) for key, found in groups.items()]
    return sorted(counted, key=lambda row: -row.all)


def breakdown(book: Book, entries: Sequence[Entry], as_of: date) -> dict[str, list[Tally]]:
    """Return tallies by ``status``, ``kind``, ``leader`` and ``department``; rows of none are left out."""
    by_status: dict[str, list[Entry]] = {status: [] for status in Status}
    by_kind: dict[str, list[Entry]] = {kind: [] for kind in KINDS}
    for entry in entries:
        by_status[book.status(entry, as_of)].append(entry)
        by_kind[entry.kind].append(entry)
    return {
        "status": [tally(book, name, found, as_of) for name, found in by_status.items() if found],
        "kind": [tally(book, name, found, as_of) for name, found in by_kind.items() if found],
        "leader": tallies(book, "leader", entries, as_of),
        "department": tallies(book, "department", entries, as_of),
    }
