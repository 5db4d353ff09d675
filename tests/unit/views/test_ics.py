"""Calendars as another program reads them: the reader below knows RFC 5545 and nothing of the library that writes."""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from importlib import import_module
from pathlib import Path
from textwrap import indent
from typing import NamedTuple

import pytest

from conftest import Run, speak
from naughty import REFUSED, TEXTS, TOO_LONG
from reformledger.errors import UsageError
from reformledger.views.answer import About, Answer, Calendar, Event
from reformledger.views.formats.registry import ANSWERS
from texts import LEDGER_HEAD

Write = Callable[[str, str], Path]
LAST_BYTE = 75
"""How long a line may be (RFC 5545, 3.1), its end not counted."""


class Component(NamedTuple):
    """A component: its properties in order (name, parameters, value as written) and what it holds."""

    name: str
    properties: list[tuple[str, str, str]]
    parts: list[Component]

    def text(self, name: str) -> str:
        """Return the value of the one property of a name as text; "" without it."""
        (value,) = [value for key, _parameters, value in self.properties if key == name] or [""]
        return unescaped(value)

    def day(self, name: str) -> date:
        """Return the day of a property that is a day (VALUE=DATE) and no moment."""
        ((parameters, value),) = [(given, value) for key, given, value in self.properties if key == name]
        assert parameters == "VALUE=DATE"
        return date(int(value[:4]), int(value[4:6]), int(value[6:]))


def unescaped(value: str) -> str:
    """Return what TEXT stands for (RFC 5545, 3.3.11)."""
    return re.sub(r"\\([\\;,Nn])", lambda match: "\n" if match[1] in "Nn" else match[1], value)


def parsed(content: bytes) -> Component:
    """Return a calendar; its lines end in CR LF, are short, and none is cut within a character."""
    assert content.endswith(b"\r\n")
    lines = content.removesuffix(b"\r\n").split(b"\r\n")
    assert all(len(line) <= LAST_BYTE for line in lines)
    whole: list[str] = []
    for line in lines:
        text = line.decode()
        assert "\n" not in text
        assert "\r" not in text
        if text[0] in " \t":
            whole[-1] += text[1:]
        else:
            whole.append(text)
    stack = [Component("", [], [])]
    for text in whole:
        head, colon, value = text.partition(":")  # no parameter that is written here has a quoted colon
        assert colon
        name, _semicolon, parameters = head.partition(";")
        if name == "BEGIN":
            stack.append(Component(value, [], []))
            stack[-2].parts.append(stack[-1])
        elif name == "END":
            assert stack.pop().name == value
        else:
            stack[-1].properties.append((name, parameters, value))
    ((calendar,),) = [part.parts for part in stack]
    return calendar


def read(run: Run, *arguments: str) -> dict[str, Component]:
    """Return the events of a question, by their UIDs."""
    done = run(*arguments, "-f", "ics")
    assert done.code == 0, done.err
    # The tests' own stream has no bytes: it gives each CR LF back as it was.
    found = parsed(done.out.replace("\r\n", "\n").replace("\n", "\r\n").encode()).parts
    events = {event.text("UID"): event for event in found}
    assert len(events) == len(found)
    return events


def told(events: dict[str, Component]) -> list[str]:
    """Return day, summary and, of what is cancelled, that; by day."""
    return sorted(
        f"{event.day('DTSTART')} {event.text('SUMMARY')}{' CANCELLED' * (event.text('STATUS') == 'CANCELLED')}"
        for event in events.values()
    )


def rows(text: str, year: int = 2020) -> str:
    """Return a ledger of a year that has these rows."""
    return LEDGER_HEAD.replace("2020", str(year)).replace("台账", f"{year}年台账") + indent(text, 10 * " ")


# What is in it


def test_each_deadline_and_milestone_of_2020_is_an_event(run: Run) -> None:
    events = read(run, "list", "--as-of", "2020-10-01")
    entries = json.loads(run("list", "--as-of", "2020-10-01", "-f", "json").out)
    expected = []
    for entry in entries:
        dues = [phase["due"] for phase in entry["phases"]] or [entry["due"]]
        expected += [(entry["ref"], due["end"]) for due in dues if due and due["end"]]
    found = [(re.findall("20[0-9]{2}/[a-z0-9-]+", event.text("DESCRIPTION"))[0], event) for event in events.values()]
    assert sorted((ref, str(event.day("DTSTART"))) for ref, event in found) == sorted(expected)
    assert all(event.day("DTEND") - event.day("DTSTART") == timedelta(days=1) for event in events.values())
    # What has no day is named.
    without = [entry for entry in entries if entry["ref"] not in {ref for ref, _day in expected}]
    said = run("list", "--as-of", "2020-10-01", "-f", "ics").err.splitlines()
    assert said[-len(without) - 1 :] == [
        f"{len(without)} entries or milestones have no day and are not in the calendar:",
        *(f"  {entry['ref']} {entry['title']}" for entry in without),
    ]
    assert without


