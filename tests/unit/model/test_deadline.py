"""What deadline wordings mean; the expectations are those of the calendar, the notice and the agreed grammar."""

from __future__ import annotations

import copy
import pickle
import re
import time
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import NOTICE
from reformledger.model.deadline import Deadline, DeadlineError, Period, parse_deadline, parse_period, star_deadline

YEAR_2020 = "2020-01-01 2020-12-31"


def days(text: str) -> Period:
    """Return the period of ``2020-01-01 2020-12-31``."""
    first, last = text.split()
    return Period(date.fromisoformat(first), date.fromisoformat(last))


def ends(deadline: Deadline) -> list[str]:
    return [occurrence.end.isoformat() for occurrence in deadline.occurrences]


def refusal(wording: str, year: int = 2020) -> DeadlineError:
    with pytest.raises(DeadlineError) as caught:
        parse_deadline(wording, year)
    return caught.value


# --- one bounded period -------------------------------------------------------------------------------------

BOUNDED = [
    # ISO forms
    ("2020", 2019, YEAR_2020),
    ("2020-12", 2019, "2020-12-01 2020-12-31"),
    ("2020-Q4", 2019, "2020-10-01 2020-12-31"),
    ("2020-q4", 2019, "2020-10-01 2020-12-31"),
    ("2020Q4", 2019, "2020-10-01 2020-12-31"),
    ("Q4", 2020, "2020-10-01 2020-12-31"),
    ("2020-H1", 2019, "2020-01-01 2020-06-30"),
    ("2020-12-31", 2019, "2020-12-31 2020-12-31"),
    ("2020-02-29", 2019, "2020-02-29 2020-02-29"),
    ("2020/2022", 2019, "2020-01-01 2022-12-31"),
    ("2020-03/2020-05", 2019, "2020-03-01 2020-05-31"),
    ("2020-12-01/2021-03-31", 2019, "2020-12-01 2021-03-31"),
    ("2020-Q1/2020-Q3", 2019, "2020-01-01 2020-09-30"),
    # dotted, as the notice prints the dates of its documents
    ("2020.8.29", 2019, "2020-08-29 2020-08-29"),
    ("2020.10", 2019, "2020-10-01 2020-10-31"),
    ("2020.3-2020.5", 2019, "2020-03-01 2020-05-31"),
    # years
    ("2025年", 2020, "2025-01-01 2025-12-31"),
    ("2020年度", 2019, YEAR_2020),
    ("2020年内", 2019, YEAR_2020),
    ("2020年底", 2019, YEAR_2020),
    ("2020年底前", 2019, YEAR_2020),
    ("2020年年底", 2019, YEAR_2020),
    ("二〇二〇年底前", 2019, YEAR_2020),
    ("年内", 2020, YEAR_2020),
    ("年内完成", 2020, YEAR_2020),
    ("全年", 2020, YEAR_2020),
    ("年底前", 2020, YEAR_2020),
    ("年末", 2020, YEAR_2020),
    ("今年底前完成", 2020, YEAR_2020),
    # half-years and quarters
    ("上半年", 2020, "2020-01-01 2020-06-30"),
    ("下半年", 2020, "2020-07-01 2020-12-31"),
    ("2020年上半年", 2019, "2020-01-01 2020-06-30"),
    ("一季度", 2020, "2020-01-01 2020-03-31"),
    ("二季度", 2020, "2020-04-01 2020-06-30"),
    ("三季度", 2020, "2020-07-01 2020-09-30"),
    ("四季度", 2020, "2020-10-01 2020-12-31"),
    ("第四季度", 2020, "2020-10-01 2020-12-31"),
    ("1季度", 2020, "2020-01-01 2020-03-31"),
    ("三季度末前", 2020, "2020-07-01 2020-09-30"),
    ("2020年第四季度", 2019, "2020-10-01 2020-12-31"),
    # months and parts of them
    ("2020年12月", 2019, "2020-12-01 2020-12-31"),
    ("2020 年 12月底前", 2019, "2020-12-01 2020-12-31"),
    ("12月底前", 2020, "2020-12-01 2020-12-31"),
    ("6月底前", 2020, "2020-06-01 2020-06-30"),
    ("6月底以前", 2020, "2020-06-01 2020-06-30"),
    ("6月末之前完成", 2020, "2020-06-01 2020-06-30"),
    ("6月份完成", 2020, "2020-06-01 2020-06-30"),
    ("2月底", 2021, "2021-02-01 2021-02-28"),
    ("２０２０年１２月", 2019, "2020-12-01 2020-12-31"),
    ("十二月", 2020, "2020-12-01 2020-12-31"),
    ("十月底前", 2020, "2020-10-01 2020-10-31"),
    ("6月上旬", 2020, "2020-06-01 2020-06-10"),
    ("6月中旬", 2020, "2020-06-11 2020-06-20"),
    ("6月下旬", 2020, "2020-06-21 2020-06-30"),
    ("2月下旬", 2021, "2021-02-21 2021-02-28"),
    # days
    ("2020年12月31日前", 2019, "2020-12-31 2020-12-31"),
    ("12月31日", 2020, "2020-12-31 2020-12-31"),
    ("六月二十八日以前", 2020, "2020-06-28 2020-06-28"),
    # spans
    ("3—5月", 2020, "2020-03-01 2020-05-31"),
    ("3月至5月", 2020, "2020-03-01 2020-05-31"),
    ("3月到5月底前", 2020, "2020-03-01 2020-05-31"),
    ("三至五月", 2020, "2020-03-01 2020-05-31"),
    ("2020年3-5月", 2019, "2020-03-01 2020-05-31"),
    ("2020年3月-2021年5月", 2019, "2020-03-01 2021-05-31"),
    ("6月上旬至7月中旬", 2020, "2020-06-01 2020-07-20"),
    ("12月1日-15日", 2020, "2020-12-01 2020-12-15"),
    ("3月1日—5月31日", 2020, "2020-03-01 2020-05-31"),
    ("一至三季度", 2020, "2020-01-01 2020-09-30"),
    ("2016-2020年", 2020, "2016-01-01 2020-12-31"),
    ("2014～2020年", 2020, "2014-01-01 2020-12-31"),
    ("6月至年底", 2020, "2020-06-01 2020-12-31"),
]


