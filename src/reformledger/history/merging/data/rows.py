"""The entries of three states of a document, by their ids, wherever they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from reformledger.edits.intents import Remove
from reformledger.history.comparing.documents import BETWEEN_HEADINGS
from reformledger.history.comparing.entries import compare_entries
from reformledger.history.comparing.plain import text_of
from reformledger.history.difference import Difference, DifferenceKind
from reformledger.history.merging.conflict import Conflict, Words, conflict
from reformledger.history.merging.data.entries import merged_entry
from reformledger.history.merging.data.headings import BASE, OURS, SIDES, THEIRS, Merging
from reformledger.history.merging.data.order import combined
from reformledger.history.merging.data.settling import added, intents_upon, upon
from reformledger.i18n import _
from reformledger.model.text import year_of
from reformledger.yamlio import Mapped, mappings_in


class Placed(NamedTuple):
    """An entry and the heading that it is under."""

    under: Merging
    data: Mapped


Rows = dict[str, Placed]


class Merged(NamedTuple):
    """The entries of a merge in their order, by heading; the conflicts; the removals that are not to be kept.

    The latter are ids: the entry is kept by the preferred side, which the other side took out.
    """

    entries: dict[Merging, list[Mapped]]
    conflicts: list[Conflict]
    kept: set[str]


def rows_of(document: Merging, side: int) -> Rows:
    """Return the entries of one state by id; a second one of an id, which no valid document has, as ``ID#2``."""
    found: Rows = {}
    times: Counter[str] = Counter()
    for under in document.walk():
        for entry in under.entries(side):
            name = text_of(entry, "id")
            times[name] += 1
            found[name if times[name] == 1 else f"{name}#{times[name]}"] = Placed(under, entry)
    return found


