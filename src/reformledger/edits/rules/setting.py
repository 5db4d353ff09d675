"""Giving fields of an entry new values."""

from __future__ import annotations

from reformledger.edits.draft import Draft, Found
from reformledger.edits.intents import Set
from reformledger.edits.rules.deadlines import typed_deadline
from reformledger.edits.rules.fields import addressed, new_values, refuse_elsewhere
from reformledger.edits.rules.references import check_references
from reformledger.errors import UsageError
from reformledger.i18n import _
from reformledger.model.deadline import Deadline
from reformledger.text.nearest import nearest, nearest_advice
from reformledger.yamlio import Data


def plan_set(draft: Draft, intent: Set) -> Found:
    """Change what was named and nothing else.

    Raises ``UsageError`` for a field or value that is not understood, ``RefusedError`` for a field that another
    command keeps.
    """
    found = draft.find(intent.id)
    if not intent.fields:
        raise UsageError(_("Nothing is to be set."), _("Write FIELD=VALUE, such as {form}.").format(form="remark=…"))
    given = addressed(type(found.data), found.table, intent.fields)
    for address in given:
        refuse_elsewhere(address, found.data.id, found.place)
        if address.key == "acknowledged" and address.part and given[address]:
            _check_code(address.part)
    changed = new_values(found.raw, given)
    _check_deadline(changed.get("due"), found.year)
    for key, value in changed.items():
        if value is None:
            draft.take(found, key)
        else:
            draft.put(found, key, value)
    now = draft.at(found.ref)
    if changed.keys() & {"implements", "carried_over_from"}:
        check_references(draft, now)
    _note_later_deadline(draft, now, found.deadline, now.deadline)
    return now


def _check_deadline(due: Data, year: int) -> None:
    wording, means = (due.get("wording"), due.get("means")) if isinstance(due, dict) else (due, None)
    if isinstance(wording, str) and (means is None or isinstance(means, str)):
        typed_deadline("due", wording, means, year, "due=… due.means=2025")


def _check_code(code: str) -> None:
    """Raise ``UsageError``, naming the nearest, for a code under which nothing could be found and acknowledged."""
    from reformledger.audit.rule import UNMATCHED
    from reformledger.audit.rules.groups import all_rules

    codes = [rule.code for rule in all_rules() if rule.code != UNMATCHED]
    if code not in codes:
        message = _("There is no rule {code} to be acknowledged.").format(code=code)
        near = nearest_advice(nearest(code.upper(), codes))
        raise UsageError(message, near or _("“reformledger explain” lists the rules."))


def _note_later_deadline(draft: Draft, found: Found, old: Deadline | None, new: Deadline | None) -> None:
    if old and new and old.end and new.end and new.end > old.end:
        sentence = _(
            "The deadline of {ref} is now later; an approved extension is recorded by: reformledger extend {id}"
        )
        draft.notes.append(sentence.format(ref=found.ref, id=found.data.id))
