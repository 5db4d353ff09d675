"""The headings by which columns are found: kept as JSON, and joined from several books."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reformledger import load_book
from reformledger.columns import Headings, column_keys, columns_named, heading_of, headings_of, joined
from reformledger.errors import UsageError

BODIES = Path(__file__).parents[2] / "ledgers" / "bodies"
COUNTY = """\
kind: workpoints
year: 2020
title: 报告任务
columns:
  lead_departments: 责任处室
sections:
  - title: 工业
    columns:
      area: 占地
    points:
      - id: point-1
        number: '1'
        title: 建设产业园
        persons:
          分管领导:
            - 甲某
        columns:
          area: 2万亩
"""
DISTRICT = """\
kind: ledger
year: 2021
title: 重点项目台账
independent: true
parts:
  - title: 项目
    tables:
      - id_prefix: task
        columns:
          area: 面积
        phase_columns:
          result: 实际进度
        rows:
          - id: task-1
            number: '1'
            title: 修建水库
            persons:
              项目责任人:
                - 乙某
            columns:
              area: 3万亩
            phases:
              - name: 开工
                due: 6月
"""


@pytest.fixture
def bodies(tmp_path: Path) -> list[Path]:
    """Two bodies, of which the second prints another heading over the same column."""
    paths = [tmp_path / "workpoints_2020.yaml", tmp_path / "ledger_2021.yaml"]
    for path, text in zip(paths, (COUNTY, DISTRICT), strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


@pytest.mark.parametrize("body", sorted(BODIES.iterdir()), ids=lambda body: body.name)
def test_headings_are_the_same_when_they_were_kept_as_json(body: Path) -> None:
    headings = headings_of(load_book(body))
    assert Headings(**json.loads(json.dumps(headings._asdict()))) == headings


def test_joined_headings_are_those_of_one_book_that_holds_all_documents(bodies: list[Path]) -> None:
    together = headings_of(load_book(*bodies))
    assert joined(headings_of(load_book(body)) for body in bodies) == together
    assert column_keys(together)[-1].startswith("phases.")
    assert {"area", "persons.分管领导", "persons.项目责任人", "phases.result"} <= set(column_keys(together))
    assert [heading_of(together, key) for key in ("area", "phases.result")] == ["面积", "实际进度"]


def test_a_heading_of_any_of_them_names_the_column(bodies: list[Path]) -> None:
    together = joined(headings_of(load_book(body)) for body in bodies)
    for word, key in {
        "占地": "area",
        "面积": "area",
        "责任处室": "lead_departments",
        "实际进度": "phases.result",
        "分管领导": "persons.分管领导",
    }.items():
        assert columns_named(together, word) == [key]


def test_parts_of_phases_are_no_columns_of_a_book_without_phases(bodies: list[Path]) -> None:
    with pytest.raises(UsageError, match=r"There is no column “phases\.result”"):
        columns_named(headings_of(load_book(bodies[0])), "phases.result")


def test_nothing_joined_has_the_columns_of_the_fields_alone() -> None:
    assert columns_named(joined([]), "title") == ["title"]
    assert joined([]) == Headings({}, {}, [], has_phases=False)
