"""An office that shares a folder: contacts that not all may read."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from conftest import DATA, Run

PHONE = "13340726111"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the 2020 data of which the contacts may not be read."""
    data = tmp_path / "data"
    data.mkdir()
    for file in DATA.glob("*.yaml"):
        shutil.copy(file, data)
    close(monkeypatch, "contacts_2020.yaml")
    return data


def close(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Let a file be one that may not be read, by whomever the tests are run."""
    read = Path.read_bytes

    def read_bytes(path: Path) -> bytes:
        if path.name == name:
            raise PermissionError(13, "Permission denied", str(path))
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", read_bytes)


@pytest.mark.parametrize("command", ["list", "show task-1", "check", "list -f csv", "list -f json"])
def test_contacts_that_may_not_be_read_stop_no_reading(run: Run, folder: Path, command: str) -> None:
    ran = run(*command.split(), "--data", str(folder))
    assert ran.code == int(command == "check"), ran.err  # the notice has what the check warns of
    (said,) = [line for line in ran.err.splitlines() if "contacts_2020.yaml" in line]
    assert said.endswith("contacts_2020.yaml may not be read by you: its contacts are left blank.")
    assert ran.out
    assert "蒋春尧" not in ran.out


def test_other_edits_are_made_without_them(run: Run, folder: Path) -> None:
    arguments = ("progress", "task-1", "--text", "开会", "--date", "2020-06-30", "--data", str(folder))
    ran = run(*arguments)
    assert ran.code == 0, ran.err
    assert "its contacts are left blank" in ran.err
    assert "开会" in (folder / "ledger_2020.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "command",
    [
        f"set task-1 contact=李四 phone={PHONE}",
        "add 新任务 联系人=李四 --to task",
        "remove pilot-1 --reason 取消",
        "rollover 2021",
    ],
)
def test_what_may_concern_them_is_refused(run: Run, folder: Path, command: str) -> None:
    before = {file.name: file.stat().st_mtime_ns for file in folder.iterdir()}
    ran = run(*command.split(), "--data", str(folder))
    assert (ran.code, ran.out) == (1, "")
    assert "contacts_2020.yaml may not be read by you, and this may concern contacts in it." in ran.err
    lock = {".reformledger.lock"}
    assert {file.name: file.stat().st_mtime_ns for file in folder.iterdir() if file.name not in lock} == before


def test_any_other_file_that_may_not_be_read_is_a_fault(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    close(monkeypatch, "ledger_2020.yaml")
    ran = run("list", "--data", str(folder))
    assert (ran.code, ran.out) == (1, "")
    assert "ledger_2020.yaml: The file cannot be read: Permission denied" in ran.err
