"""What differs between two states of documents: entries by their ids, headings by their titles, records by content."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from reformledger.fields.words import DOCUMENT
from reformledger.history.comparing.entries import compare_entries
from reformledger.history.comparing.headings import Pair, heading_changes, paired, pairs_in
from reformledger.history.comparing.ordering import moved
from reformledger.history.comparing.plain import Heading, headings_in, outline_of, text_of
from reformledger.history.comparing.values import Change
from reformledger.history.difference import Difference, DifferenceKind, PlainDocument
from reformledger.model.documents import DocumentKind
from reformledger.yamlio import Data, Mapped

BETWEEN_HEADINGS = " › "
_ORDER: Sequence[DocumentKind] = ("workpoints", "ledger", "contacts", "directory")
_Key = tuple[str, int]
"""The ref of an entry, and its turn among those that share it."""


def compare(old: Sequence[PlainDocument], new: Sequence[PlainDocument]) -> list[Difference]:
    """Return what differs between two states, document by document.

    Documents are known by kind and year, entries by their ids over all documents of a year. Year by year come work
    points, ledger and contacts, behind them the directory. Each document is followed by its entries in their printed
    order; one that went is behind the one that it followed.
    """
    documents = sorted(_documents(old, new), key=lambda each: (not each.year, each.year, _ORDER.index(each.kind)))
    before, after = _entries(documents, "old"), _entries(documents, "new")
    places = _Places(before, after, [pair for each in documents for pair in pairs_in(each.pair)])
    found: list[Difference] = []
    for place, document in enumerate(documents):
        own = _own_changes(document)
        removed = {key for key, entry in before.items() if entry.document == place and key not in after}
        added = {key for key, entry in after.items() if entry.document == place and key not in before}
        went = _removals(own, DifferenceKind.RECORDED, {before[key].id for key in removed})
        back = _removals(own, DifferenceKind.WITHDRAWN, {after[key].id for key in added})
        found += [
            document.difference(change) for change in own if not _is_among(change, [*went.values(), *back.values()])
        ]
        for key in _in_order(place, before, after):
            found += places.differences(key, went, back)
    return found


class _Document(NamedTuple):
    """A document as it was and as it is, None for what was not there or went."""

    kind: DocumentKind
    year: str
    title: str
    pair: Pair

    @property
    def ref(self) -> str:
        return f"{self.year}/{self.kind}" if self.year else self.kind

    def difference(self, change: Change) -> Difference:
        return Difference(change.kind, self.ref, self.title, *change[1:])


class _Entry(NamedTuple):
    """An entry, the heading that it is under, and the id of the one before it there."""

    data: Mapped
    heading: Heading
    document: int
    follows: str | None

    @property
    def id(self) -> str:
        return _name_of(self.data)

    @property
    def under(self) -> str:
        return BETWEEN_HEADINGS.join(self.heading.titles)


def _name_of(entry: Mapped) -> str:
    """Return what an entry is known by: its id, without one its title."""
    return text_of(entry, "id") or text_of(entry, "title")


def _documents(old: Sequence[PlainDocument], new: Sequence[PlainDocument]) -> Iterator[_Document]:
    before = _same(old, new)
    for place, document in enumerate(new):
        yield _document(before.get(place), document)
    left = [document for document in old if all(document is not each for each in before.values())]
    for document in left:
        yield _document(document, None)


def _same(old: Sequence[PlainDocument], new: Sequence[PlainDocument]) -> dict[int, PlainDocument]:
    """Return what each new document was, by its place: by kind, year and name, else without the name or the year."""
    found: dict[int, PlainDocument] = {}
    left = list(old)
    for is_same in (
        lambda one, other: _year(one) == _year(other) and one.name == other.name,
        lambda one, other: _year(one) == _year(other),
        lambda one, other: one.name == other.name,
    ):
        for place, document in enumerate(new):
            same = (at for at, each in enumerate(left) if each.kind == document.kind and is_same(each, document))
            if place not in found and (first := next(same, None)) is not None:
                found[place] = left.pop(first)
    return found


def _year(document: PlainDocument) -> str:
    return text_of(document.data, "year")


def _document(old: PlainDocument | None, new: PlainDocument | None) -> _Document:
    states = [each for each in (new, old) if each is not None]
    title = next(filter(None, (text_of(each.data, "title") for each in states)), DOCUMENT[states[0].kind].text)
    pair = paired(old and outline_of(old.data), new and outline_of(new.data))
    return _Document(states[0].kind, next(filter(None, map(_year, states)), ""), title, pair)


def _own_changes(document: _Document) -> list[Change]:
    """Return the changes of what a document says beside its entries; of one that came or went, that."""
    pair = document.pair
    if pair.old is None:
        return [Change(DifferenceKind.ADDED, (), None, pair.new and pair.new.outline)]
    if pair.new is None:
        return [Change(DifferenceKind.REMOVED, (), pair.old.outline, None)]
    return list(heading_changes(pair))


def _entries(documents: Sequence[_Document], state: str) -> dict[_Key, _Entry]:
    """Return the entries of the old or of the new state, in their printed order."""
    found: dict[_Key, _Entry] = {}
    turns: dict[str, int] = {}
    for place, document in enumerate(documents):
        outline = document.pair.old if state == "old" else document.pair.new
        for heading in headings_in(outline) if outline else ():
            follows = None
            for data in heading.entries:
                ref = f"{document.year}/{_name_of(data)}" if document.year else _name_of(data)
                turns[ref] = turn = turns.get(ref, 0) + 1
                found[ref, turn] = _Entry(data, heading, place, follows)
                follows = _name_of(data)
    return found


def _removals(changes: Sequence[Change], kind: DifferenceKind, ids: set[str]) -> dict[str, Mapped]:
    """Return the records of removals that came, or that went, for entries that did so, by their ids."""
    records = (
        change.before if kind is DifferenceKind.WITHDRAWN else change.after
        for change in changes
        if change.path == ("removed",) and change.kind is kind
    )
    return {text_of(each, "id"): each for each in records if isinstance(each, dict) and text_of(each, "id") in ids}


def _is_among(change: Change, records: Sequence[Data]) -> bool:
    return any(each is record for record in records for each in (change.before, change.after))


def _in_order(document: int, before: Mapping[_Key, _Entry], after: Mapping[_Key, _Entry]) -> Iterator[_Key]:
    """Yield the entries of a document in their printed order, those that went behind what they followed."""
    gone: dict[_Key | None, list[_Key]] = {}
    last: _Key | None = None
    for key, entry in before.items():
        if key in after:
            last = key if after[key].document == document else last
        elif entry.document == document:
            gone.setdefault(last, []).append(key)
    yield from gone.get(None, ())
    for key, entry in after.items():
        if entry.document == document:
            yield key
            yield from gone.get(key, ())


class _Places:
    """Where entries were and are."""

    def __init__(self, before: Mapping[_Key, _Entry], after: Mapping[_Key, _Entry], pairs: Sequence[Pair]) -> None:
        self._before = before
        self._after = after
        # No two outlines share a heading, though documents may share the data.
        self._was = {id(pair.new): pair.old for pair in pairs if pair.new is not None}
        stayed: dict[int, list[_Key]] = {}
        for key, entry in after.items():
            if key in before and not self._has_other_heading(before[key], entry):
                stayed.setdefault(id(entry.heading), []).append(key)
        places = {key: place for place, key in enumerate(before)}
        self._moved = {key for keys in stayed.values() for key in moved(sorted(keys, key=places.__getitem__), keys)}

    def differences(self, key: _Key, went: Mapping[str, Mapped], back: Mapping[str, Mapped]) -> Iterator[Difference]:
        """Yield what differs of an entry; ``went`` and ``back`` are the removals recorded, and taken back, by id."""
        before, after = self._before.get(key), self._after.get(key)
        found = compare_entries(key[0], before and before.data, after and after.data)
        if before is not None and after is not None:
            yield from self._moves(key, before, after)
            yield from found
        elif after is not None:
            yield from (each._replace(before=back.get(after.id), under=after.under) for each in found)
        elif before is not None:
            yield from (each._replace(after=went.get(before.id), under=before.under) for each in found)

    def _moves(self, key: _Key, before: _Entry, after: _Entry) -> Iterator[Difference]:
        title = text_of(after.data, "title") or text_of(before.data, "title")
        kind = DifferenceKind.MOVED
        if self._has_other_heading(before, after):
            yield Difference(kind, key[0], title, (), before.under, after.under, after.under)
        elif key in self._moved:
            yield Difference(kind, key[0], title, (), before.follows, after.follows, after.under)

    def _has_other_heading(self, before: _Entry, after: _Entry) -> bool:
        return self._was.get(id(after.heading)) is not before.heading
