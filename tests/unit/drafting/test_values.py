"""What a passage says, put into a field: names, deadlines, days, the ☆."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridded import Sample
from reformledger.drafting.entry import DraftEntry
from reformledger.drafting.source import Line
from reformledger.drafting.values import is_deadline, put_value
from reformledger.model.deadline import DeadlineError, parse_deadline

CERTAIN = [
    ("leaders", "刘自力\n彭格", ["刘自力", "彭格"]),
    ("leaders", "李  艺", ["李艺"]),
    ("leaders", "王  影、李  刚", ["王影", "李刚"]),
    ("leaders", "罗 成\n秦 琼", ["罗成", "秦琼"]),
    ("leaders", "罗 成\n秦琼\n尉 迟 恭", ["罗成", "秦琼", "尉迟恭"]),
    ("leaders", "甲某 乙某", ["甲某", "乙某"]),
    ("leaders", "阿米尔·吐尔逊、刘自力（常务）", ["阿米尔·吐尔逊", "刘自力（常务）"]),
    ("leaders", "甲某，乙某；丙某/丁某", ["甲某", "乙某", "丙某", "丁某"]),
    ("lead_departments", "人事科\n教师发展和对外\n交流合作科", ["人事科", "教师发展和对外交流合作科"]),
    ("lead_departments", "各县(市、区)政府(管委会)、市教育局", ["各县(市、区)政府(管委会)", "市教育局"]),
    ("lead_departments", "基教科 市招办", ["基教科", "市招办"]),
    ("lead_departments", "市三中", ["市三中"]),
    ("lead_departments", "Security Office", ["Security Office"]),
    ("lead_departments", "市妇联、团市委、各相关单位", ["市妇联", "团市委", "各相关单位"]),
    ("supporting_departments", "通知中明确的各试点承接单位", ["通知中明确的各试点承接单位"]),
    ("city_leader", "江  海", "江海"),
    ("due", "按省上要求推进", "按省上要求推进"),
    ("due", "每月推进，2020年12月底前完成", "每月推进，2020年12月底前完成"),
    ("due", "5月、10月", "5月、10月"),
    ("issued", "2018.8.29", "2018-08-29"),
    ("issued", "2018年8月29日", "2018-08-29"),
    ("star", "☆", "☆"),
    ("star", "☆（第一批\n试点完成）", {"note": "第一批试点完成"}),
    ("star", "☆需年底前完成", {"note": "需年底前完成"}),
    ("deployed_by", "省教育厅\n省体育局", "省教育厅、省体育局"),
    ("outcome", "制定\n办法。\n印发通知", "制定办法。\n印发通知"),
]


def put(key: str, text: str) -> tuple[dict[str, Any], Sample]:
    """Return what an entry holds of a text that is put into a field, and the sample that has been asked about."""
    sample = Sample(text)
    entry = DraftEntry("task-1", sample.context)
    (line,) = sample.blocks
    assert isinstance(line, Line)
    put_value(entry, key, line.text)
    return entry.data, sample


@pytest.mark.parametrize(("key", "text", "value"), CERTAIN)
def test_what_is_certain_is_put_in_unasked(key: str, text: str, value: object) -> None:
    data, sample = put(key, text)
    assert data == {key: value}
    assert not sample.asked()
    assert not sample.left()


@pytest.mark.parametrize(
    ("key", "text", "value", "other"),
    [
        ("lead_departments", "各县、区人民政府", ["各县、区人民政府"], ["各县", "区人民政府"]),
        ("lead_departments", "各科、室", ["各科、室"], ["各科", "室"]),
        ("lead_departments", "市教育局和市财政局", ["市教育局", "市财政局"], ["市教育局和市财政局"]),
        ("lead_departments", "市教育和体育局和财政局", ["市教育和体育局", "财政局"], ["市教育和体育局和财政局"]),
        ("leaders", "谢强和刘自力", ["谢强", "刘自力"], ["谢强和刘自力"]),
        ("leaders", "常 委\n林 森", ["常委", "林森"], ["常委林森"]),
        ("lead_departments", "第一、第二监督室", ["第一、第二监督室"], ["第一", "第二监督室"]),
        ("lead_departments", "各乡镇党委、政府", ["各乡镇党委、政府"], ["各乡镇党委", "政府"]),
        ("leaders", "副市长 甲某", ["副市长 甲某"], ["副市长", "甲某"]),
        ("leaders", "王建国（牵头）、李秀英", ["王建国", "李秀英"], ["王建国（牵头）", "李秀英"]),
        ("leaders", "王建国 ( 负责 )\n李秀英（配合）", ["王建国", "李秀英"], ["王建国(负责)", "李秀英（配合）"]),
        ("leaders", "甲某（牵头）", ["甲某"], ["甲某（牵头）"]),
    ],
)
def test_where_a_name_ends_is_asked_with_both_readings(key: str, text: str, value: object, other: object) -> None:
    data, sample = put(key, text)
    assert data == {key: value}
    assert sample.asked() == [("names", key, text)]
    assert sample.proposed() == [{key: other}]


@pytest.mark.parametrize(
    ("key", "text", "subject"),
    [
        ("due", "车辆管理所", "value"),
        ("due", "☆", "value"),
        ("due", "张三", "value"),
        ("issued", "2018.13.29", "value"),
        ("lead_departments", "2020年12月", "value"),
        ("leaders", "基教科", "value"),
        ("leaders", "13908146584", "value"),
        ("leaders", "深化校企合作", "value"),
        ("lead_departments", "制定实施方案并印发", "value"),
        ("star", "★", "marks"),
        ("lead_departments", "市教育局（牵头", "names"),
        ("leaders", "（牵头）", "value"),
    ],
)
def test_what_does_not_fit_its_field_is_asked(key: str, text: str, subject: str) -> None:
    _data, sample = put(key, text)
    assert [asked[:2] for asked in sample.asked()] == [(subject, key)]
    assert sample.left() == []


def test_a_deadline_that_cannot_be_read_is_left_out_and_asked_with_what_to_type() -> None:
    data, sample = put("due", "2024年前开工建设")
    assert data == {}
    assert sample.asked() == [("deadline", "due", "2024年前开工建设")]
    assert {"due": {"wording": "2024年前开工建设", "means": "2023"}} in sample.proposed()


def test_a_dash_has_nothing_to_say() -> None:
    assert [put("due", dash)[0] for dash in ("—", "/", "无", "－－")] == [{}] * 4
    assert put("due", "—")[1].asked() == []


def test_other_text_in_the_place_of_a_star_is_a_remark() -> None:
    data, _sample = put("star", "我市拟自行出台文件")
    assert data == {"remark": "我市拟自行出台文件"}


def test_a_name_declared_to_be_one_is_not_cut() -> None:
    sample = Sample("市教育局、各县、区人民政府")
    sample.context.whole = frozenset({"各县、区人民政府"})
    entry = DraftEntry("task-1", sample.context)
    put_value(entry, "lead_departments", sample.blocks[0].text)  # type: ignore[union-attr]
    assert entry.data == {"lead_departments": ["市教育局", "各县、区人民政府"]}
    assert sample.asked() == []


@given(
    st.sampled_from(["leaders", "lead_departments", "city_leader", "deployed_by", "due", "star", "issued", "outcome"]),
    st.text("甲乙某局科、，和/（）☆★2020年12月 \n—", min_size=1, max_size=12),
)
def test_no_character_of_a_value_is_lost(key: str, text: str) -> None:
    _data, sample = put(key, text)
    assert sample.left() == []


def test_a_number_of_a_workbook_is_proposed_as_the_day_that_it_is() -> None:
    data, sample = put("due", "45566")  # as Excel keeps 1 October 2024
    assert data == {}
    assert sample.proposed()[0] == {"due": "2024-10-01"}


@pytest.mark.parametrize("digits", [1, 2, 3])
def test_figures_shorter_than_a_year_are_no_deadline(digits: int) -> None:
    for number in range(10**digits):
        text = str(number).zfill(digits)
        assert not is_deadline(text, 2023)
        with pytest.raises(DeadlineError):
            parse_deadline(text, 2023)
    assert is_deadline("2023", 2023)
