"""The child process that reads: it is renewed after a fault, holds nothing of ours, and is never left behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from raw_workbooks import one_cell, write_workbook
from reformledger import extras
from reformledger.errors import UsageError
from reformledger.exchange.reading.files import read_files, reading_ahead
from reformledger.exchange.reading.process import ChildReader, started
from reformledger.exchange.tables import ReadWorkbook

STAND_IN = """
import json, os, sys, time
for line in sys.stdin:
    word = json.loads(line)
    if word == "hang":
        time.sleep(60)
    if word == "die":
        os._exit(1)
    said = {"environment": sorted(os.environ)} if word == "environment" else {"pid": os.getpid(), "word": word}
    print("nonsense" if word == "babble" else json.dumps(said), flush=True)
"""


@pytest.fixture
def reader() -> Iterator[ChildReader]:
    with ChildReader([sys.executable, "-c", STAND_IN], patience=3) as reader:
        yield reader


def test_one_child_reads_many_files(reader: ChildReader) -> None:
    answers = list(reader.answers(map(Path, ("a", "科室", "c"))))
    assert [answer["word"] for answer in answers] == ["a", "科室", "c"]
    assert len({answer["pid"] for answer in answers}) == 1


@pytest.mark.parametrize(("fault", "reason"), [("die", "unreadable"), ("babble", "unreadable"), ("hang", "slow")])
def test_after_a_fault_there_is_a_new_child(reader: ChildReader, fault: str, reason: str) -> None:
    start = time.perf_counter()
    before, found, after = reader.answers(map(Path, ("a", fault, "b")))
    assert time.perf_counter() - start < 10
    assert found == {"refused": [reason, ""]}
    assert (before["word"], after["word"]) == ("a", "b")
    assert after["pid"] != before["pid"]
    assert is_gone(before["pid"])


def is_gone(pid: int) -> bool:
    """Say whether a process that was a child of this one is gone; one that was not waited for would be there."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_what_is_asked_ahead_is_answered_once(reader: ChildReader) -> None:
    reader.ask_ahead(Path("a"))
    answers = list(reader.answers(map(Path, ("a", "b"))))
    assert [answer["word"] for answer in answers] == ["a", "b"]
    assert len({answer["pid"] for answer in answers}) == 1


def test_an_answer_that_nobody_wants_is_never_that_to_another_file(reader: ChildReader) -> None:
    reader.ask_ahead(Path("a"))
    answers = list(reader.answers(map(Path, ("b", "a"))))
    assert [answer["word"] for answer in answers] == ["b", "a"]


@pytest.mark.skipif(sys.platform == "win32", reason="asks for a process as POSIX does")
def test_a_workbook_is_read_ahead_by_the_child_that_gives_it(tmp_path: Path) -> None:
    file, other = (write_workbook(tmp_path / name, one_cell("")) for name in ("a.xlsx", "b.xlsx"))
    with reading_ahead(["draft", "--to", str(tmp_path / "none.xlsx"), str(file), str(other)]):
        (ahead,) = children()
        results = read_files([file])
        assert isinstance(next(results), ReadWorkbook)
        assert children() == [ahead]
        results.close()  # type: ignore[attr-defined] # it is a generator
        assert is_gone(ahead)


@pytest.mark.skipif(sys.platform == "win32", reason="asks for a process as POSIX does")
@pytest.mark.parametrize("wanted", ["other.xlsx", None])
def test_what_is_read_ahead_in_vain_leaves_no_child_behind(tmp_path: Path, wanted: str | None) -> None:
    file = write_workbook(tmp_path / "a.xlsx", one_cell(""))
    with reading_ahead([str(file)]):
        (ahead,) = children()
        if wanted:
            (result,) = read_files([write_workbook(tmp_path / wanted, one_cell(""))])
            assert isinstance(result, ReadWorkbook)
            assert result.file.name == wanted
    assert is_gone(ahead)


@pytest.mark.skipif(sys.platform == "win32", reason="asks for a process as POSIX does")
def test_what_is_refused_from_outside_is_not_asked_for_ahead(tmp_path: Path) -> None:
    (tmp_path / "no_zip.xlsx").write_bytes(b"PK no zip")
    with reading_ahead([str(tmp_path / "no_zip.xlsx"), str(tmp_path / "missing.xlsx"), "a\0.xlsx"]):
        assert children() == []


