"""The data of ledgers at a revision, or as the files hold them now, as plain data; each content is read once."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, cast

from reformledger.book import Book
from reformledger.errors import DataError, Fault
from reformledger.files.plumbing import GitError
from reformledger.history.difference import PlainDocument
from reformledger.history.revisions import refusals
from reformledger.history.revisions.commits import Commit
from reformledger.history.revisions.objects import Trees
from reformledger.history.revisions.repository import Repository
from reformledger.history.revisions.revision import NotHereError, Revision, blob, path_at
from reformledger.i18n import _
from reformledger.loader import kind_of, parse_file, validate_tree
from reformledger.model.documents import DocumentKind
from reformledger.reader import FileReader, Reader
from reformledger.sources import OWN_NAMES, Sources, files_of, load_from, may_be_ours, read_ours
from reformledger.yamlio import Mapped, Tree

_MOST = 16 * 2**20
"""Bytes of the contents whose data are remembered; of the last there is always one."""


class _NoKindError(DataError):
    """A file that does not declare what it is."""


class _Kept(NamedTuple):
    """What a content of so many bytes says."""

    size: int
    kind: DocumentKind
    data: Mapped


class Unreadable(NamedTuple):
    """A file of ours that cannot be read as plain data, and the first reason.

    ``is_here`` is False where its content is not in the repository: what it said is not known then.
    """

    name: str
    fault: Fault
    is_here: bool = True


class Documents(NamedTuple):
    """Documents in the order of the sources, those that cannot be read, and sentences about what was left out.

    ``left_out`` are the names of files that are there and that git is told to ignore.
    """

    documents: tuple[PlainDocument, ...]
    unreadable: tuple[Unreadable, ...]
    left_out: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def repository_of(sources: Sources) -> Repository:
    """Return the repository that all data of ``sources`` are in; raises ``HistoryError``."""
    found = [Repository.of(path) for path in sources.paths]
    for path, other in zip(sources.paths, found, strict=True):
        if other.top != found[0].top:
            raise refusals.other_repository(path, found[0].top)
    return found[0]


class Snapshots:
    """What the files of ``sources`` held at each commit.

    Names are those from the top of the repository on, with ``/``: ``data/ledger_2020.yaml``; ``paths`` are those of the
    files and folders of ``sources``, and of where these were before (``moved``), for ``Repository.commits``. Raises
    ``HistoryError`` for a path that is not in the repository.
    """

    def __init__(self, repository: Repository, sources: Sources) -> None:
        self._repository = repository
        self._sources = sources
        self._trees = Trees(repository)
        self._kept: dict[str, _Kept] = {}
        self._ours: dict[str, bool] = {}
        self._places = {self._name(path) or ".": [self._name(path) or "."] for path in sources.paths}

    def at(self, commit: Commit) -> dict[str, str]:
        """Return the names of the data files at a commit, each with the object that is its content.

        Raises ``HistoryError`` where lists of files are not here.
        """
        found: dict[str, str] = {}
        for path in self._places:
            found |= self.at_place(commit, path)
        return found

    def at_place(self, commit: Commit, path: str) -> dict[str, str]:
        """Return of what ``at`` does what was at one of ``paths``; where nothing was, at the last place before it."""
        revision = Revision(self._repository, self._trees, commit)
        found: dict[str, str] = {}
        for place in self._places[path]:
            for file, in_folder in _listed(revision.path("" if place == "." else place), revision):
                name, node = revision.name(file), revision.node(file)
                if node is None or not (node.is_file or node.is_link):
                    continue
                if not in_folder or OWN_NAMES.fullmatch(file.name) or self._is_ours(file, node.oid, revision):
                    found[name] = node.oid
            if found:
                break
        return found

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths that hold, or held, the data."""
        return tuple(dict.fromkeys(place for places in self._places.values() for place in places))

    @property
    def given(self) -> tuple[str, ...]:
        """The paths of the files and folders of ``sources``."""
        return tuple(self._places)

    def moved(self, path: str, place: str) -> None:
        """Take what is at one of ``given`` for what was at a place before it came there."""
        self._places[path].append(place)

    def document(self, name: str, oid: str, at: Commit) -> PlainDocument | Unreadable:
        """Return a document by what ``at`` gave; faults of it are named by the commit ``at`` which it was asked for."""
        try:
            kept = self._read(oid, path_at(at, name))
        except DataError as error:
            return Unreadable(name, error.faults[0], is_here=not isinstance(error, NotHereError))
        return PlainDocument(name, kept.kind, kept.data)

    def _read(self, oid: str, path: Path) -> _Kept:
        """Return what a content says, read once as long as it is remembered; raises ``DataError``."""
        kept = self._kept.pop(oid, None)
        if kept is None:
            raw = blob(self._repository, oid, path)
            kept = _Kept(len(raw), *_plain(path, parse_file(path, lambda _path: raw)))
        self._kept[oid] = kept
        while len(self._kept) > 1 and sum(each.size for each in self._kept.values()) > _MOST:
            del self._kept[next(iter(self._kept))]
        return kept

    def documents_at(self, commit: Commit) -> Documents:
        """Return all documents at a commit; raises ``HistoryError``."""
        read = [self.document(name, oid, commit) for name, oid in self.at(commit).items()]
        return _parted(read)

    def of_files(self) -> Documents:
        """Return all documents as the files hold them now, without those that git is told to ignore and does not keep.

        These are in no revision: their whole content would be a difference. What a sparse checkout leaves out is as it
        was committed.
        """
        reader = FileReader()
        within = dict(self._files(reader))
        names = {file: self._name_of_file(file, in_folder) for file, in_folder in within.items()}
        ignored = self._ignored(list(names.values()))
        read: list[PlainDocument | Unreadable] = []
        left_out: list[str] = []
        for file, name in names.items():
            try:
                tree = read_ours(file, reader, in_folder=within[file])
                if tree is None:
                    continue
                document: PlainDocument | Unreadable = PlainDocument(name, *_plain(file, tree))
            except DataError as error:
                document = Unreadable(name, error.faults[0])
            if name in ignored:
                left_out.append(name)
            else:
                read.append(document)
        head = self._repository.head
        read += [self.document(name, oid, head) for name, oid in self._not_checked_out(names.values()).items()]
        sentence = _("{file} is left out: git is told to ignore it, so that no revision has it.")
        notes = [*reader.notes, *(sentence.format(file=name) for name in left_out)]
        return _parted(read)._replace(left_out=tuple(left_out), notes=tuple(notes))

    def content(self, name: str, oid: str, at: Commit) -> bytes:
        """Return the bytes of a file by what ``at`` gave; raises ``DataError``, which names it by the commit ``at``."""
        return blob(self._repository, oid, path_at(at, name))

    def contents_of_files(self) -> dict[str, bytes]:
        """Return the bytes of the files of ``of_files``, but of those that the system does not let be read."""
        reader = FileReader()
        found: dict[str, bytes] = {}
        for file, in_folder in dict(self._files(reader)).items():
            with suppress(DataError):
                if may_be_ours(file, reader, in_folder=in_folder):
                    found[self._name_of_file(file, in_folder)] = reader.content(file)
        ignored = self._ignored(list(found))
        for name, oid in self._not_checked_out(found).items():
            with suppress(DataError):
                found[name] = self.content(name, oid, self._repository.head)
        return {name: raw for name, raw in found.items() if name not in ignored}

    def book_at(self, commit: Commit) -> Book:
        """Return the book at a commit, validated as that of files is; raises ``DataError``, ``HistoryError``."""
        revision = Revision(self._repository, self._trees, commit)
        paths = [revision.path("" if name == "." else name) for name in self.given]
        there = tuple(path for path in paths if revision.node(path)) or tuple(paths)
        return Book(load_from(Sources(there, self._sources.origin), revision))

    def _files(self, reader: Reader) -> Iterator[tuple[Path, bool]]:
        """Yield the files among which ours are, and whether each is one of a folder."""
        for path in self._sources.paths:
            yield from _listed(path, reader)

    def _is_ours(self, file: Path, oid: str, revision: Revision) -> bool:
        """Say whether a file that is not called like one of ours declares a kind; it is where that cannot be known."""
        if oid not in self._ours:
            try:
                self._ours[oid] = may_be_ours(file, revision, in_folder=True)
                if self._ours[oid]:
                    self._read(oid, file)
            except _NoKindError:
                self._ours[oid] = False
            except DataError:
                self._ours[oid] = True
        return self._ours[oid]

    def _not_checked_out(self, there: Collection[str]) -> dict[str, str]:
        """Return the names of files that a sparse checkout leaves out, each with the object that was committed."""
        committed = {name: oid for name, oid in self.at(self._repository.head).items() if name not in there}
        if not committed:
            return {}
        asked = ("--literal-pathspecs", "ls-files", "-t", "-z", "--", *committed)
        try:
            lines = self._repository.git.ask(*asked).out.split(b"\0")
        except GitError:
            return {}
        left_out = {os.fsdecode(line[2:]) for line in lines if line.startswith(b"S ")}
        return {name: oid for name, oid in committed.items() if name in left_out}

    def _ignored(self, names: Sequence[str]) -> set[str]:
        given = "\0".join(names).encode("utf-8", "surrogateescape")
        try:
            answer = self._repository.git.ask("check-ignore", "-z", "--stdin", given=given, ok=(0, 1))
        except GitError:
            return set()
        return {os.fsdecode(name) for name in answer.out.split(b"\0") if name}

    def _name_of_file(self, file: Path, in_folder: bool) -> str:
        folder = self._name(file.parent) if in_folder else ""
        return f"{folder}/{file.name}" if folder else file.name if in_folder else self._name(file)

    def _name(self, path: Path) -> str:
        """Return the name of a path in the repository; raises ``HistoryError``."""
        real = Path(os.path.realpath(path))
        if not real.is_relative_to(self._repository.top):
            raise refusals.other_repository(path, self._repository.top)
        name = real.relative_to(self._repository.top).as_posix()
        return "" if name == "." else name


def _listed(path: Path, reader: Reader) -> Iterator[tuple[Path, bool]]:
    """Yield the files at a path among which ours are, and whether each is one of a folder."""
    with suppress(DataError):  # a folder that was not there, or held nothing yet
        yield from ((file, file is not path) for file in files_of(path, reader))


def _plain(path: Path, tree: Tree) -> tuple[DocumentKind, Mapped]:
    """Return the kind and the data of what was read; raises ``_NoKindError``."""
    kind = kind_of(tree)
    if kind is None:
        try:
            validate_tree(path, tree)
        except DataError as error:
            raise _NoKindError(error.faults) from None
    return cast("DocumentKind", kind), cast("Mapped", tree.data)


def _parted(read: Sequence[PlainDocument | Unreadable]) -> Documents:
    documents = tuple(each for each in read if isinstance(each, PlainDocument))
    return Documents(documents, tuple(each for each in read if isinstance(each, Unreadable)))
