"""Three-way merge of one entry: field by field, then by the rules of its life."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reformledger.edits.intents import Set
from reformledger.history.comparing.entries import compare_entries
from reformledger.history.comparing.plain import text_of
from reformledger.history.comparing.values import DECISIONS
from reformledger.history.difference import Difference, DifferenceKind
from reformledger.history.merging.conflict import Conflict, Words, conflict
from reformledger.history.merging.data.life import Opposed, after_the_close, opposed
from reformledger.history.merging.data.renaming import names_all, told_apart
from reformledger.history.merging.data.settling import advice_on, upon
from reformledger.history.merging.data.undoing import undone
from reformledger.history.merging.data.values import DATED, Clash, Values
from reformledger.i18n import _
from reformledger.yamlio import Data, Mapped


class MergedEntry(NamedTuple):
    """An entry with the changes of both sides, those of the preferred side where they conflict; and the conflicts."""

    data: Mapped
    conflicts: list[Conflict]


def merged_entry(
    ref: str, base: Mapped, ours: Mapped, theirs: Mapped, words: Words, *, prefer_ours: bool
) -> MergedEntry:
    """Merge what two sides made of an entry; ``ref`` is that of the entry."""
    if ours in (theirs, base) or theirs == base:
        return MergedEntry(theirs if ours == base else ours, [])
    made = _with_names(ref, base, ours, theirs, words, prefer_ours=prefer_ours)
    other = _with_names(ref, base, ours, theirs, words, prefer_ours=not prefer_ours) if made.conflicts else made
    if not (names_all(made.data) and names_all(other.data)) and names_all(ours) and names_all(theirs):
        why = _("Both sides change its phases, and records name phases that would not be there.")
        sides = [compare_entries(ref, base, side) for side in (ours, theirs)]
        whole = conflict(why, sides[0], sides[1], upon([], keep_ours=True), words)
        return MergedEntry(ours if prefer_ours else theirs, [whole])
    return made


def _with_names(
    ref: str, base: Mapped, ours: Mapped, theirs: Mapped, words: Words, *, prefer_ours: bool
) -> MergedEntry:
    """Merge an entry with its phases told apart where a side renamed some."""
    apart = told_apart(base, ours, theirs, prefer_ours=prefer_ours)
    if apart is None:
        return _merged(ref, base, ours, theirs, words, prefer_ours=prefer_ours)
    made = _merged(ref, apart.base, apart.ours, apart.theirs, words, prefer_ours=prefer_ours)
    clashes = [_of_renaming(ref, text_of(ours, "title"), clash, words) for clash in apart.clashes]
    return MergedEntry(apart.named(made.data), [*clashes, *made.conflicts])


def _merged(ref: str, base: Mapped, ours: Mapped, theirs: Mapped, words: Words, *, prefer_ours: bool) -> MergedEntry:
    our, their = compare_entries(ref, base, ours), compare_entries(ref, base, theirs)
    our, their = [one for one in our if one not in their], [one for one in their if one not in our]
    whole = Values(prefer_ours=prefer_ours).mapping(base, ours, theirs)
    found = [*opposed(our, their), *after_the_close(our, their, whole, (ours, theirs))]
    our_rest, their_rest = ours, theirs
    for difference in _once(each.ours for each in found):
        our_rest = undone(our_rest, base, difference)
    for difference in _once(each.theirs for each in found):
        their_rest = undone(their_rest, base, difference)
    values = Values(prefer_ours=True)
    values.mapping(base, our_rest, their_rest)
    conflicts = [
        *(_of_life(group, our, their, words) for group in _groups(found)),
        *(_of_clash(ref, text_of(ours, "title"), clash, words) for clash in values.clashes),
    ]
    sides = (ours, their_rest) if prefer_ours else (our_rest, theirs)
    return MergedEntry(Values(prefer_ours=prefer_ours).mapping(base, *sides), conflicts)


def _once(differences: Iterator[Difference]) -> list[Difference]:
    found: list[Difference] = []
    for difference in differences:
        if difference not in found:
            found.append(difference)
    return found


def _groups(found: Sequence[Opposed]) -> list[list[Opposed]]:
    """Return what is opposed in groups: whoever settles one of a group settles all of it."""
    groups: list[list[Opposed]] = []
    for each in found:
        joined = [group for group in groups if any(each.ours == one.ours or each.theirs == one.theirs for one in group)]
        groups = [group for group in groups if group not in joined]
        groups.append([*(one for group in joined for one in group), each])
    return groups


def _of_life(
    group: Sequence[Opposed], our: Sequence[Difference], their: Sequence[Difference], words: Words
) -> Conflict:
    ours = [one for one in our if any(one == each.ours for each in group)]
    theirs = [one for one in their if any(one == each.theirs for each in group)]
    return conflict(group[0].why, ours, theirs, advice_on(ours, theirs), words)


def _of_clash(ref: str, title: str, clash: Clash, words: Words) -> Conflict:
    ours, theirs = (_difference(ref, title, clash, value) for value in (clash.ours, clash.theirs))
    why = _("Both sides change the same, each otherwise.")
    if clash.base is None and clash.path == ("progress",):
        why = _("Both sides record a report of one department and day, each in other words.")
    elif clash.base is None and clash.path == ("waivers",):
        why = _("Both sides waive the same period, each in other words.")
    return conflict(why, [ours], [theirs], advice_on([ours], [theirs]), words)


def _of_renaming(ref: str, title: str, clash: Clash, words: Words) -> Conflict:
    ours, theirs = (_difference(ref, title, clash, value) for value in (clash.ours, clash.theirs))
    renaming = Set(ref, {f"phases.{clash.ours}.name": str(clash.theirs)})
    why = _("Both sides change the same, each otherwise.")
    return conflict(why, [ours], [theirs], upon([renaming], keep_ours=True), words)


def _difference(ref: str, title: str, clash: Clash, value: Data) -> Difference:
    is_record = clash.path[-1] in DATED or clash.path[-1] in DECISIONS
    kind = DifferenceKind.CHANGED
    if is_record and clash.base is None:
        kind = DifferenceKind.RECORDED
    elif is_record and value is None:
        kind = DifferenceKind.WITHDRAWN
    return Difference(kind, ref, title, clash.path, clash.base, value)
