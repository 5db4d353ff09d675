"""Who answers for a point and by when: brackets, lines and words of many forms."""

from __future__ import annotations

from typing import Any, cast

import pytest

from pasted_text import Read, read_points

LED = {"lead_departments": ["办公室"], "supporting_departments": ["法规科"]}
AB = {"lead_departments": ["办公室", "法规科"]}
FULL = {"leaders": ["甲某"], "lead_departments": ["基教科"], "due": "2021年12月"}


def read(said: str, sentence: str = "认真落实。") -> tuple[dict[str, Any], Read]:
    """Return the first of two points, behind whose text something is said, without its text."""
    found = read_points(
        f"某局2021年工作要点\n一、甲\n1．推进某项工作。{sentence}{said}\n2．其他工作。不做别的。（责任单位：人事科）\n"
    )
    sections = cast("Any", found.document["sections"])
    point = dict(sections[0]["points"][0])
    assert (point.pop("id"), point.pop("number"), point.pop("title")) == ("point-1", "1", "推进某项工作")
    assert point.pop("text", "") == sentence
    return point, found


@pytest.mark.parametrize(
    "said",
    [
        "（牵头领导：甲某，责任部门：基教科，完成时限：2021年12月）",
        "（牵头领导：甲某；责任部门：基教科；完成时限：2021年 12月）",
        "(责任领导:甲某;牵头科室:基教科;时限:2021年12月)",
        "（责任领导：甲某。牵头单位：基教科。完成时间：2021年12月。）",
        "（完成时限：2021年12月；责任单位：基教科；责任人：甲某）",
        "【责任人：甲某 责任科室：基教科 完成时限：2021年12月】",
        "[责任人：甲某；责任科室：基教科；完成期限：2021年12月]",
        "（责任领导：甲某）（责任部门：基教科）（完成时限：2021年12月）",
        "（责任领导：甲某；责任部门：基教科；完成时限：2021年12月）。",
        "责任领导：甲某；责任部门：基教科；完成时限：2021年12月。",
        "\n责任领导：甲某\n责任部门：基教科\n完成时限：2021年12月",
        "\n责任领导：甲某 责任部门：基教科\n完成时限：2021年12月",
        "\n（责任领导：甲某 责任部门：基教科\n完成时限：2021年12月）",
        "（责任领导甲某；责任部门：基教科；完成时限：2021年12月）",
        "（责任领导：甲某责任部门：基教科完成时限：2021年12月）",
    ],
)
def test_labels_in_any_order_and_any_brackets(said: str) -> None:
    point, found = read(said)
    assert point == FULL
    assert not found.asked()
    assert not found.rest()


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("（责任单位：办公室、法规科）", AB),
        ("（责任单位：办公室；法规科）", AB),
        ("（责任单位：办公室 法规科）", AB),
        ("（办公室、法规科）", AB),
        ("（办公室、法规科负责）", AB),
        ("（由办公室、法规科牵头）", AB),
        (" 办公室、法规科", AB),
        (
            "（牵头单位：办公室；配合单位：法规科）",
            {"lead_departments": ["办公室"], "supporting_departments": ["法规科"]},
        ),
        (
            "（主办单位：办公室；协办单位：法规科）",
            {"lead_departments": ["办公室"], "supporting_departments": ["法规科"]},
        ),
        (
            "（办公室牵头，法规科、人事科配合，2021年9月底前完成）",
            {
                "lead_departments": ["办公室"],
                "supporting_departments": ["法规科", "人事科"],
                "due": "2021年9月底前完成",
            },
        ),
        ("（市司法局负责，长期坚持）", {"lead_departments": ["市司法局"], "due": "长期坚持"}),
        (
            "（责任单位：机关各科（室）、各县（区）教育局）",
            {"lead_departments": ["机关各科（室）", "各县（区）教育局"]},
        ),
        ("（责任单位：各县(市、区)政府(管委会)）", {"lead_departments": ["各县(市、区)政府(管委会)"]}),
        (
            "（分管领导：甲某；项目责任人：乙某、丙某；责任单位：办公室）",
            {"persons": {"分管领导": ["甲某"], "项目责任人": ["乙某", "丙某"]}, "lead_departments": ["办公室"]},
        ),
        (
            "（责任单位：办公室；完成时限：完成时限：2021年12月）",
            {"lead_departments": ["办公室"], "due": {"wording": "完成时限：2021年12月", "means": "2021-12"}},
        ),
        ("（责任单位：责任单位：办公室）", {"lead_departments": ["办公室"]}),
    ],
)
def test_departments_and_what_they_do(said: str, wanted: dict[str, Any]) -> None:
    point, found = read(said)
    assert point == wanted
    assert not found.asked()
    assert not found.rest()


