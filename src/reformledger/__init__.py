"""reformledger: a bureau's work points and reform ledger as YAML in git.

>>> from reformledger import load_book, Question, ask
>>> book = load_book("data")
>>> [entry.id for entry in ask(book, Question(star=True, due=["2020"]), as_of=date(2020, 10, 1))]

Everything public is named in ``__all__``; modules are imported when first used, so that importing the package
costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import os

    from reformledger.book import Book
    from reformledger.entry import Entry
    from reformledger.errors import DataError, Fault, ReformLedgerError, UsageError
    from reformledger.model.life import Status
    from reformledger.query import Question, ask
    from reformledger.records import Context, record

__all__ = [
    "Book",
    "Context",
    "DataError",
    "Entry",
    "Fault",
    "Question",
    "ReformLedgerError",
    "Status",
    "UsageError",
    "__version__",
    "ask",
    "load_book",
    "record",
]
__version__ = "0.1.0"

_HOMES = {
    "Book": "book",
    "Entry": "entry",
    "DataError": "errors",
    "Fault": "errors",
    "ReformLedgerError": "errors",
    "UsageError": "errors",
    "Status": "model.life",
    "Question": "query",
    "ask": "query",
    "Context": "records",
    "record": "records",
}


def __getattr__(name: str) -> object:
    """Import a public name when it is first used (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def load_book(*paths: str | os.PathLike[str]) -> Book:
    """Load the book of the named files and folders, or, with none named, of what the command line would read.

    A folder is read flat (``*.yaml``, ``*.yml``). Raises ``DataError``, whose ``faults`` list everything wrong
    in any of the files: a book is read whole or not at all. Only contacts that this user may not read are left out.
    """
    from pathlib import Path

    from reformledger.book import Book
    from reformledger.sources import find_sources, load_sources
    from reformledger.yamlio import without_collector

    with without_collector():
        return Book(load_sources(find_sources([Path(path) for path in paths])).documents)
