"""What the shell offers where NAME=VALUE is typed: fields of an entry, conditions on columns, targets.

A name is offered in the user's language while nothing is typed, then in every spelling that begins as typed. Only what
the command would take is offered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import typer

from reformledger.cli.completion import last_of_several, named_entries, names, of_book
from reformledger.i18n import language

if TYPE_CHECKING:
    from reformledger.book import Book
    from reformledger.edits.draft import Draft
    from reformledger.edits.rules.fields import Shape
    from reformledger.fields.field import Fields
    from reformledger.model.documents import Path
    from reformledger.yamlio import Data, Mapped

_LONGEST = 30
"""Characters of the longest value that is offered of other entries: nobody picks a paragraph from a list."""


class Spelling(NamedTuple):
    """The words for one field or column: its key, its heading in the user's language, what else names it."""

    key: str
    heading: str
    others: Sequence[str] = ()

    def begun(self, typed: str, meaning: Callable[[str], object]) -> Iterator[str]:
        """Yield the words that begin as typed; while nothing is typed, the one in the user's language.

        For a word that does not mean what the key means, which ``meaning`` tells, the key is offered; nothing where
        that means nothing either.
        """
        meant = meaning(self.key)
        words = dict.fromkeys((self.key, self.heading, *self.others))
        offered = [word for word in words if word.startswith(typed)]
        if not typed:
            offered = [self.key if language() == "en" else self.heading]
        yield from (word if meaning(word) == meant else self.key for word in offered if meant)


