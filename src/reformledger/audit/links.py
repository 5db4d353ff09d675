"""Which work points a row carries out: those that it names, else those that quote its document."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, cached_property
from typing import NamedTuple

from reformledger.audit.pointer import Pointer, at
from reformledger.book import Book
from reformledger.entry import Entry
from reformledger.text.folding import title_key
from reformledger.text.titles import Shelf, documents


class Quotation(NamedTuple):
    """A document that an entry names: its title, its key, and its place."""

    title: str
    key: str
    pointer: Pointer

    @classmethod
    def of(cls, title: str, pointer: Pointer) -> Quotation:
        """Return the quotation of a title."""
        return cls(title, title_key(title), pointer)


class Links:
    """The rows and the work points that belong together."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self.quotations: Callable[[Entry], tuple[Quotation, ...]] = cache(_quotations_of)
        """The documents that an entry names."""
        self.shelf: Callable[[Entry], Shelf] = cache(lambda point: Shelf(each.key for each in self.quotations(point)))
        """The documents that a work point names, to look others up in."""
        self._pairs = [(row, points) for row in book.entries if row.row and (points := self._points_of(row))]
        self.rows: dict[str, list[Entry]] = {}
        """The rows of each work point, by its ref; points without any are missing."""
        for row, points in self._pairs:
            for point in points:
                rows = self.rows.setdefault(point.ref, [])
                # A row that goes on under a work point of the year before is there already.
                if point.year == row.year or not any(earlier in rows for earlier in book.before(row)):
                    rows.append(row)

    def all_rows(self, point: Entry) -> list[Entry]:
        """Return the rows of a work point, with those that were closed out in earlier years under the same one."""
        done = (row for earlier in self._book.before(point) for row in self.rows.get(earlier.ref, ()) if row.closing)
        return [*self.rows.get(point.ref, ()), *done]

    def pairs(self) -> Iterator[tuple[Entry, list[Entry]]]:
        """Yield every row that carries out work points, with these."""
        yield from self._pairs

    def _points_of(self, row: Entry) -> list[Entry]:
        refs = dict.fromkeys(self._book.implemented_refs(row))
        if refs:
            return [point for ref in refs if (point := self._book.get(ref)) and point.row is None]
        quoting = {point.ref: point for point, _quotation in self.quoting(row)}
        # Which of several is meant, only the office can say.
        return list(quoting.values()) if len(quoting) == 1 else []

    @cached_property
    def _points_by_document(self) -> dict[tuple[int, str], list[tuple[Entry, Quotation]]]:
        found: dict[tuple[int, str], list[tuple[Entry, Quotation]]] = {}
        for entry in self._book.entries:
            if entry.row is None:
                for quotation in self.quotations(entry):
                    found.setdefault((entry.year, quotation.key), []).append((entry, quotation))
        return found

    def quoting(self, row: Entry) -> list[tuple[Entry, Quotation]]:
        """Return the work points of a row's year that quote its document, and where.

        None quotes that of a ledger which says that it carries out no work points.
        """
        if getattr(row.group.loaded.document, "independent", False):
            return []
        return [
            found
            for quotation in self.quotations(row)
            for found in self._points_by_document.get((row.year, quotation.key), ())
        ]


def _quotations_of(entry: Entry) -> tuple[Quotation, ...]:
    """Return the documents of an entry: those in its title, for a work point also those in its text.

    The title of a scheme without quotation marks is a document as a whole.
    """
    found = [
        Quotation.of(title, at(entry, field, part=title))
        for field in (("title",) if entry.row else ("title", "text"))
        for title in documents(getattr(entry.data, field) or "")
    ]
    if not found and entry.kind in {"scheme", "review"}:
        found.append(Quotation.of(entry.bare_title, at(entry, "title")))
    return tuple(found)
