"""What a wording that cannot be read may have been meant to say: slow, and only ever asked after an error."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from reformledger.model.period import FIRST_YEAR, LAST_YEAR
from reformledger.text.folding import wording_key
from reformledger.text.nearest import similar

_MOST = 3
_CUTOFF = 0.65
# Likeness takes quadratic time, and a whole sentence is near to no wording.
_LONGEST = 40
_NUMBERS = "([0-9]{4})[-./年]?([0-9]{1,2})(?:[-./月]?([0-9]{1,2}))?[月日号]?"

BOUNDED = (
    "{year} {year}-12 {year}-Q4 {year}-H1 {year}-12-31 {year}/{next} {year}—{next}年 "
    "{year}年 {year}年底 {year}年底前 {year}年内 {year}年上半年 {year}年下半年 "
    "{year}年一季度 {year}年二季度 {year}年三季度 {year}年四季度 {year}年12月31日前 {year}年3月-{next}年5月 "
    "年内 年内完成 全年 今年 年底 年底前 上半年 下半年 "
    "一季度 二季度 三季度 四季度 第一季度 第二季度 第三季度 第四季度 一季度末 二季度末 三季度末 四季度末 "
    "12月31日 12月31日前 3—5月 3月至5月 6月上旬 6月中旬 6月下旬"
)
UNBOUNDED = "长期 长期坚持 持续推进 常态化 常态化推进 按省上要求推进"
RECURRING = (
    "每月 每月底 每月底前 每月28日前 每季度 每季度末 每年 每年底 每年12月 每半年 每周 每周三 每学期末 "
    "每季度最后一个月的30日前 {year}年每季度末 {year}年每月底"
)


def near_wordings(wording: str, year: int, *, bounded: bool = False) -> tuple[str, ...]:
    """Return up to three understood wordings that look like ``wording``, best first.

    They are those of the year that the wording names, else of ``year``; with ``bounded`` only such as name
    one period with an end.
    """
    text = wording_key(wording)
    if len(text) > _LONGEST:
        return ()
    named = re.search("[12][0-9]{3}", text)
    of_year = int(named[0]) if named and FIRST_YEAR <= int(named[0]) <= LAST_YEAR else year
    alike = similar(text, _known(of_year, bounded=bounded), _MOST, _CUTOFF)
    return tuple(dict.fromkeys([*_as_numbers(text), *alike]))[:_MOST]


def _as_numbers(text: str) -> list[str]:
    """Return the ISO form of what looks like a date in digits: 20201231, 2020/12, 2020-3-5, 2020年12."""
    match = re.fullmatch(_NUMBERS, text)
    if not match:
        return []
    year, month, day = (int(number or 1) for number in match.groups())
    try:
        iso = date(year, month, day).isoformat()
    except ValueError:
        return []
    return [iso if match[3] else iso[:7]] if FIRST_YEAR <= year <= LAST_YEAR else []


@lru_cache(maxsize=8)
def _known(year: int, *, bounded: bool) -> tuple[str, ...]:
    forms = BOUNDED if bounded else f"{BOUNDED} {UNBOUNDED} {RECURRING}"
    months = "{year}年%d月 {year}年%d月底前 %d月 %d月底 %d月底前"
    for month in range(1, 13):
        forms += " " + months.replace("%d", str(month))
    return tuple(forms.format(year=year, next=year + 1).split())
