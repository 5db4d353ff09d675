"""What two mappings say otherwise, key by key: the same rules for entries, phases, headings and documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from reformledger.history.comparing.plain import deadline_of, is_blank, is_same, name_words, same_key, text_of
from reformledger.history.difference import DifferenceKind, FieldPath
from reformledger.yamlio import Data, Mapped

RECORDED_IN = ("progress", "waivers", "extensions", "history", "removed")
"""The keys that hold records, oldest first; each is known by all that it says."""
DECISIONS = ("closed", "paused", "cancelled")
"""The keys that hold one record."""
_NAMED = ("phases", "targets", "names")
"""The keys of lists whose items are known by their names."""
_FREE = ("persons", "acknowledged", "columns", "phase_columns", "marks", "contacts")
"""The keys of mappings whose own keys are free."""
_IN_PRINTED_ORDER = ("columns", "phase_columns")
"""Those of headings and documents whose keys stand in the order in which they are printed."""


class Change(NamedTuple):
    """What a path leads to that is otherwise; as in ``Difference``, of whatever the path begins at."""

    kind: DifferenceKind
    path: FieldPath
    before: Data
    after: Data


def changes(before: Mapped, after: Mapped, path: FieldPath = ()) -> Iterator[Change]:
    """Yield what ``after`` says otherwise, in its order; what it has no more is said last."""
    for key in dict.fromkeys([*after, *before]):
        old, new = before.get(key), after.get(key)
        if old != new:
            yield from _of_key(key, old, new, (*path, key))


def order_changes(before: Mapped, after: Mapped, path: FieldPath = ()) -> Iterator[Change]:
    """Yield the changed order of the columns that a heading or a document declares: of those that stay, the keys."""
    for key in _IN_PRINTED_ORDER:
        old, new = before.get(key), after.get(key)
        if isinstance(old, dict) and isinstance(new, dict):
            stayed: list[Data] = [column for column in old if column in new]
            stay: list[Data] = [column for column in new if column in old]
            if stayed != stay:
                yield Change(DifferenceKind.CHANGED, (*path, key), stayed, stay)


def _of_key(key: str, old: Data, new: Data, path: FieldPath) -> Iterator[Change]:
    if key in RECORDED_IN and _are(list, old, new):
        yield from _records(_items(old), _items(new), path)
    elif key in DECISIONS and _are(dict, old, new) and (is_blank(old) or is_blank(new)):
        if not is_same(old, new):
            yield _recorded(path, new) if is_blank(old) else _withdrawn(path, old)
    elif key in _NAMED and _are(list, old, new):
        yield from _named(_items(old), _items(new), path)
    elif key == "due":
        yield from _deadline(old, new, path)
    elif key in _FREE and _are(dict, old, new):
        yield from _keyed(old if isinstance(old, dict) else {}, new if isinstance(new, dict) else {}, path)
    elif isinstance(old, dict) and isinstance(new, dict):
        yield from changes(old, new, path)
    elif not is_same(old, new):
        is_printed_number = key == "number" and "notice" not in path
        kind = DifferenceKind.RENUMBERED if is_printed_number else DifferenceKind.CHANGED
        yield Change(kind, path, old, new)


def _are(kind: type[dict[str, Data] | list[Data]], *values: Data) -> bool:
    return all(is_blank(value) or isinstance(value, kind) for value in values)


def _items(value: Data) -> list[Data]:
    return value if isinstance(value, list) else []


def _recorded(path: FieldPath, record: Data) -> Change:
    return Change(DifferenceKind.RECORDED, path, None, record)


def _withdrawn(path: FieldPath, record: Data) -> Change:
    return Change(DifferenceKind.WITHDRAWN, path, record, None)


def beside(records: Sequence[Data], others: Sequence[Data]) -> list[Data]:
    """Return the records that others lack, each as often as it is missing there; of equal ones the last."""
    return _parted(records, others)[1]


def _parted(records: Sequence[Data], others: Sequence[Data]) -> tuple[list[Data], list[Data]]:
    """Return the records that others have, too, and those that they lack."""
    there = Counter(map(same_key, others))
    shared: list[Data] = []
    lacking: list[Data] = []
    for record in records:
        key = same_key(record)
        (shared if there[key] > 0 else lacking).append(record)
        there[key] -= 1
    return shared, lacking


def _records(old: Sequence[Data], new: Sequence[Data], path: FieldPath) -> Iterator[Change]:
    (stayed, gone), (stay, came) = _parted(old, new), _parted(new, old)
    yield from (_withdrawn(path, record) for record in gone)
    yield from (_recorded(path, record) for record in came)
    if list(map(same_key, stayed)) != list(map(same_key, stay)):
        yield Change(DifferenceKind.CHANGED, path, stayed, stay)


def _named(old: list[Data], new: list[Data], path: FieldPath) -> Iterator[Change]:
    """Yield the changes of items that are known by their names: what came or went, what each says, their order."""
    old_words, new_words = name_words(old), name_words(new)
    pairs = _pairs(old, new)
    for place, item in enumerate(new):
        before = None if (at := pairs.get(place)) is None else old[at]
        if at is None:
            yield Change(DifferenceKind.CHANGED, (*path, new_words[place]), None, item)
        elif isinstance(before, dict) and isinstance(item, dict):
            is_renamed = before.get("name") != item.get("name")
            yield from changes(before, item, (*path, old_words[at] if is_renamed else new_words[place]))
    for at in sorted(set(range(len(old))) - set(pairs.values())):
        yield Change(DifferenceKind.CHANGED, (*path, old_words[at]), old[at], None)
    if list(pairs.values()) != sorted(pairs.values()):
        stayed: list[Data] = [old_words[at] for at in sorted(pairs.values())]
        yield Change(DifferenceKind.CHANGED, path, stayed, [old_words[at] for at in pairs.values()])


def _pairs(old: Sequence[Data], new: Sequence[Data]) -> Mapping[int, int]:
    """Return the old place of each new item that was there before, by its new place.

    It has the name that it had, of equal ones the same turn; or it has another name at its place, and all else is
    the same.
    """
    waiting: dict[tuple[str, str], list[int]] = {}
    for at, item in enumerate(old):
        waiting.setdefault(_name_of(item), []).append(at)
    found: dict[int, int | None] = {}
    for place, item in enumerate(new):
        same = waiting.get(_name_of(item))
        found[place] = same.pop(0) if same else None
    left = {at for places in waiting.values() for at in places}
    for place, item in enumerate(new):
        if found[place] is None and place in left and _is_renamed(old[place], item):
            found[place] = place
    return {place: at for place, at in found.items() if at is not None}


def _name_of(item: Data) -> tuple[str, str]:
    """Return the name of an item; of what has none all that it says."""
    name = text_of(item, "name") if isinstance(item, dict) else ""
    return name, "" if name else same_key(item)


def _is_renamed(old: Data, new: Data) -> bool:
    if not (isinstance(old, dict) and isinstance(new, dict)):
        return False
    is_named = text_of(old, "name") and text_of(new, "name")
    rest, other = ({key: value for key, value in item.items() if key != "name"} for item in (old, new))
    # Two that say nothing but their names have nothing in common.
    return bool(is_named) and not is_blank(rest) and is_same(rest, other)


def _deadline(old: Data, new: Data, path: FieldPath) -> Iterator[Change]:
    """Yield a change of what a deadline is said to mean, where its wording stayed, else of the whole."""
    (wording, means), (other, other_means) = deadline_of(old), deadline_of(new)
    if wording and wording == other and means != other_means:
        yield Change(DifferenceKind.CHANGED, (*path, "means"), means or None, other_means or None)
    elif not is_same(old, new):
        yield Change(DifferenceKind.CHANGED, path, old, new)


def _keyed(old: Mapped, new: Mapped, path: FieldPath) -> Iterator[Change]:
    """Yield the changes under free keys."""
    for key in dict.fromkeys([*new, *old]):
        before, after = old.get(key), new.get(key)
        if isinstance(before, dict) and isinstance(after, dict):
            yield from changes(before, after, (*path, key))
        elif not is_same(before, after):
            yield Change(DifferenceKind.CHANGED, (*path, key), before, after)
