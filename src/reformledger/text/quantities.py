"""Quantities in running text (300套, 不少于3所, 5—8家): which values of a unit they allow."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import NamedTuple

from reformledger.text.folding import compact
from reformledger.text.numerals import number_of

_CHINESE = "[〇零一二两三四五六七八九十百]"
# 一套办法 is some, not one: 一 alone counts nothing.
_AMOUNT = f"(?:[0-9]+(?:,[0-9]{{3}})*(?:\\.[0-9]+)?|(?!一(?!{_CHINESE})){_CHINESE}+)"
_SCALES = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_SCALE = f"[{''.join(_SCALES)}]*"
_MOST = "不超过|不多于|不高于|不大于|至多|最多|少于|低于|控制在"
_LEAST = "不少于|不低于|不小于|至少|最少|超过|突破|高于"
# Ordinals, rates and what is only about so many say nothing that could be contradicted.
_VAGUE = "[第每前约近]"
_BEFORE = f"(?:(?P<vague>{_VAGUE})|(?P<least>{_LEAST})|(?P<most>{_MOST}))?(?:(?P<from>{_AMOUNT}){_SCALE}[-~—至到])?"
_BEHIND = "(?!次|时|月|百分点)(?:(?P<up>以上|及以上)|(?P<down>以下|以内|之内)|(?P<about>左右|上下))?"
_NO_UNITS = frozenset("年月日号时点分")


class Quantity(NamedTuple):
    """A number of a unit: as written, and the least and the most that it allows (None: any)."""

    text: str
    least: Fraction | None
    most: Fraction | None

    def allows(self, value: float) -> bool:
        """Say whether a value does not contradict it."""
        exact = Fraction(str(value))
        return (self.least is None or exact >= self.least) and (self.most is None or exact <= self.most)


def quantities(text: str, unit: str) -> list[Quantity]:
    """Return the numbers of a unit in a text; none for the units of dates (年, 月), whose numbers name days."""
    if unit in _NO_UNITS:
        return []
    number = f"(?P<to>{_AMOUNT})(?P<scale>{_SCALE})(?P<more>[余多几])?{re.escape(compact(unit))}"
    return [_quantity(match) for match in re.finditer(_BEFORE + number + _BEHIND, compact(text))]


def _quantity(match: re.Match[str]) -> Quantity:
    is_vague = match["vague"] or match["more"] or match["about"]
    most = _value(match["to"], match["scale"])
    least = _value(match["from"], match["scale"]) if match["from"] else most
    return Quantity(
        match[0],
        None if is_vague or match["most"] or match["down"] else least,
        None if is_vague or match["least"] or match["up"] else most,
    )


def _value(amount: str, scale: str) -> Fraction | None:
    digits = amount.replace(",", "")
    value = Fraction(digits) if digits[0].isascii() else number_of(digits)
    if value is None:
        return None
    for character in scale:
        value *= _SCALES[character]
    return Fraction(value)
