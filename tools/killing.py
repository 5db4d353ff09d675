"""Processes that are killed at any step: right before, or right after, the n-th call of the system that they make."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable

from reformledger.files import naming

_CALLS = ["open", "write", "fsync", "fchmod", "fchown", "close", "stat", "fstat", "link", "replace", "rename", "unlink"]
_WRITE = os.write


def forked(work: Callable[[], object]) -> int:
    """Start ``work`` in a process of its own and return its number."""
    process = os.fork()
    if process:
        return process
    code = 1
    try:
        work()
        code = 0
    except BaseException as error:  # noqa: BLE001 - the process must not go on as a second pytest
        print(repr(error), file=sys.stderr)
    finally:
        os._exit(code)


def ended(process: int) -> int:
    """Wait for a process; return its exit code, negative the signal that killed it."""
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def plug_in(number: int, *, after: bool) -> None:
    """Let this process kill itself at its n-th call, counted from 1; it must be one that ``forked`` started."""
    plug = _Plug(number, after=after)
    for name in _CALLS:
        setattr(os, name, plug.around(getattr(os, name)))
    naming.exchange = plug.around(naming.exchange)  # type: ignore[assignment]


class _Plug:
    """Kills the process right before or right after its n-th call of the system."""

    def __init__(self, number: int, *, after: bool) -> None:
        self.left = number
        self.after = after

    def around(self, call: Callable[..., object]) -> Callable[..., object]:
        def plugged(*arguments: object, **options: object) -> object:
            self.left -= 1
            if self.left == 0 and not self.after:
                os.kill(os.getpid(), signal.SIGKILL)
            if self.left == 0 and call is _WRITE:  # torn: half of it is written
                file, content = arguments
                assert isinstance(content, bytes | memoryview)
                arguments = (file, content[: len(content) // 2])
            last = self.left == 0
            try:
                return call(*arguments, **options)
            finally:
                if last:
                    os.kill(os.getpid(), signal.SIGKILL)

        return plugged
