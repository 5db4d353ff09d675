"""The options that several commands share, and what the shell offers for them after a Tab.

A completion prints no message: with data that cannot be read it offers nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from reformledger.cli.words import KIND_WORDS, LIGHT_WORDS, ROLE_WORDS, STATUS_WORDS, choose
from reformledger.i18n import _
from reformledger.views.formats.registry import ANSWERS, Formats

if TYPE_CHECKING:
    from reformledger.book import Book
    from reformledger.entry import Entry
    from reformledger.roles import Subject

Word = str | None
Words = list[str] | None


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
    from reformledger.columns import column_keys

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


def option(name: str, metavar: str, help: str, completion: Callable[..., list[str]] | None = None) -> Any:
    """Return an option that takes a value."""
    return typer.Option(name, metavar=metavar, help=help, autocompletion=completion)


def format_option(formats: Formats, help: str) -> Any:
    """Return the option that names one of ``formats``; another is refused before any data are read."""
    choices = formats.by_name

    def known(ctx: typer.Context, word: str | None) -> str | None:
        if word is not None and not ctx.resilient_parsing:
            choose("--format", word, formats.by_name)
        return word

    metavar, offered = "|".join(choices), among(choices.keys)
    return typer.Option("--format", "-f", metavar=metavar, help=help, autocompletion=offered, callback=known)


def file_option(formats: Formats, help: str) -> Any:
    """Return the option that names the file to write; ``help`` says which {endings} ``formats`` know."""
    return typer.Option("--output", "-o", metavar=_("FILE"), help=help.format(endings=_(", ").join(formats.endings)))


Data = Annotated[
    list[Path] | None,
    option("--data", _("PATH"), _("File or folder to read instead of the nearest data folder; may be repeated.")),
]
AsOf = Annotated[Word, option("--as-of", _("DAY"), _("Tell statuses as of this day (2020-10-01); today otherwise."))]
Format = Annotated[Word, format_option(ANSWERS, _("How to print the answer."))]
OutputFile = Annotated[Path | None, file_option(ANSWERS, _("Write the answer to a file ({endings})."))]
Reveal = Annotated[bool, typer.Option("--reveal-contacts", help=_("Show phone numbers, which are masked otherwise."))]
Due = Annotated[
    Words, option("--due", _("PERIOD"), _("Due within a period: 2020, 2020-12, 四季度, 12月; may be repeated."))
]
DueBy = Annotated[Words, option("--due-by", _("PERIOD"), _("Due no later than the end of a period."))]
Leader = Annotated[
    Words,
    option("--leader", _("NAME"), _("Leader, city leader or responsible person; may be repeated."), leader_names),
]
Department = Annotated[
    Words,
    option("--department", _("NAME"), _("Department under any of its names; may be repeated."), department_names),
]
Role = Annotated[
    Word,
    option(
        "--role",
        "lead|support",
        _("With --department: only where it leads, or supports."),
        among(ROLE_WORDS.keys),
    ),
]
Star = Annotated[bool | None, typer.Option("--star/--no-star", help=_("Only with ☆, or only without."))]
StatusOption = Annotated[
    Words,
    option(
        "--status",
        _("STATUS"),
        _("closed, carried_over, overdue, due_soon, under_way, not_started, or in Chinese; may be repeated."),
        among(STATUS_WORDS.keys),
    ),
]
Kind = Annotated[
    Words,
    option(
        "--kind",
        _("KIND"),
        _("point, task, review, scheme, pilot, or in Chinese; may be repeated."),
        among(KIND_WORDS.keys),
    ),
]
Year = Annotated[Words, option("--year", _("YEAR"), _("Year of the documents; may be repeated."))]
Lights = Annotated[
    Words,
    option(
        "--light",
        "red|yellow|blue|green",
        _("Only with this light, or in Chinese: red,yellow; may be repeated."),
        among(LIGHT_WORDS.keys),
    ),
]
Carried = Annotated[
    bool, typer.Option("--carried", help=_("Also what was carried over, which counts in the later year alone."))
]
Search = Annotated[Words, option("--search", _("TEXT"), _("Text anywhere in the entry; width and case do not matter."))]
Where = Annotated[
    Words, option("--where", _("KEY=TEXT"), _("Column, by key or heading, that says TEXT; may be repeated."))
]
Columns = Annotated[Words, option("--columns", _("KEY,KEY"), _("Columns to show, by key or heading."), column_keys)]
Sort = Annotated[
    Word,
    option(
        "--sort",
        _("KEY"),
        _(
            "Sort by id, due, title, leader, department or status, by -due downwards; "
            "in the order of the notice otherwise."
        ),
        sort_keys,
    ),
]
Limit = Annotated[Word, option("--limit", _("N"), _("Show the first N only."))]
