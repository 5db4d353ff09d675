"""Answers as documents of Word: the page of an official document, read back by the library of another project."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from docx.document import Document as Word
from docx.oxml.ns import qn
from docx.shared import Length
from docx.table import Table

from conftest import DATA, Run
from naughty import REFUSED, TEXTS, TOO_LONG
from office import cells_shown, printed_pages
from reformledger.errors import UsageError
from reformledger.views.answer import About, Answer, Bar, Cell, Column, RowGroup, Sheet, Styled
from reformledger.views.formats.docx import Docx
from reformledger.views.palette import TONES
from reformledger.views.word.grid import HeadCell, stepped_head
from texts import LEDGER_HEAD

Make = Callable[..., Path]
COLUMNS = [Column("id", "ID", fixed=True), Column("title", "Title", weight=4, wide=True)]


def content(*sheets: Sheet, reveal: bool = False, title: str = "条目") -> bytes:
    answer = Answer(lambda: None, lambda _purpose: sheets, about=lambda: About(title))
    return Docx().content(answer, reveal=reveal)


def word(*sheets: Sheet, reveal: bool = False) -> Word:
    return Document(BytesIO(content(*sheets, reveal=reveal)))


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def opened(file: Path) -> Word:
    return Document(str(file))


def has(element: Any, name: str) -> bool:
    """Say whether a row or paragraph has a property."""
    return next(element.iter(qn(name)), None) is not None


def millimetres(*lengths: Length | None) -> list[int]:
    return [round(length.mm) for length in lengths if length is not None]


def text_of(document: Word) -> str:
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


@pytest.fixture
def make(run: Run, tmp_path: Path) -> Make:
    """Return a function that writes the answer to a command as a document of Word."""

    def call(*arguments: str) -> Path:
        file = tmp_path / f"{arguments[0]}.docx"
        assert run(*arguments, "-o", str(file)) == (0, "", "")
        return file

    return call


# The page


@pytest.mark.parametrize(
    ("columns", "size", "margins"),
    [
        # GB/T 9704: 37 mm above, 35 below, 28 at the side where sheets are bound, 26 at the other; in landscape the
        # same page is turned, its head at the side where sheets are bound.
        pytest.param(2, [210, 297], [37, 26, 35, 28], id="portrait"),
        pytest.param(9, [297, 210], [28, 37, 26, 35], id="landscape"),
    ],
)
def test_page_is_that_of_an_official_document(columns: int, size: list[int], margins: list[int]) -> None:
    wide = [Column(str(index), f"栏目{index}", weight=2) for index in range(columns)]
    (section,) = word(Sheet(None, wide, [["内容" * 20] * columns])).sections
    assert millimetres(section.page_width, section.page_height) == size
    sides = (section.top_margin, section.right_margin, section.bottom_margin, section.left_margin)
    assert millimetres(*sides) == margins


def test_chinese_text_has_chinese_fonts_and_pages_have_numbers() -> None:
    document = word(Sheet(None, COLUMNS, [["1", "甲"]]))
    fonts = {
        name: next(document.styles[name].element.iter(qn("w:rFonts"))).get(qn("w:eastAsia"))
        for name in ("Normal", "Title", "Heading 1", "Table Text")
    }
    assert fonts == {
        "Normal": "仿宋_GB2312",
        "Title": "方正小标宋简体",
        "Heading 1": "黑体",
        "Table Text": "仿宋_GB2312",
    }
    (section,) = document.sections
    for footer in (section.footer, section.even_page_footer):
        assert "PAGE" in "".join(piece.text for piece in footer.part.element.iter(qn("w:instrText")))


def test_table_repeats_its_head_breaks_no_row_and_fills_the_width() -> None:
    document = word(Sheet(None, COLUMNS, [["1", "甲"], ["2", "长" * 3_000]]))
    (table,) = document.tables
    kept = [[has(row._tr, name) for name in ("w:tblHeader", "w:cantSplit")] for row in table.rows]
    # A row that is higher than a page must break: no program could print it.
    assert kept == [[True, True], [False, True], [False, False]]
    grid = [column.width for column in table.columns]
    assert millimetres(Length(sum(filter(None, grid)))) == [210 - 28 - 26]
    assert [cell.width for cell in table.rows[1].cells] == grid


def test_file_is_the_same_whenever_it_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = Sheet("表", COLUMNS, [["1", "甲"]])
    first = content(sheet)
    monkeypatch.setattr("time.time", lambda: 2_000_000_000)
    assert content(sheet) == first
    with ZipFile(BytesIO(first)) as file:
        assert {info.date_time[0] for info in file.infolist()} == {1980}
        assert b"2013" not in file.read("docProps/core.xml")


# What is in it


def test_head_says_title_day_and_question(make: Make) -> None:
    document = opened(make("list", "--data", str(DATA), "--as-of", "2020-12-10", "--leader", "谢强"))
    lines = [paragraph.text for paragraph in document.paragraphs if paragraph.text]
    assert lines[:2] == ["Entries", "As of 2020-12-10; Leaders: 谢强"]
    assert document.core_properties.title == "Entries"


def test_groups_are_rows_over_the_whole_width_and_lights_are_word_and_fill() -> None:
    rows: list[list[Cell]] = [["1", Styled("逾期", "bold red")], ["2", Bar(0.5)]]
    (table,) = word(Sheet(None, COLUMNS, groups=[RowGroup("甲科", rows)], footer="共2条")).tables
    assert texts(table) == [["ID", "Title"], ["甲科", "甲科"], ["1", "逾期"], ["2", "50%"]]
    (fill,) = table.rows[2]._tr.iter(qn("w:shd"))
    assert fill.get(qn("w:fill")) == TONES["red"].fill.upper()


def test_sheet_of_heading_and_value_has_no_head(make: Make) -> None:
    (table,) = opened(make("show", "pilot-7", "--data", str(DATA))).tables
    assert ["Responsible person", "谢强"] in texts(table) or ["责任人", "谢强"] in texts(table)
    assert not any(has(row._tr, "w:tblHeader") for row in table.rows)


def test_answer_that_is_text_is_printed_line_by_line(make: Make, run: Run) -> None:
    document = opened(make("explain", "RL101"))
    printed = run("explain", "RL101").out
    assert text_of(document).endswith(printed.removesuffix("\n"))


@pytest.mark.parametrize(("reveal", "phone"), [(False, "138****5088"), (True, "13882365088")])
def test_phone_numbers_are_masked_unless_they_are_asked_for(reveal: bool, phone: str) -> None:
    sheet = Sheet("电话13882365088", COLUMNS, [["1", "13882365088"]], footer="13882365088")
    document = word(sheet, reveal=reveal)
    assert texts(document.tables[0])[1] == ["1", phone]
    assert f"电话{phone}\n\n{phone}" in text_of(document)


# Any text


def test_every_text_is_read_back_as_it_is() -> None:
    sheet = Sheet(None, COLUMNS, [["1", text] for text in [*TEXTS, *TOO_LONG]])
    (table,) = word(sheet, reveal=True).tables
    assert [text for _id, text in texts(table)[1:]] == [*TEXTS, *TOO_LONG]


@pytest.mark.parametrize("text", REFUSED)
def test_what_no_file_of_word_can_hold_is_refused_by_name(text: str) -> None:
    bad = next(character for character in text if character not in "ab红[31m")
    with pytest.raises(UsageError, match=rf"task-9.*Title.*U\+{ord(bad):04X}"):
        content(Sheet(None, COLUMNS, [["task-9", text]]))
    with pytest.raises(UsageError, match=rf"U\+{ord(bad):04X}"):
        content(Sheet(text, COLUMNS))


def test_head_of_several_rows_covers_what_stands_below() -> None:
    head = stepped_head([("序号",), ("情况", "一季度", "目标"), ("情况", "一季度", "评估"), ("情况", "半年", "目标")])
    assert head == [
        [HeadCell("序号", rows=3), HeadCell("情况", columns=3)],
        [HeadCell("一季度", columns=2), HeadCell("半年")],
        [HeadCell("目标"), HeadCell("评估"), HeadCell("目标")],
    ]


# The supervision sheet

CHASED = (
    LEDGER_HEAD
    + """\
          - {id: task-1, title: 逾期, leaders: [谢强], lead_departments: [基教科], due: 6月}
          - {id: task-2, title: 临期, leaders: [田龙], lead_departments: [计财科], due: 10月}
