"""Group 10 (RL0xx), life cycle: records of an entry that cannot all be true, or lack what they need."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from reformledger.audit.context import Audit, Found, joined
from reformledger.audit.finding import Severity
from reformledger.audit.pointer import Pointer, at, at_due
from reformledger.audit.rule import FUTURE, rule
from reformledger.entry import Entry
from reformledger.i18n import _, ngettext
from reformledger.matter import LastReport
from reformledger.model.base import content_key
from reformledger.model.deadline import Deadline
from reformledger.model.entries import Closing, Extension, Progress, Reopening, Target, Waiver
from reformledger.model.life import TargetState, last_day_of, phase_target_states, target_states
from reformledger.model.occurrences import Occurrence
from reformledger.model.phases import PhaseState, is_late, phase_index, phase_names, phase_word
from reformledger.model.text import says_nothing

_WHOLE = 100


def _closings(entry: Entry) -> Iterator[tuple[Closing, Pointer]]:
    """Yield every close-out that is recorded, of the entry and of its phases."""
    if entry.data.closed:
        yield entry.data.closed, at(entry, "closed", key=True)
    for index, phase in enumerate(entry.data.phases):
        if phase.closed:
            yield phase.closed, at(entry, "phases", index, "closed", key=True)


@rule("RL001", Severity.ERROR)
def closed_without_evidence(audit: Audit) -> Iterator[Found]:
    """Find close-outs without evidence, or with words that are none."""
    for entry in audit.book.entries:
        for closing, pointer in _closings(entry):
            if all(map(says_nothing, closing.evidence)):
                message = _("Closed out on {day} without evidence.")
                yield Found(message.format(day=closing.date.isoformat()), pointer)


@rule("RL002", Severity.ERROR)
def closed_before_its_phases(audit: Audit) -> Iterator[Found]:
    """Find entries that were closed while a phase was open."""
    for entry in audit.book.entries:
        closed = entry.data.closed
        if closed is None:
            continue
        names = [phase.name for phase in entry.data.phases]
        late = [
            (index, phase_word(names, index))
            for index, phase in enumerate(entry.data.phases)
            if phase.cancelled is None and (phase.closed is None or phase.closed.date > closed.date)
        ]
        if late:
            message = _("Closed out on {day}, before its phases: {phases}.")
            yield Found(
                message.format(day=closed.date.isoformat(), phases=joined(name for _index, name in late)),
                at(entry, "closed", key=True),
                tuple((name, at(entry, "phases", index)) for index, name in late),
            )


@rule("RL003", Severity.ERROR)
def recorded_after_the_close(audit: Audit) -> Iterator[Found]:
    """Find progress, waivers and extensions dated after the close-out."""
    for entry in audit.book.entries:
        closing = entry.closing
        if closing is None:
            continue
        for day, pointer in _records(entry):
            if day > closing.date:
                message = _("Dated {day}, after the close-out of {closed}.")
                yield Found(
                    message.format(day=day.isoformat(), closed=closing.date.isoformat()),
                    pointer,
                    tuple((_("closed out"), closed_at) for _closing, closed_at in list(_closings(entry))[-1:]),
                )


def _records(entry: Entry) -> Iterator[tuple[date, Pointer]]:
    for index, report in enumerate(entry.data.progress):
        yield report.date, at(entry, "progress", index, "date")
    for index, waiver in enumerate(entry.data.waivers):
        yield waiver.date, at(entry, "waivers", index, "date")
    for index, extension in enumerate(entry.data.extensions):
        yield extension.date, at(entry, "extensions", index, "date")
    if entry.data.paused:
        yield entry.data.paused.date, at(entry, "paused", "date")


def _phase_decisions(entry: Entry) -> Iterator[tuple[date, Pointer]]:
    """Yield the pauses and cancellations of phases, which may be decided when the others are closed out."""
    for index, phase in enumerate(entry.data.phases):
        for key, decision in (("paused", phase.paused), ("cancelled", phase.cancelled)):
            if decision:
                yield decision.date, at(entry, "phases", index, key, "date")


@rule(FUTURE, Severity.ERROR)
def recorded_in_the_future(audit: Audit) -> Iterator[Found]:
    """Find records dated after the day of the check."""
    for entry in audit.book.entries:
        closings = [
            (closing.date, pointer._replace(path=(*pointer.path, "date"), key=False))
            for closing, pointer in _closings(entry)
        ]
        reopenings = [
            (reopening.date, at(entry, "history", index, "date")) for index, reopening in enumerate(entry.data.history)
        ]
        for day, pointer in (*_records(entry), *_phase_decisions(entry), *closings, *reopenings):
            if day > audit.as_of:
                message = _("Dated {day}, which is still to come on {today}.")
                yield Found(message.format(day=day.isoformat(), today=audit.as_of.isoformat()), pointer)


@rule("RL005", Severity.WARNING)
def percentages_that_fall(audit: Audit) -> Iterator[Found]:
    """Find reports of leading departments whose percentage, of the whole or of a phase, is lower than one before."""
    for entry in audit.book.entries:
        if not entry.data.progress:
            continue
        matter = audit.standings.matter(entry)
        names = phase_names(entry.data)
        last: dict[int | None, tuple[int, int]] = {}
        for index, report in sorted(enumerate(entry.data.progress), key=lambda pair: pair[1].date):
            lower = report.percent
            if lower is None or not matter.is_leading(LastReport(report, entry)):
                continue
            phase = phase_index(names, report.phase)
            before, higher = last.get(phase, (index, lower))
            if lower < higher:
                message = _("{lower}% is reported after {higher}%.")
                yield Found(
                    message.format(lower=lower, higher=higher),
                    at(entry, "progress", index, "percent"),
                    ((_("the report before"), at(entry, "progress", before, "percent")),),
                )
            last[phase] = index, lower


@rule("RL006", Severity.WARNING)
def reports_out_of_order(audit: Audit) -> Iterator[Found]:
    """Find reports after a later one: the last decides the light."""
    for entry in audit.book.entries:
        reports = entry.data.progress
        for index in range(1, len(reports)):
            if reports[index].date < reports[index - 1].date:
                message = _("The report of {day} stands after that of {later}; the last one is taken for the latest.")
                yield Found(
                    message.format(day=reports[index].date.isoformat(), later=reports[index - 1].date.isoformat()),
                    at(entry, "progress", index, "date"),
                    ((_("the report before"), at(entry, "progress", index - 1, "date")),),
                )


class _Late(NamedTuple):
    """An extension decided after the last day of the deadline that it moves."""

    entry: Entry
    place: int
    extension: Extension
    old: Deadline
    old_at: Pointer


def _late_extensions(audit: Audit) -> Iterator[_Late]:
    """Yield the late extensions; what one moves is written in it, else it is where the one before moved it."""
    for entry in audit.book.entries:
        names = phase_names(entry.data)
        moved: dict[int | None, tuple[Deadline, Pointer]] = {}
        for index, extension in enumerate(entry.data.extensions):
            phase = phase_index(names, extension.phase)
            before = moved.get(phase)
            if extension.from_:
                before = extension.from_, at(entry, "extensions", index, "from")
            if before and before[0].end and extension.date > before[0].end:
                yield _Late(entry, index, extension, *before)
            moved[phase] = extension.to, at(entry, "extensions", index, "to")


@rule("RL007", Severity.WARNING)
def silently_late_extension(audit: Audit) -> Iterator[Found]:
    """Find extensions recorded after the deadline had passed that do not say so."""
    for entry, place, extension, old, old_at in _late_extensions(audit):
        if not extension.late:
            message = _("Extended on {day}, after “{wording}” had passed, and the record does not say so (late: true).")
            message = message.format(day=extension.date.isoformat(), wording=old.wording)
            yield Found(message, at(entry, "extensions", place, "date"), ((_("the old deadline"), old_at),))


@rule("RL008", Severity.NOTE)
def late_extension(audit: Audit) -> Iterator[Found]:
    """Find extensions that say that they were recorded after the deadline had passed."""
    for entry, place, extension, old, old_at in _late_extensions(audit):
        if extension.late:
            message = _("Extended on {day}, after “{wording}” had passed.")
            message = message.format(day=extension.date.isoformat(), wording=old.wording)
            yield Found(message, at(entry, "extensions", place, "late"), ((_("the old deadline"), old_at),))


@rule("RL009", Severity.WARNING)
def extension_without_reason(audit: Audit) -> Iterator[Found]:
    """Find extensions without a reason in words."""
    for entry in audit.book.entries:
        for index, extension in enumerate(entry.data.extensions):
            if says_nothing(extension.reason):
                yield Found(_("An extension needs a reason."), at(entry, "extensions", index, "reason"))


@rule("RL014", Severity.NOTE)
def made_twice(audit: Audit) -> Iterator[Found]:
    """Find records that say what another of their day before says, and evidence that one of them lists twice."""
    for entry in audit.book.entries:
        for key in ("progress", "waivers", "extensions", "history"):
            records: Sequence[Progress | Waiver | Extension | Reopening] = getattr(entry.data, key)
            for index, first in _repeats(records) if len(records) > 1 else ():
                message = _("This record of {day} says the same as one before it.")
                related = ((_("the first"), at(entry, key, first)),)
                yield Found(message.format(day=records[index].date.isoformat()), at(entry, key, index), related)
        listed = [(closing.evidence, pointer._replace(key=False)) for closing, pointer in _closings(entry)]
        listed += [(report.evidence, at(entry, "progress", index)) for index, report in enumerate(entry.data.progress)]
        for evidence, pointer in listed:
            for index, first in _repeats(evidence) if len(evidence) > 1 else ():
                paths = [(*pointer.path, "evidence", place) for place in (index, first)]
                related = ((_("the first"), pointer._replace(path=paths[1])),)
                yield Found(_("This evidence is listed twice."), pointer._replace(path=paths[0]), related)


def _repeats(values: Sequence[object]) -> Iterator[tuple[int, int]]:
    """Yield the places of a value that says the same as one before it, and of the first that does."""
    first: dict[Hashable, int] = {}
    for index, value in enumerate(values):
        if (place := first.setdefault(content_key(value), index)) != index:
            yield index, place


# What follows is found on the records of the day: it comes with time, or is the office's decision, and only notes it.


@rule("RL010", Severity.NOTE)
def missed_occurrences(audit: Audit) -> Iterator[Found]:
    """Find owed occurrences of an open duty's own year that have passed and were never made up."""
    for entry in audit.standings.book.entries:
        if entry.closing is None and entry.deadline is not None and entry.deadline.every is not None:
            missed = [one for one in audit.standings.matter(entry).passed if not one.is_met]
            if missed:
                message = ngettext(
                    "{count} occurrence has passed without a report: {days}.",
                    "{count} occurrences have passed without a report: {days}.",
                    len(missed),
                )
                yield Found(message.format(count=len(missed), days=_last_days(missed)), at_due(entry))


