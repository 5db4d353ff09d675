"""How files are named to the user, and the errors that keep one from being written."""

from __future__ import annotations

import os
from pathlib import Path as FilePath

from reformledger.errors import Fault, ReformLedgerError
from reformledger.i18n import _


def display_name(path: FilePath) -> str:
    """Return how a file is named to the user: relative to the working directory, with ``/``; absolute outside it."""
    try:
        absolute = FilePath(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow symbolic links
        here = FilePath.cwd()
    except OSError:  # The working directory was deleted meanwhile.
        return path.as_posix()
    return (absolute.relative_to(here) if absolute.is_relative_to(here) else absolute).as_posix()


class FileError(ReformLedgerError):
    """A file that was not written and is as it was; ``fault`` names it and says why, and what to do."""

    def __init__(self, path: FilePath, message: str, advice: str = "") -> None:
        self.path = path
        self.fault = Fault(display_name(path), 0, 0, message, advice)
        super().__init__(self.fault)

    def __str__(self) -> str:
        return str(self.fault)


class MissingError(FileError):
    """There is no such file, or no folder for it."""

    def __init__(self, path: FilePath) -> None:
        super().__init__(path, _("There is no such file or folder."), _("Check the path."))


class IrregularError(FileError):
    """A folder, a pipe, a device, or symbolic links that lead in a circle."""

    def __init__(self, path: FilePath) -> None:
        super().__init__(path, _("This is not a regular file."), _("Only regular files are edited."))


class ReadOnlyError(FileError):
    """A file that is marked as not to be written."""

    def __init__(self, path: FilePath) -> None:
        super().__init__(path, _("The file is read-only."), _("Make it writable first if it may be edited."))


class HardLinkError(FileError):
    """A file with other names: a new one in its place would part them."""

    def __init__(self, path: FilePath) -> None:
        super().__init__(
            path,
            _("The file has other names (hard links), which would keep the old text."),
            _("Replace it by a copy of its own first, and link symbolically where it needs a second name."),
        )


class OwnerError(FileError):
    """A file whose owner or group the new one could not be given."""

    def __init__(self, path: FilePath) -> None:
        super().__init__(
            path,
            _("The file belongs to another user or group, who would lose it by this edit."),
            _("Have its owner make the edit, or have the file given to you."),
        )


class ChangedError(FileError):
    """A file that no longer holds what was read."""

    def __init__(self, path: FilePath) -> None:
        super().__init__(
            path,
            _("The file was changed by another program in the meantime; nothing was written."),
            _("Save and close it there, then give the command again."),
        )


class LockedError(FileError):
    """A file that another command works on."""

    def __init__(self, path: FilePath, wait: float) -> None:
        super().__init__(
            path,
            _("Another reformledger command has been at work on this file for {wait:.0f} seconds.").format(wait=wait),
            _("Let it finish or end it, then try again; its lock ends with it, and no file need be deleted."),
        )


class BusyError(FileError):
    """A file that another program on Windows holds open."""

    def __init__(self, path: FilePath) -> None:
        super().__init__(
            path,
            _("Another program (WPS, Excel, an editor) holds the file open; nothing was written."),
            _("Close it there, then give the command again."),
        )


class ExistsError(FileError):
    """A file that would be made anew but is there already."""

    def __init__(self, path: FilePath) -> None:
        super().__init__(path, _("The file is there already and is not overwritten."))


class SystemRefusalError(FileError):
    """A file that the system would not write: full disk, broken disk, missing rights."""

    def __init__(self, path: FilePath, error: OSError) -> None:
        self.error = error
        message = _("The file cannot be written: {reason}").format(reason=error.strerror or str(error))
        super().__init__(path, message, _("It is as it was before."))
