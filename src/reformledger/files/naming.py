"""Names that files exchange, get beside their own, or take where they are free."""

from __future__ import annotations

import errno
import os
import secrets
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path as FilePath

from reformledger.files.errors import FileError
from reformledger.files.names import aside

NO_SUCH_CALL = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP})
"""What is reported where a system or file system has not what is asked of it."""
_BUSY = frozenset({5, 32})  # Windows: access denied, sharing violation
_BUSY_WAIT = 2.0
_BUSY_PAUSE = 0.05
_NO_LINKS = frozenset({errno.EPERM, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK})


def exchange(first: FilePath, second: FilePath) -> bool:
    """Exchange two names in one step; return whether system and file system can."""
    if sys.platform != "linux":
        return False
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "renameat2"):
        return False
    here, both = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
    if libc.renameat2(here, os.fsencode(first), here, os.fsencode(second), both) == 0:
        return True
    code = ctypes.get_errno()
    if code in NO_SUCH_CALL:
        return False
    raise OSError(code, os.strerror(code), os.fspath(second))


def second_name(target: FilePath) -> FilePath | None:
    """Give a file a second name, so that it outlives the loss of its first; None where there are no such links."""
    side = target.with_name(aside(secrets.token_hex(6)))
    try:
        os.link(target, side)
    except FileNotFoundError:
        raise
    except OSError:
        return None
    return side


def when_free(path: FilePath, action: Callable[[], object]) -> None:
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


def take_free_name(temporary: FilePath, path: FilePath) -> None:
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
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        try:
            os.close(file)
            temporary.replace(path)
        except BaseException:
            with suppress(OSError):
                if not path.stat().st_size:
                    path.unlink()
            raise
