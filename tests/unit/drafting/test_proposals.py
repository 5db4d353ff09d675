"""What a draft proposes: targets, work points that rows carry out, and entries of the directory."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reformledger.drafting.passage import NOTHING
from reformledger.drafting.plain import Documents, PlainEntry, entries_of
from reformledger.drafting.proposals.implements import propose_implements
from reformledger.drafting.proposals.names import declared_names, propose_names
from reformledger.drafting.proposals.targets import propose_targets, targets_in
from reformledger.drafting.questions import Item, Questions
from reformledger.loader import checked, parse_file
from reformledger.model.documents import DocumentKind
from reformledger.yamlio import Data, Mapped

DATA = Path(__file__).parents[3] / "data"
KINDS: tuple[DocumentKind, ...] = ("workpoints", "ledger")


def shipped(*without: str) -> Documents:
    """Return the shipped documents as a draft has them: without the fields that are proposed."""
    documents = {kind: cast("Mapped", parse_file(DATA / f"{kind}_2020.yaml").data) for kind in KINDS}
    for document in documents.values():
        for entry in entries_of(document):
            for key in without:
                entry.data.pop(key, None)
    return documents


def held(entry: PlainEntry, key: str) -> Any:
    return entry.data[key]


def proposed(item: Item, place: int = 0) -> Any:
    """Return what an item proposes, first or later."""
    return item.proposals[place].data


def items(questions: Questions) -> list[Item]:
    """Return the places of the only question that there is."""
    (question,) = questions.all
    return question.items


# Targets


def test_the_targets_of_the_shipped_work_points_are_proposed_as_a_person_wrote_them() -> None:
    questions = Questions()
    propose_targets(shipped("targets"), questions, {})
    found = {item.entry: proposed(item)["targets"] for item in items(questions)}
    wanted = {
        entry.id: [{key: target[key] for key in ("name", "value", "unit")} for target in held(entry, "targets")]
        for entry in entries_of(shipped()["workpoints"])
        if "targets" in entry.data
    }
    assert found == wanted


def test_what_has_targets_is_not_asked_about() -> None:
    questions = Questions()
    propose_targets(shipped(), questions, {})
    assert not questions.all


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("地区生产总值增长15%。", [("地区生产总值增长", "15", "%")]),
        ("3月：完成讲座5场次", [("讲座", "5", "场次")]),
        ("宽带用户达到4.5万户", [("宽带用户", "4.5", "万户")]),
        ("新改建农村公路50公里", [("新改建农村公路", "50", "公里")]),
        ("新建学校12所、新增学位1.2万个", [("新建学校", "12", "所"), ("新增学位", "1.2", "万个")]),
        ("固定资产投资完成1,050亿元", [("固定资产投资", "1050", "亿元")]),
        ("公办幼儿园占比不低于 ５0 ％", [("公办幼儿园占比", "50", "%")]),
        ("引进企业5—8家，其中500强企业1家", [("引进企业", "5", "家"), ("500强企业", "1", "家")]),
        ("全市共建，12所学校达标", [("学校达标", "12", "所")]),
        ("完成县城4个农贸市场升级改造", [("县城农贸市场升级改造", "4", "个")]),
        ("新建学校12所并投入使用", [("新建学校", "12", "所")]),
        ("新增3个省级示范园", [("新增省级示范园", "3", "个")]),
        ("新建学校12所、改造8所学校", [("新建学校", "12", "所"), ("改造学校", "8", "所")]),
        ("建设三所学校", [("学校", "3", "所")]),
        ("每季度召开1次会议", [("会议", "1", "次")]),
    ],
)
def test_a_target_is_named_by_the_noun_before_the_number_or_behind_it(
    text: str, wanted: list[tuple[str, str, str]]
) -> None:
    assert [target[:3] for target in targets_in(text)] == wanted


@pytest.mark.parametrize(
    "text",
    [
        "2020年12月底前完成",
        "3个月内完成，45个工作日内答复",
        "省委十一届三次、四次全会，前三批试点，第2批项目",
        "攀教体发〔2018〕37号",
        "《乡村教师支持计划（培训500人）》",
        "增强“四个意识”，做到两个维护",
        "第一、二、三批分别下设13、9、7个子项",
        "推进一项改革",
    ],
)
def test_days_ordinals_and_what_is_quoted_are_no_targets(text: str) -> None:
    assert targets_in(text) == []


def test_a_number_without_a_noun_is_named_by_the_title() -> None:
    assert targets_in("2022年、2023年各建成50套", "电子警察建设")[0].name == "电子警察建设"


@given(st.text(alphabet="0123456789.,%所个项的、，。；建成达到各全市省级《》“”（）年月第", max_size=40))
def test_whatever_the_text_is_every_target_has_a_name_and_a_number(text: str) -> None:
    for target in targets_in(text):
        assert target.name
        assert float(target.value) >= 0


# Work points that rows carry out


def test_of_each_shipped_row_the_right_work_point_is_proposed_first() -> None:
    questions = Questions()
    propose_implements(shipped("implements"), questions, {})
    first = {item.entry: proposed(item)["implements"] for item in items(questions)}
    assert first == {row.id: held(row, "implements") for row in entries_of(shipped()["ledger"])}


def test_no_more_than_three_work_points_are_proposed_each_with_its_margin() -> None:
    questions = Questions()
    propose_implements(shipped("implements"), questions, {})
    assert max(len(item.proposals) for item in items(questions)) == 3
    assert all("ahead of the next by " in proposal.why for item in items(questions) for proposal in item.proposals)


def test_the_source_of_the_question_is_the_title_of_the_row() -> None:
    questions = Questions()
    title = Item("task-1", "title", NOTHING, assumed="深化产教融合、校企合作")
    propose_implements(shipped("implements"), questions, {"task-1": title})
    item = items(questions)[0]
    assert (item.entry, item.field, item.assumed) == ("task-1", "implements", None)


def test_a_row_that_names_its_work_point_is_not_asked_about() -> None:
    questions = Questions()
    propose_implements(shipped(), questions, {})
    assert not questions.all


def test_without_work_points_or_where_the_ledger_is_independent_nothing_is_proposed() -> None:
    questions = Questions()
    documents = shipped("implements")
    propose_implements({"ledger": documents["ledger"]}, questions, {})
    propose_implements({**documents, "ledger": {**documents["ledger"], "independent": "true"}}, questions, {})
    assert not questions.all


# Names


def test_names_that_the_shipped_directory_joins_are_proposed_as_one() -> None:
    questions = Questions()
    propose_names(shipped(), questions, {})
    joined = [
        {entry["name"], *entry["also"]}
        for item in items(questions)
        for entry in proposed(item)["names"]
        if "also" in entry
    ]
    assert {"政策法规科", "法规科"} in joined
    assert {"督导办", "督导室"} in joined
    assert {"市教育和体育局", "攀枝花市教育和体育局"} in joined
    assert len(joined) == 3


def test_groups_are_proposed_as_such() -> None:
    questions = Questions()
    propose_names(shipped(), questions, {})
    groups = {
        entry["name"] for item in items(questions) for entry in proposed(item)["names"] if entry["kind"] == "group"
    }
    assert groups == {"机关各科（室）", "直属各事业单位", "各相关科（室）", "通知中明确的各试点承接单位"}


def documents_naming(*entries: Mapped) -> Documents:
    """Return a ledger whose entries name somebody."""
    rows: list[Data] = [
        {"id": f"task-{number}", "title": f"任务{number}", **entry} for number, entry in enumerate(entries, 1)
    ]
    table: Mapped = {"id_prefix": "task", "rows": rows}
    ledger: Mapped = {
        "kind": "ledger",
        "year": "2020",
        "title": "台账",
        "parts": [{"title": "任务", "tables": [table]}],
    }
    return {"ledger": ledger}


def test_what_one_entry_names_side_by_side_is_two() -> None:
    questions = Questions()
    propose_names(documents_naming({"lead_departments": ["政策法规科", "法规科"]}), questions, {})
    assert not questions.all


def test_a_person_mistyped_is_asked_about_with_the_way_to_keep_both() -> None:
    questions = Questions()
    propose_names(documents_naming({"leaders": ["刘自力"]}, {"persons": {"分管领导": ["刘自立"]}}), questions, {})
    (item,) = items(questions)
    together, apart = (proposed(item, place)["names"] for place in (0, 1))
    assert together == [{"name": "刘自力", "kind": "person", "also": ["刘自立"]}]
    assert apart == [{"name": "刘自力", "kind": "person"}, {"name": "刘自立", "kind": "person"}]


def test_a_name_that_holds_what_joins_names_is_declared() -> None:
    declared = declared_names(
        documents_naming({"supporting_departments": ["各县、区人民政府", "市发改委（粮食、物资）"]})
    )
    assert declared == {"kind": "directory", "names": [{"name": "各县、区人民政府", "kind": "group"}]}
    checked({**declared}, "directory")


def test_where_no_name_needs_it_there_is_no_directory() -> None:
    assert declared_names(shipped()) is None
