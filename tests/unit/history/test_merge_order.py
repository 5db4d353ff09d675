"""The order of a list that two sides changed, and which of its items are the same one."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reformledger.history.merging.data.matching import Triple, frozen, triples
from reformledger.history.merging.data.order import combined, joined
from reformledger.history.merging.data.values import word_of
from reformledger.yamlio import Data

_ORDERS = st.lists(st.sampled_from("abcdefgh"), unique=True)


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "expected"),
    [
        ("abc", "abc", "cab", "cab"),
        ("abc", "bca", "abc", "bca"),
        ("abc", "bca", "bca", "bca"),
        ("abc", "aXbc", "abYc", "aXbYc"),
        ("abc", "abcX", "abcY", "abcXY"),
        ("abc", "Xabc", "Yabc", "XYabc"),
        ("abcd", "bacd", "abdc", "badc"),
        ("abc", "abcX", "cab", "cXab"),
        ("ab", "aXb", "aXYb", "aXYb"),
    ],
)
def test_what_each_side_moved_or_added_is_in_its_place(base: str, ours: str, theirs: str, expected: str) -> None:
    found = combined(list(base), list(ours), list(theirs), set(expected))
    assert not found.clashing
    assert "".join(found.items) == expected


def test_what_both_moved_to_other_places_clashes() -> None:
    for prefer_ours, expected in ((True, "bcda"), (False, "bcad")):
        found = combined(list("abcd"), list("bcda"), list("bcad"), set("abcd"), prefer_ours=prefer_ours)
        assert found.clashing == ["a"]
        assert "".join(found.items) == expected


def test_what_is_not_wanted_is_not_there() -> None:
    assert combined(list("abc"), list("abcX"), list("acY"), set("acX")).items == list("acX")


@given(_ORDERS, _ORDERS, _ORDERS)
def test_each_wanted_item_is_there_once(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> None:
    wanted = {*ours, *theirs}
    assert sorted(combined(base, ours, theirs, wanted).items) == sorted(wanted)
    assert combined(base, ours, base, set(ours)).items == ours
    assert combined(base, base, theirs, set(theirs)).items == theirs
    assert sorted(joined(ours, theirs)) == sorted(wanted)
    assert [item for item in joined(ours, theirs) if item in ours] == ours


def test_items_are_known_by_each_key_in_turn() -> None:
    base: list[Data] = [{"name": "甲", "due": "1"}, {"name": "乙"}]
    ours: list[Data] = [{"name": "乙", "due": "2"}, {"name": "甲", "due": "1"}]
    theirs: list[Data] = [{"name": "甲", "due": "3"}, {"name": "丙"}]
    found = triples(base, ours, theirs, [frozen, word_of])
    assert found == [Triple(1, 0, None), Triple(0, 1, 0), Triple(None, None, 1)]


def test_what_is_at_one_place_may_be_the_same() -> None:
    base: list[Data] = ["甲", "乙"]
    found = triples(base, ["甲", "丙"], ["甲", "乙", "丁"], [frozen], same_place=lambda _old, _new: True)
    assert found == [Triple(0, 0, 0), Triple(1, 1, 1), Triple(None, None, 2)]
