"""Bodies gathered into a data set: a new version, of what changed and what is kept, that takes the place of the old.

A version is made in a folder that nobody looks into, gets its name when it is whole, and counts when ``CURRENT`` names
it. The version before is kept for whoever reads it at that moment; older ones, and what a killed run left, are cleared
away.
"""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

import reformledger
from reformledger.dataset.bodies import Body, digests
from reformledger.dataset.buckets import SCHEMA_DIGEST, Bucket, Made, Making, fault_table, made, written
from reformledger.dataset.manifest import (
    FAULTS_FILE,
    MANIFEST,
    VERSIONS,
    BodyRecord,
    FileRecord,
    Manifest,
    bucket_of,
    place_of,
    version_of,
)
from reformledger.dataset.reading import Version, current_version
from reformledger.errors import DataError, Fault, UsageError, display_name
from reformledger.files import write
from reformledger.files.errors import refused_by_system
from reformledger.files.lock import locked
from reformledger.files.names import is_ours
from reformledger.i18n import _
from reformledger.sources import CURRENT, is_data_set

_MAKING = ".making"


class Gathered(NamedTuple):
    """A version that counts now.

    ``faults`` are those of the bodies that could not be read; ``read`` is how many were looked at, ``left`` who is in
    it no more.
    """

    folder: Path
    manifest: Manifest
    faults: list[tuple[str, Fault]]
    read: int
    left: list[str]


Progress = Callable[[Iterator[Body], int], AbstractContextManager[Iterable[Body]]]


@contextmanager
def _unseen(bodies: Iterator[Body], _total: int) -> Iterator[Iterable[Body]]:
    yield bodies


def gather(
    to: Path, bodies: Sequence[Body], as_of: date, asked: Sequence[str], *, jobs: int = 1, progress: Progress = _unseen
) -> Gathered:
    """Make the data set in ``to`` say what the bodies, and no others, say as of a day, and return what counts now.

    ``asked`` are the words that named the bodies. Only those are read whose files are others than in the version that
    counts, where that is of the same day and made by the same program; the others' rows are kept. Up to ``jobs``
    processes read; ``progress`` is handed the bodies one by one as they are read, and how many there are to read.

    Raises ``UsageError`` for a folder that holds something else, ``FileError`` where the system refuses to write; the
    old version counts then as before.
    """
    _refuse_others(to)
    try:
        to.mkdir(parents=True, exist_ok=True)
        with locked([to / CURRENT]):
            return _Gathering(to, bodies, as_of, tuple(asked), jobs, progress).run()
    except OSError as error:
        raise refused_by_system(Path(error.filename or to), error) from None


def _refuse_others(to: Path) -> None:
    """Raise ``UsageError`` for a folder that is no data set, and holds something."""
    with suppress(OSError):
        if is_data_set(to) or not to.exists():
            return
        if to.is_dir() and all(each.name == VERSIONS or is_ours(each.name) for each in to.iterdir()):
            return
    message = _("{folder} is no data set, and there is something else.").format(folder=display_name(to))
    raise UsageError(message, _("Name a folder that is empty, or not there yet: --to DIR."))


