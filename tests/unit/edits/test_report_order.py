"""Where a report is put among those of its day, and until when one is added to what was closed out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import permutations
from pathlib import Path

import pytest

from reformledger import load_book
from reformledger.edits.intents import Close, Intent, Progress
from reformledger.edits.transaction import carry_out
from reformledger.errors import RefusedError
from reformledger.sources import find_sources
from texts import LEDGER_HEAD

TODAY, DAY = date(2020, 12, 31), date(2020, 6, 28)
LEDGER = (
    LEDGER_HEAD
    + """\
          - id: task-1
            title: 几家的
            lead_departments: [乙科, 甲科]
            supporting_departments: [各中心, 丁科]
            due: 2020
          - id: task-2
            title: 分批的
            lead_departments: [甲科]
            due: 2020
            phases: [{name: 第二批}, {name: 第一批}]
          - id: task-3
            title: 每季度的
            lead_departments: [甲科]
            due: 每季度末
"""
)
DIRECTORY = """\
kind: directory
names:
  - {name: 前中心, kind: office}
  - {name: 后中心, kind: office}
  - {name: 各中心, kind: group, members: [后中心, 前中心]}
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a folder with the ledger and the directory."""
    (tmp_path / "directory.yaml").write_text(DIRECTORY, encoding="utf-8")
    return tmp_path


def recorded(data: Path, intents: Sequence[Intent], id: str = "task-1") -> list[str]:
    """Return the texts of the reports on an entry once they are recorded, one after the other."""
    (data / "ledger.yaml").write_text(LEDGER, encoding="utf-8")
    carry_out(find_sources([data]), intents, TODAY)
    return [report.text for report in load_book(data).find(id).data.progress]


def test_reports_of_a_day_are_in_the_order_of_the_departments_whoever_is_first(data: Path) -> None:
    in_order = ["乙科", "甲科", "后中心", "前中心", "丁科"]
    for names in ([*in_order[at:], *in_order[:at]][::step] for at in range(len(in_order)) for step in (1, -1)):
        assert recorded(data, [Progress("task-1", name, by=name, date=DAY) for name in names]) == in_order


def test_reports_of_other_days_stay_before_and_after(data: Path) -> None:
    made = [("丁科", 29), ("甲科", 28), ("丁科", 27), ("乙科", 28), ("乙科", 29)]
    intents = [Progress("task-1", f"{name}{day}", by=name, date=date(2020, 6, day)) for name, day in made]
    assert recorded(data, intents) == ["丁科27", "乙科28", "甲科28", "乙科29", "丁科29"]


def test_those_that_name_nobody_come_before_the_second_department_in_the_order_typed(data: Path) -> None:
    for names in permutations(["甲科", "丁科", None, None]):
        texts = iter(["先打的", "后打的"])
        intents = [Progress("task-1", name or next(texts), by=name, date=DAY) for name in names]
        assert recorded(data, intents) == ["先打的", "后打的", "甲科", "丁科"]


def test_those_of_one_department_are_in_the_order_of_the_phases_in_print(data: Path) -> None:
    for phases in permutations(["第一批", None, "第二批"]):
        intents = [Progress("task-2", phase or "整体", by="甲科", date=DAY, phase=phase) for phase in phases]
        assert recorded(data, intents, "task-2") == ["整体", "第二批", "第一批"]


def test_those_of_one_department_are_in_one_order_of_the_periods_that_they_name(data: Path) -> None:
    found = {
        tuple(recorded(data, [Progress("task-3", each, by="甲科", date=DAY, for_=each) for each in periods], "task-3"))
        for periods in permutations(["一季度", "二季度", "三季度"])
    }
    assert len(found) == 1


def test_a_report_from_before_the_close_out_is_added_and_noted_a_later_one_is_refused(data: Path) -> None:
    closing = date(2020, 6, 30)
    recorded(data, [Close("task-1", ["验收"], date=closing)])
    outcome = carry_out(find_sources([data]), [Progress("task-1", "之前", by="甲科", date=DAY)], TODAY)
    assert any("was closed out on 2020-06-30, after this report" in note for note in outcome.notes)
    before = (data / "ledger.yaml").read_bytes()
    for day in (closing, date(2020, 7, 1)):
        with pytest.raises(RefusedError, match="was closed out on 2020-06-30"):
            carry_out(find_sources([data]), [Progress("task-1", "之后", by="甲科", date=day)], TODAY)
    assert (data / "ledger.yaml").read_bytes() == before
    assert [report.text for report in load_book(data).find("task-1").data.progress] == ["之前"]
