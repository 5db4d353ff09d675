"""The forms that other bodies print, held by data alone: each is read, and none is found at fault."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from conftest import LEDGERS, Run

BODIES = LEDGERS / "bodies"

FINDINGS: Mapping[str, list[tuple[str, str]]] = {
    # The second step is due on 30 June and was closed out on 8 July, as printed.
    "company": [("RL013", "2023/task-201")],
    # Two rows of one text, which the office prints twice. Task 1 recurs, and nobody reported on it.
    "police": [("RL010", "2020/task-1"), ("RL205", "2020/task-11")],
    # These recur, too; the forms hold no reports.
    "court": [("RL010", "2024/item-2")],
    "english": [("RL010", "2024/risk-2")],
    "hospital": [("RL010", "2023/item-1"), ("RL010", "2023/item-3")],
    "school": [("RL010", "2020/item-1"), ("RL010", "2020/item-3")],
    "tax": [("RL010", "2023/item-2")],
    "township": [("RL010", "2021/item-2")],
}
"""The findings that are right, notes all of them, by body; of every other body nothing is found."""

LAST_DAYS: Mapping[str, Mapping[str, str | None]] = {
    "company": {"task-201": "2023-05-31", "task-202": "2023-03-31", "task-212": "2023-03-31"},
    "police": {
        "task-1": "2020-12-31",
        "task-2": None,
        "task-3": "2023-12-31",
        "task-4": "2023-12-31",
        "task-5": "2020-12-31",
        "task-6": None,
        "task-7": None,
        "task-8": "2020-09-30",
        "task-9": "2020-10-31",
        "task-10": "2020-11-30",
        "task-11": "2020-12-31",
    },
    "livelihood": {"item-1": "2022-12-31", "item-2": "2022-10-31"},
    "reporting": {"point-80": "2022-12-31", "point-81": None, "point-82": "2022-09-30"},
    "english": {"risk-1": "2024-09-30", "risk-3": None, "poam-1": "2024-03-31"},
    "hospital": {"item-1": "2023-12-31", "item-2": "2023-05-31"},
    "enterprise": {"item-1": "2022-07-31", "item-2": "2022-06-30", "item-3": "2022-10-31"},
    "township": {"item-1": "2021-06-30", "item-3": "2022-01-31"},
    "tax": {"item-1": "2023-05-23"},
    "court": {"item-1": "2024-09-30"},
    "rectification": {"item-1": "2021-06-30", "item-2": None},
    "committee": {"item-1": "2022-03-31", "item-2": "2022-10-31"},
}
"""The last day of the deadline that counts on 1 January, a milestone's where there are any; None: none is named."""

FOUND: list[tuple[str, tuple[str, ...], list[str]]] = [
    ("district", ("list", "--leader", "甲某"), ["point-1", "point-2", "point-3"]),
    ("district", ("list", "--leader", "丙某"), ["point-4"]),
    ("college", ("list", "--department", "教务处"), ["jw-1", "jw-2"]),
    ("livelihood", ("list", "--leader", "丁某"), ["item-1"]),
    ("livelihood", ("list", "--leader", "己某"), ["item-2"]),
    ("police", ("list", "--department", "车辆管理所"), ["task-2", "task-7"]),
    ("county", ("list", "--department", "各县(市、区)政府(管委会)"), ["point-2"]),
    ("county", ("list", "--department", "各县、区人民政府"), ["point-3"]),
    ("county", ("list", "--department", "D局"), ["point-1", "point-2"]),
    ("county", ("list", "--department", "A局"), ["point-1", "point-4"]),
    ("county", ("list", "--leader", "丙某"), ["point-4"]),
    ("reporting", ("list", "--due", "2022-Q3"), ["point-82"]),
    ("company", ("list", "--due-by", "2023-08", "--as-of", "2023-08-01"), ["task-202", "task-212"]),
    ("procuratorate", ("list", "--due", "2021-Q1", "--as-of", "2021-02-01"), ["task-1"]),
    ("company", ("star",), []),
]
"""What a question finds, in printed order."""

