"""Three-way merge of values of a document: texts, mappings by key, lists by what their items are known by."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import NamedTuple, cast

from reformledger.history.difference import FieldPath
from reformledger.history.merging.data.matching import Key, Triple, frozen, triples
from reformledger.history.merging.data.order import combined, joined
from reformledger.model.readers import UnreadError, read_day
from reformledger.text.folding import name_key
from reformledger.yamlio import Data, Mapped

_WHOLE = frozenset({"due", "from", "to", "reporting"})
"""The keys whose value is one, though it may be written as a mapping."""
_RECORDS = frozenset({"paused", "cancelled", "closed", "notice"})
"""The keys of records: what both sides made anew and otherwise is not one of both."""


class Clash(NamedTuple):
    """A value that both sides changed, each otherwise: the path to it, and what it is in each."""

    path: FieldPath
    base: Data
    ours: Data
    theirs: Data


class Values:
    """A merge of values in which each clash is settled for one side; ``clashes`` are those that were met."""

    def __init__(self, *, prefer_ours: bool) -> None:
        self.prefer_ours = prefer_ours
        self.clashes: list[Clash] = []

    def clash(self, path: FieldPath, base: Data, ours: Data, theirs: Data) -> Data:
        """Note a clash, and return the value of the preferred side."""
        self.clashes.append(Clash(path, base, ours, theirs))
        return ours if self.prefer_ours else theirs

    def value(self, base: Data, ours: Data, theirs: Data, path: FieldPath = ()) -> Data:
        """Return the value at a path that both sides make of one of the base; None is a blank one."""
        if theirs in (ours, base):
            return ours
        if ours == base:
            return theirs
        key = path[-1] if path else ""
        if isinstance(ours, dict) and isinstance(theirs, dict) and key not in _WHOLE:
            if isinstance(base, dict) or key not in _RECORDS:
                return self.mapping(base if isinstance(base, dict) else {}, ours, theirs, path)
        elif isinstance(ours or [], list) and isinstance(theirs or [], list) and isinstance(base or [], list):
            return self._list(_items(base), _items(ours), _items(theirs), path)
        return self.clash(path, base, ours, theirs)

    def mapping(self, base: Mapped, ours: Mapped, theirs: Mapped, path: FieldPath = ()) -> Mapped:
        """Return a mapping, merged key by key, in our order."""
        merged: Mapped = {}
        for key in joined(ours, theirs):
            value = self.value(base.get(key), ours.get(key), theirs.get(key), (*path, key))
            if value is not None or (key in ours) == (key in theirs) or key not in base:
                merged[key] = value
        return merged

    def _list(self, base: list[Data], ours: list[Data], theirs: list[Data], path: FieldPath) -> Data:
        if path[-1] in DATED:
            return self.records(base, ours, theirs, path) or None
        keys: list[Key] = [_name] if _is_named(base, ours, theirs) else [frozen]
        items = self.items(triples(base, ours, theirs, keys), (base, ours, theirs), path)
        return items or None

    def items(
        self, found: Sequence[Triple], lists: tuple[list[Data], list[Data], list[Data]], path: FieldPath
    ) -> list[Data]:
        """Return what neither side took out, merged one by one, in our order, then what theirs added.

        Where only theirs changed the order, it is theirs.
        """
        made: dict[Triple, Data] = {}
        for triple in found:
            values = [None if index is None else items[index] for index, items in zip(triple, lists, strict=True)]
            if (kept := self._item(triple, values, path)) is not _GONE:
                made[triple] = cast("Data", kept)
        orders = [
            [each for each in sorted(found, key=lambda one: _place(one[side])) if each[side] is not None]
            for side in range(len(lists))
        ]
        return [made[item] for item in combined(orders[0], orders[1], orders[2], made).items]

    def _item(self, triple: Triple, values: list[Data], path: FieldPath) -> object:
        base, ours, theirs = values
        step = next((name for each in (ours, theirs, base) if (name := word_of(each))), "")
        inner = (*path, step) if step else path
        if triple.ours is not None and triple.theirs is not None:
            return self.value(base, ours, theirs, inner)
        if triple.base is None:
            return ours if triple.theirs is None else theirs
        left = ours if triple.theirs is None else theirs
        if left == base or (triple.ours is None and triple.theirs is None):
            return _GONE
        kept = self.clash(inner, base, ours, theirs)
        return kept if kept is not None else _GONE

    def records(self, base: list[Data], ours: list[Data], theirs: list[Data], path: FieldPath) -> list[Data]:
        """Return records of a life in the order of their days, on one day ours first.

        What one side took out or changed is so; what both added in the same words is there once, and two that one
        department made on one day in other words clash.
        """
        known_by = DATED[path[-1]]
        keys: list[Key] = [frozen, known_by, _by_all_but_the_day]
        twins = keys[:2] if path[-1] in _ONE_OF_A_KIND else [frozen]
        lists = base, ours, theirs
        kept: list[Data] = []
        added: list[Data] = []
        for triple in triples(*lists, keys, new_keys=twins):
            values = [None if index is None else items[index] for index, items in zip(triple, lists, strict=True)]
            if triple.base is None and triple.ours is not None and triple.theirs is not None:
                record: object = values[1] if values[1] == values[2] else self.clash(path, *values)
            else:
                record = self._item(triple, values, path)
            if record is not _GONE:
                (added if triple.ours is None and triple.base is None else kept).append(cast("Data", record))
        for record in added:
            day = day_of(record)
            before = [index for index, other in enumerate(kept) if day_of(other) <= day]
            kept.insert(before[-1] + 1 if before else 0, record)
        return kept


_GONE = object()
"""What took the place of an item that was taken out."""


def _place(index: int | None) -> int:
    return -1 if index is None else index


def _items(value: Data) -> list[Data]:
    return value if isinstance(value, list) else []


def word_of(item: Data) -> str:
    """Return what an item of a list is called by in a path: its name, else its id; nothing where it has neither."""
    if not isinstance(item, dict):
        return ""
    return next((value for key in ("name", "id") if isinstance(value := item.get(key), str)), "")


def _is_named(*lists: list[Data]) -> bool:
    return all(isinstance(item, str) or word_of(item) for items in lists for item in items)


def _name(item: Data) -> Hashable | None:
    return name_key(item if isinstance(item, str) else word_of(item))


def day_of(record: Data) -> str:
    """Return the day of a record as 2020-06-30, or its text where no day can be read; blank for none."""
    text = record.get("date") if isinstance(record, dict) else None
    if not isinstance(text, str):
        return ""
    try:
        return read_day(text).isoformat()
    except UnreadError:
        return text


def part_of(record: Data, key: str) -> str:
    """Return the text that a record has under a key, as names are compared; blank for none."""
    value = record.get(key) if isinstance(record, dict) else None
    return name_key(value) if isinstance(value, str) else ""


def _by_department(record: Data) -> Hashable | None:
    by = part_of(record, "by")  # two that nobody signed may be of two departments
    return (day_of(record), by, part_of(record, "phase"), part_of(record, "for")) if by else None


def _by_all_but_the_day(record: Data) -> Hashable | None:
    return frozen({**record, "date": None}) if isinstance(record, dict) else None


def _by_period(record: Data) -> Hashable | None:
    return part_of(record, "for") or None


def _by_day_and_phase(record: Data) -> Hashable | None:
    return day_of(record), part_of(record, "phase")


def _by_id(record: Data) -> Hashable | None:
    return part_of(record, "id") or None


DATED: Mapping[str, Key] = {
    "progress": _by_department,
    "waivers": _by_period,
    "extensions": _by_day_and_phase,
    "history": _by_day_and_phase,
    "removed": _by_id,
}
"""The lists of records, each with what one that was changed is known by."""
_ONE_OF_A_KIND = frozenset({"progress", "waivers", "removed"})
"""The lists in which two new records that are known by the same clash."""
