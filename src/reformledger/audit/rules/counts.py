"""Group 1, counts: what the documents declare against what they hold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from reformledger.audit.context import Audit, Found, joined
from reformledger.audit.finding import Severity
from reformledger.audit.pointer import Pointer, at
from reformledger.audit.rule import rule
from reformledger.declarations import Among, among, chosen, declarations
from reformledger.entry import Entry
from reformledger.i18n import _, ngettext
from reformledger.model.entries import Counted, Target
from reformledger.model.text import full_ref
from reformledger.text.folding import compact, search_key
from reformledger.text.numerals import NUMERAL, number_of
from reformledger.text.patterns import when_used
from reformledger.text.quantities import quantities

# A target counts less or more than the title where it is of another span of time, or of a part: 累计, 首批, 三年建成.
_OTHER_SPAN = when_used("累计|其中|[年月]均|季度?|首批|[一二三四]期|当年")
_OF_YEARS = when_used("(?<![0-9])(?:[0-9]{1,2}|[两三四五六七八九十])年|[0-9]{4}年?[-~—至到]")
_WHATEVER = when_used("数|量|目标|任务|指标|合计|总")
_SHARED_OUT = when_used(f"分别[^0-9]{{0,8}}?({NUMERAL}(?:[、,和]{NUMERAL})+)")


@rule("RL101", Severity.ERROR)
def number_of_rows(audit: Audit) -> Iterator[Found]:
    """Find declared numbers that are not those of the rows."""
    for declaration in declarations(audit.headings, audit.members):
        said, entries = declaration.said, declaration.entries
        kinds = {declaration.groups, len({entry.row.level for entry in entries if entry.row and entry.row.level})}
        if said.totals and not any(
            count.number == len(entries) or (count.of_kinds and count.number in kinds) for count in said.totals
        ):
            message = ngettext(
                "“{declared}” is declared, but {count} entry stands here.",
                "“{declared}” is declared, but {count} entries stand here.",
                len(entries),
            )
            part = said.text if declaration.is_in_title else ""
            pointer = Pointer(declaration.loaded, declaration.path, part)
            yield Found(message.format(declared=said.text, count=len(entries)), pointer)


@rule("RL102", Severity.ERROR)
def number_among_them(audit: Audit) -> Iterator[Found]:
    """Find numbers after 其中 that are not those of the rows with ☆, due within the year, or of a level."""
    for declaration in declarations(audit.headings, audit.members):
        for detail in declaration.said.details:
            counted = among(detail, declaration.entries)
            number = len(chosen(detail, counted, declaration.entries)) if counted else detail.number
            if counted and number != detail.number:
                message = _among_sentence(counted).format(declared=detail.text, count=number)
                # Written with other characters in the file, it is not to be found there.
                part = detail.text if detail.text in declaration.said.text else ""
                yield Found(message, Pointer(declaration.loaded, declaration.path, part))


def _among_sentence(counted: Among) -> str:
    match counted:
        case "starred":
            return _("“{declared}” is declared; entries with ☆: {count}.")
        case "due":
            return _("“{declared}” is declared; entries due within the year: {count}.")
        case "level":
            return _("“{declared}” is declared; entries of this level: {count}.")


@rule("RL103", Severity.ERROR)
def target_sums(audit: Audit) -> Iterator[Found]:
    """Find targets whose value is not the sum of what they say they count."""
    for entry in audit.book.entries:
        for index, target in enumerate(entry.data.targets):
            numbers, related = _summed(audit, entry, target)
            total = sum(numbers)
            if numbers and total != target.value:
                message = _("The target “{name}” is {value}, but what it counts adds up to {sum}.").format(
                    name=target.name,
                    value=f"{target.value}{target.unit or ''}",
                    sum=f"{total} = {' + '.join(map(str, numbers))}" if len(numbers) > 1 else total,
                )
                yield Found(message, at(entry, "targets", index, "value"), related)


def _summed(audit: Audit, entry: Entry, target: Target) -> tuple[list[int], tuple[tuple[str, Pointer], ...]]:
    """Return the numbers that are counted, and where; none when they are not loaded, or one is not said."""
    if target.counts and target.counts.phases:
        other = audit.book.get(full_ref(target.counts.phases, entry.year))
        phases = other.data.phases if other else ()
        numbers = [phase.count for phase in phases if phase.count is not None]
        if other is None or len(numbers) < len(phases):
            return [], ()
        return numbers, tuple((phase.name, at(other, "phases", i, "count")) for i, phase in enumerate(phases))
    rows = _rows_counted(audit, entry, target.counts)
    for earlier in audit.book.before(entry) if target.counts else ():
        of_same_name = (other.counts for other in earlier.data.targets if other.name == target.name)
        rows += [row for row in _rows_counted(audit, earlier, next(of_same_name, None)) if row.closing]
    if not rows or not audit.knows_past(entry):
        return [], ()
    return [len(rows)], tuple((row.id, at(row)) for row in rows)


def _rows_counted(audit: Audit, entry: Entry, counted: Counted | None) -> list[Entry]:
    """Return the rows of the entry's year that are counted."""
    rows = (audit.rows_of(entry.year, counted.part) or []) if counted else []
    level = search_key(counted.level) if counted and counted.level else None
    return [row for row in rows if level is None or (row.row and search_key(row.row.level or "") == level)]


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
            message = message.format(words=match[0], counts=joined(map(str, counts)))
            related = ((_("the phases"), at(entry, "phases")),)
            yield Found(message, at(entry, "title", part=match[0]), related)


@rule("RL105", Severity.WARNING)
def target_as_in_the_title(audit: Audit) -> Iterator[Found]:
    """Find targets that contradict the one number of their unit in the title: 300套 there, 30 here."""
    for entry in audit.book.entries:
        if not entry.data.targets or _OF_YEARS.search(entry.data.title):
            continue
        units = Counter(target.unit for target in entry.data.targets)
        for index, target in enumerate(entry.data.targets):
            if not target.unit or units[target.unit] > 1 or not _is_of_title(target.name, entry.data.title):
                continue
            said = quantities(entry.data.title, target.unit)
            if len(said) == 1 and not said[0].allows(target.value):
                message = _("The title says “{words}”, but the target “{name}” is {value}.")
                value = f"{target.value}{target.unit}"
                message = message.format(words=said[0].text, name=target.name, value=value)
                related = ((_("the title"), at(entry, "title", part=said[0].text)),)
                yield Found(message, at(entry, "targets", index, "value"), related)


def _is_of_title(name: str, title: str) -> bool:
    """Say whether a target counts what the title does: they share a character, or its name says of nothing what."""
    if any(word not in title for word in _OTHER_SPAN.findall(name)):
        return False
    return not set(name).isdisjoint(title) or bool(_WHATEVER.search(name))
