"""Days: a deadline ends with its last day, today is the day in Beijing, a clock behind the records is doubted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timezone
from pathlib import Path

import pytest

from conftest import Run
from reformledger import load_book
from reformledger.cli import words
from reformledger.model.life import Status
from reformledger.standing import standings
from texts import LEDGER_HEAD

Write = Callable[[str, str], Path]


@pytest.mark.parametrize(
    ("wording", "last"),
    [
        ("2020年12月底前", "2020-12-31"),
        ("2月底前", "2020-02-29"),
        ("一季度", "2020-03-31"),
        ("2020-06-30", "2020-06-30"),
    ],
)
def test_the_last_day_is_not_overdue_and_the_next_is(wording: str, last: str, write: Write) -> None:
    book = load_book(write("x.yaml", LEDGER_HEAD + f"          - {{id: task-1, title: 任务, due: {wording}}}\n"))
    last_day = date.fromisoformat(last)
    next_day = date.fromordinal(last_day.toordinal() + 1)
    statuses = [standings(book, day).of(book.find("task-1")).status for day in (last_day, next_day)]
    assert statuses == [Status.DUE_SOON, Status.OVERDUE]


@pytest.mark.parametrize(
    ("utc", "day"), [((2020, 12, 31, 15, 59), date(2020, 12, 31)), ((2020, 12, 31, 16, 0), date(2021, 1, 1))]
)
def test_today_is_the_day_in_beijing(utc: tuple[int, ...], day: date, monkeypatch: pytest.MonkeyPatch) -> None:
    class Clock(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            assert isinstance(tz, timezone)
            return datetime(*utc, tzinfo=UTC).astimezone(tz)  # type: ignore[misc,arg-type]

    monkeypatch.setattr(words, "datetime", Clock)
    assert words.today() == day


LEDGER = (
    LEDGER_HEAD
    + """\
          - id: task-1
            title: 任务
            due: 2020
"""
)
RECORDS = [
    "            progress: [{{date: {day}, text: 进展}}]\n",
    "            extensions: [{{date: {day}, to: 2021, reason: 疫情}}]\n",
    "            closed: {{date: {day}}}\n",
    "            phases: [{{name: 甲, closed: {{date: {day}}}}}]\n",
    "            history: [{{date: {day}, reason: 材料不全, closed: {{date: 2020-01-01}}}}]\n",
]


@pytest.mark.parametrize("record", RECORDS)
def test_a_clock_behind_the_newest_record_is_doubted(run: Run, write: Write, record: str) -> None:
    path = write("x.yaml", LEDGER + record.format(day="2199-12-31"))
    ran = run("list", "--data", str(path))
    assert ran.code == 0
    assert "but there is a record of 2199-12-31." in ran.err


@pytest.mark.parametrize("record", RECORDS)
def test_a_clock_is_not_doubted_otherwise(run: Run, write: Write, record: str) -> None:
    path = write("x.yaml", LEDGER + record.format(day="2020-06-30"))
    assert run("list", "--data", str(path)).err == ""
    path = write("x.yaml", LEDGER + record.format(day="2199-12-31"))
    assert run("list", "--data", str(path), "--as-of", "2020-07-01").err == ""
