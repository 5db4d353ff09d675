"""Shell completion: the names, ids and words of the data that the command line would read, in every shell."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from reformledger.cli.run import run

Complete = Callable[..., str]
LEDGER = """\
kind: ledger
year: 2021
title: 台账
parts:
  - title: 一
    tables:
      - id_prefix: task
        rows:
          - {id: task-9, title: 二, leaders: [刘新]}
"""
# How each shell hands over the words typed so far: environment variables of Typer's protocol.
SHELLS: dict[str, Callable[[str], dict[str, str]]] = {
    "bash": lambda line: {"COMP_WORDS": line, "COMP_CWORD": str(len(line.split(" ")) - 1)},
    "zsh": lambda line: {"_TYPER_COMPLETE_ARGS": line},
    "fish": lambda line: {"_TYPER_COMPLETE_ARGS": line, "_TYPER_COMPLETE_FISH_ACTION": "get-args"},
    "pwsh": lambda line: {"_TYPER_COMPLETE_ARGS": line, "_TYPER_COMPLETE_WORD_TO_COMPLETE": line.split(" ")[-1]},
}


@pytest.fixture
def complete(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Complete:
    """Return a function that completes a command line, whose last word is not finished, in a shell."""

    def offered(line: str, shell: str = "bash") -> str:
        monkeypatch.setenv("_REFORMLEDGER_COMPLETE", f"complete_{shell}")
        for name, value in SHELLS[shell](f"reformledger {line}").items():
            monkeypatch.setenv(name, value)
        assert run([]) == 0
        out, err = capfd.readouterr()
        assert err == ""
        return out

    return offered


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize(
    ("line", "words", "others"),
    [
        ("by-leader 刘", ["刘自力"], ["谢强"]),
        ("by-department 政策", ["政策法规科"], ["基教科"]),
        ("show key-", ["key-scheme-1", "key-scheme-2"], ["scheme-3"]),
        ("list --status ove", ["overdue"], ["closed"]),
        ("by-", ["by-leader", "by-department"], ["list"]),
    ],
)
def test_each_shell_is_offered_what_begins_so(
    complete: Complete, shell: str, line: str, words: list[str], others: list[str]
) -> None:
    offered = complete(line, shell)
    assert [word for word in words if word not in offered] == []
    assert [word for word in others if word in offered] == []


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("list --leader 李", ["李刚"]),
        ("list --department 法规", ["法规科"]),  # as some rows print it
        ("list --columns docu", ["document_number"]),
        ("list --columns id,docu", ["id,document_number"]),
        ("list --columns id，docu", ["id，document_number"]),
        ("list --sort d", ["due", "department", "days_left"]),
        ("list --kind pi", ["pilot"]),
        ("list --format c", ["csv"]),
        ("explain RL10", ["RL101", "RL102", "RL103", "RL104", "RL105"]),
        ("explain unre", ["unreported"]),
        ("explain 滞", ["滞后"]),
        ("close pilot-7 --phase 第一", ["第一批"]),
        ("progress pilot-7 --phase 第二", ["第二批"]),
        ("close task-1 --phase ", []),
        ("close pilot-7 --phase=第一", ["第一批"]),
        ("show no-such-", []),
    ],
)
def test_words_that_are_offered(complete: Complete, line: str, words: list[str]) -> None:
    assert complete(line).split() == words


def test_occurrences_of_the_entry_are_offered(complete: Complete, tmp_path: Path) -> None:
    path = tmp_path / "ledger_2021.yaml"
    path.write_text(LEDGER.replace("title: 二,", "title: 二, due: 每半年,"), encoding="utf-8")
    offered = ["2021年上半年", "2021年下半年"]
    assert complete(f"progress task-9 --data {path} --for ").split() == offered
    assert complete(f"waive task-9 --data {path} --for 2021年上").split() == offered[:1]


@pytest.mark.parametrize("typed", ["", "＃"])
def test_milestones_of_one_name_are_offered_by_their_place(complete: Complete, tmp_path: Path, typed: str) -> None:
    path = tmp_path / "ledger_2021.yaml"
    phases = "phases: [{name: 推进会}, {name: 推进会}, {name: 总结}]"
    path.write_text(LEDGER.replace("title: 二,", f"title: 二, {phases},"), encoding="utf-8")
    offered = complete(f"close task-9 --data {path} --phase {typed}").split()
    # A half-width # would begin a comment in the shell.
    assert offered == ["＃1", "＃2", *([] if typed else ["总结"])]


def test_names_are_those_of_the_data_that_are_named(complete: Complete, tmp_path: Path) -> None:
    path = tmp_path / "ledger_2021.yaml"
    path.write_text(LEDGER, encoding="utf-8")
    assert complete(f"by-leader --data {path} 刘").split() == ["刘新"]
    assert complete(f"show --data {path} t").split() == ["task-9"]


@pytest.mark.parametrize("content", ["kind: ledger\nyear: 202\n", "kind: [\n", ""])
def test_data_that_cannot_be_read_offer_nothing_and_say_nothing(
    complete: Complete, tmp_path: Path, content: str
) -> None:
    path = tmp_path / "ledger_2021.yaml"
    path.write_text(content, encoding="utf-8")
    assert complete(f"by-leader --data {path} ").split() == []


@pytest.mark.parametrize("shell", [*SHELLS, "powershell"])
def test_each_shell_gets_a_script(
    shell: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("_REFORMLEDGER_COMPLETE", f"source_{shell}")
    assert run([]) == 0
    assert "_REFORMLEDGER_COMPLETE" in capfd.readouterr().out
