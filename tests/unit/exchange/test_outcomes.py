"""The table of outcomes of the return round, a line a test: as sent, as returned, as the ledger is by then."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest

from conftest import DATA
from reformledger import load_book
from reformledger.edits.intents import Close, Extend, Intent, Progress, Remove, Reopen, Set
from reformledger.edits.transaction import carry_out
from reformledger.exchange.form import Form
from reformledger.exchange.outcome import Fate, Item
from reformledger.exchange.tables import Merged, ReadCell, ReadWorkbook
from reformledger.exchange.taking import Taken, forms_handed_in, returns_in, take
from reformledger.exchange.values import day_in, text_in
from reformledger.model.entries import Progress as Recorded
from reformledger.rollover.plan import roll_over
from reformledger.sources import find_sources
from returned_forms import HEAD, changed, form_of, rows_of, sheet_of, workbook_of
from texts import LEDGER_HEAD

ISSUED, TODAY = date(2020, 6, 28), date(2020, 7, 20)
DEPARTMENT = "职成高教科"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a copy of the 2020 data that may be edited."""
    return shutil.copytree(DATA, tmp_path / "data")


@pytest.fixture
def form(data: Path) -> Form:
    """Return the form of a department that leads task-1, point-6 and a pilot."""
    return form_of(data, DEPARTMENT, ISSUED)


def edit(data: Path, *intents: Intent, today: date = TODAY) -> None:
    carry_out(find_sources([data]), intents, today)


def taken(data: Path, *workbooks: ReadWorkbook, today: date = TODAY, day: date | None = None, **how: object) -> Taken:
    return take(
        find_sources([data]),
        lambda book: forms_handed_in(returns_in(workbooks, today, day), book),
        today,
        **how,  # type: ignore[arg-type]
    )


def written(form: Form, id: str = "task-1", **values: str) -> ReadWorkbook:
    return workbook_of(form, rows_of(form, {id: values}))


def reports(data: Path, id: str = "task-1") -> Sequence[Recorded]:
    return load_book(data).find(id).data.progress


def bytes_of(data: Path) -> Mapping[str, bytes]:
    return {file.name: file.read_bytes() for file in data.glob("*.yaml")}


def only(found: Taken, fate: Fate) -> Item:
    (item,) = found.of(fate)
    return item


def test_a_form_that_nobody_filled_in_changes_nothing(data: Path, form: Form) -> None:
    before = bytes_of(data)
    found = taken(data, workbook_of(form, rows_of(form)))
    assert not found.intents
    assert not found.is_blocked
    assert {item.fate for item in found.items} == {Fate.UNFILLED}
    assert {item.id for item in found.items} == {row.id for row in form.rows}
    assert bytes_of(data) == before


def test_what_is_filled_in_is_a_report_of_the_department(data: Path, form: Form) -> None:
    workbook = written(
        form,
        text="已签约三家",
        percent="60%",
        evidence="协议一\n攀教体发〔2020〕37号",
        problems="经费",
        date="2020.7.1",
    )
    found = taken(data, workbook)
    assert only(found, Fate.TAKEN).id == "task-1"
    (report,) = reports(data)
    assert (report.date, report.text, report.percent, report.by) == (date(2020, 7, 1), "已签约三家", 60, DEPARTMENT)
    assert (report.evidence, report.problems) == (("协议一", "攀教体发〔2020〕37号"), "经费")


def test_a_report_without_a_day_is_of_the_day_of_issue_and_an_option_says_otherwise(data: Path, form: Form) -> None:
    taken(data, written(form, text="起步"))
    assert [report.date for report in reports(data)] == [ISSUED]
    taken(data, written(form, text="继续", date="2020-07-02"), day=date(2020, 7, 3))
    assert [report.date for report in reports(data)] == [ISSUED, date(2020, 7, 3)]


def test_the_same_return_again_is_recorded_already(data: Path, form: Form) -> None:
    workbook = written(form, text="已签约三家", percent="60", evidence="协议一")
    taken(data, workbook)
    before = bytes_of(data)
    for day in (None, date(2020, 7, 10)):  # any day since it was issued
        found = taken(data, workbook, day=day)
        assert only(found, Fate.RECORDED).id == "task-1"
        assert bytes_of(data) == before


