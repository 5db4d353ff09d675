"""Tables of one's own as CSV: in the encodings and with the delimiters that offices write, else refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from reformledger.exchange.reading.csv import read_csv
from reformledger.exchange.tables import Position, ReadWorkbook, Refused

TABLE = "编号,进展\ntask-1,已完成\n"


def texts(result: ReadWorkbook | Refused) -> dict[Position, str]:
    assert isinstance(result, ReadWorkbook), result
    (sheet,) = result.sheets
    assert all(cell.kind == "text" for cell in sheet.cells.values())
    return {position: cell.text for position, cell in sheet.cells.items()}


def written(folder: Path, data: bytes) -> Path:
    (folder / "回复.csv").write_bytes(data)
    return folder / "回复.csv"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_encodings_of_offices_are_read(tmp_path: Path, encoding: str) -> None:
    result = read_csv(written(tmp_path, TABLE.encode(encoding)))
    assert texts(result) == {(1, 1): "编号", (1, 2): "进展", (2, 1): "task-1", (2, 2): "已完成"}
    assert isinstance(result, ReadWorkbook)
    assert result.sheets[0].name == "回复.csv"
    assert result.notes == (("回复.csv is not UTF-8; it was read as GB18030.",) if encoding == "gb18030" else ())


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_the_first_lines_tell_the_delimiter(tmp_path: Path, mark: str) -> None:
    lines = [["编号", "进展, 问题", "日期"], ["task-1", "甲；乙", ""], ["", '他说"好"', "001"]]
    data = "\r\n".join(mark.join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in line) for line in lines)
    found = texts(read_csv(written(tmp_path, data.encode())))
    assert [[found.get((row, column), "") for column in (1, 2, 3)] for row in (1, 2, 3)] == lines


def test_a_title_above_the_headings_tells_no_delimiter(tmp_path: Path) -> None:
    data = "甲县清单, 乙组\n编号;进展\ntask-1;完成\ntask-2;起步, 推进\n"
    found = texts(read_csv(written(tmp_path, data.encode())))
    assert found[2, 2] == "进展"
    assert found[4, 2] == "起步, 推进"


def test_line_ends_within_a_cell_stay(tmp_path: Path) -> None:
    assert texts(read_csv(written(tmp_path, b'a,"b\r\nc\nd"\r\n')))[1, 2] == "b\r\nc\nd"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is empty"),
        (TABLE.encode("utf-16"), "UTF-16"),
        (b"a,b\0\n", "no table of text"),
        (b"a,\xff\xff\n", "no table of text"),
        (b'a,b\nc,"d\ne,f\n', "line 2 is not closed"),
        (b'a,b\n"c"d,e\n', "line 2 is not closed"),
        (b"a\n" + b'"' + b"b" * 200_000 + b"\n", "line 2 is not closed"),
        (b"a," * 100 + bytes(20 * 2**20), "larger than 20 MiB"),
        (b"a" * 200_000 + b"," * 600 + b"b\n", "far from everything"),
        (b"a,b\n" * 20_001, "far from everything"),
        (b"," * 500 + b"a\n", "far from everything"),
    ],
    ids=range(11),
)  # fmt: skip
def test_what_is_no_table_is_refused(tmp_path: Path, data: bytes, message: str) -> None:
    result = read_csv(written(tmp_path, data))
    assert isinstance(result, Refused)
    assert message in result.message
    assert result.advice


def test_a_cell_far_out_is_named(tmp_path: Path) -> None:
    result = read_csv(written(tmp_path, b"," * 500 + b"a\n"))
    assert isinstance(result, Refused)
    assert result.place.endswith("回复.csv: SG1")
