"""Milestones written: recorded on, closed, extended and reopened by name or place, set part by part, added."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reformledger import load_book
from reformledger.edits.intents import Add, Close, Extend, Intent, Progress, Reopen, Set
from reformledger.edits.transaction import Outcome, carry_out
from reformledger.errors import RefusedError, UsageError
from reformledger.sources import Sources
from reformledger.yamlio import read_yaml

TODAY = date(2023, 9, 15)
LEDGER = """\
kind: ledger
year: 2023
title: 台账
parts:
  - title: 表
    tables:
      - id_prefix: task
        phase_columns: {text: 任务目标, result: 实施情况, assessment: 季度评估}
        rows:
          - id: task-201
            title: 岗位薪酬套改
            due: 2023-12-31
            phases:
              - name: 组织调研，完成定岗定编
                due: 2023-05-31
              - name: 制定实施办法
                due: 2023-06-30
              - name: 征求意见
                due: 2023-07-31
                cancelled:
                  date: 2023-07-10
                  reason: 并入实施办法
              - name: 组织评估调整
                due: 2023-09-30
                text: 评估
          - id: task-212
            title: 深化合作
            phases: [{name: 召开会议, due: 2023-03-31}, {name: 召开会议, due: 2023-06-30}, {name: 总结, due: 2023-11}]
          - id: task-3
            title: 讲座
            due: 3月：完成讲座5场次；4月：调研；6月：完成讲座5场次
          - id: task-4
            title: 用户
            due: 2023-12-31
            phases:
              - name: 一季度
                due: 一季度
                targets: [{name: 用户, value: 4.5, unit: 万户}]
              - {name: 1.2版上线。试运行, due: 上半年}
              - {name: 1.2版上线。试运行.result, due: 下半年}
          - id: task-6
            title: 不按先后
            phases:
              - {name: 全年, due: 年内}
              - {name: 春季, due: 3月}
              - {name: 秋季, due: 9月}
              - {name: 日常}
          - id: task-5
            title: 没有分期
            due: 2023-12-31
