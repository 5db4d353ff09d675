"""``send``: which departments get a workbook, under which name, and what is never written over."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from conftest import LEDGERS, Run
from reformledger.exchange.form import HIDDEN_SHEET, Form, read_form
from reformledger.text.filenames import file_names
from texts import LEDGER_HEAD

Write = Callable[[str, str], Path]
DAY = ("--as-of", "2020-06-28")
BODIES = LEDGERS / "bodies"


def form_in(file: Path) -> Form:
    return read_form(
        str(cell.value) for (cell,) in load_workbook(file)[HIDDEN_SHEET].iter_rows(max_col=1) if cell.value
    )


def ledger(*rows: tuple[str, str]) -> str:
    """Return a ledger of tasks, each of its department."""
    return LEDGER_HEAD + "".join(
        f"          - id: task-{number}\n            title: {title}\n"
        + (f"            lead_departments:\n              - {json.dumps(name)}\n" if name else "")
        for number, (title, name) in enumerate(rows, 1)
    )


def test_each_department_gets_a_file_named_for_it(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "发出"
    done = run("send", "--to", str(folder), *DAY, "-f", "json")
    answer = json.loads(done.out)
    assert done.code == 0
    names = [item["department"] for item in answer["items"]]
    assert {"基教科", "人事科", "政策法规科"} <= set(names)
    assert sorted(file.name for file in folder.iterdir()) == sorted(item["file"] for item in answer["items"])
    for item in answer["items"]:
        form = form_in(folder / item["file"])
        assert (form.department, form.issue, len(form.rows)) == (item["department"], item["issue"], item["rows"])
        assert item["lead"] + item["support"] == len({row.ref for row in form.rows})
    assert answer["totals"] == {"written": len(names), "already_there": 0, "without_department": []}


@pytest.mark.parametrize(
    ("arguments", "departments", "roles", "stars"),
    [
        (["--department", "基教科"], {"基教科"}, {"lead"}, {"", "☆"}),
        (["--department", "基教科", "--star"], {"基教科"}, {"lead"}, {"☆"}),
        (["--department", "东区教育和体育局", "--role", "support"], {"东区教育和体育局"}, {"support"}, {"☆"}),
        (["--department", "基教科", "--no-star", "--role", "lead"], {"基教科"}, {"lead"}, {""}),
    ],
)
def test_what_is_asked_for_is_what_is_sent(
    run: Run, tmp_path: Path, arguments: list[str], departments: set[str], roles: set[str], stars: set[str]
) -> None:
    assert run("send", "--to", str(tmp_path / "to"), *DAY, *arguments).code == 0
    forms = [form_in(file) for file in (tmp_path / "to").iterdir()]
    assert {form.department for form in forms} == departments
    assert {row.role for form in forms for row in form.rows} == roles
    assert {row.values["star"] for form in forms for row in form.rows} == stars
    assert all(("percent" in {column.key for column in form.columns}) == ("lead" in roles) for form in forms)


def test_a_period_asks_for_its_occurrences(run: Run, tmp_path: Path) -> None:
    data = BODIES / "hospital"
    arguments = ["--data", str(data), "--department", "医务科", "--as-of", "2023-07-28", "--period", "二季度"]
    assert run("send", "--to", str(tmp_path), *arguments).code == 0
    form = form_in(tmp_path / "医务科.xlsx")
    assert [row.id for row in form.rows] == ["item-1", "item-1@4月", "item-1@5月", "item-1@6月"]
    assert form.period == "二季度"


def test_milestones_are_rows_of_their_own(run: Run, tmp_path: Path) -> None:
    data = BODIES / "company"
    arguments = ["--data", str(data), "--department", "市场部", "--as-of", "2023-07-28"]
    assert run("send", "--to", str(tmp_path), *arguments).code == 0
    rows = [row.id for row in form_in(tmp_path / "市场部.xlsx").rows]
    assert rows == ["task-202", *(f"task-202#{number}" for number in range(1, 5))]


def test_what_is_there_already_is_left_and_said(run: Run, tmp_path: Path) -> None:
    there = tmp_path / "基教科.xlsx"
    there.write_bytes(b"theirs")
    done = run("send", "--to", str(tmp_path), *DAY)
    assert done.code == 1
    assert there.read_bytes() == b"theirs"
    message = "Not written, since files of these names are there already: 基教科.xlsx."
    assert done.err.splitlines()[-1] == f"{message} Move them away, or name another folder."
    assert "already there" in next(line for line in done.out.splitlines() if line.startswith("基教科"))
    assert form_in(tmp_path / "人事科.xlsx").department == "人事科"
    assert run("send", "--to", str(tmp_path), *DAY).out.count("already there") == len(list(tmp_path.iterdir()))


def test_entries_that_no_department_has_are_named(run: Run, write: Write, tmp_path: Path) -> None:
    path = write("ledger.yaml", ledger(("甲", "甲科"), ("乙", "")))
    done = run("send", "--to", str(tmp_path / "to"), *DAY, "--data", str(path))
    assert done.code == 0
    assert "No department has 2020/task-2" in done.out


def test_nothing_to_send_is_an_empty_answer(run: Run, write: Write, tmp_path: Path) -> None:
    path = write("ledger.yaml", ledger(("甲", "甲科")))
    done = run("send", "--to", str(tmp_path / "to"), *DAY, "--star", "--data", str(path))
    assert done.code == 0
    assert "There is nothing that a department is to report on." in done.out
    assert not (tmp_path / "to").exists()


def test_where_one_workbook_cannot_be_made_none_is_written(run: Run, write: Write, tmp_path: Path) -> None:
    path = write("ledger.yaml", ledger(("甲", "甲科"), ("长" * 33_000, "乙科")))
    done = run("send", "--to", str(tmp_path / "to"), *DAY, "--data", str(path))
    assert done.code == 2
    assert "task-2, column “Title" in done.err
    assert not (tmp_path / "to").exists()


@pytest.mark.parametrize(
    ("folder", "reason"),
    [("missing/to", "there is no folder"), ("file.txt", "is no folder")],
)
def test_what_cannot_be_a_folder_is_refused(run: Run, write: Write, tmp_path: Path, folder: str, reason: str) -> None:
    write("file.txt", "")
    done = run("send", "--to", str(tmp_path / folder), *DAY)
    assert (done.code, reason in done.err, done.out) == (2, True, "")


def test_departments_whose_names_make_the_same_file_both_get_one(run: Run, write: Write, tmp_path: Path) -> None:
    path = write("ledger.yaml", ledger(("甲", "A/B科"), ("乙", "a|b科"), ("丙", "../CON")))
    assert run("send", "--to", str(tmp_path / "to"), *DAY, "--data", str(path)).code == 0
    made = {file.name: form_in(file).department for file in (tmp_path / "to").iterdir()}
    assert made == {"A-B科.xlsx": "A/B科", "a-b科 (2).xlsx": "a|b科", "-CON.xlsx": "../CON"}


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("基教科", "基教科"),
        ('a/b\\c:d*e?f"g<h>i|j', "a-b-c-d-e-f-g-h-i-j"),
        ("甲\x07科\n", "甲-科-"),
        ("..", "-"),
        ("...甲.. .", "甲"),
        ("CON", "_CON"),
        ("com1.甲", "_com1.甲"),
        ("console", "console"),
        ("Lpt9", "_Lpt9"),
        (" 甲 ", "甲"),
        ("", "-"),
    ],
)
def test_names_are_cleaned_for_every_system(title: str, name: str) -> None:
    assert list(file_names([title], ".xlsx")) == [f"{name}.xlsx"]


def test_names_are_told_apart_where_case_and_composition_do_not_matter() -> None:
    assert list(file_names(["é", "E\u0301", "É"], ".x")) == ["é.x", "E\u0301 (2).x", "É (3).x"]


@pytest.mark.parametrize("title", ["长" * 300, "a" * 300, "😀" * 300])
def test_long_names_are_cut_between_characters(title: str) -> None:
    first, second = file_names([title, title], ".xlsx")
    assert all(len(name.encode()) <= 200 for name in (first, second))
    assert title.startswith(first.removesuffix(".xlsx"))
    assert second.endswith(" (2).xlsx")