@pytest.mark.parametrize(("wording", "year", "period"), BOUNDED)
def test_bounded(wording: str, year: int, period: str) -> None:
    deadline = parse_deadline(wording, year)
    assert (deadline.start, deadline.end) == days(period)


@pytest.mark.parametrize(("wording", "year", "period"), BOUNDED)
def test_bounded_is_one_period_that_does_not_recur(wording: str, year: int, period: str) -> None:
    deadline = parse_deadline(wording, year)
    assert (deadline.occurrences, deadline.every, deadline.parts) == ((days(period),), None, ())


@pytest.mark.parametrize(("wording", "year", "_period"), BOUNDED)
def test_relative_says_that_the_year_of_the_document_decides(wording: str, year: int, _period: str) -> None:
    deadline, other = parse_deadline(wording, year), parse_deadline(wording, year - 1)
    assert deadline.relative == (deadline.occurrences != other.occurrences)


@pytest.mark.parametrize("wording", ["2020年12月", " 年内\u3000完成 ", "２０２０"])
def test_the_wording_is_kept_as_printed(wording: str) -> None:
    assert parse_deadline(wording, 2020).wording == wording


@pytest.mark.parametrize("dash", "-‐‑‒–—―⸺─━−－~～〜∼至到")
def test_every_sort_of_dash_joins_a_span(dash: str) -> None:
    assert parse_deadline(f"3{dash}5月", 2020).occurrences == (days("2020-03-01 2020-05-31"),)


def test_a_doubled_dash_is_one() -> None:
    assert parse_deadline("3——5月", 2020).occurrences == (days("2020-03-01 2020-05-31"),)


