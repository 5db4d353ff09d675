"""What is read: every scalar as the text that is written, in each of YAML's styles; no type is guessed."""

from __future__ import annotations

import pytest
import yaml

from damaged import SHIPPED
from texts import read

WORDS = """
0107654321 12:30 NO no yes true False on off 2020.10 1_000 2020-12 2020-12-31 2021-02-30 08 0o17 0x1F 1e3 +1 -1 .5
.inf .NaN = nUlL nulL 13908146584 190:20:30 <<x ☆ 〇 100% a:b a#b a&b a*b [ab] 2020年12月底前
"""
SPELLINGS = WORDS.split()


@pytest.mark.parametrize("value", [spelling for spelling in SPELLINGS if not spelling.startswith("[")])
def test_every_scalar_is_the_text_that_is_written(value: str) -> None:
    assert read(f"a: {value}\n") == {"a": value}


@pytest.mark.parametrize("value", SPELLINGS)
@pytest.mark.parametrize("quote", ["'", '"'])
def test_quoted_or_not_makes_no_difference(value: str, quote: str) -> None:
    assert read(f"a: {quote}{value}{quote}\n") == {"a": value}


@pytest.mark.parametrize("value", ["~", "null", "Null", "NULL", "<<"])
@pytest.mark.parametrize("quote", ["'", '"'])
def test_what_is_refused_plain_is_text_in_quotes(value: str, quote: str) -> None:
    assert read(f"a: {quote}{value}{quote}\n") == {"a": value}


def test_blank_is_none_and_quoted_blank_is_text() -> None:
    assert read("a:\nb: ''\nc: [d, '']\ne:\n  -\n  - f\n") == {
        "a": None,
        "b": "",
        "c": ["d", ""],
        "e": [None, "f"],
    }


# The styles, after chapters 6 to 8 of the YAML specification

STYLES = [
    # plain
    ("a: b c\n", "b c"),
    ("a: b\n  c\n", "b c"),
    ("a: b\n\n  c\n", "b\nc"),
    ("a:   b  c   \n", "b  c"),
    ("a: b'c\"d\n", "b'c\"d"),
    ("a: b:c,d[e]{f}\n", "b:c,d[e]{f}"),
    ("a: b\\n\n", "b\\n"),
    ("a:\n  b\n", "b"),
    # single quotes
    ("a: 'b''c'\n", "b'c"),
    ("a: '\\n'\n", "\\n"),
    ("a: 'b\n  c'\n", "b c"),
    ("a: ' b '\n", " b "),
    # double quotes
    ('a: "b\\n\\tc"\n', "b\n\tc"),
    ('a: "b\n  c\n\n  d"\n', "b c\nd"),
    ('a: "b\\\n  c"\n', "bc"),
    ('a: "\\u653f\\U0001F600\\xe9"\n', "政😀é"),
    # literal: line breaks kept; the last one kept, stripped, or all kept
    ("a: |\n  b\n   c\n\n  d\n", "b\n c\n\nd\n"),
    ("a: |-\n  b\n\n", "b"),
    ("a: |+\n  b\n\n", "b\n\n"),
    ("a: |2\n    b\n", "  b\n"),
    ("a: | # 注\n  b # c\n", "b # c\n"),
    ("a: |\n  b: c\n  - d\n  % * & ! @\n", "b: c\n- d\n% * & ! @\n"),
    # folded: one break is a space, a blank line a break, more indented lines stay
    ("a: >\n  b\n  c\n\n  d\n", "b c\nd\n"),
    ("a: >-\n  b\n    c\n  d\n", "b\n  c\nd"),
    # inside brackets
    ("a: [b, 'c', \"d\", e f, ]\n", ["b", "c", "d", "e f"]),
    ("a: [b,\n  c]\n", ["b", "c"]),
    ("a: {b: c, 'd': \"e\", f: }\n", {"b": "c", "d": "e", "f": None}),
    ('a: {"b":c}\n', {"b": "c"}),
    # lists at the indentation of their key, keys on the line of their item
    ("a:\n- b\n- c\n", ["b", "c"]),
    ("a:\n  - b: 1\n    c: 2\n  - d: 3\n", [{"b": "1", "c": "2"}, {"d": "3"}]),
    ("a:\n  - - b\n    - c\n  - d\n", [["b", "c"], "d"]),
    ("--- # 注\na: b\n...\n# 完\n", "b"),
    ("? a\n: b\n", "b"),
]


@pytest.mark.parametrize("line_break", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize(("text", "value"), STYLES)
def test_style(text: str, value: object, line_break: str) -> None:
    assert read(text.replace("\n", line_break)) == {"a": value}


@pytest.mark.parametrize("raw", SHIPPED)
def test_shipped_documents_read_as_another_parser_reads_them(raw: bytes) -> None:
    """PyYAML's loader of untyped text gives blank values as blank text; the shipped documents hold none."""
    assert read(raw) == yaml.load(raw, Loader=yaml.BaseLoader)


def test_a_document_in_many_styles_is_read_as_it_is_meant() -> None:
    text = """\
# 攀枝花市教育和体育局
kind: ledger
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
"""
    assert read(text) == {
        "kind": "ledger",
        "number": "1",
        "title": "改革 方案",
        "text": "公办 幼儿园",
        "basis": "R&D, A & B, http://a.cn/?a=1&b=2, 好!",
        "name": "José 阿米尔·吐尔逊",
        "remark": None,
        "leaders": ["刘自力", "彭格"],
        "folded": "第一行 第二行",
        "literal": "一、\n二、\n",
    }