@rule("RL011", Severity.NOTE)
def closed_over_occurrences(audit: Audit) -> Iterator[Found]:
    """Find close-outs while an owed occurrence of the year, those to come included, was not met."""
    for entry in audit.standings.book.entries:
        if entry.closing is None or entry.deadline is None or entry.deadline.every is None:
            continue
        unmet = [one for one in audit.standings.matter(entry).occurrences if one.owed and not one.is_met]
        if unmet:
            message = _("Closed out on {day} although not all occurrences were met ({days}).")
            if entry.closing.despite:
                message = _("Closed out on {day} although not all occurrences were met ({days}): “{reason}”.")
            day, days = entry.closing.date.isoformat(), _last_days(unmet)
            yield Found(message.format(day=day, days=days, reason=entry.closing.despite), _closed_at(entry))


def _last_days(occurrences: list[Occurrence]) -> str:
    return _(", ").join(one.end.isoformat() for one in occurrences)


def _closed_at(entry: Entry) -> Pointer:
    """Return the place of the close-out that ends an entry; one that is taken back by now is in its history."""
    return next((pointer for closing, pointer in _closings(entry) if closing is entry.closing), at(entry))


def _closed_phases(entry: Entry) -> Iterator[tuple[int, PhaseState, Pointer]]:
    """Yield the place, state and close-out of the phases closed out, those of earlier years in their own year only."""
    places = {id(phase): place for place, phase in enumerate(entry.data.phases)}
    for index, state in enumerate(entry.phases):
        closed = state.data.closed if state.data else None
        if closed and not (entry.data.carried_over_from and closed.date.year < entry.year):
            yield index, state, at(entry, "phases", places[id(state.data)], "closed", key=True)


