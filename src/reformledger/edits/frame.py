"""The frame of a document in another year: its headings, notes and counts, without what was that year's own."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import cast

from reformledger.edits.counts import recounted
from reformledger.edits.draft import Mapped
from reformledger.edits.house import as_written
from reformledger.model.documents import Path
from reformledger.yamlio import Data

_OF_ITS_YEAR = frozenset({"notice", "general_idea", "removed"})
_ENTRIES = frozenset({"points", "rows"})
_NESTED = frozenset({"sections", "parts", "tables"})
_RANGE = "—–~～至到/-"


class Frame:
    """How a document of one year becomes the frame of another's; ``entries`` gives those that a list shall hold."""

    def __init__(self, old: int, new: int, entries: Callable[[Path], list[Data]]) -> None:
        self._new = new
        self._year = re.compile(f"(?<![0-9{_RANGE}]){old}(?=\\s*年(?!\\s*[{_RANGE}]))")
        self._entries = entries
        self.lost: list[str] = []
        """Printed counts that could not be written anew, and were left out rather than be wrong."""

    def retitled(self, text: str) -> str:
        """Return a heading or note with the new year where it names the old one; a span of years stays."""
        return self._year.sub(str(self._new), text)

    def document(self, old: Mapped) -> Mapped:
        """Return the document of the new year."""
        kept = {key: value for key, value in old.items() if key not in _OF_ITS_YEAR}
        return cast("Mapped", as_written(self._framed({**kept, "year": str(self._new)}, ())))

    def _framed(self, old: Mapped, path: Path) -> Mapped:
        new: Mapped = {}
        for key, value in old.items():
            new[key] = self._value(key, value, (*path, key))
        if new.get("count") is not None:
            new["count"] = self._recounted(str(new["count"]), _held(new))
        return new

    def _value(self, key: str, value: Data, path: Path) -> Data:
        if key in _ENTRIES:
            return self._entries(path)
        if key in _NESTED and isinstance(value, list):
            return [self._framed(cast("Mapped", item), (*path, index)) for index, item in enumerate(value)]
        if key == "title" and isinstance(value, str):
            return self.retitled(value)
        if key == "notes" and isinstance(value, list):
            return [self.retitled(str(note)) for note in value]
        return value

    def _recounted(self, count: str, number: int) -> str | None:
        new = recounted(count, number)
        if new is None:
            self.lost.append(count)
        return new


def _held(mapping: Mapped) -> int:
    """Return how many entries stand in a section, part or table."""
    held = 0
    for key, value in mapping.items():
        if isinstance(value, list):
            held += len(value) if key in _ENTRIES else 0
            held += sum(_held(cast("Mapped", item)) for item in value) if key in _NESTED else 0
    return held
