"""Printed counts that both sides counted anew: the merge counts the rows of both, or says that nobody can tell."""

from __future__ import annotations

import pytest

from reformledger.history.merging.data.counts import Counted, Rows, Under, merged_count


def _ids(text: str) -> frozenset[str]:
    return frozenset(text)


def _merged(
    texts: tuple[str | None, str | None, str | None], rows: str, *, starred: str = "///", key: str = "count"
) -> Counted | None:
    """Return the count of rows, named by one letter each: those of the base, ours, theirs, merged, with / between."""
    under = Under(Rows(*map(_ids, rows.split("/"))), Rows(*map(_ids, starred.split("/"))))
    return merged_count(key, texts, under, prefer_ours=True)


@pytest.mark.parametrize(
    ("texts", "rows", "expected"),
    [
        (("3个", "4个", "4个"), "abc/abcd/abce/abcde", "5个"),
        (("3个", "4个", "4个"), "abc/abcd/abcd/abcd", "4个"),
        (("三个", "四个", "二个"), "abc/abcd/bc/bcd", "三个"),
        (("3个", "4个", "3个"), "abc/abcd/abce/abcde", "5个"),
        (("2个", "3个", "2个"), "abc/abcd/abce/abcde", "3个"),
        (("3个", "4个", "2个"), "abc/abcd/bc/abcd", "4个"),
        (("共3项", "共5项", "共4项"), "abc/abcde/abcf/abcdef", "共6项"),
    ],
    ids=[
        "a row each",
        "the same row",
        "one came, one went",
        "one side counted",
        "one side counted what was untrue",
        "kept after all",
        "with words",
    ],
)
def test_rows_of_both_sides_are_counted(texts: tuple[str, str, str], rows: str, expected: str) -> None:
    assert _merged(texts, rows) == Counted(expected, clashes=False)


def test_a_count_that_is_in_a_title_is_counted_as_well() -> None:
    texts = ("试点台账（3项）", "试点台账（4项）", "试点台账（4项）")
    assert _merged(texts, "abc/abcd/abce/abcde", key="title") == Counted("试点台账（5项）", clashes=False)


def test_those_with_a_star_are_counted_apart() -> None:
    texts = ("共3个，其中1个需年内完成销账", "共4个，其中2个需年内完成销账", "共4个，其中1个需年内完成销账")
    found = _merged(texts, "abc/abcd/abce/abcde", starred="a/ad/a/ad")
    assert found == Counted("共5个，其中2个需年内完成销账", clashes=False)


@pytest.mark.parametrize(
    ("texts", "rows"),
    [
        (("3个", "5个", "6个"), "abc/abcd/abce/abcde"),
        (("3个", "5个", "5个"), "abc/abcd/abce/abcde"),
        (("2个", "4个", "4个"), "abc/abcd/abce/abcde"),
    ],
    ids=["other numbers", "more than rows", "untrue before"],
)
def test_what_the_rows_do_not_tell_clashes(texts: tuple[str, str, str], rows: str) -> None:
    found = _merged(texts, rows)
    assert found is not None
    assert found.clashes


@pytest.mark.parametrize(
    "texts",
    [("3个", "3个", "3个"), (None, "3个", "4个"), ("3个", "三大类4项", "4个"), ("若干", "若干项", "3个")],
    ids=["not changed", "no count before", "kinds", "no number"],
)
def test_what_is_no_change_of_a_number_is_left_to_others(texts: tuple[str | None, str | None, str | None]) -> None:
    assert _merged(texts, "abc/abcd/abce/abcde") is None
