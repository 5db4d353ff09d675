"""Which of some things moved: the fewest that explain a new order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Sequence
from typing import TypeVar

_Item = TypeVar("_Item", bound=Hashable)


def moved(old: Sequence[_Item], new: Sequence[_Item]) -> set[_Item]:
    """Return the fewest items that have to move to bring ``old`` into the order of ``new``; both hold each item once.

    All others are a longest increasing subsequence of the old places, in the new order.
    """
    places = {item: place for place, item in enumerate(old)}
    ends: list[int] = []
    """The old place in which the sequence of each length ends, the least there is."""
    last: list[int] = []
    """The place in ``new`` of that end."""
    before: list[int] = []
    """The place in ``new`` of what comes before each item in its sequence; -1 for the first."""
    for at, item in enumerate(new):
        length = bisect_left(ends, places[item])
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1] = [places[item]]
        last[length : length + 1] = [at]
    stayed: set[_Item] = set()
    at = last[-1] if last else -1
    while at >= 0:
        stayed.add(new[at])
        at = before[at]
    return {item for item in new if item not in stayed}
