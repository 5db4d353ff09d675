"""Files of which nothing is taken: each is refused by name, with what to do, before it costs anything."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from raw_workbooks import MAIN, one_cell, read, refused, worksheet, write_workbook
from reformledger.errors import UsageError
from reformledger.exchange.reading.files import files_in, read_files
from reformledger.exchange.tables import ReadWorkbook, Refused

MIB = 2**20
OLE = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(512)
SAVE_AGAIN = "save it again as .xlsx"


def zeros(file: Path, *sizes: int) -> None:
    """Write a workbook with parts of zeros, which a zip makes a thousandth of their size."""
    write_workbook(file, one_cell(""), {f"xl/media/{number}.png": bytes(size) for number, size in enumerate(sizes)})


def noise(file: Path, mebibytes: int) -> None:
    """Write a workbook with parts of which a zip makes nothing smaller."""
    write_workbook(file, one_cell(""), {f"xl/{number}.bin": os.urandom(MIB) for number in range(mebibytes)})


def numbered(file: Path, parts: int) -> None:
    write_workbook(file, one_cell(""), {f"xl/{number}.xml": "<a/>" for number in range(parts)})


def without_workbook(file: Path) -> None:
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")


def with_password(file: Path) -> None:
    file.write_bytes(OLE + "EncryptedPackage".encode("utf-16-le") + bytes(512))


DOCTYPE = '<!DOCTYPE bomb [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
DEEP = worksheet("<a>" * 100_000 + "</a>" * 100_000)
MANY_CELLS = "".join(f'<c r="A{number}"/>' for number in range(400_001))
MANY_TEXTS = "".join(f"<si><t>{number}</t></si>" for number in range(400_001))
FAR = '<row r="1"><c r="{cell}"><v>1</v></c></row>'


def sheet(content: str) -> Callable[[Path], object]:
    return lambda file: write_workbook(file, content)


def part(name: str, content: str) -> Callable[[Path], object]:
    return lambda file: write_workbook(file, one_cell('<c r="A1"><v>1</v></c>'), {name: content})


CASES: list[tuple[str, Callable[[Path], object], str, str]] = [
    ("a.xlsx", lambda file: file.write_bytes(b""), "is empty", "Ask for the file again"),
    ("a.xlsx", lambda file: file.write_bytes(bytes(20 * MIB + 1)), "larger than 20 MiB", "pictures"),
    ("a.xlsx", lambda file: file.write_bytes(OLE), "old format", SAVE_AGAIN),
    ("a.xlsx", with_password, "has a password", "remove the password"),
    ("a.xlsx", lambda file: file.write_text("<table>", encoding="utf-8"), "no .xlsx workbook", SAVE_AGAIN),
    ("a.xlsx", without_workbook, "no .xlsx workbook", SAVE_AGAIN),
    *[
        (f"a{ending}", lambda file: file.write_bytes(OLE), f"end in {ending}", SAVE_AGAIN)
        for ending in (".xls", ".et", ".ods", ".xlsm", ".xlsb", ".csv", ".docx", ".XLS")
    ],
    ("~$a.xlsx", lambda file: file.write_bytes(bytes(165)), "that a.xlsx is open", "Close a.xlsx there"),
    ("a.xlsx", lambda file: numbered(file, 2_001), "more parts", "save it again"),
    ("a.xlsx", lambda file: zeros(file, 2 * MIB), "unpacks to far more", "save it again"),
    ("a.xlsx", lambda file: zeros(file, 65 * MIB), "unpacks to far more", "save it again"),
    ("a.xlsx", lambda file: zeros(file, *[MIB] * 129), "unpacks to far more", "save it again"),
    ("a.xlsx", part("xl/../../etc/passwd", "x"), "outside of itself: xl/../../etc/passwd", "Ask for the file"),
    ("a.xlsx", part("xl/shared.xml", f"{DOCTYPE}<sst {MAIN}/>"), "document type (bomb)", SAVE_AGAIN),
    ("a.xlsx", part("docProps/core.xml", f"{DOCTYPE}<a>&b;</a>"), "document type (bomb)", SAVE_AGAIN),
    ("a.xlsx", sheet(worksheet(MANY_CELLS)), "more cells", "save it again"),
    ("a.xlsx", part("xl/shared.xml", f"<sst {MAIN}>{MANY_TEXTS}</sst>"), "more cells", "save it again"),
    (
        "a.xlsx",
        sheet(worksheet("", after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')),
        "more cells",
        "save it again",
    ),
    ("a.xlsx", part("xl/styles.xml", f"<styleSheet {MAIN}><cellXfs>{'<xf/>' * 60_000}</cellXfs></styleSheet>"),
     "more cells", "save it again"),
    ("a.xlsx", part("xl/shared.xml", f"<sst {MAIN}><si>{'<r><t>a</t></r>' * 60_000}</si></sst>"),
     "more cells", "save it again"),
    ("a.xlsx", sheet(worksheet("", after=f"<dataValidations>{'<dataValidation/>' * 60_000}</dataValidations>")),
     "more cells", "save it again"),
    ("a.xlsx", sheet(DEEP), "cannot be read", SAVE_AGAIN),
    ("a.xlsx", sheet("<worksheet>"), "cannot be read", SAVE_AGAIN),
    ("a.xlsx", sheet(one_cell('<c r="A1" t="s"><v>7</v></c>')), "cannot be read", SAVE_AGAIN),
    ("a.xlsx", sheet(one_cell("").replace("schemas.openxmlformats", "purl.oclc")), "cannot be read", SAVE_AGAIN),
    ("a.xlsx", part("xl/_rels/workbook.xml.rels", ""), "cannot be read", SAVE_AGAIN),
    ("a.xlsx", part("[Content_Types].xml", "no XML"), "cannot be read", SAVE_AGAIN),
]  # fmt: skip


@pytest.mark.parametrize(("name", "make", "message", "advice"), CASES)
def test_a_file_is_refused_with_what_to_do(
    tmp_path: Path, name: str, make: Callable[[Path], object], message: str, advice: str
) -> None:
    make(tmp_path / name)
    result = refused(tmp_path / name)
    assert message in result.message
    assert advice in result.advice
    assert result.place.endswith(f"/{name}")


@pytest.mark.parametrize(
    ("cell", "fits"), [("SF20000", True), ("SG1", False), ("A20001", False), ("XFD1048576", False)]
)
def test_a_cell_far_out_is_refused_by_name(tmp_path: Path, cell: str, *, fits: bool) -> None:
    file = write_workbook(tmp_path / "a.xlsx", worksheet(FAR.format(cell=cell)))
    if fits:
        assert len(read(file).sheets[0].cells) == 1
    else:
        assert refused(file).place.endswith(f"a.xlsx: 填报!{cell}")


def test_one_text_in_many_cells_is_refused(tmp_path: Path) -> None:
    cells = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(1, 1_001))
    shared = f"<sst {MAIN}><si><t>{'长' * 32_000}</t></si></sst>"
    file = write_workbook(tmp_path / "a.xlsx", worksheet(cells), {"xl/shared.xml": shared})
    assert "more cells or text" in refused(file).message


def test_a_zip_with_a_password_is_refused(tmp_path: Path) -> None:
    file = write_workbook(tmp_path / "a.xlsx", one_cell(""))
    data = bytearray(file.read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1  # the flag of an encrypted part (APPNOTE 4.4.4)
    file.write_bytes(data)
    assert "password" in refused(file).message


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_what_is_no_regular_file_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.xlsx")
    (tmp_path / "b.xlsx").mkdir()
    (tmp_path / "c.xlsx").symlink_to(tmp_path / "c.xlsx")
    results = list(read_files([tmp_path / name for name in ("a.xlsx", "b.xlsx", "c.xlsx", "none.xlsx")]))
    said = [result.message for result in results if isinstance(result, Refused)]
    assert said == ["This is no file.", "This is no file.", "This file is not there.", "This file is not there."]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path) -> None:
    file = write_workbook(tmp_path / "a.xlsx", one_cell(""))
    file.chmod(0)
    assert "may not be read" in refused(file).message


def test_a_refused_file_keeps_no_other_from_being_read(tmp_path: Path) -> None:
    good = write_workbook(tmp_path / "good.xlsx", one_cell('<c r="A1"><v>1</v></c>'))
    bad = write_workbook(tmp_path / "bad.xlsx", "<worksheet>")
    results = read_files([good, bad, good, tmp_path / "none.xlsx", good])
    assert [type(result) for result in results] == [ReadWorkbook, Refused, ReadWorkbook, Refused, ReadWorkbook]


@pytest.mark.programs
@pytest.mark.skipif(sys.platform != "linux", reason="reads Linux's count of memory")
def test_hostile_files_cost_little_memory(tmp_path: Path) -> None:
    hostile = tmp_path / "hostile"
    hostile.mkdir()
    zeros(hostile / "zeros.xlsx", 60 * MIB)
    numbered(hostile / "parts.xlsx", 3_000)
    text = f"<sst {MAIN}><si><t>{'a' * 100 * MIB}</t></si></sst>"
    write_workbook(hostile / "text.xlsx", one_cell(""), {"xl/shared.xml": text})
    write_workbook(hostile / "far.xlsx", worksheet(FAR.format(cell="XFD1048576")))
    write_workbook(hostile / "laughs.xlsx", f"{DOCTYPE}{one_cell('<c/>')}")
    program = (
        "import re, resource, sys; from pathlib import Path; from reformledger.exchange.reading.files import *\n"
        "results = list(read_files(files_in([Path(sys.argv[1])]).files))\n"
        "own = int(re.search('VmHWM:\\\\s+(\\\\d+)', Path('/proc/self/status').read_text())[1])\n"
        "print(len(results), all(isinstance(one, Refused) for one in results))\n"
        "print(max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))"
    )
    # In a process of its own, and by a count of it that the size of the tests' process does not enter.
    shown = subprocess.run(
        [sys.executable, "-c", program, hostile], check=True, capture_output=True, text=True, encoding="utf-8"
    ).stdout
    said, kibibytes = shown.splitlines()
    assert said == "5 True"
    assert int(kibibytes) < 256 * 1024


def test_of_a_folder_are_read_what_may_be_returns_by_name(tmp_path: Path) -> None:
    for name in (
        "b.xlsx",
        "a.XLSX",
        "c.et",
        "~$b.xlsx",
        "d.csv",
        "e.docx",
        "~$e.docx",
        "Thumbs.db",
        ".DS_Store",
        ".~lock.b.xlsx#",
    ):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "f.xlsx").write_bytes(b"x")
    found = files_in([tmp_path / "b.xlsx", tmp_path, tmp_path / "sub" / ".." / "b.xlsx"])
    assert [file.name for file in found.files] == ["b.xlsx", "a.XLSX", "c.et", "d.csv", "~$b.xlsx"]
    passed, folders = found.notes
    assert passed.startswith("Passed over, since they are no workbooks: ")
    assert all(name in passed for name in (".DS_Store", "~$e.docx", ".~lock.b.xlsx#", "Thumbs.db", "e.docx"))
    assert folders.startswith("Folders within a folder are not looked into: ")
    assert folders.endswith("sub.")


def test_a_path_that_is_not_there_is_said_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="There is no file or folder"):
        files_in([tmp_path / "none.xlsx"])


def test_columns_hidden_without_end_cost_nothing(tmp_path: Path) -> None:
    columns = '<cols><col min="1" max="2000000000" hidden="1"/></cols>'
    row = '<row r="1"><c r="A1"><v>1</v></c><c r="C1"><v>2</v></c></row>'
    file = write_workbook(tmp_path / "a.xlsx", worksheet(row, before=columns))
    assert read(file).sheets[0].hidden_columns == {1, 2, 3}