def test_an_event_says_what_a_reader_needs_and_no_contact(run: Run) -> None:
    (event,) = read(run, "show", "task-1", "--as-of", "2021-01-01").values()
    assert event.text("SUMMARY") == "深化产教融合、校企合作 (☆, overdue)"
    assert event.text("DESCRIPTION").splitlines() == [
        "Ref: 2020/task-1",
        "进度安排: 年内完成",  # the headings that the table prints
        "责任领导: 谢强",
        "牵头科室: 职成高教科",
        "Light: red: overdue",
    ]
    assert (event.text("TRANSP"), event.text("STATUS")) == ("TRANSPARENT", "CONFIRMED")
    assert event.text("CATEGORIES") == "task,☆"


def test_a_number_is_masked(run: Run, write: Write) -> None:
    path = write("l.yaml", rows("- {id: task-1, title: 联系13882360946, due: 2020-06, leaders: [李13882360946]}\n"))
    (event,) = read(run, "list", "--data", str(path)).values()
    assert "138****0946" in event.text("SUMMARY")
    assert "13882360946" not in event.text("SUMMARY") + event.text("DESCRIPTION")


MILESTONES = """\
- id: task-1
  title: 薪酬套改
  due: 2020-12-31
  phases:
    - {name: 定编, due: 2020-05-31, closed: {date: 2020-05-31, evidence: [方案]}}
    - {name: 办法, due: 2020-06-30, closed: {date: 2020-07-08, evidence: [办法]}}
    - {name: 征求意见, due: 2020-07-31, cancelled: {date: 2020-07-20, reason: 并入下一步}}
    - {name: 评估, due: 2020-08-31}
    - {name: 评估, due: 2020-10-31}
"""


def test_milestones_have_days_of_their_own_beside_the_whole(run: Run, write: Write) -> None:
    path = write("l.yaml", rows(MILESTONES))
    assert told(read(run, "list", "--data", str(path), "--as-of", "2020-09-10")) == [
        "2020-05-31 薪酬套改: 1/4 定编 (closed)",
        "2020-06-30 薪酬套改: 2/4 办法 (closed late)",
        # Whoever imported it before is told that it is off.
        "2020-07-31 薪酬套改: 征求意见 (Cancelled) CANCELLED",
        "2020-08-31 薪酬套改: 3/4 评估 (overdue)",
        "2020-10-31 薪酬套改: 4/4 评估",
        "2020-12-31 薪酬套改",
    ]


RECURRING = """\
- id: task-1
  title: 报数据
  due: 每季度末
  star: ☆
  waivers: [{date: 2020-06-01, for: 二季度, reason: 停课}]
  progress: [{date: 2020-03-20, text: 报了}]
"""


def test_what_recurs_has_its_occurrences_and_the_day_of_its_star(run: Run, write: Write) -> None:
    path = write("l.yaml", rows(RECURRING))
    assert told(read(run, "list", "--data", str(path), "--as-of", "2020-11-01")) == [
        "2020-03-31 报数据: 1/4 (met)",
        "2020-06-30 报数据: 2/4 (waived)",
        "2020-09-30 报数据: 3/4 (missed)",
        "2020-12-31 报数据 (☆)",  # a report does not meet it
        "2020-12-31 报数据: 4/4",
    ]
    closed = RECURRING + "  closed: {date: 2020-11-02, evidence: [文件], despite: 停办}\n"
    path = write("l.yaml", rows(closed))
    assert told(read(run, "list", "--data", str(path), "--as-of", "2020-11-03"))[2:] == [
        "2020-09-30 报数据: 3/4 (missed)",
        "2020-12-31 报数据 (☆, closed)",
        "2020-12-31 报数据: 4/4 (closed)",
    ]


