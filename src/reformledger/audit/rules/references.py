"""Group 6, coverage and references: points without rows, rows without points, references to nothing, what is twice."""

from __future__ import annotations

from collections.abc import Iterator

from reformledger.audit.context import Audit, Found
from reformledger.audit.finding import Severity
from reformledger.audit.pointer import Pointer, at
from reformledger.audit.rule import FUTURE, UNMATCHED, rule
from reformledger.entry import Entry
from reformledger.i18n import _, ngettext, sentences
from reformledger.loader import LoadedDocument
from reformledger.model.base import content_key
from reformledger.model.documents import Contacts, Ledger
from reformledger.model.text import full_ref
from reformledger.roles import alike_keys
from reformledger.text.nearest import nearest, nearest_advice


@rule("RL601", Severity.WARNING, declared_by=("independent: true",))
def points_without_rows(audit: Audit) -> Iterator[Found]:
    """Find work points that no row carries out, in years whose ledger is loaded and names work points at all."""
    linked = {row.year for row, _points in audit.links.pairs()}
    with_rows = {row.year for row in audit.rows}
    asked = {ledger.year for loaded in audit.book.documents if (ledger := _carrying_out(loaded))}
    known = linked | (asked - with_rows)
    for point in audit.points:
        years = {point.year, *(earlier.year for earlier in audit.book.before(point))}
        if years <= known and audit.knows_past(point) and not audit.links.all_rows(point):
            message = _("No row of the ledger carries out {point}, “{title}”.")
            yield Found(message.format(point=point.id, title=point.data.title), at(point, "title"))


@rule("RL602", Severity.WARNING, declared_by=("independent: true",))
def rows_without_points(audit: Audit) -> Iterator[Found]:
    """Find rows that carry out no work point: one by one, or a table of them as a whole."""
    linked = {row.ref for row, _points in audit.links.pairs()}
    linking = {row.file for row, _points in audit.links.pairs()}
    for group, entries in audit.members.items():
        if not _carrying_out(group.loaded) or group.year not in audit.years["workpoints"]:
            continue
        # Those that name one that is not there, or whose document one quotes, are found by RL603 and RL305.
        alone = [row for row in entries if row.ref not in linked and row.row and not row.row.implements]
        alone = [row for row in alone if not _is_quoted(audit, row)]
        if len(alone) == len(entries) > 1:
            message = ngettext(
                "None of the {count} row of this table says which work point it carries out.",
                "None of the {count} rows of this table says which work point it carries out.",
                len(alone),
            )
            message = message.format(count=len(alone))
            if group.loaded.name not in linking:
                advice = _("If the ledger carries out none, say so at its head: independent: true.")
                message = sentences(message, advice)
            yield Found(message, at(alone[0], "id"), tuple((row.id, at(row)) for row in alone[1:]))
            continue
        for row in alone:
            message = _("{row} does not say which work point it carries out.")
            yield Found(message.format(row=row.id), at(row, "id"))


def _carrying_out(loaded: LoadedDocument) -> Ledger | None:
    """Return the ledger of a document, unless it says that it carries out no work points."""
    ledger = loaded.document
    return ledger if isinstance(ledger, Ledger) and not ledger.independent else None


def _is_quoted(audit: Audit, row: Entry) -> bool:
    """Say whether a work point quotes the document of a row, this year, or did in an earlier one, or may have."""
    return not audit.knows_past(row) or any(map(audit.links.quoting, (row, *audit.book.before(row))))


@rule("RL603", Severity.ERROR)
def missing_references(audit: Audit) -> Iterator[Found]:
    """Find references to what is not there, where the documents that would hold it are loaded, or never can be."""
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
        if other is None and int(ref[:4]) in audit.years["workpoints"]:
            yield Found(_missing(audit, ref, entry), at(entry, "implements", index))
        elif other is not None and other.row is not None:
            message = _("{ref} is a row of the ledger, not a work point.")
            yield Found(message.format(ref=ref), at(entry, "implements", index), ((other.id, at(other)),))


def _carried_over(audit: Audit, entry: Entry) -> Iterator[Found]:
    ref = entry.data.carried_over_from
    if ref and int(ref[:4]) >= entry.year:
        message = _("{ref} is of no earlier year than {id}.").format(ref=ref, id=entry.ref)
        yield Found(message, at(entry, "carried_over_from"))
    elif ref and audit.book.get(ref) is None and int(ref[:4]) in audit.years["workpoints"] & audit.years["ledger"]:
        yield Found(_missing(audit, ref, entry), at(entry, "carried_over_from"))


