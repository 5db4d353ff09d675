"""Counts and numbers as a notice prints them (``共5个，其中3个需年内完成销账``, ``（三）``), written anew."""

from __future__ import annotations

import re

from reformledger.text.counts import declared, declared_in_title
from reformledger.text.numerals import NUMERAL

_NUMERALS = "零一二三四五六七八九十"
_COUNT = re.compile(
    f"(?P<before>[（(]?共?\\s*)(?P<number>[0-9０-９]+|[{_NUMERALS}]+)(?P<unit>\\s*[个项条件批类]?)(?P<rest>.*)"
)
_SUB_COUNT = re.compile("[，,；;].*?(?P<close>[）)]?)|[（(][^（）()]*[）)]")
_AT_THE_END = re.compile(r"[（(]([^（）()]*(?:[（(][^（）()]*[）)])?)[）)]\s*$")
_LAST_NUMERAL = re.compile(f"{NUMERAL}(?!.*{NUMERAL})|[０-９]+(?!.*[０-９])")
_TENS = 10
_HUNDRED = 100


def recounted(count: str, number: int) -> str | None:
    """Return a printed count with the new number in its script; None for a form that is not known.

    What it says of a part of them (``其中3个需年内完成销账``) is left out: it was true of last year's rows.
    """
    said = declared(count)
    if not re.search("[，,；;（(].", count) and any(t.number == number and not t.of_kinds for t in said.totals):
        return count
    match = _COUNT.fullmatch(count.strip())
    if match is None:
        return None
    rest = match["rest"]
    if rest and rest not in {"）", ")"}:
        tail = _SUB_COUNT.fullmatch(rest)
        if tail is None:
            return None
        rest = tail["close"] or ""
    return f"{match['before']}{_in_script_of(match['number'], number)}{match['unit']}{rest}"


def count_in_title(title: str) -> tuple[str, str] | None:
    """Return what stands before the count that a title ends with, and that count: ``试点台账``, ``（7项）``."""
    match = _AT_THE_END.search(title)
    return (title[: match.start()], match[0]) if match and declared_in_title(title) else None


def renumbered(printed: str, number: int) -> str:
    """Return a number as printed (``3``, ``三``, ``（三）``, ``1.3``) with another number in place of its last."""
    return _LAST_NUMERAL.sub(lambda match: _in_script_of(match[0], number), printed)


def _in_script_of(old: str, number: int) -> str:
    """Return 7 as 七, 12 as 十二, 30 as 三十 where the old number is so; from a hundred on digits, as notices do."""
    if old[0] not in _NUMERALS or number >= _HUNDRED:
        return str(number)
    tens, ones = divmod(number, _TENS)
    if not tens:
        return _NUMERALS[ones]
    return ("" if tens == 1 else _NUMERALS[tens]) + "十" + (_NUMERALS[ones] if ones else "")
