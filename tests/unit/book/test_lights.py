"""Lights and their reasons: situations and days, written from the rules and the calendar, never from the program."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from textwrap import indent

import pytest

from reformledger import load_book
from reformledger.standing import standings
from texts import LEDGER_HEAD

ISSUED = "notice: {title: 通知, issuer: 局, issued: 2020-05-13}\n"
CALENDAR = "reporting: 每季度最后一个月的30日前\n"


def report(day: str, more: str = "") -> str:
    return f"{{date: {day}, text: 做了{', ' + more if more else ''}}}"


def row(due: str = "", *, more: str = "", reports: tuple[str, ...] = ()) -> str:
    """Return a row of the ledger, led by 甲科 and supported by 乙科."""
    lines = ["- id: task-1", "  title: 任务", "  lead_departments: [甲科]", "  supporting_departments: [乙科]"]
    lines += [f"  due: {due}"] if due else []
    lines += [f"  {line}" for line in more.splitlines()]
    lines += ["  progress:", *(f"    - {each}" for each in reports)] if reports else []
    return "\n".join(lines) + "\n"


CLOSED = "{date: 2020-06-10, evidence: [验收]}"
CLOSED_LATER = "{date: 2020-07-01, evidence: [验收]}"
PHASES = "phases:\n  - {name: 第一批, due: 2020-06%s}\n  - {name: 第二批, due: 2020-12%s}"

# What is in the ledger, the head of its document, and then for each day the light and the reason.
SITUATIONS: dict[str, tuple[str, str, list[str]]] = {
    "silence": (
        row("2020-06"),
        "",
        [  # 1 January and 92 days: 2 April
            "2020-04-01 green on_time",
            "2020-04-02 yellow unreported",
            "2020-05-31 yellow unreported",  # before due soon
            "2020-06-30 yellow unreported",  # the last day is not over
            "2020-07-01 red overdue",
        ],
    ),
    "silence after the issue": (
        row("年内完成"),
        ISSUED,
        [
            "2020-08-12 green on_time",
            "2020-08-13 yellow unreported",
            "2020-12-31 yellow unreported",
            "2021-01-01 red overdue",
        ],
    ),
    "silence of what lasts longer than the year": (
        row("2021年底前"),
        ISSUED,
        ["2020-11-11 green on_time", "2020-11-12 yellow unreported"],  # 183 days
    ),
    "silence before a span begins": (
        row("9—12月"),
        ISSUED,
        [
            "2020-08-31 green on_time",
            "2020-11-30 green on_time",
            "2020-12-01 blue due_soon",
            "2020-12-02 yellow unreported",
        ],
    ),
    "assigned later than the issue": (
        row("年内完成", more="assigned: 2020-09-01"),
        ISSUED,
        ["2020-11-30 green on_time", "2020-12-01 blue due_soon", "2020-12-02 yellow unreported"],
    ),
    "a report breaks the silence": (
        row("2020-06", reports=(report("2020-03-20"),)),
        "",
        [  # 20 March and 92 days: 20 June
            "2020-04-02 green on_time",
            "2020-05-30 green on_time",
            "2020-05-31 blue due_soon",
            "2020-06-19 blue due_soon",
            "2020-06-20 yellow unreported",
            "2020-07-01 red overdue",
        ],
    ),
    "a report that comes later is not there yet": (
        row("2020-06", reports=(report("2020-05-20"),)),
        "",
        ["2020-05-19 yellow unreported", "2020-05-20 green on_time"],
    ),
    "a supporting department's report breaks the silence, and no more": (
        row("2020-12", reports=(report("2020-06-01", "by: 乙科, percent: 0, weak: true"),)),
        "",
        ["2020-06-02 green on_time", "2020-08-31 green on_time", "2020-09-01 yellow unreported"],
    ),
    "weak": (
        row("2020-12", reports=(report("2020-03-01", "weak: true, by: 甲科"), report("2020-05-01"))),
        "",
        ["2020-03-01 yellow weak", "2020-04-30 yellow weak", "2020-05-01 green on_time"],
    ),
    "a supporting department does not take weak back": (
        row("2020-12", reports=(report("2020-03-01", "weak: true"), report("2020-05-01", "by: 乙科"))),
        "",
        ["2020-05-02 yellow weak"],
    ),
    "behind": (
        row("2020-12", reports=(report("2020-02-01", "percent: 0"),)),
        "",
        [  # begins on 1 January: the 73rd of 366 days is 19.9 %, the 74th 20.2 %
            "2020-03-13 green on_time",
            "2020-03-14 yellow behind",
            "2020-11-30 yellow behind",
            "2021-01-01 red overdue",
        ],
    ),
    "behind from the issue on": (
        row("2020-12", reports=(report("2020-05-20", "percent: 30"),)),
        ISSUED,
        [  # 233 days from 13 May: 5 September is the 116th (49.8 %), the day after the 117th (50.2 %)
            "2020-08-19 green on_time",
            "2020-08-20 yellow unreported",  # 92 days after the report
            "2020-09-05 yellow unreported",
            "2020-09-06 yellow behind",  # comes before silence
        ],
    ),
    "behind within a span": (
        row("9—12月", reports=(report("2020-08-20", "percent: 0"),)),
        "",
        ["2020-09-24 green on_time", "2020-09-25 yellow behind"],  # 24 and 25 of 122 days: 19.7 and 20.5 %
    ),
    "a supporting department's percentage is not the lead's": (
        row("2020-12", reports=(report("2020-06-01", "percent: 60"), report("2020-06-10", "percent: 0, by: 乙科"))),
        "",
        ["2020-07-01 green on_time"],
    ),
    "ready": (
        row("2020-12", reports=(report("2020-03-01", "percent: 100"),)),
        "",
        ["2020-03-01 blue ready", "2020-11-30 blue ready", "2020-12-31 blue ready", "2021-01-01 red overdue"],
    ),
    "no longer ready": (
        row("2020-12", reports=(report("2020-03-01", "percent: 100"), report("2020-06-01", "percent: 80"))),
        "",
        ["2020-06-01 green on_time"],
    ),
    "closed": (
        row("2020-06", more=f"closed: {CLOSED}"),
        "",
        ["2020-06-09 yellow unreported", "2020-06-10 none", "2020-07-01 none"],
    ),
    "reopened": (
        row(
            "2020-06",
            more="history:\n  - {date: 2020-06-20, reason: 返工, closed: {date: 2020-06-10, evidence: [验收]}}",
        ),
        "",
        [
            "2020-06-09 yellow unreported",
            "2020-06-10 none",
            "2020-06-19 none",
            "2020-06-20 blue due_soon",
            "2020-07-01 red overdue",
        ],
    ),
    "extended": (
        row(
            "2020-09",
            more="extensions:\n  - {date: 2020-06-20, from: 2020-06, to: 2020-09, reason: 疫情}",
        ),
        "",
        [
            "2020-06-19 yellow unreported",
            "2020-06-20 green on_time",
            "2020-07-01 green on_time",
            "2020-08-31 blue due_soon",
            "2020-09-20 yellow unreported",  # 92 days after the extension
            "2020-10-01 red overdue",
        ],
    ),
    "extended late": (
        row(
            "2020-09",
            more="extensions:\n  - {date: 2020-07-20, from: 2020-06, to: 2020-09, reason: 疫情, late: true}",
        ),
        "",
        ["2020-07-19 red overdue", "2020-07-20 green on_time"],
    ),
    "an extension moves no beginning": (
        row(
            "2021-06",
            more="extensions:\n  - {date: 2020-05-20, from: 3—5月, to: 2021年6月, reason: 疫情}",
            reports=(report("2020-03-10", "percent: 0"),),
        ).replace("due: 2021-06", "due: 2021年6月"),
        "",
        [
            "2020-03-18 green on_time",
            "2020-03-19 yellow behind",
            "2020-05-19 yellow behind",
            "2020-06-05 green on_time",
            "2020-06-06 yellow behind",
        ],
    ),
    "open-ended": (row("长期坚持", reports=(report("2020-02-01", "percent: 0, weak: true"),)), "", ["2020-12-31 none"]),
    "without any deadline": (row(), "", ["2020-12-31 none"]),
    "☆ alone": (
        row(more="star: ☆"),
        "",
        [
            "2020-04-01 green on_time",
            "2020-04-02 yellow unreported",
            "2020-12-31 yellow unreported",
            "2021-01-01 red overdue",
        ],
    ),
    "phases": (
        row(more=PHASES % ("", "")),
        "",
        ["2020-04-02 yellow unreported", "2020-06-30 yellow unreported", "2020-07-01 red overdue"],
    ),
    "a phase closed": (
        row(more=PHASES % (f", closed: {CLOSED}", "")),
        "",
        [  # the second begins on 1 July: silence until 1 October
            "2020-06-10 green on_time",
            "2020-07-01 green on_time",
            "2020-09-30 green on_time",
            "2020-10-01 yellow unreported",
            "2021-01-01 red overdue",
        ],
    ),
    "a report does not meet a milestone": (
        row(more=PHASES % ("", ""), reports=(report("2020-06-20", "percent: 100, phase: 第一批"),)),
        "",
        ["2020-06-20 blue due_soon", "2020-07-01 red overdue"],
    ),
    "behind in a milestone": (
        row(more=PHASES % ("", ""), reports=(report("2020-02-01", "percent: 10, phase: 第一批"),)),
        "",
        ["2020-02-23 green on_time", "2020-02-24 yellow behind"],  # 54 and 55 of 182 days: 29.7 and 30.2 %
    ),
    "once a milestone is closed, the whole counts": (
        row(
            more=PHASES % (f", closed: {CLOSED}", ""),
            reports=(report("2020-02-01", "percent: 40"), report("2020-05-01", "percent: 10, phase: 第一批")),
        ),
        "",
        [  # 60 % of 366 days are 219.6
            "2020-06-09 yellow behind",
            "2020-06-10 green on_time",
            "2020-08-06 green on_time",
            "2020-08-07 yellow behind",
        ],
    ),
    "all phases closed beside an overall deadline": (
        row(
            "2020-12",
            more=f"phases:\n  - {{name: 第一批, closed: {CLOSED}}}\n  - {{name: 第二批, closed: {CLOSED_LATER}}}",
        ),
        "",
        ["2020-06-30 green on_time", "2020-07-01 blue ready", "2021-01-01 red overdue"],
    ),
    "每季度末, silence": (
        row("每季度末"),
        "",
        [
            "2020-02-29 green on_time",
            "2020-03-01 blue due_soon",  # 30 days, a third of 91
            "2020-03-31 blue due_soon",
            "2020-04-01 red missed",
            "2020-07-10 red missed",
            "2021-01-01 red missed",
        ],
    ),
    "每季度末, issued in May": (
        row("每季度末"),
        ISSUED,
        ["2020-05-30 green on_time", "2020-05-31 blue due_soon", "2020-06-30 blue due_soon", "2020-07-01 red missed"],
    ),
    "每季度末, reported in time": (
        row("每季度末", reports=(report("2020-03-15"),)),
        "",
        ["2020-04-01 green on_time", "2020-05-30 green on_time", "2020-05-31 blue due_soon", "2020-07-01 red missed"],
    ),
    "每季度末, reported too early": (
        row("每季度末", reports=(report("2020-02-29"),)),  # 31 days before the last: not among the last 31
        "",
        ["2020-03-31 blue due_soon", "2020-04-01 red missed"],
    ),
    "每季度末, reported on the first of the last 31 days": (
        row("每季度末", reports=(report("2020-03-01"),)),
        "",
        ["2020-04-01 green on_time"],
    ),
    "每季度末, late within ten days": (
        row("每季度末", reports=(report("2020-04-10"),)),
        "",
        ["2020-04-09 red missed", "2020-04-10 green on_time"],
    ),
    "每季度末, later than ten days": (row("每季度末", reports=(report("2020-04-11"),)), "", ["2020-04-11 red missed"]),
    "每季度末, late and named": (
        row("每季度末", reports=(report("2020-05-20", "for: 一季度"),)),
        "",
        ["2020-05-19 red missed", "2020-05-20 green on_time"],
    ),
    "每季度末, early and named": (
        row("每季度末", reports=(report("2020-01-05", "for: 二季度"), report("2020-01-05", "for: 2020-02-10"))),
        "",
        ["2020-04-01 green on_time", "2020-07-01 green on_time", "2020-10-01 red missed"],
    ),
    "每季度末, a gap": (
        row("每季度末", reports=(report("2020-06-20"),)),
        "",
        ["2020-06-19 red missed", "2020-06-20 yellow gap", "2020-07-01 yellow gap", "2020-10-01 red missed"],
    ),
    "每季度末, waived": (
        row("每季度末", more="waivers:\n  - {date: 2020-04-20, for: 一季度, reason: 停课}"),
        "",
        ["2020-04-19 red missed", "2020-04-20 green on_time", "2020-07-01 red missed"],
    ),
    "每季度末, a supporting department meets nothing": (
        row("每季度末", reports=(report("2020-03-20", "by: 乙科"),)),
        "",
        ["2020-04-01 red missed"],
    ),
    "每季度末, all met": (
        row("每季度末", reports=tuple(report(f"2020-{month}-20") for month in ("03", "06", "09", "12"))),
        "",
        ["2020-12-31 green on_time", "2021-01-01 blue ready"],
    ),
    "每季度末 with ☆": (
        row(
            "每季度末", more="star: ☆", reports=tuple(report(f"2020-{month}-20") for month in ("03", "06", "09", "12"))
        ),
        "",
        ["2020-12-20 blue due_soon", "2020-12-31 blue due_soon", "2021-01-01 red overdue"],
    ),
    "每月28日前, silence": (
        row("每月28日前"),
        "",
        [  # 28 January is owed: 27 days after 1 January; due soon is ten days
            "2020-01-17 green on_time",
            "2020-01-18 blue due_soon",
            "2020-01-28 blue due_soon",
            "2020-01-29 red missed",
        ],
    ),
    "每月28日前, from the issue on": (
        row("每月28日前"),
        ISSUED,
        ["2020-05-28 blue due_soon", "2020-05-29 red missed"],  # 28 May is 15 days after 13 May
    ),
    "每月28日前, issued a day later": (
        row("每月28日前"),
        ISSUED.replace("05-13", "05-14"),
        ["2020-05-29 green on_time", "2020-06-29 red missed"],
    ),
    "每月28日前, in the first third of the window": (
        row("每月28日前", reports=(report("2020-01-20"), report("2020-02-07"))),
        "",
        # 29 January to 28 February are 31 days, a third is 10: the second report, on the tenth, meets nothing.
        ["2020-02-07 green on_time", "2020-02-18 blue due_soon", "2020-02-29 red missed"],
    ),
    "每月28日前, after the first third of the window": (
        row("每月28日前", reports=(report("2020-01-20"), report("2020-02-08"))),
        "",
        ["2020-02-29 green on_time"],
    ),
    "每月28日前, ten days after": (
        row("每月28日前", reports=(report("2020-02-07"), report("2020-02-08"))),
        "",
        # The first is late for January; the second is the 11th day of the window: it meets February.
        ["2020-02-06 red missed", "2020-02-08 green on_time", "2020-02-29 green on_time", "2020-03-29 red missed"],
    ),
    "每半年": (
        row("每半年", reports=(report("2020-06-10"),)),
        "",
        [
            "2020-05-30 green on_time",
            "2020-05-31 blue due_soon",
            "2020-06-10 green on_time",
            "2020-12-01 blue due_soon",
            "2021-01-01 red missed",
        ],
    ),
    "每半年, late within ten days": (
        row("每半年", reports=(report("2020-07-10"),)),
        "",
        ["2020-07-01 red missed", "2020-07-10 green on_time"],
    ),
    "每年12月": (
        row("每年12月", reports=(report("2020-12-20"),)),
        "",
        [
            "2020-11-30 green on_time",
            "2020-12-01 blue due_soon",
            "2020-12-19 blue due_soon",
            "2020-12-20 green on_time",
            "2021-01-01 blue ready",
        ],
    ),
    "每年12月, too early": (
        row("每年12月", reports=(report("2020-11-30"),)),
        "",
        ["2020-12-31 blue due_soon", "2021-01-01 red missed"],
    ),
    "每年12月, in January of the next year": (
        row("每年12月", reports=(report("2021-01-10"),)),
        "",
        ["2021-01-09 red missed", "2021-01-10 blue ready"],
    ),
    "每周三": (
        row("每周三", reports=(report("2020-01-08"),)),  # the first Wednesday is 1 January, not owed
        "",
        [  # due soon is two days, a third of seven
            "2020-01-05 green on_time",
            "2020-01-06 blue due_soon",
            "2020-01-08 green on_time",
            "2020-01-13 blue due_soon",
            "2020-01-15 blue due_soon",
            "2020-01-16 red missed",
        ],
    ),
    "每周三, two days after": (
        row("每周三", reports=(report("2020-01-10"),)),
        "",
        ["2020-01-09 red missed", "2020-01-10 green on_time"],
    ),
    "每周三, three days after": (
        row("每周三", reports=(report("2020-01-11"),)),  # meets the 15th: the third day of its window
        "",
        ["2020-01-11 yellow gap"],
    ),
    "每周三, named by a day": (
        row("每周三", reports=(report("2020-01-14", "for: 2020-01-08"),)),
        "",
        ["2020-01-13 red missed", "2020-01-14 blue due_soon"],
    ),
    "completed by a day": (
        row("每月推进，2020年6月底前完成", reports=tuple(report(f"2020-{month:02}-25") for month in range(1, 7))),
        "",
        ["2020-06-24 blue due_soon", "2020-06-25 blue due_soon", "2020-06-30 blue due_soon", "2020-07-01 red overdue"],
    ),
    "a return calendar": (
        row("2020-12", reports=(report("2020-03-20"),)),
        CALENDAR,
        [  # the second period ends on 30 June
            "2020-06-30 green on_time",
            "2020-07-01 yellow unreported",
            "2020-09-30 yellow unreported",
            "2021-01-01 red overdue",
        ],
    ),
    "a return calendar, late": (
        row("2020-12", reports=(report("2020-04-15"),)),  # in the first third of 31 March to 30 June: the first's
        CALENDAR,
        ["2020-03-31 yellow unreported", "2020-04-15 green on_time", "2020-07-01 yellow unreported"],
    ),
    "a return calendar, later": (
        row("2020-12", reports=(report("2020-05-15"),)),  # the second's
        CALENDAR,
        [
            "2020-05-14 yellow unreported",
            "2020-05-15 green on_time",
            "2020-09-30 green on_time",
            "2020-10-01 yellow unreported",
        ],
    ),
    "a return calendar asks open-ended entries too": (
        row("长期坚持", reports=(report("2020-03-20"),)),
        CALENDAR,
        ["2020-03-01 green on_time", "2020-04-01 green on_time", "2020-07-01 yellow unreported"],
    ),
    "a return calendar asks what recurs": (
        row("每半年", reports=(report("2020-03-20"),)),
        CALENDAR,
        ["2020-04-01 green on_time"],
    ),
}
CASES = [(name, *line.split(" ", 1)) for name, (_rows, _head, lines) in SITUATIONS.items() for line in lines]


def ledger(rows: str, head: str) -> str:
    return LEDGER_HEAD.replace("year: 2020\n", f"year: 2020\n{head}") + indent(rows, " " * 10)


def test_there_are_enough_of_them() -> None:
    assert len(CASES) >= 80


@pytest.mark.parametrize(("name", "day", "expected"), CASES, ids=str)
def test_light(name: str, day: str, expected: str, write: Callable[[str, str], Path]) -> None:
    rows, head, _lines = SITUATIONS[name]
    book = load_book(write("ledger_2020.yaml", ledger(rows, head)).parent)
    found = standings(book, date.fromisoformat(day)).of(book.find("task-1"))
    assert (f"{found.light} {found.reason}" if found.light else "none") == expected
