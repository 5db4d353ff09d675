"""The only place that starts git: plumbing alone, in which nothing that a repository is configured to run has a say.

Who asks never says ``log``, ``status``, ``diff`` or ``show``: these run monitors, filters, signature programs and
pagers that a configuration names, and that may come with the repository.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, NamedTuple

_FIXED = (
    "--no-optional-locks",
    "--no-pager",
    "-c",
    "core.fsmonitor=false",
    "-c",
    f"core.hooksPath={os.devnull}",
)
_ENVIRONMENT = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "",  # no transport at all, for a git that does not know the line above
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",  # what git says is read
}
_LONGEST = 10.0
"""Seconds that the answer to one question may take."""
_PROGRAM = "git.exe" if sys.platform == "win32" else "git"
_PIECE = 2**24
"""Bytes that are read at once: a large ledger, for joining it from pieces would take as long as git takes for it."""


class Answer(NamedTuple):
    """What git answers: its exit code, what it prints, and what it says of errors, in English."""

    code: int
    out: bytes
    err: str


class GitError(Exception):
    """Git gave no answer; ``err`` is what it said of the reason, "" where it said nothing."""

    def __init__(self, err: str = "") -> None:
        super().__init__(err)
        self.err = err


class NoGitError(GitError):
    """There is no git on this machine, or it cannot be started."""


class SlowGitError(GitError):
    """Git did not answer in time."""


def program() -> str:
    """Return the path of git; raises ``NoGitError``.

    Only whole paths of ``PATH`` are looked at: a folder that somebody sent may hold a ``git`` of its own.
    """
    for folder in os.get_exec_path():
        path = os.path.join(folder, _PROGRAM)  # noqa: PTH118 - of the text
        if os.path.isabs(folder) and os.path.isfile(path) and os.access(path, os.X_OK):  # noqa: PTH113, PTH117
            return path
    raise NoGitError


class Git:
    """Asks git of the repository that a folder is in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def ask(self, *words: str, given: bytes = b"", ok: Collection[int] = (0,)) -> Answer:
        """Return the answer to one question, with something ``given`` to read.

        Raises ``GitError`` where the exit code is none of those that are ``ok``, where there is no git, or where it
        takes too long.
        """
        try:
            done = subprocess.run(  # noqa: S603 - fixed words, and names of ours
                self._command(words),
                capture_output=True,
                input=given,
                env=_environment(),
                check=False,
                timeout=_LONGEST,
            )
        except subprocess.TimeoutExpired:
            raise SlowGitError from None
        except (OSError, ValueError) as error:  # ValueError: a word that holds NUL
            raise NoGitError(str(error)) from None
        answer = Answer(done.returncode, done.stdout, done.stderr.decode("utf-8", "replace").strip())
        if answer.code not in ok:
            raise GitError(answer.err)
        return answer

    def lines(self, *words: str) -> Iterator[str]:
        """Yield the lines of an answer as they come; who stops reading stops git. Raises ``GitError`` as ``ask``."""
        with self.started(*words, reads=False) as process:
            for line in _out(process):
                yield os.fsdecode(line.rstrip(b"\n"))
            if process.wait():
                raise GitError

    @contextmanager
    def started(self, *words: str, reads: bool = True) -> Iterator[subprocess.Popen[bytes]]:
        """Start git; it is ended behind the block. Raises ``NoGitError``."""
        try:
            process = subprocess.Popen(  # noqa: S603 - as above
                self._command(words),
                stdin=subprocess.PIPE if reads else subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                # Read by nobody while git runs, a pipe would fill up.
                stderr=subprocess.DEVNULL,
                env=_environment(),
            )
        except (OSError, ValueError) as error:
            raise NoGitError(str(error)) from None
        try:
            yield process
        finally:
            process.kill()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    with suppress(OSError):  # what was never sent
                        stream.close()
            process.wait()

    def _command(self, words: tuple[str, ...]) -> list[str]:
        return [program(), *_FIXED, "-C", os.fspath(self.folder), *words]


class Object(NamedTuple):
    """An object of a repository: its whole name, what it is (``commit``, ``tree``, ``blob``, ``tag``), what it holds.

    ``content`` is None where that is more than was asked for.
    """

    oid: str
    kind: str
    size: int
    content: bytes | None


class Objects:
    """The objects of a repository, asked one by one of one git, which is ended by ``close``."""

    def __init__(self, git: Git) -> None:
        self._git = git
        self._running = git.started("cat-file", "--batch")
        self._process: subprocess.Popen[bytes] | None = None

    def close(self) -> None:
        """End git; the next question starts it again."""
        if self._process is not None:
            self._process = None
            self._running.__exit__(None, None, None)
            self._running = self._git.started("cat-file", "--batch")

    def get(self, name: str, most: int | None = None) -> Object | None:
        """Return an object by any name that git has for one; None where it is not here.

        The content of one that has more than ``most`` bytes is not read. Raises ``GitError`` for one that is damaged,
        or that a partial clone would have to fetch.
        """
        if "\n" in name:  # two questions
            return None
        if self._process is None:
            self._process = self._running.__enter__()
        try:
            return self._answer(self._process, name, most)
        except OSError:
            self.close()
            raise GitError from None
        except GitError:
            self.close()
            raise

    def _answer(self, process: subprocess.Popen[bytes], name: str, most: int | None) -> Object | None:
        if process.stdin is None:
            raise GitError
        out = _out(process)
        process.stdin.write(os.fsencode(name) + b"\n")
        process.stdin.flush()
        line = out.readline()
        if line.endswith((b" missing\n", b" ambiguous\n")):
            return None
        try:
            oid, kind, digits = line.decode("ascii", "replace").split()
            size = int(digits)
        except ValueError:
            raise GitError from None
        if most is not None and size > most:
            self.close()  # the rest would have to be read
            return Object(oid, kind, size, None)
        content = _read(out, size)
        if out.read(1) != b"\n":
            raise GitError
        return Object(oid, kind, size, content)


def _read(stream: IO[bytes], size: int) -> bytes:
    """Read so many bytes, in pieces: a size is believed when the bytes are there."""
    pieces = []
    while size:
        piece = stream.read(min(size, _PIECE))
        if not piece:
            raise GitError
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)


def _out(process: subprocess.Popen[bytes]) -> IO[bytes]:
    if process.stdout is None:
        raise GitError
    return process.stdout


def _environment() -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.upper().startswith("GIT_")}
    return inherited | _ENVIRONMENT