def test_the_same_words_before_the_issue_are_another_report(data: Path, form: Form) -> None:
    edit(data, Progress("task-1", "正常推进", by=DEPARTMENT, date=date(2020, 5, 30)))
    taken(data, written(form, text="正常推进"))
    assert [report.date for report in reports(data)] == [date(2020, 5, 30), ISSUED]


@pytest.mark.parametrize(
    "edits",
    [
        [Set("task-1", {"outcome": "新的成果"})],
        [Extend("task-1", to="2021-06", reason="疫情", date=date(2020, 7, 10))],
    ],
)
def test_other_fields_may_have_changed_and_a_note_says_so(data: Path, form: Form, edits: list[Intent]) -> None:
    edit(data, *edits)
    item = only(taken(data, written(form, text="起步")), Fate.TAKEN)
    assert "was changed since it was sent on 2020-06-28" in item.sentence
    assert [report.text for report in reports(data)] == ["起步"]


def test_reports_of_others_change_nothing_of_an_entry(data: Path, form: Form) -> None:
    edit(data, Progress("task-1", "别的", by="基教科", date=date(2020, 7, 10)))
    assert only(taken(data, written(form, text="起步")), Fate.TAKEN).sentence == ""


def test_a_return_for_what_was_carried_over_is_recorded_where_it_goes_on(data: Path, form: Form) -> None:
    today = date(2021, 1, 20)
    roll_over(find_sources([data]), 2021, today, dry_run=False)
    item = only(taken(data, written(form, text="起步"), today=today), Fate.TAKEN)
    assert "2020/task-1 was carried over: it is recorded on 2021/" in item.sentence
    assert not reports(data, "2020/task-1")
    (successor,) = [entry for entry in load_book(data).entries if entry.data.carried_over_from == "2020/task-1"]
    assert [report.text for report in successor.data.progress] == ["起步"]


CONFLICTS: list[tuple[str, Sequence[Intent], str]] = [
    (
        "other words of the same department and day",
        [Progress("task-1", "别的话", by=DEPARTMENT, date=ISSUED)],
        "2020-06-28 别的话",
    ),
    (
        "the only leading department's, though it names nobody",
        [Progress("task-1", "别的话", date=ISSUED)],
        "2020-06-28 别的话",
    ),
    ("closed out on the report's day", [Close("task-1", ["协议"], date=ISSUED)], "2020-06-28"),
    ("closed out before", [Close("task-1", ["协议"], date=date(2020, 6, 1))], "2020-06-01"),
    ("no longer of the department", [Set("task-1", {"lead_departments": "基教科"})], "基教科"),
]


@pytest.mark.parametrize(("edits", "now"), [case[1:] for case in CONFLICTS], ids=[case[0] for case in CONFLICTS])
def test_a_contradiction_is_shown_with_its_values_and_nothing_is_written(
    data: Path, form: Form, edits: Sequence[Intent], now: str
) -> None:
    edit(data, *edits)
    before = bytes_of(data)
    workbook = workbook_of(form, rows_of(form, {"task-1": {"text": "起步"}, "point-6": {"text": "好"}}))
    found = taken(data, workbook)
    item = only(found, Fate.CONFLICT)
    assert (item.id, item.returned, item.now) == ("task-1", "2020-06-28 起步", now)
    assert found.is_blocked
    assert bytes_of(data) == before
    found = taken(data, workbook, skip_conflicts=True)
    assert found.is_blocked
    assert only(found, Fate.TAKEN).id == "point-6"
    assert [report.text for report in reports(data, "point-6")] == ["好"]
    assert "起步" not in [report.text for report in reports(data)]


def test_what_was_removed_is_a_conflict(data: Path) -> None:
    form = form_of(data, "社体科", ISSUED)
    edit(data, Remove("task-3", "并入", recount=True))
    assert only(taken(data, written(form, "task-3", text="起步")), Fate.CONFLICT).id == "task-3"


def test_a_report_from_before_the_close_out_is_added(data: Path, form: Form) -> None:
    edit(data, Close("task-1", ["协议"], date=date(2020, 7, 10)))
    item = only(taken(data, written(form, text="起步", date="2020-07-09")), Fate.TAKEN)
    assert "was closed out on 2020-07-10, after this report" in item.sentence
    assert [report.text for report in reports(data)] == ["起步"]


