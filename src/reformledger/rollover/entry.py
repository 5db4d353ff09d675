"""One entry carried over into the next year: the same duty under a new id, its deadline where it was."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple, cast

from reformledger.book import Entry
from reformledger.edits.draft import Mapped, at, key_order
from reformledger.edits.serialize import as_written
from reformledger.fields.entry import ENTRY, PHASE
from reformledger.model.deadline import star_deadline
from reformledger.model.life import PhaseState
from reformledger.model.text import full_ref
from reformledger.rollover.deadlines import deadline_in_year, means_the_same
from reformledger.yamlio import Data
from reformledger.yamlio.editing import AddKey, Edit, Remove, SetValue, applied

_STAR_IN_TEXT = re.compile("^[☆★](?:[（(][^（）()]*[）)]$)?|[☆★](?:[（(][^（）()]*[）)])?$")


class CarriedEntry(NamedTuple):
    """An entry that goes on, its new ref, and its new number as printed."""

    entry: Entry
    ref: str
    number: str | None


def carried_data(carried: CarriedEntry, refs: Mapping[str, str], year: int) -> Mapped:
    """Return the entry as it is to be written in the document of ``year``; ``refs`` are the new refs by the old."""
    entry = carried.entry
    raw = cast("Mapped", at(entry.group.loaded.tree.data, (*entry.group.path, entry.index)))
    order = key_order(type(entry.data), entry.group.table)
    new: Mapped = {
        "id": carried.ref.partition("/")[2],
        "carried_over_from": entry.ref,
        **dict(_deadlines(entry, raw, year)),
    }
    if carried.number is not None:
        new["number"] = carried.number
    if entry.row and entry.row.implements:
        new["implements"] = [_following(entry, ref, refs, year) for ref in entry.row.implements]
    if entry.data.targets:
        new["targets"] = [_target(entry, target, refs, year) for target in cast("list[Mapped]", raw["targets"])]
    if entry.data.star:
        new |= _without_printed_star(raw)
    # The new ☆ is the office's to set, and the old records stand in the old document.
    steps: list[Edit] = [Remove((key,)) for key in raw if ENTRY[key].stays]
    for key, value in new.items():
        if key not in raw:
            steps.append(AddKey((), key, value, order))
        else:
            steps.append(Remove((key,)) if value is None else SetValue((key,), value))
    return cast("Mapped", as_written(applied(raw, steps)))


def _following(entry: Entry, ref: str, refs: Mapping[str, str], year: int) -> str:
    """Return the reference to the same work point: under its new id where it goes on too."""
    whole = full_ref(ref, entry.year)
    return refs[whole].removeprefix(f"{year}/") if whole in refs else whole


def _target(entry: Entry, target: Mapped, refs: Mapping[str, str], year: int) -> Mapped:
    """Return a target; the entry whose phases it counts goes under its new id."""
    counts = target.get("counts")
    if not isinstance(counts, dict) or not counts.get("phases"):
        return target
    return {**target, "counts": {**counts, "phases": _following(entry, str(counts["phases"]), refs, year)}}


def _without_printed_star(raw: Mapped) -> Mapped:
    """Return the texts of an entry that print its ☆ once more, which is no ☆ of the new year, without it."""
    new: Mapped = {}
    columns = raw.get("columns")
    if isinstance(columns, dict):
        kept = {key: _STAR_IN_TEXT.sub("", str(value)).strip() or None for key, value in columns.items() if value}
        new["columns"] = {key: value for key, value in kept.items() if value} or None
    if remark := raw.get("remark"):
        new["remark"] = _STAR_IN_TEXT.sub("", str(remark)).strip() or None
    if title := _STAR_IN_TEXT.sub("", str(raw["title"])).strip():
        new["title"] = title
    return new


def _deadlines(entry: Entry, raw: Mapped, year: int) -> Iterator[tuple[str, Data]]:
    """Yield the keys that hold deadlines with their new values; None: the key is removed."""
    due = entry.data.due
    from_star = star_deadline(entry.year) if entry.data.star and due is None else None
    if due is not None and due.parts:
        if not means_the_same(raw["due"], due, year):
            yield "due", None
            yield "phases", [_phase(phase, raw, year) for phase in _distinct(entry.phases)]
            return
    elif due is not None:
        yield "due", deadline_in_year(raw["due"], due, year)
    elif from_star and not entry.phases:
        yield "due", deadline_in_year(None, from_star, year)
    if entry.data.phases:
        phases = [phase if phase.deadline else replace(phase, deadline=from_star) for phase in entry.phases]
        yield "phases", [_phase(phase, raw, year) for phase in phases]


def _distinct(phases: tuple[PhaseState, ...]) -> list[PhaseState]:
    """Return dated parts whose texts, which become names, are made distinct by their deadlines."""
    names = [phase.name for phase in phases]
    return [
        replace(phase, name=f"{phase.name}（{phase.deadline.wording}）")
        if phase.deadline and names.count(phase.name) > 1
        else phase
        for phase in phases
    ]


def _phase(phase: PhaseState, raw: Mapped, year: int) -> Data:
    """Return a phase with its records; one that is closed out stays so."""
    declared = cast("list[Mapped]", raw.get("phases") or [])
    written: Mapped = next((dict(other) for other in declared if other["name"] == phase.name), {"name": phase.name})
    if phase.deadline is None:
        return written
    old = written.get("due") or phase.deadline.wording
    due = deadline_in_year(old, phase.deadline, year)
    if "due" in written:
        return {**written, "due": due}
    return applied(written, [AddKey((), "due", due, tuple(PHASE))])
