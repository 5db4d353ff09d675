"""A version that was made gets its name, and becomes in one step the one that counts."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from reformledger.dataset.holding import remove
from reformledger.dataset.manifest import MANIFEST, VERSIONS, Manifest, version_of
from reformledger.dataset.reading import version_in
from reformledger.errors import DataError, UncertainError
from reformledger.files import naming, write
from reformledger.files.remarks import unconfirmed
from reformledger.sources import CURRENT


def publish(to: Path, making: Path, manifest: Manifest) -> None:
    """Let the version that was made in a folder count in the data set.

    All of it is on the disk before it counts; what says so takes the place of whatever was there, a link included.
    Raises ``OSError``, and the old version counts as before; ``UncertainError`` where the system does not confirm that
    the new one would after a power cut.
    """
    versions = to / VERSIONS
    content = manifest.encoded()
    folder = versions / version_of(manifest.as_of, content)
    put(making / MANIFEST, content)
    for inside, _folders, _files in os.walk(making):
        write.sync(Path(inside))
    pointer = making / CURRENT
    put(pointer, f"{folder.name}\n".encode())
    if not _is_whole(folder):  # else it counted before, and somebody may read it
        remove(folder)
        making.rename(folder)
        pointer = folder / CURRENT
    write.sync(versions)
    naming.when_free(to / CURRENT, lambda: pointer.replace(to / CURRENT))
    try:
        write.sync(to)
    except OSError as error:
        raise UncertainError([unconfirmed(to, error)]) from None


def _is_whole(folder: Path) -> bool:
    """Say whether a version is in a folder of which each file is what was written."""
    with suppress(DataError):
        version = version_in(folder)
        version.checked(version.manifest.files)
        return True
    return False


def keep(path: Path, old: Path) -> None:
    """Give a file of the version before a second name; raises ``OSError``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        path.hardlink_to(old)
    except OSError:  # a file system without hard links
        put(path, old.read_bytes())


def put(path: Path, content: bytes) -> None:
    """Write a new file, down to the disk; raises ``OSError``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