"""
FIRST, SECOND = "组织调研，完成定岗定编", "制定实施办法"


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "ledger_2023.yaml"
    path.write_text(LEDGER, encoding="utf-8")
    return path


def do(path: Path, *intents: Intent, today: date = TODAY) -> Outcome:
    return carry_out(Sources((path,), "named"), intents, today)


def row(path: Path, id: str) -> dict[str, Any]:
    """Return a row as it is in the file now."""
    rows = cast("Any", read_yaml(path.read_bytes()).data)["parts"][0]["tables"][0]["rows"]
    return next(row for row in cast("list[dict[str, Any]]", rows) if row["id"] == id)


def refused(path: Path, intent: Intent, *words: str) -> None:
    """Say that an intent is refused with these words, and that nothing was written."""
    before = path.read_bytes()
    with pytest.raises((RefusedError, UsageError)) as caught:
        do(path, intent)
    assert [word for word in words if word not in str(caught.value)] == []
    assert path.read_bytes() == before


# Which milestone is meant


@pytest.mark.parametrize(
    "intent",
    [
        Progress("task-212", "x", phase="召开会议"),
        Close("task-212", ["x"], phase="召开会议"),
        Extend("task-212", "2024", "x", phase="召开会议"),
        Reopen("task-212", "x", phase="召开会议"),
        Set("task-212", {"phases.召开会议.result": "x"}),
    ],
    ids=lambda intent: type(intent).__name__,
)
def test_a_name_that_several_share_is_refused_with_what_to_say(ledger: Path, intent: Intent) -> None:
    refused(ledger, intent, "#1 召开会议 (2023-03-31), #2 召开会议 (2023-06-30)")


@pytest.mark.parametrize(("typed", "written"), [("#2", "#2"), ("＃２", "#2"), ("总 结", "总结"), ("#3", "总结")])
def test_a_record_names_a_milestone_by_its_name_or_place(ledger: Path, typed: str, written: str) -> None:
    do(ledger, Progress("task-212", "x", phase=typed))
    assert row(ledger, "task-212")["progress"][0]["phase"] == written


@pytest.mark.parametrize("word", ["#0", "#4", "召开会"])
def test_a_milestone_that_is_not_there_is_refused(ledger: Path, word: str) -> None:
    refused(ledger, Progress("task-212", "x", phase=word), f"has no phase “{word}”", "召开会议")


def test_equal_names_are_closed_extended_and_reopened_one_by_one(ledger: Path) -> None:
    refused(ledger, Close("task-212", ["x"], phase="#2"), "“#1 召开会议 (2023-03-31)” comes before “#2 召开会议 (")
    do(ledger, Close("task-212", ["纪要"], phase="#1", date=date(2023, 3, 30)))
    do(ledger, Extend("task-212", "2023-10", "x", phase="#2", late=True))
    do(ledger, Close("task-212", ["纪要二"], phase="#2"))
    first, second, third = row(ledger, "task-212")["phases"]
    assert first == {"name": "召开会议", "due": "2023-03-31", "closed": {"date": "2023-03-30", "evidence": ["纪要"]}}
    assert second["due"] == "2023-10"
    assert second["closed"] == {"date": "2023-09-15", "evidence": ["纪要二"]}
    assert third == {"name": "总结", "due": "2023-11"}
    assert row(ledger, "task-212")["extensions"][0]["phase"] == "#2"
    do(ledger, Reopen("task-212", "x", phase="#2"))
    assert row(ledger, "task-212")["history"][0]["phase"] == "#2"
    assert [bool(phase.closed) for phase in load_book(ledger).find("task-212").phases] == [True, False, False]


def test_percentages_and_extensions_of_equal_names_are_told_apart(ledger: Path) -> None:
    do(ledger, Progress("task-212", "x", "80", phase="#1"))
    assert do(ledger, Progress("task-212", "y", "40", phase="#2")).notes == ()
    assert "from 80 to 30" in do(ledger, Progress("task-212", "z", "30", phase="#1")).notes[0]
    do(ledger, Extend("task-212", "2023-12", "x", phase="#1", late=True, date=date(2023, 9, 14)))
    do(ledger, Extend("task-212", "2023-12", "x", phase="#2", late=True, date=date(2023, 9, 13)))
    outcome = do(ledger, Close("task-212", ["x"], phase="#1"))
    assert outcome.notes == ("2023/task-212 #1 is closed out at 30%.",)


def test_dated_parts_of_one_text_have_records_of_their_own(ledger: Path) -> None:
    do(ledger, Close("task-3", ["一"], phase="#1", date=date(2023, 3, 20)), Close("task-3", ["二"], phase="调研"))
    do(ledger, Close("task-3", ["三"], phase="#3", date=date(2023, 9, 15)))
    phases = row(ledger, "task-3")["phases"]
    assert [(phase["name"], phase["closed"]["evidence"]) for phase in phases] == [
        ("完成讲座5场次", ["一"]),
        ("调研", ["二"]),
        ("完成讲座5场次", ["三"]),
    ]
    assert [phase["closed"].get("late") for phase in phases] == [None, "true", "true"]
    assert load_book(ledger).find("task-3").closing is not None


def test_the_last_of_equal_parts_alone_leaves_the_first_without_records(ledger: Path) -> None:
    do(ledger, Extend("task-3", "2023-12", "x", phase="#3", late=True))
    assert row(ledger, "task-3")["phases"] == [{"name": "完成讲座5场次"}, {"name": "完成讲座5场次", "due": "2023-12"}]
    ends = [phase.deadline and phase.deadline.end for phase in load_book(ledger).find("task-3").phases]
    assert ends == [date(2023, 3, 31), date(2023, 4, 30), date(2023, 12, 31)]


def test_a_milestone_waits_for_those_before_it_that_are_due_no_later_and_do_not_rest(ledger: Path) -> None:
    refused(ledger, Close("task-6", ["x"], phase="秋季"), "“春季” comes before “秋季” and is still open.")
    do(ledger, Close("task-6", ["x"], phase="日常"))  # that has no day
    do(ledger, Set("task-6", {"phases.春季.paused.date": "2023-03-01", "phases.春季.paused.reason": "x"}))
    do(ledger, Close("task-6", ["x"], phase="秋季"))
    do(ledger, Close("task-6", ["x"], phase="春季"), Close("task-6", ["x"], phase="全年"))
    refused(ledger, Reopen("task-6", "x", phase="春季"), "“秋季” comes after “春季” and is closed out.")
    do(ledger, Reopen("task-6", "x", phase="全年"))


# Beside an overall deadline


def test_a_milestone_closed_after_its_last_day_is_late(ledger: Path) -> None:
    do(ledger, Close("task-201", ["方案"], phase=FIRST, date=date(2023, 5, 31)))
    outcome = do(ledger, Close("task-201", ["办法"], phase=SECOND, date=date(2023, 7, 8)))
    assert "to be closed out by 2023-06-30" in outcome.notes[0]
    first, second, *_others = row(ledger, "task-201")["phases"]
    assert ("late" in first["closed"], second["closed"]["late"]) == (False, "true")


def test_closing_the_last_open_milestone_leaves_the_overall_deadline(ledger: Path) -> None:
    refused(ledger, Close("task-201", ["x"]), "is carried out in phases", f"--phase {FIRST}")
    do(ledger, Close("task-201", ["x"], phase=FIRST), Close("task-201", ["x"], phase=SECOND))
    # The cancelled milestone between is in nobody's way.
    outcome = do(ledger, Close("task-201", ["x"], phase="组织评估调整"))
    assert "2023-12-31" in outcome.notes[-1]
    assert "reformledger close task-201 --evidence" in outcome.notes[-1]
    assert load_book(ledger).find("task-201").closing is None
    do(ledger, Close("task-201", ["总结"]))
    assert row(ledger, "task-201")["closed"] == {"date": "2023-09-15", "evidence": ["总结"]}
    refused(ledger, Reopen("task-201", "x", phase=FIRST), "was closed out as a whole")


def test_the_whole_and_a_milestone_are_extended_apart(ledger: Path) -> None:
    do(ledger, Extend("task-201", "2024-03", "x"))
    assert row(ledger, "task-201")["due"] == "2024-03"
    do(ledger, Extend("task-201", "2023-11", "x", phase="组织评估调整"))
    assert row(ledger, "task-201")["due"] == "2024-03"
    assert row(ledger, "task-201")["phases"][3]["due"] == "2023-11"
    assert [one.get("phase") for one in row(ledger, "task-201")["extensions"]] == [None, "组织评估调整"]
    advice = "reformledger set task-201 'phases.组织评估调整.due=…'"
    refused(ledger, Extend("task-201", "2023-10", "x", phase="组织评估调整"), advice)


def test_an_entry_whose_milestones_are_all_cancelled_is_closed_as_a_whole(ledger: Path) -> None:
    words = {f"phases.#{n}.cancelled.{key}": value for n in (1, 2, 3) for key, value in CANCELLED.items()}
    do(ledger, Set("task-212", words))
    assert load_book(ledger).find("task-212").closing is None
    do(ledger, Close("task-212", ["x"]))
    assert load_book(ledger).find("task-212").closing is not None


# Cancelled and paused


@pytest.mark.parametrize(
    "intent",
    [
        Progress("task-201", "x", phase="征求意见"),
        Close("task-201", ["x"], phase="征求意见"),
        Extend("task-201", "2024", "x", phase="征求意见"),
    ],
    ids=lambda intent: type(intent).__name__,
)
def test_a_cancelled_milestone_takes_no_record(ledger: Path, intent: Intent) -> None:
    refused(ledger, intent, "“征求意见” was cancelled on 2023-07-10 (并入实施办法).", "'phases.征求意见.cancelled='")


def test_a_cancellation_is_taken_back_as_the_refusal_says(ledger: Path) -> None:
    do(ledger, Set("task-201", {"phases.征求意见.cancelled": ""}), Progress("task-201", "x", phase="征求意见"))
    assert row(ledger, "task-201")["phases"][2] == {"name": "征求意见", "due": "2023-07-31"}


CANCELLED = {"date": "2023-08-01", "reason": "不再推进"}


def test_a_record_of_two_required_keys_is_made_at_once(ledger: Path) -> None:
    refused(
        ledger,
        Set("task-201", {f"phases.{SECOND}.cancelled.date": "2023-08-01"}),
        f"cancellation of phase “{SECOND}”",
        "reason",
    )
    refused(ledger, Set("task-201", {f"phases.{SECOND}.cancelled": "x"}), "cancelled.date=… cancelled.reason=…")
    do(ledger, Set("task-201", {f"phases.{SECOND}.cancelled.{key}": value for key, value in CANCELLED.items()}))
    assert row(ledger, "task-201")["phases"][1] == {"name": SECOND, "due": "2023-06-30", "cancelled": CANCELLED}


def test_what_is_closed_out_is_not_cancelled(ledger: Path) -> None:
    do(ledger, Close("task-212", ["x"], phase="#1"))
    words = {f"phases.#1.cancelled.{key}": value for key, value in CANCELLED.items()}
    refused(ledger, Set("task-212", words), "was closed out on 2023-09-15", "reopen task-212 --phase '#1'")


def test_cancelling_the_last_open_milestone_says_that_the_entry_is_closed_out(ledger: Path) -> None:
    do(ledger, Close("task-212", ["x"], phase="#1"), Close("task-212", ["x"], phase="#2"))
    outcome = do(ledger, Set("task-212", {f"phases.总结.cancelled.{key}": value for key, value in CANCELLED.items()}))
    assert "it is closed out as of 2023-09-15" in outcome.notes[-1]


@pytest.mark.parametrize(("day", "noted"), [(date(2023, 7, 31), False), (date(2023, 8, 1), True), (TODAY, False)])
@pytest.mark.parametrize("of", ["", f"phases.{FIRST}."])
def test_a_record_while_work_rests_is_noted(ledger: Path, of: str, day: date, noted: bool) -> None:
    pause = {"date": "2023-08-01", "reason": "等上级文件", "until": "2023-09-15"}
    do(ledger, Set("task-201", {f"{of}paused.{key}": value for key, value in pause.items()}))
    holder = row(ledger, "task-201")["phases"][0] if of else row(ledger, "task-201")
    assert holder["paused"] == pause
    outcome = do(ledger, Progress("task-201", "x", phase=FIRST, date=day))
    assert any("is paused since 2023-08-01 (等上级文件)." in note for note in outcome.notes) is noted
    do(ledger, Set("task-201", {f"{of}paused.until": ""}))
    assert "until" not in (row(ledger, "task-201")["phases"][0] if of else row(ledger, "task-201"))["paused"]


# set


@pytest.mark.parametrize(
    ("word", "value", "key", "written"),
    [
        (f"phases.{FIRST}.result", "已完成", "result", "已完成"),
        (f"phases.{FIRST}.完成情况", "已完成", "result", "已完成"),  # the table of fields
        (f"phases.{FIRST}.实施情况", "已完成", "result", "已完成"),  # the table's own heading
        (f"phases.{FIRST}.季度评估", "达到序时进度", "assessment", "达到序时进度"),
        (f"分期.{FIRST}.存在问题", "人手不足", "problems", "人手不足"),
        ("phases.#1.text", "定岗", "text", "定岗"),
        ("phases.#1.due", "5月底前", "due", "5月底前"),
        ("phases.#1.count", "3", "count", "3"),
        ("phases.#1.name", "调研", "name", "调研"),
        ("phases.#1.due.means", "2023-05-31", "due", {"wording": "2023-05-31", "means": "2023-05-31"}),
    ],
)
def test_each_plain_key_of_a_milestone_is_set(ledger: Path, word: str, value: str, key: str, written: object) -> None:
    do(ledger, Set("task-201", {word: value}))
    assert row(ledger, "task-201")["phases"][0][key] == written
    load_book(ledger)


def test_a_blank_value_takes_the_key_away_and_nothing_else(ledger: Path) -> None:
    do(ledger, Set("task-201", {"phases.组织评估调整.text": ""}))
    assert ledger.read_text(encoding="utf-8") == LEDGER.replace("                text: 评估\n", "")


def test_the_longest_name_is_meant_where_names_hold_dots(ledger: Path) -> None:
    do(ledger, Set("task-4", {"phases.1.2版上线。试运行.result": "一", "phases.1.2版上线。试运行.result.result": "二"}))
    assert [phase.get("result") for phase in row(ledger, "task-4")["phases"]] == [None, "一", "二"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"phases.征求意件.result": "x"}, ["has no phase “征求意件”", "征求意见"]),
        (
            {f"phases.{FIRST}.targets": "x"},
            ["target of phase “组织调研，完成定岗定编” cannot be set", "write them into the file"],
        ),
        ({f"phases.{FIRST}.closed": "x"}, ["reformledger close task-201", "--phase …"]),
        ({f"phases.{FIRST}.closed.date": "x"}, ["There is no field"]),
        ({f"phases.{FIRST}.resutl": "x"}, ["There is no field", "Did you mean result?"]),
        ({f"phases.{FIRST}": "x"}, ["phases.NAME.KEY=…"]),
        ({f"phases.{FIRST}.due": "5月低前"}, ["deadline of phase “组织调研，完成定岗定编”", "Did you mean"]),
        ({f"phases.{FIRST}.count": "三"}, ["count of phase “组织调研，完成定岗定编”", "is not a whole number."]),
        ({f"phases.{FIRST}.name": ""}, ["is missing"]),
        ({f"phases.{FIRST}.result": "x", "phases.#1.完成情况": "y"}, ["name the same field"]),
        ({"paused.when": "x"}, ["There is no field “paused.when” here."]),
        ({"paused": "x"}, ["paused.date=… paused.reason=…"]),
    ],
    ids=str,
)
def test_what_cannot_be_set_is_refused(ledger: Path, fields: dict[str, str], words: list[str]) -> None:
    refused(ledger, Set("task-201", fields), *words)


def test_persons_of_a_role_are_set_as_a_list(ledger: Path) -> None:
    do(ledger, Set("task-5", {"persons.项目责任人": "张三、李四"}))
    assert row(ledger, "task-5")["persons"] == {"项目责任人": ["张三", "李四"]}
    do(ledger, Set("task-5", {"persons.项目责任人": ""}))
    assert "persons" not in row(ledger, "task-5")


def test_a_part_of_a_deadline_gets_its_records_beside_the_printed_words(ledger: Path) -> None:
    do(ledger, Set("task-3", {"phases.#3.result": "三", "phases.调研.result": "二"}))
    assert row(ledger, "task-3")["due"] == "3月：完成讲座5场次；4月：调研；6月：完成讲座5场次"
    phases = load_book(ledger).find("task-3").phases
    assert [phase.data and phase.data.result for phase in phases] == [None, "二", "三"]
    refused(ledger, Set("task-3", {"phases.调研.name": "x"}), "dated parts of its deadline", "set task-3 due=…")


def test_a_later_deadline_of_a_milestone_is_noted(ledger: Path) -> None:
    outcome = do(ledger, Set("task-212", {"phases.#2.due": "2023-12"}))
    assert "reformledger extend task-212 --phase '#2'" in outcome.notes[0]


def test_records_follow_a_milestone_that_is_renamed(ledger: Path) -> None:
    do(ledger, Progress("task-212", "x", phase="总结"), Progress("task-212", "y", phase="#2"))
    do(ledger, Set("task-212", {"phases.#2.name": "再次推进"}))
    assert [report["phase"] for report in row(ledger, "task-212")["progress"]] == ["总结", "#2"]
    do(ledger, Set("task-212", {"phases.总结.name": "再次推进"}))
    assert [report["phase"] for report in row(ledger, "task-212")["progress"]] == ["#3", "#2"]


def test_several_assignments_are_one_edit_that_touches_only_its_lines(ledger: Path) -> None:
    outcome = do(ledger, Set("task-212", {"phases.#1.result": "一", "phases.总结.result": "三"}))
    (hunk,) = outcome.files[0].hunks
    assert [sign for sign, _text in hunk.lines if sign != " "] == ["-", "+"]
    assert "{name: 召开会议, due: 2023-03-31, result: 一}" in ledger.read_text(encoding="utf-8")


# add


def test_an_entry_is_added_with_its_milestones(ledger: Path) -> None:
    phases = ["召开会议=3月底前", "召开会议=6月底前", "总结"]
    do(ledger, Add("task", "新任务", {"due": "年内", "phases.总结.text": "写总结"}, phases))
    assert row(ledger, "task-213")["phases"] == [
        {"name": "召开会议", "due": "3月底前"},
        {"name": "召开会议", "due": "6月底前"},
        {"name": "总结", "text": "写总结"},
    ]
    assert (
        "            phases:\n"
        "              - name: 召开会议\n"
        "                due: 3月底前\n"
        "              - name: 召开会议\n"
        "                due: 6月底前\n"
        "              - name: 总结\n"
        "                text: 写总结\n"
    ) in ledger.read_text(encoding="utf-8")


def test_milestones_are_added_behind_those_that_are_there(ledger: Path) -> None:
    do(ledger, Progress("task-212", "x", phase="总结"))
    do(ledger, Set("task-212", {"phases.归档.text": "归档"}, ["归档=2023年12月", "总结"]))
    phases = row(ledger, "task-212")["phases"]
    assert phases[3:] == [{"name": "归档", "due": "2023年12月", "text": "归档"}, {"name": "总结"}]
    # The name is shared now: the report says which one it was about.
    assert row(ledger, "task-212")["progress"][0]["phase"] == "#3"
    do(ledger, Set("task-5", {}, ["征求意见=7月底前"]))
    assert row(ledger, "task-5")["phases"] == [{"name": "征求意见", "due": "7月底前"}]


@pytest.mark.parametrize(
    ("intent", "words"),
    [
        (Add("task", "x", {}, ["=7月"]), "names no phase"),
        (Add("task", "x", {}, ["甲=7月低前"]), "Did you mean"),
        (Add("task", "x", {"phases.乙.text": "x"}, ["甲"]), "has no phase “乙”"),
        (Set("task-5", {"phases.征求意见.due": "7月底前"}), "has no phase “征求意见”"),
        (Set("task-3", {}, ["甲"]), "dated parts of its deadline"),
        (Set("task-5", {}, ["甲=乙"]), "cannot be understood"),
    ],
    ids=str,
)
def test_milestones_that_cannot_be_added_are_refused(ledger: Path, intent: Intent, words: str) -> None:
    refused(ledger, intent, words)


def test_no_milestone_is_added_to_what_is_closed_out(ledger: Path) -> None:
    do(ledger, Close("task-5", ["x"]))
    refused(ledger, Set("task-5", {}, ["甲"]), "was closed out on 2023-09-15")


def test_targets_of_a_milestone_are_reported_with_it(ledger: Path) -> None:
    refused(ledger, Progress("task-4", "x", targets={"用户": "4"}), "no target “用户”")
    do(ledger, Progress("task-4", "x", targets={"用户": "4"}, phase="一季度"))
    assert row(ledger, "task-4")["progress"][0]["targets"] == {"用户": "4"}
    outcome = do(ledger, Close("task-4", ["x"], phase="一季度"))
    assert any("short of its target 用户, 4.5万户: 4万户" in note for note in outcome.notes)


TEXTS = st.text(st.sampled_from("甲乙丙1.。:#'\"- {}[],"), min_size=1, max_size=12).filter(str.strip)


@settings(max_examples=30)  # each example reads and writes a file five times
@given(name=TEXTS.filter(lambda name: not name.strip().startswith(("#", "＃"))), result=TEXTS, flow=st.booleans())
def test_any_name_and_text_can_be_written(
    tmp_path_factory: pytest.TempPathFactory, name: str, result: str, flow: bool
) -> None:
    path = tmp_path_factory.mktemp("ledger") / "ledger_2023.yaml"
    path.write_text(LEDGER, encoding="utf-8")
    ref = "task-212" if flow else "task-201"
    others = row(path, ref)["phases"]
    do(path, Set(ref, {}, [name]))
    do(path, Set(ref, {f"phases.#{len(others) + 1}.result": result}))
    assert row(path, ref)["phases"] == [*others, {"name": name.strip(), "result": result.strip()}]
    do(path, Set(ref, {f"phases.{name}.result": ""}))
    assert row(path, ref)["phases"] == [*others, {"name": name.strip()}]
    kept = path.read_text(encoding="utf-8").splitlines()
    assert [line for line in LEDGER.splitlines() if line not in kept and "phases: [" not in line] == []
