"""The grammar of deadline wordings: printed text → the calendar periods it names.

A wording is folded (spaces, width and sort of dash make no difference) and must then fit one form as a whole:

- a name: ``2020-12``, ``2020-Q4``, ``2020.8.29``, ``2020年12月``, ``四季度``, ``6月上旬``, ``年底``;
- two names joined to a span: ``2020/2022``, ``3—5月``, ``2020年3月至2021年5月``;
- a name after 每, within bounds or not: ``每月28日``, ``2020年每季度末``;
- words without an end: ``长期坚持``, ``按省上要求推进``;

a name or span may be followed by 前 (以前, 之前) and 完成. What could be read in two ways is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Literal, NamedTuple

from reformledger.i18n import _
from reformledger.model.period import Level, Name, Period, UnreadableError
from reformledger.text.folding import wording_key

Every = Literal["month", "quarter", "year"]

_VALUES = {"〇": 0, "零": 0, "○": 0} | {sign: value for value, sign in enumerate("一二三四五六七八九", 1)}
_COUNTING = {"", *"一二三四五六七八九"}
_HALVES = {"上": 1, "下": 2}
_THIRDS = {"上": 1, "中": 2, "下": 3}
# How many there are; the days of a month depend on the month, and are counted by the calendar.
_MOST = {"half": 2, "quarter": 4, "month": 12, "day": 99}

# Patterns are text: they are compiled when first used, and kept by re. Their numbers are Arabic: see _arabic.
# A set of many Chinese characters takes longer to compile than all else, so that there is but one.
_NUMERALS = "(?<![0-9])[〇零○一二三四五六七八九十]+(?![0-9])"
_ISO = "(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?"
_LETTERED = "(?:(?P<year>[0-9]{4})[-年]?)?(?:Q(?P<quarter>[0-9])|H(?P<half>[0-9]))"
_DOTTED = r"(?P<year>[0-9]{4})\.(?P<month>[0-9]{1,2})(?:\.(?P<day>[0-9]{1,2}))?"
_SPOKEN = (
    "(?:(?P<year>[0-9]{4})年度?|(?P<this>[今本当]年度?))?"
    "(?:(?P<whole>全年|年度?(?!$))"
    "|(?P<half>[上下])半年"
    "|第?(?P<quarter>[0-9]{1,2})季度"
    "|(?:(?P<month>[0-9]{1,2})月份?)?(?:(?P<third>[上中下])旬|(?P<day>[0-9]{1,2})[日号])?)"
    "(?P<end>[底末内])?"
)
_OPEN_ENDED = (
    "(?:长期|持续|常态化)(?:坚持|推进|实施|开展|落实|进行)?"
    "|(?:按照?|根据)[^0-9年月日季旬周:;,。、]*(?:要求|部署|安排)(?:推进|实施|开展|落实|进行|执行)?"
)
_TAIL = "(?P<body>.+?)(?P<before>[以之]?前)?(?:完成)?"
_JOINED = "([^~至到]+)[~至到]([^~至到]+)|([^/]+)/([^/]+)|([^-]+)-([^-]+)"
_RECURRING = "(?P<bounds>[^每]*)每个?(?P<unit>年度?|季度?|月)(?P<rest>[^每]*)"

_UNITS: dict[str, Every] = {"年": "year", "季": "quarter", "月": "month"}
# What may be named below each unit of recurrence.
_BELOW: dict[Every, set[str]] = {
    "year": {"whole", "half", "quarter", "month", "third", "day"},
    "quarter": set(),
    "month": {"third", "day"},
}


class Reading(NamedTuple):
    """What a wording means: its periods in order of time (none: it has no end), and how it means them."""

    occurrences: tuple[Period, ...]
    every: Every | None = None
    relative: bool = False
    """It names no year of its own, so that the year of its document decides."""


class _Spelled(NamedTuple):
    """One name as written: in which pattern, which of the pattern's words it uses, and 底, 末, 内 or nothing."""

    name: Name
    pattern: str
    words: frozenset[str]
    end: str

    @property
    def may_precede_before(self) -> bool:
        """Whether 前 after it has one meaning: 6月底前 and 6月30日前 do, 6月前 does not."""
        return self.end in {"底", "末"} or "day" in self.words


