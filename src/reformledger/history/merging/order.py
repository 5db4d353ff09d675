"""The order of what two sides moved, added and took out."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Sequence
from typing import NamedTuple, TypeVar

from reformledger.history.ordering import moved

T = TypeVar("T", bound=Hashable)


class Ordered(NamedTuple):
    """Items in the order of both sides, and those that both moved, each to another place."""

    items: list[Hashable]
    clashing: list[Hashable]


def combined(
    base: Sequence[Hashable],
    ours: Sequence[Hashable],
    theirs: Sequence[Hashable],
    wanted: Collection[Hashable],
    *,
    prefer_ours: bool = True,
) -> Ordered:
    """Return the ``wanted`` items in our order, or in theirs where only they moved some.

    What one side alone has follows what it follows there, behind what the other side put there. What both moved, each
    to another place, clashes: then the order is that of the preferred side.
    """
    kept = set(base).intersection(ours, theirs, wanted)
    old, our, their = ([item for item in side if item in kept] for side in (base, ours, theirs))
    clashing: list[Hashable] = []
    first, other = ours, theirs
    moves: list[Hashable] = []
    if their not in (our, old):
        if old == our:
            first, other = theirs, ours
        else:
            of_theirs = moved(old, their)
            clashing = [item for item in our if item in moved(old, our) & of_theirs and _differ(item, our, their)]
            moves = [] if clashing else [item for item in their if item in of_theirs]
            if clashing and not prefer_ours:
                first, other = theirs, ours
    items = [item for item in first if item in wanted and item not in moves]
    _insert(items, (item for item in their if item in moves), their, ())
    added = [item for item in other if item in wanted and item not in items]
    _insert(items, added, other, {item for item in items if item not in kept})
    return Ordered(items, clashing)


def joined(ours: Iterable[T], theirs: Iterable[T]) -> list[T]:
    """Return what either side has in our order; what only theirs has follows what it follows there."""
    items, other = list(ours), list(theirs)
    _insert(items, [item for item in other if item not in set(items)], other, set(items) - set(other))
    return items


def _differ(item: Hashable, ours: Sequence[Hashable], theirs: Sequence[Hashable]) -> bool:
    """Say whether an item follows another one in either order."""
    return _before(item, ours) != _before(item, theirs)


def _before(item: Hashable, order: Sequence[Hashable]) -> Hashable | None:
    place = order.index(item)
    return order[place - 1] if place else None


def _insert(items: list[T], added: Iterable[T], order: Sequence[T], passed: Collection[T]) -> None:
    """Insert each item behind the nearest one before it in an order, and behind what is to be ``passed`` there."""
    places = {item: place for place, item in enumerate(order)}
    for item in added:
        before = (each for each in reversed(order[: places[item]]) if each in items)
        known = next(before, None)
        at = 0 if known is None else items.index(known) + 1
        while at < len(items) and items[at] in passed:
            at += 1
        items.insert(at, item)
