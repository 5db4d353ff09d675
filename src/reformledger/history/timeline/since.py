"""What is otherwise now than at a revision, or since a day: by the revision of that day, else by the records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from reformledger.errors import DataError
from reformledger.history.comparing.documents import compare
from reformledger.history.difference import Difference, PlainDocument
from reformledger.history.revisions.commits import Commit
from reformledger.history.revisions.moves import followed
from reformledger.history.revisions.refusals import HistoryError, State
from reformledger.history.revisions.repository import Repository
from reformledger.history.revisions.snapshot import Documents, Snapshots, repository_of
from reformledger.history.timeline.events import own_day
from reformledger.history.timeline.printed import printed_headings
from reformledger.history.timeline.recorded import plain, plain_as_of
from reformledger.i18n import _
from reformledger.sources import Sources, load_sources

_NO_REVISIONS = frozenset({State.NO_GIT, State.NO_REPOSITORY, State.UNBORN})
"""The states in which there is nothing to read, not even for somebody else."""


class Diff(NamedTuple):
    """What differs, in the order of the new documents, and sentences about how that was found.

    ``late`` are the places of records among the differences that bear a day on or before the one that was asked for,
    and that were not in the files on that day. ``old`` and ``new`` name the states: a commit's short id, a day, or ""
    for the files. ``headings`` are the printed ones of tables' own columns, by key.
    """

    differences: Sequence[Difference]
    late: frozenset[int] = frozenset()
    old: str = ""
    new: str = ""
    notes: Sequence[str] = ()
    headings: Mapping[str, str] = {}


def between(sources: Sources, words: Sequence[str]) -> Diff:
    """Return what differs between two revisions, or between one (HEAD without any) and the files.

    Raises ``DataError`` for files that cannot be read, ``HistoryError``, and ``UsageError`` for what is no revision.
    """
    with repository_of(sources) as repository:
        snapshots = Snapshots(repository, sources)
        old, *others = [repository.resolve(word) for word in words or ["HEAD"]]
        new = others[0] if others else None
        if not all(snapshots.at(commit) for commit in (old, *others)):
            followed(repository, snapshots)
        found = _from(snapshots, old, new)
        return found._replace(new=new.short if new else "", notes=[*repository.notes, *found.notes])


def since(sources: Sources, day: date, today: date) -> Diff:
    """Return what the files say otherwise than the revision of a day: the last that was committed on it or before.

    Where none is so old, or there is no repository, the records tell: what bears a later day was not there yet. Nothing
    is late for a day that is not over.
    Raises ``DataError``, ``HistoryError``.
    """
    try:
        with repository_of(sources) as repository:
            return _of_revision(repository, sources, day, is_over=day < today)
    except HistoryError as error:
        if error.state not in _NO_REVISIONS:
            raise
        return _by_records(sources, day, [str(error)])


def _of_revision(repository: Repository, sources: Sources, day: date, *, is_over: bool) -> Diff:
    snapshots = Snapshots(repository, sources)
    commit = repository.commit_of_day(day)
    if commit is not None and not snapshots.at(commit):
        followed(repository, snapshots)
    if commit is None or not snapshots.at(commit):
        note = _("No revision of these files is as old as {day}.").format(day=day.isoformat())
        return _by_records(sources, day, [*repository.notes, note])
    found = _from(snapshots, commit, None)
    late = frozenset(place for place, each in enumerate(found.differences) if is_over and _is_late(each, day))
    return found._replace(late=late, notes=[*repository.notes, *found.notes])


def _is_late(difference: Difference, day: date) -> bool:
    bears = own_day(difference)
    return bears is not None and bears <= day


def _from(snapshots: Snapshots, old: Commit, new: Commit | None) -> Diff:
    """Return what differs from one commit to another, or to the files; raises ``DataError``."""
    before = _readable(snapshots.documents_at(old))
    found = snapshots.documents_at(new) if new else snapshots.of_files()
    after = _readable(found)
    headings = printed_headings([*after, *before])
    return Diff(compare(before, after), old=old.short, notes=found.notes, headings=headings)


def _readable(found: Documents) -> Sequence[PlainDocument]:
    if found.unreadable:
        raise DataError([each.fault for each in found.unreadable])
    return found.documents


def _by_records(sources: Sources, day: date, why: Iterable[str]) -> Diff:
    """Return what was recorded after a day; what was set, added or removed bears none and is not among it."""
    loaded = load_sources(sources)
    now = [PlainDocument(each.name, each.kind, plain(each)) for each in loaded.documents]
    then = [PlainDocument(each.name, each.kind, plain_as_of(each, day)) for each in loaded.documents]
    note = _("So it is told by the records: those of later days, and nothing that bears no day.")
    return Diff(compare(then, now), old=day.isoformat(), notes=[*why, note], headings=printed_headings(now))
