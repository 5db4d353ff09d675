"""Numbers as Chinese text writes them (7, ７, 七, 十二) and notices print them (（三）, 3.): read, and written anew."""

from __future__ import annotations

import re
from functools import lru_cache

from reformledger.text.folding import compact

_HAN = "[〇零一二两三四五六七八九十百]+"
NUMERAL = f"(?:[0-9]+|{_HAN})"
_UNITS = {"十": 10, "百": 100}
_DIGITS = dict(zip("零一二三四五六七八九", range(10), strict=True)) | {"〇": 0, "两": 2}
_LONGEST = 12
_NUMERALS = "零一二三四五六七八九十"
# Patterns are text, compiled by re when first used.
_PRINTED = rf"第?\(?({NUMERAL})\)?[.、)条项]?"
# Digits, and the Chinese numerals that count: in 一般 and 统一 they are part of a word.
_COUNTING = rf"[0-9]+|(?<=[第(]){_HAN}|{_HAN}(?=[批期轮届季月章节条款项类级组册卷阶、.)])"
_LAST_NUMERAL = f"{NUMERAL}(?!.*{NUMERAL})|[０-９]+(?!.*[０-９])"
_TENS = 10
_HUNDRED = 100


def number_of(numeral: str) -> int | None:
    """Return the value of one numeral, None for what is none (百十) or has more digits than anything is counted in."""
    if len(numeral) > _LONGEST:
        return None
    if numeral.isascii():
        return int(numeral) if numeral.isdigit() else None
    if not set(numeral) & set(_UNITS):
        digits = [_DIGITS.get(sign) for sign in numeral]
        return None if None in digits else int("".join(map(str, digits)))
    total, pending = 0, None
    for sign in numeral:
        if sign in _UNITS:
            if pending is None and (total or sign != "十"):
                return None
            total += (1 if pending is None else pending) * _UNITS[sign]
            pending = None
        elif sign not in _DIGITS:
            return None
        else:
            pending = _DIGITS[sign] or None
    return total + (pending or 0)


@lru_cache(maxsize=4_096)
def printed_number(printed: str | None) -> int | None:
    """Return a number as printed (3, ３, 三, （三）, 3.), None for what has parts (1.2) or is none."""
    match = re.fullmatch(_PRINTED, compact(printed)) if printed else None
    return number_of(match[1]) if match else None


def in_parts(text: str) -> list[str | int]:
    """Return a text as what stands before, between and behind its numbers, and these as numbers: 第, 10, 批.

    Of two such lists every other part is text, so that they can be compared: 第2批 is before 第十批.
    """
    text = compact(text)
    parts: list[str | int] = []
    end = 0
    for match in re.finditer(_COUNTING, text):
        if (number := number_of(match[0])) is not None:
            parts += [text[end : match.start()], number]
            end = match.end()
    return [*parts, text[end:]]


def renumbered(printed: str, number: int) -> str:
    """Return a number as printed (``3``, ``三``, ``（三）``, ``1.3``) with another number in place of its last."""
    return re.sub(_LAST_NUMERAL, lambda match: in_script_of(match[0], number), printed)


def counting_word(old: str, number: int) -> str:
    """Return a number as it is written before a measure word, in the script of the old one: 两 for 二."""
    new = in_script_of(old, number)
    return "两" if new == "二" else new


def in_script_of(old: str, number: int) -> str:
    """Return 7 as 七, 12 as 十二, 30 as 三十 where the old number is so; from a hundred on digits, as notices do."""
    if old[0] not in {*_DIGITS, *_UNITS} or number >= _HUNDRED:
        return str(number)
    tens, ones = divmod(number, _TENS)
    if not tens:
        return _NUMERALS[ones]
    return ("" if tens == 1 else _NUMERALS[tens]) + "十" + (_NUMERALS[ones] if ones else "")
