"""Make the damaged returns of ``tests/returns``: the form that a department was sent, filled in and damaged in one way.

    python tools/damaged_returns.py

Beside each file its ``.json`` says what is to become of it. Those are written by hand, from what the return round
promises, and never by this tool. What only a program makes, LibreOffice makes where it is missing: it never writes the
same bytes twice.
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from reformledger import load_book
from reformledger.exchange.form import HIDDEN_SHEET
from reformledger.exchange.sending import Wanted, forms_of
from reformledger.views.form.workbook import form_workbook

RETURNS = Path(__file__).parents[1] / "tests" / "returns"
LEDGER = RETURNS / "data" / "ledger_2020.yaml"
DEPARTMENT, ISSUED = "职成高教科", date(2020, 6, 28)
HEAD, LAST = 4, 13
"""The row of the headings and the last row of the form."""
SHEET = "xl/worksheets/sheet2.xml"
"""The part of the sheet that is filled in."""
TEXTS = "xl/sharedStrings.xml"
Parts = dict[str, bytes]


class Paper:
    """A form that is filled in with openpyxl: task-1, which is then damaged, and task-5, which stays as it is."""

    def __init__(self, form: bytes) -> None:
        self.book = load_workbook(BytesIO(form), rich_text=True)
        self.sheet = self.book["填报表"]
        self.write("进展", "已与三家企业签订协议")
        self.write("完成比例", 60)
        self.write("进展", "已配合开展调研", "task-5")

    def at(self, heading: str, id: str = "task-1") -> Cell:
        """Return a cell by its heading and the id of its row."""
        column = next(cell.column_letter for cell in self.sheet[HEAD] if cell.value == heading)
        row = next(cell.row for cell in self.sheet["A"] if cell.value == id)
        found = self.sheet[f"{column}{row}"]
        assert isinstance(found, Cell)
        return found

    def write(self, heading: str, value: object, id: str = "task-1") -> Cell:
        """Write into a cell, and return it."""
        cell = self.at(heading, id)
        cell.value = value  # type: ignore[assignment]
        return cell

    def only(self, **values: object) -> None:
        """Write nothing but this into the row of task-1."""
        for heading in ("进展", "完成比例"):
            self.write(heading, None)
        for heading, value in values.items():
            self.write(heading, value)

    def copy_row(self, source: int, target: int) -> None:
        """Copy what a row holds to another."""
        for column, cell in enumerate(self.sheet[source], 1):
            self.sheet.cell(target, column).value = cell.value

    def rearrange(self, columns: range) -> None:
        """Turn the rows of the form upside down, in some columns."""
        for column in columns:
            cells = [self.sheet.cell(row, column) for row in range(HEAD + 1, LAST + 1)]
            for cell, value in zip(cells, [cell.value for cell in cells][::-1], strict=True):
                cell.value = value

    def add_column(self, heading: str, value: str) -> None:
        """Add a column at the end, filled in for task-1."""
        self.sheet["Q4"], self.sheet["Q5"] = heading, value

    def copy_sheet(self) -> None:
        """Add a copy of the sheet, with other words for task-1."""
        added = self.book.copy_worksheet(self.sheet)
        added.title = "填报表 (2)"
        added["I5"] = "已与四家企业签订协议"

    def swap(self, one: int, other: int) -> None:
        """Let two columns change places."""
        for row in range(HEAD, LAST + 1):
            first, second = self.sheet.cell(row, one), self.sheet.cell(row, other)
            first.value, second.value = second.value, first.value

    def hidden_text(self, change: Callable[[str], str]) -> None:
        """Change what the hidden sheet holds."""
        cell = self.book[HIDDEN_SHEET]["A1"]
        cell.value = change(str(cell.value))

    def set_1904(self) -> None:
        """Count days from 1904, as a workbook of an old Mac does."""
        self.book.epoch = CALENDAR_MAC_1904
        self.write("报送日期", date(2020, 6, 20))

    def number(self, value: float, number_format: str) -> None:
        """Write a percentage as a number with a format."""
        self.write("完成比例", value).number_format = number_format

    def filter(self) -> None:
        """Filter, so that only the row of task-1 is shown."""
        self.sheet.auto_filter.ref = f"A{HEAD}:P{LAST}"
        for row in range(HEAD + 2, LAST + 1):
            self.sheet.row_dimensions[row].hidden = True

    def style(self, **font: object) -> None:
        """Give the text of task-1 another font."""
        cell = self.at("进展")
        cell.font = Font(name=cell.font.name, sz=cell.font.sz, **font)  # type: ignore[arg-type]

    def saved(self) -> bytes:
        """Return the workbook as openpyxl saves it."""
        buffer = BytesIO()
        self.book.save(buffer)
        return buffer.getvalue()


def _add_sheet(paper: Paper) -> None:
    paper.book.create_sheet("明细")["A1"] = "企业名单"


def _strike_a_part(paper: Paper) -> None:
    struck = TextBlock(InlineFont(strike=True), "三家")
    paper.write("进展", CellRichText("已与", struck, "四家企业签订协议"))


def _insert_column(paper: Paper) -> None:
    paper.sheet.insert_cols(10)
    paper.sheet["J4"], paper.sheet["J5"] = "经办人", "王芳"


def _add_row(paper: Paper) -> None:
    paper.sheet.cell(LAST + 1, 2).value = "建设实习平台"
    paper.sheet.cell(LAST + 1, 9).value = "已立项"


def _fill_twice(paper: Paper) -> None:
    paper.copy_row(HEAD + 1, LAST + 1)
    paper.sheet.cell(LAST + 1, 9).value = "已与四家企业签订协议"


ON_PAPER: Mapping[str, Callable[[Paper], object]] = {
    "formula-without-value": lambda paper: paper.write("完成比例", "=30*2"),
    "error-cell": lambda paper: paper.write("进展", "#N/A"),
    "error-in-own-column": lambda paper: paper.add_column("备注", "#N/A"),
    "heading-twice": lambda paper: paper.add_column("进展", "又一次"),
    "heading-renamed": lambda paper: setattr(paper.sheet["I4"], "value", "进展情况"),
    "heading-missing": lambda paper: paper.sheet.delete_cols(10),
    "heading-row-moved-down": lambda paper: paper.sheet.insert_rows(1, 3),
    "id-twice-otherwise": _fill_twice,
    "id-twice-alike": lambda paper: paper.copy_row(HEAD + 1, LAST + 1),
    "id-deleted": lambda paper: setattr(paper.sheet["A5"], "value", None),
    "id-unknown": lambda paper: setattr(paper.sheet["A5"], "value", "task-11"),
    "row-deleted": lambda paper: paper.sheet.delete_rows(HEAD + 2),
    "row-added": _add_row,
    "rows-sorted": lambda paper: paper.rearrange(range(1, 17)),
    "rows-sorted-apart": lambda paper: paper.rearrange(range(1, 2)),
    "column-moved": lambda paper: paper.swap(9, 13),
    "column-added-filled": _insert_column,
    "sheet-added-filled": _add_sheet,
    "sheet-renamed": lambda paper: setattr(paper.sheet, "title", "Sheet1"),
    "sheet-copied": Paper.copy_sheet,
    "merged-over-rows": lambda paper: paper.sheet.merge_cells("I5:I6"),
    "merged-over-columns": lambda paper: paper.sheet.merge_cells("I5:J5"),
    "row-hidden": lambda paper: setattr(paper.sheet.row_dimensions[HEAD + 1], "hidden", True),
    "filtered": Paper.filter,
    "column-hidden": lambda paper: setattr(paper.sheet.column_dimensions["J"], "hidden", True),
    "struck-out": lambda paper: paper.style(strike=True),
    "struck-in-part": _strike_a_part,
    "white-letters": lambda paper: paper.style(color="FFFFFFFF"),
    "format-that-hides": lambda paper: setattr(paper.at("进展"), "number_format", ";;;"),
    "percent-format": lambda paper: paper.number(0.75, "0%"),
    "percent-as-fraction": lambda paper: paper.number(0.75, "General"),
    "percent-in-words": lambda paper: paper.write("完成比例", "八成"),
    "percent-120": lambda paper: paper.write("完成比例", 120),
    "day-as-number": lambda paper: setattr(paper.write("报送日期", 44002), "number_format", "General"),
    "day-as-text": lambda paper: paper.write("报送日期", "2020年6月20日"),
    "day-1904": Paper.set_1904,
    "number-in-text-column": lambda paper: paper.write("进展", 12),
    "only-percent": lambda paper: paper.only(完成比例=60),
    "only-evidence": lambda paper: paper.only(佐证材料="校企合作协议"),
    "locked-title-changed": lambda paper: paper.write("名称", "深化产教融合和校企合作"),
    "locked-due-changed": lambda paper: paper.write("完成时限", "2020年11月"),
    "locked-status-changed": lambda paper: paper.write("状态", "已销账"),
    "close-asked": lambda paper: [paper.write("申请销号", "是"), paper.write("佐证材料", "校企合作协议")],
    "supporting-percentage": lambda paper: paper.write("完成比例", 50, "task-5"),
    "target-of-another-row": lambda paper: paper.write("指标1完成值", 3),
    "supporting-target": lambda paper: paper.write("指标1完成值", 3, "task-5"),
    "occurrence-to-close": lambda paper: paper.write("申请销号", "是", "task-4@一季度"),
    "same-colour-as-cell": lambda paper: paper.style(color="FFFFF3D1"),
    "headings-again-below": lambda paper: paper.copy_row(HEAD, LAST + 1),
    "percent-in-full-width": lambda paper: paper.write("完成比例", "６０％"),
    "id-in-full-width": lambda paper: setattr(paper.sheet["A5"], "value", " ＴＡＳＫ-1\u3000"),
    "day-to-come": lambda paper: paper.write("报送日期", date(2099, 1, 1)),
    "error-in-locked-cell": lambda paper: paper.write("名称", "#REF!"),
    "logical-value": lambda paper: paper.write("进展", True),
    "no-hidden-sheet": lambda paper: paper.book.remove(paper.book[HIDDEN_SHEET]),
    "hidden-sheet-damaged": lambda paper: paper.hidden_text(lambda text: text[:-1]),
    "hidden-sheet-changed": lambda paper: paper.hidden_text(lambda text: text.replace("task-1", "task-6", 1)),
    "other-version": lambda paper: paper.hidden_text(lambda text: text.replace('"format": 1', '"format": 2')),
    "very-long-text": lambda paper: paper.write("进展", "长" * 32_767),
    "zero-width-characters": lambda paper: paper.write("进展", "已与三家\u200b企业签订\ufeff协议"),
    "phone-number-in-text": lambda paper: paper.write("进展", "已签协议，联系电话13812345678"),
    "formula-text": lambda paper: setattr(paper.write("进展", "=1+1"), "data_type", "s"),
}
"""What is done to the workbook with openpyxl, by the name of the file."""


def _put(parts: Parts, cell: str, content: str) -> None:
    """Replace a cell of the sheet; its style stays."""
    text = parts[SHEET].decode()
    found = re.search(rf'<c r="{cell}"( s="[0-9]+")?[^>]*?(/>|>.*?</c>)', text)
    assert found, cell
    new = content.replace("<c", f'<c r="{cell}"{found[1] or ""}', 1)
    parts[SHEET] = (text[: found.start()] + new + text[found.end() :]).encode()


def _put_text(parts: Parts, cell: str, text: str) -> None:
    """Write a text into a cell, among the shared ones as Excel and WPS do; escapes in it stay."""
    number = parts[TEXTS].decode().count("<si>")
    _replace(parts, TEXTS, "</sst>", f'<si><t xml:space="preserve">{text}</t></si></sst>')
    _put(parts, cell, f'<c t="s"><v>{number}</v></c>')


def _filled_in(form: bytes) -> Parts:
    """Return the parts of a form, filled in as a ``Paper`` is."""
    parts = _parts(form)
    _put_text(parts, "I5", "已与三家企业签订协议")
    _put(parts, "J5", "<c><v>60</v></c>")
    _put_text(parts, "I13", "已配合开展调研")
    return parts


def _replace(parts: Parts, name: str, old: str, new: str) -> None:
    text = parts[name].decode()
    assert old in text, (name, old)
    parts[name] = text.replace(old, new, 1).encode()


def _add_cell(parts: Parts, cell: str, content: str) -> None:
    """Add a cell in a row of its own, at the end of the sheet."""
    row = re.sub("[A-Z]", "", cell)
    _replace(parts, SHEET, "</sheetData>", f'<row r="{row}"><c r="{cell}" {content}</row></sheetData>')


_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
_BOMB = f'<!DOCTYPE bomb [<!ENTITY l0 "ha">{_LAUGHS}]>'


def _declare(parts: Parts, name: str) -> None:
    """Let a part declare a billion laughs, and a text of it laugh."""
    text = re.sub(r"<\?xml.*?\?>\s*", "", parts[name].decode())
    parts[name] = f'<?xml version="1.0"?>{_BOMB}{text}'.encode()
    if "</t>" in text:
        _replace(parts, name, "</t>", "&l9;</t>")


def _share_formula(parts: Parts) -> None:
    _put(parts, "J5", '<c><f t="shared" ref="J5:J6" si="0">30*2</f><v>60</v></c>')
    _put(parts, "J6", '<c><f t="shared" si="0"/><v>60</v></c>')
    _put_text(parts, "I6", "已培训二十人")


def _lie(parts: Parts) -> None:
    text, count = re.subn('<dimension ref="[^"]*"', '<dimension ref="A1:A1"', parts[SHEET].decode())
    assert count == 1
    parts[SHEET] = text.encode()


def _be_strict(parts: Parts) -> None:
    """Use the namespaces of Strict Open XML (ECMA-376 part 1), which differ from those that everybody writes."""
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    document = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    for name, data in parts.items():
        renamed = data.replace(main, b"http://purl.oclc.org/ooxml/spreadsheetml/main")
        parts[name] = renamed.replace(document, b"http://purl.oclc.org/ooxml/officeDocument/relationships")


IN_PARTS: Mapping[str, Callable[[Parts], object]] = {
    "not-damaged": lambda _parts: None,
    "formula-with-value": lambda parts: _put(parts, "J5", "<c><f>30*2</f><v>60</v></c>"),
    "shared-formula": _share_formula,
    "carriage-return": lambda parts: _put_text(parts, "I5", "已签协议_x000D_\n已挂牌"),
    "escape-literal": lambda parts: _put_text(parts, "I5", "代号_x005F_x4E2D_"),
    "control-character": lambda parts: _put_text(parts, "I5", "已签协议_x0007_"),
    "dimension-lies": _lie,
    "far-cell": lambda parts: _add_cell(parts, "XFD1048576", "><v>1</v></c>"),
    "far-blank-styled-cell": lambda parts: _add_cell(parts, "XFD1048576", 's="1"/>'),
    "doctype-in-shared-strings": lambda parts: _declare(parts, TEXTS),
    "doctype-in-sheet": lambda parts: _declare(parts, SHEET),
    "zip-bomb": lambda parts: parts.update({"xl/media/image1.png": bytes(100 * 2**20)}),
    "many-parts": lambda parts: parts.update({f"x/{number}": b"" for number in range(2_100)}),
    "nested-too-deep": lambda parts: _replace(
        parts, SHEET, "</worksheet>", "<a>" * 100_000 + "</a>" * 100_000 + "</worksheet>"
    ),
    "strict-ooxml": _be_strict,
}
"""What is done to the parts of the saved workbook, which openpyxl would not write."""


def _compound(*streams: str) -> bytes:
    """Return an OLE file ([MS-CFB] 2) with a directory of empty streams, as far as its kind is told by it."""
    head = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(16) + bytes.fromhex("3E000300FEFF09000600") + bytes(10)
    head += b"".join(number.to_bytes(4, "little") for number in (1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0))
    sectors = [0xFFFFFFFD, 0xFFFFFFFE]  # the first sector is the table of sectors, the second the directory
    table = b"".join(number.to_bytes(4, "little") for number in sectors)
    directory = b""
    for kind, name in ((5, "Root Entry"), *((2, stream) for stream in streams)):
        spelled = name.encode("utf-16-le")
        entry = spelled.ljust(64, b"\0") + (len(spelled) + 2).to_bytes(2, "little") + bytes([kind, 1])
        directory += (entry + b"\xff" * 12).ljust(128, b"\0")
    return head.ljust(512, b"\xff") + table.ljust(512, b"\xff") + directory.ljust(512, b"\0")


AS_BYTES: Mapping[str, Callable[[bytes], bytes]] = {
    "truncated.xlsx": lambda data: data[: len(data) // 2],
    "empty.xlsx": lambda _data: b"",
    "not-a-zip.xlsx": lambda _data: "<table><tr><td>编号</td><td>进展</td></tr></table>\n".encode(),
    "encrypted.xlsx": lambda _data: _compound("EncryptionInfo", "EncryptedPackage"),
    "macro.xlsm": lambda data: data,
    "table.csv": lambda _data: "编号,进展\ntask-1,已与三家企业签订协议\n".encode(),
    "~$职成高教科.xlsx": lambda _data: b"\x04Wang".ljust(55) + "\x04Wang".encode("utf-16-le").ljust(110, b"\0"),
}
"""What is made of the bytes of the saved workbook, by the name of the file with its ending."""
BY_LIBREOFFICE: Mapping[str, str] = {
    "saved-by-libreoffice.xlsx": "xlsx", "xls-renamed.xlsx": "xls", "kingsoft.et": "xls",
    "ods-renamed.xlsx": "ods", "opendocument.ods": "ods",
}  # fmt: skip
"""The format in which LibreOffice saves the workbook, by the name of the file. WPS writes .et as it writes .xls."""
OF_OTHER_LEDGERS: Mapping[str, tuple[str, str]] = {
    "other-book": ("某市教育和体育局", "某县教育和体育局"),
    "other-year": ("2020", "2019"),
}
"""What is another in the ledger of which the form is, by the name of the file."""


def main() -> None:
    """Write all of them."""
    form = _form(LEDGER.read_text(encoding="utf-8"))
    good = _packed(_filled_in(form))
    for name, damage in ON_PAPER.items():
        paper = Paper(form)
        damage(paper)
        _write(f"{name}.xlsx", _packed(_parts(paper.saved())))
    for name, change in IN_PARTS.items():
        parts = _filled_in(form)
        change(parts)
        _write(f"{name}.xlsx", _packed(parts))
    for name, (old, new) in OF_OTHER_LEDGERS.items():
        other = _form(LEDGER.read_text(encoding="utf-8").replace(old, new))
        _write(f"{name}.xlsx", _packed(_parts(Paper(other).saved())))
    for name, remake in AS_BYTES.items():
        _write(name, remake(good))
    for name, ending in BY_LIBREOFFICE.items():
        if not (RETURNS / name).exists():
            _write(name, _saved_by_libreoffice(good, ending))


def _write(name: str, data: bytes) -> None:
    (RETURNS / name).write_bytes(data)


def _form(ledger: str) -> bytes:
    """Return the workbook that the department is sent of a ledger."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "ledger.yaml").write_text(ledger, encoding="utf-8")
        day = ISSUED.replace(year=2019) if "year: 2019" in ledger else ISSUED
        return form_workbook(forms_of(load_book(Path(folder)), day, Wanted([DEPARTMENT])).forms[0])


def _parts(data: bytes) -> Parts:
    """Return the parts of a workbook, without the time at which it was saved."""
    with ZipFile(BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    day = f"{ISSUED}T00:00:00Z".encode()
    core = "docProps/core.xml"
    return {**parts, core: re.sub(rb"(<dcterms:\w+[^>]*>)[^<]*", rb"\g<1>" + day, parts[core])}


def _packed(parts: Parts) -> bytes:
    """Return the workbook of some parts: the same bytes for the same parts."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(ZipInfo(name), data, ZIP_DEFLATED, 9)
    return buffer.getvalue()


def _saved_by_libreoffice(data: bytes, ending: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "form.xlsx"
        file.write_bytes(data)
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        out = Path(folder) / "out"
        command = ["soffice", profile, "--headless", "--convert-to", ending, "--outdir", str(out), str(file)]
        subprocess.run(command, check=True, capture_output=True)
        return (out / f"form.{ending}").read_bytes()


if __name__ == "__main__":
    os.environ["REFORMLEDGER_LANG"] = "zh"
    main()
