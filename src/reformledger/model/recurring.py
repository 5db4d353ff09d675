"""What recurs: a unit after 每, what is named below it, and the bounds within the document's year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from reformledger.i18n import _
from reformledger.model.period import Name, Period, UnreadableError, month_end
from reformledger.model.spans import Every, Reading, ambiguous_before, bounded, with_its_end
from reformledger.model.spelling import no_form_fits, spelled_name

# 每, the unit, and what is named below it; then an action that is done once (每季度报送一次).
_RECURRING = (
    "(?P<bounds>[^每]*?),?每(?:1?个)?(?P<unit>半年|年度?|季度?|月|周|星期|学期)(?P<rest>[^每]*?)"
    "(?:(?:推进|开展|实施|落实|进行|报送|上报|报告|调度|通报|更新|召开|检查)(?:至少)?(?:1次)?|(?:至少)?1次)?"
)
_FROM = "[从自]?(?P<first>.+?)(?:起|开始)"
# Below a quarter or half-year: which of its months (最后一个月的30日, 末月28日, 第2个月底).
_MONTH_OF_UNIT = "(?:(?P<last>最后(?:1个)?月|末月)|(?P<first>(?:首|第1)月)|第?(?P<month>[1-6])个月)份?的?(?P<rest>.*)"
_WEEKDAYS = {"": 7, **{sign: day for day, sign in enumerate("1234567", 1)}, "日": 7, "天": 7, "末": 7}

_UNITS: dict[str, Every] = {
    "半年": "half", "年": "year", "年度": "year", "季": "quarter", "季度": "quarter", "月": "month",
    "周": "week", "星期": "week", "学期": "term",
}  # fmt: skip
# What may be named below each unit of recurrence.
_BELOW: dict[Every, set[str]] = {
    "year": {"whole", "half", "quarter", "month", "third", "day"},
    "half": set(),
    "quarter": set(),
    "term": set(),
    "month": {"third", "day"},
}
_MONTHS: dict[Every, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_TERMS = (((-1, 8), (0, 1)), ((0, 2), (0, 7)))
"""The terms of a school that end in a year, by the year (0: that one) and month of their first and last days."""


def recurring(body: str, year: int, *, before: bool) -> Reading:
    """Read what recurs: every week to every year of the document's year, or of the bounds within it."""
    match = re.fullmatch(_RECURRING, body)
    if match is None:
        reason = _("What recurs must do so every week, month, quarter, half-year, term or year.")
        raise UnreadableError(reason)
    every = _UNITS[match["unit"]]
    bounds = _bounds(match["bounds"], year)
    if before and every == "week" and not match["rest"]:
        raise no_form_fits()
    units = _weeks(match["rest"], year) if every == "week" else _named_below(every, match["rest"], year)
    if before and every != "week":
        _check_before(body, match["rest"])
    inside = [unit for unit in units if bounds.hold(unit)]
    if (
        bounds.are_whole
        and every != "week"
        and (not inside or (inside[0].days.start, inside[-1].days.end) != bounds.days)
    ):
        reason = _("“{bounds}” is not made of whole months, quarters or years of {year}.")
        raise UnreadableError(reason.format(bounds=match["bounds"], year=year), ())
    if not inside:
        raise UnreadableError(_("It does not recur in {year}.").format(year=year), ())
    return Reading(tuple(unit.named for unit in inside), every, bounds.relative, bounds.begins)


class _Unit(NamedTuple):
    """A month, quarter, … of a year, and the days in it that are meant."""

    days: Period
    named: Period


class _Bounds(NamedTuple):
    """The part of the document's year in which something recurs.

    ``are_whole``: both ends are named, and units must fill it; else it begins on a day (起), or nothing is named.
    """

    days: Period
    relative: bool = True
    begins: date | None = None
    are_whole: bool = False

    def hold(self, unit: _Unit) -> bool:
        """Say whether something recurs in a unit: a unit that is cut counts by the days that are meant in it."""
        if self.are_whole:
            return self.days.start <= unit.days.start and unit.days.end <= self.days.end
        return self.begins is None or unit.named.end >= self.begins


def _bounds(text: str, year: int) -> _Bounds:
    whole = Name(year).period()
    if not text:
        return _Bounds(whole)
    if match := re.fullmatch(_FROM, text):
        start = bounded(match["first"], year).occurrences[0].start
        return _Bounds(Period(start, whole.end), begins=start)
    read = bounded(text, year)
    within = read.occurrences[0]
    days = Period(max(within.start, whole.start), min(within.end, whole.end))
    return _Bounds(days, read.relative or days != within, read.begins, are_whole=True)


def _check_before(body: str, rest: str) -> None:
    """Raise ``UnreadableError`` for 前 behind what it has two meanings with."""
    month = re.fullmatch(_MONTH_OF_UNIT, rest)
    spelled = spelled_name(month["rest"] if month else rest)
    if spelled is not None and not spelled.may_precede_before:
        raise ambiguous_before(with_its_end(body, spelled))


def _named_below(every: Every, rest: str, year: int) -> list[_Unit]:
    """Return the units of a year with the days that ``rest`` names in each."""
    month = re.fullmatch(_MONTH_OF_UNIT, rest) if every in {"quarter", "half"} else None
    spelled = spelled_name(month["rest"] if month else rest)
    if spelled is None or not spelled.words <= ({"day", "third"} if month else _BELOW[every]):
        raise no_form_fits()
    units = []
    for days in _units(every, year):
        position = 0
        if month:
            position = _MONTHS[every] if month["last"] else int(month["month"] or 1)
            if position > _MONTHS[every]:
                raise no_form_fits()
        elif every == "month":
            position = 1
        elif every != "year":
            units.append(_Unit(days, days))
            continue
        within = Name(days.start.year, month=days.start.month + position - 1 if position else 0)
        units.append(_Unit(days, _clamped(spelled.name.filled_from(within)).period()))
    return units


def _clamped(name: Name) -> Name:
    """Return a name whose day, where its month has not so many, is the month's last."""
    if not (name.day and name.month):
        return name
    return name._replace(day=min(name.day, month_end(name.year, name.month).day))


def _weeks(rest: str, year: int) -> list[_Unit]:
    """Return the weeks (Monday to Sunday) that end in a year, each with the days meant: all of it, or one (每周三)."""
    if rest not in _WEEKDAYS:
        raise no_form_fits()
    weekday = _WEEKDAYS[rest]
    whole = Name(year).period()
    first = whole.start + timedelta(days=(weekday - whole.start.isoweekday()) % 7)
    ends = (first + timedelta(weeks=number) for number in range(54))
    length = 0 if rest in set("123456") else 6
    return [_Unit(Period(end, end), Period(end - timedelta(days=length), end)) for end in ends if end <= whole.end]


def _units(every: Every, year: int) -> Iterator[Period]:
    """Yield the units that end in a year: months, quarters, half-years, the year, the terms of a school."""
    if every == "term":
        for (before, first), (after, last) in _TERMS:
            yield Period(date(year + before, first, 1), month_end(year + after, last))
        return
    for last in range(_MONTHS[every], 13, _MONTHS[every]):
        yield Period(date(year, last - _MONTHS[every] + 1, 1), month_end(year, last))
