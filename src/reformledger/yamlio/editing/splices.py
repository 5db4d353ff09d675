"""Splices: pieces of text to put in the place of others."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Splice(NamedTuple):
    """``text`` goes where the characters from ``start`` to ``end`` were."""

    start: int
    end: int
    text: str


def spliced(text: str, splices: Iterable[Splice]) -> str:
    """Return ``text`` with all splices made; of several insertions at one place the earlier given comes first."""
    parts: list[str] = []
    offset = 0
    for start, end, new in sorted(splices, key=lambda splice: (splice.start, splice.end)):
        parts += (text[offset:start], new)
        offset = end
    parts.append(text[offset:])
    return "".join(parts)
