"""免报: an occurrence of a recurring duty, or a period of the return calendar, that need not be reported on."""

from __future__ import annotations

from reformledger.edits.draft import Draft, DraftEntry, Mapped
from reformledger.edits.intents import Waive
from reformledger.edits.rules.asked import check_is_named
from reformledger.edits.rules.dates import record_day
from reformledger.errors import RefusedError
from reformledger.i18n import _
from reformledger.model.text import says_nothing
from reformledger.yamlio.editing import Bare


def plan_waive(draft: Draft, intent: Waive) -> DraftEntry:
    """Record that an occurrence is waived.

    Raises ``RefusedError`` without a reason, for what is closed out or does not recur, and for an occurrence that is
    met or waived already; ``UsageError`` where ``for_`` names no one occurrence.
    """
    entry = draft.find(intent.id)
    draft.refuse_if_done(entry)
    if says_nothing(intent.reason):
        raise RefusedError(_("A waiver needs a reason."))
    found = check_is_named(draft.matter(entry), intent.for_)
    if all(one.is_met for one in found):
        sentence = _("{wording} of {ref} is waived already.")
        if any(one.answers for one in found):
            sentence = _("{wording} of {ref} was reported on.")
        raise RefusedError(sentence.format(wording=intent.for_, ref=entry.ref), _("There is nothing to waive."))
    day = record_day(draft, entry, intent.date)
    record: Mapped = {"date": Bare(day.isoformat()), "for": intent.for_.strip(), "reason": intent.reason.strip()}
    if intent.approved_by is not None:
        record["approved_by"] = intent.approved_by.strip()
    draft.append(entry.loaded, entry.path, "waivers", record)
    return draft.at(entry.ref)
