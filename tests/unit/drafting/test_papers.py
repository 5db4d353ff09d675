"""The page of questions and the account as JSON: nothing is lost, nothing is shown that must not be."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import speak
from reformledger.drafting.account import Account
from reformledger.drafting.draft import Draft
from reformledger.drafting.papers.account_file import account_text, totals_of_all
from reformledger.drafting.papers.places import FileOf, place_words
from reformledger.drafting.papers.question_page import questions_page as page_of
from reformledger.drafting.passage import Passage
from reformledger.drafting.questions import Item, Proposal, Questions
from reformledger.drafting.source import Place, Source, SourceBuilder
from reformledger.text.markup import code_span, escaped, fenced

LINES = ("一、改革任务\n", "1 深化校企合作 谢强 职成高教科 年内\n", "联系人 李艺 18982351719\n", "附：说明\n")


def source_of(*lines: str) -> Source:
    builder = SourceBuilder(Path("通知.txt"))
    for number, line in enumerate(lines, 1):
        builder.add(line, Place(line=number))
    return builder.source()


def passage(source: Source, text: str) -> Passage:
    start = source.text.index(text)
    return Passage(text, range(start, start + len(text)))


@pytest.fixture
def notice() -> tuple[Account, Questions]:
    """Return the account of four lines of which all is claimed, and two questions."""
    source = source_of(*LINES)
    account, questions = Account(source), Questions()
    account.lay_out(passage(source, "一、改革任务"), "heading")
    account.lay_out(passage(source, "1"), "numbering")
    account.use(passage(source, "深化校企合作"), "task-1", "title")
    account.use(passage(source, "谢强"), "task-1", "leaders")
    account.use(passage(source, "年内"), "task-1", "due")
    account.lay_out(passage(source, "联系人"), "label")
    account.use(passage(source, "李艺 18982351719"), "task-1", "contact")
    proposals = (
        Proposal({"lead_departments": ["职成高教科"]}, "a *known* office"),
        Proposal({"lead_departments": ["职成", "高教科"]}),
    )
    department = passage(source, "职成高教科")
    item = Item("task-1", "lead_departments", department, ["职成高教科"], proposals, account)
    questions.ask("names", "Where does one name end?", item, department)
    rest = passage(source, "附：说明")
    questions.ask("rest", "No field holds this: where does it belong?", Item("", "", rest, account=account), rest)
    return account, questions


def file_of(entry: str, _field: str) -> str:
    return "ledger_2020.yaml" if entry else ""


def questions_page(questions: Questions, year: int, folder: str, file_of: FileOf, *sources: Source) -> str:
    return page_of(Draft(year, questions=questions, accounts=list(map(Account, sources))), folder, file_of)


def account_json(account: Account, questions: Questions) -> Any:
    return json.loads(account_text([account], questions, file_of))


def test_the_spans_are_the_whole_source_in_its_order(notice: tuple[Account, Questions]) -> None:
    (source,) = account_json(*notice)["sources"]
    ends = [span["end"] for span in source["spans"]]
    assert [span["start"] for span in source["spans"]] == [0, *ends[:-1]]
    assert ends[-1] == source["characters"] == sum(map(len, LINES)) == sum(source["totals"].values())
    text = "".join(LINES)
    assert {text[span["start"] : span["end"]]: span["field"] for span in source["spans"] if span["use"] == "used"} == {
        "深化校企合作": "title",
        "谢强": "leaders",
        "年内": "due",
        "李艺 18982351719": "contact",
    }


def test_each_span_names_its_line_and_its_characters_there(notice: tuple[Account, Questions]) -> None:
    (source,) = account_json(*notice)["sources"]
    for span in source["spans"]:
        line = LINES[span["line"] - 1]
        assert line[span["from"] : span["to"]] == "".join(LINES)[span["start"] : span["end"]]


def test_the_questions_have_what_was_assumed_and_what_may_be(notice: tuple[Account, Questions]) -> None:
    first, second = account_json(*notice)["questions"]
    assert (first["number"], first["subject"], second["subject"]) == (1, "names", "rest")
    (item,) = first["items"]
    assert item == {
        "entry": "task-1",
        "field": "lead_departments",
        "document": "ledger_2020.yaml",
        "file": "通知.txt",
        "line": 2,
        "source": "职成高教科",
        "assumed": ["职成高教科"],
        "proposals": [
            {"data": {"lead_departments": ["职成高教科"]}, "why": "a *known* office"},
            {"data": {"lead_departments": ["职成", "高教科"]}, "why": ""},
        ],
    }
    asked = [span for span in account_json(*notice)["sources"][0]["spans"] if span["use"] == "asked"]
    assert [span["question"] for span in asked] == [1, 2]


def test_the_page_says_where_what_was_assumed_and_what_to_type(notice: tuple[Account, Questions]) -> None:
    page = questions_page(notice[1], 2020, "draft_2020", file_of)
    assert page.startswith("# Questions about the draft of 2020\n")
    assert "`reformledger check draft_2020`" in page
    assert "## 1. Where does one name end?\n" in page
    assumed = "Assumed: `lead_departments: [职成高教科]`."
    read = f"  - `通知.txt:2` `1 深化校企合作 谢强 职成高教科 年内` {assumed}\n"
    assert f"- `task-1` in `ledger_2020.yaml`\n{read}" in page
    typed = "  ```yaml\n  # 1. a *known* office\n  lead_departments:\n    - 职成高教科\n"
    assert typed + "  # 2.\n  lead_departments:\n    - 职成\n    - 高教科\n  ```\n" in page
    assert "## 2. No field holds this: where does it belong?\n" in page
    assert "`附：说明`" in page


def test_fields_that_are_read_together_are_asked_together(notice: tuple[Account, Questions]) -> None:
    account = notice[0]
    questions, proposals = Questions(), (Proposal({"leaders": ["谢强", "职成"]}),)
    for field, text in (("leaders", "谢强"), ("lead_departments", "职成高教科")):
        questions.ask("row", "Which?", Item("task-1", field, passage(account.source, text), [text], proposals, account))
    page = questions_page(questions, 2020, "d", file_of)
    assert page.count("```yaml") == page.count("- `task-1`") == 1
    assert page.count("  - `通知.txt:2`") == 2


def test_phones_are_masked(notice: tuple[Account, Questions]) -> None:
    account, questions = notice
    contact = passage(account.source, "李艺 18982351719")
    proposal = Proposal({"contact": {"name": "李艺", "phone": "18982351719"}}, "of 18982351719")
    item = Item("task-1", "contact", contact, "18982351719", (proposal,), account)
    questions.ask("contact", "Whose is 18982351719?", item, contact)
    questions.ask("contact", "Hidden?", item._replace(assumed="189\u200b82351719"))
    for text in (questions_page(questions, 2020, "d", file_of), account_text([account], questions, file_of)):
        assert "18982351719" not in text
        assert "2351719" not in text
        assert "189****1719" in text


@pytest.mark.parametrize("count", [2, 40])
def test_many_places_with_nothing_to_type_are_a_table(count: int) -> None:
    source = source_of(*(f"第{number}行|`x`\n" for number in range(count)))
    account, questions = Account(source), Questions()
    for number in range(count):
        text = passage(source, f"第{number}行|`x`")
        questions.ask("rest", "Where does *this* belong?", Item("", "", text, account=account), text)
    page = questions_page(questions, 2020, "d", file_of)
    assert "## 1. Where does \\*this\\* belong?" in page
    rows = [line for line in page.splitlines() if line.startswith("|")]
    assert rows[:2] == ["| Where | Source |", "| --- | --- |"]
    assert rows[2] == "| `通知.txt:1` | `` 第0行\\|`x` `` |"
    assert len(rows) == count + 2


def test_a_long_line_is_quoted_where_it_is_meant() -> None:
    source = source_of("前" * 500 + "职成高教科" + "后" * 500)
    account, questions = Account(source), Questions()
    item = Item("task-1", "lead_departments", passage(source, "职成高教科"), account=account)
    questions.ask("names", "One name?", item)
    quoted = next(line for line in questions_page(questions, 2020, "d", file_of).splitlines() if "职成" in line)
    assert quoted.count("前") < 100
    assert len(quoted) < 280


def test_how_a_source_was_read_is_said_in_both(notice: tuple[Account, Questions]) -> None:
    builder = SourceBuilder(Path("通知.docx"))
    builder.remarks.append("It holds *changes* that nobody has accepted.")
    source = builder.source()
    page = questions_page(notice[1], 2020, "d", file_of, source)
    assert page.splitlines()[2] == "`通知.docx`: It holds \\*changes\\* that nobody has accepted."
    (found,) = account_json(Account(source), Questions())["sources"]
    assert found["remarks"] == source.remarks


def test_a_page_without_questions_says_so() -> None:
    page = questions_page(Questions(), 2020, "草稿 2020", file_of)
    assert page.splitlines()[2] == (
        "There is nothing to ask. See what the check finds: `reformledger check '草稿 2020'`"
    )


PLACES: list[tuple[Sequence[Place], str]] = [
    ([Place(line=3)], "通知.txt:3"),
    ([Place(line=3), Place(line=5)], "通知.txt:3–5"),
    ([Place(paragraph=4)], "通知.txt: paragraph 4"),
    ([Place(table=2, row=5, column=3)], "通知.txt: table 2, C5"),
    ([Place(sheet="任务", row=5, column=28)], "通知.txt: 任务!AB5"),
    ([Place(sheet="任务", row=5, column=1), Place(sheet="任务", row=5, column=2)], "通知.txt: 任务!A5 to 任务!B5"),
    ([Place(sheet="隐藏")], "通知.txt: 隐藏"),
]


@pytest.mark.parametrize(("places", "words"), PLACES, ids=[words for _places, words in PLACES])
def test_a_place_is_named_as_people_find_it(places: Sequence[Place], words: str) -> None:
    builder = SourceBuilder(Path("通知.txt"))
    for place in places:
        builder.add("甲", place)
    source = builder.source()
    assert place_words(source, Passage("甲" * len(places), range(len(places)))) == words


def test_the_page_speaks_chinese(notice: tuple[Account, Questions], monkeypatch: pytest.MonkeyPatch) -> None:
    speak(monkeypatch, "zh")
    assert questions_page(notice[1], 2020, "d", file_of).isascii() is False


claims = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 12), st.sampled_from("ulq")), max_size=12)


@given(st.lists(st.text(max_size=12), max_size=6), claims)
def test_whatever_is_claimed_the_account_closes(lines: list[str], claimed: list[tuple[int, int, str]]) -> None:
    source = source_of(*(f"{line}\n" for line in lines))
    account = Account(source)
    for start, length, claim in claimed:
        stretch = range(start, min(start + length, len(source.text)))
        part = Passage(source.text[stretch.start : stretch.stop], stretch)
        if claim == "u":
            account.use(part, "task-1", "title")
        elif claim == "l":
            account.lay_out(part, "label")
        else:
            account.ask(part, 1)
    (found,) = account_json(account, Questions())["sources"]
    covered = [place for span in found["spans"] for place in range(span["start"], span["end"])]
    assert covered == list(range(len(source.text)))
    assert sum(found["totals"].values()) == len(source.text)
    assert totals_of_all([account, account]) == {use: 2 * count for use, count in found["totals"].items()}


@given(st.text(st.characters(codec="utf-8"), min_size=1))
def test_code_holds_its_text_between_its_marks(text: str) -> None:
    span, block = code_span(text), fenced(text + "\n", "yaml")
    assert "\n" not in span
    ticks = len(span) - len(span.lstrip("`"))
    assert f"{'`' * ticks}" not in span.strip("`")
    fence = block.split("yaml\n")[0]
    assert block.endswith(f"\n{fence}\n")
    assert fence not in block.removeprefix(fence)[: -len(fence) - 1]


def test_markup_is_escaped() -> None:
    assert escaped("*粗*|<b>&amp;_`~[x]") == "\\*粗\\*\\|\\<b\\>\\&amp;\\_\\`\\~\\[x\\]"
