"""The forms that other bodies print, held by data alone: each is read, and none is found at fault."""

from __future__ import annotations

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
}
"""The findings that are right, by body; of every other body nothing is found."""

UNREPORTED = "RL010"
"""A note on each recurring duty that nobody reported on, as these forms hold no reports: right, and come with time."""

LAST_DAYS: Mapping[str, Mapping[str, str | None]] = {
    "company": {"task-201": "2023-12-31", "task-202": "2023-12-31", "task-212": "2023-12-31"},
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
    "reporting": {"point-80": "2022-12-31", "point-81": None, "point-83": "2022-09-30"},
    "english": {"risk-1": "2024-09-30", "risk-3": None, "poam-1": "2024-12-31"},
    "hospital": {"item-1": "2023-12-31", "item-2": "2023-05-31"},
    "enterprise": {"item-1": "2022-07-31", "item-2": "2022-06-30", "item-3": "2022-10-31"},
    "township": {"item-1": "2021-06-30", "item-3": "2022-01-31"},
    "tax": {"item-1": "2023-05-23"},
    "court": {"item-1": "2024-09-30"},
    "rectification": {"item-1": "2021-06-30", "item-2": None},
    "committee": {"item-1": "2022-03-31", "item-2": "2022-10-31"},
}
"""The last day of each deadline, by the rules of deadlines; None: it names none."""

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
    ("english", ("due", "--as-of", "2024-06-20"), ["2/3 Pilot"]),
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
    found = [(item["code"], item["ref"]) for item in answer(run, BODIES / body, "check") if item["code"] != UNREPORTED]
    if body == "police":  # two rows of one text, which the office prints twice; only the rows are named here
        assert {ref for _, ref in found} <= {"2020/task-10", "2020/task-11"}
        assert len(found) == 1
    else:
        assert found == FINDINGS.get(body, [])


@pytest.mark.parametrize("body", LAST_DAYS)
def test_last_days(run: Run, body: str) -> None:
    year = next((BODIES / body).glob("[lw]*_*.yaml")).stem[-4:]
    items = answer(run, BODIES / body, "list", "--as-of", f"{year}-01-01")
    ends = {item["id"]: item["due"]["end"] for item in items if item["id"] in LAST_DAYS[body]}
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
    assert ids == ["task-201", "task-202", "task-212"]
