"""The return round where things look alike: same names, same words, copied rows, groups, and who is first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reformledger import load_book
from reformledger.edits.intents import Close, Intent, Progress, Set
from reformledger.edits.transaction import carry_out
from reformledger.exchange.form import Form
from reformledger.exchange.outcome import Fate
from reformledger.exchange.tables import ReadWorkbook
from reformledger.exchange.taking import Taken, forms_handed_in, returns_in, take
from reformledger.rollover.plan import roll_over
from reformledger.sources import find_sources
from returned_forms import form_of, rows_of, workbook_of
from texts import LEDGER_HEAD

ISSUED, TODAY, NEXT_YEAR = date(2020, 6, 28), date(2020, 8, 20), date(2021, 1, 20)
LEDGER = (
    LEDGER_HEAD.replace("title: 台账", "title: 2020年台账\nindependent: true")
    + """\
          - id: task-1
            title: 三次会议
            lead_departments: [甲科]
            phases:
              - {name: 开会, due: 2020年7月}
              - {name: 总结, due: 2020年9月}
              - {name: 开会, due: 2020年12月}
          - id: task-2
            title: 每季度的
            lead_departments: [甲科, 乙科]
            due: 每季度末
          - id: task-3
            title: 各科室的
            lead_departments: [各科室]
            due: 2020年12月
