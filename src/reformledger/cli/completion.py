"""What the shell offers after a Tab: words of the program, and what the data of the command line have.

A completion prints no message: with data that cannot be read it offers nothing.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from io import StringIO
from typing import TYPE_CHECKING

import typer

from reformledger.text.masking import clean
from reformledger.views.output import Output

if TYPE_CHECKING:
    from reformledger.book import Book
    from reformledger.entry import Entry
    from reformledger.fields.field import Named
    from reformledger.yamlio import Data


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
            found = among(lambda: words(book))(incomplete)
        except ReformLedgerError:
            return []
        # What may not be shown whole cannot be typed as it is shown.
        return [word for word in found if clean(word) == word and "\n" not in word]

    return offered


def body_names(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return the bodies of the data set of the command line that begin with what is typed."""
    from reformledger.dataset.reading import current_version
    from reformledger.errors import ReformLedgerError
    from reformledger.sources import find_sources

    try:
        (root,) = find_sources(ctx.params.get("data") or ()).paths
        return among(lambda: current_version(root).manifest.bodies)(incomplete)
    except (ReformLedgerError, ValueError):
        return []


_SPECIAL = re.compile(r"[\s\"'\\$`!&;<>()|*?\[\]{}~#]")


@contextmanager
def as_bash_cuts_words() -> Iterator[None]:
    """Let Typer complete whole words within, where bash asks: it cuts them at = and :, and replaces the last piece.

    bash hands over the pieces of the line, one a line, and the number of that at the cursor.
    """
    pieces = os.environ.get("COMP_WORDS", "").split("\n")
    asked = os.environ.get("_REFORMLEDGER_COMPLETE") == "complete_bash"
    number = int(os.environ["COMP_CWORD"]) if asked else 0
    if not 0 < number < len(pieces):
        yield
        return
    whole = _joined(pieces[: number + 1])
    os.environ.update(COMP_WORDS="\n".join(whole), COMP_CWORD=str(len(whole) - 1))
    replaced = pieces[number].lstrip("=:")
    before = whole[-1].removesuffix(replaced)
    if before.startswith("--"):
        before = before.partition("=")[2]
    printed = StringIO()
    try:
        with redirect_stdout(printed):
            yield
    finally:
        is_quoted = replaced.startswith(("'", '"'))
        words = [word.removeprefix(before) for word in printed.getvalue().splitlines()]
        if len(words) == 1 and words[0].endswith("="):
            words.append(f"{words[0]}…")  # behind what is completed for good, bash puts a blank
        for word in words:
            Output.of_process().write_text((word if is_quoted else _SPECIAL.sub(r"\\\g<0>", word)) + "\n")


def _joined(pieces: Sequence[str]) -> list[str]:
    """Return the words of which bash made pieces."""
    words: list[str] = []
    goes_on = False
    for piece in pieces:
        is_cut = piece != "" and not piece.strip("=:")
        if words and (is_cut or (goes_on and piece)):
            words[-1] += piece
        else:
            words.append(piece)
        goes_on = is_cut
    return words


def last_of_several(typed: str) -> tuple[str, str]:
    """Return what is typed of several words with commas between them: all before the last, and the last."""
    last = re.split("[,，、]", typed)[-1]
    return typed.removesuffix(last), last


def names(book: Book, kind: Named) -> Iterator[str]:
    """Yield every spelling under which a leader or department can be named."""
    from reformledger.roles import names_in

    known = names_in(book).of("department" if kind == "office" else "leader")
    yield from known.values()
    for entry in book.directory.names:
        if book.directory.key(entry.name) in known:
            yield from entry.also


leader_names = of_book(lambda book: names(book, "person"))
department_names = of_book(lambda book: names(book, "office"))


@of_book
def approvers(book: Book) -> Iterator[str]:
    """Yield who approved something before, the last first, then the leaders."""
    approved = [name for loaded in book.documents for name in _approving(loaded.tree.data)]
    yield from reversed(approved)
    yield from names(book, "person")


def _approving(data: Data) -> Iterator[str]:
    if isinstance(data, dict):
        if isinstance(name := data.get("approved_by"), str):
            yield name
        data = list(data.values())
    for part in data if isinstance(data, list) else ():
        yield from _approving(part)


def reporters(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer the departments that lead or support the entry, members of groups too; where none begins so, any other."""

    def own(book: Book) -> Iterator[str]:
        for entry in named_entries(ctx, book):
            for _role, name in entry.department_roles():
                yield book.directory.preferred(name)
                yield from book.directory.members_of(name).values()

    return of_book(own)(ctx, incomplete) or department_names(ctx, incomplete)


@of_book
def document_years(book: Book) -> Iterable[str]:
    """Return the years of which there are documents."""
    return map(str, book.years)


@of_book
def part_titles(book: Book) -> Iterable[str]:
    """Return the titles of the parts and sections of documents."""
    return dict.fromkeys(group.headings[0].data.title or "" for group in book.groups)


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


@among
def sort_keys() -> Iterable[str]:
    """Return what ``--sort`` takes."""
    from reformledger.sorting import SORT_KEYS

    return [*SORT_KEYS, *(f"-{key}" for key in SORT_KEYS)]


@among
def field_words() -> Iterator[str]:
    """Yield what names the fields of entries: keys, then headings."""
    from reformledger.fields.entry import ENTRY

    yield from ENTRY
    yield from (heading for field in ENTRY.values() for heading in field.headings)


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

        for entry in named_entries(ctx, book):
            spelled = [phase.name for phase in entry.phases]
            yield from (phase_word(spelled, index).replace("#", "＃") for index in range(len(spelled)))

    return of_book(words)(ctx, incomplete)


def occurrences(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer the occurrences, and periods of the return calendar, of the entry that is named."""

    def words(book: Book) -> Iterator[str]:
        from reformledger.cli.words import today
        from reformledger.edits.rules.asked import asked_of
        from reformledger.matter import Matter

        for entry in named_entries(ctx, book):
            for asked in asked_of(Matter(book, today(), entry)):
                yield from map(asked.name, asked.all)

    return of_book(words)(ctx, incomplete)


def named_entries(ctx: typer.Context, book: Book) -> Iterator[Entry]:
    """Yield the entries that a command line names; while an option waits for its value, words are no parameters yet."""
    for word in (*ctx.args, ctx.params.get("id"), *(ctx.params.get("ids") or ())):
        if word:
            yield book.find(word)