# --- open-ended ---------------------------------------------------------------------------------------------

OPEN_ENDED = [
    *("长期", "长期坚持", "持续", "持续推进", "常态化", "常态化推进"),
    *("按省上要求推进", "按照上级要求推进", "按要求推进", "按省上统一部署实施"),
]


@pytest.mark.parametrize("wording", OPEN_ENDED)
def test_open_ended_has_no_days(wording: str) -> None:
    deadline = parse_deadline(wording, 2020)
    assert (deadline.start, deadline.end, deadline.occurrences, deadline.every) == (None, None, (), None)


@pytest.mark.parametrize("wording", OPEN_ENDED)
def test_open_ended_is_never_due(wording: str) -> None:
    always = days("1949-01-01 2199-12-31")
    assert not parse_deadline(wording, 2020).falls_in(always)
    assert not parse_deadline(wording, 2020).falls_by(always)


def test_open_ended_has_no_last_day() -> None:
    assert parse_deadline("长期坚持", 2020).end is None


# --- recurring ----------------------------------------------------------------------------------------------

QUARTER_ENDS = ["2020-03-31", "2020-06-30", "2020-09-30", "2020-12-31"]
MONTH_ENDS = [
    *("2020-01-31", "2020-02-29", "2020-03-31", "2020-04-30", "2020-05-31", "2020-06-30"),
    *("2020-07-31", "2020-08-31", "2020-09-30", "2020-10-31", "2020-11-30", "2020-12-31"),
]
RECURRING = [
    ("每季度末", "quarter", YEAR_2020, QUARTER_ENDS),
    ("每季度", "quarter", YEAR_2020, QUARTER_ENDS),
    ("每季末前", "quarter", YEAR_2020, QUARTER_ENDS),
    ("2020年每季度末", "quarter", YEAR_2020, QUARTER_ENDS),
    ("上半年每季度末", "quarter", "2020-01-01 2020-06-30", QUARTER_ENDS[:2]),
    ("每月", "month", YEAR_2020, MONTH_ENDS),
    ("每个月", "month", YEAR_2020, MONTH_ENDS),
    ("每月底", "month", YEAR_2020, MONTH_ENDS),
    ("每月底前", "month", YEAR_2020, MONTH_ENDS),
    ("每月28日前", "month", "2020-01-28 2020-12-28", [f"2020-{month:02}-28" for month in range(1, 13)]),
    ("每月上旬", "month", "2020-01-01 2020-12-10", [f"2020-{month:02}-10" for month in range(1, 13)]),
    ("3—12月每月30日前", "month", "2020-03-30 2020-12-30", [f"2020-{month:02}-30" for month in range(3, 13)]),
    ("每年", "year", YEAR_2020, ["2020-12-31"]),
    ("每年底前", "year", YEAR_2020, ["2020-12-31"]),
    ("每年12月", "year", "2020-12-01 2020-12-31", ["2020-12-31"]),
    ("每年12月底前", "year", "2020-12-01 2020-12-31", ["2020-12-31"]),
    ("每年四季度", "year", "2020-10-01 2020-12-31", ["2020-12-31"]),
    ("每年6月30日前", "year", "2020-06-30 2020-06-30", ["2020-06-30"]),
    ("每年2月30日", "year", "2020-02-29 2020-02-29", ["2020-02-29"]),
    ("每半年", "half", YEAR_2020, ["2020-06-30", "2020-12-31"]),
    ("每学期末", "term", "2019-08-01 2020-07-31", ["2020-01-31", "2020-07-31"]),
    ("每月31日", "month", "2020-01-31 2020-12-31", MONTH_ENDS),
    ("于每月28日前", "month", "2020-01-28 2020-12-28", [f"2020-{month:02}-28" for month in range(1, 13)]),
    (
        "每季度最后一个月的30日前",
        "quarter",
        "2020-03-30 2020-12-30",
        [f"2020-{month}-30" for month in ("03", "06", "09", "12")],
    ),
    (
        "每季度末月25日前",
        "quarter",
        "2020-03-25 2020-12-25",
        [f"2020-{month}-25" for month in ("03", "06", "09", "12")],
    ),
    ("每季度报送一次", "quarter", YEAR_2020, QUARTER_ENDS),
    ("从2019年3月起，每季度", "quarter", YEAR_2020, QUARTER_ENDS),
    ("从6月起，每季度末", "quarter", "2020-04-01 2020-12-31", QUARTER_ENDS[1:]),
    ("每月推进，2020年6月底前完成", "month", "2020-01-01 2020-06-30", MONTH_ENDS[:6]),
    ("2019—2022年每年6月", "year", "2020-06-01 2020-06-30", ["2020-06-30"]),
]


