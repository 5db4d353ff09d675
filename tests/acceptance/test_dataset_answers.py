"""``list`` and ``stats`` say of each body the same from a data set as from its files, whatever they are asked."""

from __future__ import annotations

import json
import shlex
import shutil
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import combinations
from pathlib import Path
from random import Random

import pytest

pytest.importorskip("pyarrow", reason="the extra dataset is not installed")
pytest.importorskip("duckdb", reason="the extra dataset is not installed")

from asked import (
    BRIEFLY,
    OPTIONS,
    PLACES,
    SHIPPED,
    UNKNOWN,
    Body,
    World,
    expected,
    of_files,
    of_set,
    read_and_opened_once,
    world_of,
    worlds_in,
)
from conftest import DATA, Run
from provinces import contacts
from reformledger.cli.app import command

ELSEWHERE = {"as_of", "format", "output", "remind", "data", "body", "reveal_contacts"}
"""The options of ``list`` and ``stats`` that are no question; other files of tests try them."""


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, World]:
    return worlds_in(tmp_path_factory.mktemp("worlds"))


@pytest.fixture(autouse=True)
def opened_once(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with read_and_opened_once(monkeypatch):
        yield


def differing(run: Run, body: Body, questions: Iterable[Sequence[str]], command: str = "list") -> list[str]:
    """Return the questions to which the answers differ, with what differs first."""
    found = []
    for words in questions:
        wanted, got = (ask(run, body, *words, command=command) for ask in (of_files, of_set))
        if got != wanted:
            found.append(f"{body.name} {shlex.join(words)}: {_first_difference(str(wanted), str(got))}")
    return found


def _first_difference(wanted: str, got: str) -> str:
    start = next((at for at, (one, other) in enumerate(zip(wanted, got, strict=False)) if one != other), len(wanted))
    start = max(0, start - 60)
    return f"{wanted[start : start + 160]} | {got[start : start + 160]}"


def telling(run: Run, body: Body) -> dict[str, list[str]]:
    """Return for each option a question that some entries of a body answer to, and not all."""
    chosen: dict[str, list[str]] = {}
    everything = run("list", "-f", "json", "--as-of", str(body.as_of), "--data", str(body.folder)).out
    for option, asked in OPTIONS.items():
        for words in asked(body):
            if "-f" not in words or "csv" in words:
                plain = words[: -len(BRIEFLY)] if words[-len(BRIEFLY) :] == [*BRIEFLY] else words
                ran = run("list", *plain, "-f", "json", "--as-of", str(body.as_of), "--data", str(body.folder))
                if ran.code == 0 and 0 < len(json.loads(ran.out)) < len(json.loads(everything)):
                    chosen[option] = plain
                    break
    return chosen


def test_every_option_is_tried() -> None:
    tried = OPTIONS.keys() | ELSEWHERE
    asked = (param.name for name in ("list", "stats") for param in command(name).commands[name].params)
    assert set(asked) - {"help"} == tried


@pytest.mark.parametrize("option", OPTIONS)
@pytest.mark.parametrize("world", ["shipped", "province"])
def test_each_option_alone(run: Run, worlds: dict[str, World], world: str, option: str) -> None:
    body = next(iter(worlds[world].bodies.values()))
    questions = list(OPTIONS[option](body))
    # What every column says to a condition, and how it sorts, its unit test compares.
    step = {"shipped": 6, "province": 2}[world] if option in {"where", "sort"} else 1
    assert differing(run, body, questions[::step]) == []


@pytest.mark.parametrize("world", ["shipped", "province"])
def test_some_entries_and_not_all_are_found_by_each_option(run: Run, worlds: dict[str, World], world: str) -> None:
    """What nothing answers to, or everything, would try no condition."""
    body = next(iter(worlds[world].bodies.values()))
    chosen = telling(run, body)
    needless = {"sort", "columns", "carried"}
    assert OPTIONS.keys() - chosen.keys() <= needless | ({"year"} if world == "shipped" else set())


def test_two_options_at_once(run: Run, worlds: dict[str, World]) -> None:
    body = next(iter(worlds["province"].bodies.values()))
    chosen = telling(run, body) | {"sort": ["--sort", "-title"], "carried": ["--carried"]}
    pairs = [[*one, *other, *BRIEFLY] for one, other in combinations(chosen.values(), 2)]
    assert differing(run, body, pairs) == []


@pytest.mark.parametrize("world", ["bodies", "province"])
def test_each_body_is_asked_what_chance_puts_together(run: Run, worlds: dict[str, World], world: str) -> None:
    found = []
    for body in worlds[world].bodies.values():
        chance = Random(body.name)
        questions = {option: list(ask(body)) for option, ask in OPTIONS.items()}
        found += differing(run, body, [chance.choice(questions[option]) for option in chance.sample(list(OPTIONS), 4)])
        for _turn in range(2):
            options = chance.sample(list(OPTIONS), 2)
            found += differing(run, body, [[word for each in options for word in chance.choice(questions[each])]])
    assert found == []


@pytest.mark.parametrize("world", ["shipped", "bodies", "province"])
def test_stats_of_each_body_and_its_years(run: Run, worlds: dict[str, World], world: str) -> None:
    found = []
    for body in worlds[world].bodies.values():
        years = [["--year", str(year)] for year in body.book.years]
        questions = [[], *years, [word for each in years for word in each], ["--year", "1999"], ["--year", UNKNOWN]]
        found += differing(run, body, questions, command="stats")
        found += differing(run, body, [["-f", "csv"], ["-f", "md"]], command="stats")
    assert found == []


# What there is in a data set


def test_whole_records_are_equal_but_for_their_place(run: Run, worlds: dict[str, World]) -> None:
    for world in worlds.values():
        for body in world.bodies.values():
            asked = ("list", "-f", "json", "--as-of", str(body.as_of), "--carried", "--data")
            of_files = json.loads(run(*asked, str(body.folder)).out)
            of_set = json.loads(run(*asked, str(body.data), "--body", body.name).out)
            assert len(of_files) == len(of_set) > 0
            for wanted, got in zip(of_files, of_set, strict=True):
                assert {key: got[key] for key in PLACES} == {
                    "ref": f"{body.name}:{wanted['ref']}",
                    "file": f"{Path(wanted['file']).name}",
                    "line": wanted["line"],
                }
                assert list(wanted) == list(got)
                assert {**wanted, **dict.fromkeys(PLACES)} == {**got, **dict.fromkeys(PLACES)}


def test_a_contacts_file_changes_nothing_but_what_it_says(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "all" / SHIPPED
    shutil.copytree(DATA, folder)
    (folder / "contacts_2020.yaml").write_text(contacts(), encoding="utf-8")
    body = next(iter(world_of(tmp_path / "all", date(2020, 10, 1)).bodies.values()))
    asked = ("list", "-f", "json", "--as-of", str(body.as_of), "--data")
    of_files = json.loads(run(*asked, str(body.folder)).out)
    assert any(entry["contact"] for entry in of_files)
    of_set = json.loads(run(*asked, str(body.data), "--body", body.name).out)
    assert of_set == expected(of_files, body)
    assert differing(run, body, [["--limit", "3"], ["--year", "2020"], ["--kind", "task"]]) == []
