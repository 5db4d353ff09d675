"""What a person sees of edits that were killed, interrupted, or met by another program."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from killing import ended, forked

from conftest import DATA, Run, speak
from reformledger.files import journal
from reformledger.files.begun import begin
from reformledger.files.change import FileChange
from reformledger.files.names import BEGUN

if sys.platform == "win32":
    pytest.skip("processes are forked here", allow_module_level=True)


@pytest.fixture
def data(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a copy of the 2020 data, from whose parent the commands are given."""
    assert run is not None  # it goes elsewhere first
    shutil.copytree(DATA, tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "data"


def quietly(*arguments: str) -> int:
    from reformledger.cli.run import run

    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.dup2(1, 2)
    return run(arguments)


def years(data: Path) -> list[str]:
    return sorted(path.name for path in data.glob("*_2021.yaml"))


@pytest.fixture
def half(data: Path, run: Run) -> Path:
    """Return the data as a rollover leaves them that is killed after the first of its three files."""
    assert run("rollover", "2021").code == 0
    names = ("workpoints_2021.yaml", "ledger_2021.yaml", "contacts_2021.yaml")
    made = [FileChange(data / name, None, (data / name).read_bytes()) for name in names]
    for change in made:
        change.path.unlink()
    (record,) = journal.records()
    journal.doubt(record.file)
    begin(data, made, is_undo=False)
    made[0].path.write_bytes(made[0].new or b"")
    return data


@pytest.mark.parametrize(
    ("language", "said"), [("en", "not finished: workpoints_2021.yaml"), ("zh", "没有完成：workpoints_2021.yaml")]
)
def test_questions_show_what_was_there_before(
    half: Path, run: Run, monkeypatch: pytest.MonkeyPatch, language: str, said: str
) -> None:
    speak(monkeypatch, language)
    ran = run("list", "--format", "json")
    assert ran.code == 0
    assert '"year": 2021' not in ran.out
    assert said in ran.err
    assert said in run("check").err
    assert said in run("progress", "task-1", "--text", "x", "--date", "2020-05-01", "--dry-run").err
    assert (half / BEGUN).exists()
    assert years(half) == ["workpoints_2021.yaml"]


def test_the_next_edit_takes_it_back_and_says_so_even_where_it_is_refused(half: Path, run: Run) -> None:
    ran = run("progress", "nonsense", "--text", "x")
    assert ran.code == 2
    assert "not finished is taken back" in ran.err
    assert years(half) == []
    assert run("rollover", "2021").code == 0
    assert len(years(half)) == 3
    assert run("undo").code == 0
    assert years(half) == []


def test_undo_takes_back_what_was_begun_and_nothing_else(half: Path, run: Run) -> None:
    assert run("undo", "--dry-run").code == 0
    assert (half / BEGUN).exists()
    ran = run("undo")
    assert (ran.code, ran.out) == (0, "data/workpoints_2021.yaml: taken away\n")
    assert "is taken back" in ran.err
    assert years(half) == []
    assert run("undo").code == 1  # the first one has not taken back an edit of the year before


def test_a_journal_that_is_not_believed_stops_edits_but_no_question(half: Path, run: Run) -> None:
    (half / BEGUN).write_text("{}", encoding="utf-8")
    assert run("list").code == 0
    ran = run("progress", "task-1", "--text", "x", "--date", "2020-05-01")
    assert ran.code == 1
    assert "is not believed" in ran.err
    assert "then delete it" in ran.err


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
@pytest.mark.parametrize("call", [1, 6, 11])
def test_whoever_is_told_to_end_takes_back_what_is_under_way(data: Path, number: signal.Signals, call: int) -> None:
    real = os.fsync
    left = [call]

    def told(file: int) -> None:
        real(file)
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), number)

    def edit() -> None:
        os.fsync = told  # type: ignore[assignment]
        os._exit(quietly("rollover", "2021"))

    code = ended(forked(edit))
    assert code in (0, 128 + number)
    assert len(years(data)) in ((0, 3) if code else (3,))  # all, if it was told so when all was written
    assert [path.name for path in data.iterdir() if path.name.startswith(".")] == [".reformledger.lock"]


def test_what_another_program_saved_at_the_same_moment_is_named_until_it_is_deleted(data: Path, run: Run) -> None:
    kept = data / "ledger_2020.yaml.displaced-20201001-120000"
    kept.write_text("by hand", encoding="utf-8")
    for question in (["list"], ["check"], ["due"]):
        assert f"data/{kept.name} is what another program saved" in run(*question).err
    assert kept.name in run("list", "--data", "data/ledger_2020.yaml").err
    assert kept.name not in run("list", "--data", "data/workpoints_2020.yaml").err
    kept.unlink()
    assert "another program" not in run("list").err


@pytest.mark.programs
def test_a_gitignore_that_lacks_the_lines_is_said_once(data: Path, run: Run) -> None:
    subprocess.run(["git", "init", "-q"], cwd=data.parent, check=True)
    edit = ("progress", "task-1", "--date", "2020-05-01", "--text")
    first = run(*edit, "甲")
    assert "Add to .gitignore: “.reformledger*”, “*displaced-*”" in first.err
    assert "gitignore" not in run(*edit, "乙").err


@pytest.mark.programs
def test_a_gitignore_that_has_the_lines_is_not_mentioned(data: Path, run: Run) -> None:
    subprocess.run(["git", "init", "-q"], cwd=data.parent, check=True)
    (data.parent / ".gitignore").write_text(".reformledger*\n*displaced-*\n", encoding="utf-8")
    assert "gitignore" not in run("progress", "task-1", "--date", "2020-05-01", "--text", "甲").err


def test_an_edit_that_was_written_when_it_was_interrupted_says_so(data: Path, run: Run) -> None:
    real = os.unlink
    done = []

    def told(path: os.PathLike[str], *, dir_fd: int | None = None) -> None:
        real(path, dir_fd=dir_fd)
        if os.fspath(path).endswith(BEGUN):
            os.kill(os.getpid(), signal.SIGINT)

    os.unlink = told  # type: ignore[assignment]
    try:
        ran = run("rollover", "2021")
    finally:
        os.unlink = real
    done += years(data)
    assert (ran.code, len(done)) == (130, 3)
    assert "it holds" in ran.err
    assert run("undo").code == 0
    assert years(data) == []


@pytest.mark.parametrize("name", [BEGUN, ".reformledger.lock"])
def test_no_answer_is_written_over_what_edits_keep(data: Path, run: Run, name: str) -> None:
    ran = run("list", "--format", "json", "--output", f"data/{name}")
    assert ran.code == 2
    assert not (data / name).exists()


@pytest.mark.parametrize(
    "content", ['{"version":1,"at":1,"undo":false,"files":["x"]}', '{"files":[[1]]}', "[" * 200_000, "5"]
)
def test_whatever_a_journal_holds_questions_are_answered(data: Path, run: Run, content: str) -> None:
    (data / BEGUN).write_text(content, encoding="utf-8")
    ran = run("list")
    assert ran.code == 0
    assert "is not believed" in ran.err
    assert run("undo").code == 1


def test_a_journal_that_makes_something_else_is_not_believed(half: Path, run: Run) -> None:
    import json

    journal = json.loads((half / BEGUN).read_bytes())
    for file in journal["files"]:
        file["new"] = ["eno="]
    (half / BEGUN).write_text(json.dumps(journal), encoding="utf-8")
    assert run("list").code == 0
    assert "is not believed" in run("check").err
