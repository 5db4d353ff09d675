"""The sections, parts and tables of two states of a document: which is which, and what each says otherwise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import NamedTuple

from reformledger.history.comparing.plain import INSIDE, Heading, text_of
from reformledger.history.comparing.values import Change, changes, order_changes
from reformledger.history.difference import DifferenceKind, FieldPath
from reformledger.yamlio import Data


class Pair(NamedTuple):
    """A heading, or the document itself, as it was and as it is, and the path to it in words.

    None is one that was not there, or went. ``inside`` are the pairs under it; of one that came or went none.
    """

    old: Heading | None
    new: Heading | None
    path: FieldPath
    inside: list[Pair]


def paired(old: Heading | None, new: Heading | None, path: FieldPath = ()) -> Pair:
    """Return two states of a document, or of a heading, with the pairs of headings inside."""
    if old is None or new is None:
        return Pair(old, new, path, [])
    inside = [pair for key in INSIDE for pair in _pairs_under(key, old, new, path)]
    return Pair(old, new, path, inside)


def pairs_in(pair: Pair) -> Iterator[Pair]:
    """Yield a pair and all pairs inside it, in printed order."""
    yield pair
    for each in pair.inside:
        yield from pairs_in(each)


def heading_changes(pair: Pair) -> Iterator[Change]:
    """Yield what a heading or a document says otherwise, and the headings inside it; entries are left out."""
    old, new = pair.old, pair.new
    if old is None or new is None:
        before, after = (None if each is None else each.outline for each in (old, new))
        yield Change(DifferenceKind.CHANGED, pair.path, before, after)
        return
    yield from changes(old.own, new.own, pair.path)
    yield from order_changes(old.own, new.own, pair.path)
    for each in pair.inside:
        yield from heading_changes(each)
    for key in INSIDE:
        yield from _order(key, pair)


def _order(key: str, pair: Pair) -> Iterator[Change]:
    """Yield the order of the headings inside, as their words, where those that stayed have another."""
    places = {id(heading): place for place, heading in enumerate(pair.old.inside if pair.old else ())}
    kept = [each for each in pair.inside if each.old is not None and each.new is not None and each.new.key == key]
    stay = [(places[id(each.old)], each.path[-1]) for each in kept]
    if stay != sorted(stay):
        before: list[Data] = [word for _place, word in sorted(stay)]
        yield Change(DifferenceKind.CHANGED, (*pair.path, key), before, [word for _place, word in stay])


def _pairs_under(key: str, old: Heading, new: Heading, path: FieldPath) -> Iterator[Pair]:
    before, after = ([each for each in heading.inside if each.key == key] for heading in (old, new))
    found = _same(before, after)
    words, old_words = _words(after), _words(before)
    for place, heading in enumerate(after):
        yield paired(None if (at := found.get(place)) is None else before[at], heading, (*path, key, words[place]))
    for at in sorted(set(range(len(before))) - set(found.values())):
        yield paired(before[at], None, (*path, key, old_words[at]))


def _words(headings: Sequence[Heading]) -> list[str]:
    """Return what names each heading beside the others: its title, with its number where several share that."""
    titles = [_title(heading) for heading in headings]
    numbered = [f"{text_of(each.data, 'number')}{title}" for each, title in zip(headings, titles, strict=True)]
    once, numbered_once = Counter(titles), Counter(numbered)
    return [
        title if title and once[title] == 1 else both if both and numbered_once[both] == 1 else f"#{place + 1}"
        for place, (title, both) in enumerate(zip(titles, numbered, strict=True))
    ]


def _title(heading: Heading) -> str:
    return text_of(heading.data, "title") or text_of(heading.data, "id_prefix")


def _number(heading: Heading) -> str:
    return text_of(heading.data, "number")


def _first_id(heading: Heading) -> str:
    """Return the first id under a heading: a heading with another title and number may hold the same entries."""
    own = (text_of(entry, "id") for entry in heading.entries)
    return next(filter(None, (*own, *map(_first_id, heading.inside))), "")


_KNOWN_BY: Sequence[Callable[[Heading], Hashable]] = (
    lambda heading: text_of(heading.data, "id_prefix"),
    lambda heading: (_number(heading), _title(heading)) if _number(heading) and _title(heading) else "",
    _title,
    _first_id,
    _number,
)
"""What a heading is known by, the surest first; "" says nothing."""


def _same(old: Sequence[Heading], new: Sequence[Heading]) -> dict[int, int]:
    """Return the old place of each new heading that was there before, by its new place.

    What nothing else tells is known by its place among the others.
    """
    found: dict[int, int] = {}
    for known_by in _KNOWN_BY:
        waiting: dict[Hashable, list[int]] = {}
        taken = set(found.values())
        for at, heading in enumerate(old):
            key = known_by(heading)
            if at not in taken and key != "":
                waiting.setdefault(key, []).append(at)
        for place, heading in enumerate(new):
            if place not in found and (same := waiting.get(known_by(heading))):
                found[place] = same.pop(0)
    taken = set(found.values())
    found |= {place: place for place in range(min(len(old), len(new))) if place not in found and place not in taken}
    return dict(sorted(found.items()))
