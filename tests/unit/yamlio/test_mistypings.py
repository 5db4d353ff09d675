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
    # Bullets that are none.
    ("a:\n  － b\n", "2:3", "“－” begins no list item.", "ASCII hyphen"),
    ("a:\n  －b\n", "2:3", "“－” begins no list item.", "ASCII hyphen"),
    ("a:\n  - b\n  － c\n", "3:3", "“－” begins no list item.", "ASCII hyphen"),
    ("a:\n  — b\n", "2:3", "“—” begins no list item.", "ASCII hyphen"),
    ("a:\n  • b\n", "2:3", "“•” begins no list item.", "ASCII hyphen"),
    ("a:\n  -b\n", "2:3", "A space is missing after the hyphen.", "“- ”"),
    ("a:\n  - b\n  -c\n", "3:3", "A space is missing after the hyphen.", "“- ”"),
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
