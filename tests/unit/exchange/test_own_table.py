"""Tables of departments' own: what each heading, id, title, department and day means, and what is asked."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import DATA, Run
from reformledger import load_book
from reformledger.edits.intents import Close
from reformledger.edits.transaction import carry_out
from reformledger.errors import UsageError
from reformledger.exchange.form import HIDDEN_SHEET
from reformledger.exchange.outcome import Fate, Item
from reformledger.exchange.own_table import table_handed_in
from reformledger.exchange.reading.csv import read_csv
from reformledger.exchange.tables import Merged, ReadCell, ReadSheet, ReadWorkbook, Refused
from reformledger.exchange.taking import Taken, take
from reformledger.model.entries import Progress as Recorded
from reformledger.sources import find_sources

TODAY, DAY = date(2020, 7, 20), date(2020, 7, 1)
BY = "职成高教科"
USUAL = ("编号", "进展情况")
FILE = Path("自制表.xlsx")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return shutil.copytree(DATA, tmp_path / "data")


def sheet(*rows: Sequence[str], name: str = "Sheet1", **more: object) -> ReadSheet:
    """Return a sheet whose first row is that of the headings."""
    cells = {
        (row, column): ReadCell("text", text)
        for row, texts in enumerate(rows, 1)
        for column, text in enumerate(texts, 1)
        if text
    }
    return ReadSheet(name, False, cells)._replace(**more)  # type: ignore[arg-type]


def taken(
    data: Path,
    *rows: Sequence[str],
    workbook: ReadWorkbook | Refused | None = None,
    day: date | None = DAY,
    department: str | None = BY,
    columns: Mapping[str, str] | None = None,
    skip_conflicts: bool = False,
) -> Taken:
    read = workbook or ReadWorkbook(FILE, (sheet(*rows),))
    return take(
        find_sources([data]),
        lambda book: table_handed_in(read, book, TODAY, day=day, department=department, columns=columns or {}),
        TODAY,
        skip_conflicts=skip_conflicts,
    )


def reports(data: Path, id: str = "task-1") -> Sequence[Recorded]:
    return load_book(data).find(id).data.progress


def only(found: Taken, fate: Fate) -> Item:
    (item,) = found.of(fate)
    return item


@pytest.mark.parametrize(
    "headings",
    [
        ("编号", "工作进展", "完成率", "存在的问题", "证明材料", "填报日期", "报送单位"),
        ("ID", "Progress", "% done", "Problems", "Evidence", "Reported on", "Reported by"),
        (" 编 号", "PROGRESS", "完成比例", "problems", "佐证", "Date", "填报科室"),
        ("Ref", "text", "percent", "存在问题", "evidence", "day", "by"),
    ],
    ids=lambda headings: headings[1],
)
def test_headings_are_known_in_both_languages_and_by_key(data: Path, headings: Sequence[str]) -> None:
    row = ("2020/task-1", "已签约三家", "60%", "经费", "协议一\n协议二", "2020.7.3", BY)
    assert not taken(data, headings, row, day=None, department=None).is_blocked
    (report,) = reports(data)
    assert (report.date, report.text, report.percent, report.by) == (date(2020, 7, 3), "已签约三家", 60, BY)
    assert (report.evidence, report.problems) == (("协议一", "协议二"), "经费")


def test_the_row_of_headings_may_be_below_a_title_and_other_sheets_are_said(data: Path) -> None:
    table = sheet(("上半年进展情况",), (), USUAL, ("task-1", "起步"), name="一科")
    more = sheet(USUAL, ("point-6", "推进"), name="二科")
    notes, hidden = sheet(("说明",), name="说明"), sheet(USUAL, ("task-1", "旧"), name="旧", is_hidden=True)
    found = taken(data, workbook=ReadWorkbook(FILE, (notes, table, more, hidden)))
    assert [item.id for item in found.of(Fate.TAKEN)] == ["point-6", "task-1"]
    said = [item.sentence for item in found.of(Fate.NOTE)]
    assert any("说明" in sentence for sentence in said)
    assert any("“旧” is hidden" in sentence for sentence in said)


def test_a_column_is_what_is_said_of_it_before_what_its_heading_says(data: Path) -> None:
    rows = ("编号", "进展情况", "本月做了什么"), ("task-1", "旧的", "新的")
    taken(data, *rows, columns={"本月做了什么": "进展"})
    assert [report.text for report in reports(data)] == ["新的"]


def test_a_column_that_is_left_out_is_not_taken(data: Path) -> None:
    assert not taken(data, (*USUAL, "完成率"), ("task-1", "起步", "八成"), columns={"完成率": ""}).is_blocked
    assert reports(data)[0].percent is None


@pytest.mark.parametrize(
    ("columns", "says"),
    [({"没有": "进展"}, "No column has the heading “没有”"), ({"编号": "进展清况"}, "进展")],
    ids=["heading", "field"],
)
def test_a_column_that_is_not_there_or_of_no_field_is_refused(
    data: Path, columns: Mapping[str, str], says: str
) -> None:
    assert says in only(taken(data, USUAL, ("task-1", "起步"), columns=columns), Fate.REFUSED).sentence


def test_a_field_that_two_columns_claim_is_refused_with_both_and_the_option(data: Path) -> None:
    refused = only(taken(data, (*USUAL, "工作进展"), ("task-1", "起步", "别的")), Fate.REFUSED)
    assert "Sheet1!B1" in refused.sentence
    assert refused.place.endswith("Sheet1!C1")
    assert "--column 进展情况=" in refused.sentence
    assert not reports(data)


@pytest.mark.parametrize(
    ("headings", "says"),
    [
        (("编号", "本月工作"), "--column HEADING=Progress"),
        (("情形", "进展情况"), "--column HEADING=ID"),
        (("甲", "乙"), "No row of headings"),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_a_table_without_texts_or_names_of_entries_is_refused(data: Path, headings: Sequence[str], says: str) -> None:
    assert says in only(taken(data, headings, ("task-1", "起步")), Fate.REFUSED).sentence


def test_a_form_that_was_sent_is_no_table_of_ones_own(data: Path) -> None:
    workbook = ReadWorkbook(FILE, (sheet(USUAL), sheet(("x",), name=HIDDEN_SHEET)))
    assert "reformledger take" in only(taken(data, workbook=workbook), Fate.REFUSED).sentence


def test_a_file_that_was_not_read_is_refused_as_it_says(data: Path) -> None:
    refused = only(taken(data, workbook=Refused(FILE, "自制表.xlsx", "It is locked.", "Unlock it.")), Fate.REFUSED)
    assert (refused.place, refused.sentence) == ("自制表.xlsx", "It is locked. Unlock it.")


def test_columns_of_other_things_are_said(data: Path) -> None:
    found = taken(data, (*USUAL, "经办人"), ("task-1", "起步", "某某"))
    assert only(found, Fate.NOTE).column == "经办人"


def test_a_title_names_the_one_open_entry_that_has_it(data: Path) -> None:
    taken(data, ("改革任务", "进展"), ("深化产教融合 校企合作", "起步"))
    assert [report.text for report in reports(data)] == ["起步"]


def test_a_title_of_several_or_of_none_is_asked(data: Path) -> None:
    rows = ("名称", "进展"), ("完善国民健康政策", "起步"), ("深化产教结合、校企合作", "起步")
    several, none = taken(data, *rows).of(Fate.QUESTION)
    assert "point-14" in several.sentence
    assert "task-3" in several.sentence
    assert "深化产教融合、校企合作" in none.sentence


def test_a_title_of_what_is_closed_out_is_asked(data: Path) -> None:
    carry_out(find_sources([data]), [Close("task-1", ("协议",), date=date(2020, 7, 2))], TODAY)
    assert (
        "No open entry" in only(taken(data, ("名称", "进展"), ("深化产教融合、校企合作", "a")), Fate.QUESTION).sentence
    )


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (("task-1", "推进高考改革", "起步"), "推进高考改革"),
        (("task-99", "", "起步"), "task-99"),
        (("", "", "起步"), "Neither id nor title"),
        (("pilot-7#9", "", "起步"), "第三批"),
        (("task-1#1", "", "起步"), "not carried out in phases"),
        (("task-1@一季度", "", "起步"), "does not recur"),
    ],
    ids=["title of another", "unknown", "none", "phase", "no phases", "no occurrence"],
)
def test_a_row_that_names_no_entry_for_certain_is_asked(data: Path, row: Sequence[str], says: str) -> None:
    found = taken(data, ("编号", "名称", "进展"), row)
    assert says in only(found, Fate.QUESTION).sentence
    assert not found.intents


def test_an_id_and_its_title_agree(data: Path) -> None:
    rows = ("编号", "名称", "进展"), ("ＴＡＳＫ－1", "深化产教融合、校企合作", "起步")
    assert not taken(data, *rows).is_blocked
    assert len(reports(data)) == 1


def test_ids_of_two_columns_agree_or_are_asked(data: Path) -> None:
    headings = ("年度编号", "编号", "进展")
    assert taken(data, headings, ("2020/task-1", "task-2", "起步")).is_blocked
    assert not taken(data, headings, ("2020/task-1", "task-1", "起步")).is_blocked


def test_a_phase_is_named_behind_the_id_or_in_its_column(data: Path) -> None:
    headings = ("编号", "分期", "进展")
    rows = ("pilot-7#2", "", "二批"), ("pilot-7", "第一批", "一批"), ("pilot-7#3", "第三批", "三批")
    assert not taken(data, headings, *rows, department="市教育和体育局").is_blocked
    found = {report.phase: report.text for report in reports(data, "pilot-7")}
    assert found == {"第一批": "一批", "第二批": "二批", "第三批": "三批"}


def test_a_phase_that_contradicts_the_id_is_asked(data: Path) -> None:
    found = taken(data, ("编号", "分期", "进展"), ("pilot-7#2", "第一批", "x"), department="市教育和体育局")
    assert "pilot-7#2" in only(found, Fate.QUESTION).sentence


def test_an_occurrence_is_named_behind_the_id_or_in_its_column(data: Path) -> None:
    file = data / "ledger_2020.yaml"
    text = file.read_text(encoding="utf-8").replace("due: 年内完成", "due: 每季度", 1)
    file.write_text(text, encoding="utf-8")
    headings = ("编号", "期次", "进展", "申请销号")
    assert not taken(data, headings, ("task-1@一季度", "", "一"), ("task-1", "第二季度", "二")).is_blocked
    assert {report.for_ for report in reports(data)} == {"2020年一季度", "2020年二季度"}
    assert "closed out" in only(taken(data, headings, ("task-1", "二季度", "二", "是")), Fate.QUESTION).sentence
    assert "五季度" in only(taken(data, headings, ("task-1", "五季度", "五", "")), Fate.QUESTION).sentence


def test_the_department_is_that_of_the_row_under_its_usual_name(data: Path) -> None:
    headings = (*USUAL, "报送部门")
    taken(data, headings, ("point-3", "起步", "政策法规科"), ("task-1", "起步", ""))
    names = load_book(data).find("point-3").data.lead_departments
    (report,) = reports(data, "point-3")
    key = load_book(data).directory.key
    assert {key(report.by or "")} == set(map(key, names))
    assert reports(data)[0].by == BY


def test_an_unknown_department_is_asked_and_none_at_all_refused(data: Path) -> None:
    headings = (*USUAL, "报送部门")
    asked = taken(data, headings, ("task-1", "起步", "职成科"), ("task-2", "x", ""), department=None).of(Fate.QUESTION)
    assert ["职成科" in asked[0].sentence, "No department" in asked[1].sentence] == [True, True]
    assert "--by" in only(taken(data, USUAL, ("task-1", "起步"), department=None), Fate.REFUSED).sentence
    with pytest.raises(UsageError, match="某科"):
        taken(data, USUAL, ("task-1", "起步"), department="某科")


def test_a_day_that_is_not_given_is_refused_for_the_file_or_asked_of_the_row(data: Path) -> None:
    assert "--date" in only(taken(data, USUAL, ("task-1", "起步"), day=None), Fate.REFUSED).sentence
    headings = (*USUAL, "日期")
    found = taken(data, headings, ("task-1", "起步", ""), ("task-2", "x", "上周"), day=None)
    assert len(found.of(Fate.QUESTION)) == 2


def test_targets_are_known_by_their_names(data: Path) -> None:
    headings = ("编号", "进展", "省级改革试点", "市级改革试点完成值")
    assert not taken(data, headings, ("point-15", "推进", "4", "20"), department="政策法规科").is_blocked
    (report,) = reports(data, "point-15")
    assert {name: int(value) for name, value in report.targets.items()} == {"省级改革试点": 4, "市级改革试点": 20}
    asked = only(taken(data, headings, ("task-1", "推进", "4", "")), Fate.QUESTION)
    assert (asked.column, asked.returned) == ("省级改革试点", "4")


def test_a_supporting_department_gives_no_percentage(data: Path) -> None:
    found = taken(data, (*USUAL, "完成率"), ("point-2", "配合", "50"), department="竞训科")
    assert "supporting department" in only(found, Fate.QUESTION).sentence
    assert not taken(data, USUAL, ("point-2", "配合"), department="竞训科").is_blocked


def test_whoever_has_no_part_in_an_entry_contradicts_the_ledger(data: Path) -> None:
    assert only(taken(data, USUAL, ("task-1", "起步"), department="基教科"), Fate.CONFLICT).id == "task-1"


def test_the_same_table_again_is_recorded_already(data: Path) -> None:
    rows = USUAL, ("task-1", "起步"), ("point-6", "推进")
    taken(data, *rows)
    before = {file.name: file.read_bytes() for file in data.glob("*.yaml")}
    assert {item.fate for item in taken(data, *rows).items} == {Fate.RECORDED}
    assert {file.name: file.read_bytes() for file in data.glob("*.yaml")} == before


def test_rows_without_a_report_are_said(data: Path) -> None:
    found = taken(data, ("编号", "名称", "进展"), ("一、重点任务", "", ""), ("task-1", "", ""), ("point-6", "", "推进"))
    assert only(found, Fate.UNFILLED).id == "task-1"
    assert only(found, Fate.NOTE).returned == "一、重点任务"
    assert not found.is_blocked


@pytest.mark.parametrize(
    "cell",
    [ReadCell("text", "起步", is_struck=True), ReadCell("text", "起步", is_unseen=True)],
    ids=["struck", "unseen"],
)
@pytest.mark.parametrize("column", [1, 2])
def test_what_is_struck_out_or_unseen_is_asked(data: Path, cell: ReadCell, column: int) -> None:
    table = sheet(USUAL, ("task-1", "起步"))
    text = table.cells[2, column].text
    table = table._replace(cells={**table.cells, (2, column): cell._replace(text=text)})
    assert taken(data, workbook=ReadWorkbook(FILE, (table,))).of(Fate.QUESTION)


@pytest.mark.parametrize("cell", [ReadCell("error", "#N/A"), ReadCell("uncomputed", "")], ids=["error", "uncomputed"])
def test_cells_without_a_value_refuse_the_file(data: Path, cell: ReadCell) -> None:
    table = sheet(USUAL, ("task-1", "起步"), ("point-6", "推进"))
    table = table._replace(cells={**table.cells, (3, 2): cell})
    found = taken(data, workbook=ReadWorkbook(FILE, (table,)))
    assert only(found, Fate.REFUSED).place.endswith("Sheet1!B3")
    assert not found.intents


def test_merged_cells_are_asked_and_hidden_rows_said(data: Path) -> None:
    rows = USUAL, ("task-1", "起步"), ("", "推进")
    merged = sheet(*rows, merged=(Merged(2, 1, 3, 1),))
    found = taken(data, workbook=ReadWorkbook(FILE, (merged,))).of(Fate.QUESTION)
    assert ["merged" in item.sentence for item in found] == [True, True]
    hidden = sheet(*rows[:2], hidden_rows=frozenset({2}))
    assert "hidden" in only(taken(data, workbook=ReadWorkbook(FILE, (hidden,))), Fate.NOTE).sentence


def test_rows_that_contradict_each_other_are_all_left_out(data: Path) -> None:
    found = taken(data, USUAL, ("task-1", "起步"), ("task-1", "完成"), skip_conflicts=True)
    assert len(found.of(Fate.CONFLICT)) == 2
    unclear = taken(data, (*USUAL, "完成率"), ("task-1", "起步", ""), ("task-1", "起步", "八成"), skip_conflicts=True)
    assert len(unclear.of(Fate.QUESTION)) == 2
    assert not reports(data)


def test_nothing_is_written_of_a_mixed_table_unless_it_is_asked_for(data: Path) -> None:
    rows = (*USUAL, "完成率"), ("task-1", "起步", "十成"), ("point-6", "推进", "5")
    assert taken(data, *rows).is_blocked
    assert not reports(data, "point-6")
    assert taken(data, *rows, skip_conflicts=True).is_blocked
    assert [report.percent for report in reports(data, "point-6")] == [5]
    assert not reports(data)


def test_a_csv_file_as_excel_writes_it_in_china(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "表.csv"
    file.write_bytes("编号,进展,完成率\r\ntask-1,起步,60%\r\n".encode("gb18030"))
    assert "GB18030" in only(taken(data, workbook=read_csv(file)), Fate.NOTE).sentence
    assert [report.percent for report in reports(data)] == [60]


_HEADINGS = ("编号", "名称", "进展", "完成率", "日期", "报送科室")
_ROW = st.tuples(
    st.sampled_from(["", "task-1", "2020/point-6", "task-99", "pilot-7#1", "task-2"]),
    st.sampled_from(["", "", "完善国民健康政策", "协同发展职业教育"]),
    st.sampled_from(["", "起步", "完成"]),
    st.sampled_from(["", "50", "八成"]),
    st.sampled_from(["", "2020-07-03", "上周"]),
    st.sampled_from(["", "", BY, "某科"]),
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(_ROW, max_size=6), drawn=st.data())
def test_every_row_has_an_outcome_whatever_the_order_of_rows_and_columns(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, ...]], drawn: st.DataObject
) -> None:
    order = drawn.draw(st.permutations(range(len(_HEADINGS))))
    shuffled = drawn.draw(st.permutations(rows))
    written = []
    for each, columns in ((rows, range(len(_HEADINGS))), (shuffled, order)):
        data = shutil.copytree(DATA, tmp_path_factory.mktemp("own") / "data")
        table = [[row[column] for column in columns] for row in (_HEADINGS, *each)]
        found = taken(data, *table, skip_conflicts=True)
        written.append({file.name: file.read_bytes() for file in data.glob("*.yaml")})
        placed = {item.place.rpartition("!")[2].lstrip("ABCDEFG") for item in found.items}
        for number, row in enumerate(table[1:], 2):
            # A row may be a copy of another: then the other one has the outcome.
            copies = [at for at, other in enumerate(table[1:], 2) if _same(table[0], other, row)]
            assert not any(row) or placed & {str(at) for at in (*copies, number)}, row
    assert written[0] == written[1]


def _same(headings: Sequence[str], one: Sequence[str], other: Sequence[str]) -> bool:
    """Say whether ``one`` may speak for ``other``: it says the same, or the other says nothing on the same entry."""
    first, second = (dict(zip(headings, row, strict=True)) for row in (one, other))
    says, named = ("进展", "完成率"), ("编号", "名称")
    is_blank = not any(second[key] for key in says)
    return all(first[key] == second[key] for key in (named if is_blank else says))


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["task-1", "--from", "表.csv"], "ID"),
        (["--from", "表.csv", "--text", "甲"], "--text"),
        (["--from", "表.csv", "--percent", "5"], "--percent"),
        (["--from", "表.csv", "--evidence", "甲"], "--evidence"),
        (["--from", "表.csv", "--target", "甲=1"], "--target"),
        (["--from", "表.csv", "--stdin", "json"], "--stdin"),
        (["task-1", "--text", "甲", "--column", "甲=进展"], "--column"),
        (["task-1", "--text", "甲", "--skip-conflicts"], "--skip-conflicts"),
        (["task-1", "--text", "甲", "-f", "json"], "--format"),
        (["task-1", "--text", "甲", "-o", "甲.json"], "--output"),
    ],
    ids=" ".join,
)
def test_what_does_not_go_together_is_refused_by_name(run: Run, data: Path, arguments: list[str], named: str) -> None:
    done = run("progress", *arguments, "--data", str(data))
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(named)


def test_a_table_is_taken_from_the_command_line(run: Run, data: Path, tmp_path: Path) -> None:
    file = tmp_path / "表.csv"
    file.write_text("编号,做了什么\ntask-1,起步\n", encoding="utf-8")
    words = ["--from", str(file), "--column", "做了什么=进展", "--by", BY, "--date", "2020-07-01"]
    done = run("progress", *words, "--data", str(data), "-f", "json")
    assert done.code == 0, done.err
    assert [report.text for report in reports(data)] == ["起步"]
    assert run("progress", "--from", str(tmp_path / "表.xls"), "--by", BY, "--data", str(data)).code == 1


def test_reports_of_several_days_on_one_entry_are_all_taken(data: Path) -> None:
    head = ("编号", "进展情况", "报送日期")
    found = taken(data, head, ("task-1", "二期", "2020-06-30"), ("task-1", "一期", "2020-05-30"))
    assert len(found.of(Fate.TAKEN)) == 2
    assert [report.text for report in reports(data)] == ["一期", "二期"]
    head = ("编号", "进展情况", "报送日期")
    found = taken(data, head, ("task-1", "三期", "2020-07-10"), ("task-1", "四期", "2020-07-10"))
    assert len(found.of(Fate.CONFLICT)) == 2
