"""One bucket of bodies: what is read of them now, with what is kept of the others, written as Parquet files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from reformledger.columns import headings_of
from reformledger.dataset.bodies import Body, read
from reformledger.dataset.manifest import BodyRecord, FileRecord, Place, kept_names, storable
from reformledger.dataset.rows import Rows
from reformledger.dataset.schema import ENTRIES, FAULTS, MILESTONES, REPORTS
from reformledger.errors import DataError, Fault
from reformledger.query import known_years
from reformledger.roles import names_in

TABLES = {"entries": ENTRIES, "reports": REPORTS, "milestones": MILESTONES}
SCHEMA_DIGEST = sha256("\n".join(map(str, (*TABLES.values(), FAULTS))).encode()).hexdigest()
"""What tells this form of the tables from any other."""


class Bucket(NamedTuple):
    """What is to be done for a bucket: ``read`` are the bodies to read, ``kept`` the names of those whose rows stay.

    ``old`` are the files of the version before that hold rows of this bucket, each with its table; ``folder`` is the
    version that is being made.
    """

    number: int
    read: Sequence[Body]
    kept: frozenset[str]
    old: Sequence[tuple[str, Path]]
    folder: Path
    as_of: date


class Made(NamedTuple):
    """What became of a bucket: the records of the bodies that were read, the faults of the others, and its files."""

    bodies: dict[str, BodyRecord]
    faults: list[tuple[str, Fault]]
    files: dict[str, FileRecord]


class Making:
    """A bucket while it is made: bodies are read one after the other, then all is written."""

    def __init__(self, bucket: Bucket) -> None:
        self._bucket = bucket
        self._rows = Rows()
        self._bodies: dict[str, BodyRecord] = {}
        self._faults: list[tuple[str, Fault]] = []

    def read(self) -> Iterator[Body]:
        """Read the bodies, and yield each when its rows, or its faults, are there."""
        for body in self._bucket.read:
            try:
                found = read(body)
            except DataError as error:
                self._faults += [(body.name, fault) for fault in error.faults]
                self._bodies[body.name] = BodyRecord(storable(str(body.folder)), faults=len(error.faults))
            else:
                book = found.book.as_of(self._bucket.as_of)
                self._rows.add(body.name, book, self._bucket.as_of)
                self._bodies[body.name] = BodyRecord(
                    storable(str(body.folder)),
                    found.digests,
                    len(book.entries),
                    tuple(known_years(book)),
                    kept_names(names_in(book)),
                    headings_of(book),
                )
            yield body

    def write(self) -> Made:
        """Write the files of the bucket; raises ``OSError``."""
        files: dict[str, FileRecord] = {}
        for table, made in {
            "entries": self._rows.entries(),
            "reports": self._rows.reports(),
            "milestones": self._rows.milestones(),
        }.items():
            rows = pa.concat_tables([*self._kept(table), made])
            if self._bucket.old:
                rows = rows.sort_by("body")  # which leaves the rows of each in their order
            for year in sorted(pc.unique(rows["year"]).to_pylist()):
                name = Place(table, year, self._bucket.number).file
                files[name] = written(self._bucket.folder / name, rows.filter(pc.field("year") == year))
        return Made(self._bodies, self._faults, files)

    def _kept(self, table: str) -> Iterator[pa.Table]:
        """Yield the rows that stay, of the files of the version before."""
        for name, file in self._bucket.old:
            if name == table:
                rows = pq.read_table(file, schema=TABLES[table], partitioning=None)
                yield rows.filter(pc.field("body").isin(pa.array(sorted(self._bucket.kept), pa.string())))


def made(bucket: Bucket) -> Made:
    """Read and write a bucket in one go: what another process does."""
    making = Making(bucket)
    for _body in making.read():
        pass
    return making.write()


def fault_table(faults: Iterable[tuple[str, Fault]]) -> pa.Table:
    """Return the faults of bodies as a table."""
    rows = [{"body": body, **fault._asdict(), "file": storable(fault.file)} for body, fault in faults]
    return pa.Table.from_pylist(rows, schema=FAULTS)


def written(path: Path, rows: pa.Table) -> FileRecord:
    """Write rows into a new file, down to the disk; raises ``OSError``."""
    sink = pa.BufferOutputStream()
    pq.write_table(rows.combine_chunks(), sink, compression="zstd", compression_level=1)
    content = sink.getvalue()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return FileRecord(sha256(content).hexdigest(), rows.num_rows)
