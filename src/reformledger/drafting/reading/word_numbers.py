"""The numbers that Word writes before paragraphs by itself: they are in no text, yet a person reads them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import chain
from typing import NamedTuple

from docx.oxml.ns import qn

from reformledger.drafting.reading.word_styles import Styles
from reformledger.drafting.reading.word_text import Element, is_on, value
from reformledger.text.numerals import in_script_of

_LEVELS = 9
_CIRCLED = 20
"""Numbers that have a character of their own: ①–⑳, ⑴–⒇, ⒈–⒛."""
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def _han(number: int) -> str:
    return in_script_of("一", number)


def _letters(number: int) -> str:
    """Return a, b, …, z, aa, bb, …, as Word counts."""
    again, letter = divmod(number - 1, 26)
    return chr(ord("a") + letter) * (again + 1)


def _roman(number: int) -> str:
    text = ""
    for worth, letters in _ROMAN:
        text += letters * (number // worth)
        number %= worth
    return text


def _enclosed(first: str) -> Callable[[int], str]:
    return lambda number: chr(ord(first) + number - 1) if 1 <= number <= _CIRCLED else str(number)


_FORMATS: Mapping[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": "{:02}".format,
    "decimalFullWidth": lambda number: str(number).translate(_FULL_WIDTH),
    "decimalEnclosedCircle": _enclosed("①"),
    "decimalEnclosedCircleChinese": _enclosed("①"),
    "decimalEnclosedParen": _enclosed("⑴"),
    "decimalEnclosedFullstop": _enclosed("⒈"),
    "chineseCounting": _han,
    "chineseCountingThousand": _han,
    "japaneseCounting": _han,
    "taiwaneseCounting": _han,
    "taiwaneseCountingThousand": _han,
    "ideographDigital": lambda number: str(number).translate(_DIGITS),
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
}
_SILENT = frozenset({"bullet", "none"})


class _Level(NamedTuple):
    """How the numbers of a level are written: ``text`` holds %1, %2 … for the numbers of the levels."""

    start: int
    format: str
    text: str
    suffix: str
    is_legal: bool
    style: str


class Numbers:
    """The automatic numbers of a document, asked for paragraph by paragraph; ``unread`` are formats unknown here."""

    def __init__(self, numbering: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[str, Element] = {}
        self._lists: dict[str, Element] = {}
        self._levels: dict[str, dict[int, _Level]] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._restarted: set[tuple[str, int]] = set()
        self.unread: set[str] = set()
        if numbering is not None:
            key = qn("w:abstractNumId")
            self._abstract = {each.get(key, ""): each for each in numbering.findall(qn("w:abstractNum"))}
            self._lists = {each.get(qn("w:numId"), ""): each for each in numbering.findall(qn("w:num"))}

    def before(self, paragraph: Element) -> str:
        """Return the number that stands before a paragraph, with the blank behind it; nothing for none."""
        number_id, at = self._place_of(paragraph)
        levels = self._levels_of(number_id)
        return self._counted(number_id, at, levels) if at in levels else ""

    def has_bullet(self, paragraph: Element) -> bool:
        """Say whether a bullet stands before a paragraph."""
        number_id, at = self._place_of(paragraph)
        level = self._levels_of(number_id).get(at)
        return level is not None and level.format == "bullet"

    def _place_of(self, paragraph: Element) -> tuple[str, int]:
        """Return the list that a paragraph is in, and its level in that."""
        properties = paragraph.find(qn("w:pPr"))
        own = "" if properties is None else value(properties, "w:numPr/w:numId")
        style = self._styles.of(paragraph)
        number_id = own or self._styles.number_of(style)
        return number_id, _level_number(properties, self._levels_of(number_id), "" if own else style)

    def _counted(self, number_id: str, at: int, levels: Mapping[int, _Level]) -> str:
        list_element = self._lists[number_id]
        counts = self._counts.setdefault(value(list_element, "w:abstractNumId"), [None] * _LEVELS)
        restart = _restart(list_element, at)
        if restart is not None and (number_id, at) not in self._restarted:
            self._restarted.add((number_id, at))
            counts[at] = restart - 1
        count = counts[at]
        counts[at] = levels[at].start if count is None else count + 1
        counts[at + 1 :] = [None] * (_LEVELS - at - 1)
        return self._written(levels[at], counts, levels)

    def _written(self, level: _Level, counts: list[int | None], levels: Mapping[int, _Level]) -> str:
        if level.format in _SILENT or not level.text:
            return ""
        used = {int(digit) - 1 for digit in re.findall("%([1-9])", level.text)}
        formats = {place: levels[place].format for place in used if place in levels}
        if unread := {name for name in formats.values() if name not in _FORMATS}:
            self.unread |= unread
            return ""
        for place, name in formats.items():
            count = counts[place]
            number = levels[place].start if count is None else count
            write = str if level.is_legal else _FORMATS[name]
            level = level._replace(text=level.text.replace(f"%{place + 1}", write(number)))
        return level.text + ("" if level.suffix == "nothing" else " ")

    def _levels_of(self, number_id: str) -> dict[int, _Level]:
        if number_id not in self._levels:
            self._levels[number_id] = self._find_levels(number_id)
        return self._levels[number_id]

    def _find_levels(self, number_id: str) -> dict[int, _Level]:
        if number_id not in self._lists:
            return {}
        abstract = self._abstract.get(value(self._lists[number_id], "w:abstractNumId"))
        if abstract is None:
            return {}
        if linked := value(abstract, "w:numStyleLink"):
            other = self._styles.number_of(linked)
            return self._levels_of(other) if other != number_id else {}
        overrides = self._lists[number_id].findall(qn("w:lvlOverride"))
        elements = chain.from_iterable(holder.findall(qn("w:lvl")) for holder in (abstract, *overrides))
        return {at: level for at, level in map(_level, elements) if 0 <= at < _LEVELS}


def _level(element: Element) -> tuple[int, _Level]:
    level = _Level(
        int(value(element, "w:start", "1")),
        value(element, "w:numFmt", "decimal"),
        value(element, "w:lvlText"),
        value(element, "w:suff", "tab"),
        is_on(element, "w:isLgl"),
        value(element, "w:pStyle"),
    )
    return int(element.get(qn("w:ilvl"), "0")), level


def _level_number(properties: Element | None, levels: Mapping[int, _Level], style: str) -> int:
    """Return the level of a paragraph: its own, else that which is said to be of its style."""
    own = "" if properties is None else value(properties, "w:numPr/w:ilvl")
    if own:
        return int(own)
    return next((at for at, level in levels.items() if style and level.style == style), 0)


def _restart(list_element: Element, at: int) -> int | None:
    for override in list_element.findall(qn("w:lvlOverride")):
        if override.get(qn("w:ilvl")) == str(at) and (start := value(override, "w:startOverride")):
            return int(start)
    return None
