"""Workbooks: laid out to be filtered and printed, true to every text, and refused by name where they cannot be."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook
from xlsxwriter.worksheet import Worksheet

from conftest import Run
from naughty import REFUSED, TEXTS, TOO_LONG
from reformledger.errors import UsageError
from reformledger.files import naming
from reformledger.views.answer import About, Answer, Bar, Cell, Column, RowGroup, Sheet, Styled
from reformledger.views.formats.registry import ANSWERS, print_answer
from reformledger.views.formats.xlsx import Xlsx
from reformledger.views.output import Output
from reformledger.views.palette import TONES

DAY = date(2020, 10, 1)
HEAD = 4
"""The row of the headings: title, question and a blank row are above."""
COLUMNS = [Column("id", "ID", fixed=True), Column("title", "Title", weight=4, wide=True)]
PHONE = "13908146584"


def answer_of(*sheets: Sheet, title: str = "Entries", question: str = "") -> Answer:
    return Answer(lambda: None, lambda _purpose: sheets, about=lambda: About(title, DAY, question))


def opened(*sheets: Sheet, reveal: bool = False, **about: str) -> Any:
    return load_workbook(BytesIO(Xlsx().content(answer_of(*sheets, **about), reveal=reveal)))


def table(*rows: Sequence[Cell], **more: Any) -> Sheet:
    return Sheet(None, COLUMNS, rows, **more)


def active(content: bytes | Path) -> Any:
    return load_workbook(content if isinstance(content, Path) else BytesIO(content)).active


def texts_below_head(sheet: Any, column: int = 2) -> list[object]:
    return [row[column - 1].value for row in sheet.iter_rows(min_row=HEAD + 1)]


# --- layout --------------------------------------------------------------------------------------------------


def test_title_and_question_stand_above_and_the_sentence_below() -> None:
    sheet = opened(table(["task-1", "甲"], footer="1 entry."), question="due within: 2020").active
    assert [sheet.cell(row, 1).value for row in range(1, 8)] == [
        "Entries", "As of 2020-10-01; due within: 2020", None, "ID", "task-1", None, "1 entry.",
    ]  # fmt: skip


def test_a_title_that_says_the_day_says_it_alone() -> None:
    sheet = opened(Sheet("☆ as of 2020-10-01", COLUMNS, [["task-1", "甲"]])).active
    assert (sheet["A1"].value, sheet["A2"].value) == ("☆ as of 2020-10-01", None)


def test_the_head_is_frozen_filtered_and_printed_on_each_page() -> None:
    sheet = opened(table(["task-1", "甲"], ["task-2", "乙"])).active
    assert sheet.freeze_panes == "A5"
    assert sheet.auto_filter.ref == "A4:B6"
    assert sheet.print_title_rows == "$1:$4"


def test_the_page_is_a4_landscape_as_wide_as_one_page() -> None:
    sheet = opened(table(["task-1", "甲"])).active
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.oddFooter.center.text == "Page &P of &N"


def test_what_does_not_belong_on_paper_is_beside_it() -> None:
    columns = [*COLUMNS, Column("text", "Text", wide=True)]
    sheet = opened(Sheet(None, columns, [["task-1", "甲", "正文"]], footer="One.", printed=2)).active
    assert sheet.print_area == "'Entries'!$A$1:$B$7"
    assert sheet.freeze_panes == "B5"  # a row is known by its id where the sheet is wider than the paper
    assert sheet["C5"].value == "正文"


def test_columns_are_as_wide_as_their_content_and_long_text_is_wrapped_in_rows_high_enough() -> None:
    long = "推进教育综合改革" * 40  # 640 half-width characters
    sheet = opened(table(["task-1", long], ["task-2", "短"])).active
    chinese, latin = (opened(table(["i", text])).active.column_dimensions["B"].width for text in ("中" * 20, "a" * 20))
    assert chinese - latin == pytest.approx(20, abs=1)
    room = sheet.column_dimensions["B"].width
    assert 40 <= room <= 160
    assert sheet["B5"].alignment.wrap_text
    assert sheet["B5"].alignment.vertical == "top"
    assert sheet.row_dimensions[5].height >= 640 / room * 13
    assert sheet.row_dimensions[6].height < 20


def test_groups_are_a_column_so_that_they_can_be_filtered() -> None:
    groups = [RowGroup("牵头", [["task-1", "甲"], ["task-2", "乙"]]), RowGroup("配合", [["task-3", "丙"]])]
    sheet = opened(Sheet(None, COLUMNS, groups=groups, group_heading="Role")).active
    assert sheet["A4"].value == "Role"
    assert texts_below_head(sheet, 1) == ["牵头", "牵头", "配合"]
    assert sheet.auto_filter.ref == "A4:C7"


def test_a_sheet_without_headings_has_no_filter() -> None:
    sheet = opened(Sheet("task-1", COLUMNS, [["Status", "open"], ["Due", "2020"]], head=False)).active
    assert [cell.value for cell in sheet[HEAD]] == ["Status", "open"]
    assert (sheet.auto_filter.ref, sheet.freeze_panes) == (None, None)
    assert sheet["A4"].font.bold


def test_an_answer_that_is_text_is_one_column() -> None:
    answer = Answer(lambda: None, lines=lambda _room: [[("RL101", "bold"), (" error", "")], [], [("=1", "")]])
    sheet = active(Xlsx().content(answer, reveal=False))
    assert [sheet.cell(row, 1).value for row in range(HEAD, HEAD + 3)] == ["RL101 error", None, "=1"]


def test_a_sheet_that_is_a_sentence_has_rows_of_its_lines() -> None:
    sheet = opened(Sheet(None, (), footer="There are no entries.")).active
    assert [row[0].value for row in sheet.iter_rows()] == ["Entries", "As of 2020-10-01", None, "There are no entries."]
    assert max(dimension.height for dimension in sheet.row_dimensions.values()) < 2 * 16 * 1.5  # two lines of a title


def test_an_answer_without_rows_has_its_head() -> None:
    sheet = opened(table(footer="0 entries.")).active
    assert [cell.value for cell in sheet[HEAD]] == ["ID", "Title"]
    assert sheet["A6"].value == "0 entries."


# --- names of worksheets -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("titles", "names"),
    [
        (["2020/task-1", "a[b]:c*d?e\\f"], ["2020-task-1", "a-b-c-d-e-f"]),
        (["表", "表", "表"], ["表", "表 2", "表 3"]),
        (["Table", "TABLE"], ["Table", "TABLE 2"]),
        (["'甲'", "History"], ["甲", "History 2"]),  # Excel keeps “History” for itself
        (["长" * 40, "长" * 40], ["长" * 31, "长" * 29 + " 2"]),
        (["😀" * 20], ["😀" * 15]),  # two units each
        ([PHONE], ["139----6584"]),
        (["''"], ["Sheet"]),
    ],
)
def test_worksheets_have_names_that_excel_takes(titles: list[str], names: list[str]) -> None:
    book = opened(*(Sheet(title, COLUMNS, [["task-1", "甲"]]) for title in titles))
    assert [re.sub("-+", "-", name) for name in book.sheetnames] == [re.sub("-+", "-", name) for name in names]


def test_a_sheet_may_have_a_shorter_name_than_its_title() -> None:
    assert opened(Sheet("2020/task-1  推进", COLUMNS, [["a", "b"]], name="2020/task-1")).sheetnames == ["2020-task-1"]


# --- types ---------------------------------------------------------------------------------------------------


def test_days_and_numbers_are_such_and_texts_are_texts() -> None:
    columns = [Column(str(number), f"H{number}") for number in range(8)]
    cells: list[Cell] = [date(2020, 12, 31), 7, -3, Bar(0.25), Bar(0.75, "3/4所"), "001", "2020-12-31", ""]
    sheet = opened(Sheet(None, columns, [cells])).active
    row = sheet[HEAD + 1]
    assert [cell.value for cell in row] == [
        datetime(2020, 12, 31), 7, -3, 0.25, "3/4所", "001", "2020-12-31", None,  # noqa: DTZ001 - a cell has no zone
    ]  # fmt: skip
    assert [cell.data_type for cell in row] == ["d", "n", "n", "n", "s", "s", "s", "n"]
    assert (row[0].number_format, row[3].number_format) == ("yyyy-mm-dd", "0%")


def test_a_day_that_excel_would_count_wrongly_is_text() -> None:
    # Excel takes 1900 for a leap year, so that only from 1 March on all programs agree.
    sheet = opened(table(["a", date(1900, 3, 1)], ["b", date(1900, 2, 28)], ["c", date(1899, 12, 31)])).active
    assert texts_below_head(sheet) == [datetime(1900, 3, 1), "1900-02-28", "1899-12-31"]  # noqa: DTZ001


def test_texts_are_kept_from_becoming_numbers_when_they_are_edited() -> None:
    retyped = ["=1+1", "#N/A", "001", "1-2", "TRUE", "＝1", "2020-02-30", "川办发〔2020〕1号", "3E5"]
    rows: list[list[Cell]] = [[text, Styled(text, "red")] for text in retyped]
    sheet = opened(table(*rows)).active
    for row, text in zip(sheet.iter_rows(min_row=HEAD + 1), retyped, strict=True):
        assert [(cell.value, cell.data_type, cell.quotePrefix) for cell in row] == [(text, "s", True)] * 2


@pytest.mark.parametrize(("style", "tone"), [("bold red", "red"), ("yellow", "yellow"), ("bold cyan", "blue")])
def test_a_light_is_a_word_and_a_fill(style: str, tone: str) -> None:
    cell = opened(table(["task-1", Styled("滞后", style)])).active["B5"]
    assert cell.value == "滞后"
    assert cell.fill.fgColor.rgb == f"FF{TONES[tone].fill.upper()}"
    assert cell.font.color.rgb == f"FF{TONES[tone].ink.upper()}"


# --- every text ----------------------------------------------------------------------------------------------


def _shared_strings(content: bytes) -> list[str]:
    """Return the texts of a workbook as ECMA-376 (22.9.2.19, ST_Xstring) reads them."""
    name = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    root = ElementTree.fromstring(zipfile.ZipFile(BytesIO(content)).read("xl/sharedStrings.xml"))
    return ["".join(_unescaped(part.text or "") for part in item.iter(f"{name}t")) for item in root.iter(f"{name}si")]


def _unescaped(text: str) -> str:
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match[1], 16)), text)


OTHERS = ["a\rb", "_x000d_\r", "<r>", "a</r>", "<r>x</r>", "<r><t>x</t></r>", "<r>_x4E2D_</r>", "_x0041_x0042_x0043_",
    "\x85", "\x9f", "\u2028", " "]  # fmt: skip
"""More that a workbook could lose: carriage returns, XlsxWriter's own markup, C1 controls, blanks alone."""