@pytest.mark.parametrize(("wording", "every", "period", "last_days"), RECURRING)
def test_recurring(wording: str, every: str, period: str, last_days: list[str]) -> None:
    deadline = parse_deadline(wording, 2020)
    assert deadline.every == every
    assert (deadline.start, deadline.end) == days(period)
    assert ends(deadline) == last_days


def test_any_occurrence_falls_in_a_period() -> None:
    assert parse_deadline("每季度末", 2020).falls_in(days("2020-05-01 2020-06-30"))


def test_between_two_occurrences_nothing_falls() -> None:
    assert not parse_deadline("每季度末", 2020).falls_in(days("2020-04-01 2020-05-31"))


def test_the_first_occurrence_falls_by_its_day() -> None:
    deadline = parse_deadline("每季度末", 2020)
    assert deadline.falls_by(days("2020-01-01 2020-03-31"))
    assert not deadline.falls_by(days("2020-01-01 2020-03-30"))


def test_recurring_ends_with_the_last_occurrence() -> None:
    assert parse_deadline("每月28日前", 2020).end == date(2020, 12, 28)


@pytest.mark.parametrize("wording", ["每两年", "每旬", "每天", "每届"])
def test_what_recurs_otherwise_is_refused_with_what_can(wording: str) -> None:
    assert "every week, month, quarter, half-year, term or year" in refusal(wording).reason


@pytest.mark.parametrize("wording", ["2021年每季度末", "2月每季度", "3月15日—12月每月"])
def test_bounds_that_cut_a_unit_or_lie_in_another_year_are_refused(wording: str) -> None:
    assert "whole months, quarters or years of 2020" in refusal(wording).reason


@pytest.mark.parametrize(
    ("wording", "first", "last", "count"),
    [  # 2020 begins on a Wednesday and ends on a Thursday
        ("每周", "2020-01-05", "2020-12-27", 52),
        ("每周三", "2020-01-01", "2020-12-30", 53),
        ("每周五前", "2020-01-03", "2020-12-25", 52),
        ("每星期日", "2020-01-05", "2020-12-27", 52),
        ("3—5月每周三", "2020-03-04", "2020-05-27", 13),
    ],
)
def test_weeks_end_on_sunday_or_the_named_day(wording: str, first: str, last: str, count: int) -> None:
    found = ends(parse_deadline(wording, 2020))
    assert (found[0], found[-1], len(found)) == (first, last, count)


@pytest.mark.parametrize(
    ("wording", "begins"),
    [
        ("3—5月", "2020-03-01"),
        ("2016—2020年", "2016-01-01"),
        ("从2019年3月起，每季度", "2019-03-01"),
        ("3—12月每月30日前", "2020-03-01"),
        ("12月", None),
        ("四季度", None),
        ("下半年", None),
        ("2021年", None),
        ("每季度末", None),
    ],
)
def test_a_single_name_does_not_say_when_the_work_begins(wording: str, begins: str | None) -> None:
    assert parse_deadline(wording, 2020).begins == (date.fromisoformat(begins) if begins else None)


def test_what_recurs_until_a_day_is_completed_by_it() -> None:
    assert parse_deadline("每月推进，2020年12月底前完成", 2020).completes == date(2020, 12, 31)
    assert parse_deadline("每月推进", 2020).completes is None


