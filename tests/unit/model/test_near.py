"""Advice for wordings that cannot be read: made of their own pieces, and keeping all that they say clearly."""

from __future__ import annotations

import re
from datetime import date

import pytest

from reformledger.model.deadline import Deadline, DeadlineError, parse_deadline, parse_period
from reformledger.model.forms import FORMS

EXAMPLES = [wording for form in FORMS for wording in form.examples]
LEVELS = {"日": 1, "号": 1, "旬": 11, "月": 31, "季": 92, "半年": 184}


def near(wording: str, year: int = 2020) -> tuple[str, ...]:
    with pytest.raises(DeadlineError) as caught:
        parse_deadline(wording, year)
    return caught.value.near


def advice_of(wording: str, year: int = 2020) -> tuple[str, ...]:
    """Return the advice for a wording, () also where it is read."""
    try:
        parse_deadline(wording, year)
    except DeadlineError as error:
        return error.near
    return ()


# --- typing errors ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wording", "advised"),
    [
        # another character of the same shape or sound
        ("四季渡", "四季度"),
        ("年内完城", "年内完成"),
        ("6月低前", "6月底前"),
        ("2020年12月低前", "2020年12月底前"),
        ("6月30曰前", "6月30日前"),
        ("4月上询", "4月上旬"),
        ("每季渡末", "每季度末"),
        ("每月28曰前", "每月28日前"),
        ("3月一5月", "3月至5月"),
        # digits without their units
        ("20201231", "2020-12-31"),
        ("202012", "2020-12"),
        ("2020/12", "2020-12"),
        ("2020年12", "2020年12月"),
        ("2020上半年", "2020年上半年"),
        # a number that does not exist: the nearest that does
        ("2020年13月", "2020年12月"),
        ("2021-02-30", "2021-02-28"),
    ],
)
def test_a_typing_error_is_answered_with_what_was_meant(wording: str, advised: str) -> None:
    assert near(wording)[0] == advised


@pytest.mark.parametrize("month", [1, 4, 9, 12])
def test_the_month_typed_is_the_month_advised(month: int) -> None:
    assert near(f"{month}月上询")[0] == f"{month}月上旬"
    assert near(f"每年{month}用") == (f"每年{month}月",)


@pytest.mark.parametrize("year", [2019, 2024])
def test_the_year_typed_is_the_year_advised(year: int) -> None:
    assert near(f"{year}年四季渡", 2020)[0] == f"{year}年四季度"


def test_parts_are_advised_by_the_part_at_fault() -> None:
    assert near("3月：研讨；四季渡：发布") == ("四季度",)


# --- what two readings fit ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wording", "readings"),
    [
        ("2025年前", {"2025-12-31", "2024-12-31"}),
        ("6月前", {"2020-06-30", "2020-05-31"}),
        ("四季度前", {"2020-12-31", "2020-09-30"}),
        ("6月中旬前", {"2020-06-20", "2020-06-10"}),
        ("2020.1", {"2020-01-31", "2020-10-31"}),
    ],
)
def test_both_readings_are_offered(wording: str, readings: set[str]) -> None:
    assert {str(parse_deadline(offered, 2020).end) for offered in near(wording)} == readings


# --- nothing near -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("wording", ["各高速大队", "立行立改", "两会前", "xyz", "12日6月", "3月5月8月一并"])
def test_where_nothing_is_near_the_forms_of_this_year_are_shown(wording: str) -> None:
    with pytest.raises(DeadlineError) as caught:
        parse_deadline(wording, 2023)
    assert caught.value.near == ()
    assert "means: 2023" in str(caught.value)


def test_forms_shown_for_what_recurs_recur() -> None:
    with pytest.raises(DeadlineError) as caught:
        parse_deadline("每逢佳节", 2023)
    assert "means: 每季度末" in str(caught.value)


# --- what advice keeps --------------------------------------------------------------------------------------

LOOK_ALIKE = dict(zip("底日旬季度月年前末每至—、起初上", "低曰询李渡用午钱未毎致一丶启出土", strict=True))
REFUSED = [
    *("12月-", "4月初前", "2022年10月前投入使用", "2024年前开工建设", "3-5年内", "各高速大队", "2024年12月前完成"),
    *("第一周", "开学前", "2027年前完成", "1-2年", "45个工作日内", "分2年", "2026年前", "反馈后1个月内", "两会前"),
    *("立行立改", "8/3/2014", "After finalization", "月底前", "每旬", "每两年", "每月两次", "6月中下旬", "5月或10月"),
]


def typos() -> list[str]:
    """Return every example with one character that looks like another, left out, or twice."""
    found: dict[str, None] = {}
    for example in EXAMPLES:
        for at, character in enumerate(example):
            for typed in (LOOK_ALIKE.get(character, ""), character * 2):
                found[example[:at] + typed + example[at + 1 :]] = None
    return list(found)


