"""Two people carry the year over, or one does while the other closes out: what a merge gives, and what check finds."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from conftest import DATA, Run
from reformledger.history.merging.data.merge import merge
from two_people import LEDGER, plain, rows_in

NEXT = "ledger_2021.yaml"


@pytest.fixture
def sides(tmp_path: Path) -> list[Path]:
    """Return two copies of the shipped data."""
    return [Path(shutil.copytree(DATA, tmp_path / side)) for side in ("ours", "theirs")]


def _done(run: Run, folder: Path, *words: str) -> None:
    ran = run(*words, "--data", folder)
    assert ran.code == 0, ran.err


def _codes(run: Run, folder: Path) -> dict[str, list[str]]:
    found = json.loads(run("check", "--data", folder, "--as-of", "2021-02-01", "-f", "json").out)["items"]
    return {code: [each["ref"] for each in found if each["code"] == code] for code in ("RL606", "RL607")}


def test_two_rollovers_that_are_alike_are_one_file(sides: list[Path], run: Run) -> None:
    for side in sides:
        _done(run, side, "rollover", "2021")
    ours, theirs = (plain((side / NEXT).read_bytes()) for side in sides)
    found = merge(None, ours, theirs)
    assert not found.conflicts
    assert found.ours == ours


def test_two_rollovers_conflict_entry_by_entry(sides: list[Path], run: Run) -> None:
    _done(run, sides[0], "set", "task-2", "remark=待省上方案")
    _done(run, sides[1], "set", "task-2", "remark=先行先试")
    for side in sides:
        _done(run, side, "rollover", "2021")
    ours, theirs = (plain((side / NEXT).read_bytes()) for side in sides)
    found = merge(None, ours, theirs)
    wanted = [name for name, row in rows_in(found.ours).items() if row.get("carried_over_from") == "2020/task-2"]
    assert [each.ref for each in found.conflicts] == [f"2021/{name}" for name in wanted]
    assert [rows_in(side)[wanted[0]]["remark"] for side in (found.ours, found.theirs)] == ["待省上方案", "先行先试"]


def test_check_finds_what_was_closed_out_in_the_other_file(sides: list[Path], run: Run) -> None:
    ours, theirs = sides
    _done(run, ours, "rollover", "2021")
    _done(run, theirs, "close", "task-2", "--evidence", "验收意见", "--date", "2020-12-25")
    assert _codes(run, ours) == {"RL606": [], "RL607": []}
    shutil.copy(theirs / LEDGER, ours / LEDGER)  # neither file has two sides: git takes each as it is
    carried = [name for name, row in rows_in(plain((ours / NEXT).read_bytes())).items() if _carries_on(row, "task-2")]
    assert _codes(run, ours) == {"RL606": [], "RL607": [f"2021/{name}" for name in carried]}


def test_check_finds_what_two_files_carry_on(sides: list[Path], run: Run) -> None:
    ours, theirs = sides
    for side in sides:
        _done(run, side, "rollover", "2021")
    text = re.sub("(- id: |- id_prefix: )", r"\1own-", (theirs / NEXT).read_text("utf-8"))
    (ours / "own_2021.yaml").write_text(text, "utf-8")
    wanted = [name for name, row in rows_in(plain(text.encode())).items() if _carries_on(row, "task-2")]
    assert f"2021/{wanted[0]}" in _codes(run, ours)["RL606"]


def _carries_on(row: object, name: str) -> bool:
    return isinstance(row, dict) and row.get("carried_over_from") == f"2020/{name}"
