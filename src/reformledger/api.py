"""The way in for programs: the same reading that the command line does, without its talk."""

from __future__ import annotations

import os
from pathlib import Path

from reformledger.book import Book
from reformledger.collector import without_collector
from reformledger.sources import find_sources, load_sources


def load_book(*paths: str | os.PathLike[str]) -> Book:
    """Load the book of the named files and folders, or, with none named, of what the command line would read.

    A folder is read flat (``*.yaml``, ``*.yml``). Raises ``DataError``, whose ``faults`` list everything wrong
    in any of the files: a book is read whole or not at all.
    """
    with without_collector():
        return Book(load_sources(find_sources([Path(path) for path in paths])).documents)
