"""The commands as a person types them: what they answer, and what they say to what they do not understand."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from conftest import ROOT, Run
from reformledger.views.formats.registry import ANSWERS

AS_OF = ("--as-of", "2020-10-01")
CONTRACT = Draft202012Validator(json.loads((ROOT / "schema" / "entry.json").read_text(encoding="utf-8")))
# Section 7 of the design, word for word.
KEYS = [
    "id",
    "ref",
    "year",
    "kind",
    "part",
    "number",
    "title",
    "leaders",
    "lead_departments",
    "supporting_departments",
    "due",
    "star",
    "star_note",
    "star_closed",
    "status",
    "light",
    "light_reason",
    "days_left",
    "last_report",
    "text",
    "outcome",
    "city_leader",
    "document_number",
    "issued",
    "level",
    "deployed_by",
    "basis",
    "contact",
    "phases",
    "occurrences",
    "persons",
    "targets",
    "implements",
    "progress",
    "extensions",
    "paused",
    "closed",
    "history",
    "carried_over_from",
    "acknowledged",
    "inherited",
    "remark",
    "columns",
    "file",
    "line",
]


def answer(run: Run, *arguments: str) -> Any:
    """Return the JSON answer of a command."""
    done = run(*arguments, "--format", "json", *AS_OF)
    assert done.code == 0, done.err
    return json.loads(done.out)


def ids(records: list[dict[str, Any]]) -> list[str]:
    return [record["id"] for record in records]


# --- what the issue asks for ---------------------------------------------------------------------------------


def test_list_due_2020(run: Run) -> None:
    found = ids(answer(run, "list", "--due", "2020"))
    rows = ["task-1", "task-3", "review-1", "scheme-1", "scheme-3", "scheme-4", *(f"pilot-{n}" for n in range(2, 8))]
    assert found == [*(f"point-{n}" for n in range(3, 16)), *rows]


def test_by_leader_liu_zili(run: Run) -> None:
    assert len(answer(run, "by-leader", "刘自力")) == 15


def test_star(run: Run) -> None:
    found = answer(run, "star")
    zero = dict.fromkeys(("closed", "overdue", "carried_over", "met_late", "not_met_in_year"), 0)
    assert found["totals"] == {"all": 10, "open": 10, "conditional": 1, **zero}
    assert {item["star_state"] for item in found["items"]} == {"open"}
    assert [item["star_note"] for item in found["items"] if item["star_note"]] == ["第一批试点完成"]
    assert [item["days_left"] for item in found["items"]] == [91] * 10  # 1 October to 31 December


# --- the contract --------------------------------------------------------------------------------------------


def test_every_record_has_every_key_in_order(run: Run) -> None:
    for record in answer(run, "list"):
        assert list(record) == KEYS


def test_every_record_keeps_the_contract(run: Run) -> None:
    for record in answer(run, "list"):
        assert [error.message for error in CONTRACT.iter_errors(record)] == []


def test_records_of_a_whole_life_keep_the_contract(run: Run) -> None:
    for record in answer(run, "list", "--data", "tests/ledgers/reading/good/life.yaml"):
        assert [error.message for error in CONTRACT.iter_errors(record)] == []


def test_show_prints_one_object_or_an_array(run: Run) -> None:
    assert answer(run, "show", "pilot-7")["id"] == "pilot-7"
    assert ids(answer(run, "show", "pilot-7", "2020/point-4")) == ["pilot-7", "point-4"]


def test_record_of_a_pilot_in_phases(run: Run) -> None:
    record = answer(run, "show", "pilot-7")
    assert [(phase["name"], phase["count"], phase["due"]["end"]) for phase in record["phases"]] == [
        ("第一批", 13, "2020-12-31"),
        ("第二批", 9, "2021-12-31"),
        ("第三批", 7, "2022-12-31"),
    ]
    assert record["due"]["end"] == "2020-12-31"
    assert record["contact"] == {"name": "王影", "phone": "139****6584"}
    assert record["implements"] == ["2020/point-15"]


def test_deadline_of_a_star_alone(run: Run) -> None:
    assert answer(run, "show", "scheme-1")["due"] == {
        "wording": None,
        "start": "2020-01-01",
        "end": "2020-12-31",
        "every": None,
        "from_star": True,
        "begins": "2020-05-13",  # the day of the notice
    }


def test_one_element_a_role(run: Run) -> None:
    found = answer(run, "by-department", "市教育和体育局")
    assert [(record["id"], record["role"]) for record in found] == [("pilot-6", "lead"), ("pilot-7", "lead")]


@pytest.mark.parametrize("command", ["by-leader", "by-department", "stats"])
def test_counts_are_items_and_totals(run: Run, command: str) -> None:
    found = answer(run, command)
    assert set(found) == {"items", "totals"}
    # Silent for 92 days since 13 May; three are due in a later year, five have no day and so no light.
    zero = dict.fromkeys(("overdue", "closed", "red", "blue", "closed_late", "star_met"), 0)
    milestones = {"milestones": 3, "milestones_closed": 0, "milestones_late": 0}  # the three batches of pilot-7
    yellow = {"yellow": 25, "unreported": 25, "green": 3}
    assert found["totals"] == {"all": 33, "star": 10, "due_this_year": 25, **yellow, **zero, **milestones}


# --- filters -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--due", "2025", "--due", "2030年"], ["point-1", "point-2"]),
        (["--due-by", "2020-11"], []),
        (["--status", "未启动", "--kind", "上会审议方案"], ["review-1"]),
        (["--kind", "ｔａｓｋ", "--star"], ["task-1"]),
        (["--kind", "pilot", "--no-star"], ["pilot-1"]),
        (["--department", "法规科", "--role", "牵头"], ["point-3", "point-15", "scheme-1"]),
        (["--department", "竞训科", "--role", "support"], ["point-2"]),
        (["--search", "足球", "--sort", "-id"], ["scheme-2", "point-13"]),
        (["--search", "HUI", "--limit", "1"], []),
        (["--leader", "江 海"], ["key-scheme-1"]),
        (["--where", "level=省级部署在攀改革试点", "--where", "deployed_by=省教育厅"], ["pilot-1"]),
        (["--year", "2020", "--kind", "review"], ["review-1"]),
        (["--sort", "-due", "--limit", "2"], ["point-2", "point-1"]),
    ],
    ids=" ".join,
)
def test_filters(run: Run, arguments: list[str], expected: list[str]) -> None:
    assert ids(answer(run, "list", *arguments)) == expected


def test_an_empty_answer_is_no_error(run: Run) -> None:
    done = run("list", "--due", "1999")
    assert done.code == 0
    assert "0 entries." in done.out


def test_columns_by_key_and_by_the_tables_own_heading(run: Run) -> None:
    data = "tests/ledgers/reading/good/district_table.yaml"
    done = run("list", "--data", data, "--columns", "id,funding，报送时间", "--format", "csv")
    assert list(csv.reader(io.StringIO(done.out))) == [
        ["ID", "经费（万元）", "报送时间"],
        ["goal-1", "30", "每月28日"],
        ["goal-2", "", ""],
    ]


def test_columns_by_the_headings_that_the_notice_prints(run: Run) -> None:
    done = run("list", "--kind", "task", "--columns", "序号,改革任务,成果形式", "--format", "csv", "--limit", "1")
    assert list(csv.reader(io.StringIO(done.out)))[1] == [
        "1",
        "深化产教融合、校企合作",
        "贯彻落实省《职业学校校企合作促进办法》",
    ]
    # 牵头科室 in one table and 牵头单位 in another are one column; 备注 is remark in one and ☆ in others.
    assert ids(answer(run, "list", "--where", "牵头单位=社体科")) == ["point-13", "point-14", "task-3", "scheme-2"]
    assert ids(answer(run, "list", "--where", "备注=☆")) == ids(answer(run, "list", "--star"))


def test_own_column_as_a_condition(run: Run) -> None:
    data = "tests/ledgers/reading/good/district_table.yaml"
    found = json.loads(run("list", "--data", data, "--where", "funding=30", "--format", "json").out)
    assert ids(found) == ["goal-1"]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--columns", "编号，名称"], ["ID", "Title"]),
        (["--columns", "完成时限,牵头单位"], ["Due", "Lead"]),
        (["--columns", "上会时间（明确到季度）"], ["Due"]),
    ],
    ids=" ".join,
)
def test_columns_by_their_official_words(run: Run, arguments: list[str], expected: list[str]) -> None:
    assert next(csv.reader(io.StringIO(run("list", *arguments, "--format", "csv").out))) == expected


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("due=2020年12月31日", []),
        ("due=2020-12-31", ["task-1", "task-3"]),
        ("due=年内完成", ["task-1", "task-3"]),
        ("contact=王影", ["pilot-7"]),
        ("责任领导=江海", []),
        ("联系市领导=江海", ["key-scheme-1"]),
    ],
)
def test_where_takes_any_part_of_a_value(run: Run, condition: str, expected: list[str]) -> None:
    kinds = ["--kind", "task"] if condition.startswith("due") else []
    assert ids(answer(run, "list", "--where", condition, *kinds)) == expected


@pytest.mark.parametrize("day", ["2020-10-01", "２０２０-10-01", "2020年10月1日", "2020.10.1"])
def test_a_day_may_be_written_as_people_do(run: Run, day: str) -> None:
    found = json.loads(run("star", "--as-of", day, "--format", "json").out)
    assert found["items"][0]["days_left"] == 91


def test_with_several_years_tables_say_which(run: Run, tmp_path: Path) -> None:
    for year in ("2020", "2021"):
        text = (ROOT / "data" / "ledger_2020.yaml").read_text(encoding="utf-8").replace("year: 2020", f"year: {year}")
        (tmp_path / f"ledger_{year}.yaml").write_text(text, encoding="utf-8")
    for command in (["list"], ["star"], ["by-leader", "谢强"], ["list", "--format", "md"]):
        out = run(*command, "--data", str(tmp_path)).out
        assert "2020/pilot-7" in out
        assert "2021/pilot-7" in out


def test_a_copy_of_a_document_is_told_in_one_sentence(run: Run, tmp_path: Path) -> None:
    text = (ROOT / "data" / "ledger_2020.yaml").read_text(encoding="utf-8")
    for name in ("ledger_2020.yaml", "ledger_2020 - 副本.yaml"):
        (tmp_path / name).write_text(text, encoding="utf-8")
    done = run("list", "--data", str(tmp_path))
    assert done.code == 1
    assert len(done.err.splitlines()) == 1
    assert "is it a copy?" in done.err


def test_show_shows_all_of_a_record(run: Run) -> None:
    out = run("show", "task-1", "--data", "tests/ledgers/reading/good/life.yaml", "--format", "csv").out
    for word in ("25%", "基教科", "会议纪要〔2020〕3号", "公办幼儿园 1"):
        assert word in out
    out = run("show", "task-2", "--data", "tests/ledgers/reading/good/life.yaml", "--format", "csv").out
    for word in ("2020 → 2021", "疫情影响", "谢强", "after the deadline had passed", "第二批", "验收报告"):
        assert word in out


def test_a_spreadsheet_gets_the_tables_own_columns_and_the_reports(run: Run) -> None:
    out = run("list", "--data", "tests/ledgers/reading/good/district_table.yaml", "--format", "csv").out
    headings, *rows = csv.reader(io.StringIO(out))
    assert dict(zip(headings, rows[0], strict=True))["经费（万元）"] == "30"
    assert "Progress" in headings


@pytest.mark.parametrize("arguments", [["list", "-f", "json"], ["check"], ["list"]], ids=" ".join)
def test_an_answer_is_not_written_over_data(run: Run, tmp_path: Path, arguments: list[str]) -> None:
    path = tmp_path / "ledger_2020.yaml"
    path.write_bytes(b"old")
    done = run(*arguments, "-o", str(path))
    assert done.code == 2
    assert path.read_bytes() == b"old"


def test_minus_is_stdout(run: Run) -> None:
    assert run("list", "-o", "-", "--format", "json").out == run("list", "--format", "json").out


def test_a_page_of_a_rule_goes_into_a_file(run: Run, tmp_path: Path) -> None:
    assert run("explain", "RL401", "-o", str(tmp_path / "a.md")).code == 0
    assert (tmp_path / "a.md").read_text(encoding="utf-8") == run("explain", "RL401").out


# --- what is not understood ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["by-leader", "刘自立"], "刘自力"),
        (["by-department", "基教课"], "基教科"),
        (["show", "piolt-7"], "pilot-7"),
        (["show", "point-99"], "point-9"),
        (["list", "--leader", "nobody"], "by-leader"),
        (["list", "--status", "逾期了"], "逾期"),
        (["list", "--kind", "points"], "point"),
        (["list", "--due", "2020-13"], "2020-12"),
        (["list", "--due", "长期坚持"], "no end"),
        (["list", "--due", "每季度末"], "recurs"),
        (["list", "--as-of", "2020-02-30"], "2020-10-01"),
        (["list", "--sort", "dew"], "due"),
        (["list", "--columns", "titel"], "title"),
        (["list", "--where", "titel=x"], "title"),
        (["list", "--where", "title"], "KEY=TEXT"),
        (["list", "--where", "status=未起动"], "未启动"),
        (["list", "--where", "kind=科目"], "work point, task, review, scheme, pilot"),
        (["list", "--limit", "-1"], "--limit"),
        (["list", "--limit", "all"], "digits"),
        (["list", "--limit", "9" * 5000], "--limit"),
        (["list", "--year", "twenty"], "digits"),
        (["list", "--role", "lead"], "--department"),
        (["list", "--format", "xml"], "table"),
        (["list", "--departement", "x"], "--department"),
        (["lits"], "list"),
        (["show"], "missing"),
        (["list", "extra"], "extra"),
    ],
    ids=" ".join,
)
def test_wrong_usage_names_what_is_near(run: Run, arguments: list[str], said: str) -> None:
    done = run(*arguments)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize("path", ["no/such.yaml", "tests", "pyproject.toml"])
def test_data_that_cannot_be_read(run: Run, path: str) -> None:
    done = run("list", "--data", path)
    assert (done.code, done.out) == (1, "")
    assert path in done.err


def test_a_broken_ledger_is_not_half_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "workpoints_2020.yaml").write_bytes((ROOT / "data" / "workpoints_2020.yaml").read_bytes())
    (tmp_path / "ledger_2020.yaml").write_text("kind: ledger\nyear: 2020\ntitle: 台账\nparts: 一\n", encoding="utf-8")
    done = run("list", "--data", str(tmp_path))
    assert (done.code, done.out) == (1, "")
    assert re.search(r"ledger_2020\.yaml:4:8: ", done.err)


# --- contacts ------------------------------------------------------------------------------------------------

COMMANDS = [
    ["list"],
    ["list", "--columns", "id,contact"],
    ["star"],
    ["show", "pilot-7"],
    ["by-leader", "谢强"],
    ["by-department", "市三中"],
    ["by-leader"],
    ["stats"],
]


@pytest.mark.parametrize("format", ANSWERS.by_name)
@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_no_phone_leaves_unless_asked_for(run: Run, arguments: list[str], format: str) -> None:
    assert not re.search(r"1[3-9]\d{9}", run(*arguments, "--format", format).out)


@pytest.mark.parametrize("arguments", [COMMANDS[1], COMMANDS[3]], ids=" ".join)
@pytest.mark.parametrize("format", [row.name for row in ANSWERS.rows if not row.extra])
def test_phones_are_shown_when_asked_for(run: Run, arguments: list[str], format: str) -> None:
    assert "13908146584" in run(*arguments, "--format", format, "--reveal-contacts").out


def test_star_and_stats_cannot_reveal(run: Run) -> None:
    assert run("star", "--reveal-contacts").code == 2
    assert run("stats", "--reveal-contacts").code == 2


def test_a_search_does_not_probe_phones(run: Run) -> None:
    assert answer(run, "list", "--search", "13908146584") == []
    assert answer(run, "list", "--where", "contact=王影 13908146584") == []


def test_a_contact_is_found_by_its_name_or_as_it_is_shown(run: Run) -> None:
    for words in ("王影", "王  影", "王影 139****6584"):
        assert ids(answer(run, "list", "--where", f"contact={words}")) == ["pilot-7"]


def test_without_contacts_the_column_is_blank(run: Run, tmp_path: Path) -> None:
    for name in ("ledger_2020.yaml", "workpoints_2020.yaml"):
        (tmp_path / name).write_bytes((ROOT / "data" / name).read_bytes())
    assert answer(run, "show", "pilot-7", "--data", str(tmp_path))["contact"] is None


# --- help ----------------------------------------------------------------------------------------------------


def test_no_arguments_are_answered_with_help(run: Run) -> None:
    done = run()
    assert done.code == 0
    for command in ("list", "star", "show", "by-leader", "by-department", "stats"):
        assert command in done.out


def test_version_is_that_of_the_package(run: Run) -> None:
    version = re.search(r'^version = "(.*)"$', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)
    assert version is not None
    assert run("--version").out == f"reformledger {version[1]}\n"


def _commands() -> list[str]:
    from reformledger.cli.app import command

    return sorted(command().commands)


@pytest.mark.parametrize("name", _commands())
def test_every_command_has_help_and_stands_in_both_references(run: Run, name: str) -> None:
    done = run(name, "--help")
    assert done.code == 0
    assert len(done.out.splitlines()) > 5
    for language in ("en", "zh"):
        reference = ROOT / "docs" / language / "reference" / "commands.md"
        assert f"\n### {name}\n" in reference.read_text(encoding="utf-8"), reference


@pytest.mark.parametrize("name", _commands())
def test_every_option_has_help(name: str) -> None:
    from typer.core import TyperOption

    from reformledger.cli.app import command

    options = [param for param in command().commands[name].params if isinstance(param, TyperOption)]
    assert [option.name for option in options if not option.help] == []


def test_sort_may_be_repeated_and_take_several_keys(run: Run) -> None:
    once = run("list", "--sort", "status", "--sort", "-id", "--columns", "id,status", "--format", "csv")
    assert once.code == 0
    assert run("list", "--sort", "status，-id", "--columns", "id,status", "--format", "csv") == once
    assert once != run("list", "--sort", "status", "--columns", "id,status", "--format", "csv")
    assert "Sort by one of" in run("list", "--sort", "id", "--sort", "dew").err
