"""Files written whole or not at all.

New content goes into a temporary file of the same folder and onto the disk; then, in one step, it takes the name.
If the process is killed at any moment, the old file or the new one is there. The file that had the name until then
is compared once more afterwards: if another program saved there at that very moment, its version is kept beside.
"""

from __future__ import annotations

import errno
import os
import secrets
import stat
import sys
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path as FilePath

from reformledger.files import naming
from reformledger.files.errors import FileError, refused_by_system
from reformledger.files.names import aside, is_aside, is_temporary, temporary


def replace(path: FilePath, seen: bytes, new: bytes) -> FilePath | None:
    """Put ``new`` in the place of ``seen``, which ``path`` held when it was read; the caller holds its lock.

    Raises a ``FileError`` and leaves everything as it was when the file holds something else by now, is read-only,
    has other names or an owner who cannot be kept, is no regular file, or when the system refuses. A symbolic link
    stays and what it leads to is written. Mode, owner and access lists stay.

    Returns where the version of another program was kept that saved at the very moment of writing, else None.
    """
    with _named(path):
        target = FilePath(os.path.realpath(path, strict=True))
        before = _writable(path, target)
        written = _temporary(target.parent, new, lambda file: _take_after(path, target, before, file))
        # From now on it may be the only copy of what another program saves at this moment: its name says so.
        side = written.with_name(aside(secrets.token_hex(6)))
        kept: FilePath | None = None
        try:
            written.rename(side)
            _check_unchanged(path, target, seen)
            kept = _take_place(path, side, target)
            displaced = _displaced(kept, (seen,), target) if kept else None
        except BaseException:
            _discard(written)
            for left in filter(None, {side, kept}):
                _displaced(left, (seen, new), target)
            raise
        _sync_folder(target.parent)
        return displaced


def create(path: FilePath, new: bytes, *, private: bool = False) -> None:
    """Write a file, readable by its owner alone when ``private``; raises ``FileError`` when it is there already."""
    with _named(path):
        written = _temporary(path.parent, new, None, 0o600 if private else 0o666)
        try:
            naming.take_free_name(written, path)
        except FileExistsError:
            raise FileError(path, "exists") from None
        finally:
            _discard(written)
        _sync_folder(path.parent)


def is_private(path: FilePath) -> bool:
    """Say whether a file is for its owner alone, as ``create`` makes a private one; raises ``OSError``."""
    return path.stat().st_mode & 0o077 == 0


def remove(path: FilePath, seen: bytes) -> None:
    """Take a file away that holds ``seen``; raises a ``FileError`` and leaves it where it cannot be taken."""
    side = path.with_name(aside(secrets.token_hex(6)))
    with _named(path):
        _check_unchanged(path, path, seen)
        try:
            naming.when_free(path, lambda: path.rename(side))
            _check_unchanged(path, side, seen)
        except BaseException:
            with suppress(OSError):
                naming.take_free_name(side, path)
                _discard(side)
            raise
        _discard(side)
        _sync_folder(path.parent)


def drop(path: FilePath) -> None:
    """Take a file of ours away, whatever it holds; raises a ``FileError`` and leaves it where it cannot be taken."""
    with _named(path):
        naming.when_free(path, path.unlink)
        _sync_folder(path.parent)


def put(path: FilePath, new: bytes) -> None:
    """Write a file, in the place of one that is there whatever it holds; raises a ``FileError``."""
    with _named(path):
        if os.path.lexists(path):
            status = path.stat()
            replace(path, content_of(path) if stat.S_ISREG(status.st_mode) else b"", new)
        else:
            create(path, new)


@contextmanager
def _named(path: FilePath) -> Iterator[None]:
    """Turn what the system says into our errors, which name the file as the user did."""
    try:
        yield
    except FileNotFoundError:
        raise FileError(path, "missing") from None
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise FileError(path, "irregular") from None
        raise refused_by_system(path, error) from None


def _writable(path: FilePath, target: FilePath) -> os.stat_result:
    """Return the state of a file that may be replaced; raises a ``FileError`` for any other."""
    status = target.stat()
    if not stat.S_ISREG(status.st_mode):
        raise FileError(path, "irregular")
    # The administrator's account may write anything: the mode says what was meant.
    if not status.st_mode & 0o222 or not os.access(target, os.W_OK):
        raise FileError(path, "read-only")
    if status.st_nlink > 1:
        _sweep(target)
        status = target.stat()
        if status.st_nlink > 1:
            raise FileError(path, "hard link")
    return status


