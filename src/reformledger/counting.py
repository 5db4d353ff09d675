"""Entries counted: how many someone has, and how they are doing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from reformledger.book import Book
from reformledger.entry import KINDS, Entry
from reformledger.model.life import Light, Reason, Status
from reformledger.query import due_in_own_year
from reformledger.roles import Subject, names_in, roles_of
from reformledger.standing import standings


class Tally(NamedTuple):
    """How many entries someone has, and how they are doing.

    ``closed_late`` are among the closed, ``unreported`` among the yellow; ``star_met`` counts a ☆ that a phase met.
    ``milestones`` are the phases that are not cancelled, ``milestones_late`` those closed out late or open too long.
    """

    name: str
    all: int
    star: int
    due_this_year: int
    overdue: int
    closed: int
    red: int
    yellow: int
    blue: int
    green: int
    unreported: int
    closed_late: int
    star_met: int
    milestones: int
    milestones_closed: int
    milestones_late: int


def tally(book: Book, name: str, entries: Sequence[Entry], as_of: date) -> Tally:
    """Count entries; “this year” is each entry's ledger year."""
    state = standings(book, as_of)
    found = [state.of(entry) for entry in entries]
    # Lists count by identity; a Counter would hash each of the enums.
    statuses = [standing.status for standing in found]
    lights = [standing.light for standing in found]
    reasons = [standing.reason for standing in found]
    milestones = [phase for entry in entries for phase in entry.phases if not phase.is_cancelled]
    return Tally(
        name,
        all=len(entries),
        star=sum(entry.data.star is not None for entry in entries),
        due_this_year=sum(map(due_in_own_year, entries)),
        overdue=statuses.count(Status.OVERDUE),
        closed=statuses.count(Status.CLOSED),
        red=lights.count(Light.RED),
        yellow=lights.count(Light.YELLOW),
        blue=lights.count(Light.BLUE),
        green=lights.count(Light.GREEN),
        unreported=reasons.count(Reason.UNREPORTED),
        closed_late=sum(entry.closed_late for entry in entries if entry.closing),
        star_met=sum(entry.data.star is not None and entry.star_closed is True for entry in entries),
        milestones=len(milestones),
        milestones_closed=sum(phase.closed is not None for phase in milestones),
        milestones_late=sum(phase.is_late(as_of) for phase in milestones),
    )


def tallies(book: Book, subject: Subject, entries: Iterable[Entry], as_of: date) -> list[Tally]:
    """Return one tally for each leader or department, those with most entries first."""
    names = names_in(book).of(subject)
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
        by_status[standings(book, as_of).of(entry).status].append(entry)
        by_kind[entry.kind].append(entry)
    return {
        "status": [tally(book, name, found, as_of) for name, found in by_status.items() if found],
        "kind": [tally(book, name, found, as_of) for name, found in by_kind.items() if found],
        "leader": tallies(book, "leader", entries, as_of),
        "department": tallies(book, "department", entries, as_of),
    }
