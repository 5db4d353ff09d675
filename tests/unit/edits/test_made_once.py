"""What is recorded already is not recorded again; an added entry like another is pointed out."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest

from conftest import Run
from reformledger.edits.batch import read_batch
from reformledger.edits.intents import Add, Close, Extend, Intent, Progress, Set, Waive
from reformledger.edits.transaction import Outcome, carry_out
from reformledger.errors import RefusedError
from reformledger.sources import Sources
from reformledger.yamlio import read_yaml
from texts import LEDGER_HEAD

TODAY = date(2020, 6, 30)
LEDGER = (
    LEDGER_HEAD
    + """\
          - {id: task-1, title: 每季度的, lead_departments: [招办], due: 每季度末}
          - id: task-2
            title: 有目标的
            lead_departments: [招办]
            due: 2020年12月底前
            targets: [{name: 幼儿园, value: 4, unit: 所}]
          - id: task-3
            title: 分批的
            phases: [{name: 第一批, due: 2020年9月}, {name: 第二批, due: 2020年9月}]
          - {id: task-4, title: 推进高考改革, lead_departments: [招办], due: 年内}
  - title: 另一张
    tables:
      - id_prefix: other
        rows: []
"""
)


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "ledger_2020.yaml"
    path.write_text(LEDGER, encoding="utf-8")
    return path


def do(ledger: Path, *intents: Intent, today: date = TODAY) -> Outcome:
    return carry_out(Sources((ledger,), "named"), intents, today)


def row(ledger: Path, number: int) -> dict[str, Any]:
    data = cast("Any", read_yaml(ledger.read_bytes()).data)
    return cast("dict[str, Any]", data["parts"][0]["tables"][0]["rows"][number - 1])


MADE: list[tuple[Intent, Intent]] = [
    (Progress("task-2", "完成选址"), Progress("2020/task-2", " 完成选址 ", date=TODAY)),
    (
        Progress("task-2", "完成选址", "50", "招办", ["纪要", "照片"], targets={"幼儿园": "2"}, problems="经费不足"),
        Progress("task-2", "完成 选址", "50%", "招办", ["照片", "纪要"], targets={"幼儿园": "2"}, problems="经费不足"),
    ),
    (Progress("task-1", "开会", for_="二季度"), Progress("task-1", "开会", for_="二 季度")),
    (Progress("task-3", "开工", phase="第二批"), Progress("task-3", "开工", phase="#2")),
    (Close("task-2", ["验收报告"], "谢强"), Close("task-2", ["验收 报告"], "谢强")),
    (Close("task-3", ["报告"], phase="第一批"), Close("task-3", ["报告"], phase="#1")),
    (
        Close("task-1", ["报告"], despite_missed="合并报送"),
        Close("task-1", ["报告"], despite_missed="合并报送"),
    ),
    (Extend("task-2", "2021年3月", "疫情防控"), Extend("task-2", "2021年3月", "疫情防控", date=TODAY)),
    (
        Extend("task-3", "开学前", "疫情", means="2020-10", phase="第一批"),
        Extend("task-3", "开学前", "疫情", means="2020-10", phase="#1"),
    ),
    (Waive("task-1", "二季度", "疫情防控", "谢强"), Waive("task-1", "二季度", "疫情 防控", "谢强")),
    (Add("task", "建设智慧校园"), Add("task", "建设智慧校园")),
    (
        Add("task", "建设智慧校园", {"牵头科室": "招办、基教科", "due": "年内"}, ["试点=2020年9月"]),
        Add("task", "建设 智慧校园", {"lead_departments": "招办，基教科", "due": "年内"}, ["试点=2020年9月"]),
    ),
]


@pytest.mark.parametrize(("first", "again"), MADE, ids=str)
@pytest.mark.parametrize("is_one_batch", [False, True])
def test_what_is_recorded_is_not_recorded_again(ledger: Path, first: Intent, again: Intent, is_one_batch: bool) -> None:
    do(ledger, first)
    once = ledger.read_bytes()
    if is_one_batch:
        ledger.write_text(LEDGER, encoding="utf-8")
    outcome = do(ledger, first, again) if is_one_batch else do(ledger, again)
    assert "already recorded" in outcome.notes[-1]
    assert ledger.read_bytes() == once
    assert (outcome.files == ()) != is_one_batch


def test_a_later_record_does_not_hide_the_first(ledger: Path) -> None:
    batch: list[Intent] = [
        Progress("task-2", "完成选址"),
        Progress("task-2", "完成招标"),
        Extend("task-2", "2021年3月", "疫情防控"),
        Close("task-2", ["验收报告"]),
        Close("task-3", ["报告"], phase="第一批"),
        Close("task-3", ["报告"], phase="第二批"),
    ]
    do(ledger, *batch)
    once = ledger.read_bytes()
    outcome = do(ledger, *batch)
    assert outcome.files == ()
    assert len([note for note in outcome.notes if "already recorded" in note]) == len(batch)
    assert ledger.read_bytes() == once


@pytest.mark.parametrize(
    "other",
    [
        {"percent": "51"},
        {"by": "基教科"},
        {"evidence": ["纪要"]},
        {"weak": True},
        {"targets": {"幼儿园": "2"}},
        {"problems": "经费不足"},
        {"text": "完成选址。"},
        {"date": date(2020, 6, 29)},
    ],
    ids=str,
)
def test_what_differs_in_one_thing_is_another_report(ledger: Path, other: dict[str, Any]) -> None:
    do(ledger, Progress("task-2", "完成选址", "50"))
    do(ledger, Progress("task-2", "完成选址", "50")._replace(**other))
    assert len(row(ledger, 2)["progress"]) == 2


def test_another_close_out_of_what_is_closed_is_refused_as_before(ledger: Path) -> None:
    do(ledger, Close("task-2", ["验收报告"]), Close("task-3", ["报告"], phase="第一批"))
    for other in (
        Close("task-2", ["审计报告"]),
        Close("task-2", ["验收报告"], "谢强"),
        Close("task-3", ["审计报告"], phase="第一批"),
        Progress("task-2", "又一次"),
    ):
        with pytest.raises(RefusedError, match="closed out on"):
            do(ledger, other)


def test_the_close_out_of_a_phase_is_not_that_of_the_whole(ledger: Path) -> None:
    do(ledger, Set("task-3", {"due": "2020"}), Close("task-3", ["报告"], phase="第一批"))
    do(ledger, Close("task-3", ["报告"], phase="第二批"))
    assert do(ledger, Close("task-3", ["报告"])).files != ()
    assert row(ledger, 3)["closed"]["evidence"] == ["报告"]


@pytest.mark.parametrize("command", ["progress task-2 --text x", "close task-2"])
def test_evidence_given_twice_is_recorded_once(ledger: Path, run: Run, command: str) -> None:
    line = [*command.split(), "--evidence", "A", "--evidence", "B", "--evidence", " A", "--data", str(ledger)]
    ran = run(*line, "--date", "2020-06-30")
    assert ran.code == 0
    assert "“A” is given 2 times, and recorded once." in ran.err
    record = row(ledger, 2).get("closed") or row(ledger, 2)["progress"][0]
    assert record["evidence"] == ["A", "B"]


@pytest.mark.parametrize("again", ["纪要[2020]1号", "纪要（２０２０） 1号", "纪要【2020】1号"])
def test_evidence_that_reads_the_same_is_the_same(ledger: Path, run: Run, again: str) -> None:
    line = ["close", "task-2", "--date", "2020-06-30", "--data", str(ledger)]
    assert run(*line, "--evidence", "纪要〔2020〕1号", "--evidence", again).code == 0
    assert row(ledger, 2)["closed"]["evidence"] == ["纪要〔2020〕1号"]
    before = ledger.read_bytes()
    ran = run(*line, "--evidence", again)
    assert ran.code == 0
    assert "already recorded" in ran.err
    assert ledger.read_bytes() == before


def test_a_batch_sent_twice_changes_nothing_the_second_time(ledger: Path) -> None:
    batch = json.dumps(
        [
            {"id": "task-2", "text": "完成选址", "percent": "50", "date": "2020-06-30", "evidence": ["纪要", "纪要"]},
            {"op": "waive", "id": "task-1", "for": "一季度", "reason": "疫情防控", "date": "2020-06-30"},
            {"op": "add", "to": "task", "title": "建设智慧校园", "fields": {"牵头科室": "基教科"}},
        ]
    )
    for is_first in (True, False):
        intents = read_batch(batch.encode(), "progress", date(2020, 7, 15))
        outcome = do(ledger, *intents)
        assert (outcome.files != ()) == is_first
    assert sum("already recorded" in note for note in outcome.notes) == 3
    assert len(row(ledger, 2)["progress"]) == 1


def test_the_command_says_that_nothing_changes(ledger: Path, run: Run) -> None:
    line = ["progress", "task-2", "--text", "完成选址", "--date", "2020-06-30", "--data", str(ledger)]
    assert run(*line).code == 0
    ran = run(*line)
    assert (ran.code, ran.out) == (0, "")
    assert "already recorded" in ran.err
    assert "There is nothing to change." in ran.err


def test_a_phase_that_is_there_is_not_added_again(ledger: Path) -> None:
    do(ledger, Set("task-3", add_phases=["第三批=2020年10月", "第三批=2020年11月"]))
    outcome = do(ledger, Set("task-3", add_phases=["第三批=2020年10月", "第四批", "第四批"]))
    assert [phase["name"] for phase in row(ledger, 3)["phases"]] == ["第一批", "第二批", "第三批", "第三批", "第四批"]
    assert [note for note in outcome.notes if "already recorded" in note] == [
        f"The phase “{name}” of 2020/task-3 is already recorded." for name in ("第三批", "第四批")
    ]
    assert do(ledger, Set("task-3", add_phases=["第四批"])).files == ()


# Entries that are alike


@pytest.mark.parametrize(
    ("title", "fields", "to", "is_noted"),
    [
        ("推进高考改革", {"牵头科室": "招办", "due": "长期"}, "task", True),
        ("推进《高考》改革", {"牵头科室": "基教科、招办"}, "task", True),
        ("推进　高考改革", {"牵头科室": "招办"}, "other", True),
        ("推进高考改革", {"牵头科室": "基教科"}, "task", False),
        ("推进高考改革", {}, "task", False),
        ("推进高考改革（二）", {"牵头科室": "招办"}, "task", False),
        ("分批的", {"due": "年内"}, "task", True),  # neither has a department
    ],
)
def test_an_entry_like_another_is_noted_and_added(
    ledger: Path, title: str, fields: dict[str, str], to: str, is_noted: bool
) -> None:
    outcome = do(ledger, Add(to, title, fields))
    first = "2020/task-3" if title == "分批的" else "2020/task-4"
    notes = [note for note in outcome.notes if f"is like {first} in title and department" in note]
    assert bool(notes) == is_noted
    assert outcome.files != ()
    line = next(n for n, text in enumerate(LEDGER.splitlines(), 1) if first.removeprefix("2020/") in text)
    assert all(f"{ledger.name}:{line}" in note for note in notes)


def test_the_first_of_several_alike_is_named(ledger: Path) -> None:
    for due in ("2020年7月", "2020年8月"):
        outcome = do(ledger, Add("task", "推进高考改革", {"牵头科室": "招办", "due": due}))
        assert ["2020/task-4" in note for note in outcome.notes] == [True]


def test_a_number_of_its_own_makes_another_entry(ledger: Path) -> None:
    do(ledger, Add("task", "建设智慧校园", {"牵头科室": "招办"}))
    assert do(ledger, Add("task", "建设智慧校园", {"牵头科室": "招办", "number": "9"})).files != ()


def test_an_entry_added_again_after_it_was_reported_on_is_recorded_already(ledger: Path) -> None:
    again = Add("task", "建设智慧校园", {"牵头科室": "招办"})
    do(ledger, again, Progress("task-5", "开工"))
    outcome = do(ledger, again, today=date(2020, 7, 1))
    assert outcome.files == ()
    assert [*outcome.titles] == ["2020/task-5"]
