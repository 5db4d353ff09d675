"""The documents as the intents so far leave them, before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from reformledger.book import Book, refs_named
from reformledger.edits.commands import LEFT_OPEN, command_line, filled_in
from reformledger.edits.intents import Intent, Reopen
from reformledger.edits.plain import alone, at, is_within_entry
from reformledger.edits.serialize import file_text, key_order
from reformledger.entry import Group
from reformledger.errors import RefusedError, SentenceError, UsageError, display_name
from reformledger.fields.documents import DOCUMENTS, in_words
from reformledger.fields.entry import ENTRY
from reformledger.fields.field import Fields
from reformledger.files.journal import Written
from reformledger.i18n import _, sentences
from reformledger.loader import InvalidDataError, LoadedDocument, checked
from reformledger.matter import Matter
from reformledger.model.contradictions import DataFault
from reformledger.model.deadline import Deadline
from reformledger.model.documents import Document, DocumentKind, Path
from reformledger.model.entries import Closing, EntryFields, LedgerRow, WorkPoint
from reformledger.model.life import closing, current_deadline
from reformledger.model.phases import PhaseState, phase_states, phase_word
from reformledger.yamlio import Data, Mapped
from reformledger.yamlio.editing import AddKey, Edit, Insert, Remove, SetValue, applied

if TYPE_CHECKING:
    from reformledger.named import KnownNames

_SCHEMA_LINE = "# yaml-language-server:"


class DraftEntry(NamedTuple):
    """An entry in a draft: its place, its plain and its validated data, and what follows from them."""

    ref: str
    loaded: LoadedDocument
    path: Path
    raw: Mapped
    data: EntryFields
    group: Group
    year: int

    @property
    def place(self) -> str:
        """Return ``file:line`` of the entry as it was read."""
        return f"{self.loaded.name}:{self.loaded.tree.place(self.path)[0]}"

    @property
    def phases(self) -> tuple[PhaseState, ...]:
        """Return its phases, dated parts of its deadline included."""
        return phase_states(self.data)

    @property
    def deadline(self) -> Deadline | None:
        """Return the deadline that counts now."""
        return current_deadline(self.data, self.phases, self.year)

    @property
    def closing(self) -> Closing | None:
        """Return the close-out of the whole entry."""
        return closing(self.data, self.phases)

    @property
    def order(self) -> tuple[str, ...]:
        """Return the keys of an entry in the order in which a person would write them."""
        return key_order(type(self.data), self.group.columns)


class NewFile(NamedTuple):
    """A document to be made as ``like`` is: its line ends, its line for editors and, unless ``private``, its mode."""

    data: Mapped
    like: LoadedDocument
    private: bool = False

    @property
    def text(self) -> str:
        """Return the text of the file."""
        old = self.like.tree.text
        newline = "\r\n" if "\r\n" in old else "\n"
        first = old.partition("\n")[0].rstrip()
        head = first.replace(f"{self.like.kind}.json", f"{self.data['kind']}.json") + newline
        return (head if first.startswith(_SCHEMA_LINE) else "") + file_text(self.data, newline)


Plans = Mapping[type[Intent], Callable[["Draft", Any], DraftEntry]]
_Steps = tuple[dict[FilePath, int], dict[FilePath, Data], list[str], dict[FilePath, NewFile]]
"""How many edits each file has, and all else that steps change."""


class Draft:
    """All documents of a book, changed step by step; each step is checked as it is taken."""

    def __init__(self, book: Book, today: date, plans: Plans, unread: Sequence[FilePath] = ()) -> None:
        self._plans = plans
        """How each intent changes a draft: by these, what is advised is tried first."""
        self.book = book
        self.today = today
        self.notes: list[str] = []
        """Sentences for the person who edits: it is done, but should be looked at."""
        self.unread = unread  # files of contacts
        self.titles: dict[str, str] = {}
        """The entries that the edits are about: their titles by their refs."""
        self.wrote: dict[str, list[Written]] = {}
        """The records that the edits added, by the ids of their entries."""
        self.edits: dict[FilePath, list[Edit]] = {}
        """What is to be changed in each file, in this order."""
        self.created: dict[FilePath, NewFile] = {}
        """Files to be made."""
        self._data: dict[FilePath, Data] = {loaded.path: loaded.tree.data for loaded in book.documents}
        self._places: dict[str, tuple[Group, Path]] | None = None
        self._successors: dict[str, str] | None = None
        self._latest: DraftEntry | None = None
        """The entry that was looked at last, while nothing is changed since."""

    @cached_property
    def known_names(self) -> KnownNames:
        """The names that the book held, and those that the edits brought; made where one of them brings a name."""
        from reformledger.named import KnownNames

        return KnownNames(self.book)

    @contextmanager
    def all_or_none(self) -> Iterator[None]:
        """Forget the steps that are taken within when one of them is refused."""
        before = self._steps()
        try:
            yield
        except SentenceError:
            self._forget_since(before)
            raise

    def advised(self, sentence: str, *intents: Intent) -> str:
        """Return a sentence with the command of the first of some intents that would be carried out now.

        Where none would, return why the first is refused, and what to do instead.
        """
        refusals = []
        for intent in intents:
            refused = self.refusal_of(filled_in(intent))
            if refused is None:
                return sentence.format(command=command_line(intent))
            refusals.append(str(refused))
        return refusals[0]

    def refusal_of(self, intent: Intent) -> SentenceError | None:
        """Try an intent, and return why it is refused; None where it would be carried out now. Nothing is changed."""
        before = self._steps()
        try:
            self._plans[type(intent)](self, intent)
        except SentenceError as refused:
            return refused
        finally:
            self._forget_since(before)
        return None

    def _steps(self) -> _Steps:
        edits = {path: len(made) for path, made in self.edits.items()}
        return edits, dict(self._data), list(self.notes), dict(self.created)

    def _forget_since(self, before: _Steps) -> None:
        edits, data, notes, created = before
        self.edits = {path: self.edits[path][:count] for path, count in edits.items()}
        self._data = dict(data)
        self.notes, self.created = list(notes), dict(created)
        self._places = self._successors = self._latest = None

    def data(self, loaded: LoadedDocument) -> Mapped:
        """Return a document as it is now."""
        return cast("Mapped", self._data[loaded.path])

    def change(self, loaded: LoadedDocument, *edits: Edit) -> None:
        """Take a step in one document, which may make entries that ``find`` then judges."""
        self.edits.setdefault(loaded.path, []).extend(edits)
        self._data[loaded.path] = applied(self._data[loaded.path], edits)
        self._latest = None
        if not all(is_within_entry(edit) for edit in edits):
            self._places = self._successors = None

    def set_key(self, entry: DraftEntry, key: str, value: Data) -> None:
        """Give an entry a key, or its key a new value."""
        if key in entry.raw:
            self.change(entry.loaded, SetValue((*entry.path, key), value))
        else:
            self.change(entry.loaded, AddKey(entry.path, key, value, entry.order))

    def remove_key(self, entry: DraftEntry, key: str) -> None:
        """Take a key from an entry, if it has it."""
        if key in entry.raw:
            self.change(entry.loaded, Remove((*entry.path, key)))

    def append(self, loaded: LoadedDocument, path: Path, key: str, value: Data, index: int | None = None) -> None:
        """Add to the list that the mapping at ``path`` has, or is to have, under ``key``."""
        mapping = cast("Mapped", at(self.data(loaded), path))
        if isinstance(items := mapping.get(key), list) and items:
            at_end = index is None or index == len(items)
            self.change(loaded, Insert((*path, key), value, None if at_end else index))
        elif key in mapping:
            self.change(loaded, SetValue((*path, key), [value]))
        else:
            self.change(loaded, AddKey(path, key, [value], self._order_at(loaded, path)))

    def _order_at(self, loaded: LoadedDocument, path: Path) -> tuple[str, ...]:
        groups = (group for group in self.book.groups if group.loaded is loaded)
        group = next((group for group in groups if group.path == path[: len(group.path)]), None)
        return key_order(LedgerRow if group.table else WorkPoint, group.columns) if group else ()

    def find(self, word: str) -> DraftEntry:
        """Return the entry that a person names; raises ``UsageError`` as ``Book.find`` does.

        It is refused, too, for an id that several years have, unless these are one matter: then the newest is meant.
        """
        refs = refs_named(word, self.places(), self.book.years)
        if not self._is_one_matter(refs):
            message = _("Several years have an entry {id}.").format(id=word)
            raise UsageError(message, _("Name one of: {refs}.").format(refs=_(", ").join(refs)))
        return self.at(refs[-1])

    def word(self, ref: str) -> str:
        """Return what a person types for an entry: its id where ``find`` takes that for it, else its ref."""
        bare = ref.partition("/")[2]
        refs = refs_named(bare, self.places(), self.book.years)
        return bare if refs[-1] == ref and self._is_one_matter(refs) else ref

    def _is_one_matter(self, refs: Sequence[str]) -> bool:
        """Say whether the first of some entries, oldest first, goes on in all the others."""
        seen: list[str] = []
        ref: str | None = refs[0]
        while ref is not None and ref not in seen:
            seen.append(ref)
            ref = self.successor(ref)
        return set(refs) <= set(seen)

    def matter(self, entry: DraftEntry) -> Matter:
        """Return an entry, as it is now, with what it carries on."""
        data = cast("WorkPoint | LedgerRow", entry.data)
        return Matter(self.book, self.today, entry.group.entry(data, int(entry.path[-1])))

    def at(self, ref: str) -> DraftEntry:
        """Return the entry with this ref, checked; raises ``UsageError`` with its faults."""
        if self._latest is not None and self._latest.ref == ref:
            return self._latest
        group, path = self.places()[ref]
        loaded = group.loaded
        raw = cast("Mapped", at(self.data(loaded), path))
        of_one = cast("dict[str, object]", alone(self.data(loaded), path))
        try:
            document = checked(of_one, loaded.kind, self.book.directory.whole_names)
        except InvalidDataError as error:
            faults = [fault._replace(path=fault.path[len(path) :]) for fault in error.faults]
            raise UsageError(_fault_lines(ref, faults, raw, ENTRY)) from None
        data: Any = document
        for step in path[::2]:
            data = getattr(data, str(step))[0]
        self._latest = DraftEntry(ref, loaded, path, raw, data, group, group.year)
        return self._latest

    def check(self, loaded: LoadedDocument) -> None:
        """Check a whole document, for steps that are not about one entry; raises ``UsageError``."""
        self._document(loaded)

    def create(self, path: FilePath, new: NewFile) -> None:
        """Have a document made at a path, in the place of the one that was to be; raises ``UsageError``."""
        self._checked(new.data, cast("DocumentKind", new.data["kind"]), display_name(path))
        self.created[path] = new

    def _document(self, loaded: LoadedDocument) -> Document:
        return self._checked(self.data(loaded), loaded.kind, loaded.name)

    def _checked(self, data: Mapped, kind: DocumentKind, name: str) -> Document:
        try:
            return checked(cast("dict[str, object]", data), kind, self.book.directory.whole_names)
        except InvalidDataError as error:
            raise UsageError(_fault_lines(name, error.faults, data, DOCUMENTS[kind])) from None

    def as_book(self) -> Book:
        """Return the book as the steps leave it, with the places as they were read; raises ``UsageError``."""
        return Book(
            loaded._replace(document=self._document(loaded)) if loaded.path in self.edits else loaded
            for loaded in self.book.documents
        )

    def places(self) -> Mapping[str, tuple[Group, Path]]:
        """Return the section or table that holds each entry, and the path to it now, by ref."""
        if self._places is None:
            self._places = {}
            for group in self.book.groups:
                rows = at(self.data(group.loaded), group.path) or []
                for index, row in enumerate(cast("list[Mapped]", rows)):
                    self._places[f"{group.year}/{row['id']}"] = group, (*group.path, index)
        return self._places

    def raw_entries(self) -> Iterator[tuple[str, Mapped]]:
        """Yield every entry as it is written now, with its ref."""
        for ref, (group, path) in self.places().items():
            yield ref, cast("Mapped", at(self.data(group.loaded), path))

    def successor(self, ref: str) -> str | None:
        """Return the ref of the entry in which one of an earlier year goes on."""
        if self._successors is None:
            self._successors = {
                str(old): other for other, raw in self.raw_entries() if (old := raw.get("carried_over_from"))
            }
        return self._successors.get(ref)

    def refuse_if_done(self, entry: DraftEntry, day: date | None = None) -> None:
        """Raise ``RefusedError`` for an entry that is carried over or closed out; given a day, closed out by then."""
        if entry.closing is not None and (day is None or entry.closing.date <= day):
            message = _("{ref} was closed out on {day} ({place}).").format(
                ref=entry.ref, day=entry.closing.date.isoformat(), place=entry.place
            )
            raise RefusedError(message, self.advised(_("Reopen it first: {command}"), *self.reopenings(entry)))
        self.refuse_if_carried_over(entry)

    def reopenings(self, entry: DraftEntry) -> list[Reopen]:
        """Return what may take the close-out of an entry back: of the whole, or of its last closed phase."""
        closed = [index for index, phase in enumerate(entry.phases) if phase.closed]
        word = self.word(entry.ref)
        names = [phase.name for phase in entry.phases]
        of_phase = [Reopen(word, LEFT_OPEN, phase_word(names, index)) for index in closed[-1:]]
        return [*of_phase, Reopen(word, LEFT_OPEN)] if entry.data.closed is None else [Reopen(word, LEFT_OPEN)]

    def refuse_if_carried_over(self, entry: DraftEntry) -> None:
        """Raise ``RefusedError`` for an entry that goes on in a later year."""
        if successor := self.successor(entry.ref):
            message = _("{ref} was carried over and goes on as {successor}.").format(ref=entry.ref, successor=successor)
            raise RefusedError(message, _("Record it there."))


def _fault_lines(whole: str, faults: Iterable[DataFault], data: Mapped, fields: Fields) -> str:
    """Return faults, one a line: where each is, in words (the ``whole`` by its name), and the sentence."""
    return "\n".join(
        _("{place}: {sentence}").format(
            place=in_words(fault.path, data, fields) or whole, sentence=sentences(fault.message, fault.advice)
        )
        for fault in faults
    )
