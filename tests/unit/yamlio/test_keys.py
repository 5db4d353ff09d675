"""Keys that are the same key; and keys that are none."""

from __future__ import annotations

import pytest

from texts import assert_fault, faults_of, read

SAME = [
    ("a: 1\na: 2\n", "2:1"),
    ("a: 1\n'a': 2\n", "2:1"),
    ('a: 1\n"\\u0061": 2\n', "2:1"),
    ("a: 1\n? a\n: 2\n", "2:3"),
    ("x:\n  - b: 1\n    c: 2\n    b: 3\n", "4:5"),
    ("x: {b: 1, c: [1, 2], b: 3}\n", "1:22"),
    ("a: {x: 1}\nb: 2\na: {x: 1}\n", "3:1"),
]
ALIKE = [
    ("负责人: 甲\n负责人\u3000: 乙\n", "负责人\u3000", "负责人"),
    ("ID: 1\nＩＤ: 2\n", "ＩＤ", "ID"),
    ("title: 1\ntitle\u200b: 2\n", "title\u200b", "title"),
    ("ti\u200dtle: 1\ntitle: 2\n", "title", "ti\u200dtle"),
    ("a b: 1\na\u00a0b: 2\n", "a\u00a0b", "a b"),
    ("李: 1\n\uf9e1: 2\n", "\uf9e1", "李"),
    ("' a': 1\na: 2\n", "a", " a"),
]


@pytest.mark.parametrize(("text", "place"), SAME)
def test_key_that_stands_twice_is_refused_with_both_lines(text: str, place: str) -> None:
    (fault,) = faults_of(text)
    assert fault.place == place
    assert "already" in fault.message
    assert "in line " in fault.message
    assert fault.advice == "Keep one of the two."


@pytest.mark.parametrize(("text", "second", "first"), ALIKE)
def test_keys_are_compared_without_width_blanks_and_what_is_not_seen(text: str, second: str, first: str) -> None:
    assert_fault(text, "2:1", f"The key “{second}” is the same as “{first}” in line 1", "Keep one")


def test_every_repetition_is_told_with_the_line_of_the_first() -> None:
    faults = faults_of("a: 1\nb: 2\na: 3\na: 4\n")
    assert [(fault.place, fault.message) for fault in faults] == [
        ("3:1", "The key “a” stands in line 1 already."),
        ("4:1", "The key “a” stands in line 1 already."),
    ]


def test_same_key_in_another_mapping_is_another_key() -> None:
    assert read("a: {x: 1}\nb: {x: 2}\nc:\n  - x: 3\n  - x: 4\n") == {
        "a": {"x": "1"},
        "b": {"x": "2"},
        "c": [{"x": "3"}, {"x": "4"}],
    }


def test_case_makes_two_keys() -> None:
    assert read("id: 1\nID: 2\n") == {"id": "1", "ID": "2"}


def test_a_key_is_kept_as_it_is_written() -> None:
    assert read("ＩＤ: 1\n") == {"ＩＤ": "1"}


NO_KEYS = [
    (": 1\n", "1:1", "The key is blank.", "before the colon"),
    ("a: 1\n: 2\n", "2:1", "The key is blank.", "before the colon"),
    ('"": 1\n', "1:1", "The key is blank.", "before the colon"),
    ("'  ': 1\n", "1:1", "The key is blank.", "before the colon"),
    ("[a]: 1\n", "1:1", "A key must be a word, not a list or a mapping.", "in quotes"),
    ("{a: b}: 1\n", "1:1", "A key must be a word, not a list or a mapping.", "in quotes"),
    ("? - a\n: 1\n", "1:3", "A key must be a word, not a list or a mapping.", "in quotes"),
    ("? a\n  b\n: 1\n", "1:3", "A key must stand on one line.", "key: value"),
    ("? |\n  a\n: 1\n", "1:3", "A key must stand on one line.", "key: value"),
    ("<<: 1\n", "1:1", "Merge keys (“<<”) are not accepted", "Write the merged keys out"),
]


@pytest.mark.parametrize(("text", "place", "message", "advice"), NO_KEYS)
def test_what_can_be_no_key_is_refused(text: str, place: str, message: str, advice: str) -> None:
    assert_fault(text, place, message, advice)