def _of_all_texts() -> Answer:
    sheets = [Sheet("x", COLUMNS, [["task-1", text] for text in [*TEXTS, *OTHERS]])]
    return Answer(lambda: None, lambda _purpose: sheets)


def test_every_text_is_read_back_as_it_is() -> None:
    content = Xlsx().content(_of_all_texts(), reveal=True)
    assert set(_shared_strings(content)) >= {*TEXTS, *OTHERS}
    read = texts_below_head(active(content))
    for text, found in zip(TEXTS, read, strict=False):
        # openpyxl 3.1.5 takes “x005F_” out of every text, also where it is the text's own.
        assert found == text or "x005F_" in text


@pytest.mark.programs
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it_and_gives_back_the_same_cells(run: Run, tmp_path: Path) -> None:
    (tmp_path / "texts.xlsx").write_bytes(Xlsx().content(_of_all_texts(), reveal=True))
    assert run("list", "--as-of", str(DAY), "-o", str(tmp_path / "list.xlsx")).code == 0
    saved = tmp_path / "saved"
    command = [
        "soffice",
        f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        "xlsx",
    ]
    files = [str(tmp_path / "texts.xlsx"), str(tmp_path / "list.xlsx")]
    subprocess.run([*command, "--outdir", str(saved), *files], check=True, capture_output=True, timeout=120)
    # What LibreOffice itself saves so that it reads otherwise: Excel's escapes that share a character.
    texts = {text for text in (*TEXTS, *OTHERS) if not re.search("_x.{4}_x.{4}_", text)}
    assert set(_shared_strings((saved / "texts.xlsx").read_bytes())) >= texts
    before, after = (active(folder / "list.xlsx") for folder in (tmp_path, saved))
    assert [[cell.value for cell in row] for row in after] == [[cell.value for cell in row] for row in before]
    assert after.print_title_rows == before.print_title_rows
    assert after.auto_filter.ref == before.auto_filter.ref


