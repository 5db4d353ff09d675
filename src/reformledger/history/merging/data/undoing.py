"""One change of an entry taken back, all else left as it is."""

from __future__ import annotations

from typing import cast

from reformledger.history.comparing.plain import name_words, text_of
from reformledger.history.difference import Difference, DifferenceKind, FieldPath
from reformledger.yamlio import Data, Mapped, mappings_in

_RECORDS = frozenset({"progress", "waivers", "extensions", "history"})


def undone(entry: Mapped, base: Mapped, difference: Difference) -> Mapped:
    """Return an entry without a difference from ``base``, which ``compare_entries`` found.

    With an extension its deadline goes, and with a reopening the close-out that it took back is there again.
    """
    path = difference.path
    if path[0] not in _RECORDS:
        return _reverted(entry, base, path)
    records = mappings_in(entry.get(path[0]))
    found = dict(entry)
    if difference.kind is DifferenceKind.RECORDED:
        record = cast("Mapped", difference.after)
        records.remove(record)
        found[path[0]] = cast("Data", records) or None
        changed = {"extensions": "due", "history": "closed"}.get(path[0])
        phase = text_of(record, "phase")
        if changed:
            found = _reverted(found, base, ("phases", phase, changed) if phase else (changed,))
        return {key: value for key, value in found.items() if value is not None or key in base}
    return _reverted(entry, base, path[:1])


def _reverted(entry: Mapped, base: Mapped, path: FieldPath) -> Mapped:
    """Return an entry in which what a path leads to is as in ``base``; one step into phases is a name."""
    key, rest = path[0], path[1:]
    now, before = entry.get(key), base.get(key)
    if not rest or not isinstance(now, (dict, list)):
        value = before
    elif isinstance(now, dict):
        value = _reverted(now, before if isinstance(before, dict) else {}, rest) or None
    else:
        value = _reverted_in(now, before if isinstance(before, list) else [], rest)
    found = {**entry, key: value}
    return {key: value for key, value in found.items() if value is not None or key in base}


def _reverted_in(items: list[Data], base: list[Data], path: FieldPath) -> Data:
    old = dict(zip(name_words(base), base, strict=True))
    kept: list[Data] = []
    for word, item in zip(name_words(items), items, strict=True):
        if word != path[0]:
            kept.append(item)
            continue
        before = old.get(word)
        if len(path) > 1 and isinstance(item, dict):
            made = _reverted(item, before if isinstance(before, dict) else {}, path[1:])
            # A phase that is there to hold a record goes with it.
            if before is not None or made.keys() - {"name"}:
                kept.append(made)
        elif before is not None:
            kept.append(before)
    if path[0] not in name_words(items) and path[0] in old:
        kept.append(old[path[0]])
    return kept or None
