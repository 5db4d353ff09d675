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


def test_an_ordinary_edit_does_not_import_the_rules() -> None:
    arguments = ["progress", "task-1", "--text", "x", "--dry-run"]
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "reformledger", *arguments],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    assert b"reformledger.edits.plan" in done.stderr
    assert b"reformledger.audit" not in done.stderr


@pytest.fixture(scope="module")
def imported() -> set[str]:
    """Return the modules that a question into a pipe imports, as the interpreter itself tells."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "reformledger", "list", "--due", "2020"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    return {line.split("|")[-1].strip() for line in done.stderr.decode().splitlines() if line.startswith("import time")}


@pytest.mark.parametrize(
    "module",
    ["rich.table", "rich.console", "json", "filelock", "reformledger.yamlio.advice", "reformledger.yamlio.edit"],
)
def test_a_piped_question_does_not_import(module: str, imported: set[str]) -> None:
    assert "reformledger.query" in imported
    assert module not in imported