"""
)


def test_supervision_sheet_has_what_an_office_hands_over(make: Make, write: Callable[[str, str], Path]) -> None:
    ledger = write("ledger_2020.yaml", CHASED)
    document = opened(make("due", "--data", str(ledger), "--as-of", "2020-10-15"))
    paragraphs = [paragraph for paragraph in document.paragraphs if paragraph.text]
    assert [paragraph.text for paragraph in paragraphs] == [
        "Supervision sheet: 基教科",
        "No. ________\tAssigned on 2020-10-15",
        "Supervision sheet: 计财科",
        "No. ________\tAssigned on 2020-10-15",
    ]
    assert [has(paragraph._p, "w:pageBreakBefore") for paragraph in paragraphs] == [
        *(False, False),
        *(True, False),
    ]
    matters, receipt = document.tables[:2]
    headings, matter = texts(matters)
    assert headings == ["No.", "Matter", "Leaders", "Due", "State", "Required"]
    assert (matter[0], matter[1], matter[2]) == ("1", "逾期 (2020/task-1)", "谢强")
    assert matter[3].startswith("2020-06-30")
    assert "overdue" in matter[4]
    assert matter[5]
    assert texts(receipt) == [["Received by: ", "Received on: "]]


# Another program


@pytest.mark.programs
def test_supervision_sheets_take_a_page_each(make: Make, run: Run, tmp_path: Path) -> None:
    arguments = ("due", "--data", str(DATA), "--as-of", "2020-12-10")
    titles = [line[3:] for line in run(*arguments, "-f", "md").out.splitlines() if line.startswith("## ")]
    assert len(titles) > 10
    pages = printed_pages(make(*arguments), tmp_path)
    assert [title for title, page in zip(titles, pages, strict=True) if "".join(title.split()) not in page] == []


@pytest.mark.programs
def test_libreoffice_gives_back_the_same_cells(tmp_path: Path) -> None:
    shown = [text for text in TEXTS if len(text) < 1_000]
    file = tmp_path / "texts.docx"
    file.write_bytes(content(Sheet("表", COLUMNS, [["1", text] for text in shown]), reveal=True))
    assert [text for _id, text in cells_shown(file, tmp_path)[1:]] == shown
