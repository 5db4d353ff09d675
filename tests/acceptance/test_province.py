"""The ten questions that a province asks, run as the documents print them: the answers are those of the books."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest

pytest.importorskip("pyarrow", reason="the extra dataset is not installed")
pytest.importorskip("duckdb", reason="the extra dataset is not installed")
pytest.importorskip("xlsxwriter", reason="the extra office is not installed")

import openpyxl

from conftest import DATA, ROOT
from reformledger import Question, ask, load_book
from reformledger.book import Book
from reformledger.dataset.bodies import bodies_of
from reformledger.dataset.gathering import gather
from reformledger.errors import DataError
from reformledger.records import Context, record

sys.path.insert(0, str(ROOT / "benchmarks"))

from make_province import write

DAY = date(2020, 10, 1)
SHIPPED = "攀枝花市"
OWN = {
    "workpoints_2020.yaml": """\
kind: workpoints
year: 2020
title: 要点
sections:
  - title: 改革
    points:
      - id: point-1
        title: 推进高考改革
        due: 年内完成
""",
    "ledger_2019.yaml": """\
kind: ledger
year: 2019
title: 台账
parts:
  - title: 表
    tables:
      - id_prefix: task
        rows:
          - id: task-1
            title: 改造学校
            due: 2020年
            targets:
              - name: 学校
                value: 3
                unit: 所
""",
    "ledger_2020.yaml": """\
kind: ledger
year: 2020
title: 台账
parts:
  - title: 表
    tables:
      - id_prefix: task
        rows:
          - id: task-1
            title: 改造学校
            due: 年内完成
            targets:
              - name: 学校
                value: 3
                unit: 所
            progress:
              - date: 2020-05-06
                text: 已完工1所
                targets:
                  学校: 1
            carried_over_from: 2019/task-1
          - id: task-2
            title: 推进高考改革
            due: 年内完成
            closed:
              date: 2020-09-01
              evidence: [方案]
          - id: task-3
            title: 公布指南
            phases:
              - name: 第一批
                due: 2020年3月底前
                closed:
                  date: 2020-04-20
                  evidence: [指南]
                  late: true
              - name: 第二批
                due: 2020年8月底前
""",
}
"""A body whose ledger carries out no work point, though it has one; what else the made ones have not is in it, too."""
_NAMED = re.compile(r"^```(?:sql|python)\n((?:#|--) (\S+\.(?:sql|py))\n.*?)^```$", re.MULTILINE | re.DOTALL)
_LIMIT = re.compile(r"^LIMIT (\d+)\n", re.MULTILINE)

Row = tuple[Any, ...]


class Said(NamedTuple):
    """What the records of a body say: of all its entries, and of those that count."""

    book: Book
    all: list[dict[str, Any]]
    counted: list[dict[str, Any]]

    @property
    def open(self) -> list[dict[str, Any]]:
        return [entry for entry in self.counted if entry["status"] != "closed"]

    def led(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield the leading departments of open entries, as the directory prefers them."""
        for entry in self.open:
            for name in entry["lead_departments"]:
                yield self.book.directory.preferred(name), entry

    def of_year(self, year: int) -> list[dict[str, Any]]:
        return [entry for entry in self.all if entry["year"] == year]


class Province(NamedTuple):
    """The bodies of a province that can be read, the faults of the others, and its data set."""

    bodies: Mapping[str, Said]
    faults: list[Row]
    data_set: Path


def printed(language: str) -> dict[str, str]:
    """Return the files that the document of a language has its reader write, by their names."""
    text = (ROOT / "docs" / language / "how-to" / "province.md").read_text(encoding="utf-8")
    return {name: body for body, name in _NAMED.findall(text)}


def questions(language: str) -> dict[str, str]:
    return {name: text for name, text in printed(language).items() if name.endswith(".sql")}


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Province:
    folder = tmp_path_factory.mktemp("province")
    write(folder / "counties", bodies=16, entries=80, broken=3)
    (folder / "counties" / "会理市").mkdir()
    for name, text in OWN.items():
        (folder / "counties" / "会理市" / name).write_text(text, encoding="utf-8")
    bodies = bodies_of((folder / "counties").iterdir(), {SHIPPED: DATA})
    said, faults = {}, []
    for body in bodies:
        try:
            said[body.name] = heard(load_book(body.folder).as_of(DAY))
        except DataError as error:
            faults += [(body.name, Path(each.file).name, each.line, each.message) for each in error.faults]
    gather(folder / "province", bodies, DAY, ["counties"])
    return Province(said, sorted(faults), folder / "province")


def heard(book: Book) -> Said:
    context = Context(book, DAY)
    counted = ask(book, Question(), as_of=DAY)
    return Said(book, [record(each, context) for each in book.entries], [record(each, context) for each in counted])


def overdue(province: Province) -> list[Row]:
    found = {
        name: [-entry["days_left"] for entry in said.counted if entry["star"] and entry["status"] == "overdue"]
        for name, said in province.bodies.items()
    }
    return sorted(((name, len(days), max(days)) for name, days in found.items() if days), key=most_first)


def silent(province: Province) -> list[Row]:
    reported: dict[tuple[str, str], list[date | None]] = defaultdict(list)
    for name, said in province.bodies.items():
        for department, entry in said.led():
            last = entry["last_report"]
            reported[name, department].append(last and date.fromisoformat(last["date"]))
    rows = [(*who, len(days), max(filter(None, days), default=None)) for who, days in reported.items()]
    silent = [row for row in rows if row[3] is None or row[3] < date(2020, 7, 1)]
    return sorted(silent, key=lambda row: (-row[2], *row[:2]))


