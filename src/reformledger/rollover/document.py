"""A document carried over into another year: its headings, notes and counts, without what was that year's own."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import cast

from reformledger.edits.serialize import as_written
from reformledger.fields.documents import LEDGER, WORKPOINTS
from reformledger.model.documents import Path
from reformledger.star import explained_years
from reformledger.text.counts import count_in_title, recounted
from reformledger.text.folding import search_key
from reformledger.yamlio import Data, Mapped

_ENTRIES = frozenset({"points", "rows"})
_NESTED = frozenset({"sections", "parts", "tables"})
_RANGE = "—–~～至到/-"
_QUOTED = re.compile("(《(?:[^《》]|《[^《》]*》)*》)")
_FACT = "起|以来|[0-9]+月[0-9]+日"
"""Behind the year and 年: when something began or happened, which another year does not change."""


class DocumentRollover:
    """How a document of one year becomes that of another; ``entries`` are those that each list shall hold."""

    def __init__(self, old: int, new: int, entries: Mapping[Path, list[Data]]) -> None:
        self._old, self._new = old, new
        begin, end = f"(?<![0-9{_RANGE}]){old}(?=\\s*年(?!\\s*(?:[{_RANGE}]", ")))"
        self._year_named = re.compile(f"{begin}|{_FACT}{end}")
        self._year_of_stars = re.compile(f"{begin}{end}")
        self._entries = entries
        self._marks: Collection[str] = ()
        self.lost: list[str] = []
        """Printed counts and notes that were left out, for there is no sure new wording."""
        self.titles: dict[str, str] = {}
        """The new title of each part and table by the old one (folded)."""

    def document(self, old: Mapped) -> Mapped:
        """Return the document of the new year."""
        fields = WORKPOINTS if old["kind"] == "workpoints" else LEDGER
        self._marks = cast("Mapped", old.get("marks") or {})
        kept = {key: value for key, value in old.items() if not fields[key].stays}
        return cast("Mapped", as_written(self._renewed({**kept, "year": str(self._new)}, ())))

    def _renewed(self, old: Mapped, path: Path) -> Mapped:
        new: Mapped = {}
        for key, value in old.items():
            new[key] = self._value(key, value, (*path, key))
        held = sum(1 for _entry in entries_of(new))
        if new.get("count") is not None:
            new["count"] = self._recounted(str(new["count"]), held)
        if old.get("title") is not None:
            title = new["title"] = self._retitled(str(old["title"]), held)
            self.titles[search_key(str(old["title"]))] = title
            for point in cast("list[Mapped]", new.get("points") or []):
                if point.get("title_from"):
                    point["title"] = title
        return new

    def _value(self, key: str, value: Data, path: Path) -> Data:
        if key in _ENTRIES:
            return self._entries.get(path, [])
        if key in _NESTED and isinstance(value, list):
            return [self._renewed(cast("Mapped", item), (*path, index)) for index, item in enumerate(value)]
        if key == "notes" and isinstance(value, list):
            return [new for note in value if (new := self._note(str(note)))] or None
        return value

    def _retitled(self, title: str, held: int) -> str:
        if found := count_in_title(title):
            before, count = found
            title = before + (self._recounted(count, held) or "")
        return self._of_new_year(title, self._year_named)

    def _note(self, note: str) -> str | None:
        explained = explained_years(note, self._marks)
        new = self._of_new_year(note, self._year_of_stars if explained else self._year_named)
        if self._old in explained and self._new not in explained_years(new, self._marks):
            self.lost.append(note)
            return None
        return new

    def _of_new_year(self, text: str, year: re.Pattern[str]) -> str:
        """Return a text with the new year where it names the old one; not in spans of years, nor in titles in 《》."""
        pieces = _QUOTED.split(text)
        return "".join(piece if _QUOTED.match(piece) else year.sub(str(self._new), piece) for piece in pieces)

    def _recounted(self, count: str, number: int) -> str | None:
        new = recounted(count, number)
        if new is None:
            self.lost.append(count)
        return new


def entries_of(mapping: Mapped) -> Iterator[Mapped]:
    """Yield the entries of a document, section, part or table."""
    for key, value in mapping.items():
        for item in cast("list[Mapped]", value if isinstance(value, list) else ()):
            if key in _ENTRIES:
                yield item
            elif key in _NESTED:
                yield from entries_of(item)
