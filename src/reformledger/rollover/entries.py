"""Entries carried over into the next year: the same duties under new ids and numbers, with the deadlines they had."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple, cast

from reformledger.book import Book
from reformledger.edits.plain import at
from reformledger.edits.rules.tables import prefix_of
from reformledger.edits.serialize import as_written, key_order
from reformledger.entry import Entry
from reformledger.fields.entry import ENTRY, PHASE
from reformledger.model.deadline import Deadline, DeadlineError, parse_deadline, star_deadline
from reformledger.model.entries import STAR_SIGN
from reformledger.model.meaning import period_meaning
from reformledger.model.period import Period
from reformledger.model.phases import PhaseState
from reformledger.model.text import full_ref
from reformledger.text.folding import compact
from reformledger.text.numerals import printed_number, renumbered
from reformledger.yamlio import Data, Mapped
from reformledger.yamlio.editing import AddKey, Edit, Remove, SetValue, applied

_STAR_IN_TEXT = re.compile("^☆(?:[（(][^（）()]*[）)]$)?|☆(?:[（(][^（）()]*[）)])?$")


class CarriedEntry(NamedTuple):
    """An entry that goes on, its new ref, and its new number as printed."""

    entry: Entry
    ref: str
    number: str | None

    @property
    def written(self) -> Mapped:
        """The entry as it is written in its file."""
        group = self.entry.group
        return cast("Mapped", at(group.loaded.tree.data, (*group.path, self.entry.index)))


def numbered_anew(book: Book, last: int) -> Iterator[CarriedEntry]:
    """Yield all that is open in the year ``last`` with its id and number in the next.

    Ids count from 1 in a table, in work points through all sections; those of entries without a number come behind
    the others, so that ids and numbers agree. Codes (``numbers: own``) and their ids stay as they are.
    """
    counts: Counter[str] = Counter()
    open_entries = [entry for entry in book.entries if entry.year == last and entry.closing is None]
    unnumbered = Counter(_stem(entry) for entry in open_entries if entry.data.number)
    numbers = _Numbers(book, last)
    for entry in open_entries:
        if entry.group.has_own_numbers:
            yield CarriedEntry(entry, f"{last + 1}/{entry.id}", entry.data.number)
            continue
        stem = _stem(entry)
        counter = counts if entry.data.number else unnumbered
        counter[stem] += 1
        new_id = f"{stem}-{counter[stem]}"
        yield CarriedEntry(entry, f"{last + 1}/{new_id}", numbers.next(entry, new_id))


def _stem(entry: Entry) -> str:
    """Return what ids are counted under: the prefix, or point-1 and task-1 for point-1-3 and task-1-3."""
    prefix, stem = prefix_of(entry), entry.id.rpartition("-")[0]
    return stem if re.fullmatch(f"{re.escape(prefix)}(-[0-9]+)*", stem) else prefix


class _Numbers:
    """The printed numbers, one after another."""

    def __init__(self, book: Book, last: int) -> None:
        self._begins_at_one = {
            group: next((n for entry in group.entries() if (n := printed_number(entry.data.number))), 1) == 1
            for group in book.groups
            if group.year == last
        }
        self._before: Entry | None = None
        self._last = 0

    def next(self, entry: Entry, new_id: str) -> str | None:
        """Return the number of the next entry, written as its old one was.

        A table or section counts from 1 where it did so before, else on from the one before it.
        """
        printed, before = entry.data.number, self._before
        if before is None or before.group is not entry.group:
            is_same_file = before is not None and before.group.loaded is entry.group.loaded
            self._last = 0 if self._begins_at_one[entry.group] or not is_same_file else self._last
        self._before = entry
        if printed is None:
            return None
        if printed_number(printed) is not None:
            self._last += 1
            return renumbered(printed, self._last)
        # 1.3 is counted where the id says the same (point-1-3); of other numbers nobody knows how they count.
        is_counted = _digits(printed) == _digits(entry.id)
        return renumbered(printed, _digits(new_id)[-1]) if is_counted else printed


def _digits(text: str) -> list[int]:
    return [int(digits) for digits in re.findall("[0-9]+", compact(text))]


def carried_data(carried: CarriedEntry, refs: Mapping[str, str], year: int) -> Mapped:
    """Return the entry as it is to be written in the document of ``year``; ``refs`` are the new refs by the old."""
    entry = carried.entry
    raw = carried.written
    order = key_order(type(entry.data), entry.group.columns)
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
        kept = {key: _STAR_IN_TEXT.sub("", str(value)).strip() for key, value in columns.items() if value}
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
        if not _means_the_same(raw["due"], due, year):
            yield "due", None
            yield "phases", [_phase(entry, phase, raw, year) for phase in _distinct(entry.phases)]
            return
    elif due is not None:
        yield "due", deadline_in_year(raw["due"], due, year)
    elif from_star and not entry.phases:
        yield "due", deadline_in_year(None, from_star, year)
    if entry.data.phases:
        phases = [phase if phase.deadline else replace(phase, deadline=from_star) for phase in entry.phases]
        yield "phases", [_phase(entry, phase, raw, year) for phase in phases]


def _distinct(phases: tuple[PhaseState, ...]) -> list[PhaseState]:
    """Return dated parts whose texts, which become names, are made distinct by their deadlines."""
    names = [phase.name for phase in phases]
    return [
        replace(phase, name=f"{phase.name}（{phase.deadline.wording}）")
        if phase.deadline and names.count(phase.name) > 1
        else phase
        for phase in phases
    ]


def _phase(entry: Entry, phase: PhaseState, raw: Mapped, year: int) -> Data:
    """Return a phase with its records; one that is closed out stays so."""
    declared = cast("list[Mapped]", raw.get("phases") or [])
    places = [place for place, other in enumerate(entry.data.phases) if other is phase.data]
    written: Mapped = dict(declared[places[0]]) if places else {"name": phase.name}
    if phase.deadline is None:
        return written
    old = written.get("due") or phase.deadline.wording
    due = deadline_in_year(old, phase.deadline, year)
    if "due" in written:
        return {**written, "due": due}
    return applied(written, [AddKey((), "due", due, tuple(PHASE))])


def deadline_in_year(written: Data, deadline: Deadline, year: int) -> Data:
    """Return a deadline as it is to be written in a document of ``year``: the same days, the same printed words.

    One that means the same there stays as it is ``written``, and so does what goes on recurring. What recurs in one
    year alone (2020年每季度末), or is completed by a day, becomes the period from its first occurrence to its last, and
    what is counted from the date of issue the days that it came to.
    """
    wording = deadline.wording or STAR_SIGN
    if written is not None and (_means_the_same(written, deadline, year) or goes_on(written, deadline, year)):
        return written
    if not (deadline.every or deadline.within or deadline.parts):
        return {"wording": wording, "means": deadline.meaning(deadline.occurrences[0].end.year)}
    assert deadline.start is not None  # noqa: S101 - what recurs has days, and so has what was counted
    assert deadline.end is not None  # noqa: S101 - and an end
    return {"wording": wording, "means": period_meaning(Period(deadline.start, deadline.end))}


def _means_the_same(written: Data, deadline: Deadline, year: int) -> bool:
    """Say whether a deadline has the same days when it is read in a document of ``year``."""
    there = _read_in(written, year)
    return there is not None and there.occurrences == deadline.occurrences


def goes_on(written: Data, deadline: Deadline, year: int) -> bool:
    """Say whether what recurs goes on in ``year``: its occurrences of each year are that year's."""
    there = _read_in(written, year) if deadline.every and deadline.completes is None else None
    return there is not None and there.every == deadline.every


def _read_in(written: Data, year: int) -> Deadline | None:
    """Return a deadline as it reads in a document of ``year``; None where it cannot be read there."""
    if isinstance(written, dict):
        wording, explicit = str(written["wording"]), str(written["means"])
    else:
        wording, explicit = str(written), None
    try:
        return parse_deadline(wording, year, explicit)
    except DeadlineError:
        return None
