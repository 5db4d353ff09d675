"""Work points: outline, titles, numbers, marks, and what is asked about."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from pasted_text import POINTS, Read, context_of, lines_of, read_points, stripped, wrapped
from reformledger.drafting.notices.points import read_workpoints
from reformledger.drafting.plain import entries_of

SHIPPED = Path(__file__).parents[3] / "data" / "workpoints_2020.yaml"


def shipped() -> dict[str, Any]:
    """Return the shipped document as text, without its targets, which a draft only proposes."""
    document = yaml.load(SHIPPED.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    for section in document["sections"]:
        for point in section["points"]:
            point.pop("targets", None)
    return cast("dict[str, Any]", document)


def sections(found: Read) -> Any:
    return found.document["sections"]


def points(found: Read) -> list[Any]:
    return [entry.data for entry in entries_of(found.document)]


@pytest.mark.parametrize(
    "text",
    [POINTS, stripped(POINTS), *(wrapped(POINTS, width) for width in (15, 20, 28, 40, 60, 100))],
    ids=["pasted", "stripped", "15", "20", "28", "40", "60", "100"],
)
def test_the_notice_is_read_as_it_is_shipped_with_nothing_to_ask(text: str) -> None:
    found = read_points(text, 2020)
    assert found.document == shipped()
    assert not found.items()
    assert not found.rest()


def test_the_notice_with_blanks_doubled_is_read_alike() -> None:
    assert read_points(POINTS.replace(" ", "  "), 2020).document["sections"] == shipped()["sections"]


def test_sections_within_sections_and_numbers_that_begin_again() -> None:
    found = read_points(
        "某县《政府工作报告》重点任务分工\n一、全力稳定经济增长\n（一）扩大有效投资\n"
        "1.推进交通项目建设（责任领导：甲某;牵头单位：A局、B局;配合单位：C局，各乡镇）\n"
        "2.推进水利项目建设（牵头单位：D局）\n（二）促进消费回升\n1.改造农贸市场（牵头单位：C局）\n"
        "二、加强民生保障（责任领导：丙某）\n（一）办好教育（牵头单位：A局）\n1.新建学校\n"
    )
    first, second = sections(found)
    assert [(inner["number"], inner["title"]) for inner in first["sections"]] == [
        ("（一）", "扩大有效投资"),
        ("（二）", "促进消费回升"),
    ]
    assert second["leaders"] == ["丙某"]
    assert second["sections"][0]["lead_departments"] == ["A局"]
    assert [(point["id"], point["number"], point["title"]) for point in points(found)] == [
        ("point-1", "1", "推进交通项目建设"),
        ("point-2", "2", "推进水利项目建设"),
        ("point-3", "1", "改造农贸市场"),
        ("point-4", "1", "新建学校"),
    ]
    assert points(found)[3] == {"id": "point-4", "number": "1", "title": "新建学校"}
    assert "numbers" not in found.document
    assert not found.items()


def test_indicators_with_departments_behind_them_and_leaders_in_the_heading() -> None:
    found = read_points(
        "某区2021年工作目标\n一、主要指标工作目标（牵头领导：甲某、乙某）\n1 ★地区生产总值增长15%。 区发改局\n"
        "2 ★规模以上工业增加值增长12%。 区经信局\n3 城镇登记失业率控制在4%以内。 区人社局 12月底前\n"
        "注：标“★”的为市对区考核指标。\n"
    )
    assert sections(found)[0]["leaders"] == ["甲某", "乙某"]
    assert points(found) == [
        {"id": "point-1", "number": "1", "title": "★地区生产总值增长15%。", "lead_departments": ["区发改局"]},
        {"id": "point-2", "number": "2", "title": "★规模以上工业增加值增长12%。", "lead_departments": ["区经信局"]},
        {
            "id": "point-3",
            "number": "3",
            "title": "城镇登记失业率控制在4%以内。",
            "lead_departments": ["区人社局"],
            "due": "12月底前",
        },
    ]
    assert found.document["marks"] == {"★": "市对区考核指标"}
    assert not found.items()
    assert not found.rest()


def test_a_mark_that_no_note_explains_is_asked_about() -> None:
    found = read_points("某局2021年工作要点\n一、甲\n1．★做事。认真做。（责任单位：办公室）\n")
    assert points(found)[0]["title"] == "★做事"
    assert "marks" not in found.document
    assert [question.subject for question in found.questions] == ["marks"]


ITEMS = "1．推进培训。分三步：\n（1）调研；\n（2）培训；\n（3）总结。{}\n2．其他。不做别的。（责任单位：人事科）\n"


@pytest.mark.parametrize("said", ["（责任单位：办公室）", "\n责任单位：办公室"])
def test_numbered_items_of_a_point_are_its_text(said: str) -> None:
    found = read_points("某局2021年工作要点\n一、甲\n" + ITEMS.format(said))
    assert points(found)[0] == {
        "id": "point-1",
        "number": "1",
        "title": "推进培训",
        "text": "分三步：\n（1）调研；\n（2）培训；\n（3）总结。",
        "lead_departments": ["办公室"],
    }


def test_items_each_with_somebody_who_answers_are_points() -> None:
    found = read_points(
        "某局2021年工作要点\n1．队伍建设\n（1）开展调研。写出报告。（责任单位：办公室）\n（2）开展培训。全员参加。（责任单位：人事科）\n"
    )
    assert [section["title"] for section in sections(found)] == ["队伍建设"]
    assert [point["number"] for point in points(found)] == ["（1）", "（2）"]


def test_a_title_on_a_line_of_its_own_and_the_text_below_it() -> None:
    found = read_points(
        "某市重点改革任务清单\n一、经济体制改革\n1.深化国企改革\n推进国有资本投资公司试点。完善考核办法。\n"
        "牵头单位：市国资委\n配合单位：市财政局\n完成时限：2021年12月\n"
    )
    assert points(found) == [
        {
            "id": "point-1",
            "number": "1",
            "title": "深化国企改革",
            "text": "推进国有资本投资公司试点。完善考核办法。",
            "lead_departments": ["市国资委"],
            "supporting_departments": ["市财政局"],
            "due": "2021年12月",
        }
    ]


LONG = "推进戊项工作，加强监督检查，确保年底前全部完成到位，切实提升工作水平和服务质量，让群众更加满意。"


def test_a_long_sentence_alone_in_its_section_takes_the_title_of_that() -> None:
    found = read_points(f"某局2021年工作要点\n一、编制规划\n1．{LONG}（责任单位：办公室）\n")
    assert {key: points(found)[0][key] for key in ("title", "title_from", "text")} == {
        "title": "编制规划",
        "title_from": "section",
        "text": LONG,
    }


def test_a_long_sentence_among_others_has_its_first_clause_for_a_title_and_is_asked_about() -> None:
    found = read_points(f"某局2021年工作要点\n一、甲\n1．{LONG}（责任单位：办公室）\n2．乙事。（责任单位：办公室）\n")
    assert (points(found)[0]["title"], points(found)[0]["text"]) == ("推进戊项工作", LONG)
    assert found.asked() == {("point-1", "title")}


@pytest.mark.parametrize(
    ("numbers", "ids", "is_own"),
    [
        (["80．", "81．", "82．"], ["point-80", "point-81", "point-82"], True),
        (["1．", "2．", "4．"], ["point-1", "point-2", "point-4"], True),
        (["80．", "84．", "84．"], ["point-1", "point-2", "point-3"], True),
        (["1．", "2．", "3．"], ["point-1", "point-2", "point-3"], False),
        (["（一）", "（二）", "（三）"], ["point-1", "point-2", "point-3"], False),
    ],
)
def test_numbers_that_do_not_follow_each_other_are_those_of_an_extract(
    numbers: list[str], ids: list[str], *, is_own: bool
) -> None:
    lines = "".join(f"{number}做好第{at}件事。认真做。（责任单位：办公室）\n" for at, number in enumerate(numbers))
    found = read_points(f"某局2021年工作要点\n五、甲\n{lines}")
    assert [point["id"] for point in points(found)] == ids
    assert found.document.get("numbers") == ("own" if is_own else None)
    assert found.asked() == ({("workpoints", "numbers")} if is_own else set())


def test_where_a_heading_is_lost_the_jump_is_asked_about() -> None:
    text = "".join(
        f"{han}、部分\n{n}．做第{n}件事。认真做。（责任单位：办公室）\n" for n, han in ((1, "一"), (2, "三"))
    )
    found = read_points(f"某局2021年工作要点\n{text}")
    assert [question.subject for question in found.questions] == ["heading"]


def test_headings_without_numbers_are_sections() -> None:
    found = read_points(
        "某局2021年工作要点\n队伍建设\n1．做第一件事。认真做。（责任单位：办公室）\n业务建设\n2．做第二件事。认真做。（责任单位：办公室）\n"
    )
    assert [section["title"] for section in sections(found)] == ["队伍建设", "业务建设"]


def test_points_under_no_heading_are_in_a_section_called_as_the_document_is_and_asked_about() -> None:
    found = read_points("某局2021年工作要点\n1．做第一件事。认真做。（责任单位：办公室）\n")
    assert [section["title"] for section in sections(found)] == ["某局2021年工作要点"]
    assert found.asked() == {("workpoints", "sections")}


def test_a_point_of_which_nobody_answers_is_asked_about_where_others_say_it() -> None:
    lines = "".join(f"{n}．做第{n}件事。认真做。（责任单位：办公室）\n" for n in range(1, 4))
    found = read_points(f"某局2021年工作要点\n一、甲\n{lines}二、工作要求\n4．加强领导。压实责任。\n")
    assert found.asked() == {("point-4", "title")}


def test_a_line_without_an_end_in_the_middle_of_a_text_is_left_over() -> None:
    found = read_points(
        "某局2021年工作要点\n一、甲\n1．做事。认真做。\n某局文件\n继续做。（责任单位：办公室）\n2．别的。做。（责任单位：人事科）\n"
    )
    assert points(found)[0]["text"] == "认真做。\n继续做。"
    assert found.rest() == ["某局文件"]


DAMAGED = "某局2021年工作要点\n一、甲部分\n{0}{1}二、乙部分\n{2}"
SAID = [f"{n}．做第{n}件事。认真做。（责任领导：甲某；责任单位：办公室；完成时限：年内）\n" for n in (1, 2, 3)]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        (DAMAGED.format(SAID[0], SAID[1].removeprefix("2．"), SAID[2]), ("point-2", "number")),
        (DAMAGED.format(*SAID).replace("二、", ""), ("section 乙部分", "number")),
        (DAMAGED.format(SAID[0], SAID[1], SAID[2].removeprefix("3．")), ("point-3", "number")),
        (DAMAGED.format(SAID[0].replace("内）", "内"), *SAID[1:]), ("point-1", "due")),
        (DAMAGED.format(SAID[0].replace("责任领", "责仁领"), *SAID[1:]), ("point-1", "leaders")),
        (DAMAGED.format(SAID[0].replace("单位：", "单位"), *SAID[1:]), None),
        (DAMAGED.format(SAID[0].strip(), *SAID[1:]), None),
        (DAMAGED.format(SAID[0], SAID[1].strip(), SAID[2]), None),
    ],
    ids=["number", "heading's number", "only number", "bracket", "label", "mark", "line end", "heading's line end"],
)
def test_what_is_lost_is_made_up_for_and_asked_about_where_it_is_doubtful(
    text: str, asked: tuple[str, str] | None
) -> None:
    found = read_points(text)
    assert [point["title"] for point in points(found)] == ["做第1件事", "做第2件事", "做第3件事"]
    assert [section["title"] for section in sections(found)] == ["甲部分", "乙部分"]
    for point in points(found):
        assert (point["leaders"], point["lead_departments"], point["due"]) == (["甲某"], ["办公室"], "年内")
        assert point["text"] == "认真做。"
    assert asked is None or asked in found.asked()


def test_no_points_no_document() -> None:
    assert read_points("某局\n关于放假的通知\n各科室：\n明日放假。\n某局\n2021年4月1日\n").document == {}


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, len(POINTS) - 1), st.integers(0, 60)), max_size=4),
    st.sampled_from(["", "\n", "（", "）", "：", "1．", "一、", "附件\n", "— 2 —\n"]),
)
def test_whatever_is_done_to_the_notice_it_is_read_and_all_is_accounted_for(
    cuts: list[tuple[int, int]], put_in: str
) -> None:
    text = POINTS
    for start, length in cuts:
        text = text[:start] + put_in + text[start + length :]
    found = read_points(text, 2020)
    covered = sum(span.end - span.start for span in found.account.spans())
    assert covered == len(found.account.source.text)
    for entry in entries_of(found.document):
        assert entry.data["title"]
        assert entry.id.startswith("point-")


def test_articles_are_below_parts_and_keep_their_numbers_from_part_to_part() -> None:
    found = read_points(
        "某中学2024年工作要点\n第一部分　教学工作\n第一条　规范教学常规\n    每月检查一次。\n"
        "    责任领导：李 明　责任科室：教务处　完成时限：2024年12月\n第二条　开展校本教研\n"
        "    责任领导：李 明　责任科室：教科室　完成时限：2024年6月底\n第二部分　后勤保障\n第三条　更新消防设施\n"
        "    责任领导：赵 强\n    责任科室：总务处\n    完成时限：2024年3月底前\n",
        2024,
    )
    assert [(section["number"], section["title"]) for section in sections(found)] == [
        ("第一部分", "教学工作"),
        ("第二部分", "后勤保障"),
    ]
    assert [(point["number"], point["title"], point["leaders"]) for point in points(found)] == [
        ("第一条", "规范教学常规", ["李明"]),
        ("第二条", "开展校本教研", ["李明"]),
        ("第三条", "更新消防设施", ["赵强"]),
    ]
    assert not found.items()
    assert not found.rest()


def test_an_article_that_a_sentence_names_where_its_line_begins_is_no_number() -> None:
    found = read_points(
        "某局2021年工作要点\n一、法治\n1．落实《条例》。按照《条例》\n第三条 的规定办理。（责任科室：法规科）\n"
    )
    assert [point["title"] for point in points(found)] == ["落实《条例》"]


def test_bullets_below_a_heading_are_points_and_the_heading_is_a_section() -> None:
    context = context_of(
        "某中心2025年重点工作\n一、网络建设\n完成无线网升级（责任科室：网络科；时限：2025年8月）\n"
        "完成改造（责任科室：网络科；时限：2025年底）\n二、数据治理\n编制目录。责任科室：数据科。\n清理数据\n",
        2025,
    )
    bulleted = {"完成", "编制", "清理"}
    lines = [
        line._replace(is_item=line.text.text[:2] in bulleted, is_heading=line.text.text[1] == "、")
        for line in lines_of(context)
    ]
    document = read_workpoints(lines, context)
    assert document
    found = Read(document, context.questions, context.account)
    assert [section["title"] for section in sections(found)] == ["网络建设", "数据治理"]
    assert [point["title"] for point in points(found)] == ["完成无线网升级", "完成改造", "编制目录", "清理数据"]
    assert {key for _entry, key in found.asked()} <= {"title"}
    assert not found.rest()


def test_bullets_that_are_labels_belong_to_the_point_above() -> None:
    context = context_of(
        "某中心2025年重点工作\n一、建设网络\n目标任务：升级无线网\n责任科室：网络科\n时限：2025年8月\n", 2025
    )
    lines = [line._replace(is_item=at > 1) for at, line in enumerate(lines_of(context))]
    document = read_workpoints(lines, context)
    assert document
    found = Read(document, context.questions, context.account)
    assert [(point["title"], point["due"]) for point in points(found)] == [("建设网络", "2025年8月")]


def test_a_bracket_below_the_heading_of_a_section_is_never_the_headings() -> None:
    found = read_points(
        "某局2021年工作要点\n二、资源保护\nl.森林督查整改到位（责任股室：资源股；完成时限：2021年10月）\n"
        "4．防治松材线虫病。（责任股室：森防站；完成时限：全年）\n"
    )
    assert sections(found)[0].keys() == {"number", "title", "points"}
    assert [point["lead_departments"] for point in points(found)] == [["资源股"], ["森防站"]]
    assert ("point-1", "number") in found.asked()


def test_what_is_said_to_all_behind_the_last_point_is_not_its_text() -> None:
    closing = "各责任单位要于每季度末月25日前报送进展情况。联系人：白某。"
    found = read_points(f"某市2021年任务分工方案\n一、民生\n1．新建学校。（责任单位：A局）\n{closing}\n")
    assert "text" not in points(found)[0]
    assert found.rest() == [closing]


def test_full_stops_behind_titles_are_left_out_in_all_of_a_document_or_in_none() -> None:
    said = "某镇2019年重点工作\n一、农业\n1. 建设农田3000亩。\n2. 改造户厕{}。\n"
    assert [point["title"] for point in points(read_points(said.format("")))] == ["建设农田3000亩。", "改造户厕。"]
    labelled = read_points(said.format("（责任单位：农业办）"))
    assert [point["title"] for point in points(labelled)] == ["建设农田3000亩", "改造户厕"]


def test_a_semicolon_behind_a_title_is_no_part_of_it() -> None:
    found = read_points("某局2021年工作要点\n一、殡葬\n1.新建公墓3处；（10月底前完成）\n2.治理乱葬。（持续推进）\n")
    assert [(point["title"], point["due"]) for point in points(found)] == [
        ("新建公墓3处", "10月底前完成"),
        ("治理乱葬", "持续推进"),
    ]


def test_to_whom_a_document_goes_is_no_general_idea() -> None:
    idea = "为全面完成目标任务，现制定如下分工方案。"
    found = read_points(
        f"2021年重点任务分工方案\n各县区人民政府，市政府各部门：\n{idea}\n一、民生\n1．新建学校。（责任单位：A局）\n"
    )
    assert found.document["general_idea"] == idea
    assert found.rest() == ["各县区人民政府，市政府各部门："]


def test_a_title_and_numbers_that_are_spaced_out() -> None:
    found = read_points(
        "某 县 林 业 局 2 0 2 2 年 工 作 要 点\n一 、 绿 化\n1 . 造林 5 万亩。（责任股室：营林股）\n", 2022
    )
    assert found.document["title"] == "某县林业局2022年工作要点"
    assert (sections(found)[0]["number"], points(found)[0]["number"]) == ("一", "1")
