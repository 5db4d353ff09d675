"""Plain data as it is compared: what is blank, what is the same, and the headings and entries of a document."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import NamedTuple

from reformledger.model.phases import phase_word
from reformledger.yamlio import Data, Mapped, mappings_in

INSIDE = ("sections", "parts", "tables")
"""The keys of a document, or of a heading, under which headings are."""
ENTRIES = ("points", "rows")
_WITHIN = {*INSIDE, *ENTRIES}
Key = str
"""What two values share that say the same."""


class Heading(NamedTuple):
    """A document, or a section, part or table of it, with what is under it.

    ``key`` is that of the list which holds it, "" for the document; ``titles`` are those from the outermost to its own,
    of one of several tables without a title the prefix of its ids.
    """

    key: str
    data: Mapped
    titles: tuple[str, ...]
    inside: list[Heading]
    entries: list[Mapped]

    @property
    def own(self) -> Mapped:
        """Return what it says beside the headings and entries under it; what is out of place there stays."""
        found: Mapped = {}
        for key, value in self.data.items():
            found[key] = _out_of_place(value) if key in _WITHIN else value
        return found

    @property
    def outline(self) -> Mapped:
        """Return all it says, the headings inside it included, but no entries."""
        found = dict(self.own)
        for heading in self.inside:
            others = found.get(heading.key)
            found[heading.key] = [*(others if isinstance(others, list) else []), heading.outline]
        return {key: value for key, value in found.items() if not is_blank(value)}


def _out_of_place(value: Data) -> Data:
    """Return what is no heading or entry where these are listed."""
    return [item for item in value if not isinstance(item, dict)] if isinstance(value, list) else value


def outline_of(data: Mapped, key: str = "", over: tuple[str, ...] = (), title: str = "") -> Heading:
    """Return a document with its headings and entries, in their printed order."""
    titles = (*over, title) if title else over
    inside = [
        outline_of(each, name, titles, text_of(each, "title") or (text_of(each, "id_prefix") if several else ""))
        for name in INSIDE
        for several, each in _siblings(data.get(name))
    ]
    entries = [each for name in ENTRIES for each in mappings_in(data.get(name))]
    return Heading(key, data, titles, inside, entries)


def _siblings(value: Data) -> Iterator[tuple[bool, Mapped]]:
    """Yield the mappings of a list, each with whether they are several."""
    found = mappings_in(value)
    yield from ((len(found) > 1, each) for each in found)


def headings_in(outline: Heading) -> Iterator[Heading]:
    """Yield a heading and all headings inside it, in their printed order."""
    yield outline
    for heading in outline.inside:
        yield from headings_in(heading)


def text_of(data: Mapped, key: str) -> str:
    """Return the text under a key; blank where there is none."""
    value = data.get(key)
    return value if isinstance(value, str) else ""


def is_blank(value: Data) -> bool:
    """Say whether a value says nothing: a key without a value, as people leave a cell empty."""
    return value is None or value in ("", [], {})


def same_key(value: Data) -> Key:
    """Return what two values share that say the same: blank keys, and the order of keys, make no difference.

    A mapping whose keys are all blank is there all the same: it may be a ☆ without a condition.
    """
    return json.dumps(_said(value), ensure_ascii=False, sort_keys=True)


def _said(value: Data) -> Data:
    if isinstance(value, dict):
        return {key: _said(each) for key, each in value.items() if not is_blank(each)}
    return [_said(each) for each in value] if isinstance(value, list) else value


def is_same(one: Data, other: Data) -> bool:
    """Say whether two values say the same."""
    return one == other or (is_blank(one) and is_blank(other)) or same_key(one) == same_key(other)


def deadline_of(due: Data) -> tuple[str, str]:
    """Return the wording of a deadline and what it is said to mean, blank where that is not said."""
    if isinstance(due, dict):
        return text_of(due, "wording"), text_of(due, "means")
    return (due if isinstance(due, str) else ""), ""


def name_words(items: list[Data]) -> list[str]:
    """Return the words that name each item of a list and no other: names, and places in print (#2) of equal ones."""
    names = [text_of(item, "name") if isinstance(item, dict) else "" for item in items]
    return [phase_word(names, place) if name else f"#{place + 1}" for place, name in enumerate(names)]
