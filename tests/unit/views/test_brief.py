"""The brief for a meeting: what is counted as what, who is named, what falls due; whole titles, on few pages."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Sequence
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from conftest import DATA, Run, speak
from reformledger import load_book
from reformledger.book import Book
from reformledger.fields.words import CHANGE, PACE
from reformledger.standing import standings
from reformledger.views.answer import Answer, Column, Sheet
from reformledger.views.formats.registry import ANSWERS
from reformledger.views.formats.terminal import Layout, lay_out
from texts import LEDGER_HEAD

Write = Callable[[str, str], Path]
AS_OF = "2020-10-15"
ROWS = """\
- id: task-1
  title: 按时销账的事
  leaders: [张三]
  lead_departments: [甲科]
  due: 9月
  closed: {date: 2020-09-20, evidence: [验收报告]}
- id: task-2
  title: 逾期销账的事
  leaders: [张三]
  lead_departments: [甲科]
  due: 6月
  closed: {date: 2020-10-10, evidence: [验收报告]}
- id: task-3
  title: 按期的事
  leaders: [张三]
  lead_departments: [乙科]
  star: ☆
  due: 2020
  progress:
    - {date: 2020-10-12, text: 已印发方案, percent: 80, by: 乙科}
- id: task-4
  title: 滞后的事
  leaders: [李四]
  city_leader: 赵市长
  lead_departments: [甲科, 乙科]
  due: 2020
  progress:
    - {date: 2020-10-13, text: 刚起步, percent: 10}
- id: task-5
  title: 逾期的事
  leaders: [李四]
  lead_departments: [乙科]
  supporting_departments: [丙科]
  due: 9月
- id: task-6
  title: 未报送的事
  lead_departments: [丙科]
  due: 2020
- id: task-7
  title: 长期的事
  lead_departments: [丙科]
  due: 长期坚持
- id: task-8
  title: 临期的事
  lead_departments: [丙科]
  assigned: 2020-09-01
  due: 2020-12
  phases:
    - {name: 初稿, due: 2020-10-31}
    - {name: 定稿, due: 2020-12-31}
- id: task-9
  title: 每月的事
  lead_departments: [丙科]
  due: 每月末
  assigned: 2020-09-01
  progress:
    - {date: 2020-09-30, text: 九月}
