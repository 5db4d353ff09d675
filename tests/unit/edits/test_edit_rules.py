"""What each edit does to an entry, and what the rules of the office forbid: small ledgers, one rule a test."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, cast, get_args

import pytest

from reformledger import load_book
from reformledger.edits.intents import Add, Close, Extend, Intent, Progress, Remove, Reopen, Set
from reformledger.edits.transaction import PLANS, BatchError, Outcome, carry_out
from reformledger.errors import RefusedError, UsageError
from reformledger.model.life import Status
from reformledger.sources import Sources
from reformledger.standing import standings
from reformledger.yamlio import read_yaml

TODAY = date(2020, 10, 1)
LEDGER = """\
kind: ledger
year: 2020
title: 台账
parts:
  - title: 表
    count: 6个
    tables:
      - id_prefix: task
        columns:
          number: 序号
          title: 改革任务
          leaders: 责任领导
          due: 进度安排
          funding: 经费（万元）
          star: 备注
        rows:
          - id: task-1
            number: 1
            title: 任务
            leaders:
              - 谢强
            due: 上半年
            targets:
              - name: 公办幼儿园
                value: 4
                unit: 所
              - name: 学位比例
                value: 85
                unit: "%"
          - id: task-2
            number: 2
            title: 只有☆
            star: ☆
          - id: task-3
            number: 3
            title: 分批
            star: {note: 第一批完成, phase: 第一批}
            phases:
              - {name: 第一批, due: 2020}
              - {name: 第二批, due: 2021}
          - id: task-4
            number: 4
            title: 已销账
            due: 2020
            progress:
              - {date: 2020-03-01, text: 完成, percent: 100}
            closed: {date: 2020-03-31, evidence: [验收报告], approved_by: 谢强}
          - id: task-5
            number: 5
            title: 分段
            due: 3月：研讨；12月底前：发布
          - id: task-6
            number: 6
            title: 长期
            due: 长期坚持
