"""Group 1, counts: what the documents declare against what they hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reformledger.audit.context import Audit, Found
from reformledger.audit.finding import Severity
from reformledger.audit.pointer import Pointer, at
from reformledger.audit.rule import rule
from reformledger.book import Entry, Group
from reformledger.i18n import _, ngettext
from reformledger.model.entries import Counted, Target
from reformledger.model.text import full_ref
from reformledger.query import due_in
from reformledger.text.counts import Declared, Detail, declared, declared_in_title
from reformledger.text.folding import compact
from reformledger.text.numerals import NUMERAL, number_of

_SHARED_OUT = re.compile(f"分别[^0-9]{{0,8}}?({NUMERAL}(?:[、,和]{NUMERAL})+)")


class _Heading(NamedTuple):
    """A heading that declares a count, and what is under it."""

    said: Declared
    pointer: Pointer
    entries: Sequence[Entry]
    tables: int


def _headings(audit: Audit) -> Iterator[_Heading]:
    """Yield every count that a section, part or table declares, in its own field or at the end of its title."""
    parts: dict[tuple[object, ...], list[Group]] = {}
    for group in audit.members:
        parts.setdefault((group.loaded.name, *group.path[:2]), []).append(group)
    for groups in parts.values():
        first = groups[0]
        entries = [entry for group in groups for entry in audit.members[group]]
        count = getattr(first.heading, "count", None)
        yield from _declared_by(first, 2, count, first.heading.title, entries, len(groups))
        for group in groups:
            if group.table is not None:
                yield from _declared_by(group, 4, group.table.count, group.table.title, audit.members[group], 1)


def _declared_by(
    group: Group, depth: int, count: str | None, title: str | None, entries: Sequence[Entry], tables: int
) -> Iterator[_Heading]:
    path = group.path[:depth]
    if count:
        yield _Heading(declared(count), Pointer(group.loaded, (*path, "count")), entries, tables)
    if title and (said := declared_in_title(title)):
        yield _Heading(said, Pointer(group.loaded, (*path, "title"), said.text), entries, tables)


@rule("RL101", Severity.ERROR)
def number_of_rows(audit: Audit) -> Iterator[Found]:
    """Find declared numbers that are not those of the rows."""
    for said, pointer, entries, tables in _headings(audit):
        kinds = {tables, len({entry.row.level for entry in entries if entry.row and entry.row.level})}
        if said.totals and not any(
            count.number == len(entries) or (count.of_kinds and count.number in kinds) for count in said.totals
        ):
            message = ngettext(
                "“{declared}” is declared, but {count} entry stands here.",
                "“{declared}” is declared, but {count} entries stand here.",
                len(entries),
            )
            yield Found(message.format(declared=said.text, count=len(entries)), pointer)


@rule("RL102", Severity.ERROR)
def number_among_them(audit: Audit) -> Iterator[Found]:
    """Find numbers after 其中 that are not those of the rows with ☆, due within the year, or of a level."""
    for said, pointer, entries, _tables in _headings(audit):
        for detail in said.details:
            counted = _counted(detail, entries)
            if counted is not None and len(counted[0]) != detail.number:
                chosen, sentence = counted
                message = sentence.format(declared=detail.text, count=len(chosen))
                yield Found(message, pointer._replace(part=_as_written(said.text, detail)))


def _as_written(text: str, detail: Detail) -> str:
    """Return the detail as the file has it, or nothing when it is written with other characters."""
    return detail.text if detail.text in text else ""


def _counted(detail: Detail, entries: Sequence[Entry]) -> tuple[list[Entry], str] | None:
    """Return the entries that a detail counts, and the sentence that says so; None for what nobody can count."""
    starred = [entry for entry in entries if entry.data.star]
    if detail.starred and (starred or detail.due_year is None):
        return starred, _("“{declared}” is declared; entries with ☆: {count}.")
    if detail.due_year is not None:
        due = [entry for entry in entries if due_in(entry, detail.due_year or entry.year)]
        # A bureau may count as due within the year those that it marked so.
        chosen = starred if len(starred) == detail.number else due
        return chosen, _("“{declared}” is declared; entries due within the year: {count}.")
    levelled = [
        entry for entry in entries if entry.row and detail.label and detail.label in compact(entry.row.level or "")
    ]
    return (levelled, _("“{declared}” is declared; entries of this level: {count}.")) if levelled else None


@rule("RL103", Severity.ERROR)
def target_sums(audit: Audit) -> Iterator[Found]:
    """Find targets whose value is not the sum of what they say they count."""
    for entry in audit.book.entries:
        for index, target in enumerate(entry.data.targets):
            summed = _summed(audit, entry, target)
            if summed is not None and sum(summed.numbers) != target.value:
                total = sum(summed.numbers)
                how = f"{total} = {' + '.join(map(str, summed.numbers))}" if len(summed.numbers) > 1 else str(total)
                message = _("The target “{name}” is {value}, but what it counts adds up to {sum}.").format(
                    name=target.name, value=f"{target.value}{target.unit or ''}", sum=how
                )
                yield Found(message, at(entry, "targets", index, "value"), summed.related)


class _Summed(NamedTuple):
    numbers: tuple[int, ...]
    related: tuple[tuple[str, Pointer], ...]


def _summed(audit: Audit, entry: Entry, target: Target) -> _Summed | None:
    """Return what is counted; None when it is not loaded, or says no number."""
    counted = target.counts
    if counted is None:
        return None
    if counted.phases:
        other = audit.book.get(full_ref(counted.phases, entry.year))
        counts = [phase.count for phase in other.data.phases] if other else []
        numbers = tuple(count for count in counts if count is not None)
        if other is None or not counts or len(numbers) < len(counts):
            return None
        related = tuple(
            (phase.name, at(other, "phases", index, "count")) for index, phase in enumerate(other.data.phases)
        )
        return _Summed(numbers, related)
    rows = _rows_counted(audit, entry, counted)
    for earlier in audit.book.before(entry):
        rows += [row for row in _rows_counted(audit, earlier, _like(earlier, target)) if row.closing]
    if not rows or not audit.knows_past(entry):
        return None
    return _Summed((len(rows),), tuple((row.id, at(row)) for row in rows))


def _rows_counted(audit: Audit, entry: Entry, counted: Counted | None) -> list[Entry]:
    """Return the rows of the entry's year that are counted."""
    rows = (audit.rows_of(entry.year, counted.part) or []) if counted else []
    level = compact(counted.level) if counted and counted.level else None
    return [row for row in rows if level is None or (row.row and compact(row.row.level or "") == level)]


def _like(entry: Entry, target: Target) -> Counted | None:
    """Return what the target of the same name counts in an earlier year."""
    return next((other.counts for other in entry.data.targets if other.name == target.name), None)


@rule("RL104", Severity.ERROR)
def phases_as_in_the_title(audit: Audit) -> Iterator[Found]:
    """Find phases whose counts are not those that the title shares out: ``分别下设13、9、7个子项``."""
    for entry in audit.book.entries:
        counts = [phase.count for phase in entry.data.phases]
        if not counts or None in counts:
            continue
        match = _SHARED_OUT.search(compact(entry.data.title))
        if match and [number_of(numeral) for numeral in re.split("[、,和]", match[1])] != counts:
            message = _("The title says “{words}”, but the counts of the phases are {counts}.")
            numbers = "、".join(map(str, counts))
            yield Found(
                message.format(words=match[0], counts=numbers),
                at(entry, "title", part=match[0]),
                ((_("the phases"), at(entry, "phases")),),
            )
