"""What an entry shows beside its columns: the records of its life, and which of several years it is of."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Run
from texts import LEDGER_HEAD

LEDGER = (
    LEDGER_HEAD
    + """\
          - id: task-1
            title: 幼儿园
            due: 2020
            star: ☆
            targets:
              - {name: 公办幼儿园, value: 4, unit: 所}
            progress:
              - date: 2020-06-30
                text: 已开工
                percent: 25
                by: 基教科
                evidence: [会议纪要, 照片]
                weak: true
                targets: {公办幼儿园: 1}
          - id: task-2
            title: 试点
            phases:
              - name: 第一批
                due: 2020
                closed: {date: 2020-12-20, evidence: [验收报告], approved_by: 谢强}
              - {name: 第二批, due: 2021-06}
            extensions:
              - date: 2021-01-08
                from: 2020
                to: 2021-06
                reason: 疫情影响
                approved_by: 田龙
                late: true
                phase: 第二批
          - id: task-3
            title: 方案
            due: 2020
            closed: {date: 2020-12-21, evidence: [印发文件], approved_by: 陈洪}
            history:
              - {date: 2020-11-02, reason: 退回修改, closed: {date: 2020-10-30, evidence: [送审稿]}}
"""
)
NEXT = (
    LEDGER_HEAD.replace("2020", "2021")
    + """\
          - {id: task-1, title: 幼儿园, due: 2021, star: ☆, lead_departments: [基教科], carried_over_from: 2020/task-1}
"""
)


@pytest.mark.parametrize(
    ("entry", "heading", "facts"),
    [
        (
            "task-1",
            "Progress",
            ["2020-06-30", "已开工", "25%", "公办幼儿园 1", "weak progress", "基教科", "evidence: 会议纪要；照片"],
        ),
        (
            "task-2",
            "Extensions",
            [
                "2021-01-08",
                "第二批",
                "2020 → 2021-06",
                "疫情影响",
                "after the deadline had passed",
                "agreed by 田龙",
            ],
        ),
        ("task-2", "Due", ["第一批", "closed out on 2020-12-20", "evidence: 验收报告", "agreed by 谢强"]),
        ("task-3", "Closed out", ["2020-12-21", "evidence: 印发文件", "agreed by 陈洪"]),
        ("task-3", "Reopened", ["2020-11-02", "退回修改", "2020-10-30"]),
    ],
)
def test_show_tells_all_that_a_record_says(
    entry: str, heading: str, facts: list[str], run: Run, write: Callable[[str, str], Path]
) -> None:
    shown = run("show", entry, "--data", str(write("ledger_2020.yaml", LEDGER)), "--as-of", "2021-01-10").out
    line = next(line for line in shown.splitlines() if line.startswith(heading))
    assert [fact for fact in facts if fact not in line] == []


@pytest.fixture
def two_years(write: Callable[[str, str], Path]) -> tuple[str, ...]:
    write("ledger_2020.yaml", LEDGER)
    return "--data", str(write("ledger_2021.yaml", NEXT).parent), "--as-of", "2021-12-10"


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (["list", "--search", "幼儿园"], ["2021/task-1"]),
        (["list", "--search", "幼儿园", "--carried"], ["2020/task-1", "2021/task-1"]),
        (["list", "--search", "幼儿园", "--year", "2021"], ["2021/task-1"]),
        (["list", "--search", "幼儿园", "--columns", "id"], ["task-1"]),
        (["star"], ["2020/task-1", "2021/task-1"]),
        (["by-department", "基教科"], ["2021/task-1"]),
        (["due", "--department", "基教科"], ["(2021/task-1)", "(2020/task-1)"]),  # the last report was made in 2020
        (["stats", "--year", "2020"], ["2020/task-1"]),
    ],
)
def test_of_several_years_each_entry_is_named_with_its_own(
    command: list[str], expected: list[str], run: Run, two_years: tuple[str, ...]
) -> None:
    words = run(*command, *two_years).out.split()
    assert [word for word in dict.fromkeys(words) if "task-1" in word] == expected


def test_star_that_is_carried_over_is_neither_open_nor_closed(run: Run, two_years: tuple[str, ...]) -> None:
    assert run("star", *two_years).out.splitlines()[-1] == (
        "2 items: 1 open (0 overdue), 0 closed; 0 conditional. 1 carried over. 1 not closed within their year."
    )
    totals = json.loads(run("star", *two_years, "-f", "json").out)["totals"]
    zero = dict.fromkeys(("closed", "overdue", "conditional", "met_late"), 0)
    assert totals == {"all": 2, "open": 1, "carried_over": 1, "not_met_in_year": 1, **zero}


def test_bars_stand_behind_what_has_a_sure_width(run: Run, write: Callable[[str, str], Path]) -> None:
    path = write("ledger_2020.yaml", LEDGER)
    heading = run("star", "--data", str(path)).out.splitlines()[1].split()
    assert heading == ["ID", "Due", "Days", "Status", "Lead", "Title", "Targets", "Condition"]


MARKED = LEDGER_HEAD.replace("parts:", "marks: {★: 重点项目, △: 民生实事}\nparts:").replace(
    "rows:", "columns: {title: 任务, sort: 类别}\n        rows:"
)


def test_marks_are_shown_with_what_they_mean(run: Run, write: Callable[[str, str], Path]) -> None:
    rows = """\
          - {id: task-1, title: ★完成讲座, columns: {sort: △}}
          - {id: task-2, title: 完善△基地}
"""
    path = str(write("ledger_2020.yaml", MARKED + rows))
    shown = [line.split() for line in run("show", "task-1", "--data", path).out.splitlines()]
    assert ["Mark", "★", "重点项目"] in shown
    assert ["Mark", "△", "民生实事"] in shown
    assert "Mark" not in run("show", "task-2", "--data", path).out
    assert "task-1" in run("list", "--search", "完成讲座", "--data", path).out
