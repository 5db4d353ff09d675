"""Documents as their records were on a day, as plain data: ``model.as_of``, done to what is written.

A document that no revision keeps can so be compared with itself. What bears no day stays as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from reformledger.entry import groups_of
from reformledger.loader import LoadedDocument
from reformledger.model.as_of import as_of
from reformledger.model.documents import Path
from reformledger.model.entries import EntryFields, Phase
from reformledger.yamlio import Data, Mapped

_RECORDS = ("progress", "waivers", "extensions", "history")


def plain(loaded: LoadedDocument) -> Mapped:
    """Return a document as it is written."""
    data = loaded.tree.data
    assert isinstance(data, dict)  # noqa: S101 - a valid document is one
    return data


def plain_as_of(loaded: LoadedDocument, day: date) -> Mapped:
    """Return a document as its records were at the end of a day, the very same where none is later."""
    data: Data = plain(loaded)
    for group in groups_of(loaded):
        for entry in group.entries():
            then = as_of(entry.data, day)
            if then is not entry.data:
                data = _with_entry(data, (*group.path, entry.index), entry.data, then)
    assert isinstance(data, dict)  # noqa: S101 - as before
    return data


def _with_entry(data: Data, path: Path, now: EntryFields, then: EntryFields) -> Data:
    """Return data with the entry at a path as it was, and all else shared."""
    if not path:
        return _entry_then(data, now, then) if isinstance(data, dict) else data
    step, rest = path[0], path[1:]
    if isinstance(data, dict) and isinstance(step, str):
        return {**data, step: _with_entry(data[step], rest, now, then)}
    if isinstance(data, list) and isinstance(step, int):
        return [*data[:step], _with_entry(data[step], rest, now, then), *data[step + 1 :]]
    return data


def _entry_then(raw: Mapped, now: EntryFields, then: EntryFields) -> Mapped:
    found = _life_then(raw, raw, (now, now), then)
    for key in _RECORDS:
        kept = getattr(then, key)
        # Of the records that are, those that were: each is the very same.
        found[key] = [item for item, record in _each(raw, now, key) if any(record is each for each in kept)] or None
    items = raw.get("phases")
    phases = [
        _life_then(item, raw, (phase, now), before) if isinstance(item, dict) else item
        for item, phase, before in zip(items if isinstance(items, list) else (), now.phases, then.phases, strict=False)
    ]
    found["phases"] = phases or None
    return {key: value for key, value in found.items() if value is not None or (key in raw and raw[key] is None)}


def _each(raw: Mapped, model: EntryFields, key: str) -> list[tuple[Data, object]]:
    """Return the items of a list as they are written, each with what was read of it."""
    items = raw.get(key)
    read: Sequence[object] = getattr(model, key)
    return list(zip(items, read, strict=True)) if isinstance(items, list) and len(items) == len(read) else []


def _life_then(
    raw: Mapped, entry: Mapped, now: tuple[EntryFields | Phase, EntryFields], then: EntryFields | Phase
) -> Mapped:
    """Return an entry, or a phase of ``entry``, with the deadline and the decisions that it had.

    ``now`` is what was read of it and of the entry: the deadline before an extension, and the close-out before a
    reopening, are the very ones that it had.
    """
    part, whole = now
    found = dict(raw)
    if then.due is not part.due:
        found["due"] = _kept(entry, whole, "extensions", "from", then.due)
    if then.closed is not part.closed:
        found["closed"] = _kept(entry, whole, "history", "closed", then.closed)
    for key in ("paused", "cancelled"):
        if getattr(then, key, None) is None and key in found:
            found[key] = None
    return found


def _kept(entry: Mapped, whole: EntryFields, key: str, within: str, wanted: object) -> Data:
    """Return what a record keeps of how it was before, as it is written; None where nothing was."""
    name = "from_" if within == "from" else within
    for item, record in _each(entry, whole, key):
        if wanted is not None and getattr(record, name) is wanted and isinstance(item, dict):
            return item.get(within)
    return None