@pytest.mark.parametrize(
    "wording", ["每周前", "每周2次", "每月两次", "每季度第四个月底", "每月推进，长期完成", "从2021年起，每月"]
)
def test_what_recurs_and_is_not_clear_is_refused(wording: str) -> None:
    refusal(wording)


@pytest.mark.parametrize(
    "wording", ["每季度28日", "每月2020年", "每月12月", "每年2020年", "每年28日", "每月每季度", "每月年底"]
)
def test_what_does_not_lie_in_the_unit_is_refused(wording: str) -> None:
    refusal(wording)


# --- several dated parts ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wording",
    [
        "3月：研讨；6月底前：发布",
        "3月:研讨;6月底前:发布。",
        "3 月： 研讨 ； ６月底前： 发布",
        "3月：研讨、6月底前：发布",
        "3月：研讨，6月底前：发布",
        "3月：研讨。6月底前：发布。",
        "3月：研讨\n6月底前：发布",
    ],
)
def test_parts_have_their_own_text_and_last_day(wording: str) -> None:
    parts = parse_deadline(wording, 2020).parts
    assert [(part.text, part.deadline.end) for part in parts] == [
        ("研讨", date(2020, 3, 31)),
        ("发布", date(2020, 6, 30)),
    ]


def test_a_part_keeps_its_wording() -> None:
    parts = parse_deadline("3月：研讨；6月底前：发布", 2020).parts
    assert [part.deadline.wording for part in parts] == ["3月", "6月底前"]


def test_signs_within_the_text_of_a_part_stay_as_printed() -> None:
    parts = parse_deadline("3月：研讨、 论证，修改；；再修改；6月底前：发布", 2020).parts
    assert [part.text for part in parts] == ["研讨、 论证，修改；；再修改", "发布"]


def test_parts_together_span_from_the_first_day_to_the_last() -> None:
    deadline = parse_deadline("3月：研讨；6月底前：发布", 2020)
    assert (deadline.start, deadline.end) == days("2020-03-01 2020-06-30")


def test_any_part_falls_in_a_period() -> None:
    assert parse_deadline("3月：研讨；6月底前：发布", 2020).falls_in(days("2020-03-01 2020-03-31"))


def test_parts_end_with_the_last_of_them() -> None:
    assert parse_deadline("3月：研讨；6月底前：发布", 2020).end == date(2020, 6, 30)


def test_a_part_may_recur() -> None:
    deadline = parse_deadline("6月底前：出台；每季度末：报告", 2020)
    assert [part.deadline.every for part in deadline.parts] == [None, "quarter"]


@pytest.mark.parametrize(
    "wording",
    [
        "3月：研讨，6月底前发布",  # the second deadline would vanish in the text of the first part
        "3月：研讨并于6月底前发布",
        "3月：研讨 6月底前：发布",
        "3月：研讨；发布：6月底前",
        "3月：；6月底前：发布",
        "牵头；3月：研讨",
        "3月：研讨；6月底左右：发布",
        "3月：研讨；长期：坚持",
        "3月研讨；6月发布",
    ],
)
def test_parts_that_are_not_clear_are_refused(wording: str) -> None:
    refusal(wording)


def test_the_part_at_fault_is_named() -> None:
    assert "“6月底左右”" in refusal("3月：研讨；6月底左右：发布").reason


# --- the notice ---------------------------------------------------------------------------------------------

OF_THE_NOTICE = [
    ("2025年", "2025-01-01 2025-12-31"),
    ("2030年", "2030-01-01 2030-12-31"),
    ("2020年12月", "2020-12-01 2020-12-31"),
    ("年内完成", YEAR_2020),
    ("四季度", "2020-10-01 2020-12-31"),
    ("2020", YEAR_2020),
    ("2021", "2021-01-01 2021-12-31"),
    ("2022", "2022-01-01 2022-12-31"),
]


@pytest.fixture(scope="module")
def notice() -> str:
    return re.sub(r"\s", "", NOTICE.read_text(encoding="utf-8"))


