"""Whatever is read is read as it is written: wordings made of the grammar's own pieces, in right and wrong orders."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reformledger.model.deadline import Deadline, DeadlineError, parse_deadline, parse_period
from reformledger.model.forms import FORMS
from reformledger.model.meaning import period_meaning
from reformledger.model.period import Period

YEAR = 2020
EXAMPLES = [wording for form in FORMS for wording in form.examples]
NAMES = [
    *("2020年", "2021年", "次年", "明年", "全年", "年", "3月", "6月", "12月", "二月", "四季度", "上半年", "下半年"),
    *("上旬", "中下旬", "28日", "31日", "一周", "周三", "学期", "2020-06", "2020.12", "2020/12/31", "Q4", "8/3"),
    *("月", "日", "季度", "12", "3", "五", "2020", "3年", "6个月", "45个工作日", "18:00", "00:00:00"),
]
JOINTS = ["-", "—", "~", "至", "到", "、", "和", "，", "；", "：", "/", " ", "。", "及"]
WORDS = [
    *("初", "底", "末", "内", "前", "后", "起", "以前", "之后", "左右", "开始", "每", "每月", "每季度", "每周"),
    *("从", "于", "截至", "到", "至", "力争", "预计", "各", "分", "第", "完成", "启动", "结束", "报送一次", "推进"),
    *("长期", "持续推进", "按要求推进", "不", "未", "非", "每半年"),
    *("quarterly", "ongoing", "December 8, 2010", "June ", "by ", "30 ", "every "),
]
FOREIGN = [
    *("起草文件", "底稿", "前期工作", "后续工作", "内部审计", "到位资金", "末位淘汰", "初步方案", "半年报", "会议"),
    *("三八节活动", "年度总结", "季度通报会", "周例会", "日常工作", "每人一册", "至少三家", "五年规划", "三季度数据"),
    *("12个市州", "2019年数据", "第一批", "明年计划", "月度例会"),
]
PIECES = st.sampled_from([*NAMES, *NAMES, *JOINTS, *WORDS, *FOREIGN])
ANY_ORDER = st.lists(PIECES, min_size=1, max_size=6).map("".join)
IN_ORDER = st.tuples(
    st.sampled_from(["", "", "", "到", "于", "截至", "力争", "从", "每年", "每月", "每季度", "每", "第", "不"]),
    st.sampled_from(["", "", "2020年", "2021年", "明年", "2020-", "二〇二〇年"]),
    st.sampled_from(NAMES),
    st.sampled_from(["", "", "初", "底", "上旬", "28日", "前"]),
    st.sampled_from(["", "", "", "", *JOINTS]).flatmap(
        lambda joint: st.sampled_from(NAMES).map(lambda name: joint + name) if joint else st.just("")
    ),
    st.sampled_from(
        ["", "", "底", "底前", "前", "之后", "起", "起，每月", "内", "左右", "完成", "完成起草", "：", *FOREIGN]
    ),
).map("".join)
DISTORTED = st.tuples(st.sampled_from(EXAMPLES), PIECES, st.integers(0, 20)).map(
    lambda drawn: drawn[0][: drawn[2]] + drawn[1] + drawn[0][drawn[2] :]
)
WORDINGS = ANY_ORDER | IN_ORDER | DISTORTED


def read(wording: str, year: int = YEAR) -> Deadline | None:
    try:
        return parse_deadline(wording, year)
    except DeadlineError:
        return None


def advice(wording: str) -> tuple[str, ...]:
    try:
        parse_deadline(wording, YEAR)
    except DeadlineError as error:
        return error.near
    return ()


def means(deadline: Deadline) -> tuple[object, ...]:
    """Return all that a deadline means, without how it is written."""
    parts = [(part.text, means(part.deadline)) for part in deadline.parts]
    return deadline.occurrences, deadline.every, deadline.begins, deadline.completes, deadline.within, parts


def check_explanation(deadline: Deadline, year: int) -> None:
    """Assert that an explanation means the same, of several dated parts each."""
    for one in [part.deadline for part in deadline.parts] or [deadline]:
        assert means(parse_deadline(one.meaning(year), year)) == means(one)


@pytest.mark.parametrize(
    ("wording", "explanation"),
    [
        ("年内完成", "2020"),
        ("12月底前", "2020-12"),
        ("四季度", "2020-Q4"),
        ("6月上旬", "2020年6月上旬"),
        ("6月30日前", "2020-06-30"),
        ("3—5月", "2020-03/2020-05"),
        ("3月1日—5月31日", "2020-03/2020-05"),
        ("12月1日-15日", "2020-12-01/2020-12-15"),
        ("2016—2020年", "2016/2020"),
        ("每季度末", "每季度"),
        ("每月28日前", "每月28日"),
        ("每季度末月25日前", "每季度第3个月25日"),
        ("上半年每月", "2020-H1每月"),
        ("从6月起，每季度末", "从2020-06-01起，每季度"),
        ("每月推进，2020年6月底前完成", "每月，2020-06-30前完成"),
        ("长期坚持", "长期"),
        ("3月：研讨；6月底前：发布", "2020-03：研讨；2020-06：发布"),
    ],
)
def test_an_explanation_names_its_years(wording: str, explanation: str) -> None:
    assert parse_deadline(wording, YEAR).meaning(YEAR) == explanation


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_the_meaning_of_a_period_is_read_as_it(first: date, second: date) -> None:
    period = Period(min(first, second), max(first, second))
    assert parse_period(period_meaning(period), 1950) == period


@pytest.mark.parametrize(
    ("period", "form"),
    [
        ("2020", "2020"),
        ("2020年下半年", "2020-H2"),
        ("2020年四季度", "2020-Q4"),
        ("2020年12月底前", "2020-12"),
        ("2020年6月30日", "2020-06-30"),
        ("2020年6月上旬", "2020年6月上旬"),
        ("2020年3—5月", "2020-03/2020-05"),
        ("2020/2022", "2020/2022"),
    ],
)
def test_the_meaning_of_a_period_is_its_shortest_form(period: str, form: str) -> None:
    assert period_meaning(parse_period(period, 2020)) == form


@pytest.mark.parametrize("wording", EXAMPLES)
@pytest.mark.parametrize("year", [2019, 2020, 2021])
def test_each_example_means_what_its_own_explanation_does(wording: str, year: int) -> None:
    deadline = read(wording, year)
    if deadline is None:  # it names another year in which it would have to recur
        assert str(year) not in wording
        return
    check_explanation(deadline, year)


@given(WORDINGS, st.sampled_from([2019, 2020, 2021]))
@settings(max_examples=500)
def test_what_is_read_means_what_its_own_explanation_does(wording: str, year: int) -> None:
    deadline = read(wording, year)
    if deadline is not None:
        check_explanation(deadline, year)


@given(WORDINGS, st.data())
@settings(max_examples=300)
def test_width_spaces_and_the_sort_of_dash_change_nothing(wording: str, data: st.DataObject) -> None:
    full_width = str.maketrans("0123456789,;:/", "０１２３４５６７８９，；：／")
    dashes = st.sampled_from(["—", "——", "～", "–", "―"])
    spaces = st.sampled_from(["", "", " ", "\u3000"])
    typed = re.sub("[—~]", lambda _dash: data.draw(dashes), wording.translate(full_width))
    typed = "".join(data.draw(spaces) + character for character in typed)
    meant, found = read(wording), read(typed)
    if (meant and meant.parts) or (found and found.parts):
        return  # spaces may part what is to be done, and a part keeps its text as it is written
    assert (meant is None) == (found is None)
    assert meant is None or found is None or means(found) == means(meant)


@given(WORDINGS)
@settings(max_examples=500)
def test_what_is_refused_gets_advice_that_can_be_read(wording: str) -> None:
    for offered in advice(wording):
        parse_deadline(offered, YEAR)


@given(st.sampled_from(EXAMPLES), st.sampled_from(FOREIGN), st.integers(0, 20))
@settings(max_examples=500)
def test_a_foreign_word_that_holds_a_word_of_time_never_gives_other_days(wording: str, word: str, at: int) -> None:
    meant, found = read(wording), read(wording[:at] + word + wording[at:])
    if meant is not None and found is not None and not found.parts:
        assert means(found) == means(meant)


@pytest.mark.parametrize("word", FOREIGN)
@pytest.mark.parametrize("wording", ["6月", "2020年6月", "四季度", "6月完成", "每月", "6月28日", "3—5月", "2020-06"])
def test_a_foreign_word_before_or_behind_never_gives_other_days(wording: str, word: str) -> None:
    meant = read(wording)
    for found in (read(f"{wording}{word}"), read(f"{word}{wording}")):
        assert found is None or (meant is not None and means(found) == means(meant))


@given(st.lists(st.sampled_from([*NAMES, *JOINTS, *WORDS]), min_size=2, max_size=5).flatmap(st.permutations))
@settings(max_examples=500)
def test_no_order_of_pieces_gives_days_outside_of_the_years_named(pieces: list[str]) -> None:
    wording = "".join(pieces)
    deadline = read(wording)
    years = {int(year) for year in re.findall("(?<![0-9])(?:19|20|21)[0-9]{2}(?![0-9])", wording)} or {YEAR}
    later = 1 if re.search("[明次]年", wording) else 0
    earlier = 1 if re.search("学期|周", wording) else 0
    if deadline and deadline.start and deadline.end:
        assert min(years | {YEAR}) - earlier <= deadline.start.year
        assert deadline.end.year <= max(years | {YEAR}) + later


@pytest.mark.parametrize(
    "wording",
    [
        "上半年讨论方案下半力争实施",  # 下半 may be a second period
        "6月30日前完成起整改",  # it ends and begins on one day
        "持续Q4推进",
        "3月至5月之后",  # from March or from June
        "2020/2018:0022",  # a time of day within a year
    ],
)
def test_what_was_read_as_other_days_is_refused(wording: str) -> None:
    assert read(wording) is None
