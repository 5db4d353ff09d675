"""The READMEs show what the program prints, and the two languages show the same commands."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from conftest import ROOT

if sys.platform == "win32":
    pytest.skip("the READMEs show a Unix terminal", allow_module_level=True)

import readme

_PYTHON = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("path", readme.READMES, ids=lambda path: path.name)
def test_output_in_a_readme_is_that_of_its_commands(path: Path) -> None:
    assert readme.rewritten(path, readme.READMES[path]) == path.read_text(encoding="utf-8")


def test_both_languages_show_the_same_commands() -> None:
    shown = [re.findall(r"^\$ .*$", path.read_text(encoding="utf-8"), re.MULTILINE) for path in readme.READMES]
    assert shown[0] == shown[1]


@pytest.mark.parametrize("path", readme.READMES, ids=lambda path: path.name)
def test_python_example_runs(path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    (example,) = _PYTHON.findall(path.read_text(encoding="utf-8"))
    exec(compile(example, str(path), "exec"), {})
    assert capsys.readouterr().out.splitlines()[0] == "point-3 编制完成“十四五”发展规划 2020-12-31"


def test_test_command_makes_its_own_environment() -> None:
    command = readme.test_command()
    assert "venv" in command
    assert "pytest" in command
