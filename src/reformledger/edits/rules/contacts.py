"""联系人: the contact of an entry, in a file of its own; and numbers, which belong there and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path as FilePath
from typing import cast

from reformledger.edits.draft import Draft, DraftEntry, NewFile
from reformledger.edits.intents import texts_in
from reformledger.edits.rules.fields import Value
from reformledger.errors import RefusedError, UsageError, display_name
from reformledger.fields.entry import CONTACT
from reformledger.i18n import _
from reformledger.loader import LoadedDocument
from reformledger.model.documents import Contacts, Path
from reformledger.text.folding import mapping_key
from reformledger.text.masking import holds_number
from reformledger.yamlio import Data, Mapped
from reformledger.yamlio.editing import AddKey, Bare, Remove, SetValue

_NAME_AND_PHONE = re.compile(r"(?P<name>.*?)[\s:：,，、;；（(]*(?P<phone>[+＋]?[0-9０-９][-‐－—0-9０-９ 转]{5,})[)）]?")


def refuse_numbers(texts: Iterable[tuple[str, object]], id: str) -> None:
    """Raise ``RefusedError`` for a phone or identity number in one of some texts, each with the word for its place.

    ``id`` names the entry of which the contact can be set.
    """
    for place, value in texts:
        if any(map(holds_number, texts_in(value))):
            message = _("{place}: a phone or identity number would stand here in the open.").format(place=place)
            advice = _("Set a contact: reformledger set {id} contact=… phone=…, or write it here with --keep-number.")
            raise RefusedError(message, advice.format(id=id))


def set_contact(draft: Draft, entry: DraftEntry, given: Mapping[Path, Value]) -> None:
    """Give the contact of an entry a new name or phone, in the contacts file of its year, made where there is none.

    ``given`` has the values by their paths: the whole (name and phone in one text), ``name``, ``phone``. A blank one
    takes its part away. Raises ``UsageError`` for what is no name, ``RefusedError`` where the file is there, but was
    not read.
    """
    values: dict[str, str | None] = {}
    for path, value in sorted(given.items(), key=lambda item: len(item[0])):
        if not isinstance(value, str):
            raise UsageError(_("“{key}” takes one value.").format(key=path[-1]))
        values |= _parts(mapping_key(value)) if len(path) == 1 else {str(path[1]): mapping_key(value) or None}
    if not values:
        return
    loaded = _contacts_of(draft, entry)
    if loaded is None:
        file = entry.loaded.path.with_name(f"contacts_{entry.year}.yaml")
        if file not in draft.created and not any(values.values()):
            return
        made = _new_file(draft, file, entry)
        contacts = cast("Mapped", made.data["contacts"])
        contact = _merged(contacts.get(entry.data.id), values)
        kept = {**contacts, entry.data.id: contact} if contact else contacts
        if kept:
            draft.create(file, made._replace(data={**made.data, "contacts": kept}))
    else:
        contacts = cast("Mapped", draft.data(loaded)["contacts"])
        _change(draft, loaded, entry.data.id, _merged(contacts.get(entry.data.id), values))
    if phone := values.get("phone"):
        _note_undialled(draft, phone)


def _parts(text: str) -> dict[str, str | None]:
    """Return name and phone as tables print them in one cell; blank, the whole contact is taken away."""
    if not text:
        return {"name": None, "phone": None}
    match = _NAME_AND_PHONE.fullmatch(text)
    if match is None:
        return {"name": text}
    return {key: part for key, part in match.groupdict().items() if part}


def _contacts_of(draft: Draft, entry: DraftEntry) -> LoadedDocument | None:
    """Return the contacts file of the entry's year: the one that has the entry, else the first.

    Raises ``RefusedError`` as ``check_contacts_known`` does, unless one has the entry.
    """
    of_year = [
        loaded
        for loaded in draft.book.documents
        if isinstance(loaded.document, Contacts) and loaded.document.year == entry.year
    ]
    having = [each for each in of_year if entry.data.id in cast("Mapped", draft.data(each)["contacts"])]
    if not having:
        check_contacts_known(draft)
    return next(iter([*having, *of_year]), None)


def check_contacts_known(draft: Draft) -> None:
    """Raise ``RefusedError`` where there are contacts that could not be read, but may have to be changed too."""
    for path in draft.unread:
        message = _("{file} may not be read by you, and this may concern contacts in it.")
        advice = _("Have it done by somebody who may read it, or have it shared with you: chgrp and chmod g+rw.")
        raise RefusedError(message.format(file=display_name(path)), advice)


def _merged(before: Data, values: Mapping[str, str | None]) -> Mapped:
    """Return a contact with some of its values new; None takes one away."""
    merged: Mapped = {**cast("Mapped", before or {}), **values}
    return {key: merged[key] for key in CONTACT if merged.get(key) is not None}


def _change(draft: Draft, loaded: LoadedDocument, id: str, contact: Mapped) -> None:
    path: Path = ("contacts", id)
    known = id in cast("Mapped", draft.data(loaded)["contacts"])
    if contact and known:
        draft.change(loaded, SetValue(path, contact))
    elif contact:
        order = tuple(entry.id for entry in draft.book.entries)
        draft.change(loaded, AddKey(("contacts",), id, contact, order))
    elif known:
        draft.change(loaded, Remove(path))
    draft.check(loaded)


def _new_file(draft: Draft, path: FilePath, entry: DraftEntry) -> NewFile:
    """Return the contacts file that is to be made at a path, as it is so far."""
    if path in draft.created:
        return draft.created[path]
    name = display_name(path)
    if path.exists():
        message = _("{file} is there, but was not read.").format(file=name)
        raise RefusedError(message, _("Name it too: --data {file}").format(file=name))
    data: Mapped = {"kind": "contacts", "year": Bare(str(entry.year)), "contacts": {}}
    others = [loaded for loaded in draft.book.documents if isinstance(loaded.document, Contacts)]
    if others:
        made = NewFile(data, others[-1])
        sentence = _(
            "{file} is new, to be read by whoever reads {other}: keep it out of git where others read the ledger."
        )
    else:
        made = NewFile(data, entry.loaded, private=True)
        sentence = _("{file} is new, for you alone to read: keep it out of git where others read the ledger there.")
    draft.notes.append(sentence.format(file=name, other=made.like.name))
    return made


def _note_undialled(draft: Draft, phone: str) -> None:
    from reformledger.audit.rules.personal import undialled

    for number in undialled(phone):
        draft.notes.append(_("Nobody can dial {phone}.").format(phone=number))
