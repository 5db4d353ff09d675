"""What changed between two days, each change from a ledger written by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from textwrap import indent

import pytest

from reformledger import load_book
from reformledger.book import Book
from reformledger.changes import Change, ChangeKind, changes
from reformledger.query import Question, ask
from reformledger.standing import standings
from texts import LEDGER_HEAD

Write = Callable[[str, str], Path]

ROWS: dict[str, tuple[str, list[str]]] = {
    "closed": (
        "due: 12月\nclosed: {date: 2020-06-10, evidence: [验收报告]}",
        ["closed 2020-06-10"],
    ),
    "closed after its last day": (
        "due: 5月\nclosed: {date: 2020-06-10, evidence: [验收报告]}",
        ["closed 2020-06-10 late"],
    ),
    "extended, and therefore not red": (
        (
            "due: 2020-12\nextensions:\n  - {date: 2020-06-10, from: 5月, to: 2020-12, reason: 疫情}\n"
            "progress:\n  - {date: 2020-05-30, text: 起步}"
        ),
        ["extended 2020-06-10"],
    ),
    "the last day passed": (
        "due: 6月\nprogress:\n  - {date: 2020-05-30, text: 起步}",
        ["red 2020-07-15"],
    ),
    "red before": ("due: 5月", []),
    "silent for 92 days": (
        "due: 12月\nprogress:\n  - {date: 2020-04-10, text: 起步}",
        ["yellow 2020-07-15"],
    ),
    "a report says that it is behind, of a department that leads": (
        (
            "due: 12月\n"
            "progress:\n  - {date: 2020-05-30, text: 起步}\n  - {date: 2020-07-01, text: 慢, percent: 10, by: 甲科}"
        ),
        ["yellow 2020-07-15", "reported 2020-07-01"],
    ),
    "reported, on the first day after and on the last": (
        (
            "due: 12月\nprogress:\n  - {date: 2020-06-01, text: 会上}\n  - {date: 2020-06-02, text: 会后}\n"
            "  - {date: 2020-07-15, text: 今日}\n  - {date: 2020-07-16, text: 明日}"
        ),
        ["reported 2020-06-02", "reported 2020-07-15"],
    ),
    "taken back": (
        (
            "due: 12月\nprogress:\n  - {date: 2020-05-30, text: 起步}\nhistory:\n"
            "  - {date: 2020-06-20, reason: 证据不足, closed: {date: 2020-05-20, evidence: [x]}}"
        ),
        ["reopened 2020-06-20"],
    ),
    "an occurrence waived, so that the one missed before it is a gap": (
        "due: 每季度末\nwaivers:\n  - {date: 2020-06-20, for: 二季度, reason: 停办}",
        ["yellow 2020-07-15", "waived 2020-06-20"],
    ),
    "at rest, which has no light": (
        "due: 6月\npaused: {date: 2020-06-20, reason: 经费未到}",
        ["paused 2020-06-20"],
    ),
    "milestones closed, at rest, cancelled, extended": (
        (
            "phases:\n"
            "  - {name: 甲, due: 6月, closed: {date: 2020-06-30, evidence: [x]}}\n"
            "  - {name: 乙, due: 8月, paused: {date: 2020-06-20, reason: 缓办}}\n"
            "  - {name: 丙, due: 9月, cancelled: {date: 2020-06-21, reason: 并入丁}}\n"
            "  - {name: 丁, due: 2020-12}\n"
            "extensions:\n  - {date: 2020-06-22, phase: 丁, from: 10月, to: 2020-12, reason: 合并}"
        ),
        [
            "closed 2020-06-30 甲",
            "extended 2020-06-22 丁",
            "paused 2020-06-20 乙",
            "cancelled 2020-06-21 丙",
        ],
    ),
    "milestones of one name": (
        (
            "phases:\n"
            "  - {name: 试点, due: 6月, closed: {date: 2020-06-20, evidence: [x]}}\n"
            "  - {name: 试点, due: 9月, closed: {date: 2020-06-25, evidence: [x]}}\n"
            "  - {name: 总结, due: 2020-12}"
        ),
        ["closed 2020-06-20 #1", "closed 2020-06-25 #2"],
    ),
    "a milestone passed": (
        "phases:\n  - {name: 甲, due: 6月}\n  - {name: 乙, due: 12月}\nprogress:\n  - {date: 2020-05-30, text: 起步}",
        ["red 2020-07-15"],
    ),
    "assigned in between": ("due: 12月\nassigned: 2020-06-20", ["added 2020-06-20"]),
    "nothing": ("due: 12月\nprogress:\n  - {date: 2020-05-30, text: 起步}", []),
    "no deadline": ("remark: 长期", []),
}
SINCE, AS_OF = date(2020, 6, 1), date(2020, 7, 15)


def ledger(*rows: str, head: str = LEDGER_HEAD) -> str:
    return head + "".join(
        f"          - id: task-{number}\n            title: 任务{number}\n            lead_departments: [甲科]\n"
        + indent(f"{row}\n", " " * 12)
        for number, row in enumerate(rows, 1)
    )


def found(book: Book, since: date, as_of: date, leaders: Sequence[str] = ()) -> list[Change]:
    entries = ask(book, Question(leaders=leaders), as_of)
    return changes(book, entries, since, as_of, leaders=leaders)


def told(change: Change) -> str:
    late = "late" if change.late else ""
    return " ".join(filter(None, [change.kind, change.day.isoformat(), change.phase, late]))


@pytest.mark.parametrize("name", ROWS)
def test_changes_of_one_entry(write: Write, name: str) -> None:
    row, expected = ROWS[name]
    book = load_book(write("ledger_2020.yaml", ledger(row)))
    assert [told(change) for change in found(book, SINCE, AS_OF)] == expected


def test_changes_are_told_by_kind_and_then_by_day(write: Write) -> None:
    book = load_book(write("ledger_2020.yaml", ledger(*(row for row, _expected in ROWS.values()))))
    made = found(book, SINCE, AS_OF)
    assert sorted(map(told, made)) == sorted(each for _row, expected in ROWS.values() for each in expected)
    order = list(ChangeKind)
    places = [(order.index(change.kind), change.day) for change in made]
    assert places == sorted(places)


@pytest.mark.parametrize("middle", [date(2020, 6, 10), date(2020, 6, 20), date(2020, 6, 30)])
def test_two_briefs_one_after_the_other_tell_each_record_once(write: Write, middle: date) -> None:
    book = load_book(write("ledger_2020.yaml", ledger(*(row for row, _expected in ROWS.values()))))

    def records(since: date, as_of: date) -> list[str]:
        made = found(book, since, as_of)
        return [f"{change.ref} {told(change)}" for change in made if change.before is None]

    both = [*records(SINCE, middle), *records(middle, AS_OF)]
    assert sorted(both) == sorted(records(SINCE, AS_OF))


def test_light_that_turned_says_how_it_was(write: Write) -> None:
    row, _expected = ROWS["the last day passed"]
    (change,) = found(load_book(write("ledger_2020.yaml", ledger(row))), SINCE, AS_OF)
    assert change.before is not None
    assert change.after is not None
    # On 1 June the last day, 30 June, was 29 days ahead.
    assert (change.before.reason, change.before.days_left) == ("due_soon", 29)
    assert (change.after.reason, change.after.days_left) == ("overdue", -15)


LAST_YEAR = ledger(
    "due: 12月\nprogress:\n  - {date: 2020-11-30, text: 会前}\n  - {date: 2020-12-20, text: 年底}",
    "due: 12月",
)
THIS_YEAR = ledger(
    "due: 2021-12\ncarried_over_from: 2020/task-1\nprogress:\n  - {date: 2021-01-10, text: 年初}",
    "due: 2021-12\ncarried_over_from: 2020/task-2",
    head=LEDGER_HEAD.replace("2020", "2021"),
)


def test_matter_goes_on_over_the_end_of_the_year(write: Write) -> None:
    write("ledger_2020.yaml", LAST_YEAR)
    book = load_book(write("ledger_2021.yaml", THIS_YEAR).parent)
    made = found(book, date(2020, 12, 1), date(2021, 1, 15))
    assert [(change.ref, told(change)) for change in made] == [
        ("2020/task-1", "reported 2020-12-20"),
        ("2021/task-1", "reported 2021-01-10"),
    ]
    # task-2 was silent all the year: yellow on 1 December, on what was 2020/task-2 then, and yellow now.
    state = standings(book, date(2021, 1, 15))
    assert {entry.ref: state.of(entry).light for entry in state.counted()} == {
        "2021/task-1": "green",
        "2021/task-2": "yellow",
    }


REMOVED = (
    ledger("due: 12月\nleaders: [张三]\nassigned: 2020-05-01\nprogress:\n  - {date: 2020-05-30, text: 起步}")
    + """\
