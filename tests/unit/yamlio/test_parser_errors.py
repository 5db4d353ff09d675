"""Errors of libyaml's parser: what is said is what is wrong with the line, and what to type instead."""

from __future__ import annotations

import re

import pytest

from conftest import speak
from texts import assert_fault, faults_of, read

QUOTED = "If it is meant as text, write it in quotes: "
STARTS = [
    ("a: %85\n", "1:4", "%", '"%85"'),
    ("a: *重点*\n", "1:4", "*", '"*重点*"'),
    ("a: **重点**\n", "1:4", "*", '"**重点**"'),
    ("a: & b\n", "1:4", "&", '"& b"'),
    ("a: !重要\n", "1:4", "!", '"!重要"'),
    ("a: @张三\n", "1:4", "@", '"@张三"'),
    ("a: `x`\n", "1:4", "`", '"`x`"'),
    ("a: |x\n", "1:4", "|", '"|x"'),
    ("a: >85%\n", "1:4", ">", '">85%"'),
    ("a: ?\n", "1:4", "?", '"?"'),
    ("a: , b\n", "1:4", ",", '", b"'),
    ("a: ]b\n", "1:4", "]", '"]b"'),
    ("a: }b\n", "1:4", "}", '"}b"'),
    ("a: [试点] 学校\n", "1:4", "[", '"[试点] 学校"'),
    ("a: {试点} 学校\n", "1:4", "{", '"{试点} 学校"'),
    ("x:\n  - a: b\n  - @张三 # 注\n", "3:5", "@", '"@张三"'),
    ('a: @"张三"\n', "1:4", "@", "'@\"张三\"'"),
    ('a: @it\'s "x"\n', "1:4", "@", "'@it''s \"x\"'"),
]


@pytest.mark.parametrize(("text", "place", "character", "spelling"), STARTS)
def test_value_that_begins_with_a_character(text: str, place: str, character: str, spelling: str) -> None:
    assert_fault(text, place, f"A value cannot begin with “{character}” as it stands.", QUOTED + spelling)


@pytest.mark.parametrize(("text", "_place", "_character", "spelling"), STARTS)
def test_the_spelling_shown_reads_as_the_value(text: str, _place: str, _character: str, spelling: str) -> None:
    meant = re.search("(?::|-) ([^ a-z].*?)(?: # 注)?\n$", text)
    assert meant
    assert read(f"a: {spelling}\n") == {"a": meant[1]}


