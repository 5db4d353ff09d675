"""What targets count, in next year's ledger: under its new name, or nothing where some of it does not go on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import cast

from reformledger.book import Book, Entry
from reformledger.edits.draft import Mapped
from reformledger.i18n import _
from reformledger.model.entries import Counted
from reformledger.model.names import name_key
from reformledger.model.text import full_ref
from reformledger.yamlio import Data


class Recount:
    """How what targets count is called in ``year``; ``refs`` are the new refs by the old."""

    def __init__(self, book: Book, refs: Mapping[str, str], year: int, retitled: Callable[[str], str]) -> None:
        self._book = book
        self._refs = refs
        self._year = year
        self._retitled = retitled
        self.notes: list[str] = []
        """Sentences on targets that count nothing any more."""

    def targets(self, entry: Entry, raw: Mapped) -> list[Data]:
        """Return the targets of an entry as they are to be written."""
        targets = cast("list[Mapped]", raw["targets"])
        return [
            {**target, "counts": self._counts(entry, said.name, said.counts)} if said.counts else target
            for said, target in zip(entry.data.targets, targets, strict=True)
        ]

    def _counts(self, entry: Entry, name: str, counted: Counted) -> Mapped | None:
        if counted.phases:
            return {"phases": following(entry, counted.phases, self._refs, self._year)}
        if any(row.ref not in self._refs for row in self._rows(entry.year, counted)):
            sentence = _("What the target “{name}” of {ref} counts was left out: some of it is closed out.")
            self.notes.append(sentence.format(name=name, ref=self._refs[entry.ref]))
            return None
        return {"part": counted.part and self._retitled(counted.part), "level": counted.level}

    def _rows(self, year: int, counted: Counted) -> Iterator[Entry]:
        """Yield the rows that a target of ``year`` counts."""
        for group in self._book.groups:
            titles = {name_key(title) for title in (group.heading.title, group.table and group.table.title) if title}
            if group.year != year or (counted.part and name_key(counted.part) not in titles):
                continue
            for entry in group.entries():
                level = entry.row and name_key(entry.row.level or "")
                if entry.row and (counted.level is None or level == name_key(counted.level)):
                    yield entry


def following(entry: Entry, ref: str, refs: Mapping[str, str], year: int) -> str:
    """Return a reference to the same entry: under its new id where it goes on too."""
    whole = full_ref(ref, entry.year)
    return refs[whole].removeprefix(f"{year}/") if whole in refs else whole
