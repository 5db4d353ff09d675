"""What the shell offers after a Tab: words of the program, and what the data of the command line have.

A completion prints no message: with data that cannot be read it offers nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from reformledger.book import Book
    from reformledger.entry import Entry
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


leader_names = of_book(lambda book: _names(book, "leader"))
department_names = of_book(lambda book: _names(book, "department"))


@of_book
def entry_ids(book: Book) -> Iterator[str]:
    """Yield bare ids; with several years first those with their year."""
    if len(book.years) > 1:
        yield from (entry.ref for entry in book.entries)
    yield from (entry.id for entry in book.entries)


@of_book
def table_names(book: Book) -> Iterator[str]:
    """Yield what each table or section can be called: its prefix, or its title."""
    return (group.name for group in book.groups)


@of_book
def _column_keys(book: Book) -> Iterable[str]:
    from reformledger.records import column_keys

    return column_keys(book)


def column_keys(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer keys for the last of several with commas between them."""
    last = re.split("[,，、]", incomplete)[-1]
    before = incomplete.removesuffix(last)
    return [before + word for word in _column_keys(ctx, last)]


@among
def sort_keys() -> Iterable[str]:
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
    from reformledger.audit.rule import known_codes

    return known_codes()


@among
def explained() -> Iterator[str]:
    """Yield what ``explain`` explains: the codes of rules, and every word for a light, reason or status."""
    from reformledger.audit.rule import known_codes
    from reformledger.lights.page import light_words

    yield from known_codes()
    yield from light_words()


def phases(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer what names each phase of the entries that are named, ＃2 for #2: with # a comment would begin."""

    def words(book: Book) -> Iterator[str]:
        from reformledger.model.phases import phase_word

        for entry in _named(ctx, book):
            names = [phase.name for phase in entry.phases]
            yield from (phase_word(names, index).replace("#", "＃") for index in range(len(names)))

    return of_book(words)(ctx, incomplete)


def occurrences(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer the occurrences, and periods of the return calendar, of the entry that is named."""

    def words(book: Book) -> Iterator[str]:
        from reformledger.cli.words import today
        from reformledger.edits.rules.asked import asked_of
        from reformledger.matter import Matter

        for entry in _named(ctx, book):
            for asked in asked_of(Matter(book, today(), entry)):
                yield from map(asked.name, asked.all)

    return of_book(words)(ctx, incomplete)


def _named(ctx: typer.Context, book: Book) -> Iterator[Entry]:
    """Yield the entries that a command line names; while an option waits for its value, words are no parameters yet."""
    for word in (*ctx.args, ctx.params.get("id"), *(ctx.params.get("ids") or ())):
        if word:
            yield book.find(word)
