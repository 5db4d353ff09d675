"""What stands above an answer that is handed on: its title, the day, the conditions that were typed."""

from __future__ import annotations

from datetime import date

import pytest

from conftest import Run
from reformledger.cli.app import command
from reformledger.cli.asked import labels
from reformledger.views.answer import About, Answer
from reformledger.views.formats.registry import ANSWERS, Format, FormatRow

ANSWERING = (
    "list",
    "star",
    "show",
    "by-leader",
    "by-department",
    "stats",
    "due",
    "reports",
    "check",
    "brief",
    "send",
    "draft",
)
NO_CONDITION = {"as_of", "format", "output", "data", "reveal_contacts", "columns", "sort", "paths", "remind", "folder",
                "files", "column", "encoding", "separator", "against"}  # fmt: skip
"""The day has a place of its own; the others say where data come from, where answers go, and how they look."""

_seen: list[About] = []


class Head(Format[Answer]):
    """A format that keeps what stands above an answer."""

    def content(self, answer: Answer, *, reveal: bool) -> bytes:
        _seen[:] = [answer.about()]
        return b""


@pytest.fixture
def above(run: Run, monkeypatch: pytest.MonkeyPatch) -> type[Head]:
    monkeypatch.setattr(ANSWERS, "rows", (*ANSWERS.rows, FormatRow("head", (".head",), f"{__name__}:Head")))
    return Head


@pytest.mark.usefixtures("above")
@pytest.mark.parametrize(
    ("language", "arguments", "title", "question"),
    [
        ("en", ["list"], "Entries", ""),
        ("zh", ["list", "--due", "2020"], "条目", "到期于：2020"),
        (
            "en",
            ["list", "--star", "--department", "基教科", "--department", "人事科"],
            "Entries",
            "department: 基教科, 人事科; ☆",
        ),
        ("zh", ["by-leader", "谢强"], "按领导分列的条目", "名称：谢强"),
        (
            "en",
            ["due", "--unreported", "--within", "2w"],
            "What to chase",
            "due soon within: 2w; only what is unreported",
        ),
        ("en", ["show", "point-4", "point-5"], "Details of entries", "ID: point-4, point-5"),
        ("en", ["list", "--no-star"], "Entries", "without ☆"),
        ("zh", ["stats"], "统计", ""),
    ],
)
def test_title_day_and_question(
    run: Run, monkeypatch: pytest.MonkeyPatch, language: str, arguments: list[str], title: str, question: str
) -> None:
    monkeypatch.setenv("REFORMLEDGER_LANG", language)
    assert run(*arguments, "--as-of", "2020-10-01", "-f", "head").code == 0
    assert _seen == [About(title, date(2020, 10, 1), question)]


@pytest.mark.parametrize("name", ANSWERING)
def test_each_condition_has_a_word(name: str) -> None:
    parameters = {each.name for each in command().commands[name].params} - {"help"}
    assert parameters - set(labels()) - NO_CONDITION == set()