ERRORS = [
    # A second colon.
    ("a: 第一批: 完成\n", "1:4", "The value holds “: ”, which would make it a key.", QUOTED + '"第一批: 完成"'),
    ("a: b: c: d\n", "1:4", "The value holds “: ”, which would make it a key.", QUOTED + '"b: c: d"'),
    ("x:\n  - a: b: c\n", "2:8", "The value holds “: ”", QUOTED + '"b: c"'),
    ("x:\n  - " + "长" * 1100 + ": c\n", "2:5", "The value holds “: ”", QUOTED + '"长长'),
    # Quotes.
    ('a: "b\n', "1:4", "The quotes opened here are not closed.", "Close them"),
    ("a: 'b", "1:4", "The quotes opened here are not closed.", "Close them"),
    ('"a: 1\n', "1:1", "The quotes opened here are not closed.", "Close them"),
    ('a: "b\nc: "d"\n', "1:4", "The quotes opened here take in line 2, which looks like a key", "Close the quotes"),
    ("a: 'b\nc: 'd'\n", "1:4", "The quotes opened here take in line 2, which looks like a key", "Close the quotes"),
    ('a: "b\n标题: "d"\n', "1:4", "The quotes opened here take in line 2, which looks like a key", "Close the quotes"),
    ('a: "b\n  c: d"\ne: 1\n', "1:4", "The quotes opened here take in line 2, which looks like", "Close the quotes"),
    ('x:\n  - "a\n  - "b"\n', "2:5", "The quotes opened here take in line 3, which looks like", "Close the quotes"),
    ('x:\n  - "a\n  - b\ny: "c"\n', "2:5", "The quotes opened here take in line 3, which looks", "Close the quotes"),
    ('a: "b" c\n', "1:8", "Text follows the closing quote.", "“…”"),
    ("a: 'b' c\n", "1:8", "Text follows the closing quote.", "single quotes"),
    ('a: "说"好"的"\n', "1:7", "Text follows the closing quote.", "“…”"),
    # Brackets.
    ("a: [b\nc: 1\n", "1:4", "The bracket “[” opened here is not closed as it should be.", QUOTED + '"[b"'),
    ("a: [b,\n", "1:4", "The bracket “[” opened here is not closed as it should be.", QUOTED + '"[b,"'),
    ("a: {b: 1\n", "1:4", "The bracket “{” opened here is not closed as it should be.", QUOTED + '"{b: 1"'),
    ("{\n", "1:1", "The bracket “{” opened here is not closed as it should be.", QUOTED + '"{"'),
    # Lines that are neither key nor item.
    ("标题\nyear: 2020\n", "1:1", "This line is neither “key: value” nor “- item”.", "put both on one line"),
    ("a: 1\nb\nc: 2\n", "2:1", "This line is neither “key: value” nor “- item”.", "put both on one line"),
    ("a:\n  - b: 1\n    c\n    d: 1\n", "3:5", "This line is neither “key: value” nor “- item”.", "put both"),
    ("a:\n  - 甲\n  乙\n", "3:3", "This line is neither “key: value” nor “- item”.", "put both on one line"),
    ("http://example.org\nb: 1\n", "1:1", "This line is neither “key: value” nor “- item”.", "put both on one line"),
    # Indentation.
    ("a: b\n   c: d\n", "2:4", "The indentation of this line fits none of the lines above.", "alike"),
    ("a:\n    b: 1\n  c: 2\n", "3:3", "The indentation of this line fits none of the lines above.", "alike"),
    ("  a: 1\nb: 2\n", "2:1", "The indentation of this line fits none of the lines above.", "alike"),
    ("a: 1\n- b\n", "2:1", "The indentation of this line fits none of the lines above.", "alike"),
    ("a: |\n  b\n c\n", "3:2", "The indentation of this line fits none of the lines above.", "alike"),
    ("a: b\n - c\n", "2:2", "This item is indented deeper than the value above", "like the other items"),
    ("x:\n  - a\n    - b\n", "3:5", "This item is indented deeper than the value above", "like the other items"),
    # Lists and texts that do not come.
    ("a: - b\n", "1:4", "A list cannot begin on the line of its key.", "on a line of its own"),
    ("a: -\n", "1:4", "A list cannot begin on the line of its key.", QUOTED + '"-"'),
    ("a: >5\n", "1:4", "“>5” begins a text on the lines below, but there is none.", QUOTED + '">5"'),
    ("a: |\nb: 1\n", "1:4", "“|” begins a text on the lines below, but there is none.", QUOTED + '"|"'),
]


@pytest.mark.parametrize(("text", "place", "message", "advice"), ERRORS)
def test_error_is_explained(text: str, place: str, message: str, advice: str) -> None:
    assert_fault(text, place, message, advice)


def test_a_long_value_is_cut_in_the_advice() -> None:
    (fault,) = faults_of("a: @" + "字" * 500 + "\n")
    assert fault.advice.endswith('字…"')
    assert len(fault.advice) < 150


@pytest.fixture
def chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    speak(monkeypatch, "zh")


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize(
    ("text", "place", "message", "advice"),
    [
        ("负责人：李艺\n", "1:4", "全角冒号", "“负责人: …”"),
        ("a: @张三\n", "1:4", "“@”", '"@张三"'),
        ("a: 1\na: 2\n", "2:1", "第 1 行", "保留一处"),
        ("a:\n\u3000b: 1\n", "2:1", "U+3000", "空格"),
        ("a: 谢强负责\n".encode("gbk"), "1:6", "GB18030", "UTF-8"),
        ("", "1:1", "空文件不等于空台账", "恢复"),
        ("a: &x 1\n", "1:4", "&x", '"&x 1"'),
    ],
)
def test_in_chinese(text: str | bytes, place: str, message: str, advice: str) -> None:
    (fault,) = faults_of(text)
    assert fault.place == place
    assert message in fault.message
    assert advice in fault.advice
    assert re.search("[\u4e00-\u9fff]{3}", fault.message + fault.advice)