SHOWN: list[tuple[str, tuple[str, ...], list[str]]] = [
    # The cancellation of 20 July is not yet made in June: four steps count, later three.
    ("company", ("due", "--as-of", "2023-06-20"), ["2/4 制定实施办法"]),
    ("company", ("show", "task-201", "--as-of", "2023-09-01"), ["3/3 组织评估调整"]),
    ("company", ("due", "--as-of", "2023-06-01"), ["1/2 召开推进会"]),
    ("district", ("show", "point-1", "--as-of", "2021-06-01"), ["甲某", "乙某", "市对区考核指标"]),
    ("procuratorate", ("show", "task-1", "--as-of", "2021-10-08"), ["目标", "完成情况", "评估", "未达到序时进度"]),
    ("livelihood", ("by-leader", "丁某", "--as-of", "2022-10-01"), ["项目责任人", "新建社区养老服务站20个"]),
    ("livelihood", ("by-department", "东区人民政府", "--as-of", "2022-10-01"), ["各区人民政府"]),
    ("school", ("by-department", "财务科", "--as-of", "2020-03-01"), ["各科室", "家访"]),
    ("english", ("due", "--as-of", "2024-06-20"), ["2/3 Pilot"]),
    ("livelihood", ("show", "item-1", "--as-of", "2022-10-01"), [" 1/2个", " 2/5个", " 0/1个", " 3/2个", " 6/10个"]),
    (
        "county",
        ("show", "point-4"),
        ["丙某 (from the heading “二、加强民生保障”)", "A局 (from the heading “（一）办好教育”)"],
    ),
    # Nine steps that are not cancelled: two closed, one of them late; past their day are two quarters and two meetings.
    ("company", ("stats", "--as-of", "2023-09-01"), ["2 of 9 milestones closed, 5 late"]),
    ("police", ("show", "task-7", "--as-of", "2020-06-01"), ["车管所", "完成时间一栏印的是“车辆管理所”"]),
]
"""What a view prints."""


def names() -> list[str]:
    return sorted(folder.name for folder in BODIES.iterdir())


def answer(run: Run, body: Path, *arguments: str) -> list[dict[str, Any]]:
    ran = run(*arguments, "--data", str(body), "-f", "json")
    assert ran.out, ran.err
    found = json.loads(ran.out)
    items: list[dict[str, Any]] = found["items"] if isinstance(found, dict) else found
    return items


@pytest.mark.parametrize("body", names())
def test_nothing_is_found_that_the_body_would_reject(run: Run, body: str) -> None:
    found = answer(run, BODIES / body, "check")
    assert [(item["code"], item["ref"]) for item in found] == FINDINGS.get(body, [])
    assert {item["severity"] for item in found} <= {"note"}


@pytest.mark.parametrize("body", LAST_DAYS)
def test_last_days(run: Run, body: str) -> None:
    year = next((BODIES / body).glob("[lw]*_*.yaml")).stem[-4:]
    items = answer(run, BODIES / body, "list", "--as-of", f"{year}-01-01")
    ends = {item["id"]: (item["due"] or {"end": None})["end"] for item in items if item["id"] in LAST_DAYS[body]}
    assert ends == LAST_DAYS[body]


@pytest.mark.parametrize(("body", "arguments", "ids"), FOUND)
def test_questions(run: Run, body: str, arguments: tuple[str, ...], ids: list[str]) -> None:
    assert [item["id"] for item in answer(run, BODIES / body, *arguments)] == ids


