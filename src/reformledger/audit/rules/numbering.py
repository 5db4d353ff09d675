"""Group 8, numbering: numbers as printed, and ids that should say the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from reformledger.audit.context import Audit, Found
from reformledger.audit.finding import Severity
from reformledger.audit.pointer import Pointer, at
from reformledger.audit.rule import rule
from reformledger.entry import Entry
from reformledger.i18n import _
from reformledger.text.folding import compact
from reformledger.text.numerals import number_of, printed_number
from reformledger.yamlio import Path


class _Run(NamedTuple):
    """Numbers that belong together and their places, in printed order; with one of ``first`` it may begin."""

    numbers: list[tuple[int, Pointer]]
    first: frozenset[int]


def _runs(audit: Audit) -> Iterator[_Run]:
    """Yield the numbers of each table and section, and those of the parts, sections, and sections inside one.

    A table or section, and the sections inside one, may count from 1, or go on from those before them.
    """
    last: dict[str, int] = {}
    for group, entries in audit.members.items():
        file = group.loaded.name
        numbers = [
            (number, at(entry, "number"))
            for entry in entries
            if (number := printed_number(entry.data.number)) is not None
        ]
        if numbers and not any(entry.data.number and printed_number(entry.data.number) is None for entry in entries):
            yield _Run(numbers, frozenset({1, last.get(file, 0) + 1}))
            last[file] = max(number for number, _pointer in numbers)
    beside: dict[tuple[str, Path], list[tuple[int, Pointer]]] = {}
    for loaded, (path, data), _groups in audit.headings:
        if (number := printed_number(getattr(data, "number", None))) is not None:
            beside.setdefault((loaded.name, path[:-1]), []).append((number, Pointer(loaded, (*path, "number"))))
    highest: dict[tuple[str, int], int] = {}
    for (file, around), numbers in beside.items():
        depth = file, len(around)
        yield _Run(numbers, frozenset({1, highest.get(depth, 0) + 1}))
        highest[depth] = max(number for number, _pointer in numbers)


@rule("RL801", Severity.WARNING)
def gaps(audit: Audit) -> Iterator[Found]:
    """Find numbers that are missing or out of order."""
    for run in _runs(audit):
        present = {number for number, _pointer in run.numbers}
        highest = 0
        for position, (number, pointer) in enumerate(run.numbers):
            expected = max(run.first & {number} or {min(run.first)}) if position == 0 else highest + 1
            missing = [other for other in range(expected, number) if other not in present]
            if missing:
                words = str(missing[0]) if len(missing) == 1 else f"{missing[0]}–{missing[-1]}"
                yield Found(_("Missing before {number}: {missing}.").format(missing=words, number=number), pointer)
            elif number < highest and all(number != earlier for earlier, _pointer in run.numbers[:position]):
                message = _("The number {number} stands after {other}: out of order.")
                yield Found(message.format(number=number, other=highest), pointer)
            highest = max(highest, number)


@rule("RL802", Severity.WARNING)
def repeats(audit: Audit) -> Iterator[Found]:
    """Find numbers that two entries of a table or section, or two parts, share."""
    for run in _runs(audit):
        first: dict[int, Pointer] = {}
        for number, pointer in run.numbers:
            if number in first:
                related = ((_("the first"), first[number]),)
                yield Found(_("The number {number} stands here a second time.").format(number=number), pointer, related)
            first.setdefault(number, pointer)


@rule("RL803", Severity.WARNING)
def ids(audit: Audit) -> Iterator[Found]:
    """Find ids that have another prefix than their table, or another number than their row."""
    rows_before: Counter[tuple[str, int, str]] = Counter()
    prefixes = _point_prefixes(audit)
    for group, entries in audit.members.items():
        prefix = group.table.id_prefix if group.table else prefixes.get(group.loaded.name, "")
        before = rows_before[group.loaded.name, group.year, prefix]
        first = next((number for entry in entries if (number := printed_number(entry.data.number)) is not None), 1)
        for entry in entries:
            rest = entry.id.removeprefix(f"{prefix}-")
            if rest == entry.id:
                message = _("The id {id} does not begin with “{prefix}-”, as those of its table do.")
                yield Found(message.format(id=entry.id, prefix=prefix), at(entry, "id"))
            elif not _same_number(rest, entry, {0, 1 - first, before}):
                message = _("The id {id} and the number {number} of its row do not agree.")
                related = ((_("the number"), at(entry, "number")),)
                yield Found(message.format(id=entry.id, number=entry.data.number), at(entry, "id"), related)
        rows_before[group.loaded.name, group.year, prefix] += len(entries)


def _point_prefixes(audit: Audit) -> dict[str, str]:
    """Return the usual prefix of the ids of each document of work points, by file."""
    counts: dict[str, Counter[str]] = {}
    for point in audit.points:
        counts.setdefault(point.file, Counter())[point.id.rpartition("-")[0]] += 1
    return {file: prefixes.most_common(1)[0][0] for file, prefixes in counts.items()}


def _same_number(rest: str, entry: Entry, offsets: set[int]) -> bool:
    """Say whether the end of an id agrees with the number of its row.

    Where numbers run on from table to table while ids do not, or the other way round, they differ by an offset.
    What has no number, or an id of words, is not compared.
    """
    digits = re.findall("[0-9]+", rest)
    value = printed_number(entry.data.number)
    if not digits or entry.data.number is None:
        return True
    if value is None:
        parts = re.findall("[0-9]+", compact(entry.data.number))
        return not parts or [number_of(part) for part in parts] == [number_of(digit) for digit in digits]
    return len(digits) == 1 and any(number_of(digits[0]) == value + offset for offset in offsets)
