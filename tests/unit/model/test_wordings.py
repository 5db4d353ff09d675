"""Wordings as bodies print them, and others of the same kinds: read as accepted or refused, never as other days.

The column ``accepted`` of both tables: ``first/last`` day; ``E2020-12-31``: the last day alone matters; ``a;b``:
several periods; ``PARTS a;b``: the last days of several parts; ``EVERY unit count``: recurring; ``first/OPEN``: a
beginning alone; ``OPEN``: no day; ``RELATIVE months``: counted from the date of issue; ``ASK`` and ``REFUSE``:
refused, the former because two readings fit.
"""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from reformledger.model.deadline import Deadline, DeadlineError, parse_deadline, parse_period
from reformledger.model.forms import FORMS
from reformledger.model.period import Period
from reformledger.model.relative import issued_on

Row = tuple[str, int, str]


def rows(name: str) -> list[Row]:
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as file:
        return [
            (row["wording"], int(row["year"]), row["accepted"])
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]


PRINTED, ALIKE = rows("wordings.tsv"), rows("wordings_alike.tsv")


def told(deadline: Deadline, accepted: str) -> str:
    """Return what a deadline means, in the code in which ``accepted`` is written."""
    kind = accepted.split(maxsplit=1)[0]
    if kind == "EVERY":  # the printed table counts the days of a month that it names, not the occurrences
        return " ".join(["EVERY", str(deadline.every), *accepted.split()[2:]])
    if deadline.every:
        return f"EVERY {deadline.every}"
    if kind == "PARTS":
        return "PARTS " + ";".join(str(part.deadline.end or "OPEN") for part in deadline.parts)
    if deadline.within is not None:
        return f"RELATIVE {deadline.within}" if accepted != "RELATIVE" else "RELATIVE"
    if not deadline.occurrences:
        return f"{deadline.begins}/OPEN" if deadline.begins else "OPEN"
    if accepted.startswith("E"):
        return f"E{deadline.end}"
    return ";".join(f"{period.start}/{period.end}" for period in deadline.occurrences)


@pytest.mark.parametrize(("wording", "year", "accepted"), [row for row in PRINTED + ALIKE if row[0]])
def test_it_is_read_or_refused_as_accepted(wording: str, year: int, accepted: str) -> None:
    if accepted.split(maxsplit=1)[0] in {"ASK", "REFUSE"}:
        with pytest.raises(DeadlineError):
            parse_deadline(wording, year)
        return
    try:
        deadline = parse_deadline(wording, year)
    except DeadlineError:
        assert accepted == "RELATIVE"  # may be refused with what to write
        return
    assert told(deadline, accepted) == accepted


@pytest.mark.parametrize(("wording", "year", "accepted"), [row for row in ALIKE if row[2].startswith("EVERY")])
def test_what_recurs_does_so_as_often(wording: str, year: int, accepted: str) -> None:
    assert len(parse_deadline(wording, year).occurrences) == int(accepted.split()[2])


@pytest.mark.parametrize(
    ("wording", "year"), [row[:2] for row in ALIKE if row[2].split()[0] not in {"ASK", "REFUSE", "PARTS"}]
)
def test_means_takes_every_form(wording: str, year: int) -> None:
    read, meant = parse_deadline(wording, year), parse_deadline("见附件", year, wording)
    assert (read.occurrences, read.every, read.begins, read.within) == (
        meant.occurrences,
        meant.every,
        meant.begins,
        meant.within,
    )


@pytest.mark.parametrize("example", [example for form in FORMS for example in form.examples])
@pytest.mark.parametrize("year", [1950, 2020, 2031])
def test_the_examples_of_the_forms_are_understood_in_any_year(example: str, year: int) -> None:
    assert parse_deadline(example, year).wording == example


def test_a_form_has_a_name_of_its_own() -> None:
    names = [form.name for form in FORMS]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("wording", "offered"),
    [
        ("8/3/2014", {"2014-08-03", "2014-03-08"}),
        ("5/6", {"5月6日", "5—6月"}),
        ("12月-", {"12月", "12月起"}),
        ("2022年10月前投入使用", {"2022年10月底前", "2022年9月底前"}),
        ("2024年前开工建设", {"2024年底前", "2023年底前"}),
        ("4月初前", {"2020年4月10日前", "2020年3月31日前"}),
        ("年初", {"1月", "一季度"}),
        ("2021年初", {"2021年1月", "2021年一季度"}),
    ],
)
def test_what_two_readings_fit_is_refused_with_both(wording: str, offered: set[str]) -> None:
    with pytest.raises(DeadlineError) as caught:
        parse_deadline(wording, 2020)
    assert set(caught.value.near) == offered
    for one in offered:
        parse_deadline(one, 2020)


@pytest.mark.parametrize(
    "foreign", ["10月前报送", "每季度报送", "2021年", "3个月后", "年底", "下半年", "6月30日", "次月底"]
)
@pytest.mark.parametrize("wording", ["6月完成方案", "5月、10月", "3月起", "3年内", "视情况推进", "预计5月下旬"])
def test_a_further_word_of_time_never_gives_the_days_without_it(wording: str, foreign: str) -> None:
    alone = parse_deadline(wording, 2020)
    for typed in (f"{wording}并{foreign}", f"{wording}{foreign}", f"{foreign}{wording}"):
        try:
            read = parse_deadline(typed, 2020)
        except DeadlineError:
            continue
        assert (read.occurrences, read.begins) != (alone.occurrences, alone.begins)


def test_parts_in_prose_keep_their_text() -> None:
    parts = parse_deadline("上半年讨论方案 下半年实施", 2020).parts
    assert [(part.deadline.wording, part.text) for part in parts] == [("上半年", "讨论方案"), ("下半年", "实施")]


def test_several_periods_fall_due_with_any_and_end_with_the_last() -> None:
    deadline = parse_deadline("5月、10月", 2020)
    assert deadline.falls_in(Period(date(2020, 5, 1), date(2020, 5, 31)))
    assert deadline.end == date(2020, 10, 31)


def test_several_periods_are_no_one_period() -> None:
    with pytest.raises(DeadlineError):
        parse_period("5月、10月", 2020)


@pytest.mark.parametrize(
    ("wording", "issued", "last"),
    [
        ("3年内", "2020-05-13", "2023-05-13"),
        ("6个月内", "2020-05-13", "2020-11-13"),
        ("6个月内", "2020-08-31", "2021-02-28"),
        ("1-2年", "2025-01-01", "2027-01-01"),
    ],
)
def test_what_counts_from_the_date_of_issue_ends_on_its_day(wording: str, issued: str, last: str) -> None:
    day = date.fromisoformat(issued)
    assert issued_on(parse_deadline(wording, 2020), day).occurrences == (Period(day, date.fromisoformat(last)),)
