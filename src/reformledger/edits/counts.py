"""Counts as a notice prints them (``3个``, ``共5个，其中3个需年内完成销账``), written anew for another number."""

from __future__ import annotations

import re

_NUMERALS = "零一二三四五六七八九十"
_COUNT = re.compile(
    f"(?P<before>[（(]?共?\\s*)(?P<number>[0-9０-９]+|[{_NUMERALS}]+)(?P<unit>\\s*[个项条件批类]?)(?P<rest>.*)"
)
_SUB_COUNT = re.compile("^[，,；;].*?(?P<close>[）)]?)$")
_TENS = 10
_HUNDRED = 100


def recounted(count: str, number: int) -> str | None:
    """Return a printed count with the new number in its script; None for a form that is not known.

    What it says of a part of them (``其中3个需年内完成销账``) is left out: it was true of last year's rows.
    """
    match = _COUNT.fullmatch(count.strip())
    if match is None:
        return None
    rest = match["rest"]
    if rest and rest not in {"）", ")"}:
        tail = _SUB_COUNT.fullmatch(rest)
        if tail is None:
            return None
        rest = tail["close"]
    old = match["number"]
    new = _chinese(number) if old[0] in _NUMERALS else str(number)
    return f"{match['before']}{new}{match['unit']}{rest}"


def _chinese(number: int) -> str:
    """Return 7 as 七, 12 as 十二, 30 as 三十; from a hundred on digits, as notices print them."""
    if number >= _HUNDRED:
        return str(number)
    tens, ones = divmod(number, _TENS)
    if not tens:
        return _NUMERALS[ones]
    return ("" if tens == 1 else _NUMERALS[tens]) + "十" + (_NUMERALS[ones] if ones else "")