@rule("RL012", Severity.NOTE)
def closed_short(audit: Audit) -> Iterator[Found]:
    """Find close-outs with a target short of its value, or with a last percentage under 100."""
    for entry in audit.standings.book.entries:
        closed: dict[int | None, Pointer] = {None: _closed_at(entry)} if entry.closing else {}
        closed |= {index: pointer for index, _state, pointer in _closed_phases(entry)}
        if not closed:  # as most entries are
            continue
        matter = audit.standings.matter(entry)
        names = phase_names(entry.data)
        percentages = {
            phase_index(names, report.phase): report.percent for report in matter.leading if report.percent is not None
        }
        for phase, pointer in closed.items():
            percent = percentages.get(phase, _WHOLE)
            short = [f"{percent}%"] if percent < _WHOLE else []
            reports = [made.report for made in matter.reports]
            if phase is None:
                short += _short_targets(entry.data.targets, target_states(entry.data, reports))
            elif declared := entry.phases[phase].data:
                short += _short_targets(declared.targets, phase_target_states(entry.data, phase, reports))
            if short:
                message = _("Closed out short of what was to be reached: {short}.")
                yield Found(message.format(short=_(", ").join(short)), pointer)


def _short_targets(targets: Sequence[Target], states: list[TargetState]) -> Iterator[str]:
    """Yield what was reached of each target short of its value; what the ledger itself counts need not be reported."""
    for target, state in zip(targets, states, strict=True):
        if state.share < 1 and (target.counts is None or state.reached is not None):
            yield f"{state.name} {state.reached_text}"


@rule("RL013", Severity.NOTE)
def closed_after_the_last_day(audit: Audit) -> Iterator[Found]:
    """Find entries and phases that were closed out after their last day, as the days or the record tell."""
    for entry in audit.standings.book.entries:
        whole = last_day_of(entry.data, entry.phases, entry.year)
        closings = [
            (state.closed, state.deadline.end if state.deadline else None, pointer)
            for _index, state, pointer in _closed_phases(entry)
        ]
        for closing, last_day, pointer in ((entry.data.closed, whole, at(entry, "closed", key=True)), *closings):
            if closing is None or not is_late(closing, last_day):
                continue
            message = _("Closed out on {day}, late as its record says.")
            if last_day and closing.date > last_day:
                message = _("Closed out on {day}, after the last day, {last}.")
            day, last = closing.date.isoformat(), last_day.isoformat() if last_day else ""
            place = pointer._replace(path=(*pointer.path, "date"), key=False)
            yield Found(message.format(day=day, last=last), place)
