"""The entries of documents as plain data, with the headings that they are under."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from reformledger.model.documents import DocumentKind
from reformledger.text.folding import without_marks
from reformledger.yamlio import Data, Mapped, mappings_in

Documents = Mapping[DocumentKind, Mapped]
WITH_ENTRIES: tuple[DocumentKind, ...] = ("workpoints", "ledger")
"""The kinds of documents that hold entries."""
_INSIDE = ("sections", "parts", "tables")
"""The keys of a document, or of a heading, under which headings are."""
_ENTRIES = ("points", "rows")


class PlainEntry(NamedTuple):
    """An entry, its document, and the headings over it (sections, parts, tables), the outermost first."""

    data: Mapped
    document: Mapped
    headings: tuple[Mapped, ...]

    @property
    def id(self) -> str:
        """Return the id."""
        return self.text("id")

    @property
    def title(self) -> str:
        """Return the title without declared marks before it."""
        marks = self.document.get("marks")
        return without_marks(self.text("title"), marks if isinstance(marks, dict) else ())[1]

    @property
    def is_point(self) -> bool:
        """Say whether it is a work point, no row of a ledger."""
        return self.document.get("kind") == "workpoints"

    @property
    def heading_titles(self) -> list[str]:
        """Return the titles over it, the outermost first; a table without one is left out."""
        return [title for heading in self.headings if isinstance(title := heading.get("title"), str) and title]

    @property
    def column_headings(self) -> Mapping[str, str]:
        """Return the columns that are printed over it, by their keys, as the nearest heading has them."""
        found = (heading.get("columns") for heading in reversed(self.headings))
        columns = next((each for each in found if isinstance(each, dict) and each), {})
        return {key: heading for key, heading in columns.items() if isinstance(heading, str)}

    def text(self, key: str) -> str:
        """Return the text of a field; blank where it has none."""
        value = self.data.get(key)
        return value if isinstance(value, str) else ""

    def effective(self, key: str) -> Data:
        """Return what the entry says for a key, else what the nearest heading says that says anything."""
        holders = (self.data, *reversed(self.headings))
        return next((value for holder in holders if (value := holder.get(key))), None)

    def names(self, key: str) -> list[str]:
        """Return the names that it has for a key, those of a heading included."""
        return texts_of(self.effective(key))


def texts_of(value: Data) -> list[str]:
    """Return the texts of a list, or of a single text."""
    if isinstance(value, str):
        return [value]
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def entries_of(document: Mapped | None) -> Iterator[PlainEntry]:
    """Yield the entries of a document of work points or of a ledger, in their order."""
    if document is not None:
        yield from _entries(document, document, ())


def _entries(holder: Mapped, document: Mapped, headings: tuple[Mapped, ...]) -> Iterator[PlainEntry]:
    for key in _ENTRIES:
        yield from (PlainEntry(entry, document, headings) for entry in mappings_in(holder.get(key)))
    for key in _INSIDE:
        for inner in mappings_in(holder.get(key)):
            yield from _entries(inner, document, (*headings, inner))


def headings_of(document: Mapped | None) -> Iterator[Mapped]:
    """Yield the sections, parts and tables of a document, in their order."""
    for key in _INSIDE:
        for inner in mappings_in(document.get(key) if document else None):
            yield inner
            yield from headings_of(inner)


def with_ids(data: Data, ids: Mapping[str, str]) -> Data:
    """Return data in which the entries that are keys of ``ids`` have, and go by, the ids that are their values."""
    if isinstance(data, list):
        return [with_ids(item, ids) for item in data]
    if not isinstance(data, dict):
        return data
    return {key: _with_ids(key, value, ids) for key, value in data.items()}


def _with_ids(key: str, value: Data, ids: Mapping[str, str]) -> Data:
    if key == "contacts" and isinstance(value, dict):
        return {ids.get(entry_id, entry_id): contact for entry_id, contact in value.items()}
    if key == "implements":
        return [ids.get(each, each) for each in texts_of(value)]
    if isinstance(value, str) and key in {"id", "phases"}:  # ``phases`` of what a target counts
        return ids.get(value, value)
    return with_ids(value, ids)
