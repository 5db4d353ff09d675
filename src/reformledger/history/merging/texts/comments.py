"""The comments of a text, and which of them a merge would lose."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from reformledger.yamlio import Tree

_COMMENT = re.compile(r"#[^\n]*")
_HEADER = re.compile(r"[|>][^\n]*")


class Comment(NamedTuple):
    """A comment: the line it stands on, from 1, and its text from the ``#`` on."""

    line: int
    text: str


def comments(tree: Tree) -> Iterator[Comment]:
    """Yield the comments of a text in their order."""
    text, places = tree.text, tree.places
    position = 0
    for start, end, after in zip(places.starts, places.ends, places.after, strict=True):
        if after:
            continue  # a mapping or list: what is between its scalars is looked at
        yield from _between(tree, position, start)
        position = max(start, end)
        if header := _HEADER.match(text, start) if end > start else None:
            yield from _between(tree, start, header.end())
    yield from _between(tree, position, len(text))


def _between(tree: Tree, start: int, end: int) -> Iterator[Comment]:
    """Yield the comments among what is no scalar."""
    for found in _COMMENT.finditer(tree.text, start, end):
        yield Comment(tree.place_at(found.start())[0], found[0].rstrip())


class Lost(NamedTuple):
    """A comment that a merge would lose: where it stands in a side, ``of_ours`` or theirs."""

    comment: Comment
    of_ours: bool


def lost(base: Tree | None, ours: Tree, theirs: Tree, merged: Tree) -> list[Lost]:
    """Return the comments of either side that a merge lacks, each text once.

    A text that both sides have as often as the base, or more often, must be there as often as in the side that has
    more of it; where one side took some away, as often as in the side that has fewer.
    """
    counts = [
        Counter(comment.text for comment in comments(tree)) if tree else Counter()
        for tree in (base, ours, theirs, merged)
    ]
    before, mine, others, now = counts
    found: dict[str, Lost] = {}
    for of_ours, tree in ((True, ours), (False, theirs)):
        for comment in comments(tree):
            text = comment.text
            kept = min(mine[text], others[text]) >= before[text]
            wanted = (max if kept else min)(mine[text], others[text])
            if now[text] < wanted:
                found.setdefault(text, Lost(comment, of_ours))
    return list(found.values())