"""
)
DIRECTORY = """\
kind: directory
names:
  - {name: 甲科, kind: office}
  - {name: 乙科, kind: office}
  - {name: 各科室, kind: group, members: [乙科, 甲科]}
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a folder with the ledger and the directory."""
    (tmp_path / "directory.yaml").write_text(DIRECTORY, encoding="utf-8")
    (tmp_path / "ledger_2020.yaml").write_text(LEDGER, encoding="utf-8")
    return tmp_path


def edit(data: Path, *intents: Intent) -> None:
    carry_out(find_sources([data]), intents, TODAY)


def filled(form: Form, **written: str | Mapping[str, str]) -> ReadWorkbook:
    """Return a form with texts, or other cells, in the rows with these ids."""
    cells = {row: {"text": cell} if isinstance(cell, str) else cell for row, cell in written.items()}
    return workbook_of(form, rows_of(form, cells), f"{form.department}.xlsx")


def taken(data: Path, *workbooks: ReadWorkbook, today: date = TODAY) -> Taken:
    return take(
        find_sources([data]),
        lambda book: forms_handed_in(returns_in(workbooks, today), book),
        today,
        skip_conflicts=True,
    )


def fates(found: Taken) -> dict[str, Fate]:
    """Return what became of the rows that were filled in."""
    rows = [item for item in found.items if item.fate not in {Fate.NOTE, Fate.UNFILLED}]
    assert len({item.id for item in rows}) == len(rows)
    return {item.id: item.fate for item in rows}


def reports(data: Path, id: str) -> list[tuple[str, str | None]]:
    """Return the reports on an entry: the text, and the phase or period that each names."""
    return [(each.text, each.phase or each.for_) for each in load_book(data).find(id).data.progress]


def test_a_report_never_goes_to_another_phase_that_had_the_same_name(data: Path) -> None:
    form = form_of(data, "甲科", ISSUED)
    edit(data, Set("task-1", {"phases.#1.name": "第一次开会"}))
    found = taken(data, filled(form, **{"task-1#1": "签到表", "task-1#2": "报告"}))
    assert fates(found) == {"task-1#1": Fate.CONFLICT, "task-1#2": Fate.TAKEN}
    assert reports(data, "task-1") == [("报告", "总结")]


def test_what_was_recorded_before_a_rollover_is_recorded_after_it_under_whatever_name(data: Path) -> None:
    form = form_of(data, "甲科", ISSUED)
    edit(data, Close("task-1", ["纪要"], phase="#1", date=date(2020, 7, 1)))
    workbook = filled(form, **{"task-1": "整体", "task-1#1": "甲", "task-1#2": "乙", "task-1#3": "丙"})
    rows = fates(taken(data, workbook))
    assert set(rows.values()) == {Fate.TAKEN}
    roll_over(find_sources([data]), 2021, NEXT_YEAR, dry_run=False)
    before = (data / "ledger_2021.yaml").read_bytes()
    assert fates(taken(data, workbook, today=NEXT_YEAR)) == dict.fromkeys(rows, Fate.RECORDED)
    assert (data / "ledger_2021.yaml").read_bytes() == before


def test_it_makes_no_difference_which_member_of_a_group_is_first(data: Path) -> None:
    first, second = (filled(form_of(data, name, ISSUED), **{"task-3": name}) for name in ("甲科", "乙科"))
    for order in ([[first], [second]], [[second], [first]], [[first, second]], [[second, first]]):
        (data / "ledger_2020.yaml").write_text(LEDGER, encoding="utf-8")
        for workbooks in order:
            taken(data, *workbooks)
        assert reports(data, "task-3") == [("乙科", None), ("甲科", None)]


QUARTER = "task-2@二季度"


def test_what_counts_for_an_occurrence_is_known_whatever_others_reported(data: Path) -> None:
    forms = {name: form_of(data, name, ISSUED) for name in ("甲科", "乙科")}
    first = filled(forms["甲科"], **{QUARTER: {"text": "通报", "date": "2020-07-05"}})
    second = filled(forms["乙科"], **{QUARTER: "乙科的"})
    edit(data, Progress("task-2", "通报", by="甲科", date=date(2020, 7, 5)))
    before = (data / "ledger_2020.yaml").read_bytes()
    for order in ([[first], [second]], [[second], [first]], [[first, second]], [[second, first]]):
        (data / "ledger_2020.yaml").write_bytes(before)
        found = [taken(data, *workbooks) for workbooks in order]
        of_rows = {(item.department, item.fate) for each in found for item in each.of(Fate.TAKEN, Fate.RECORDED)}
        assert of_rows == {("甲科", Fate.RECORDED), ("乙科", Fate.TAKEN)}
        assert reports(data, "task-2") == [("乙科的", "2020年二季度"), ("通报", None)]


@pytest.mark.parametrize(("text", "fate"), [("通报", Fate.RECORDED), ("别的", Fate.CONFLICT)])
def test_what_was_reported_by_telephone_without_naming_the_occurrence(data: Path, text: str, fate: Fate) -> None:
    workbook = filled(form_of(data, "甲科", ISSUED), **{QUARTER: text, "task-2@一季度": text})
    edit(data, Progress("task-2", "通报", by="甲科", date=ISSUED))
    assert fates(taken(data, workbook)) == {QUARTER: fate, "task-2@一季度": Fate.TAKEN}


@pytest.mark.parametrize("text", ["通报", "别的"])
def test_an_entry_and_its_occurrence_are_two_rows_whatever_is_written_into_them(data: Path, text: str) -> None:
    workbook = filled(form_of(data, "甲科", ISSUED), **{"task-2": "通报", QUARTER: text})
    assert fates(taken(data, workbook)) == {"task-2": Fate.TAKEN, QUARTER: Fate.TAKEN}
    assert reports(data, "task-2") == [("通报", None), (text, "2020年二季度")]
    assert fates(taken(data, workbook)) == {"task-2": Fate.RECORDED, QUARTER: Fate.RECORDED}


@pytest.mark.parametrize(("id", "fate"), [("task-11", Fate.QUESTION), ("", Fate.PROPOSAL)])
def test_what_is_written_into_a_row_that_was_never_sent_is_shown(data: Path, id: str, fate: Fate) -> None:
    form = form_of(data, "甲科", ISSUED)
    row = {"id": id, "title": "新事", "text": "签到表", "problems": "经费"}
    (item,) = taken(data, workbook_of(form, [*rows_of(form), row])).of(fate)
    assert item.returned == "Progress：签到表；Problems：经费"


# --- whatever is done to the rows ----------------------------------------------------------------------------------

ROWS = {
    "as it was": Fate.TAKEN,
    "blank": Fate.UNFILLED,
    "deleted": Fate.NOTE,
    "copied": Fate.TAKEN,
    "copied in another spelling": Fate.TAKEN,
    "copied without what was written": Fate.TAKEN,
    "copied with other words": Fate.CONFLICT,
    "id in another spelling": Fate.TAKEN,
    "id cleared": Fate.PROPOSAL,
    "id never sent": Fate.QUESTION,
}
"""What may be done to a row of a form, and what is to become of it."""


def done_to(row: Mapping[str, str], what: str) -> list[Mapping[str, str]]:
    """Return the rows that come back for one that was filled in."""
    word, text = row["id"], row["text"]
    made: dict[str, list[Mapping[str, str]]] = {
        "as it was": [row],
        "blank": [{**row, "text": ""}],
        "deleted": [],
        "copied": [row, row],
        "copied in another spelling": [row, {**row, "text": f"{text} "}],
        "copied without what was written": [row, {**row, "text": ""}],
        "copied with other words": [row, {**row, "text": f"{text}别的"}],
        "id in another spelling": [{**row, "id": f" {word.upper().replace('-', '－')}"}],
        "id cleared": [{**row, "id": ""}],
        "id never sent": [{**row, "id": f"{word}-{word}"}],
    }
    return made[what]


def without_reports(data: Path) -> list[Mapping[str, object]]:
    return [entry.data.model_dump(exclude={"progress"}) for entry in load_book(data).entries]


def texts(data: Path) -> list[str]:
    return sorted(report.text for entry in load_book(data).entries for report in entry.data.progress)


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(st.data(), st.booleans())
def test_no_text_is_lost_whatever_is_done_to_the_rows(draw: st.DataObject, is_next_year: bool) -> None:
    with TemporaryDirectory() as folder:
        data = Path(folder)
        (data / "ledger_2020.yaml").write_text(LEDGER, encoding="utf-8")
        form = form_of(data, "甲科", ISSUED)
        what = [draw.draw(st.sampled_from(list(ROWS)), label=row.id) for row in form.rows]
        rows = [{**row.values, "text": f"写在{row.id}里", "own": "另报"} for row in form.rows]
        made = [each for row, done in zip(rows, what, strict=True) for each in done_to(row, done)]
        columns = draw.draw(st.permutations([*(column.key for column in form.columns), "own"]))
        workbook = workbook_of(form, draw.draw(st.permutations(made)), columns=columns, headings={"own": "备注"})
        today = TODAY
        if is_next_year:
            today = NEXT_YEAR
            roll_over(find_sources([data]), 2021, NEXT_YEAR, dry_run=False)
        before = without_reports(data)
        found = taken(data, workbook, today=today)
        for row, done in zip(rows, what, strict=True):
            # A row whose id is gone is known by what was written into it alone.
            of_row = [item for item in found.items if item.id == row["id"] or row["text"] in item.returned]
            assert {item.fate for item in of_row} - {Fate.NOTE} == {ROWS[done]} - {Fate.NOTE}, done
            assert done in {"blank", "deleted"} or any(row["text"] in item.returned for item in of_row)
            assert not done.startswith(("deleted", "id cleared", "id never")) or any(
                item.fate is Fate.NOTE and item.id == row["id"] for item in of_row
            )
        wanted = [row["text"] for row, done in zip(rows, what, strict=True) if ROWS[done] is Fate.TAKEN]
        assert texts(data) == sorted(wanted)
        assert without_reports(data) == before
        assert found.is_blocked == any(ROWS[done].blocks for done in what)
        again = taken(data, workbook, today=today)
        assert not again.intents
        assert len(again.of(Fate.RECORDED)) == len(wanted)
        assert texts(data) == sorted(wanted)
