"""Every loaded document and the look-ups over them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from copy import copy
from datetime import date
from functools import cached_property
from operator import itemgetter
from typing import NamedTuple, cast

from reformledger.entry import Entry, groups_of
from reformledger.errors import DataError, Fault, UsageError
from reformledger.i18n import _
from reformledger.loader import LoadedDocument
from reformledger.model.as_of import as_of, record_days
from reformledger.model.contradictions import directory_faults
from reformledger.model.deadline import Deadline
from reformledger.model.documents import (
    Contact,
    Contacts,
    Directory,
    DirectoryDocument,
    DirectoryEntry,
    Ledger,
    Workpoints,
)
from reformledger.model.text import full_ref
from reformledger.text.folding import option_key
from reformledger.text.nearest import nearest, nearest_advice


class NewestRecord(NamedTuple):
    """The newest day that any record of a book bears, and the entry whose record it is."""

    day: date
    entry: Entry


class Book:
    """All documents together; raises ``DataError`` when they contradict each other (one ref in two places)."""

    def __init__(self, documents: Iterable[LoadedDocument]) -> None:
        order = {"workpoints": 0, "ledger": 1}
        self.documents = tuple(
            sorted(documents, key=lambda d: (getattr(d.document, "year", 0), order.get(d.kind, 2), d.name))
        )
        self.groups = tuple(group for loaded in self.documents for group in groups_of(loaded))
        """Every section and table that holds entries."""
        self._set_entries(entry for group in self.groups for entry in group.entries())
        self.directory = Directory(
            entry
            for loaded in self.documents
            if isinstance(loaded.document, DirectoryDocument)
            for entry in loaded.document.names
        )
        faults = [*self._double_refs(), *self._directory_faults(), *self._double_contacts()]
        if faults:
            raise DataError(faults)

    def _set_entries(self, entries: Iterable[Entry]) -> None:
        self.entries = tuple(self._with_days(entry) for entry in entries)
        """Every entry: year by year, work points before ledger, each in the order of its file."""
        self._by_ref = {entry.ref: entry for entry in self.entries}

    def _with_days(self, entry: Entry) -> Entry:
        """Return an entry whose deadlines are counted from its date of issue, where a wording counts from there."""
        if not entry.is_counted_from_issue:
            return entry
        from reformledger.model.relative import with_days  # few ledgers count so

        data = with_days(entry.data, self.issued(entry), is_known=self._known_issue(entry) is not None)
        return Entry(data, entry.group, entry.index, entry.kind, entry.inherited)

    def _double_refs(self) -> Iterator[Fault]:
        if len(self._by_ref) == len(self.entries):
            return
        first: dict[str, Entry] = {}
        doubles: dict[str, list[tuple[Entry, Entry]]] = {}
        for entry in self.entries:
            other = first.setdefault(entry.ref, entry)
            if other is not entry:
                doubles.setdefault(entry.file, []).append((entry, other))
        for file, pairs in doubles.items():
            others = {other.file for _entry, other in pairs}
            if len(pairs) > 1 and others != {file} and len(pairs) == sum(e.file == file for e in self.entries):
                yield _copied(*pairs[0])
            else:
                yield from (_twice(entry, other) for entry, other in pairs)

    def _directory_faults(self) -> Iterator[Fault]:
        """Find what contradicts itself between two directories (within one file the loader finds it)."""
        directories: list[LoadedDocument] = []
        starts: list[int] = []
        names: list[DirectoryEntry] = []
        for loaded in self.documents:
            if isinstance(loaded.document, DirectoryDocument):
                directories.append(loaded)
                starts.append(len(names))
                names += loaded.document.names
        for fault in directory_faults(((index,), entry) for index, entry in enumerate(names)):
            index = int(fault.path[0])
            owner = bisect_right(starts, index) - 1
            loaded = directories[owner]
            place = loaded.tree.place(("names", index - starts[owner], *fault.path[1:]))
            yield Fault(loaded.name, *place, fault.message, fault.advice)

    def _double_contacts(self) -> Iterator[Fault]:
        seen: dict[str, str] = {}
        for loaded in self.documents:
            if isinstance(loaded.document, Contacts):
                for entry_id in loaded.document.contacts:
                    other = seen.setdefault(f"{loaded.document.year}/{entry_id}", loaded.name)
                    if other != loaded.name:
                        message = _("{id} already has a contact in {place}.").format(id=entry_id, place=other)
                        place = loaded.tree.place(("contacts", entry_id), key=True)
                        yield Fault(loaded.name, *place, message, _("Keep one of them."))

    @cached_property
    def _contacts(self) -> dict[str, Contact]:
        return {
            f"{loaded.document.year}/{entry_id}": contact
            for loaded in self.documents
            if isinstance(loaded.document, Contacts)
            for entry_id, contact in loaded.document.contacts.items()
        }

    @cached_property
    def _successors(self) -> dict[str, Entry]:
        return {entry.data.carried_over_from: entry for entry in self.entries if entry.data.carried_over_from}

    @cached_property
    def carries_over(self) -> bool:
        """Whether any entry carries one of an earlier year on."""
        return bool(self._successors)

    def successor(self, entry: Entry) -> Entry | None:
        """Return the entry of a later year in which one goes on."""
        found = self._successors.get(entry.ref) if self._successors else None
        return found if found is not None and found.year > entry.year else None

    def after(self, entry: Entry) -> Iterator[Entry]:
        """Yield the entries of later years in which one goes on, the earliest first."""
        while (following := self.successor(entry)) is not None:
            yield following
            entry = following

    def is_carried_over(self, entry: Entry, as_of: date) -> bool:
        """Say whether an entry goes on in a later year that has begun by a day."""
        following = self.successor(entry)
        return following is not None and as_of >= date(following.year, 1, 1)

    @cached_property
    def _issues(self) -> dict[int, date]:
        """The day of issue of the first notice of each year."""
        issues: dict[int, date] = {}
        for loaded in self.documents:
            document = loaded.document
            if isinstance(document, Workpoints | Ledger) and document.notice:
                issues.setdefault(document.year, document.notice.issued)
        return issues

    def issued(self, entry: Entry) -> date:
        """Return the date of issue of an entry.

        It is the day on which it was assigned, else that of its document's notice, else of a notice of the same year,
        else 1 January.
        """
        return self._known_issue(entry) or date(entry.year, 1, 1)

    def _known_issue(self, entry: Entry) -> date | None:
        if entry.data.assigned:
            return entry.data.assigned
        notice = getattr(entry.group.loaded.document, "notice", None)
        return cast("date", notice.issued) if notice else self._issues.get(entry.year)

    def calendar(self, entry: Entry) -> Deadline | None:
        """Return the return calendar of an entry's document."""
        return getattr(entry.group.loaded.document, "reporting", None)

    def as_of(self, day: date) -> Book:
        """Return the book as its records were at the end of a day; the very same where none is later."""
        newest = self.newest_record
        if newest is None or newest.day <= day:
            return self
        book = copy(self)
        # What was looked up once is looked up anew: it may rest on later records.
        for name in [name for name, value in vars(Book).items() if isinstance(value, cached_property)]:
            vars(book).pop(name, None)
        entries = (
            Entry(as_of(entry.data, day), entry.group, entry.index, entry.kind, entry.inherited)
            for entry in self.entries
        )
        book._set_entries(entries)  # noqa: SLF001 - of the same class
        return book

    @cached_property
    def _implementers(self) -> dict[str, list[Entry]]:
        rows: dict[str, list[Entry]] = {}
        for entry in self.entries:
            for ref in self.implemented_refs(entry):
                rows.setdefault(ref, []).append(entry)
        return rows

    @cached_property
    def newest_record(self) -> NewestRecord | None:
        """The newest day of any record, None without any; a clock that is behind it is probably wrong."""
        days = ((day, entry) for entry in self.entries for day in record_days(entry.data))
        newest = max(days, key=itemgetter(0), default=None)
        return NewestRecord(*newest) if newest else None

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The years of which there are entries, earliest first."""
        return tuple(sorted({entry.year for entry in self.entries}))

    def contact(self, entry: Entry) -> Contact | None:
        """Return the contact of an entry, where the contacts are loaded."""
        return self._contacts.get(entry.ref)

    def get(self, ref: str) -> Entry | None:
        """Return the entry with this id and year (``2020/point-4``), or None."""
        return self._by_ref.get(ref)

    def find(self, word: str) -> Entry:
        """Return the entry that a person names: ``point-4`` (of the newest year that has it) or ``2020/point-4``.

        Case and width do not matter. Raises ``UsageError`` for an id that is not there, naming the nearest.
        """
        return self._by_ref[refs_named(word, self._by_ref, self.years)[-1]]

    def before(self, entry: Entry) -> Iterator[Entry]:
        """Yield the entries of earlier years that one carries on, the latest first, as far as they are loaded."""
        year = entry.year
        earlier = self.get(entry.data.carried_over_from or "")
        while earlier and earlier.year < year:
            yield earlier
            year = earlier.year
            earlier = self.get(earlier.data.carried_over_from or "")

    def implemented_refs(self, entry: Entry) -> list[str]:
        """Return the refs of the work points that a row says it carries out, whether they are loaded or not."""
        if entry.row is None:
            return []
        return [full_ref(ref, entry.year) for ref in entry.row.implements]

    def implementers(self, entry: Entry) -> Sequence[Entry]:
        """Return the rows that carry out a work point."""
        return self._implementers.get(entry.ref, ())


def _copied(entry: Entry, other: Entry) -> Fault:
    place = entry.group.loaded.tree.place(("year",))
    message = _("All that stands here stands in {file} too, with the same year and ids: is it a copy?")
    advice = _("Take the copy out of the folder, or give it its own year.")
    return Fault(entry.file, *place, message.format(file=other.file), advice)


def _twice(entry: Entry, other: Entry) -> Fault:
    place = entry.group.loaded.tree.place((*entry.group.path, entry.index, "id"))
    message = _("The id {id} of {year} already stands at {place}.").format(
        id=entry.id, year=entry.year, place=other.place
    )
    return Fault(entry.file, *place, message, _("Each entry of a year needs an id of its own."))


def refs_named(word: str, refs: Collection[str], years: Iterable[int]) -> list[str]:
    """Return which of ``refs`` (``2020/point-4``) a person names, in the order of ``years`` where several have an id.

    Raises ``UsageError`` as ``Book.find`` does.
    """
    wanted = option_key(word)
    if wanted in refs:
        return [wanted]
    if found := [ref for year in years if (ref := f"{year}/{wanted}") in refs]:
        return found
    year, slash, _id = wanted.partition("/")  # another year's entry is not what was meant
    known = [ref for ref in refs if ref.startswith(f"{year}/")] if slash else [ref.partition("/")[2] for ref in refs]
    advice = nearest_advice(nearest(wanted, dict.fromkeys(known)))
    raise UsageError(_("There is no entry {id}.").format(id=word), advice or _("“reformledger list” shows the ids."))
