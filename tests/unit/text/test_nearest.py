"""The words that a mistyped one may have been meant to be."""

from __future__ import annotations

from reformledger.text.nearest import nearest, nearest_names


def test_nearest_prefers_the_one_that_is_surely_meant() -> None:
    assert nearest("leadrs", ["leaders", "lead_departments", "level"]) == ["leaders"]
    assert nearest("xyz", ["leaders"]) == []


def test_a_name_that_contains_the_word_or_is_contained_comes_first() -> None:
    offices = ["法制科", "政策法规科", "科", "规科法"]
    assert nearest_names("法规科", offices)[:2] == ["政策法规科", "科"]
    assert nearest_names("市政策法规科", offices)[0] == "政策法规科"


def test_nearest_names_compare_as_searches_do() -> None:
    assert nearest_names("ｉｔ科", ["信息IT科"]) == ["信息IT科"]


def test_nothing_is_near_to_an_empty_name() -> None:
    assert nearest_names("", ["政策法规科"]) == []
    assert nearest_names("\u200b", ["政策法规科"]) == []
