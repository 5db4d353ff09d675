"""The main questions, answered from the notice itself: the expected ids are found in its text, not in our data."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from conftest import NOTICE
from reformledger import load_book
from reformledger.book import Book
from reformledger.counting import tallies
from reformledger.errors import UsageError
from reformledger.model.life import Status
from reformledger.query import Question, ask
from reformledger.roles import by_role
from reformledger.standing import standings
from reformledger.text.folding import search_key
from texts import LEDGER_HEAD

PRINTED = re.sub(r"\s", "", NOTICE.read_text(encoding="utf-8"))
POINTS, LEDGER = PRINTED.split("附件", 1)
AS_OF = date(2020, 10, 1)


def ids(book: Book, question: Question) -> list[str]:
    return [entry.id for entry in ask(book, question, AS_OF)]


def points_in_notice(condition: str) -> list[str]:
    """Return the points whose closing parenthesis, as printed, meets a condition."""
    paragraph = r"(?<![0-9])(\d{1,2})．(.*?)（牵头领导：(.*?)）(?=（逗号|[一二三四五六七]、|\d{1,2}．|$)"
    return [f"point-{match[1]}" for match in re.finditer(paragraph, POINTS) if re.search(condition, match[3])]


def test_the_notice_yields_fifteen_points() -> None:
    # The other tests here lean on this way of finding the points in the notice.
    assert points_in_notice(".") == [f"point-{number}" for number in range(1, 16)]


def rows_of(part: str, after: str) -> str:
    """Return the text of one table of the ledger, from its heading to the next one."""
    return LEDGER.split(part, 1)[1].split(after, 1)[0]


TASKS = rows_of("成果形式备注", "注：")
SCHEMES = rows_of("专项改革方案名称责任领导牵头科室备注", "注：")
KEY_SCHEMES = rows_of("联系市领导责任领导牵头科室", "其他需要推进落实")
PILOTS = rows_of("联系人及联系电话备注", "注：")


def test_due_2020_is_point_3_to_15_and_twelve_rows(book: Book) -> None:
    expected_points = points_in_notice("完成时限：2020年12月")
    assert expected_points == [f"point-{number}" for number in range(3, 16)]
    # Tasks: 年内完成; the review: 四季度; schemes: those with ☆ (none prints a deadline); pilots: 2020 or a first
    # batch of 2020. Pilot 1 is due 2022.
    tasks = [
        f"task-{n}" for n, row in enumerate(re.split(r"(?:(?<=☆)|(?<=工作))(?=[23])", TASKS), 1) if "年内完成" in row
    ]
    schemes = [
        f"scheme-{n}"
        for n, row in enumerate(re.findall(r"\d{4}\.\d{1,2}\.\d{1,2}）(.*?)(?=《|攀枝花|$)", SCHEMES), 1)
        if "☆" in row
    ]
    pilots = [f"pilot-{n}" for n, row in enumerate(re.findall(r"(.*?\d{11}.*?)(?=[2-7]|$)", PILOTS), 1)]
    assert tasks == ["task-1", "task-3"]
    assert schemes == ["scheme-1", "scheme-3", "scheme-4"]
    assert len(pilots) >= 7
    expected = [*expected_points, *tasks, "review-1", *schemes, *(f"pilot-{n}" for n in range(2, 8))]
    assert ids(book, Question(due=["2020"])) == expected
    assert len(expected) == 13 + 12


def test_leader_liu_zili_has_fifteen(book: Book) -> None:
    points = points_in_notice("刘自力")
    assert len(points) == POINTS.count("刘自力")
    rows = LEDGER.count("刘自力")
    found = ids(book, Question(leaders=["刘自力"]))
    assert [i for i in found if i.startswith("point")] == points
    assert len(found) == len(points) + rows == 15


def test_stars_are_ten_of_which_one_is_conditional(book: Book) -> None:
    # Every ☆ of the ledger outside its three notes marks an item.
    printed = LEDGER.count("☆") - LEDGER.count("标“☆”")
    found = ask(book, Question(star=True), AS_OF)
    assert len(found) == printed == 10
    conditions = [entry.data.star.note for entry in found if entry.data.star and entry.data.star.note]
    assert conditions == re.findall("☆（(.*?)）", LEDGER) == ["第一批试点完成"]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (Question(kinds=["review"]), ["review-1"]),
        (Question(kinds=["review", "task"]), ["task-1", "task-2", "task-3", "review-1"]),
        (Question(kinds=["pilot"], star=False), ["pilot-1"]),
        (Question(due=["四季度"], kinds=["review"]), ["review-1"]),
        (Question(due=["2025", "2030"]), ["point-1", "point-2"]),
        (Question(due_by=["2020-06"]), []),
        (Question(departments=["市招办"]), ["point-9", "task-2", "key-scheme-1"]),
        (Question(departments=["市教育考试院"], role="support"), ["point-9"]),
        (Question(search=["教育鼎兴成渝协同"]), ["point-15"]),
        (Question(search=["攀办发〔2015〕2号"]), ["scheme-1"]),
        (Question(where=["document_number=攀办发〔2015〕2号"]), ["scheme-1"]),
        (Question(where=["level=市级自行部署改革试点"], sort="-id"), ["pilot-7", "pilot-6"]),
        (Question(leaders=["江海"]), ["key-scheme-1"]),
    ],
    ids=str,
)
def test_conditions(book: Book, question: Question, expected: list[str]) -> None:
    assert ids(book, question) == expected


@pytest.mark.parametrize(
    ("question", "near"),
    [
        (Question(leaders=["刘自立"]), "刘自力"),
        (Question(departments=["基教课"]), "基教科"),
        (Question(where=["levl=x"]), "level"),
        (Question(where=["level"]), "KEY=TEXT"),
        (Question(years=[2019]), "Years: 2020."),
        (Question(sort="dew"), "due"),
        (Question(due=["长期坚持"]), "2020"),
        (Question(role="lead"), "--department"),
    ],
    ids=str,
)
def test_what_is_not_understood_is_wrong_usage_and_names_the_nearest(book: Book, question: Question, near: str) -> None:
    with pytest.raises(UsageError, match=re.escape(near)):
        ask(book, question, AS_OF)


def test_directory_finds_an_office_under_each_of_its_names(book: Book) -> None:
    # The notice prints 法规科 (point 3, scheme 1) and 政策法规科 (point 15).
    assert ids(book, Question(departments=["政策法规科"])) == ids(book, Question(departments=["法规科"]))
    assert ids(book, Question(departments=["政策法规科"])) == ["point-3", "point-15", "scheme-1"]


def test_groups_by_role(book: Book) -> None:
    groups = {
        group.role: [entry.id for entry in group.entries] for group in by_role(book, "leader", "刘自力", book.entries)
    }
    assert list(groups) == ["leader", "responsible"]
    assert groups["responsible"] == ["pilot-6"]


def test_tallies_count_an_entry_once_for_a_department_under_two_names(book: Book) -> None:
    found = {tally.name: tally for tally in tallies(book, "department", book.entries, AS_OF)}
    assert "法规科" not in found
    assert found["政策法规科"].all == 3


@pytest.mark.parametrize(
    ("day", "status", "left"),
    [
        (date(2020, 11, 30), Status.NOT_STARTED, 31),
        (date(2020, 12, 1), Status.DUE_SOON, 30),
        (date(2020, 12, 31), Status.DUE_SOON, 0),
        (date(2021, 1, 1), Status.OVERDUE, -1),
    ],
)
def test_status_and_days_left_around_the_deadline(book: Book, day: date, status: Status, left: int) -> None:
    found = standings(book, day).of(book.find("review-1"))  # 四季度: due by 2020-12-31
    assert (found.status, found.days_left) == (status, left)


ASKED = [  # as it is printed, and as it is typed
    (
        "《攀教体发〔2018〕37号》",
        ["攀教体发[2018]37号", "攀教体发【2018】37号", "<攀教体发(2018)37号>", "发 ﹝２０１８﹞ 37"],
    ),
    ("落实“双减”工作", ['落实"双减"工作', "落实「双减」", "'双减'工作", "落 实 “双减”"]),
    ("3—5月推进——结果", ["3-5月推进", "3～5月推进--结果", "３－５月"]),
    ("推进\u200b改\ufe0f革\u00ad", ["推进改革", "推进\u2060改革"]),
    ("ＡＩ课堂（ｖ２）", ["ai课堂", "AI课堂(V2)"]),
]


@pytest.mark.parametrize(("printed", "typed"), ASKED)
@pytest.mark.parametrize("field", ["title", "remark", "leaders", "progress", "star"])
def test_texts_are_found_as_people_read_them(
    field: str, printed: str, typed: list[str], write: Callable[[str, str], Path]
) -> None:
    shapes = {"leaders": "['{}']", "progress": "[{{date: 2020-05-01, text: '{}'}}]", "star": "{{note: '{}'}}"}
    row = "          - id: task-1\n" + ("" if field == "title" else "            title: 甲\n")
    value = shapes.get(field, "'{}'").format(printed)
    book = load_book(write("ledger_2020.yaml", f"{LEDGER_HEAD}{row}            {field}: {value}\n"))
    for word in [*typed, printed]:
        assert ids(book, Question(search=[word])) == ["task-1"], word
    assert ids(book, Question(search=["没有"])) == []


@pytest.mark.parametrize(("printed", "typed"), ASKED)
def test_columns_and_names_are_compared_as_people_read_them(
    printed: str, typed: list[str], write: Callable[[str, str], Path]
) -> None:
    rows = f"          - {{id: task-1, title: '{printed}', leaders: ['{printed}'], lead_departments: ['{printed}']}}\n"
    book = load_book(write("ledger_2020.yaml", LEDGER_HEAD + rows))
    whole = [word for word in typed if search_key(word) == search_key(printed)]
    for word in [*whole, f" {printed}　"]:
        assert ids(book, Question(where=[f"title={word}"])) == ["task-1"], word
        assert ids(book, Question(where=[f"leaders={word}"])) == ["task-1"], word
        assert ids(book, Question(leaders=[word])) == ids(book, Question(departments=[word])) == ["task-1"], word


def test_no_search_goes_over_from_one_text_into_the_next(write: Callable[[str, str], Path]) -> None:
    rows = "          - {id: task-1, title: 甲乙, leaders: [丙丁, 戊己]}\n"
    book = load_book(write("ledger_2020.yaml", LEDGER_HEAD + rows))
    assert [ids(book, Question(search=[word])) for word in ("乙丙", "丁戊", "乙 丙", "乙\n丙")] == [[]] * 4


def test_sorting_puts_those_without_a_value_last_in_both_directions(book: Book) -> None:
    without = ["task-2", "key-scheme-1", "key-scheme-2", "scheme-2", "scheme-5"]
    assert ids(book, Question(sort="due"))[-5:] == without
    assert ids(book, Question(sort="-due"))[-5:] == without


def test_chinese_sorts_by_its_sound(book: Book) -> None:
    leaders = [entry.data.leaders[0] for entry in ask(book, Question(sort="leader"), AS_OF)]
    # pinyin: Chen, Diao, Jiang, Li, Liu, Pang, Peng, Tian, Wang, Xie
    assert list(dict.fromkeys(name[0] for name in leaders)) == list("陈刁蒋李刘庞彭田王谢")


def test_ids_sort_by_their_number(book: Book) -> None:
    assert ids(book, Question(kinds=["point"], sort="id")) == [f"point-{n}" for n in range(1, 16)]


@pytest.mark.parametrize(
    "titles",
    [
        ["第2批学校", "第10批学校", "第11批学校"],
        ["第二批学校", "第九批学校", "第十批学校", "第十二批学校", "第二十批学校"],
        ["第1批", "第二批", "第３批", "第 4 批", "第十批"],
        ["试点二期", "试点十期"],
        ["一、改革", "二、改革", "十、改革", "十一、改革"],
        ["（二）落实", "（十）落实", "(十一）落实"],
        ["附件2", "附件10"],
        ["2019年方案", "2020年方案（9月）", "2020年方案（10月）"],
        # What only looks like a numeral is spelt: tǒng chóu, tǒng yī, yī bān.
        ["统筹", "统一", "一般"],
    ],
    ids=" ".join,
)
def test_titles_sort_by_their_numbers(titles: list[str], write: Callable[[str, str], Path]) -> None:
    shuffled = [*titles[1:], titles[0]]
    rows = (f"          - {{id: task-{n}, title: {title}}}\n" for n, title in enumerate(shuffled, 1))
    book = load_book(write("ledger_2020.yaml", LEDGER_HEAD + "".join(rows)))
    found = [entry.data.title for entry in ask(book, Question(sort="title"), AS_OF)]
    assert found == titles
    assert [entry.data.title for entry in ask(book, Question(sort="-title"), AS_OF)] == titles[::-1]


def test_what_is_alike_to_the_first_key_is_sorted_by_the_second(book: Book) -> None:
    found = ids(book, Question(kinds=["point"], sort=["due", "-id"]))
    in_december = points_in_notice("完成时限：2020年12月")
    assert [entry_id for entry_id in found if entry_id in in_december] == in_december[::-1]
    assert found == [*in_december[::-1], "point-1", "point-2"]  # due 2025 and 2030


def test_those_without_a_value_of_the_first_key_are_sorted_by_the_second(book: Book) -> None:
    without = ["key-scheme-1", "key-scheme-2", "scheme-2", "scheme-5", "task-2"]
    assert ids(book, Question(sort=["due", "id"]))[-5:] == without
    assert ids(book, Question(sort=["-due", "-id"]))[-5:] == without[::-1]


def test_the_package_gives_the_function_record_whatever_was_imported_before() -> None:
    code = "import reformledger.records; from reformledger import record; print(callable(record), record.__name__)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "True record\n"
