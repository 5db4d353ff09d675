"""Which entries of a draft are entries of a book: by title, else by number where the titles are alike; never by id."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
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


Step = Callable[[Traits], tuple[object, ...]]
_STEPS: Sequence[Step] = (
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
    matching = _Matching(drafted, kept)
    for step in _STEPS:
        matching.match(step, _agree)
    of_one_title = {one: others for ones, others in matching.sharing(_STEPS[0]) for one in ones}
    matching.match(lambda entry: (entry.heading, entry.number), _is_reworded, but=of_one_title)
    return matching.settled(of_one_title)


class _Matching:
    """The entries of a draft (here) and of a book (there) that are not matched yet, by keys, and what tells each."""

    def __init__(self, drafted: Iterable[PlainEntry], kept: Iterable[Entry]) -> None:
        self._here = {id(entry): entry for entry in drafted}
        self._there = {id(entry): entry for entry in kept}
        of_draft = {key: _of_draft(entry) for key, entry in self._here.items()}
        self._traits = of_draft | {key: _of_book(entry) for key, entry in self._there.items()}
        self._matches = Matches()

    def match(self, step: Step, agree: Callable[[Traits, Traits], bool], but: Collection[int] = ()) -> None:
        """Match what alone has in common what a step looks at, where the two agree; not those in ``but``."""
        for ones, others in self.sharing(step):
            one, other = ones[0], others[0]
            is_alone = len(ones) == len(others) == 1 and one not in but
            if is_alone and agree(self._traits[one], self._traits[other]):
                self._matches.same.append((self._here.pop(one), self._there.pop(other)))

    def sharing(self, step: Step) -> list[tuple[list[int], list[int]]]:
        """Return what of either side has in common what a step looks at, none of it blank."""
        found: dict[tuple[object, ...], tuple[list[int], list[int]]] = {}
        for side, keys in enumerate((list(self._here), list(self._there))):
            for key in keys:
                traits = self._traits[key]
                known = step(traits)
                if all(known):
                    found.setdefault((traits.is_point, *known), ([], []))[side].append(key)
        return [(ones, others) for ones, others in found.values() if ones and others]

    def settled(self, of_one_title: Mapping[int, Sequence[int]]) -> Matches:
        """Return all, with what is left: it is doubtful where titles are one or alike, else new or missing."""
        titles = _Titles({key: self._traits[key] for key in self._there})
        asked: set[int] = set()
        for one, entry in self._here.items():
            of_title = [key for key in of_one_title.get(one, ()) if key in self._there]
            others = of_title or titles.like(self._traits[one])
            asked.update(others)
            if others:
                self._matches.doubtful.append((entry, [self._there[key] for key in others]))
            else:
                self._matches.new.append(entry)
        self._matches.missing = [entry for key, entry in self._there.items() if key not in asked]
        return self._matches


def _agree(one: Traits, other: Traits) -> bool:
    """Say whether two entries of one title share more than that: else both may be there, and one was left out."""
    is_at_one_place = one.heading == other.heading or one.number == other.number
    return is_at_one_place or not one.departments.isdisjoint(other.departments)


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

    def __init__(self, traits_of: Mapping[int, Traits]) -> None:
        self._traits = traits_of
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
