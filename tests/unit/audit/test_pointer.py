"""Where a finding points on what an entry has from a heading."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from reformledger import load_book
from reformledger.audit.pointer import at, place_of
from reformledger.entry import Entry

LEDGER = """\
kind: ledger
year: 2020
title: 台账
parts:
  - title: 主要指标
    leaders: [甲某, 乙某]
    lead_departments: [区发改局]
    tables:
      - id_prefix: task
        lead_departments: [区统计局]
        rows:
          - {id: task-1, title: 地区生产总值增长15%}
"""


@pytest.mark.parametrize(
    ("steps", "line", "source"),
    [
        (("leaders", 1), 6, "乙某"),
        (("lead_departments", 0), 10, "区统计局"),
        (("title",), 12, "地区生产总值增长15%"),
    ],
)
def test_what_comes_from_a_heading_is_pointed_at_there(
    steps: tuple[str | int, ...], line: int, source: str, write: Callable[[str, str], Path]
) -> None:
    [entry] = load_book(write("ledger_2020.yaml", LEDGER)).entries
    inherited = Entry(entry.data, entry.group, entry.index, entry.kind, ["leaders", "lead_departments"])
    place = place_of(at(inherited, *steps))
    assert place.end_column is not None
    assert (place.line, place.source[place.column - 1 : place.end_column - 1]) == (line, source)
