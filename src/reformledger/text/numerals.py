"""Numbers as Chinese text writes them: 7, ７, 七, 十二, 一百零三."""

from __future__ import annotations

import re
import unicodedata

NUMERAL = "(?:[0-9]+|[〇零一二两三四五六七八九十百]+)"
_UNITS = {"十": 10, "百": 100}
_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_LONGEST = 12
_SPACE = re.compile(r"\s+")


def compact(text: str) -> str:
    """Return ``text`` with half-width signs and without spaces, as the patterns of the rules read it."""
    return _SPACE.sub("", text if text.isascii() else unicodedata.normalize("NFKC", text))


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
