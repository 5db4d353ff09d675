"""One bucket of bodies: what is read of them now, with what is kept of the others, written as Parquet files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from hashlib import sha256
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from reformledger.columns import headings_of
from reformledger.dataset.bodies import Body, read
from reformledger.dataset.manifest import BodyRecord, FileRecord, Place, kept_names, storable
from reformledger.dataset.publishing import keep, put
from reformledger.dataset.rows import Rows
from reformledger.dataset.schema import FAULTS
from reformledger.errors import DataError, Fault
from reformledger.query import known_years
from reformledger.roles import names_in


class Bucket(NamedTuple):
    """What is to be done for a bucket: ``read`` are the bodies to read, ``kept`` the names of those whose rows stay.

    ``old`` are the files of the version before that hold rows of this bucket; ``folder`` is the version that is being
    made.
    """

    number: int
    read: Sequence[Body]
    kept: frozenset[str]
    old: Mapping[Place, tuple[Path, FileRecord]]
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
                    book.years,
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
            old = {place.year for place in self._bucket.old if place.table == table}
            for year in sorted({*old, *pc.unique(made["year"]).to_pylist()}):
                place = Place(table, year, self._bucket.number)
                if record := self._written(place, made.filter(pc.field("year") == year)):
                    files[place.file] = record
        return Made(self._bodies, self._faults, files)

    def _written(self, place: Place, new: pa.Table) -> FileRecord | None:
        """Write new rows among those that stay, body by body in the order of their names; None where there is none."""
        path, rows = self._bucket.folder / place.file, new
        if place in self._bucket.old:
            before, record = self._bucket.old[place]
            # Parquet has names of its own for the parts of lists: with them the bytes would be others than when fresh.
            old = pa.table(pq.ParquetFile(before).read().columns, schema=new.schema)
            runs = [(body, run) for body, run in _runs(old) if body in self._bucket.kept]
            rows = pa.concat_tables([run for _body, run in sorted([*runs, *_runs(new)], key=itemgetter(0))] or [new])
            if rows.equals(old):  # what changed is in another year, or table
                keep(path, before)
                return record
        return written(path, rows) if rows.num_rows else None


def _runs(rows: pa.Table) -> Iterator[tuple[str, pa.Table]]:
    """Yield the rows of each body, which stand together."""
    runs = pc.run_end_encode(rows["body"].combine_chunks())
    start = 0
    for body, end in zip(runs.values.to_pylist(), runs.run_ends.to_pylist(), strict=True):
        yield body, rows.slice(start, end - start)
        start = end


def made(bucket: Bucket) -> Made:
    """Read and write a bucket in one go: what another process does."""
    making = Making(bucket)
    for _body in making.read():
        pass
    return making.write()


def fault_table(faults: Iterable[tuple[str, Fault]]) -> pa.Table:
    """Return the faults of bodies as a table; of each file there is its name, and not where it is on this machine."""
    rows = [{"body": body, **fault._replace(file=Path(fault.file).name)._asdict()} for body, fault in faults]
    texts = [{key: storable(value) if isinstance(value, str) else value for key, value in row.items()} for row in rows]
    return pa.Table.from_pylist(texts, schema=FAULTS)


def written(path: Path, rows: pa.Table) -> FileRecord:
    """Write rows into a new file, down to the disk; raises ``OSError``."""
    sink = pa.BufferOutputStream()
    pq.write_table(rows.combine_chunks(), sink, compression="zstd", compression_level=1)
    content = sink.getvalue()
    put(path, content)
    return FileRecord(sha256(content).hexdigest(), rows.num_rows)