DEADLINES = {
    "two periods": ('due: "5月、10月"', ["2020-05-31 任务", "2020-10-31 任务 (overdue)"]),
    "dated parts": (
        'due: "3月：研讨；6月底前：发布"',
        ["2020-03-31 任务: 1/2 研讨 (overdue)", "2020-06-30 任务: 2/2 发布 (overdue)"],
    ),
    "a ☆ alone": ("star: ☆", ["2020-12-31 任务 (☆)"]),
    "open-ended with a ☆": ("due: 长期, star: ☆", ["2020-12-31 任务 (☆)"]),
    "recurring until a day": (
        "due: 每半年推进，2020年12月底前完成",
        ["2020-06-30 任务: 1/2 (missed)", "2020-12-31 任务", "2020-12-31 任务: 2/2"],
    ),
    "closed late": ("due: 5月, closed: {date: 2020-06-02, evidence: [文件]}", ["2020-05-31 任务 (closed late)"]),
    "paused": ("due: 5月, paused: {date: 2020-05-01, reason: 停课}", ["2020-05-31 任务"]),
    "milestones without a day": ("star: ☆, phases: [{name: 一}, {name: 二}]", ["2020-12-31 任务 (☆)"]),
}


@pytest.mark.parametrize(("fields", "expected"), DEADLINES.values(), ids=DEADLINES)
def test_each_sort_of_deadline(run: Run, write: Write, fields: str, expected: list[str]) -> None:
    path = write("l.yaml", rows(f"- {{id: task-1, title: 任务, {fields}}}\n"))
    assert told(read(run, "list", "--data", str(path), "--as-of", "2020-11-20")) == expected


# UIDs


def test_an_extension_keeps_the_uid_and_raises_the_sequence(run: Run, write: Write) -> None:
    data = ("--data", str(write("l.yaml", rows(MILESTONES + "- {id: task-2, title: 宽带, due: 2020-12-31}\n"))))
    before = read(run, "list", *data, "--as-of", "2020-09-10")
    moved = ("--reason", "疫情", "--date", "2020-09-11", *data)
    assert run("extend", "task-2", "--to", "2021-03", *moved).code == 0
    assert run("extend", "task-1", "--phase", "#5", "--to", "2020-11", *moved).code == 0
    after = read(run, "list", *data, "--as-of", "2020-09-12")
    assert before.keys() == after.keys()
    changed = {
        after[uid].text("SUMMARY"): (str(after[uid].day("DTSTART")), after[uid].text("SEQUENCE"))
        for uid in before
        if before[uid].text("SEQUENCE") != after[uid].text("SEQUENCE")
    }
    assert changed == {"宽带": ("2021-03-31", "1"), "薪酬套改: 4/4 评估": ("2020-11-30", "1")}
    # Why it was moved is said.
    (broadband,) = [event for event in after.values() if event.text("SUMMARY") == "宽带"]
    assert "Extensions: 2020-09-11  2020-12-31 → 2021-03  疫情" in broadband.text("DESCRIPTION")


def test_what_is_carried_over_keeps_its_uids_and_is_listed_once(run: Run, write: Write) -> None:
    old = write(
        "ledger_2020.yaml", rows("- {id: task-7, title: 宽带, due: 2020-12}\n- {id: task-8, title: 报, due: 每半年}\n")
    )
    alone = read(run, "list", "--data", str(old), "--as-of", "2020-09-10")
    new = write(
        "ledger_2021.yaml",
        rows(
            "- {id: task-1, title: 宽带, due: 2020-12, carried_over_from: 2020/task-7}\n"
            "- {id: task-2, title: 报, due: 每半年, carried_over_from: 2020/task-8}\n",
            2021,
        ),
    )
    both = ("--carried", "--data", str(old.parent), "--as-of")
    assert read(run, "list", *both, "2020-12-31").keys() == alone.keys()
    later = read(run, "list", *both, "2021-02-01")
    assert told(later) == ["2020-12-31 宽带 (overdue)", "2021-06-30 报: 1/2", "2021-12-31 报: 2/2"]
    # One day goes on as it was, and last year's occurrences stay beside this year's.
    assert [later[uid].text("SUMMARY") for uid in alone.keys() & later.keys()] == ["宽带 (overdue)"]
    # It is known by what it was even where the old document is not there.
    assert read(run, "list", "--data", str(new), "--as-of", "2021-02-01").keys() == later.keys()


