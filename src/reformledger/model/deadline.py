"""Deadlines: the official wording and the days it means, relative to the year of its document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from reformledger.i18n import _, sentences
from reformledger.model.parts import PartText, check_text, split_parts
from reformledger.model.period import Name, Period, UnreadableError
from reformledger.model.spans import Every, Reading
from reformledger.model.spelling import NoFormFitsError
from reformledger.model.wording import read
from reformledger.text.folding import wording_key
from reformledger.text.nearest import nearest_advice

__all__ = [
    "DatedPart",
    "Deadline",
    "DeadlineError",
    "Every",
    "Period",
    "parse_deadline",
    "parse_period",
    "star_deadline",
]

_SHOWN = 60  # characters of a wording that an error repeats


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline; rows with the same wording share one.

    ``wording`` is as printed (None: a ☆ alone, ``from_star``). ``occurrences`` are its periods: none when it is
    open-ended, one when it is bounded, each of several when the wording names them (``5月、10月``), each in the
    document's year when it recurs (``every``), those of all parts when the field holds several. ``start`` and ``end``
    are the first and last day of them all: several periods are over with the last of them, and a question for what is
    due finds any.
    ``relative`` says that the wording names no year of its own, so that the document's decides. ``begins`` is the day
    on which the work begins where the wording names it (a span, 起), ``completes`` the last day by which what recurs
    is completed. ``within`` is how many months after the date of issue it ends (``3年内``): it has no days until
    ``relative.issued_on`` gives them.
    """

    wording: str | None
    occurrences: tuple[Period, ...]
    every: Every | None = None
    from_star: bool = False
    parts: tuple[DatedPart, ...] = ()
    relative: bool = False
    begins: date | None = None
    completes: date | None = None
    within: int | None = None
    start: date | None = field(init=False, compare=False)
    end: date | None = field(init=False, compare=False)

    def __post_init__(self) -> None:
        # Asked for every entry again and again, so found once.
        object.__setattr__(self, "start", min((period.start for period in self.occurrences), default=None))
        object.__setattr__(self, "end", max((period.end for period in self.occurrences), default=None))

    def falls_in(self, period: Period) -> bool:
        """Say whether the last day (of any occurrence, of any part) is in ``period``."""
        return any(period.start <= occurrence.end <= period.end for occurrence in self.occurrences)

    def falls_by(self, period: Period) -> bool:
        """Say whether the last day (of any occurrence, of any part) is no later than the period's."""
        return any(occurrence.end <= period.end for occurrence in self.occurrences)

    def meaning(self, year: int) -> str:
        """Return the wording that says without doubt what it means in a document of ``year``: ``2020-03/2020-05``.

        Of several dated parts, each with its text.
        """
        from reformledger.model.meaning import meaning  # rarely shown

        if self.parts:
            return "；".join(f"{part.deadline.meaning(year)}：{part.text}" for part in self.parts)
        counted = () if self.within else self.occurrences  # its words count months, whatever days they came to
        return meaning(Reading(counted, self.every, self.relative, self.begins, self.completes, self.within), year)


class DatedPart(NamedTuple):
    """One of several dated parts of a field: what is to be done, and by when."""

    text: str
    deadline: Deadline


class DeadlineError(ValueError):
    """A wording that cannot be read, or could be read in two ways.

    ``reason`` says why, ``advice`` what to write instead, both in the user's language; ``str()`` is the whole
    sentence with the nearest understood wordings.
    """

    def __init__(
        self, wording: str, year: int, unreadable: UnreadableError, advice: str, *, bounded: bool = False
    ) -> None:
        super().__init__(wording, year, unreadable, advice)
        self.wording = wording
        self.reason = unreadable.reason
        self.advice = advice
        self._year = year
        self._unreadable = unreadable
        self._bounded = bounded

    @property
    def near(self) -> tuple[str, ...]:
        """The nearest wordings that can be read, at most three; looked for only when asked."""
        from reformledger.model.near import near_wordings

        at_fault = self._unreadable.part or self.wording
        return near_wordings(at_fault, self._year, self._unreadable.near, bounded=self._bounded)

    @property
    def explicit(self) -> str:
        """A form that can say what such words mean: one that recurs where they do, and is of the year they name."""
        return _explicit_forms(self.wording, self._year, bounded=self._bounded)[0]

    @property
    def nearest(self) -> str:
        """The sentence that offers the nearest wordings, each with what it means; empty where there are none."""
        return nearest_advice([self._explained(offered) for offered in self.near])

    def _explained(self, offered: str) -> str:
        means = parse_deadline(offered, self._year).meaning(self._year)
        return offered if means == offered else _("{wording} ({means})").format(wording=offered, means=means)

    def __str__(self) -> str:
        shown = self.wording if len(self.wording) <= _SHOWN else f"{self.wording[: _SHOWN - 1]}…"
        opening = _("“{wording}” cannot be understood.").format(wording=shown)
        return sentences(opening, self.reason, self.nearest, self.advice)


