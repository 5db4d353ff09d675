"""What people mean as YAML but type otherwise: the mistyping is named, not what the parser made of it."""

from __future__ import annotations

import pytest

from texts import assert_fault, faults_of, read

COLON = "with an ASCII colon and a space"
SPACES = "ordinary spaces only"
MISTYPINGS = [
    # A full-width colon.
    ("负责人：李艺\n", "1:4", "Full-width colon after “负责人”.", COLON),
    ("a: 1\n负责人：李艺\n", "2:4", "Full-width colon after “负责人”.", COLON),
    ("a: 1\n负责人：李艺\nb: 2\n", "2:4", "Full-width colon after “负责人”.", COLON),
    ("负责人：李艺\nb: 2\n", "1:4", "Full-width colon after “负责人”.", COLON),
    ("a ：1\nb: 2\n", "1:3", "Full-width colon after “a”.", COLON),
    ("x:\n  leaders：\n    - 张\n", "2:10", "Full-width colon after “leaders”.", COLON),
    ("x:\n  负责人：\n    - 张\n", "2:6", "Full-width colon after “负责人”.", COLON),
    ("x:\n  - id：a\n    b: 1\n", "2:7", "Full-width colon after “id”.", COLON),
    ("x:\n  id：a\n", "2:5", "Full-width colon after “id”.", COLON),
    ("a: 第一行\n  负责人：李艺\n", "2:6", "Full-width colon after “负责人”.", COLON),
    # No space after the colon.
    ("title:改革\nb: 1\n", "1:6", "A space is missing after the colon.", "title: …"),
    ("year:2020\ntitle: 改革\n", "1:5", "A space is missing after the colon.", "year: …"),
    ("b: 1\nyear:2020\ntitle: 改革\n", "2:5", "A space is missing after the colon.", "year: …"),
    ("year:2020\n", "1:5", "A space is missing after the colon.", "year: …"),
    ("- a:b\n", "1:4", "A space is missing after the colon.", "a: …"),
    ("x:\n  a:b\n", "2:4", "A space is missing after the colon.", "a: …"),
    ("x:\n  - a:b\n", "2:6", "A space is missing after the colon.", "a: …"),
    ("x:\n  - a:b\n    c: 1\n", "2:6", "A space is missing after the colon.", "a: …"),
    ("x:\n  - c: 1\n    a:b\n", "3:6", "A space is missing after the colon.", "a: …"),
    ("x:\n  - - a:b\n", "2:8", "A space is missing after the colon.", "a: …"),
    ("x: 第一行\n  时限:年内\n", "2:5", "A space is missing after the colon.", "时限: …"),
    ('"a":b\n', "1:4", "A space is missing after the colon.", '"a": …'),
    ("a :b\nc: 1\n", "1:3", "A space is missing after the colon.", "a: …"),
    # Bullets that are none.
    ("a:\n  － b\n", "2:3", "“－” begins no list item.", "ASCII hyphen"),
    ("a:\n  －b\n", "2:3", "“－” begins no list item.", "ASCII hyphen"),
    ("a:\n  - b\n  － c\n", "3:3", "“－” begins no list item.", "ASCII hyphen"),
    ("a:\n  — b\n", "2:3", "“—” begins no list item.", "ASCII hyphen"),
    ("a:\n  • b\n", "2:3", "“•” begins no list item.", "ASCII hyphen"),
    ("a:\n  -b\n", "2:3", "A space is missing after the hyphen.", "“- ”"),
    ("a:\n  - b\n  -c\n", "3:3", "A space is missing after the hyphen.", "“- ”"),
    ("a:\n  -\u3000b\n", "2:4", "No ASCII space follows “-”, but U+3000 IDEOGRAPHIC SPACE.", "“- …”"),
    ("a:\n  - b\n  -\u00a0c\n", "3:4", "No ASCII space follows “-”, but U+00A0 NO-BREAK SPACE.", "“- …”"),
    # Blanks that are not spaces.
    ("a:\n\u3000\u3000b: 1\n", "2:1", "The line is indented with U+3000 IDEOGRAPHIC SPACE.", SPACES),
    ("a:\n  \u3000b: 1\n", "2:3", "The line is indented with U+3000 IDEOGRAPHIC SPACE.", SPACES),
    ("a:\n\u00a0\u00a0b: 1\n", "2:1", "The line is indented with U+00A0 NO-BREAK SPACE.", SPACES),
    ("a:\n\u2003b: 1\n", "2:1", "The line is indented with U+2003 EM SPACE.", SPACES),
    ("a:\n\u200bb: 1\n", "2:1", "The line is indented with U+200B ZERO WIDTH SPACE.", SPACES),
    ("a: 1\n\u3000b: 2\n", "2:1", "The line is indented with U+3000 IDEOGRAPHIC SPACE.", SPACES),
    ("a:\n\tb: 1\n", "2:1", "The line is indented with U+0009 TAB.", SPACES),
    ("a:\n  b: 1\n  \tc: 2\n", "3:3", "The line is indented with U+0009 TAB.", SPACES),
    ("a: 1\n\tb: 2\n", "2:1", "The line is indented with U+0009 TAB.", SPACES),
    ("a:\n  -\tb\n", "2:4", "U+0009 TAB stands where only ordinary spaces may.", "Replace it by a space"),
    # A comment that was hardly meant as one.
    ("a: 改革 #1\n", "1:7", "A “#” after a space begins a comment", 'write it in quotes: "改革 #1"'),
    ("a: #1 学校\n", "1:4", "A “#” after a space begins a comment", 'write it in quotes: "#1 学校"'),
    ("a:\n  - #1\n", "2:5", "A “#” after a space begins a comment", 'write it in quotes: "#1"'),
    ("a: 改革\t#1\n", "1:7", "A “#” after a space begins a comment", "write a space after “#”"),
    ('a: "改革"#1\n', "1:8", "A “#” behind the closing quote begins a comment", "inside the quotes"),
    ("a: 'b'#1\n", "1:7", "A “#” behind the closing quote begins a comment", "inside the quotes"),
]