@pytest.mark.parametrize(
    "sentence",
    [
        "落实《某办法（2016-2020年）》。",
        "实施“双减”（减作业、减培训）政策。",
        "健全市、县（区）足球协会。",
        "全市（含各县）累计达22所（新增）。",
    ],
)
def test_brackets_of_the_text_are_left_alone(sentence: str) -> None:
    point, _found = read("（责任单位：办公室）", sentence)
    assert point == {"lead_departments": ["办公室"]}


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ("（责任领导：甲某；责任部门：基教科；完成时限：2021年12月", "due"),
        ("（责任领导：甲某；责任部门：基教科；完成时陷：2021年12月）", "due"),
    ],
)
def test_damage_is_put_right_and_asked_about(said: str, field: str) -> None:
    point, found = read(said)
    assert point == FULL
    assert found.asked() == {("point-1", field)}


def test_a_word_that_is_no_label_of_a_field_ends_what_is_before_it_and_is_left_over() -> None:
    point, found = read("（责任单位：办公室；联系人：丁某；完成时限：年内）")
    assert point == {"lead_departments": ["办公室"], "due": "年内"}
    assert found.rest() == ["联系人：丁某"]


def test_words_that_are_not_understood_are_asked_about_and_no_text() -> None:
    point, found = read("（办公室牵头组建专班推动任务落地见效）")
    assert point == {}
    assert ("point-1", "lead_departments") in found.asked()


def test_a_deadline_that_cannot_be_read_is_asked_about() -> None:
    point, found = read("（责任单位：办公室；完成时限：随时）")
    assert point == {"lead_departments": ["办公室"]}
    assert found.asked() == {("point-1", "due")}


def test_of_two_deadlines_one_is_taken_and_the_other_asked_about() -> None:
    point, found = read("（责任单位：办公室；完成时限：年内；时限：2021年6月）")
    assert point["due"] == "年内"
    assert ("point-1", "due") in found.asked()


def test_responsible_departments_beside_leading_ones_support_and_are_asked_about() -> None:
    point, found = read("（牵头单位：办公室；责任单位：法规科、人事科）")
    assert point == {"lead_departments": ["办公室"], "supporting_departments": ["法规科", "人事科"]}
    (question,) = found.questions
    assert question.subject == "roles"
    assert question.items[0].proposals[0].data == {"lead_departments": ["办公室", "法规科", "人事科"]}


def test_a_comma_that_nothing_explains_parts_departments_that_all_lead_and_is_asked_about() -> None:
    point, found = read("（责任单位：办公室，法规科、人事科）")
    assert point == {"lead_departments": ["办公室", "法规科", "人事科"]}
    (question,) = found.questions
    assert question.subject == "roles"
    assert question.items[0].proposals[0].data == {
        "lead_departments": ["办公室"],
        "supporting_departments": ["法规科", "人事科"],
    }


def test_one_question_is_asked_for_all_commas() -> None:
    points = "".join(f"{n}．推进工作{n}。认真落实。（责任单位：办公室，法规科）\n" for n in range(1, 6))
    found = read_points(f"某局2021年工作要点\n一、甲\n{points}")
    assert [len(question.items) for question in found.questions] == [5]


SPLIT = (["办公室"], ["法规科", "人事科"])


@pytest.mark.parametrize(
    ("stated", "departments", "wanted"),
    [
        ("（逗号前为牵头部门，下同）", "办公室，法规科、人事科", SPLIT),
        ("（逗号之前的为牵头单位，逗号之后的为配合单位，下同）", "办公室，法规科、人事科", SPLIT),
        ("（顿号前为牵头单位，下同）", "办公室、法规科、人事科", SPLIT),
        ("（分号前为牵头单位，下同）", "办公室；法规科、人事科", SPLIT),
        ("（排第一位的为牵头单位，下同）", "办公室、法规科、人事科", SPLIT),
        ("（列首位的为牵头部门，下同）", "办公室、法规科、人事科", SPLIT),
        ("（前者牵头，下同）", "办公室、法规科、人事科", SPLIT),
    ],
)
def test_what_a_document_states_of_its_lists_holds_for_this_point_and_those_behind_it(
    stated: str, departments: str, wanted: tuple[list[str], list[str]]
) -> None:
    found = read_points(
        "某局2021年工作要点\n一、甲\n"
        f"1．推进工作。认真落实。（责任单位：{departments}；完成时限：年内）{stated}\n"
        f"2．推进别的。认真落实。（责任单位：{departments}；完成时限：年内）\n"
    )
    points = cast("Any", found.document["sections"])[0]["points"]
    assert [(point["lead_departments"], point["supporting_departments"]) for point in points] == [wanted] * 2
    assert [point.get("remark") for point in points] == [stated, None]
    assert not found.asked()


def test_what_a_point_states_of_itself_alone_holds_no_further() -> None:
    point = "推进工作。认真落实。（责任单位：办公室，法规科）"
    found = read_points(f"某局2021年工作要点\n一、甲\n1．{point}（逗号前为牵头部门）\n2．{point}\n")
    points = cast("Any", found.document["sections"])[0]["points"]
    assert points[0]["supporting_departments"] == ["法规科"]
    assert points[1]["lead_departments"] == ["办公室", "法规科"]
    assert found.asked() == {("point-2", "lead_departments")}