def test_what_was_closed_and_reopened_is_taken(data: Path, form: Form) -> None:
    edit(data, Close("task-1", ["协议"], date=ISSUED), Reopen("task-1", "误", date=date(2020, 7, 1)))
    assert only(taken(data, written(form, text="起步")), Fate.TAKEN).id == "task-1"


@pytest.mark.parametrize(
    ("values", "column", "says"),
    [
        ({"percent": "50"}, "% done", "no text"),
        ({"evidence": "协议"}, "Evidence", "no text"),
        ({"problems": "经费"}, "Problems", "no text"),
        ({"text": "好", "percent": "120"}, "% done", "0 to 100"),
        ({"text": "好", "percent": "八成"}, "% done", "percentage"),
        ({"text": "好", "date": "七月"}, "Reported on", "is no day"),
        ({"text": "好", "date": "今天"}, "Reported on", "is no day"),
        ({"text": "好", "close": "也许"}, "Ask to close", "neither yes nor no"),
    ],
)
def test_what_is_not_clear_is_asked(data: Path, form: Form, values: dict[str, str], column: str, says: str) -> None:
    before = bytes_of(data)
    item = only(taken(data, written(form, **values)), Fate.QUESTION)
    assert (item.id, item.column) == ("task-1", column)
    assert says in item.sentence
    assert bytes_of(data) == before


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"text": "好", "date": "2020-07-21"}, "in the future"),
        ({"text": "请拨打13812345678联系"}, "phone or identity number"),
    ],
)
def test_what_the_rules_of_the_ledger_refuse_is_asked(
    data: Path, form: Form, values: dict[str, str], says: str
) -> None:
    assert says in only(taken(data, written(form, **values)), Fate.QUESTION).sentence


def test_values_of_targets_are_recorded_by_their_names(data: Path) -> None:
    form = form_of(data, "基教科", ISSUED)
    taken(data, written(form, "point-4", text="新增两所", **{"reached-1": "80%", "reached-2": "2"}))
    (report,) = reports(data, "point-4")
    assert report.targets == {"公办和普惠性幼儿园学位比例": 80, "公办幼儿园": 2}
    assert (
        "counted in 所"
        in only(
            taken(data, written(form, "point-4", text="再增", date="2020-07-01", **{"reached-2": "3个"})), Fate.QUESTION
        ).sentence
    )


def test_a_locked_cell_that_was_changed_is_proposed(data: Path, form: Form) -> None:
    before = bytes_of(data)
    found = taken(data, written(form, title="深化产教融合和校企合作"))
    item = only(found, Fate.PROPOSAL)
    assert item.command == "reformledger set 2020/task-1 'title=深化产教融合和校企合作'"
    assert not found.is_blocked
    assert bytes_of(data) == before


def test_a_locked_cell_that_both_sides_changed_is_a_conflict_of_three_values(data: Path, form: Form) -> None:
    edit(data, Set("task-1", {"title": "产教融合"}))
    item = only(taken(data, written(form, title="校企合作", text="起步")), Fate.CONFLICT)
    assert (item.issued, item.returned, item.now) == ("深化产教融合、校企合作", "校企合作", "产教融合")
    assert not reports(data)


def test_a_locked_cell_that_says_what_the_ledger_says_by_now_is_nothing(data: Path, form: Form) -> None:
    edit(data, Set("task-1", {"title": "产教融合"}))
    found = taken(data, written(form, title="产教融合"))
    assert {item.fate for item in found.items} == {Fate.UNFILLED}


@pytest.mark.parametrize(
    ("key", "value"), [("title", ""), ("status", "已完成"), ("last_report", "有"), ("role", "配合")]
)
def test_a_locked_cell_that_no_command_sets_is_said(data: Path, form: Form, key: str, value: str) -> None:
    item = only(taken(data, written(form, **{key: value})), Fate.NOTE)
    assert (item.id, item.returned) == ("task-1", value)


def test_a_row_that_is_gone_is_said_and_nothing_removed(data: Path, form: Form) -> None:
    before = bytes_of(data)
    rows = [row for row in rows_of(form) if row["id"] != "task-1"]
    assert only(taken(data, workbook_of(form, rows)), Fate.NOTE).id == "task-1"
    assert bytes_of(data) == before


def test_a_row_without_id_is_proposed_as_a_new_entry(data: Path, form: Form) -> None:
    rows = [*rows_of(form), {"title": "建设实训基地", "text": "已立项"}]
    found = taken(data, workbook_of(form, rows))
    item = only(found, Fate.PROPOSAL)
    assert item.command == "reformledger add 建设实训基地 'lead_departments=职成高教科' --to …"
    assert "已立项" in item.returned
    assert not found.is_blocked