@pytest.mark.parametrize(("wording", "period"), OF_THE_NOTICE)
def test_the_wordings_of_the_notice(wording: str, period: str, notice: str) -> None:
    assert wording in notice
    assert parse_deadline(wording, 2020).occurrences == (days(period),)


def test_every_time_limit_of_the_work_points_is_in_the_table(notice: str) -> None:
    printed = set(re.findall("完成时限：([^：）]+)）", notice))
    assert printed <= {wording for wording, _period in OF_THE_NOTICE}
    assert printed == {"2025年", "2030年", "2020年12月"}


def test_the_doubled_label_of_point_10_is_refused() -> None:
    refusal("完成时限：2020年12月")


# --- the explicit form and the star -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wording", "means", "period"),
    [
        ("力争五年左右", "2025", "2025-01-01 2025-12-31"),
        ("完成时限：2020年12月", "2020-12", "2020-12-01 2020-12-31"),
        ("2025年前", "2024", "2024-01-01 2024-12-31"),
        ("春节前", "2020-01/2020-02", "2020-01-01 2020-02-29"),
    ],
)
def test_means_gives_the_days_and_leaves_the_wording(wording: str, means: str, period: str) -> None:
    deadline = parse_deadline(wording, 2020, means)
    assert (deadline.wording, deadline.occurrences) == (wording, (days(period),))


def test_means_may_recur() -> None:
    assert parse_deadline("按季报送", 2020, "每季度末").every == "quarter"


def test_means_may_be_open_ended() -> None:
    assert parse_deadline("久久为功", 2020, "长期").end is None


@pytest.mark.parametrize("means", ["", "五年左右", "3月：研讨；6月：发布", "2021-02-30"])
def test_means_that_cannot_be_read_is_the_one_quoted(means: str) -> None:
    with pytest.raises(DeadlineError) as caught:
        parse_deadline("力争", 2020, means)
    assert caught.value.wording == means


def test_a_wording_must_be_there_beside_means() -> None:
    with pytest.raises(DeadlineError):
        parse_deadline(" ", 2020, "2020")


def test_a_star_alone_is_due_within_the_year() -> None:
    deadline = star_deadline(2020)
    assert (deadline.wording, deadline.from_star, deadline.occurrences) == (None, True, (days(YEAR_2020),))


# --- refused ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wording",
    [
        *("", " ", "完成", "前", "底", "年", "年前", "年初", "年中", "月底", "季度末", "第季度"),
        *("12", "12-31", "3-5", "2020-5月", "2020—12", "2020/12", "3/5月", "Q1/Q3"),
        *("20201231", "2020-W53-4", "2020-366", "2020-3"),
        *(
            "20年12月",
            "2020年12",
            "2020上半年",
            "2020年-6月",
            "全年-6月",
            "6月底-8月",
            "6月中下旬",
            "一二月",
        ),
        *("28日内", "12月31日内", "28日", "上旬", "2020年28日", "五年左右", "6月底前后"),
        *("持续到2022年", "全年持续推进", "按要求2020年底前完成", "每人"),
        *("2020²", "①月", "½年", "٢٠٢٠", "2020年Ⅳ季度", "[2020]", "2020\x00", "\ud800"),
        *("2020年春季", "2020—2021学年", "十四五期间", "3一5月"),
    ],
)
def test_refused(wording: str) -> None:
    refusal(wording)


@pytest.mark.parametrize(
    ("wording", "spellings"),
    [
        ("2025年前", ("2025年底前", "2024年底前")),
        ("2025年以前", ("2025年底前", "2024年底前")),
        ("2020-12前", ("2020年12月底前", "2020年11月底前")),
        ("1月前", ("2020年1月底前", "2019年12月底前")),
        ("四季度之前", ("2020年12月底前", "2020年9月底前")),
        ("6月中旬前", ("2020年6月20日前", "2020年6月10日前")),
        ("3—5月前", ("3~5月底前",)),
        ("每年12月前", ("每年12月底前",)),
        ("每月上旬前", ()),
    ],
)
def test_before_a_whole_period_is_refused_with_spellings_of_one_meaning(
    wording: str, spellings: tuple[str, ...]
) -> None:
    assert refusal(wording).near == spellings


