"""What is understood of a question without any entry, so that it can be put to stored values, too."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from reformledger.columns import Headings
from reformledger.errors import UsageError
from reformledger.model.deadline import Period
from reformledger.query import (
    Question,
    conditions_asked,
    folded_values,
    periods_asked,
    refuse_other_years,
    refuse_role_alone,
)

AS_OF = date(2020, 10, 1)
HEADINGS = Headings({"area": ["占地"], "lead_departments": ["责任处室"]}, {}, [], has_phases=False)
JUNE = {year: Period(date(year, 6, 1), date(year, 6, 30)) for year in (2020, 2021)}


def test_a_period_without_a_year_is_read_in_the_year_of_each_entry() -> None:
    assert periods_asked(["6月", "2020年6月"], [2020, 2021], AS_OF) == {
        2020: [JUNE[2020], JUNE[2020]],
        2021: [JUNE[2021], JUNE[2020]],
    }


def test_a_period_is_refused_even_where_there_is_no_entry() -> None:
    with pytest.raises(UsageError):
        periods_asked(["某月"], [], AS_OF)


@pytest.mark.parametrize(
    ("typed", "columns", "wanted"),
    [
        (["占地=２万亩"], ("area",), {"2万亩"}),
        (["责任处室=基教科", "lead_departments=财务科"], ("lead_departments",), {"基教科", "财务科"}),
        (["状态=未销账"], ("status",), {"open"}),
        (["star＝是"], ("star",), {"true"}),
        (["light="], ("light",), {""}),
        (["Responsible departments=A局"], ("lead_departments", "supporting_departments"), {"a局"}),
    ],
)
def test_conditions_name_columns_and_what_is_wanted_of_them(
    typed: Sequence[str], columns: tuple[str, ...], wanted: set[str]
) -> None:
    (condition,) = conditions_asked(typed, HEADINGS, [2020])
    assert condition == (columns, frozenset(wanted))


def test_conditions_on_different_columns_stay_apart() -> None:
    found = conditions_asked(["kind=任务", "占地=2万亩"], HEADINGS, [2020])
    assert [condition.columns for condition in found] == [("kind",), ("area",)]


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("占地", "is no condition"),
        ("面积=2万亩", "There is no column “面积”"),
        ("kind=某类", "is no value of kind"),
        ("year=2019", "There is no year 2019 here"),
    ],
)
def test_what_no_entry_can_have_is_refused(condition: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        conditions_asked([condition], HEADINGS, [2020, 2021])


def test_an_unknown_year_is_refused_with_those_that_there_are() -> None:
    refuse_other_years([2020], [2020, 2021])
    with pytest.raises(UsageError, match=r"There is no year 2019 here\. Years: 2020, 2021\."):
        refuse_other_years([2020, 2019], [2020, 2021])


@pytest.mark.parametrize(
    ("key", "value", "folded"),
    [
        ("status", ["closed", "met_late"], {"closed", "met_late"}),
        ("star", False, {"false", ""}),
        ("star", True, {"true", "☆"}),
        ("light", None, {""}),
        ("lead_departments", ["Ａ局", "B局"], {"a局", "b局", "a局、b局"}),
        ("area", None, {""}),
        ("persons", [{"role": "分管领导", "name": "甲某"}], {"甲某", "分管领导:甲某"}),
    ],
)
def test_a_condition_is_compared_with_parts_and_with_the_text_that_is_shown(
    key: str, value: object, folded: set[str]
) -> None:
    assert folded_values(key, value) == folded


def test_a_role_says_something_only_of_a_department() -> None:
    refuse_role_alone(Question(role="lead", departments=["财务科"]), [])
    with pytest.raises(UsageError, match="A role alone says nothing") as refused:
        refuse_role_alone(Question(role="lead"), iter(["财务科", "基教科"]))
    assert refused.value.adding == ["--department", "财务科"]


def test_what_was_carried_over_is_asked_for_by_its_status() -> None:
    assert not Question(statuses=["open"]).with_carried
    assert Question(statuses=["carried_over"]).with_carried
    assert Question(carried=True).with_carried