def test_an_id_that_was_never_sent_is_asked(data: Path, form: Form) -> None:
    item = only(taken(data, workbook_of(form, [*rows_of(form), {"id": "task-11", "text": "好"}])), Fate.QUESTION)
    assert "task-11" in item.sentence
    assert "task-1" in item.sentence


def test_a_row_twice_is_once_where_alike_and_neither_where_not(data: Path, form: Form) -> None:
    row = {**rows_of(form)[[row.id for row in form.rows].index("task-1")], "text": "起步"}
    rest = [row for row in rows_of(form) if row["id"] != "task-1"]
    found = taken(data, workbook_of(form, [row, *rest, {**row, "text": "收尾"}]))
    assert {item.id for item in found.of(Fate.CONFLICT)} == {"task-1"}
    assert len(found.of(Fate.CONFLICT)) == 2
    assert not reports(data)
    taken(data, workbook_of(form, [row, *rest, row]))
    assert [report.text for report in reports(data)] == ["起步"]


def test_a_blank_copy_of_a_row_takes_nothing_from_the_other(data: Path, form: Form) -> None:
    blank = workbook_of(form, rows_of(form), "a.xlsx")
    found = taken(data, written(form, text="起步"), blank)
    assert only(found, Fate.TAKEN).id == "task-1"
    assert "task-1" not in {item.id for item in found.of(Fate.UNFILLED)}


def test_a_row_with_the_title_of_another_is_asked(data: Path, form: Form) -> None:
    other = next(row for row in form.rows if row.id == "point-6")
    item = only(taken(data, written(form, title=other.values["title"], text="起步")), Fate.QUESTION)
    assert "point-6" in item.sentence
    assert not reports(data)


def test_asking_to_close_is_a_note_with_the_command(data: Path, form: Form) -> None:
    found = taken(data, written(form, text="完成", evidence="协议一", close="是"))
    item = only(found, Fate.NOTE)
    assert item.command == "reformledger close 2020/task-1 --evidence 协议一"
    assert load_book(data).find("task-1").closing is None
    assert not found.is_blocked
    assert (
        only(taken(data, written(form, close="是")), Fate.NOTE).command == "reformledger close 2020/task-1 --evidence …"
    )
    assert not taken(data, written(form, close="否")).of(Fate.NOTE)


def test_columns_are_known_by_their_headings_wherever_they_are(data: Path, form: Form) -> None:
    rows = rows_of(form, {"task-1": {"text": "起步"}})
    keys = [column.key for column in form.columns]
    found = taken(data, workbook_of(form, rows, columns=keys[::-1]))
    assert only(found, Fate.TAKEN).id == "task-1"
    assert "moved" in only(found, Fate.NOTE).sentence


@pytest.mark.parametrize(
    ("headings", "columns", "says"),
    [
        ({"text": "Progres made"}, None, "“Progress” is missing. Give its column that heading again."),
        ({"problems": "Progress"}, None, "“Progress” is there twice"),
        ({}, ["id", "title", "text"], "is missing"),
    ],
)
def test_headings_that_are_missing_or_doubled_refuse_the_file(
    data: Path, form: Form, headings: dict[str, str], columns: list[str] | None, says: str
) -> None:
    before = bytes_of(data)
    workbook = workbook_of(form, rows_of(form, {"task-1": {"text": "起步"}}), headings=headings, columns=columns)
    good = workbook_of(form_of(data, "基教科", ISSUED), [], "b.xlsx")
    found = taken(data, workbook, good, skip_conflicts=True)
    assert says in only(found, Fate.REFUSED).sentence
    assert bytes_of(data) == before


def cell(form: Form, key: str, id: str = "task-1") -> tuple[int, int]:
    row = [row.id for row in form.rows].index(id) + HEAD + 1
    return row, [column.key for column in form.columns].index(key) + 1


Change = Callable[[Form], ReadCell]