# --- what no workbook can hold -------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [*REFUSED, *TOO_LONG, "😀" * 16_384, "<r>a\rb</r>"])
def test_what_does_not_fit_is_refused_by_name_and_an_older_file_stays(text: str, tmp_path: Path) -> None:
    file = tmp_path / "answer.xlsx"
    file.write_bytes(b"older")
    answer = answer_of(table(["task-1", "甲"], ["task-2", text]))
    with pytest.raises(UsageError, match=r"(?s)Entries.*task-2.*Title.*CSV"):
        print_answer(answer, ANSWERS.by_name["xlsx"], Output(None, None), file)
    assert file.read_bytes() == b"older"
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("about", [{"title": "a\x07"}, {"question": "长" * 40_000}])
def test_a_title_or_question_that_does_not_fit_is_refused(about: dict[str, Any]) -> None:
    with pytest.raises(UsageError, match=r"U\+0007|40,0\d\d"):
        opened(table(["task-1", "甲"]), **about)


def test_a_refusal_names_a_row_by_a_few_characters() -> None:
    with pytest.raises(UsageError) as refused:
        opened(Sheet(None, [Column("text", "Text")], [["长" * 40_000]]))
    assert len(str(refused.value)) < 300


class Endless(Sequence[Any]):
    """A sequence of one thing, as long as no test could keep it."""

    def __init__(self, length: int) -> None:
        self.length = length

    def __len__(self) -> int:
        return self.length

    def __getitem__(self, index: Any) -> Any:
        raise AssertionError("it is too long to be looked at")


