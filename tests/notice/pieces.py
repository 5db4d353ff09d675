"""What the printed and the rebuilt notice have in common: named pieces, compared without white space."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import TypeVar

Content = TypeVar("Content")


def squeeze(text: str) -> str:
    """Return ``text`` without white space: the page's line breaks and stray spaces mean nothing."""
    return re.sub(r"\s+", "", text)


def named(pieces: Iterable[tuple[str, Content]]) -> dict[str, Content]:
    """Number pieces of one kind in the order given: ``point-1``, ``point-2``, ``task-columns-1``."""
    seen: Counter[str] = Counter()
    result = {}
    for kind, content in pieces:
        seen[kind] += 1
        result[f"{kind}-{seen[kind]}"] = content
    return result
