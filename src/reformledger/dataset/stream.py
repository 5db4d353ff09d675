"""The entries of bodies as Arrow record batches, for whoever reads them into an engine of his own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from os import PathLike
from pathlib import Path

import pyarrow as pa

from reformledger.dataset.bodies import Body, bodies_of, read
from reformledger.dataset.rows import Rows
from reformledger.errors import DataError

_ROWS = 4_096
"""Rows from which a batch is handed on."""


def batches(
    folders: Iterable[str | PathLike[str]],
    as_of: date,
    *,
    refused: Callable[[Body, DataError], None] | None = None,
) -> Iterator[pa.RecordBatch]:
    """Yield one row an entry of the bodies in some folders, as of a day, in batches of the schema ``SCHEMA``.

    Each body is called as its folder is. Of a body that cannot be read there is no row: ``refused`` is told which and
    why; without it ``DataError``, with the faults of all such bodies, is raised behind the rows of the others. Raises
    ``UsageError`` where two bodies have one name.
    """
    faults = []
    rows = Rows()
    for body in bodies_of(map(Path, folders)):
        try:
            rows.add(body.name, read(body).book.as_of(as_of), as_of)
        except DataError as error:
            if refused is None:
                faults += error.faults
            else:
                refused(body, error)
        if rows.count >= _ROWS:
            yield from rows.entries().to_batches()
            rows = Rows()
    if rows.count:
        yield from rows.entries().to_batches()
    if faults:
        raise DataError(faults)