removed:
  - {id: task-7, title: 早删, date: 2020-06-01, reason: 重复}
  - {id: task-8, title: 并入, date: 2020-06-05, reason: 并入第1项, entry: {id: task-8, leaders: [张三], due: 12月}}
  - {id: task-9, title: 另一人, date: 2020-06-06, reason: 上级取消, entry: {id: task-9, persons: {分管领导: [李四]}}}
"""
)


@pytest.mark.parametrize(
    ("leaders", "expected"), [((), ["2020/task-8", "2020/task-9"]), (("张三",), ["2020/task-8"])], ids=["all", "one"]
)
def test_what_was_removed_is_told_of_whom_it_concerned(
    write: Write, leaders: tuple[str, ...], expected: list[str]
) -> None:
    made = found(load_book(write("ledger_2020.yaml", REMOVED)), SINCE, AS_OF, leaders)
    assert [(change.kind, change.ref) for change in made] == [(ChangeKind.REMOVED, ref) for ref in expected]


def test_what_was_removed_of_another_year_is_left_out_of_the_brief_of_one(write: Write) -> None:
    write("ledger_2021.yaml", REMOVED.replace("2020", "2021"))
    book = load_book(write("ledger_2020.yaml", REMOVED).parent)
    entries = ask(book, Question(years=(2021,)), date(2021, 7, 15))
    made = changes(book, entries, date(2020, 6, 1), date(2021, 7, 15), years=(2021,))
    removed = [change.ref for change in made if change.kind is ChangeKind.REMOVED]
    assert removed == ["2021/task-7", "2021/task-8", "2021/task-9"]


def test_nothing_changed_in_the_notice_of_2020_but_that_time_passed(book: Book) -> None:
    # It has no records: on 13 August 92 days had passed since it was issued on 13 May, and nobody had reported.
    made = found(book, date(2020, 8, 12), date(2020, 8, 13))
    assert {change.kind for change in made} == {ChangeKind.YELLOW}
    assert found(book, date(2020, 8, 13), date(2020, 8, 14)) == []
