"""What the lines over a document or a table say: a title by how it ends, an annex, the number of a table."""

from __future__ import annotations

import pytest

from reformledger.drafting.title_lines import (
    LONGEST_TITLE,
    ends_only_title,
    ends_title,
    is_annex,
    is_title,
    may_be_of_title,
    numbers_table,
)


@pytest.mark.parametrize(
    "text",
    [
        "重点改革任务台账",
        "改革事项清单",
        "任务分解表",
        "改革任务一览",
        "深化改革工作要点",
        "攻坚实施方案",
        "重点工作计划",
        "五年立法规划",
        "全年工作打算",
        "目标管理责任书",
        "改革任务书",
    ],
)
def test_what_documents_alone_are_called_ends_a_title_wherever_it_stands(text: str) -> None:
    assert is_title(text)
    assert ends_title(text)
    assert ends_only_title(text)
    assert may_be_of_title(text)


@pytest.mark.parametrize("text", ["重点工作任务", "审批事项", "年度工作目标", "重点工作安排", "职责分工", "任务分解"])
def test_what_columns_are_called_as_well_ends_a_title_but_not_beside_headings_and_cells(text: str) -> None:
    assert is_title(text)
    assert ends_title(text)
    assert may_be_of_title(text)
    assert not ends_only_title(text)


@pytest.mark.parametrize("text", ["各界人大代表", "邀请党代表（12名）"])
def test_a_delegate_is_no_table(text: str) -> None:
    assert not any(judge(text) for judge in (is_title, ends_title, ends_only_title, may_be_of_title))


@pytest.mark.parametrize("text", ["表彰2021年先进单位", "2021年表决通过"])
def test_a_table_is_not_within_other_words(text: str) -> None:
    assert not may_be_of_title(text)


@pytest.mark.parametrize("text", ["Annual Plan", "Reform register", "milestones", "Task list"])
def test_titles_in_english_end_so_in_any_case(text: str) -> None:
    assert ends_only_title(text)
    assert may_be_of_title(text)


def test_a_bracket_may_be_behind_a_title() -> None:
    assert ends_title("改革工作要点（征求意见稿）")
    assert ends_title("改革工作要点 (摘录)")
    assert is_title("重点改革任务台账（7项）")


def test_a_year_makes_a_title_and_a_day_does_not() -> None:
    assert is_title("2021年全面深化改革")
    assert is_title("二〇二一年全面深化改革")
    assert not is_title("2021年3月5日")


@pytest.mark.parametrize("text", ["", "落实方案，形成清单", "责任部门：各计划", "台" * LONGEST_TITLE + "账台账"])
def test_a_sentence_a_label_and_what_is_too_long_are_no_title(text: str) -> None:
    assert not is_title(text)


@pytest.mark.parametrize("text", ["附件", "附件1", "附件 2", "附件二：", "附件１:"])
def test_the_line_of_an_annex_has_its_number_and_no_more(text: str) -> None:
    assert is_annex(text)
    assert numbers_table(text)
    assert not is_annex(f"{text}某局台账")


@pytest.mark.parametrize("text", ["附表", "附表1", "表 3", "表三：", "附："])
def test_a_table_with_its_number_is_no_annex(text: str) -> None:
    assert numbers_table(text)
    assert not is_annex(text)
    assert not numbers_table(f"{text}某局台账")
