"""Names of offices and people: compared by a key of our own, never rewritten."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Literal, NamedTuple

NameKind = Literal["office", "person"]

# White space and what cannot be seen: zero-width characters, word joiner, byte order mark, soft hyphen.
_UNSEEN = re.compile("[\\s\u200b-\u200d\u2060\ufeff\u00ad]+")
# The dots that people type between the parts of a name (阿米尔·吐尔逊) are one sign.
_DOTS = str.maketrans(dict.fromkeys("・•‧∙⋅･", "·"))


@cache
def name_key(name: str) -> str:
    """Return what two spellings of one name have in common: NFKC, no spaces, one sort of middle dot.

    ``李  艺``, ``李　艺`` and a compatibility form of 李 (U+F9E1) all give ``李艺``.
    """
    if name.isascii():
        return _UNSEEN.sub("", name)
    return _UNSEEN.sub("", unicodedata.normalize("NFKC", name).translate(_DOTS))


class DirectoryName(NamedTuple):
    """One office or person of the directory with the other words that mean the same."""

    name: str
    also: tuple[str, ...]
    kind: NameKind


class Directory:
    """Which names mean the same office or person; names that it does not hold mean themselves."""

    def __init__(self, names: Iterable[DirectoryName] = ()) -> None:
        self.names = tuple(names)
        self._canonical: dict[str, str] = {}
        self._preferred: dict[str, str] = {}
        for entry in self.names:
            canonical = name_key(entry.name)
            self._preferred[canonical] = entry.name
            for spelling in (entry.name, *entry.also):
                self._canonical[name_key(spelling)] = canonical

    def key(self, name: str) -> str:
        """Return the key that all spellings of the same office or person share."""
        key = name_key(name)
        return self._canonical.get(key, key)

    def knows(self, name: str) -> bool:
        """Say whether the directory holds ``name``, as its own word or as another for it."""
        return name_key(name) in self._canonical

    def preferred(self, name: str) -> str:
        """Return the directory's own word for ``name``, or ``name`` when it has none."""
        return self._preferred.get(self.key(name), name)
