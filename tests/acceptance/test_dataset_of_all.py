"""All bodies of a data set asked at once: the answer is that of each, one after the other, and counts are sums."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pyarrow", reason="the extra dataset is not installed")
pytest.importorskip("duckdb", reason="the extra dataset is not installed")

from asked import OPTIONS, UNKNOWN, Body, World, expected, read_and_opened_once, world_of, worlds_in
from conftest import Run
from provinces import lay
from reformledger.columns import columns_named, joined, own_headings
from reformledger.fields.words import ASKED_STATUS, KIND, LIGHT
from reformledger.roles import names_in
from reformledger.sorting import SORT_KEYS, sort_rows


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, World]:
    return worlds_in(tmp_path_factory.mktemp("worlds"))


@pytest.fixture(params=["bodies", "province"])
def world(request: pytest.FixtureRequest, worlds: dict[str, World]) -> World:
    return worlds[request.param]


@pytest.fixture(autouse=True)
def opened_once(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with read_and_opened_once(monkeypatch):
        yield


def one_after_the_other(run: Run, world: World, words: Sequence[str]) -> list[dict[str, Any]]:
    """Return what the bodies answer, each from its files; who does not know what is asked for has no answer."""
    found = []
    for body in world.bodies.values():
        ran = run("list", *words, "-f", "json", "--as-of", str(body.as_of), "--data", str(body.folder))
        found += expected(json.loads(ran.out), body) if ran.code == 0 else []
    return found


def of_all(run: Run, world: World, words: Sequence[str]) -> list[dict[str, Any]]:
    ran = run("list", *words, "-f", "json", "--data", str(world.data))
    assert ran.code == 0, (words, ran.err)
    answer: list[dict[str, Any]] = json.loads(ran.out)
    return answer


def said_by(world: World, key: str) -> list[str]:
    """Return what is said in a column, by the body that says it most at length."""
    return max((body.said(key) for body in world.bodies.values()), key=len)


def test_each_option_is_answered_by_the_bodies_one_after_the_other(run: Run, world: World) -> None:
    periods = ["2020", "2020-12", "四季度", "12月", "本月", "6月30日", "20200630", "下月"]
    leaders, departments = (
        sorted(name for body in world.bodies.values() for name in body.said(key) if name and "、" not in name)
        for key in ("leaders", "lead_departments")
    )
    years = sorted({year for body in world.bodies.values() for year in body.book.years})
    questions = [
        *(["--due", period] for period in periods),
        *(["--due-by", period] for period in periods),
        *(["--leader", name] for name in leaders[::14]),
        *(["--department", name] for name in departments[::14]),
        *(["--role", role, "--department", name] for role in ("lead", "support") for name in departments[::25]),
        ["--star"],
        ["--no-star"],
        *(["--status", code] for code in ASKED_STATUS),
        *(["--light", code] for code in LIGHT),
        *(["--kind", code] for code in KIND),
        *(["--year", str(year)] for year in years),
        ["--carried"],
        *(["--search", text[:3]] for text in said_by(world, "title")[::12]),
        ["--star", "--due", "2020", "--kind", "task", "--carried"],
        ["--department", departments[0], "--light", "red,yellow", "--due-by", "12月"],
    ]
    assert OPTIONS.keys() - {word.removeprefix("--").replace("-", "_") for each in questions for word in each} == {
        *("where", "sort", "columns", "limit")
    }
    answers = [(words, of_all(run, world, words), one_after_the_other(run, world, words)) for words in questions]
    assert [words for words, got, wanted in answers if got != wanted] == []
    assert sum(bool(wanted) for _words, _got, wanted in answers) > len(answers) / 2


def test_each_body_understands_a_column_by_what_its_own_documents_print(run: Run, world: World) -> None:
    """责任部门 is who leads in one body, and who leads or supports in others; 备注 is a column of its own in one."""
    bodies = list(world.bodies.values())
    of_contacts = {word for body in bodies for word in body.headings.printed.get("contact", ())}
    printed = {word: body for body in bodies for word in body.words if word in _printed(body)}
    conditions = [f"{word}=" for word in list(printed)[::6] if word not in of_contacts]
    for word, body in list(printed.items())[::4]:
        texts = [text for key in columns_named(body.headings, word) for text in body.said(key) if text]
        conditions += [f"{word}={texts[len(texts) // 2]}"] if texts and word not in of_contacts else []
    departments = {name for body in bodies for key in DEPARTMENTS for name in body.said(key) if name}
    conditions += [f"责任部门={name}" for name in sorted(departments)[::24]]
    conditions += ["lead_departments=", "remark=", "status=open", "状态=逾期", "phases.result=", "persons.项目责任人="]
    differing = [
        condition
        for condition in dict.fromkeys(conditions)
        if of_all(run, world, ["--where", condition]) != one_after_the_other(run, world, ["--where", condition])
    ]
    assert differing == []


DEPARTMENTS = ("lead_departments", "supporting_departments")


def _printed(body: Body) -> set[str]:
    known = chain(body.headings.printed.values(), body.headings.phases_printed.values(), [body.headings.roles])
    return set(chain.from_iterable(known))


def test_conditions_on_columns_that_no_body_has_together_find_none(run: Run, worlds: dict[str, World]) -> None:
    world = worlds["bodies"]
    own = {name: next(iter(own_headings(body.headings)), "") for name, body in world.bodies.items()}
    one, other = list(filter(None, own.values()))[:2]
    assert of_all(run, world, ["--where", f"{one}=", "--where", f"{other}="]) == []


def test_who_is_known_in_one_body_alone_is_found_there(run: Run, world: World) -> None:
    first, *_others, last = world.bodies.values()
    names = [names_in(body.book).departments for body in (first, last)]
    one, other = (min(names[at].keys() - names[1 - at].keys()) for at in (0, 1))
    asked = ["--department", names[0][one], "--department", names[1][other]]
    found = {entry["ref"].split(":")[0] for entry in of_all(run, world, [*asked, "--carried"])}
    assert {first.name, last.name} <= found


@pytest.mark.parametrize(
    "words",
    [
        ["--leader", UNKNOWN],
        ["--department", UNKNOWN],
        ["--year", "1999"],
        ["--where", f"{UNKNOWN}=1"],
        ["--where", "year=1999"],
        ["--where", "status=没有这种"],
        ["--sort", UNKNOWN],
        ["--columns", UNKNOWN],
        ["--due", "13月"],
        ["--due-by", "长期"],
        ["--role", "lead"],
        ["--limit", "x"],
    ],
)
def test_what_no_body_knows_is_refused_as_one_body_refuses_it(run: Run, world: World, words: list[str]) -> None:
    ran = run("list", *words, "--data", str(world.data))
    of_one = run("list", *words, "--data", str(world.first.folder), "--as-of", str(world.first.as_of))
    assert (ran.code, ran.out) == (2, "") == (of_one.code, of_one.out)
    (said,) = [line for line in ran.err.splitlines() if of_one.err.split(".", 1)[0] in line]
    assert said.startswith(of_one.err.split(".", 1)[0])


@pytest.mark.parametrize("key", [*SORT_KEYS, "ref", "year", "phases", "number", "light", "remark"])
def test_all_are_sorted_as_one(run: Run, worlds: dict[str, World], key: str) -> None:
    world = worlds["province"]
    records = one_after_the_other(run, world, [])
    headings = joined(body.headings for body in world.bodies.values())

    def value_of(name: str) -> Callable[[dict[str, Any]], Any]:
        return (lambda entry: (entry["due"] or {}).get("end")) if name == "end" else itemgetter(name)

    for order in (key, f"-{key}"):
        got = of_all(run, world, [f"--sort={order}"])
        assert [entry["ref"] for entry in got] == [
            entry["ref"] for entry in sort_rows(records, order, value_of, headings)
        ]


# Counts


@pytest.mark.parametrize("year", [[], ["--year", "2020"], ["--year", "2018", "--year", "2020"]])
def test_counts_are_the_sums_of_those_of_the_bodies(run: Run, world: World, year: list[str]) -> None:
    sums: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    totals: Counter[str] = Counter()
    for body in world.bodies.values():
        ran = run("stats", *year, "-f", "json", "--data", str(body.folder), "--as-of", str(body.as_of))
        if ran.code == 0:
            counted = json.loads(ran.out)
            totals.update(counted["totals"])
            sums["body", body.name].update(counted["totals"])
            for item in counted["items"]:
                sums[item.pop("by"), item.pop("name")].update(item)
    ran = run("stats", *year, "-f", "json", "--data", str(world.data))
    assert ran.code == (0 if totals else 2)
    if totals:
        got = json.loads(ran.out)
        assert {(item.pop("by"), item.pop("name")): item for item in got["items"]} == sums
        assert got["totals"] == totals


def test_groups_stand_in_the_order_of_files_and_who_has_most_is_first(run: Run, world: World) -> None:
    items = json.loads(run("stats", "-f", "json", "--data", str(world.data)).out)["items"]
    by = {name: list(group) for name, group in groupby(items, key=itemgetter("by"))}
    assert list(by) == ["status", "kind", "body", "leader", "department"]
    for name in ("body", "leader", "department"):
        counts = [item["all"] for item in by[name]]
        assert counts == sorted(counts, reverse=True)
    for name, words in (("status", ASKED_STATUS), ("kind", KIND)):
        found = [item["name"] for item in by[name]]
        assert found == [code for code in words if code in found]


def test_a_name_that_several_bodies_have_is_counted_once(run: Run, tmp_path: Path) -> None:
    for name in ("甲县", "乙县"):
        lay(tmp_path / "all" / name, "一", "二")
    world = world_of(tmp_path / "all", date(2020, 5, 1))
    items = json.loads(run("stats", "-f", "json", "--data", str(world.data)).out)["items"]
    assert {(item["by"], item["name"]): item["all"] for item in items} == {
        ("status", "under_way"): 4,
        ("kind", "task"): 4,
        ("body", "乙县"): 2,
        ("body", "甲县"): 2,
        ("leader", "李四"): 4,
        ("department", "教育科"): 4,
    }
