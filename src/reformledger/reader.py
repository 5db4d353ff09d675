"""Where the files of a ledger are found and read."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol

from reformledger.errors import DataError, Fault
from reformledger.files.names import BEGUN
from reformledger.i18n import _
from reformledger.loader import missing, read_bytes


class Reader(Protocol):
    """Where files are found and read: on the disk, or in a revision; ``notes`` are sentences about what is read."""

    notes: list[str]

    def is_folder(self, path: Path) -> bool:
        """Say whether a path leads to a folder."""

    def listed(self, folder: Path) -> Iterable[Path]:
        """Return what is directly in a folder, files at least; raises ``DataError``."""

    def content(self, path: Path) -> bytes:
        """Return the bytes of a file; raises ``DataError``."""

    def identity(self, path: Path) -> str:
        """Return what all paths to one file have in common."""


class FileReader:
    """What files hold, or held before an edit of several files that was begun in their folder and not finished.

    ``notes`` are sentences about such edits.
    """

    def __init__(self) -> None:
        self._folders: dict[str, Mapping[str, bytes | None]] = {}
        self._identities: dict[str, str] = {}
        self.notes: list[str] = []

    def is_folder(self, path: Path) -> bool:
        """Say whether a path leads to a folder."""
        return os.path.isdir(path)  # noqa: PTH112 - Path.is_dir() may raise

    def listed(self, folder: Path) -> list[Path]:
        """Return what is, or was before an edit that was begun, directly in a folder; raises ``DataError``."""
        begun = self._begun(self.identity(folder))
        try:
            names = {file.name for file in folder.iterdir()} | {Path(identity).name for identity in begun}
        except OSError as error:
            message = _("The folder cannot be read: {reason}").format(reason=error.strerror or str(error))
            raise DataError([Fault.of_file(folder, message)]) from None
        files = [folder / name for name in names]
        return [file for file in files if not begun or begun.get(self.identity(file), b"") is not None]

    def content(self, path: Path) -> bytes:
        """Return the bytes of a regular file; raises ``DataError``."""
        identity = self.identity(path)
        there = self._begun(os.path.dirname(identity))  # noqa: PTH120 - of the text
        if (content := there.get(identity)) is not None:
            return content
        if identity in there:
            raise missing(path)
        return read_bytes(path)

    def identity(self, path: Path) -> str:
        """Return what all paths to one file have in common; a path that cannot be followed is its own identity."""
        name = str(path)
        if name not in self._identities:
            self._identities[name] = self._found(path)
        return self._identities[name]

    def _found(self, path: Path) -> str:
        # The way to the folder of a file is followed once for all that are in it.
        folder = self._identities.get(str(path.parent))
        try:
            if folder is not None and path.name not in {"", ".."} and not os.path.islink(path):  # noqa: PTH114 - text
                return os.path.normcase(os.path.join(folder, path.name))  # noqa: PTH118 - of the text
        except (OSError, ValueError):
            pass
        return identity_of(path)

    def _begun(self, folder: str) -> Mapping[str, bytes | None]:
        """Return what the files of an edit that was begun in a folder held, by identity; nothing without one."""
        if folder not in self._folders:
            self._folders[folder] = {}
            if os.path.lexists(os.path.join(folder, BEGUN)):  # noqa: PTH118 - of the text
                from reformledger.files.begun import before

                contents, note = before(Path(folder))
                self._folders[folder] = {identity_of(path): content for path, content in contents.items()}
                self.notes += [note] if note else []
        return self._folders[folder]


def identity_of(path: Path) -> str:
    """Return what all paths to one file have in common; a path that cannot be followed is its own identity."""
    try:
        return os.path.normcase(os.path.realpath(path))
    except (OSError, ValueError):
        return str(path)
