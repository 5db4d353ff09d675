"""Every door reads alike: a value means the same in a file, an option, a batch, ``set``, ``add`` and a question.

Each spelling is put through each door; there it is read as the plain one is, or refused by a sentence that names it.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from conftest import Ran, Run
from reformledger import load_book
from reformledger.text.folding import name_key
from texts import LEDGER_HEAD

LEDGER = (
    LEDGER_HEAD
    + """\
          - id: task-1
            number: 1
            title: 培训
            lead_departments: [基教科]
            due: {due}
            assigned: {assigned}
            phases:
              - {{name: 甲, count: {count}, due: 2020-12}}
            targets:
              - {{name: 人数, value: {value}, unit: 人次}}
            progress:
              - date: {date}
                text: 开班
                percent: {percent}
                by: {by}
                targets: {{人数: {reached}}}
          - id: task-2
            number: 2
            title: 讲座
            lead_departments: [人事科]
            due: 2020-12
            targets:
              - {{name: 人数, value: 5000, unit: 人次}}
"""
)
PLAIN = {
    "due": "2020-12",
    "assigned": "2020-01-02",
    "count": "3",
    "value": "5000",
    "date": "2020-03-01",
    "percent": "10",
    "by": "基教科",
    "reached": "1",
}
DIRECTORY = "kind: directory\nnames: [{name: 基教科, kind: office, also: [基础教育科]}, {name: 人事科, kind: office}]\n"
TODAY = "2020-07-15"

Door = Callable[[Run, str], "Ran | object"]
"""Puts a value through: what was read, or the refusal."""


def write(**values: str) -> None:
    quoted = {key: json.dumps(value, ensure_ascii=False) for key, value in values.items()}
    Path("data/ledger_2020.yaml").write_text(LEDGER.format(**{**PLAIN, **quoted}), encoding="utf-8")


def entry(run: Run, id: str) -> Any:
    return json.loads(run("show", id, "-f", "json", "--as-of", TODAY).out)


def read(ran: Ran, value: Callable[[], object]) -> Ran | object:
    return ran if ran.code else value()


def of_file(key: str, value: Callable[[Any], object]) -> Door:
    def door(run: Run, typed: str) -> Ran | object:
        write(**{key: typed})
        ran = run("show", "task-1", "-f", "json", "--as-of", TODAY)
        return read(ran, lambda: value(json.loads(ran.out)))

    return door


def of_command(line: Callable[[str], list[str]], id: str, value: Callable[[Any], object]) -> Door:
    def door(run: Run, typed: str) -> Ran | object:
        write()
        return read(run(*line(typed)), lambda: value(entry(run, id)))

    return door


def of_batch(element: Callable[[str], dict[str, object]], id: str, value: Callable[[Any], object]) -> Door:
    def door(run: Run, typed: str) -> Ran | object:
        write()
        with pytest.MonkeyPatch.context() as patch:
            content = json.dumps([element(typed)]).encode()
            patch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content), encoding="utf-8"))
            ran = run("progress", "--stdin", "json")
        return read(ran, lambda: value(entry(run, id)))

    return door


def of_question(line: Callable[[str], list[str]]) -> Door:
    """What a question answers, which is what the plain spelling answers."""

    def door(run: Run, typed: str) -> Ran | object:
        write(due="2020-06-30")
        ran = run(*line(typed), "-f", "json")
        return read(ran, lambda: ran.out)

    return door


def report(key: str) -> Callable[[Any], object]:
    return lambda found: found["last_report"][key]


def assigned(found: Any) -> object:
    return str(load_book("data").find(found["id"]).data.assigned)


def reached(found: Any) -> object:
    return found["targets"][0]["reached"]


def _due(found: Any) -> object:
    return found["due"]["end"]


def _lead(found: Any) -> object:
    return list(map(name_key, found["lead_departments"]))


def _by(found: Any) -> object:
    return name_key(found["last_report"]["by"])


PROGRESS = ["progress", "task-2", "--text", "开讲"]
DOORS: dict[str, dict[str, Door]] = {
    "day": {
        "file": of_file("date", report("date")),
        "option": of_command(lambda typed: [*PROGRESS, "--date", typed], "task-2", report("date")),
        "batch": of_batch(lambda typed: {"id": "task-2", "text": "开讲", "date": typed}, "task-2", report("date")),
        "set": of_command(lambda typed: ["set", "task-2", f"assigned={typed}"], "task-2", assigned),
        "add": of_command(lambda typed: ["add", "新", "--to", "task", f"交办日期={typed}"], "task-3", assigned),
        "question": of_question(lambda typed: ["list", "--as-of", typed]),
    },
    "number": {
        "file": of_file("reached", reached),
        "declared": of_file("value", lambda found: found["targets"][0]["value"]),
        "option": of_command(lambda typed: [*PROGRESS, "--target", f"人数={typed}"], "task-2", reached),
        "batch": of_batch(
            lambda typed: {"id": "task-2", "text": "开讲", "targets": {"人数": typed}}, "task-2", reached
        ),
        "set": of_command(
            lambda typed: ["set", "task-1", f"phases.甲.子项数={typed}"],
            "task-1",
            lambda found: found["phases"][0]["count"],
        ),
        "question": of_question(lambda typed: ["list", "--limit", typed]),
    },
    "percentage": {
        "file": of_file("percent", report("percent")),
        "option": of_command(lambda typed: [*PROGRESS, "--percent", typed], "task-2", report("percent")),
        "batch": of_batch(
            lambda typed: {"id": "task-2", "text": "开讲", "percent": typed}, "task-2", report("percent")
        ),
        "set": of_command(lambda typed: ["set", "task-2", f"progress.percent={typed}"], "task-2", report("percent")),
    },
    "name": {
        "file": of_file("by", _by),
        "option": of_command(lambda typed: [*PROGRESS, "--by", typed], "task-2", _by),
        "batch": of_batch(lambda typed: {"id": "task-2", "text": "开讲", "by": typed}, "task-2", _by),
        "set": of_command(lambda typed: ["set", "task-2", f"牵头科室={typed}"], "task-2", _lead),
        "add": of_command(lambda typed: ["add", "新", "--to", "task", f"牵头科室={typed}"], "task-3", _lead),
        "question": of_question(lambda typed: ["list", "--department", typed]),
    },
    "deadline": {
        "file": of_file("due", _due),
        "option": of_command(
            lambda typed: ["extend", "task-2", "--to", typed, "--reason", "疫情", "--date", "2020-07-01"],
            "task-2",
            _due,
        ),
        "batch": of_batch(lambda typed: {"op": "set", "id": "task-2", "fields": {"完成时限": typed}}, "task-2", _due),
        "set": of_command(lambda typed: ["set", "task-2", f"due={typed}"], "task-2", _due),
        "add": of_command(lambda typed: ["add", "新", "--to", "task", f"进度安排={typed}"], "task-3", _due),
        "question": of_question(lambda typed: ["list", "--due", typed]),
    },
}
ALIKE = {
    "day": [
        "2020-06-30", "2020-6-30", "2020/06/30", "2020/6/30", "2020.6.30", "20200630", "2020年6月30日",
        "2020年06月30号",
        "２０２０年６月３０日", "２０２０－０６－３０", " 2020-06-30 ", "2020 年 6 月 30 日", "二〇二〇年六月三十日",
    ],
    "number": [
        "1500", "1,500", "1，500", "１５００", "１，５００", "01500", " 1500 ", "1500.0", "1500人次",
        "1,500 人次", "１５００人次",
    ],
    "percentage": ["85", "85%", "８５", "８５％", "085", " 85 ", "85.0", "85 %", "85.00％"],
    "name": [
        "基教科", " 基教科", "基教科 ", "基 教 科", "\u3000基教科", "基教科\u200b", "\u200b基教科",
        "基\u200b教科", "基教科\u2060",
    ],
    "deadline": [
        "2021-06-30", "2021-6-30", "2021/6/30", "2021/06/30", "2021.6.30", "20210630", "2021年6月30日",
        "２０２１年６月３０日",
        "2021年6月30日前", " 2021-06-30 ", "2021 年 6 月 30 日", "二〇二一年六月三十日",
    ],
}  # fmt: skip
"""Spellings of one value; the first is the plain one."""
WRONG = {
    "day": ["2020-02-30", "2020-13-01", "6月", "20201331", "x", "2020-6/30"],
    "number": ["1500人", "1500%", "1,50", "-1500", "1.5.0", "多"],
    "percentage": ["850", "85‰", "85.5", "-85", "一半"],
    "name": ["基教科和人事科", "基教科/人事科", "基教科 人事科"],
    "deadline": ["2021-02-30", "20211331", "抽空"],
}
# A day of a file must name its year; what is spoken means a day only where there is today.
NEAR = ["6月30日", "６月３０日", "六月三十日", "06月30日", "6月30号", "今年6月30日"]


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> Run:
    from datetime import date

    from reformledger.cli import carry_out, edit, session, words

    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "directory.yaml").write_text(DIRECTORY, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for module in (carry_out, edit, session, words):
        monkeypatch.setattr(module, "today", lambda: date.fromisoformat(TODAY))
    return run


def _cells(spellings: dict[str, list[str]]) -> Iterator[tuple[str, str, str]]:
    for kind, doors in DOORS.items():
        for name in doors:
            yield from ((kind, name, spelling) for spelling in spellings.get(kind, ()))


def assert_refused(ran: Ran, spelling: str) -> None:
    """Hold that a refusal names the value, the field that cannot be set, or the place in the file."""
    named = (spelling.strip(), "“progress.percent”")
    in_file = re.match(r"data/ledger_2020.yaml:[0-9]+:[0-9]+: Expected ", ran.err)
    assert ran.code in {1, 2}
    assert in_file or any(word in ran.err for word in named), ran.err


@pytest.mark.parametrize(("kind", "name", "spelling"), [*_cells(ALIKE)])
def test_a_value_is_read_alike_or_refused_by_name(ledger: Run, kind: str, name: str, spelling: str) -> None:
    door = DOORS[kind][name]
    plain = door(ledger, ALIKE[kind][0])
    found = door(ledger, spelling)
    if isinstance(found, Ran):
        # A count or limit has no unit; a percentage is no field that can be set; eight digits are no wording.
        may_be = spelling == "20210630" or "人次" in spelling or (kind, name) == ("percentage", "set")
        assert may_be, found.err
        assert_refused(found, spelling)
    else:
        assert found == plain


@pytest.mark.parametrize(("kind", "name", "spelling"), [*_cells(WRONG)])
def test_what_is_no_value_is_refused_by_name(ledger: Run, kind: str, name: str, spelling: str) -> None:
    if kind == "name" and name == "file":
        pytest.skip("a file that holds it is read, and check finds it (RL206)")
    found = DOORS[kind][name](ledger, spelling)
    assert isinstance(found, Ran)
    assert_refused(found, spelling)


@pytest.mark.parametrize("spelling", NEAR)
def test_a_day_without_a_year_is_the_latest_in_a_record_and_the_ledgers_in_a_question(
    ledger: Run, spelling: str
) -> None:
    for name in ("option", "batch", "set", "add"):
        assert DOORS["day"][name](ledger, spelling) == "2020-06-30"
    question = DOORS["day"]["question"]
    assert question(ledger, spelling) == question(ledger, "2020-06-30")
    refused = DOORS["day"]["file"](ledger, spelling)
    assert isinstance(refused, Ran)
    assert refused.code == 1
    assert "a date such as" in refused.err


@pytest.mark.parametrize(("spelling", "day"), [("8月1日", "2019-08-01"), ("今天", TODAY), ("昨天", "2020-07-14")])
def test_a_record_is_never_ahead(ledger: Run, spelling: str, day: str) -> None:
    for name in ("option", "batch", "set", "add"):
        assert DOORS["day"][name](ledger, spelling) == day


@pytest.mark.parametrize(
    ("near", "plain"),
    [
        ("本月", "2020-07"),
        ("上月", "2020-06"),
        ("下个月", "2020-08"),
        ("本季度", "三季度"),
        ("上季度", "二季度"),
        ("今天", TODAY),
    ],
)
def test_a_question_names_a_period_by_its_distance(ledger: Run, near: str, plain: str) -> None:
    write(due="2020-06-30")
    asked = ledger("list", "--due", near, "--as-of", TODAY, "-f", "json")
    assert asked.code == 0
    assert asked.out == ledger("list", "--due", plain, "--as-of", TODAY, "-f", "json").out


@pytest.mark.parametrize(
    ("typed", "days"),
    [("1个月", "31"), ("两周", "14"), ("2w", "14"), ("30天", "30"), ("半个月", "15"), ("半年", "184"), ("1年", "365")],
)
def test_a_length_of_time_is_in_days(ledger: Run, typed: str, days: str) -> None:
    write()
    asked = ledger("due", "--within", typed, "--as-of", TODAY, "-f", "json")
    assert asked.code == 0
    assert asked.out == ledger("due", "--within", days, "--as-of", TODAY, "-f", "json").out


@pytest.mark.parametrize(("sibling", "written"), [("number: 2", "number: 3"), ('number: "2"', 'number: "3"')])
def test_a_number_is_written_as_its_neighbours_are(ledger: Run, sibling: str, written: str) -> None:
    write()
    path = Path("data/ledger_2020.yaml")
    path.write_text(path.read_text(encoding="utf-8").replace("number: 2", sibling), encoding="utf-8")
    assert ledger("add", "新", "--to", "task").code == 0
    assert f"            {written}\n" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("pasted", "text", "said"),
    [
        ("第一行\r\n第二行", "第一行\n第二行", ""),
        ("开讲\u200b", "开讲", "Characters that nobody sees were taken out of “text”."),
        ("开\u200b讲", "开讲", "Characters that nobody sees were taken out of “text”."),
        ("  开讲 ", "开讲", "Blanks at the ends of “text” were taken off."),
        ("\ufeff开讲\r\n", "开讲", "Characters that nobody sees were taken out of “text”."),
        ("开  讲", "开  讲", ""),
    ],
)
def test_a_text_is_written_as_it_is_seen(ledger: Run, pasted: str, text: str, said: str) -> None:
    write()
    done = ledger("progress", "task-2", "--text", pasted)
    assert done.code == 0
    assert entry(ledger, "task-2")["last_report"]["text"] == text
    assert said in done.err
    assert bool(said) == ("taken" in done.err)
