"""A data set as it is found: the version that counts, and its files, of which none is read that is another now."""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from reformledger.dataset.manifest import MANIFEST, VERSIONS, Manifest, version_of
from reformledger.errors import DataError, Fault
from reformledger.i18n import _
from reformledger.limits import FILE
from reformledger.sources import CURRENT

_NAME = re.compile(r"\d{4}-\d\d-\d\d-[0-9a-f]{16}")


class Version(NamedTuple):
    """A version of a data set, and the folder in which its files are."""

    folder: Path
    manifest: Manifest

    def checked(self, names: Iterable[str]) -> list[Path]:
        """Return the paths of files of the version, by their names in its manifest.

        Each is read once, whole: raises ``DataError``, naming all that are not what was written there.
        """
        paths, faults = [], []
        for name in names:
            path = self.folder / name
            try:
                found = sha256(path.read_bytes()).hexdigest()
            except OSError as error:
                faults.append(_unread(path, error))
                continue
            if found != self.manifest.files[name].sha256:
                faults.append(_broken(path, _("This is not the file that gather wrote: its digest is another.")))
            paths.append(path)
        if faults:
            raise DataError(faults)
        return paths


def current_version(root: Path) -> Version:
    """Return the version that counts of the data set in a folder; raises ``DataError`` for what is none of ours."""
    pointer = root / CURRENT
    name = _content(pointer).decode("ascii", "replace").strip()
    if not _NAME.fullmatch(name):
        raise DataError([_broken(pointer, _("It names no version of a data set."))])
    folder = root / VERSIONS / name
    path = folder / MANIFEST
    raw = _content(path)
    try:
        manifest = Manifest.decoded(raw)
    except ValueError:
        raise DataError([_broken(path, _("This is no manifest of a data set that can be read."))]) from None
    if version_of(manifest.as_of, raw) != name:
        raise DataError([_broken(path, _("This is not the file that gather wrote: its digest is another."))])
    return Version(folder, manifest)


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > FILE:
            raise DataError([_broken(path, _("It is too large."))])
        return path.read_bytes()
    except OSError as error:
        raise DataError([_unread(path, error)]) from None


def _unread(path: Path, error: OSError) -> Fault:
    return _broken(path, _("The file cannot be read: {reason}").format(reason=error.strerror or error))


def _broken(path: Path, message: str) -> Fault:
    return Fault.of_file(path, message, _("Make the data set anew: reformledger gather."))
