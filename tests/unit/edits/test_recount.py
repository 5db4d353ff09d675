"""Printed counts that an edit makes untrue: named with their place, or written anew in their own words."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from conftest import Run
from reformledger import load_book
from reformledger.audit.run import audit
from reformledger.edits.batch import read_batch
from reformledger.edits.intents import Add, Intent, Remove, Set
from reformledger.edits.transaction import Outcome, carry_out, undo
from reformledger.sources import Sources
from reformledger.text.counts import declared, with_numbers

TODAY = date(2020, 6, 30)
LEDGER = """\
kind: ledger
year: 2020
title: 台账
parts:
  - title: 方案
    count: {part}
    tables:
      - id_prefix: key
        title: {title}
        rows:
          - {{id: key-1, title: 一, star: ☆, due: 年内}}
      - id_prefix: scheme
        count: {table}
        rows:
          - {{id: scheme-1, title: 甲, star: ☆, due: 年内}}
          - {{id: scheme-2, title: 乙, star: ☆, due: 年内}}
          - {{id: scheme-3, title: 丙, due: 2022}}
          - {{id: scheme-4, title: 丁, due: 2022}}
  - title: 试点
    count: 1个
    tables:
      - id_prefix: pilot
        rows:
          - {{id: pilot-1, title: 戊}}
