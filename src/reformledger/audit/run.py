"""The check as a whole: rules over a book, acknowledgements taken into account, findings in the order of the files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from reformledger.audit.context import Audit, Found
from reformledger.audit.finding import Finding, Related, Report, Severity
from reformledger.audit.pointer import place_of, place_of_fault
from reformledger.audit.rule import READING, UNMATCHED, Rule, all_rules
from reformledger.book import Book
from reformledger.errors import DataError, Fault
from reformledger.i18n import sentences


def audit(book: Book, as_of: date, rules: Sequence[Rule] | None = None, judged: Sequence[Rule] | None = None) -> Report:
    """Return what ``rules`` (all unless given) find in a book on the day ``as_of``.

    Whether an acknowledgement matches a finding is asked of those of the ``judged`` rules (all unless given). It is
    known when all of these have run, which they do where it is asked, whether or not their own findings are.
    """
    every = all_rules()
    chosen = every if rules is None else rules
    codes = {rule.code for rule in chosen}
    judging = UNMATCHED in codes
    asked = (every if judged is None else judged) if judging else ()
    context = Audit(book, as_of, {rule.code for rule in asked}, {rule.code for rule in every})
    in_turn = sorted(dict.fromkeys([*chosen, *asked]), key=lambda rule: (rule.code == UNMATCHED, rule.code))
    findings = [
        finding
        for rule in in_turn
        for found in rule.find(context)
        if (finding := _finding(rule, found, context)).code in codes
    ]
    order = {loaded.name: index for index, loaded in enumerate(book.documents)}
    findings.sort(key=lambda f: (order[f.place.file], f.place.line, f.place.column, f.code))
    unmatched = frozenset((entry.ref, code) for entry, code in context.unmatched()) if judging else frozenset()
    return Report(tuple(findings), unmatched)


def _finding(rule: Rule, found: Found, context: Audit) -> Finding:
    pointers = (found.pointer, *(pointer for _word, pointer in found.related))
    entries = [pointer.entry for pointer in pointers if pointer.entry is not None]
    # It may be acknowledged in the entries that it is about; what is said of a heading, in the first below.
    first = None if entries else context.first_below(found.pointer)
    beside = entries if first is None else [first]
    return Finding(
        rule.code,
        rule.severity,
        found.message,
        place_of(found.pointer),
        tuple(Related(word, place_of(pointer)) for word, pointer in found.related),
        entries[0].ref if entries else None,
        None if rule.code == UNMATCHED else context.acknowledgement(rule.code, beside),
        tuple(dict.fromkeys(entry.ref for entry in beside)),
    )


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
