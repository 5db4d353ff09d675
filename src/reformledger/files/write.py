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
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path as FilePath

from reformledger.files.errors import FileError, refused_by_system
from reformledger.files.rights import share_like, take_over

_PREFIX, _SUFFIX = ".reformledger-", ".tmp"
_BUSY = frozenset({5, 32})  # Windows: access denied, sharing violation
_BUSY_WAIT = 2.0
_BUSY_PAUSE = 0.05
_NO_SUCH_CALL = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP})
_NO_LINKS = frozenset({errno.EPERM, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK})


def replace(path: FilePath, seen: bytes, new: bytes) -> FilePath | None:
    """Put ``new`` in the place of ``seen``, which ``path`` held when it was read; the caller holds its lock.

    Raises a ``FileError`` and leaves everything as it was when the file holds something else by now, is read-only,
    has other names, is no regular file, when somebody who can read or write it now could not afterwards, or when the
    system refuses. A symbolic link stays and what it leads to is written. Mode and access lists stay; so do owner and
    group, as far as the system permits.

    Returns where the version of another program was kept that saved at the very moment of writing, else None.
    """
    with _named(path):
        target = FilePath(os.path.realpath(path, strict=True))
        _check_writable(path, target)
        temporary = _temporary(target.parent, new, lambda file: _take_over(path, target, file))
        try:
            _check_unchanged(path, target, seen)
            kept = _take_place(path, temporary, target)
        except BaseException:
            _discard(temporary)
            raise
        displaced = _displaced(kept, seen, target) if kept else None
        _sync_folder(target.parent)
        return displaced


def create(path: FilePath, new: bytes, *, private: bool = False, like: Sequence[FilePath] = ()) -> None:
    """Write a file; raises ``FileError`` when it is there already.

    It gets the group and the mode of its neighbours, those that it is to be ``like``; without any it is readable by
    its owner alone when ``private``, else as the folder and the umask have it.
    """
    with _named(path):
        prepare = (lambda file: share_like(like, file)) if like else None
        temporary = _temporary(path.parent, new, prepare, 0o600 if private or like else 0o666)
        try:
            _take_free_name(temporary, path)
        except FileExistsError:
            raise FileError(path, "exists") from None
        finally:
            _discard(temporary)
        _sync_folder(path.parent)


def is_private(path: FilePath) -> bool:
    """Say whether a file is for its owner alone, as ``create`` makes a private one; raises ``OSError``."""
    return path.stat().st_mode & 0o077 == 0


def remove(path: FilePath, seen: bytes) -> None:
    """Take a file away that holds ``seen``; raises a ``FileError`` and leaves it where it cannot be taken."""
    with _named(path):
        _check_unchanged(path, path, seen)
        _when_free(path, path.unlink)
        _sync_folder(path.parent)


def put(path: FilePath, new: bytes) -> None:
    """Write a file, in the place of one that is there whatever it holds; raises a ``FileError``."""
    with _named(path):
        if os.path.lexists(path):
            status = path.stat()
            replace(path, _content(path) if stat.S_ISREG(status.st_mode) else b"", new)
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


def _check_writable(path: FilePath, target: FilePath) -> None:
    """Raise a ``FileError`` for a file that may not be replaced."""
    status = target.stat()
    if not stat.S_ISREG(status.st_mode):
        raise FileError(path, "irregular")
    # The administrator's account may write anything: the mode says what was meant.
    if not status.st_mode & 0o222 or not os.access(target, os.W_OK):
        raise FileError(path, "read-only")
    if status.st_nlink > 1:
        _sweep(target)
        if target.stat().st_nlink > 1:
            raise FileError(path, "hard link")


def _sweep(target: FilePath) -> None:
    """Take away a second name that a killed writer of ours left on the file."""
    for other in target.parent.glob(f"{_PREFIX}*{_SUFFIX}"):
        if other.samefile(target):
            other.unlink()


