"""Names in one piece of text: where it joins several, and what each of them is."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from reformledger.text.folding import name_key

JOINING = "、，,；;"
"""The characters that join names; within brackets, or in a name that is declared whole, they are part of one."""
_OPENING, _CLOSING = "(（", ")）"


def joints(text: str) -> list[int]:
    """Return the places of the characters that join names, those within brackets left out.

    A bracket that is not closed, or was not opened, holds nothing together.
    """
    found: list[int] = []
    opened: list[int] = []
    for place, character in enumerate(text):
        if character in JOINING:
            found.append(place)
        elif character in _OPENING:
            opened.append(len(found))
        elif character in _CLOSING and opened:
            del found[opened.pop() :]
    return found


def whole_names(spellings: Iterable[str]) -> frozenset[str]:
    """Return the keys of the names that would be taken for several, were they not declared to be one."""
    return frozenset(name_key(spelling) for spelling in spellings if joints(spelling))


def split_names(text: str, whole: Collection[str] = ()) -> list[str]:
    """Return the names that a text joins; of ``whole``, the keys of names declared to be one, the longest first."""
    edges = [-1, *joints(text), len(text)]
    names: list[str] = []
    start, last = 0, len(edges) - 1
    while start < last:
        ends = range(last, start, -1) if whole else ()
        end = next((end for end in ends if name_key(text[edges[start] + 1 : edges[end]]) in whole), start + 1)
        names.append(text[edges[start] + 1 : edges[end]].strip())
        start = end
    return [name for name in names if name]