@pytest.mark.parametrize(
    ("wording", "named"),
    [
        ("2021-02-30", "2021-02-30"),
        ("2月30日", "2020-02-30"),
        ("2021年2月29日", "2021-02-29"),
        ("6月31日前", "2020-06-31"),
        ("12月32日", "2020-12-32"),
        ("6月0日", "day 0"),
        ("2020年13月", "month 13"),
        ("2020-00", "month 0"),
        ("3-13月", "month 13"),
        ("五季度", "quarter 5"),
        ("2020-H3", "half-year 3"),
        ("1848年", "1949"),
        ("2200", "2199"),
    ],
)
def test_what_the_calendar_lacks_is_named(wording: str, named: str) -> None:
    assert named in refusal(wording).reason


@pytest.mark.parametrize("wording", ["2022-2020", "11月至2月", "2020年11月-2月", "2020-05/2020-03", "5月31日-1日"])
def test_a_span_that_ends_before_it_begins_is_refused(wording: str) -> None:
    assert "before it begins" in refusal(wording).reason


def test_a_month_that_lost_its_zero_is_doubted() -> None:
    assert refusal("2020.1").near == ("2020-01", "2020-10")


def test_the_error_names_the_wording_and_the_explicit_form() -> None:
    sentence = str(refusal("四季渡"))
    assert "“四季渡”" in sentence
    assert "四季度" in sentence
    assert "due: {wording: …, means: 2020}" in sentence


def test_the_error_does_not_repeat_a_whole_paragraph() -> None:
    assert len(str(refusal("年" * 10_000))) < 500


# --- periods that a question names --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "year", "period"),
    [
        ("2020", 2019, YEAR_2020),
        ("2020-12", 2019, "2020-12-01 2020-12-31"),
        ("四季度", 2020, "2020-10-01 2020-12-31"),
        ("四季度", 2021, "2021-10-01 2021-12-31"),
        ("年内", 2021, "2021-01-01 2021-12-31"),
        ("2020/2022", 2019, "2020-01-01 2022-12-31"),
    ],
)
def test_a_period_is_read_in_the_given_year(text: str, year: int, period: str) -> None:
    assert parse_period(text, year) == days(period)


@pytest.mark.parametrize("text", ["长期坚持", "每季度末", "3月：研讨；6月底前：发布", "xyz", ""])
def test_what_is_no_one_bounded_period_is_refused(text: str) -> None:
    with pytest.raises(DeadlineError, match=r"Write a period such as 2020, 2020-12"):
        parse_period(text, 2020)


# --- the object ---------------------------------------------------------------------------------------------


def test_a_deadline_cannot_be_changed() -> None:
    deadline = parse_deadline("2020", 2020)
    with pytest.raises(AttributeError):
        deadline.end = None  # type: ignore[misc]
    with pytest.raises(AttributeError):
        del deadline.end


def test_equal_deadlines_have_equal_hashes() -> None:
    wording = "3月：研讨；6月底前：发布"
    first, second = parse_deadline(wording, 2020), parse_deadline.__wrapped__(wording, 2020)
    assert first == second
    assert hash(first) == hash(second)


def test_the_same_days_in_other_words_are_another_deadline() -> None:
    assert parse_deadline("2020", 2020) != parse_deadline("2020年", 2020)


def test_copies_are_equal() -> None:
    deadline = parse_deadline("3月：研讨；6月底前：发布", 2020)
    assert copy.deepcopy(deadline) == deadline == pickle.loads(pickle.dumps(deadline))


def test_the_same_wording_is_read_once() -> None:
    assert parse_deadline("2020年12月", 2020) is parse_deadline("2020年12月", 2020)


# --- properties ---------------------------------------------------------------------------------------------

