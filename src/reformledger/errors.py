"""What can go wrong, one class an error, each carrying its data and its sentence.

Sentences come from the catalogue (``i18n``), so they are Chinese or English as the user's language is.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from reformledger.i18n import _, sentences


def display_name(path: Path) -> str:
    """Return how a file is named to the user: relative to the working directory, with ``/``; absolute outside it."""
    try:
        absolute = Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow symbolic links
        here = Path.cwd()
    except OSError:  # The working directory was deleted meanwhile.
        return path.as_posix()
    return (absolute.relative_to(here) if absolute.is_relative_to(here) else absolute).as_posix()


class Fault(NamedTuple):
    """One thing wrong in one file.

    ``line`` and ``column`` count from 1 (0: the file as a whole); ``message`` says what is wrong,
    ``advice`` what to do about it (may be empty).
    """

    file: str
    line: int
    column: int
    message: str
    advice: str = ""

    @classmethod
    def of_file(cls, path: Path, message: str, advice: str = "") -> Fault:
        """Return a fault of a file as a whole."""
        return cls(display_name(path), 0, 0, message, advice)

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        return f"{place}: {sentences(self.message, self.advice)}"


class ReformLedgerError(Exception):
    """Root of every error that this package raises on purpose."""

    exit_code: int = 1


class DataError(ReformLedgerError):
    """Files that cannot be read or are invalid; ``faults`` lists every fault found, in file order, never nothing."""

    def __init__(self, faults: list[Fault]) -> None:
        if not faults:
            raise ValueError("files are refused without a reason")
        super().__init__(faults)
        self.faults = faults

    def __str__(self) -> str:
        return "\n".join(str(fault) for fault in self.faults)


class DeniedError(DataError):
    """A file that this user may not read."""


class SentenceError(ReformLedgerError):
    """An error that is one sentence and, where there is one, the advice what to do instead.

    What one word more, whatever it says, might have let through: ``lacks`` are the fields of an intent that are to say
    it, ``adding`` are the words behind a command line that do.
    """

    def __init__(self, message: str, advice: str = "", lacks: Sequence[str] = (), adding: Sequence[str] = ()) -> None:
        super().__init__(message, advice)
        self.message = message
        self.advice = advice
        self.lacks = lacks
        self.adding = adding

    def __str__(self) -> str:
        return sentences(self.message, self.advice)


class UsageError(SentenceError):
    """A question that cannot be asked: an unknown name, id, value or option."""

    exit_code: int = 2


class RefusedError(SentenceError):
    """An edit that the ledger's own rules forbid; nothing was changed."""


class WorkingFolderError(SentenceError):
    """The folder in which the command was given is not there any more, so that it cannot be known what is meant."""


class RepositoryError(ReformLedgerError):
    """A new ledger repository cannot be made where it was asked for."""


UNCERTAIN = 74
"""The exit code where it is not certain what a file or stream holds now: EX_IOERR of BSD's sysexits."""


class Doubt(str):
    """A sentence, among others about what was written, that leaves in doubt what the files hold."""

    __slots__ = ()


class UncertainError(ReformLedgerError):
    """What was asked for is done, and yet not certain; ``doubts`` are the sentences that say why."""

    exit_code: int = UNCERTAIN

    def __init__(self, doubts: Sequence[str]) -> None:
        super().__init__(doubts)
        self.doubts = doubts

    def __str__(self) -> str:
        return "\n".join(self.doubts)


def refuse_doubts(notes: Iterable[str]) -> None:
    """Raise ``UncertainError`` where one of some sentences is a ``Doubt``."""
    if doubts := [note for note in dict.fromkeys(notes) if isinstance(note, Doubt)]:
        raise UncertainError(doubts)


class OutputError(ReformLedgerError):
    """The answer could not be written (full disk, closed stream)."""

    exit_code: int = UNCERTAIN

    def __init__(self, target: str, reason: str) -> None:
        super().__init__(target, reason)
        self.target = target
        self.reason = reason

    def __str__(self) -> str:
        return _("The answer could not be written to {target}: {reason}").format(target=self.target, reason=self.reason)
