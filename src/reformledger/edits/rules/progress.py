"""进展: one report on an entry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

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
from reformledger.model.phases import is_of_phase, phase_index, phase_names
from reformledger.text.folding import name_key
from reformledger.text.nearest import nearest_advice, nearest_names
from reformledger.yamlio import Data
from reformledger.yamlio.editing import Bare


def plan_progress(draft: Draft, intent: Progress) -> DraftEntry:
    """Add a report to those of its day in the order of the entry's departments; note which occurrence it counts for.

    One of a day before the close-out is still added. Raises ``RefusedError``, ``UsageError``.
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
    draft.refuse_if_done(entry, day)
    if entry.closing is not None:
        sentence = _("{ref} was closed out on {day}, after this report.")
        draft.notes.append(sentence.format(ref=entry.ref, day=entry.closing.date.isoformat()))
    check_goes_on(draft, entry, phase, day)
    index = _place_of(draft, entry, day, (intent.by, record.get("phase"), intent.for_))
    draft.append(entry.loaded, entry.path, "progress", record, index)
    reported = draft.at(entry.ref)
    matter = draft.matter(reported)
    report = reported.data.progress[index]
    _note_falling_percent(draft, matter, report, phase)
    draft.notes += what_it_answers(matter, report, intent)
    return reported


_Made = tuple[str | None, Data, str | None]
"""Who made a report, and the phase and the period that it names."""


def _place_of(draft: Draft, entry: DraftEntry, day: date, made: _Made) -> int:
    """Return the place of a new report: of one day in the order of departments, so that it matters not who is first.

    A group is followed by its members. Those of one department are in the order of phases, then of the periods that
    they name; those that name nobody, as whoever keeps the ledger types them, are the first department's, in the order
    in which they come.
    """
    directory, names = draft.book.directory, phase_names(entry.data)
    listed = *entry.data.lead_departments, *entry.data.supporting_departments
    departments = [key for name in listed for key in (directory.key(name), *directory.members_of(name))]

    def rank(by: str | None, phase: Data, for_: str | None) -> tuple[int, int, str]:
        if by is None:
            return 0, -1, ""
        key = directory.key(by)
        place = departments.index(key) if key in departments else len(departments)
        index = phase_index(names, str(phase)) if phase is not None else None
        return place, -1 if index is None else index, for_ or ""

    reports, mine = entry.data.progress, rank(*made)
    of_day = (at for at, each in enumerate(reports) if each.date == day)
    after = (at for at in of_day if rank(reports[at].by, reports[at].phase, reports[at].for_) > mine)
    return next(after, sum(report.date <= day for report in reports))


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
