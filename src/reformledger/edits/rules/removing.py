"""Taking an entry out of its document, which keeps a record of it."""

from __future__ import annotations

from typing import cast

from reformledger.edits.draft import Draft, Found, Mapped
from reformledger.edits.intents import Remove
from reformledger.edits.rules.days import record_day
from reformledger.edits.rules.references import counting, naming
from reformledger.edits.rules.tables import note_count
from reformledger.edits.serialize import as_written
from reformledger.errors import RefusedError
from reformledger.i18n import _
from reformledger.model.documents import Contacts
from reformledger.yamlio.editing import Bare
from reformledger.yamlio.editing import Remove as RemoveEdit


def plan_remove(draft: Draft, intent: Remove) -> Found:
    """Take an entry out, with its contact, and keep a record of it in the document.

    Raises ``RefusedError`` while other entries name it, or count its phases, and for one that goes on in a later year.
    """
    found = draft.find(intent.id)
    draft.refuse_if_carried_over(found)
    if others := naming(draft, found.ref):
        message = _("{ref} is named by {others}.").format(ref=found.ref, others=_(", ").join(others))
        raise RefusedError(message, _("Change those first: reformledger set ID implements=…"))
    if others := counting(draft, found.ref):
        message = _("A target of {others} counts the phases of {ref}.").format(
            ref=found.ref, others=_(", ").join(others)
        )
        raise RefusedError(message, _("Take “counts” out of that target first."))
    day = record_day(draft, found, intent.date)
    group = next(g for g in draft.book.groups if g.loaded is found.loaded and g.path == found.path[:-1])
    record: Mapped = {
        "id": found.data.id,
        "title": found.data.title,
        "part": group.title,
        "date": Bare(day.isoformat()),
        "reason": intent.reason.strip(),
    }
    if kept := {key: value for key, value in found.raw.items() if key not in {"id", "title"}}:
        record["entry"] = as_written(kept)
    draft.change(found.loaded, RemoveEdit(found.path))
    draft.append(found.loaded, (), "removed", record)
    draft.check(found.loaded)
    _remove_contact(draft, found)
    note_count(draft, group)
    return found


def _remove_contact(draft: Draft, found: Found) -> None:
    """Take out whom to call about an entry that is no more: personal data do not outlive their use."""
    for loaded in draft.book.documents:
        if isinstance(loaded.document, Contacts) and loaded.document.year == found.year:
            contacts = cast("Mapped", draft.data(loaded)["contacts"])
            if found.data.id in contacts:
                draft.change(loaded, RemoveEdit(("contacts", found.data.id)))
                sentence = _("The contact of {ref} was taken out of {file} too.")
                draft.notes.append(sentence.format(ref=found.ref, file=loaded.name))