def test_more_rows_than_a_worksheet_holds_are_refused_at_once() -> None:
    with pytest.raises(UsageError, match="1,048,576"):
        opened(Sheet(None, COLUMNS, Endless(1_048_576)))


def test_more_columns_than_a_worksheet_holds_are_refused() -> None:
    with pytest.raises(UsageError, match="16,384"):
        opened(Sheet(None, [Column("a", "A")] * 16_385, [["x"] * 16_385]))


@pytest.mark.parametrize(
    "call",
    ["write_string", "write_number", "write_blank", "write_rich_string", "set_row", "set_column", "merge_range"],
)
def test_what_the_library_leaves_out_is_an_error(call: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Worksheet, call, lambda *_arguments: -2)
    with pytest.raises(UsageError, match="-2"):
        opened(table(["task-1", 7], ["task-2", ""], ["task-3", "<r>x</r>"]))


# --- what leaves the program ---------------------------------------------------------------------------------


def test_phone_numbers_are_masked_unless_revealed() -> None:
    sheet = Sheet(f"T {PHONE}", COLUMNS, [["task-1", f"联系{PHONE}"], ["task-2", Styled(PHONE, "red")]], footer=PHONE)
    for reveal in (False, True):
        answer = answer_of(sheet, question=PHONE)
        with zipfile.ZipFile(BytesIO(Xlsx().content(answer, reveal=reveal))) as packed:
            written = b"".join(packed.read(name) for name in packed.namelist())
        assert (PHONE.encode() in written) == reveal