@pytest.mark.parametrize(("text", "place", "message", "advice"), MISTYPINGS)
def test_mistyping_is_named(text: str, place: str, message: str, advice: str) -> None:
    assert_fault(text, place, message, advice)


BLANKS = {
    "\u3000": "U+3000 IDEOGRAPHIC SPACE",
    "\u00a0": "U+00A0 NO-BREAK SPACE",
    "\u2002": "U+2002 EN SPACE",
    "\u202f": "U+202F NARROW NO-BREAK SPACE",
    "\u200b": "U+200B ZERO WIDTH SPACE",
}
# `_` is the blank behind a colon; where it is.
BLANK_AFTER_COLON = [
    ("a:_b\n", "1:3"),
    ("a:_b", "1:3"),
    ("a:_\n", "1:3"),
    ("a:_\n  b: 1\n", "1:3"),
    ("a:__b\n", "1:3"),
    ("a:_ b\n", "1:3"),
    ("完成时限:_年内\n", "1:6"),
    ("a:_b\nc: 1\n", "1:3"),
    ("c: 1\na:_b\n", "2:3"),
    ("c: 1\r\na:_b\r\nd: 2\r\n", "2:3"),
    ("- a:_b\n", "1:5"),
    ("x:\n  a:_b\n", "2:5"),
    ("x:\n  c: 1\n  a:_b\n", "3:5"),
    ("x:\n  - a:_b\n", "2:7"),
    ("x:\n  - a:_b\n    c: 1\n", "2:7"),
    ("x:\n  - c: 1\n    a:_b\n", "3:7"),
    ("x:\n  - c\n  - a:_b\n", "3:7"),
    ("x:\n  - - a:_b\n", "2:9"),
    ("x: 第一行\n  a:_b\n", "2:5"),
    ('c: 1\n"a":_b\n', "2:5"),
]


