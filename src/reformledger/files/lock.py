"""One writer at a time: a kernel lock on ``.NAME.lock`` beside the file, gone with the process that holds it."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from hashlib import blake2b
from pathlib import Path as FilePath

from reformledger.files.errors import FileError, refused_by_system

WAIT = 10.0
"""Seconds to wait for another command."""
_POLL = 0.01
_LONGEST_NAME = 255  # bytes, on nearly every file system


@contextmanager
def locked(paths: Iterable[FilePath], wait: float = WAIT) -> Iterator[None]:
    """Hold the locks of files; raises ``FileError`` after ``wait`` seconds, and where the system refuses a lock.

    Who reads and then writes a file holds its lock from before the reading. Symbolic links are followed, so that two
    ways to a file lead to one lock. The lock is no file that exists or not but a lock of the kernel: one that was
    killed leaves none behind. Not to be taken again by who holds it.
    """
    from filelock import FileLock, Timeout

    deadline = time.monotonic() + wait
    # In one order for all, so that two commands with several files never wait for each other.
    targets = {FilePath(os.path.realpath(path)): path for path in paths}
    with ExitStack() as held:
        for target, path in sorted(targets.items()):
            try:
                # Who may write the file may lock it.
                mode = target.stat().st_mode & 0o666 | 0o600 if target.exists() else 0o644
                lock = FileLock(lock_path(target), mode=mode, poll_interval=_POLL, fallback_to_soft=False)
                held.enter_context(lock.acquire(timeout=max(0.0, deadline - time.monotonic())))
            except Timeout:
                raise FileError(path, "locked", wait=wait) from None
            except OSError as error:
                raise refused_by_system(path, error) from None
        yield


def lock_path(target: FilePath) -> FilePath:
    """Return the file that is locked for ``target``: ``.NAME.lock``, with a digest for a name that is too long."""
    name = f".{target.name}.lock"
    if len(os.fsencode(name)) > _LONGEST_NAME:
        name = f".{blake2b(os.fsencode(target.name), digest_size=8).hexdigest()}.lock"
    return target.with_name(name)
