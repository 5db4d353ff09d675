"""The columns of CSV and the keys of JSON: those of the command, whatever it found."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest

from conftest import DATA, LEDGERS, Run
from reformledger.cli.app import command
from texts import LEDGER_HEAD

Write = Callable[[str, str], Path]
EMPTY = LEDGER_HEAD.rstrip() + " []\n"
PLAIN = LEDGER_HEAD + "          - {id: task-1, title: 甲}\n"
FULL = (DATA, LEDGERS / "reading" / "good" / "life.yaml")

QUESTIONS: list[list[str]] = [
    ["list"],
    ["star"],
    ["show", "task-1"],
    ["by-leader"],
    ["by-department"],
    ["stats"],
    ["due"],
    ["reports", "--period", "2020年"],
    ["reports", "--period", "2020年", "--missing"],
    ["reports", "--period", "2020年", "--text"],
    ["brief"],
    ["brief", "--since", "2020-03-01"],
]
EDITS = {"check", "draft", "explain", "progress", "rollover", "send", "take"}
"""Commands that answer in formats, too: of rules alone, or after writing, and so never empty."""
OF_REVISIONS = {"diff", "log"}
"""Those that need a repository: ``tests/acceptance/test_history.py`` has theirs."""


def columns(run: Run, question: list[str], path: Path) -> tuple[list[str], object, set[tuple[str, ...]]]:
    """Return the first row of the CSV, the keys of the JSON but those of items, and those that the items have."""
    arguments = [*question, "--data", str(path), "--as-of", "2021-02-01"]
    head = next(csv.reader(StringIO(run(*arguments, "-f", "csv").out)))
    answer = json.loads(run(*arguments, "-f", "json").out)
    around = answer if isinstance(answer, dict) and "items" in answer else {"items": answer, "totals": {}}
    items = around["items"] if isinstance(around["items"], list) else [around["items"]]
    return head, (list(around), list(around["totals"])), {tuple(item) for item in items}


def test_the_sweep_knows_every_command_that_answers_in_formats() -> None:
    answering = {
        name for name, one in command().commands.items() if any("--format" in option.opts for option in one.params)
    }
    assert answering == {question[0] for question in QUESTIONS} | EDITS | OF_REVISIONS


@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
def test_columns_and_keys_do_not_depend_on_what_is_found(question: list[str], write: Write, run: Run) -> None:
    ledgers = [*FULL, write("plain.yaml", PLAIN), *([] if question[0] == "show" else [write("empty.yaml", EMPTY)])]
    heads, around, items = zip(*(columns(run, question, path) for path in ledgers), strict=True)
    assert all(head == heads[0] for head in heads)
    assert all(keys == around[0] for keys in around)
    assert len(set().union(*items)) == 1  # and none of the questions finds nothing everywhere


@pytest.mark.parametrize(
    ("command", "condition"),
    [
        ("list", ["--search", "没有这样的字"]),
        ("list", ["--light", "red"]),
        ("list", ["--star"]),
        ("due", ["--light", "red"]),
        ("due", ["--within", "1d"]),
        ("due", ["--unreported"]),
        ("reports", ["--department", "基教科"]),
    ],
)
def test_nor_on_the_conditions(command: str, condition: list[str], run: Run) -> None:
    assert columns(run, [command, *condition], DATA)[:2] == columns(run, [command], DATA)[:2]
