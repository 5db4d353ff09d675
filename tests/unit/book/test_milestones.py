"""Milestones: which one counts, what rests or is cancelled, and how each day before and after is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from textwrap import indent

import pytest

from reformledger import load_book
from reformledger.errors import DataError
from reformledger.query import Question, ask
from reformledger.records import Context, milestone_text, record, value_of
from reformledger.standing import standings
from texts import LEDGER_HEAD

Write = Callable[[str, str], Path]
TASK_201 = """\
- id: task-201
  title: 岗位薪酬套改
  due: 2023-12-31
  lead_departments: [人力资源部]
  phases:
    - {name: 组织调研，完成定岗定编, due: 2023-05-31, closed: {date: 2023-05-31, evidence: [定编方案]}}
    - {name: 制定实施办法, due: 2023-06-30, closed: {date: 2023-07-08, evidence: [实施办法]}}
    - {name: 征求意见, due: 2023-07-31, cancelled: {date: 2023-07-20, reason: 并入下一步}}
    - {name: 组织评估调整, due: 2023-09-30}
"""
TASK_212 = """\
- id: task-212
  title: 推进会
  phases:
    - {name: 召开推进会, due: 2023-03-31, closed: {date: 2023-03-30, evidence: [纪要]}}
    - {name: 召开推进会, due: 2023-06-30}
"""
QUARTERS = """\
- id: task-1
  title: 质量提升
  phases:
    - {name: 一季度, due: 一季度, text: 制定方案, result: 已印发方案, assessment: 已完成}
    - {name: 半年, due: 6月底前, text: 培训, targets: [{name: 培训, value: 2, unit: 期}], assessment: 未达到序时进度}
