"""Two states of a document as the edits that lead from one text to the other: by id and name, never by place.

The editor itself compares lists item by item; an entry that came in the middle would have all behind it written anew,
and their comments would stand at others. So what stays is found by what it is, and keeps its lines.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence

from reformledger.fields.documents import types_of_keys
from reformledger.fields.field import Type
from reformledger.yamlio import Data, Mapped, Path, Tree
from reformledger.yamlio.editing import AddKey, Bare, Edit, Insert, Remove, SetValue
from reformledger.yamlio.reading.elsewhere import SAME_EVERYWHERE, is_no_text

_BARE = re.compile(SAME_EVERYWHERE)
_NAMES = ("id", "id_prefix", "name", "title")
"""What an item of a list is known by: the first of these keys that it has."""


Bares = set[tuple[str, str]]
"""Keys with values that stand without quotes, though they look like numbers or days; of an item the key is ""."""


def edits_between(old: Mapped, new: Mapped, bares: Bares | None = None) -> list[Edit]:
    """Return edits that make ``new`` of ``old``, each to what the ones before left.

    Items of lists are the same where they have the same id, prefix, name or title, else where they are equal; what
    lies between those in the same number is changed in its place. Only what is moved is written anew: numbers, days
    and flags, and the ``bares``, without quotes.
    """
    return list(_of_values(old, _as_typed(new, "", types_of_keys(), bares or set()), ()))


def _as_typed(value: Data, key: str, types: Mapping[str, Type], bares: Bares) -> Data:
    """Return a value with its parts as they are typed: numbers, days and flags without quotes."""
    if isinstance(value, dict):
        return {inner: _as_typed(part, inner, types, bares) for inner, part in value.items()}
    if isinstance(value, list):
        return [_as_typed(item, "", types, bares) for item in value]
    is_typed = key in types and value and _BARE.fullmatch(value)
    return Bare(value) if value and (is_typed or (key, value) in bares) else value


def bares_of(tree: Tree) -> Bares:
    """Return which values of a text stand without quotes, with which they would be written anew."""
    found: Bares = set()

    def walk(data: Data, node: int, key: str) -> int:
        """Look at what begins with a node of the text; return the node behind it."""
        if isinstance(data, dict):
            node += 1
            for inner, part in data.items():
                node = walk(part, node + 1, inner)
            return node
        if isinstance(data, list):
            node += 1
            for item in data:
                node = walk(item, node, "")
            return node
        places = tree.places
        if data and is_no_text(data) and tree.text[places.starts[node] : places.ends[node]] == data:
            found.add((key, data))
        return node + 1

    walk(tree.data, 0, "")
    return found


def _of_values(old: Data, new: Data, path: Path) -> Iterator[Edit]:
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict) and old and new:
        order = tuple(new)
        for key, value in new.items():
            if key in old:
                yield from _of_values(old[key], value, (*path, key))
        yield from (AddKey(path, key, value, order) for key, value in new.items() if key not in old)
        yield from (Remove((*path, key)) for key in old if key not in new)
    elif isinstance(old, list) and isinstance(new, list) and (staying := _staying(old, new)):
        yield from _of_lists(old, new, path, staying)
    else:
        yield SetValue(path, new)


def _of_lists(old: list[Data], new: list[Data], path: Path, staying: Sequence[tuple[int, int]]) -> Iterator[Edit]:
    for before, after in staying:
        yield from _of_values(old[before], new[after], (*path, before))
    kept = {before for before, _after in staying}
    yield from (Remove((*path, index)) for index in reversed(range(len(old))) if index not in kept)
    there = {after for _before, after in staying}
    yield from (Insert(path, value, index) for index, value in enumerate(new) if index not in there)


def _staying(old: list[Data], new: list[Data]) -> list[tuple[int, int]]:
    """Return the places, in the old list and the new, of the items that stay: as many as keep their order."""
    places = {name: index for index, name in enumerate(_names(old))}
    both = [(places[name], index) for index, name in enumerate(_names(new)) if name in places]
    kept = [both[index] for index in _longest_rising([before for before, _after in both])]
    known = {before for before, _after in both}, {after for _before, after in both}
    pairs: list[tuple[int, int]] = []
    start_old = start_new = 0
    for before, after in [*kept, (len(old), len(new))]:
        between = range(start_old, before), range(start_new, after)
        strange = [
            [index for index in indexes if index not in met and _may_be_changed(values[index])]
            for indexes, met, values in zip(between, known, (old, new), strict=True)
        ]
        if len(strange[0]) == len(strange[1]):
            pairs += zip(*strange, strict=True)
        pairs.append((before, after))
        start_old, start_new = before + 1, after + 1
    return pairs[:-1]


def _may_be_changed(value: Data) -> bool:
    """Say whether an item may be another one changed: whatever has no id, which is never given to something else."""
    return not isinstance(value, dict) or "id" not in value


def _names(items: Sequence[Data]) -> Iterator[Hashable]:
    """Yield what each item of a list is known by; of several that are alike the second, third … is told apart."""
    met: Counter[Hashable] = Counter()
    for item in items:
        name = _name(item)
        met[name] += 1
        yield name, met[name]


def _name(item: Data) -> Hashable:
    if isinstance(item, dict):
        for key in _NAMES:
            if isinstance(name := item.get(key), str):
                return key, name
    return item if isinstance(item, str | None) else json.dumps(item, sort_keys=True)


def _longest_rising(numbers: Sequence[int]) -> list[int]:
    """Return the indexes of the longest rising run of some numbers, others between them left out."""
    ends: list[int] = []  # the smallest number with which a run of each length ends
    last: list[int] = []
    before: list[int] = []
    for index, number in enumerate(numbers):
        length = bisect_left(ends, number)
        ends[length : length + 1] = [number]
        last[length : length + 1] = [index]
        before.append(last[length - 1] if length else -1)
    run: list[int] = []
    index = last[-1] if last else -1
    while index >= 0:
        run.append(index)
        index = before[index]
    return run[::-1]