def unlinked(province: Province) -> list[Row]:
    rows = {
        name: [entry for entry in said.of_year(2020) if entry["kind"] != "point"]
        for name, said in province.bodies.items()
    }
    return [
        (name, len(found)) for name, found in sorted(rows.items()) if found and not any(e["implements"] for e in found)
    ]


def late(province: Province) -> list[Row]:
    closings = [entry["closed"] for said in province.bodies.values() for entry in said.of_year(2020) if entry["closed"]]
    months = sorted({closing["date"][:7] for closing in closings})
    of_months = [[closing for closing in closings if closing["date"].startswith(month)] for month in months]
    return [
        (month, len(found), sum(closing["late"] for closing in found))
        for month, found in zip(months, of_months, strict=True)
    ]


def soon(province: Province) -> list[Row]:
    found: dict[str, list[str]] = defaultdict(list)
    for name, said in province.bodies.items():
        for department, entry in said.led():
            if entry["days_left"] is not None and 0 <= entry["days_left"] <= 30:
                found[department].append(name)
    return sorted(((department, len(names), len(set(names))) for department, names in found.items()), key=most_first)


def missed(province: Province) -> list[Row]:
    rows = []
    for name, said in province.bodies.items():
        phases = [phase for entry in said.counted for phase in entry["phases"]]
        states = [occurrence["state"] for entry in said.counted for occurrence in entry["occurrences"]]
        if phases or states:
            open_late = sum(phase["state"] == "open" and phase["late"] for phase in phases)
            rows.append((name, open_late, states.count("missed")))
    return sorted(rows, key=most_first)


def moved(province: Province) -> list[Row]:
    rows = []
    for name, said in province.bodies.items():
        if times := [len(entry["extensions"]) for entry in said.of_year(2020) if entry["extensions"]]:
            rows.append((name, len(times), sum(times), max(times)))
    return sorted(rows, key=lambda row: (-row[2], row[0]))


def targets(province: Province) -> list[Row]:
    shares: Counter[int | None] = Counter()
    for said in province.bodies.values():
        for target in (target for entry in said.counted for target in entry["targets"]):
            reached, value = target["reached"], target["value"]
            shares[None if reached is None else min(100, 25 * int(4 * reached / value))] += 1
    return sorted(shares.items(), key=lambda row: -1 if row[0] is None else row[0], reverse=True)


def common(province: Province) -> list[Row]:
    bodies: dict[str, set[str]] = defaultdict(set)
    closed: dict[str, set[str]] = defaultdict(set)
    for name, said in province.bodies.items():
        for entry in said.of_year(2020):
            bodies[entry["title"]].add(name)
            if entry["status"] == "closed":
                closed[entry["title"]].add(name)
    rows = [(title, len(names), len(closed[title])) for title, names in bodies.items() if len(names) > 1]
    return sorted(rows, key=most_first)


def unread(province: Province) -> list[Row]:
    return province.faults


def most_first(row: Row) -> tuple[int, str]:
    return -row[1], row[0]


ANSWERS: Mapping[str, Callable[[Province], list[Row]]] = {
    f"{answer.__name__}.sql": answer
    for answer in (overdue, silent, unlinked, late, soon, missed, moved, targets, common, unread)
}


def tables_of(language: str, data_set: Path) -> Any:
    """Return the tables as the script of a document opens them."""
    names: dict[str, Any] = {"__name__": "ask"}
    exec(compile(printed(language)["ask.py"], "ask.py", "exec"), names)
    return names["tables_of"](data_set)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", ANSWERS)
def test_answers_are_those_of_the_books(province: Province, language: str, name: str) -> None:
    question = _LIMIT.sub("", questions(language)[name])
    wanted = ANSWERS[name](province)
    assert tables_of(language, province.data_set).sql(question).fetchall() == wanted
    assert len(wanted) > 1


def test_ten_questions_are_asked_in_both_languages() -> None:
    assert list(questions("en")) == list(questions("zh")) == list(ANSWERS)


def as_text(rows: Sequence[Row]) -> list[list[str]]:
    return [["" if value is None else str(value) for value in row] for row in rows]


@pytest.mark.programs
@pytest.mark.parametrize("language", ["en", "zh"])
def test_scripts_answer_all_of_them(province: Province, language: str, tmp_path: Path) -> None:
    for name, text in printed(language).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "province").symlink_to(province.data_set, target_is_directory=True)

    def run(*words: str) -> str:
        command = [sys.executable, "-X", "utf8", *words]
        return subprocess.run(command, check=True, cwd=tmp_path, capture_output=True, encoding="utf-8").stdout

    run("weekly.py")
    book = openpyxl.load_workbook(tmp_path / "weekly.xlsx")
    assert book.sheetnames == sorted(name.removesuffix(".sql") for name in ANSWERS)
    for name, answer in ANSWERS.items():
        limit = _LIMIT.search(questions(language)[name])
        wanted = answer(province)[: int(limit[1]) if limit else None]
        _heads, *in_sheet = book[name.removesuffix(".sql")].iter_rows(values_only=True)
        days = [tuple(value.date() if isinstance(value, datetime) else value for value in row) for row in in_sheet]
        assert days == wanted
    asked = csv.reader(io.StringIO(run("ask.py", "province", "silent.sql")))
    assert [*asked][1:] == as_text(silent(province)[:5])


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_table_without_rows_is_passed_over(language: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    gather(tmp_path / "province", bodies_of([tmp_path / "empty"]), DAY, ["empty"])
    tables = tables_of(language, tmp_path / "province")
    assert [name for (name,) in tables.sql("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall()] == [
        "faults"
    ]
    assert tables.sql("SELECT body FROM faults").fetchall() == [("empty",)]
