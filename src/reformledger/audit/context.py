"""What rules look at: the book, the day, what entries print, and look-ups that several of them share."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from reformledger.audit.docnumbers import Number, numbers
from reformledger.audit.links import Links
from reformledger.audit.pointer import Pointer, at
from reformledger.book import Book
from reformledger.entry import Entry, Group, Headed, headings_over
from reformledger.loader import LoadedDocument
from reformledger.model.deadline import Deadline
from reformledger.model.documents import DOCUMENTS, DirectoryDocument, DocumentKind
from reformledger.model.entries import STAR_SIGN
from reformledger.named import Compared, KnownNames, names_within, own_names
from reformledger.standing import Standings, standings
from reformledger.text.folding import name_key, search_key
from reformledger.yamlio import Path


class Found(NamedTuple):
    """What a rule found: one sentence with the facts in it, its place, and other places with a word on each."""

    message: str
    pointer: Pointer
    related: tuple[tuple[str, Pointer], ...] = ()


class Names:
    """Every name of one kind that the entries print, in the order of the book."""

    def __init__(self) -> None:
        self.uses: dict[str, list[Pointer]] = {}
        """Where each spelling is printed."""
        self.times: Counter[str] = Counter()
        """How often each spelling is printed; what an entry carries on from an earlier year counts once."""
        self.by_key: dict[str, list[str]] = {}
        """The spellings of each name by its key."""
        self.rank: dict[str, int] = {}
        """Which of the names is printed first, by their keys."""

    def add(self, name: str, pointer: Pointer, *, is_new: bool) -> None:
        """Take down that a name is printed somewhere."""
        if name not in self.uses:
            self.uses[name] = []
            self.by_key.setdefault(name_key(name), []).append(name)
            self.rank.setdefault(name_key(name), len(self.rank))
        self.uses[name].append(pointer)
        self.times[name] += is_new

    def uses_of_key(self, key: str) -> list[Pointer]:
        """Return the uses of all spellings of a name."""
        return list(chain.from_iterable(self.uses[name] for name in self.by_key.get(key, ())))

    def times_of_key(self, key: str) -> int:
        """Return how often a name is printed, in whatever spelling."""
        return sum(self.times[name] for name in self.by_key.get(key, ()))


class Audit:
    """A book as of a day, with what several rules ask of it."""

    def __init__(self, book: Book, as_of: date, judged: Collection[str], known: Collection[str]) -> None:
        self.book = book
        self.as_of = as_of
        self.judged = judged
        """The codes of the rules whose acknowledgements are to match a finding."""
        self.known = known
        """The codes of all rules that there are."""
        self.matched: set[tuple[str, str]] = set()
        """Ref and code of every acknowledgement that matched a finding."""

    @property
    def standings(self) -> Standings:
        """How each entry is doing on the day; their book is without the records of days to come."""
        return standings(self.book, self.as_of)

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
                is_judged = code in self.judged or code not in self.known
                if is_judged and (entry.ref, code) not in self.matched:
                    yield entry, code

    def knows_past(self, entry: Entry) -> bool:
        """Say whether all is loaded that an entry carries on, so that what was done in earlier years can be seen."""
        return [entry, *self.book.before(entry)][-1].data.carried_over_from is None

    def first_below(self, pointer: Pointer) -> Entry | None:
        """Return the first entry below the heading, count or note pointed at, or in its document; None without any."""
        if pointer.span:
            return None
        holder: Path = ()
        for key, index in zip(pointer.path[::2], pointer.path[1::2], strict=False):
            if key not in {"sections", "parts", "tables"}:
                break
            holder = (*holder, key, index)
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
    def names(self) -> dict[Compared, Names]:
        """The names of offices and people that headings, entries and groups hold, each where it is written.

        Of the members of groups only those that are no other name of the directory.
        """
        whole = self.book.directory.whole_names
        names: dict[Compared, Names] = {"office": Names(), "person": Names()}
        for headed in self.headings:
            for use in own_names(headed.heading.data, whole, headed.heading.path):
                names[use.kind].add(use.name, Pointer(headed.loaded, use.path), is_new=True)
        for entry in self.book.entries:
            is_new = next(self.book.before(entry), None) is None
            for use in names_within(entry.data, whole):
                if use.path[0] not in entry.inherited:
                    names[use.kind].add(use.name, at(entry, *use.path), is_new=is_new)
        for loaded in self.book.documents:
            if isinstance(loaded.document, DirectoryDocument):
                for use in names_within(loaded.document, whole):
                    if not self.book.directory.knows(use.name):
                        names[use.kind].add(use.name, Pointer(loaded, use.path), is_new=True)
        return names

    @cached_property
    def several(self) -> dict[Compared, dict[str, list[str]]]:
        """What is written as one name and is made of several known ones, and these; not what the directory has."""
        known = KnownNames(self.book)
        return {
            kind: {
                name: several
                for name in names.uses
                if not self.book.directory.knows(name) and (several := known.several(kind, name))
            }
            for kind, names in self.names.items()
        }

    @cached_property
    def group_keys(self) -> set[str]:
        """The keys of the names that the directory declares to be those of groups."""
        return {name_key(known.name) for known in self.book.directory.names if known.kind == "group"}

    @cached_property
    def headings(self) -> Sequence[Headed]:
        """The sections, parts and tables of all documents, in their order."""
        return headings_over(self.book.groups)

    @cached_property
    def years(self) -> dict[DocumentKind, set[int]]:
        """The years of which documents of each kind are loaded."""
        years: dict[DocumentKind, set[int]] = {kind: set() for kind in DOCUMENTS}
        for loaded in self.book.documents:
            years[loaded.kind].add(getattr(loaded.document, "year", 0))
        return years

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
                for title in {search_key(group.heading.title), search_key(group.table.title or "")} - {""}:
                    found.setdefault((group.year, title), []).extend(entries)
        return found

    @cached_property
    def _by_file(self) -> dict[str, list[Entry]]:
        found: dict[str, list[Entry]] = {}
        for entry in self.book.entries:
            found.setdefault(entry.file, []).append(entry)
        return found

    def entry_at(self, loaded: LoadedDocument, line: int) -> Entry | None:
        """Return the entry to which a line of a file belongs; None before the first."""
        entries = self._by_file.get(loaded.name, [])
        after = bisect_right(entries, line, key=lambda entry: entry.line)
        return entries[after - 1] if after else None

    def rows_of(self, year: int, part: str | None) -> list[Entry] | None:
        """Return the rows of a part or table of a year, or of all of it; None when there is no such part."""
        if part is None:
            return [row for row in self.rows if row.year == year]
        return self._by_heading.get((year, search_key(part)))


def printed_deadline(due: Deadline | None) -> Deadline | None:
    """Return a deadline that is printed; None for that of a ☆ of an earlier year, of which only the ☆ is printed."""
    return None if due is None or due.wording == STAR_SIGN else due


def joined(names: Iterable[str]) -> str:
    """Return names in one piece of text, as the notice joins them."""
    return "、".join(names)
