"""What was reported for a period and what was not: situations written from the rules of the return calendar."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest

from conftest import Run, speak
from texts import LEDGER_HEAD

Write = Callable[[str, str], Path]

QUARTERLY = "reporting: 每季度最后一个月的30日前\n"
"""Windows from 1 January to 30 March, 31 March to 30 June, 1 July to 30 September, 1 October to 30 December."""
MONTHLY = "reporting: 每月28日前\n"
"""Windows from the 29th of the month before to the 28th."""


def entry(*reports: str, more: str = "", number: int = 1, leads: str = "甲科") -> str:
    """Return a row that 甲科 leads and 乙科 supports."""
    lines = [f"- id: task-{number}", f"  title: 任务{number}", f"  lead_departments: [{leads}]"]
    lines += ["  supporting_departments: [乙科]", *(f"  {line}" for line in more.splitlines())]
    lines += ["  progress:", *(f"    - {{{report}, text: 做了}}" for report in reports)] if reports else []
    return "".join(f"          {line}\n" for line in lines)


def ledger(head: str, *entries: str, year: int = 2020) -> str:
    """Return a ledger of a year; ``head`` is what its document says beside its title."""
    opening = LEDGER_HEAD.replace("2020", str(year)).replace("title: 台账\n", f"title: 台账\n{head}")
    return opening + "".join(entries)


CLOSED = "closed: {date: %s, evidence: [验收]}"
TWO = "甲科, 丙科"
QUARTER_2 = "--period 二季度 --as-of 2020-08-31"

# The reports and what else the entry says, the head of its document, what is asked; what is answered.
SITUATIONS: dict[str, tuple[str, str, str, list[str]]] = {
    # Which period is asked for
    "the window of the day": (entry(), QUARTERLY, "--as-of 2020-05-20", ["甲科 missing - -"]),
    "the first day of a window": (
        entry("date: 2020-03-30", "date: 2020-03-31"),
        QUARTERLY,
        "--as-of 2020-03-31",
        ["甲科 received 2020-03-31 -"],
    ),
    "the last day of a window": (
        entry("date: 2020-03-30"),
        QUARTERLY,
        "--as-of 2020-03-30",
        ["甲科 received 2020-03-30 -"],
    ),
    "a named period": (entry("date: 2020-06-10"), QUARTERLY, QUARTER_2, ["甲科 received 2020-06-10 -"]),
    "a period that is over": (entry("date: 2020-06-10"), QUARTERLY, "--as-of 2020-08-31", ["甲科 missing - -"]),
    "a month of a monthly calendar": (
        entry("date: 2020-04-28", "date: 2020-04-29", "date: 2020-06-20"),  # of May: 29 April to 28 May
        MONTHLY,
        "--period 5月 --as-of 2020-08-31",
        ["甲科 received 2020-04-29 -"],
    ),
    "several periods as one": (
        entry("date: 2020-02-10"),
        QUARTERLY,
        "--period 上半年 --as-of 2020-08-31",
        ["甲科 received 2020-02-10 -"],
    ),
    "once the year is over": (
        entry("date: 2020-12-10"),
        QUARTERLY,
        "--as-of 2021-02-01",
        ["甲科 received 2020-12-10 -"],
    ),
    "the quarter that has not begun is last year's": (
        entry("date: 2020-12-10"),
        QUARTERLY,
        "--period 四季度 --as-of 2021-01-05",
        ["甲科 received 2020-12-10 -"],
    ),
    # Which period a report answers
    "nothing": (entry(), QUARTERLY, QUARTER_2, ["甲科 missing - -"]),
    "on the last day": (entry("date: 2020-06-30"), QUARTERLY, QUARTER_2, ["甲科 received 2020-06-30 -"]),
    "on the day after": (entry("date: 2020-07-01"), QUARTERLY, QUARTER_2, ["甲科 late 2020-07-01 -"]),
    # The window has 92 days, its first third is 30: 1 to 30 July.
    "at the end of the first third": (entry("date: 2020-07-30"), QUARTERLY, QUARTER_2, ["甲科 late 2020-07-30 -"]),
    "after the first third": (entry("date: 2020-07-31"), QUARTERLY, QUARTER_2, ["甲科 missing - -"]),
    "in the first third, the one before answered": (
        entry("date: 2020-06-20", "date: 2020-07-05"),
        QUARTERLY,
        "--as-of 2020-07-31",
        ["甲科 received 2020-07-05 -"],
    ),
    "in the first third, the one before unanswered": (
        entry("date: 2020-07-05"),
        QUARTERLY,
        "--as-of 2020-07-31",
        ["甲科 missing - -"],
    ),
    "named in time": (entry("date: 2020-04-03, for: 二季度"), QUARTERLY, QUARTER_2, ["甲科 received 2020-04-03 -"]),
    "named late": (entry("date: 2020-08-20, for: 二季度"), QUARTERLY, QUARTER_2, ["甲科 late 2020-08-20 -"]),
    "named for another": (entry("date: 2020-05-20, for: 一季度"), QUARTERLY, QUARTER_2, ["甲科 missing - -"]),
    "in the first third of a month": (  # 29 May to 28 June: 31 days, of which 10
        entry("date: 2020-06-07"),
        MONTHLY,
        "--period 5月 --as-of 2020-08-31",
        ["甲科 late 2020-06-07 -"],
    ),
    "reported after the day": (
        entry("date: 2020-06-10"),
        QUARTERLY,
        "--period 二季度 --as-of 2020-06-09",
        ["甲科 missing - -"],
    ),
    "waived": (
        entry(more="waivers: [{date: 2020-05-01, for: 二季度, reason: 暂停}]"),
        QUARTERLY,
        QUARTER_2,
        [],
    ),
    # Who reports
    "by name": (entry("date: 2020-06-10, by: 甲科"), QUARTERLY, QUARTER_2, ["甲科 received 2020-06-10 甲科"]),
    "a supporting department": (
        entry("date: 2020-06-10, by: 乙科"),
        QUARTERLY,
        QUARTER_2,
        ["甲科 answered 2020-06-10 乙科"],
    ),
    "both, the leading one later": (
        entry("date: 2020-05-10, by: 乙科", "date: 2020-06-10, by: 甲科"),
        QUARTERLY,
        QUARTER_2,
        ["甲科 received 2020-06-10 甲科"],
    ),
    "one of two that lead": (
        entry("date: 2020-06-10, by: 丙科", leads=TWO),
        QUARTERLY,
        QUARTER_2,
        ["甲科 answered 2020-06-10 丙科", "丙科 received 2020-06-10 丙科"],
    ),
    "one of two that lead, late": (
        entry("date: 2020-07-10, by: 甲科", leads=TWO),
        QUARTERLY,
        QUARTER_2,
        ["甲科 late 2020-07-10 甲科", "丙科 answered 2020-07-10 甲科"],
    ),
    "none of two that lead": (entry(leads=TWO), QUARTERLY, QUARTER_2, ["甲科 missing - -", "丙科 missing - -"]),
    "one department asked for": (entry(leads=TWO), QUARTERLY, f"{QUARTER_2} --department 丙科", ["丙科 missing - -"]),
    "no lead department": (entry("date: 2020-06-10", leads=""), QUARTERLY, QUARTER_2, ["None received 2020-06-10 -"]),
    # Who is asked
    "closed out before the last day": (entry(more=CLOSED % "2020-06-29"), QUARTERLY, QUARTER_2, []),
    "closed out on the last day": (entry(more=CLOSED % "2020-06-30"), QUARTERLY, QUARTER_2, []),
    "closed out after the last day": (entry(more=CLOSED % "2020-07-01"), QUARTERLY, QUARTER_2, ["甲科 missing - -"]),
    "issued 15 days before": (entry(more="assigned: 2020-06-15"), QUARTERLY, QUARTER_2, ["甲科 missing - -"]),
    "issued 14 days before": (entry(more="assigned: 2020-06-16"), QUARTERLY, QUARTER_2, []),
    "begins 14 days before": (entry(more="due: 从2020年6月16日起，每月"), QUARTERLY, QUARTER_2, []),
    "open-ended": (entry(more="due: 长期坚持"), QUARTERLY, QUARTER_2, ["甲科 missing - -"]),
    # Days
    "days": (entry("date: 2020-05-10"), QUARTERLY, "--from 2020-05-10 --to 2020-05-31", ["甲科 received 2020-05-10 -"]),
    "days after": (entry("date: 2020-05-10"), QUARTERLY, "--from 2020-05-11 --to 2020-05-31", ["甲科 missing - -"]),
    "days, 15-day rule": (
        entry(more="assigned: 2020-05-30"),
        "",
        "--from 2020-05-01 --to 2020-05-31",
        ["甲科 missing - -"],
    ),
    "days before the issue": (entry(more="assigned: 2020-06-01"), "", "--from 2020-05-01 --to 2020-05-31", []),
    "days, closed out": (entry(more=CLOSED % "2020-05-31"), "", "--from 2020-05-01 --to 2020-05-31", []),
    "days, reported on and then closed out": (
        entry("date: 2020-05-10", more=CLOSED % "2020-05-31"),
        "",
        "--from 2020-05-01 --to 2020-05-31",
        ["甲科 received 2020-05-10 -"],
    ),
    "days, no lead department": (entry(leads=""), "", "--from 2020-05-01 --to 2020-05-31", []),
    "no calendar": (entry("date: 2020-06-01"), "", "--as-of 2020-06-30", ["甲科 received 2020-06-01 -"]),
    "no calendar, another month": (entry("date: 2020-05-31"), "", "--as-of 2020-06-30", ["甲科 missing - -"]),
    "no calendar, a period": (entry("date: 2020-05-31"), "", QUARTER_2, ["甲科 received 2020-05-31 -"]),
}


def asked(run: Run, path: Path, arguments: str) -> dict[str, object]:
    done = run("reports", *arguments.split(), "--data", str(path), "-f", "json")
    assert done.code == 0, done.err
    answer = json.loads(done.out)
    assert isinstance(answer, dict)
    return answer


def lines(answer: dict[str, object], *, with_ref: bool = False) -> list[str]:
    items = answer["items"]
    assert isinstance(items, list)
    return [
        " ".join(
            [
                str(item["department"]),
                *([one["ref"]] if with_ref else []),
                one["state"],
                one["day"] or "-",
                one["by"] or "-",
            ]
        )
        for item in items
        for one in item["entries"]
    ]


@pytest.mark.parametrize("name", SITUATIONS)
def test_situation(name: str, write: Write, run: Run) -> None:
    rows, head, arguments, expected = SITUATIONS[name]
    path = write("ledger_2020.yaml", ledger(head, rows))
    day = "" if "--as-of" in arguments else " --as-of 2020-08-31"
    assert lines(asked(run, path, arguments + day)) == expected


@pytest.fixture
def two_years(write: Write) -> Path:
    """Return two years in which 任务1 goes on, 任务2 was closed out, and 任务3 is new."""

    path = write(
        "ledger_2020.yaml",
        ledger(QUARTERLY, entry("date: 2020-09-20"), entry(more=CLOSED % "2020-11-01", number=2), year=2020),
    )
    write(
        "ledger_2021.yaml",
        ledger(
            QUARTERLY,
            entry("date: 2021-01-08, by: 甲科", more="carried_over_from: 2020/task-1"),
            entry(number=3),
            year=2021,
        ),
    )
    return path.parent


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        # Until 31 December the old entry is asked, from 1 January the one that goes on.
        ("--as-of 2020-12-15", ["甲科 2020/task-1 missing - -"]),
        ("--period 四季度 --as-of 2021-01-07", ["甲科 2021/task-1 missing - -"]),
        ("--period 四季度 --as-of 2021-01-08", ["甲科 2021/task-1 late 2021-01-08 甲科"]),
        (
            "--period 2020年三季度 --as-of 2021-01-08",
            ["甲科 2020/task-2 missing - -", "甲科 2021/task-1 received 2020-09-20 -"],
        ),
        # The report of January answered the last quarter: none is there for the first.
        ("--as-of 2021-03-01", ["甲科 2021/task-1 missing - -", "甲科 2021/task-3 missing - -"]),
        ("--year 2020 --period 四季度 --as-of 2021-01-08", ["甲科 2020/task-1 late 2021-01-08 甲科"]),
    ],
)
def test_a_period_of_last_year_is_shown_under_what_goes_on(
    arguments: str, expected: list[str], two_years: Path, run: Run
) -> None:
    assert lines(asked(run, two_years, arguments), with_ref=True) == expected


@pytest.fixture
def department(write: Write) -> Path:
    """Return four entries of 甲科, one of which 丙科 leads, too."""
    rows = [
        entry("date: 2020-06-10, percent: 40, problems: 缺钱，联系13912345678", number=1),
        entry("date: 2020-07-10", number=2),
        entry("date: 2020-06-12, by: 丙科", number=3, leads=TWO),
        entry(number=4),
    ]
    return write("ledger_2020.yaml", ledger(QUARTERLY, *rows))


COUNTS = {"expected": 4, "received": 3, "late": 1, "missing": 1}


def test_counts_include_late_and_answered_ones_and_an_entry_of_two_is_one_in_all(department: Path, run: Run) -> None:
    answer = asked(run, department, QUARTER_2)
    items, totals = answer["items"], answer["totals"]
    assert isinstance(items, list)
    assert [{key: value for key, value in item.items() if key != "entries"} for item in items] == [
        {"department": "甲科", **COUNTS},
        {"department": "丙科", "expected": 1, "received": 1, "late": 0, "missing": 0},
    ]
    assert totals == {**COUNTS, "start": "2020-03-31", "end": "2020-06-30"}


def test_missing_alone(department: Path, run: Run) -> None:
    answer = asked(run, department, f"{QUARTER_2} --missing")
    assert lines(answer, with_ref=True) == ["甲科 2020/task-4 missing - -"]
    assert answer["totals"] == {**COUNTS, "start": "2020-03-31", "end": "2020-06-30"}


def test_screen_names_what_is_missing_below_the_counts(department: Path, run: Run) -> None:
    out = run("reports", *QUARTER_2.split(), "--data", str(department)).out.splitlines()
    assert out[0] == "Reports for 2020-03-31 to 2020-06-30, as of 2020-08-31"
    assert [line.split() for line in out[2:4]] == [["甲科", "4", "3", "1", "1"], ["丙科", "1", "1", "0", "0"]]
    assert out[4] == "4 expected, 3 received (1 late), 1 missing."
    assert [line.split() for line in out[-2:]] == [["甲科", "(1)"], ["task-4", "任务4"]]


def test_document_and_spreadsheet(department: Path, run: Run) -> None:
    arguments = ["reports", *QUARTER_2.split(), "--data", str(department)]
    document = run(*arguments, "-f", "md").out
    assert document.startswith("## Reports for 2020-03-31 to 2020-06-30")
    assert "| 甲科 | 4 | 3 | 1 | 1 |" in document
    assert "### 甲科" in document
    head, *rows = csv.reader(StringIO(run(*arguments, "-f", "csv").out))
    assert rows == [
        ["甲科", "2020/task-1", "任务1", "received", "2020-06-10", ""],
        ["甲科", "2020/task-2", "任务2", "late", "2020-07-10", ""],
        ["甲科", "2020/task-3", "任务3", "answered by another", "2020-06-12", "丙科"],
        ["甲科", "2020/task-4", "任务4", "missing", "", ""],
        ["丙科", "2020/task-3", "任务3", "received", "2020-06-12", "丙科"],
    ]
    assert next(csv.reader(StringIO(run(*arguments, "--missing", "--department", "丙科", "-f", "csv").out))) == head


def test_text_for_the_bulletin_has_each_report_once_and_no_phone_number(department: Path, run: Run) -> None:
    arguments = ["reports", *QUARTER_2.split(), "--data", str(department), "--text"]
    _head, *rows = csv.reader(StringIO(run(*arguments, "-f", "csv").out))
    assert rows == [
        ["甲科", "2020/task-1", "任务1", "2020-06-10", "做了", "40", "缺钱，联系139****5678"],
        ["甲科", "2020/task-2", "任务2", "2020-07-10", "做了", "", ""],
        ["丙科", "2020/task-3", "任务3", "2020-06-12", "做了", "", ""],
    ]
    assert [item["ref"] for item in json.loads(run(*arguments, "-f", "json").out)["items"]] == [
        f"2020/task-{number}" for number in (1, 2, 3)
    ]
    assert "丙科 (1)" in run(*arguments).out


def test_text_has_reports_on_what_was_closed_out_in_the_period(write: Write, run: Run) -> None:
    rows = entry("date: 2020-06-10", more=CLOSED % "2020-06-20")
    path = write("ledger_2020.yaml", ledger(QUARTERLY, rows))
    done = run("reports", *QUARTER_2.split(), "--text", "--data", str(path), "-f", "json")
    assert [item["day"] for item in json.loads(done.out)["items"]] == ["2020-06-10"]


def test_a_row_answers_for_its_work_point(write: Write, run: Run) -> None:
    points = f"""\
