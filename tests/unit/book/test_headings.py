"""What headings say for the entries below them: who leads, which columns are printed, and sections inside sections."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Ran, Run
from reformledger import load_book
from reformledger.errors import DataError

Write = Callable[[str, str], Path]

INDICATORS = """\
kind: ledger
year: 2020
title: 目标任务
independent: true
parts:
  - number: 一
    title: 主要经济社会发展指标工作目标（牵头领导：甲某、乙某）
    leaders:
      - 甲某
      - 乙某
    lead_departments:
      - 统计局
    tables:
      - id_prefix: task
        rows:
          - id: task-1
            number: '1'
            title: 地区生产总值增长15%
            lead_departments:
              - 区发改局
            due: 年内
          - id: task-2
            number: '2'
            title: 固定资产投资增长10%
            leaders:
              - 丙某
"""
"""A district's indicators: the leaders are the heading's, and one row has one of its own."""

REPORT = """\
kind: workpoints
year: 2020
title: 报告任务
columns:
  unit: 填报单位
  lead_departments: 责任处室
sections:
  - number: 一
    title: 稳增长
    leaders:
      - 甲某
    sections:
      - number: （一）
        title: 工业
        sections:
          - number: '1'
            title: 项目
            leaders:
              - 乙某
            points:
              - id: point-1
                number: '1'
                title: 开工十个项目
                lead_departments:
                  - A局
                columns:
                  unit: 甲县
              - id: point-2
                number: '2'
                title: 建成五个项目
          - number: '2'
            title: 企业
            points:
              - id: point-3
                number: '1'
                title: 培育三家企业
      - number: （二）
        title: 农业
        columns:
          area: 面积
        points:
          - id: point-4
            number: '1'
            title: 建设高标准农田
            columns:
              area: 2万亩
  - number: 二
    title: 惠民生
    sections:
      - number: （一）
        title: 工业
        points:
          - id: point-5
            number: '1'
            title: 安全生产
"""
"""A county's report items: three levels of headings, each of which counts from 1."""


@pytest.fixture
def indicators(write: Write) -> Path:
    return write("ledger.yaml", INDICATORS)


@pytest.fixture
def report(write: Write) -> Path:
    return write("workpoints.yaml", REPORT)


def items(ran: Ran) -> list[dict[str, object]]:
    assert ran.code == 0, ran.err
    found: list[dict[str, object]] = json.loads(ran.out)
    return found


def line_of(path: Path, text: str) -> int:
    return path.read_text(encoding="utf-8").partition(text)[0].count("\n") + 1


def test_each_field_comes_from_the_heading_where_the_entry_has_none(indicators: Path) -> None:
    first, second = load_book(indicators).entries
    assert (first.data.leaders, first.data.lead_departments) == (("甲某", "乙某"), ("区发改局",))
    assert (second.data.leaders, second.data.lead_departments) == (("丙某",), ("统计局",))
    assert (first.inherited, second.inherited) == (["leaders"], ["lead_departments"])


def test_the_nearest_heading_decides(report: Path) -> None:
    leaders = {entry.id: entry.data.leaders for entry in load_book(report).entries}
    assert leaders == {
        "point-1": ("乙某",),
        "point-2": ("乙某",),
        "point-3": ("甲某",),
        "point-4": ("甲某",),
        "point-5": (),
    }


def test_what_comes_from_a_heading_is_asked_for_and_shown_as_what_is_printed(indicators: Path, run: Run) -> None:
    data = ("--data", str(indicators))
    named = {item["id"]: item for item in items(run("by-leader", "乙某", "-f", "json", *data))}
    assert list(named) == ["task-1"]
    assert named["task-1"]["inherited"] == ["leaders"]
    assert named["task-1"]["leaders"] == ["甲某", "乙某"]
    shown = run("show", "task-1", *data).out
    assert "甲某、乙某 (from the heading “一、主要经济社会发展指标…”)" in shown
    assert "区发改局 (" not in shown


def test_an_entry_gets_its_own_and_gives_it_back(indicators: Path, run: Run) -> None:
    data = ("--data", str(indicators))
    assert run("set", "task-1", "leaders=丁某", *data).code == 0
    assert load_book(indicators).find("task-1").data.leaders == ("丁某",)
    assert run("set", "task-1", "leaders=", *data).code == 0
    assert indicators.read_text(encoding="utf-8") == INDICATORS


