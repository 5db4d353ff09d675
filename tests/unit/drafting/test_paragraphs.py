"""Paragraphs: lines of a page joined, numbers told from what they number, and what only a page needs laid out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pasted_text import POINTS, context_of, lines_of, paragraphs_of, stripped, wrapped
from reformledger.drafting.notices.paragraphs import paragraphs


def texts(text: str) -> list[str]:
    return [paragraph.text.text for paragraph in paragraphs_of(text)]


def layout(text: str, kind: str) -> list[str]:
    context = context_of(text)
    paragraphs(lines_of(context), context.account)
    source = context.account.source.text
    return [
        source[span.start : span.end] for span in context.account.spans() if getattr(span.claim, "kind", "") == kind
    ]


def test_the_notice_has_a_paragraph_for_each_heading_and_point() -> None:
    found = paragraphs_of(POINTS)
    assert [p.number.text for p in found if p.level == 1] == [f"{han}、" for han in "一二三四五六七"]
    assert [p.number.text for p in found if p.level == 3] == [f"{number}．" for number in range(1, 16)]
    assert found[3].text.text == (
        "各县（区）教育和体育局、钒钛高新区（钒钛新城）社会管理局，各直属事业单位（学校），机关各科（室）："
    )
    assert found[14].body.text.endswith(
        "（牵头领导：谢强，责任部门：法规科，机关各科（室）、直属各事业单位，完成时限：2020年12月）"
    )


@pytest.mark.parametrize("width", [15, 22, 28, 40, 57, 100])
def test_a_text_broken_anew_has_the_same_points(width: int) -> None:
    wanted = [p.text.text for p in paragraphs_of(POINTS) if p.number]
    assert [p.text.text.replace(" ", "") for p in paragraphs_of(wrapped(POINTS, width)) if p.number] == [
        text.replace(" ", "") for text in wanted
    ]


def test_a_text_without_blanks_at_its_line_ends_has_the_same_points_but_for_a_bracket() -> None:
    """The last bracket of the notice is printed on a line of its own behind a short one: it may be a paragraph."""
    wanted = [p.text.text for p in paragraphs_of(POINTS)]
    found = texts(stripped(POINTS))
    assert found[:-2] == wanted[:-1]
    assert "".join(found[-2:]) == wanted[-1]


@pytest.mark.parametrize(
    ("line", "number", "body", "level"),
    [
        ("一、创新融入", "一、", "创新融入", 1),
        ("十二、创新融入", "十二、", "创新融入", 1),
        ("第一章 总则", "第一章", "总则", 1),
        ("（一）扩大投资", "（一）", "扩大投资", 2),
        ("(一) 扩大投资", "(一)", "扩大投资", 2),
        ("1．推进", "1．", "推进", 3),
        ("1. 推进", "1.", "推进", 3),
        ("80、推进", "80、", "推进", 3),
        ("１．推进", "１．", "推进", 3),
        ("（1）推进", "（1）", "推进", 4),
        ("1）推进", "1）", "推进", 4),
        ("①推进", "①", "推进", 5),
        ("2020年完成4所公办幼儿园建设。", "", "2020年完成4所公办幼儿园建设。", 0),
        ("12月底前完成。", "", "12月底前完成。", 0),
        ("4 所幼儿园建成。", "", "4所幼儿园建成。", 0),
        ("1.5亿元投资到位。", "", "1.5亿元投资到位。", 0),
        ("一、二年级学生参加。", "", "一、二年级学生参加。", 0),
        ("一般公共预算收入增长。", "", "一般公共预算收入增长。", 0),
    ],
)
def test_a_number_is_told_from_what_it_numbers(line: str, number: str, body: str, level: int) -> None:
    (paragraph,) = paragraphs_of(f"{line}\n")
    assert (paragraph.number.text, paragraph.body.text, paragraph.level) == (number, body, level)


@pytest.mark.parametrize(
    ("lines", "numbers"),
    [
        (["1 ★地区生产总值增长。", "2 ★工业增加值增长。"], ["1", "2"]),
        (["80 推行一窗受理", "81 清理证明事项"], ["80", "81"]),
        (["1.1 开展讲座", "1.2 修订方案"], ["1.1", "1.2"]),
        (["R1 数据泄露", "R2 停电"], ["R1", "R2"]),
        (["1 项试点通过验收。", "后续跟进。"], ["", ""]),
        (["5 上海路学校建成。", "按期投用。"], ["", ""]),
    ],
)
def test_a_number_with_a_blank_behind_it_counts_beside_another(lines: list[str], numbers: list[str]) -> None:
    assert [p.number.text for p in paragraphs_of("\n".join(lines) + "\n")] == numbers


WIDE = "认真落实国家和省市关于加强教师队伍建设的各项要求和"
"""A full line."""
FIRST = f"1．推进教师培训，{WIDE[9:]}"
"""The first line of a point, as full."""


def test_a_page_number_in_the_middle_of_a_sentence_is_laid_out() -> None:
    text = f"{FIRST}\n{WIDE}\n— 3 —\n规定。\n2．推进校长轮岗。\n- 4 -\n第5页\n"
    assert texts(text) == [f"{FIRST}{WIDE}规定。", "2．推进校长轮岗。"]
    assert layout(text, "page number") == ["— 3 —", "- 4 -", "第5页"]


def test_a_lone_digit_is_a_page_number_at_a_page_break_only() -> None:
    assert layout("甲。\n3\n\f乙。\n", "page number") == ["3"]
    assert layout("甲。\n3\n乙。\n", "page number") == []


def test_the_heading_of_a_page_that_repeats_one_before_is_laid_out() -> None:
    text = f"某局2021年工作要点\n{FIRST}\n{WIDE}\n- 3 -\n某局2021年工作要点\n规定。\n"
    assert texts(text) == ["某局2021年工作要点", f"{FIRST}{WIDE}规定。"]
    assert layout(text, "repeated heading") == ["某局2021年工作要点"]


def test_a_line_that_interrupts_a_sentence_is_in_no_paragraph() -> None:
    text = f"{FIRST}\n{WIDE}\n某局文件\n规定，{WIDE[3:]}\n切实做好保障。\n"
    assert texts(text) == [f"{FIRST}{WIDE}规定，{WIDE[3:]}切实做好保障。"]


def test_lines_of_a_text_that_is_not_broken_are_paragraphs() -> None:
    text = "某县2021年工作清单\n1.深化国企改革\n推进试点。完善考核。\n牵头单位：市国资委\n2.深化财税改革\n健全制度。\n"
    assert texts(text) == text.splitlines()


def test_paragraphs_of_a_word_document_are_whole() -> None:
    lines = ["（未闭合的括号", "仍是下一段", "3", "- 4 -"]
    found = paragraphs_of("\n".join(lines) + "\n", are_whole=True)
    assert [p.text.text for p in found] == lines


def test_english_lines_are_joined_with_a_blank() -> None:
    line = "The office keeps a register of all risks and reviews"
    assert texts(f"{line}\n{line}\n{line}\nit.\n") == [f"{line} {line} {line} it."]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, len(POINTS)), max_size=6), st.sampled_from(["", "\n", " ", "（", "\f", "3"]))
def test_no_character_is_in_two_paragraphs_and_none_is_made_up(places: list[int], put_in: str) -> None:
    text = POINTS
    for place in sorted(places, reverse=True):
        text = text[:place] + put_in + text[place + 1 :]
    context = context_of(text)
    source = context.account.source.text
    seen: set[int] = set()
    for paragraph in paragraphs(lines_of(context), context.account):
        for character, place in zip(paragraph.text.text, paragraph.text.at, strict=True):
            assert character == source[place] or character.isspace()
            if not character.isspace():
                assert place not in seen
                seen.add(place)
