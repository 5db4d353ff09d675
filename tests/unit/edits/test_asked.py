"""Edits of what is asked for again and again, of close-outs that are late or short, and of a matter of two years."""

from __future__ import annotations

import shlex
from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest

from conftest import Run
from reformledger import load_book
from reformledger.edits.batch import read_batch
from reformledger.edits.intents import Close, Extend, Intent, Progress, Set, Waive
from reformledger.edits.transaction import BatchError, Outcome, carry_out
from reformledger.errors import DataError, RefusedError, UsageError
from reformledger.sources import Sources
from reformledger.yamlio import read_yaml
from texts import LEDGER_HEAD

TODAY = date(2020, 12, 31)
LEDGER = (
    LEDGER_HEAD
    + """\
          - id: task-1
            title: 每季度的
            lead_departments: [甲科]
            supporting_departments: [乙科]
            due: 每季度末
          - id: task-2
            title: 有目标的
            lead_departments: [甲科]
            due: 上半年
            targets: [{name: 幼儿园, value: 4, unit: 所}, {name: 小学, value: 2, unit: 所}]
          - id: task-3
            title: 分批的
            due: 2020
            phases: [{name: 第一批}, {name: 第二批}]
          - id: task-4
            title: 一次的
            due: 2020
"""
)
POINTS = """\
kind: workpoints
year: 2020
title: 要点
reporting: 每季度末
sections:
  - title: 一
    points:
      - {id: point-1, title: 要点, due: 2020年12月}
"""
NEXT = """\
kind: ledger
year: 2021
title: 台账
parts:
  - title: 表
    tables:
      - id_prefix: task
        rows:
          - {id: task-1, title: 每季度的, due: 每季度末, carried_over_from: 2020/task-1}
          - {id: task-4, title: 另一件, due: 2021}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "ledger_2020.yaml").write_text(LEDGER, encoding="utf-8")
    (tmp_path / "workpoints_2020.yaml").write_text(POINTS, encoding="utf-8")
    return tmp_path


def do(folder: Path, *intents: Intent, today: date = TODAY) -> Outcome:
    return carry_out(Sources(tuple(sorted(folder.glob("*.yaml"))), "named"), intents, today)


def report(folder: Path, month: int, day: int, word: str = "task-1", **more: Any) -> tuple[str, ...]:
    """Return the notes on a report of a day of 2020."""
    return do(folder, Progress(word, "x", date=date(2020, month, day), **more)).notes


def row(folder: Path, number: int) -> dict[str, Any]:
    data = cast("Any", read_yaml((folder / "ledger_2020.yaml").read_bytes()).data)
    return cast("dict[str, Any]", data["parts"][0]["tables"][0]["rows"][number - 1])


def refused(folder: Path, words: str, *intents: Intent, today: date = TODAY) -> None:
    before = {path: path.read_bytes() for path in folder.glob("*.yaml")}
    with pytest.raises((RefusedError, UsageError, BatchError)) as caught:
        do(folder, *intents, today=today)
    assert words in str(caught.value)
    assert {path: path.read_bytes() for path in folder.glob("*.yaml")} == before


# Which occurrence or period a report is for


@pytest.mark.parametrize(
    ("month", "day", "name", "end"),
    [
        (3, 1, "2020年一季度", ""),  # the first of the window's last 31 days
        (3, 31, "2020年一季度", ""),
        (4, 10, "2020年一季度", "2020-03-31"),  # ten days after
    ],
)
def test_a_report_counts_by_its_day(folder: Path, month: int, day: int, name: str, end: str) -> None:
    late = f" It is late: the last day was {end}." if end else ""
    assert report(folder, month, day) == (f"The report counts for {name}.{late}",)


def test_a_report_that_counts_for_none_says_what_to_type(folder: Path) -> None:
    (note,) = report(folder, 5, 5, evidence=["照片 一"], targets={}, problems="资金")
    command = note.partition(" and: ")[2]
    words = shlex.split(command)
    assert words[:3] == ["reformledger", "progress", "2020/task-1"]
    options = dict(zip(words[3::2], words[4::2], strict=True))
    assert options == {
        "--text": "x",
        "--evidence": "照片 一",
        "--date": "2020-05-05",
        "--for": "2020年一季度",  # the last that had passed unmet on the day of the report
        "--problems": "资金",
    }


def test_a_report_names_its_occurrence(folder: Path) -> None:
    late = ("The report counts for 2020年一季度. It is late: the last day was 2020-03-31.",)
    assert report(folder, 5, 5, for_="一季度", phase=None, problems="缺资金") == late
    recorded = {"date": "2020-05-05", "text": "x", "for": "一季度", "problems": "缺资金"}
    assert row(folder, 1)["progress"] == [recorded]
    assert report(folder, 5, 5, for_="2020-06-30") == ("The report counts for 2020年二季度.",)


@pytest.mark.parametrize(
    ("word", "wording", "sentence"),
    [
        ("task-1", "5月", "There are: 2020年一季度, 2020年二季度, 2020年三季度, 2020年四季度."),
        ("task-1", "上半年", "Name one of: 2020年一季度, 2020年二季度."),
        ("task-1", "春天", "cannot be understood"),
        ("task-4", "一季度", "2020/task-4 does not recur"),
        ("point-1", "2019年", "There are: 2020年一季度"),
    ],
)
def test_what_names_no_one_occurrence_is_refused(folder: Path, word: str, wording: str, sentence: str) -> None:
    refused(folder, sentence, Progress(word, "x", for_=wording))
    refused(folder, sentence, Waive(word, wording, "x"))


def test_a_report_of_a_supporting_department_meets_no_occurrence(folder: Path) -> None:
    notes = report(folder, 3, 15, by="乙科")
    assert "The report counts for no occurrence: only those of leading departments do." in notes


def test_a_report_answers_the_period_of_the_calendar(folder: Path) -> None:
    # The notice is of no day: the year begins on 1 January. The first third of a quarter answers the one before.
    assert report(folder, 2, 15, "point-1") == ("The report is that of 2020年一季度 in the return calendar.",)
    late = "The report is that of 2020年二季度 in the return calendar. It is late: the last day was 2020-06-30."
    assert report(folder, 7, 20, "point-1") == (late,)
    assert report(folder, 3, 1, "task-4") == ()


def test_last_years_occurrence_is_reported_on_the_entry_that_goes_on(folder: Path) -> None:
    (folder / "ledger_2021.yaml").write_text(NEXT, encoding="utf-8")
    (note,) = do(folder, Progress("task-1", "x", for_="2020年四季度"), today=date(2021, 2, 20)).notes
    assert note == "The report counts for 2020年四季度. It is late: the last day was 2020-12-31."


def test_percentages_are_compared_within_a_phase_and_among_leading_departments(folder: Path) -> None:
    do(folder, Progress("task-3", "x", "60", phase="第一批"), Progress("task-2", "x", "60", by="甲科"))
    assert do(folder, Progress("task-3", "x", "40", phase="第二批")).notes == ()
    assert "The percentage goes down, from 60 to 40." in do(folder, Progress("task-3", "x", "40", phase="第一批")).notes
    assert [note for note in do(folder, Progress("task-2", "x", "0", by="乙科")).notes if "goes down" in note] == []
    assert row(folder, 3)["progress"][0]["phase"] == "第一批"
    refused(folder, "Did you mean 第一批", Progress("task-3", "x", phase="第一期"))
    refused(folder, "is not carried out in phases", Progress("task-4", "x", phase="第一批"))


# Waivers


def test_a_waiver_is_recorded_and_counts_as_met(folder: Path) -> None:
    do(folder, Waive("task-1", "一季度", "疫情", "谢强", date(2020, 3, 2)))
    assert row(folder, 1)["waivers"] == [
        {"date": "2020-03-02", "for": "一季度", "reason": "疫情", "approved_by": "谢强"}
    ]
    refused(folder, "一季度 of 2020/task-1 is waived already.", Waive("task-1", "一季度", "x"))
    report(folder, 6, 15)
    refused(folder, "2020-06-30 of 2020/task-1 was reported on.", Waive("task-1", "2020-06-30", "x"))
    refused(folder, "needs a reason", Waive("task-1", "三季度", "无"))
    assert len(do(folder, Waive("point-1", "一季度", "x")).files) == 1


def test_waivers_and_occurrences_in_a_batch(folder: Path) -> None:
    batch = b"""[{"op": "waive", "id": "task-1", "for": "\xe4\xb8\x80\xe5\xad\xa3\xe5\xba\xa6", "reason": "x"},
        {"id": "task-1", "text": "x", "for": "\xe4\xba\x8c\xe5\xad\xa3\xe5\xba\xa6", "problems": "y"}]"""
    outcome = do(folder, *read_batch(batch, "progress", date(2020, 7, 15)))
    assert outcome.titles == {"2020/task-1": "每季度的"}
    assert row(folder, 1)["progress"][0]["for"] == "二季度"
    with pytest.raises(BatchError, match="“for” is missing"):
        read_batch(b'[{"op": "waive", "id": "task-1", "reason": "x"}]', "progress", date(2020, 7, 15))


# Close-outs


def test_several_are_closed_or_none(folder: Path, run: Run) -> None:
    refused(folder, "already closed out", *(Close(word, [word]) for word in ("task-2", "task-4", "2020/task-4")))
    line = ["close", "task-2", "task-4", "--evidence", "报告", "--date", "2020-06-30", "--data", str(folder)]
    ran = run(*line, "--dry-run")
    assert ran.err.splitlines()[:2] == ["2020/task-2  有目标的", "2020/task-4  一次的"]
    assert run(*line).code == 0
    book = load_book(folder)
    assert all(book.find(word).closing for word in ("task-2", "task-4"))
    assert run("undo", "--data", str(folder)).code == 0
    assert not any("closed" in row(folder, number) for number in (2, 4))


def test_a_late_close_out_is_marked(folder: Path) -> None:
    do(folder, Close("task-4", ["x"], date=date(2020, 12, 31)))
    assert "late" not in row(folder, 4)["closed"]
    outcome = do(folder, Close("task-2", ["x"], date=date(2020, 7, 1)))
    assert row(folder, 2)["closed"]["late"] == "true"
    assert outcome.notes[0] == "2020/task-2 was to be closed out by 2020-06-30; the record says that it is late."


def test_what_is_short_of_its_value_is_noted(folder: Path) -> None:
    do(folder, Progress("task-2", "x", "80", by="甲科", targets={"幼儿园": "3"}, date=date(2020, 6, 1)))
    do(folder, Progress("task-2", "x", "10", by="乙科", date=date(2020, 6, 2)))
    assert do(folder, Close("task-2", ["x"], date=date(2020, 6, 30))).notes == (
        "2020/task-2 is closed out at 80%.",
        "2020/task-2 is closed out short of its target 幼儿园, 4所: 3所.",
        "2020/task-2 is closed out short of its target 小学, 2所: nothing was reported.",
    )


def test_a_recurring_duty_is_not_closed_over_a_missed_occurrence(folder: Path) -> None:
    for month in (3, 6, 9):
        report(folder, month, 15)
    words = "unmet are those of: 2020-12-31. With --despite-missed REASON"
    refused(folder, words, Close("task-1", ["x"], date=date(2020, 10, 1)))
    refused(folder, words, Close("task-1", ["x"], date=date(2020, 10, 1), despite_missed="无"))
    do(folder, Close("task-1", ["x"], date=date(2020, 10, 1), despite_missed="机构撤销"))
    assert row(folder, 1)["closed"]["despite"] == "机构撤销"
    refused(folder, "Leave --despite-missed out", Close("task-4", ["x"], despite_missed="y"))


def test_a_recurring_duty_whose_occurrences_are_met_or_waived_is_closed(folder: Path) -> None:
    for month in (3, 6, 9):
        report(folder, month, 15)
    do(folder, Waive("task-1", "四季度", "x", date=date(2020, 10, 1)))
    do(folder, Close("task-1", ["x"]))
    assert row(folder, 1)["closed"] == {"date": "2020-12-31", "evidence": ["x"]}


def test_what_has_a_deadline_beside_its_phases_is_closed_as_a_whole(folder: Path) -> None:
    do(folder, Close("task-3", ["x"], phase="第一批"))
    refused(folder, "Say which one", Close("task-3", ["x"]))
    do(folder, Close("task-3", ["x"], phase="第二批"))
    assert load_book(folder).find("task-3").closing is None
    do(folder, Close("task-3", ["x"]))
    assert load_book(folder).find("task-3").closing is not None


# Which entry a bare id means, and what is said of it


def test_a_bare_id_is_of_the_newest_year(folder: Path, run: Run) -> None:
    (folder / "ledger_2021.yaml").write_text(NEXT, encoding="utf-8")
    book = load_book(folder)
    assert [book.find(word).ref for word in ("task-1", "task-4", "task-2")] == [
        "2021/task-1",
        "2021/task-4",
        "2020/task-2",
    ]
    assert do(folder, Set("task-1", {"remark": "x"})).titles == {"2021/task-1": "每季度的"}
    refused(folder, "Name one of: 2020/task-4, 2021/task-4.", Extend("task-4", "2022", "x"))
    assert run("show", "task-4", "--data", str(folder)).code == 0


# A phase that is none


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("due: 2020\n            phases: [{name: 第一批}, {name: 第二批}]", "No phase is named “第三批”."),
        ("due: 2020\n", "The report names a phase, but the entry has none."),
    ],
)
def test_a_report_names_a_phase_of_its_entry(folder: Path, place: str, words: str) -> None:
    report_line = "            progress: [{date: 2020-03-01, text: x, phase: 第三批}]\n"
    begin, _place, rest = LEDGER.rpartition(place)
    text = begin + place.rstrip("\n") + "\n" + report_line + rest.removeprefix("\n")
    (folder / "ledger_2020.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=words):
        load_book(folder)
