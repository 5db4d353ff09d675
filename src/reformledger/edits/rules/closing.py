"""销账 and its reverse: closing out an entry or a phase, and taking a close-out back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from reformledger.edits.draft import Draft, DraftEntry, Mapped, at
from reformledger.edits.intents import Close, Reopen
from reformledger.edits.rules.asked import listed
from reformledger.edits.rules.dates import record_day
from reformledger.edits.rules.phases import chosen_phase, phase_path
from reformledger.edits.serialize import as_written
from reformledger.errors import RefusedError
from reformledger.i18n import _
from reformledger.matter import Matter
from reformledger.model.as_of import record_days
from reformledger.model.entries import Closing, Phase
from reformledger.model.life import last_day_of, overall_deadline, target_states
from reformledger.model.text import says_nothing
from reformledger.yamlio import Data
from reformledger.yamlio.editing import AddKey, Bare, Remove

_WHOLE = 100


def plan_close(draft: Draft, intent: Close) -> DraftEntry:
    """Record that an entry or phase is done; what is late is marked so, and noted as what is short of its value is.

    Raises ``RefusedError`` without evidence, when it is closed already, while a phase before it is open, for a day
    before the last record, which the close-out would end, and over unmet occurrences without ``despite_missed``.
    """
    entry = draft.find(intent.id)
    draft.refuse_if_carried_over(entry)
    _refuse_if_closed(entry, entry.data.closed)
    index = None if _is_of_the_whole(entry, intent) else chosen_phase(entry, intent.phase)
    evidence = [text.strip() for text in intent.evidence if text.strip()]
    if all(map(says_nothing, evidence)):
        message = _("Without evidence nothing is closed out.")
        raise RefusedError(message, _("Name what shows that it is done: --evidence …"))
    ends = True
    if index is not None:
        _refuse_if_closed(entry, entry.phases[index].closed)
        _refuse_while_open_before(entry, index)
        ends = overall_deadline(entry.data) is None and all(
            phase.closed for place, phase in enumerate(entry.phases) if place != index
        )
    day = record_day(draft, entry, intent.date)
    last = max(record_days(entry.data), default=day)
    # The close-out of the whole is the latest of its phases.
    whole = max([day, *(phase.closed.date for phase in entry.phases if phase.closed)])
    if ends and whole < last:
        message = _("The last record of {ref} is of {last}, later than {day}.").format(
            ref=entry.ref, last=last.isoformat(), day=day.isoformat()
        )
        raise RefusedError(message, _("Close it out on that day or later."))
    matter = draft.matter(entry)
    record: Mapped = {"date": Bare(day.isoformat()), "evidence": list(evidence)}
    if intent.approved_by is not None:
        record["approved_by"] = intent.approved_by.strip()
    if _is_late(draft, entry, index, day):
        record["late"] = Bare("true")
    if (despite := _despite(matter, index, intent)) is not None:
        record["despite"] = despite
    draft.notes += _shortfalls(matter, index, ends=ends)
    if index is None:
        draft.set_key(entry, "closed", record)
    else:
        path = phase_path(draft, entry, index)
        draft.change(entry.loaded, AddKey(path, "closed", record, tuple(Phase.model_fields)))
    return draft.at(entry.ref)


def _is_of_the_whole(entry: DraftEntry, intent: Close) -> bool:
    """Say whether all phases are closed and the overall deadline beside them is left to be met."""
    is_beside = bool(entry.phases) and overall_deadline(entry.data) is not None
    return is_beside and intent.phase is None and all(phase.closed for phase in entry.phases)


def _is_late(draft: Draft, entry: DraftEntry, index: int | None, day: date) -> bool:
    """Say, and note, whether a close-out comes after the last day of the whole or of its phase."""
    last_day = last_day_of(entry.data, entry.phases, entry.year)
    if index is not None:
        deadline = entry.phases[index].deadline
        last_day = deadline.end if deadline else None
    if last_day is None or day <= last_day:
        return False
    sentence = _("{ref} was to be closed out by {end}; the record says that it is late.")
    draft.notes.append(sentence.format(ref=entry.ref, end=last_day.isoformat()))
    return True


def _despite(matter: Matter, index: int | None, intent: Close) -> str | None:
    """Return why a recurring duty is closed out over unmet occurrences; None where all are met."""
    unmet = [one for one in matter.occurrences if one.owed and not one.is_met] if index is None else []
    ref = matter.entry.ref
    if not unmet:
        if intent.despite_missed is not None:
            raise RefusedError(
                _("{ref} has no unmet occurrence.").format(ref=ref),
                _("Leave --despite-missed out: the record would not be true."),
            )
        return None
    if intent.despite_missed is None or says_nothing(intent.despite_missed):
        days = listed([one.end.isoformat() for one in unmet])
        message = _("Not every occurrence of {ref} is met; unmet are those of: {days}.").format(ref=ref, days=days)
        advice = _("With --despite-missed REASON it is closed out all the same, and the record says so.")
        raise RefusedError(message, advice)
    return intent.despite_missed.strip()


def _shortfalls(matter: Matter, index: int | None, *, ends: bool) -> Iterator[str]:
    """Yield a sentence where the last percentage is under 100 and, of the whole, for each target short of its value."""
    entry = matter.entry
    names = [*([] if index is None else [entry.phases[index].name]), *([None] if ends else [])]
    for name in names:
        last = [each.percent for each in matter.leading if each.percent is not None and each.phase == name][-1:]
        if last and last[0] < _WHOLE:
            yield _("{ref} is closed out at {percent}%.").format(
                ref=entry.ref if name is None else f"{entry.ref} {name}", percent=last[0]
            )
    for target in target_states(entry.data, [made.report for made in matter.reports]) if ends else ():
        if target.share < 1:
            reached = _("nothing was reported") if target.reached is None else f"{target.reached}{target.unit or ''}"
            sentence = _("{ref} is closed out short of its target {name}, {value}: {reached}.")
            value = f"{target.value}{target.unit or ''}"
            yield sentence.format(ref=entry.ref, name=target.name, value=value, reached=reached)


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