@lru_cache(maxsize=4096)
def parse_deadline(wording: str, year: int, means: str | None = None) -> Deadline:
    """Return the deadline that ``wording`` states in a document of ``year``.

    ``means`` is the explicit form for a wording that cannot be read by itself: the period comes from it, the
    wording is only kept. Raises ``DeadlineError``.
    """
    try:
        if means is not None:
            return _explicit(wording, year, means)
        if parts := split_parts(wording):
            return _of_parts(wording, [_dated_part(part, year) for part in parts])
        return _simple_or_prose(wording, year)
    except UnreadableError as unreadable:
        explicit = _explicit_forms(wording, year)[0]
        form = f"due: {{wording: …, means: {explicit}}}"
        advice = _("Write beside the words what they mean: {form}.").format(form=form)
        raise DeadlineError(wording, year, unreadable, advice) from None


def _explicit_forms(wording: str, year: int, *, bounded: bool = False) -> tuple[str, ...]:
    from reformledger.model.near import explicit_forms  # only asked after an error

    return explicit_forms(wording, year, bounded=bounded)


def _simple(wording: str, year: int) -> Deadline:
    return _deadline(wording, read(wording, year))


def _simple_or_prose(wording: str, year: int) -> Deadline:
    try:
        return _simple(wording, year)
    except NoFormFitsError:
        from reformledger.model.prose import prose_parts  # rare

        parts = prose_parts(wording, year)
        if not parts:
            raise
        return _of_parts(wording, [DatedPart(part.text, _deadline(part.wording, part.reading)) for part in parts])


def _deadline(wording: str, reading: Reading) -> Deadline:
    return Deadline(
        wording,
        reading.occurrences,
        reading.every,
        relative=reading.relative,
        begins=reading.begins,
        completes=reading.completes,
        within=reading.within,
    )


def _explicit(wording: str, year: int, means: str) -> Deadline:
    if not wording_key(wording):
        raise UnreadableError(_("It is empty."), ())
    try:
        return _deadline(wording, read(means, year))
    except UnreadableError as unreadable:
        forms = ", ".join(_explicit_forms(means, year))
        advice = _("Write after “means” a form such as {forms}.").format(forms=forms)
        raise DeadlineError(means, year, unreadable, advice) from None


def _dated_part(part: PartText, year: int) -> DatedPart:
    try:
        deadline = _simple(part.wording, year)
    except UnreadableError as unreadable:
        raise unreadable.in_part(part.wording) from None
    check_text(part.text)
    if deadline.end is None:
        raise UnreadableError(_("It has no end."), ()).in_part(part.wording)
    return DatedPart(part.text, deadline)


def _of_parts(wording: str, parts: Sequence[DatedPart]) -> Deadline:
    occurrences = tuple(period for part in parts for period in part.deadline.occurrences)
    return Deadline(wording, occurrences, parts=tuple(parts), relative=any(part.deadline.relative for part in parts))


@lru_cache(maxsize=64)
def star_deadline(year: int) -> Deadline:
    """Return the deadline of an entry with ☆ and no other: within its ledger's year."""
    return Deadline(None, (Name(year).period(),), from_star=True, relative=True)


def parse_period(text: str, year: int) -> Period:
    """Return the one bounded period that a question names; without a year of its own it is read in ``year``.

    Raises ``DeadlineError``, also for what is a deadline but no one bounded period.
    """
    try:
        return _one_period(text, year)
    except UnreadableError as unreadable:
        forms = ", ".join(_explicit_forms(text, year, bounded=True))
        advice = _("Write a period such as {forms}.").format(forms=forms)
        raise DeadlineError(text, year, unreadable, advice, bounded=True) from None


def _one_period(text: str, year: int) -> Period:
    if split_parts(text):
        raise UnreadableError(_("It names several parts, where one period is asked for."), ())
    reading = read(text, year)
    if reading.every:
        raise UnreadableError(_("It recurs, where one period is asked for."), ())
    if not reading.occurrences:
        raise UnreadableError(_("It has no end, where one period is asked for."), ())
    if len(reading.occurrences) > 1:
        raise UnreadableError(_("It names several parts, where one period is asked for."), ())
    return reading.occurrences[0]