@pytest.mark.parametrize(
    ("key", "found", "fate", "says"),
    [
        ("text", ReadCell("uncomputed", ""), Fate.REFUSED, "no value"),
        ("percent", ReadCell("error", "#N/A"), Fate.REFUSED, "#N/A"),
        ("text", ReadCell("text", "起步", is_struck=True), Fate.QUESTION, "struck out"),
        ("text", ReadCell("text", "起步", is_unseen=True), Fate.QUESTION, "nobody sees"),
        ("text", ReadCell("text", "a\r", other="a_x000D_"), Fate.QUESTION, "a_x000D_"),
        ("percent", ReadCell("number", "0.75"), Fate.QUESTION, "0 to 100"),
        ("percent", ReadCell("day", "2020-06-28"), Fate.QUESTION, "percentage"),
        ("date", ReadCell("number", "44012"), Fate.QUESTION, "is no day"),
        ("percent", ReadCell("number", "0.75", number_format="0%"), Fate.TAKEN, "taken as 75%"),
        ("text", ReadCell("text", "第一行\r\n第二行"), Fate.TAKEN, "Line ends"),
        ("text", ReadCell("number", "12", is_computed=True), Fate.TAKEN, "formula"),
        ("date", ReadCell("day", "2020-07-01"), Fate.TAKEN, ""),
    ],
)
def test_cells_of_every_kind(data: Path, form: Form, key: str, found: ReadCell, fate: Fate, says: str) -> None:
    workbook = written(form, text="起步")
    sheet = sheet_of(workbook, form)
    workbook = changed(workbook, sheet._replace(cells={**sheet.cells, cell(form, key): found}))
    assert says in only(taken(data, workbook), fate).sentence
    if fate is Fate.TAKEN and key == "percent":
        assert reports(data)[0].percent == 75


def test_hidden_rows_are_taken_and_said(data: Path, form: Form) -> None:
    workbook = written(form, text="起步")
    sheet = sheet_of(workbook, form)._replace(hidden_rows=frozenset({cell(form, "text")[0]}))
    found = taken(data, changed(workbook, sheet))
    assert only(found, Fate.TAKEN).id == "task-1"
    assert "hidden" in only(found, Fate.NOTE).sentence


def test_a_cell_merged_over_rows_is_asked(data: Path, form: Form) -> None:
    workbook = written(form, text="起步")
    row, column = cell(form, "text")
    sheet = sheet_of(workbook, form)._replace(merged=(Merged(row, column, row + 1, column),))
    assert "merged" in only(taken(data, changed(workbook, sheet)), Fate.QUESTION).sentence


def test_another_book_year_or_no_form_is_refused(data: Path, form: Form) -> None:
    stranger = form._replace(book=("某县教育局 台账",))
    other_year = form._replace(year=2019)
    plain = workbook_of(form, rows_of(form))
    plain = plain._replace(sheets=plain.sheets[:2])
    for workbook, says in (
        (workbook_of(stranger, rows_of(form)), "another ledger"),
        (workbook_of(other_year, rows_of(form)), "2019"),
        (plain, "hidden sheet"),
    ):
        assert says in only(taken(data, workbook), Fate.REFUSED).sentence


def test_the_hidden_sheet_is_the_senders_and_the_book_decides_who_may_report(data: Path, form: Form) -> None:
    stranger = form._replace(department="基教科")
    assert only(taken(data, written(stranger, text="起步")), Fate.CONFLICT).id == "task-1"


def test_only_some_entries(data: Path, form: Form) -> None:
    workbook = workbook_of(form, rows_of(form, {"task-1": {"text": "起步"}, "point-6": {"percent": "50"}}))
    found = taken(data, workbook, only=["task-1"])
    assert not found.is_blocked
    assert only(found, Fate.TAKEN).id == "task-1"


def test_a_dry_run_finds_the_same_and_writes_nothing(data: Path, form: Form) -> None:
    before = bytes_of(data)
    dry = taken(data, written(form, text="起步"), dry_run=True)
    assert bytes_of(data) == before
    assert dry.items == taken(data, written(form, text="起步")).items


def test_who_leads_and_handed_nothing_in(data: Path, form: Form) -> None:
    absent = taken(data, written(form, text="起步")).absent
    assert DEPARTMENT not in absent
    assert "基教科" in absent
    assert "各县（区）教育和体育局" not in absent


@pytest.mark.parametrize("key", ["id", "title"])
def test_a_row_whose_name_is_struck_out_is_asked(data: Path, form: Form, key: str) -> None:
    workbook = written(form, text="起步")
    sheet = sheet_of(workbook, form)
    place = cell(form, key)
    cells = {**sheet.cells, place: sheet.cells[place]._replace(is_struck=True)}
    assert only(taken(data, changed(workbook, sheet._replace(cells=cells))), Fate.QUESTION).id == "task-1"


