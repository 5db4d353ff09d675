"""Numbers at the beginning of lines, as notices print them: 一、 （一） 1． （1） ① 第一章, and codes (R1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from reformledger.drafting.blanks import HAN
from reformledger.text.folding import compact
from reformledger.text.numerals import number_of
from reformledger.text.patterns import when_used

_NUMERALS = "[〇零一二两三四五六七八九十百]{1,4}"
_DIGITS = "[0-9０-９]"
_UNITS = "[年月日号时分秒个所项家名人次万亿元千百公里平套件条类种批期届级度岁周天倍层台辆户册场%％℃]"
"""What behind digits makes them a quantity."""
MARKS = "★▲●◆■▶◎△◇□※♦✦✩✪☆"
"""Characters that may be printed before a title, or before its number."""


BULLET = "•"
"""The style of an item of a list that has a bullet instead of a number."""


class Style(NamedTuple):
    """A way to print numbers.

    ``level`` is how deep they are (chapters, which are above 一、, have that of 一、); ``is_sure`` is false for what is
    as likely a part of the text, unless another number of the style goes before or behind it.
    """

    name: str
    level: int
    pattern: re.Pattern[str]
    is_sure: bool = True


def _style(name: str, level: int, pattern: str, *, is_sure: bool = True) -> Style:
    return Style(name, level, when_used(rf"\s*(?P<mark>[{MARKS}]?)\s*(?P<printed>{pattern})\s*"), is_sure)


STYLES: tuple[Style, ...] = (
    _style("chapter", 1, f"第{_NUMERALS}(?:章|编|篇|部分)[、：:]?"),
    _style("part", 2, f"第{_NUMERALS}节[、：:]?"),
    _style("article", 3, rf"第(?:{_NUMERALS}|{_DIGITS}{{1,3}})条(?:[、：:]|(?=\s))", is_sure=False),
    # 一、二年级 and 一、二、三批 are words.
    _style("一、", 1, rf"{_NUMERALS} ?[、．.](?!{_NUMERALS}[、，和年批期季届级])"),
    _style("（一）", 2, rf"[（(]\s*{_NUMERALS}\s*[）)][、．.]?"),
    _style("1.", 3, rf"{_DIGITS}{{1,4}}\s*(?:[、．](?!{_DIGITS})|\.(?!\s*{_DIGITS}))"),
    _style("1.1", 4, rf"{_DIGITS}{{1,3}}(?:[.．]{_DIGITS}{{1,2}}){{1,3}}[.．、]?(?!\s*{_UNITS})", is_sure=False),
    _style("（1）", 4, rf"[（(]\s*{_DIGITS}{{1,3}}\s*[）)][、．.]?"),
    _style("1）", 4, rf"{_DIGITS}{{1,3}}[）)][、．.]?"),
    _style("①", 5, "[①-⑳㉑-㉟]"),
    _style("R1", 3, rf"[A-Z]{{1,4}}[-－]?{_DIGITS}{{1,4}}[、．.：:]?(?=\s|{HAN})", is_sure=False),
    _style("1", 3, rf"{_DIGITS}{{1,4}}(?=\s+(?!{_UNITS})[^\s])", is_sure=False),
)
_ABOVE_OTHERS = {"chapter": (1, 0), "part": (2, 0), "article": (2, 1)}
DEPTHS = {BULLET: (3, 2)} | {style.name: _ABOVE_OTHERS.get(style.name, (style.level, 2)) for style in STYLES}
"""How deep each style is: the greater is below the smaller. Articles (第一条) are above all but chapters and 一、."""
_BEGINS = re.compile(rf"\s*[{MARKS}]?\s*[第〇零一二两三四五六七八九十百（(0-9０-９①-⑳㉑-㉟A-Z]")
"""How what has a number of any style begins."""
_LIKE_YEARS = re.compile("(?:19|20)[0-9]{2}")


class Number(NamedTuple):
    """A number at the beginning of a line: its style and value, and the pattern's match.

    The match holds the number as ``printed``, and a ``mark`` before it; the rest begins where it ends.
    """

    style: Style
    value: int | None
    match: re.Match[str]


def number_at_start(text: str) -> Number | None:
    """Return the number that a line begins with, sure or not."""
    if not _BEGINS.match(text):  # as most lines, for which no other pattern is needed
        return None
    for style in STYLES:
        if match := style.pattern.match(text):
            value = value_of(match["printed"])
            if style.name in {"1.", "1"} and value is not None and _LIKE_YEARS.fullmatch(str(value)):
                return None
            return Number(style, value, match)
    return None


def value_of(printed: str) -> int | None:
    """Return the value of a number as printed; of one with parts (1.2) that of its last part."""
    parts = re.findall(r"[0-9]+|[〇零一二两三四五六七八九十百]+", compact(printed))
    return number_of(parts[-1]) if parts else None


def numbers_at_start(texts: Sequence[str]) -> list[Number | None]:
    """Return the number that each of some lines begins with.

    One that may be part of the text counts where another of its style has the value before it, or the one behind.
    """
    found = [number_at_start(text) for text in texts]
    values: dict[str, list[int]] = {}
    for number in found:
        if number and number.value is not None:
            values.setdefault(number.style.name, []).append(number.value)
    return [number if number and (number.style.is_sure or _has_company(number, values)) else None for number in found]


def _has_company(number: Number, values: dict[str, list[int]]) -> bool:
    if number.value is None:
        return False
    same = values[number.style.name]
    return number.value - 1 in same or number.value + 1 in same
