"""What a command line of an edit may not say: something beside a batch, or a format that there is not."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path

import pytest

from conftest import DATA, Run


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return shutil.copytree(DATA, tmp_path / "data")


@pytest.mark.parametrize(
    "arguments",
    [
        ["progress", "task-1"],
        ["progress", "--target", "公办幼儿园=1"],
        ["progress", "--for", "一季度"],
        ["waive", "--for", "一季度"],
        ["close", "task-1", "task-2"],
        ["close", "--evidence", "甲"],
        ["reopen", "--reason", "甲"],
        ["extend", "--late"],
        ["set", "task-1", "remark=甲"],
        ["set", "--add-phase", "甲"],
        ["add", "--phase", "甲=年内"],
        ["add", "--to", "task"],
        ["remove", "--date", "2020-10-01"],
    ],
    ids=" ".join,
)
def test_what_is_said_beside_a_batch_is_refused(run: Run, data: Path, arguments: list[str]) -> None:
    done = run(*arguments, "--stdin", "json", "--dry-run", "--data", str(data))
    assert (done.code, done.out) == (2, "")
    assert "With --stdin everything comes from the batch." in done.err


@pytest.mark.parametrize("arguments", [["-f", "xml"], ["-o", "answer.xyz"]], ids=" ".join)
def test_a_rollover_that_cannot_be_printed_writes_nothing(run: Run, data: Path, arguments: list[str]) -> None:
    before = sorted(data.iterdir())
    assert run("rollover", "2021", "--data", str(data), *arguments).code == 2
    assert sorted(data.iterdir()) == before


def test_an_id_that_stands_twice_is_closed_once(run: Run, data: Path) -> None:
    done = run("close", "task-1", "task-1", "--evidence", "甲", "--date", "2020-12-01", "--data", str(data))
    assert (done.code, done.out.count("closed:")) == (0, 1)


def test_milestones_of_a_command_line_and_of_a_batch_are_written_alike(
    run: Run, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = [
        {"op": "add", "to": "task", "title": "新任务", "phases": ["推进会=3月底前", "推进会=6月底前"]},
        {"op": "set", "id": "task-4", "fields": {"phases.#2.count": 3}, "add_phases": ["总结"]},
        {"op": "progress", "id": "task-4", "text": "x", "phase": "#2"},
    ]
    file = data / "ledger_2020.yaml"
    before = file.read_bytes()
    stdin = io.TextIOWrapper(io.BytesIO(json.dumps(batch).encode()))
    monkeypatch.setattr("sys.stdin", stdin)
    assert run("add", "--stdin", "json", "--data", str(data)).code == 0
    after = file.read_bytes()
    assert run("undo", "--data", str(data)).code == 0
    assert file.read_bytes() == before
    for line in (
        ["add", "新任务", "--to", "task", "--phase", "推进会=3月底前", "--phase", "推进会=6月底前"],
        ["set", "task-4", "phases.#2.count=3", "--add-phase", "总结"],
        ["progress", "task-4", "--text", "x", "--phase", "#2"],
    ):
        assert run(*line, "--data", str(data)).code == 0
    assert file.read_bytes() == after
    assert b"count: 3\n" in after