def test_a_number_that_became_a_day_long_ago_is_asked(data: Path, form: Form) -> None:
    workbook = written(form, text="起步")
    sheet = sheet_of(workbook, form)
    cells = {**sheet.cells, cell(form, "date"): ReadCell("day", "1900-01-20")}
    item = only(taken(data, changed(workbook, sheet._replace(cells=cells))), Fate.QUESTION)
    assert "1900-01-20" in item.sentence


def test_comments_are_said(data: Path, form: Form) -> None:
    workbook = written(form, text="起步")
    sheet = sheet_of(workbook, form)._replace(comments={(5, 1): "请与基教科核对"})
    assert only(taken(data, changed(workbook, sheet)), Fate.NOTE).returned == "请与基教科核对"


@pytest.mark.parametrize(
    ("written_day", "issued", "wanted"),
    [
        ("6月20日", date(2020, 6, 28), date(2020, 6, 20)),
        ("12月30日", date(2020, 1, 10), date(2019, 12, 30)),
        ("1月5日", date(2019, 12, 20), date(2020, 1, 5)),
        ("2020年6月20日", date(2020, 6, 28), date(2020, 6, 20)),
    ],
)
def test_a_day_without_a_year_is_the_one_nearest_to_the_issue(written_day: str, issued: date, wanted: date) -> None:
    notes: list[str] = []
    found = day_in(ReadCell("text", written_day), notes, date(2026, 11, 26), issued)
    assert found == wanted
    assert bool(notes) == ("年" not in written_day)


@pytest.mark.parametrize("text", ["/", "—", "－－", "\\"])
def test_a_cell_that_is_crossed_out_is_blank_and_said(data: Path, form: Form, text: str) -> None:
    found = taken(data, written(form, text=text, percent=text, problems=text))
    assert not found.is_blocked
    assert "task-1" in {item.id for item in found.of(Fate.UNFILLED)}
    assert "dashes" in only(found, Fate.NOTE).sentence


def test_a_word_that_may_mean_no_report_is_asked(data: Path, form: Form) -> None:
    assert "nothing" in only(taken(data, written(form, text="无")), Fate.QUESTION).sentence
    assert only(taken(data, written(form, text="暂无进展")), Fate.TAKEN).id == "task-1"


def test_what_was_read_is_shown(data: Path, form: Form) -> None:
    values = {
        "text": "已签约三家",
        "percent": "60%",
        "evidence": "协议一\n协议二",
        "problems": "经费",
        "date": "7月1日",
    }
    item = only(taken(data, written(form, **values), dry_run=True), Fate.TAKEN)
    assert item.returned == "2020-07-01 60% 已签约三家\nEvidence: 协议一; 协议二\nProblems: 经费"
    assert "names no year" in item.sentence


def test_a_milestone_of_which_a_namesake_is_gone_is_a_conflict(tmp_path: Path) -> None:
    file = tmp_path / "ledger.yaml"
    phases = ["{name: 开会, due: 2020年7月}", "{name: 总结}", "{name: 开会, due: 2020年12月}"]
    row = "          - {id: task-1, title: 甲, lead_departments: [甲科], phases: [ALL]}\n"
    file.write_text(LEDGER_HEAD + row.replace("ALL", ", ".join(phases)), encoding="utf-8")
    form = form_of(tmp_path, "甲科", ISSUED)
    assert [each.id for each in form.rows] == ["task-1", "task-1#1", "task-1#2", "task-1#3"]
    file.write_text(LEDGER_HEAD + row.replace("ALL", ", ".join(phases[1:])), encoding="utf-8")
    found = taken(tmp_path, written(form, "task-1#3", text="开过"), written(form, "task-1#2", text="写好"))
    assert only(found, Fate.CONFLICT).id == "task-1#3"
    assert only(found, Fate.TAKEN).id == "task-1#2"


def test_a_correction_of_a_single_character_is_not_recorded_already(data: Path, form: Form) -> None:
    edit(data, Progress("task-1", "建成10²平方米", by=DEPARTMENT, date=ISSUED))
    assert only(taken(data, written(form, text="建成102平方米")), Fate.CONFLICT).id == "task-1"
    assert only(taken(data, written(form, text="建成10²平方米\r\n")), Fate.RECORDED).id == "task-1"


