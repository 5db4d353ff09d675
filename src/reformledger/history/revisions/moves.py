"""Where data were before they were moved to where they are: git keeps no record of that, but equal contents tell."""

from __future__ import annotations

import os
from collections import Counter
from posixpath import dirname

from reformledger.files.plumbing import GitError
from reformledger.history.revisions.commits import Commit, read_commit
from reformledger.history.revisions.objects import Trees
from reformledger.history.revisions.repository import Repository
from reformledger.history.revisions.snapshot import Snapshots

_MOST = 16
"""Moves that are followed."""


def followed(repository: Repository, snapshots: Snapshots) -> tuple[Commit, ...]:
    """Return the commits that changed the data, the newest first, also those made while the data were elsewhere.

    ``snapshots`` know from then on what was there. Raises ``HistoryError``.
    """
    commits = tuple(repository.commits(paths=snapshots.paths))
    for _move in range(_MOST):
        if not any(_follow(repository, snapshots, path, commits) for path in snapshots.given):
            break
        commits = tuple(repository.commits(paths=snapshots.paths))
    return commits


def _follow(repository: Repository, snapshots: Snapshots, path: str, commits: tuple[Commit, ...]) -> bool:
    """Find where the data of a path were before the first commit that has them, and say whether they were anywhere."""
    first = next((commit for commit in reversed(commits) if snapshots.at_place(commit, path)), None)
    before = repository.object_of(f"{first.id}^") if first and first.id not in repository.beginnings else None
    if first is None or before is None or before.content is None:
        return False
    came = snapshots.at_place(first, path)
    trees = Trees(repository)
    tree = read_commit(before.oid, "", (), before.content).tree
    went = [name for name in _names_of(repository, tree, set(came.values())) if trees.find(first.tree, name) is None]
    is_file = not came.keys().isdisjoint(snapshots.paths)
    places = Counter(went if is_file else map(dirname, went))
    place = next((place or "." for place, _count in places.most_common(1)), None)
    if place is None or place in snapshots.paths:
        return False
    snapshots.moved(path, place)
    return True


def _names_of(repository: Repository, tree: str, oids: set[str]) -> list[str]:
    """Return the names in a tree of some contents; none where a partial clone left the lists behind."""
    try:
        lines = repository.git.ask("ls-tree", "-r", "-z", "--full-tree", tree).out.split(b"\0")
    except GitError:
        return []
    parted = [line.partition(b"\t") for line in lines if line]
    return [os.fsdecode(name) for said, _tab, name in parted if said.split()[-1].decode() in oids]
