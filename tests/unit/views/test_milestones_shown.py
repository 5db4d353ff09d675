"""Milestones as they are seen; each expectation is of the rules, on 2023-08-20."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from textwrap import indent
from typing import Any

import pytest

from conftest import Run
from texts import LEDGER_HEAD

Write = Callable[[str, str], Path]
DAY = ("--as-of", "2023-08-20")
# Of three steps two are done, one of them late, and a fourth was cancelled; a quarter is past, the next one rests.
ROWS = """\
- id: task-1
  title: 薪酬套改
  due: 2023-12-31
  lead_departments: [人力资源部]
  phases:
    - {name: 定编, due: 2023-05-31, closed: {date: 2023-05-31, evidence: [方案]}}
    - {name: 办法, due: 2023-06-30, closed: {date: 2023-07-08, evidence: [办法]}}
    - {name: 征求意见, due: 2023-07-31, cancelled: {date: 2023-07-20, reason: 并入下一步}}
    - {name: 评估, due: 2023-09-30}
- id: task-2
  title: 宽带
  star: ☆
  lead_departments: [市场部]
  phases:
    - {name: 一季度, due: 一季度, text: 发展用户, targets: [{name: 用户, value: 4.5, unit: 万户}]}
    - {name: 二季度, due: 二季度, paused: {date: 2023-04-01, reason: 系统割接, until: 2023-10-01}}
  progress:
    - {date: 2023-02-01, text: 进展, phase: 一季度, targets: {用户: 3.6}}
"""
PLAIN = "- {id: task-1, title: 任务, star: ☆, due: 2023-01, lead_departments: [甲科]}\n"
NEXT_YEAR = """\
- id: task-1
  title: 宽带
  carried_over_from: 2023/task-2
  phases:
    - {name: 一季度, targets: [{name: 用户, value: 4.5, unit: 万户}]}
"""


def text_of(rows: str, year: int = 2023) -> str:
    return LEDGER_HEAD.replace("2020", str(year)) + indent(rows, 10 * " ")


@pytest.fixture
def ledger(write: Write) -> str:
    return str(write("ledger_2023.yaml", text_of(ROWS)))


def answer(run: Run, command: str, ledger: str) -> Any:
    return json.loads(run(command, "--data", ledger, *DAY, "-f", "json").out)


@pytest.mark.parametrize("command", ["stats", "by-department"])
def test_they_are_counted(command: str, ledger: str, run: Run) -> None:
    totals = answer(run, command, ledger)["totals"]
    counts = {"milestones": 5, "milestones_closed": 2, "milestones_late": 2}
    assert {key: totals[key] for key in counts} == counts


def test_they_are_counted_by_department(ledger: str, run: Run) -> None:
    by_name = {item["name"]: item for item in answer(run, "by-department", ledger)["items"]}
    keys = ("milestones", "milestones_closed", "milestones_late")
    assert [by_name["人力资源部"][key] for key in keys] == [3, 2, 1]
    assert [by_name["市场部"][key] for key in keys] == [2, 0, 1]


def test_show_says_why_one_was_cancelled_and_one_rests(ledger: str, run: Run) -> None:
    shown = run("show", "task-1", "--data", ledger, *DAY).out
    assert "Cancelled: 2023-07-20  并入下一步" in shown
    assert "3/3 评估" in shown
    assert "系统割接  until 2023-10-01" in run("show", "task-2", "--data", ledger, *DAY).out


def test_star_names_one_behind_the_title_and_in_a_column_of_csv(ledger: str, run: Run) -> None:
    assert "宽带 (milestone 1/2 一季度)" in run("star", "--data", ledger, *DAY, "-f", "md").out
    [row] = csv.DictReader(run("star", "--data", ledger, *DAY, "-f", "csv").out.removeprefix("\ufeff").splitlines())
    assert (row["Title"], row["Milestone"]) == ("宽带", "1/2 一季度")


@pytest.mark.parametrize("command", ["list", "star", "due", "stats", "by-department"])
def test_the_head_of_csv_does_not_depend_on_them(command: str, ledger: str, tmp_path: Path, run: Run) -> None:
    plain = tmp_path / "plain_2023.yaml"
    plain.write_text(text_of(PLAIN), encoding="utf-8")
    heads = [run(command, "--data", path, *DAY, "-f", "csv").out.splitlines()[0] for path in (ledger, str(plain))]
    assert heads[0] == heads[1]


def test_what_a_target_of_one_reached_goes_on_with_the_entry(ledger: str, write: Write, run: Run) -> None:
    new = str(write("ledger_2024.yaml", text_of(NEXT_YEAR, 2024)))
    command = ("show", "2024/task-1", "--data", ledger, "--data", new, "--as-of", "2024-02-01")
    assert json.loads(run(*command, "-f", "json").out)["phases"][0]["targets"][0]["reached"] == 3.6
    assert "用户 3.6/4.5万户" in run(*command).out


@pytest.mark.parametrize("form", ["table", "md"])
def test_their_keys_have_the_headings_that_the_table_prints(form: str, write: Write, run: Run) -> None:
    declared = "        phase_columns: {text: 目标, result: 完成情况, assessment: 评估}\n        rows:"
    row = """\
- id: task-1
  title: 任务
  phases:
    - {name: 一季度, due: 一季度, text: 办理5件, result: 6件, assessment: 已完成}
"""
    path = str(write("ledger_2023.yaml", text_of(row).replace("        rows:", declared)))
    shown = run("show", "task-1", "--data", path, *DAY, "-f", form).out
    assert [words for words in ("目标: 办理5件", "完成情况: 6件", "评估: 已完成") if words not in shown] == []
