"""Words that views print are words that options take, in both languages, whichever of them the program speaks."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Run, speak
from reformledger.fields.words import KIND, LIGHT, REASON, ROLE, SEVERITY, STAR_STATE, STATUS, Word
from texts import LEDGER_HEAD

Write = Callable[[str, str], Path]
OPTIONS = {"--status": [*STATUS.values(), *STAR_STATE.values()], "--kind": KIND.values(), "--light": LIGHT.values()}


@pytest.mark.parametrize(
    ("option", "word"),
    [pytest.param(option, word, id=f"{option} {word.code}") for option, words in OPTIONS.items() for word in words],
)
def test_each_spelling_of_a_word_asks_for_the_same(option: str, word: Word, run: Run) -> None:
    asked = [run("list", option, spelling, "--format", "json") for spelling in (word.en, word.zh, *word.also)]
    assert {ran.code for ran in asked} == {0}
    assert len({ran.out for ran in asked}) == 1


@pytest.mark.parametrize(("role", "department"), [("lead", "体育产业科"), ("support", "竞训科")])
def test_each_spelling_of_a_role_asks_for_the_same(role: str, department: str, run: Run) -> None:
    asked = [
        run("list", "--department", department, "--role", word, "--format", "json").out for word in ROLE[role].spellings
    ]
    assert json.loads(asked[0])
    assert len(set(asked)) == 1


@pytest.mark.parametrize("word", SEVERITY.values(), ids=lambda word: word.code)
def test_each_spelling_of_a_severity_asks_for_the_same(word: Word, run: Run) -> None:
    asked = [run("check", "--severity", spelling) for spelling in word.spellings]
    assert {ran.code for ran in asked} <= {0, 1}
    assert len({ran.out for ran in asked}) == 1


@pytest.mark.parametrize("word", (LIGHT | REASON | STATUS).values(), ids=lambda word: word.code)
def test_each_spelling_is_explained(word: Word, run: Run) -> None:
    for spelling in word.spellings:
        assert json.loads(run("explain", spelling, "-f", "json").out)[0]["code"] == word.code


def test_what_is_open_is_neither_closed_nor_carried_over_and_late_is_late(write: Write, run: Run) -> None:
    rows = [
        "{id: task-1, title: 集团化办学, due: 2020年6月, closed: {date: 2020-06-01, evidence: [方案]}}",
        "{id: task-2, title: 校园足球, due: 2020年6月, closed: {date: 2020-08-01, evidence: [方案], late: true}}",
        "{id: task-3, title: 扩大学位, due: 2020年6月}",
        "{id: task-4, title: 课后服务, due: 长期坚持}",
    ]
    path = write("ledger_2020.yaml", LEDGER_HEAD + "".join(f"          - {row}\n" for row in rows))

    def ids(status: str) -> list[str]:
        ran = run("list", "--status", status, "--as-of", "2020-09-01", "-f", "json", "--data", str(path))
        return [item["id"] for item in json.loads(ran.out)]

    assert ids("未销账") == ids("open") == ["task-3", "task-4"]
    assert ids("逾期销账") == ids("closed late") == ["task-2"]
    assert ids("已销账") == ["task-1", "task-2"]


def test_an_unknown_word_is_answered_by_what_there_is_in_the_language_of_the_user(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:

    assert "Values: red, yellow, blue, green." in run("list", "--light", "紫色").err
    speak(monkeypatch, "zh")
    assert "可用的值：红、黄、蓝、绿。" in run("list", "--light", "purple").err
