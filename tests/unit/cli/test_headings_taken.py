"""Whatever a view prints as a heading is taken as the name of a column and of a field, in both languages."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest

from conftest import DATA, LEDGERS, Run
from reformledger import i18n
from reformledger.i18n import Language
from texts import LEDGER_HEAD

BODIES = sorted((LEDGERS / "bodies").iterdir())
Speak = Callable[[str], None]
Write = Callable[[str, str], Path]


@pytest.fixture
def speak(monkeypatch: pytest.MonkeyPatch) -> Speak:
    """Return a function that sets the language of the program."""
    from reformledger.views.content import labels

    def call(language: str) -> None:
        monkeypatch.setenv("REFORMLEDGER_LANG", language)
        for cached in (i18n.language, i18n._catalogue, labels.words, labels.occurrence_states, labels.star_states):
            cached.cache_clear()

    return call


def head(run: Run, *arguments: str) -> list[str]:
    """Return the headings of a CSV file."""
    ran = run(*arguments, "--format", "csv")
    assert ran.code == 0, ran.err
    return next(csv.reader(io.StringIO(ran.out)))


def headings_of_show(run: Run, data: Path) -> set[str]:
    """Return what ``show`` prints before its values, of every entry."""
    ids = [item["ref"] for item in json.loads(run("list", "--carried", "--format", "json", "--data", str(data)).out)]
    out = run("show", *ids, "--format", "csv", "--data", str(data)).out
    # A row is (the entry where there are several,) heading and value; the heading is blank where a value goes on.
    return {row[-2] for row in list(csv.reader(io.StringIO(out)))[1:] if row and row[-2]} - {"Column", "栏目"}


@pytest.mark.parametrize("spoken", get_args(Language))
@pytest.mark.parametrize("printed", get_args(Language))
def test_each_heading_of_a_list_is_a_column_of_that_heading(printed: str, spoken: str, speak: Speak, run: Run) -> None:
    speak(printed)
    headings = [*head(run, "list"), *head(run, "list", "--columns", "id,due,persons,ref,file,line,inherited")]
    titles = next(line for line in run("list", "--format", "md").out.splitlines() if line.startswith("| "))
    headings += [cell.strip() for cell in titles.split("|") if cell.strip()]
    own = head(run, "list")
    speak(spoken)
    theirs = dict(zip(own, head(run, "list"), strict=True))
    for heading in headings:
        shown = head(run, "list", "--columns", heading)
        assert shown == [theirs.get(heading, shown[0])], heading
        assert run("list", "--where", f"{heading}=", "--limit", "1").code == 0, heading
        assert run("list", "--sort", heading, "--limit", "1").code == 0, heading
        assert run("list", "--sort", f"-{heading}", "--limit", "1").code == 0, heading


@pytest.mark.parametrize("language", get_args(Language))
@pytest.mark.parametrize("data", [DATA, *BODIES], ids=lambda path: path.name)
def test_each_heading_of_show_is_a_column(data: Path, language: str, speak: Speak, run: Run) -> None:
    speak(language)
    headings = headings_of_show(run, data)
    assert headings
    for option, behind in (("--columns", ""), ("--where", "=")):
        arguments = [word for heading in sorted(headings) for word in (option, heading + behind)]
        ran = run("list", *arguments, "--data", str(data))
        assert ran.code == 0, ran.err


def test_a_heading_with_a_comma_is_one_name(write: Write, run: Run) -> None:
    head_of_table = LEDGER_HEAD.replace("rows:", "columns: {funding: 资金、来源}\n        rows:")
    row = "          - {id: task-1, title: 校园足球, columns: {funding: 30万元}}\n"
    data = str(write("ledger_2020.yaml", head_of_table + row))
    assert head(run, "list", "--columns", "ID,资金、来源、Title", "--data", data) == ["ID", "资金、来源", "Title"]