def test_a_name_on_a_heading_is_found_once_at_the_heading(indicators: Path, write: Write, run: Run) -> None:
    directory = write(
        "names.yaml", "kind: directory\nnames:\n  - name: 甲某某\n    also:\n      - 甲某\n    kind: person\n"
    )
    found = run("check", str(indicators), str(directory), "-f", "json", "--select", "RL201")
    places = [(item["code"], item["line"], item["column"]) for item in json.loads(found.out)["items"]]
    assert places == [("RL201", line_of(indicators, "- 甲某"), 9)]


def test_numbers_begin_again_in_each_section(report: Path, run: Run) -> None:
    found = json.loads(run("check", str(report), "-f", "json").out)["items"]
    assert [item for item in found if item["code"].startswith("RL8")] == []


def test_a_missing_number_is_found_within_its_section(write: Write, run: Run) -> None:
    path = write("workpoints.yaml", REPORT.replace("number: （二）", "number: （三）"))
    found = json.loads(run("check", str(path), "-f", "json").out)["items"]
    assert [(item["code"], item["line"]) for item in found if item["code"] == "RL801"] == [
        ("RL801", line_of(path, "number: （三）"))
    ]


def test_the_part_is_the_nearest_title_and_the_chain_where_two_are_equal(report: Path) -> None:
    parts = [entry.group.title for entry in load_book(report).entries]
    assert parts == ["项目", "项目", "企业", "农业", "惠民生 › 工业"]


@pytest.mark.parametrize("word", ["一/（一）/2", "企业", "2020/一/(一)/2"])
def test_a_point_is_added_to_a_section_inside_others(report: Path, run: Run, word: str) -> None:
    ran = run("add", "培育四家企业", "--to", word, "--data", str(report))
    assert ran.code == 0, ran.err
    added = load_book(report).find("point-6")
    assert (added.group.title, added.data.number, added.data.leaders) == ("企业", "2", ("甲某",))


def test_sections_of_one_title_are_named_by_their_numbers(report: Path, run: Run) -> None:
    ran = run("add", "节能降耗", "--to", "工业", "--data", str(report))
    assert ran.code == 2
    assert "2020/一/（一）" in ran.err
    assert "2020/二/（一）" in ran.err


def test_columns_of_work_points_are_shown_under_their_printed_headings(report: Path, run: Run) -> None:
    data = ("--data", str(report))
    shown = run("show", "point-1", *data).out
    assert "填报单位" in shown
    assert "责任处室" in shown
    assert "甲县" in shown
    assert "面积" in run("show", "point-4", *data).out
    assert "填报单位" not in run("show", "point-4", *data).out
    assert [item["id"] for item in items(run("list", "--where", "面积=2万亩", "-f", "json", *data))] == ["point-4"]
    assert run("list", "-f", "csv", *data).out.splitlines()[0].endswith('"填报单位","面积"')


def test_a_column_of_a_work_point_is_set_by_its_printed_heading(report: Path, run: Run) -> None:
    assert run("set", "point-2", "填报单位=乙县", "责任处室=B局", "--data", str(report)).code == 0
    data = load_book(report).find("point-2").data
    assert (data.columns, data.lead_departments) == ({"unit": "乙县"}, ("B局",))


def test_a_column_is_refused_where_a_nearer_heading_declares_others(write: Write) -> None:
    path = write("workpoints.yaml", REPORT.replace("area: 2万亩", "unit: 丙县"))
    with pytest.raises(DataError, match="unit") as error:
        load_book(path)
    assert [fault.line for fault in error.value.faults] == [line_of(path, "unit: 丙县")]


def test_a_section_holds_points_or_sections(write: Write) -> None:
    path = write("workpoints.yaml", "kind: workpoints\nyear: 2020\ntitle: 要点\nsections:\n  - title: 空\n")
    with pytest.raises(DataError) as error:
        load_book(path)
    assert [fault.line for fault in error.value.faults] == [5]
    assert "points" in error.value.faults[0].advice


def test_headings_go_on_into_the_next_year_and_not_into_the_entries(report: Path, indicators: Path, run: Run) -> None:
    ran = run("rollover", "2021", "--data", str(report.parent))
    assert ran.code == 0, ran.err
    book = load_book(report.parent)
    followed = {entry.id: entry for entry in book.entries if entry.year == 2021}
    assert followed["point-1"].data.leaders == ("乙某",)
    assert followed["point-1"].inherited == ["leaders"]
    assert followed["point-1"].data.columns == {"unit": "甲县"}
    assert followed["task-1"].inherited == ["leaders"]
    assert followed["point-5"].group.title == "惠民生 › 工业"
