"""A revision to read data from as from the disk, by the same rules of which files are ours."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from reformledger.errors import DataError, Fault
from reformledger.history.revisions import refusals
from reformledger.history.revisions.commits import Commit
from reformledger.history.revisions.objects import Node, Trees
from reformledger.history.revisions.repository import Repository
from reformledger.limits import FILE
from reformledger.loader import missing, too_large


def path_at(commit: Commit, name: str) -> Path:
    """Return how a name of the repository is said of a commit, as git says it: ``abc1234:data/ledger_2020.yaml``.

    At the top it is ``abc1234:./ledger_2020.yaml``, so that the last part is the name of the file.
    """
    return Path(f"{commit.short}:{name if '/' in name else f'./{name}'}")


class NotHereError(DataError):
    """Content that is not in the repository, damaged, or too large: what a file said is not known."""


class Revision:
    """The files of a commit, for ``load_from``; paths in it are those of ``path_at``."""

    def __init__(self, repository: Repository, trees: Trees, commit: Commit) -> None:
        self.notes: list[str] = []
        self._repository = repository
        self._trees = trees
        self._commit = commit

    def path(self, name: str) -> Path:
        """Return the path of a name of the repository in this revision."""
        return path_at(self._commit, name)

    def name(self, path: Path) -> str:
        """Return the name in the repository of a path in this revision."""
        name = path.as_posix().partition(":")[2]
        return "" if name == "." else name.removeprefix("./")

    def node(self, path: Path) -> Node | None:
        """Return what a path leads to, None for nothing; raises ``HistoryError``."""
        return self._trees.find(self._commit.tree, self.name(path))

    def is_folder(self, path: Path) -> bool:
        """Say whether a path leads to a folder."""
        node = self.node(path)
        return node is not None and node.is_folder

    def listed(self, folder: Path) -> Iterable[Path]:
        """Return what is directly in a folder."""
        node = self.node(folder)
        above = f"{name}/" if (name := self.name(folder)) else ""
        return [self.path(above + each) for each in self._trees.nodes(node.oid)] if node and node.is_folder else []

    def content(self, path: Path) -> bytes:
        """Return the bytes of a file; raises ``DataError``."""
        node = self.node(path)
        if node is None or not (node.is_file or node.is_link):
            raise missing(path)
        return blob(self._repository, node.oid, path)

    def identity(self, path: Path) -> str:
        """Return what all paths to one file have in common."""
        return self.name(path)


def blob(repository: Repository, oid: str, path: Path) -> bytes:
    """Return the bytes of a file as git keeps them; raises ``NotHereError``, which names it by ``path``."""
    found = repository.object_of(oid, FILE)
    if found is None:
        said = refusals.left_behind() if repository.is_partial else refusals.damaged()
        raise NotHereError([Fault.of_file(path, *said)])
    if found.content is None:
        raise NotHereError([too_large(path, found.size)])
    return found.content