"""


def context(write: Write, rows: str, day: str) -> Context:
    body = "".join(f"          {line}\n" for line in rows.splitlines())
    book = load_book(write("ledger.yaml", LEDGER_HEAD.replace("2020", "2023") + body))
    as_of = date.fromisoformat(day)
    return Context(standings(book, as_of).book, as_of)


def states(write: Write, rows: str, day: str) -> list[str]:
    made = context(write, rows, day)
    phases = record(made.book.entries[0], made)["phases"]
    assert isinstance(phases, list)
    return [f"{phase['state']}{' late' if phase['late'] else ''}" for phase in phases]


def told(write: Write, rows: str, day: str) -> str:
    """Return milestone, last day and reason of the light as of a day."""
    made = context(write, rows, day)
    standing = made.standing(made.book.entries[0])
    milestone = milestone_text(standing.milestone) if standing.milestone else "-"
    return f"{milestone} {standing.last_day} {standing.reason}"


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2023-05-30", ["open", "open", "open", "open"]),
        ("2023-05-31", ["closed", "open", "open", "open"]),
        ("2023-07-07", ["closed", "open late", "open", "open"]),
        ("2023-07-08", ["closed", "closed late", "open", "open"]),
        ("2023-07-20", ["closed", "closed late", "cancelled", "open"]),
        ("2023-10-01", ["closed", "closed late", "cancelled", "open late"]),
    ],
)
def test_a_milestone_is_as_its_records_were_on_the_day(write: Write, day: str, expected: list[str]) -> None:
    assert states(write, TASK_201, day) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2023-07-07", "2/4 制定实施办法 2023-06-30 overdue"),
        ("2023-07-19", "3/4 征求意见 2023-07-31 due_soon"),
        ("2023-07-20", "3/3 组织评估调整 2023-09-30 on_time"),
        ("2023-10-01", "3/3 组织评估调整 2023-09-30 overdue"),
    ],
)
def test_the_milestone_that_counts_is_named_among_those_not_cancelled(write: Write, day: str, expected: str) -> None:
    assert told(write, TASK_201, day) == expected


def test_a_later_milestone_that_is_past_makes_the_entry_red(write: Write) -> None:
    rows = "- id: task-1\n  title: 任务\n  due: 2023-12-31\n  phases:\n"
    rows += "    - {name: 甲, due: 2023-09-30}\n    - {name: 乙, due: 2023-05-31}\n"
    assert told(write, rows, "2023-06-01") == "2/2 乙 2023-05-31 overdue"


def test_the_whole_counts_where_it_is_due_before_the_milestones(write: Write) -> None:
    rows = "- id: task-1\n  title: 任务\n  due: 2023-05-31\n  phases:\n    - {name: 甲, due: 2023-09-30}\n"
    assert told(write, rows, "2023-06-01") == "- 2023-05-31 overdue"


def test_all_milestones_closed_or_cancelled_beside_an_overall_deadline_are_ready(write: Write) -> None:
    rows = TASK_201.replace(
        "{name: 组织评估调整, due: 2023-09-30}",
        "{name: 组织评估调整, due: 2023-09-30, closed: {date: 2023-09-01, evidence: [报告]}}",
    )
    assert told(write, rows, "2023-09-02") == "- 2023-12-31 ready"


def test_equal_names_are_told_apart_by_their_place(write: Write) -> None:
    rows = (
        TASK_212
        + "  extensions:\n    - {date: 2023-06-20, from: 2023-06-30, to: 2023-08-31, reason: 会场, phase: '#2'}\n"
    )
    rows = rows.replace("召开推进会, due: 2023-06-30", "召开推进会, due: 2023-08-31")
    assert told(write, rows, "2023-06-19") == "2/2 召开推进会 2023-06-30 due_soon"
    assert told(write, rows, "2023-07-01") == "2/2 召开推进会 2023-08-31 on_time"


def test_a_shared_name_alone_is_a_fault_that_says_how_to_tell_them_apart(write: Write) -> None:
    rows = TASK_212 + "  progress: [{date: 2023-05-01, text: 筹备, phase: 召开推进会}]\n"
    with pytest.raises(DataError, match=r"#1(, |、)#2"):
        context(write, rows, "2023-06-01")


PAUSED = "{date: 2023-03-01, reason: 待上级定, until: 2023-06-01}"


@pytest.mark.parametrize(
    ("day", "reason"),
    [("2023-02-28", "due_soon"), ("2023-03-01", "None"), ("2023-05-31", "None"), ("2023-06-01", "overdue")],
)
def test_what_rests_has_no_light_until_it_goes_on(write: Write, day: str, reason: str) -> None:
    whole = f"- id: task-1\n  title: 任务\n  due: 2023-03-30\n  paused: {PAUSED}\n"
    phase = f"- id: task-1\n  title: 任务\n  phases: [{{name: 甲, due: 2023-03-30, paused: {PAUSED}}}]\n"
    assert told(write, whole, day).split()[-1] == reason
    assert told(write, phase, day).split()[-1] == reason


def test_a_milestone_that_rests_leaves_the_light_to_the_next(write: Write) -> None:
    rows = f"- id: task-1\n  title: 任务\n  phases: [{{name: 甲, due: 2023-03-30, paused: {PAUSED}}}, "
    rows += "{name: 乙, due: 2023-05-10}]\n"
    assert told(write, rows, "2023-05-01") == "2/2 乙 2023-05-10 due_soon"
    assert states(write, rows, "2023-05-01") == ["paused", "open"]
    assert states(write, rows, "2023-02-01") == ["open", "open"]


def test_the_end_of_a_pause_breaks_the_silence(write: Write) -> None:
    rows = f"- id: task-1\n  title: 任务\n  due: 2023-12-31\n  paused: {PAUSED}\n"
    assert told(write, rows, "2023-08-31").endswith("on_time")
    assert told(write, rows, "2023-09-01").endswith("unreported")


def test_an_occurrence_that_ends_in_a_pause_is_not_owed(write: Write) -> None:
    rows = "- id: task-1\n  title: 任务\n  due: 每月\n  paused: {date: 2023-03-01, reason: 停, until: 2023-05-01}\n"
    made = context(write, rows, "2023-06-15")
    found = record(made.book.entries[0], made)["occurrences"]
    assert isinstance(found, list)
    assert [one["end"] for one in found if one["state"] == "not_owed"] == ["2023-03-31", "2023-04-30"]


def test_due_by_looks_at_the_open_milestones_alone(write: Write) -> None:
    made = context(write, TASK_201 + TASK_212, "2023-08-01")

    def ids(question: Question) -> list[str]:
        return [entry.id for entry in ask(made.book, question, made.as_of)]

    assert ids(Question(due=["2023-05"])) == ["task-201"]
    assert ids(Question(due_by=["2023-05"])) == []
    assert ids(Question(due_by=["2023-06"])) == ["task-212"]
    assert ids(Question(due=["2023-12"])) == ["task-201"]


def test_the_form_of_quarters_is_found_and_recorded(write: Write) -> None:
    rows = QUARTERS + "  progress: [{date: 2023-05-01, text: 办了一期, phase: 半年, targets: {培训: 1}}]\n"
    made = context(write, rows, "2023-05-02")
    entry = made.book.entries[0]
    phases = record(entry, made)["phases"]
    assert isinstance(phases, list)
    assert [phase["assessment"] for phase in phases] == ["已完成", "未达到序时进度"]
    assert phases[1]["targets"] == [{"name": "培训", "value": 2, "unit": "期", "reached": 1}]
    assert value_of("milestone")(entry, made) == "1/2 一季度"
    assert [found.id for found in ask(made.book, Question(search=["已印发方案"]), made.as_of)] == ["task-1"]


EQUAL_PARTS = """\
- id: task-1
  title: 任务
  due: 2020年3月底前完成初稿，2020年6月底前完成初稿
  phases:
    - name: 完成初稿
    - name: 完成初稿
  history:
    - {date: 2020-07-01, reason: 退回, phase: "#2", closed: {date: 2020-05-01, evidence: [初稿]}}
"""


def test_the_second_of_two_equal_parts_was_closed_until_it_was_reopened(write: Write) -> None:
    book = load_book(write("ledger_2020.yaml", LEDGER_HEAD + indent(EQUAL_PARTS, 10 * " "))).as_of(date(2020, 6, 1))
    first, second = book.find("task-1").phases
    assert (first.closed, second.closed is not None) == (None, True)