@pytest.mark.skipif(sys.platform == "win32", reason="asks for a process as POSIX does")
def test_a_child_that_was_started_before_is_asked_or_ended(tmp_path: Path) -> None:
    for is_there in (True, False):
        file = write_workbook(tmp_path / "a.xlsx", one_cell("")) if is_there else tmp_path / "missing.xlsx"
        reader = ChildReader()
        reader.start()
        started.append(reader)
        (before,) = children()
        with reading_ahead([str(file)]):
            assert children() == [before]
            if is_there:
                (result,) = read_files([file])
                assert isinstance(result, ReadWorkbook)
                assert is_gone(before)
        assert is_gone(before)
        assert started == []


@pytest.mark.skipif(sys.platform == "win32", reason="asks for a process as POSIX does")
def test_no_child_is_left_behind(tmp_path: Path) -> None:
    with ChildReader([sys.executable, "-c", STAND_IN]) as reader:
        (answer,) = reader.answers([Path("a")])
    pid = answer["pid"]
    assert is_gone(pid)

    file = write_workbook(tmp_path / "a.xlsx", one_cell(""))
    results = read_files([file, file])
    next(results)
    running = children()
    results.close()  # type: ignore[attr-defined] # it is a generator
    assert running
    assert all(map(is_gone, running))


def children() -> list[int]:
    """Return the processes that read workbooks for this one, but those that an earlier test may have left to it."""
    return [pid for pid in _running() if pid not in _earlier]


_earlier: set[int] = set()


@pytest.fixture(autouse=True)
def _look_at_what_is_running() -> None:
    if sys.platform != "win32":
        _earlier.update(_running())


def _running() -> list[int]:
    shown = subprocess.run(["ps", "-ww", "-o", "pid=,ppid=,args="], check=True, capture_output=True, text=True).stdout
    rows = [line.split(None, 2) for line in shown.splitlines()]
    return [int(pid) for pid, parent, command in rows if int(parent) == os.getpid() and "reading.child" in command]


def test_the_child_knows_nothing_of_the_ledger(reader: ChildReader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REFORMLEDGER_DATA", "somewhere")
    (answer,) = reader.answers([Path("environment")])
    names = answer["environment"]
    assert "PATH" in names
    assert [name for name in names if name.startswith("REFORMLEDGER")] == []


@pytest.mark.parametrize("folder_holds", ["openpyxl.py", "json.py", "reformledger.py"])
def test_modules_of_the_working_folder_are_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder_holds: str
) -> None:
    (tmp_path / folder_holds).write_text("raise SystemExit(1)\n", encoding="utf-8")
    file = write_workbook(tmp_path / "a.xlsx", one_cell(""))
    monkeypatch.chdir(tmp_path)
    (result,) = read_files([file])
    assert isinstance(result, ReadWorkbook)


def test_the_child_imports_only_what_reads(tmp_path: Path) -> None:
    file = write_workbook(tmp_path / "a.xlsx", one_cell(""))
    program = (
        "import sys; from reformledger.exchange.reading.child import main; main()\n"
        "print(*(name for name, module in sys.modules.items() if module), file=sys.stderr)"
    )
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, input=f"{json.dumps(str(file))}\n".encode(), check=True, capture_output=True)
    assert json.loads(done.stdout)["sheets"][0]["name"] == "填报"
    imported = set(done.stderr.decode().split())
    assert "openpyxl" in imported
    assert imported & {"pydantic", "typer", "rich", "yaml", "xlsxwriter", "lxml", "numpy", "PIL"} == set()
    assert not any(name.startswith(("reformledger.model", "reformledger.book")) for name in imported)


def test_without_the_extra_there_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extras, "find_spec", lambda _name: None)
    file = write_workbook(tmp_path / "a.xlsx", one_cell(""))
    with pytest.raises(UsageError, match="openpyxl is not installed") as raised:
        next(read_files([file]))
    assert raised.value.advice == 'Run: pip install "reformledger[office]"'


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps this limit")
def test_memory_of_the_child_is_limited() -> None:
    program = (
        "import resource; from reformledger.exchange.reading.child import _limit_memory; _limit_memory()\n"
        "try: bytes(600 * 2**20)\n"
        "except MemoryError: print(resource.getrlimit(resource.RLIMIT_AS)[0])"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)
    assert int(done.stdout) == 512 * 2**20
