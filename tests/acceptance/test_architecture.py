"""Imports run downward only, and the start of the program stays light."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT


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


def test_one_module_folds_width() -> None:
    package = ROOT / "src" / "reformledger"
    folding = [path for path in package.rglob("*.py") if "unicodedata.normalize" in path.read_text(encoding="utf-8")]
    assert folding == [package / "text" / "folding.py"]


def test_an_ordinary_edit_does_not_import_the_rules() -> None:
    arguments = ["progress", "task-1", "--text", "x", "--dry-run"]
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "reformledger", *arguments],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    assert b"reformledger.edits.rules.plan" in done.stderr
    assert b"reformledger.audit" not in done.stderr


def _imports(*arguments: str) -> set[str]:
    """Return the modules that a run of Python imports, as the interpreter itself tells."""
    done = subprocess.run([sys.executable, "-X", "importtime", *arguments], cwd=ROOT, capture_output=True, check=True)
    return {line.split("|")[-1].strip() for line in done.stderr.decode().splitlines() if line.startswith("import time")}


@pytest.fixture(scope="module")
def imported() -> set[str]:
    """Return what a question into a pipe imports."""
    return _imports("-m", "reformledger", "list", "--due", "2020")


@pytest.fixture(scope="module")
def of_libraries() -> set[str]:
    """Return what its libraries import by themselves."""
    return _imports("-c", "import typer, typer.core, yaml; from pydantic import create_model; create_model('M', a=int)")


@pytest.mark.parametrize(
    "module",
    ["rich.table", "rich.console", "json", "hypothesis", "filelock", "reformledger.yamlio.faults.parser_errors"],
)
def test_a_piped_question_does_not_import(module: str, imported: set[str]) -> None:
    assert "reformledger.query" in imported
    assert module not in imported


@pytest.mark.parametrize("module", ["csv", "difflib"])
def test_no_module_of_ours_imports_for_a_piped_question(
    module: str, imported: set[str], of_libraries: set[str]
) -> None:
    # Newer libraries import them when they start: what must not be is that we add to it.
    assert module not in imported - of_libraries
