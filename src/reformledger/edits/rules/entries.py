"""An entry added, its fields given new values, and an entry taken out."""

from __future__ import annotations

from typing import cast

from reformledger.edits.draft import Draft, DraftEntry, Mapped, at, key_order
from reformledger.edits.intents import Add, Remove, Set
from reformledger.edits.rules.dates import record_day, typed_deadline
from reformledger.edits.rules.fields import Address, addressed, new_values, refuse_elsewhere
from reformledger.edits.rules.references import check_references, counting, naming
from reformledger.edits.rules.tables import named_group, next_id, next_number, note_count
from reformledger.edits.serialize import as_written
from reformledger.errors import RefusedError, UsageError
from reformledger.i18n import _
from reformledger.model.deadline import Deadline
from reformledger.model.documents import Contacts
from reformledger.model.entries import EntryFields, LedgerRow, WorkPoint
from reformledger.text.nearest import nearest, nearest_advice
from reformledger.yamlio import Data
from reformledger.yamlio.editing import Bare
from reformledger.yamlio.editing import Remove as RemoveEdit


def plan_add(draft: Draft, intent: Add) -> DraftEntry:
    """Add an entry with the next free id and number, assigned today unless another day is given.

    Raises ``UsageError`` for a table or field that is not there.
    """
    group = named_group(draft, intent.to)
    new_id, number = next_id(draft, group)
    model: type[EntryFields] = LedgerRow if group.table else WorkPoint
    given = addressed(model, group, {"title": intent.title, **intent.fields})
    for address in given:
        refuse_elsewhere(address, new_id, group.loaded.name)
    raw: Mapped = {"id": new_id, "title": "", **new_values({}, given)}
    siblings = cast("list[Mapped]", at(draft.data(group.loaded), group.path) or [])
    if "number" not in raw and (not siblings or str(siblings[-1].get("number") or "").isdigit()):
        raw["number"] = next_number(draft, group, number)
    if Address("assigned") not in given:
        raw["assigned"] = draft.today.isoformat()
    ordered = {key: as_written(raw[key], key) for key in key_order(model, group.columns) if raw.get(key) is not None}
    draft.append(group.loaded, group.path[:-1], str(group.path[-1]), ordered)
    entry = draft.at(f"{group.year}/{new_id}")
    check_references(draft, entry)
    note_count(draft, group)
    return entry


def plan_set(draft: Draft, intent: Set) -> DraftEntry:
    """Change the named fields and nothing else.

    Raises ``UsageError`` for a field or value that is not understood, ``RefusedError`` for a field that another
    command keeps.
    """
    entry = draft.find(intent.id)
    if not intent.fields:
        raise UsageError(_("Nothing is to be set."), _("Write FIELD=VALUE, such as {form}.").format(form="remark=…"))
    given = addressed(type(entry.data), entry.group, intent.fields)
    for address in given:
        refuse_elsewhere(address, entry.data.id, entry.place)
        if address.key == "acknowledged" and address.part and given[address]:
            _check_code(address.part)
    changed = new_values(entry.raw, given)
    _check_deadline(changed.get("due"), entry.year)
    for key, value in changed.items():
        if value is None:
            draft.remove_key(entry, key)
        else:
            draft.set_key(entry, key, value)
    now = draft.at(entry.ref)
    if changed.keys() & {"implements", "carried_over_from"}:
        check_references(draft, now)
    _note_later_deadline(draft, now, entry.deadline, now.deadline)
    return now


def _check_deadline(due: Data, year: int) -> None:
    wording, means = (due.get("wording"), due.get("means")) if isinstance(due, dict) else (due, None)
    if isinstance(wording, str) and (means is None or isinstance(means, str)):
        typed_deadline("due", wording, means, year, "due=… due.means=2025")


def _check_code(code: str) -> None:
    """Raise ``UsageError``, naming the nearest, for a code of which no finding can be acknowledged."""
    from reformledger.audit.rule import UNMATCHED, all_rules

    codes = [rule.code for rule in all_rules() if rule.code != UNMATCHED]
    if code not in codes:
        message = _("There is no rule {code} to be acknowledged.").format(code=code)
        near = nearest_advice(nearest(code.upper(), codes))
        raise UsageError(message, near or _("“reformledger explain” lists the rules."))


def _note_later_deadline(draft: Draft, entry: DraftEntry, old: Deadline | None, new: Deadline | None) -> None:
    if old and new and old.end and new.end and new.end > old.end:
        sentence = _(
            "The deadline of {ref} is now later; an approved extension is recorded by: reformledger extend {id}"
        )
        draft.notes.append(sentence.format(ref=entry.ref, id=entry.data.id))


def plan_remove(draft: Draft, intent: Remove) -> DraftEntry:
    """Take an entry out, with its contact, and keep a record of it in the document.

    Raises ``RefusedError`` while other entries name it, or count its phases, and for one that goes on in a later year.
    """
    entry = draft.find(intent.id)
    draft.refuse_if_carried_over(entry)
    if others := naming(draft, entry.ref):
        message = _("{ref} is named by {others}.").format(ref=entry.ref, others=_(", ").join(others))
        raise RefusedError(message, _("Change those first: reformledger set ID implements=…"))
    if others := counting(draft, entry.ref):
        message = _("A target of {others} counts the phases of {ref}.").format(
            ref=entry.ref, others=_(", ").join(others)
        )
        raise RefusedError(message, _("Take “counts” out of that target first."))
    day = record_day(draft, entry, intent.date)
    record: Mapped = {
        "id": entry.data.id,
        "title": entry.data.title,
        "part": entry.group.title,
        "date": Bare(day.isoformat()),
        "reason": intent.reason.strip(),
    }
    if kept := {key: value for key, value in entry.raw.items() if key not in {"id", "title"}}:
        record["entry"] = as_written(kept)
    draft.change(entry.loaded, RemoveEdit(entry.path))
    draft.append(entry.loaded, (), "removed", record)
    draft.check(entry.loaded)
    _remove_contact(draft, entry)
    note_count(draft, entry.group)
    return entry


def _remove_contact(draft: Draft, entry: DraftEntry) -> None:
    """Take out the contact of a removed entry: personal data are not kept longer than they are used."""
    for loaded in draft.book.documents:
        if isinstance(loaded.document, Contacts) and loaded.document.year == entry.year:
            contacts = cast("Mapped", draft.data(loaded)["contacts"])
            if entry.data.id in contacts:
                draft.change(loaded, RemoveEdit(("contacts", entry.data.id)))
                sentence = _("The contact of {ref} was taken out of {file} too.")
                draft.notes.append(sentence.format(ref=entry.ref, file=loaded.name))