class RowsMerge:
    """The merge of the entries of a document for one of the sides."""

    def __init__(self, document: Merging, words: Words, *, prefer_ours: bool) -> None:
        self._document = document
        self._words = words
        self._prefer_ours = prefer_ours
        self._sides = [rows_of(document, side) for side in SIDES]
        state = document.states[OURS] or document.states[THEIRS] or {}
        self._year = text_of(state, "year")
        self._is_new = document.states[BASE] is None
        self.conflicts: list[Conflict] = []
        self._kept: set[str] = set()

    def merged(self) -> Merged:
        """Return all entries that are to be there, each under its heading and in its place."""
        base, ours, theirs = self._sides
        placed = {name: row for name in dict.fromkeys([*ours, *theirs, *base]) if (row := self._row(name)) is not None}
        under: dict[Merging, list[str]] = {}
        for name, row in placed.items():
            under.setdefault(row.under, []).append(name)
        entries = {
            heading: [placed[name].data for name in self._ordered(heading, names)] for heading, names in under.items()
        }
        return Merged(entries, self.conflicts, self._kept)

    def _row(self, name: str) -> Placed | None:
        base, ours, theirs = (side.get(name) for side in self._sides)
        ref = f"{self._year}/{name}"
        if ours is not None and theirs is not None:
            if base is None:
                return self._of_both(ref, ours, theirs)
            made = merged_entry(ref, base.data, ours.data, theirs.data, self._words, prefer_ours=self._prefer_ours)
            self.conflicts += made.conflicts
            return Placed(self._under(ref, base, ours, theirs), made.data)
        left = ours or theirs
        if base is None or left is None:
            return left
        if left == base:
            return None
        self._removed_and_changed(ref, name, base, left, ours_is_left=ours is not None)
        if (ours is not None) is not self._prefer_ours:
            return None
        self._kept.add(name)
        return left

    def _of_both(self, ref: str, ours: Placed, theirs: Placed) -> Placed:
        """Return what both sides added under one id: one entry, or two that cannot both have it."""
        if ours != theirs:
            our, their = (
                [one._replace(under=_titles(each)) for one in compare_entries(ref, None, each.data)]
                for each in (ours, theirs)
            )
            names = [text_of(each.data, "title") for each in (ours, theirs)]
            why = _("Both sides give this id to a new entry, ours to “{ours}”, theirs to “{theirs}”.")
            why = why.format(ours=names[0], theirs=names[1])
            new = added(
                theirs.data, theirs.under.name, year_of(self._year), recount=self._recounted(theirs.under, THEIRS)
            )
            command = upon([new], keep_ours=True)
            if self._is_new:
                why = _("Both sides made this file, and it says different things of this entry.")
                our = compare_entries(ref, theirs.data, ours.data) or our
                their = compare_entries(ref, ours.data, theirs.data) or their
                command = upon([], keep_ours=True)
            self.conflicts.append(conflict(why, our, their, command, self._words))
        return ours if self._prefer_ours else theirs

    def _recounted(self, heading: Merging, side: int) -> bool:
        """Say whether a side counted anew what is under a heading, or under one around it."""
        around = (each for each in self._document.walk() if any(inner is heading for inner in each.walk()))
        return any(each.own(side).get("count") != each.own(BASE).get("count") for each in around)

    def _under(self, ref: str, base: Placed, ours: Placed, theirs: Placed) -> Merging:
        if ours.under is base.under or ours.under is theirs.under:
            return theirs.under
        if theirs.under is base.under:
            return ours.under
        moves = [self._moved(ref, base, other, _titles(base), _titles(other)) for other in (ours, theirs)]
        why = _("Both sides move it, each to another place.")
        self.conflicts.append(conflict(why, moves[:1], moves[1:], upon([], keep_ours=True), self._words))
        return ours.under if self._prefer_ours else theirs.under

    def _moved(self, ref: str, base: Placed, row: Placed, before: str | None, after: str | None) -> Difference:
        title = text_of(row.data, "title") or text_of(base.data, "title")
        return Difference(DifferenceKind.MOVED, ref, title, (), before, after, _titles(row))

    def _removed_and_changed(self, ref: str, name: str, base: Placed, left: Placed, *, ours_is_left: bool) -> None:
        removing = THEIRS if ours_is_left else OURS
        state = self._document.states[removing] or {}
        records = (each for each in mappings_in(state.get("removed")) if text_of(each, "id") == name)
        title = text_of(base.data, "title")
        gone = [Difference(DifferenceKind.REMOVED, ref, title, (), base.data, next(records, None))]
        changes = compare_entries(ref, base.data, left.data)
        if left.under is not base.under:
            changes.append(self._moved(ref, base, left, _titles(base), _titles(left)))
        why = _("One side takes it out, the other changes it.")
        recount = self._recounted(base.under, removing)
        commands = [
            each._replace(recount=recount) if isinstance(each, Remove) else each for each in intents_upon(gone, changes)
        ]
        advice = upon(commands, keep_ours=ours_is_left)
        ours, theirs = (changes, gone) if ours_is_left else (gone, changes)
        self.conflicts.append(conflict(why, ours, theirs, advice, self._words))

    def _ordered(self, heading: Merging, names: Sequence[str]) -> list[str]:
        orders = [[name for name, row in side.items() if row.under is heading] for side in self._sides]
        found = combined(orders[0], orders[1], orders[2], set(names), prefer_ours=self._prefer_ours)
        for name in found.clashing:
            self.conflicts.append(self._order_conflict(name, orders))
        return found.items

    def _order_conflict(self, name: str, orders: Sequence[Sequence[str]]) -> Conflict:
        base, ours, theirs = (order[place - 1] if (place := order.index(name)) else None for order in orders)
        row, ref = self._sides[OURS][name], f"{self._year}/{name}"
        moves = [self._moved(ref, row, row, base, after) for after in (ours, theirs)]
        why = _("Both sides move it, each to another place.")
        return conflict(why, moves[:1], moves[1:], upon([], keep_ours=True), self._words)


def _titles(row: Placed) -> str:
    return BETWEEN_HEADINGS.join(row.under.path)
