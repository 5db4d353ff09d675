"""The life of an entry: what its records and a day make of its status and its ☆."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from reformledger import load_book
from reformledger.book import Book
from reformledger.model.life import Status
from reformledger.query import Question, ask
from reformledger.standing import standings
from reformledger.star import star_deadline_of
from texts import LEDGER_HEAD

PHASED = """\
          - id: task-1
            title: 分期
            star: {note: 第二批完成, phase: 第二批}
            phases:
              - {name: 第一批, due: 2020-06{first}}
              - {name: 第二批, due: 2020-09{second}}
              - {name: 第三批, due: 2021{third}}
"""
CLOSED = ", closed: {date: 2020-05-20, evidence: [x]}"


def loaded(write: Callable[[str, str], Path], rows: str, year: int = 2020) -> Book:
    return load_book(write(f"ledger_{year}.yaml", LEDGER_HEAD.replace("2020", str(year)) + rows).parent)


def phased(write: Callable[[str, str], Path], closed: int) -> Book:
    """Return a book of one entry of three phases, the first so many closed."""
    rows = PHASED
    for index, name in enumerate(("first", "second", "third")):
        rows = rows.replace(f"{{{name}}}", CLOSED if index < closed else "")
    return loaded(write, rows)


def status_of(book: Book, ref: str, day: date) -> Status:
    return standings(book, day).of(book.find(ref)).status


def test_progress_makes_it_under_way_until_it_is_due_soon(write: Callable[[str, str], Path]) -> None:
    reported = ", progress: [{date: 2020-05-02, text: x}]"
    book = loaded(write, f"          - {{id: task-1, title: 任务, due: 2020-06{reported}}}\n")
    assert status_of(book, "task-1", date(2020, 5, 1)) is Status.NOT_STARTED
    assert status_of(book, "task-1", date(2020, 5, 30)) is Status.UNDER_WAY
    assert status_of(book, "task-1", date(2020, 5, 31)) is Status.DUE_SOON  # 30 days to 30 June


@pytest.mark.parametrize(
    ("closed", "end", "status", "star_closed"),
    [
        (0, date(2020, 6, 30), Status.OVERDUE, False),
        (1, date(2020, 9, 30), Status.OVERDUE, False),
        (2, date(2021, 12, 31), Status.UNDER_WAY, True),  # the phase that the ☆ names is closed, the entry is not
        (3, date(2021, 12, 31), Status.CLOSED, True),
    ],
)
def test_deadline_and_status_follow_the_first_phase_that_is_open(
    closed: int, end: date, status: Status, star_closed: bool, write: Callable[[str, str], Path]
) -> None:
    book = phased(write, closed)
    entry = book.find("task-1")
    assert entry.deadline is not None
    assert entry.deadline.end == end
    assert status_of(book, entry.ref, date(2020, 10, 1)) is status
    assert entry.star_closed is star_closed
    due = star_deadline_of(entry)
    assert due is not None
    assert due.end == date(2020, 9, 30)


@pytest.mark.parametrize("closed", [0, 2])
@pytest.mark.parametrize(
    ("question", "matches"),
    [
        (Question(due=["2020-06"]), True),
        (Question(due=["三季度"]), True),
        (Question(due=["2021"]), True),
        (Question(due=["2020-12"]), False),
    ],
)
def test_any_phase_is_found_by_its_deadline_closed_or_not(
    question: Question, matches: bool, closed: int, write: Callable[[str, str], Path]
) -> None:
    assert bool(ask(phased(write, closed), question, date(2020, 10, 1))) is matches


@pytest.mark.parametrize(
    ("due_by", "closed", "matches"),
    [("2020-06", 0, True), ("2020-06", 2, False), ("2021", 2, True), ("2020-05", 0, False)],
)
def test_due_by_looks_at_open_phases_alone(
    due_by: str, closed: int, matches: bool, write: Callable[[str, str], Path]
) -> None:
    assert bool(ask(phased(write, closed), Question(due_by=[due_by]), date(2020, 10, 1))) is matches


def test_an_entry_named_by_a_loaded_one_is_carried_over_and_never_overdue(write: Callable[[str, str], Path]) -> None:
    rows = "          - {id: task-1, title: 任务, due: 2020-06, star: ☆}\n"
    alone = loaded(write, rows)
    assert status_of(alone, "task-1", date(2021, 1, 10)) is Status.OVERDUE
    goes_on = "          - {id: task-1, title: 任务, due: 2021, carried_over_from: 2020/task-1}\n"
    book = loaded(write, goes_on, 2021)
    assert status_of(book, "2020/task-1", date(2021, 1, 10)) is Status.CARRIED_OVER
    assert status_of(book, "2021/task-1", date(2021, 1, 10)) is Status.NOT_STARTED


def test_a_period_without_a_year_is_that_of_each_document(write: Callable[[str, str], Path]) -> None:
    loaded(write, "          - {id: task-1, title: 甲, due: 6月}\n")
    book = loaded(write, "          - {id: task-1, title: 甲, due: 6月}\n", 2021)
    assert [entry.ref for entry in ask(book, Question(due=["6月"]), date(2022, 1, 1))] == ["2020/task-1", "2021/task-1"]
    assert [entry.ref for entry in ask(book, Question(due=["2021-06"]), date(2022, 1, 1))] == ["2021/task-1"]
