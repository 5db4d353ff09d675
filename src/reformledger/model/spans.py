"""Bounded periods: one name, or two joined to a span, and the 前 that may follow them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Literal, NamedTuple

from reformledger.i18n import _
from reformledger.model.period import Level, Name, Period, UnreadableError
from reformledger.model.spelling import DOTTED, ISO, LETTERED, SPOKEN, Spelled, no_form_fits, spelled_name

Every = Literal["week", "month", "quarter", "half", "term", "year"]

_JOINED = "([^~至到]+)[~至到]([^~至到]+)|([^/]+)/([^/]+)|([^-]+)-([^-]+)"


class Reading(NamedTuple):
    """What a wording means: its periods in order of time (none: it has no end), and how it means them."""

    occurrences: tuple[Period, ...]
    every: Every | None = None
    relative: bool = False
    """It names no year of its own, so that the year of its document decides."""
    begins: date | None = None
    """The day on which the work begins, where the wording names it: a span, or 起."""
    completes: date | None = None
    """The last day by which what recurs is completed, where the wording ends in one."""
    within: int | None = None
    """The months from the date of issue in which it ends (3年内): its days are known once that date is."""


def bounded(body: str, year: int, *, before: bool = False) -> Reading:
    """Return what one name or span means in a document of ``year``; raises ``UnreadableError``.

    ``before``: 前 follows it, which must have one meaning there.
    """
    spelled = spelled_name(body)
    if spelled is None or not spelled.words:
        return _span(body, year, before=before)
    if spelled.pattern == DOTTED and re.fullmatch("[0-9]{4}[.]1", body):
        reason = _("Spreadsheets turn 2020.10 into 2020.1, so that it may be January or October.")
        raise UnreadableError(reason, tuple(f"{spelled.name.year}-{month}" for month in ("01", "10")))
    period = spelled.name.filled_from(Name(year)).period()
    if before and not spelled.may_precede_before:
        last_days = (period.end, period.start - timedelta(days=1))
        raise ambiguous_before(_up_to(day, spelled.name.level) for day in last_days)
    return Reading((period,), relative=not spelled.name.year)


def ambiguous_before(spellings: Iterable[str]) -> UnreadableError:
    """Say that 2025年前 may end with 2025 or with 2024, with spellings that have one meaning."""
    reason = _("With 前 it may mean the end of that period or the day before it begins.")
    return UnreadableError(reason, tuple(spellings))


def _up_to(day: date, level: Level) -> str:
    if level == "year":
        return f"{day.year}年底前"
    if level in {"half", "quarter", "month"}:
        return f"{day.year}年{day.month}月底前"
    return f"{day.year}年{day.month}月{day.day}日前"


def _span(body: str, year: int, *, before: bool) -> Reading:
    """Read two names joined by 至, 到, a dash or, in ISO forms with their years, a slash."""
    match = re.fullmatch(_JOINED, body)
    if match is None:
        raise no_form_fits()
    left_text, right_text = (side for side in match.groups() if side)
    try:
        right = spelled_name(right_text)
        left = spelled_name(left_text + _borrowed_unit(left_text, right))
    except UnreadableError as unreadable:  # What is near to one end is not near to the span.
        raise UnreadableError(unreadable.reason, ()) from None
    if left is None or right is None or left.pattern != right.pattern or left.end or not left.words:
        raise no_form_fits()
    first, last = left.name, right.name
    if "/" in body and not (left.pattern in {ISO, LETTERED} and first.year and last.year):
        raise no_form_fits()
    if not last.year:
        if first.level == "year":
            raise UnreadableError(_("The end of the span names no year."))
        last = last.filled_from(Name(first.year, month=first.month if last.level in {"third", "day"} else 0))
    try:
        start, end = first.filled_from(Name(year)).period(), last.filled_from(Name(year)).period()
    except UnreadableError as unreadable:
        raise UnreadableError(unreadable.reason, ()) from None
    if start.start > end.end:
        raise UnreadableError(_("It ends before it begins; name the year of both ends."), ())
    period = Period(start.start, end.end)
    if before and not right.may_precede_before:
        raise ambiguous_before(with_its_end(body, right))
    return Reading((period,), relative=not (first.year and last.year), begins=period.start)


def with_its_end(body: str, spelled: Spelled) -> Iterator[str]:
    """Yield the spelling of ``body`` with 前 that means its last day, if there is one."""
    if spelled.pattern == SPOKEN and spelled.end == "" and spelled.name.level != "third":
        yield f"{body}底前"


def _borrowed_unit(left: str, right: Spelled | None) -> str:
    """Return the unit that the first number of 3—5月 or 一至三季度 shares with the second."""
    if right is None or right.pattern != SPOKEN or not re.search("[0-9]$", left):
        return ""
    return {"year": "年", "quarter": "季度", "month": "月", "day": "日"}.get(right.name.level, "")
