"""Why a file was not written."""

from __future__ import annotations

from pathlib import Path as FilePath
from typing import Literal

from reformledger.errors import Fault, ReformLedgerError
from reformledger.i18n import _

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
    "system",
]


class FileError(ReformLedgerError):
    """A file that was not written and is as it was; ``fault`` names it and says why, and what to do.

    ``words`` are those that the sentence about the cause names in braces.
    """

    def __init__(self, path: FilePath, cause: Cause, **words: object) -> None:
        message, *advice = _sentences_of(cause)
        self.path = path
        self.fault = Fault.of_file(path, message.format(**words), *advice)
        super().__init__(self.fault)

    def __str__(self) -> str:
        return str(self.fault)


def refused_by_system(path: FilePath, error: OSError) -> FileError:
    """Return the error for a file that the system would not write: full disk, broken disk, missing rights."""
    return FileError(path, "system", reason=error.strerror or str(error))


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
        "system": (_("The file cannot be written: {reason}"), _("It is as it was before.")),
    }
    return said[cause]
