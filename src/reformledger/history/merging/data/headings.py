"""The headings of three states of a document, each beside what it is in the others; entries are left to ``rows``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from reformledger.history.comparing.plain import ENTRIES, INSIDE, text_of
from reformledger.history.difference import FieldPath
from reformledger.history.merging.data.counts import COUNTED, Rows, Under, ids_of, merged_count
from reformledger.history.merging.data.matching import Key, triples
from reformledger.history.merging.data.order import combined, joined
from reformledger.history.merging.data.values import Values
from reformledger.text.folding import search_key
from reformledger.yamlio import Data, Mapped, mappings_in

States = tuple[Mapped | None, Mapped | None, Mapped | None]
"""What a heading says in the base, with us, with them; None where it is not."""
BASE, OURS, THEIRS = range(3)
SIDES = (BASE, OURS, THEIRS)
Entries = Mapping["Merging", Sequence[Mapped]]
"""The merged entries, in their order, by the heading that they are under."""


class Merging:
    """A document, section, part or table, in three states; it is known by being this very object."""

    def __init__(self, states: States, key: str = "", over: FieldPath = ()) -> None:
        self.states = states
        self.key = key
        """The list that holds it; blank for the document."""
        said = next(state for state in (states[OURS], states[THEIRS], states[BASE]) if state is not None)
        title = text_of(said, "title") or text_of(said, "id_prefix")
        self.path: FieldPath = (*over, title) if key and title else over
        """The titles that lead to it."""
        self.name = text_of(said, "id_prefix") or title
        """What names it on a command line."""
        self.inside = [inner for name in INSIDE if self._holds(name) for inner in self._inner(name)]

    def _holds(self, key: str) -> bool:
        """Say whether what is under a key are headings, or entries, and nothing else."""
        values = [state.get(key) for state in self.states if state is not None]
        items = [item for value in values if isinstance(value, list) for item in value]
        return all(value is None or isinstance(value, list) for value in values) and all(
            isinstance(item, dict) for item in items
        )

    def _inner(self, key: str) -> Iterator[Merging]:
        lists = [mappings_in(state.get(key)) if state is not None else [] for state in self.states]
        base, ours, theirs = (cast("list[Data]", items) for items in lists)
        keys: Sequence[Key] = [_prefix, _number_and_title, _title] if key == "tables" else [_number_and_title, _title]
        for found in triples(base, ours, theirs, keys, same_place=lambda _old, _new: True):
            states = tuple(None if at is None else items[at] for at, items in zip(found, lists, strict=True))
            yield Merging(cast("States", states), key, self.path)

    def entries(self, side: int) -> list[Mapped]:
        """Return the entries that are directly under it, in one of the states."""
        state = self.states[side]
        keys = [key for key in ENTRIES if self._holds(key)]
        return [entry for key in keys for entry in mappings_in(state.get(key))] if state is not None else []

    def walk(self) -> Iterator[Merging]:
        """Yield it and all that is inside it, in our order."""
        yield self
        for inner in self.inside:
            yield from inner.walk()

    def own(self, side: int) -> Mapped:
        """Return what it says itself in one of the states."""
        state = self.states[side] or {}
        return {key: value for key, value in state.items() if not self._is_apart(key)}

    def _is_apart(self, key: str) -> bool:
        return key in (*INSIDE, *ENTRIES) and self._holds(key)

    def merged(self, values: Values, entries: Entries, *, is_kept: bool | None = None) -> Mapped | None:
        """Return it with its ``entries`` and all that is inside; None where it was taken out and no entry is in it.

        ``is_kept`` says whether one side took out, with this, what it is inside of, and whether that is kept; None for
        what nobody took out. What the other side changed of what one took out clashes with that, once for all inside.
        """
        if is_kept is None and self._is_out():
            is_kept = self._is_kept(values)
        if is_kept is False and not any(entries.get(each) for each in self.walk()):
            return None
        said = self._said(values, entries, is_kept=is_kept)
        apart = [key for key in (*INSIDE, *ENTRIES) if self._is_apart(key)]
        lists = {key: self._list(values, key, entries, is_kept=is_kept) for key in apart}
        merged: Mapped = {}
        for key in joined(self.states[OURS] or {}, self.states[THEIRS] or self.states[BASE] or {}):
            if key in lists:
                merged[key] = lists[key]
            elif key in said:
                merged[key] = said[key]
        return merged

    def _is_out(self) -> bool:
        """Say whether a side took it out."""
        return self.states[BASE] is not None and None in self.states[OURS:]

    def _is_kept(self, values: Values) -> bool:
        """Say whether it is kept though one side took it out: where the preferred side changed something in it."""
        states = [None if self.states[side] is None else self.own(side) for side in SIDES]
        if states[OURS] is None and states[THEIRS] is None:
            return False
        left = THEIRS if states[OURS] is None else OURS
        if all(each.own(left) == each.own(BASE) for each in self.walk()):
            return False
        return values.clash(self.path, states[BASE], states[OURS], states[THEIRS]) is not None

    def _said(self, values: Values, entries: Entries, *, is_kept: bool | None) -> Mapped:
        """Return what it says itself; what it said in the base where it is there for its entries alone."""
        said = [self.own(side) for side in SIDES]
        if self.states[OURS] is None or self.states[THEIRS] is None:
            left = said[OURS] or said[THEIRS]
            return (said[BASE] or left) if is_kept is False else (left or said[BASE])
        for key in COUNTED:
            base, ours, theirs = (each.get(key) for each in said)
            if base == ours == theirs:
                continue
            under = self._under(entries)
            found = merged_count(key, (base, ours, theirs), under, prefer_ours=values.prefer_ours)
            if found is not None:
                if found.clashes:
                    values.clash((*self.path, key), base, ours, theirs)
                said = [{**each, key: found.text} for each in said]
        return values.mapping(said[BASE], said[OURS], said[THEIRS], self.path)

    def _under(self, entries: Entries) -> Under:
        """Return the entries that are under it, or under what is inside it."""
        states = [[entry for each in self.walk() for entry in each.entries(side)] for side in SIDES]
        states.append([entry for each in self.walk() for entry in entries.get(each, ())])
        found = [{text_of(entry, "id"): entry for entry in state} for state in states]
        return Under(Rows(*map(ids_of, found)), Rows(*(ids_of(each, starred=True) for each in found)))

    def _list(self, values: Values, key: str, entries: Entries, *, is_kept: bool | None) -> Data:
        if key in ENTRIES:
            kept = cast("list[Data]", list(entries.get(self, ())))
        else:
            inner = [each for each in self.inside if each.key == key]
            made = {each: data for each in inner if (data := each.merged(values, entries, is_kept=is_kept)) is not None}
            base, ours, theirs = (self._order(inner, key, side) for side in SIDES)
            kept = [made[each] for each in combined(base, ours, theirs, made).items]
        if kept:
            return kept
        blank = next((state[key] for state in (self.states[OURS], self.states[THEIRS]) if state and key in state), None)
        return blank if not blank else []

    def _order(self, inner: Sequence[Merging], key: str, side: int) -> list[Merging]:
        state = self.states[side]
        places = {id(item): place for place, item in enumerate(mappings_in(state.get(key)))} if state else {}
        there = [each for each in inner if each.states[side] is not None]
        return sorted(there, key=lambda each: places[id(each.states[side])])


def _prefix(item: Data) -> str | None:
    return text_of(item, "id_prefix") or None if isinstance(item, dict) else None


def _title(item: Data) -> str | None:
    return search_key(text_of(item, "title")) or None if isinstance(item, dict) else None


def _number_and_title(item: Data) -> tuple[str, str] | None:
    number, title = (text_of(item, key) if isinstance(item, dict) else "" for key in ("number", "title"))
    return (search_key(number), search_key(title)) if number and title else None
