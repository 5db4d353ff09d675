"""Deadlines that are counted from the date of issue get their days in the book, which knows that date."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from reformledger import load_book
from reformledger.model.life import Status
from reformledger.standing import standings

LEDGER = """\
kind: ledger
year: 2020
title: 台账
{notice}parts:
  - title: 表
    leaders: [甲某]
    tables:
      - id_prefix: task
        rows:
          - id: task-1
            title: 任务
            {keys}
"""
NOTICE = "notice: {title: 通知, issuer: 局, issued: 2020-05-13}\n"


@pytest.mark.parametrize(
    ("notice", "keys", "end"),
    [
        (NOTICE, "due: 3年内", date(2023, 5, 13)),
        (NOTICE, "due: 6个月内", date(2020, 11, 13)),
        (NOTICE, "due: 6个月内\n            assigned: 2020-08-31", date(2021, 2, 28)),
        ("", "due: 1年内", date(2020, 12, 31)),
        ("", "due: 两年内", date(2021, 12, 31)),
        ("", "due: 6个月内", date(2020, 6, 30)),
        (NOTICE, "phases: [{name: 一期, due: 6个月内}]", date(2020, 11, 13)),
    ],
)
def test_it_is_counted_from_the_own_day_else_the_notice_else_the_first_of_january(
    notice: str, keys: str, end: date, write: Callable[[str, str], Path]
) -> None:
    book = load_book(write("ledger_2020.yaml", LEDGER.format(notice=notice, keys=keys)))
    entry = book.find("task-1")
    assert entry.deadline is not None
    assert entry.deadline.end == end
    assert standings(book, end).of(entry).status is Status.DUE_SOON
    assert standings(book, end + timedelta(days=1)).of(entry).status is Status.OVERDUE


def test_what_comes_from_a_heading_is_still_said_to(write: Callable[[str, str], Path]) -> None:
    book = load_book(write("ledger_2020.yaml", LEDGER.format(notice=NOTICE, keys="due: 3年内")))
    assert book.find("task-1").inherited == ["leaders"]
