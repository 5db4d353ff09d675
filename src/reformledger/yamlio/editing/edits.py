"""Edits as values: what can be done to a document, and what its data are afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reformledger.i18n import _, sentences
from reformledger.yamlio.data import Data, Path
from reformledger.yamlio.faults.fault import TextFault


@dataclass(frozen=True, slots=True)
class SetValue:
    """Replace the value at ``path``, a scalar or a whole list or mapping; of two alike only the parts that differ."""

    path: Path
    value: Data


@dataclass(frozen=True, slots=True)
class AddKey:
    """Add ``key`` to the mapping at ``path``.

    Of the keys before it in ``order``, the last that is present is the one it goes after; without such a key it
    becomes the last.
    """

    path: Path
    key: str
    value: Data
    order: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Remove:
    """Remove the key or the item at ``path`` with its value."""

    path: Path


@dataclass(frozen=True, slots=True)
class Insert:
    """Insert ``value`` into the list at ``path`` as the item ``index``; None puts it at the end."""

    path: Path
    value: Data
    index: int | None = None


Edit = SetValue | AddKey | Remove | Insert


class Bare(str):
    """Text that is written without quotes, though other readers of YAML make something else of it: true, false."""

    __slots__ = ()


class EditError(Exception):
    """An edit that cannot be made; ``fault`` says why and where, the text is as it was."""

    def __init__(self, fault: TextFault) -> None:
        super().__init__(fault)
        self.fault = fault

    def __str__(self) -> str:
        line, column, message, advice = self.fault
        text = sentences(message, advice)
        return f"{line}:{column}: {text}" if line else text


def refused(message: str, advice: str = "") -> EditError:
    """Return an error whose place is not known yet."""
    return EditError(TextFault(0, 0, message, advice))


def applied(data: Data, edits: Sequence[Edit]) -> Data:
    """Return the data as the edits leave them, each made to what the ones before left.

    ``data`` stays as it is; what no edit touches is shared. Raises ``EditError`` for a path that leads nowhere, a
    key that is there already, an index outside of the list.
    """
    for edit in edits:
        data = _changed(data, edit.path, 0, edit)
    return data


def _changed(data: Data, path: Path, depth: int, edit: Edit) -> Data:
    remaining = len(path) - depth
    if remaining == 0 or (remaining == 1 and isinstance(edit, Remove)):
        return _made(data, edit)
    step = path[depth]
    if isinstance(data, dict) and step in data:
        key = str(step)
        return {**data, key: _changed(data[key], path, depth + 1, edit)}
    if isinstance(data, list) and isinstance(step, int) and 0 <= step < len(data):
        copy = data.copy()
        copy[step] = _changed(data[step], path, depth + 1, edit)
        return copy
    raise _leads_nowhere(path)


def _made(data: Data, edit: Edit) -> Data:
    match edit:
        case SetValue():
            return edit.value
        case AddKey() if isinstance(data, dict):
            return _with_key(data, edit)
        case Insert() if isinstance(data, list):
            index = len(data) if edit.index is None else edit.index
            if 0 <= index <= len(data):
                return [*data[:index], edit.value, *data[index:]]
        case Remove(path) if path:
            step = path[-1]
            if isinstance(data, dict) and step in data:
                return {key: value for key, value in data.items() if key != step}
            if isinstance(data, list) and isinstance(step, int) and 0 <= step < len(data):
                return data[:step] + data[step + 1 :]
    raise _leads_nowhere(edit.path)


def _with_key(data: dict[str, Data], edit: AddKey) -> Data:
    if edit.key in data:
        raise refused(_("The key “{key}” is there already.").format(key=edit.key))
    before = key_before(data, edit)
    if before is None or before == next(reversed(data)):
        return {**data, edit.key: edit.value}
    pairs = list(data.items())
    place = list(data).index(before) + 1
    return dict([*pairs[:place], (edit.key, edit.value), *pairs[place:]])


def key_before(data: dict[str, Data], edit: AddKey) -> str | None:
    """Return the key of ``data`` after which the new one goes, None when there are no keys."""
    order = list(edit.order)
    earlier = order[: order.index(edit.key)] if edit.key in order else []
    present = [key for key in earlier if key in data]
    return present[-1] if present else next(reversed(data), None)


def _leads_nowhere(path: Path) -> EditError:
    return refused(_("There is nothing to change at {path}.").format(path=" / ".join(map(str, path)) or "/"))
