"""Where two long texts differ: what is shown of each."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reformledger.text.stretches import CUT, differing, shortened

TEXTS = st.text("甲乙丙，。", max_size=200)
START = "按照四川省深化高考制度改革实施方案开展高考改革相关工作，"
END = "并于年底前将工作总结报市教育和体育局政策法规科备案。"


def test_short_texts_are_whole() -> None:
    assert differing("年内完成", "长期坚持") == ("年内完成", "长期坚持")


def test_of_long_ones_what_differs_with_a_few_characters_around() -> None:
    before, after = differing(f"{START}每季度报送{END}", f"{START}每半年报送{END}")
    assert before == "…改革相关工作，每季度报送并于年底前将…"
    assert after == "…改革相关工作，每半年报送并于年底前将…"
    before, after = differing(START, START + END)
    assert before == "…考改革相关工作，"
    assert after == f"…考改革相关工作，{END}"


def test_of_a_very_long_one_both_ends() -> None:
    assert shortened("甲" * 100 + "乙" * 100) == "甲" * 60 + CUT + "乙" * 60


@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_two_that_differ_are_shown_otherwise(start: str, one: str, other: str, end: str) -> None:
    before, after = start + one + end, start + other + end
    shown = differing(before, after)
    assert (shown[0] == shown[1]) is (before == after) or max(map(len, (one, other))) > 60
    for text, part in zip((before, after), shown, strict=True):
        pieces = part.split(CUT)
        assert text.startswith(pieces[0])
        assert text.endswith(pieces[-1])
        assert all(piece in text for piece in pieces)
