"""A command that lacks something is answered with a whole one, which works when it is typed."""

from __future__ import annotations

import inspect
import re
import shlex
import shutil
from pathlib import Path

import pytest

from conftest import DATA, Run, speak
from reformledger.cli import edit
from reformledger.edits.intents import word_of
from reformledger.edits.transaction import PLANS
from texts import LEDGER_HEAD

LEDGER = (
    LEDGER_HEAD.replace("2020", "2026")
    + """\
          - id: task-1
            title: 集团化办学
            due: 每季度末
            lead_departments: [基教科]
          - id: task-2
            title: 校园足球
            due: 2026年12月
            phases:
              - {name: 第一批, closed: {date: 2026-03-01, evidence: [纪要]}}
              - {name: 第二批}
          - id: task-3
            title: 研学实践
            due: 2026年2月
          - id: task-4
            title: 已办结
            closed: {date: 2026-03-01, evidence: [纪要]}
"""
)
LACKING = [
    ("progress",),
    ("progress", "task-1"),
    ("progress", "--text", "开会"),
    ("waive",),
    ("waive", "task-1"),
    ("waive", "task-1", "--for", "一季度"),
    ("waive", "task-1", "--for", "一季度", "--reason", "无"),
    ("close",),
    ("close", "task-1"),
    ("close", "task-1", "--evidence", "纪要"),  # over unmet occurrences
    ("close", "task-2"),
    ("close", "task-3"),
    ("close", "task-1", "task-3"),
    ("reopen",),
    ("reopen", "task-2"),
    ("reopen", "task-4"),
    ("extend",),
    ("extend", "task-3"),
    ("extend", "task-3", "--to", "2027"),
    ("extend", "task-3", "--to", "2027", "--reason", "暑期施工"),  # its deadline has passed
    ("extend", "task-2", "--to", "2027"),
    ("set",),
    ("set", "task-1"),
    ("set", "备注=新"),
    ("add",),
    ("add", "新任务"),
    ("remove",),
    ("remove", "task-3"),
    ("rollover",),
    ("list", "--role", "lead"),
    ("reports", "--from", "2026-01-01"),
    ("reports", "--to", "2026-03-31"),
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> Path:
    """Return a folder with the data of a small ledger of 2026, in which the commands run."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "ledger_2026.yaml").write_text(LEDGER, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def whole_command(said: str) -> list[str]:
    """Return the words of the command that a refusal shows as an example."""
    found = re.search("(?:For example: |例如：)reformledger (.*)$", said, re.MULTILINE)
    assert found is not None, said
    return shlex.split(found[1])


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("words", LACKING, ids=" ".join)
def test_whole_command_works(
    words: tuple[str, ...], language: str, folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    speak(monkeypatch, language)
    refused = run(*words)
    assert (refused.code > 0, refused.out) == (True, "")
    command = whole_command(refused.err)
    assert set(words) & set(command) >= {word for word in words if word not in {"无", "task-3"}}
    done = run(*command)
    assert done.code == 0, done.err


def test_every_edit_is_tried_without_anything() -> None:
    assert {words[0] for words in LACKING if len(words) == 1} == {*map(word_of, PLANS), "rollover"}


def test_every_value_that_an_edit_cannot_do_without_is_left_out() -> None:
    asked = set(re.findall(r'needed\((?:_\()?"([^"]+)"', inspect.getsource(edit)))
    assert asked == {"ID", "--text", "--for", "--reason", "--to", "TITLE"}


def test_command_names_the_data_that_were_named(folder: Path, run: Run, tmp_path: Path) -> None:
    other = tmp_path / "其他 数据"
    shutil.copytree(DATA, other)
    command = whole_command(run("close", "pilot-7", "--data", str(other)).err)
    assert command[-2:] == ["--data", str(other)]
    assert run(*command).code == 0


def test_bundled_data_are_only_shown(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    command = whole_command(run("close").err)
    assert command[-1] == "--dry-run"
    assert run(*command).code == 0


def test_entry_that_no_command_of_the_kind_fits_says_why(folder: Path, run: Run) -> None:
    refused = run("reopen", "task-3")
    assert refused.err == "--reason is missing. 2026/task-3 is not closed out (data/ledger_2026.yaml:19).\n"
    assert "2026/task-3 does not recur" in run("waive", "task-3").err
    assert "There is no entry task-33." in run("progress", "task-33").err


def test_ids_of_several_years_name_the_year(folder: Path, run: Run) -> None:
    shutil.copy(DATA / "ledger_2020.yaml", folder / "data")
    command = whole_command(run("progress").err)
    assert command[1] == "2026/task-1"
    assert run(*command).code == 0
