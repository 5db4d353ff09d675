"""延期: a deadline moved to a later one, the old one kept in the record."""

from __future__ import annotations

import shlex
from datetime import date, timedelta
from typing import cast

from reformledger.edits.draft import Draft, DraftEntry
from reformledger.edits.intents import Extend
from reformledger.edits.plain import at
from reformledger.edits.rules.dates import record_day, typed_deadline
from reformledger.edits.rules.once import stop_if_recorded
from reformledger.edits.rules.phases import check_goes_on, chosen_phase, named_phase, phase_path, word_of_phase
from reformledger.errors import RefusedError
from reformledger.i18n import _
from reformledger.model.deadline import Deadline, star_deadline
from reformledger.model.entries import STAR_SIGN, Phase
from reformledger.model.life import overall_deadline
from reformledger.model.phases import PhaseState, is_of_phase, phase_names
from reformledger.model.text import says_nothing
from reformledger.yamlio import Data, Mapped
from reformledger.yamlio.editing import AddKey, Bare, SetValue


def plan_extend(draft: Draft, intent: Extend) -> DraftEntry:
    """Move the deadline of an entry or phase and record it.

    Raises ``UsageError`` for a deadline that cannot be read (naming the nearest that can), ``RefusedError`` for what
    is closed, has no last day, would not end later, is past without ``late``, or has no reason.
    """
    entry = draft.find(intent.id)
    day = record_day(draft, entry, intent.date)
    due: Data = intent.to if intent.means is None else {"wording": intent.to, "means": intent.means}
    record: Mapped = {"date": Bare(day.isoformat()), "from": None, "to": due, "reason": intent.reason}
    if intent.approved_by is not None:
        record["approved_by"] = intent.approved_by
    named = named_phase(entry, intent.phase)
    phase: Data = None if named is None else word_of_phase(entry.phases, named)
    stop_if_recorded(draft, entry, record | {"phase": phase}, entry.data.extensions)
    draft.refuse_if_done(entry)
    index = None if _is_of_the_whole(entry, intent) else chosen_phase(entry, intent.phase, _may_be_extended)
    if index is not None and (closed := entry.phases[index].closed):
        message = _("“{name}” was closed out on {day}.").format(
            name=entry.phases[index].name, day=closed.date.isoformat()
        )
        raise RefusedError(message, _("What is done needs no extension."))
    check_goes_on(draft, entry, index, day)
    old = (entry.data.due if index is None else entry.phases[index].deadline) or _star_deadline(entry)
    if says_nothing(intent.reason):
        raise RefusedError(_("An extension needs a reason."), lacks=["reason"])
    old_end = _refuse_unless_later(draft, entry, index, old, intent)
    names = phase_names(entry.data)
    of_same = [one.date for one in entry.data.extensions if is_of_phase(names, one.phase, index)]
    if before := [made for made in of_same if made > day]:
        message = _("The deadline was last moved on {day}.").format(day=before[-1].isoformat())
        raise RefusedError(message, _("An extension is not recorded before the one that it follows."))
    _check_late(entry, old_end, day, late=intent.late)
    if intent.late:
        record["late"] = Bare("true")
    if index is None:
        record["from"] = _written(entry, old)
        draft.set_key(entry, "due", due)
    else:
        record["phase"] = word_of_phase(entry.phases, index)
        record["from"] = _extend_phase(draft, entry, index, due, old)
    draft.append(entry.loaded, entry.path, "extensions", record)
    return draft.at(entry.ref)


def _is_of_the_whole(entry: DraftEntry, intent: Extend) -> bool:
    """Say whether it is the deadline of the whole, beside phases, that is extended."""
    if not entry.phases or overall_deadline(entry.data) is None:
        return False
    if intent.phase is not None and not any(phase.deadline for phase in entry.phases):
        message = _("The phases of {ref} have one deadline for all ({place}).").format(ref=entry.ref, place=entry.place)
        raise RefusedError(message, _("Leave --phase out."))
    return intent.phase is None


def _may_be_extended(phase: PhaseState) -> bool:
    return phase.is_open and phase.deadline is not None and phase.deadline.end is not None


def _star_deadline(entry: DraftEntry) -> Deadline | None:
    return star_deadline(entry.year) if entry.data.star else None


def _extend_phase(draft: Draft, entry: DraftEntry, index: int, due: Data, old: Deadline | None) -> Data:
    """Give a phase a deadline of its own; return the old one as it was written."""
    path = phase_path(draft, entry, index)
    raw = cast("Mapped", at(draft.data(entry.loaded), path))
    before = raw.get("due")
    if "due" in raw:
        draft.change(entry.loaded, SetValue((*path, "due"), due))
    else:
        draft.change(entry.loaded, AddKey(path, "due", due, tuple(Phase.model_fields)))
    return before or _written_deadline(entry, old)


def _refuse_unless_later(
    draft: Draft, entry: DraftEntry, index: int | None, old: Deadline | None, intent: Extend
) -> date:
    """Return the last day of the old deadline of an entry or phase, which the new one must pass."""
    means = intent.means or None
    form = f"--to … --means {_later_period(entry.year, old)}"
    new = typed_deadline("--to", intent.to, means, entry.year, lambda _explicit: form)
    field = "due=…" if index is None else shlex.quote(f"phases.{word_of_phase(entry.phases, index)}.due=…")
    setting = _("To change the wording of a deadline: reformledger set {id} {field}").format(
        id=draft.word(entry.ref), field=field
    )
    if new.end is None or new.every or new.parts:
        raise RefusedError(_("“{wording}” names no one last day.").format(wording=intent.to), setting)
    if old is None or old.end is None:
        message = _("{ref} has no last day that could be extended ({place}).").format(ref=entry.ref, place=entry.place)
        raise RefusedError(message, setting)
    if new.end > old.end:
        return old.end
    message = _("“{wording}” ends on {new}, no later than the deadline now: {old}.").format(
        wording=intent.to, new=new.end.isoformat(), old=old.end.isoformat()
    )
    if new.relative:
        advice = _("In a ledger of {year} it means that year; name the year, such as {form}.").format(
            year=entry.year, form=f"{old.end.year + 1}年{new.end.month}月底前"
        )
        raise RefusedError(message, advice)
    raise RefusedError(message, setting)


def _later_period(year: int, old: Deadline | None) -> str:
    """Return a form that can say what a later deadline means: the ledger's year, or until the year that ends later."""
    last = year if old is None or old.end is None else (old.end + timedelta(days=1)).year
    return f"{year}/{last}" if last > year else f"{year}"


def _check_late(entry: DraftEntry, old_end: date, day: date, *, late: bool) -> None:
    if day > old_end and not late:
        message = _("The deadline of {ref} passed on {end}: extensions are asked for before.").format(
            ref=entry.ref, end=old_end.isoformat()
        )
        raise RefusedError(message, _("With --late it is extended all the same, and the record says so."), ["late"])
    if late and day <= old_end:
        message = _("The deadline of {ref} ends on {end} and had not passed on {day}.").format(
            ref=entry.ref, end=old_end.isoformat(), day=day.isoformat()
        )
        raise RefusedError(message, _("Leave --late out: the record would not be true."))


def _written(entry: DraftEntry, old: Deadline | None) -> Data:
    """Return the old deadline of an entry as it was written; that of a bare ☆ in the explicit form."""
    return entry.raw.get("due") or _written_deadline(entry, old)


def _written_deadline(entry: DraftEntry, old: Deadline | None) -> Data:
    if old is not None and old.wording is not None:
        return old.wording
    return {"wording": STAR_SIGN, "means": str(entry.year)}
