"""Spellings of a directory that two sides gave to two names: one spelling can mean one office only."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from reformledger.history.comparing.plain import text_of
from reformledger.history.difference import Difference, DifferenceKind
from reformledger.history.merging.conflict import Conflict, Words, conflict
from reformledger.history.merging.data.settling import upon
from reformledger.i18n import _
from reformledger.text.folding import name_key
from reformledger.yamlio import Data, Mapped, mappings_in

_REF = "directory"


def settled_names(
    merged: Mapped, ours: Mapped, theirs: Mapped, words: Words, *, prefer_ours: bool
) -> tuple[Mapped, list[Conflict]]:
    """Return a merged directory in which no spelling belongs to two names because of the merge; and the conflicts.

    Where two sides gave one to different names, it stays with that of the preferred side.
    """
    sides = [_owners(side) for side in (ours, theirs)]
    conflicts: list[Conflict] = []
    for key, owners in _owners(merged).items():
        our, their = (side.get(key, []) for side in sides)
        if len(owners) < 2 or len(our) != 1 or len(their) != 1:  # noqa: PLR2004 - what one side alone says is its own
            continue
        made = [_difference(document, owner[0]) for document, owner in ((ours, our), (theirs, their))]
        why = _("Both sides give this spelling to a name, each to another: {name}.").format(name=key)
        conflicts.append(conflict(why, made[:1], made[1:], upon([], keep_ours=True), words))
        merged = _without(merged, key, keep=(our if prefer_ours else their)[0])
    return merged, conflicts


def _owners(directory: Mapped) -> dict[str, list[str]]:
    """Return the names that each spelling belongs to, by its key."""
    found: dict[str, list[str]] = {}
    for item in mappings_in(directory.get("names")):
        name = text_of(item, "name")
        for key in {name_key(spelling) for spelling in _spellings(item)}:
            if name not in found.setdefault(key, []):
                found[key].append(name)
    return found


def _spellings(item: Mapped) -> Iterator[str]:
    also = item.get("also")
    yield text_of(item, "name")
    yield from (each for each in (also if isinstance(also, list) else []) if isinstance(each, str))


def _difference(directory: Mapped, name: str) -> Difference:
    item = next(each for each in mappings_in(directory.get("names")) if text_of(each, "name") == name)
    also: list[Data] = [*list(_spellings(item))[1:]]
    return Difference(DifferenceKind.CHANGED, _REF, _REF, ("names", name, "also"), None, also)


def _without(directory: Mapped, key: str, keep: str) -> Mapped:
    """Return a directory in which one name alone has a spelling; a name that is spelled so itself goes."""
    names: list[Data] = []
    for item in cast("list[Mapped]", directory["names"]):
        name = text_of(item, "name")
        if name == keep:
            names.append(item)
        elif name_key(name) != key:
            also = item.get("also")
            kept: list[Data] = [each for each in (also if isinstance(also, list) else []) if name_key(str(each)) != key]
            names.append({**item, "also": kept} if kept else {k: v for k, v in item.items() if k != "also"})
    return {**directory, "names": names}
