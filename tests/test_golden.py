"""What people see, held by files: ``UPDATE_GOLDEN=1 python -m pytest tests/test_golden.py`` writes them anew."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from conftest import ROOT

FOLDER = Path(__file__).parent / "golden"
SCREENS = {
    "list": ["list", "--due", "2020", "--kind", "试点", "--as-of", "2020-10-01"],
    "star": ["star", "--as-of", "2021-01-02"],
    "show": ["show", "pilot-7", "--as-of", "2020-10-01"],
    "by-leader": ["by-leader", "刘自力", "--as-of", "2020-12-10"],
    "by-department": ["by-department", "--as-of", "2020-10-01"],
    "stats": ["stats", "--as-of", "2021-01-02"],
    "help": ["--help"],
    "help-list": ["list", "--help"],
    "usage": ["list", "--leader", "刘自立"],
}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("columns", [40, 80])
@pytest.mark.parametrize("name", SCREENS)
def test_screen(name: str, columns: int, language: str) -> None:
    screen = pytest.importorskip("screen", reason="no pseudo-terminals here")
    environment = {"PATH": os.environ["PATH"], "TERM": "xterm", "REFORMLEDGER_LANG": language}
    command = [sys.executable, "-m", "reformledger", *SCREENS[name]]
    shown = screen.without_styles(screen.on_terminal(command, columns, ROOT, environment))
    path = FOLDER / f"{name}-{columns}-{language}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(shown, encoding="utf-8", newline="\n")
    assert shown == path.read_text(encoding="utf-8")