def test_reveal_contacts_goes_into_a_workbook(run: Run, tmp_path: Path) -> None:
    masked, whole = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    assert run("list", "--columns", "id,contact", "-o", str(masked)).code == 0
    assert run("list", "--columns", "id,contact", "--reveal-contacts", "-o", str(whole)).code == 0
    number = re.compile(r"1[3-9]\d{9}")
    assert not any(number.search(text) for text in _shared_strings(masked.read_bytes()))
    assert any(number.search(text) for text in _shared_strings(whole.read_bytes()))


def test_the_same_answer_makes_the_same_bytes_whenever(monkeypatch: pytest.MonkeyPatch) -> None:
    first = Xlsx().content(_of_all_texts(), reveal=False)
    later = time.time() + 86_400
    monkeypatch.setattr(time, "time", lambda: later)
    assert Xlsx().content(_of_all_texts(), reveal=False) == first
    properties = opened(table(["task-1", "甲"])).properties
    assert (properties.title, properties.created.date(), properties.modified.date()) == ("Entries", DAY, DAY)


def test_a_file_that_wps_holds_open_is_refused_as_edits_are(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "answer.xlsx"
    file.write_bytes(b"older")
    waited: list[float] = []

    class SharingViolationError(PermissionError):
        winerror = 32

    def held_open(*_paths: object) -> None:
        raise SharingViolationError

    monkeypatch.setattr(time, "sleep", waited.append)
    monkeypatch.setattr(time, "monotonic", lambda: sum(waited))
    monkeypatch.setattr(naming, "exchange", lambda _first, _second: False)
    monkeypatch.setattr(os, "replace", held_open)
    done = run("star", "-o", str(file))
    assert done.code == 74
    assert "Another program (WPS, Excel, an editor) holds the file open; nothing was written." in done.err
    assert "Close it there, then give the command again." in done.err
    assert file.read_bytes() == b"older"


def test_a_terminal_gets_no_workbook(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Output, "is_terminal", property(lambda _self: True))
    done = run("list", "-f", "xlsx")
    assert (done.code, done.out) == (2, "")
    assert "--output" in done.err


# --- every command -------------------------------------------------------------------------------------------

Book = Callable[..., Any]


@pytest.fixture
def book_of(run: Run, tmp_path: Path) -> Book:
    """Return a function that runs a command and opens the workbook that it writes."""

    def call(*arguments: str, code: int = 0) -> Any:
        file = tmp_path / "answer.xlsx"
        done = run(*arguments, "-o", str(file))
        assert (done.code, done.out) == (code, "")
        return load_workbook(file)

    return call


LEDGER = """\
kind: ledger
year: 2020
title: 台账
parts:
  - title: 任务
    tables:
      - id_prefix: task
        rows:
          - id: task-1
            number: "1"
            title: 校园足球
            lead_departments: [体卫艺科]
            supporting_departments: [基教科]
            due: 2020-09-30
            star: ☆
            targets:
              - {name: 学校, value: 4, unit: 所}
            progress:
              - {date: 2020-06-01, text: 已建3所, percent: 75, targets: {学校: 3}}
          - id: task-2
            number: "2"
            title: 长期任务
            lead_departments: [基教科]
            due: 长期
            remark: =1+1
"""


@pytest.fixture
def data(tmp_path: Path) -> list[str]:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "ledger_2020.yaml").write_text(LEDGER, encoding="utf-8")
    return ["--data", str(folder), "--as-of", str(DAY)]


def headings(sheet: Any) -> list[str]:
    return [cell.value for cell in sheet[HEAD]]


def column(sheet: Any, heading: str) -> list[object]:
    return texts_below_head(sheet, headings(sheet).index(heading) + 1)


def test_a_list_has_what_is_read_on_paper_then_what_else_is_said(book_of: Book, data: list[str]) -> None:
    sheet = book_of("list", *data).active
    shown = ["ID", "Due", "Status", "Light", "Reason", "Leaders", "Lead", "Title", "☆"]
    printed = [*shown, "Support", "Days left", "Last report"]
    assert headings(sheet)[: len(printed)] == printed
    assert sheet.print_area.startswith(f"'Entries'!$A$1:${chr(64 + len(printed))}$")
    more = headings(sheet)[len(printed) :]
    assert {"Kind", "Targets", "Progress"} <= set(more)
    assert "Outcome" not in more  # nothing says anything there
    assert column(sheet, "Due")[:2] == [datetime(2020, 9, 30), "open-ended"]  # noqa: DTZ001
    assert column(sheet, "Days left")[0] == -1
    assert column(sheet, "Light")[0] == "red"