"""


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "ledger_2020.yaml"
    path.write_text(LEDGER, encoding="utf-8")
    return path


def do(path: Path, *intents: Intent, today: date = TODAY) -> Outcome:
    return carry_out(Sources((path,), "named"), intents, today)


def row(path: Path, number: int) -> dict[str, Any]:
    """Return a row as it stands in the file now."""
    data = cast("Any", read_yaml(path.read_bytes()).data)
    return cast("dict[str, Any]", data["parts"][0]["tables"][0]["rows"][number - 1])


def refused(path: Path, intent: Intent, words: str, today: date = TODAY) -> None:
    """Say that an intent is refused with these words, and that nothing was written."""
    before = path.read_bytes()
    with pytest.raises((RefusedError, UsageError)) as caught:
        do(path, intent, today=today)
    assert words in str(caught.value)
    assert path.read_bytes() == before


# progress


def test_progress_records_what_was_said(ledger: Path) -> None:
    do(
        ledger,
        Progress(
            "task-1",
            "两所完工",
            "50",
            "基教科",
            ["照片", "验收单"],
            weak=True,
            targets={"公办幼儿园": "2", "学位比例": "80.5"},
        ),
    )
    assert row(ledger, 1)["progress"] == [
        {
            "date": "2020-10-01",
            "text": "两所完工",
            "percent": "50",
            "by": "基教科",
            "evidence": ["照片", "验收单"],
            "weak": "true",
            "targets": {"公办幼儿园": "2", "学位比例": "80.5"},
        }
    ]
    report = load_book(ledger).find("task-1").data.progress[0]
    assert (report.percent, report.weak, report.targets) == (50, True, {"公办幼儿园": 2, "学位比例": 80.5})


def test_reports_stay_in_the_order_of_their_days(ledger: Path) -> None:
    do(ledger, Progress("task-1", "九月", date=date(2020, 9, 1)), Progress("task-1", "三月", date=date(2020, 3, 1)))
    do(ledger, Progress("task-1", "九月又", date=date(2020, 9, 1)))
    assert [report["text"] for report in row(ledger, 1)["progress"]] == ["三月", "九月", "九月又"]


@pytest.mark.parametrize(
    ("intent", "words"),
    [
        (Progress("task-1", "x", date=date(2020, 10, 2)), "2020-10-02 is in the future"),
        (Progress("task-1", "x", "101"), "Write a whole number from 0 to 100."),
        (Progress("task-1", "x", "一半"), "percent: “一半” is no percentage of the whole."),
        (Progress("task-1", " "), "text with at least one visible character"),
        (Progress("task-1", "x", targets={"幼儿园": "1"}), "Did you mean 公办幼儿园?"),
        (Progress("task-1", "x", targets={"公办幼儿园": "两"}), "a number in digits"),
        (Progress("task-2", "x", targets={"公办幼儿园": "1"}), "It declares none"),
        (Progress("task-1", "x", by="基教科、计财科"), "one name"),
        (Progress("task-4", "x"), "reformledger reopen task-4"),
        (Progress("task-9", "x"), "There is no entry task-9."),
    ],
    ids=str,
)
def test_progress_is_refused(ledger: Path, intent: Intent, words: str) -> None:
    refused(ledger, intent, words)


def test_percentage_that_goes_down_is_noted(ledger: Path) -> None:
    assert do(ledger, Progress("task-1", "x", "60")).notes == ()
    assert do(ledger, Progress("task-1", "y", "40")).notes == ("The percentage goes down, from 60 to 40.",)


def test_today_is_doubted_when_a_record_is_newer(ledger: Path) -> None:
    refused(
        ledger,
        Progress("task-1", "x"),
        "clock says 2020-03-30, but the newest record is of 2020-03-31",
        date(2020, 3, 30),
    )
    do(ledger, Progress("task-1", "x", date=date(2020, 3, 31)), today=date(2020, 3, 30))
    assert row(ledger, 1)["progress"][0]["date"] == "2020-03-31"


# close and reopen


def test_close_records_evidence_and_who_agreed(ledger: Path) -> None:
    do(ledger, Close("task-1", ["验收报告"], "谢强", date=date(2020, 6, 30)))
    assert row(ledger, 1)["closed"] == {"date": "2020-06-30", "evidence": ["验收报告"], "approved_by": "谢强"}


@pytest.mark.parametrize(
    ("intent", "words"),
    [
        (Close("task-1"), "Without evidence"),
        (Close("task-1", ["", " "]), "Without evidence"),
        (Close("task-1", ["无", "——"]), "Without evidence"),  # check would find it (RL001)
        (Close("task-4", ["x"]), "was already closed out on 2020-03-31"),
        (Close("task-3", ["x"]), "Say which one: --phase 第一批."),
        (Close("task-1", ["x"], phase="第一批"), "Leave --phase out."),
        (Close("task-3", ["x"], phase="第二批"), "“第一批” comes before “第二批” and is still open."),
        (Close("task-3", ["x"], phase="第一期"), "Did you mean 第一批"),
        (Close("task-1", ["x"], date=date(2020, 10, 2)), "in the future"),
    ],
    ids=str,
)
def test_close_is_refused(ledger: Path, intent: Intent, words: str) -> None:
    refused(ledger, intent, words)


def test_close_is_not_dated_before_the_last_report(ledger: Path) -> None:
    do(ledger, Progress("task-1", "x", date=date(2020, 9, 1)))
    refused(ledger, Close("task-1", ["x"], date=date(2020, 8, 31)), "of 2020-09-01, later than 2020-08-31")


def test_closing_the_last_phase_closes_the_entry_and_the_first_its_star(ledger: Path) -> None:
    do(ledger, Close("task-3", ["一"], phase="第一批"))
    entry = load_book(ledger).find("task-3")
    assert entry.star_closed
    assert entry.closing is None
    refused(ledger, Close("task-3", ["二"], phase="第一批"), "already closed out")
    do(ledger, Close("task-3", ["二"], phase="第二批"))
    book = load_book(ledger)
    assert standings(book, TODAY).of(book.find("task-3")).status is Status.CLOSED


def test_dated_part_is_closed_beside_the_printed_words(ledger: Path) -> None:
    refused(ledger, Close("task-5", ["x"], phase="发布"), "“研讨” comes before “发布”")
    do(ledger, Close("task-5", ["纪要"], phase="研讨"))
    assert row(ledger, 5)["due"] == "3月：研讨；12月底前：发布"
    assert row(ledger, 5)["phases"] == [
        {"name": "研讨", "closed": {"date": "2020-10-01", "evidence": ["纪要"], "late": "true"}}
    ]
    entry = load_book(ledger).find("task-5")
    assert entry.deadline is not None
    assert entry.deadline.end == date(2020, 12, 31)
    do(ledger, Close("task-5", ["文件"], phase="发布"))
    assert load_book(ledger).find("task-5").closing is not None


def test_reopen_moves_the_close_into_the_history(ledger: Path) -> None:
    do(ledger, Reopen("task-4", "材料不全"))
    assert "closed" not in row(ledger, 4)
    closed = {"date": "2020-03-31", "evidence": ["验收报告"], "approved_by": "谢强"}
    assert row(ledger, 4)["history"] == [{"date": "2020-10-01", "reason": "材料不全", "closed": closed}]
    do(ledger, Close("task-4", ["新报告"]))
    do(ledger, Reopen("task-4", "再次"))
    assert [record["reason"] for record in row(ledger, 4)["history"]] == ["材料不全", "再次"]


def test_reopen_of_a_phase_names_it(ledger: Path) -> None:
    do(ledger, Close("task-3", ["一"], phase="第一批"), Close("task-3", ["二"], phase="第二批"))
    refused(ledger, Reopen("task-3", "x", phase="第一批"), "“第二批” comes after “第一批” and is closed out.")
    do(ledger, Reopen("task-3", "x", phase="第二批"))
    assert row(ledger, 3)["history"][0]["phase"] == "第二批"
    assert "closed" not in row(ledger, 3)["phases"][1]


def test_phase_of_what_was_closed_as_a_whole_is_not_reopened_alone(ledger: Path) -> None:
    text = ledger.read_text(encoding="utf-8")
    whole = "due: 3月：研讨；12月底前：发布\n            closed: {date: 2020-09-01, evidence: [文件]}\n"
    ledger.write_text(text.replace("due: 3月：研讨；12月底前：发布\n", whole), encoding="utf-8")
    refused(ledger, Reopen("task-5", "x", phase="发布"), "was closed out as a whole")
    do(ledger, Reopen("task-5", "x"))
    assert load_book(ledger).find("task-5").closing is None


@pytest.mark.parametrize(
    ("intent", "words"),
    [
        (Reopen("task-1", "x"), "is not closed out"),
        (Reopen("task-4", "x", date=date(2020, 3, 30)), "closed out on 2020-03-31, later than 2020-03-30"),
        (Reopen("task-4", ""), "text with at least one visible character"),
        (Reopen("task-3", "x"), "Say which one"),
    ],
    ids=str,
)
def test_reopen_is_refused(ledger: Path, intent: Intent, words: str) -> None:
    refused(ledger, intent, words)


# extend


def test_extension_keeps_the_old_deadline_in_its_record(ledger: Path) -> None:
    do(ledger, Extend("task-1", "2020年12月底前", "疫情影响", approved_by="谢强", date=date(2020, 6, 30)))
    assert row(ledger, 1)["due"] == "2020年12月底前"
    assert row(ledger, 1)["extensions"] == [
        {
            "date": "2020-06-30",
            "from": "上半年",
            "to": "2020年12月底前",
            "reason": "疫情影响",
            "approved_by": "谢强",
        }
    ]


def test_an_extension_is_not_recorded_before_the_one_that_it_follows(ledger: Path) -> None:
    do(ledger, Extend("task-1", "2020年12月底前", "疫情影响", date=date(2020, 6, 30)))
    with pytest.raises(RefusedError, match="last moved on 2020-06-30"):
        do(ledger, Extend("task-1", "2021年6月", "疫情影响", date=date(2020, 6, 29)))


def test_deadline_of_a_bare_star_becomes_one_of_its_own(ledger: Path) -> None:
    do(ledger, Extend("task-2", "2021-06", "x"))
    assert (row(ledger, 2)["due"], row(ledger, 2)["star"]) == ("2021-06", "☆")
    extension = load_book(ledger).find("task-2").data.extensions[0]
    assert extension.from_ is not None
    assert (extension.from_.wording, extension.from_.start, extension.from_.end) == (
        "☆",
        date(2020, 1, 1),
        date(2020, 12, 31),
    )


def test_phase_is_extended_alone(ledger: Path) -> None:
    do(ledger, Extend("task-3", "2022", "x", phase="第二批"))
    assert [phase["due"] for phase in row(ledger, 3)["phases"]] == ["2020", "2022"]
    assert row(ledger, 3)["extensions"][0]["phase"] == "第二批"


def test_dated_part_is_extended_beside_the_printed_words(ledger: Path) -> None:
    do(ledger, Extend("task-5", "2021-03", "x", phase="发布"))
    assert row(ledger, 5)["due"] == "3月：研讨；12月底前：发布"
    assert [phase.deadline and phase.deadline.end for phase in load_book(ledger).find("task-5").phases] == [
        date(2020, 3, 31),
        date(2021, 3, 31),
    ]


def test_late_extension_says_so(ledger: Path) -> None:
    refused(ledger, Extend("task-1", "2020年12月底前", "x", date=date(2020, 7, 1)), "passed on 2020-06-30")
    do(ledger, Extend("task-1", "2020年12月底前", "x", late=True, date=date(2020, 7, 1)))
    assert row(ledger, 1)["extensions"][0]["late"] == "true"


def test_words_of_another_kind_are_kept_with_their_meaning(ledger: Path) -> None:
    refused(ledger, Extend("task-2", "高考之后", "x"), "--means 2020")
    do(ledger, Extend("task-2", "高考之后", "x", means="2021-06"))
    assert row(ledger, 2)["due"] == {"wording": "高考之后", "means": "2021-06"}


@pytest.mark.parametrize(
    ("intent", "words"),
    [
        (Extend("task-2", "2020年12月低前", "x"), "Did you mean 2020年12月底前"),
        (Extend("task-2", "年内", "x"), "name the year, such as 2021年12月底前"),
        (Extend("task-2", "2020-06", "x"), "reformledger set task-2 due=…"),
        (Extend("task-2", "长期坚持", "x"), "names no one last day"),
        (Extend("task-2", "每季度末", "x"), "names no one last day"),
        (Extend("task-6", "2021", "x"), "has no last day that could be extended"),
        (Extend("task-4", "2021", "x"), "reformledger reopen task-4"),
        (Extend("task-3", "2021", "x"), "Say which one"),
        (Extend("task-1", "2021", "x", late=True, date=date(2020, 6, 30)), "had not passed on 2020-06-30"),
        (Extend("task-2", "2021", ""), "An extension needs a reason."),
        (Extend("task-2", "2021", "x", approved_by=" "), "approver of extension 1: Expected"),
        (Extend("task-2", "2021", "略"), "An extension needs a reason."),  # check would find it (RL009)
    ],
    ids=str,
)
def test_extension_is_refused(ledger: Path, intent: Intent, words: str) -> None:
    refused(ledger, intent, words)


def test_closed_phase_is_not_extended(ledger: Path) -> None:
    do(ledger, Close("task-3", ["一"], phase="第一批"))
    refused(ledger, Extend("task-3", "2023", "x", phase="第一批"), "“第一批” was closed out")


# set


@pytest.mark.parametrize(
    ("fields", "key", "value"),
    [
        ({"leaders": "彭格、谢强，刘自力"}, "leaders", ["彭格", "谢强", "刘自力"]),
        ({"责任领导": "彭格"}, "leaders", ["彭格"]),
        ({"进度安排": "三季度"}, "due", "三季度"),
        ({"完成时限": "三季度"}, "due", "三季度"),
        ({"due": "力争五年左右", "due.means": "2025"}, "due", {"wording": "力争五年左右", "means": "2025"}),
        ({"due.means": "2025", "due": "力争五年左右"}, "due", {"wording": "力争五年左右", "means": "2025"}),
        ({"star": "☆（首批完成）"}, "star", {"note": "首批完成"}),
        ({"star": "☆"}, "star", "☆"),
        ({"funding": "30"}, "columns", {"funding": "30"}),
        ({"经费（万元）": "30"}, "columns", {"funding": "30"}),
        ({"acknowledged.RL203": "经请示按原文"}, "acknowledged", {"RL203": "经请示按原文"}),
        ({"remark": " 附注 "}, "remark", "附注"),
        ({"number": "一"}, "number", "一"),
    ],
    ids=str,
)
def test_set_understands_fields_and_values(ledger: Path, fields: dict[str, str], key: str, value: object) -> None:
    do(ledger, Set("task-1", fields))
    assert row(ledger, 1)[key] == value


def test_no_value_takes_the_field_away(ledger: Path) -> None:
    do(ledger, Set("task-1", {"leaders": "", "funding": "30"}))
    assert "leaders" not in row(ledger, 1)
    do(ledger, Set("task-1", {"funding": ""}))
    assert "columns" not in row(ledger, 1)


def test_condition_of_a_star_is_taken_away_and_the_star_stays(ledger: Path) -> None:
    do(ledger, Set("task-3", {"star.note": "", "star.phase": ""}))
    assert row(ledger, 3)["star"] == "☆"


def test_setting_what_is_there_changes_nothing(ledger: Path) -> None:
    before = ledger.read_bytes()
    assert do(ledger, Set("task-1", {"leaders": "谢强", "due": "上半年"})).files == ()
    assert ledger.read_bytes() == before


def test_deadline_set_later_is_noted(ledger: Path) -> None:
    assert "reformledger extend task-1" in do(ledger, Set("task-1", {"due": "2021"})).notes[0]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"id": "task-9"}, "Ids stay"),
        ({"progress": "x"}, "reformledger progress task-1"),
        ({"closed": "x"}, "reformledger close task-1"),
        ({"extensions": "x"}, "reformledger extend task-1"),
        ({"targets": "x"}, "write them into the file"),
        ({"phases": "x"}, "phases.NAME.result=…"),
        ({"columns": "x"}, "columns.KEY=…"),
        ({"leader": "x"}, "Did you mean leaders"),
        ({"进度按排": "x"}, "Did you mean 进度安排"),
        ({"title": ""}, "is missing"),
        ({"due": "下下季度"}, "due.means=2020"),
        ({"star": "★"}, "Expected ☆"),
        ({"issued": "2020.13.2"}, "issued: “2020.13.2” is no day. There is no such day in the calendar."),
        ({"columns.budget": "1"}, "declares no column “budget”"),
        ({"due": "2021", "进度安排": "2022"}, "“进度安排” and “due” name the same field."),
        ({"carried_over_from": "2020/task-2"}, "2020/task-2 is of no earlier year than 2020/task-1."),
        ({"carried_over_from": "2020/task-1"}, "2020/task-1 is of no earlier year than 2020/task-1."),
        ({"acknowledged.RL20": "x"}, "There is no rule RL20 to be acknowledged."),
        ({"acknowledged.rl203": "x"}, "Did you mean RL203?"),
        ({"acknowledged.RL604": "x"}, "There is no rule RL604 to be acknowledged."),
        ({}, "Nothing is to be set."),
    ],
    ids=str,
)
def test_set_is_refused(ledger: Path, fields: dict[str, str], words: str) -> None:
    refused(ledger, Set("task-1", fields), words)


# add and remove


def test_new_entry_gets_the_next_id_and_number(ledger: Path) -> None:
    outcome = do(ledger, Add("task", "新任务", {"责任领导": "彭格、谢强", "due": "年内", "funding": "5"}))
    assert row(ledger, 7) == {
        "id": "task-7",
        "number": "7",
        "title": "新任务",
        "leaders": ["彭格", "谢强"],
        "due": "年内",
        "assigned": "2020-10-01",
        "columns": {"funding": "5"},
    }
    assert outcome.notes == (
        "“彭格” is new: neither the ledger nor the directory has a person of this name.",
        f"{outcome.files[0].name}:6 still says “6个”; there are 7 now. With --recount it is written anew.",
    )


@pytest.mark.parametrize(
    ("count", "noted"),
    [
        ("七个", False),
        ("共７个", False),
        ("3类7个", False),
        ("3类", False),
        ("六个", True),
        ("共6个，其中7个需年内完成销账", True),
        ("若干", False),
    ],
)
def test_printed_count_is_noted_only_where_it_is_wrong_now(ledger: Path, count: str, noted: bool) -> None:
    ledger.write_text(LEDGER.replace("count: 6个", f"count: {count}"), encoding="utf-8")
    assert any(f"still says “{count}”" in note for note in do(ledger, Add("task", "新任务")).notes) == noted


def test_removed_entry_is_kept_in_the_record_and_its_id_is_not_given_again(ledger: Path) -> None:
    do(ledger, Remove("task-6", "并入任务1"))
    data = cast("Any", read_yaml(ledger.read_bytes()).data)
    assert data["removed"] == [
        {
            "id": "task-6",
            "title": "长期",
            "part": "表",
            "date": "2020-10-01",
            "reason": "并入任务1",
            "entry": {"number": "6", "due": "长期坚持"},
        }
    ]
    do(ledger, Add("表", "新任务"))
    assert row(ledger, 6)["id"] == "task-7"


POINTS = """\
kind: workpoints
year: {year}
title: 要点
sections:
  - title: 一
    points:
      - id: point-1
        title: 要点