def read(wording: str, year: int) -> Reading:
    """Return what a wording of one part means in a document of ``year``; raises ``UnreadableError``."""
    text = wording_key(wording)
    if not text:
        raise UnreadableError(_("It is empty."), ())
    if re.fullmatch(_OPEN_ENDED, text):
        return Reading(())
    tail = re.fullmatch(_TAIL, re.sub(_NUMERALS, _arabic, text))
    if tail is None:
        raise _no_form_fits()
    body, before = tail["body"], tail["before"] is not None
    return _recurring(body, year, before=before) if "每" in body else _bounded(body, year, before=before)


def _arabic(match: re.Match[str]) -> str:
    """Return the Arabic digits for 三, 十二, 二十八 or 二〇二〇; others stay (一二月 is January and February)."""
    text = match[0]
    tens, ten, ones = text.partition("十")
    if ten and {tens, ones} <= _COUNTING:
        return str(10 * _VALUES.get(tens, 1) + _VALUES.get(ones, 0))
    if not ten and len(text) in {1, 4}:
        return "".join(str(_VALUES[sign]) for sign in text)
    return text


def _no_form_fits() -> UnreadableError:
    return UnreadableError(_("No known form fits it."))


def _bounded(body: str, year: int, *, before: bool = False) -> Reading:
    spelled = _spelled(body)
    if spelled is None or not spelled.words:
        return _span(body, year, before=before)
    if spelled.pattern == _DOTTED and re.fullmatch("[0-9]{4}[.]1", body):
        reason = _("Spreadsheets turn 2020.10 into 2020.1, so that it may be January or October.")
        raise UnreadableError(reason, tuple(f"{spelled.name.year}-{month}" for month in ("01", "10")))
    period = spelled.name.filled_from(Name(year)).period()
    if before and not spelled.may_precede_before:
        last_days = (period.end, period.start - timedelta(days=1))
        raise _ambiguous_before(_up_to(day, spelled.name.level) for day in last_days)
    return Reading((period,), relative=not spelled.name.year)


def _ambiguous_before(spellings: Iterable[str]) -> UnreadableError:
    """Say that 2025年前 may end with 2025 or with 2024, with spellings that have one meaning."""
    reason = _("With 前 it may mean the end of that period or the day before it begins.")
    return UnreadableError(reason, tuple(spellings))


def _up_to(day: date, level: Level) -> str:
    if level == "year":
        return f"{day.year}年底前"
    if level in {"half", "quarter", "month"}:
        return f"{day.year}年{day.month}月底前"
    return f"{day.year}年{day.month}月{day.day}日前"


def _spelled(text: str) -> _Spelled | None:
    """Read one name, in whichever pattern fits; raises ``UnreadableError`` for a thirteenth month and its like."""
    for pattern in (_ISO, _SPOKEN, _LETTERED, _DOTTED):
        if match := re.fullmatch(pattern, text):
            groups = {word: value for word, value in match.groupdict().items() if value}
            end = groups.pop("end", "")
            if end and "day" in groups:
                return None  # 28日内 is a span of 28 days, not the 28th.
            numbers = {word: _number(match, word) for word in groups if word in Name._fields}
            return _Spelled(Name(**numbers), pattern, frozenset(groups), end)
    return None


def _number(match: re.Match[str], word: str) -> int:
    text = match[word]
    if word == "third":
        return _THIRDS[text]
    if word == "half" and text in _HALVES:
        return _HALVES[text]
    number = int(text)
    if word in _MOST and not 1 <= number <= _MOST[word]:
        nearest = str(min(max(number, 1), _MOST[word]))
        start, end = match.span(word)
        near = match.string[:start] + nearest.zfill(end - start) + match.string[end:]
        raise UnreadableError(_no_such(word, number), (near,))
    return number


def _no_such(word: str, number: int) -> str:
    sentences = {
        "half": _("There is no half-year {number}."),
        "quarter": _("There is no quarter {number}."),
        "month": _("There is no month {number}."),
        "day": _("No month has a day {number}."),
    }
    return sentences[word].format(number=number)


