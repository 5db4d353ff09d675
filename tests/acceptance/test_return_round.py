"""The return round as an office runs it: send, fill in, take; by the commands, with real workbooks."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from filled_in import fill_in

from conftest import DATA, Run
from office import converted

ISSUED = "2020-06-28"
CALENDAR = """\
kind: ledger
year: 2020
title: 某区2020年台账
independent: true
reporting: 每季度末
parts:
  - title: 改革任务
    tables:
      - id_prefix: task
        kind: task
        rows:
          - id: task-1
            title: 公布办事指南
            lead_departments: [办公室]
            supporting_departments: [信息科]
            due: 2020年12月
          - id: task-2
            title: 通报窗口办件情况
            lead_departments: [办公室]
            due: 每季度末
          - id: task-3
            title: 三批试点
            lead_departments: [信息科]
            phases:
              - {name: 第一批, due: 2020年9月}
              - {name: 第二批, due: 2020年12月}
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return shutil.copytree(DATA, tmp_path / "data")


@pytest.fixture
def quarterly(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "ledger_2020.yaml").write_text(CALENDAR, encoding="utf-8")
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.glob("*.yaml")}


def sent(run: Run, data: Path, *words: str) -> Path:
    folder = data.parent / "returns"
    done = run("send", "--as-of", ISSUED, "--to", str(folder), "--data", str(data), *words)
    assert done.code == 0, done.err
    return folder


def taken(run: Run, data: Path, folder: Path, *words: str) -> tuple[int, dict[str, Any]]:
    done = run("take", str(folder), "--data", str(data), "-f", "json", *words)
    return done.code, json.loads(done.out)


def test_untouched_workbooks_change_nothing(run: Run, data: Path) -> None:
    folder = sent(run, data)
    before = contents(data)
    code, found = taken(run, data, folder)
    assert (code, found["batch"], found["written"], found["absent"]) == (0, [], False, [])
    assert not any(found[key] for key in ("conflicts", "questions", "notes", "refused", "proposals", "recorded"))
    assert contents(data) == before


def test_what_was_filled_in_is_recorded_once(run: Run, data: Path) -> None:
    folder = sent(run, data)
    fill_in(folder / "社体科.xlsx", "|ID|Progress|% done|Evidence|\n|-|-|-|-|\n|task-3|已对接卫生健康部门|40|会议纪要|")
    code, found = taken(run, data, folder)
    assert (code, found["written"]) == (0, True)
    assert found["batch"] == [
        {
            "op": "progress",
            "id": "2020/task-3",
            "text": "已对接卫生健康部门",
            "percent": "40",
            "by": "社体科",
            "evidence": ["会议纪要"],
            "date": ISSUED,
        }
    ]
    before = contents(data)
    code, found = taken(run, data, folder)
    assert (code, found["batch"], [item["id"] for item in found["recorded"]]) == (0, [], ["task-3"])
    assert contents(data) == before


def test_the_batch_of_json_is_what_stdin_takes(
    run: Run, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = sent(run, data)
    fill_in(folder / "基教科.xlsx", "|ID|Progress|Target 2 reached|\n|-|-|-|\n|point-4|两所完工|2|\n|point-5|已部署||")
    other = shutil.copytree(data, tmp_path / "other")
    batch = tmp_path / "batch.json"
    batch.write_text(json.dumps(taken(run, data, folder)[1]["batch"]), encoding="utf-8")
    with batch.open(encoding="utf-8") as stdin:
        monkeypatch.setattr("sys.stdin", stdin)
        assert run("progress", "--stdin", "json", "--data", str(other)).code == 0
    assert contents(data) == contents(other)


def test_a_return_for_a_period_counts_for_it_whenever_it_comes_back(run: Run, quarterly: Path) -> None:
    folder = sent(run, quarterly, "--period", "二季度")
    fill_in(folder / "办公室.xlsx", "|ID|Progress|\n|-|-|\n|task-1|初稿已成|\n|task-2@二季度|办件九件|")
    fill_in(folder / "信息科.xlsx", "|ID|Progress|\n|-|-|\n|task-3#1|已启动|")
    code, found = taken(run, quarterly, folder, "--date", "2020-08-20")
    assert (code, found["written"]) == (0, True)
    assert [(each["id"], each.get("for"), each.get("phase")) for each in found["batch"]] == [
        ("2020/task-1", "2020年二季度", None),
        ("2020/task-2", "2020年二季度", None),
        ("2020/task-3", "2020年二季度", "第一批"),
    ]
    done = run("reports", "--period", "二季度", "--as-of", "2020-08-31", "-f", "json", "--data", str(quarterly))
    totals = json.loads(done.out)["totals"]
    assert (totals["expected"], totals["received"], totals["missing"]) == (3, 3, 0)


def test_one_refused_file_keeps_all_from_being_written(run: Run, data: Path) -> None:
    folder = sent(run, data, "--department", "社体科", "--department", "基教科")
    fill_in(folder / "社体科.xlsx", "|ID|Progress|\n|-|-|\n|task-3|已对接|")
    (folder / "~$社体科.xlsx").write_bytes(b"x")
    before = contents(data)
    code, found = taken(run, data, folder)
    assert (code, found["written"], len(found["refused"])) == (1, False, 1)
    assert contents(data) == before
    code, found = taken(run, data, folder, "--skip-conflicts")
    assert (code, found["written"]) == (1, True)
    assert "已对接" in (data / "ledger_2020.yaml").read_text(encoding="utf-8")


def test_all_of_a_round_is_taken_back_by_one_undo(run: Run, data: Path) -> None:
    folder = sent(run, data)
    before = contents(data)
    fill_in(folder / "基教科.xlsx", "|ID|Progress|\n|-|-|\n|point-4|两所完工|\n|task-2|已部署|")
    assert taken(run, data, folder)[0] == 0
    assert run("undo", "--data", str(data)).code == 0
    assert contents(data) == before


def test_the_folder_says_which_leading_departments_are_missing(run: Run, data: Path) -> None:
    folder = sent(run, data)
    (folder / "基教科.xlsx").unlink()
    done = run("take", str(folder), "--data", str(data))
    assert "Departments that lead and are not among them: 基教科." in done.out


@pytest.mark.programs
def test_saved_again_by_libreoffice_it_gives_the_same_intents(run: Run, quarterly: Path, tmp_path: Path) -> None:
    folder = sent(run, quarterly, "--period", "二季度")
    rows = "|ID|Progress|% done|Evidence|Reported on|\n|-|-|-|-|-|\n"
    fill_in(folder / "办公室.xlsx", f"{rows}|task-1|=1+1 初稿|50|〔2020〕1号|2020-06-30|\n|task-2@二季度|001|||1-2|")
    wanted = taken(run, quarterly, folder, "--dry-run")[1]
    again = converted(folder / "办公室.xlsx", "xlsx", tmp_path)
    shutil.copy(again, folder / "办公室.xlsx")
    found = taken(run, quarterly, folder, "--dry-run")[1]
    assert found["batch"] == wanted["batch"]
    assert [item["sentence"] for item in found["questions"]] == [item["sentence"] for item in wanted["questions"]]
