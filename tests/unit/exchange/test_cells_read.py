"""Cells as they are read: what they say, whatever program wrote them, and what of them nobody sees."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from office import converted
from raw_workbooks import MAIN, one_cell, read, read_sheet, styles, worksheet, write_workbook
from reformledger.exchange.tables import Merged, ReadCell, ReadSheet

MIDNIGHT = datetime(2020, 6, 30)  # noqa: DTZ001 - workbooks know no zones


def filled(folder: Path, fill: Callable[[Worksheet], object]) -> ReadSheet:
    """Return what is read of a worksheet that ``fill`` fills with openpyxl."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    fill(sheet)
    file = folder / "filled.xlsx"
    book.save(file)
    return read_sheet(file)


@pytest.mark.parametrize(
    ("value", "number_format", "wanted"),
    [
        ("完成", "General", ReadCell("text", "完成")),
        ("一\n二", "General", ReadCell("text", "一\n二")),
        ("001", "General", ReadCell("text", "001")),
        (75, "General", ReadCell("number", "75", number_format="General")),
        (75.0, "General", ReadCell("number", "75", number_format="General")),
        (0.75, "0%", ReadCell("number", "0.75", number_format="0%")),
        (0.1 + 0.2, "General", ReadCell("number", "0.3", number_format="General")),
        (13900000000, "0", ReadCell("number", "13900000000", number_format="0")),
        (date(2020, 6, 30), "yyyy-mm-dd", ReadCell("day", "2020-06-30", number_format="yyyy-mm-dd")),
        (MIDNIGHT, "yyyy/m/d", ReadCell("day", "2020-06-30", number_format="yyyy/m/d")),
        (MIDNIGHT.replace(hour=14), "h:mm", ReadCell("text", "2020-06-30 14:00", number_format="h:mm")),
        (0.5, "h:mm", ReadCell("text", "12:00", number_format="h:mm")),
        (True, "General", ReadCell("flag", "true")),
        ("#N/A", "General", ReadCell("error", "#N/A")),
    ],
)  # fmt: skip
def test_a_value_is_read_as_what_it_says(tmp_path: Path, value: Any, number_format: str, wanted: ReadCell) -> None:
    def fill(sheet: Worksheet) -> None:
        cell = sheet.cell(1, 1, value)
        if number_format != "General":
            cell.number_format = number_format

    assert filled(tmp_path, fill).cells == {(1, 1): wanted}


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ('<c r="A1"><f>1+1</f></c>', ReadCell("uncomputed", "")),
        ('<c r="A1"><f>1+1</f><v/></c>', ReadCell("uncomputed", "")),
        ('<c r="A1"><f>1+1</f><v>2</v></c>', ReadCell("number", "2", number_format="General", is_computed=True)),
        ('<c r="A1" t="str"><f>"a"</f><v>a</v></c>', ReadCell("text", "a", is_computed=True)),
        ('<c r="A1" t="e"><f>NA()</f><v>#N/A</v></c>', ReadCell("error", "#N/A", is_computed=True)),
        ('<c t="inlineStr"><is><t>没有位置</t></is></c>', ReadCell("text", "没有位置")),
    ],
)
def test_a_formula_is_its_value_or_uncomputed(tmp_path: Path, cell: str, wanted: ReadCell) -> None:
    assert read_sheet(write_workbook(tmp_path / "a.xlsx", one_cell(cell))).cells == {(1, 1): wanted}


def test_comments_are_read_wherever_they_are(tmp_path: Path) -> None:
    def fill(paper: Worksheet) -> None:
        paper["A1"] = "起步"
        for place in ("A1", "C7"):
            paper[place].comment = Comment(f"{place} 请核对", "某")

    assert filled(tmp_path, fill).comments == {(1, 1): "A1 请核对", (7, 3): "C7 请核对"}


def test_a_formula_that_shows_nothing_is_a_blank(tmp_path: Path) -> None:
    file = write_workbook(tmp_path / "a.xlsx", one_cell('<c r="A1" t="str"><f>""</f><v></v></c>'))
    assert read_sheet(file).cells == {}


@pytest.mark.parametrize(
    ("written", "texts"),
    [
        ("一_x000D_\n二", ("一\r\n二",)),
        # No program escapes a letter: somebody may have typed it.
        ("a_x0042_", ("aB", "a_x0042_")),
        ("_x12_ _xZZZZ_", ("_x12_ _xZZZZ_",)),
        ("_xD83D__xDE00_", ("_xD83D__xDE00_",)),
        # What was typed is _x000D_; openpyxl shows the same for a carriage return, so that both are possible.
        ("_x005F_x000D_", ("\r", "_x000D_")),
    ],
)
@pytest.mark.parametrize("inline", [True, False])
def test_escapes_are_decoded(tmp_path: Path, written: str, texts: tuple[str, ...], *, inline: bool) -> None:
    text = f'<t xml:space="preserve">{written}</t>'
    cell = f'<c r="A1" t="inlineStr"><is>{text}</is></c>' if inline else '<c r="A1" t="s"><v>0</v></c>'
    shared = {"xl/shared.xml": f"<sst {MAIN}><si>{text}</si></sst>"}
    sheet = read_sheet(write_workbook(tmp_path / "a.xlsx", one_cell(cell), None if inline else shared))
    assert sheet.cells[1, 1].texts == texts


