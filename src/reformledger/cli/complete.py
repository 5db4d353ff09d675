"""What the shell offers after a Tab: names, ids and words, read from the data that the command would read.

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


def leaders(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer every spelling of every leader."""
    return _of_book(ctx, incomplete, lambda book: _names(book, "leader"))


def departments(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer every spelling of every department."""
    return _of_book(ctx, incomplete, lambda book: _names(book, "department"))


def entry_ids(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer bare ids; with several years also those with their year."""

    def words(book: Book) -> Iterator[str]:
        if len(book.years) > 1:
            yield from (entry.ref for entry in book.entries)
        yield from (entry.id for entry in book.entries)

    return _of_book(ctx, incomplete, words)


def tables(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer what a table or section can be called: its prefix, or its title."""
    return _of_book(
        ctx, incomplete, lambda book: (group.table.id_prefix if group.table else group.title for group in book.groups)
    )


def columns(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer keys for the last of several with commas between them."""

    def words(book: Book) -> Iterator[str]:
        from reformledger.records import column_keys

        yield from column_keys(book)

    last = re.split("[,，、]", incomplete)[-1]
    before = incomplete.removesuffix(last)
    return [before + word for word in _of_book(ctx, last, words)]


def sorts(incomplete: str) -> list[str]:
    """Offer what ``--sort`` takes."""
    from reformledger.query import SORT_KEYS

    return _starting([*SORT_KEYS, *(f"-{key}" for key in SORT_KEYS)], incomplete)


def formats(incomplete: str) -> list[str]:
    """Offer the formats of answers."""
    from reformledger.views.formats.registry import ANSWERS

    return _starting(ANSWERS.by_name, incomplete)


def finding_formats(incomplete: str) -> list[str]:
    """Offer the formats of ``check``."""
    from reformledger.views.formats.registry import FINDINGS

    return _starting(FINDINGS.by_name, incomplete)


def roles(incomplete: str) -> list[str]:
    """Offer the roles of departments."""
    from reformledger.cli.words import ROLE_WORDS

    return _starting(ROLE_WORDS, incomplete)


def statuses(incomplete: str) -> list[str]:
    """Offer the statuses."""
    from reformledger.cli.words import STATUS_WORDS

    return _starting(STATUS_WORDS, incomplete)


def kinds(incomplete: str) -> list[str]:
    """Offer the kinds of entries."""
    from reformledger.cli.words import KIND_WORDS

    return _starting(KIND_WORDS, incomplete)


def documents(incomplete: str) -> list[str]:
    """Offer the kinds of documents."""
    from reformledger.cli.words import DOCUMENT_WORDS

    return _starting(DOCUMENT_WORDS, incomplete)


def severities(incomplete: str) -> list[str]:
    """Offer the severities of findings."""
    from reformledger.audit.finding import Severity

    return _starting(Severity, incomplete)


def codes(incomplete: str) -> list[str]:
    """Offer the codes of rules."""
    from reformledger.audit.rule import known_codes

    return _starting(known_codes(), incomplete)


def _names(book: Book, subject: Subject) -> Iterator[str]:
    """Yield every spelling under which a leader or department can be named."""
    from reformledger.roles import names_of

    known = names_of(book, subject)
    yield from known.values()
    for entry in book.directory.names:
        if book.directory.key(entry.name) in known:
            yield from entry.also


def _of_book(ctx: typer.Context, incomplete: str, words: Callable[[Book], Iterable[str]]) -> list[str]:
    """Return those words that a command line finds in its data; none where these cannot be read."""
    from reformledger import load_book
    from reformledger.errors import ReformLedgerError

    try:
        return _starting(words(load_book(*(ctx.params.get("data") or ()))), incomplete)
    except ReformLedgerError:
        return []


def _starting(words: Iterable[str], incomplete: str) -> list[str]:
    return [word for word in dict.fromkeys(words) if word.startswith(incomplete)]
