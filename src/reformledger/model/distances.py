"""Periods and lengths of time by their distance from the day of a question: 本月, 上季度, 两周, 1个月."""

from __future__ import annotations

import re
from datetime import date, timedelta

from reformledger.i18n import _
from reformledger.model.period import Period, after_months, month_end
from reformledger.model.readers import SPOKEN_DAYS, UnreadError
from reformledger.text.folding import compact
from reformledger.text.numerals import NUMERAL, number_of

_NEAR_PERIOD = "(?P<which>[本这上下]|当)个?(?P<unit>月|季度|季|周|星期|礼拜)"
_NEAR_DAYS = {**{word: -days for word, days in SPOKEN_DAYS.items()}, "明天": 1, "明日": 1, "后天": 2, "tomorrow": 1}
_STEPS = {"上": -1, "下": 1}


def near_period(text: str, today: date) -> Period | None:
    """Return the period that a question names by its distance: 本月, 上季度, 下周, 今天; None for any other text."""
    key = compact(text).casefold()
    if key in _NEAR_DAYS:
        day = today + timedelta(days=_NEAR_DAYS[key])
        return Period(day, day)
    match = re.fullmatch(_NEAR_PERIOD, key)
    if match is None:
        return None
    step = _STEPS.get(match["which"], 0)
    if match["unit"] in {"周", "星期", "礼拜"}:
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=step)
        return Period(monday, monday + timedelta(days=6))
    months = 1 if match["unit"] == "月" else 3
    first = today.replace(day=1, month=today.month - (today.month - 1) % months)
    start = after_months(first, step * months)
    last = after_months(start, months - 1)
    return Period(start, month_end(last.year, last.month))


_MOST_DAYS = 9999
_HALVES = {"半年": "6个月", "半个月": "15天", "半月": "15天"}
_LENGTH = f"(?P<number>{NUMERAL})(?P<unit>d|days?|天|日|w|weeks?|个?(?:周|星期|礼拜)|m|months?|个?月|年|)"


def read_days(text: str, today: date) -> int:
    """Return the days, counted from ``today``, of a length of time: 30, 30d, 30天, 2w, 两周, 1个月, 半个月, 半年, 1年.

    Raises ``UnreadError``.
    """
    key = compact(text).casefold()
    match = re.fullmatch(_LENGTH, _HALVES.get(key, key))
    number = number_of(match["number"]) if match else None
    if match is None or number is None or number > _MOST_DAYS:
        raise UnreadError(_("{label}: “{word}” is no number of days."), "", _("Write it as 30d, 2w or 1个月."))
    unit = match["unit"].removeprefix("个")
    if unit in {"年", "月"} or unit.startswith("m"):
        return (after_months(today, number * (12 if unit == "年" else 1)) - today).days
    return number * (7 if unit[:1] in {"w", "周", "星", "礼"} else 1)
