"""The rows of tables as entries: what their columns are, values in their fields, phases, contacts, doubts."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from gridded import LEFT, UP, Sample
from reformledger.drafting.tables.table import OtherReading


def drafted(rows: Sequence[Sequence[str]], file: str = "sample.docx") -> Sample:
    """Return a sample with a title and one table."""
    return Sample("2020年工作台账", rows, file=file)


def test_the_rows_of_a_table_have_their_fields() -> None:
    sample = drafted(
        [
            ("序号", "改革任务", "责任领导", "牵头科室", "配合单位", "进度安排", "成果形式", "备 注"),
            ("1", "深化产教融合、校企合作", "谢强", "职成高教科", "—", "年内完成", "贯彻落实办法", "☆"),
            ("2", "推进高考改革", "刘自力\n彭格", "基教科\n市招办", "各县、区", "按省上要求推进", "", "另行安排"),
        ]
    )
    assert sample.rows() == [
        {
            "number": "1",
            "title": "深化产教融合、校企合作",
            "leaders": ["谢强"],
            "lead_departments": ["职成高教科"],
            "due": "年内完成",
            "outcome": "贯彻落实办法",
            "star": "☆",
        },
        {
            "number": "2",
            "title": "推进高考改革",
            "leaders": ["刘自力", "彭格"],
            "lead_departments": ["基教科", "市招办"],
            "supporting_departments": ["各县、区"],
            "due": "按省上要求推进",
            "remark": "另行安排",
        },
    ]
    assert sample.asked() == [("names", "supporting_departments", "各县、区")]
    assert sample.left() == []


def test_the_number_and_the_day_of_a_document_end_its_title() -> None:
    sample = drafted([("序号", "方案名称"), ("1", "《足球改革意见》（攀办发〔2017〕150号）（2017.9.27）")])
    fields = {"title": "《足球改革意见》", "document_number": "攀办发〔2017〕150号", "issued": "2017-09-27"}
    assert sample.rows() == [{"number": "1", **fields}]
    assert sample.asked() == []


def test_other_brackets_stay_in_the_title() -> None:
    sample = drafted([("序号", "试点名称"), ("1", "市级试点（第一、二批分别下设13、9个子项）")])
    assert sample.rows() == [{"number": "1", "title": "市级试点（第一、二批分别下设13、9个子项）"}]


def test_batches_become_phases_with_their_counts_and_are_asked() -> None:
    sample = drafted(
        [
            ("序号", "试点名称", "完成时限", "备注"),
            ("7", "市级试点（第一、二批分别下设13、9个子项）", "第一批\n2020\n第二批\n2021", "☆（第一批试点完成）"),
        ]
    )
    (row,) = sample.rows()
    assert row["phases"] == [
        {"name": "第一批", "count": "13", "due": "2020"},
        {"name": "第二批", "count": "9", "due": "2021"},
    ]
    assert row["star"] == {"note": "第一批试点完成", "phase": "第一批"}
    assert [asked[:2] for asked in sample.asked()] == [("phases", "phases")]


def test_dated_parts_that_the_deadline_grammar_reads_stay_a_deadline() -> None:
    sample = drafted([("序号", "任务", "完成时限"), ("1", "修订", "6月底前：形成方案；12月底前：印发")])
    assert sample.rows()[0]["due"] == "6月底前：形成方案；12月底前：印发"
    assert sample.asked() == []


def test_the_steps_in_a_cell_become_phases() -> None:
    cell = "3月：完成讲座5场次\n3-4月：组织选题\n全年：收集意见\n整理讲稿"
    sample = drafted([("序号", "工作任务", "任务分解·时序进度", "考核要点"), ("1", "★讲座", cell, "10场次")])
    (row,) = sample.rows()
    assert row["phases"] == [
        {"name": "完成讲座5场次", "due": "3月："},
        {"name": "组织选题", "due": "3-4月："},
        {"name": "收集意见", "due": "全年："},
        {"name": "整理讲稿"},
    ]
    assert row["columns"] == {"column_4": "10场次"}


@pytest.mark.parametrize("merged", [UP, ""])
def test_the_rows_of_one_task_become_its_phases(merged: str) -> None:
    sample = drafted(
        [
            ("编号", "任务", "责任部门", "节点内容", "时间", "完成时间"),
            ("201", "套改", "人力部", "定岗", "2023-05-31", "2023-12-31"),
            (merged, merged, merged, "征求意见", "2023-07-31", merged),
            ("212", "合作", "财务部", "推进会", "2023-03-31", "2023-12-31"),
        ]
    )
    rows = sample.rows()
    assert rows[0] == {
        "number": "201",
        "title": "套改",
        "lead_departments": ["人力部"],
        "due": "2023-12-31",
        "phases": [{"name": "定岗", "due": "2023-05-31"}, {"name": "征求意见", "due": "2023-07-31"}],
    }
    assert rows[1]["phases"] == [{"name": "推进会", "due": "2023-03-31"}]
    assert sample.asked() == []


def test_stepped_heads_over_quarters_become_phases() -> None:
    sample = drafted(
        [
            ("序号", "要点内容", "一季度", LEFT, LEFT, "半年", LEFT, LEFT, "牵头部门"),
            (UP, UP, "目标", "完成情况", "评估", "目标", "完成情况", "评估", UP),
            ("1", "公益诉讼", "办理5件", "办理6件", "已完成", "办理10件", "", "尚未启动", "第四检察部"),
        ]
    )
    (table,) = sample.ledger()["parts"][0]["tables"]
    assert table["phase_columns"] == {"text": "目标", "result": "完成情况", "assessment": "评估"}
    assert table["rows"][0]["phases"] == [
        {"name": "一季度", "due": "一季度", "text": "办理5件", "result": "办理6件", "assessment": "已完成"},
        {"name": "半年", "due": "上半年", "text": "办理10件", "assessment": "尚未启动"},
    ]
    assert [asked[:2] for asked in sample.asked()] == [("phases", "phases")]


def test_who_is_to_be_called_goes_into_the_contacts_alone() -> None:
    sample = drafted(
        [
            ("序号", "任务", "联系人及联系电话"),
            ("1", "甲", "李  艺\n18982351719"),
            ("2", "乙", "王影\n139****6584"),
            ("3", "丙", "张三 0812-3334455、李四"),
        ]
    )
    assert all(row.keys() == {"number", "title"} for row in sample.rows())
    assert sample.contacts == {
        "task-1": {"name": "李艺", "phone": "18982351719"},
        "task-2": {"name": "王影"},
        "task-3": {"name": "张三", "phone": "0812-3334455"},
    }
    assert sample.asked() == [("contact", "contact", "139****6584"), ("contact", "contact", "李四")]
    assert sample.left() == []


def test_roles_are_persons_and_other_headings_columns_of_ones_own() -> None:
    sample = drafted(
        [
            ("No.", "Risk", "Owner", "项目责任人", "实际完成情况"),
            ("R1", "Backups are late", "Head of Operations", "戊某 己某", "已建成"),
        ]
    )
    (table,) = sample.ledger()["parts"][0]["tables"]
    assert table["numbers"] == "own"
    assert table["columns"] == {
        "number": "No.",
        "title": "Risk",
        "owner": "Owner",
        "persons": "项目责任人",
        "column_5": "实际完成情况",
    }
    assert table["rows"] == [
        {
            "id": "task-r1",
            "number": "R1",
            "title": "Backups are late",
            "columns": {"owner": "Head of Operations", "column_5": "已建成"},
            "persons": {"项目责任人": ["戊某", "己某"]},
        }
    ]


def test_a_person_says_what_a_heading_means() -> None:
    table = [("序号", "任务", "谁来办", "几时"), ("1", "修路", "交通局", "年内")]
    (row,) = drafted(table).rows(谁来办="牵头单位", 几时="due")
    assert row == {"number": "1", "title": "修路", "lead_departments": ["交通局"], "due": "年内"}


def test_beside_who_leads_those_responsible_support_and_are_asked_once() -> None:
    table = [("序号", "任务", "牵头单位", "责任单位"), ("1", "甲", "A局", "B局"), ("2", "乙", "C局", "D局")]
    sample = drafted(table)
    assert [row["supporting_departments"] for row in sample.rows()] == [["B局"], ["D局"]]
    assert [question.subject for question in sample.questions] == ["roles"]


def test_labels_in_a_cell_say_what_follows_them() -> None:
    sample = drafted([("序号", "任务", "责任单位"), ("1", "甲", "牵头单位：A局；配合单位：B局、C局")])
    (row,) = sample.rows()
    assert (row["lead_departments"], row["supporting_departments"]) == (["A局"], ["B局", "C局"])
    assert sample.left() == []


def test_a_lost_heading_is_guessed_by_the_cells_and_asked() -> None:
    sample = drafted([("序号", "任务", "", "牵头单位"), ("1", "甲", "年内", "A局"), ("2", "乙", "2020年6月", "B局")])
    assert [row["due"] for row in sample.rows()] == ["年内", "2020年6月"]
    assert sample.asked() == [("heading", "due", "年内"), ("heading", "due", "2020年6月")]


def test_two_columns_with_one_heading_are_both_asked() -> None:
    sample = drafted([("序号", "任务", "完成时限", "完成时限"), ("1", "甲", "6月", "12月")])
    (row,) = sample.rows()
    assert row == {"number": "1", "title": "甲", "due": "6月", "columns": {"column_4": "12月"}}
    assert sample.asked() == [("heading", "due", "6月"), ("heading", "columns", "12月")]


def test_shifted_columns_are_asked() -> None:
    table = [("序号", "任务", "责任领导", "牵头科室", "完成时限"), ("1", "甲", "基教科", "2020年6月", "☆")]
    sample = drafted(table)
    sample.rows()
    assert [(subject, field) for subject, field, _text in sample.asked()] == [
        ("value", "leaders"),
        ("value", "lead_departments"),
        ("value", "due"),
    ]


def test_ids_run_on_where_numbers_are_missing_or_come_again() -> None:
    sample = drafted([("序号", "任务"), ("1", "甲"), ("", "乙"), ("1", "丙"), ("4", "丁")])
    (table,) = sample.ledger()["parts"][0]["tables"]
    assert [row["id"] for row in table["rows"]] == ["task-1", "task-2", "task-3", "task-4"]
    assert table["numbers"] == "own"


def test_a_category_printed_once_is_in_each_row_of_a_text() -> None:
    rows = [
        ("序号", "试点类别", "试点名称"),
        ("1", "省级", "甲"),
        ("2", "", "乙"),
        ("3", "市级", "丙"),
        ("4", "", "丁"),
    ]
    assert [row["level"] for row in drafted(rows, file="sample.csv").rows()] == ["省级", "省级", "市级", "市级"]
    assert [row.get("level") for row in drafted(rows).rows()] == ["省级", None, "市级", None]


def test_a_row_that_may_be_cut_otherwise_is_asked_with_both_readings() -> None:
    sample = drafted([("序号", "任务", "责任领导", "牵头科室"), ("1", "甲", "刘自力", "基教科")])
    title, table = sample.flow()
    number, title, leader, office = table.rows[0].cells
    other = OtherReading((number, title, leader[:0], leader + office), 1.5)
    table = table._replace(rows=(table.rows[0]._replace(others=(other,)),))
    sample.flow = lambda: [title, table]  # type: ignore[method-assign]
    (row,) = sample.rows()
    assert row["lead_departments"] == ["基教科"]
    assert sample.asked()[-2:] == [("row", "leaders", "刘自力"), ("row", "lead_departments", "基教科")]
    assert {"lead_departments": ["刘自力基教科"]} in sample.proposed()


def test_a_category_that_is_doubtful_is_so_in_each_of_its_rows() -> None:
    sample = drafted([("序号", "试点类别", "试点名称"), ("1", "省级", "甲"), ("2", "", "乙")], file="sample.csv")
    title, table = sample.flow()
    number, level, name = table.rows[0].cells
    other = OtherReading((number, level[:0], level + name), 1.0)
    table = table._replace(rows=(table.rows[0]._replace(others=(other,)), table.rows[1]))
    sample.flow = lambda: [title, table]  # type: ignore[method-assign]
    assert [row["level"] for row in sample.rows()] == ["省级", "省级"]
    assert [asked for asked in sample.asked() if asked[1] == "level"] == [("row", "level", "省级")] * 2


def test_what_is_to_be_asked_of_a_cell_is_asked() -> None:
    sample = drafted([("序号", "任务"), ("1", "甲")])
    title, table = sample.flow()
    table = table._replace(rows=(table.rows[0]._replace(notes={1: "It is struck out."}),))
    sample.flow = lambda: [title, table]  # type: ignore[method-assign]
    sample.rows()
    assert sample.asked()[-1] == ("note", "title", "甲")


def test_whom_to_call_is_known_by_the_numbers_whatever_the_heading() -> None:
    head = ("序号", "事项", "牵头单位", "对接情况")
    cells = ("吴敏(13811112222)", "郑凯010-62345678转803", "褚卫137 1234 5678")
    sample = drafted([head, *((str(number), "推进改革", "县医保局", cell) for number, cell in enumerate(cells, 1))])
    sample.rows()
    assert list(sample.contacts.values()) == [
        {"name": "吴敏", "phone": "13811112222"},
        {"name": "郑凯", "phone": "010-62345678转803"},
        {"name": "褚卫", "phone": "137 1234 5678"},
    ]
    assert {subject for subject, _field, _text in sample.asked()} == {"heading"}


def test_offices_without_a_known_heading_lead_and_are_asked() -> None:
    sample = drafted([("序号", "事项", "归口"), ("1", "推进医改", "县医保局"), ("2", "推进国企改革", "县国资局")])
    assert [row["lead_departments"] for row in sample.rows()] == [["县医保局"], ["县国资局"]]
    assert [text for _subject, _field, text in sample.asked()] == ["县医保局", "县国资局"]


def test_an_unknown_heading_is_asked_once_unless_its_cells_are_marks_or_figures() -> None:
    rows = [("序号", "事项", "会议意见", "权重"), ("1", "推进医改", "原则同意，抓紧修改后实施", "10")]
    sample = drafted([*rows, ("2", "推进国企改革", "进一步征求意见后再议", "15")])
    sample.rows()
    assert sample.asked() == [("heading", "columns", "会议意见")]


@pytest.mark.parametrize(
    "cell",
    [
        "市场管理科（牵头）、执法支队（配合）",
        "市场管理科牵头，执法支队配合",
        "市场管理科（牵头）\n执法支队（协办）",
        "市场管理科主办 执法支队配合",
    ],
)
def test_a_cell_says_what_each_department_does(cell: str) -> None:
    sample = drafted([("序号", "任务", "责任科室"), ("1", "甲", cell)])
    (row,) = sample.rows()
    assert (row["lead_departments"], row["supporting_departments"]) == (["市场管理科"], ["执法支队"])
    assert (sample.asked(), sample.left()) == ([], [])


def test_departments_beside_those_that_lead_are_asked() -> None:
    sample = drafted([("序号", "任务", "责任科室"), ("1", "甲", "法规科（牵头）、执法科、财务科")])
    (row,) = sample.rows()
    assert row["lead_departments"] == ["法规科", "执法科", "财务科"]
    assert sample.asked() == [("roles", "lead_departments", "执法科、财务科")]


def test_all_cells_from_the_first_that_does_not_fit_are_asked() -> None:
    head = ("序号", "任务", "牵头单位", "配合单位", "时限")
    sample = drafted(
        [head, ("1", "改造农村公路", "县交通局", "2020年10月", ""), ("2", "打通断头路", "11月", "县文旅局", "县财政局")]
    )
    one, other = sample.rows()
    assert ("due" in one, "lead_departments" in other) == (False, False)
    assert sorted(field for _subject, field, _text in sample.asked()) == [
        *("due", "due", "lead_departments", "supporting_departments", "supporting_departments")
    ]


@pytest.mark.parametrize("file", ["sample.docx", "sample.csv"])
def test_what_several_entries_share_before_their_numbers_is_their_level(file: str) -> None:
    head = ("工作任务", "序号", "主要内容", "责任室（部）")
    again = UP if file == "sample.docx" else ""
    rows = [
        ("政治监督", "1", "开展换届监督", "第一室"),
        (again, "2", "开展环保监督", "第二室"),
        ("巡察", "3", "完成巡察", "巡察办"),
    ]
    sample = drafted([head, *rows], file)
    assert [(row["level"], row["title"]) for row in sample.rows()] == [
        ("政治监督", "开展换届监督"),
        ("政治监督", "开展环保监督"),
        ("巡察", "完成巡察"),
    ]
    assert (sample.asked(), sample.left()) == ([], [])


def test_a_title_that_several_entries_share_is_asked() -> None:
    rows = [
        ("序号", "工作任务", "主要内容"),
        ("1", "政治监督", "开展换届监督"),
        ("2", UP, "开展环保监督"),
        ("3", "巡察", "完成巡察"),
    ]
    sample = drafted(rows)
    assert [row["title"] for row in sample.rows()] == ["政治监督", "政治监督", "巡察"]
    assert [text for _subject, _field, text in sample.asked()] == ["政治监督", "政治监督"]
    assert {(subject, field) for subject, field, _text in sample.asked()} == {("title", "title")}


def test_a_number_beside_a_name_is_that_persons_and_asked() -> None:
    sample = drafted([("序号", "任务", "责任人", "联系电话"), ("1", "甲", "马 超", "0816-2345678")])
    (row,) = sample.rows()
    assert row["leaders"] == ["马超"]
    assert list(sample.contacts.values()) == [{"phone": "0816-2345678", "name": "马超"}]
    assert [(subject, field) for subject, field, _text in sample.asked()] == [("contact", "contact")]
