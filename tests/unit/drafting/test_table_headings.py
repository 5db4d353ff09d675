"""What the headings of tables mean."""

from __future__ import annotations

import pytest

from reformledger.drafting.tables.headings import field_of, meant_by, phase_field_of
from reformledger.errors import UsageError

PRINTED = {
    "序号": "number",
    "序\n号": "number",
    "编号": "number",
    "No.": "number",
    "改革任务": "title",
    "专项改革方案名称": "title",
    "要点内容": "title",
    "方 案 名 称": "title",
    "试点类别": "level",
    "类别": "level",
    "责任领导": "leaders",
    "责任人": "leaders",
    "联系市领导": "city_leader",
    "牵头\n单位": "lead_departments",
    "责任部门": "lead_departments",
    "牵头单位：": "lead_departments",
    "Responsible office": "lead_departments",
    "协助单位": "supporting_departments",
    "配合部门": "supporting_departments",
    "上会时间（明确到季度）": "due",
    "整改时限": "due",
    "Scheduled completion date": "due",
    "联系人及联\n系电话": "contact",
    "备\u3000注": "remark",
    "出台时间": "issued",
    "项目责任人": "persons",
    "分管领导": "persons",
    "任务分解·时序进度": "phases",
    "责任分工 牵头": "lead_departments",
    "责任单位 配合": "supporting_departments",
    "主责科室": "lead_departments",
    "责任\n室（部）": "lead_departments",
    "责任办公室": "lead_departments",
    "责任庭室、部门": "lead_departments",
    "会办单位": "supporting_departments",
    "Supporting departments": "supporting_departments",
    "Lead officer": "leaders",
    "牵头县领导": "leaders",
    "竣工时间": "due",
    "承办人及电话": "contact",
    "联络员及联系方式": "contact",
    "改革领域": "level",
    "重点改革事项": "title",
    "主要举措": "text",
    "目标要求": "text",
    "建设内容及标准": "text",
    "Ref": "number",
}


@pytest.mark.parametrize(("heading", "field"), PRINTED.items())
def test_a_printed_heading_means_a_field(heading: str, field: str) -> None:
    assert field_of(heading) == field


@pytest.mark.parametrize(
    "heading",
    [
        "",
        " ",
        "考核要点",
        "实际完成情况",
        "实际完成时间",
        "Owner",
        "1月",
        "整改类型",
        "责任单位及责任人",
        "状态",
        "开工时间",
        "牵头及配合单位",
        "单位名称",
        "合同期限",
        "参与人数",
    ],
)
def test_another_heading_means_none(heading: str) -> None:
    assert field_of(heading) is None


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("目标", "text"),
        ("完成情况", "result"),
        ("评估", "assessment"),
        ("节点内容", "name"),
        ("时间", "due"),
        ("备注", None),
    ],
)
def test_a_heading_means_a_field_of_a_phase(heading: str, field: str | None) -> None:
    assert phase_field_of(heading) == field


def test_a_field_is_named_by_key_or_heading() -> None:
    assert meant_by("due") == meant_by("完成时限") == "due"
    with pytest.raises(UsageError, match="考核要点"):
        meant_by("考核要点")
