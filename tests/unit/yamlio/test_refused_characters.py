"""Characters that no text of ours holds: refused in the raw text, wherever they are, and as escapes."""

from __future__ import annotations

import pytest

from reformledger.yamlio import YamlError
from texts import assert_fault, faults_of, read

NO_PLACE = [
    ("\x00", "U+0000 NULL"),
    ("\x07", "U+0007 BELL"),
    ("\x08", "U+0008 BACKSPACE"),
    ("\x0b", "U+000B LINE TABULATION"),
    ("\x0c", "U+000C FORM FEED"),
    ("\x1b", "U+001B ESCAPE"),
    ("\x1f", "U+001F CONTROL CHARACTER"),
    ("\x7f", "U+007F DELETE"),
    ("\x80", "U+0080 CONTROL CHARACTER"),
    ("\x9b", "U+009B CONTROL CHARACTER"),
    ("\ufdd0", "U+FDD0 NONCHARACTER"),
    ("\ufffe", "U+FFFE NONCHARACTER"),
    ("\uffff", "U+FFFF NONCHARACTER"),
]
BREAKS = [
    ("\x85", "U+0085 NEXT LINE"),
    ("\u2028", "U+2028 LINE SEPARATOR"),
    ("\u2029", "U+2029 PARAGRAPH SEPARATOR"),
]
# Where a character may be in a line, and in which column it is then.
AROUND = [
    ("a: x{}y\n", 5),
    ("a: '{}'\n", 5),
    ("{}a: x\n", 1),
    ("a{}: x\n", 2),
    ("a: x # y{}\n", 9),
    ("# {}\na: x\n", 3),
]


@pytest.mark.parametrize(("around", "column"), AROUND)
@pytest.mark.parametrize(("character", "name"), NO_PLACE)
def test_control_character_is_named(character: str, name: str, around: str, column: int) -> None:
    assert_fault(around.format(character), f"1:{column}", f"{name} has no place in a text.", "Delete it.")


@pytest.mark.parametrize(("around", "column"), AROUND)
@pytest.mark.parametrize(("character", "name"), BREAKS)
def test_break_that_nobody_sees_is_named_even_in_a_comment(character: str, name: str, around: str, column: int) -> None:
    message = f"{name} would break the line here without being seen."
    assert_fault(around.format(character), f"1:{column}", message, "Word or a PDF")


@pytest.mark.parametrize("character", ["\x85", "\u2028", "\u2029"])
def test_state_hidden_in_a_comment_is_not_read(character: str) -> None:
    """YAML 1.1 would read 完成: the character ends the comment."""
    faults = faults_of(f"状态: 未完成 # x{character}状态: 完成\n")
    assert [fault.place for fault in faults] == ["1:12"]


@pytest.mark.parametrize("text", ["a: \ufeffx\n", "a: 1\n\ufeffb: 2\n", "\ufeff\ufeffa: 1\n"])
def test_byte_order_mark_inside_is_refused(text: str) -> None:
    (fault,) = faults_of(text)
    assert fault.message == "U+FEFF ZERO WIDTH NO-BREAK SPACE inside the text: two files joined?"


def test_every_such_character_of_a_text_is_reported() -> None:
    faults = faults_of("a: \x01\nb: x\u2028\nc: %1\n")
    assert [fault.place for fault in faults] == ["1:4", "2:5", "3:4"]


@pytest.mark.parametrize(("text", "place"), [("a: b\rc: d\r", "1:5"), ("a: b\nc: d\re: f\r\n", "2:5"), ("\r", "1:1")])
def test_lone_carriage_return_is_refused_where_it_first_stands(text: str, place: str) -> None:
    assert_fault(text, place, "A lone carriage return ends this line.", "line endings of Windows or Linux")


ESCAPES = [
    (r"\0", "U+0000 NULL"),
    (r"\x00", "U+0000 NULL"),
    (r"\e[31m", "U+001B ESCAPE"),
    (r"\a", "U+0007 BELL"),
    (r"\b", "U+0008 BACKSPACE"),
    (r"\r", "U+000D CARRIAGE RETURN"),
    (r"\N", "U+0085 NEXT LINE"),
    (r"\L", "U+2028 LINE SEPARATOR"),
    (r"\P", "U+2029 PARAGRAPH SEPARATOR"),
    (r"\ufeff", "U+FEFF ZERO WIDTH NO-BREAK SPACE"),
    (r"\uffff", "U+FFFF NONCHARACTER"),
]


@pytest.mark.parametrize(("escape", "name"), ESCAPES)
def test_escape_of_such_a_sign_is_refused(escape: str, name: str) -> None:
    text = f'a: "x{escape}"\n'
    assert_fault(text, "1:4", f"An escape stands for {name}, which has no place in a text.", "use single quotes")


@pytest.mark.parametrize("escape", [r"\ud800", r"\udfff", r"\ud83d\ude00", r"\U00110000", r"\q", r"\x1", r"\u12"])
def test_escape_of_no_character_is_refused(escape: str) -> None:
    written = escape[:6]
    assert_fault(f'a: "x{escape}"\n', "1:6", f"“{written}” is no character", "Use single quotes")


def test_escapes_of_characters_are_read() -> None:
    assert read(r'a: "\u674e\t\"\\\/\n\U0001F600\x41"') == {"a": '李\t"\\/\n😀A'}


@pytest.mark.parametrize("character", ["\t", "\u200b", "\u00a0", "\u3000", "\ufffd", "\u202e", "\ue000", "😀", "𠮷"])
def test_other_characters_are_text(character: str) -> None:
    assert read(f"a: x{character}y\n") == {"a": f"x{character}y"}


def test_of_all_characters_exactly_these_are_refused() -> None:
    """C0 and C1 but tab and line feed, DEL, U+2028 and U+2029, U+FEFF, and the noncharacters of the basic plane."""
    refused = {*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029, 0xFEFF, *range(0xFDD0, 0xFDF0), 0xFFFE, 0xFFFF}
    refused -= {*b"\t\n\r"}  # a lone carriage return is refused for what it does to the line
    characters = [code for code in range(0x10000) if not 0xD800 <= code < 0xE000]
    assert {code for code in characters if is_named(code)} == refused


def is_named(code: int) -> bool:
    """A file with this character in a comment is refused, and the character is named by its code."""
    try:
        read(f"# 改{chr(code)}\na: b\n")
    except YamlError as error:
        return error.faults[0].message.startswith(f"U+{code:04X} ")
    return False


def test_what_ledgers_are_written_with_is_text() -> None:
    assert read("title: “上会”（☆）·阿米尔 90％ é 𠮷\r\nname: 李艺\n") == {
        "title": "“上会”（☆）·阿米尔 90％ é 𠮷",
        "name": "李艺",
    }
