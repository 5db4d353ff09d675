"""What a wording that cannot be read may have been meant to say: slow, and only ever asked after an error.

Advice is made of the wording's own pieces: the numbers it names are put into the forms of the grammar, and of what
can be read the forms that look most like it are offered. What it says clearly is never changed by advice: its numbers
with their units, 每, which ten days of a month, that two names are joined.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain, zip_longest
from typing import NamedTuple

from reformledger.model.forms import FORMS
from reformledger.model.period import FIRST_YEAR, LAST_YEAR, UnreadableError
from reformledger.model.spans import Reading
from reformledger.model.spelling import NUMERALS, arabic
from reformledger.model.wording import read
from reformledger.text.folding import wording_key
from reformledger.text.nearest import similar

_MOST = 3
_CUTOFF = 0.65
# Likeness takes quadratic time, and a whole sentence is near to no wording.
_LONGEST = 40
_NUMBER = f"[0-9]+|{NUMERALS}"
# What turns a time into another: without it, advice would say the reverse, or another interval.
_TURNED = (
    f"[不非除]|超过|晚于|早于|去年|前年|上年|农历|[延由].*[至到]|[两双单隔]|[前后每](?:{_NUMBER}|半)"
    "|(?<![底末日号旬内])[以之]?前[、,和与及]"
)
_DATE_IN_ONE = "(?<![0-9])((?:19|20|21)[0-9]{2})([01][0-9])([0-3][0-9])?(?![0-9])"
_UNIT = "年|个?月|[日号天]|季|周|旬|个"
# What joins two names, what is typed for a dash, and what stands between a year and its month: for likeness all one.
_JOINT = "[~至到]|[一ー_=](?=[0-9])|(?<=[0-9]{4})[./](?=[0-9])"
_RECURS = "[每逐]|按[年季月周]|EVERY|EACH|(?:DAI|WEEK|MONTH|QUARTER|YEAR|ANNUAL)LY"
# What has a meaning of its own: advice neither drops nor adds it. What stands for a unit may be completed.
_KEPT = frozenset("每逐年月日号季旬周半初上中下次明今后起、和及与或,-/")
_COMPLETED = frozenset("年月日号季旬")


def near_wordings(
    wording: str, year: int, known: Iterable[str] | None = None, *, bounded: bool = False
) -> tuple[str, ...]:
    """Return up to three wordings that can be read and that ``wording`` may have meant, best first.

    ``known``: what the grammar itself offers; None: nothing, so that likeness decides. Each recurs where
    ``wording`` does and nowhere else, and with ``bounded`` names one period with an end.
    """
    recurs = re.search(_RECURS, wording_key(wording)) is not None
    found: dict[Reading, str] = {}
    for offered in _alike(wording) if known is None else known:
        try:
            reading = read(offered, year)
        except UnreadableError:
            continue
        if recurs == (reading.every is not None) and not (bounded and len(reading.occurrences) != 1):
            found.setdefault(reading, offered)
    return tuple(found.values())[:_MOST]


def explicit_forms(wording: str, year: int, *, bounded: bool = False) -> tuple[str, ...]:
    """Return forms that can say what ``wording`` means: that recur where it does, of the year it names or ``year``."""
    if not bounded and re.search(_RECURS, wording_key(wording)):
        return ("每季度末", "每月28日", "每年12月")
    named = re.findall("(?<![0-9])[0-9]{4}(?![0-9])", wording_key(wording))
    year = next((known for known in map(int, named) if FIRST_YEAR <= known <= LAST_YEAR), year)
    periods = (f"{year}", f"{year}-12", f"{year}-Q4", f"{year}-12-31")
    return periods if bounded else (*periods, f"{year}-03/{year}-05", "长期")


class _Pieces(NamedTuple):
    """What a wording says: its numbers in order, each with its unit ("": none follows), and the other characters."""

    numbers: tuple[tuple[int, str], ...]
    others: frozenset[str]

    def may_become(self, other: _Pieces) -> bool:
        """Say whether all that is clear in these pieces is in ``other``, and nothing else that has a meaning."""
        if not all(map(_may_complete, self.numbers, other.numbers)):
            return False
        dropped, added = self.others - other.others, other.others - self.others
        return not (dropped & _KEPT or added & (_KEPT - _COMPLETED))


def _may_complete(typed: tuple[int, str], advised: tuple[int, str]) -> bool:
    """Say whether it is the same number with the same unit, or gets one: 12 as 12月, 2020 as 2020年, never 5 as 5年."""
    number, unit = advised
    return typed in {advised, (number, "")} and (typed == advised or unit in "月日号季" or number >= FIRST_YEAR)


def _pieces(text: str) -> _Pieces:
    numbers = [(_value(number), unit) for number, unit in re.findall(f"({_NUMBER})({_UNIT})?", text)]
    return _Pieces(tuple(numbers), frozenset(re.sub(f"(?:{_NUMBER})(?:{_UNIT})?", "", text)))


def _value(number: str) -> int:
    digits = re.sub(NUMERALS, arabic, number)
    return int(digits) if digits.isdecimal() else -1


def _alike(wording: str) -> list[str]:
    """Return the forms with the numbers of ``wording`` that may be meant, those that look most like it first."""
    text = re.sub(_DATE_IN_ONE, _apart, re.sub(_JOINT, "-", wording_key(wording)))
    if len(text) > _LONGEST or re.search(_TURNED, text):
        return []
    pieces = _pieces(text)
    candidates: dict[str, str] = {}
    for filled in _filled(re.findall(_NUMBER, text)):
        key = re.sub(_JOINT, "-", wording_key(filled))
        if pieces.may_become(_pieces(key)):
            candidates.setdefault(key, filled)
    return [candidates[key] for key in similar(text, list(candidates), len(candidates) or 1, _CUTOFF)]


def _apart(date_in_one: re.Match[str]) -> str:
    return "-".join(number for number in date_in_one.groups() if number)


def _filled(numbers: list[str]) -> Iterator[str]:
    """Yield every example of a form that names as many numbers, with these in their place."""
    for example in (example for form in FORMS for example in form.examples):
        slots = list(re.finditer(_NUMBER, example))
        if len(slots) != len(numbers):
            continue
        padded = [
            number.zfill(len(slot[0])) if example.isascii() else number
            for slot, number in zip(slots, numbers, strict=True)
        ]
        texts = re.split(_NUMBER, example)
        yield "".join(chain.from_iterable(zip_longest(texts, padded, fillvalue="")))
