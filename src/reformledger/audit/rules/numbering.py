"""Group 8, numbering: numbers as printed, and ids that should say the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from reformledger.audit.context import Audit, Found
from reformledger.audit.finding import Severity
from reformledger.audit.pointer import Pointer, at
from reformledger.audit.rule import rule
from reformledger.entry import Entry
from reformledger.i18n import _
from reformledger.text.folding import compact
from reformledger.text.numerals import NUMERAL, number_of, printed_number
from reformledger.yamlio import Path

_FROM_ONE = frozenset({1})
_FEW = 10  # so many rows are not lost at the head of a list by an oversight: it is an extract
_AROUND_NUMERALS = re.compile(f"({NUMERAL})|[.、]")


class _Run(NamedTuple):
    """Numbers that belong together and their places, in printed order; with one of ``first`` it may begin."""

    numbers: list[tuple[int, Pointer]]
    first: frozenset[int]


class _Printed(NamedTuple):
    """A number in print: its value, its form (一, （一）, 1), which is that of its level, and its place."""

    number: int
    form: str
    pointer: Pointer


def _printed(text: str | None, pointer: Pointer) -> _Printed | None:
    """Return a number as printed; None for what has parts or is none."""
    number = printed_number(text)
    if number is None or text is None:
        return None
    return _Printed(number, _AROUND_NUMERALS.sub(_script, compact(text)), pointer)


def _script(match: re.Match[str]) -> str:
    if not match[1]:
        return ""
    return "1" if match[1].isascii() else "一"


def _levels(printed: Iterable[_Printed], first: frozenset[int] = _FROM_ONE) -> Iterator[_Run]:
    """Yield the numbers of a list level by level: 一、 （一） （二） 二、 （一） are three runs.

    Another form opens a level where it begins with 1 or goes on from where that form ended, and an outer form closes
    it. Any other number, in whatever form, belongs to the level at hand.
    """
    runs: list[_Run] = []
    of_form: dict[str, _Run] = {}
    open_forms: list[str] = []
    for number, form, pointer in printed:
        goes_on = form in of_form and number == of_form[form].numbers[-1][0] + 1
        if form in open_forms:
            del open_forms[open_forms.index(form) + 1 :]
        elif not open_forms or number == 1 or goes_on:
            open_forms.append(form)
            if not goes_on:
                of_form[form] = _Run([], _FROM_ONE if runs else first)
                runs.append(of_form[form])
        of_form[open_forms[-1]].numbers.append((number, pointer))
    yield from runs


def _runs(audit: Audit) -> Iterator[_Run]:
    """Yield the numbers of each table and section, and those of the parts, sections, and sections inside one.

    A table or section, and the sections inside one, may count from 1, or go on from those before them. Numbers that
    are the body's own (``numbers: own``) are codes, and no runs. Above entries that are an extract, headings are one.
    """
    last: dict[str, int] = {}
    extracts: set[str] = set()
    for group, entries in audit.members.items():
        if group.has_own_numbers:
            continue
        printed = [_printed(entry.data.number, at(entry, "number")) for entry in entries if entry.data.number]
        known = [number for number in printed if number is not None]
        if known and len(known) == len(printed):
            file = group.loaded.name
            if file not in last and _is_extract(_FROM_ONE, known[0].number):
                extracts.add(file)
            yield from _levels(known, frozenset({1, last.get(file, 0) + 1}))
            last[file] = max(one.number for one in known)
    beside: dict[tuple[str, Path], list[_Printed]] = {}
    for loaded, (path, data), _groups in audit.headings:
        printed_here = _printed(getattr(data, "number", None), Pointer(loaded, (*path, "number")))
        if printed_here is not None and getattr(loaded.document, "numbers", None) is None:
            beside.setdefault((loaded.name, path[:-1]), []).append(printed_here)
    highest: dict[tuple[str, int], int] = {}
    for (file, around), numbers in beside.items():
        depth = file, len(around)
        of_extract = {numbers[0].number} if file in extracts and depth not in highest else set()
        yield from _levels(numbers, frozenset({1, highest.get(depth, 0) + 1} | of_extract))
        highest[depth] = max(one.number for one in numbers)


@rule("RL801", Severity.WARNING, declared_by=("numbers: own",))
def gaps(audit: Audit) -> Iterator[Found]:
    """Find numbers that are missing or out of order; a list that begins late (80, 201) is an extract."""
    for run in _runs(audit):
        present = {number for number, _pointer in run.numbers}
        highest = 0
        for position, (number, pointer) in enumerate(run.numbers):
            expected = _expected_first(run.first, number) if position == 0 else highest + 1
            missing = [other for other in range(expected, number) if other not in present]
            if missing:
                words = str(missing[0]) if len(missing) == 1 else f"{missing[0]}–{missing[-1]}"
                yield Found(_("Missing before {number}: {missing}.").format(missing=words, number=number), pointer)
            elif number < highest and all(number != earlier for earlier, _pointer in run.numbers[:position]):
                message = _("The number {number} stands after {other}: out of order.")
                yield Found(message.format(number=number, other=highest), pointer)
            highest = max(highest, number)


def _expected_first(first: frozenset[int], number: int) -> int:
    """Return the number with which a run should begin that begins with another; it itself where all is well."""
    return number if number in first or _is_extract(first, number) else min(first)


def _is_extract(first: frozenset[int], number: int) -> bool:
    return all(not start <= number < start + _FEW for start in first)


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


@rule("RL803", Severity.WARNING, declared_by=("numbers: own",))
def ids(audit: Audit) -> Iterator[Found]:
    """Find ids that have another prefix than their table, or another number than their row."""
    usual = _usual_prefixes(audit)
    prefixes = {
        group: group.table.id_prefix if group.table else _prefix_of(entries) or usual.get(group.loaded.name, "")
        for group, entries in audit.members.items()
    }
    numbers = {group: _numbers(entries) for group, entries in audit.members.items()}
    begin_at_one = Counter((group.loaded.name, prefixes[group]) for group in prefixes if numbers[group][:1] == [1])
    for group, entries in audit.members.items():
        prefix, printed = prefixes[group], numbers[group]
        first = next(iter(printed), 1)
        # Codes, the numbers of several levels, and those that begin again under one prefix say nothing of the id.
        is_comparable = not (
            group.has_own_numbers or len(set(printed)) < len(printed) or begin_at_one[group.loaded.name, prefix] > 1
        )
        for entry in entries:
            rest = entry.id.removeprefix(f"{prefix}-")
            if rest == entry.id:
                message = _("The id {id} does not begin with “{prefix}-”, as those of its table do.")
                yield Found(message.format(id=entry.id, prefix=prefix), at(entry, "id"))
            elif is_comparable and not _same_number(rest, entry, {0, 1 - first}):
                message = _("The id {id} and the number {number} of its row do not agree.")
                related = ((_("the number"), at(entry, "number")),)
                yield Found(message.format(id=entry.id, number=entry.data.number), at(entry, "id"), related)


def _numbers(entries: Iterable[Entry]) -> list[int]:
    """Return the printed numbers of entries that have one of a single part."""
    return [number for entry in entries if (number := printed_number(entry.data.number)) is not None]


def _prefix_of(points: Sequence[Entry]) -> str | None:
    """Return the one prefix that the ids of several work points share; a section may have its own."""
    prefixes = {point.id.rpartition("-")[0] for point in points}
    return prefixes.pop() if len(prefixes) == 1 and len(points) > 1 else None


def _usual_prefixes(audit: Audit) -> dict[str, str]:
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
