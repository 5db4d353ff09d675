"""Imports run downward only, and the start of the program stays light."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def test_arrows_run_downward() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("module", ["rich.table", "rich.console", "json", "csv", "difflib", "hypothesis"])
def test_a_piped_question_does_not_import(module: str) -> None:
    question = "import sys; from reformledger.cli.run import run; run(['list', '--due', '2020'])"
    script = f"{question}; print({module!r} in sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=True)
    assert done.stderr.split() == [b"False"]