"""


def ledger_of(folder: Path, part: str = "5个", title: str = "重点", table: str = "4项") -> Path:
    path = folder / "ledger_2020.yaml"
    path.write_text(LEDGER.format(part=part, title=title, table=table), encoding="utf-8")
    return path


def do(ledger: Path, *intents: Intent) -> Outcome:
    return carry_out(Sources((ledger,), "named"), intents, TODAY)


def line_of(text: str, words: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if words in line)


def counts_in(ledger: Path) -> list[str]:
    return re.findall("count: (.*)", ledger.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("count", "added", "removed"),
    [
        ("4个", "5个", "3个"),
        ("共4项", "共5项", "共3项"),
        ("共 4 项", "共 5 项", "共 3 项"),
        ("四项", "五项", "三项"),
        ("共四个", "共五个", "共三个"),
        ("（4项）", "（5项）", "（3项）"),
        ("4", "5", "3"),
        ("2大类4项", "2大类5项", "2大类3项"),
        ("共4个，其中2个需年内完成销账", "共5个，其中2个需年内完成销账", "共3个，其中2个需年内完成销账"),
        ("共4个（其中2个标☆）", "共5个（其中2个标☆）", "共3个（其中2个标☆）"),
        ("总计4项；其中2项需2022年完成", "总计5项；其中2项需2022年完成", "总计3项；其中1项需2022年完成"),
    ],
)
def test_a_count_is_written_anew_in_its_own_words(tmp_path: Path, count: str, added: str, removed: str) -> None:
    ledger = ledger_of(tmp_path, table=count)
    before = ledger.read_text(encoding="utf-8")
    outcome = do(ledger, Add("scheme", "己", recount=True))
    assert f"        count: {added}\n" in ledger.read_text(encoding="utf-8")
    assert "    count: 6个\n" in ledger.read_text(encoding="utf-8")
    assert not [note for note in outcome.notes if "still says" in note]
    undo(Sources((ledger,), "named"))
    assert ledger.read_text(encoding="utf-8") == before
    do(ledger, Remove("scheme-4", "重复", recount=True))
    assert f"        count: {removed}\n" in ledger.read_text(encoding="utf-8")
    assert "    count: 4个\n" in ledger.read_text(encoding="utf-8")


def test_what_the_numbers_among_them_count_is_counted_as_before(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path, table="共4个，其中2个需年内完成销账")
    # Two bear a ☆ and are due within the year; one more that is due without ☆ makes the two readings differ.
    do(ledger, Add("scheme", "己", {"due": "年内"}, recount=True), Add("scheme", "庚", {"star": "☆"}, recount=True))
    assert "共6个，其中3个需年内完成销账" in ledger.read_text(encoding="utf-8")
    do(ledger, Remove("scheme-1", "重复", recount=True))
    assert "共5个，其中2个需年内完成销账" in ledger.read_text(encoding="utf-8")


def test_a_title_that_holds_its_count_is_written_anew_wherever_it_is_named(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path, title="重点方案（1个）")
    (tmp_path / "workpoints_2020.yaml").write_text(
        "kind: workpoints\nyear: 2020\ntitle: 要点\nsections:\n  - title: 指标（1项）\n    points:\n"
        "      - id: point-1\n        title: 指标（1项）\n        title_from: section\n"
        "        targets: [{name: 方案, value: 1, unit: 个, counts: {part: 重点方案（1个）}}]\n",
        encoding="utf-8",
    )
    sources = Sources((ledger, tmp_path / "workpoints_2020.yaml"), "named")
    carry_out(sources, [Add("key", "二", recount=True)], TODAY)
    assert "title: 重点方案（2个）" in ledger.read_text(encoding="utf-8")
    carry_out(sources, [Add("指标（1项）", "新要点", recount=True)], TODAY)
    points = (tmp_path / "workpoints_2020.yaml").read_text(encoding="utf-8")
    assert points.count("title: 指标（2项）") == 2
    assert "part: 重点方案（2个）" in points
    assert not [found for found in audit(load_book(tmp_path), TODAY).open if found.code in {"RL101", "RL102"}]


def test_each_count_that_is_untrue_now_is_noted_with_its_place(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path, part="共5个，其中3个标☆", title="重点（1个）")
    text = ledger.read_text(encoding="utf-8")
    outcome = do(ledger, Add("key", "二", {"star": "☆"}))
    said = [re.fullmatch(r".*:([0-9]+) still says “(.*)”; there are ([0-9]+) now\. .*", note) for note in outcome.notes]
    assert [match.groups() for match in said if match] == [
        (str(line_of(text, "count: 共5个")), "共5个，其中3个标☆", "6"),
        (str(line_of(text, "count: 共5个")), "其中3个标☆", "4"),
        (str(line_of(text, "title: 重点")), "1个", "2"),
    ]
    assert "count: 共5个，其中3个标☆" in ledger.read_text(encoding="utf-8")


def test_a_batch_says_once_what_it_leads_to(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path)
    outcome = do(ledger, *(Add("pilot", title) for title in "己庚辛"))
    assert [note.partition(" still ")[2] for note in outcome.notes] == [
        "says “1个”; there are 4 now. With --recount it is written anew."
    ]
    assert do(ledger, Add("pilot", "壬"), Remove("pilot-2", "重复")).notes == ()


@pytest.mark.parametrize("where", ["on the command line", "in each element"])
def test_a_batch_recounts(tmp_path: Path, where: str) -> None:
    ledger = ledger_of(tmp_path)
    recount = {} if where == "on the command line" else {"recount": True}
    batch = json.dumps(
        [
            {"to": "pilot", "title": "己", **recount},
            {"op": "remove", "id": "scheme-1", "reason": "重复", **recount},
            {"op": "set", "id": "key-1", "fields": {"remark": "x"}},
        ]
    )
    do(ledger, *read_batch(batch.encode(), "add", date(2020, 7, 15), recount=not recount))
    text = ledger.read_text(encoding="utf-8")
    assert [line.strip() for line in text.splitlines() if "count:" in line] == [
        "count: 4个",
        "count: 3项",
        "count: 2个",
    ]


def test_only_what_is_above_the_entry_is_written_anew(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path)
    outcome = do(ledger, Add("pilot", "己", recount=True), Add("scheme", "庚"))
    text = ledger.read_text(encoding="utf-8")
    assert [line.strip() for line in text.splitlines() if "count:" in line] == [
        "count: 5个",
        "count: 4项",
        "count: 2个",
    ]
    assert len(outcome.notes) == 2


def test_a_count_that_was_wrong_is_put_right_where_the_entries_change(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path, part="9个", table="4项")
    do(ledger, Add("scheme", "己", recount=True))
    assert "count: 6个" in ledger.read_text(encoding="utf-8")
    assert do(ledger, Set("scheme-1", {"remark": "x"})).notes == ()


def test_where_two_numbers_may_be_meant_none_is_written(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path, table="8项9条")
    outcome = do(ledger, Add("scheme", "己", recount=True))
    assert "count: 8项9条" in ledger.read_text(encoding="utf-8")
    assert any("“8项9条”; there are 5 now. Which of its numbers" in note for note in outcome.notes)


def test_set_that_makes_a_number_untrue_is_noted(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path, table="共4个，其中2个标☆")
    outcome = do(ledger, Set("scheme-3", {"star": "☆"}))
    assert [note.partition(" still ")[2] for note in outcome.notes] == ["says “其中2个标☆”; there are 3 now."]


def test_a_target_that_counts_rows_is_noted_and_left(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path)
    text = (
        ledger.read_text(encoding="utf-8")
        .replace("    count: 1个\n", "")
        .replace(
            "title: 戊}",
            "title: 戊, level: 省级, targets: [{name: 试点, value: 1, counts: {part: 试点, level: 省级}}]}",
        )
    )
    ledger.write_text(text, encoding="utf-8")
    assert do(ledger, Add("pilot", "己", recount=True)).notes == ()
    outcome = do(ledger, Set("pilot-2", {"level": "省级"}))
    line = line_of(text, "pilot-1")
    assert outcome.notes == (f"{ledger}:{line}: The target “试点” is 1, but what it counts adds up to 2.",)
    assert do(ledger, Set("pilot-2", {"remark": "x"})).notes == ()


def test_recount_on_the_command_line(tmp_path: Path, run: Run) -> None:
    ledger = ledger_of(tmp_path)
    before = ledger.read_bytes()
    ran = run("add", "己", "--to", "pilot", "--recount", "--data", str(ledger))
    assert ran.code == 0
    assert "count: 2个" in ran.out
    assert run("remove", "pilot-1", "--reason", "重复", "--recount", "--data", str(ledger)).code == 0
    assert "    count: 1个\n" in ledger.read_text(encoding="utf-8")
    for _edit in range(2):
        assert run("undo", "--data", str(ledger)).code == 0
    assert ledger.read_bytes() == before


@pytest.mark.parametrize(
    ("text", "number", "expected"),
    [
        ("共三个", 2, "共两个"),
        ("两项", 3, "三项"),
        ("十二条", 20, "二十条"),
        ("九十九项", 100, "100项"),
        ("共　７　项", 8, "共　8　项"),
        ("（共 7项）", 12, "（共 12项）"),
    ],
)
def test_a_number_is_written_in_the_script_of_the_old_one(text: str, number: int, expected: str) -> None:
    assert with_numbers(text, {declared(text).totals[0].span: number}) == expected
