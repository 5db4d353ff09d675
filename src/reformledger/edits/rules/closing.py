"""销账 and its reverse: closing out an entry or a phase, and taking a close-out back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from reformledger.edits.commands import LEFT_OPEN
from reformledger.edits.draft import Draft, DraftEntry
from reformledger.edits.intents import Close, Reopen
from reformledger.edits.plain import at
from reformledger.edits.rules.asked import listed
from reformledger.edits.rules.dates import record_day
from reformledger.edits.rules.once import each_once, stop_if_recorded
from reformledger.edits.rules.phases import (
    check_goes_on,
    chosen_phase,
    listed_phases,
    named_phase,
    phase_path,
    word_of_phase,
)
from reformledger.edits.serialize import as_written
from reformledger.errors import RefusedError
from reformledger.i18n import _
from reformledger.matter import Matter
from reformledger.model.as_of import record_days
from reformledger.model.entries import Closing, Phase
from reformledger.model.life import TargetState, last_day_of, overall_deadline, phase_target_states, target_states
from reformledger.model.phases import PhaseState, is_of_phase, phase_names
from reformledger.model.text import says_nothing
from reformledger.yamlio import Data, Mapped
from reformledger.yamlio.editing import AddKey, Bare, Remove

_WHOLE = 100


def plan_close(draft: Draft, intent: Close) -> DraftEntry:
    """Record that an entry or phase is done; what is late is marked so, and noted as what is short of its value is.

    Raises ``RefusedError`` without evidence, when it is closed already, while a phase before it is open, for a day
    before the last record, which the close-out would end, and over unmet occurrences without ``despite_missed``.
    """
    entry = draft.find(intent.id)
    evidence = each_once(draft, filter(None, intent.evidence))
    day = record_day(draft, entry, intent.date)
    record: Mapped = {"date": Bare(day.isoformat()), "evidence": list(evidence)}
    if intent.approved_by is not None:
        record["approved_by"] = intent.approved_by
    stop_if_recorded(draft, entry, record | {"despite": intent.despite_missed}, _closings(entry, intent.phase))
    draft.refuse_if_carried_over(entry)
    _refuse_if_closed(draft, entry, entry.data.closed)
    index = None if _is_of_the_whole(entry, intent) else chosen_phase(entry, intent.phase)
    if all(map(says_nothing, evidence)):
        message = _("Without evidence nothing is closed out.")
        raise RefusedError(message, _("Name what shows that it is done: --evidence …"), ["evidence"])
    check_goes_on(draft, entry, index, day)
    ends = True
    if index is not None:
        _refuse_if_closed(draft, entry, entry.phases[index].closed, index)
        _refuse_while_open_before(entry, index, day)
        ends = _ends_with(draft, entry, index)
    if ends:
        _refuse_before_last_record(entry, day)
    matter = draft.matter(entry)
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


def _closings(entry: DraftEntry, word: str | None) -> list[Closing]:
    """Return the close-out, if any, of the whole, or of the phase that a word names."""
    index = named_phase(entry, word)
    closed = entry.data.closed if word is None else entry.phases[index].closed if index is not None else None
    return [closed] if closed else []


def _is_of_the_whole(entry: DraftEntry, intent: Close) -> bool:
    """Say whether no phase is open, and the whole is left to be closed out: an overall deadline, or all cancelled."""
    nothing_open = bool(entry.phases) and not any(phase.is_open for phase in entry.phases)
    return nothing_open and intent.phase is None and entry.closing is None


def _ends_with(draft: Draft, entry: DraftEntry, index: int) -> bool:
    """Say whether a phase is the last open one that the whole waits for; note where its own deadline is left."""
    if any(phase.is_open for place, phase in enumerate(entry.phases) if place != index):
        return False
    if (overall := overall_deadline(entry.data)) is None:
        return True
    sentence = _(
        "No phase of {ref} is open any more; the whole is, due {wording}: reformledger close {id} --evidence …"
    )
    draft.notes.append(sentence.format(ref=entry.ref, wording=overall.wording, id=draft.word(entry.ref)))
    return False


def _refuse_before_last_record(entry: DraftEntry, day: date) -> None:
    """Raise ``RefusedError`` where the close-out of the whole, the latest of its phases, precedes its last record."""
    last = max(record_days(entry.data), default=day)
    if max([day, *(phase.closed.date for phase in entry.phases if phase.closed)]) < last:
        message = _("The last record of {ref} is of {last}, later than {day}.").format(
            ref=entry.ref, last=last.isoformat(), day=day.isoformat()
        )
        raise RefusedError(message, _("Close it out on that day or later."))


def _is_late(draft: Draft, entry: DraftEntry, index: int | None, day: date) -> bool:
    """Say, and note, whether a close-out comes after the last day of the whole or of its phase."""
    last_day = last_day_of(entry.data, entry.phases, entry.year)
    if index is not None:
        deadline = entry.phases[index].deadline
        last_day = deadline.end if deadline else None
    if last_day is None or day <= last_day:
        return False
    sentence = _("{ref} was to be closed out by {end}; the record says that it is late.")
    draft.notes.append(sentence.format(ref=_label(entry.ref, entry.phases, index), end=last_day.isoformat()))
    return True


def _label(ref: str, phases: Sequence[PhaseState], index: int | None) -> str:
    """Return what names an entry, or a phase of it, in a sentence."""
    return ref if index is None else f"{ref} {word_of_phase(phases, index)}"


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
        raise RefusedError(message, advice, ["despite_missed"])
    return intent.despite_missed


def _shortfalls(matter: Matter, index: int | None, *, ends: bool) -> Iterator[str]:
    """Yield a sentence where the last percentage is under 100, and for each target short of its value.

    It is about the phase that is closed out, and the whole where that ends with it.
    """
    entry, phases = matter.entry, matter.entry.phases
    names = phase_names(entry.data)
    for place in dict.fromkeys([index, None] if ends else [index]):
        ref = _label(entry.ref, phases, place)
        percents = [one.percent for one in matter.leading if is_of_phase(names, one.phase, place)]
        last = [percent for percent in percents if percent is not None][-1:]
        if last and last[0] < _WHOLE:
            yield _("{ref} is closed out at {percent}%.").format(ref=ref, percent=last[0])
        for target in _targets(matter, place):
            if target.share < 1:
                unit = target.unit or ""
                reached = _("nothing was reported") if target.reached is None else f"{target.reached}{unit}"
                sentence = _("{ref} is closed out short of its target {name}, {value}: {reached}.")
                yield sentence.format(ref=ref, name=target.name, value=f"{target.value}{unit}", reached=reached)


def _targets(matter: Matter, index: int | None) -> list[TargetState]:
    """Return the targets of the whole, or of a phase, with what the reports on it say is reached."""
    reports = [made.report for made in matter.reports]
    data = matter.entry.data
    return target_states(data, reports) if index is None else phase_target_states(data, index, reports)


def _refuse_if_closed(draft: Draft, entry: DraftEntry, closed: Closing | None, index: int | None = None) -> None:
    if closed is None:
        return
    message = _("{ref} was already closed out on {day} ({place}).").format(
        ref=_label(entry.ref, entry.phases, index), day=closed.date.isoformat(), place=entry.place
    )
    phase = None if index is None else word_of_phase(entry.phases, index)
    reopen = Reopen(draft.word(entry.ref), LEFT_OPEN, phase)
    raise RefusedError(message, draft.advised(_("To take that back: {command}"), reopen))


def _is_before(one: PhaseState, other: PhaseState) -> bool:
    """Say whether a phase that is printed before another is to be done before it: due no later, or neither is dated."""
    end, other_end = (phase.deadline.end if phase.deadline else None for phase in (one, other))
    return end == other_end if end is None or other_end is None else end <= other_end


def _refuse_while_open_before(entry: DraftEntry, index: int, day: date) -> None:
    """Raise ``RefusedError`` while a phase that is to be done before is open and does not rest."""
    phase = entry.phases[index]
    earlier = enumerate(entry.phases[:index])
    open_before = (at for at, one in earlier if one.is_open and not one.is_paused(day) and _is_before(one, phase))
    if (before := next(open_before, None)) is not None:
        message = _("“{before}” comes before “{name}” and is still open.").format(
            before=listed_phases(entry.phases, [before]), name=listed_phases(entry.phases, [index])
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
    done = [phase for phase in entry.phases if phase.closed]
    index = None if whole else chosen_phase(entry, intent.phase, lambda phase: phase in done[-1:])
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
    record: Mapped = {"date": Bare(day.isoformat()), "reason": intent.reason}
    path = entry.path
    if index is not None:
        record["phase"] = word_of_phase(entry.phases, index)
        path = phase_path(draft, entry, index)
    record["closed"] = _closed_at(draft, entry, path)
    draft.change(entry.loaded, Remove((*path, "closed")))
    draft.append(entry.loaded, entry.path, "history", record)
    return draft.at(entry.ref)


def _closed_at(draft: Draft, entry: DraftEntry, path: tuple[str | int, ...]) -> Data:
    """Return the close-out as it is written, blank keys left out."""
    return as_written(at(draft.data(entry.loaded), (*path, "closed")))


def _refuse_while_closed_after(entry: DraftEntry, index: int) -> None:
    phase, later = entry.phases[index], enumerate(entry.phases[index + 1 :], index + 1)
    if (after := next((at for at, one in later if one.closed and _is_before(phase, one)), None)) is not None:
        message = _("“{after}” comes after “{name}” and is closed out.").format(
            after=listed_phases(entry.phases, [after]), name=listed_phases(entry.phases, [index])
        )
        raise RefusedError(message, _("Reopen it first."))
