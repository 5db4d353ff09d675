"""Names of offices and people: compared by their key, never rewritten."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from reformledger.text.folding import name_key

NameKind = Literal["office", "person"]


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
