"""Many bodies as one data set: Parquet that a province asks, made of the folders in which each keeps its ledger.

>>> from datetime import date
>>> from reformledger.dataset import SCHEMA, batches
>>> for batch in batches(["counties/yanbian", "counties/miyi"], date(2020, 10, 1)):
...     print(batch.num_rows)

The words of this room, one a thing:

- A *body* is an office with a ledger: a name, and the folder of its files.
- A *data set* is a folder of *versions*, of which the file ``CURRENT`` names the one that counts. A version is whole in
  itself: its Parquet files and its ``manifest.json``, which has the digest of each, and what was read of each body.
- A *table* of a version is a folder of files: ``entries``, ``reports``, ``milestones`` by year, and in a year by
  *bucket*, a number that follows from the name of the body; ``faults`` is one file.

Needs the extra ``dataset`` (pyarrow to write, duckdb to ask).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reformledger.dataset.schema import ENTRIES as SCHEMA
    from reformledger.dataset.stream import batches

__all__ = ["SCHEMA", "batches"]


def __getattr__(name: str) -> object:
    """Import a public name when it is first used: only those who write Parquet need pyarrow (PEP 562)."""
    from reformledger.extras import import_with

    match name:
        case "SCHEMA":
            return import_with("dataset", "reformledger.dataset.schema").ENTRIES
        case "batches":
            return import_with("dataset", "reformledger.dataset.stream").batches
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
