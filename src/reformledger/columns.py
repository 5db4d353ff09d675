"""Columns: what of an entry can be shown, asked for and sorted by, and the headings by which people name it.

A column is a field that is seen, a column that a table declares, a part of the phases (``phases.result``), or a role of
persons (``persons.项目责任人``). The headings of fields are those of the table of fields (``Field.headings``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext, suppress
from functools import lru_cache
from typing import NamedTuple

from reformledger.book import Book
from reformledger.errors import UsageError
from reformledger.fields.entry import BESIDE, ENTRY, PHASE
from reformledger.fields.words import ASKED_STATUS, FLAG, KIND, LIGHT, REASON, Words
from reformledger.i18n import _
from reformledger.model.documents import is_official
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


class Headings(NamedTuple):
    """What the columns of a book follow from beside the table of fields: plain data, which can be kept as JSON."""

    printed: dict[str, list[str]]
    """The headings that sections and tables print over each column, by its key, the one that counts last."""
    phases_printed: dict[str, list[str]]
    """The headings that they print over each part of phases, by its key, the one that counts last."""
    roles: list[str]
    """The roles of persons that any entry names, as printed."""
    has_phases: bool
    """Whether any entry has phases."""


@lru_cache(maxsize=4)
def headings_of(book: Book) -> Headings:
    """Return the headings of a book; asked for again, the same."""
    return Headings(
        _by_key(pair for group in book.groups for pair in group.columns.items()),
        _by_key(pair for group in book.groups for pair in group.phase_columns.items()),
        list(dict.fromkeys(role for entry in book.entries for role in entry.data.persons)),
        has_phases=any(entry.phases for entry in book.entries),
    )


def joined(several: Iterable[Headings]) -> Headings:
    """Return the headings of several books as of one that held the documents of all, in their order."""
    several = list(several)
    return Headings(
        _by_key((key, heading) for each in several for key, own in each.printed.items() for heading in own),
        _by_key((key, heading) for each in several for key, own in each.phases_printed.items() for heading in own),
        list(dict.fromkeys(role for each in several for role in each.roles)),
        has_phases=any(each.has_phases for each in several),
    )


def _by_key(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Return the headings of each key, each once: where it was printed last, for the last of all counts."""
    found: dict[str, dict[str, None]] = {}
    for key, heading in pairs:
        headings = found.setdefault(key, {})
        headings.pop(heading, None)
        headings[heading] = None
    return {key: list(headings) for key, headings in found.items()}


def own_headings(headings: Headings) -> dict[str, str]:
    """Return the columns that tables, sections and work points declare for themselves: key and printed heading."""
    return {key: printed[-1] for key, printed in headings.printed.items() if not is_official(key)}


def _part_headings(headings: Headings) -> dict[str, str]:
    """Return the columns that are parts of a field: key and heading of each role of persons and part of phases."""
    found = {f"{_PERSONS}{role}": role for role in headings.roles}
    if headings.has_phases:
        found |= {f"{_PHASES}{key}": field.heading or key for key, field in PHASE.items()}
        found |= {f"{_PHASES}{key}": printed[-1] for key, printed in headings.phases_printed.items()}
    return found


def column_keys(headings: Headings) -> list[str]:
    """Return every column: the fields that are seen, the tables' own columns, the parts of phases and persons."""
    seen = (key for key, field in ENTRY.items() if field.seen != "file")
    return [*seen, *BESIDE, *own_headings(headings), *_part_headings(headings)]


def heading_of(headings: Headings, key: str) -> str:
    """Return the heading of a column that is no field of an entry: as it is printed."""
    if key in BESIDE:
        return BESIDE[key].heading
    return own_headings(headings).get(key) or _part_headings(headings)[key]


def heading_key(word: str) -> str:
    """Return what a heading is compared by, without the day that a view prints behind one: Status as of 2020-06-30."""
    return search_key(_DAY.sub("", word))


def columns_named(headings: Headings, word: str) -> list[str]:
    """Return the keys of the columns that a person names by key or by a heading, in either language.

    A heading that tables print over different fields names all of those. Raises ``UsageError``, naming the nearest, for
    a word that names none.
    """
    keys = column_keys(headings)
    word = word.strip()
    if word in keys:
        return [word]
    wanted = heading_key(word)
    for known in (_shown(headings), _headings_of_fields(), _headings_of_phases()):
        named = {key for key, heading in known if search_key(heading) == wanted}
        if found := [key for key in keys if key in named]:
            return found
    message = _("There is no column “{word}”.").format(word=word)
    advice = nearest_advice(nearest(word, keys)) or _("Columns: {keys}.").format(keys=_(", ").join(keys))
    raise UsageError(message, advice)


def listed_columns(headings: Headings, word: str) -> list[str]:
    """Return the columns that a list shows for a word: those that it heads so itself, else all that ``columns_named``.

    The tables of one year print 备注 over remarks and over ☆; a list has a column 备注.
    """
    named = columns_named(headings, word)
    wanted = search_key(word)
    return [key for key in named if key in ENTRY and wanted in map(search_key, ENTRY[key].list_headings)] or named


def columns_listed(headings: Headings, words: Sequence[str]) -> list[str]:
    """Return the columns that several words name, each once: ``id,title``, or a heading that has a comma itself.

    Raises ``UsageError`` as ``columns_named`` does.
    """
    return list(dict.fromkeys(key for word in words for key in _between_commas(headings, word)))


def _between_commas(headings: Headings, word: str) -> Iterator[str]:
    pieces = re.split("([,，、])", word)
    while pieces:
        # The longest of what stands at the beginning that names a column, else its first piece, which is refused.
        for end in range(len(pieces), 0, -2):
            head = "".join(pieces[:end])
            with suppress(UsageError) if end > 1 else nullcontext():
                yield from listed_columns(headings, head) if head.strip() else ()
                del pieces[: end + 1]
                break


def _shown(headings: Headings) -> Iterator[tuple[str, str]]:
    """Yield key and heading of what lists head so, in either language, and of what documents print so."""
    yield from ((key, heading) for key, field in (ENTRY | BESIDE).items() for heading in field.list_headings)
    parts = _part_headings(headings)
    yield from parts.items()
    for key, printed in headings.printed.items():
        # Where a table prints a role over its persons, the role is the column.
        yield from ((key, heading) for heading in printed if f"{_PERSONS}{heading}" not in parts)
    for key, printed in headings.phases_printed.items():
        yield from ((f"{_PHASES}{key}", heading) for heading in printed)


def _headings_of_fields() -> Iterator[tuple[str, str]]:
    yield from ((key, heading) for key, field in ENTRY.items() for heading in field.headings)


def _headings_of_phases() -> Iterator[tuple[str, str]]:
    yield from ((f"{_PHASES}{key}", heading) for key, field in PHASE.items() for heading in field.headings)