def _counted(audit: Audit, entry: Entry) -> Iterator[Found]:
    for index, target in enumerate(entry.data.targets):
        if target.counts is None:
            continue
        ref = full_ref(target.counts.phases, entry.year) if target.counts.phases else None
        if (int(ref[:4]) if ref else entry.year) not in audit.years["ledger"]:
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
                pointer = at(entry, "progress", index, "targets", name, key=True)
                yield Found(message.format(name=name, id=entry.id), pointer)


def _contacts(audit: Audit) -> Iterator[Found]:
    for loaded in audit.book.documents:
        if isinstance(loaded.document, Contacts) and loaded.document.year in audit.book.years:
            for entry_id in loaded.document.contacts:
                ref = f"{loaded.document.year}/{entry_id}"
                if audit.book.get(ref) is None:
                    yield Found(_missing(audit, ref), Pointer(loaded, ("contacts", entry_id), key=True))


def _missing(audit: Audit, ref: str, entry: Entry | None = None) -> str:
    """Say that there is no such entry, with the nearest ids."""
    near = nearest(ref, (other.ref for other in audit.book.entries if other.ref[:4] == ref[:4] and other is not entry))
    return sentences(_("There is no entry {id}.").format(id=ref), nearest_advice(near[:1]))


@rule(UNMATCHED, Severity.WARNING)
def unmatched_acknowledgement(audit: Audit) -> Iterator[Found]:
    """Find acknowledgements of what is found no more, or of rules that there are not."""
    for entry, code in audit.unmatched():
        if code == FUTURE:
            continue  # else a warning would come because a day has passed
        if code in audit.known:
            message = _("{code} is acknowledged here, but finds nothing any more: take the line out.")
        else:
            message = _("“{code}” is acknowledged, but there is no such rule.")
        yield Found(message.format(code=code), at(entry, "acknowledged", code, key=True))


@rule("RL605", Severity.NOTE)
def entries_there_twice(audit: Audit) -> Iterator[Found]:
    """Find points, and rows, of a year that have title and a leading department of one before, and no other text."""
    seen: dict[tuple[int, bool, str, str], list[Entry]] = {}
    for entry in audit.book.entries:
        others: list[Entry] = []
        for title, department in alike_keys(audit.book, entry):
            if department:  # a title alone says too little
                alike = seen.setdefault((entry.year, entry.row is None, title, department), [])
                others += [other for other in alike if not _differ(entry.data.text, other.data.text)]
                alike.append(entry)
        if others:
            other = others[0]
            message = _("{id} has the title and a leading department of {other}: is it the same?")
            message = message.format(id=entry.id, other=other.id)
            yield Found(message, at(entry, "title"), ((other.id, at(other, "title")),))


@rule("RL606", Severity.WARNING)
def carried_over_twice(audit: Audit) -> Iterator[Found]:
    """Find entries that carry on what another one carries on: the matter would be counted, and chased, twice."""
    first: dict[str, Entry] = {}
    for entry in audit.book.entries:
        if ref := _earlier_ref(entry):
            other = first.setdefault(ref, entry)
            if other is not entry:
                message = _("{ref} goes on in {other} already.").format(ref=ref, other=other.ref)
                yield Found(message, at(entry, "carried_over_from"), ((other.id, at(other, "carried_over_from")),))


@rule("RL607", Severity.WARNING)
def closed_and_carried_over(audit: Audit) -> Iterator[Found]:
    """Find entries that carry on what was closed out in its old year."""
    for entry in audit.book.entries:
        earlier = audit.book.get(_earlier_ref(entry))
        if earlier is not None and earlier.closing is not None:
            message = _("{ref} was closed out on {day}, and goes on here.")
            message = message.format(ref=earlier.ref, day=earlier.closing.date.isoformat())
            yield Found(message, at(entry, "carried_over_from"), ((earlier.id, at(earlier)),))


def _earlier_ref(entry: Entry) -> str:
    """Return the ref of what an entry carries on, blank for none; RL603 finds one that is of no earlier year."""
    ref = entry.data.carried_over_from or ""
    return ref if ref and int(ref[:4]) < entry.year else ""


def _differ(text: str | None, other: str | None) -> bool:
    return bool(text and other) and content_key(text) != content_key(other)
