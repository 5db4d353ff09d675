"""Three-way merge of a document as plain data: entries by id, headings by number and title, all else by key."""

from __future__ import annotations

from typing import NamedTuple

from reformledger.history.comparing.plain import text_of
from reformledger.history.difference import Difference, DifferenceKind
from reformledger.history.merging.conflict import Conflict, Words, conflict, field_words
from reformledger.history.merging.data.headings import Merging
from reformledger.history.merging.data.names import settled_names
from reformledger.history.merging.data.rows import RowsMerge
from reformledger.history.merging.data.settling import advice_on
from reformledger.history.merging.data.values import Clash, Values
from reformledger.i18n import _
from reformledger.yamlio import Data, Mapped, mappings_in


class Merged(NamedTuple):
    """A merged document in which each conflict is settled for one side; without conflicts both are equal."""

    ours: Mapped
    theirs: Mapped
    conflicts: list[Conflict]


def merge(base: Mapped | None, ours: Mapped, theirs: Mapped, words: Words = field_words) -> Merged:
    """Merge what two sides made of a document, None where it had none; ``words`` say a difference in a sentence.

    What neither side may have meant is never made: what only one side changed is so, what both changed alike is there
    once, and all else is a conflict. The plain data need not be valid, and are not changed.
    """
    if ours in (theirs, base):
        return Merged(theirs, theirs, [])
    if theirs == base:
        return Merged(ours, ours, [])
    if ours.get("kind") != theirs.get("kind"):
        clash = Clash(("kind",), base and base.get("kind"), ours.get("kind"), theirs.get("kind"))
        return Merged(ours, theirs, [_of_clash(ours, clash, words)])
    merged, conflicts = _merged(base, ours, theirs, words, prefer_ours=True)
    if not conflicts:
        return Merged(merged, merged, [])
    return Merged(merged, _merged(base, ours, theirs, words, prefer_ours=False)[0], conflicts)


def _merged(
    base: Mapped | None, ours: Mapped, theirs: Mapped, words: Words, *, prefer_ours: bool
) -> tuple[Mapped, list[Conflict]]:
    """Return the merged document in which conflicts are settled for the preferred side, and the conflicts."""
    document = Merging((base, ours, theirs))
    rows = RowsMerge(document, words, prefer_ours=prefer_ours).merged()
    if rows.kept:  # the record of a removal goes where the entry stays
        document.states = base, _without_removals(ours, rows.kept), _without_removals(theirs, rows.kept)
    values = Values(prefer_ours=prefer_ours)
    merged = document.merged(values, rows.entries) or {}
    conflicts = [*rows.conflicts, *(_of_clash(ours, clash, words) for clash in values.clashes)]
    if merged.get("kind") == "directory":
        merged, of_names = settled_names(merged, ours, theirs, words, prefer_ours=prefer_ours)
        conflicts += of_names
    return merged, conflicts


def _without_removals(state: Mapped, ids: set[str]) -> Mapped:
    before = mappings_in(state.get("removed"))
    records: list[Data] = [each for each in before if text_of(each, "id") not in ids]
    if len(records) == len(before):
        return state
    if not records:
        return {key: value for key, value in state.items() if key != "removed"}
    return {**state, "removed": records}


def _of_clash(document: Mapped, clash: Clash, words: Words) -> Conflict:
    year, kind = text_of(document, "year"), text_of(document, "kind")
    ref = f"{year}/{kind}" if year else kind
    title = text_of(document, "title") or ref
    ours, theirs = (
        Difference(DifferenceKind.CHANGED, ref, title, clash.path, clash.base, value)
        for value in (clash.ours, clash.theirs)
    )
    why = _("Both sides change the same, each otherwise.")
    if clash.path[-1:] == ("count",):
        why = _("Both sides change this count, and the rows do not tell what it is now.")
    if clash.path[-1:] == ("removed",):
        why = _("Both sides take out the same entry, each in other words.")
    return conflict(why, [ours], [theirs], advice_on([ours], [theirs]), words)
