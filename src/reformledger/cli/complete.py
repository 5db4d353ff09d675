"""What the shell offers after a Tab: names, ids and words, read from the data that the command would read.

A completion never speaks: with data that cannot be read it offers nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from reformledger.book import Book
    from reformledger.roles import Subject

Completer = Callable[[typer.Context, str], list[str]]


def _starting(words: Iterable[str], incomplete: str) -> list[str]:
    return [word for word in dict.fromkeys(words) if word.startswith(incomplete)]


def _from_book(words: Callable[[Book], Iterable[str]]) -> Completer:
    """Return a completer that asks the book for its words."""

    def complete(ctx: typer.Context, incomplete: str) -> list[str]:
        from reformledger.api import load_book
        from reformledger.errors import ReformLedgerError

        try:
            return _starting(words(load_book(*(ctx.params.get("data") or ()))), incomplete)
        except ReformLedgerError:
            return []

    return complete


def _several(complete: Completer) -> Completer:
    """Return a completer of the last of several words with commas between them."""

    def completed(ctx: typer.Context, incomplete: str) -> list[str]:
        last = re.split("[,，、]", incomplete)[-1]
        before = incomplete.removesuffix(last)
        return [before + word for word in complete(ctx, last)]

    return completed


def _fixed(words: Callable[[], Iterable[str]]) -> Completer:
    """Return a completer of words that do not depend on the data."""

    def complete(_ctx: typer.Context, incomplete: str) -> list[str]:
        return _starting(words(), incomplete)

    return complete


def _names(subject: Subject) -> Callable[[Book], Iterator[str]]:
    """Return every spelling under which a leader or department can be named."""

    def words(book: Book) -> Iterator[str]:
        from reformledger.roles import names_of

        known = names_of(book, subject)
        yield from known.values()
        for entry in book.directory.names:
            if book.directory.key(entry.name) in known:
                yield from entry.also

    return words


def _entry_ids(book: Book) -> Iterator[str]:
    """Return bare ids; with several years also those with their year."""
    if len(book.years) > 1:
        yield from (entry.ref for entry in book.entries)
    yield from (entry.id for entry in book.entries)


def _table_names(book: Book) -> Iterator[str]:
    """Return what a table or section can be called: its prefix, or its title."""
    for group in book.groups:
        yield group.table.id_prefix if group.table else group.title


def _column_keys(book: Book) -> Iterator[str]:
    from reformledger.records import column_keys

    yield from column_keys(book)


def _words(name: str) -> Callable[[], Iterable[str]]:
    def words() -> Iterable[str]:
        from reformledger.cli import words as module

        choices: dict[str, object] = getattr(module, name)
        return choices

    return words


def _sort_keys() -> Iterator[str]:
    from reformledger.query import SORT_KEYS

    yield from SORT_KEYS
    yield from (f"-{key}" for key in SORT_KEYS)


def _severities() -> Iterator[str]:
    from reformledger.audit.finding import Severity

    yield from Severity


def _codes() -> list[str]:
    from reformledger.audit.select import known_codes

    return known_codes()


leaders = _from_book(_names("leader"))
departments = _from_book(_names("department"))
entry_ids = _from_book(_entry_ids)
tables = _from_book(_table_names)
columns = _several(_from_book(_column_keys))
formats = _fixed(_words("FORMAT_WORDS"))
roles = _fixed(_words("ROLE_WORDS"))
statuses = _fixed(_words("STATUS_WORDS"))
kinds = _fixed(_words("KIND_WORDS"))
documents = _fixed(_words("DOCUMENT_WORDS"))
sorts = _fixed(_sort_keys)
check_formats = _fixed(_words("CHECK_FORMAT_WORDS"))
severities = _fixed(_severities)
codes = _fixed(_codes)