def test_a_list_has_the_columns_that_are_asked_for(book_of: Book, data: list[str]) -> None:
    sheet = book_of("list", "--columns", "id,remark", *data).active
    assert len(headings(sheet)) == 2
    assert sheet.print_area is None or sheet.print_area == ""


def test_the_question_stands_above(book_of: Book, data: list[str]) -> None:
    sheet = book_of("list", "--star", *data).active
    assert sheet["A1"].value == "Entries"
    assert sheet["A2"].value == "As of 2020-10-01; ☆"


def test_days_and_counts_are_numbers(book_of: Book, data: list[str]) -> None:
    assert column(book_of("star", *data).active, "Days")[0] == -1
    due = book_of("due", *data).active
    assert headings(due)[0] == "Lead"
    assert column(due, "Days left")[0] == -1
    counts = book_of("by-department", *data).active
    assert {type(value) for value in column(counts, "All")[:2]} == {int}


def test_statistics_have_their_targets_on_a_worksheet_of_their_own(book_of: Book, data: list[str]) -> None:
    book = book_of("stats", *data)
    assert book.sheetnames == ["Statistics", "Targets"]
    assert headings(book["Statistics"])[:3] == ["By", "Name", "All"]
    assert column(book["Targets"], "Reached") == ["3/4所"]


def test_a_brief_has_its_title_and_day_above_the_totals(book_of: Book, data: list[str]) -> None:
    totals, entries = book_of("brief", *data).worksheets
    assert (totals.title, totals["A1"].value, totals["A2"].value) == (*["Brief for the meeting"] * 2, f"As of {DAY}")
    assert entries.title == "Entries"


def test_reports_have_counts_and_entries(book_of: Book, data: list[str]) -> None:
    book = book_of("reports", *data)
    assert book.sheetnames == ["Counts", "Entries"]
    assert {type(value) for value in column(book["Counts"], "Missing")[:2]} == {int}
    assert headings(book["Entries"])[:3] == ["Department", "Ref", "Title"]
    assert book_of("reports", "--missing", *data).sheetnames == ["Entries"]


def test_show_has_a_worksheet_an_entry(book_of: Book, data: list[str]) -> None:
    book = book_of("show", "task-1", "task-2", *data)
    assert book.sheetnames == ["2020-task-1", "2020-task-2"]
    assert book["2020-task-2"]["A1"].value == "2020/task-2  长期任务"


def test_findings_have_place_and_reason(book_of: Book) -> None:
    book = book_of("check", "--as-of", str(DAY), code=1)
    sheet = book.active
    assert headings(sheet) == ["Severity", "Code", "Place in the file", "Entry", "Finding"]
    assert re.fullmatch(r"data/\w+\.yaml:\d+:\d+", str(column(sheet, "Place in the file")[0]))
    assert str(sheet.cell(sheet.max_row, 1).value).startswith("Errors: ")
    assert headings(book_of("check", "--all", "--as-of", str(DAY), code=1).active)[-1] == "Acknowledged"


@pytest.mark.parametrize(
    "arguments",
    [
        ["list"],
        ["star"],
        ["show", "task-1", "point-4"],
        ["by-leader"],
        ["by-leader", "刘自力"],
        ["by-department"],
        ["by-department", "基教科"],
        ["stats"],
        ["due"],
        ["reports"],
        ["reports", "--text"],
        ["explain"],
        ["explain", "yellow", "RL101"],
    ],
    ids=" ".join,
)
def test_every_command_that_answers_makes_a_workbook(book_of: Book, arguments: list[str]) -> None:
    book = book_of(*arguments)
    assert all(sheet.max_row >= HEAD for sheet in book)
    assert all(cell.data_type != "f" for sheet in book for row in sheet for cell in row)
