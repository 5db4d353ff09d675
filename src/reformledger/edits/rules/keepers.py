"""The commands that keep what ``set`` and ``add`` do not, as they can be typed for an entry as it is now."""

from __future__ import annotations

from collections.abc import Sequence

from reformledger.edits.commands import LEFT_OPEN
from reformledger.edits.draft import Draft, DraftEntry
from reformledger.edits.intents import Close, Extend, Intent, Progress, Waive
from reformledger.edits.rules.asked import asked_of
from reformledger.edits.rules.phases import word_of_phase
from reformledger.i18n import _

COMMANDS = frozenset({"progress", "waive", "extend", "close", "reopen"})


def keeper_of_new(command: str, _of_phase: bool) -> str:
    """Return what to do about a field that a command keeps, for an entry that is not there yet."""
    return _("Add the entry without it; “reformledger {command} --help” shows what keeps it then.").format(
        command=command
    )


def keeper(draft: Draft, entry: DraftEntry, command: str, of_phase: bool) -> str:
    """Return what to do about a field that a command keeps: that command, or why it would be refused now."""
    if of_phase:
        return _("Use: reformledger close {id} --evidence … --phase …").format(id=draft.word(entry.ref))
    return draft.advised(_("Use: {command}"), *_intents(draft, entry, command))


def _intents(draft: Draft, entry: DraftEntry, command: str) -> Sequence[Intent]:
    """Return what may be meant, the likeliest first: of the whole or its phases, in time or late."""
    word = draft.word(entry.ref)
    phases = [None, *(word_of_phase(entry.phases, place) for place, phase in enumerate(entry.phases) if phase.is_open)]
    match command:
        case "progress":
            return [Progress(word, LEFT_OPEN)]
        case "waive":
            unmet = ((asked, asked.next_unmet(draft.today)) for asked in asked_of(draft.matter(entry)))
            named = [asked.name(one) for asked, one in unmet if one is not None]
            return [Waive(word, name, LEFT_OPEN) for name in [*named, LEFT_OPEN]]
        case "extend":
            return [Extend(word, LEFT_OPEN, LEFT_OPEN, phase=of, late=late) for of in phases for late in (False, True)]
        case "close":
            despite = (None, LEFT_OPEN)
            return [Close(word, (LEFT_OPEN,), phase=of, despite_missed=why) for of in phases for why in despite]
        case _:
            return draft.reopenings(entry)
