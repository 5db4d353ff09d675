"""Names in one piece of text: where it joins several, and what each of them is."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from reformledger.i18n import _
from reformledger.text.folding import name_key

JOINING = "、，,；;"
"""The characters that join names; within brackets, or in a name that is declared whole, they are part of one."""
_LOOSELY = re.compile(rf"以及|[{JOINING}和与及跟同/／\\＼|｜&＆+＋\s]")
"""What people put between names besides; many a name holds one of these."""
_LONGEST = 100  # characters; no text of more is made of names alone
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


def known_names_in(text: str, known: Collection[str], *, unjoined: bool = False) -> list[str]:
    """Return the names that a text is made of, where they are several and each is ``known`` (by its key); else none.

    They may be joined as people do it (周敏 黄志远, 周敏/黄志远, 谢强和刘自力), or by nothing at all where names are
    written ``unjoined`` (周敏黄志远).
    """
    if len(text) > _LONGEST or not (unjoined or _LOOSELY.search(text)):
        return []
    after = {joint.start(): joint.end() for joint in _LOOSELY.finditer(text)}
    ends = range(1, len(text) + 1) if unjoined else sorted({*after, len(text)})
    found: dict[int, list[str]] = {len(text): []}
    """The names that the rest of the text is made of, by where it begins."""
    for start in range(len(text) - 1, -1, -1):
        for end in ends:
            rest = next((found[place] for place in _starts(end, after, unjoined=unjoined) if place in found), None)
            is_part = 0 < end - start < len(text)
            if is_part and rest is not None and name_key(text[start:end]) in known:
                found[start] = [text[start:end].strip(), *rest]
                break
    names = found.get(0, [])
    return names if len(names) > 1 else []


def only_one(key: str, names: Iterable[str]) -> str:
    """Return the sentence that a key takes one of several names that were given to it."""
    return _("“{key}” takes one name; give one of: {names}.").format(key=key, names=_(", ").join(names))


def _starts(end: int, after: dict[int, int], *, unjoined: bool) -> Iterator[int]:
    """Yield where the next name may begin behind one that ends at ``end``: behind what joins them."""
    place = end
    while place in after:
        place = after[place]
        yield place
    if unjoined or place == end:
        yield end
