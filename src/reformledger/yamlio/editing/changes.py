"""Edits taken apart into changes, each at one place, and which of these are in each other's way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reformledger.yamlio.data import Data, Path, Step
from reformledger.yamlio.editing.edits import AddKey, Edit, Insert, Remove, SetValue, applied

_END: Step = "\n(end)"
"""Means the place behind the last key or item; no key holds a line feed unescaped."""


@dataclass(frozen=True, slots=True)
class Items:
    """Insert values into the list at ``path``, the first as item ``index``; ``at_end``: that is its end."""

    path: Path
    index: int
    values: tuple[Data, ...]
    at_end: bool


Change = SetValue | AddKey | Remove | Items


def changes_of(data: Data, edits: Sequence[Edit]) -> tuple[list[Change], Data]:
    """Take edits apart; return the changes and what the data are after them, as ``applied`` says."""
    changes: list[Change] = []
    for edit in edits:
        after = applied(data, [edit])
        changes += _apart(edit, data)
        data = after
    return _joined(changes), data


def as_edits(change: Change) -> list[Edit]:
    """Return a change as edits."""
    if not isinstance(change, Items):
        return [change]
    return [Insert(change.path, value, index) for index, value in enumerate(change.values, change.index)]


def _apart(edit: Edit, data: Data) -> Iterator[Change]:
    """Yield the changes of an edit to ``data``: of what is replaced by its like, only the parts that differ."""
    if isinstance(edit, Insert):
        length = len(value_at(data, edit.path) or ())
        index = length if edit.index is None else edit.index
        yield Items(edit.path, index, (edit.value,), at_end=index == length)
    elif isinstance(edit, SetValue):
        yield from _differences(value_at(data, edit.path), edit.value, edit.path)
    else:
        yield edit


def _differences(old: Data, new: Data, path: Path) -> Iterator[Change]:
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict) and old and new:
        order = tuple(new)
        for key, value in new.items():
            if key in old:
                yield from _differences(old[key], value, (*path, key))
            else:
                yield AddKey(path, key, value, order)
        yield from (Remove((*path, key)) for key in old if key not in new)
    elif isinstance(old, list) and isinstance(new, list) and old and new:
        first = _alike(old, new)
        last = min(_alike(old[::-1], new[::-1]), len(old) - first, len(new) - first)
        both = min(len(old), len(new)) - last
        for index in range(first, both):
            yield from _differences(old[index], new[index], (*path, index))
        if len(new) > len(old):
            yield Items(path, both, tuple(new[both : len(new) - last]), at_end=not last)
        yield from (Remove((*path, index)) for index in range(len(old) - last - 1, both - 1, -1))
    else:
        yield SetValue(path, new)


def _alike(first: list[Data], second: list[Data]) -> int:
    """Return how many items at the start of two lists are the same."""
    pairs = enumerate(zip(first, second, strict=False))
    return next((index for index, (one, other) in pairs if one != other), min(len(first), len(second)))


def value_at(data: Data, path: Path) -> Data:
    """Return the value at ``path``, which leads somewhere."""
    for step in path:
        data = data[step]  # type: ignore[index]  # the path was followed before
    return data


def _joined(changes: list[Change]) -> list[Change]:
    """Make one change of several that follow each other and append to the same list."""
    joined: list[Change] = []
    for change in changes:
        last = joined[-1] if joined else None
        match change, last:
            case Items(path, _, values, at_end=True), Items(earlier, index, before, at_end=True) if path == earlier:
                joined[-1] = Items(path, index, before + values, at_end=True)
            case _:
                joined.append(change)
    return joined


def touched_by(change: Change) -> tuple[Path, ...]:
    """Return the paths whose meaning or place a change affects, with all that is below them."""
    path = change.path
    match change:
        case SetValue():
            return (path,)
        case AddKey():
            return ((*path, change.key), (*path, _END))
        case Items() if change.at_end:
            return ((*path, _END), *((*path, index) for index, _value in enumerate(change.values, change.index)))
        case Items():
            return (path,)
        case Remove():
            # Behind a removed item all indices shift.
            return (path[:-1],) if isinstance(path[-1], int) else (path, (*path[:-1], _END))


class Touched:
    """The paths that changes touch."""

    def __init__(self) -> None:
        self._exact: set[Path] = set()
        self._above: set[Path] = set()

    def holds(self, paths: Iterable[Path]) -> bool:
        """Say whether one of ``paths`` lies at, above or below a path that is touched already."""
        return any(
            path in self._above or any(path[:length] in self._exact for length in range(len(path) + 1))
            for path in paths
        )

    def add(self, paths: Iterable[Path]) -> None:
        """Add paths."""
        for path in paths:
            self._exact.add(path)
            self._above.update(path[:length] for length in range(len(path) + 1))
