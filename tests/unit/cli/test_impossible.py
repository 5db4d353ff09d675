"""No empty answer to what cannot be there: a sentence that says what there is, and the exit code of wrong usage."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from conftest import DATA, Run

COMMANDS = [
    *(["list"], ["stats"], ["star"], ["due"], ["by-leader"], ["by-leader", "谢强"], ["by-department"]),
    *(["by-department", "基教科"], ["reports"], ["reports", "--period", "一季度"]),
    ["reports", "--from", "2020-01-01", "--to", "2020-03-31"],
]


@pytest.mark.parametrize("year", ["2019", "20", "2021", "9" * 9])
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_year_of_which_there_is_nothing(command: list[str], year: str, run: Run) -> None:
    ran = run(*command, "--year", year)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"There is no year {year} here. Years: 2020.\n"


@pytest.mark.parametrize(
    ("condition", "there"),
    [
        ("year=2019", "Years: 2020."),
        ("status=完蛋", "Values: closed, carried over, overdue"),
        ("状态=完蛋", "Values: closed, carried over, overdue"),
        ("light=紫", "Values: red, yellow, blue, green."),
        ("Reason=好", "ready to close"),
        ("类别=好", "Values: work point, task"),
        ("star=也许", "Values: yes, no."),
        ("☆已销账=也许", "Values: yes, no."),
    ],
)
def test_a_value_that_a_column_cannot_have(condition: str, there: str, run: Run) -> None:
    ran = run("list", "--where", condition)
    assert (ran.code, ran.out) == (2, "")
    assert there in ran.err


@pytest.fixture
def data(tmp_path: Path) -> str:
    """Return a copy of the 2020 data whose directory knows an office and a person more than the entries name."""
    folder = Path(shutil.copytree(DATA, tmp_path / "data"))
    with (folder / "directory.yaml").open("a", encoding="utf-8") as file:
        file.write("  - name: 后勤服务中心\n    also:\n      - 后勤中心\n  - name: 周敏\n    kind: person\n")
    return str(folder)


@pytest.mark.parametrize(
    "arguments",
    [
        ["by-department", "后勤中心"],
        ["by-leader", "周敏"],
        ["list", "--department", "后勤服务中心"],
        ["list", "--leader", "周敏"],
        ["due", "--department", "后勤中心"],
        ["due", "--leader", "周敏"],
        ["reports", "--department", "后勤中心"],
    ],
    ids=" ".join,
)
def test_a_name_that_the_directory_knows_and_no_entry_has(arguments: list[str], data: str, run: Run) -> None:
    ran = run(*arguments, "--data", data)
    assert (ran.code, ran.out) == (2, "")
    subject = "leader" if "周敏" in arguments else "department"
    assert ran.err == (
        f"The directory knows “{arguments[-1]}”, but no entry names it. “reformledger by-{subject}” shows all names.\n"
    )


def test_a_leader_is_no_department_and_a_department_no_leader(run: Run) -> None:
    assert run("by-department", "谢强").err == "“谢强” is a leader. Use by-leader or --leader.\n"
    assert run("list", "--leader", "基教科").err == "“基教科” is a department. Use by-department or --department.\n"


def test_a_year_whose_ledger_has_no_entry_yet_is_no_error(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "workpoints_2021.yaml"
    path.write_text("kind: workpoints\nyear: 2021\ntitle: 要点\nsections: []\n", encoding="utf-8")
    assert run("list", "--year", "2021", "--data", str(path)).code == 0


@pytest.mark.parametrize("command", [["list"], ["stats"], ["check"], ["show", "task-1"], ["reports"]], ids=" ".join)
def test_a_wrong_format_is_refused_before_faults_of_the_data(command: list[str], tmp_path: Path, run: Run) -> None:
    (tmp_path / "ledger_2020.yaml").write_text("kind: ledger\nyear: x\n", encoding="utf-8")
    ran = run(*command, "--format", "xlsz", "--data", str(tmp_path))
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("--format: “xlsz” is not one of its values.")
    assert "ledger_2020.yaml" not in ran.err


@pytest.mark.parametrize("asked", [["--period", "2018年一季度"], ["--from", "2018-01-01", "--to", "2018-03-31"]])
def test_reports_of_days_before_the_first_year(asked: list[str], run: Run) -> None:
    ran = run("reports", *asked)
    assert (ran.code, ran.err) == (2, "There is no year 2018 here. Years: 2020.\n")
