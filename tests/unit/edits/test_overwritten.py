"""Edits that another program saved its older copy over are found, and what git did is told from that."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from killing import ended, forked

from conftest import DATA, Ran
from reformledger.edits.intents import Progress
from reformledger.edits.transaction import carry_out
from reformledger.files.errors import FileError
from reformledger.sources import Sources

LEDGER = "ledger_2020.yaml"
DAY = date(2020, 5, 1)
Run = Callable[..., Ran]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a copy of the 2020 data, from whose parent the commands are given."""
    shutil.copytree(DATA, tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "data"


@pytest.fixture
def call(data: Path, capfd: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs the command line there."""
    from reformledger.cli.run import run

    def call(*arguments: str) -> Ran:
        code = run(arguments)
        return Ran(code, *capfd.readouterr())

    assert data.exists()
    return call


def gone(call: Run) -> list[str]:
    """Return the commands that ``check`` gives for what is gone."""
    ran = call("check", "--select", "RL015", "--format", "github")
    lines = [line for line in ran.out.splitlines() if "RL015" in line]
    assert ran.code == bool(lines)
    return [line.partition("Record it again: ")[2] for line in lines]


EDITS = [
    ("progress", "task-1", "--text", "已部署 工作", "--date", "2020-05-01"),
    ("progress", "task-1", "--text", "两校 $HOME '甲'", "--percent", "50", "--date", "2020-05-02"),
    ("close", "task-2", "--evidence", "纪要 3 号", "--evidence", "公告", "--date", "2020-06-01"),
    ("reopen", "task-2", "--reason", "验收 未过", "--date", "2020-06-02"),
    ("extend", "task-3", "--to", "2021年3月底前", "--reason", "等待 批复", "--date", "2020-06-01"),
]


@pytest.mark.parametrize("saved", ["renamed over", "in place"])
def test_what_an_editor_saved_over_is_found_and_recorded_again(data: Path, call: Run, saved: str) -> None:
    older = (data / LEDGER).read_bytes()
    for edit in EDITS:
        assert call(*edit).code == 0
    newest = (data / LEDGER).read_bytes()
    assert gone(call) == []
    if saved == "in place":
        (data / LEDGER).write_bytes(older)
    else:
        (data / "other").write_bytes(older)
        (data / "other").replace(data / LEDGER)
    commands = gone(call)
    assert len(commands) == len(EDITS)
    ran = call("progress", "point-4", "--text", "x", "--date", "2020-05-01")
    assert ran.err.count("no longer there") == 3
    assert "So are 2 more" in ran.err
    for command in sorted(commands, key=lambda line: line.split("--date ")[1]):
        program, *words = shlex.split(command)
        assert program == "reformledger"
        assert call(*words).code == 0
    assert gone(call) == []
    assert call("undo").code == 0
    for edit in EDITS:  # what is recorded again says the same
        assert "already recorded" in call(*edit, "--dry-run").err or edit[0] in {"close", "reopen", "extend"}
    assert len(newest) > len(older)


def test_what_was_undone_is_not_missed(data: Path, call: Run) -> None:
    for edit in EDITS[:3]:
        call(*edit)
    call("undo")
    call("undo")
    assert gone(call) == []
    assert data.exists()


def test_a_record_is_known_again_whatever_else_changes(data: Path, call: Run) -> None:
    call(*EDITS[0])
    text = (data / LEDGER).read_text(encoding="utf-8")
    (data / LEDGER).write_text(
        text.replace("text: 已部署 工作", 'text: "已部署　工作"\n                percent: 30'), encoding="utf-8"
    )
    assert gone(call) == []
    call("remove", "task-1", "--reason", "并入", "--date", "2020-07-01")
    assert gone(call) == []


def test_an_entry_that_has_another_id_since_is_not_missed(data: Path, call: Run) -> None:
    call(*EDITS[0])
    text = (data / LEDGER).read_text(encoding="utf-8")
    (data / LEDGER).write_text(text.replace("id: task-1\n", "id: task-99\n"), encoding="utf-8")
    assert gone(call) == []


def test_what_is_taken_out_on_purpose_is_acknowledged(data: Path, call: Run) -> None:
    older = (data / LEDGER).read_text(encoding="utf-8")
    call(*EDITS[0])
    acknowledged = older.replace(
        "id: task-1\n", "id: task-1\n            acknowledged:\n              RL015: 录错\n", 1
    )
    (data / LEDGER).write_text(acknowledged, encoding="utf-8")
    assert gone(call) == []


@pytest.mark.parametrize(
    "other",
    [
        ("progress", "task-1", "--text", "已部署 工作", "--percent", "20"),
        ("progress", "task-3", "--text", "已部署 工作"),
    ],
)
def test_of_records_that_say_the_same_each_is_missed(data: Path, call: Run, other: tuple[str, ...]) -> None:
    call(*EDITS[0])
    older = (data / LEDGER).read_bytes()
    call(*other, "--date", "2020-05-01")
    assert gone(call) == []
    (data / LEDGER).write_bytes(older)
    (command,) = gone(call)
    assert f"2020/{other[1]}" in command
    assert ("--percent" in command) is ("--percent" in other)


def test_a_record_of_an_entry_that_is_gone_itself_is_missed(data: Path, call: Run) -> None:
    call(*EDITS[0])
    older = (data / LEDGER).read_bytes()
    assert call("add", "新任务", "--to", "task", "leaders=谢强", "lead=职成高教科").code == 0
    assert call("progress", "task-4", "--text", "已部署 工作", "--date", "2020-05-01").code == 0
    (data / LEDGER).write_bytes(older)
    assert ["2020/task-4" in command for command in gone(call)] == [True]


def test_an_undo_that_is_refused_leaves_the_edit_remembered(data: Path, call: Run) -> None:
    older = (data / LEDGER).read_bytes()
    call("progress", "point-1", "--text", "甲", "--date", "2020-05-01")
    call(*EDITS[0])
    (data / LEDGER).chmod(0o444)
    assert call("undo").code == 1
    (data / LEDGER).chmod(0o644)
    (data / LEDGER).write_bytes(older)
    assert len(gone(call)) == 1
    ran = call("undo")
    assert ran.code == 1
    assert "was changed since that edit" in ran.err


# Git


@pytest.fixture
def git(data: Path) -> Callable[..., None]:
    """Return a function that runs git in a repository that holds the data."""
    if shutil.which("git") is None:
        pytest.skip("there is no git")

    def git(*arguments: str) -> None:
        who = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *who, *arguments], cwd=data.parent, check=True, capture_output=True)

    (data.parent / ".gitignore").write_text(".reformledger*\n*displaced-*\n", encoding="utf-8")
    git("init", "-q", "-b", "main")
    git("add", ".")
    git("commit", "-qm", "base")
    return git


def carried_out(steps: str, git: Callable[..., None], call: Run, data: Path) -> None:
    """Carry out steps, one a line: ``edit``, ``other edit``, ``save`` (an editor's older copy), or words of git's."""
    older = (data / LEDGER).read_bytes()
    for step in steps.strip().splitlines():
        match step.split():
            case ["edit"]:
                call(*EDITS[0])
            case ["other", "edit"]:
                call("progress", "task-1", "--text", "别的", "--date", "2020-05-01")
            case ["save", *changed]:
                (data / LEDGER).write_bytes(older + (b"# by hand\n" if changed else b""))
                # The editor saved at another moment than git wrote; file systems count in steps of milliseconds.
                later = (data / LEDGER).stat().st_mtime_ns + 50_000_000
                os.utime(data / LEDGER, ns=(later, later))
            case words:
                git(*words)


GIT_DID = {
    "checkout of the file": "edit\ncheckout -- .",
    "restore of the file": "edit\nrestore .",
    "reset": "edit\nreset --hard -q",
    "stash": "edit\nstash -q",
    "another branch": "branch other\nedit\ncommit -qam x\ncheckout -q other",
    "another branch, edited since": "branch other\nedit\ncommit -qam x\ncheckout -q other\nother edit",
    "checkout of the file, edited since": "edit\ncheckout -- .\nother edit",
    "stash, edited since": "edit\nstash -q\nother edit",
    "reset to before": "edit\ncommit -qam x\nreset --hard -q HEAD~1",
    "merge that takes theirs": (
        "branch other\nedit\ncommit -qam x\ncheckout -q other\nother edit\ncommit -qam y\ncheckout -q main\n"
        "merge -q -X theirs other"
    ),
}


@pytest.mark.programs
@pytest.mark.parametrize("what", GIT_DID)
def test_what_git_did_is_not_called_lost(data: Path, call: Run, git: Callable[..., None], what: str) -> None:
    carried_out(GIT_DID[what], git, call, data)
    assert "已部署 工作" not in (data / LEDGER).read_text(encoding="utf-8")
    assert gone(call) == []


LOST = {
    "before it was committed": "edit\nsave",
    "after it was committed": "edit\ncommit -qam x\nsave",
    "and changed by the editor": "edit\nsave changed",
    "and committed with its changes": "edit\nsave changed\ncommit -qam x",
    "after a stash was applied": "edit\nstash -q\nstash apply -q\nsave",
    "after a commit was taken back": "edit\ncommit -qam x\nreset -q --soft HEAD~1\nsave",
    "where another branch holds it": "edit\ncommit -qam x\nbranch kept\nreset -q --soft HEAD~1\nsave",
    "after it was committed, and committed": "edit\ncommit -qam x\nsave changed\ncommit -qam y",
}


@pytest.mark.programs
@pytest.mark.parametrize("when", LOST)
def test_what_an_editor_did_under_git_is_lost(data: Path, call: Run, git: Callable[..., None], when: str) -> None:
    carried_out(LOST[when], git, call, data)
    assert [command.split("--text ")[1] for command in gone(call)] == ["'已部署 工作' --date 2020-05-01"]


# In a loop


@pytest.mark.skipif(sys.platform == "win32", reason="processes are forked here")
def test_an_editor_that_saves_again_and_again_loses_nothing_unseen(data: Path, call: Run) -> None:
    ledger = data / LEDGER
    older = ledger.read_bytes()

    def save_on_and_on() -> None:
        for _number in range(10_000):
            other = data / "editor.tmp"
            other.write_bytes(older)
            other.replace(ledger)
            os.sched_yield()

    editor = forked(save_on_and_on)
    answered = []
    try:
        for number in range(12):
            text = f"第{number}次"
            with suppress(FileError):  # a file that changed at this moment is refused, and that is said
                carry_out(Sources((data,), "named"), [Progress("task-1", text, date=DAY)], DAY)
                answered.append(text)
    finally:
        os.kill(editor, 9)
        ended(editor)
    there = ledger.read_text(encoding="utf-8")
    commands = gone(call)
    for text in answered:
        assert (f"text: {text}\n" in there) != any(f"--text {text} " in command for command in commands)