def test_a_note_or_the_letter_may_state_it() -> None:
    found = read_points(
        "某局2021年工作要点\n一、甲\n1．推进工作。认真落实。（责任单位：办公室、法规科；完成时限：年内）\n"
        "注：责任单位排在第一位的为牵头单位。\n"
    )
    assert cast("Any", found.document["sections"])[0]["points"][0]["supporting_departments"] == ["法规科"]


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("（市卫健委，9月底前）", {"lead_departments": ["市卫健委"], "due": "9月底前"}),
        ("（9月底前；市卫健委、市人社局）", {"lead_departments": ["市卫健委", "市人社局"], "due": "9月底前"}),
        ("（10月底前完成）", {"due": "10月底前完成"}),
    ],
)
def test_departments_and_a_day_in_one_bracket(said: str, wanted: dict[str, Any]) -> None:
    point, found = read(said)
    assert point == wanted
    assert not found.items()


def test_a_bracket_that_begins_with_a_day_is_a_deadline_be_it_unreadable() -> None:
    point, found = read("（6月开工、12月竣工）")
    assert not point
    assert ("point-1", "due") in found.asked()
    assert not found.rest()


def test_a_bracket_that_is_closed_twice_is_no_part_of_the_name() -> None:
    point, found = read("【责任股室：非税股】】")
    assert point == {"lead_departments": ["非税股"]}
    assert ("point-1", "lead_departments") in found.asked()


def test_english_labels() -> None:
    found = read_points(
        "Corporate Plan 2024\n1. Replace 120 street bins in the town centre.\n"
        "Lead: Waste Services. Support: Highways, Procurement. Due: 30 September 2024.\n"
        "2. Publish a charter. (Lead: Housing Standards. Due: March 2024)\n",
        2024,
    )
    first, second = cast("Any", found.document["sections"])[0]["points"]
    assert first == {
        "id": "point-1",
        "number": "1",
        "title": "Replace 120 street bins in the town centre",
        "lead_departments": ["Waste Services"],
        "supporting_departments": ["Highways", "Procurement"],
        "due": "30 September 2024",
    }
    assert (second["lead_departments"], second["due"]) == (["Housing Standards"], "March 2024")


def test_a_post_before_a_name_is_left_out_and_asked_about() -> None:
    point, found = read("（责任领导：副局长陈建华；责任股室：社会救助股）")
    assert point == {"leaders": ["陈建华"], "lead_departments": ["社会救助股"]}
    assert ("point-1", "leaders") in found.asked()


def test_a_label_that_comes_twice_is_asked_about_and_no_name_is_put_in_twice() -> None:
    point, found = read(
        "\n责任领导：甲某 责任科室：办公室 完成时限：2021年6月"
        "\n责任领导：甲某 责任科室：办公室、法规科 完成时限：2021年9月"
    )
    assert point == {"leaders": ["甲某"], "lead_departments": ["办公室", "法规科"], "due": "2021年6月"}
    assert {("point-1", key) for key in point} <= found.asked()
    proposals = [proposal.data for item in found.items() for proposal in item.proposals if item.field == "due"]
    assert proposals == [{"due": "2021年6月，2021年9月"}, {"due": "2021年9月"}]


def test_a_sentence_that_ends_as_names_of_offices_do_is_no_department() -> None:
    found = read_points(
        "某集团2022年任务\n一、总则\n1．附则。 本清单自印发之日起施行。\n2．落实职权。（责任部门：法务部）\n"
    )
    assert "lead_departments" not in cast("Any", found.document["sections"])[0]["points"][0]


@pytest.mark.parametrize(
    "said", ["（办公室，法规科配合）", "（责任科室：办公室，法规科配合）", "（办公室牵头，法规科配合）"]
)
def test_departments_before_those_that_support_in_words_lead(said: str) -> None:
    point, found = read(said)
    assert point == LED
    assert not found.items()


def test_two_days_of_one_bracket_are_proposed_as_one_deadline() -> None:
    _point, found = read("（办公室牵头，2021年6月底完成平台搭建，9月底前上线运行）")
    proposals = [proposal.data for item in found.items() for proposal in item.proposals if item.field == "due"]
    assert proposals[0] == {"due": "2021年6月底完成平台搭建，9月底前上线运行"}


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("（责任单位：本清单自印发之日起施行）", ["本清单自印发之日起施行"]),
        ("（责任单位：办公室、法规科、办公室）", ["办公室", "法规科"]),
    ],
)
def test_departments_that_are_sentences_or_come_twice_are_asked_about(said: str, wanted: list[str]) -> None:
    point, found = read(said)
    assert point == {"lead_departments": wanted}
    assert ("point-1", "lead_departments") in found.asked()


def test_the_day_of_an_edition_is_no_deadline() -> None:
    found = read_points(
        "某局2024年工作要点\n一、甲\n1．修订制度（2023年12月修订）。\n2．做事。（责任科室：A科）\n", 2024
    )
    point = cast("Any", found.document["sections"])[0]["points"][0]
    assert point == {"id": "point-1", "number": "1", "title": "修订制度（2023年12月修订）"}
