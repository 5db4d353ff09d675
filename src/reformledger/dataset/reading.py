"""A data set as it is found: the version that counts, and its files, of which none is read that is another now."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import file_digest
from io import BufferedReader
from os import fstat
from pathlib import Path
from typing import NamedTuple

from reformledger.dataset.holding import Held, hold, opened
from reformledger.dataset.manifest import MANIFEST, SCHEMA_DIGEST, VERSIONS, Manifest, is_version, version_of
from reformledger.errors import DataError, Fault
from reformledger.i18n import _
from reformledger.limits import FILE
from reformledger.sources import CURRENT

_LINE = 100
"""Bytes that are more than the name of any version."""


class Version(NamedTuple):
    """A version of a data set, and the folder in which its files are.

    As long as ``held`` is there, no ``gather`` clears the version away.
    """

    folder: Path
    manifest: Manifest
    held: Held

    def checked(self, names: Iterable[str]) -> list[Path]:
        """Return the paths of files of the version, by their names in its manifest.

        Each is read once, whole: raises ``DataError``, naming all that are not what was written there.
        """
        paths, faults = [], []
        for name in names:
            path = self.folder / name
            try:
                with opened(path) as file:
                    found = file_digest(file, "sha256").hexdigest()
            except OSError as error:
                faults.append(_unread(path, error))
                continue
            if found != self.manifest.files[name].sha256:
                faults.append(_changed(path))
            paths.append(path)
        if faults:
            raise DataError(faults)
        return paths


class _GoneError(DataError):
    """The manifest of a version that is not there."""


def current_version(root: Path) -> Version:
    """Return the version that counts of the data set in a folder; raises ``DataError`` for what is none of ours.

    Where it is cleared away before it can be held, another counts by then, and that is returned.
    """
    while True:
        name = current_name(root)
        try:
            return version_in(root / VERSIONS / name)
        except _GoneError:
            if current_name(root) == name:
                raise


def current_name(root: Path) -> str:
    """Return the name of the version that counts; raises ``DataError`` where no file of ours says it."""
    path = root / CURRENT
    try:
        with opened(path) as file:
            name = file.read(_LINE).decode("ascii", "replace").strip()
    except OSError as error:
        raise DataError([_unread(path, error)]) from None
    if not is_version(name):
        raise DataError([_broken(path, _("It names no version of a data set."))])
    return name


def version_in(folder: Path) -> Version:
    """Return the version in a folder; raises ``DataError`` where none of ours is there."""
    path = folder / MANIFEST
    try:
        file = opened(path)
    except FileNotFoundError as error:
        raise _GoneError([_unread(path, error)]) from None
    except OSError as error:
        raise DataError([_unread(path, error)]) from None
    try:
        return Version(folder, _manifest(path, file), Held(file))
    except BaseException:
        file.close()
        raise


def _manifest(path: Path, file: BufferedReader) -> Manifest:
    if not hold(path, file):
        raise _GoneError([_broken(path, _("There is no such file."))])
    try:
        raw = _content(path, file)
        manifest = Manifest.decoded(raw)
    except OSError as error:
        raise DataError([_unread(path, error)]) from None
    except ValueError:
        raise DataError([_broken(path, _("This is no manifest of a data set that can be read."))]) from None
    if version_of(manifest.as_of, raw) != path.parent.name:
        raise DataError([_changed(path)])
    if manifest.schema != SCHEMA_DIGEST:
        message = _("It was made by reformledger {program}, whose tables are others.").format(program=manifest.program)
        raise DataError([_broken(path, message)])
    return manifest


def _content(path: Path, file: BufferedReader) -> bytes:
    """Return what a file holds; raises ``OSError``, and ``DataError`` for more than any of ours does."""
    if fstat(file.fileno()).st_size > FILE:
        raise DataError([_broken(path, _("It is too large."))])
    return file.read()


def _unread(path: Path, error: OSError) -> Fault:
    return _broken(path, _("The file cannot be read: {reason}").format(reason=error.strerror or error))


def _changed(path: Path) -> Fault:
    return _broken(path, _("This is not the file that gather wrote: its digest is another."))


def _broken(path: Path, message: str) -> Fault:
    return Fault.of_file(path, message, _("Make the data set anew: reformledger gather."))
