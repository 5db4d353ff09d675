"""Headings of two steps, the lower ones printed behind all of the upper: each lower one goes below its upper one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reformledger.drafting.passage import Passage, joined
from reformledger.drafting.tables.headings import field_of
from reformledger.text.folding import compact

_PERIOD = re.compile("季度|半年|全年|年度|[0-9一二三四五六七八九十]+月|阶段|第.[批期]|[Qq][1-4]")
_FEWEST_LOWER = 2


def put_below(upper: Sequence[Passage], lower: Sequence[Passage]) -> tuple[Passage, ...] | None:
    """Return the headings of a table whose second line has lower headings; None where they are below none.

    The lower ones may be the same again and again, once below each of several periods (一季度, 半年), or parts of one
    heading (责任单位: 牵头, 配合).
    """
    if len(lower) < _FEWEST_LOWER:
        return None
    length = _period(lower)
    groups = len(lower) // length
    fitting = [start for start in range(len(upper) - groups + 1) if _fit(upper[start : start + groups], lower[:length])]
    if len(fitting) != 1:
        return None
    start = fitting[0]
    stepped = [
        joined([upper[start + place // length], _blank_before(heading), heading]) for place, heading in enumerate(lower)
    ]
    return (*upper[:start], *stepped, *upper[start + groups :])


def _period(lower: Sequence[Passage]) -> int:
    """Return after how many lower headings they begin again."""
    keys = [compact(heading.text) for heading in lower]
    lengths = range(1, len(keys) + 1)
    return next(length for length in lengths if keys == keys[:length] * (len(keys) // length))


def _fit(upper: Sequence[Passage], lower: Sequence[Passage]) -> bool:
    """Say whether some lower headings may be below each of some upper ones."""
    if all(_PERIOD.search(heading.text) for heading in upper):
        return True
    if len(upper) > 1 or any(field_of(heading.text) for heading in lower):
        return False
    fields = {field_of(f"{upper[0].text} {heading.text}") for heading in lower}
    return field_of(upper[0].text) in fields - {None} and len(fields - {None}) == len(lower)


def _blank_before(heading: Passage) -> Passage:
    return Passage(" ", (heading.at[0] - 1,))