kind: workpoints
year: 2020
title: 要点
{QUARTERLY}sections:
  - title: 一
    points:
      - {{id: point-1, title: 要点, lead_departments: [丁科]}}
"""
    write("workpoints_2020.yaml", points)
    path = write("ledger_2020.yaml", ledger("", entry("date: 2020-06-10", more="implements: [point-1]")))
    answer = asked(run, path.parent, f"{QUARTER_2} --department 丁科")
    assert lines(answer) == ["丁科 answered 2020-06-10 甲科"]
    text = run("reports", *QUARTER_2.split(), "--text", "--data", str(path.parent), "-f", "json")
    assert [item["ref"] for item in json.loads(text.out)["items"]] == ["2020/task-1"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ("--period 上半年", "Several periods of the return calendar are counted together as one."),
        ("--period 二季度", None),
    ],
)
def test_several_periods_as_one_are_said_to_be_so(
    arguments: str, sentence: str | None, department: Path, run: Run
) -> None:
    out = run("reports", *arguments.split(), "--as-of", "2020-08-31", "--data", str(department)).out
    assert (sentence in out) if sentence else ("Several" not in out)


def test_without_calendar_it_says_by_what_it_asks(write: Write, run: Run) -> None:
    path = write("ledger_2020.yaml", ledger("", entry()))
    sentence = "What has no return calendar is asked for by the calendar month."
    assert sentence in run("reports", "--as-of", "2020-06-10", "--data", str(path)).out
    assert sentence not in run("reports", "--period", "二季度", "--as-of", "2020-06-10", "--data", str(path)).out


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ("--from 2020-05-01", "Of --from and --to only one is given. Give both."),
        ("--from 2020-05-02 --to 2020-05-01", "--to is before --from."),
        ("--from 2020-05-01 --to 2020-05-02 --period 5月", "--period is given, and days, too. Leave one of them out."),
        ("--missing --text", "--missing and --text cannot both be given."),
        (
            "--period 2020-05",
            "2020-05-01 to 2020-05-31. The last days of its periods: 2020-03-30, 2020-06-30, 2020-09-30, 2020-12-30.",
        ),
        ("--period 每月", "It recurs, where one period is asked for."),
        ("--department 没有科", "No department is named “没有科”."),
    ],
)
def test_what_cannot_be_asked(arguments: str, error: str, department: Path, run: Run) -> None:
    done = run("reports", *arguments.split(), "--as-of", "2020-08-31", "--data", str(department))
    assert done.code == 2
    assert error in done.err


def test_chinese(department: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    speak(monkeypatch, "zh")
    out = run("reports", *QUARTER_2.split(), "--data", str(department)).out
    assert "应报4项，已报3项（其中逾期1项），未报1项。" in out