def _temporary(folder: FilePath, content: bytes, prepare: Callable[[int], None] | None, mode: int = 0o600) -> FilePath:
    """Write ``content`` to the disk under a name of its own, short since the target's may be as long as can be."""
    path = folder / f"{_PREFIX}{secrets.token_hex(6)}{_SUFFIX}"
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


def _take_over(path: FilePath, target: FilePath, file: int) -> None:
    """Give a new file the rights of the one it will replace; raises a ``FileError`` where somebody would lose his."""
    if not take_over(target, file):
        raise FileError(path, "owner")


def _content(path: FilePath) -> bytes:
    """Return what a regular file holds; a pipe in its place must not make us wait."""
    file = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(file, "rb") as opened:
        return opened.read()


def _check_unchanged(path: FilePath, target: FilePath, seen: bytes) -> None:
    try:
        if _content(target) != seen:
            raise FileError(path, "changed")
    except FileNotFoundError:
        raise FileError(path, "changed") from None


def _take_place(path: FilePath, temporary: FilePath, target: FilePath) -> FilePath | None:
    """Give the target's name to the temporary file; return the name under which what it displaced is found.

    None where the file system has neither exchange nor links: then the comparison right before must do.
    """
    try:
        return temporary if _exchange(temporary, target) else _rename(path, temporary, target)
    except FileNotFoundError:
        raise FileError(path, "changed") from None


def _rename(path: FilePath, temporary: FilePath, target: FilePath) -> FilePath | None:
    side = _second_name(target)
    try:
        _when_free(path, lambda: temporary.replace(target))
    except BaseException:
        if side:
            _discard(side)
        raise
    return side


def _exchange(first: FilePath, second: FilePath) -> bool:
    """Exchange two names in one step; return whether system and file system can."""
    if sys.platform != "linux":
        return False
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "renameat2"):
        return False
    here, exchange = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
    if libc.renameat2(here, os.fsencode(first), here, os.fsencode(second), exchange) == 0:
        return True
    code = ctypes.get_errno()
    if code in _NO_SUCH_CALL:
        return False
    raise OSError(code, os.strerror(code), os.fspath(second))


def _second_name(target: FilePath) -> FilePath | None:
    """Give a file a second name, so that it outlives the loss of its first; None where there are no such links."""
    side = target.with_name(f"{_PREFIX}{secrets.token_hex(6)}{_SUFFIX}")
    try:
        os.link(target, side)
    except FileNotFoundError:
        raise
    except OSError:
        return None
    return side


def _when_free(path: FilePath, action: Callable[[], object]) -> None:
    """Do what Windows refuses while another program holds the file open, again and again for a while."""
    deadline = time.monotonic() + _BUSY_WAIT
    while True:
        try:
            action()
        except PermissionError as error:
            if getattr(error, "winerror", None) not in _BUSY:
                raise
            if time.monotonic() > deadline:
                raise FileError(path, "busy") from None
            time.sleep(_BUSY_PAUSE)
        else:
            return


def _displaced(kept: FilePath, seen: bytes, target: FilePath) -> FilePath | None:
    """Drop what was displaced if it is what was read; else return the name under which it is kept."""
    try:
        if _content(kept) == seen:
            _discard(kept)
            return None
    except OSError:
        pass  # what cannot be read is not dropped either
    moment = time.strftime("%Y%m%d-%H%M%S")
    # No name that ends in .yaml: a folder of ledgers must not take it for one more.
    for name in (f"{target.name}.displaced-{moment}", f"displaced-{moment}-{secrets.token_hex(3)}"):
        try:
            _take_free_name(kept, target.with_name(name))
        except OSError:  # there already, or too long
            continue
        _discard(kept)
        return target.with_name(name)
    return kept


def _take_free_name(temporary: FilePath, path: FilePath) -> None:
    """Give a file a name that is free; raises ``FileExistsError``."""
    if sys.platform == "win32":
        temporary.rename(path)
        return
    try:
        os.link(temporary, path, follow_symlinks=False)
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        # A file system without hard links (a USB stick): the name is taken first, the content put there then.
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
        temporary.replace(path)


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
