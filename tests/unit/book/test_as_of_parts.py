"""Dated parts of one text keep their records apart on an earlier day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from reformledger import load_book

LEDGER = """\
kind: ledger
year: 2020
title: 台账
parts:
  - title: 表
    tables:
      - id_prefix: task
        rows:
          - id: task-1
            title: 任务
            due: 2020年3月底前完成初稿，2020年6月底前完成初稿
            phases:
              - name: 完成初稿
              - name: 完成初稿
            history:
              - date: 2020-07-01
                reason: 退回
                phase: "#2"
                closed: {date: 2020-05-01, evidence: [初稿]}
"""


def test_the_second_of_two_equal_parts_is_closed_on_the_day_before_it_was_reopened(
    write: Callable[[str, str], Path],
) -> None:
    book = load_book(write("ledger_2020.yaml", LEDGER)).as_of(date(2020, 6, 1))
    first, second = book.find("task-1").phases
    assert (first.closed, second.closed is not None) == (None, True)
