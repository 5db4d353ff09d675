"""What an entry is asked to report on again and again, and which of it a report is for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from reformledger.edits.commands import command_line
from reformledger.edits.intents import Progress
from reformledger.errors import RefusedError, UsageError
from reformledger.i18n import _, sentences
from reformledger.matter import LastReport, Matter
from reformledger.model import entries as model
from reformledger.model.deadline import DeadlineError
from reformledger.model.occurrences import Occurrence, name_of, named, one_named
from reformledger.model.spans import Every

_LISTED = 12


class Asked(NamedTuple):
    """The occurrences of a recurring duty or the periods of a return calendar, year by year, the entry's own last."""

    every: Every
    years: Sequence[Sequence[Occurrence]]
    is_calendar: bool

    @property
    def all(self) -> list[Occurrence]:
        """Return the occurrences of all years, oldest first."""
        return [one for year in self.years for one in year]

    def name(self, one: Occurrence) -> str:
        """Return what a person types to name an occurrence."""
        return name_of(self.years, self.every, one)

    def next_unmet(self, day: date) -> Occurrence | None:
        """Return the last owed occurrence that has passed unmet by a day, else the next that is to come."""
        unmet = [one for one in self.all if one.owed and not one.is_met]
        passed = [one for one in unmet if one.end < day]
        return next(iter([*passed[-1:], *unmet]), None)


def asked_of(matter: Matter) -> list[Asked]:
    """Return what an entry is asked for: its recurring duty, the return calendar of its document, both or none."""
    found = []
    if matter.deadline is not None and matter.deadline.every is not None:
        found.append(Asked(matter.deadline.every, matter.duty_by_year, is_calendar=False))
    calendar = matter.book.calendar(matter.entry)
    if calendar is not None and calendar.every is not None:
        found.append(Asked(calendar.every, matter.calendar_by_year, is_calendar=True))
    return found


def check_is_named(matter: Matter, wording: str, otherwise: str) -> list[Occurrence]:
    """Return the occurrence or period that ``--for`` names (both, where it is one of each).

    Raises ``RefusedError`` where nothing recurs, with what to do ``otherwise``, and ``UsageError`` with what there is
    for a wording that names none or several.
    """
    ref, year = matter.entry.ref, matter.entry.year
    asked = asked_of(matter)
    if not asked:
        message = _("{ref} does not recur, and its document has no return calendar.").format(ref=ref)
        raise RefusedError(message, otherwise)
    try:
        found = [one for each in asked if (one := one_named(each.years, wording, year))]
        several = [each.name(one) for each in asked for one in named(each.all, wording, year)]
    except DeadlineError as error:
        raise UsageError(_("--for: {reason}").format(reason=str(error)), _there_is(asked)) from None
    if found:
        return found
    if several:
        message = _("“{wording}” names several occurrences of {ref}.").format(wording=wording, ref=ref)
        raise UsageError(message, _("Name one of: {refs}.").format(refs=listed(several)))
    raise UsageError(_("“{wording}” names no occurrence of {ref}.").format(wording=wording, ref=ref), _there_is(asked))


def _there_is(asked: Sequence[Asked]) -> str:
    names = dict.fromkeys(each.name(one) for each in asked for one in each.all)
    return _("There are: {names}.").format(names=listed(list(names)))


def listed(names: Sequence[str]) -> str:
    """Return names with commas between them, the first twelve of many."""
    return _(", ").join(names[:_LISTED]) + ("…" if len(names) > _LISTED else "")


def what_it_answers(matter: Matter, report: model.Progress, intent: Progress) -> Iterator[str]:
    """Yield for each thing that the entry is asked for a sentence: which occurrence a report counts for, if any."""
    for asked in asked_of(matter):
        met = next((one for one in asked.all if any(answer.report is report for answer in one.answers)), None)
        if met is not None:
            sentence = _("The report counts for {name}.")
            if asked.is_calendar:
                sentence = _("The report is that of {name} in the return calendar.")
            late = _("It is late: the last day was {end}.").format(end=met.end.isoformat())
            yield sentences(sentence.format(name=asked.name(met)), late if report.date > met.end else "")
        elif not asked.is_calendar and not matter.is_leading(LastReport(report, matter.entry)):
            yield _("The report counts for no occurrence: only those of leading departments do.")
        else:
            yield _counts_for_none(matter, asked, intent, report.date)


def _counts_for_none(matter: Matter, asked: Asked, intent: Progress, day: date) -> str:
    sentence = _("The report counts for no occurrence.")
    if asked.is_calendar:
        sentence = _("The report counts for no period of the return calendar.")
    meant = asked.next_unmet(day)
    if meant is None:
        return sentence
    advice = _("Where it is for {name}, “reformledger undo” and: {command}")
    command = command_line(intent._replace(id=matter.entry.ref, for_=asked.name(meant)))
    return f"{sentence} {advice.format(name=asked.name(meant), command=command)}"
