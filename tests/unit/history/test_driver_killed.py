"""The driver killed at any call of the system: our side is as it was, or whole, and git's own merge loses nothing."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from killing import ended, forked, plug_in

from conftest import DATA
from reformledger.history.merging.driver import drive
from reformledger.history.merging.texts.lines import line_merge

pytestmark = [
    pytest.mark.programs,
    pytest.mark.skipif(sys.platform == "win32", reason="no fork"),
]
BASE = (DATA / "ledger_2020.yaml").read_bytes()
OURS, THEIRS = (BASE.replace("star: ☆".encode(), f"star: ☆\n            remark: {word}".encode(), 1) for word in "甲乙")


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_killed_at_any_call(tmp_path: Path, after: bool) -> None:
    files = [tmp_path / name for name in ("base", "ours", "theirs")]
    whole = b""
    number = killed = 0
    while not whole:
        number += 1
        for file, raw in zip(files, (BASE, OURS, THEIRS), strict=True):
            file.unlink(missing_ok=True)
            file.write_bytes(raw)

        def work(number: int = number) -> None:
            plug_in(number, after=after)
            drive(*files, name=Path("ledger_2020.yaml"))

        code = ended(forked(work))
        ours = files[1].read_bytes()
        if code == 0:
            whole = ours
        else:
            killed += 1
            assert code == -9
            assert ours == OURS or b"<<<<<<< ours: " in ours
            # What git then makes of it holds both sides.
            merged = line_merge(ours, BASE, THEIRS).raw.decode()
            assert "remark: 甲" in merged
            assert "remark: 乙" in merged
    assert killed > 10
    assert b"<<<<<<< ours: " in whole