def test_a_uid_depends_on_neither_file_language_nor_question(
    run: Run, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = rows(MILESTONES.replace("task-1\n", "task-1\n  lead_departments: [甲科]\n  star: ☆\n"))
    path = write("l.yaml", text)
    found = read(run, "list", "--data", str(path), "--as-of", "2020-09-10")
    (write("l.yaml", text)).rename(path.with_name("另一个.yaml"))
    data = ("--data", str(path.with_name("另一个.yaml")), "--as-of", "2020-09-10")
    questions = (("star",), ("show", "task-1"), ("by-department", "甲科"), ("due",), ("list", "--limit", "1"))
    for language in ("en", "zh"):
        speak(monkeypatch, language)
        for question in questions:
            assert read(run, *question, *data).keys() == found.keys()


def test_bodies_that_number_alike_are_told_apart(run: Run, write: Write) -> None:
    text = rows("- {id: task-1, title: 任务, due: 2020-06}\n")
    notice = "notice: {title: 通知, issuer: %s, issued: 2020-05-13}\n"
    texts = [
        text,
        text.replace("年台账", "年教育台账"),
        text.replace("parts:", f"{notice % '甲县'}parts:"),
        text.replace("parts:", f"{notice % '乙县'}parts:"),
    ]
    found = [{*read(run, "list", "--data", str(write("l.yaml", each)))} for each in texts]
    assert len(set.union(*found)) == len(texts)


# Reminders


def alarms(run: Run, *arguments: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the summary of each event and when it reminds."""
    for event in read(run, *arguments).values():
        yield event.text("SUMMARY"), [alarm.text("TRIGGER") for alarm in event.parts]


@pytest.mark.parametrize(("word", "trigger"), [("7d", "-P7D"), ("2w", "-P14D"), ("7天", "-P7D")])
def test_what_is_still_due_is_reminded_of(run: Run, write: Write, word: str, trigger: str) -> None:
    path = write("l.yaml", rows(MILESTONES))
    found = dict(alarms(run, "list", "--data", str(path), "--as-of", "2020-09-10", "--remind", word))
    # A telephone would ring at once for a day that is past.
    assert [summary for summary, when in found.items() if when == [trigger]] == ["薪酬套改: 4/4 评估", "薪酬套改"]
    assert sum(not when for when in found.values()) == 4


@pytest.mark.parametrize("ending", [[], ["-f", "csv"], ["-o", "x.csv"]])
def test_nothing_else_reminds_and_nothing_is_read_for_it(run: Run, ending: list[str]) -> None:
    for command in (["list"], ["star"], ["show", "task-1"], ["by-leader", "谢强"], ["due"], ["reports"]):
        done = run(*command, "--remind", "7d", *ending, "--data", "nowhere.yaml")
        assert (done.code, done.out) == (2, "")
        assert done.err == "Only a calendar can remind (--remind). Write one: -o FILE.ics.\n"
    assert "is no number of days" in run("list", "--remind", "soon", "-f", "ics", "--data", "nowhere.yaml").err


# Reports


REPORTED = """\
- {id: task-1, title: 一, lead_departments: [甲科], progress: [{date: 2020-06-10, text: 做了}]}
- {id: task-2, title: 二, lead_departments: [乙科]}
"""


def test_the_return_calendar_has_its_days(run: Run, write: Write) -> None:
    text = rows(REPORTED).replace("parts:", "reporting: 每季度最后一个月的30日前\nparts:")
    data = ("--data", str(write("l.yaml", text)), "--as-of", "2020-06-20")
    current = read(run, "reports", *data)
    assert told(current) == ["2020-06-30 Reports due: 2020年台账 (1 of 2 missing)"]
    assert [event.text("DESCRIPTION") for event in current.values()] == ["甲科: 0 of 1 missing\n乙科: 1 of 1 missing"]
    year = read(run, "reports", "--period", "2020", *data)
    assert [line.split(" ", 1) for line in told(year)] == [
        [day, "Reports due: 2020年台账"] for day in ("2020-03-30", "2020-06-30", "2020-09-30", "2020-12-30")
    ]
    assert current.keys() < year.keys()


# The file


@pytest.mark.skipif(sys.platform == "win32", reason="a process cannot change its time zone there")
def test_the_days_are_the_same_wherever_the_machine_is(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    found = set()
    for zone in ("UTC", "Asia/Shanghai", "America/New_York"):
        with monkeypatch.context() as environment:
            environment.setenv("TZ", zone)
            time.tzset()
            found.add(run("list", "--as-of", "2020-10-01", "--remind", "7d", "-f", "ics").out)
    time.tzset()
    assert len(found) == 1


def test_another_library_reads_the_same_days(run: Run) -> None:
    vobject = import_module("vobject")
    out = run("list", "--as-of", "2020-10-01", "--remind", "7d", "-f", "ics").out
    theirs = {event.uid.value: event for event in vobject.readOne(out).vevent_list}
    ours = {event.text("UID"): event for event in parsed(out.encode()).parts}
    assert len(theirs) == len(ours) > 25
    for uid, event in theirs.items():
        day = ours[uid].day("DTSTART")
        assert (event.dtstart.value, event.dtend.value) == (day, day + timedelta(1))
        assert event.summary.value == ours[uid].text("SUMMARY")
        assert event.valarm.trigger.value == timedelta(-7)


ICS = ANSWERS.by_name["ics"]
DAY = date(2020, 12, 31)


def written(*events: Event, about: About | None = None) -> bytes:
    given = about or About("条目", date(2020, 10, 1))
    answer = Answer(list, about=lambda: given, calendar=lambda: Calendar(events, (), timedelta(7)))
    return ICS.load().content(answer, reveal=False)


def test_every_text_is_read_back(run: Run) -> None:
    texts = [*TEXTS, *TOO_LONG]  # a calendar has no limit
    made = [Event(f"{n}@x", DAY, text, text, categories=[text]) for n, text in enumerate(texts)]
    calendar = parsed(written(*made, about=About("a;b,c:\\n《通知》", date(2020, 10, 1), "第一行\n=1")))
    assert calendar.text("X-WR-CALNAME") == "a;b,c:\\n《通知》"
    assert calendar.text("X-WR-CALDESC") == "第一行\n=1"
    assert [event.text("SUMMARY") for event in calendar.parts] == texts
    assert [event.text("DESCRIPTION") for event in calendar.parts] == texts
    assert [event.text("CATEGORIES") for event in calendar.parts] == texts
    assert [alarm.text("DESCRIPTION") for event in calendar.parts for alarm in event.parts] == texts


@pytest.mark.parametrize("text", REFUSED, ids=ascii)
def test_what_no_text_may_hold_is_refused_by_name(text: str) -> None:
    bad = re.search("[\x00-\x1f\ud800-\udfff\ufffe\uffff]", text)
    assert bad
    for event in (Event("1@x", DAY, text), Event("1@x", DAY, "好", text)):
        with pytest.raises(UsageError, match=f"U\\+{ord(bad[0]):04X}"):
            written(event)


def test_the_same_answer_is_the_same_file(run: Run, tmp_path: Path) -> None:
    files = [tmp_path / "a.ics", tmp_path / "b.ics"]
    for file in files:
        assert run("list", "--as-of", "2020-10-01", "--remind", "7d", "-o", str(file)).code == 0
    assert files[0].read_bytes() == files[1].read_bytes()
    events = parsed(files[0].read_bytes()).parts
    assert {event.text("DTSTAMP") for event in events} == {"20201001T000000Z"}


def test_what_has_no_days_is_refused(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.ics"
    for command in (["stats"], ["by-leader"], ["by-department"], ["reports"], ["reports", "--text"]):
        done = run(*command, "-o", str(file))
        assert done.code == 2
        assert "reformledger list -o list.ics" in done.err
    done = run("list", "--reveal-contacts", "-o", str(file))
    assert done.code == 2
    assert "never shown" in done.err
    assert not file.exists()


def test_next_year_is_not_written_for_an_answer_that_has_no_days(run: Run, write: Write) -> None:
    path = write("ledger_2020.yaml", rows("- {id: task-1, title: 任务, due: 2020-06}\n"))
    for words in (["-o", str(path.with_name("a.ics"))], ["-f", "ics"]):
        assert run("rollover", "2021", "--data", str(path.parent), *words).code == 2
    assert [each.name for each in path.parent.iterdir()] == ["ledger_2020.yaml"]


def test_an_empty_answer_says_so(run: Run) -> None:
    done = run("list", "--status", "closed", "--as-of", "2020-06-01", "-f", "ics")
    assert (done.code, "the calendar is empty" in done.err) == (0, True)
    assert "BEGIN:VEVENT" not in done.out
