"""进展: one report on an entry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reformledger.edits.draft import Draft, DraftEntry
from reformledger.edits.intents import Progress
from reformledger.edits.rules.asked import check_is_named, what_it_answers
from reformledger.edits.rules.dates import record_day
from reformledger.edits.rules.once import each_once, stop_if_recorded
from reformledger.edits.rules.phases import check_goes_on, chosen_phase, word_of_phase
from reformledger.edits.rules.values import When, typed
from reformledger.errors import UsageError
from reformledger.i18n import _
from reformledger.matter import Matter
from reformledger.model import entries as model
from reformledger.model.phases import is_of_phase, phase_names
from reformledger.text.folding import name_key
from reformledger.text.nearest import nearest_advice, nearest_names
from reformledger.yamlio import Data
from reformledger.yamlio.editing import Bare


def plan_progress(draft: Draft, intent: Progress) -> DraftEntry:
    """Add a report, after those of its day and before any of a later one; note which occurrence it counts for.

    Raises ``RefusedError``, ``UsageError``.
    """
    entry = draft.find(intent.id)
    day = record_day(draft, entry, intent.date)
    phase = None if intent.phase is None else chosen_phase(entry, intent.phase)
    record: dict[str, Data] = {"date": Bare(day.isoformat()), "text": intent.text}
    if intent.percent is not None:
        record["percent"] = typed("percent", intent.percent, "percent", When(draft.today, entry.year))
    if intent.by is not None:
        record["by"] = intent.by
    if evidence := each_once(draft, intent.evidence):
        record["evidence"] = list(evidence)
    if intent.weak:
        record["weak"] = Bare("true")
    if intent.targets:
        record["targets"] = dict(_reached(draft, entry, phase, intent.targets))
    if intent.for_ is not None:
        check_is_named(draft.matter(entry), intent.for_, _("Leave --for out."))
        record["for"] = intent.for_
    if phase is not None:
        record["phase"] = word_of_phase(entry.phases, phase)
    if intent.problems is not None:
        record["problems"] = intent.problems
    stop_if_recorded(draft, entry, record, entry.data.progress)
    draft.refuse_if_done(entry)
    check_goes_on(draft, entry, phase, day)
    index = sum(report.date <= day for report in entry.data.progress)
    draft.append(entry.loaded, entry.path, "progress", record, index)
    reported = draft.at(entry.ref)
    matter = draft.matter(reported)
    report = reported.data.progress[index]
    _note_falling_percent(draft, matter, report, phase)
    draft.notes += what_it_answers(matter, report, intent)
    return reported


def _reached(draft: Draft, entry: DraftEntry, phase: int | None, given: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the name of each target, as it is declared, with the value reached; raises ``UsageError``."""
    for name, value in given.items():
        target = _target(entry, phase, name)
        yield target.name, typed(target.name, value, "number", When(draft.today, entry.year), target.unit or "")


def _target(entry: DraftEntry, phase: int | None, name: str) -> model.Target:
    """Return a target of the entry, or of the phase that is reported on, by its name.

    Raises ``UsageError``, naming the nearest, for an unknown one.
    """
    of_phase = entry.phases[phase].data if phase is not None else None
    declared = (*(of_phase.targets if of_phase else ()), *entry.data.targets)
    wanted = name_key(name)
    if known := next((target for target in declared if name_key(target.name) == wanted), None):
        return known
    targets = [target.name for target in declared]
    message = _("{ref} has no target “{name}”.").format(ref=entry.ref, name=name)
    if not targets:
        raise UsageError(message, _("It declares none; add them under “targets” ({place}).").format(place=entry.place))
    raise UsageError(
        message,
        nearest_advice(nearest_names(name, targets)) or _("Its targets: {names}.").format(names=_(", ").join(targets)),
    )


def _note_falling_percent(draft: Draft, matter: Matter, report: model.Progress, phase: int | None) -> None:
    """Note when a leading department's percentage of the whole, or of a phase, is under the one before."""
    percents: list[int] = []
    names = phase_names(matter.entry.data)
    for each in matter.leading:
        if each.percent is not None and is_of_phase(names, each.phase, phase):
            percents.append(each.percent)
            if each is report and percents[-2:] != sorted(percents[-2:]):
                sentence = _("The percentage goes down, from {before} to {now}.")
                draft.notes.append(sentence.format(before=percents[-2], now=percents[-1]))
