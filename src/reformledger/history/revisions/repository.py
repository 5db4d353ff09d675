"""The repository in which data are: its commits, and which one is meant by a word or a day."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Self

from reformledger.errors import DataError, SentenceError
from reformledger.files.git import root_of
from reformledger.files.plumbing import Git, GitError, NoGitError, Object, Objects, SlowGitError
from reformledger.history.revisions import refusals
from reformledger.history.revisions.commits import Commit, read_commit
from reformledger.i18n import _
from reformledger.loader import read_bytes
from reformledger.model.life import BEIJING

_OID = re.compile(r"[0-9a-f]{40,64}")
_STEPS = re.compile(r"([^~^]+)[~^][~^0-9]*")
"""A revision so many commits before another."""
_NAMED = 3
"""How many commits a note names at most."""


class Repository:
    """A repository with its files checked out: the main one, a worktree, a submodule.

    ``top`` is the folder of its files. It keeps one git running from the first object that is asked for until
    ``close``, or the end of a ``with``.
    """

    def __init__(self, top: Path, shallow: Path) -> None:
        self.top = top
        self._shallow = shallow
        self.git = Git(top)
        self.objects = Objects(self.git)

    @classmethod
    def of(cls, folder: Path) -> Repository:
        """Return the repository that a folder, or a file, is in; raises ``HistoryError``.

        A folder that is gone may have been in one: the nearest above it that is there is asked of.
        """
        real = Path(os.path.realpath(folder))
        while not real.is_dir() and real != real.parent:
            real = real.parent
        git = Git(real)
        words = ("--is-bare-repository", "--is-inside-work-tree", "--show-cdup", "--git-path", "shallow")
        try:
            # The last may hold a line break, the first ones not.
            _bare, inside, up, shallow = os.fsdecode(git.ask("rev-parse", *words).out).split("\n", 3)
            if inside != "true":
                raise refusals.bare(folder)
            top = Path(os.path.realpath(real / up))
            # Asked from the top, which a configuration may have put where git finds no repository.
            if Git(top).ask("rev-parse", "--verify", "--quiet", "HEAD", ok=(0, 1)).code:
                raise refusals.unborn(folder)
        except NoGitError:
            raise refusals.no_git() from None
        except SlowGitError:
            raise refusals.slow(folder) from None
        except GitError as error:
            raise refusals.refused(folder, root_of(real) is not None, error.err) from None
        return cls(top, real / shallow.removesuffix("\n"))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the git that is kept running; the next object starts it again."""
        self.objects.close()

    @cached_property
    def beginnings(self) -> frozenset[str]:
        """The whole names of the commits before which a shallow clone has nothing, though there is something."""
        try:
            return frozenset(_OID.findall(read_bytes(self._shallow).decode("ascii", "replace")))
        except DataError:  # none, or something that only a repository made by hand has there
            return frozenset()

    @property
    def notes(self) -> list[str]:
        """What there is to say before a history is believed: that it is shallow."""
        if not self.beginnings:
            return []
        found = (self.object_of(oid) for oid in islice(sorted(self.beginnings), _NAMED))
        named = [next(self._walk("--no-walk", one.oid)).short for one in found if one]
        more = ["…"] if len(self.beginnings) > len(named) else []
        return [refusals.begins_late(_(", ").join([*named, *more]))]

    @cached_property
    def is_partial(self) -> bool:
        """Whether the clone left content where it came from, to be fetched when it is needed."""
        words = ("config", "--get-regexp", r"^(remote\..*\.promisor|extensions\.partialclone)$")
        try:
            return bool(self.git.ask(*words, ok=(0, 1)).out)
        except GitError:
            return False

    def resolve(self, word: str) -> Commit:
        """Return the commit that a word names as git reads it; raises ``UsageError``, ``HistoryError``."""
        if word.startswith("-"):
            raise refusals.is_option(word)
        if ".." in word:
            raise refusals.is_range(word)
        if oid := self._oid(word):
            return next(self._walk("--no-walk", oid))
        steps = _STEPS.fullmatch(word)
        if steps and not self.beginnings and self._oid(steps[1]):
            raise refusals.too_far(word, steps[1])
        raise refusals.no_revision(word, is_shallow=bool(self.beginnings))

    def _oid(self, word: str) -> str:
        """Return the whole name of the commit that a word names, "" for none; raises as ``resolve``."""
        if "\0" in word or not word:
            return ""
        try:
            if word.startswith(":/"):  # all behind it is looked for in messages
                found = self.git.ask("rev-parse", "--verify", word, ok=(0, 128))
                word = found.out.decode("ascii", "replace").strip()
            if not word:
                return ""
            answer = self.git.ask("rev-parse", "--verify", f"{word}^{{commit}}", ok=(0, 128))
        except GitError as error:
            raise self.failed(error) from None
        oid = answer.out.decode("ascii", "replace").strip()
        if "is ambiguous" in answer.err and not oid:
            raise refusals.several_revisions(word)
        return oid if _OID.fullmatch(oid) else ""

    @cached_property
    def head(self) -> Commit:
        """The commit that is checked out; raises ``HistoryError``."""
        return self.resolve("HEAD")

    def commits(self, start: str = "HEAD", paths: Collection[str] = ()) -> Iterator[Commit]:
        """Yield the commits from one on back that changed some paths, the newest first, but each before its parents.

        ``start`` is a whole name, or HEAD. ``paths`` are those of ``Snapshots.paths``, from ``top`` on; none means all.
        The parents of a commit are then the nearest that changed them, too. Raises ``HistoryError`` where it
        cannot be read to its end.
        """
        if start != "HEAD" and not _OID.fullmatch(start):
            raise ValueError(start)
        yield from self._walk("--date-order", start, paths=paths)

    def commit_of_day(self, day: date) -> Commit | None:
        """Return the last commit that was made on or before a day in Beijing; None where all are later.

        Of a merge only what it was merged into counts: what others made elsewhere was not here before it.
        """
        try:
            end = datetime.combine(day + timedelta(days=1), time(), BEIJING).timestamp()
        except OverflowError:
            return self.head
        if end <= 0:
            return None
        words = ("--first-parent", f"--min-age={int(end) - 1}", "--max-count=1")
        return next(self._walk(*words, "HEAD"), None)

    def object_of(self, name: str, most: int | None = None) -> Object | None:
        """Return an object as ``Objects.get`` does; None also for one that is damaged, or that a partial clone lacks.

        Raises ``HistoryError`` where git cannot be started any more.
        """
        try:
            return self.objects.get(name, most)
        except NoGitError:
            raise refusals.no_git() from None
        except GitError:
            return None

    def failed(self, error: GitError) -> SentenceError:
        """Return the refusal for a question that git did not answer."""
        match error:
            case NoGitError():
                return refusals.no_git()
            case SlowGitError():
                return refusals.slow(self.top)
            case _ if self.is_partial:
                return refusals.not_here()
            case _:
                return refusals.broken(self.top, error.err)

    def _walk(self, *words: str, paths: Collection[str] = ()) -> Iterator[Commit]:
        """Yield the commits that ``rev-list`` lists; its last word is where it starts."""
        asked = ("--parents", "--abbrev-commit", *words, "--", *paths)
        try:
            for line in self.git.lines("--literal-pathspecs", "rev-list", *asked):
                short, *parents = line.split()
                found = self.object_of(short)
                if found is None or found.content is None:
                    raise self.failed(GitError())
                yield read_commit(found.oid, short, tuple(parents), found.content)
        except GitError as error:
            raise self.failed(error) from None
