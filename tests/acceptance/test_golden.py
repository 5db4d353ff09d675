"""What people see, held by files: ``UPDATE_GOLDEN=1 python -m pytest tests/test_golden.py`` writes them anew."""

from __future__ import annotations

import os
import re
import sys

import pytest

from conftest import ROOT, TESTS

FOLDER = TESTS / "golden"
SCREENS = {
    "list": ["list", "--due", "2020", "--kind", "试点", "--as-of", "2020-10-01"],
    "star": ["star", "--as-of", "2021-01-02"],
    "show": ["show", "pilot-7", "--as-of", "2020-10-01"],
    "by-leader": ["by-leader", "刘自力", "--as-of", "2020-12-10"],
    "by-department": ["by-department", "--as-of", "2020-10-01"],
    "stats": ["stats", "--as-of", "2021-01-02"],
    "due": ["due", "--department", "计财科", "--as-of", "2020-12-10"],
    "close": ["close", "task-1", "--evidence", "验收报告", "--date", "2020-09-30", "--dry-run"],
    "check": ["check", "--as-of", "2020-10-01"],
    "explain": ["explain", "RL401"],
    "rules": ["explain"],
    "usage": ["list", "--leader", "刘自立"],
}


# Typer draws these, each version in its own way: what they say is held, not where it stands.
HELP = {"help": ["--help"], "help-list": ["list", "--help"]}
_DRAWING = re.compile(r"[\s─│╭╮╰╯]+")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("columns", [40, 80])
@pytest.mark.parametrize("name", SCREENS)
def test_screen(name: str, columns: int, language: str) -> None:
    shown, held = _shown_and_held(name, SCREENS[name], columns, language)
    assert shown == held


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", HELP)
def test_help_page(name: str, language: str) -> None:
    shown, held = _shown_and_held(name, HELP[name], 80, language)
    assert _DRAWING.sub("", shown) == _DRAWING.sub("", held)


def _shown_and_held(name: str, arguments: list[str], columns: int, language: str) -> tuple[str, str]:
    screen = pytest.importorskip("screen", reason="no pseudo-terminals here")
    environment = {"PATH": os.environ["PATH"], "TERM": "xterm", "REFORMLEDGER_LANG": language}
    command = [sys.executable, "-m", "reformledger", *arguments]
    shown = screen.without_styles(screen.on_terminal(command, columns, ROOT, environment))
    path = FOLDER / f"{name}-{columns}-{language}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(shown, encoding="utf-8", newline="\n")
    return shown, path.read_text(encoding="utf-8")
