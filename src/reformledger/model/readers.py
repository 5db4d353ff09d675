"""One reader a type: the day, the number and the percentage that a person writes, whatever door they come through.

Files, options, batches and values of ``set`` are read by these; width, spaces and characters that nobody sees make
no difference. Nothing here knows the clock or the ledger: who asks hands over the day and the year that count.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import TypeVar

from reformledger.errors import UsageError
from reformledger.fields.field import Type
from reformledger.i18n import _, sentences
from reformledger.text.folding import compact

# What a file may hold, as the JSON Schema says it: all that is read, and a little more.
_D = "[0-9０-９]"
_AROUND = r"[\s\u00ad\u200b-\u200f\u2060\ufeff]*"
_GROUPS = f"{_D}{{1,3}}(?:[,，]{_D}{{3}}){{1,3}}"
_NO_TIME = r"(?:[\sT]+[0０]?[0０](?:[:：][0０][0０]){1,2})?"
_WRITTEN = f"{_D}{{4}} *[-－/／.．年] *{_D}{{1,2}} *[-－/／.．月] *{_D}{{1,2}} *[日号]?{_NO_TIME}"
_N = "[〇零○一二三四五六七八九十]"
DATE_PATTERN = f"^{_AROUND}(?:{_D}{{8}}|{_WRITTEN}|{_N}{{4}}年{_N}{{1,2}}月{_N}{{1,3}}[日号]){_AROUND}$"
COUNT_PATTERN = f"^{_AROUND}(?:{_D}{{1,9}}|{_GROUPS}){_AROUND}$"
PERCENT_PATTERN = f"^{_AROUND}[0０]*(?:{_D}{{1,2}}|[1１][0０][0０])(?:[.．][0０]+)?{_AROUND}[%％]?{_AROUND}$"
NUMBER_PATTERN = f"^{_AROUND}(?:{_D}{{1,12}}|{_GROUPS})(?:[.．]{_D}{{1,6}})?[^0-9０-９,，.．\\n]*$"
YEAR_PATTERN = f"^{_AROUND}{_D}{{4}} *年?{_AROUND}$"

_Value = TypeVar("_Value")
WHOLE = 100  # per cent
# Patterns are text: they are compiled when first used, and kept by re.
_DAY = (
    r"(?:(?P<year>[0-9]{4})(?P<sign>[-/.])(?P<month>[0-9]{1,2})(?P=sign)(?P<day>[0-9]{1,2})(?:T?0?0:00(?::00)?)?"
    r"|(?P<Y>[0-9]{4})(?P<M>[0-9]{2})(?P<D>[0-9]{2})"
    r"|(?:(?:(?P<y>[0-9]{4})|(?P<near>[今本去]))年)?(?P<m>[0-9]{1,2})月(?P<d>[0-9]{1,2})[日号](?:0?0:00(?::00)?)?)"
)
SPOKEN_DAYS = {"今天": 0, "今日": 0, "昨天": 1, "昨日": 1, "前天": 2, "today": 0, "yesterday": 1}
"""How many days ago."""
_NUMBER = r"(?P<number>[0-9]{1,3}(?:,[0-9]{3}){1,3}|[0-9]{1,12})(?:\.(?P<places>[0-9]{1,6}))?(?P<unit>(?![0-9,.]).*)"
_LEAP_YEARS = 8  # a 29 February is never further away


class UnreadError(ValueError):
    """A value that cannot be read: ``sentence`` names it as {label} and {word}; the others may be empty."""

    def __init__(self, sentence: str, reason: str, advice: str) -> None:
        super().__init__(sentence, reason, advice)
        self.sentence = sentence
        self.reason = reason
        self.advice = advice


def read_typed(label: str, word: str, reader: Callable[[str], _Value]) -> _Value:
    """Return what a reader makes of the ``word`` that was typed for ``label``; raises ``UsageError``."""
    try:
        return reader(word)
    except UnreadError as error:
        message = error.sentence.format(label=label, word=word)
        raise UsageError(sentences(message, error.reason), error.advice) from None


def read_day(text: str, today: date | None = None, year: int | None = None) -> date:
    """Return the day that a text names: 2020-6-30, 2020/06/30, 2020.6.30, 20200630, 2020年6月30日, 今天, 昨天.

    A day without a year (6月30日) is that of ``year``, which a deadline or a question gives; without one, as for a
    record, the latest that is not after ``today``. Without ``today``, as in a file, the year must be written.
    Raises ``UnreadError``.
    """
    key = compact(text).casefold()
    if today and key in SPOKEN_DAYS:
        return today - timedelta(days=SPOKEN_DAYS[key])
    match = re.fullmatch(_DAY, key) or re.fullmatch(_DAY, _in_digits(key))
    if match is None:
        raise _no_day("", today)
    words = {name.lower(): value for name, value in match.groupdict().items() if value}
    month, number = int(words["month" if "month" in words else "m"]), int(words["day" if "day" in words else "d"])
    stated = words.get("year") or words.get("y")
    if stated is not None:
        return _in_calendar(int(stated), month, number)
    if today is None:
        raise _no_day(_("It names no year."), today)
    if near := words.get("near"):
        return _in_calendar((year or today.year) - (near == "去"), month, number)
    if year is not None:
        return _in_calendar(year, month, number)
    return _latest(month, number, today)


def _in_digits(text: str) -> str:
    """Return 二〇二〇年六月三十日 with Arabic digits."""
    from reformledger.model.spelling import NUMERALS, arabic

    return re.sub(NUMERALS, arabic, text)


def _no_day(reason: str, today: date | None = None) -> UnreadError:
    """Return the error for what is no day; its example is ``today``, so that the year is a likely one."""
    day = today or date(2020, 10, 1)
    advice = _("Write it as {form} or {chinese}.").format(
        form=day.isoformat(), chinese=f"{day.year}年{day.month}月{day.day}日"
    )
    return UnreadError(_("{label}: “{word}” is no day."), reason, advice)


def _in_calendar(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise _no_day(_("There is no such day in the calendar.")) from None


def _latest(month: int, day: int, today: date) -> date:
    """Return the latest such day that is not after today."""
    for year in range(today.year, today.year - _LEAP_YEARS - 1, -1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found <= today:
            return found
    raise _no_day(_("There is no such day in the calendar."))


def read_number(text: str, unit: str = "") -> int | float:
    """Return a number: 85, ８５, 1,500, 6.2; behind it may be the ``unit`` in which it is counted, and no other.

    Raises ``UnreadError``.
    """
    match = re.fullmatch(_NUMBER, compact(text))
    advice = _("Write a number in digits, such as 85 or 6.2.")
    if match is None:
        raise UnreadError(_("{label}: “{word}” is no number."), "", advice)
    if (written := match["unit"]) and written.casefold() != compact(unit).casefold():
        reason = _("It is counted in {unit}.").format(unit=unit) if unit else ""
        raise UnreadError(_("{label}: “{word}” is no number."), reason, advice)
    whole, places = match["number"].replace(",", ""), (match["places"] or "").rstrip("0")
    return float(f"{whole}.{places}") if places else int(whole)


def read_count(text: str) -> int:
    """Return a whole number: 13, １３, 1,500; raises ``UnreadError``."""
    try:
        number = read_number(text)
    except UnreadError:
        number = 0.5
    if isinstance(number, float):
        raise UnreadError(_("{label}: “{word}” is not a whole number."), "", _("Write it in digits."))
    return number


def read_percent(text: str) -> int:
    """Return a percentage of the whole, 0 to 100: 85, 85%, ８５％; raises ``UnreadError``."""
    try:
        number = read_number(text, "%")
    except UnreadError:
        number = 0.5
    if isinstance(number, float) or number > WHOLE:
        advice = _("Write a whole number from 0 to 100.")
        raise UnreadError(_("{label}: “{word}” is no percentage of the whole."), "", advice)
    return number


READERS: Mapping[Type, Callable[[str], date | float]] = {
    "day": read_day,
    "day ahead": read_day,
    "number": read_number,
    "count": read_count,
    "percent": read_percent,
}
"""How a value is read by its type in the table of fields; the others are text."""


def canonical(value: date | float) -> str:
    """Return a day or a number as it is written anew: 2020-06-30, 50, 6.2."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, int) else f"{value:.6f}".rstrip("0").rstrip(".")


def without_unit(text: str, unit: str) -> str:
    """Return a number without the unit that stands behind it; any other text as it is."""
    match = re.fullmatch(_NUMBER, compact(text))
    is_its_own = match is not None and match["unit"].casefold() == compact(unit).casefold()
    return canonical(read_number(text, unit)) if is_its_own else text
