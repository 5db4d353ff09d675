"""Data at once: the same as by the walk that looks at every place, or left to it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from damaged import CHANGES, SHIPPED, TEXTS, Change, changed
from reformledger.yamlio import Data, Problem, YamlError, read_yaml
from reformledger.yamlio.faults.problems import LIMIT
from reformledger.yamlio.reading.construct import construct
from yaml_styles import Writer

HOUSE = """\
# 攀枝花市教育和体育局
kind: ledger
year: 2020
number: "1"
title: '改革 方案'
text: 公办 幼儿园 # 4 所
basis: R&D, A & B, http://a.cn/?a=1&b=2, 好!
name: José 阿米尔·吐尔逊
remark:
leaders: [刘自力, 彭格]
folded: 第一行
  第二行
literal: |
  一、
  二、
star: ☆
"""


def outcome(raw: bytes, *, placed: bool) -> Data | list[Problem]:
    try:
        return read_yaml(raw, placed=placed).data
    except YamlError as error:
        return error.problems


def test_all_that_a_ledger_is_written_with_is_read_at_once() -> None:
    assert construct(HOUSE.encode(), HOUSE) == {
        "kind": "ledger",
        "year": "2020",
        "number": "1",
        "title": "改革 方案",
        "text": "公办 幼儿园",
        "basis": "R&D, A & B, http://a.cn/?a=1&b=2, 好!",
        "name": "José 阿米尔·吐尔逊",
        "remark": None,
        "leaders": ["刘自力", "彭格"],
        "folded": "第一行 第二行",
        "literal": "一、\n二、\n",
        "star": "☆",
    }


@pytest.mark.parametrize("raw", SHIPPED)
def test_the_shipped_documents_are_read_at_once(raw: bytes) -> None:
    assert construct(raw, raw.decode()) is not None


@pytest.mark.parametrize(
    "text",
    [
        "a: &x 1\n",
        "a: !!int 1\n",
        "a: ! 1\n",
        "a: ! \n",
        '{"a":&x 1}\n',
        "a: [&x 1,!y 2]\n",
        "&x a: 1\n",
        "a: {?! b: 1}\n",
        "a: {?&x b: 1}\n",
        "a: {b\n\n  c: 1}\n",  # a key of several lines
        "a: {b\n  c: 1}\n",
        "a: ~\n",
        "a: null\n",
        "a: 1\na: 2\n",
        "ＩＤ: 1\n",
        '"": 1\n',
        "? [a]\n: 1\n",
        "a: 1\n---\nb: 2\n",
        "%YAML 1.1\n---\na: 1\n",
        "- a\n",
        "a: [\n",
        "",
        "a: 1 #b\n",
        "负责人：谢强\na: 1\n",
        'a: "\\u0007"\n',
        'a: "x\n  b: 1"\n',
        "a: |\nb: 1\n",
        "a: b\n  - c\n",
        "a:\n" + "".join(f"{' ' * depth}- \n" for depth in range(1, 40)),
        "[" * 10_000,
    ],
)
def test_what_is_doubtful_is_left_to_the_walk(text: str) -> None:
    assert construct(text.encode(), text) is None


@pytest.mark.parametrize(
    "text",
    [
        "".join(f'k{number}: "\\u0007"\n' for number in range(60)),
        "a: b\n" + "  c：d\n" * 60,  # in one value
    ],
)
def test_of_more_faults_than_are_told_as_many_are_told(text: str) -> None:
    told = outcome(text.encode(), placed=False)
    assert isinstance(told, list)
    assert len(told) == LIMIT + 1
    assert told == outcome(text.encode(), placed=True)


@settings(max_examples=300, deadline=None)
@given(raw=st.randoms(use_true_random=False).map(lambda random: Writer(random).document()) | TEXTS)
def test_any_text_is_read_as_by_the_walk(raw: bytes) -> None:
    assert outcome(raw, placed=False) == outcome(raw, placed=True)


@settings(max_examples=100, deadline=None)
@given(raw=st.sampled_from(SHIPPED), changes=CHANGES)
def test_a_damaged_ledger_is_read_as_by_the_walk(raw: bytes, changes: list[Change]) -> None:
    raw = changed(raw, changes)
    assert outcome(raw, placed=False) == outcome(raw, placed=True)


def test_places_are_the_same_whenever_they_are_looked_for() -> None:
    later, at_once = read_yaml(HOUSE.encode()), read_yaml(HOUSE.encode(), placed=True)
    assert later.data == at_once.data
    assert later.places == at_once.places
