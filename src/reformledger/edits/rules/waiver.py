"""免报: an occurrence of a recurring duty, or a period of the return calendar, that need not be reported on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reformledger.edits.draft import Draft, DraftEntry
from reformledger.edits.intents import Waive
from reformledger.edits.rules.asked import asked_of, check_is_named
from reformledger.edits.rules.dates import record_day
from reformledger.edits.rules.once import stop_if_recorded
from reformledger.errors import RefusedError
from reformledger.i18n import _
from reformledger.matter import Matter
from reformledger.model.occurrences import Occurrence
from reformledger.model.text import says_nothing
from reformledger.yamlio import Mapped
from reformledger.yamlio.editing import Bare


def plan_waive(draft: Draft, intent: Waive) -> DraftEntry:
    """Record that an occurrence is waived.

    Raises ``RefusedError`` without a reason, for what is closed out or does not recur, and for an occurrence that is
    met or waived already; ``UsageError`` where ``for_`` names no one occurrence.
    """
    entry = draft.find(intent.id)
    day = record_day(draft, entry, intent.date)
    record: Mapped = {"date": Bare(day.isoformat()), "for": intent.for_, "reason": intent.reason}
    if intent.approved_by is not None:
        record["approved_by"] = intent.approved_by
    stop_if_recorded(draft, entry, record, entry.data.waivers)
    draft.refuse_if_done(entry)
    if says_nothing(intent.reason):
        raise RefusedError(_("A waiver needs a reason."), lacks=["reason"])
    matter = draft.matter(entry)
    found = check_is_named(matter, intent.for_, _("Waived is only what recurs."))
    if all(one.is_met for one in found):
        sentence = _("{wording} of {ref} is waived already.")
        if any(one.answers for one in found):
            sentence = _("{wording} of {ref} was reported on.")
        raise RefusedError(sentence.format(wording=intent.for_, ref=entry.ref), _("There is nothing to waive."))
    draft.append(entry.loaded, entry.path, "waivers", record)
    draft.notes += _what_is_waived(matter, found)
    return draft.at(entry.ref)


def _what_is_waived(matter: Matter, found: Sequence[Occurrence]) -> Iterator[str]:
    for asked in asked_of(matter):
        for one in asked.all:
            if any(one is each for each in found):
                sentence = _("Waived is {name}, which ends on {end}.")
                if asked.is_calendar:
                    sentence = _("Waived is {name} in the return calendar, which ends on {end}.")
                yield sentence.format(name=asked.name(one), end=one.end.isoformat())