def test_what_is_left_out_with_something_else_is_named(data: Path, form: Form) -> None:
    row = {**rows_of(form)[[row.id for row in form.rows].index("task-1")], "text": "起步"}
    rest = [row for row in rows_of(form) if row["id"] != "task-1"]
    found = taken(data, workbook_of(form, [*rest, {**row, "percent": "八成"}, {**row, "text": "收尾"}]))
    assert "收尾" in only(found, Fate.NOTE).returned
    edit(data, Set("task-1", {"title": "产教融合"}))
    found = taken(data, written(form, title="校企合作", text="做了很多"))
    assert "做了很多" in only(found, Fate.NOTE).returned


def test_a_department_that_only_supports_by_now_gives_no_percentage(data: Path, form: Form) -> None:
    edit(data, Set("task-1", {"lead_departments": "基教科", "supporting_departments": DEPARTMENT}))
    assert "supporting" in only(taken(data, written(form, text="起步", percent="60")), Fate.QUESTION).sentence
    assert only(taken(data, written(form, text="起步")), Fate.TAKEN).id == "task-1"


def test_two_issues_at_once_are_what_they_are_one_after_the_other(data: Path, form: Form) -> None:
    later = form_of(data, DEPARTMENT, date(2020, 7, 10))
    first, second = written(form, text="一季度情况"), written(later, text="二季度情况")
    assert len(taken(data, second, first).of(Fate.TAKEN)) == 2
    assert [report.text for report in reports(data)] == ["一季度情况", "二季度情况"]
    same_day = [written(each, text=text, date="2020-07-11") for each, text in ((form, "甲"), (later, "乙"))]
    assert len(taken(data, *same_day).of(Fate.CONFLICT)) == 2


def test_a_number_that_is_shown_rounded_is_said() -> None:
    notes: list[str] = []
    assert text_in(ReadCell("number", "12.6", number_format="0"), notes) == "12.6"
    assert "12.6" in notes[0]
    assert text_in(ReadCell("number", "12.6", number_format="0.0"), []) == "12.6"


@pytest.mark.parametrize(
    "change",
    [
        {"values": {}},
        {"values": None},
        {"id": 5},
        {"role": "someone"},
        {"values": {"id": "task-1", "title": 3}},
    ],
)
def test_a_hidden_sheet_that_somebody_wrote_is_refused(data: Path, form: Form, change: dict[str, object]) -> None:
    forged = form._replace(rows=(form.rows[0]._replace(**change),))  # type: ignore[arg-type]
    workbook = workbook_of(form, rows_of(form, {"task-1": {"text": "起步"}}))
    lines = enumerate(forged.lines(), 1)
    hidden = workbook.sheets[2]._replace(cells={(at, 1): ReadCell("text", line) for at, line in lines})
    assert "damaged" in only(taken(data, changed(workbook, hidden)), Fate.REFUSED).sentence


@pytest.mark.parametrize("change", [{"year": "2020"}, {"department": 7}, {"book": [[1]]}, {"columns": ()}])
def test_so_is_one_whose_head_is_none(data: Path, form: Form, change: dict[str, object]) -> None:
    workbook = workbook_of(form, rows_of(form))
    lines = enumerate(form._replace(**change).lines(), 1)  # type: ignore[arg-type]
    hidden = workbook.sheets[2]._replace(cells={(at, 1): ReadCell("text", line) for at, line in lines})
    assert "damaged" in only(taken(data, changed(workbook, hidden)), Fate.REFUSED).sentence


def test_of_alike_copies_the_same_is_taken_wherever_they_are(data: Path, form: Form) -> None:
    row = {**rows_of(form)[[row.id for row in form.rows].index("task-1")], "text": "起步"}
    rest = [row for row in rows_of(form) if row["id"] != "task-1"]
    copies = [{**row, "evidence": evidence} for evidence in ("甲\n乙", "乙\n甲")]
    before = bytes_of(data)
    contents = []
    for order in (copies, copies[::-1]):
        for name, content in before.items():
            (data / name).write_bytes(content)
        assert only(taken(data, workbook_of(form, [*rest, *order])), Fate.TAKEN).id == "task-1"
        contents.append(bytes_of(data))
    assert contents[0] == contents[1]