@pytest.mark.parametrize(("text", "place"), BLANK_AFTER_COLON)
@pytest.mark.parametrize("blank", BLANKS)
def test_blank_in_the_place_of_the_space_after_a_colon_is_named(text: str, place: str, blank: str) -> None:
    assert_fault(text.replace("_", blank), place, "No ASCII space follows “", "…”; if it is text, put it in double")
    assert BLANKS[blank] in faults_of(text.replace("_", blank))[0].message


@pytest.mark.parametrize("value", ["甲:乙", "甲:\u3000乙", "9:30", "9:30—11:00", "http://x.cn:80/a:b", "a:b", "c:\\d"])
def test_colon_inside_of_a_value_is_text(value: str) -> None:
    assert read(f"x: {value}\n") == {"x": value}


@pytest.mark.parametrize(
    "value", ["甲:乙", "9:30", "9:30开会", "http://x.cn/a", "mailto:a@b.cn", "host:80", "c:\\d", "A:b"]
)
def test_what_a_value_may_begin_with_is_text(value: str) -> None:
    assert read(f"x:\n  {value}\ny:\n  - {value}\n") == {"x": value, "y": [value]}


@pytest.mark.parametrize("text", ["|-\n  {}\n  {}", ">-\n  {}\n\n  {}", '"{}\n\n  {}"', "'{}\n\n  {}'"])
def test_colon_and_blank_are_text_in_quotes_and_blocks(text: str) -> None:
    assert read("x: " + text.format("a:\u3000b", "-\u3000c:d")) == {"x": "a:\u3000b\n-\u3000c:d"}


TEXTS = [
    ("a: 负责人：李艺\n", "负责人：李艺"),
    ('a: "\n  负责人：李艺"\n', " 负责人：李艺"),
    ("a: |\n  leaders：李艺\n  － b\n  -c\n", "leaders：李艺\n－ b\n-c\n"),
    ("a: >-\n  第一\n  第二\n", "第一 第二"),
    ("a: 第一\n  第二\n", "第一 第二"),
    ("a: 12:30\n", "12:30"),
    ("a: http://example.org/x#1\n", "http://example.org/x#1"),
    ("a: 3:1\n", "3:1"),
    ("a: -5\n", "-5"),
    ("a: —\n", "—"),
    ("a: 一—二\n", "一—二"),
    ("a: b#c\n", "b#c"),
    ("a: b # 注\n", "b"),
    ("a: b #\n", "b"),
    ("a: b ## 注\n", "b"),
    ('a: "b" #注\n', "b"),
    ('a: "b\'#c"\n', "b'#c"),
    ("a: '\"#c'\n", '"#c'),
    ("a: | #注\n  b'#c\n", "b'#c\n"),
    ("a:\t1\n", "1"),
    ("a: 1\t\n", "1"),
    ("a: 1 \t \n", "1"),
]


@pytest.mark.parametrize(("text", "value"), TEXTS)
def test_same_characters_are_text_where_they_may_be(text: str, value: str) -> None:
    assert read(text) == {"a": value}


def test_mistypings_inside_comments_do_not_matter() -> None:
    text = "# 负责人：李艺\n  # leaders：x\n#\t- b\na: 1 # id：1\n\t# 注\n"
    assert [fault.place for fault in faults_of(text)] == ["5:1"]  # a tab before a comment: libyaml refuses it
    assert read(text.replace("\t# 注", "  # 注")) == {"a": "1"}


def test_every_mistyping_of_a_text_is_reported() -> None:
    text = "a:\n  leaders：张\nx:\n  - id：a\n  -b\n"
    assert [fault.place for fault in faults_of(text)] == ["2:10", "4:7", "5:3"]
