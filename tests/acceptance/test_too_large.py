"""What is larger than any ledger: refused with its place and what to do; and no edit writes what is not read back."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from conftest import Run
from reformledger import limits, loader
from reformledger.errors import DataError
from reformledger.limits import ENTRIES, FILE, VALUE
from reformledger.loader import check_amount
from texts import LEDGER_HEAD

ROW = "          - id: task-{n}\n            title: 任务\n            due: 年内完成\n"


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "ledger_2020.yaml"
    path.write_text(LEDGER_HEAD + ROW.format(n=1), encoding="utf-8")
    return path


@pytest.mark.parametrize("size", [FILE + 1, 10 * 2**30])
@pytest.mark.parametrize("command", ["list", "check", "progress"])
def test_a_file_that_is_too_large_is_not_even_read(
    run: Run, ledger: Path, monkeypatch: pytest.MonkeyPatch, size: int, command: str
) -> None:
    try:
        with ledger.open("r+b") as file:
            file.truncate(size)  # sparse: it takes no room
    except OSError:
        pytest.skip("this file system has no sparse files of that size")
    monkeypatch.setattr(Path, "read_bytes", lambda path: pytest.fail(f"{path} is read"))
    for data in (ledger, ledger.parent):
        done = run(command, *(["task-1", "--text", "x"] if command == "progress" else []), "--data", str(data))
        assert done.code == 1
        assert "files of up to 256 MiB are read. Is it the right one?" in done.out + done.err


def test_a_file_of_just_the_limit_is_read(run: Run, ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    size = ledger.stat().st_size
    monkeypatch.setattr(loader, "FILE", size)
    assert run("list", "--data", str(ledger)).code == 0
    monkeypatch.setattr(loader, "FILE", size - 1)
    assert run("list", "--data", str(ledger)).code == 1


ONE = {
    "id first": "- id: task-1\n  title: a\n",
    "id second": "- title: a\n  id: task-1\n",
    "id quoted": "- \"id\": t-1\n  'title': a\n",
    "flow": "- {id: task-1, title: a}\n",
    "flow, id second": "- {title: a,id: task-1}\n",
    "windows": "- id: task-1\r\n  title: a\r\n",
}


@pytest.mark.parametrize("form", ONE)
def test_as_many_entries_as_there_may_be(form: str) -> None:
    check_amount(Path("x.yaml"), ONE[form].encode() * ENTRIES)
    with pytest.raises(DataError) as raised:
        check_amount(Path("x.yaml"), ONE[form].encode() * (ENTRIES + 1))
    (fault,) = raised.value.faults
    line, _nl, _rest = ONE[form].partition("id")
    assert fault.line == ENTRIES * ONE[form].count("\n") + line.count("\n") + 1
    assert fault.column == len(line.rpartition("\n")[2]) + 1
    assert fault.message == "More entries than are read: this is number 100,001."
    assert fault.advice == "Part the file into several, by years or bodies."


def test_other_words_are_no_entries() -> None:
    check_amount(Path("x.yaml"), "- valid: idea\n  id_prefix: t\n  # id\n  改id: x\n".encode() * (ENTRIES + 1))


def test_too_many_entries_are_refused_before_they_are_parsed(
    run: Run, ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger.write_text(LEDGER_HEAD + "".join(ROW.format(n=n) for n in range(ENTRIES + 1)), encoding="utf-8")
    monkeypatch.setattr(loader, "read_yaml", lambda *_arguments: pytest.fail("it is parsed"))
    done = run("list", "--data", str(ledger))
    assert (done.code, done.out) == (1, "")
    assert f"ledger_2020.yaml:{8 + 3 * ENTRIES + 1}:13: More entries than are read" in done.err


@pytest.mark.parametrize(
    ("op", "field"),
    [
        ("progress", "text"),
        ("progress", "problems"),
        ("progress", "evidence"),
        ("close", "evidence"),
        ("close", "approved_by"),
        ("extend", "reason"),
        ("set", "fields"),
        ("remove", "reason"),
        ("add", "title"),
    ],
)
@pytest.mark.parametrize("character", ["a", "改"])
def test_no_edit_writes_what_is_not_read_back(
    run: Run, ledger: Path, monkeypatch: pytest.MonkeyPatch, op: str, field: str, character: str
) -> None:
    width = len(character.encode())
    given: dict[str, dict[str, object]] = {
        "progress": {"id": "task-1", "text": "x"},
        "close": {"id": "task-1", "evidence": "x"},
        "extend": {"id": "task-1", "to": "2021-06", "reason": "x", "late": True},
        "set": {"id": "task-1"},
        "remove": {"id": "task-1", "reason": "x"},
        "add": {"to": "task"},
    }

    def edit(text: str) -> tuple[int, str]:
        value = {"text": text} if field == "fields" else text
        batch = json.dumps([{"op": op, **given[op], field: value}]).encode()
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(batch)))
        done = run(op, "--stdin", "json", "--data", str(ledger))
        return done.code, done.err

    before = ledger.read_bytes()
    code, said = edit(character * (VALUE // width + 1))
    assert (code, ledger.read_bytes()) == (2, before)
    assert said == f"“{field}” is longer than 1 MiB. Keep the text in a file of its own, and name that here.\n"
    code, said = edit(character * (VALUE // width))
    assert code == 0 or "Expected" in said
    assert run("list", "--data", str(ledger), "--format", "json").code == 0


def test_no_edit_makes_a_file_that_is_not_read_back(run: Run, ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = ledger.read_bytes()
    monkeypatch.setattr(loader, "FILE", len(before) + 50)
    done = run("progress", "task-1", "--text", "x" * 60, "--data", str(ledger))
    assert (done.code, ledger.read_bytes()) == (1, before)
    assert "files of up to" in done.err


def test_a_batch_that_is_too_large(run: Run, ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = json.dumps([{"id": "task-1", "text": "x"}]).encode()
    for most, code in ((len(batch), 0), (len(batch) - 1, 2)):
        monkeypatch.setattr(limits, "FILE", most)
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(batch)))
        done = run("progress", "--stdin", "json", "--data", str(ledger), "--dry-run")
        assert done.code == code
    assert "The batch is larger than" in done.err
    assert "Part it into several." in done.err
