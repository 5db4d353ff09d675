"""Versions that are read are held, and those that nobody holds are cleared away.

What holds a version is a lock of the kernel on its manifest, gone with the process that reads; on Windows it is the
open file itself, whose folder keeps its name then.
"""

from __future__ import annotations

import errno
import os
import shutil
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from io import BufferedReader
from pathlib import Path
from stat import S_ISREG

from reformledger.dataset.manifest import MANIFEST, is_version
from reformledger.i18n import _

if sys.platform != "win32":
    import fcntl

MAKING = ".making"
"""How the names begin of what is being made, or cleared away: nobody looks into it."""
_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def opened(path: Path) -> BufferedReader:
    """Open a file to be read; raises ``OSError``, for a link, a pipe or a device too."""
    try:
        file = os.open(path, _FLAGS)
    except OSError as error:
        raise _irregular(path) if error.errno == errno.ELOOP else error from None
    if not S_ISREG(os.fstat(file).st_mode):
        os.close(file)
        raise _irregular(path)
    return os.fdopen(file, "rb")


def _irregular(path: Path) -> OSError:
    return OSError(errno.ELOOP, _("it is a link, or no regular file"), str(path))


def hold(path: Path, manifest: BufferedReader) -> bool:
    """Hold the version whose manifest was opened until that is closed; say whether it is still there."""
    if not _locked(manifest, alone=False):
        return False
    try:
        return os.path.samestat(path.stat(), os.fstat(manifest.fileno()))
    except OSError:
        return False


class Held:
    """The open manifest of a version that is held as long as this is there."""

    def __init__(self, manifest: BufferedReader) -> None:
        self._manifest = manifest

    def __del__(self) -> None:
        self._manifest.close()


def clear(versions: Path, keeping: Collection[str]) -> None:
    """Take away what ``gather`` made in a folder of versions and nobody needs; what is held goes another time.

    What has another name is somebody else's, and stays.
    """
    with suppress(OSError):
        for path in list(versions.iterdir()):
            if path.name.startswith(MAKING):
                remove(path)
            elif is_version(path.name) and path.name not in keeping:
                with suppress(OSError):
                    _clear_version(path)


def remove(path: Path) -> None:
    """Take away a folder with all that is in it, or a file or link, as far as the system lets us."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink()


def _clear_version(folder: Path) -> None:
    """Take away a version: its name first, so that it is there whole or not at all; raises ``OSError``."""
    aside = folder.with_name(f"{MAKING}-{os.getpid()}-{folder.name}")
    with _unheld(folder / MANIFEST):
        folder.rename(aside)
    remove(aside)


@contextmanager
def _unheld(manifest: Path) -> Iterator[None]:
    """Let nobody hold a version meanwhile; raises ``BlockingIOError`` where somebody does."""
    if sys.platform == "win32":  # the open file would keep us, too, from giving the folder another name
        yield
        return
    try:
        file = opened(manifest)
    except OSError:  # none of ours: nobody holds it
        yield
        return
    with file:
        if not _locked(file, alone=True):
            raise BlockingIOError(errno.EWOULDBLOCK, os.strerror(errno.EWOULDBLOCK), str(manifest))
        yield


def _locked(file: BufferedReader, *, alone: bool) -> bool:
    """Lock a file until it is closed, with others or alone; say whether nobody prevents it."""
    if sys.platform != "win32":
        try:
            fcntl.flock(file, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:  # a file system that has no locks
            return True
    return True
