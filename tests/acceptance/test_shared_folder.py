"""An office that shares a folder: contacts that not all may read, members who edit one after the other, a reader."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from conftest import DATA, Run
from people import People
from reformledger.files import journal

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


# Users of their own


def test_the_year_of_an_office(office: Path, people: People, monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    """One keeps the ledger, another of the group edits and begins the next year, a third may read only."""
    home = office / "state"
    monkeypatch.setattr(journal, "folder", lambda: home / str(os.geteuid()))
    edit = ("--date", "2020-06-30", "--data", str(office))
    ledger, contacts = office / "ledger_2020.yaml", office / "contacts_2020.yaml"

    def answer(code: int, *arguments: str) -> str:
        ran = run(*arguments)
        assert ran.code == code, ran
        return ran.err

    def member_with_closed_contacts() -> None:
        assert f"{contacts} may not be read by you" in answer(0, "list", "--data", str(office))
        answer(0, "progress", "task-1", "--text", "开会", *edit)
        answer(1, "rollover", "2021", "--data", str(office))

    def owner() -> None:
        answer(0, "progress", "task-1", "--text", "再次开会", *edit)
        answer(0, "undo", "--data", str(office))

    def member() -> None:
        answer(0, "set", "pilot-1", "contact=李四", "--data", str(office))
        answer(0, "rollover", "2021", "--data", str(office))

    def owner_next_year() -> None:
        answer(0, "set", "2021/task-1", "remark=开会", "--data", str(office))
        answer(0, "set", "2021/pilot-1", "contact=王五", "--data", str(office))

    def reader() -> None:
        assert "may not be read by you" in answer(0, "list", "--data", str(office))
        assert ".reformledger.lock cannot be taken: Permission denied" in answer(
            1, "set", "task-1", "remark=x", *edit[2:]
        )

    def begin() -> None:
        shutil.rmtree(office)
        office.mkdir()
        home.mkdir()
        home.chmod(0o777)
        for file in DATA.glob("*_2020.yaml"):
            shutil.copy(file, office)
            people.give(office / file.name, 0o660 if file.name == contacts.name else 0o664)
        people.give(office, 0o2775)

    # Once as the administrator: these users may have no right to read what is imported late.
    begin()
    for work in (owner, member, owner_next_year):
        work()
    begin()
    contacts.chmod(0o600)
    people.run(people.member, member_with_closed_contacts)
    assert (ledger.stat().st_uid, ledger.stat().st_gid) == (people.member, people.group)
    people.run(people.owner, owner, mask=0o077)
    assert ledger.stat().st_uid == people.owner
    contacts.chmod(0o660)
    people.run(people.member, member)
    people.run(people.reader, reader)
    people.run(people.owner, owner_next_year, mask=0o077)
    modes = {file.name: file.stat().st_mode & 0o777 for file in office.glob("*.yaml")}
    assert {name: mode for name, mode in modes.items() if mode != 0o664} == {
        "contacts_2020.yaml": 0o660,
        "contacts_2021.yaml": 0o660,
    }
    assert {file.stat().st_gid for file in office.glob("*.yaml")} == {people.group}
