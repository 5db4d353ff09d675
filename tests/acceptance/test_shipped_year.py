"""The shipped data through its year without any report, and what a rollover makes of it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from conftest import DATA, Run
from reformledger import load_book
from reformledger.book import Book
from reformledger.chase import chase
from reformledger.query import Question, ask
from reformledger.standing import standings

LONGER = ["point-1", "point-2", "pilot-1"]
"""Due in 2025, 2030 and 2022: silent after half a year."""
WITHOUT_DAY = ["task-2", "scheme-2", "scheme-5", "key-scheme-1", "key-scheme-2"]


def with_light(book: Book, day: date, reason: str) -> list[str]:
    state = standings(book, day)
    return [entry.id for entry in book.entries if state.of(entry).reason == reason]


@pytest.fixture
def due_in_2020(book: Book) -> list[str]:
    found = [entry.id for entry in ask(book, Question(due=["2020"]), date(2020, 5, 13))]
    assert len(found) == 25
    return found


def test_silence_turns_yellow_after_a_quarter_and_half_a_year(book: Book, due_in_2020: list[str]) -> None:
    # The notice is of 13 May: 12 August is the 91st day after it, 11 November the 182nd.
    assert with_light(book, date(2020, 8, 12), "unreported") == []
    assert sorted(with_light(book, date(2020, 8, 13), "unreported")) == sorted(due_in_2020)
    assert sorted(with_light(book, date(2020, 11, 11), "unreported")) == sorted(due_in_2020)
    assert sorted(with_light(book, date(2020, 11, 12), "unreported")) == sorted([*due_in_2020, *LONGER])


def test_what_is_not_closed_is_red_in_january_and_what_has_no_day_has_no_light(
    book: Book, due_in_2020: list[str]
) -> None:
    state = standings(book, date(2021, 1, 4))
    lights: dict[str | None, list[str]] = {}
    for entry in book.entries:
        lights.setdefault(state.of(entry).light, []).append(entry.id)
    assert sorted(lights.pop("red")) == sorted(due_in_2020)
    assert sorted(lights.pop(None)) == sorted(WITHOUT_DAY)
    assert lights == {"yellow": ["point-1", "point-2", "pilot-1"]}


def test_rows_stand_in_for_their_points_where_they_are_listed(book: Book) -> None:
    items = [item for group in chase(book, date(2020, 8, 13)) for item in group.items]
    listed = {item.entry.id for item in items}
    through_rows = {point.id for item in items for point in item.points}
    every_point = {f"point-{number}" for number in range(3, 16)}
    assert every_point <= listed | through_rows
    assert not listed & through_rows
    # No row that carries these out is due in 2020 (or there is none): they are chased themselves.
    assert {"point-9", "point-10", "point-11", "point-13"} <= listed


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def answer(run: Run, data: Path, day: str, *arguments: str) -> Any:
    done = run(*arguments, "--as-of", day, "--data", str(data), "-f", "json")
    assert done.code == 0, done.err
    return json.loads(done.out)


def edit(run: Run, data: Path, *arguments: str) -> None:
    done = run(*arguments, "--data", str(data))
    assert done.code == 0, done.err


def test_a_batch_closed_in_time_leaves_a_pilot_green(run: Run, data: Path) -> None:
    edit(run, data, "close", "pilot-7", "--phase", "第一批", "--evidence", "验收", "--date", "2020-12-25")
    record = answer(run, data, "2021-01-04", "show", "pilot-7")
    assert (record["light"], record["light_reason"]) == ("green", "on_time")
    assert record["star_closed"]


@pytest.fixture
def rolled_over(run: Run, data: Path) -> Path:
    target = ["--target", "公办幼儿园=3"]
    report = ["--text", "3所完工", "--percent", "70", *target, "--date", "2020-09-30"]
    edit(run, data, "progress", "point-4", *report)
    edit(run, data, "close", "pilot-2", "--evidence", "验收", "--date", "2020-12-10")
    edit(run, data, "rollover", "2021")
    return data


def ids(records: Sequence[dict[str, Any]]) -> list[str]:
    return [record["ref"] for record in records]


def test_every_matter_counts_once_before_and_after_new_year(run: Run, rolled_over: Path) -> None:
    for command in ("by-leader", "by-department", "stats"):
        assert answer(run, rolled_over, "2020-12-20", command)["totals"]["all"] == 33
        # From 1 January the 32 that go on count as the new year's; what was closed out stays where it was.
        assert answer(run, rolled_over, "2021-01-01", command)["totals"]["all"] == 33
    december = ids(answer(run, rolled_over, "2020-12-31", "list"))
    assert {ref[:4] for ref in december} == {"2020"}
    january = ids(answer(run, rolled_over, "2021-01-01", "list"))
    assert [ref for ref in january if ref.startswith("2020")] == ["2020/pilot-2"]
    assert len(ids(answer(run, rolled_over, "2021-01-01", "list", "--carried"))) == 33 + 32
    assert len(ids(answer(run, rolled_over, "2021-01-01", "list", "--year", "2020"))) == 33
    assert len(ids(answer(run, rolled_over, "2021-01-01", "list", "--year", "2021"))) == 32


def test_star_says_how_many_were_not_met_in_their_year(run: Run, rolled_over: Path) -> None:
    # Ten ☆, one closed out in December.
    totals = answer(run, rolled_over, "2020-12-31", "star")["totals"]
    assert (totals["open"], totals["closed"], totals["not_met_in_year"]) == (9, 1, 0)
    totals = answer(run, rolled_over, "2021-01-01", "star")["totals"]
    assert (totals["carried_over"], totals["closed"], totals["not_met_in_year"]) == (9, 1, 9)


def test_a_new_entry_shows_what_was_reported_on_the_old(run: Run, rolled_over: Path) -> None:
    book = load_book(rolled_over)
    new = next(entry for entry in book.entries if entry.data.carried_over_from == "2020/point-4")
    record = answer(run, rolled_over, "2021-02-01", "show", new.ref)
    assert record["last_report"] == {
        "date": "2020-09-30",
        "text": "3所完工",
        "percent": 70,
        "by": None,
        "ref": "2020/point-4",
    }
    assert {target["name"]: target["reached"] for target in record["targets"]}["公办幼儿园"] == 3
