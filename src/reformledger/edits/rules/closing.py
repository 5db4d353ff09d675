"""销账 and its reverse: closing out an entry or a phase, and taking a close-out back."""

from __future__ import annotations

from reformledger.edits.draft import Draft, Found, Mapped, at
from reformledger.edits.intents import Close, Reopen
from reformledger.edits.rules.days import record_day
from reformledger.edits.rules.phases import chosen_phase, phase_path
from reformledger.edits.serialize import as_written
from reformledger.errors import RefusedError
from reformledger.i18n import _
from reformledger.model.entries import Closing
from reformledger.model.life import record_days
from reformledger.model.text import says_nothing
from reformledger.yamlio import Data
from reformledger.yamlio.editing import AddKey, Bare, Remove


def plan_close(draft: Draft, intent: Close) -> Found:
    """Record that an entry or phase is done.

    Raises ``RefusedError`` without evidence, when it is closed already, while a phase before it is open, and for a
    day before the last record, which the close-out would end.
    """
    found = draft.find(intent.id)
    draft.refuse_if_carried_over(found)
    _refuse_if_closed(found, found.data.closed)
    index = chosen_phase(found, intent.phase)
    evidence = [text.strip() for text in intent.evidence if text.strip()]
    if all(map(says_nothing, evidence)):
        message = _("Without evidence nothing is closed out.")
        raise RefusedError(message, _("Name what shows that it is done: --evidence …"))
    ends = True
    if index is not None:
        _refuse_if_closed(found, found.phases[index].closed)
        _refuse_while_open_before(found, index)
        ends = all(phase.closed for place, phase in enumerate(found.phases) if place != index)
    day = record_day(draft, found, intent.date)
    last = max(record_days(found.data), default=day)
    # The close-out of the whole is the latest of its phases.
    whole = max([day, *(phase.closed.date for phase in found.phases if phase.closed)])
    if ends and whole < last:
        message = _("The last record of {ref} is of {last}, later than {day}.").format(
            ref=found.ref, last=last.isoformat(), day=day.isoformat()
        )
        raise RefusedError(message, _("Close it out on that day or later."))
    record: Mapped = {"date": Bare(day.isoformat()), "evidence": list(evidence)}
    if intent.approved_by is not None:
        record["approved_by"] = intent.approved_by.strip()
    if index is None:
        draft.put(found, "closed", record)
    else:
        path = phase_path(draft, found, index)
        phase = ("name", "count", "due", "closed")
        draft.change(found.loaded, AddKey(path, "closed", record, phase))
    return draft.at(found.ref)


def _refuse_if_closed(found: Found, closed: Closing | None) -> None:
    if closed is not None:
        message = _("{ref} was already closed out on {day} ({place}).").format(
            ref=found.ref, day=closed.date.isoformat(), place=found.place
        )
        raise RefusedError(
            message, _("To take that back: reformledger reopen {id} --reason …").format(id=found.data.id)
        )


def _refuse_while_open_before(found: Found, index: int) -> None:
    before = next((phase for phase in found.phases[:index] if phase.closed is None), None)
    if before:
        message = _("“{before}” comes before “{name}” and is still open.").format(
            before=before.name, name=found.phases[index].name
        )
        raise RefusedError(message, _("Close it out first."))


def plan_reopen(draft: Draft, intent: Reopen) -> Found:
    """Move a close-out into the history, with the day and the reason.

    Raises ``RefusedError`` when nothing is closed out there, for a phase of what was closed out as a whole, or while
    a later phase is closed out.
    """
    found = draft.find(intent.id)
    whole = found.data.closed is not None
    if whole and intent.phase is not None:
        message = _("{ref} was closed out as a whole ({place}).").format(ref=found.ref, place=found.place)
        raise RefusedError(message, _("Leave --phase out."))
    index = None if whole else chosen_phase(found, intent.phase)
    closed = found.data.closed if index is None else found.phases[index].closed
    if closed is None:
        raise RefusedError(_("{ref} is not closed out ({place}).").format(ref=found.ref, place=found.place))
    if index is not None:
        _refuse_while_closed_after(found, index)
    day = record_day(draft, found, intent.date)
    if day < closed.date:
        message = _("It was closed out on {closed}, later than {day}.").format(
            closed=closed.date.isoformat(), day=day.isoformat()
        )
        raise RefusedError(message, _("Reopen it on that day or later."))
    record: Mapped = {"date": Bare(day.isoformat()), "reason": intent.reason.strip()}
    path = found.path
    if index is not None:
        record["phase"] = found.phases[index].name
        path = phase_path(draft, found, index)
    record["closed"] = _closed_at(draft, found, path)
    draft.change(found.loaded, Remove((*path, "closed")))
    draft.append(found.loaded, found.path, "history", record)
    return draft.at(found.ref)


def _closed_at(draft: Draft, found: Found, path: tuple[str | int, ...]) -> Data:
    """Return the close-out as it is written, blank keys left out."""
    return as_written(at(draft.data(found.loaded), (*path, "closed")))


def _refuse_while_closed_after(found: Found, index: int) -> None:
    after = next((phase for phase in found.phases[index + 1 :] if phase.closed), None)
    if after:
        message = _("“{after}” comes after “{name}” and is closed out.").format(
            after=after.name, name=found.phases[index].name
        )
        raise RefusedError(message, _("Reopen it first."))
