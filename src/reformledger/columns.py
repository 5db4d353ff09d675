"""Columns: what of an entry can be shown, asked for and sorted by, and the headings by which people name it.

A column is a field that is seen, a column that a table declares, a part of the phases (``phases.result``), or a role of
persons (``persons.项目责任人``). The headings of fields are those of the table of fields (``Field.headings``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import nullcontext, suppress

from reformledger.book import Book
from reformledger.errors import UsageError
from reformledger.fields.entry import BESIDE, ENTRY, PHASE
from reformledger.fields.words import ASKED_STATUS, FLAG, KIND, LIGHT, REASON, Words
from reformledger.i18n import _
from reformledger.text.folding import search_key
from reformledger.text.nearest import nearest, nearest_advice

CODES: dict[str, Words] = {
    "status": ASKED_STATUS,
    "kind": KIND,
    "light": LIGHT,
    "light_reason": REASON,
    "star": FLAG,
    "star_closed": FLAG,
}
"""Columns whose values are codes, which are shown as words, and those words."""

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_PHASES, _PERSONS = "phases.", "persons."


def own_headings(book: Book) -> dict[str, str]:
    """Return the columns that tables, sections and work points declare for themselves: key and printed heading."""
    return {key: heading for group in book.groups for key, heading in group.own_columns.items()}


def _part_headings(book: Book) -> dict[str, str]:
    """Return the columns that are parts of a field: key and heading of each role of persons and part of phases."""
    roles = {f"{_PERSONS}{role}": role for entry in book.entries for role in entry.data.persons}
    parts = {f"{_PHASES}{key}": field.heading or key for key, field in PHASE.items()}
    for group in book.groups:
        parts |= {f"{_PHASES}{key}": heading for key, heading in group.phase_columns.items()}
    return roles | (parts if any(entry.phases for entry in book.entries) else {})


def column_keys(book: Book) -> list[str]:
    """Return every column: the fields that are seen, the tables' own columns, the parts of phases and persons."""
    seen = (key for key, field in ENTRY.items() if field.seen != "file")
    return [*seen, *BESIDE, *own_headings(book), *_part_headings(book)]


def heading_of(book: Book, key: str) -> str:
    """Return the heading of a column that is no field of an entry: as it is printed."""
    if key in BESIDE:
        return BESIDE[key].heading
    return own_headings(book).get(key) or _part_headings(book)[key]


def heading_key(word: str) -> str:
    """Return what a heading is compared by, without the day that a view prints behind one: Status as of 2020-06-30."""
    return search_key(_DAY.sub("", word))


def columns_named(book: Book, word: str) -> list[str]:
    """Return the keys of the columns that a person names by key or by a heading, in either language.

    A heading that tables print over different fields names all of those. Raises ``UsageError``, naming the nearest, for
    a word that names none.
    """
    keys = column_keys(book)
    word = word.strip()
    if word in keys:
        return [word]
    wanted = heading_key(word)
    for headings in (_shown(book), _headings_of_fields(), _headings_of_phases()):
        named = {key for key, heading in headings if search_key(heading) == wanted}
        if found := [key for key in keys if key in named]:
            return found
    message = _("There is no column “{word}”.").format(word=word)
    advice = nearest_advice(nearest(word, keys)) or _("Columns: {keys}.").format(keys=_(", ").join(keys))
    raise UsageError(message, advice)


def listed_columns(book: Book, word: str) -> list[str]:
    """Return the columns that a list shows for a word: those that it heads so itself, else all that ``columns_named``.

    The tables of one year print 备注 over remarks and over ☆; a list has a column 备注.
    """
    named = columns_named(book, word)
    wanted = search_key(word)
    return [key for key in named if key in ENTRY and wanted in map(search_key, ENTRY[key].list_headings)] or named


def columns_listed(book: Book, words: Sequence[str]) -> list[str]:
    """Return the columns that several words name, each once: ``id,title``, or a heading that has a comma itself.

    Raises ``UsageError`` as ``columns_named`` does.
    """
    return list(dict.fromkeys(key for word in words for key in _between_commas(book, word)))


def _between_commas(book: Book, word: str) -> Iterator[str]:
    pieces = re.split("([,，、])", word)
    while pieces:
        # The longest of what stands at the beginning that names a column, else its first piece, which is refused.
        for end in range(len(pieces), 0, -2):
            head = "".join(pieces[:end])
            with suppress(UsageError) if end > 1 else nullcontext():
                yield from listed_columns(book, head) if head.strip() else ()
                del pieces[: end + 1]
                break


def _shown(book: Book) -> Iterator[tuple[str, str]]:
    """Yield key and heading of what lists head so, in either language, and of what documents print so."""
    yield from ((key, heading) for key, field in (ENTRY | BESIDE).items() for heading in field.list_headings)
    parts = _part_headings(book)
    yield from parts.items()
    for group in book.groups:
        # Where a table prints a role over its persons, the role is the column.
        yield from ((key, heading) for key, heading in group.columns.items() if f"{_PERSONS}{heading}" not in parts)
        yield from ((f"{_PHASES}{key}", heading) for key, heading in group.phase_columns.items())


def _headings_of_fields() -> Iterator[tuple[str, str]]:
    yield from ((key, heading) for key, field in ENTRY.items() for heading in field.headings)


def _headings_of_phases() -> Iterator[tuple[str, str]]:
    yield from ((f"{_PHASES}{key}", heading) for key, field in PHASE.items() for heading in field.headings)