DATES = st.dates(date(1949, 1, 1), date(2199, 12, 31))
WORDINGS = st.sampled_from(
    [wording for wording, _year, _period in BOUNDED] + [wording for wording, *_rest in RECURRING]
)
DIGITS = "0123456789０１２二十一〇"
ALPHABET = DIGITS + "年月日季度上下半旬底末前内每至第全今完成长期持续按要求QHq—-~/.：:；;、。 \u3000²\u200b\ud800"


@given(DATES)
@settings(max_examples=50)
def test_an_iso_day_means_itself(day: date) -> None:
    assert parse_deadline(day.isoformat(), 2020).occurrences == (Period(day, day),)


@given(DATES)
@settings(max_examples=50)
def test_a_spoken_day_means_what_its_iso_form_means(day: date) -> None:
    spoken = parse_deadline(f"{day.year}年{day.month}月{day.day}日前", 2020)
    assert spoken.occurrences == (Period(day, day),)


@given(DATES)
@settings(max_examples=50)
def test_an_iso_month_begins_and_ends_where_the_month_does(day: date) -> None:
    deadline = parse_deadline(day.isoformat()[:7], 2020)
    assert deadline.start == day.replace(day=1)
    assert deadline.end is not None
    assert deadline.end.replace(day=1) == deadline.start
    assert (deadline.end + timedelta(days=1)).day == 1


@given(DATES, DATES)
@settings(max_examples=50)
def test_an_iso_span_runs_from_its_first_day_to_its_last(one: date, other: date) -> None:
    first, last = sorted([one, other])
    assert parse_deadline(f"{first}/{last}", 2020).occurrences == (Period(first, last),)


@given(WORDINGS, st.data())
@settings(max_examples=100)
def test_spaces_and_full_width_digits_change_nothing(wording: str, data: st.DataObject) -> None:
    full_width = str.maketrans("0123456789", "０１２３４５６７８９")
    spaces = st.sampled_from(["", "", " ", "\u3000", "\u00a0", "\n", "\u200b"])
    typed = "".join(data.draw(spaces) + sign for sign in wording)
    typed = "".join(data.draw(st.sampled_from([sign, sign.translate(full_width)])) for sign in typed)
    meant, read = parse_deadline(wording, 2020), parse_deadline(typed, 2020)
    assert (read.occurrences, read.every, read.relative) == (meant.occurrences, meant.every, meant.relative)


@given(st.text(max_size=60) | st.text(ALPHABET, max_size=30), st.integers(1949, 2199))
@settings(max_examples=300)
def test_any_text_is_read_or_refused(text: str, year: int) -> None:
    try:
        deadline = parse_deadline(text, year)
    except DeadlineError as error:
        str(error)  # The nearest wordings are looked for now.
        return
    assert (deadline.start is None) == (deadline.end is None) == (not deadline.occurrences)


@pytest.mark.parametrize(
    "sign", ["年", "2", "-", "~", "每", "：", "；", "按", "要求", "3月：研讨；", "完成", " ", "二"]
)
def test_long_text_takes_no_long_time(sign: str) -> None:
    text = sign * 20_000
    before = time.process_time()
    for wording in (text, f"按{text}", f"3月：{text}"):
        try:
            parse_deadline(wording, 2020)
        except DeadlineError as error:
            str(error)
    assert time.process_time() - before < 5


@given(WORDINGS, DATES, DATES)
@settings(max_examples=100)
def test_what_falls_in_a_period_falls_by_it(wording: str, one: date, other: date) -> None:
    deadline, period = parse_deadline(wording, 2020), Period(min(one, other), max(one, other))
    assert deadline.falls_by(period) or not deadline.falls_in(period)


@given(WORDINGS)
@settings(max_examples=50)
def test_the_period_on_which_it_ends_holds_its_last_day(wording: str) -> None:
    deadline = parse_deadline(wording, 2020)
    assert deadline.end is not None
    assert deadline.falls_in(Period(deadline.end, deadline.end))
