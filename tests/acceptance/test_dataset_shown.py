"""What people see of a data set is what they see of the files, and says which body each entry is of."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

pytest.importorskip("pyarrow", reason="the extra dataset is not installed")
pytest.importorskip("duckdb", reason="the extra dataset is not installed")

from asked import Body, World, read_and_opened_once, world_of, worlds_in
from conftest import LEDGERS, Run, speak
from opened import text_of
from provinces import BROKEN, lay

ONE_YEAR = ("shipped", "police", "county", "english", "school")


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, World]:
    return worlds_in(tmp_path_factory.mktemp("worlds"))


@pytest.fixture(scope="module")
def bodies(worlds: dict[str, World]) -> dict[str, Body]:
    """Return bodies of one year, in which an entry is named by its id."""
    return {"shipped": worlds["shipped"].first, **worlds["bodies"].bodies}


@pytest.fixture(autouse=True)
def opened_once(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with read_and_opened_once(monkeypatch):
        yield


def places(body: Body) -> list[list[str]]:
    """Return where a body is asked: in its files on the day, and in the data set."""
    day = ["--as-of", str(body.as_of)]
    return [[*day, "--data", str(body.folder)], [*day, "--data", str(body.data), "--body", body.name]]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", ONE_YEAR)
@pytest.mark.parametrize("command", ["list", "stats"])
def test_tables_of_one_body_are_those_of_its_files(
    run: Run, bodies: dict[str, Body], monkeypatch: pytest.MonkeyPatch, command: str, name: str, language: str
) -> None:
    speak(monkeypatch, language)
    of_files, of_set = (run(command, *place) for place in places(bodies[name]))
    assert of_files.out
    assert of_set == of_files


@pytest.fixture(scope="module")
def alone(bodies: dict[str, Body], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Body]:
    """Return bodies that have a data set each, where no body need be named."""
    root = tmp_path_factory.mktemp("alone")
    for name in ONE_YEAR:
        shutil.copytree(bodies[name].folder, root / name / name)
    return {name: world_of(root / name, bodies[name].as_of).first for name in ONE_YEAR}


@pytest.mark.parametrize("ending", [".csv", ".md", ".html", ".docx", ".xlsx"])
@pytest.mark.parametrize("command", ["list", "stats"])
def test_files_of_answers_are_those_that_files_give(
    run: Run, alone: dict[str, Body], tmp_path: Path, command: str, ending: str
) -> None:
    if ending in {".docx", ".xlsx"}:
        pytest.importorskip("xlsxwriter", reason="the extra office is not installed")
    for name, body in alone.items():
        of_files, of_set = tmp_path / f"files {name}{ending}", tmp_path / f"set {name}{ending}"
        for file, data in ((of_files, body.folder), (of_set, body.data)):
            asked = [command, "--data", str(data), "--as-of", str(body.as_of), "-o", str(file)]
            assert run(*asked, *(["--limit", "4"] if command == "list" else [])).code == 0
        assert text_of(of_set) == text_of(of_files)


def test_the_day_is_said_where_it_is_not_today_and_was_not_asked_for(run: Run, bodies: dict[str, Body]) -> None:
    body = bodies["shipped"]
    asked = ("--data", str(body.data), "--limit", "1")
    assert run("list", *asked).err == f"As of {body.as_of}, the day of the data set.\n"
    assert run("list", *asked, "--as-of", str(body.as_of)).err == ""
    assert run("stats", "--data", str(body.data)).out.startswith(f"As of {body.as_of}\n")


def test_entries_of_several_bodies_are_named_with_their_bodies(run: Run, worlds: dict[str, World]) -> None:
    world = worlds["bodies"]
    ran = run("list", "--data", str(world.data), "--year", "2020", "--kind", "task", "-f", "md")
    heading, _rule, *rows = [line for line in ran.out.splitlines() if line.startswith("|")]
    assert heading.startswith("| Ref |")
    assert {row.split("|")[1].strip().split(":")[0] for row in rows} == {"police", "school"}
    two = ("--data", str(world.data), "--body", "police", "--body", "tax")
    ran = run("list", *two, "--columns", "body,id,title", "-f", "csv")
    assert ran.out.splitlines()[0] == '"Body","ID","Title"'
    assert {line.split(",")[0] for line in ran.out.splitlines()[1:]} == {'"police"', '"tax"'}
    assert "\nBy body (2)\npolice " in run("stats", *two).out


def test_a_body_is_a_column_that_can_be_asked_for_where_there_are_several(run: Run, worlds: dict[str, World]) -> None:
    data = str(worlds["bodies"].data)
    for word in ("body=police", "Body=police", "单位=POLICE"):
        ran = run("list", "--data", data, "--where", word, "--columns", "ref", "-f", "csv")
        assert ran.out == run("list", "--data", data, "--body", "police", "--columns", "ref", "-f", "csv").out
    ran = run("list", "--data", data, "--sort", "-body", "--columns", "body", "-f", "csv")
    names = ran.out.splitlines()[1:]
    assert names == sorted(names, reverse=True)
    assert run("list", "--data", data, "--body", "police", "--where", "body=police").code == 2


def test_bodies_are_named_in_any_case_and_width_and_each_counts_once(run: Run, worlds: dict[str, World]) -> None:
    data = str(worlds["bodies"].data)
    of_one = run("stats", "--data", data, "--body", "police", "-f", "json").out
    assert run("stats", "--data", data, "--body", "ＰＯＬＩＣＥ", "--body", "police", "-f", "json").out == of_one


def test_bodies_that_could_not_be_read_are_named_as_often_as_they_are_missed(run: Run, tmp_path: Path) -> None:
    for name in ("甲县", "乙县", "丙县"):
        lay(tmp_path / "all" / name, "任务")
    (tmp_path / "all" / "丙县" / "ledger_2020.yaml").write_text(BROKEN, encoding="utf-8")
    data = str(world_of(tmp_path / "all", date(2020, 5, 1)).data)
    for command in ("list", "stats"):
        said = "Left out, for they could not be read when it was made: 丙县. Its table faults says why.\n"
        assert run(command, "--data", data, "--as-of", "2020-05-01").err == said
        assert run(command, "--data", data, "--as-of", "2020-05-01", "--body", "丙县").err == said
        assert run(command, "--data", data, "--as-of", "2020-05-01", "--body", "甲县").err == ""


@pytest.mark.programs
@pytest.mark.parametrize("columns", [120, 80])
def test_a_terminal_shows_one_body_as_it_shows_its_files(bodies: dict[str, Body], columns: int) -> None:
    screen = pytest.importorskip("screen", reason="no pseudo-terminals here")
    environment = {**os.environ, "REFORMLEDGER_LANG": "zh"}
    for command in ("list", "stats"):
        shown = [
            screen.on_terminal(
                [sys.executable, "-m", "reformledger", command, *place], columns, LEDGERS, environment, check=True
            )
            for place in places(bodies["police"])
        ]
        assert shown[0] == shown[1]
        assert "\x1b[" in shown[0]
