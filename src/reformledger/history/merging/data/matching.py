"""Which items of three lists are the same one: by content, by name, by place."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Sequence
from typing import NamedTuple

from reformledger.yamlio import Data

Key = Callable[[Data], Hashable | None]
"""What an item is known by; None where this says nothing of it."""


class Triple(NamedTuple):
    """The index of one item in each of the three lists; None where it is not."""

    base: int | None
    ours: int | None
    theirs: int | None


def frozen(data: Data) -> Hashable:
    """Return a value that equal data share, and no others."""
    if isinstance(data, dict):
        return frozenset((key, frozen(value)) for key, value in data.items())
    return tuple(map(frozen, data)) if isinstance(data, list) else data


SamePlace = Callable[[Data, Data], bool]
"""Whether two items at one place, of which no key is known, are the same one."""


def pairs(
    old: Sequence[Data], new: Sequence[Data], keys: Sequence[Key], same_place: SamePlace | None = None
) -> dict[int, int]:
    """Return for the index of each item of ``new`` that ``old`` has, its index there.

    The keys are tried in their order, each on what those before left; of several items with one key the first is the
    first. Of those that are left then, two at one place are paired where ``same_place`` says so.
    """
    found: dict[int, int] = {}
    left = list(range(len(old)))
    for key in keys:
        waiting: defaultdict[Hashable, deque[int]] = defaultdict(deque)
        for index in left:
            if (known_by := key(old[index])) is not None:
                waiting[known_by].append(index)
        for index, item in enumerate(new):
            if index not in found and (known_by := key(item)) is not None and waiting[known_by]:
                found[index] = waiting[known_by].popleft()
        taken = set(found.values())
        left = [index for index in left if index not in taken]
    if same_place is not None:
        alone = [index for index in left if index < len(new) and index not in found]
        found |= {index: index for index in alone if same_place(old[index], new[index])}
    return found


def triples(
    base: Sequence[Data],
    ours: Sequence[Data],
    theirs: Sequence[Data],
    keys: Sequence[Key],
    *,
    same_place: SamePlace | None = None,
    new_keys: Sequence[Key] | None = None,
) -> list[Triple]:
    """Return every item of three lists once: those of ours in our order, then those of theirs, then of the base.

    ``new_keys`` are those by which what both sides added is the same, ``keys`` unless they are given.
    """
    of_ours = pairs(base, ours, keys, same_place)
    of_theirs = pairs(base, theirs, keys, same_place)
    new_ours = [index for index in range(len(ours)) if index not in of_ours]
    new_theirs = [index for index in range(len(theirs)) if index not in of_theirs]
    both = pairs(
        [ours[index] for index in new_ours],
        [theirs[index] for index in new_theirs],
        keys if new_keys is None else new_keys,
    )
    their_new = {new_ours[old]: new_theirs[new] for new, old in both.items()}
    their_known = {old: new for new, old in of_theirs.items()}
    found: list[Triple] = []
    for index in range(len(ours)):
        known = of_ours.get(index)
        found.append(Triple(known, index, their_new.get(index) if known is None else their_known.get(known)))
    seen = {triple.theirs for triple in found}
    found += [Triple(of_theirs.get(index), None, index) for index in range(len(theirs)) if index not in seen]
    held = {triple.base for triple in found}
    return found + [Triple(index, None, None) for index in range(len(base)) if index not in held]