@pytest.mark.parametrize(("body", "arguments", "words"), SHOWN)
def test_views(
    run: Run, monkeypatch: pytest.MonkeyPatch, body: str, arguments: tuple[str, ...], words: list[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    ran = run(*arguments, "--data", str(BODIES / body))
    assert ran.code == 0, ran.err
    assert [word for word in words if word not in ran.out] == []


def test_phases_stand_once_in_the_column_that_prints_them(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    company = run("show", "task-212", "--data", str(BODIES / "company"), "--as-of", "2023-02-01").out.splitlines()
    first = next(place for place, line in enumerate(company) if line.startswith("节点"))
    assert "召开推进会  2023-03-31" in company[first]
    assert company[first + 1].startswith(" ")
    assert "召开推进会  2023-06-30" in company[first + 1]
    assert company[first + 2].startswith("完成时间")
    assert sum("召开推进会" in line for line in company) == 2
    form = run("show", "task-1", "--data", str(BODIES / "procuratorate"), "--as-of", "2021-02-01").out.splitlines()
    headings = [line.split()[0] for line in form]
    assert headings[headings.index("推进情况") + 1 : headings.index("牵头部门")][:3] == ["目标:", "完成情况:", "评估:"]


@pytest.mark.parametrize("body", names())
@pytest.mark.parametrize("command", ["list", "due", "star", "stats", "by-leader", "by-department"])
@pytest.mark.parametrize("ending", ["table", "json", "csv", "md"])
def test_every_view_answers(run: Run, body: str, command: str, ending: str) -> None:
    ran = run(command, "--data", str(BODIES / body), "-f", ending)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out


def test_a_companys_milestones_are_written_and_carried_over(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(BODIES / "company", folder)
    data = ("--data", str(folder))
    for arguments in (
        ("progress", "task-201", "--phase", "组织评估调整", "--text", "正在评估", "--date", "2023-09-10"),
        ("close", "task-212", "--phase", "#1", "--evidence", "会议纪要一", "--date", "2023-03-30"),
        ("close", "task-212", "--phase", "#2", "--evidence", "会议纪要二", "--date", "2023-06-29"),
        ("set", "task-201", "phases.组织评估调整.result=已形成初稿"),
    ):
        ran = run(*arguments, *data)
        assert ran.code == 0, ran.err
    found = [(item["code"], item["ref"]) for item in answer(run, folder, "check")]
    assert found == FINDINGS["company"]
    [shown] = [item for item in answer(run, folder, "list", "--as-of", "2023-10-01") if item["id"] == "task-212"]
    assert [phase["closed"]["date"] for phase in shown["phases"]] == ["2023-03-30", "2023-06-29"]
    assert shown["light_reason"] == "ready"  # all milestones are closed, beside an overall deadline
    ran = run("rollover", "2024", *data)
    assert ran.code == 0, ran.err
    ids = [item["id"] for item in answer(run, folder, "list", "--year", "2024", "--as-of", "2024-01-02")]
    assert ids == ["task-201", "task-202", "task-212"]  # codes stay


def test_an_extract_tells_itself_and_a_gap_inside_it_is_declared(run: Run, tmp_path: Path) -> None:
    text = (BODIES / "reporting" / "workpoints_2022.yaml").read_text(encoding="utf-8")
    gap = text.replace("point-82", "point-83").replace("number: 82", "number: 83")
    path = tmp_path / "workpoints_2022.yaml"
    path.write_text(gap, encoding="utf-8")
    assert [(item["code"], item["ref"]) for item in answer(run, path, "check")] == [("RL801", "2022/point-83")]
    path.write_text(gap.replace("sections:\n", "numbers: own\nsections:\n"), encoding="utf-8")
    assert answer(run, path, "check") == []


def test_reports_of_a_work_plan_are_asked_for_each_quarter(run: Run) -> None:
    # The report of 28 March answers the first quarter, whose last day is 30 March; the open-ended item owes one, too.
    ran = run(
        "reports", "--data", str(BODIES / "reporting"), "--period", "2022-Q1", "--as-of", "2022-04-05", "-f", "json"
    )
    found = json.loads(ran.out)
    states = {entry["ref"]: entry["state"] for item in found["items"] for entry in item["entries"]}
    assert states == {"2022/point-80": "received", "2022/point-81": "missing", "2022/point-82": "missing"}


def test_quotas_of_five_districts_are_planned_and_reached(run: Run) -> None:
    item, _other = answer(run, BODIES / "livelihood", "list", "--as-of", "2022-10-01")
    planned = [(target["name"], float(target["value"])) for target in item["targets"]]
    assert planned == [("东区", 2), ("南区", 5), ("西区", 1), ("北区", 2), ("中区", 10)]
    [report] = item["progress"]
    reached = {name: float(value) for name, value in report["targets"].items()}
    assert reached == {"东区": 1, "南区": 2, "西区": 0, "北区": 3, "中区": 6}


def test_milestones_have_their_days_and_begin_where_the_one_before_ends(run: Run) -> None:
    first, quarters, twice = answer(run, BODIES / "company", "list", "--as-of", "2023-09-01")
    days = [(phase["due"]["begins"], phase["due"]["end"], phase["state"], phase["late"]) for phase in first["phases"]]
    assert days == [
        ("2023-01-01", "2023-05-31", "closed", False),
        ("2023-06-01", "2023-06-30", "closed", True),
        ("2023-07-01", "2023-07-31", "cancelled", False),
        ("2023-07-01", "2023-09-30", "open", False),  # a cancelled one is none before it
    ]
    assert [float(phase["targets"][0]["value"]) for phase in quarters["phases"]] == [4.5, 6.2, 7.9, 9.6]
    assert [phase["due"]["end"] for phase in twice["phases"]] == ["2023-03-31", "2023-06-30"]


def test_recurring_duties_and_open_starts(run: Run) -> None:
    items = {item["id"]: item for item in answer(run, BODIES / "police", "list", "--as-of", "2020-06-01")}
    assert (items["task-1"]["due"]["every"], items["task-2"]["due"]["begins"]) == ("month", "2021-07-01")
    [school, _sports, patrol] = answer(run, BODIES / "school", "list", "--as-of", "2020-06-01")
    assert (school["due"]["every"], patrol["due"]["every"]) == ("term", "week")


ROWS: list[tuple[str, str, list[dict[str, str]]]] = [
    (
        "company",
        "2023-09-01",
        [
            {"No.": "201", "Last day": "2023-09-30", "Milestone": "3/3 组织评估调整", "Days left": "29"},
            {"No.": "202", "Last day": "2023-03-31", "Milestone": "1/4 一季度", "Days left": "-154"},
            {"No.": "212", "Last day": "2023-03-31", "Milestone": "1/2 召开推进会", "Days left": "-154"},
        ],
    ),
    (
        "livelihood",
        "2022-10-01",
        [
            {"Persons": "项目责任人：丁某", "Last report": "2022-09-30 已建成12个", "实际完成情况": "已建成12个"},
            {"Persons": "项目责任人：戊某、己某", "Last report": "", "实际完成情况": "正在施工"},
        ],
    ),
    (
        "english",
        "2024-06-20",
        [
            {"Deadline as printed": "30 September 2024", "Last day": "2024-09-30", "Owner": "Head of Operations"},
            {"Deadline as printed": "quarterly", "Last day": "2024-12-31", "Owner": "Head of Security"},
            {"Deadline as printed": "ongoing", "Last day": "", "Owner": "Head of Procurement"},
            {"Deadline as printed": "30 June 2024", "Milestone": "2/3 Pilot", "Owner": ""},
        ],
    ),
]
"""What the rows of a CSV hold on a day, in printed order, by the forms."""


@pytest.mark.parametrize(("body", "day", "expected"), ROWS)
def test_rows(run: Run, body: str, day: str, expected: list[dict[str, str]]) -> None:
    ran = run("list", "--data", str(BODIES / body), "--as-of", day, "-f", "csv")
    rows = list(csv.DictReader(ran.out.removeprefix("\ufeff").splitlines()))
    assert len(rows) == len(expected)
    assert [{key: row[key] for key in wanted} for row, wanted in zip(rows, expected, strict=True)] == expected


@pytest.mark.parametrize(
    ("body", "day", "line"),
    [
        (
            "company",
            "2023-09-01",
            "| task-201 | 2023-09-30 | 3/3 组织评估调整 | due soon |  | 人力资源部 | 岗位薪酬套改 |  |",
        ),
        ("procuratorate", "2021-02-01", "| task-1 | 2021-03-31 | 1/4 一季度 |"),
        ("county", "2020-06-01", "| point-4 |  | not started | 丙某 | A局 | 新建学校 |  |"),
    ],
)
def test_lines_of_markdown(run: Run, body: str, day: str, line: str) -> None:
    ran = run("list", "--data", str(BODIES / body), "--as-of", day, "-f", "md")
    assert any(printed.startswith(line) for printed in ran.out.splitlines())


STORIES: Mapping[str, list[tuple[str, ...]]] = {
    "college": [
        ("progress", "jw-1", "--phase", "#1", "--text", "办了五场", "--date", "2017-03-28"),
        ("close", "jw-1", "--phase", "#1", "--evidence", "签到表", "--date", "2017-03-30"),
        ("close", "jw-1", "--phase", "#2", "--evidence", "选题表", "--date", "2017-04-20"),
    ],
    "county": [
        ("add", "--to", "一/（一）", "培育三家企业", "lead_departments=B局"),
        ("set", "point-4", "leaders=丁某"),
    ],
    "procuratorate": [("set", "task-1", "phases.一季度.评估=达到序时进度")],
}
"""What an office of each body does in its year."""

WRITTEN: Mapping[str, tuple[str, str]] = {
    "college": ("jw-1", "公布讲座安排"),
    "county": ("point-4", "丁某"),
    "procuratorate": ("task-1", "达到序时进度"),
}


@pytest.mark.parametrize("body", STORIES)
def test_a_year_of_a_body_is_written_and_carried_over(run: Run, tmp_path: Path, body: str) -> None:
    folder = tmp_path / "data"
    shutil.copytree(BODIES / body, folder)
    data = ("--data", str(folder))
    for arguments in STORIES[body]:
        ran = run(*arguments, *data)
        assert ran.code == 0, ran.err
    assert answer(run, folder, "check") == []
    before = answer(run, folder, "list")
    shown, words = WRITTEN[body]
    assert words in run("show", shown, *data).out
    year = before[0]["year"] + 1
    ran = run("rollover", str(year), *data)
    assert ran.code == 0, ran.err
    after = answer(run, folder, "list", "--year", str(year))
    assert [item["title"] for item in after] == [item["title"] for item in before]
    assert [[phase["name"] for phase in item["phases"]] for item in after] == [
        [phase["name"] for phase in item["phases"]] for item in before
    ]
