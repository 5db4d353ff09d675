"""Whole ledgers, and work points printed as tables: titles, parts, counts, notes, kinds, marks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from gridded import LEFT, UP, Sample
from reformledger.drafting.tables.parts import declare_independent, read_ledger
from reformledger.loader import parse_file

DATA = Path(__file__).parents[3] / "data"
LISTS = ("leaders", "lead_departments", "supporting_departments")
TASKS = [("序号", "改革任务", "责任领导"), ("1", "推进高考改革", "刘自力")]
SCHEMES = [("序号", "专项改革方案名称", "牵头科室", "备注"), ("1", "《足球改革意见》", "社体科", "☆")]


def shape(ledger: Any) -> list[tuple[Any, ...]]:
    """Return what a ledger is made of: number, title and count of each part; prefix, title and count of its tables."""
    return [
        (
            part.get("number"),
            part["title"],
            part.get("count"),
            [(table["id_prefix"], table.get("title"), table.get("count")) for table in part["tables"]],
        )
        for part in ledger["parts"]
    ]


def test_parts_with_counts_notes_and_tables_of_their_own() -> None:
    sample = Sample(
        "附件",
        "攀枝花市2020年教育体育综合改革台账",
        "一、实施规划类改革任务落实台账（3个）",
        TASKS,
        "注：标“☆”表示需要2020年完成销账的台账。",
        "三、专项改革方案落实台账（7个）",
        "市领导重点抓落实的专项改革方案（共2个）",
        SCHEMES,
        "其他需要推进落实的专项改革方案（共5个，其中3个需年内完成销账）",
        SCHEMES,
        "说明：“上会”指上市委深改委会议。",
    )
    ledger = sample.ledger()
    assert (ledger["kind"], ledger["year"], ledger["title"]) == ("ledger", "2020", "攀枝花市2020年教育体育综合改革台账")
    assert shape(ledger) == [
        ("一", "实施规划类改革任务落实台账", "3个", [("task", None, None)]),
        (
            "三",
            "专项改革方案落实台账",
            "7个",
            [
                ("key-scheme", "市领导重点抓落实的专项改革方案", "共2个"),
                ("scheme", "其他需要推进落实的专项改革方案", "共5个，其中3个需年内完成销账"),
            ],
        ),
    ]
    assert ledger["parts"][0]["notes"] == ["注：标“☆”表示需要2020年完成销账的台账。"]
    assert ledger["parts"][1]["notes"] == ["说明：“上会”指上市委深改委会议。"]
    assert [table["kind"] for part in ledger["parts"] for table in part["tables"]] == ["task", "scheme", "scheme"]
    assert not sample.asked()
    assert not sample.left()


def test_a_ledger_without_parts_has_one_of_its_own_title() -> None:
    sample = Sample("某县人民检察院2021年重点工作推进表", TASKS)
    title = "某县人民检察院2021年重点工作推进表"
    ledger = sample.ledger()
    assert ledger["title"] == title
    assert shape(ledger) == [(None, title, None, [("task", None, None)])]
    assert not sample.asked()


def test_titles_over_tables_are_parts_where_no_heading_is_numbered() -> None:
    sample = Sample("某学院2017年工作任务书", "教务处", TASKS, "学生处", TASKS)
    assert shape(sample.ledger()) == [
        (None, "教务处", None, [("task", None, None)]),
        (None, "学生处", None, [("task-2", None, None)]),
    ]


def test_titles_and_sections_in_the_rows_of_a_table_are_those_of_the_ledger() -> None:
    rows = [
        ("2021年改革台账", LEFT, LEFT),
        TASKS[0],
        ("一、经济领域（1项）", LEFT, LEFT),
        TASKS[1],
        ("二、社会领域", LEFT, LEFT),
        ("2", "推进医改", "谢强"),
        ("备注：按季报送。", LEFT, LEFT),
    ]
    ledger = Sample(rows).ledger()
    assert ledger["title"] == "2021年改革台账"
    assert shape(ledger) == [
        ("一", "经济领域", "1项", [("task", None, None)]),
        ("二", "社会领域", None, [("task-2", None, None)]),
    ]
    assert ledger["parts"][1]["notes"] == ["备注：按季报送。"]


def test_what_a_heading_says_of_leaders_holds_for_its_part() -> None:
    sample = Sample("2020年指标台账", "一、经济指标（牵头领导：甲某、乙某）", TASKS)
    (part,) = sample.ledger()["parts"]
    assert (part["title"], part["leaders"]) == ("经济指标", ["甲某", "乙某"])
    assert not sample.left()


def test_a_mark_before_titles_is_kept_and_means_what_a_note_says() -> None:
    rows = [("序号", "工作任务"), ("1", "★举办名师讲座")]
    for note in ("注：★为学院重点工作。", "注：标“★”的为学院重点工作", "（★为学院重点工作）"):
        ledger = Sample("2017年任务书", rows, note).ledger()
        assert ledger["marks"] == {"★": "学院重点工作"}
        assert ledger["parts"][0]["tables"][0]["rows"][0]["title"] == "★举办名师讲座"
        assert "notes" not in ledger["parts"][0]
    sample = Sample("2017年任务书", rows)
    assert "marks" not in sample.ledger()
    assert sample.asked() == [("marks", "title", "★")]


def test_the_kind_is_that_of_the_last_word_of_the_title_that_says_one() -> None:
    titles = (
        "重大改革试点落实台账",
        "专项改革方案上会审议计划表",
        "十一项工作方案任务表",
        "专项改革方案落实台账",
        "推进表",
    )
    found = [Sample(title, TASKS).ledger()["parts"][0]["tables"][0]["kind"] for title in titles]
    assert found == ["pilot", "review", "task", "scheme", "task"]


def test_a_document_without_a_title_is_asked_for_one() -> None:
    sample = Sample(TASKS, file="reform.docx")
    assert sample.ledger()["title"] == "reform"
    assert sample.asked() == [("title", "title", "")]


def test_no_ledger_is_without_a_table() -> None:
    assert Sample("2020年工作要点", "一、总体要求").ledger() is None


def test_a_ledger_without_work_points_is_independent_and_asked_once() -> None:
    sample = Sample("2020年工作台账", TASKS)
    ledger = sample.ledger()
    declare_independent({"ledger": ledger}, sample.questions)
    assert ledger["independent"] == "true"
    assert sample.asked() == [("kind", "independent", "")]
    beside = Sample("2020年工作台账", TASKS)
    declare_independent({"ledger": beside.ledger(), "workpoints": {}}, beside.questions)
    assert not beside.asked()


def test_work_points_that_are_printed_as_tables() -> None:
    sample = Sample("2020年工作要点", "一、经济（1项）", [("序号", "工作内容", "备注"), ("80", "修路", "★")])
    points = sample.points()
    assert (points["kind"], points["title"], points["numbers"]) == ("workpoints", "2020年工作要点", "own")
    (section,) = points["sections"]
    assert (section["number"], section["title"]) == ("一", "经济")
    assert section["points"] == [{"id": "point-80", "number": "80", "title": "修路", "remark": "★"}]


def test_the_tables_of_the_shipped_ledger_are_read_as_they_are_kept() -> None:
    """Each table printed with its columns, and read again, is what the file holds, but for ``implements``."""
    shipped: Any = parse_file(DATA / "ledger_2020.yaml").data
    blocks: list[Any] = [shipped["title"]]
    for part in shipped["parts"]:
        blocks.append(f"{part['number']}、{part['title']}（{part['count']}）")
        for table in part["tables"]:
            if title := table.get("title"):
                blocks.append(f"{title}（{table['count']}）")
            columns = table["columns"]
            blocks.append([tuple(columns.values()), *(_printed(row, columns) for row in table["rows"])])
        blocks += part["notes"]
    sample = Sample(*blocks)
    ledger = read_ledger(sample.flow(), sample.context, {}, sample.contacts)
    assert ledger is not None
    assert ledger["parts"] == _without_implements(shipped["parts"])
    assert [question.subject for question in sample.questions] == ["phases"]


def _printed(row: dict[str, Any], columns: dict[str, str]) -> tuple[str, ...]:
    """Return the cells of a row as the notice prints them."""
    cells = {key: "\n".join(value) if key in LISTS else value for key, value in row.items()}
    if phases := row.get("phases"):
        cells["due"] = "\n".join(f"{phase['name']}{phase['due']}" for phase in phases)
    if isinstance(star := row.get("star"), dict):
        cells["star"] = f"☆（{star['note']}）"
    if "document_number" in row:
        cells["title"] += f"（{row['document_number']}）" + ("" if "issued" in columns else f"（{row['issued']}）")
    return tuple(cells.get(key, "") for key in columns)


def _without_implements(data: Any) -> Any:
    if isinstance(data, list):
        return [_without_implements(item) for item in data]
    if isinstance(data, dict):
        return {key: _without_implements(value) for key, value in data.items() if key != "implements"}
    return data


HEADINGS = (
    *("序号", "编号", "改革任务", "试点名称", "类别", "责任领导", "牵头单位", "责任单位", "配合单位", "项目责任人", ""),
    *("完成时限", "节点", "时间", "一季度 目标", "二季度 目标", "联系人", "备注", "说明", "主要任务"),
)
CELLS = (
    *("", "1", "2", "（一）", "A-1", "推进改革", "★讲座", "无", "合计", "《", "）", "；", "：", UP, LEFT),
    *("刘自力\n彭格", "甲某 乙某", "基教科、市招办", "各县、区人民政府", "牵头单位：A局；配合单位：B局"),
    *("年内", "2020年12月", "2024年前开工", "第一批2020\n第二批2021", "3月：调研\n6月：印发", "☆", "☆（第一批完成）"),
    *("张三 13900000000", "139****0000", "（攀办发〔2015〕2号）（2015.1.22）"),
)


@given(st.data())
def test_any_table_is_drafted_and_loses_no_row(data: st.DataObject) -> None:
    width = data.draw(st.integers(2, 6))
    head = data.draw(st.lists(st.sampled_from(HEADINGS), min_size=width, max_size=width))
    rows = data.draw(st.lists(st.lists(st.sampled_from(CELLS), min_size=width, max_size=width), max_size=4))
    file = data.draw(st.sampled_from(["a.docx", "a.csv"]))
    cells = [[("" if at == 0 and cell == LEFT else cell) for at, cell in enumerate(row)] for row in (head, *rows)]
    sample = Sample("2020年工作台账", cells, file=file)
    ledger = sample.ledger()
    for part in ledger["parts"] if ledger else ():
        for table in part["tables"]:
            assert all(row["title"] for row in table["rows"])
            assert len({row["id"] for row in table["rows"]}) == len(table["rows"])


HEAD = ("序号", "工作任务", "责任单位")


def test_lines_with_labels_and_a_day_between_a_title_and_its_table_are_notes() -> None:
    title = ("某县2020年重点任务台账", LEFT, LEFT)
    sample = Sample([title, ("填报单位（盖章）：改革办", "", "2020年2月20日"), HEAD, ("1", "推进医改", "县医保局")])
    ledger = sample.ledger()
    assert ledger["title"] == "某县2020年重点任务台账"
    assert ledger["parts"][0]["notes"] == ["填报单位（盖章）：改革办", "2020年2月20日"]
    assert (sample.asked(), sample.left()) == ([], [])


def test_the_bracket_behind_a_title_is_part_of_it_unless_its_label_says_who_answers() -> None:
    sample = Sample("某区2020年工作分解表（民生组）", [HEAD, ("1", "推进医改", "区医保局")])
    (part,) = sample.ledger()["parts"]
    assert (part["title"], "lead_departments" in part) == ("某区2020年工作分解表（民生组）", False)


def test_what_explains_the_marks_behind_a_title_is_no_part_of_it() -> None:
    rows = [HEAD, ("1", "★推进医改", "医保科"), ("2", "扩建门诊", "基建科")]
    sample = Sample("某医院2020年任务分解表（★为院长督办事项）", rows)
    ledger = sample.ledger()
    assert (ledger["title"], ledger["marks"]) == ("某医院2020年任务分解表", {"★": "院长督办事项"})
    assert sample.left() == []


def test_numbered_notes_go_on_in_the_lines_below() -> None:
    sample = Sample("某院2020年任务清单", TASKS, "说明：1.办结期限以纪要为准。", "2.每月25日前报送进展。")
    assert sample.ledger()["parts"][0]["notes"] == ["说明：1.办结期限以纪要为准。", "2.每月25日前报送进展。"]
    assert sample.left() == []
