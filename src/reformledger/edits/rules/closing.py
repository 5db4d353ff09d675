"""销账 and its reverse: closing out an entry or a phase, and taking a close-out back."""

from __future__ import annotations

from reformledger.edits.draft import Draft, DraftEntry, Mapped, at
from reformledger.edits.intents import Close, Reopen
from reformledger.edits.rules.dates import record_day
from reformledger.edits.rules.phases import chosen_phase, phase_path
from reformledger.edits.serialize import as_written
from reformledger.errors import RefusedError
from reformledger.i18n import _
from reformledger.model.as_of import record_days
from reformledger.model.entries import Closing, Phase
from reformledger.model.text import says_nothing
from reformledger.yamlio import Data
from reformledger.yamlio.editing import AddKey, Bare, Remove


def plan_close(draft: Draft, intent: Close) -> DraftEntry:
    """Record that an entry or phase is done.

    Raises ``RefusedError`` without evidence, when it is closed already, while a phase before it is open, and for a
    day before the last record, which the close-out would end.
    """
    entry = draft.find(intent.id)
    draft.refuse_if_carried_over(entry)
    _refuse_if_closed(entry, entry.data.closed)
    index = chosen_phase(entry, intent.phase)
    evidence = [text.strip() for text in intent.evidence if text.strip()]
    if all(map(says_nothing, evidence)):
        message = _("Without evidence nothing is closed out.")
        raise RefusedError(message, _("Name what shows that it is done: --evidence …"))
    ends = True
    if index is not None:
        _refuse_if_closed(entry, entry.phases[index].closed)
        _refuse_while_open_before(entry, index)
        ends = all(phase.closed for place, phase in enumerate(entry.phases) if place != index)
    day = record_day(draft, entry, intent.date)
    last = max(record_days(entry.data), default=day)
    # The close-out of the whole is the latest of its phases.
    whole = max([day, *(phase.closed.date for phase in entry.phases if phase.closed)])
    if ends and whole < last:
        message = _("The last record of {ref} is of {last}, later than {day}.").format(
            ref=entry.ref, last=last.isoformat(), day=day.isoformat()
        )
        raise RefusedError(message, _("Close it out on that day or later."))
    record: Mapped = {"date": Bare(day.isoformat()), "evidence": list(evidence)}
    if intent.approved_by is not None:
        record["approved_by"] = intent.approved_by.strip()
    if index is None:
        draft.set_key(entry, "closed", record)
    else:
        path = phase_path(draft, entry, index)
        draft.change(entry.loaded, AddKey(path, "closed", record, tuple(Phase.model_fields)))
    return draft.at(entry.ref)


def _refuse_if_closed(entry: DraftEntry, closed: Closing | None) -> None:
    if closed is not None:
        message = _("{ref} was already closed out on {day} ({place}).").format(
            ref=entry.ref, day=closed.date.isoformat(), place=entry.place
        )
        raise RefusedError(
            message, _("To take that back: reformledger reopen {id} --reason …").format(id=entry.data.id)
        )


def _refuse_while_open_before(entry: DraftEntry, index: int) -> None:
    before = next((phase for phase in entry.phases[:index] if phase.closed is None), None)
    if before:
        message = _("“{before}” comes before “{name}” and is still open.").format(
            before=before.name, name=entry.phases[index].name
        )
        raise RefusedError(message, _("Close it out first."))


def plan_reopen(draft: Draft, intent: Reopen) -> DraftEntry:
    """Move a close-out into the history, with the day and the reason.

    Raises ``RefusedError`` when nothing is closed out there, for a phase of what was closed out as a whole, or while
    a later phase is closed out.
    """
    entry = draft.find(intent.id)
    whole = entry.data.closed is not None
    if whole and intent.phase is not None:
        message = _("{ref} was closed out as a whole ({place}).").format(ref=entry.ref, place=entry.place)
        raise RefusedError(message, _("Leave --phase out."))
    index = None if whole else chosen_phase(entry, intent.phase)
    closed = entry.data.closed if index is None else entry.phases[index].closed
    if closed is None:
        raise RefusedError(_("{ref} is not closed out ({place}).").format(ref=entry.ref, place=entry.place))
    if index is not None:
        _refuse_while_closed_after(entry, index)
    day = record_day(draft, entry, intent.date)
    if day < closed.date:
        message = _("It was closed out on {closed}, later than {day}.").format(
            closed=closed.date.isoformat(), day=day.isoformat()
        )
        raise RefusedError(message, _("Reopen it on that day or later."))
    record: Mapped = {"date": Bare(day.isoformat()), "reason": intent.reason.strip()}
    path = entry.path
    if index is not None:
        record["phase"] = entry.phases[index].name
        path = phase_path(draft, entry, index)
    record["closed"] = _closed_at(draft, entry, path)
    draft.change(entry.loaded, Remove((*path, "closed")))
    draft.append(entry.loaded, entry.path, "history", record)
    return draft.at(entry.ref)


def _closed_at(draft: Draft, entry: DraftEntry, path: tuple[str | int, ...]) -> Data:
    """Return the close-out as it is written, blank keys left out."""
    return as_written(at(draft.data(entry.loaded), (*path, "closed")))


def _refuse_while_closed_after(entry: DraftEntry, index: int) -> None:
    after = next((phase for phase in entry.phases[index + 1 :] if phase.closed), None)
    if after:
        message = _("“{after}” comes after “{name}” and is closed out.").format(
            after=after.name, name=entry.phases[index].name
        )
        raise RefusedError(message, _("Reopen it first."))
