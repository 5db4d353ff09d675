"""Which entries of a draft are entries of a book: by title, else by number where the titles are alike; never by id."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from reformledger.drafting.plain import PlainEntry
from reformledger.entry import Entry, Group
from reformledger.text.counts import count_in_title
from reformledger.text.folding import compact, name_key, title_key
from reformledger.text.likeness import differing, tells_apart

_ALIKE = 0.5
"""From which likeness on, of 1, two titles with one number may be one that was reworded."""
_MAY_BE = 0.6
"""From which likeness on titles with different numbers may be one, which only a person can say."""
_TELLING = 3
"""How many characters are there to tell two titles apart: 省级 and 市级, 15% and 20%."""
_MOST = 3


class Traits(NamedTuple):
    """What tells an entry from others, of a draft or of a book alike."""

    title: str
    pairs: frozenset[str]
    """The pairs of neighbouring characters in the title."""
    heading: str
    number: str
    departments: frozenset[str]
    is_point: bool


@dataclass
class Matches:
    """Which entries are the same, which of the draft are new, which of the book are missing, and which may be one."""

    same: list[tuple[PlainEntry, Entry]] = field(default_factory=list)
    doubtful: list[tuple[PlainEntry, Sequence[Entry]]] = field(default_factory=list)
    new: list[PlainEntry] = field(default_factory=list)
    missing: list[Entry] = field(default_factory=list)


_STEPS: Sequence[Callable[[Traits], tuple[object, ...]]] = (
    lambda entry: (entry.title,),
    lambda entry: (entry.title, entry.heading),
    lambda entry: (entry.title, entry.heading, entry.number),
    lambda entry: (entry.title, entry.number),
    lambda entry: (entry.title, entry.departments),
    lambda entry: (entry.title, entry.heading, entry.number, entry.departments),
)
"""What entries are known by, where one of the draft and one of the book have it, and no others; one after the other."""


def matched(drafted: Iterable[PlainEntry], kept: Iterable[Entry]) -> Matches:
    """Match the entries of a draft with those of a book, all of one year."""
    matches = Matches()
    here = {id(entry): (entry, _of_draft(entry)) for entry in drafted}
    there = {id(entry): (entry, _of_book(entry)) for entry in kept}

    def match(one: int, other: int) -> None:
        matches.same.append((here.pop(one)[0], there.pop(other)[0]))

    for step in _STEPS:
        for ones, others in _sharing(step, here, there):
            if len(ones) == len(others) == 1:
                match(ones[0], others[0])
    titles = _sharing(_STEPS[0], here, there)
    doubtful = {one: others for ones, others in titles for one in ones}
    for ones, others in _sharing(_place, here, there):
        if len(ones) == len(others) == 1 and ones[0] not in doubtful:
            one, other = ones[0], others[0]
            if _is_reworded(here[one][1], there[other][1]):
                match(one, other)
    left = _Titles(there)
    for one, (entry, traits) in here.items():
        held = [other for other in doubtful.get(one, ()) if other in there] or left.like(traits)
        if held:
            matches.doubtful.append((entry, [there[other][0] for other in held]))
        else:
            matches.new.append(entry)
    asked = {id(other) for _entry, others in matches.doubtful for other in others}
    matches.missing = [entry for entry, _traits in there.values() if id(entry) not in asked]
    return matches


def _likeness(one: Traits, other: Traits) -> float:
    """Return how alike two titles are, from 0 to 1, by the pairs of neighbouring characters that both have."""
    return 2 * len(one.pairs & other.pairs) / max(len(one.pairs) + len(other.pairs), 1)


def _is_reworded(one: Traits, other: Traits) -> bool:
    """Say whether two titles are one in other words: not where all that differs is a number, a rank, a direction."""
    left, right = differing(one.title, other.title)
    is_short = max(len(left), len(right)) <= _TELLING
    return _likeness(one, other) >= _ALIKE and not (is_short and tells_apart(left, right))


class _Titles:
    """The titles of entries of a book, in which those that are like another are found without looking at each."""

    def __init__(self, entries: Mapping[int, tuple[Entry, Traits]]) -> None:
        self._traits = {key: traits for key, (_entry, traits) in entries.items()}
        self._having: dict[str, list[int]] = {}
        for key, traits in self._traits.items():
            for pair in traits.pairs:
                self._having.setdefault(pair, []).append(key)

    def like(self, traits: Traits) -> list[int]:
        """Return the keys of up to three entries whose titles are like one of the draft, the most alike first."""
        shared = Counter(key for pair in traits.pairs for key in self._having.get(pair, ()))
        least = len(traits.pairs) * _MAY_BE / (2 - _MAY_BE)  # what the shortest title that is so alike shares
        found = {
            key: _likeness(traits, self._traits[key])
            for key, count in shared.items()
            if count >= least and self._traits[key].is_point == traits.is_point
        }
        return sorted((key for key in found if found[key] >= _MAY_BE), key=lambda key: -found[key])[:_MOST]


def _place(entry: Traits) -> tuple[object, ...]:
    return entry.heading, entry.number


def _sharing(
    step: Callable[[Traits], tuple[object, ...]],
    here: Mapping[int, tuple[PlainEntry, Traits]],
    there: Mapping[int, tuple[Entry, Traits]],
) -> list[tuple[list[int], list[int]]]:
    """Return the entries of the draft and those of the book that share what a step looks at, blank ones left out."""
    found: dict[tuple[object, ...], tuple[list[int], list[int]]] = {}
    for side, entries in enumerate((here, there)):
        for key, (_entry, traits) in entries.items():
            known = step(traits)
            if all(known):
                found.setdefault((traits.is_point, *known), ([], []))[side].append(key)
    return [(ones, others) for ones, others in found.values() if ones and others]


def _of_draft(entry: PlainEntry) -> Traits:
    departments = entry.names("lead_departments")
    heading = entry.heading_titles[-1] if entry.heading_titles else ""
    return _traits(entry.title, heading, entry.text("number"), departments, is_point=entry.is_point)


def _of_book(entry: Entry) -> Traits:
    return _traits(
        entry.bare_title,
        own_title(entry.group),
        entry.data.number or "",
        entry.data.lead_departments,
        is_point=entry.row is None,
    )


def own_title(group: Group) -> str:
    """Return the title that is printed nearest over the entries of a section or table."""
    return (group.table.title if group.table else None) or group.heading.title


def _traits(title: str, heading: str, number: str, departments: Iterable[str], *, is_point: bool) -> Traits:
    key = title_key(title)
    pairs = frozenset(key[place : place + 2] for place in range(len(key) - 1))
    names = frozenset(map(name_key, departments))
    return Traits(key, pairs, heading_key(heading), _number_key(number), names, is_point)


def heading_key(heading: str) -> str:
    """Return what headings are compared by: without the count at their end, which changes with the entries."""
    counted = count_in_title(heading)
    return title_key(counted[0] if counted else heading)


def _number_key(number: str) -> str:
    return re.sub(r"[\W_]+", "", compact(number))
