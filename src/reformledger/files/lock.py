"""One writer at a time in a folder: a kernel lock on ``.reformledger.lock``, gone with the process that holds it.

Who holds it writes into the file which process that is, and since when: for whoever waits, and for a refusal.
"""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from datetime import datetime
from pathlib import Path as FilePath

from reformledger.errors import display_name
from reformledger.files.errors import FileError
from reformledger.files.names import LOCK
from reformledger.files.remarks import still_locked
from reformledger.i18n import _

WAIT = 10.0
"""Seconds to wait for one and the same command."""
_POLL, _SHORTEST_POLL = 0.03, 0.005
_UNREADY = 0.2
"""Seconds in which a lock file that another user is just making may get its mode."""
_NOTE_AT = 1
"""Where the note of the holder begins: the first byte is what Windows locks, against reading too."""
_NOTE = re.compile(rb"([0-9]{1,10}) ([0-9]{4}-[0-9]{2}-[0-9]{2})T([0-9:]{8})[0-9.]*[+-][0-9:]+\n")


@contextmanager
def locked(paths: Iterable[FilePath], wait: float = WAIT) -> Iterator[list[str]]:
    """Hold the locks of the folders of files; raises ``FileError`` where a lock is not to be had.

    Who reads and then writes a file holds the lock from before the reading. Symbolic links are followed, so that two
    ways to a file lead to one lock. ``wait`` is how many seconds one other holder is waited for: each change of hands
    begins the time anew, so that a busy folder serves all. The lock is no file that exists or not but a lock of the
    kernel: one that was killed leaves none behind. Not to be taken again by who holds it. Gives a list into which comes
    what there is to say where a lock cannot be given back.
    """
    notes: list[str] = []
    folders: dict[FilePath, FilePath] = {}
    for path in paths:
        folders.setdefault(FilePath(os.path.realpath(path)).parent, path)
    with ExitStack() as held:
        # In one order for all, so that two commands with several folders never wait for each other.
        for folder, path in sorted(folders.items()):
            held.callback(_give_back, _acquired(folder, path, wait), lock_path(folder), notes)
        yield notes


@contextmanager
def beside_edits(path: FilePath) -> Iterator[None]:
    """Write an answer where no edit clears away what it takes for left over: in a folder of edits, under their lock.

    Who may not lock the folder writes all the same.
    """
    with ExitStack() as held:
        with suppress(FileError, OSError):  # what is wrong with the folder is said when the file is written
            if lock_path(FilePath(os.path.realpath(path)).parent).exists():
                held.enter_context(locked([path]))
        yield


def lock_path(folder: FilePath) -> FilePath:
    """Return the file that is locked for a folder; on POSIX it stays there, unlocked."""
    return folder / LOCK


def _acquired(folder: FilePath, path: FilePath, wait: float) -> AbstractContextManager[object]:
    """Acquire the lock of a folder for the sake of ``path`` in it."""
    from filelock import FileLock, Timeout

    file = lock_path(folder)
    start = changed = time.monotonic()
    note: bytes | None = None
    while True:
        waited = time.monotonic() - start
        try:
            mode = _mode_for(folder)
            lock = FileLock(file, mode=mode, fallback_to_soft=False, on_acquired=lambda opened: _sign(opened, folder))
            return lock.acquire(blocking=False)
        except Timeout:
            if (now := _note_in(file)) != note:
                note, changed = now, time.monotonic()
            if time.monotonic() - changed >= wait:
                words = {"holder": _holder(note), "lock": display_name(file), "wait": waited}
                raise FileError(path, "locked", **words) from None
        except FileNotFoundError:
            raise FileError(path, "missing") from None
        except OSError as error:
            if not isinstance(error, PermissionError) or waited >= min(wait, _UNREADY):
                reason = error.strerror or str(error)
                raise FileError(path, "no lock", lock=display_name(file), reason=reason) from None
        # Who has waited longer asks more often: so the turn is kept, roughly.
        time.sleep(max(_SHORTEST_POLL, _POLL / (1 + waited)))


def _give_back(lock: AbstractContextManager[object], file: FilePath, notes: list[str]) -> None:
    try:
        lock.__exit__(None, None, None)
    except OSError as error:  # what was done under it is done
        notes.append(still_locked(file, error))


def _mode_for(folder: FilePath) -> int:
    """Return the mode of a folder's lock file: who may write the folder may lock it.

    Nobody else may so much as read it: who can open a file can lock it, and keep others waiting.
    """
    writers = folder.stat().st_mode & 0o022
    return 0o600 | writers | writers << 1


def _sign(file: int, folder: FilePath) -> None:
    """Write into the lock file who holds it, and let all have it who may write its folder.

    What fails here is no reason to refuse an edit: the lock is held.
    """
    now = datetime.now().astimezone().isoformat()
    with suppress(OSError):
        os.lseek(file, _NOTE_AT, os.SEEK_SET)
        written = os.write(file, f"{os.getpid()} {now}\n".encode())
        os.ftruncate(file, _NOTE_AT + written)
    if sys.platform != "win32":
        with suppress(OSError):
            status, group, mode = os.fstat(file), folder.stat().st_gid, _mode_for(folder)
            if status.st_gid != group:
                os.fchown(file, -1, group)
            if status.st_mode & 0o777 != mode:
                os.fchmod(file, mode)


def _note_in(lock: FilePath) -> bytes:
    """Return what the holder of a lock wrote into its file, nothing where it cannot be read."""
    try:
        file = os.open(lock, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError:
        return b""
    try:
        os.lseek(file, _NOTE_AT, os.SEEK_SET)
        return os.read(file, 100)
    except OSError:
        return b""
    finally:
        os.close(file)


def _holder(note: bytes | None) -> str:
    found = _NOTE.fullmatch(note or b"")
    if not found:
        return _("which one is not known")
    process, day, clock = (part.decode() for part in found.groups())
    return _("process {process}, since {day} {clock}").format(process=process, day=day, clock=clock)