def test_what_is_struck_out_is_marked(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"], sheet["B1"] = "全部", "没有"
        sheet["A1"].font = Font(strike=True)
        sheet["C1"] = CellRichText("已", TextBlock(InlineFont(strike=True), "未"), "完成")
        sheet["D1"] = CellRichText("已", TextBlock(InlineFont(b=True), "完成"))

    cells = filled(tmp_path, fill).cells
    assert [(cell.text, cell.is_struck) for cell in cells.values()] == [
        ("全部", True),
        ("没有", False),
        ("已未完成", True),
        ("已完成", False),
    ]


WHITE, GREEN = (PatternFill("solid", fgColor=colour) for colour in ("FFFFFFFF", "FF00FF00"))


@pytest.mark.parametrize(
    ("font", "fill", "number_format", "unseen"),
    [
        (Font(color="FFFFFFFF"), None, "General", True),
        (Font(color="00FFFFFF"), WHITE, "General", True),
        (Font(color="FFFFFFFF"), GREEN, "General", False),
        (Font(color="FFFF0000"), None, "General", False),
        (None, None, ";;;", True),
        (None, None, "0;-0;;@", False),
    ],
)
def test_what_nobody_sees_is_marked(
    tmp_path: Path, font: Font | None, fill: PatternFill | None, number_format: str, *, unseen: bool
) -> None:
    def write(sheet: Worksheet) -> None:
        cell = sheet.cell(1, 1, "看不见")
        cell.number_format = number_format
        if font:
            cell.font = font
        if fill:
            cell.fill = fill

    assert filled(tmp_path, write).cells[1, 1].is_unseen is unseen


@pytest.mark.parametrize(
    ("color", "unseen"),
    [
        ('theme="0"', True),
        ('theme="0" tint="-0.5"', False),
        ('theme="1"', False),
        ('indexed="9"', True),
        ('indexed="8"', False),
    ],
)
def test_white_has_several_names(tmp_path: Path, color: str, *, unseen: bool) -> None:
    parts = {"xl/styles.xml": styles(f"<font><color {color}/></font>")}
    file = write_workbook(tmp_path / "a.xlsx", one_cell('<c r="A1"><v>1</v></c>'), parts)
    assert read_sheet(file).cells[1, 1].is_unseen is unseen


def test_what_is_hidden_and_merged_is_known_as_far_as_there_is_content(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="F1"><v>2</v></c></row>'
        '<row r="2" hidden="1"><c r="A2"><v>3</v></c></row>'
        '<row r="3" ht="0" customHeight="1"/><row r="4"><c r="A4"><v>4</v></c></row><row r="9" hidden="1"/>'
    )
    columns = '<cols><col min="2" max="4" hidden="1" width="9"/><col min="6" max="16384" width="0"/></cols>'
    merges = '<mergeCells><mergeCell ref="A4:C5"/></mergeCells>'
    sheet = read_sheet(write_workbook(tmp_path / "a.xlsx", worksheet(rows, before=columns, after=merges)))
    assert (sorted(sheet.hidden_rows), sorted(sheet.hidden_columns)) == ([2, 3], [2, 3, 4, 6])
    assert sheet.merged == (Merged(4, 1, 5, 3),)


def test_sheets_keep_their_order_and_chart_sheets_are_passed_over(tmp_path: Path) -> None:
    book = Workbook()
    book.create_chartsheet("图").add_chart(BarChart())
    for name, state in (("说明", "visible"), ("藏", "hidden"), ("深藏", "veryHidden")):
        sheet = book.create_sheet(name)
        sheet["A1"], sheet.sheet_state = name, state
    book.save(tmp_path / "a.xlsx")
    found = [(sheet.name, sheet.is_hidden, len(sheet.cells)) for sheet in read(tmp_path / "a.xlsx").sheets]
    assert found == [("Sheet", False, 0), ("说明", False, 1), ("藏", True, 1), ("深藏", True, 1)]


def test_declared_dimensions_are_not_believed_and_blank_cells_far_out_are_nothing(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="0"/></row>'
    sheet = worksheet(rows, before='<dimension ref="A1:XFD1048576"/>')
    assert list(read_sheet(write_workbook(tmp_path / "a.xlsx", sheet)).cells) == [(1, 1)]


@pytest.mark.programs
def test_libreoffice_saves_the_same_cells(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["完成", "一\n二", 75, 0.5, date(2020, 6, 30), True, "=1+1"])
        sheet["C1"].number_format = "0.00"
        sheet["A2"] = CellRichText("已", TextBlock(InlineFont(strike=True), "未"))
        sheet["B3"], sheet["B3"].font = "白", Font(color="FFFFFFFF")
        sheet.row_dimensions[3].hidden = sheet.column_dimensions["D"].hidden = True
        sheet.merge_cells("A5:A6")
        sheet["A5"] = "并"

    before = filled(tmp_path, fill)
    after = read_sheet(converted(tmp_path / "filled.xlsx", "xlsx", tmp_path))
    assert before.cells[1, 7].kind == "uncomputed"
    assert (after.cells[1, 7].text, after.cells[1, 7].is_computed) == ("2", True)

    def plain(sheet: ReadSheet) -> object:
        # LibreOffice names its own formats, and writes a flag as the formula TRUE().
        bare = {at: cell._replace(number_format="", is_computed=False) for at, cell in sheet.cells.items()}
        cells = {at: cell for at, cell in bare.items() if at != (1, 7)}
        return cells, sheet.hidden_rows, sheet.hidden_columns, sheet.merged

    assert plain(after) == plain(before)
