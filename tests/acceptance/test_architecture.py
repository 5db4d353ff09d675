"""Imports run downward only, and the start of the program stays light."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Collection, Iterator
from graphlib import CycleError, TopologicalSorter
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


def _sources() -> dict[str, ast.Module]:
    """Return the parsed modules of the package by their full names."""
    found = {}
    for path in sorted((ROOT / "src").rglob("*.py")):
        steps = path.relative_to(ROOT / "src").with_suffix("").parts
        found[".".join(steps[:-1] if steps[-1] == "__init__" else steps)] = ast.parse(path.read_text(encoding="utf-8"))
    return found


def _named_by(module: ast.Module, known: Collection[str]) -> Iterator[str]:
    """Yield the modules that one names, anywhere in it: late imports and those for types alone count too."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                submodule = f"{node.module}.{alias.name}"
                yield submodule if submodule in known else node.module


def test_no_module_names_another_that_names_it_back() -> None:
    sources = _sources()
    named = {name: {*_named_by(module, sources)} & sources.keys() for name, module in sources.items()}
    assert "reformledger.book" in named["reformledger.query"]
    try:
        TopologicalSorter(named).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


def test_every_module_is_read_in_one_sitting() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in (ROOT / "src").rglob("*.py")}
    assert [f"{path.name}: {length}" for path, length in lengths.items() if length > 350] == []


def test_modules_are_few() -> None:
    holding_code = [name for name, module in _sources().items() if not all(map(_is_docstring, module.body))]
    # 145 when the house was put in order; eleven more hold the wordings, names, headings and milestones of any body;
    # eighteen what is typed: readers of values, names, words and headings, what is recorded already, advice that is
    # tried, completion; eight how several files are one write, and what was overwritten: names, changes, both journals,
    # git, who settles, what is gone and the rule about it;
    # four the limits of what is read, rights, names that change hands, and what there is to say of what was written;
    # thirty-two what is handed on: four formats, the page of an office and its tables, the annex, the brief and what
    # changed since, the board with its charts, days of a calendar, pages, tones, what was asked, long work;
    # thirty-three the return round: forms and who gets one, their workbook, files read in a process of their own, cells
    # and rows, tables of a department's own, what becomes of each report, both commands and what they say;
    # ninety drafts: sources and text that knows its place, tables found among lines or given, letters, points, rows and
    # values, what is asked and proposed, a draft beside a book, its files and papers, the command and its summary;
    # fifty-three history: revisions of git and their states, what two states differ in and its words, the line of time,
    # merges as data and as texts, the driver, the commands and what they show;
    # twenty-one many bodies: who they are, their rows and tables, versions made, held and found, questions as SQL, and
    # what lists, sorts and sheets need to be of a book no more.
    assert len(holding_code) <= 415


def _is_docstring(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


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
    assert b"reformledger.edits.transaction" in done.stderr
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
