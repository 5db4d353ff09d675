"""Why a file was not written."""

from __future__ import annotations

import errno
from collections.abc import Iterable
from pathlib import Path as FilePath
from typing import Literal

from reformledger.errors import UNCERTAIN, Fault, ReformLedgerError
from reformledger.files.remarks import reason_of
from reformledger.i18n import _, sentences

Cause = Literal[
    "missing",
    "irregular",
    "read-only",
    "hard link",
    "owner",
    "changed",
    "locked",
    "no lock",
    "busy",
    "exists",
    "several folders",
    "begun unread",
    "begun doubted",
    "changed since begun",
    "half",
    "not back",
    "unknown",
    "system",
]
_UNCERTAIN = frozenset({"half", "not back", "unknown"})
"""The causes after which some file may hold what it did not before."""


class FileError(ReformLedgerError):
    """A file that was not written; ``fault`` names it and says why, and what to do.

    But for ``half``, ``not back`` and ``unknown`` all is as it was. The notes of the exception are what there is to say
    beside, of a temporary file that could not be removed. ``words`` are those that the sentences about the cause name
    in braces.
    """

    def __init__(self, path: FilePath, cause: Cause, **words: object) -> None:
        message, *advice = (sentence.format(**words) for sentence in _sentences_of(cause))
        self.path = path
        self.cause = cause
        self.exit_code = UNCERTAIN if cause in _UNCERTAIN else 1
        self.fault = Fault.of_file(path, message, *advice)
        super().__init__(self.fault)

    def __str__(self) -> str:
        return str(self.fault)


class WrittenError(ReformLedgerError):
    """An edit that was interrupted when all was written; the exit code is that of Ctrl-C."""

    exit_code = 130

    def __init__(self, path: FilePath) -> None:
        super().__init__(path)
        self.path = path

    def __str__(self) -> str:
        advice = _("“undo” takes it back.")
        return sentences(_("The command was interrupted when the edit was written: it holds."), advice)


def refused_by_system(path: FilePath, error: OSError) -> FileError:
    """Return the error for a file that the system would not write: full disk, broken disk, missing rights, no file."""
    if isinstance(error, FileNotFoundError):
        refused = FileError(path, "missing")
    elif error.errno == errno.ELOOP:
        refused = FileError(path, "irregular")
    else:
        refused = FileError(path, "system", reason=reason_of(error))
    add_notes(refused, getattr(error, "__notes__", ()))
    return refused


def is_unknown(error: BaseException) -> bool:
    """Say whether it cannot be found out after an error if a file was written."""
    return isinstance(error, FileError) and error.cause == "unknown"


def add_notes(error: BaseException, notes: Iterable[str]) -> None:
    """Let an error say more than why it came up."""
    for note in notes:
        error.add_note(note)


def _sentences_of(cause: Cause) -> tuple[str, ...]:
    """Return what is said of a cause, and the advice."""
    said: dict[Cause, tuple[str, ...]] = {
        "missing": (_("There is no such file or folder."), _("Check the path.")),
        # A folder, a pipe, a device, or symbolic links that lead in a circle.
        "irregular": (_("This is not a regular file."), _("Only regular files are edited.")),
        "read-only": (_("The file is read-only."), _("Make it writable first if it may be edited.")),
        # A new file in its place would part the names.
        "hard link": (
            _("The file has other names (hard links), which would keep the old text."),
            _("Replace it by a copy of its own first, and link symbolically where it needs a second name."),
        ),
        "owner": (
            _("The file belongs to another user or group, who would lose it by this edit."),
            _("Have its owner make the edit, or share the file with a group of you both: chgrp and chmod g+rw."),
        ),
        "changed": (
            _("The file was changed by another program in the meantime; nothing was written."),
            _("Save and close it there, then give the command again."),
        ),
        "locked": (
            _("Another reformledger command ({holder}) keeps {lock} locked; it was waited for {wait:.0f} seconds."),
            _("Let it finish or end it, then try again; its lock ends with it, and no file need be deleted."),
        ),
        "no lock": (
            _("The lock {lock} cannot be taken: {reason}"),
            _("Nothing was written. An edit needs to write that file and its folder; see their owner and mode."),
        ),
        # Held open by another program on Windows.
        "busy": (
            _("Another program (WPS, Excel, an editor) holds the file open; nothing was written."),
            _("Close it there, then give the command again."),
        ),
        "exists": (_("The file is there already and is not overwritten."),),
        "several folders": (
            _("One edit writes files of one folder only; {other} is in another."),
            _("Give a command for each folder."),
        ),
        "begun unread": (
            _("It says that an edit of several files was begun, and cannot be read: {reason}"),
            _("Have whoever began it give an edit of any kind, which takes it back first."),
        ),
        "begun doubted": (
            _("It says that an edit of several files was begun, and is not believed: {reason}."),
            _("See that the ledgers are what they should be, then delete it."),
        ),
        "changed since begun": (
            _("It was changed by another program after an edit of several files was begun ({moment}), not finished."),
            _("See that all of them are what they should be, then delete {journal} there."),
        ),
        "not back": (
            _("It is written, the command was ended, and what was written cannot be taken back: {reason}"),
            _("“undo” takes it back."),
        ),
        "half": (
            _("Some files are written and others not, and what was written cannot be taken back: {reason}"),
            _("Questions show what was there before; the next edit takes it back first."),
        ),
        "unknown": (
            _("The system reported an error ({reason}), and whether the file is written cannot be found out now."),
            _("Look at it when the disk works again; the other text is kept as {kept}."),
        ),
        "system": (_("The file cannot be written ({reason})."), _("It is as it was before.")),
    }
    return said[cause]
