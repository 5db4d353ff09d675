"""Where two texts begin and end to differ."""

from __future__ import annotations

from typing import AnyStr, NamedTuple

_LONGEST = 1 << 20
"""How much is compared at once: what is compared is copied."""


class Span(NamedTuple):
    """The one stretch outside of which two texts are the same: from ``start`` to an end in each."""

    start: int
    old_end: int
    new_end: int


def changed_span(old: AnyStr, new: AnyStr) -> Span:
    """Return the shortest stretch of text or bytes that holds all differences."""
    start = _alike(old, new, min(len(old), len(new)), at_end=False)
    tail = _alike(old, new, min(len(old), len(new)) - start, at_end=True)
    return Span(start, len(old) - tail, len(new) - tail)


def _alike(old: AnyStr, new: AnyStr, most: int, *, at_end: bool) -> int:
    """Return how much is the same at the beginning or end, at most ``most``; found by halving, for large files."""
    known, step = 0, min(most, _LONGEST)
    while step:
        if at_end:
            a = old[len(old) - known - step : len(old) - known]
            b = new[len(new) - known - step : len(new) - known]
        else:
            a, b = old[known : known + step], new[known : known + step]
        if a == b:
            known += step
            step = min(step, most - known)
        else:
            step //= 2
    return known
