"""Grids of given cells: heads, title rows, sections, notes, sums and signatures told apart from rows."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from gridded import LEFT, UP, Sample
from reformledger.drafting.source import Line
from reformledger.drafting.tables.table import ReadTable

HEAD = ("序号", "改革任务", "牵头单位", "完成时限")
ROW = ("1", "推进国企改革", "县国资局", "2021年6月")
NEXT = ("2", "推进医改", "县卫健局", "年内")


def read(*rows: Sequence[str], file: str = "sample.docx") -> tuple[list[object], Sample]:
    """Return what a grid is: texts of its lines, and for its tables the headings and the cells of the rows."""
    sample = Sample(rows, file=file)
    found: list[object] = []
    for block in sample.flow():
        if isinstance(block, Line):
            found.append(block.text.text)
        elif isinstance(block, ReadTable):
            cells = [tuple(cell.text for cell in row.cells) for row in block.rows]
            found.append((tuple(heading.text for heading in block.headings), cells))
    return found, sample


def test_a_head_and_its_rows() -> None:
    assert read(HEAD, ROW, NEXT)[0] == [(HEAD, [ROW, NEXT])]


def test_title_rows_are_lines_before_the_table() -> None:
    wide = ("2021年改革台账", LEFT, LEFT, LEFT)
    found, _sample = read(wide, ("单位：万元", "", "填报日期：2021年3月1日", ""), HEAD, ROW)
    assert found == ["2021年改革台账", "单位：万元", "填报日期：2021年3月1日", (HEAD, [ROW])]


def test_a_head_printed_again_is_laid_out() -> None:
    found, sample = read(HEAD, ROW, ("序 号", "改革\n任务", "牵头单位", "完成时限"), NEXT)
    assert found == [(HEAD, [ROW, NEXT])]
    assert "".join(sample.left()) == "".join("".join(cells) for cells in (HEAD, ROW, NEXT))


def test_another_head_begins_another_table() -> None:
    other = ("编号", "问题", "责任单位", "整改时限")
    assert read(HEAD, ROW, other, NEXT)[0] == [(HEAD, [ROW]), (other, [NEXT])]


def test_sections_and_notes_are_lines_between_tables_of_one_head() -> None:
    section = ("一、经济领域", LEFT, LEFT, LEFT)
    numbered = ("二", "社会领域", LEFT, LEFT)
    note = ("注：☆为年内须完成。", "", "", "")
    found, _sample = read(HEAD, section, ROW, numbered, NEXT, note)
    assert found == ["一、经济领域", (HEAD, [ROW]), "二、社会领域", (HEAD, [NEXT]), "注：☆为年内须完成。"]


def test_rows_that_add_up_are_asked_and_signatures_are_lines() -> None:
    found, sample = read(
        HEAD, ROW, ("小计", "1项", "", ""), NEXT, ("合计", LEFT, "2项", ""), ("审核人：甲某", "", "", "")
    )
    assert found == [(HEAD, [ROW, NEXT]), "审核人：甲某"]
    assert sample.asked() == [("row", "", "小计"), ("row", "", "1项"), ("row", "", "合计"), ("row", "", "2项")]


def test_cells_merged_over_rows_are_in_each_of_them() -> None:
    (table,), _sample = read(HEAD, ROW, ("2", "推进医改", UP, UP))
    assert table == (HEAD, [ROW, ("2", "推进医改", "县国资局", "2021年6月")])


def test_stepped_heads_are_joined_from_the_top() -> None:
    upper = ("序号", "任务", "责任分工", LEFT, "完成时限")
    lower = (UP, UP, "牵头", "配合", UP)
    headings = ("序号", "任务", "责任分工 牵头", "责任分工 配合", "完成时限")
    row = ("1", "医改", "甲局", "乙局", "年内")
    assert read(upper, lower, row)[0] == [(headings, [row])]


def test_stepped_heads_of_a_file_without_merged_cells_are_joined_too() -> None:
    upper = ("序号", "任务", "一季度", "", "牵头部门")
    lower = ("", "", "目标", "完成情况", "")
    headings = ("序号", "任务", "一季度 目标", "一季度 完成情况", "牵头部门")
    row = ("1", "办案", "5件", "6件", "一部")
    assert read(upper, lower, row, file="sample.csv")[0] == [(headings, [row])]


def test_columns_without_heading_and_cells_are_none() -> None:
    assert read((*HEAD, ""), (*ROW, ""))[0] == [(HEAD, [ROW])]


def test_the_heads_of_a_table_may_be_unknown_or_lost() -> None:
    unknown = ("代号", "要做的事", "谁")
    assert read(unknown, ("1", "修路", "甲局"), ("2", "架桥", "乙局"))[0] == [
        (unknown, [("1", "修路", "甲局"), ("2", "架桥", "乙局")])
    ]
    assert read(("1", "修路", "甲局"), ("2", "架桥", "乙局"))[0] == [
        (("", "", ""), [("1", "修路", "甲局"), ("2", "架桥", "乙局")])
    ]


CELLS = ("", "1", "2", "序号", "改革任务", "牵头单位", "一、经济", "合计", "注：甲", "审核人：乙", LEFT, "丙局")


@given(st.lists(st.lists(st.sampled_from(CELLS), min_size=4, max_size=4), max_size=6))
def test_every_cell_is_in_a_line_or_a_table_or_claimed(rows: list[list[str]]) -> None:
    sample = Sample([["" if row[0] == LEFT else row[0], *row[1:]] for row in rows])
    shown: set[int] = set()
    for block in sample.flow():
        cells = (
            [block.text]
            if isinstance(block, Line)
            else [*block.headings, *(each for row in block.rows for each in row.cells)]
        )
        shown.update(place for cell in cells for place in cell.at)
    assert {place for passage in sample.context.account.unclaimed() for place in passage.at} <= shown


def test_rows_that_add_others_up_are_no_entries_in_english_either() -> None:
    rows = [
        ("No.", "Action", "Owner"),
        ("1", "Total quality", "Office"),
        ("Total, 1 action", "", ""),
        ("", "Subtotal", "1"),
    ]
    found, sample = read(*rows)
    assert found == [(("No.", "Action", "Owner"), [("1", "Total quality", "Office")])]
    assert {question.subject for question in sample.questions} == {"row"}
