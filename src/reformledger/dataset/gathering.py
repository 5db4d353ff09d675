"""Bodies gathered into a data set: a new version, of what changed and what is kept, that takes the place of the old.

A version is made in a folder that nobody looks into, gets its name when it is whole, and counts when ``CURRENT`` names
it. The version before is kept for whoever reads it at that moment; older ones, and what a killed run left, are cleared
away.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import NamedTuple

import reformledger
from reformledger.dataset.bodies import Body, digests
from reformledger.dataset.buckets import Bucket, Made, fault_table, written
from reformledger.dataset.holding import MAKING, clear, remove
from reformledger.dataset.manifest import (
    FAULTS_FILE,
    SCHEMA_DIGEST,
    VERSIONS,
    BodyRecord,
    FileRecord,
    Manifest,
    Place,
    bucket_of,
    place_of,
    storable,
    version_of,
)
from reformledger.dataset.publishing import keep, publish
from reformledger.dataset.reading import Version, current_name, current_version
from reformledger.dataset.workers import made_elsewhere, made_here
from reformledger.errors import DataError, Fault, UsageError, display_name
from reformledger.files.errors import refused_by_system
from reformledger.files.lock import locked
from reformledger.files.names import is_ours
from reformledger.i18n import _
from reformledger.sources import CURRENT, is_data_set

_MANY = 400
"""Bodies that take longer to read than a process to start."""
_MOST_PROCESSES = 4
"""Each has a quarter of a gigabyte of its own."""


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
    to: Path,
    bodies: Sequence[Body],
    as_of: date,
    asked: Sequence[str],
    *,
    jobs: int | None = None,
    progress: Progress = _unseen,
) -> Gathered:
    """Make the data set in ``to`` say what the bodies, and no others, say as of a day, and return what counts now.

    ``asked`` are the words that named the bodies. Only those are read whose files are others than in the version that
    counts, where that is of the same day and made by the same program; the others' rows are kept. Up to ``jobs``
    processes read, where that is not said as many as are worth it; ``progress`` is handed the bodies one by one as
    they are read, and how many there are to read.

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
    """Raise ``UsageError`` for a folder that is no data set, and holds something.

    Other programs have files called ``CURRENT``, too: one that names no version of ours is ours only where nothing else
    is there but what belongs to a data set.
    """
    with suppress(OSError):
        if not to.exists():
            return
        if to.is_dir():
            names = {each.name for each in to.iterdir()}
            others = {name for name in names if name not in {CURRENT, VERSIONS} and not is_ours(name)}
            if _named(to) or (not others and (CURRENT not in names or VERSIONS in names)):
                return
    message = _("{folder} is no data set, and there is something else.").format(folder=display_name(to))
    raise UsageError(message, _("Name a folder that is empty, or not there yet: --to FOLDER."))


def _named(to: Path) -> str:
    """Return the name of the version that counts, whole or not; nothing where there is none."""
    with suppress(DataError):
        return current_name(to)
    return ""


class _Gathering:
    """A run of ``gather``, under the lock of its data set."""

    def __init__(
        self,
        to: Path,
        bodies: Sequence[Body],
        as_of: date,
        asked: tuple[str, ...],
        jobs: int | None,
        progress: Progress,
    ) -> None:
        self._to = to
        self._versions = to / VERSIONS
        self._bodies = bodies
        self._as_of, self._asked, self._jobs, self._progress = as_of, asked, jobs, progress
        self._making = self._versions / f"{MAKING}-{os.getpid()}"
        self._before = _version_before(to)
        usable = self._before is not None and _is_alike(self._before, as_of)
        self._old = self._before if usable else None

    def run(self) -> Gathered:
        """Read what changed, write the version and make it the one that counts; leave nothing half made."""
        try:
            return self._run()
        finally:
            remove(self._making)

    def _run(self) -> Gathered:
        kept = self._kept()
        old = self._old.manifest if self._old else None
        former = self._before.manifest.bodies if self._before else {}
        left = sorted(former.keys() - {body.name for body in self._bodies})
        to_read = [body for body in self._bodies if body.name not in kept]
        touched = {bucket_of(name) for name in (*left, *(body.name for body in to_read))}
        before = {self._before.folder.name} if self._before else set()
        clear(self._versions, keeping={_named(self._to)})
        self._making.mkdir(parents=True)
        files = self._linked(touched)
        buckets = [self._bucket(number, to_read, kept) for number in sorted(touched)]
        records = {name: old.bodies[name] for name in kept} if old else {}
        faults: list[tuple[str, Fault]] = []
        done: list[Made] = []
        with closing(self._bodies_read(buckets, done)) as bodies, self._progress(bodies, len(to_read)) as read:
            for _body in read:
                pass
        for each in done:
            records |= each.bodies
            files |= each.files
            faults += each.faults
        faults.sort()
        files[FAULTS_FILE] = written(self._making / FAULTS_FILE, fault_table(faults))
        manifest = Manifest(self._as_of, reformledger.__version__, SCHEMA_DIGEST, self._asked, records, files)
        folder = self._versions / version_of(self._as_of, manifest.encoded())
        if folder.name not in before:
            publish(self._to, self._making, manifest)
        clear(self._versions, keeping={folder.name, *before})
        return Gathered(folder, manifest, faults, len(to_read), left)

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
            keep(self._making / name, self._old.folder / name)
        return staying

    def _bucket(self, number: int, to_read: Iterable[Body], kept: Iterable[str]) -> Bucket:
        old: dict[Place, tuple[Path, FileRecord]] = {}
        if self._old is not None:
            for name, record in self._old.manifest.files.items():
                place = place_of(name)
                if place is not None and place.bucket == number:
                    old[place] = self._old.folder / name, record
        return Bucket(
            number,
            [body for body in to_read if bucket_of(body.name) == number],
            frozenset(name for name in kept if bucket_of(name) == number),
            old,
            self._making,
            self._as_of,
        )

    def _bodies_read(self, buckets: Sequence[Bucket], done: list[Made]) -> Generator[Body]:
        """Make the buckets, and yield each body that was read; what became of each bucket comes into ``done``."""
        jobs = _worth_it(sum(len(bucket.read) for bucket in buckets)) if self._jobs is None else self._jobs
        if jobs == 1 or len(buckets) < 2:  # noqa: PLR2004 - one process has nothing to share
            yield from made_here(buckets, done)
        else:
            yield from made_elsewhere(buckets, done, jobs)


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
    if record.faults or record.folder != storable(str(body.folder)):
        return False
    try:
        return digests(body) == record.digests
    except DataError:
        return False


def _is_staying(name: str, touched: Collection[int]) -> bool:
    place = place_of(name)
    return place is not None and place.bucket not in touched


def _worth_it(bodies: int) -> int:
    """Return how many processes are worth their start to read some bodies."""
    return min(os.cpu_count() or 1, _MOST_PROCESSES) if bodies >= _MANY else 1
