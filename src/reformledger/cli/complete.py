"""What the shell offers after a Tab: words that are always the same, or names and ids of the data that would be read.

A completion prints no message: with data that cannot be read it offers nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from reformledger.book import Book
    from reformledger.roles import Subject


def among(words: Callable[[], Iterable[str]]) -> Callable[[str], list[str]]:
    """Return the completion that offers ``words``."""

    def offered(incomplete: str) -> list[str]:
        return [word for word in dict.fromkeys(words()) if word.startswith(incomplete)]

    return offered


def of_book(words: Callable[[Book], Iterable[str]]) -> Callable[[typer.Context, str], list[str]]:
    """Return the completion that offers what ``words`` finds in the data of the command line."""

    def offered(ctx: typer.Context, incomplete: str) -> list[str]:
        from reformledger import load_book
        from reformledger.errors import ReformLedgerError

        try:
            book = load_book(*(ctx.params.get("data") or ()))
            return among(lambda: words(book))(incomplete)
        except ReformLedgerError:
            return []

    return offered


def _names(book: Book, subject: Subject) -> Iterator[str]:
    """Yield every spelling under which a leader or department can be named."""
    from reformledger.roles import names_of

    known = names_of(book, subject)
    yield from known.values()
    for entry in book.directory.names:
        if book.directory.key(entry.name) in known:
            yield from entry.also


leaders = of_book(lambda book: _names(book, "leader"))
departments = of_book(lambda book: _names(book, "department"))


@of_book
def entry_ids(book: Book) -> Iterator[str]:
    """Yield bare ids; with several years first those with their year."""
    if len(book.years) > 1:
        yield from (entry.ref for entry in book.entries)
    yield from (entry.id for entry in book.entries)


@of_book
def tables(book: Book) -> Iterator[str]:
    """Yield what each table or section can be called: its prefix, or its title."""
    return (group.table.id_prefix if group.table else group.title for group in book.groups)


@of_book
def _column_keys(book: Book) -> Iterable[str]:
    from reformledger.records import column_keys

    return column_keys(book)


def columns(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer keys for the last of several with commas between them."""
    last = re.split("[,，、]", incomplete)[-1]
    before = incomplete.removesuffix(last)
    return [before + word for word in _column_keys(ctx, last)]


@among
def sorts() -> Iterable[str]:
    """Return what ``--sort`` takes."""
    from reformledger.query import SORT_KEYS

    return [*SORT_KEYS, *(f"-{key}" for key in SORT_KEYS)]


@among
def severities() -> Iterable[str]:
    """Return the severities of findings."""
    from reformledger.audit.finding import Severity

    return Severity


@among
def codes() -> Iterable[str]:
    """Return the codes of rules."""
    from reformledger.audit.select import known_codes

    return known_codes()