"""
LEDGER = LEDGER_HEAD + "".join(f"          {line}\n" for line in ROWS.splitlines())
EXPECTED = {
    "closed": ["task-1", "task-2"],
    "on_schedule": ["task-3", "task-8", "task-9"],
    "behind": ["task-4"],  # 10 % on the 289th of 366 days
    "overdue": ["task-5"],
    "unreported": ["task-6"],  # more than 92 days silent
    "no_light": ["task-7"],
    "carried_over": [],
}


@pytest.fixture
def ledger(write: Write) -> Path:
    return write("ledger_2020.yaml", LEDGER)


def brief(run: Run, ledger: Path, *more: str, as_of: str = AS_OF) -> Any:
    done = run("brief", "--data", str(ledger), "--as-of", as_of, "-f", "json", *more)
    assert done.code == 0, done.err
    return json.loads(done.out)


def text_of(run: Run, ledger: Path, *more: str, form: str = "md") -> str:
    done = run("brief", "--data", str(ledger), "--as-of", AS_OF, "-f", form, *more)
    assert done.code == 0, done.err
    return done.out


def refs(items: Sequence[dict[str, Any]]) -> list[str]:
    return [item["ref"].removeprefix("2020/") for item in items]


def test_each_entry_is_counted_once(run: Run, ledger: Path) -> None:
    totals = brief(run, ledger)["totals"]
    assert {pace: totals[pace] for pace in PACE} == {pace: len(ids) for pace, ids in EXPECTED.items()}
    assert totals["all"] == sum(totals[pace] for pace in PACE) == 9
    assert totals["closed_late"] == 1  # it is among the closed


def test_rows_of_a_spreadsheet_say_how_each_entry_is(run: Run, ledger: Path) -> None:
    rows = list(csv.DictReader(StringIO(text_of(run, ledger, form="csv"))))
    words = {word.en: code for code, word in PACE.items()}
    found: dict[str, list[str]] = {code: [] for code in PACE}
    for row in rows:
        found[words[row["State"]]].append(row["Ref"].removeprefix("2020/"))
    assert found == EXPECTED


def test_departments_that_lead_are_named_with_what_lags(run: Run, ledger: Path) -> None:
    found = brief(run, ledger)["departments"]
    assert [(one["department"], one["all"], refs(one["laggards"])) for one in found] == [
        ("乙科", 3, ["task-5", "task-4"]),  # what is overdue comes before what is behind
        ("甲科", 3, ["task-4"]),
        ("丙科", 4, ["task-6"]),
    ]


def test_leaders_in_any_role_are_named_with_what_lags(run: Run, ledger: Path) -> None:
    found = brief(run, ledger)["leaders"]
    assert [(one["leader"], one["all"], refs(one["laggards"])) for one in found] == [
        ("李四", 2, ["task-5", "task-4"]),
        ("赵市长", 1, ["task-4"]),
        ("张三", 3, []),
    ]


def test_brief_of_one_leader(run: Run, ledger: Path) -> None:
    found = brief(run, ledger, "--leader", "赵市长")
    assert (found["totals"]["all"], found["leaders"]) == (1, [])
    assert "By leader" not in text_of(run, ledger, "--leader", "赵市长")
    refused = run("brief", "--data", str(ledger), "--leader", "李五")
    assert (refused.code, "李四" in refused.err) == (2, True)


SINCE = ("--since", "2020-10-01")


@pytest.mark.parametrize(
    ("more", "until"),
    [((), "2020-11-14"), (SINCE, "2020-10-29"), ((*SINCE, "--until", "11月30日"), "2020-11-30")],
    ids=["30 days", "as far as the last one", "named"],
)
def test_until_the_next_meeting(run: Run, ledger: Path, more: tuple[str, ...], until: str) -> None:
    assert brief(run, ledger, *more)["totals"]["until"] == until


def test_what_falls_due_are_milestones_occurrences_and_the_whole(run: Run, ledger: Path) -> None:
    found = brief(run, ledger, "--until", "2020-12-31")["due"]
    assert [(item["day"], item["ref"], item["milestone"], item["recurs"]) for item in found] == [
        ("2020-10-31", "2020/task-8", "1/2 初稿", False),
        ("2020-10-31", "2020/task-9", None, True),
        ("2020-11-30", "2020/task-9", None, True),
        ("2020-12-31", "2020/task-3", None, False),
        ("2020-12-31", "2020/task-4", None, False),
        ("2020-12-31", "2020/task-6", None, False),
        ("2020-12-31", "2020/task-8", "2/2 定稿", False),
        ("2020-12-31", "2020/task-8", None, False),
        ("2020-12-31", "2020/task-9", None, True),
    ]


def test_every_day_that_a_deadline_names_and_the_end_of_a_star_fall_due(run: Run, write: Write) -> None:
    rows = """\
          - {id: task-1, title: 上半年和下半年各一次, due: 5月、10月}
          - {id: task-2, title: 长期坚持而需销账, due: 长期坚持, star: ☆}
          - {id: task-3, title: 每月推进到完成, due: 每月推进，2020年11月底前完成}
          - {id: task-4, title: 年内销账, due: 2020, star: ☆}
