"""What happened to the entries of ledgers, one thing an event: a difference, the commit that made it, its day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from reformledger.errors import Fault
from reformledger.history.comparing.documents import compare
from reformledger.history.comparing.plain import same_key
from reformledger.history.difference import Difference, DifferenceKind, PlainDocument
from reformledger.history.revisions.commits import Commit
from reformledger.history.revisions.moves import followed
from reformledger.history.revisions.repository import Repository
from reformledger.history.revisions.snapshot import Snapshots, Unreadable
from reformledger.model.readers import UnreadError, read_day
from reformledger.yamlio import Data


class Event(NamedTuple):
    """One thing that happened.

    ``day`` is that of the commit, and of what is not committed (``commit`` is None) today; in the life of one entry a
    record has its own, and ``entered`` is then the day on which it came into the files, where that is another.
    ``difference`` is None where a file could not be read: then ``fault`` says why.
    """

    day: date
    commit: Commit | None
    difference: Difference | None
    entered: date | None = None
    fault: Fault | None = None


class Compared(NamedTuple):
    """What one state says otherwise than the one before it, and why files of it could not be read."""

    differences: Sequence[Difference]
    faults: Sequence[Fault] = ()


class History:
    """The commits that changed the data of ledgers, newest first, and what each changed."""

    def __init__(self, repository: Repository, snapshots: Snapshots) -> None:
        self.repository = repository
        self.snapshots = snapshots
        self.commits = followed(repository, snapshots)
        self._by_id = {commit.id: commit for commit in self.commits}

    def parents(self, commit: Commit) -> list[Commit]:
        """Return the commits before one that changed the data, too."""
        return [self._by_id[oid] for oid in commit.parents if oid in self._by_id]

    def is_cut_off(self, commit: Commit) -> bool:
        """Say whether a shallow clone begins with a commit: what it changed is not known."""
        return commit.id in self.repository.beginnings

    def events(self, today: date, since: date | None = None) -> Iterator[Event]:
        """Yield what happened on a day or later, newest first: what is not committed, then commit by commit."""
        yield from _events(today, None, self.uncommitted())
        for commit in self.commits:
            if not self.is_cut_off(commit) and (since is None or commit.day >= since):
                yield from _events(commit.day, commit, self.compared(commit))

    def uncommitted(self) -> Compared:
        """Return what the files say otherwise than the commit that is checked out."""
        now, head = self.snapshots.of_files(), self.repository.head
        unreadable = {each.name: each.fault for each in now.unreadable}
        before: list[PlainDocument] = []
        for name in self.snapshots.at(head):
            was = self._readable(name, head) if name not in unreadable else None
            if isinstance(was, Unreadable):
                unreadable[name] = was.fault
            before += [was] if isinstance(was, PlainDocument) else []
        there = [document for document in now.documents if document.name not in unreadable]
        return Compared(compare(before, there), list(unreadable.values()))

    def compared(self, commit: Commit) -> Compared:
        """Return what a commit changed; of a merge only what differs from all that it merged.

        A file that cannot be read has no differences. The next that can be is compared with the last that could; where
        what was before is not in the repository, nothing is said of it but that.
        """
        return common([self.against(commit, parent) for parent in self.parents(commit)] or [self.against(commit, None)])

    def against(self, commit: Commit, parent: Commit | None) -> Compared:
        """Return what a commit says otherwise than one of its parents, than nothing for None."""
        old, new = self.snapshots.at(parent) if parent else {}, self.snapshots.at(commit)
        before: list[PlainDocument] = []
        after: list[PlainDocument] = []
        faults: list[Fault] = []
        for name in (name for name in dict.fromkeys([*new, *old]) if old.get(name) != new.get(name)):
            document = self.snapshots.document(name, new[name], commit) if name in new else None
            if isinstance(document, Unreadable):
                faults.append(document.fault)
                continue
            was = self._readable(name, parent) if parent and name in old else None
            if isinstance(was, Unreadable):
                faults.append(was.fault)
                continue
            before += [was] if was else []
            after += [document] if document else []
        return Compared(compare(before, after), faults)

    def _readable(self, name: str, commit: Commit | None) -> PlainDocument | Unreadable | None:
        """Return a document at a commit or, where it cannot be read there, at the last before at which it can.

        Where it never could be, it is as if it had not been there, None; but the first that is not here, if one is.
        """
        not_here: Unreadable | None = None
        while commit is not None and (oid := self.snapshots.at(commit).get(name)):
            document = self.snapshots.document(name, oid, commit)
            if not isinstance(document, Unreadable):
                return document
            not_here = not_here or (None if document.is_here else document)
            commit = next(iter(self.parents(commit)), None)
        return not_here


def _events(day: date, commit: Commit | None, compared: Compared) -> Iterator[Event]:
    yield from (Event(day, commit, None, fault=fault) for fault in compared.faults)
    yield from (Event(day, commit, difference) for difference in compared.differences)


def common(sides: Sequence[Compared]) -> Compared:
    """Return what differs from each of some states: of several parents, what a merge did itself."""
    first, *others = sides
    if not others:
        return first
    known = [{_key(each) for each in side.differences} for side in others]
    differences = [each for each in first.differences if all(_key(each) in keys for keys in known)]
    return Compared(differences, [fault for fault in first.faults if all(fault in side.faults for side in others)])


def own_day(difference: Difference) -> date | None:
    """Return the day that the record of a difference bears, None where it is no record, or bears none."""
    if difference.kind is DifferenceKind.RECORDED or (
        difference.kind is DifferenceKind.REMOVED and not difference.path
    ):
        return day_of(difference.after)
    return None


def day_of(record: Data) -> date | None:
    """Return the day that a record bears, None where none can be read."""
    said = record.get("date") if isinstance(record, dict) else None
    try:
        return read_day(said) if isinstance(said, str) else None
    except UnreadError:
        return None


def _key(difference: Difference) -> tuple[object, ...]:
    """Return what two differences from two states share that lead to the same."""
    kind, path = difference.kind, difference.path
    left = difference.before if kind is DifferenceKind.WITHDRAWN else difference.after
    return kind, difference.ref, path, same_key(left)


def in_line(events: Iterable[Event]) -> list[Event]:
    """Return events by their days, the newest first; those of one day stay as they are."""
    return sorted(events, key=lambda event: event.day, reverse=True)
