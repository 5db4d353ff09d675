"""Bytes to text: UTF-8 alone; every other encoding is named, with how to save it anew."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from conftest import LEDGERS
from reformledger.yamlio import read_yaml
from texts import assert_fault, faults_of, read

BYTES = LEDGERS / "bytes"
SENTENCE = "kind: ledger\ntitle: 谢强负责的改革任务\n"
# Files as other programs save them: what is said, and where (0:0 is the file as a whole).
FILES = {
    "beyond.yaml": ("3:9", "Damaged UTF-8: F4 90 80 80 is beyond the last character.", "Delete it"),
    "damaged.yaml": ("3:9", "Damaged UTF-8: BC is no character.", "type the character again"),
    "excel.xlsx.yaml": ("0:0", "This is an Excel, Word or WPS file", "Give the YAML file"),
    "gb18030.yaml": ("1:3", "The file is not UTF-8; it looks like GB18030 (GBK).", "Save it as UTF-8"),
    "gbk_line_in_utf8.yaml": (
        "4:4",
        "This line looks like GB18030 (GBK), in a file that is UTF-8",
        "Type the line again",
    ),
    "gbk_valid_as_utf8.yaml": ("2:9", "“лǿ” looks like “谢强” saved as GBK and read as UTF-8.", "Save it as UTF-8"),
    "latin1.yaml": ("1:11", "Not UTF-8: the byte E9", "Save it as UTF-8"),
    "lone_return.yaml": ("1:13", "A lone carriage return ends this line.", "line endings of Windows or Linux"),
    "overlong.yaml": ("3:11", "Damaged UTF-8: C0 AF is an overlong form of U+002F SOLIDUS.", "Delete it"),
    "overlong_in_ascii.yaml": ("2:9", "Damaged UTF-8: C0 AF is an overlong form of U+002F SOLIDUS.", "Delete it"),
    "surrogate.yaml": ("2:8", "Half a character: the lone surrogate U+D83D.", "Delete it"),
    "torn.yaml": ("2:9", "The file ends in the middle of a character.", "cut off"),
    "utf16_be.yaml": ("0:0", "The file is encoded in UTF-16, not in UTF-8.", "Save it as UTF-8"),
    "utf16_le.yaml": ("0:0", "The file is encoded in UTF-16, not in UTF-8.", "Notepad"),
    "utf16_no_mark.yaml": ("0:0", "The file is encoded in UTF-16, not in UTF-8.", "WPS"),
    "utf32.yaml": ("0:0", "The file is encoded in UTF-32, not in UTF-8.", "Save it as UTF-8"),
}


def test_every_file_of_odd_bytes_is_expected() -> None:
    assert {path.name for path in BYTES.iterdir()} == FILES.keys()


@pytest.mark.parametrize("name", FILES)
def test_file_of_odd_bytes(name: str) -> None:
    assert_fault((BYTES / name).read_bytes(), *FILES[name])


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"])
def test_wider_utf_is_named_with_and_without_mark(codec: str) -> None:
    name = codec[:6].upper()
    assert_fault(SENTENCE.encode(codec), "0:0", f"The file is encoded in {name}, not in UTF-8.", "Save it as UTF-8")


@pytest.mark.parametrize("codec", ["gbk", "gb18030", "gb2312"])
def test_chinese_encoding_is_named_at_its_first_byte(codec: str) -> None:
    assert_fault(SENTENCE.encode(codec), "2:10", "The file is not UTF-8; it looks like GB18030 (GBK).", "WPS")


def test_gbk_is_named_even_where_some_of_its_lines_happen_to_be_utf8() -> None:
    assert_fault("a: 谢强\nb: 负责人\n".encode("gbk"), "2:4", "The file is not UTF-8; it looks like GB18030", "Save it")


def test_each_gbk_line_of_a_file_joined_of_both_is_reported() -> None:
    raw = "a: 谢强\nb: 教育\nc: 体育\n".encode() + "d: 负责人\n".encode("gbk") + "e: 单位\n".encode("gbk")
    assert [fault.place for fault in faults_of(raw)] == ["4:4", "5:4"]


# The common characters of GB 2312, its first level.
COMMON = "".join(bytes([row, cell]).decode("gb2312") for row in range(0xB0, 0xD7) for cell in range(0xA1, 0xFF))
LINES = st.lists(st.text("教育体育改革任务谢强负责的、（2020年）☆𠮷é", max_size=20), min_size=1, max_size=6)


@given(LINES, st.floats(0, 1, exclude_max=True), st.sampled_from(["change", "lose", "add"]), st.integers(0, 0xFF))
def test_utf8_with_one_damaged_byte_is_never_called_anything_else(
    lines: list[str], where: float, how: str, byte: int
) -> None:
    sound = "".join(f"k{number}: 单{line}位\n" for number, line in enumerate(lines)).encode()
    at = int(where * len(sound))
    raw = sound[:at] + (b"" if how == "lose" else bytes([byte])) + sound[at + (how != "add") :]
    good = raw.decode("utf-8", "replace").split("\N{REPLACEMENT CHARACTER}")[0]
    assume(len(good.encode()) < len(raw))
    assume(how == "lose" or byte != ord("\n"))  # it would make two lines, each with half a character
    (fault,) = faults_of(raw)
    assert fault.place == f"{good.count(chr(10)) + 1}:{len(good) - good.rfind(chr(10))}"
    assert re.match("Damaged UTF-8: |Half a character: |The file ends in the middle", fault.message)


@pytest.mark.parametrize("codec", ["gbk", "gb18030"])
@given(lines=st.lists(st.text(COMMON, min_size=3, max_size=20), min_size=2, max_size=6))
def test_text_in_gbk_is_never_called_anything_else(codec: str, lines: list[str]) -> None:
    raw = "".join(f"k{number}: {line}\n" for number, line in enumerate(lines)).encode(codec)
    try:
        raw.decode()
    except UnicodeDecodeError:
        assert [fault.message for fault in faults_of(raw)] == ["The file is not UTF-8; it looks like GB18030 (GBK)."]
    else:
        assert all("saved as GBK" in fault.message for fault in faults_of(raw))


@pytest.mark.parametrize("sequence", ["C0 80", "C1 BF", "E0 80 80", "E0 9F BF", "F0 80 80 80", "F0 8F BF BF"])
@pytest.mark.parametrize("around", ["a: {}\n", "a: 谢强\nb: {}\n", "a: 谢{}强\n", "{}: 1\n"])
def test_overlong_form_is_named_and_not_called_gbk(sequence: str, around: str) -> None:
    before, after = around.encode().split(b"{}")
    (fault,) = faults_of(before + bytes.fromhex(sequence) + after)
    line, column = before.count(b"\n") + 1, len(before.decode().split("\n")[-1]) + 1
    assert fault.place == f"{line}:{column}"
    assert fault.message.startswith(f"Damaged UTF-8: {sequence} is an overlong form of U+")


@pytest.mark.parametrize("text", ["title: 负责人\n", "负责人: 谢强", "a: 😀\n", "# 𠮷\na: b\n"])
def test_utf8_is_read_with_and_without_a_mark(text: str) -> None:
    assert read(b"\xef\xbb\xbf" + text.encode()) == read(text)


def test_mark_is_taken_off_and_remembered() -> None:
    tree = read_yaml("\ufeffa: 谢强\n".encode())
    assert (tree.bom, tree.text) == (True, "a: 谢强\n")


def test_places_do_not_count_the_mark() -> None:
    assert faults_of("\ufeffa: %1\n")[0].place == "1:4"


def test_line_endings_of_windows_are_accepted() -> None:
    assert read("a: 谢强\r\nb:\r\n  - 一\r\nc: |\r\n  二\r\n  三\r\n") == {"a": "谢强", "b": ["一"], "c": "二\n三\n"}


@pytest.mark.parametrize(
    "letters",
    ["лǿ", "ѧУ", "謡", "谢强", "é", "naïve", "nǚ", "lǜ", "β", "Москва", "Сам", "Ἀθῆναι", "ˈʃanˈxai", "Пётр", "½", "×",
     "c\u0327a", "A\u0323\u0302", "e\u0328\u0301", "fac\u0327ade", "éc\u0327", "mi\u0306\u0323n", "nu\u0308\u030c",
     "t\u0361s", "kʰ", "tʲe", "ǎ\u0323", "α\u0345", "\u0327", "\u0323\u0327"],
)  # fmt: skip
def test_letters_are_reported_only_where_they_are_common_chinese_in_gbk(letters: str) -> None:
    text = f"a: {letters}\n"
    if letters in {"лǿ", "ѧУ", "\u0327", "\u0323\u0327"}:  # 谢强, 学校, 抬, 蹋抬
        assert "saved as GBK and read as UTF-8" in faults_of(text)[0].message
    else:
        assert read(text) == {"a": letters}


@pytest.mark.parametrize("name", ["谢强", "学校", "教师", "单位", "改革"])
def test_name_that_is_valid_utf8_in_gbk_by_accident_is_never_read(name: str) -> None:
    """Each of these is, in GBK, either no UTF-8 or letters that are reported as misread."""
    assert faults_of(f"a: {name}\n".encode("gbk"))


def test_reported_letters_that_are_meant_can_be_written_as_the_advice_says() -> None:
    advice = faults_of("a: лǿ\n")[0].advice
    escaped = advice[advice.rindex('"\\u') :].rstrip(".")
    assert read(f"a: {escaped}\n") == {"a": "лǿ"}
