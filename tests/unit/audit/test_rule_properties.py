"""What must hold for every input of the pure functions under the rules."""

from __future__ import annotations

import string
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reformledger.audit.docnumbers import corrected, has_right_shape
from reformledger.audit.rules.personal import can_be_dialled
from reformledger.text.counts import declared, declared_in_title
from reformledger.text.folding import title_key
from reformledger.text.likeness import differing, office_pairs, one_slip_apart, people_pairs, tells_apart
from reformledger.text.masking import is_identity_number
from reformledger.text.numerals import number_of
from reformledger.text.titles import Shelf, documents, near_document, quoted, same_document, unpaired

DIGITS = "零一二三四五六七八九"


def chinese(number: int) -> str:
    """Write a number below 1000 as people do: 七, 十二, 二十, 一百零三, 一百一十."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else DIGITS[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (DIGITS[ones] if ones or not number else "")


def full_width(text: str) -> str:
    return text.translate({ord(digit): chr(ord(digit) + 0xFEE0) for digit in string.digits})


# Counts


@given(st.integers(0, 999))
def test_chinese_numeral_has_its_value(number: int) -> None:
    assert number_of(chinese(number)) == number


@given(st.integers(0, 9999))
def test_digit_by_digit_numeral_has_its_value(number: int) -> None:
    assert number_of("".join(DIGITS[int(digit)] for digit in str(number))) == number


FORMS = st.sampled_from(["{}个", "共{}个", "共计{}项", "{}件", "（{}条）", "总共 {} 项", "{}"])
SPELLINGS = st.sampled_from([str, lambda number: full_width(str(number)), chinese])


@given(st.integers(0, 999), FORMS, SPELLINGS)
def test_declared_total_is_read_in_every_form(number: int, form: str, spelling: object) -> None:
    assert callable(spelling)
    said = declared(form.format(spelling(number)))
    assert [count.number for count in said.totals] == [number]
    assert said.details == ()


@given(st.integers(0, 99), st.integers(0, 99), SPELLINGS)
def test_declared_number_with_a_star_is_read(total: int, starred: int, spelling: object) -> None:
    assert callable(spelling)
    for form in ("共{}个，其中{}个需年内完成销账", "{}项（其中☆{}项）", "共{}个,{}个标☆"):
        said = declared(form.format(spelling(total), spelling(starred)))
        assert ([count.number for count in said.totals], [detail.number for detail in said.details]) == (
            [total],
            [starred],
        )
        assert said.details[0].starred


@given(st.integers(1, 999), SPELLINGS)
def test_count_at_the_end_of_a_title_is_read(number: int, spelling: object) -> None:
    assert callable(spelling)
    said = declared_in_title(f"重大改革试点落实台账（{spelling(number)}项）")
    assert said is not None
    assert said.totals[0].number == number


# Names


OFFICES = st.lists(st.text("政策法规办室科人事财体育教", min_size=2, max_size=6), max_size=12)


def _distance_is_one(one: str, other: str) -> bool:
    """Say by trying every slip whether one leads from one word to the other."""
    if one == other:
        return False
    for index in range(len(one) + 1):
        if one[:index] + one[index + 1 :] == other:
            return True
        if index < len(one) - 1 and one[:index] + one[index + 1] + one[index] + one[index + 2 :] == other != one:
            return True
        for sign in set(other):
            if one[:index] + sign + one[index:] == other or one[:index] + sign + one[index + 1 :] == other != one:
                return True
    return False


@given(st.text("法规教", max_size=5), st.text("法规教", max_size=5))
def test_one_slip_is_what_trying_finds(one: str, other: str) -> None:
    assert one_slip_apart(one, other) == _distance_is_one(one, other)


@given(st.lists(st.builds("刘{}{}".format, st.sampled_from("自志立力明"), st.sampled_from("自志立力明")), max_size=8))
def test_people_found_by_buckets_are_those_found_by_trying_all(names: list[str]) -> None:
    found = {frozenset(pair[:2]) for pair in people_pairs(names)}
    tried = {
        frozenset((one, other))
        for one, other in combinations(sorted(set(names)), 2)
        if one_slip_apart(one, other) and not tells_apart(*differing(one, other))
    }
    assert found == tried


@given(OFFICES)
def test_pairs_of_offices_are_two_names_each_once_and_do_not_depend_on_order(names: list[str]) -> None:
    found = [frozenset(pair[:2]) for pair in office_pairs(names)]
    assert all(len(pair) == 2 for pair in found)
    assert len(found) == len(set(found))
    assert set(found) == {frozenset(pair[:2]) for pair in office_pairs(names[::-1])}


# Marks and titles


TITLES = st.recursive(
    st.text("改革方案2020年", min_size=1, max_size=6),
    lambda inner: st.builds(
        "{}{}{}{}".format, st.text("关于印发", max_size=4), st.just("〈"), inner, st.just("〉的通知")
    ),
    max_leaves=4,
)


@given(TITLES, st.text("认真落实，。", max_size=5), st.text("认真落实，。", max_size=5))
def test_title_is_read_out_of_the_text_around_it(title: str, before: str, after: str) -> None:
    assert [found.text for found in quoted(f"{before}《{title}》{after}")] == [title]


@given(TITLES)
def test_balanced_marks_have_no_fault(title: str) -> None:
    assert list(unpaired(f"《{title}》（{title}）")) == []


@given(TITLES, st.data())
def test_mark_that_is_taken_out_leaves_its_partner_alone(title: str, data: st.DataObject) -> None:
    text = f"《{title}》"
    at = data.draw(st.sampled_from([index for index, sign in enumerate(text) if sign in "《》〈〉"]))
    rest = text[:at] + text[at + 1 :]
    assert len(list(unpaired(rest))) == 1


@given(st.text("《》〈〉（）()甲 ", max_size=20))
def test_text_without_its_faulty_marks_is_balanced(text: str) -> None:
    faults = dict(unpaired(text))
    assert all(text[index] == sign for index, sign in faults.items())
    assert list(unpaired("".join(sign for index, sign in enumerate(text) if index not in faults))) == []


@given(st.text("《》〈〉<>甲乙", max_size=30))
def test_any_text_can_be_searched_for_titles(text: str) -> None:
    for title in quoted(text):
        assert title.text in text
    assert all(isinstance(title, str) for title in documents(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("《关于印发〈乡村教师支持计划〉的通知》", ["乡村教师支持计划"]),
        ("市政府关于印发《实施办法》的通知", ["实施办法"]),
        ("《贯彻<省政府关于一体化的实施意见>任务分工方案》", ["贯彻<省政府关于一体化的实施意见>任务分工方案"]),
        ("《关于印发深化改革的实施意见的通知》", ["深化改革的实施意见"]),
        ("《甲》和《乙》", ["甲", "乙"]),
        ("增速<6%，《甲》", ["甲"]),
        ("《甲", []),
    ],
)
def test_documents_that_a_text_names(text: str, expected: list[str]) -> None:
    assert list(documents(text)) == expected


@pytest.mark.parametrize(
    ("one", "other", "same", "near"),
    [
        ("支持计划（2016-2020年）", "支持计划（2016—2020年）", True, False),
        ("职业学校校企合作促进办法", "四川省职业学校校企合作促进办法", True, False),
        ("考试招生制度改革的实施方案", "考试招生制度改革实施方案", False, True),
        ("贯彻落实一体化改革任务分工方案", "贯彻实施一体化改革任务分工方案", False, True),
        ("2019年体育考试实施方案", "2020年体育考试实施方案", False, False),
        ("第一批教育改革试点方案", "第二批教育改革试点方案", False, False),
        ("深化教师队伍建设改革的意见", "深化教师队伍建设改革的方案", False, False),
        ("小学教学质量评价方案", "中学教学质量评价方案", False, False),
        ("足球改革方案", "教师改革方案", False, False),
    ],
)
def test_two_titles(one: str, other: str, same: bool, near: bool) -> None:
    keys = title_key(one), title_key(other)
    assert (same_document(*keys), near_document(*keys)) == (same, near)


KEYS = st.text("教育改革的实施方案2", min_size=6, max_size=14)


@given(st.lists(KEYS, max_size=6), KEYS)
def test_shelf_finds_what_trying_all_finds(keys: list[str], key: str) -> None:
    shelf = Shelf(keys)
    assert shelf.same(key) == any(same_document(key, other) for other in keys)
    assert set(shelf.near(key)) == {other for other in keys if near_document(key, other)}


# Numbers


@given(st.integers(1950, 2099), st.integers(1, 99999), st.sampled_from(["[]", "【】", "（）", "()", "〖〗", "［］"]))
def test_number_in_other_brackets_is_mended(year: int, number: int, brackets: str) -> None:
    right = f"攀教体发〔{year}〕{number}号"
    for wrong in (
        f"攀教体发{brackets[0]}{year}{brackets[1]}第0{number}号",
        f"攀教体发〔{full_width(str(year))}〕{number}号",
    ):
        assert not has_right_shape(wrong)
        assert corrected(wrong) == right
    assert has_right_shape(right)


@given(st.text(string.digits, min_size=9, max_size=9), st.sampled_from(["{}", "+86{}", "86-{}", "手机：{}"]))
def test_mobile_number_can_be_dialled_until_a_digit_is_missing(digits: str, form: str) -> None:
    number = f"13{digits}"
    for grouped in (number, f"{number[:3]} {number[3:7]} {number[7:]}", full_width(number)):
        assert can_be_dialled(form.format(grouped))
    assert not can_be_dialled(form.format(number[:-1]))
    assert not can_be_dialled(form.format(f"{number}0"))


@given(st.integers(0, 16), st.integers(1, 9))
def test_identity_number_with_one_digit_changed_is_none(index: int, by: int) -> None:
    right = "11010519491231002X"  # the example of GB 11643
    assert is_identity_number(right)
    changed = str((int(right[index]) + by) % 10)
    assert not is_identity_number(right[:index] + changed + right[index + 1 :])
