"""Files written whole or not at all.

New content goes into a temporary file of the same folder and onto the disk; then, in one step, it takes the name.
If the process is killed at any moment, the old file or the new one is there. The file that had the name until then
is compared once more afterwards: if another program saved there at that very moment, its version is kept beside.
"""

from __future__ import annotations

import os
import secrets
import stat
import sys
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path as FilePath

from reformledger.errors import display_name
from reformledger.files import naming
from reformledger.files.errors import FileError, add_notes, is_unknown, refused_by_system
from reformledger.files.names import aside, is_aside, is_temporary, temporary
from reformledger.files.remarks import (
    displaced,
    done_all_the_same,
    kept_as,
    reason_of,
    removed,
    unconfirmed,
    unread,
)
from reformledger.files.rights import share_like, take_over


def replace(path: FilePath, seen: bytes, new: bytes) -> list[str]:
    """Put ``new`` in the place of ``seen``, which ``path`` held when it was read; the caller holds its lock.

    Raises a ``FileError`` and leaves everything as it was when the file holds something else by now, is read-only,
    has other names, is no regular file, when somebody who can read or write it now could not afterwards, or when the
    system refuses. A symbolic link stays and what it leads to is written. Mode and access lists stay; so do owner and
    group, as far as the system permits.

    Returns what there is to say of a file that was written: that the version of another program was kept which saved
    at the very moment of writing, or what failed afterwards; a ``Doubt`` where the file may not hold what it should.
    """
    with _named(path):
        target = FilePath(os.path.realpath(path, strict=True))
        _check_writable(path, target)
        written = _temporary(target.parent, new, lambda file: _take_over(path, target, file))
        # From now on it may be the only copy of what another program saves at this moment: its name says so.
        side = written.with_name(aside(secrets.token_hex(6)))
        kept: FilePath | None = None
        try:
            written.rename(side)
            _check_unchanged(path, target, seen)
            kept, notes = _take_place(path, side, target)
            notes += _displaced(path, kept, (seen,), target) if kept else []
        except BaseException as error:
            _discard(written, error)
            for left in filter(None, {side, kept}) if not is_unknown(error) else ():
                add_notes(error, _displaced(path, left, (seen, new), target))
            raise
        return [*notes, *_sync_folder(target.parent)]


def create(path: FilePath, new: bytes, *, private: bool = False, like: Sequence[FilePath] = ()) -> list[str]:
    """Write a file; raises ``FileError`` when it is there already.

    It gets the group and the mode of its neighbours, those that it is to be ``like``; without any it is readable by
    its owner alone when ``private``, else as the folder and the umask have it. Returns what there is to say of a file
    that was written, as ``replace`` does.
    """
    with _named(path):
        prepare = (lambda file: share_like(like, file)) if like else None
        written = _temporary(path.parent, new, prepare, 0o600 if private or like else 0o666)
        try:
            notes = _take_new_name(path, written)
        except BaseException as error:
            if not is_unknown(error):
                _discard(written, error)
            raise
        return [*notes, *removed(written), *_sync_folder(path.parent)]


def remove(path: FilePath, seen: bytes) -> list[str]:
    """Take a file away that holds ``seen``; raises a ``FileError`` and leaves it where it cannot be taken.

    Returns what there is to say of a file that was taken away, as ``replace`` does.
    """
    side = path.with_name(aside(secrets.token_hex(6)))
    with _named(path):
        _check_unchanged(path, path, seen)
        try:
            naming.when_free(path, lambda: path.rename(side))
            _check_unchanged(path, side, seen)
        except BaseException as error:
            add_notes(error, _given_back(side, path))
            raise
        return [*removed(side), *_sync_folder(path.parent)]


def _given_back(side: FilePath, path: FilePath) -> list[str]:
    """Give a file its name back; return what there is to say where it cannot have it."""
    if not os.path.lexists(side):
        return []
    try:
        naming.take_free_name(side, path)
    except OSError:
        return [kept_as(path, keep_visibly(side, path.name))]
    return removed(side)


def drop(path: FilePath) -> list[str]:
    """Take a file of ours away, whatever it holds; raises a ``FileError`` and leaves it where it cannot be taken.

    Returns what there is to say of it.
    """
    with _named(path):
        naming.when_free(path, path.unlink)
        return _sync_folder(path.parent)


def put(path: FilePath, new: bytes) -> list[str]:
    """Write a file, in the place of one that is there whatever it holds; raises a ``FileError``.

    Returns what there is to say of a file that was written, as ``replace`` does.
    """
    with _named(path):
        if os.path.lexists(path):
            status = path.stat()
            return replace(path, content_of(path) if stat.S_ISREG(status.st_mode) else b"", new)
        return create(path, new)