def _span(body: str, year: int, *, before: bool) -> Reading:
    """Read two names joined by 至, 到, a dash or, in ISO forms with their years, a slash."""
    match = re.fullmatch(_JOINED, body)
    if match is None:
        raise _no_form_fits()
    left_text, right_text = (side for side in match.groups() if side)
    try:
        right = _spelled(right_text)
        left = _spelled(left_text + _borrowed_unit(left_text, right))
    except UnreadableError as unreadable:
        raise UnreadableError(unreadable.reason, ()) from None  # What is near to one end is not near to the span.
    if left is None or right is None or left.pattern != right.pattern or left.end or not left.words:
        raise _no_form_fits()
    first, last = left.name, right.name
    if "/" in body and not (left.pattern in {_ISO, _LETTERED} and first.year and last.year):
        raise _no_form_fits()
    if not last.year:
        if first.level == "year":
            raise UnreadableError(_("The end of the span names no year."))
        last = last.filled_from(Name(first.year, month=first.month if last.level in {"third", "day"} else 0))
    start, end = first.filled_from(Name(year)).period(), last.filled_from(Name(year)).period()
    if start.start > end.end:
        raise UnreadableError(_("It ends before it begins; name the year of both ends."), ())
    period = Period(start.start, end.end)
    if before and not right.may_precede_before:
        raise _ambiguous_before(_with_its_end(body, right))
    return Reading((period,), relative=not (first.year and last.year))


def _with_its_end(body: str, spelled: _Spelled) -> Iterator[str]:
    """Yield the spelling of ``body`` with 前 that means its last day, if there is one."""
    if spelled.pattern == _SPOKEN and spelled.end == "" and spelled.name.level != "third":
        yield f"{body}底前"


def _borrowed_unit(left: str, right: _Spelled | None) -> str:
    """Return the unit that the first number of 3—5月 or 一至三季度 shares with the second."""
    if right is None or right.pattern != _SPOKEN or not re.search("[0-9]$", left):
        return ""
    return {"year": "年", "quarter": "季度", "month": "月", "day": "日"}.get(right.name.level, "")


def _recurring(body: str, year: int, *, before: bool) -> Reading:
    """Read what recurs: every month, quarter or year of the document's year, or of the bounds within it."""
    match = re.fullmatch(_RECURRING, body)
    if match is None:
        reason = _("What recurs must do so every month, every quarter or every year.")
        raise UnreadableError(reason, ("每月", "每季度", "每年"))
    every = _UNITS[match["unit"][0]]
    spelled = _spelled(match["rest"])
    if spelled is None or not spelled.words <= _BELOW[every]:
        raise _no_form_fits()
    if before and not spelled.may_precede_before:
        raise _ambiguous_before(_with_its_end(body, spelled))
    document_year = Name(year).period()
    bounds = _bounded(match["bounds"], year) if match["bounds"] else Reading((document_year,), relative=True)
    within = bounds.occurrences[0]
    window = Period(max(within.start, document_year.start), min(within.end, document_year.end))
    units = [unit for unit in _units(every, year) if _lies_in(unit.period(), window)]
    if not units or (units[0].period().start, units[-1].period().end) != window:
        reason = _("“{bounds}” is not made of whole months, quarters or years of {year}.")
        raise UnreadableError(reason.format(bounds=match["bounds"], year=year), ())
    try:
        occurrences = tuple(spelled.name.filled_from(unit).period() for unit in units)
    except UnreadableError as unreadable:
        raise UnreadableError(unreadable.reason) from None  # The day nearest to one missing day is no answer for all.
    return Reading(occurrences, every, relative=bounds.relative or window != within)


def _units(every: Every, year: int) -> Iterator[Name]:
    if every == "year":
        yield Name(year)
    elif every == "quarter":
        yield from (Name(year, quarter=quarter) for quarter in range(1, 5))
    else:
        yield from (Name(year, month=month) for month in range(1, 13))


def _lies_in(period: Period, window: Period) -> bool:
    return window.start <= period.start and period.end <= window.end
