"""What to chase now: which entries, with whom, how urgently, in words ready to be sent."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from conftest import Run
from reformledger import load_book
from reformledger.book import Book
from reformledger.chase import chase, totals
from reformledger.cli.words import days
from reformledger.errors import UsageError
from reformledger.model.life import Light
from reformledger.query import Question
from texts import LEDGER_HEAD

LEDGER = (
    LEDGER_HEAD
    + """\
          - {id: task-1, title: 逾期, lead_departments: [基教科], due: 6月}
          - id: task-2
            title: 临期
            lead_departments: [基教科, 计财科]
            due: 10月
            progress:
              - {date: 2020-09-01, text: 起步}
          - id: task-3
            title: 滞后
            lead_departments: [基教科]
            due: 2020
            progress:
              - {date: 2020-09-01, text: 起步, percent: 10}
          - id: task-4
            title: 不急
            lead_departments: [计财科]
            due: 2021
            progress:
              - {date: 2020-05-01, text: 起步}
          - {id: task-5, title: 长期, lead_departments: [计财科], due: 长期坚持}
          - id: task-6
            title: 已销账
            lead_departments: [计财科]
            due: 6月
            closed: {date: 2020-06-30, evidence: [x]}
          - {id: task-7, title: 无科室, due: 6月}
          - id: task-8
            title: 配合
            lead_departments: [计财科]
            supporting_departments: [体卫艺科]
            due: 11月
            assigned: 2020-09-01
"""
)
DAY = date(2020, 10, 15)


@pytest.fixture
def ledger(write: Callable[[str, str], Path]) -> Path:
    return write("ledger_2020.yaml", LEDGER)


@pytest.fixture
def small(ledger: Path) -> Book:
    return load_book(ledger)


def found(book: Book, within: int = 30, *departments: str) -> dict[str, list[tuple[str, str, int | None]]]:
    return {
        group.name: [(item.entry.id, item.light.value, item.standing.days_left) for item in group.items]
        for group in chase(book, DAY, Question(departments=departments), within=within)
    }


def test_departments_by_urgency_and_their_entries_by_light(small: Book) -> None:
    # task-1 ended on 30 June, 107 days ago; October ends in 16 days; the year in 77.
    assert found(small) == {
        "基教科": [("task-1", "red", -107), ("task-3", "yellow", 77), ("task-2", "blue", 16)],
        "": [("task-7", "red", -107)],
        "计财科": [("task-2", "blue", 16)],
    }


def test_within_says_what_is_soon(small: Book) -> None:
    assert "计财科" not in found(small, 15)
    assert found(small, 16)["计财科"] == [("task-2", "blue", 16)]


def test_one_department(small: Book) -> None:
    assert list(found(small, 30, "计财科")) == ["计财科"]
    with pytest.raises(UsageError, match="基教科"):
        found(small, 30, "基教课")


def test_entry_of_two_departments_counts_once(small: Book) -> None:
    assert totals(chase(small, DAY)) == {Light.RED: 2, Light.YELLOW: 1, Light.BLUE: 1}


SILENT = (
    LEDGER_HEAD
    + """\
          - {id: task-1, title: 年内, lead_departments: [基教科], due: 2020}
          - {id: task-2, title: 逾期, lead_departments: [基教科], due: 6月}
          - {id: task-3, title: 明年, lead_departments: [计财科], due: 2021}
"""
)


def test_unreported_alone(write: Callable[[str, str], Path]) -> None:
    book = load_book(write("ledger_2020.yaml", SILENT))
    # 92 days after 1 January: 2 April; 183, where the last day lies after the ledger's year: 2 July.
    for day, expected in ((1, []), (2, ["task-1"])):
        groups = chase(book, date(2020, 4, day), unreported=True)
        assert [item.entry.id for group in groups for item in group.items if item.entry.id != "task-2"] == expected
    for day, expected in ((1, ["task-1"]), (2, ["task-1", "task-3"])):  # task-2 is overdue, which says more
        groups = chase(book, date(2020, 7, day), unreported=True)
        assert [item.entry.id for group in groups for item in group.items] == expected


@pytest.mark.parametrize(
    ("word", "number"), [("30d", 30), ("30", 30), ("30天", 30), ("2w", 14), ("２周", 14), ("1 d", 1), ("soon", None)]
)
def test_days(word: str, number: int | None) -> None:
    if number is None:
        with pytest.raises(UsageError):
            days("--within", word, date(2020, 7, 15))
    else:
        assert days("--within", word, date(2020, 7, 15)) == number


def test_message_supervision_sheet_and_json(run: Run, ledger: Path) -> None:
    arguments = ("due", "--data", str(ledger), "--as-of", DAY.isoformat(), "--department", "基教科")
    message = run(*arguments).out.splitlines()
    assert message[1:3] == [
        "基教科 (3)",
        "1.  逾期 (task-1) red: overdue, 107 days over; deadline: 2020-06-30 (6月); leaders: none last report: none",
    ]
    assert message[-1] == "1 red, 1 yellow, 1 blue."
    sheet = run(*arguments, "-f", "md").out.splitlines()
    assert sheet[0] == "## Supervision sheet: 基教科"
    assert sum(line.startswith(("| 1 |", "| 2 |", "| 3 |")) for line in sheet) == 3
    answer = json.loads(run(*arguments, "-f", "json").out)
    assert answer["totals"] == {"red": 1, "yellow": 1, "blue": 1}
    assert [(item["id"], item["department"], item["light"], item["days_left"]) for item in answer["items"]] == [
        ("task-1", "基教科", "red", -107),
        ("task-3", "基教科", "yellow", 77),
        ("task-2", "基教科", "blue", 16),
    ]


def test_each_department_has_a_sheet_of_its_own(run: Run, ledger: Path) -> None:
    out = run("due", "--data", str(ledger), "--as-of", DAY.isoformat(), "-f", "md").out
    assert [line for line in out.splitlines() if line.startswith("## ")] == [
        "## Supervision sheet: 基教科",
        "## Supervision sheet: no lead department",
        "## Supervision sheet: 计财科",
    ]


def test_where_nothing_is_to_be_chased_a_sheet_says_so(run: Run, ledger: Path) -> None:
    out = run("due", "--data", str(ledger), "--as-of", "2020-01-02", "--star", "-f", "md").out
    assert out == "## Supervision sheets as of 2020-01-02\n\nThere is nothing to chase.\n"


def test_a_sheet_names_the_work_point_that_a_row_carries_out(run: Run) -> None:
    # In the notice task-1 carries out point 6, which is chased with it.
    out = run("due", "--as-of", "2020-10-01", "--department", "职成高教科", "-f", "md").out
    assert "(2020/task-1)<br>carries out point-6 加快推动现代职业教育发展 |" in out
