"""Group 6, references: ids, names of parts and codes that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from reformledger.audit.context import Audit, Found
from reformledger.audit.finding import Severity
from reformledger.audit.rule import RULES, UNMATCHED, rule
from reformledger.audit.spot import Spot, at
from reformledger.book import Entry
from reformledger.i18n import _, sentences
from reformledger.model.documents import Contacts
from reformledger.model.text import full_ref
from reformledger.text.nearest import nearest, nearest_advice


@rule("RL603", Severity.ERROR)
def missing_references(audit: Audit) -> Iterator[Found]:
    """Find references to what is not there, as far as the documents that would hold it are loaded, or cannot be."""
    for entry in audit.book.entries:
        yield from _implements(audit, entry)
        yield from _carried_over(audit, entry)
        yield from _counted(audit, entry)
        yield from _reported_targets(entry)
    yield from _contacts(audit)


def _implements(audit: Audit, entry: Entry) -> Iterator[Found]:
    refs = audit.book.implemented_refs(entry)
    for index, ref in enumerate(refs):
        other = audit.book.get(ref)
        if other is None and int(ref[:4]) in audit.years("workpoints"):
            yield Found(_missing(audit, ref, entry), at(entry, "implements", index))
        elif other is not None and other.row is not None:
            message = _("{ref} is a row of the ledger, not a work point.")
            yield Found(message.format(ref=ref), at(entry, "implements", index), ((other.id, at(other)),))


def _carried_over(audit: Audit, entry: Entry) -> Iterator[Found]:
    ref = entry.data.carried_over_from
    if ref and int(ref[:4]) >= entry.year:
        message = _("{ref} is of no earlier year than {id}.").format(ref=ref, id=entry.ref)
        yield Found(message, at(entry, "carried_over_from"))
    elif ref and audit.book.get(ref) is None and int(ref[:4]) in audit.years("workpoints") & audit.years("ledger"):
        yield Found(_missing(audit, ref, entry), at(entry, "carried_over_from"))


def _counted(audit: Audit, entry: Entry) -> Iterator[Found]:
    for index, target in enumerate(entry.data.targets):
        if target.counts is None:
            continue
        ref = full_ref(target.counts.phases, entry.year) if target.counts.phases else None
        if (int(ref[:4]) if ref else entry.year) not in audit.years("ledger"):
            continue
        if ref and audit.book.get(ref) is None:
            yield Found(_missing(audit, ref, entry), at(entry, "targets", index, "counts", "phases"))
        elif target.counts.part and audit.rows_of(entry.year, target.counts.part) is None:
            message = _("No part or table of the ledger is titled “{title}”.").format(title=target.counts.part)
            yield Found(message, at(entry, "targets", index, "counts", "part"))


def _reported_targets(entry: Entry) -> Iterator[Found]:
    names = {target.name for target in entry.data.targets}
    for index, report in enumerate(entry.data.progress):
        for name in report.targets:
            if name not in names:
                message = _("The report gives a value of “{name}”, which is no target of {id}.")
                spot = at(entry, "progress", index, "targets", name, key=True)
                yield Found(message.format(name=name, id=entry.id), spot)


def _contacts(audit: Audit) -> Iterator[Found]:
    for loaded in audit.book.documents:
        if isinstance(loaded.document, Contacts) and loaded.document.year in audit.book.years:
            for entry_id in loaded.document.contacts:
                ref = f"{loaded.document.year}/{entry_id}"
                if audit.book.get(ref) is None:
                    yield Found(_missing(audit, ref), Spot(loaded, ("contacts", entry_id), key=True))


def _missing(audit: Audit, ref: str, entry: Entry | None = None) -> str:
    """Say that there is no such entry, with the nearest ids."""
    near = nearest(ref, (other.ref for other in audit.book.entries if other.ref[:4] == ref[:4] and other is not entry))
    return sentences(_("There is no entry {id}.").format(id=ref), nearest_advice(near[:1]))


@rule(UNMATCHED, Severity.WARNING)
def unmatched_acknowledgement(audit: Audit) -> Iterator[Found]:
    """Find acknowledgements of what is found no more, or of rules that there are not."""
    for entry, code in audit.unmatched():
        if code in RULES:
            message = _("{code} is acknowledged here, but finds nothing any more: take the line out.")
        else:
            message = _("“{code}” is acknowledged, but there is no such rule.")
        yield Found(message.format(code=code), at(entry, "acknowledged", code, key=True))