"""


@pytest.mark.parametrize(
    ("points", "fields", "words"),
    [
        (2020, {"implements": "point-2"}, "There is no entry 2020/point-2. Did you mean 2020/point-1"),
        (2020, {"implements": "task-2"}, "2020/task-2 is a row of the ledger, not a work point."),
        (2020, {"implements": "point-1"}, None),
        # Of what belongs to documents that are not loaded, nothing is said.
        (2019, {"implements": "point-1"}, None),
        (2019, {"carried_over_from": "2019/task-1"}, None),
    ],
    ids=str,
)
def test_references_lead_somewhere_as_far_as_is_known(
    ledger: Path, points: int, fields: dict[str, str], words: str | None
) -> None:
    path = ledger.with_name("workpoints.yaml")
    path.write_text(POINTS.format(year=points), encoding="utf-8")
    sources = Sources((ledger, path), "named")
    if words is None:
        carry_out(sources, [Set("task-1", fields)], TODAY)
        return
    with pytest.raises(UsageError) as caught:
        carry_out(sources, [Set("task-1", fields)], TODAY)
    assert words in str(caught.value)


def test_removal_needs_a_reason(ledger: Path) -> None:
    refused(ledger, Remove("task-6", " "), "text with at least one visible character")


@pytest.mark.parametrize(
    ("intent", "words"),
    [
        (Add("tsk", "x"), "Did you mean task"),
        (Add("task", ""), "one line of text"),
        (Add("task", "x", {"progress": "y"}), "cannot be set"),
        (Add("task", "x", {"改革任务": "y"}), "“改革任务” and “title” name the same field."),
        (Add("task", "x", {"责任领导": "谢强", "leaders": "彭格"}), "name the same field"),
    ],
    ids=str,
)
def test_add_is_refused(ledger: Path, intent: Intent, words: str) -> None:
    refused(ledger, intent, words)


# batches


def test_every_intent_has_its_rules() -> None:
    assert PLANS.keys() == set(get_args(Intent))


def test_batch_is_carried_out_in_its_order_or_not_at_all(ledger: Path) -> None:
    before = ledger.read_bytes()
    with pytest.raises(BatchError) as caught:
        do(ledger, Close("task-1", ["x"]), Close("task-1", ["y"]), Progress("task-8", "x"))
    assert [label for label, _error in caught.value.errors] == [
        "element 2 (close task-1)",
        "element 3 (progress task-8)",
    ]
    assert ledger.read_bytes() == before
    do(ledger, Add("task", "新任务"), Progress("task-7", "开始"), Remove("task-7", "误加"), Close("task-1", ["x"]))
    assert "closed" in row(ledger, 1)
    assert len(cast("Any", read_yaml(ledger.read_bytes()).data)["removed"]) == 1


def test_what_goes_on_in_a_later_year_is_recorded_there(ledger: Path, tmp_path: Path) -> None:
    later = tmp_path / "ledger_2021.yaml"
    later.write_text(
        "kind: ledger\nyear: 2021\ntitle: 台账\nparts:\n  - title: 表\n    tables:\n      - id_prefix: task\n"
        "        rows:\n          - id: task-1\n            title: 任务\n            carried_over_from: 2020/task-1\n",
        encoding="utf-8",
    )
    both = Sources((ledger, later), "named")
    for intent in (
        Progress("2020/task-1", "x"),
        Close("2020/task-1", ["x"]),
        Extend("2020/task-1", "2022", "x"),
        Remove("2020/task-1", "x"),
    ):
        with pytest.raises(RefusedError, match="goes on as 2021/task-1"):
            carry_out(both, [intent], TODAY)


# days and words that contradict


@pytest.mark.parametrize(
    "intent", [Extend("task-1", "2030年底", "x", means="2031"), Set("task-1", {"due": "2030年底", "due.means": "2031"})]
)
def test_words_that_name_their_year_cannot_mean_another(ledger: Path, intent: Intent) -> None:
    refused(ledger, intent, "“2030年底” by itself ends on 2030-12-31, not on 2031-12-31.")


@pytest.mark.parametrize("means", ["2021-12-31", "2021"])
def test_words_without_a_year_may_mean_whichever_day(ledger: Path, means: str) -> None:
    do(ledger, Set("task-1", {"due": "年内完成", "due.means": means}))
    assert row(ledger, 1)["due"] == {"wording": "年内完成", "means": means}


@pytest.mark.parametrize(("wording", "means"), [("2021年底", "2021-12-31"), ("2021年", "2021-06")])
def test_a_meaning_that_says_the_same_or_more_is_taken(ledger: Path, wording: str, means: str) -> None:
    do(ledger, Extend("task-1", wording, "x", means=means, late=True))
    assert row(ledger, 1)["due"] == {"wording": wording, "means": means}


@pytest.mark.parametrize(
    ("day", "noted"), [(date(2002, 9, 1), True), (date(2018, 12, 31), True), (date(2019, 1, 1), False)]
)
def test_a_day_long_before_the_ledger_is_doubted(ledger: Path, day: date, noted: bool) -> None:
    outcome = do(ledger, Progress("task-1", "调研", date=day))
    assert any(f"{day} is more than a year before 2020" in note for note in outcome.notes) is noted


def test_nothing_is_closed_out_before_its_deadline_was_extended(ledger: Path) -> None:
    do(ledger, Extend("task-1", "2020年11月", "x", late=True, date=date(2020, 9, 10)))
    refused(ledger, Close("task-1", ["验收单"], date=date(2020, 9, 9)), "of 2020-09-10, later than 2020-09-09")
    do(ledger, Close("task-1", ["验收单"], date=date(2020, 9, 10)))


def test_the_last_phase_may_have_been_done_before_another(ledger: Path) -> None:
    do(ledger, Close("task-3", ["一"], phase="第一批", date=date(2020, 9, 20)))
    do(ledger, Close("task-3", ["二"], phase="第二批", date=date(2020, 9, 10)))
    (entry,) = (entry for entry in load_book(ledger).entries if entry.id == "task-3")
    assert entry.closing is not None
    assert entry.closing.date == date(2020, 9, 20)
