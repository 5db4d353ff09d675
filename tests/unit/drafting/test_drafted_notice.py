"""The letter of a notice: title, number, to whom, text, who issued it and when; the title of its document."""

from __future__ import annotations

from typing import Any, cast

import pytest

from pasted_text import POINTS, Read, context_of, lines_of, read_points
from reformledger.drafting.notices.notice import read_notice
from reformledger.drafting.notices.paragraphs import paragraphs

POINT = "一、甲\n1．做第一件事。认真做。（责任单位：办公室）\n"
LETTER = """某县人民政府办公室文件
某县府办〔2021〕12号
某县人民政府办公室
关于印发某县2021年工作要点的通知
各县、区人民政府，县级各部门：
现将《某县2021年工作要点》印发给你们，请认真贯彻执行。
各单位要按时报送。
附件：某县2021年工作要点
某县人民政府办公室
2021年3月6日
附件
某县2021年工作要点
2021年工作的总体要求：坚持稳中求进。
"""


def notice(found: Read) -> Any:
    return found.document["notice"]


def test_a_letter_with_all_its_parts() -> None:
    found = read_points(LETTER + POINT)
    assert notice(found) == {
        "title": "关于印发某县2021年工作要点的通知",
        "number": "某县府办〔2021〕12号",
        "issuer": "某县人民政府办公室",
        "issued": "2021-03-06",
        "recipients": ["各县、区人民政府", "县级各部门"],
        "text": "现将《某县2021年工作要点》印发给你们，请认真贯彻执行。\n各单位要按时报送。",
    }
    assert found.document["title"] == "某县2021年工作要点"
    assert found.document["general_idea"] == "2021年工作的总体要求：坚持稳中求进。"
    assert not found.rest()


@pytest.mark.parametrize(
    "signature",
    ["某局\n2021年3月1日\n", "某局 2021年 3月 1日\n", "某局\n二〇二一年三月一日\n", "某局\n\n2021 年 3 月 1 日\n"],
)
def test_signatures(signature: str) -> None:
    found = read_points(f"关于印发工作要点的通知\n各科室：\n请认真贯彻。\n{signature}某局2021年工作要点\n{POINT}")
    assert (notice(found)["issuer"], notice(found)["issued"]) == ("某局", "2021-03-01")
    assert notice(found)["text"] == "请认真贯彻。"


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("关于印发2021年工作要点的通知\n", "关于印发2021年工作要点的通知"),
        ("关于印发2021年\n教育工作要点的\n通知\n", "关于印发2021年教育工作要点的通知"),
        ("某县人民政府关于印发2021年工作\n要点的通知\n", "某县人民政府关于印发2021年工作要点的通知"),
        ("关于开展试点的意见（试行）\n", "关于开展试点的意见（试行）"),
    ],
)
def test_titles_broken_over_lines(title: str, wanted: str) -> None:
    found = read_points(f"{title}各科室：\n请认真贯彻。\n某局\n2021年3月1日\n某局2021年工作要点\n{POINT}")
    assert notice(found)["title"] == wanted
    assert notice(found)["recipients"] == ["各科室"]


def test_a_letter_may_have_numbered_paragraphs_of_its_own() -> None:
    found = read_points(
        "关于做好重点工作的通知\n各科室：\n现通知如下：\n一、提高认识。高度重视。\n二、强化督查。定期通报。\n"
        f"某局\n2021年3月1日\n附件\n某局2021年工作要点\n{POINT}"
    )
    assert notice(found)["text"] == "现通知如下：\n一、提高认识。高度重视。\n二、强化督查。定期通报。"
    assert [section["title"] for section in cast("Any", found.document["sections"])] == ["甲"]


def test_points_in_the_letter_itself_with_its_signature_at_the_end() -> None:
    found = read_points(
        "关于印发2021年工作要点的通知\n各科室：\n现将工作要点印发如下：\n"
        "一、甲\n1．做第一件事。认真做。（责任单位：办公室）\n某局\n2021年3月1日\n"
    )
    assert (notice(found)["issuer"], notice(found)["issued"]) == ("某局", "2021-03-01")
    assert notice(found)["text"] == "现将工作要点印发如下："
    assert found.document["title"] == "2021年工作要点"
    assert ("workpoints", "title") in found.asked()


def test_a_notice_without_its_day_is_none_and_all_of_it_is_asked_about() -> None:
    found = read_points(f"关于印发2021年工作要点的通知\n各科室：\n请认真贯彻。\n某局2021年工作要点\n{POINT}")
    assert "notice" not in found.document
    assert found.document["title"] == "某局2021年工作要点"
    assert "关于印发2021年工作要点的通知" in "".join(item.source.text for item in found.items())
    assert not any(used.entry == "notice" for used in found.account.passages())


def test_what_no_field_takes_is_left_over() -> None:
    found = read_points(f"{LETTER}{POINT}抄送：县委办公室。\n")
    assert found.rest() == ["抄送：县委办公室。"]


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("请于每季度最后一个月的30日前将进展情况报送督查室。", "每季度最后一个月的30日前"),
        ("各单位每月25日前报送进展。", "每月25日前"),
        ("请认真贯彻执行。", None),
        ("每年评比一次。", None),
    ],
)
def test_when_reports_are_due_is_proposed(sentence: str, wanted: str | None) -> None:
    found = read_points(
        f"关于印发工作要点的通知\n各科室：\n{sentence}\n某局\n2021年3月1日\n某局2021年工作要点\n{POINT}"
    )
    assert "reporting" not in found.document
    proposed = [proposal.data for item in found.items() for proposal in item.proposals if item.field == "reporting"]
    assert proposed == ([{"reporting": wanted}] if wanted else [])


def test_the_notice_of_a_ledger() -> None:
    context = context_of(POINTS[: POINTS.index("2020年全市")], 2020)
    found = read_notice(paragraphs(lines_of(context), context.account), context)
    assert found is not None
    assert found["issuer"] == "攀枝花市教育和体育局"
    assert found["recipients"] == [
        "各县（区）教育和体育局",
        "钒钛高新区（钒钛新城）社会管理局",
        "各直属事业单位（学校）",
        "机关各科（室）",
    ]


def test_a_line_that_ends_within_a_sentence_is_no_paragraph_of_the_letter() -> None:
    found = read_points(
        "某县卫生健康局\n关于印发2020年卫生健康工作要\n点的通知\n县属各医疗卫生单位，局机关各股室：\n"
        "现将《2020年卫生健康工作要点》印发给\n你们，请认真抓好贯彻落实。\n某县卫生健康局\n2020年4月2日\n"
        "2020年卫生健康工作要点\n一、抓好疫情防控\n1．完善应急管理体系。（责任股室：疾控股）\n",
        2020,
    )
    assert notice(found)["text"] == "现将《2020年卫生健康工作要点》印发给你们，请认真抓好贯彻落实。"
