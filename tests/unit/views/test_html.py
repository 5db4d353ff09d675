"""The page of an answer: its structure, its policy, and its texts as another program's parser reads them."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from conftest import Run, speak
from naughty import REFUSED, TEXTS, TOO_LONG
from reformledger.errors import UsageError
from reformledger.views.answer import About, Answer, Bar, Cell, Column, RowGroup, Sheet, Styled
from reformledger.views.formats.html import Html

html: Any = import_module("lxml.html")  # it has no types
COLUMNS = [Column("id", "编号", fixed=True), Column("title", "名称", wide=True)]
PHONE = "13908146584"


def page_bytes(*sheets: Sheet, about: About | None = None) -> bytes:
    return Html().content(
        Answer(lambda: None, lambda _purpose: sheets, about=lambda: about or About("条目")), reveal=False
    )


def page(*sheets: Sheet, about: About | None = None) -> Any:
    return html.document_fromstring(page_bytes(*sheets, about=about).decode())


def of_cells(*cells: Cell, heading: str = "甲", key: str = "a") -> Any:
    """Return the page of a table that has one column."""
    return page(Sheet(None, [Column(key, heading)], [[cell] for cell in cells]))


def texts(found: Sequence[Any]) -> list[str]:
    return [element.text_content() for element in found]


def values(document: Any) -> list[str | None]:
    return [cell.get("data-value") for cell in document.xpath("//tbody//td")]


# Texts


def test_texts_come_back_as_they_were() -> None:
    assert texts(of_cells(*TEXTS, *TOO_LONG).xpath("//tbody//td")) == [*TEXTS, *TOO_LONG]


@pytest.mark.parametrize("texts_", [["甲𝌆乙", "丙"], ["𝌆", "a\nb"], ["", "𝌆𝌆"], ["<", "&", PHONE]])
def test_texts_of_a_column_do_not_mix(texts_: list[str]) -> None:
    assert texts(of_cells(*texts_).xpath("//tbody//td")) == [text.replace("0814", "****") for text in texts_]


@pytest.mark.parametrize("text", ["</script>", "<b>粗</b>", "&amp;", "\n首", " 前", "\u202e右到左"])
def test_a_text_comes_back_wherever_it_is(text: str) -> None:
    column = Column("a", text)
    group = RowGroup(text, [["x"]])
    found = page(Sheet(text, [column], [["x"]], [group], footer=text), about=About("条目", None, text))
    places = ["//h2/bdi", "//thead//bdi", "//tr[@class='group']//bdi", "//p[@class='footer']/bdi", "//header/p/bdi"]
    assert [texts(found.xpath(place)) for place in places] == [[text]] * len(places)
    assert found.xpath("//td/@data-label") == [text, text]


def test_each_text_keeps_its_direction_to_itself() -> None:
    assert [text.tag for text in of_cells("\u202e右到左", "עברית").xpath("//tbody//td/*[1]")] == ["bdi", "bdi"]


def test_what_nobody_sees_is_marked_by_its_code_and_still_there() -> None:
    (cell,) = of_cells("a\u202eb").xpath("//tbody//td")
    assert (cell.text_content(), cell.xpath(".//i/@data-code")) == ("a\u202eb", ["U+202E"])


def test_a_carriage_return_survives_what_browsers_make_of_line_ends() -> None:
    assert b"a" in page_bytes(Sheet(None, COLUMNS, [["1", "a\r\nb"]]))
    assert b"\r" not in page_bytes(Sheet(None, COLUMNS, [["1", "a\r\nb"]]))
    assert texts(of_cells("a\r\nb").xpath("//tbody//td")) == ["a\r\nb"]


@pytest.mark.parametrize("text", [*REFUSED, "a\x85b", "\ufdd0", "\U0010ffff"])
def test_what_no_page_can_hold_is_refused_by_name(text: str) -> None:
    (code,) = [f"U+{ord(character):04X}" for character in text if not character.isprintable()][:1]
    with pytest.raises(UsageError, match=rf"{re.escape(code)}.*名称 of task-1"):
        page_bytes(Sheet(None, COLUMNS, [["task-1", "x"], ["task-1", text]]))
    with pytest.raises(UsageError, match=re.escape(code)):
        page_bytes(Sheet(None, COLUMNS), about=About("条目", None, text))


def test_nothing_is_written_where_a_text_is_refused(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    file.write_text("old", encoding="utf-8")
    assert run("list", "--search", "a\x07b", "-o", str(file)).code == 2
    assert file.read_text(encoding="utf-8") == "old"


def test_phone_numbers_are_masked_wherever_they_are() -> None:
    sheet = Sheet(PHONE, [Column("a", PHONE)], [[PHONE], [Styled(PHONE, "red")]], [RowGroup(PHONE, [[PHONE]])], PHONE)
    content = page_bytes(sheet, about=About(PHONE, None, PHONE))
    assert PHONE.encode() not in content
    assert content.count(b"139****6584") >= 9


def test_phone_numbers_are_revealed_to_no_page(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    ran = run("show", "pilot-1", "--reveal-contacts", "-o", str(file))
    assert (ran.code, file.exists(), "html" in ran.err) == (2, False, True)


# The policy


@pytest.fixture(scope="module")
def of_all() -> Any:
    """Return a page that has one of each sort of cell."""
    rows: list[list[Cell]] = [["task-1", Bar(0.4)], ["task-2", Styled("逾期", "bold red")], ["task-3", 7]]
    answer = Answer(
        lambda: None,
        lambda _purpose: [Sheet("题", COLUMNS, rows, [RowGroup("组", rows)], "共3项。")],
        lambda _width: [
            [("RL101 ", "bold red"), ("句子", "")],
            [(" 22 | ", "dim"), ("title: 甲", "")],
            [],
            [("完", "")],
        ],
        lambda: About("条目", date(2020, 10, 1), "2020"),
    )
    return html.document_fromstring(Html().content(answer, reveal=False).decode())


def test_policy_allows_the_style_and_the_script_of_the_page_alone(of_all: Any) -> None:
    (policy,) = of_all.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    hashes = {
        name: f"'sha256-{b64encode(sha256(of_all.xpath(f'string(//{name})').encode()).digest()).decode()}'"
        for name in ("style", "script")
    }
    assert directives == {
        "default-src": "'none'",
        "style-src": hashes["style"],
        "script-src": hashes["script"],
        "base-uri": "'none'",
        "form-action": "'none'",
    }


def test_nothing_is_inline_and_nothing_is_asked_for(of_all: Any) -> None:
    names = {name for element in of_all.iter() for name in element.attrib}
    assert names & {"style", "src", "href"} == set()
    assert not any(name.startswith("on") for name in names)
    assert [element.tag for element in of_all.iter("link", "img", "iframe", "object", "base", "form")] == []


# What it is made of


def test_head_says_title_day_and_question(of_all: Any) -> None:
    assert of_all.xpath("string(//title)") == "条目"
    assert texts(of_all.xpath("//h1")) == ["条目"]
    assert texts(of_all.xpath("//header/p/bdi")) == ["As of 2020-10-01", "2020"]


@pytest.mark.parametrize(("language", "code"), [("zh", "zh-CN"), ("en", "en")])
def test_language_is_declared(monkeypatch: pytest.MonkeyPatch, language: str, code: str) -> None:
    speak(monkeypatch, language)
    assert page().get("lang") == code


def test_title_of_the_table_that_says_more_is_that_of_the_page() -> None:
    found = page(Sheet("标☆销账事项（截至 2020-10-01）", COLUMNS), about=About("☆销账事项", date(2020, 10, 1), "2020"))
    assert texts(found.xpath("//h1|//h2|//header/p/bdi")) == ["标☆销账事项（截至 2020-10-01）", "2020"]


def test_title_that_the_head_says_is_not_said_again() -> None:
    found = page(Sheet("As of 2020-10-01", COLUMNS), about=About("统计", date(2020, 10, 1)))
    assert texts(found.xpath("//h1|//h2|//header/p/bdi")) == ["统计", "As of 2020-10-01"]


def test_groups_are_bodies_with_a_heading_and_their_count(of_all: Any) -> None:
    loose, group = of_all.xpath("//tbody")
    assert [len(loose.xpath("tr")), len(group.xpath("tr"))] == [3, 4]
    (heading,) = group.xpath("tr[@class='group']/th[@scope='rowgroup'][@colspan='2']")
    assert heading.text_content() == "组 3"


def test_light_is_a_word_in_its_tone() -> None:
    red, plain = of_cells(Styled("逾期", "bold red"), Styled("未启动", "")).xpath("//td/bdi")
    assert (red.text_content(), red.get("class")) == ("逾期", "pill red")
    assert (plain.text_content(), plain.get("class")) == ("未启动", "pill")


@pytest.mark.parametrize(("bar", "share", "words"), [(Bar(0.25), 0.25, "25%"), (Bar(1.5, "6/4所"), 1, "6/4所")])
def test_bar_is_drawn_and_said(bar: Bar, share: float, words: str) -> None:
    (cell,) = of_cells(bar).xpath("//tbody//td")
    track, drawn = (float(rect.get("width")) for rect in cell.xpath(".//rect"))
    assert (drawn / track, cell.text_content()) == (share, words)


def test_record_has_its_headings_beside_the_values() -> None:
    found = page(Sheet("2020/task-1", [Column("heading", ""), Column("value", "")], [["类别", "任务"]], head=False))
    assert found.xpath("//thead") == []
    assert texts(found.xpath("//tr/th[@scope='row']|//tr/td")) == ["类别", "任务"]


def test_numbers_days_and_codes_are_sorted_as_such() -> None:
    assert values(of_cells(7, 12, "")) == ["7", "12", None]
    earlier, later, open_ended = values(of_cells(date(2019, 12, 31), date(2020, 1, 1), "open-ended"))
    assert (int(later or 0) - int(earlier or 0), open_ended) == (1, None)
    red, green = values(of_cells(Styled("red", ""), Styled("green", ""), key="light"))
    assert int(red or 0) < int(green or 0)  # as --sort light has them


def test_numerals_of_chinese_are_sorted_as_numbers() -> None:
    assert values(of_cells("第十批", "第2批", "统一规划")) == ["第10批", None, None]


def test_text_keeps_its_paragraphs_and_the_columns_of_a_file(of_all: Any) -> None:
    first, second = of_all.xpath("//div[@class='paragraph']")
    assert [(block.get("class"), block.text_content()) for block in first] == [
        ("sentences", "RL101 句子"),
        ("source", " 22 | title: 甲"),
    ]
    assert second.text_content() == "完"
    assert first.xpath(".//span[@class='red bold']/text()") == ["RL101 "]


def test_an_answer_that_has_nothing_says_so() -> None:
    assert texts(page().xpath("//main/p")) == ["Nothing to show."]


@pytest.mark.parametrize(
    "question",
    ["list", "star", "show task-1", "by-leader", "by-department", "stats", "due", "reports", "check", "explain"],
)
def test_every_answer_has_a_page(run: Run, tmp_path: Path, question: str) -> None:
    file = tmp_path / "a.htm"
    run(*question.split(), "-o", str(file))
    found = html.document_fromstring(file.read_text(encoding="utf-8"))
    assert found.xpath("//main//*[self::td or @class='paragraph']")
