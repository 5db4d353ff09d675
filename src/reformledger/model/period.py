"""Calendar periods: their names (a month, a quarter, the first ten days of June) and the days they span."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Literal, NamedTuple

from reformledger.i18n import _

FIRST_YEAR, LAST_YEAR = 1949, 2199
"""The years that a document or a deadline may name: anything else is a typing error."""

Level = Literal["year", "half", "quarter", "month", "third", "day"]
# From the finest: what a name means is decided by the finest thing it names.
_BELOW_YEAR: tuple[Level, ...] = ("day", "third", "month", "quarter", "half")
# 上旬 is the 1st to the 10th, 中旬 the 11th to the 20th, 下旬 the rest of the month, however long (0).
_THIRDS = {1: (1, 10), 2: (11, 20), 3: (21, 0)}


class UnreadableError(ValueError):
    """Why a wording names no period.

    ``reason`` is a sentence in the user's language; ``near`` holds wordings that may have been meant, or is
    None where nothing better is known than likeness; ``part`` is the one at fault of several dated parts.
    """

    def __init__(self, reason: str, near: tuple[str, ...] | None = None, part: str = "") -> None:
        super().__init__(reason, near, part)
        self.reason = reason
        self.near = near
        self.part = part

    def in_whole(self, form: Callable[[str], str]) -> UnreadableError:
        """Return the same for a wording of which this one is a piece: ``form`` puts what is near in its place."""
        return self if self.near is None else UnreadableError(self.reason, tuple(map(form, self.near)), self.part)

    def in_part(self, wording: str) -> UnreadableError:
        """Return the same for a field of several parts, naming the one at fault."""
        return UnreadableError(
            _("Part “{part}”: {reason}").format(part=wording, reason=self.reason), self.near, wording
        )


class Period(NamedTuple):
    """The days from ``start`` to ``end``, both included."""

    start: date
    end: date


class Name(NamedTuple):
    """A calendar period by its name: 2020年6月上旬 is year 2020, month 6, third 1; 0 is what it leaves open."""

    year: int = 0
    half: int = 0
    quarter: int = 0
    month: int = 0
    third: int = 0
    day: int = 0

    @property
    def level(self) -> Level:
        """The finest thing named; a name without anything below a year is the whole year."""
        return next((level for level in _BELOW_YEAR if getattr(self, level)), "year")

    def filled_from(self, other: Name) -> Name:
        """Return the name with what it leaves open taken from ``other``."""
        return Name(*(mine or theirs for mine, theirs in zip(self, other, strict=True)))

    def period(self) -> Period:
        """Return the days of a name that has a year; raises ``UnreadableError`` for what the calendar lacks."""
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            reason = _("Years from {first} to {last} are understood.").format(first=FIRST_YEAR, last=LAST_YEAR)
            raise UnreadableError(reason)
        if self.day or self.third:
            return self._days_of_month()
        first, last = self._months()
        return Period(date(self.year, first, 1), month_end(self.year, last))

    def _days_of_month(self) -> Period:
        if not self.month:
            raise UnreadableError(_("It names days, but not the month they belong to."))
        last_day = month_end(self.year, self.month)
        if self.day > last_day.day:
            missing = f"{self.year}-{self.month:02}-{self.day:02}"
            raise UnreadableError(_("There is no day {day}.").format(day=missing), (last_day.isoformat(),))
        if self.day:
            day = last_day.replace(day=self.day)
            return Period(day, day)
        first, last = _THIRDS[self.third]
        return Period(last_day.replace(day=first), last_day.replace(day=last or last_day.day))

    def _months(self) -> tuple[int, int]:
        if self.month:
            return self.month, self.month
        if self.quarter:
            return 3 * self.quarter - 2, 3 * self.quarter
        if self.half:
            return 6 * self.half - 5, 6 * self.half
        return 1, 12


def month_end(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def after_months(day: date, months: int) -> date:
    """Return the same day so many months later, or the last of that month where it has no such day."""
    year, month = divmod(12 * day.year + day.month - 1 + months, 12)
    last = month_end(year, month + 1)
    return last.replace(day=min(day.day, last.day))
