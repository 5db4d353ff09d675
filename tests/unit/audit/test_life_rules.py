"""The rules on what comes with time, day by day, and the sentences in which they say it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from reformledger import load_book
from reformledger.audit.finding import Severity
from reformledger.audit.run import audit
from texts import LEDGER_HEAD

Write = Callable[[str, str], Path]
NEW = {"RL010", "RL011", "RL012", "RL013"}


def found(write: Write, row: str, day: str) -> list[tuple[str, str]]:
    """Return code and sentence of the findings that come with time for a ledger of one row."""
    lines = "".join(f"            {line}\n" for line in row.splitlines())
    book = load_book(
        write("ledger_2020.yaml", f"{LEDGER_HEAD}          - id: task-1\n            title: 任务\n{lines}")
    )
    return [(f.code, f.message) for f in audit(book, date.fromisoformat(day)).findings if f.code in NEW]


QUARTERLY = """\
due: 每季度末
progress:
  - {date: 2020-03-30, text: 一季度}
  - {date: 2020-10-08, text: 三季度}
"""


@pytest.mark.parametrize(
    ("day", "message"),
    [
        ("2020-06-30", None),  # the last day counts
        ("2020-07-01", "1 occurrence has passed without a report: 2020-06-30."),
        ("2020-10-01", "2 occurrences have passed without a report: 2020-06-30, 2020-09-30."),
        ("2020-10-08", "1 occurrence has passed without a report: 2020-06-30."),
        ("2021-01-01", "2 occurrences have passed without a report: 2020-06-30, 2020-12-31."),
    ],
)
def test_occurrences_are_found_the_day_after_and_until_made_up(day: str, message: str | None, write: Write) -> None:
    assert found(write, QUARTERLY, day) == ([("RL010", message)] if message else [])


def test_close_out_over_an_occurrence_quotes_its_reason_and_ends_the_other_finding(write: Write) -> None:
    closed = "closed: {date: 2020-10-09, evidence: [总结], despite: 会议停开}\n"
    over = "although not all occurrences were met (2020-06-30, 2020-12-31)"
    assert found(write, QUARTERLY + closed, "2020-10-09") == [
        ("RL011", f"Closed out on 2020-10-09 {over}: “会议停开”.")
    ]
    without = QUARTERLY + closed.replace(", despite: 会议停开", "")
    assert found(write, without, "2020-10-09") == [("RL011", f"Closed out on 2020-10-09 {over}.")]
    assert [code for code, _message in found(write, QUARTERLY + closed, "2020-10-08")] == ["RL010"]


def test_all_that_is_short_is_said_in_one_finding(write: Write) -> None:
    row = """\
targets: [{name: 幼儿园, value: 4, unit: 所}, {name: 学位, value: 85, unit: "%"}, {name: 校长, value: 40}]
progress:
  - {date: 2020-06-01, text: 进展, percent: 90, targets: {幼儿园: 3, 学位: 86}}
closed: {date: 2020-09-20, evidence: [报告]}
"""
    expected = "Closed out short of what was to be reached: 90%, 幼儿园 3/4所, 校长 –/40."
    assert found(write, row, "2020-10-01") == [("RL012", expected)]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("due: 二季度\nclosed: {date: 2020-07-01, evidence: [报告]}", "after the last day, 2020-06-30."),
        ("due: 四季度\nclosed: {date: 2020-07-01, evidence: [报告], late: true}", "late as its record says."),
    ],
)
def test_late_close_out_says_how_it_is_known(row: str, message: str, write: Write) -> None:
    assert found(write, row, "2020-07-01") == [("RL013", f"Closed out on 2020-07-01, {message}")]
    assert found(write, row, "2020-06-30") == []  # not yet made on that day


def test_what_comes_with_time_does_not_fail(write: Write) -> None:
    book = load_book(write("ledger_2020.yaml", LEDGER_HEAD + "          - {id: task-1, title: 任务, due: 每月}\n"))
    report = audit(book, date(2021, 1, 1))
    assert ([(f.code, f.severity) for f in report.findings], report.failed) == ([("RL010", Severity.NOTE)], False)
