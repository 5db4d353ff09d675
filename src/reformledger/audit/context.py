"""What rules look at: the book, the day, and look-ups that several of them share."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import NamedTuple

from reformledger.audit.docnumbers import Number, numbers
from reformledger.audit.links import Links
from reformledger.audit.pointer import Pointer
from reformledger.audit.printed import Names, printed_names
from reformledger.book import Book, Entry, Group
from reformledger.loader import LoadedDocument
from reformledger.model.documents import DocumentKind, NameKind
from reformledger.text.folding import compact


class Found(NamedTuple):
    """What a rule found: one sentence with the facts in it, its place, and other places with a word on each."""

    message: str
    pointer: Pointer
    related: tuple[tuple[str, Pointer], ...] = ()


class Audit:
    """A book as of a day, with what several rules ask of it."""

    def __init__(self, book: Book, as_of: date, running: Collection[str], known: Collection[str]) -> None:
        self.book = book
        self.as_of = as_of
        self.running = running
        """The codes of the rules that run."""
        self.known = known
        """The codes of all rules that there are."""
        self.matched: set[tuple[str, str]] = set()
        """Ref and code of every acknowledgement that matched a finding."""

    def acknowledgement(self, code: str, entries: Sequence[Entry]) -> str | None:
        """Return why the office leaves a finding about ``entries``: the reason in the first that acknowledges it."""
        reasons = []
        for entry in entries:
            if code in entry.data.acknowledged:
                self.matched.add((entry.ref, code))
                reasons.append(entry.data.acknowledged[code])
        return reasons[0] if reasons else None

    def unmatched(self) -> Iterator[tuple[Entry, str]]:
        """Yield the acknowledgements that matched no finding, once all other rules have run."""
        for entry in self.book.entries:
            for code in entry.data.acknowledged:
                is_judged = code in self.running or code not in self.known
                if is_judged and (entry.ref, code) not in self.matched:
                    yield entry, code

    def knows_past(self, entry: Entry) -> bool:
        """Say whether all is loaded that an entry carries on, so that what was done in earlier years can be seen."""
        return [entry, *self.book.before(entry)][-1].data.carried_over_from is None

    def first_below(self, pointer: Pointer) -> Entry | None:
        """Return the first entry below the heading, count or note pointed at, or in its document; None without any."""
        if pointer.span:
            return None
        holder = pointer.path[:4] if pointer.path[2:3] == ("tables",) else pointer.path[:2]
        if holder[:1] not in {("parts",), ("sections",)}:
            holder = ()
        return next(
            (
                entries[0]
                for group, entries in self.members.items()
                if entries and group.loaded is pointer.loaded and group.path[: len(holder)] == holder
            ),
            None,
        )

    @cached_property
    def points(self) -> tuple[Entry, ...]:
        """The work points."""
        return tuple(entry for entry in self.book.entries if entry.row is None)

    @cached_property
    def rows(self) -> tuple[Entry, ...]:
        """The rows of the ledgers."""
        return tuple(entry for entry in self.book.entries if entry.row is not None)

    @cached_property
    def _names(self) -> dict[NameKind, Names]:
        return printed_names(self.book)

    def names(self, kind: NameKind) -> Names:
        """Return the names of offices or of people that entries print."""
        return self._names[kind]

    @cached_property
    def _years(self) -> dict[str, set[int]]:
        years: dict[str, set[int]] = {}
        for loaded in self.book.documents:
            years.setdefault(loaded.kind, set()).add(getattr(loaded.document, "year", 0))
        return years

    def years(self, kind: DocumentKind) -> set[int]:
        """Return the years of which documents of a kind are loaded."""
        return self._years.get(kind, set())

    @cached_property
    def document_numbers(self) -> list[Number]:
        """The document numbers of notices and entries, those in texts included."""
        return list(numbers(self.book))

    @cached_property
    def links(self) -> Links:
        """The rows and the work points that belong together."""
        return Links(self.book)

    @cached_property
    def members(self) -> dict[Group, list[Entry]]:
        """The entries of each section and table, in their order; those without any have none."""
        members: dict[Group, list[Entry]] = {group: [] for group in self.book.groups}
        for entry in self.book.entries:
            members[entry.group].append(entry)
        return members

    @cached_property
    def _by_heading(self) -> dict[tuple[int, str], list[Entry]]:
        """The rows by year and title of their part or of their table."""
        found: dict[tuple[int, str], list[Entry]] = {}
        for group, entries in self.members.items():
            if group.table is not None:
                for title in {compact(group.heading.title), compact(group.table.title or "")} - {""}:
                    found.setdefault((group.year, title), []).extend(entries)
        return found

    @cached_property
    def _lines(self) -> dict[str, tuple[list[int], list[Entry]]]:
        lines: dict[str, tuple[list[int], list[Entry]]] = {}
        for entry in self.book.entries:
            starts, entries = lines.setdefault(entry.file, ([], []))
            starts.append(entry.line)
            entries.append(entry)
        return lines

    def entry_at(self, loaded: LoadedDocument, line: int) -> Entry | None:
        """Return the entry to which a line of a file belongs; None before the first."""
        starts, entries = self._lines.get(loaded.name, ([], []))
        index = bisect_right(starts, line) - 1
        return entries[index] if index >= 0 else None

    def rows_of(self, year: int, part: str | None) -> list[Entry] | None:
        """Return the rows of a part or table of a year, or of all of it; None when there is no such part."""
        if part is None:
            return [row for row in self.rows if row.year == year]
        return self._by_heading.get((year, compact(part)))


def joined(names: Iterable[str]) -> str:
    """Return names in one piece of text, as the notice joins them."""
    return "、".join(names)
