"""Files that other people's programs wrote: what is wanted of each is what LibreOffice shows of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import pytest

from conftest import ROOT
from raw_workbooks import read, refused
from reformledger.exchange.tables import Merged, ReadCell, ReadSheet, cell_name

REAL = ROOT / "tests" / "real"


class Wanted(NamedTuple):
    """The worksheets, how many cells of the first hold something, and some of them by name."""

    sheets: tuple[str, ...]
    filled: int
    cells: Mapping[str, tuple[str, str]]
    hidden_columns: tuple[int, ...] = ()
    merged: tuple[Merged, ...] = ()


THREE = ("Sheet1", "Sheet2", "Sheet3")
FILES = {
    "easyexcel-date1.xlsx": Wanted(THREE, 4, {"A1": ("text", "a"), "A2": ("text", "1.00"), "B2": ("text", "1")}),
    "easyexcel-date2.xlsx": Wanted(THREE, 4, {"A2": ("text", "3"), "B2": ("text", "3.00")}),
    "easyexcel-extra.xlsx": Wanted(
        THREE,
        9,
        {"A1": ("text", "第一列"), "B4": ("text", "多单元格超链接D"), "A6": ("text", "合并单元格")},
        merged=(Merged(6, 1, 7, 2),),
    ),
    "easyexcel-extraRelationships.xlsx": Wanted(("hhh",), 4, {"A1": ("number", "1"), "B2": ("number", "2")}),
    "easyexcel-t02.xlsx": Wanted(
        ("测试配方1027",),
        33,
        {
            "A1": ("text", "测试配方1027"),
            "G2": ("text", "原料中成分含\n量（%）"),
            "B3": ("text", "01502200"),
            "C3": ("text", "1，2-戊二醇"),
            "F3": ("number", "100"),
            "M3": ("text", "00005"),
            "Q3": ("text", "0"),
        },
        merged=(Merged(1, 1, 1, 18),),
    ),
    "qinggeng-task-list.xlsx": Wanted(
        ("工作表1", "工作表2"),
        299,
        {
            "A1": ("text", "任务编号"),
            "P1": ("text", "Blocked By"),
            "C2": ("text", "人员1"),
            "K2": ("text", "2016-09-26 17:00"),
            "L8": ("text", "2016-09-19 15:00"),
            "D91": ("text", "Open"),
        },
        hidden_columns=(9, 10, 13, 14),
    ),
    "sheetjs-fn.xlsx": Wanted(
        ("Sheet1",),
        9,
        {"B2": ("text", '=EVALUATE("1+1")'), "C2": ("number", "2"), "C3": ("error", "#VALUE!")},
    ),
    "sheetjs-write.xlsx": Wanted(
        ("Sheet1",),
        12,
        {
            "A1": ("number", "1"),
            "A2": ("flag", "true"),
            "B2": ("flag", "false"),
            "D2": ("text", "sheetjs"),
            "C3": ("day", "2014-02-19"),
            "D3": ("number", "0.3"),
            "C4": ("text", "qux"),
        },
    ),
}


def test_every_file_has_its_outcome() -> None:
    files = {path.name for path in REAL.iterdir()} - {"README.md"}
    assert files == {*FILES, "sheetjs-write.et"}


def by_name(sheet: ReadSheet) -> dict[str, ReadCell]:
    return {cell_name(position): cell for position, cell in sheet.cells.items()}


@pytest.mark.parametrize("name", FILES)
def test_a_real_workbook_is_read_as_it_looks(name: str) -> None:
    workbook, wanted = read(REAL / name), FILES[name]
    sheet = workbook.sheets[0]
    cells = by_name(sheet)
    assert tuple(each.name for each in workbook.sheets) == wanted.sheets
    assert len(cells) == wanted.filled
    assert {at: (cells[at].kind, cells[at].text) for at in wanted.cells} == wanted.cells
    assert (sheet.hidden_rows, tuple(sorted(sheet.hidden_columns))) == (frozenset(), wanted.hidden_columns)
    assert sheet.merged == wanted.merged
    assert not any(cell.is_struck or cell.is_unseen for cell in cells.values())


def test_the_format_of_wps_is_refused_with_what_to_do() -> None:
    result = refused(REAL / "sheetjs-write.et")
    assert result.message == "Files that end in .et are not read."
    assert "save it again as .xlsx" in result.advice