@contextmanager
def _named(path: FilePath) -> Iterator[None]:
    """Turn what the system says into our errors, which name the file as the user did."""
    try:
        yield
    except OSError as error:
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
    except BaseException as error:
        _discard(path, error)
        raise
    return path


def _take_over(path: FilePath, target: FilePath, file: int) -> None:
    """Give a new file the rights of the one it will replace; raises a ``FileError`` where somebody would lose his."""
    if not take_over(target, file):
        raise FileError(path, "owner")


def content_of(path: FilePath) -> bytes:
    """Return what a regular file holds, a pipe in its place nothing: it must not make us wait. Raises ``OSError``."""
    file = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(file, "rb") as opened:
        return opened.read()


def content_or_none(path: FilePath) -> bytes | None:
    """Return what a file holds, None where there is none; raises ``OSError``."""
    return content_of(path) if os.path.lexists(path) else None


def _check_unchanged(path: FilePath, target: FilePath, seen: bytes) -> None:
    try:
        if content_of(target) != seen:
            raise FileError(path, "changed")
    except FileNotFoundError:
        raise FileError(path, "changed") from None


def _take_place(path: FilePath, temporary: FilePath, target: FilePath) -> tuple[FilePath | None, list[str]]:
    """Give the target's name to the temporary file; return the name under which what it displaced is found, and notes.

    The name is None where the file system has neither exchange nor links: then the comparison right before must do.
    """
    new = temporary.stat()
    side: FilePath | None = None
    try:
        if naming.exchange(temporary, target):
            return temporary, []
        side = naming.second_name(target)
        naming.when_free(path, lambda: temporary.replace(target))
    except BaseException as error:
        if isinstance(error, OSError) and _is_at(target, new, path, temporary, error):
            return side or (temporary if os.path.lexists(temporary) else None), [done_all_the_same(path, error)]
        if side:
            _discard(side, error)
        if isinstance(error, FileNotFoundError):
            raise FileError(path, "changed") from None
        raise
    return side, []


def _take_new_name(path: FilePath, temporary: FilePath) -> list[str]:
    """Give a free name to the temporary file and return notes; raises ``FileError`` where the name is taken."""
    new = temporary.stat()
    try:
        naming.take_free_name(temporary, path)
    except FileExistsError:
        raise FileError(path, "exists") from None
    except OSError as error:
        if _is_at(path, new, path, temporary, error):
            return [done_all_the_same(path, error)]
        raise
    return []


def _is_at(target: FilePath, new: os.stat_result, path: FilePath, temporary: FilePath, error: OSError) -> bool:
    """Say whether the file ``new`` has a name, though the system reported an ``error`` when it was to take it.

    Raises a ``FileError`` where that cannot be found out either.
    """
    try:
        return os.path.samestat(target.stat(), new)
    except FileNotFoundError:
        return False
    except OSError:
        words = {"reason": reason_of(error), "kept": display_name(temporary)}
        raise FileError(path, "unknown", **words) from None


def _displaced(path: FilePath, kept: FilePath, known: Collection[bytes], target: FilePath) -> list[str]:
    """Drop what was displaced if it is ``known``; else keep it under a name that people see, and say so."""
    try:
        if content_of(kept) in known:
            return removed(kept)
    except FileNotFoundError:
        return []
    except OSError as error:  # what cannot be read is not dropped either
        return [unread(path, keep_visibly(kept, target.name), error)]
    return [displaced(path, keep_visibly(kept, target.name))]


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
        removed(kept)  # where that fails it has two names
        return kept.with_name(visible)
    return kept


def _discard(path: FilePath, error: BaseException) -> None:
    """Remove a temporary file because of an ``error``, which says it where that fails."""
    add_notes(error, removed(path))


def sync(folder: FilePath) -> None:
    """Put new names on the disk; raises ``OSError``. A file system that has no such call gives no reason to worry."""
    if sys.platform == "win32":
        return
    file = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(file)
    except OSError as error:
        if error.errno not in naming.NO_SUCH_CALL:
            raise
    finally:
        os.close(file)


def _sync_folder(folder: FilePath) -> list[str]:
    """Put new names on the disk; return what there is to say where the system does not confirm that they are there.

    What was done stays done.
    """
    try:
        sync(folder)
    except OSError as error:
        return [unconfirmed(folder, error)]
    return []