class _Gathering:
    """A run of ``gather``, under the lock of its data set."""

    def __init__(
        self, to: Path, bodies: Sequence[Body], as_of: date, asked: tuple[str, ...], jobs: int, progress: Progress
    ) -> None:
        self._versions = to / VERSIONS
        self._pointer = to / CURRENT
        self._bodies = bodies
        self._as_of, self._asked, self._jobs, self._progress = as_of, asked, jobs, progress
        self._making = self._versions / f"{_MAKING}-{os.getpid()}"
        self._before = _version_before(to)
        usable = self._before is not None and _is_alike(self._before, as_of)
        self._old = self._before if usable else None

    def run(self) -> Gathered:
        """Read what changed, write the version and make it the one that counts."""
        kept = self._kept()
        old = self._old.manifest if self._old else None
        left = sorted(old.bodies.keys() - {body.name for body in self._bodies}) if old else []
        to_read = [body for body in self._bodies if body.name not in kept]
        touched = {bucket_of(name) for name in (*left, *(body.name for body in to_read))}
        _clear(self._versions, keeping={self._before.folder.name} if self._before else set())
        self._making.mkdir(parents=True)
        files = self._linked(touched)
        buckets = [self._bucket(number, to_read, kept) for number in sorted(touched)]
        records = {name: old.bodies[name] for name in kept} if old else {}
        faults: list[tuple[str, Fault]] = []
        done: list[Made] = []
        with self._progress(self._bodies_read(buckets, done), len(to_read)) as read:
            for _body in read:
                pass
        for each in done:
            records |= each.bodies
            files |= each.files
            faults += each.faults
        faults.sort()
        files[FAULTS_FILE] = written(self._making / FAULTS_FILE, fault_table(faults))
        manifest = Manifest(self._as_of, reformledger.__version__, SCHEMA_DIGEST, self._asked, records, files)
        return Gathered(self._named(manifest), manifest, faults, len(to_read), left)

    def _kept(self) -> set[str]:
        """Return the names of the bodies whose files are those of the version before."""
        if self._old is None:
            return set()
        records = self._old.manifest.bodies
        return {body.name for body in self._bodies if body.name in records and _is_as_read(body, records[body.name])}

    def _linked(self, touched: Collection[int]) -> dict[str, FileRecord]:
        """Give the files of buckets that stay as they are a second name in the version that is made; return them."""
        if self._old is None:
            return {}
        files = self._old.manifest.files
        staying = {name: record for name, record in files.items() if _is_staying(name, touched)}
        for name in staying:
            path = self._making / name
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                path.hardlink_to(self._old.folder / name)
            except OSError:  # a file system without hard links
                shutil.copyfile(self._old.folder / name, path)
        return staying

    def _bucket(self, number: int, to_read: Iterable[Body], kept: Iterable[str]) -> Bucket:
        old = []
        if self._old is not None:
            for name in self._old.manifest.files:
                place = place_of(name)
                if place is not None and place.bucket == number:
                    old.append((place.table, self._old.folder / name))
        return Bucket(
            number,
            [body for body in to_read if bucket_of(body.name) == number],
            frozenset(name for name in kept if bucket_of(name) == number),
            old,
            self._making,
            self._as_of,
        )

    def _bodies_read(self, buckets: Sequence[Bucket], done: list[Made]) -> Iterator[Body]:
        """Make the buckets, and yield each body that was read; what became of each bucket comes into ``done``."""
        if self._jobs == 1 or len(buckets) < 2:  # noqa: PLR2004 - one process has nothing to share
            yield from _made_here(buckets, done)
        else:
            yield from _made_elsewhere(buckets, done, self._jobs)

    def _named(self, manifest: Manifest) -> Path:
        """Give the version its name, let ``CURRENT`` name it, clear older ones away; return its folder."""
        content = manifest.encoded()
        folder = self._versions / version_of(self._as_of, content)
        if self._before is None or self._before.folder.name != folder.name:
            write.create(self._making / MANIFEST, content)
            write.sync(self._making)
            shutil.rmtree(folder, ignore_errors=True)  # one of that name which does not count may be anything
            self._making.rename(folder)
            write.sync(self._versions)
            write.put(self._pointer, f"{folder.name}\n".encode())
        before = {self._before.folder.name} if self._before else set()
        _clear(self._versions, keeping={folder.name, *before})
        return folder


def _version_before(to: Path) -> Version | None:
    """Return the version that counts, None without one of which each file is what was written."""
    if not is_data_set(to):
        return None
    try:
        version = current_version(to)
        version.checked(version.manifest.files)
    except DataError:
        return None
    return version


def _is_alike(version: Version, as_of: date) -> bool:
    """Say whether rows of a version are what would be made now of the same files."""
    manifest = version.manifest
    return (manifest.as_of, manifest.program, manifest.schema) == (as_of, reformledger.__version__, SCHEMA_DIGEST)


def _is_as_read(body: Body, record: BodyRecord) -> bool:
    """Say whether the files of a body are those of which its record was made; one with faults is read again."""
    if record.faults or record.folder != str(body.folder):
        return False
    try:
        return digests(body) == record.digests
    except DataError:
        return False


def _is_staying(name: str, touched: Collection[int]) -> bool:
    place = place_of(name)
    return place is not None and place.bucket not in touched


def _made_here(buckets: Iterable[Bucket], done: list[Made]) -> Iterator[Body]:
    """Make buckets in this process: one is written while the next is read."""
    with ThreadPoolExecutor(1) as writer:
        writing: Future[Made] | None = None
        for bucket in buckets:
            making = Making(bucket)
            yield from making.read()
            if writing:
                done.append(writing.result())
            writing = writer.submit(making.write)
        if writing:
            done.append(writing.result())


def _made_elsewhere(buckets: Sequence[Bucket], done: list[Made], jobs: int) -> Iterator[Body]:
    """Make buckets in processes, the largest first."""
    with ProcessPoolExecutor(min(jobs, len(buckets)), get_context("spawn"), gc.disable) as pool:
        order = sorted(buckets, key=lambda bucket: -len(bucket.read))
        running = {pool.submit(made, bucket): bucket for bucket in order}
        try:
            for future in as_completed(running):
                done.append(future.result())
                yield from running[future].read
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _clear(versions: Path, keeping: Collection[str]) -> None:
    """Take away the versions that nobody needs; what cannot be taken now goes the next time."""
    with suppress(OSError):
        for folder in versions.iterdir():
            if folder.name not in keeping:
                shutil.rmtree(folder, ignore_errors=True)
