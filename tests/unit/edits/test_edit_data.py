"""Edits on the 2020 data under git: each changes the lines that it must and no other."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import DATA, Ran
from reformledger.files import journal
from reformledger.files.change import FileChange

pytestmark = pytest.mark.programs  # git counts the lines that edits change

FILES = ("directory.yaml", "ledger_2020.yaml", "workpoints_2020.yaml", "contacts_2020.yaml")
Edit = Callable[..., Ran]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a git repository with a copy of the 2020 data, which the commands find from its root."""
    data = tmp_path / "data"
    data.mkdir()
    for name in FILES:
        shutil.copy(DATA / name, data)
    (tmp_path / ".gitignore").write_text(".*.lock\n", encoding="utf-8")
    for arguments in (
        ["init", "-q"],
        ["add", "."],
        ["-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "x"],
    ):
        subprocess.run(["git", *arguments], cwd=tmp_path, check=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def edit(folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Edit:
    """Return a function that runs the command line in the repository, with a batch on stdin if there is one."""
    from reformledger.cli.run import run

    def call(*arguments: str, stdin: object = None) -> Ran:
        if stdin is not None:
            text = io.TextIOWrapper(io.BytesIO(json.dumps(stdin).encode()))
            monkeypatch.setattr(sys, "stdin", text)
        code = run(arguments)
        return Ran(code, *capfd.readouterr())

    return call


def numstat(folder: Path) -> dict[str, tuple[int, int]]:
    """Return what git counts as added and removed in each file."""
    out = subprocess.run(
        ["git", "diff", "--numstat"], cwd=folder, check=True, capture_output=True, encoding="utf-8"
    ).stdout
    lines = [line.split("\t") for line in out.splitlines()]
    return {name.removeprefix("data/"): (int(added), int(removed)) for added, removed, name in lines}


LEDGER, POINTS, CONTACTS = "ledger_2020.yaml", "workpoints_2020.yaml", "contacts_2020.yaml"


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        # progress: the key, then date and text.
        (["progress", "task-1", "--text", "x"], {LEDGER: (3, 0)}),
        (
            [
                "progress",
                "point-4",
                "--text",
                "x",
                "--percent",
                "50",
                "--by",
                "基教科",
                "--evidence",
                "a",
                "--evidence",
                "b",
            ],
            # key, date, text, percent, by, evidence and its two items
            {POINTS: (8, 0)},
        ),
        (["progress", "point-4", "--text", "x", "--weak", "--target", "公办幼儿园=3"], {POINTS: (6, 0)}),
        # closed, date, evidence and its item
        (["close", "task-1", "--evidence", "a", "--date", "2020-07-01"], {LEDGER: (4, 0)}),
        # approved_by, and late: the first batch was due in 2020
        (
            [
                "close",
                "pilot-7",
                "--phase",
                "第一批",
                "--evidence",
                "a",
                "--approved-by",
                "谢强",
                "--date",
                "2021-01-04",
            ],
            {LEDGER: (6, 0)},
        ),
        # the new deadline for the old; extensions, date, from, to, reason
        (["extend", "pilot-2", "--to", "2021-06", "--reason", "x", "--date", "2020-12-01"], {LEDGER: (6, 1)}),
        # a ☆ alone: due is new, from has two lines more
        (["extend", "scheme-1", "--to", "2021-06", "--reason", "x", "--date", "2020-12-01"], {LEDGER: (8, 0)}),
        (["set", "task-1", "due=2021"], {LEDGER: (1, 1)}),
        (["set", "task-1", "进度安排=三季度", "leaders=谢强、彭格"], {LEDGER: (2, 1)}),
        (["set", "point-10", "due=2020年12月"], {POINTS: (1, 3)}),
        (["set", "point-2", "remark="], {POINTS: (0, 1)}),
        (["set", "task-3", "star=☆"], {LEDGER: (1, 0)}),
        # id, number, title, assigned
        (["add", "新任务", "--to", "task"], {LEDGER: (4, 0)}),
        (["add", "新要点", "牵头领导=谢强", "--to", "创新融入成渝地区双城经济圈"], {POINTS: (6, 0)}),
        # 13 lines go; removed, id, title, part, date, reason, entry and the 11 lines that are neither id nor title
        (["remove", "pilot-1", "--reason", "x"], {LEDGER: (18, 13), CONTACTS: (0, 3)}),
    ],
    ids=lambda value: " ".join(value[:2]) if isinstance(value, list) else "",
)
def test_edit_changes_the_lines_it_must(
    folder: Path, edit: Edit, arguments: list[str], expected: dict[str, tuple[int, int]]
) -> None:
    before = {name: (folder / "data" / name).read_bytes() for name in FILES}
    dry = edit(*arguments, "--dry-run")
    assert numstat(folder) == {}
    assert not list((folder / "data").glob(".*.lock"))
    ran = edit(*arguments)
    assert ran.code == dry.code == 0, ran.err
    assert dry.out == ran.out
    assert "--dry-run" in dry.err
    assert numstat(folder) == expected
    # The answer names each file with its line and shows every line that git sees changed.
    lines = ran.out.splitlines()
    for name in expected:
        assert any(line.startswith(f"data/{name}:") for line in lines)
    assert sum(line.startswith("+") for line in lines) == sum(added for added, _removed in expected.values())
    assert sum(line.startswith("-") for line in lines) == sum(removed for _added, removed in expected.values())
    assert edit("undo").code == 0
    assert {name: (folder / "data" / name).read_bytes() for name in FILES} == before


def test_what_a_target_counts_is_not_taken_away(folder: Path, edit: Edit) -> None:
    ran = edit("remove", "pilot-7", "--reason", "x")
    assert (ran.code, ran.err) == (
        1,
        "A target of 2020/point-15 counts the phases of 2020/pilot-7. Take “counts” out of that target first.\n",
    )
    assert numstat(folder) == {}


def test_phone_numbers_of_a_diff_are_masked(edit: Edit) -> None:
    ran = edit("remove", "pilot-1", "--reason", "x")
    assert "188****0946" in ran.out
    assert "18808140946" not in ran.out + ran.err


def test_a_batch_needs_a_stdin(edit: Edit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    ran = edit("close", "--stdin", "json")
    assert (ran.code, ran.out) == (2, "")
    assert "< FILE" in ran.err


def test_a_number_written_in_the_open_is_said(edit: Edit) -> None:
    report = ("progress", "task-1", "--text", "联系13908146584", "--date", "2020-06-30", "--dry-run")
    ran = edit(*report, "--keep-number")
    assert "139****6584" in ran.out
    assert "data/ledger_2020.yaml, whole" in ran.err
    assert "whole" not in edit("progress", "task-1", "--text", "已印发", "--date", "2020-06-30", "--dry-run").err


def test_place_is_that_of_the_first_changed_line(folder: Path, edit: Edit) -> None:
    ran = edit("set", "task-1", "due=2021")
    place = ran.out.splitlines()[0]
    line = int(place.rpartition(":")[2])
    assert (folder / "data" / LEDGER).read_text(encoding="utf-8").splitlines()[line - 1] == '            due: "2021"'


def test_batch_of_two_files_is_one_edit(folder: Path, edit: Edit) -> None:
    batch = [
        {"id": "task-1", "text": "开始", "percent": 20, "evidence": ["a"]},
        {"op": "close", "id": "task-2", "evidence": "方案"},
        {"op": "set", "id": "point-1", "fields": {"leaders": ["谢强", "彭格"], "remark": "x"}},
    ]
    ran = edit("progress", "--stdin", "json", stdin=batch)
    assert ran.code == 0, ran.err
    assert numstat(folder) == {LEDGER: (6 + 4, 0), POINTS: (2, 0)}
    assert edit("undo").code == 0
    assert numstat(folder) == {}


@pytest.mark.parametrize(
    ("batch", "words"),
    [
        ([{"id": "task-1", "txt": "x"}], "element 1: “progress” knows no “txt”. Did you mean text?"),
        ([{"id": "task-1"}], "element 1: “text” is missing."),
        ([{"op": "clos", "id": "task-1"}], "Did you mean close?"),
        ([{"id": "task-1", "text": "x", "weak": "yes"}], "“weak” is true or false."),
        ([{"id": "task-1", "text": "x", "date": "2020-02-30"}], "There is no such day in the calendar."),
        (
            [{"id": "task-1", "text": "x"}, {"id": "task-8", "text": "x"}],
            "element 2 (progress task-8): There is no entry",
        ),
        ([1], "element 1: It is no object."),
        ({}, "The batch is no list."),
        ([], "The batch is empty."),
    ],
    ids=str,
)
def test_faults_of_a_batch_name_their_element(folder: Path, edit: Edit, batch: object, words: str) -> None:
    ran = edit("progress", "--stdin", "json", stdin=batch)
    assert ran.code == 2
    assert words in ran.err
    assert numstat(folder) == {}


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["close", "task-1"], 1, "Without evidence"),
        (["close"], 2, "ID is missing."),
        (["progress", "task-1"], 2, "--text is missing."),
        (["progress", "task-1", "--text", "x", "--target", "y"], 2, "names no value"),
        (["progress", "task-1", "--text", "x", "--date", "heute"], 2, "is no day"),
        (["progress", "task-1", "--stdin", "json"], 2, "comes from the batch"),
        (["set", "task-1", "due=2021", "due=2022"], 2, "given twice"),
        (["remove", "point-6", "--reason", "x"], 1, "2020/point-6 is named by 2020/task-1."),
        (["add", "x", "--to", "一"], 2, "Name one of: 2020/创新融入成渝地区双城经济圈, 2020/task."),
        (["add", "x", "--to", "task", "implements=point-99"], 2, "There is no entry 2020/point-99."),
        (["undo"], 1, "No edit of these files is remembered."),
        (["rollover", "2022"], 2, "the year that follows is 2021"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_refusals_have_their_code_and_change_nothing(
    folder: Path, edit: Edit, arguments: list[str], code: int, words: str
) -> None:
    ran = edit(*arguments)
    assert (ran.code, ran.out) == (code, "")
    assert words in ran.err
    assert numstat(folder) == {}


def test_undo_goes_back_step_by_step_and_stops_at_what_others_changed(folder: Path, edit: Edit) -> None:
    file = folder / "data" / LEDGER
    start = file.read_bytes()
    edit("set", "task-1", "due=2021")
    first = file.read_bytes()
    edit("set", "task-1", "due=2022")
    edit("undo")
    assert file.read_bytes() == first
    file.write_bytes(first + b"# by hand\n")
    ran = edit("undo")
    assert (ran.code, "was changed since that edit" in ran.err) == (1, True)
    file.write_bytes(first)
    edit("undo")
    assert file.read_bytes() == start


def test_what_is_remembered_is_for_the_user_alone(edit: Edit) -> None:
    edit("set", "task-1", "due=2021")
    kept = list(journal.folder().iterdir())
    assert len(kept) == 1
    if sys.platform != "win32":
        assert journal.folder().stat().st_mode & 0o777 == 0o700
        assert kept[0].stat().st_mode & 0o777 == 0o600
    # What was replaced is kept, not the file.
    assert len(kept[0].read_bytes()) < 1000


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are text here")
def test_what_a_batch_did_in_many_places_is_taken_back_and_shown_in_each(folder: Path, edit: Edit) -> None:
    before = (folder / "data" / LEDGER).read_bytes()
    ids = ["task-1", "scheme-1", "pilot-7"]
    batch = [{"id": entry_id, "text": f"第{number}次报送"} for entry_id in ids for number in (1, 2)]
    made = edit("progress", "--stdin", "json", stdin=batch)
    assert made.code == 0
    back = edit("undo")
    assert (folder / "data" / LEDGER).read_bytes() == before

    def signed(ran: Ran, sign: str) -> list[str]:
        return [line[1:] for line in ran.out.splitlines() if line.startswith(sign)]

    assert len(signed(made, "+")) == len(ids) * 5  # the key, then date and text of each
    assert signed(back, "-") == signed(made, "+")
    assert signed(back, "+") == signed(made, "-") == []
    # Each of the three places by itself, not all that is between them.
    assert len([line for line in back.out.splitlines() if line.startswith("data/")]) == len(ids)


def test_edit_of_a_file_whose_name_is_no_text_can_be_undone(folder: Path, edit: Edit) -> None:
    file = folder / os.fsdecode(b"ledger_\xff.yaml")
    shutil.copy(DATA / LEDGER, file)
    assert edit("set", "task-1", "due=2021", "--data", str(file)).code == 0
    assert edit("undo", "--data", str(file)).code == 0
    assert file.read_bytes() == (DATA / LEDGER).read_bytes()


def test_data_that_come_with_the_program_are_only_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    from reformledger.cli.run import run

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert run(["set", "task-1", "due=2021"]) == 1
    assert "only to be read" in capfd.readouterr().err
    assert run(["set", "task-1", "due=2021", "--dry-run"]) == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is full")
def test_an_edit_that_cannot_be_shown_says_that_it_is_written(folder: Path) -> None:
    command = [sys.executable, "-m", "reformledger", "set", "task-1", "due=2021"]
    state = {**os.environ, "XDG_STATE_HOME": str(folder / "state"), "REFORMLEDGER_LANG": "en"}
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, env=state, stdout=full, stderr=subprocess.PIPE, encoding="utf-8", check=False)
    assert done.returncode == 74
    assert "The change is written all the same" in done.stderr
    assert numstat(folder) == {LEDGER: (1, 1)}


@pytest.mark.skipif(sys.platform == "win32", reason="modes are those of POSIX")
def test_contacts_stay_private_when_they_are_written_back(folder: Path, edit: Edit) -> None:
    from reformledger.files.errors import FileError
    from reformledger.files.together import write_all

    (folder / "data" / CONTACTS).chmod(0o600)
    edit("rollover", "2021")
    (record, *_others) = journal.records()
    changes = [file.change_to("before", file.path.read_bytes()) for file in record.files]
    contacts = folder / "data" / "contacts_2021.yaml"
    assert [change.path for change in changes if change.private] == [contacts]
    # One more that cannot be made: what was taken away before is written back.
    with pytest.raises(FileError):
        write_all([*changes, FileChange(contacts.with_name("ledger_2020.yaml"), None, b"x")])
    assert contacts.stat().st_mode & 0o777 == 0o600
