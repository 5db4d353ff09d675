"""Records printed as lines with a label each, as web pages print 民生实事: a table, a record a row."""

from __future__ import annotations

from typing import Any

import pytest

from gridded import Sample
from reformledger.drafting.aligning.tables import tables_in
from reformledger.drafting.source import Line
from reformledger.drafting.tables.parts import read_ledger

TITLE = "某县2022年民生实事项目"
FIRST = ["项目名称：新建养老服务站", "建设内容：新建20个，改造10个。", "责任单位：县民政局", "完成时限：2022年12月"]
SECOND = ["项目名称：改造农村公路", "建设内容：改造县道。", "责任单位：县交通局、县财政局", "完成时限：2022年10月"]
ROWS = [
    {
        "title": "新建养老服务站",
        "text": "新建20个，改造10个。",
        "lead_departments": ["县民政局"],
        "due": "2022年12月",
    },
    {
        "title": "改造农村公路",
        "text": "改造县道。",
        "lead_departments": ["县交通局", "县财政局"],
        "due": "2022年10月",
    },
]


def drafted(*lines: str) -> tuple[list[list[dict[str, Any]]], Sample]:
    """Return the rows of each table that lines are drafted as, and the sample that has been asked about."""
    sample = Sample(*lines, year=2022)
    flow = tables_in([block for block in sample.blocks if isinstance(block, Line)], sample.context)
    ledger: Any = read_ledger(flow, sample.context, {}, sample.contacts)
    tables = [table for part in ledger["parts"] for table in part["tables"]] if ledger else []
    return [
        [{key: value for key, value in row.items() if key != "id"} for row in table["rows"]] for table in tables
    ], sample


@pytest.mark.parametrize("between", [[], [""], ["", ""]], ids=["nothing", "a blank line", "two"])
def test_records_are_the_rows_of_a_table(between: list[str]) -> None:
    tables, sample = drafted(TITLE, "", *FIRST, *between, *SECOND)
    assert tables == [ROWS]
    assert (sample.asked(), sample.left()) == ([], [])


def test_a_blank_line_may_be_behind_each_line() -> None:
    lines = [line for text in (TITLE, *FIRST, *SECOND) for line in (text, "")]
    tables, sample = drafted(*lines)
    assert tables == [ROWS]
    assert (sample.asked(), sample.left()) == ([], [])


def test_a_record_may_begin_with_its_number_and_have_two_labels_on_a_line() -> None:
    tables, sample = drafted(
        TITLE,
        *["序号：1", *FIRST[:2], "责任单位：县民政局；完成时限：2022年12月", ""],
        *["序号：2", *SECOND[:2], f"{SECOND[2]}  {SECOND[3]}"],
    )
    assert tables == [[{"number": str(place), **row} for place, row in enumerate(ROWS, 1)]]
    assert (sample.asked(), sample.left()) == ([], [])


def test_lines_without_a_label_go_on_with_the_value_before_them() -> None:
    content = ["建设内容：新建养老服务站，", "覆盖全县。", "1.新建20个。", "2.改造10个。"]
    (rows,), sample = drafted(TITLE, FIRST[0], *content, *FIRST[2:], "", *SECOND)
    assert [row["title"] for row in rows] == ["新建养老服务站", "改造农村公路"]
    assert rows[0]["text"] == "新建养老服务站，覆盖全县。\n1.新建20个。\n2.改造10个。"
    assert (sample.asked(), sample.left()) == ([], [])


def test_a_line_behind_the_last_label_is_asked_about() -> None:
    (rows,), sample = drafted(TITLE, *FIRST[:2], FIRST[3], "责任单位：县民政局、", "县财政局", *SECOND)
    assert rows[0]["lead_departments"] == ["县民政局", "县财政局"]
    assert [(field, text) for _subject, field, text in sample.asked()] == [("lead_departments", "县民政局、\n县财政局")]


def test_a_heading_between_records_begins_another_table() -> None:
    third = [line.replace("公路", "道路") for line in SECOND]
    tables, sample = drafted(TITLE, "一、养老", *FIRST, "二、交通", *SECOND, *third)
    assert tables == [ROWS[:1], [ROWS[1], {**ROWS[1], "title": "改造农村道路"}]]
    assert not sample.left()


def test_what_follows_the_last_record_is_none_of_it() -> None:
    tables, _sample = drafted(TITLE, *FIRST, "", *SECOND, "", "某县人民政府办公室", "2022年3月1日")
    assert tables == [ROWS]
    tables, _sample = drafted(TITLE, *FIRST, *SECOND, "联系电话：0812-0000000")
    assert [[set(row) for row in rows] for rows in tables] == [[set(row) for row in ROWS]]


def test_a_name_without_more_is_no_record() -> None:
    tables, _sample = drafted(TITLE, *FIRST, *SECOND, "项目名称：改造桥梁")
    assert tables == [ROWS]


def test_a_page_number_within_a_record_is_layout() -> None:
    tables, sample = drafted(TITLE, *FIRST[:2], "- 1 -", *FIRST[2:], *SECOND)
    assert tables == [ROWS]
    assert (sample.asked(), sample.left()) == ([], [])


@pytest.mark.parametrize(
    "lines",
    [
        FIRST,
        ["责任单位：县民政局", "完成时限：2022年12月", "责任单位：县交通局", "完成时限：2022年10月"],
        ["1.新建养老服务站。", "责任单位：县民政局", "2.改造农村公路。", "责任单位：县交通局"],
        ["1.新建养老服务站", *FIRST, "2.改造农村公路", *SECOND],
        ["项目名称：", "责任单位：", "完成时限：", "项目名称：", "责任单位：", "完成时限："],
        ["项目名称：甲", "有关情况：见附件", "项目名称：乙", "有关情况：见附件"],
    ],
    ids=["one alone", "no title", "points", "points that say what they are", "a form", "one field alone"],
)
def test_other_lines_with_labels_are_no_records(lines: list[str]) -> None:
    tables, _sample = drafted(TITLE, *lines)
    assert tables == []


def test_a_text_of_nothing_but_a_page_number_stays_a_line() -> None:
    sample = Sample("- 1 -")
    lines = [block for block in sample.blocks if isinstance(block, Line)]
    assert tables_in(lines, sample.context) == lines
