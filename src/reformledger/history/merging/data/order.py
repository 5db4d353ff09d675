"""The order of what two sides moved, added and took out."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Sequence
from typing import Generic, NamedTuple, TypeVar

from reformledger.history.comparing.ordering import moved

T = TypeVar("T", bound=Hashable)


class Ordered(NamedTuple, Generic[T]):
    """Items in the order of both sides, and those that both moved, each to another place."""

    items: list[T]
    clashing: list[T]


def combined(
    base: Sequence[T], ours: Sequence[T], theirs: Sequence[T], wanted: Collection[T], *, prefer_ours: bool = True
) -> Ordered[T]:
    """Return the ``wanted`` items in our order, or in theirs where only they moved some.

    What one side alone has follows what it follows there, behind what the other side put there. What both moved, each
    to another place, clashes: then the order is that of the preferred side.
    """
    kept = set(base).intersection(ours, theirs, wanted)
    old, our, their = ([item for item in side if item in kept] for side in (base, ours, theirs))
    first, other, moves, stayed = ours, theirs, set[T](), their
    clashing: list[T] = []
    if their not in (our, old):
        if old == our:
            first, other = theirs, ours
        else:
            of_ours, of_theirs = moved(old, our), moved(old, their)
            of_both = of_ours & of_theirs
            follows = [dict(zip(side[1:], side, strict=False)) for side in (our, their)]
            clashing = [item for item in our if item in of_both and follows[0].get(item) != follows[1].get(item)]
            moves = set() if clashing else of_theirs - of_ours
            stayed = [item for item in their if item not in of_ours]
            if clashing and not prefer_ours:
                first, other = theirs, ours
    items = _with([item for item in first if item in wanted and item not in moves], moves, stayed)
    there = set(items)
    return Ordered(_with(items, {item for item in other if item in wanted} - there, other), clashing)


def joined(ours: Iterable[T], theirs: Iterable[T]) -> list[T]:
    """Return what either side has in our order; what only theirs has follows what it follows there."""
    items, other = list(ours), list(theirs)
    return _with(items, set(other) - set(items), other)


def _with(items: list[T], added: Collection[T], order: Sequence[T]) -> list[T]:
    """Return items with others added: each behind what it follows in an order, and behind what is not in that order."""
    if not added:
        return items
    there, known = set(items), set(order)
    following: dict[T | None, list[T]] = {}
    before: T | None = None
    for item in order:
        if item in added:
            following.setdefault(before, []).append(item)
        elif item in there:
            before = item
    found: list[T] = []
    waiting = following.get(None, [])
    for item in items:
        if item in known:
            found += waiting
            waiting = following.get(item, [])
        found.append(item)
    return found + waiting
