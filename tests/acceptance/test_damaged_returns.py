"""Returns damaged in one way each: what ``tests/returns`` holds goes through ``take``, and comes out as is said beside.

``tools/damaged_returns.py`` makes the files; what is to become of them is written by hand.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from conftest import TESTS, Run, speak
from reformledger import load_book
from reformledger.exchange.reading import files
from reformledger.exchange.reading.process import ChildReader

RETURNS = TESTS / "returns"
LEDGER = RETURNS / "data"
WANTED = {
    file.name.removesuffix(".json"): json.loads(
        file.read_bytes(),
        # A long text, written short.
        object_hook=lambda made: made["character"] * made["times"] if "times" in made else made,
    )
    for file in RETURNS.glob("*.json")
}
FATES = ("conflicts", "questions", "notes", "refused", "proposals", "taken", "recorded")
HOSTILE = sorted(name for name, wanted in WANTED.items() if wanted.get("hostile"))
MOST_SECONDS, MOST_MEMORY = 2, 256 * 2**10
"""What a hostile file may cost: processor time, and memory in KiB."""


@pytest.fixture(scope="session")
def shared_reader() -> Iterator[ChildReader]:
    """Yield a child process that reads the files of all tests, as it reads all files of one command."""
    with ChildReader() as reader:
        yield reader


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch, shared_reader: ChildReader) -> None:
    """Let each command ask the child process that is there, rather than start one."""

    class Shared(ChildReader):
        def answers(self, files: Iterable[Path]) -> Iterator[dict[str, Any]]:
            return shared_reader.answers(files)

    monkeypatch.setattr(files, "ChildReader", Shared)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return shutil.copytree(LEDGER, tmp_path / "data")


def contents(data: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in data.glob("*.yaml")}


def taken(run: Run, data: Path, file: Path, *words: str) -> tuple[int, dict[str, Any]]:
    done = run("take", str(file), "--data", str(data), "-f", "json", *words)
    assert "Traceback" not in done.err
    return done.code, json.loads(done.out)


def said(found: dict[str, Any]) -> str:
    """Return all that an answer says of what is not as it was asked for."""
    items = [item for fate in FATES for item in found[fate]]
    return "\n".join(f"{item['sentence']} {item['command']} {item['returned']}" for item in items)


def reports(data: Path) -> dict[str, dict[str, object]]:
    """Return the reports of the ledger, by the ids of their entries."""
    return {
        entry.id: {
            "text": report.text,
            **({} if report.percent is None else {"percent": report.percent}),
            "day": report.date.isoformat(),
        }
        for entry in load_book(data).entries
        for report in entry.data.progress
    }


def test_each_file_has_its_wanted_outcome_beside_it() -> None:
    assert {file.name for file in RETURNS.iterdir() if file.suffix != ".json"} == {*WANTED, LEDGER.name}


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("name", sorted(WANTED))
def test_it_comes_out_as_is_said(run: Run, data: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted, before = WANTED[name], contents(data)
    words = wanted.get("says", {"en": [], "zh": []})

    code, found = taken(run, data, RETURNS / name)
    assert code == wanted["exit"]
    assert {fate: sorted({item["id"] for item in found[fate]}) for fate in FATES if found[fate]} == {
        fate: sorted(ids) for fate, ids in wanted["fates"].items()
    }
    assert [word for word in words["en"] if word not in said(found)] == []
    assert any(wanted.get("place", "") in item["place"] for fate in FATES for item in found[fate])
    if wanted["exit"]:
        assert contents(data) == before
    else:
        assert reports(data) == wanted["recorded"]

    speak(monkeypatch, "zh")
    other = shutil.copytree(LEDGER, data.parent / "other")
    code, found = taken(run, other, RETURNS / name, "--skip-conflicts")
    assert code == wanted["exit"]
    assert [word for word in words["zh"] if word not in said(found)] == []
    assert reports(other) == wanted["recorded"]
    if not wanted["recorded"]:
        assert contents(other) == before


@pytest.mark.usefixtures("quick")
def test_all_of_them_in_one_folder_make_one_answer(run: Run, data: Path) -> None:
    before = contents(data)
    code, found = taken(run, data, RETURNS)
    assert (code, found["written"]) == (1, False)
    assert len(found["refused"]) == sum("refused" in wanted["fates"] for wanted in WANTED.values())
    assert contents(data) == before


@pytest.mark.usefixtures("quick")
def test_files_of_other_programs_are_refused_by_name(run: Run, data: Path) -> None:
    real = TESTS / "real"
    code, found = taken(run, data, real)
    assert (code, found["batch"]) == (1, [])
    places = {Path(item["place"]).name: item["sentence"] for item in found["refused"]}
    names = {file.name for file in real.iterdir() if file.suffix in {".xlsx", ".et"}}
    assert set(places) == names
    assert {name for name, sentence in places.items() if "hidden sheet" not in sentence} == {"sheetjs-write.et"}


@pytest.mark.programs
@pytest.mark.skipif(sys.platform != "linux", reason="reads Linux's count of memory")
def test_hostile_files_cost_little(data: Path) -> None:
    program = (
        "import os, re, resource, sys; from pathlib import Path; from reformledger.cli.run import run\n"
        "for file in sys.argv[2:]:\n"
        "    before = sum(os.times()[:4])\n"
        "    code = run(['take', file, '--data', sys.argv[1]])\n"
        "    print('cost', code, sum(os.times()[:4]) - before)\n"
        "own = int(re.search('VmHWM:\\\\s+(\\\\d+)', Path('/proc/self/status').read_text())[1])\n"
        "print('most', max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))"
    )
    command = [sys.executable, "-c", program, str(data), *(str(RETURNS / name) for name in HOSTILE)]
    shown = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout.splitlines()
    costs = [line.split()[1:] for line in shown if line.startswith("cost ")]
    assert [code for code, _seconds in costs] == ["1"] * len(HOSTILE)
    assert max(float(seconds) for _code, seconds in costs) < MOST_SECONDS
    assert int(shown[-1].removeprefix("most ")) < MOST_MEMORY
