"""Workbooks written part by part, as no library would write them, and what is read of a file."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

from reformledger.exchange.reading.files import read_files
from reformledger.exchange.tables import ReadSheet, ReadWorkbook, Refused

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_RELATED = {"sheet1": "worksheet", "shared": "sharedStrings", "styles": "styles"}


def styles(font: str) -> str:
    """Return the styles of a workbook in which all is written in one font."""
    return (
        f'<styleSheet {MAIN}><fonts count="1">{font}</fonts><fills count="1"><fill><patternFill/></fill></fills>'
        '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
        '<cellXfs count="1"><xf fontId="0"/></cellXfs></styleSheet>'
    )


PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_TYPES}"><Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
    f'<Override PartName="/xl/shared.xml" ContentType="{_TYPE}.sharedStrings+xml"/>'
    f'<Override PartName="/xl/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="a" Type="{_OFFICE}/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{_OFFICE}"><sheets><sheet name="填报" sheetId="1" r:id="sheet1"/>'
    "</sheets></workbook>",
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_RELATIONS}">'
    + "".join(
        f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target="{name}.xml"/>' for name, kind in _RELATED.items()
    )
    + "</Relationships>",
    "xl/shared.xml": f"<sst {MAIN}/>",
    "xl/styles.xml": styles("<font/>"),
}


def worksheet(rows: str = "", *, before: str = "", after: str = "") -> str:
    """Return a worksheet with what stands before and after its rows."""
    return f"<worksheet {MAIN}>{before}<sheetData>{rows}</sheetData>{after}</worksheet>"


def one_cell(cell: str) -> str:
    """Return a worksheet of one row with one cell or more."""
    return worksheet(f'<row r="1">{cell}</row>')


def write_workbook(file: Path, sheet: str, parts: Mapping[str, str | bytes] | None = None) -> Path:
    """Write a workbook of one worksheet; ``parts`` replace others or are added."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**PARTS, "xl/sheet1.xml": sheet, **(parts or {})}.items():
            archive.writestr(name, content)
    return file


def read(file: Path) -> ReadWorkbook:
    """Return what is read of a file that is not refused."""
    (result,) = read_files([file])
    assert isinstance(result, ReadWorkbook), result
    return result


def read_sheet(file: Path) -> ReadSheet:
    """Return the first worksheet of a file that is not refused."""
    return read(file).sheets[0]


def refused(file: Path) -> Refused:
    """Return why a file is refused."""
    (result,) = read_files([file])
    assert isinstance(result, Refused), result
    return result
