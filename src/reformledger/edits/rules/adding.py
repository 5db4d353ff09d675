"""Adding an entry to a table or section."""

from __future__ import annotations

from typing import cast

from reformledger.edits.draft import Draft, Found, Mapped, at, key_order
from reformledger.edits.intents import Add
from reformledger.edits.rules.fields import addressed, new_values, refuse_elsewhere
from reformledger.edits.rules.references import check_references
from reformledger.edits.rules.tables import named_group, next_id, note_count
from reformledger.edits.serialize import as_written
from reformledger.model.entries import EntryFields, LedgerRow, WorkPoint


def plan_add(draft: Draft, intent: Add) -> Found:
    """Add an entry with the next free id and number; raises ``UsageError`` for a table or field that is not there."""
    group = named_group(draft, intent.to)
    new_id, number = next_id(draft, group)
    model: type[EntryFields] = LedgerRow if group.table else WorkPoint
    given = addressed(model, group.table, {"title": intent.title, **intent.fields})
    for address in given:
        refuse_elsewhere(address, new_id, group.loaded.name)
    entry: Mapped = {"id": new_id, "title": "", **new_values({}, given)}
    siblings = cast("list[Mapped]", at(draft.data(group.loaded), group.path) or [])
    if "number" not in entry and (not siblings or str(siblings[-1].get("number") or "").isdigit()):
        entry["number"] = str(number)
    ordered = {key: as_written(entry[key], key) for key in key_order(model, group.table) if entry.get(key) is not None}
    draft.append(group.loaded, group.path[:-1], str(group.path[-1]), ordered)
    found = draft.at(f"{group.year}/{new_id}")
    check_references(draft, found)
    note_count(draft, group)
    return found
