"""The check as a whole: rules over a book, acknowledgements taken into account, findings in the order of the files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from reformledger.audit.context import Audit, Found
from reformledger.audit.finding import Finding, Related, Report, Severity
from reformledger.audit.groups import all_rules
from reformledger.audit.locate import place_of, place_of_fault
from reformledger.audit.rule import READING, UNMATCHED, Rule
from reformledger.audit.spot import Spot
from reformledger.book import Book, Entry
from reformledger.errors import DataError, Fault
from reformledger.i18n import sentences


def audit(book: Book, as_of: date, rules: Sequence[Rule] | None = None) -> Report:
    """Return what ``rules`` (all, unless told otherwise) find in a book on the day ``as_of``."""
    context = Audit(book, as_of)
    findings = [
        _finding(rule, found, context) for rule, found in _all_found(context, all_rules() if rules is None else rules)
    ]
    order = {loaded.name: index for index, loaded in enumerate(book.documents)}
    findings.sort(key=lambda f: (order[f.place.file], f.place.line, f.place.column, f.code))
    return Report(tuple(findings))


def idle_acknowledgements(book: Book, as_of: date) -> list[Spot]:
    """Return where something is acknowledged that is found no more on the day ``as_of``: the keys of the codes."""
    context = Audit(book, as_of)
    idle = []
    for rule, found in _all_found(context, all_rules()):
        context.acknowledgement(rule.code, _beside(found, context))
        if rule.code == UNMATCHED:
            idle.append(found.spot)
    return idle


def _all_found(context: Audit, rules: Sequence[Rule]) -> Iterator[tuple[Rule, Found]]:
    """Yield what each rule finds; who takes one marks its acknowledgements before the next is asked for."""
    context.judged = frozenset(rule.code for rule in rules)
    # Whether an acknowledgement matches anything is known when all others have spoken.
    for rule in sorted(rules, key=lambda rule: rule.code == UNMATCHED):
        for found in rule.find(context):
            yield rule, found


def _finding(rule: Rule, found: Found, context: Audit) -> Finding:
    entries = list(_entries(found))
    return Finding(
        rule.code,
        rule.severity,
        found.message,
        place_of(found.spot),
        tuple(Related(word, place_of(spot)) for word, spot in found.related),
        entries[0].ref if entries else None,
        None if rule.code == UNMATCHED else context.acknowledgement(rule.code, _beside(found, context)),
    )


def _entries(found: Found) -> Iterator[Entry]:
    """Yield the entries that a finding speaks of."""
    for spot in (found.spot, *(spot for _word, spot in found.related)):
        if spot.entry is not None:
            yield spot.entry


def _beside(found: Found, context: Audit) -> list[Entry]:
    """Return the entries beside which a finding may be acknowledged: those of it, for a heading the first below."""
    entries = list(_entries(found))
    first = None if entries else context.first_below(found.spot)
    return entries if first is None else [first]


def faults_report(error: DataError) -> Report:
    """Return what reading refused as findings, so that both are shown in one way."""
    lines: dict[str, list[str]] = {}
    findings = []
    for fault in error.faults:
        if fault.file not in lines:
            lines[fault.file] = _lines(fault)
        message = sentences(fault.message, fault.advice)
        findings.append(Finding(READING, Severity.ERROR, message, place_of_fault(fault, lines[fault.file])))
    return Report(tuple(findings))


def _lines(fault: Fault) -> list[str]:
    """Return the lines of a faulty file as far as they can be read."""
    if not fault.line:
        return []
    try:
        text = Path(fault.file).read_bytes().decode("utf-8-sig", "replace")
    except OSError:
        return []
    return text.replace("\r\n", "\n").split("\n")
