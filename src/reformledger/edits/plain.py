"""Documents as plain data: a value at a path, the document with one entry alone, what an edit of it touches."""

from __future__ import annotations

from typing import cast

from reformledger.model.documents import Path
from reformledger.yamlio import Data
from reformledger.yamlio.editing import AddKey, Edit


def is_within_entry(edit: Edit) -> bool:
    """Say whether an edit changes one entry only, and not which entries there are or which they carry on."""
    path = (*edit.path, edit.key) if isinstance(edit, AddKey) else edit.path
    if "carried_over_from" in path:
        return False
    lists = [index for index, step in enumerate(path) if step in {"rows", "points"}]
    return bool(lists) and len(path) > lists[0] + 2


def at(data: Data, path: Path) -> Data:
    """Return the value at a path that leads through the data; a missing last key gives None."""
    for step in path:
        data = data.get(str(step)) if isinstance(data, dict) else cast("list[Data]", data)[int(step)]
    return data


def alone(data: Data, path: Path) -> Data:
    """Return the document with the one entry at ``path`` and no other, to be checked without reading all anew."""
    if not path:
        return data
    step, rest = path[0], path[1:]
    if isinstance(data, list):
        return [alone(data[int(step)], rest)]
    assert isinstance(data, dict)  # noqa: S101 - a path leads through mappings and lists
    kept = {key: value for key, value in data.items() if key != "notice" and not isinstance(value, list)}
    return {**kept, str(step): alone(data[str(step)], rest)}