def _sweep(target: FilePath) -> None:
    """Take away a second name that a killed writer of ours left on the file."""
    for other in target.parent.iterdir():
        if (is_temporary(other.name) or is_aside(other.name)) and other.samefile(target):
            other.unlink()


def _temporary(folder: FilePath, content: bytes, prepare: Callable[[int], None] | None, mode: int = 0o600) -> FilePath:
    """Write ``content`` to the disk under a name of its own, short since the target's may be as long as can be."""
    path = folder / temporary(secrets.token_hex(6))
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    file = os.open(path, flags, mode)
    try:
        try:
            view = memoryview(content)
            while view:
                view = view[os.write(file, view) :]
            if prepare:
                prepare(file)
            os.fsync(file)
        finally:
            os.close(file)
    except BaseException:
        _discard(path)
        raise
    return path


def _take_after(path: FilePath, target: FilePath, before: os.stat_result, file: int) -> None:
    """Give a new file the owner, mode and access lists of the one it will replace."""
    if sys.platform == "win32":
        return
    now = os.fstat(file)
    if (now.st_uid, now.st_gid) != (before.st_uid, before.st_gid):
        try:
            os.fchown(file, before.st_uid, before.st_gid)
        except PermissionError:
            raise FileError(path, "owner") from None
    os.fchmod(file, stat.S_IMODE(before.st_mode))
    if sys.platform == "linux":
        # A file system may have none; and labels that only the system sets it has set on the new file itself.
        with suppress(OSError):
            for name in os.listxattr(target):
                with suppress(OSError):
                    os.setxattr(file, name, os.getxattr(target, name))


def content_of(path: FilePath) -> bytes:
    """Return what a regular file holds, a pipe in its place nothing: it must not make us wait. Raises ``OSError``."""
    file = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(file, "rb") as opened:
        return opened.read()


def _check_unchanged(path: FilePath, target: FilePath, seen: bytes) -> None:
    try:
        if content_of(target) != seen:
            raise FileError(path, "changed")
    except FileNotFoundError:
        raise FileError(path, "changed") from None


def _take_place(path: FilePath, temporary: FilePath, target: FilePath) -> FilePath | None:
    """Give the target's name to the temporary file; return the name under which what it displaced is found.

    None where the file system has neither exchange nor links: then the comparison right before must do.
    """
    try:
        return temporary if naming.exchange(temporary, target) else _rename(path, temporary, target)
    except FileNotFoundError:
        raise FileError(path, "changed") from None


def _rename(path: FilePath, temporary: FilePath, target: FilePath) -> FilePath | None:
    side = naming.second_name(target)
    try:
        naming.when_free(path, lambda: temporary.replace(target))
    except BaseException:
        if side:
            _discard(side)
        raise
    return side


def _displaced(kept: FilePath, known: Collection[bytes], target: FilePath) -> FilePath | None:
    """Drop what was displaced if it is ``known``; else return the name under which it is kept."""
    try:
        if content_of(kept) in known:
            _discard(kept)
            return None
    except FileNotFoundError:
        return None
    except OSError:
        pass  # what cannot be read is not dropped either
    return keep_visibly(kept, target.name)


def keep_visibly(kept: FilePath, name: str) -> FilePath:
    """Give a file whose place another took a name that people see; return it, or its own where it can have no other.

    ``name`` is that of the file which it was.
    """
    moment = time.strftime("%Y%m%d-%H%M%S")
    # No name that ends in .yaml: a folder of ledgers must not take it for one more.
    for visible in (f"{name}.displaced-{moment}", f"displaced-{moment}-{secrets.token_hex(3)}"):
        try:
            naming.take_free_name(kept, kept.with_name(visible))
        except OSError:  # there already, or too long
            continue
        _discard(kept)
        return kept.with_name(visible)
    return kept


def _discard(path: FilePath) -> None:
    with suppress(OSError):
        path.unlink()


def _sync_folder(folder: FilePath) -> None:
    """Put the new name on the disk; the edit is done by now, and a folder that cannot be synced does not undo it."""
    if sys.platform == "win32":
        return
    with suppress(OSError):
        file = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(file)
        finally:
            os.close(file)
