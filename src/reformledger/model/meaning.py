"""What a deadline means, in a wording that cannot be taken for anything else: its own explanation.

An explanation is tried before it is given: candidates are made from the days, and the first that reads back to
the same days, recurrence, beginning and completion is the explanation.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from reformledger.model.period import Level, Name, Period, UnreadableError
from reformledger.model.spans import Every, Reading
from reformledger.model.wording import read

_THIRDS = "上中下"
_QUARTERS = "一二三四"
_HALVES = "上下"
_WEEKDAYS = "一二三四五六日"
_EVERY: dict[Every, str] = {
    "week": "每周", "month": "每月", "quarter": "每季度", "half": "每半年", "term": "每学期", "year": "每年",
}  # fmt: skip
_MONTHS: dict[Every, int] = {"quarter": 3, "half": 6}


def meaning(reading: Reading, year: int) -> str:
    """Return the explicit wording that, in a document of ``year``, means what ``reading`` does.

    It names the years of its days and can be written after ``means``: ``2020-03/2020-05``, ``每季度``,
    ``2020-05、2020-10``, ``2020-07-01起``. Raises ``LookupError`` for days that no form of the grammar names.
    """
    for wording in _wordings(reading):
        if reads_as(wording, reading, year):
            return wording
    raise LookupError(reading)


def reads_as(wording: str, reading: Reading, year: int) -> bool:
    """Say whether a wording means what ``reading`` does; who decides the year makes no difference."""
    try:
        return read(wording, year)._replace(relative=reading.relative) == reading
    except UnreadableError:
        return False


def _wordings(reading: Reading) -> Iterator[str]:
    if reading.every is not None:
        completed = f"，{reading.completes}前完成" if reading.completes else ""
        for bounds in _bounds(reading):
            yield from (f"{bounds}{_EVERY[reading.every]}{below}{completed}" for below in _below(reading))
    elif reading.occurrences:
        yield from _periods(reading.occurrences)
    elif reading.within:
        years, months = divmod(reading.within, 12)
        yield f"{reading.within}个月内" if months else f"{years}年内"
    else:
        yield f"{reading.begins}起" if reading.begins else "长期"


def _periods(periods: tuple[Period, ...]) -> Iterator[str]:
    """Yield several periods by their names, then as spans, which say when the work begins: the first, or each."""
    names = [period_meaning(period) for period in periods]
    spans = [_span(period) for period in periods]
    yield "、".join(names)
    yield "、".join([spans[0], *names[1:]])
    yield "、".join(spans)


def period_meaning(period: Period) -> str:
    """Return the ISO name of a period, of a third of a month the spoken one, and a span where it has no name."""
    return next((_spelled(name) for name in _enclosing(period.start) if name.period() == period), _span(period))


def _span(period: Period) -> str:
    start, end = period
    after = end + timedelta(days=1)
    if start.year != end.year and (start.month, start.day, after.month, after.day) == (1, 1, 1, 1):
        return f"{start.year}/{end.year}"
    if f"{start:%Y-%m}" != f"{end:%Y-%m}" and (start.day, after.day) == (1, 1):
        return f"{start:%Y-%m}/{end:%Y-%m}"
    return f"{start}/{end}"


def _enclosing(day: date) -> Iterator[Name]:
    """Yield the named periods that hold a day, from the day to its year."""
    yield Name(day.year, month=day.month, day=day.day)
    yield Name(day.year, month=day.month, third=_third(day))
    yield Name(day.year, month=day.month)
    yield Name(day.year, quarter=(day.month + 2) // 3)
    yield Name(day.year, half=(day.month + 5) // 6)
    yield Name(day.year)


def _third(day: date) -> int:
    return min((day.day + 9) // 10, 3)


def _spelled(name: Name) -> str:
    spellings: dict[Level, str] = {
        "day": f"{name.year}-{name.month:02}-{name.day:02}",
        "third": f"{name.year}年{name.month}月{_THIRDS[name.third - 1]}旬",
        "month": f"{name.year}-{name.month:02}",
        "quarter": f"{name.year}-Q{name.quarter}",
        "half": f"{name.year}-H{name.half}",
        "year": f"{name.year}",
    }
    return spellings[name.level]


def _bounds(reading: Reading) -> Iterator[str]:
    """Yield what may stand before 每: nothing, a beginning, the span that holds all, one period that does."""
    yield ""
    last = reading.occurrences[-1].end
    if reading.begins:
        yield f"从{reading.begins}起，"
        yield from (f"{reading.begins}/{name.period().end}" for name in _enclosing(last))
    else:
        yield from (_spelled(name) for name in _enclosing(reading.occurrences[0].end))


def _below(reading: Reading) -> Iterator[str]:
    """Yield what may stand behind 每 and its unit: nothing, or what is meant in each: a month, ten days, a day."""
    yield ""
    day = max(reading.occurrences, key=lambda period: period.end.day).end  # 31日 is a shorter month's last day, too.
    days = (f"{day.day}日", f"{_THIRDS[_third(day) - 1]}旬", "")
    if reading.every == "week":
        yield _WEEKDAYS[day.weekday()]
    elif reading.every == "month":
        yield from days
    elif reading.every in _MONTHS:
        month = (day.month - 1) % _MONTHS[reading.every] + 1
        yield from (f"第{month}个月{below}" for below in days)
    elif reading.every == "year":
        yield from (f"{day.month}月{below}" for below in days)
        yield f"{_QUARTERS[(day.month - 1) // 3]}季度"
        yield f"{_HALVES[(day.month - 1) // 6]}半年"
