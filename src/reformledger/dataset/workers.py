"""Buckets made one after the other in this process, or by several processes that end with it."""

from __future__ import annotations

import gc
import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import active_children, get_context, parent_process
from threading import Thread

from reformledger.dataset.bodies import Body
from reformledger.dataset.buckets import Bucket, Made, Making, made
from reformledger.errors import SentenceError
from reformledger.i18n import _

_WRITERS = 2


def made_here(buckets: Iterable[Bucket], done: list[Made]) -> Iterator[Body]:
    """Make buckets in this process, and yield each body that was read: some are written while the next is read.

    What became of each bucket comes into ``done``.
    """
    with ThreadPoolExecutor(_WRITERS) as writers:
        writing: deque[Future[Made]] = deque()
        for bucket in buckets:
            making = Making(bucket)
            yield from making.read()
            if len(writing) == _WRITERS:
                done.append(writing.popleft().result())
            writing.append(writers.submit(making.write))
        done += [each.result() for each in writing]


def made_elsewhere(buckets: Sequence[Bucket], done: list[Made], jobs: int) -> Iterator[Body]:
    """Make buckets in other processes, the largest first; else as ``made_here``.

    None of them outlives this one. Raises ``SentenceError`` where one was ended from outside.
    """
    before = set(active_children())
    with ProcessPoolExecutor(min(jobs, len(buckets)), get_context("spawn"), _begin) as pool:
        order = sorted(buckets, key=lambda bucket: -len(bucket.read))
        running = {pool.submit(made, bucket): bucket for bucket in order}
        try:
            for future in as_completed(running):
                done.append(future.result())
                yield from running[future].read
        except BrokenProcessPool:
            message = _("A process that read bodies was ended from outside; perhaps memory did not suffice.")
            raise SentenceError(message, _("All is as it was before; have one process read: --jobs 1.")) from None
        except BaseException:
            for process in set(active_children()) - before:
                process.terminate()
            pool.shutdown(cancel_futures=True)
            raise


def _begin() -> None:
    """Make a process ready: it ends when the one that started it tells it to, or is gone."""
    gc.disable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if parent := parent_process():
        parent.join()
        os._exit(1)