def numbers(text: str) -> list[int]:
    apart = re.sub("(?<![0-9])((?:19|20|21)[0-9]{2})([0-9]{2})([0-9]{2})?(?![0-9])", r"\1 \2 \3", text)
    return [int(number) for number in re.findall("[0-9]+", apart)]


def occurrences(deadline: Deadline) -> int:
    return 1 if deadline.every else len(deadline.occurrences)


@pytest.mark.parametrize("wording", [wording for wording in (*REFUSED, *typos()) if "：" not in wording])
def test_advice_keeps_what_is_clear(wording: str) -> None:
    by_two_readings = re.search("前|-$|[0-9][./][0-9]|[0-9]{3}", wording) is not None
    exists = all(0 < number <= 31 or number > 31 * 31 for number in numbers(wording))
    for offered in advice_of(wording):
        deadline = parse_deadline(offered, 2020)
        assert (deadline.every is not None) == (re.search("每|ly", wording) is not None)
        assert occurrences(deadline) <= 1 or re.search("[、和]", wording)
        if exists and not by_two_readings:
            assert numbers(offered) == numbers(wording)
        for year in re.findall("(?<![0-9])20[0-9]{2}(?![0-9])", wording):
            assert year in offered or by_two_readings
        for mark, longest in LEVELS.items():
            if mark in wording and len(deadline.occurrences) == 1 and deadline.begins is None:
                assert (deadline.occurrences[0].end - deadline.occurrences[0].start).days < longest


def test_typing_errors_are_a_hundred_at_least_and_many_get_advice() -> None:
    refused = [wording for wording in typos() if advice_of(wording)]
    assert len(typos()) > 100
    assert len(refused) > 50


@pytest.mark.parametrize("wording", ["每月低", "长欺", "3月底低", "每季渡末", "四季渡"])
def test_a_question_is_only_offered_one_period(wording: str) -> None:
    with pytest.raises(DeadlineError) as caught:
        parse_period(wording, 2020)
    for offered in caught.value.near:
        parse_period(offered, 2020)


# --- what advice of a piece does with the rest ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("wording", "advised"),
    [
        ("3月、6月底前", {("03-31", "06-30"), ("02-29", "06-30")}),
        ("3月、6月、9月底前", {("03-31", "06-30", "09-30"), ("02-29", "05-31", "09-30")}),
        ("3月和6月前", {("03-31", "06-30"), ("02-29", "05-31")}),
        ("6月31日、12月31日", {("06-30", "12-31")}),
        ("6月31日、11月31日前", {("06-30", "11-30")}),
    ],
)
def test_of_several_names_all_are_advised(wording: str, advised: set[tuple[str, ...]]) -> None:
    ends = {tuple(f"{period.end:%m-%d}" for period in parse_deadline(each, 2020).occurrences) for each in near(wording)}
    assert ends <= advised
    assert max(advised) in ends
    assert all(parse_deadline(each, 2020).end.year == 2020 for each in near(wording))  # type: ignore[union-attr]


@pytest.mark.parametrize("wording", ["每月推进，6月前完成", "每月推进，6月31日前完成"])
def test_what_recurs_until_a_day_is_advised_to_recur_until_a_day(wording: str) -> None:
    read = [parse_deadline(each, 2023) for each in near(wording, 2023)]
    assert date(2023, 6, 30) in [deadline.completes for deadline in read]
    assert {deadline.every for deadline in read} == {"month"}


def test_the_part_of_prose_that_is_at_fault_is_named() -> None:
    with pytest.raises(DeadlineError) as caught:
        parse_deadline("2020年启动改造，2021年前完成改造", 2020)
    assert "“2021年前”" in caught.value.reason
    assert caught.value.near == ("2021年底前", "2020年底前")


@pytest.mark.parametrize("wording", ["3月—6月31日", "从6月31日起，每月"])
def test_what_is_near_to_a_piece_alone_is_not_advised(wording: str) -> None:
    assert near(wording) == ()


@pytest.mark.parametrize("unit", ["周", "个月", "年", "季度"])
@pytest.mark.parametrize("interval", ["每两", "每隔一", "每隔两", "每双", "每10", "每五", "隔", "双", "每逢双"])
def test_another_interval_is_never_advised(interval: str, unit: str) -> None:
    assert advice_of(f"{interval}{unit}") == ()


@pytest.mark.parametrize("wording", ["3月前、6月前", "前3个月", "前两月", "前半年", "后三季度", "每10日", "每五日"])
def test_what_turns_a_name_into_another_time_is_not_passed_over(wording: str) -> None:
    assert near(wording) == ()


@pytest.mark.parametrize("wording", ["1930年前", "2300年底", "国发〔1848〕2号前"])
def test_a_year_that_no_deadline_can_name_is_not_shown_as_a_form(wording: str) -> None:
    with pytest.raises(DeadlineError) as caught:
        parse_deadline(wording, 2026)
    assert "means: 2026" in str(caught.value)
