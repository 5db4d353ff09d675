"""One calendar period by its name, as people write it: ``2020-12``, ``四季度``, ``6月上旬``, ``2020.8.29``."""

from __future__ import annotations

import re
from typing import NamedTuple

from reformledger.i18n import _
from reformledger.model.period import Name, UnreadableError

_VALUES = {"〇": 0, "零": 0, "○": 0} | {sign: value for value, sign in enumerate("一二三四五六七八九", 1)}
_COUNTING = {"", *"一二三四五六七八九"}
_HALVES = {"上": 1, "下": 2}
_THIRDS = {"上": 1, "中": 2, "下": 3}
# How many there are; the days of a month depend on the month, and are counted by the calendar.
_MOST = {"half": 2, "quarter": 4, "month": 12, "day": 99}

# Patterns are text: they are compiled when first used, and kept by re. Their numbers are Arabic: see arabic.
# A set of many Chinese characters takes longer to compile than all else, so that there is but one.
NUMERALS = "(?<![0-9])[〇零○一二三四五六七八九十]+(?![0-9])"
ISO = "(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?"
LETTERED = "(?:(?P<year>[0-9]{4})[-年]?)?(?:Q(?P<quarter>[0-9])|H(?P<half>[0-9]))"
DOTTED = r"(?P<year>[0-9]{4})\.(?P<month>[0-9]{1,2})(?:\.(?P<day>[0-9]{1,2}))?"
SPOKEN = (
    "(?:(?P<year>[0-9]{4})年度?|(?P<this>[今本当]年度?))?"
    "(?:(?P<whole>全年|年度?(?!$))"
    "|(?P<half>[上下])半年"
    "|第?(?P<quarter>[0-9]{1,2})季度"
    "|(?:(?P<month>[0-9]{1,2})月份?)?(?:(?P<third>[上中下])旬|(?P<day>[0-9]{1,2})[日号])?)"
    "(?P<end>[底末内])?"
)


class Spelled(NamedTuple):
    """One name as written: in which pattern, which of the pattern's words it uses, and 底, 末, 内 or nothing."""

    name: Name
    pattern: str
    words: frozenset[str]
    end: str

    @property
    def may_precede_before(self) -> bool:
        """Whether 前 after it has one meaning: 6月底前 and 6月30日前 do, 6月前 does not."""
        return self.end in {"底", "末"} or "day" in self.words


def arabic(match: re.Match[str]) -> str:
    """Return the Arabic digits for 三, 十二, 二十八 or 二〇二〇; others stay (一二月 is January and February)."""
    text = match[0]
    tens, ten, ones = text.partition("十")
    if ten and {tens, ones} <= _COUNTING:
        return str(10 * _VALUES.get(tens, 1) + _VALUES.get(ones, 0))
    if not ten and len(text) in {1, 4}:
        return "".join(str(_VALUES[sign]) for sign in text)
    return text


class NoFormFitsError(UnreadableError):
    """A wording that is none of the forms tried so far: rarer ones may fit."""


def no_form_fits() -> NoFormFitsError:
    """Return the error for a wording that is none of the forms."""
    return NoFormFitsError(_("No known form fits it."))


def spelled_name(text: str) -> Spelled | None:
    """Read one name, in whichever pattern fits; raises ``UnreadableError`` for a thirteenth month and its like."""
    for pattern in (ISO, SPOKEN, LETTERED, DOTTED):
        if match := re.fullmatch(pattern, text):
            groups = {word: value for word, value in match.groupdict().items() if value}
            end = groups.pop("end", "")
            if end and "day" in groups:
                return None  # 28日内 is a span of 28 days, not the 28th.
            numbers = {word: _number(match, word) for word in groups if word in Name._fields}
            return Spelled(Name(**numbers), pattern, frozenset(groups), end)
    return None


def _number(match: re.Match[str], word: str) -> int:
    text = match[word]
    if word == "third":
        return _THIRDS[text]
    if word == "half" and text in _HALVES:
        return _HALVES[text]
    number = int(text)
    if word == "year" and not number:
        raise UnreadableError(_("There is no year {year}.").format(year=text), ())
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
