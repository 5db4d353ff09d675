"""What must hold of lights and statuses whatever an entry's records are, and on any day."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from reformledger import load_book
from reformledger.book import Book
from reformledger.counting import breakdown, tally
from reformledger.model.as_of import record_days
from reformledger.model.life import Light, Reason, Status
from reformledger.standing import Standing, standings

ROW = dict[str, Any]
DUE = [None, "2020-06", "年内完成", "9—12月", "2021年底前", "长期坚持", "每季度末", "每月28日前", "每年12月", "每半年"]
NAMES = [None, "一季度", "二季度", "2020-02-10", "12月"]
WORSE = {Light.RED: 2, Light.YELLOW: 1, Light.BLUE: 0, Light.GREEN: 0, None: 0}

days = st.dates(date(2020, 1, 1), date(2021, 3, 1))


def reports(*, plain: bool = False) -> st.SearchStrategy[ROW]:
    """Return reports; ``plain``: neither weak nor with a percentage."""
    optional: dict[str, st.SearchStrategy[Any]] = {
        "by": st.sampled_from(["甲科", "乙科"]),
        "for": st.sampled_from(NAMES).filter(bool),
    }
    if not plain:
        optional |= {"percent": st.integers(0, 100), "weak": st.just("true")}
    return st.fixed_dictionaries({"date": days.map(str), "text": st.just("进展")}, optional=optional)


def closed(day: date) -> ROW:
    return {"date": str(day), "evidence": ["验收"]}


@st.composite
def entries(draw: st.DrawFn, number: int = 1) -> ROW:
    """Return a row of the ledger, led by 甲科 and supported by 乙科."""
    row: ROW = {"id": f"task-{number}", "title": "任务", "lead_departments": ["甲科"]}
    row["supporting_departments"] = ["乙科"]
    if due := draw(st.sampled_from(DUE)):
        row["due"] = due
    elif draw(st.booleans()):
        first: ROW = {"name": "第一批", "due": "2020-06"}
        row["phases"] = [first, {"name": "第二批", "due": "2020-12"}]
        if draw(st.booleans()):
            first["closed"] = closed(draw(days))
    if draw(st.booleans()):
        row["star"] = "☆"
    row["progress"] = sorted(draw(st.lists(reports(), max_size=5)), key=lambda report: str(report["date"]))
    if draw(st.integers(0, 3)) == 0:
        row["closed"] = closed(draw(days))
    return row


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("lights")


def ledger(folder: Path, rows: list[ROW], year: int = 2020, *, calendar: bool = False) -> Path:
    head = {"kind": "ledger", "year": str(year), "title": "台账"}
    if calendar:
        head["reporting"] = "每季度最后一个月的30日前"
    part = {"title": "表", "tables": [{"id_prefix": "task", "rows": rows}]}
    path = folder / f"ledger_{year}.yaml"
    path.write_text(yaml.safe_dump({**head, "parts": [part]}, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path


def standing(book: Book, day: date) -> Standing:
    return standings(book, day).of(book.find("task-1"))


@given(row=entries(), calendar=st.booleans(), first=days, later=days)
def test_time_alone_turns_nothing_green(row: ROW, calendar: bool, first: date, later: date, folder: Path) -> None:
    first, later = sorted((first, later))
    book = load_book(ledger(folder, [row], calendar=calendar))
    recorded = record_days(book.find("task-1").data)
    # Time passes until the day before the next record.
    later = min([later, *(day - timedelta(days=1) for day in recorded if day > first)])
    before = standing(book, first)
    if before.light is Light.RED or before.reason is Reason.GAP:
        assert standing(book, later).light is not Light.GREEN


@given(row=entries(), calendar=st.booleans(), more=reports(plain=True), day=days)
def test_a_plain_report_makes_no_light_worse(row: ROW, calendar: bool, more: ROW, day: date, folder: Path) -> None:
    before = standing(load_book(ledger(folder, [row], calendar=calendar)), day)
    row = {**row, "progress": sorted([*row["progress"], more], key=lambda report: str(report["date"]))}
    after = standing(load_book(ledger(folder, [row], calendar=calendar)), day)
    assert WORSE[after.light] <= WORSE[before.light]


@given(row=entries(), calendar=st.booleans(), day=days)
def test_light_reason_and_status_agree(row: ROW, calendar: bool, day: date, folder: Path) -> None:
    book = load_book(ledger(folder, [row], calendar=calendar))
    found = standing(book, day)
    assert (found.light is None) is (found.reason is None)
    assert (found.status is Status.OVERDUE) is (found.light is Light.RED)
    if found.status in {Status.CLOSED, Status.CARRIED_OVER}:
        assert found.light is None
    if "closed" in row and str(day) >= row["closed"]["date"]:
        assert found.status is Status.CLOSED


@given(data=st.data(), day=days)
def test_totals_add_up(data: st.DataObject, day: date, folder: Path) -> None:
    book = load_book(ledger(folder, [data.draw(entries(number)) for number in range(1, 5)]))
    listed = standings(book, day).counted()
    total = tally(book, "", listed, day)
    without = sum(standings(book, day).of(entry).light is None for entry in listed)
    assert total.red + total.yellow + total.blue + total.green + without == total.all == 4
    assert total.unreported <= total.yellow
    assert total.overdue == total.red
    assert total.closed_late <= total.closed
    groups = breakdown(book, listed, day)
    for by in ("status", "kind"):
        for count in ("all", "red", "yellow", "blue", "green", "unreported", "closed", "closed_late", "star_met"):
            assert sum(getattr(row, count) for row in groups[by]) == getattr(total, count)


@given(
    last_years=st.lists(st.sampled_from([2020, 2021, 2022]), min_size=1, max_size=4),
    day=st.dates(date(2019, 12, 1), date(2022, 12, 31)),
)
def test_every_matter_counts_once_on_any_day(last_years: list[int], day: date, folder: Path) -> None:
    paths: list[Path] = []
    for year in (2020, 2021, 2022):
        rows: list[ROW] = []
        for number, last in enumerate(last_years, 1):
            if year <= last:
                came = {"carried_over_from": f"{year - 1}/task-{number}"} if year > 2020 else {}
                rows.append({"id": f"task-{number}", "title": "任务", "due": str(year), **came})
        if rows:
            paths.append(ledger(folder, rows, year))
    book = load_book(*paths)
    counted = standings(book, day).counted()
    assert sorted(entry.id for entry in counted) == [f"task-{number}" for number in range(1, len(last_years) + 1)]
    for entry in counted:
        # The old entry until 31 December, the new one from 1 January.
        last = last_years[int(entry.id.removeprefix("task-")) - 1]
        assert entry.year == min(max(day.year, 2020), last)
