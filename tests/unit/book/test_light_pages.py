"""The pages of lights, reasons and statuses: their examples hold, their words are found, the documents are theirs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from textwrap import indent

import pytest

from conftest import Run
from reformledger.lights.page import CODES, FOLDER, light_page, light_words
from reformledger.model.life import Light, Reason, Status
from texts import LEDGER_HEAD

Write = Callable[[str, str], Path]


def test_each_light_reason_and_status_has_a_page() -> None:
    assert {path.stem for path in FOLDER.glob("*.md")} == {*Light, *Reason, *Status}


@pytest.mark.parametrize("code", CODES)
def test_the_example_of_a_page_holds(code: str, write: Write, run: Run) -> None:
    page = light_page(code, "en")
    for year, rows in enumerate(page.rows, 2020):
        path = write(f"ledger_{year}.yaml", LEDGER_HEAD.replace("2020", str(year)) + indent(rows, " " * 10))
    shown = set()
    for day in page.days:
        arguments = ("show", "2020/task-1", "--as-of", day.day.isoformat(), "--data", str(path.parent), "-f", "json")
        found = json.loads(run(*arguments).out)
        assert (found["light"], found["light_reason"], found["status"]) == (day.light, day.reason, day.status), day
        shown |= {day.light, day.reason, day.status}
    assert code in shown


def test_the_chinese_page_has_the_same_example() -> None:
    for code in CODES:
        english, chinese = light_page(code, "en"), light_page(code, "zh")
        assert (english.rows, english.days) == (chinese.rows, chinese.days)


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("yellow", "yellow"),
        ("黄", "yellow"),
        ("滞后", "behind"),
        ("未达到序时进度", "behind"),
        ("未报送", "unreported"),
        ("OVERDUE", "overdue"),
        ("逾期", "overdue"),
        ("missed", "missed"),
        ("due-soon", "due_soon"),
        ("not started", "not_started"),
        ("已销账", "closed"),
        ("结转", "carried_over"),
        ("推进不力", "weak"),
    ],
)
def test_words_in_both_languages(word: str, code: str, run: Run) -> None:
    found = json.loads(run("explain", word, "-f", "json").out)
    assert [page["code"] for page in found] == [code]
    assert light_page(code, "en").means in run("explain", word).out


def test_lights_and_rules_together(run: Run) -> None:
    found = json.loads(run("explain", "RL101", "red,RL102", "-f", "json").out)
    assert [page["code"] for page in found] == ["red", "RL101", "RL102"]


def test_what_is_neither(run: Run) -> None:
    done = run("explain", "yelow")
    assert done.code == 2
    assert "“yelow” is no rule, light, reason or status." in done.err
    assert "yellow" in done.err


def test_words_of_the_screen_are_explained() -> None:
    from reformledger.views.content import labels

    for code in (*Light, *Reason, *Status):
        assert light_words()[labels.words()[code].replace(" ", "_")] == code
