"""The one folding: what makes no difference, for every text."""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reformledger.text.folding import (
    compact,
    mapping_key,
    name_key,
    option_key,
    search_key,
    title_key,
    unspaced,
    visible_key,
    wording_key,
)

Key = Callable[[str], str]
ALL: list[Key] = [
    compact,
    mapping_key,
    name_key,
    option_key,
    search_key,
    title_key,
    unspaced,
    visible_key,
    wording_key,
]
BLIND_TO_INVISIBLE = [key for key in ALL if key is not unspaced]
BLIND_TO_SPACE: list[Key] = [compact, name_key, search_key, title_key, unspaced, wording_key]
BLIND_TO_WIDTH: list[Key] = [compact, mapping_key, name_key, option_key, search_key, title_key]
# What Chinese texts hold, and what is folded in a way of its own.
TEXTS = st.text() | st.text(
    st.sampled_from("李艺2０年月aＡßİ〔［[(《”'—–-～~·・²①ｶﾞ\u0301\u0345\uf9e1 \u3000\u200b\u00b4")
)
INVISIBLE = st.sampled_from("\u00ad\u200b\u200c\u200d\u200e\u202e\u2060\u2066\ufeff")
SPACES = st.sampled_from(" \t\u00a0\u2003\u3000")
WIDE = str.maketrans(
    {character: chr(ord(character) + 0xFEE0) for character in string.printable if "!" <= character <= "~"}
)


@pytest.mark.parametrize("key", ALL)
@given(text=TEXTS)
def test_the_key_of_a_key_is_the_key(key: Key, text: str) -> None:
    assert key(key(text)) == key(text)


@pytest.mark.parametrize("key", BLIND_TO_INVISIBLE)
@given(text=TEXTS, character=INVISIBLE, at=st.integers(0, 20))
def test_invisible_characters_make_no_difference(key: Key, text: str, character: str, at: int) -> None:
    assert key(text[:at] + character + text[at:]) == key(text)


@pytest.mark.parametrize("key", BLIND_TO_SPACE)
@given(text=TEXTS, space=SPACES, at=st.integers(0, 20))
def test_spaces_make_no_difference(key: Key, text: str, space: str, at: int) -> None:
    assert key(text[:at] + space + text[at:]) == key(text)


@pytest.mark.parametrize("key", BLIND_TO_WIDTH)
@given(text=st.text(st.characters(max_codepoint=0x7E)) | st.text("年月李A1()[]~-"))
def test_width_makes_no_difference(key: Key, text: str) -> None:
    assert key(text.translate(WIDE)) == key(text)


@given(TEXTS)
def test_case_makes_no_difference_to_searches(text: str) -> None:
    # The Greek iota below a letter becomes a letter of its own: Unicode 15, D145, asks to decompose before folding.
    assume("\u0345" not in unicodedata.normalize("NFD", text))
    assert search_key(unicodedata.normalize("NFKC", text).casefold()) == search_key(text)


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("攀教体发[2018]37号", "攀教体发〔2018〕37号"),
        ("攀教体发【２０１８】37号", "攀教体发〔2018〕37号"),
        ("<义务教育法>", "《义务教育法》"),
        ('"双减"', "“双减”"),
        ("「双减」", "“双减”"),
        ("3-5月", "3—5月"),
        ("3～5月", "3—5月"),
        ("结果--过程", "结果——过程"),
        ("阿米尔•吐尔逊", "阿米尔·吐尔逊"),
        ("IT 科", "ｉｔ科"),
    ],
)
def test_signs_as_people_type_them_make_no_difference_to_searches(typed: str, printed: str) -> None:
    assert search_key(typed) == search_key(printed)


BRACKETS = [
    "〔〕",
    "［］",
    "[]",
    "【】",
    "（）",
    "()",
    "《》",
    "〈〉",
    "<>",
    "＜＞",
    "{}",
    "«»",
    "〚〛",
    "⟨⟩",
    ("<<", ">>"),
]
QUOTES = ["“”", "「」", "『』", '""', "''", "＂＂", "〝〞", "‘’", ("''", "''")]
DASHES = [*"-—–―－‐‑−─~～〜", "——", "--", " - "]


@pytest.mark.parametrize("key", [search_key, name_key])
@pytest.mark.parametrize(
    "kind",
    [
        [f"攀教体发{opening}2018{closing}37号" for opening, closing in BRACKETS],
        [f"落实{opening}双减{closing}" for opening, closing in QUOTES],
        [f"3{dash}5月" for dash in DASHES],
    ],
    ids=["brackets", "quotes", "dashes"],
)
def test_all_of_a_kind_make_no_difference(key: Key, kind: list[str]) -> None:
    assert len({key(text) for text in kind}) == 1


@pytest.mark.parametrize("filler", ["\ufe0f", "\U000e0101", "\u034f", "\u3164", "\u2800", "\ufe01"])
@pytest.mark.parametrize("key", BLIND_TO_INVISIBLE)
def test_what_only_chooses_a_form_or_fills_room_makes_no_difference(key: Key, filler: str) -> None:
    assert key(f"改{filler}革☎{filler}") == key("改革☎")


@pytest.mark.parametrize(("one", "other"), [("12月", "1-2月"), ("(一)", "一"), ("李艺", "李义"), ("〔2018〕", "2018")])
def test_what_differs_for_searches(one: str, other: str) -> None:
    assert search_key(one) != search_key(other)


def test_wordings_keep_number_characters_apart_from_digits() -> None:
    assert wording_key("2020年1²月") == "2020年1²月"
    assert wording_key("2020 年 3——5 月") == wording_key("２０２０年3~5月")
    assert wording_key("2020-q4") == "2020-Q4"


def test_titles_are_their_letters_and_digits() -> None:
    assert title_key("机关各科（室）") == title_key("机关各科(室)") == title_key("机关各科室")
    assert title_key("《义务教育法》——解读") == "义务教育法解读"