def column_words(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer the columns of ``--columns``, for the last of several with commas between them."""
    before, last = last_of_several(incomplete)
    return of_book(lambda book: (before + word for word in _columns(book, last)))(ctx, incomplete)


def conditions(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer KEY= for ``--where``, and behind it what the entries say there."""

    def words(book: Book) -> Iterator[str]:
        from reformledger.cli.session import asked_day
        from reformledger.cli.words import today
        from reformledger.columns import columns_named, headings_of
        from reformledger.fields.entry import ENTRY
        from reformledger.query import values_named
        from reformledger.records import Context, value_of

        day = asked_day("--as-of", ctx.params.get("as_of"), book) or today()
        context = Context(book.as_of(day), day)

        def values(name: str) -> Iterator[str]:
            for key in columns_named(headings_of(book), name):
                if key not in ENTRY or not ENTRY[key].prose:
                    said = (values_named(key, value_of(key)(entry, context)) for entry in context.book.entries)
                    yield from (value for each in said for value in each if _is_short(value))

        return _assigned(incomplete, lambda typed: _columns(book, typed), values)

    return of_book(words)(ctx, incomplete)


def fields(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer FIELD= for ``set`` and ``add``, and behind it what the entry has there, then what could be there."""

    def words(book: Book) -> Iterator[str]:
        from reformledger.cli.words import today
        from reformledger.edits.draft import Draft
        from reformledger.edits.rules.fields import addressed
        from reformledger.edits.transaction import PLANS

        draft = Draft(book, today(), PLANS)
        shape, raw = _shape(ctx, draft)

        def values(name: str) -> Iterable[str]:
            (path,) = addressed(shape, {name: ""})
            return _values(draft, shape, _held(raw, path), path, incomplete.partition("=")[2])

        return _assigned(incomplete, lambda typed: _settable(shape, raw, typed), values)

    return of_book(words)(ctx, incomplete)


def targets(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer NAME= for each target of the entry, of the phase that is reported on first; and behind it its value."""

    def words(book: Book) -> Iterator[str]:
        from reformledger.model.phases import phase_index

        aims: dict[str, str] = {}
        for entry in named_entries(ctx, book):
            index = phase_index([phase.name for phase in entry.phases], ctx.params.get("phase"))
            phase = None if index is None else entry.phases[index].data
            for target in (*(phase.targets if phase else ()), *entry.data.targets):
                aims.setdefault(target.name, str(target.value))
        return _assigned(
            incomplete,
            lambda typed: (name for name in aims if name.startswith(typed)),
            lambda name: [aims[name]] if name in aims else [],
        )

    return of_book(words)(ctx, incomplete)


def _assigned(
    typed: str, begun: Callable[[str], Iterable[str]], values: Callable[[str], Iterable[str]]
) -> Iterator[str]:
    """Yield NAME= for each name that begins as typed, NAME=VALUE once the name is there."""
    name, sign, _value = typed.partition("=")
    yield from (f"{name}={value}" for value in values(name)) if sign else (f"{each}=" for each in begun(typed))


def _is_short(value: str) -> bool:
    return 0 < len(value) <= _LONGEST and "\n" not in value


# Columns


def _columns(book: Book, typed: str) -> Iterator[str]:
    """Yield the columns of a book that begin as typed, each as it is known."""
    from reformledger.columns import column_keys, heading_of, headings_of, listed_columns
    from reformledger.errors import SentenceError
    from reformledger.fields.entry import ENTRY

    headings = headings_of(book)

    def meaning(word: str) -> str:
        try:
            named = listed_columns(headings, word)
        except SentenceError:
            return ""
        return named[0] if len(named) == 1 else ""  # the heading of several

    for key in column_keys(headings):
        words = ENTRY[key].words if key in ENTRY else ()
        heading = ENTRY[key].heading if key in ENTRY else heading_of(headings, key)
        yield from Spelling(key, heading, (*headings.printed.get(key, ()), *words)).begun(typed, meaning)


# Fields


def _shape(ctx: typer.Context, draft: Draft) -> tuple[Shape, Mapped]:
    """Return what the fields of a command line can be, and the entry as it is; raises ``UsageError`` for none."""
    from reformledger.edits.rules.fields import Shape
    from reformledger.edits.rules.tables import named_group
    from reformledger.model.entries import LedgerRow, WorkPoint

    if "to" in ctx.params:
        group = named_group(draft, ctx.params["to"] or "")
        return Shape("", LedgerRow if group.table else WorkPoint, group), {}
    entry = draft.at(draft.book.find(ctx.params["id"] or "").ref)
    return Shape(entry.ref, type(entry.data), entry.group, entry.phases), entry.raw


def _settable(shape: Shape, raw: Mapped, typed: str) -> Iterator[str]:
    """Yield the words, begun as typed, of every field that ``set`` takes, and with a dot of its parts."""
    for spelling in _spellings(shape, raw):
        if typed or "." not in spelling.key:
            yield from spelling.begun(typed, lambda word: _leads_to(shape, word))


def _spellings(shape: Shape, raw: Mapped) -> Iterator[Spelling]:
    from reformledger.edits.rules.phases import word_of_phase
    from reformledger.fields.entry import ENTRY, PHASE
    from reformledger.model.base import known_keys

    group = shape.group
    yield from _of_table(known_keys(shape.model), group.columns)
    yield from (Spelling(key, heading) for key, heading in group.own_columns.items())
    for index in range(len(shape.phases)):
        name = word_of_phase(shape.phases, index)
        for key, heading, _others in _of_table(PHASE, group.phase_columns):
            yield Spelling(f"phases.{name}.{key}", f"{ENTRY['phases'].words[0]}.{name}.{heading}")
    persons = raw.get("persons")
    for role in persons if isinstance(persons, dict) else ():
        yield Spelling(f"persons.{role}", f"{ENTRY['persons'].words[0]}.{role}")


def _of_table(table: Fields, printed: Mapping[str, str]) -> Iterator[Spelling]:
    """Yield the spellings of what ``set`` takes of a table of fields, whose headings may be ``printed``."""
    from reformledger.fields.entry import RECORDS

    for key, field in table.items():
        if field.kept_by not in {"set", "record"}:
            continue
        heading, *others = dict.fromkeys([printed.get(key, field.words[0]), *field.words])
        if field.kept_by == "set":
            yield Spelling(key, heading, others)
        for part in _of_table(RECORDS.get(key, {}), {}):
            yield Spelling(f"{key}.{part.key}", f"{heading}.{part.heading}")


def _leads_to(shape: Shape, word: str) -> list[Path]:
    """Return the path to which a word leads, none where it leads nowhere."""
    from reformledger.edits.rules.fields import addressed
    from reformledger.errors import SentenceError

    try:
        return list(addressed(shape, {word: ""}))
    except SentenceError:
        return []


def _held(raw: Data, path: Path) -> list[str]:
    """Return what an entry has at a path, as it would be typed."""
    for step in path:
        if isinstance(raw, dict):
            raw = raw.get(str(step))
        elif isinstance(raw, list) and isinstance(step, int) and step < len(raw):
            raw = raw[step]
        else:
            return []
    if isinstance(raw, dict):
        raw = raw.get("wording")
    return [item for item in (raw if isinstance(raw, list) else [raw]) if isinstance(item, str)]


def _values(draft: Draft, shape: Shape, held: Sequence[str], path: Path, typed: str) -> Iterator[str]:
    """Yield what an entry has at a path, then what could be there: names, work points, what several others say."""
    from reformledger.fields.entry import ENTRY
    from reformledger.model.entries import STAR_SIGN

    if held:
        yield "、".join(held)
    key = str(path[0])
    if path == ("star",):
        yield STAR_SIGN
    elif path == ("implements",):
        yield from (
            entry.id for entry in draft.book.entries if entry.kind == "point" and entry.year == shape.group.year
        )
    elif not ENTRY[key].prose and not any(isinstance(step, int) for step in path):
        said = Counter(value for _ref, raw in draft.raw_entries() for value in _held(raw, path) if _is_short(value))
        if kind := ENTRY[key].names:
            before, _last = last_of_several(typed)
            yield from (before + name for name in (*said, *names(draft.book, kind)))
        else:
            yield from (value for value, count in said.items() if count > 1)
