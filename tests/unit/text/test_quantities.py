"""Which values the numbers of a text allow."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reformledger.text.quantities import quantities


@pytest.mark.parametrize(
    ("text", "unit", "allowed", "contradicted"),
    [
        ("建设公租房300套", "套", [300], [30, 299, 301, 3000]),
        ("建设公租房３００ 套", "套", [300], [30]),
        ("新增1,200户", "户", [1200], [1, 200]),
        ("新增9.6万户", "户", [96_000], [9.6]),
        ("新增9.6万户", "万户", [9.6], [96_000]),
        ("新建十二所", "所", [12], [2, 10]),
        ("不少于3所", "所", [3, 12], [2]),
        ("3所以上", "所", [3, 12], [2]),
        ("不超过3所", "所", [0, 3], [4]),
        ("3所以内", "所", [0, 3], [4]),
        ("5—8个", "个", [5, 6.5, 8], [4, 9]),
        ("五至八个", "个", [5, 8], [4, 9]),
        ("约300套", "套", [30, 3000], []),
        ("300余套", "套", [30, 3000], []),
        ("300套左右", "套", [30, 3000], []),
        ("第3场", "场", [30], []),
        ("每3户", "户", [30], []),
    ],
)
def test_number_allows_what_it_says(text: str, unit: str, allowed: list[float], contradicted: list[float]) -> None:
    [quantity] = quantities(text, unit)
    assert [value for value in allowed if not quantity.allows(value)] == []
    assert [value for value in contradicted if quantity.allows(value)] == []


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("在2020年完成", "年"),
        ("3月完成", "月"),
        ("提高2个百分点", "个"),
        ("用3个月", "个"),
        ("培训300人次", "人"),
        ("推出一套办法", "套"),
        ("建设一批", "批"),
        ("公租房", "套"),
    ],
)
def test_other_number_is_none_of_the_unit(text: str, unit: str) -> None:
    assert quantities(text, unit) == []


@given(st.decimals(0, 10**9, places=2), st.sampled_from(["建成", "不少于", "不超过", "约", ""]))
def test_number_never_contradicts_itself(value: object, before: str) -> None:
    [quantity] = quantities(f"项目{before}{value}套", "套")
    assert quantity.allows(float(str(value)))
