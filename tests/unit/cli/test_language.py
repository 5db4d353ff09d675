"""Under ``REFORMLEDGER_LANG=zh`` neither a help page nor a usage error holds an English sentence, or is cut short."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from typing import Annotated, NamedTuple

import pytest
import typer
from typer.exceptions import TyperException

from conftest import ROOT
from reformledger.cli.app import command
from reformledger.cli.typer_texts import usage_sentence

COMMANDS = tuple(command().commands)
HELP_PAGES = (("--help",), *((name, "--help") for name in COMMANDS))
# Every way in which a command line can be wrong, and the word that the answer must name.
USAGE_ERRORS = {
    ("lst",): "list",
    ("xyzzy",): "xyzzy",
    ("--bogus",): "--bogus",
    ("list", "--zzz"): "--zzz",
    ("list", "--du", "2020"): "--due",
    ("list", "-z"): "-z",
    ("list", "--due"): "--due",
    ("list", "-f"): "-f",
    ("list", "--star=x"): "--star",
    ("list", "甲", "乙"): "甲 乙",
    ("show",): "编号",
    ("show", "point-99"): "point-9",
    ("show", "--format", "xml", "point-4"): "--format",
    ("stats", "extra"): "extra",
    ("list", "--leader", "\udcff"): "udcff",
    ("list", "--leader", "谢"): "谢强",
    ("list", "--department", "无此科室"): "无此科室",
    ("list", "--role", "lead"): "--department",
    ("list", "--role", "boss", "--department", "基教科"): "--role",
    ("list", "--status", "gone"): "--status",
    ("list", "--kind", "thing"): "--kind",
    ("list", "--year", "x"): "--year",
    ("list", "--limit", "-1"): "--limit",
    ("list", "--as-of", "2020-02-30"): "2020-02-30",
    ("list", "--due", "六月前"): "六月前",
    ("list", "--due-by", "长期"): "长期",
    ("list", "--sort", "colour"): "colour",
    ("list", "--columns", "colour"): "colour",
    ("list", "--where", "colour"): "--where",
    ("by-leader", "无此人"): "无此人",
    ("by-department", "无此科室"): "无此科室",
    ("schema", "leger"): "ledger",
    ("init", "--year", "x"): "--year",
    ("init", "--year", "20"): "20",
}
# The command lines run one after the other in one process, whose language is settled when it starts.
SCRIPT = """
import contextlib, io, json, sys
from reformledger.cli.run import run
answers = []
for arguments in json.loads(sys.argv[1]):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run(arguments)
    answers.append((code, out.getvalue(), err.getvalue()))
print(json.dumps(answers))
"""


class Ran(NamedTuple):
    """What one command line gave."""

    code: int
    out: str
    err: str


@pytest.fixture(scope="module")
def answers() -> dict[tuple[str, ...], Ran]:
    """Return what every command line of this module gives in Chinese, on a terminal of 80 columns."""
    lines = [*HELP_PAGES, *USAGE_ERRORS]
    environment = {**os.environ, "REFORMLEDGER_LANG": "zh", "COLUMNS": "80", "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, json.dumps(lines)], cwd=ROOT, env=environment, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    return {line: Ran(*ran) for line, ran in zip(lines, json.loads(done.stdout), strict=True)}


def english_in(text: str) -> list[str]:
    """Return the runs of two or more English words: command lines, options, ids and dotted or joined words are none."""
    text = re.sub(rf"reformledger(?: (?:{'|'.join(COMMANDS)}))?", "", text)
    text = re.sub(r"\S*[-_|=/.<>\[\]\\]+\w\S*", lambda match: "\n" if match[0].isascii() else match[0], text)
    return re.findall(r"[A-Za-z]+(?:[ ,;:'’]+[A-Za-z]+)+", text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Missing argument 'ID'.", ["Missing argument 'ID"]),
        ("没有选项 --zzz。 (Possible options: --due)", ["Possible options"]),
        ("用法：reformledger by-leader [选项] [名称]", []),
        ("以 YAML 存于 git，point-4 或 2020/point-4，[-]id|due|title", []),
    ],
)
def test_english_is_found(text: str, found: list[str]) -> None:
    assert english_in(text) == found


@pytest.mark.parametrize("line", HELP_PAGES, ids=" ".join)
def test_help_page_is_chinese(line: tuple[str, ...], answers: dict[tuple[str, ...], Ran]) -> None:
    ran = answers[line]
    assert (ran.code, ran.err) == (0, "")
    assert "用法：reformledger" in ran.out
    assert english_in(ran.out) == []
    assert re.findall(r"<[a-z\[\]]+>|Usage|Options|Arguments|Commands|required|default", ran.out) == []


@pytest.mark.parametrize("line", HELP_PAGES, ids=" ".join)
def test_help_page_is_whole(line: tuple[str, ...], answers: dict[tuple[str, ...], Ran]) -> None:
    assert "…" not in answers[line].out


@pytest.mark.parametrize("line", HELP_PAGES, ids=" ".join)
def test_no_line_of_a_help_page_begins_with_punctuation(
    line: tuple[str, ...], answers: dict[tuple[str, ...], Ran]
) -> None:
    assert re.findall(r"(?:^|[ │])[，。；、：！？）]", answers[line].out) == []


@pytest.mark.parametrize("line", USAGE_ERRORS, ids=lambda line: " ".join(line).encode("ascii", "replace").decode())
def test_usage_error_is_chinese(line: tuple[str, ...], answers: dict[tuple[str, ...], Ran]) -> None:
    ran = answers[line]
    assert (ran.code, ran.out) == (2, "")
    assert USAGE_ERRORS[line] in ran.err
    assert re.search("[一-鿿]", ran.err)
    assert english_in(ran.err) == []


def test_value_that_typer_itself_refuses() -> None:
    app = typer.Typer()

    @app.command()
    def count(number: Annotated[int, typer.Option("--number", "-n")]) -> None: ...

    with pytest.raises(TyperException) as refused:
        typer.main.get_command(app).main(["-n", "many"], standalone_mode=False)
    assert usage_sentence(refused.value) == "The value of --number / -n cannot be read."
