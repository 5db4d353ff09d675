"""The grammar of deadline wordings: printed text → the calendar periods it names.

A wording is folded (spaces, width and sort of dash make no difference) and must then fit one form as a whole:

- a name: ``2020-12``, ``2020-Q4``, ``2020.8.29``, ``2020年12月``, ``四季度``, ``6月上旬``, ``年底``;
- two names joined to a span: ``2020/2022``, ``3—5月``, ``2020年3月至2021年5月``;
- a name after 每, within bounds, from or until a day, or not: ``每月28日``, ``每周三``, ``每季度最后一个月的30日``,
  ``2020年每季度末``, ``从2023年3月起，每季度``, ``每月推进，2020年12月底前完成``;
- words without an end: ``长期坚持``, ``按省上要求推进``;

a name or span may be followed by 前 (以前, 之前) and 完成. What could be read in two ways is refused.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Literal, NamedTuple

from reformledger.i18n import _
from reformledger.model.period import Level, Name, Period, UnreadableError, month_end

Every = Literal["week", "month", "quarter", "half", "term", "year"]

_UNSEEN = "[\\s\u200b-\u200d\u2060\ufeff\u00ad]+"
_TILDES = "‒–—―⸺⸻─━〜~∼∽˜⁓〰"
_SIGNS = str.maketrans(dict.fromkeys("‐‑−", "-") | dict.fromkeys(_TILDES, "~"))

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
# 每, the unit, and what is named below it; then an action that is done once (每季度报送一次).
_RECURRING = (
    "(?P<bounds>[^每]*?),?每(?:1?个)?(?P<unit>半年|年度?|季度?|月|周|星期|学期)(?P<rest>[^每]*?)"
    "(?:(?:推进|开展|实施|落实|进行|报送|上报|报告|调度|通报|更新|召开|检查)(?:至少)?(?:1次)?|(?:至少)?1次)?"
)
_FROM = "[从自]?(?P<first>.+?)(?:起|开始)"
_UNTIL = "(?P<every>[^,]*每[^,]*),(?P<last>[^,每]+?)(?:完成|办结|结束)"
# Below a quarter or half-year: which of its months (最后一个月的30日, 末月28日, 第2个月底).
_MONTH_OF_UNIT = "(?:(?P<last>最后(?:1个)?月|末月)|第?(?P<month>[1-6])个月)份?的?(?P<rest>.*)"
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


def wording_key(wording: str) -> str:
    """Return what spellings that differ only in spaces, width and sort of dash have in common.

    Compatibility forms are taken for the characters they stand for, except number signs (², ①, ½): taken for
    digits they would join those beside them.
    """
    if not wording.isascii():
        if not any(unicodedata.category(sign) == "No" for sign in wording):
            wording = unicodedata.normalize("NFKC", wording)
        wording = wording.translate(_SIGNS)
    return re.sub("~+", "~", re.sub(_UNSEEN, "", wording)).upper()


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
    if "每" not in body:
        return _bounded(body, year, before=before)
    return _until(text, year) or _recurring(re.sub("^[于在]", "", body), year, before=before)


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
    return Reading((period,), relative=not (first.year and last.year), begins=period.start)


def _with_its_end(body: str, spelled: _Spelled) -> Iterator[str]:
    """Yield the spelling of ``body`` with 前 that means its last day, if there is one."""
    if spelled.pattern == _SPOKEN and spelled.end == "" and spelled.name.level != "third":
        yield f"{body}底前"


def _borrowed_unit(left: str, right: _Spelled | None) -> str:
    """Return the unit that the first number of 3—5月 or 一至三季度 shares with the second."""
    if right is None or right.pattern != _SPOKEN or not re.search("[0-9]$", left):
        return ""
    return {"year": "年", "quarter": "季度", "month": "月", "day": "日"}.get(right.name.level, "")


def _until(text: str, year: int) -> Reading | None:
    """Read what recurs until it is completed: ``每月推进，2020年12月底前完成``; None for any other wording."""
    match = re.fullmatch(_UNTIL, text)
    if match is None:
        return None
    recurring, last = read(match["every"], year), read(match["last"], year)
    if len(last.occurrences) != 1:
        raise _no_form_fits()
    completes = last.occurrences[0].end
    occurrences = tuple(period for period in recurring.occurrences if period.end <= completes)
    if not occurrences:
        raise UnreadableError(_("It is completed before it recurs for the first time."), ())
    return recurring._replace(
        occurrences=occurrences, relative=recurring.relative or last.relative, completes=completes
    )


def _recurring(body: str, year: int, *, before: bool) -> Reading:
    """Read what recurs: every week to every year of the document's year, or of the bounds within it."""
    match = re.fullmatch(_RECURRING, body)
    if match is None:
        reason = _("What recurs must do so every week, month, quarter, half-year, term or year.")
        raise UnreadableError(reason, ("每月", "每季度", "每年"))
    every = _UNITS[match["unit"]]
    bounds = _bounds(match["bounds"], year)
    if before and every == "week" and not match["rest"]:
        raise _no_form_fits()
    units = _weeks(match["rest"], year) if every == "week" else _named_below(every, match["rest"], year, before=before)
    inside = [unit for unit in units if bounds.hold(unit)]
    if bounds.are_whole and every != "week" and (not inside or (inside[0].days.start, inside[-1].days.end) != bounds.days):
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
        start = _bounded(match["first"], year).occurrences[0].start
        return _Bounds(Period(start, whole.end), begins=start)
    read = _bounded(text, year)
    within = read.occurrences[0]
    days = Period(max(within.start, whole.start), min(within.end, whole.end))
    return _Bounds(days, read.relative or days != within, read.begins, are_whole=True)


def _named_below(every: Every, rest: str, year: int, *, before: bool) -> list[_Unit]:
    """Return the units of a year with the days that ``rest`` names in each."""
    month = re.fullmatch(_MONTH_OF_UNIT, rest) if every in {"quarter", "half"} else None
    spelled = _spelled(month["rest"] if month else rest)
    if spelled is None or not spelled.words <= ({"day", "third"} if month else _BELOW[every]):
        raise _no_form_fits()
    if before and not spelled.may_precede_before:
        raise _ambiguous_before(_with_its_end(f"每{rest}", spelled) if month else ())
    units = []
    for days in _units(every, year):
        position = 0
        if month:
            position = _MONTHS[every] if month["last"] else int(month["month"])
            if position > _MONTHS[every]:
                raise _no_form_fits()
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
        raise _no_form_fits()
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