"""
    ledger = write("ledger_2020.yaml", LEDGER_HEAD + rows)
    found = brief(run, ledger, "--until", "2020-12-31", as_of="2020-05-01")["due"]
    assert [(item["day"], item["ref"]) for item in found if not item["recurs"]] == [
        ("2020-05-31", "2020/task-1"),
        ("2020-10-31", "2020/task-1"),
        ("2020-11-30", "2020/task-3"),
        ("2020-12-31", "2020/task-2"),
        ("2020-12-31", "2020/task-4"),
    ]


@pytest.mark.parametrize("more", [(), ("--since", "0001-01-01")])
def test_no_meeting_is_after_the_last_day_that_there_is(run: Run, ledger: Path, more: tuple[str, ...]) -> None:
    assert brief(run, ledger, *more, as_of="9999-12-20")["totals"]["until"] == "9999-12-31"


@pytest.mark.parametrize(("until", "found"), [("2020-10-30", False), ("2020-10-31", True)])
def test_last_day_counts(run: Run, ledger: Path, until: str, found: bool) -> None:
    assert ("task-8" in refs(brief(run, ledger, "--until", until)["due"])) is found


def test_row_stands_in_for_the_work_point_that_it_carries_out(run: Run, write: Write) -> None:
    write(
        "workpoints_2020.yaml",
        "kind: workpoints\nyear: 2020\ntitle: 要点\nsections:\n  - title: 一\n    points:\n"
        "      - {id: point-1, title: 办好学, due: 2020}\n      - {id: point-2, title: 办大学, due: 2020}\n",
    )
    rows = "          - {id: task-1, title: 办好小学, due: 2020, implements: [point-1]}\n"
    folder = write("ledger_2020.yaml", LEDGER_HEAD + rows).parent
    assert refs(brief(run, folder, "--until", "2020-12-31")["due"]) == ["point-2", "task-1"]


def test_what_changed(run: Run, ledger: Path) -> None:
    found = brief(run, ledger, *SINCE)
    assert [(item["change"], item["day"], item["ref"], item["late"]) for item in found["changes"]] == [
        ("closed", "2020-10-10", "2020/task-2", True),
        # task-4 turned no light: on 1 October it was yellow for silence, and now for what it lacks.
        ("reported", "2020-10-12", "2020/task-3", None),
        ("reported", "2020-10-13", "2020/task-4", None),
    ]
    assert found["changes"][0]["record"]["evidence"] == ["验收报告"]
    text = text_of(run, ledger, *SINCE)
    for said in ("2020-10-10 task-2 逾期销账的事: evidence: 验收报告; after the last day", "已印发方案; 80%; 乙科"):
        assert said in text


def test_without_a_day_nothing_is_said_of_changes(run: Run, ledger: Path) -> None:
    assert brief(run, ledger)["changes"] == []
    assert "Changed" not in text_of(run, ledger)


@pytest.mark.parametrize("form", ["md", "table"])
def test_a_title_is_whole_and_said_once(run: Run, ledger: Path, form: str) -> None:
    text = text_of(run, ledger, *SINCE, form=form)
    book = load_book(ledger)
    named = {"task-2", "task-3", "task-4", "task-5", "task-6", "task-8", "task-9"}
    until = text_of(run, ledger, *SINCE, "--until", "2020-12-31", form=form)
    assert "task-8" not in text  # due later than the next meeting
    assert {entry.id: until.count(entry.data.title) for entry in book.entries} == {
        entry.id: int(entry.id in named) for entry in book.entries
    }


def test_what_was_added_says_no_department_where_none_leads(run: Run, write: Write) -> None:
    rows = "          - {id: task-1, title: 新增的事, due: 年内, assigned: 2020-10-10}\n"
    text = text_of(run, write("ledger_2020.yaml", LEDGER_HEAD + rows), *SINCE)
    assert "2020-10-10 task-1 新增的事: 年内 |" in text


def test_what_is_empty_is_a_sentence(run: Run, write: Write) -> None:
    rows = "          - {id: task-1, title: 长期的事, due: 长期坚持, lead_departments: [甲科]}\n"
    text = text_of(run, write("ledger_2020.yaml", LEDGER_HEAD + rows), *SINCE)
    for sentence in (
        "By department, with nothing that lags: 甲科.",
        "No entry has a ☆.",
        "Nothing falls due from 2020-10-15 to 2020-10-29.",
        "Nothing is recorded after 2020-10-01, and no light turned.",
    ):
        assert sentence in text
    none = text_of(run, write("ledger_2020.yaml", LEDGER_HEAD + "          []\n"))
    assert none == "## As of 2020-10-15\n\nThere are no entries.\n"


@pytest.mark.parametrize(
    ("more", "named"),
    [
        (("--since", AS_OF), "--as-of"),
        (("--since", "2020-12-01"), "--as-of"),
        (("--until", "2020-10-14"), "--as-of"),
        (("--since", "gestern"), "--since"),
        (("--reveal-contacts",), "--reveal-contacts"),
    ],
)
def test_refused(run: Run, ledger: Path, more: tuple[str, ...], named: str) -> None:
    done = run("brief", "--data", str(ledger), "--as-of", AS_OF, *more)
    assert (done.code, done.out, named in done.err) == (2, "", True)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_words_are_those_of_the_field(run: Run, ledger: Path, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    speak(monkeypatch, language)
    text = text_of(run, ledger, *SINCE, form="table")
    lines = [line.split("  ")[0] for line in text.splitlines()]
    for word in PACE.values():
        shown = word.zh if language == "zh" else word.en
        assert (shown in lines) is (word.code != "carried_over")
    assert (CHANGE["reported"].zh if language == "zh" else "Reported") in lines


DAYS = ["2020-06-01", "2020-10-15", "2021-01-01"]


@pytest.mark.parametrize("day", DAYS)
def test_totals_of_the_notice_are_those_of_stats(run: Run, day: str) -> None:
    totals = brief(run, DATA, as_of=day)["totals"]
    stats = json.loads(run("stats", "--as-of", day, "-f", "json").out)["totals"]
    for key, counted in {
        "all": totals["all"],
        "closed": totals["closed"],
        "red": totals["overdue"],
        "yellow": totals["behind"] + totals["unreported"],
        "blue": totals["on_schedule"] - stats["green"],
    }.items():
        assert counted == stats[key], key


@pytest.mark.parametrize("day", DAYS)
def test_laggards_of_the_notice_are_named_whole(run: Run, book: Book, day: str) -> None:
    state = standings(book, date.fromisoformat(day))
    lagging = [entry for entry in book.entries if state.of(entry).light in {"red", "yellow"}]
    done = run("brief", "--as-of", day)
    for entry in lagging:
        assert f"{entry.id} {entry.data.title}" in done.out.replace("\\", "")
    for item in brief(run, DATA, as_of=day)["leaders"]:
        own = json.loads(run("by-leader", item["leader"], "--as-of", day, "-f", "json").out)
        expected = {entry["ref"] for entry in own if entry["light"] in {"red", "yellow"}}
        assert set(refs(item["laggards"])) == {ref.removeprefix("2020/") for ref in expected}


@pytest.mark.parametrize("form", ["table", "md", "csv", "json"])
def test_no_contact_is_in_it(run: Run, book: Book, form: str) -> None:
    text = run("brief", "--as-of", AS_OF, "--since", "2020-06-01", "-f", form).out
    names = {leader for entry in book.entries for _role, leader in entry.leader_roles()}
    contacts = [contact for entry in book.entries if (contact := book.contact(entry))]
    assert contacts
    for contact in contacts:
        assert contact.name in names or not contact.name or contact.name not in text


@pytest.mark.parametrize(
    ("name", "expected"),
    [("table", "Title\nA sentence.\n"), ("md", "## Title\n\nA sentence.\n"), ("csv", '"Title","A sentence."\r\n')],
)
def test_sheet_without_columns_is_a_sentence(name: str, expected: str) -> None:
    sentence = Sheet("Title", (), footer="A sentence.")
    made = ANSWERS.by_name[name].load().content(Answer(lambda: None, lambda _purpose: [sentence]), reveal=False)
    assert made.decode() == expected
    assert list(lay_out(sentence, Layout(80))) == [[("Title", "bold")], [], [("A sentence.", "dim")]]


def test_sentence_among_tables_of_a_spreadsheet_has_its_title() -> None:
    sheets = [
        Sheet("Title", (), footer="A sentence."),
        Sheet("Table", [Column("a", "A"), Column("b", "B")], [["1", "2"]]),
    ]
    made = ANSWERS.by_name["csv"].load().content(Answer(lambda: None, lambda _purpose: sheets), reveal=False)
    assert list(csv.reader(StringIO(made.decode()))) == [
        ["Title", "A sentence."],
        [],
        ["Table", "A", "B"],
        ["Table", "1", "2"],
    ]
