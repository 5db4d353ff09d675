"""Texts, tables and workbooks as sources: every character is counted, and cells say what a person sees in them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from raw_workbooks import one_cell, styles, worksheet, write_workbook
from reformledger.drafting.account import Account, Layout
from reformledger.drafting.reading.files import read_source
from reformledger.drafting.source import Grid, Line, Source
from reformledger.exchange.form import HIDDEN_SHEET
from reformledger.exchange.tables import Refused

TABLE = [["序号", "任务", "科室"], ["1", "甲", "乙科"], ["2", "丙", ""]]


def source(file: Path, content: str | bytes = "", **options: str) -> Source:
    """Return what is read of a file with some content, or of one that is there."""
    if content:
        file.write_bytes(content.encode() if isinstance(content, str) else content)
    read = read_source(file, **options)
    assert isinstance(read, Source), read
    return read


def refusal(file: Path, content: bytes = b"", **options: str) -> Refused:
    if content:
        file.write_bytes(content)
    read = read_source(file, **options)
    assert isinstance(read, Refused), read
    return read


def lines(read: Source) -> list[str]:
    return [block.text.text for block in read.blocks if isinstance(block, Line)]


def grids(read: Source) -> list[list[list[str]]]:
    return [[[cell.text for cell in row] for row in block.rows] for block in read.blocks if isinstance(block, Grid)]


def laid_out(read: Source) -> str:
    return "".join(read.text[span.start : span.end] for span in Account(read).spans() if span.claim == Layout("markup"))


def asked(read: Source) -> list[str]:
    """Return what is asked about where only what blocks hold is used."""
    account = Account(read)
    for block in read.blocks:
        for passage in [block.text] if isinstance(block, Line) else [cell for row in block.rows for cell in row]:
            account.use(passage, "entry", "field")
    return [passage.text for passage in account.unclaimed()]


TEXTS = st.text(st.sampled_from('一、，乙1\t\n\r\f\v"|-*#`_\\ ~<br>\u3000\u2028\u202e\x00\x01\ufeff'), max_size=60)


@given(st.text() | TEXTS, st.sampled_from([".txt", ".md"]))
def test_the_units_of_a_text_are_all_of_its_characters(
    tmp_path_factory: pytest.TempPathFactory, text: str, ending: str
) -> None:
    if not text.removeprefix("\ufeff") or text.encode(errors="replace") != text.encode(errors="ignore"):
        return
    file = tmp_path_factory.mktemp("t") / f"a{ending}"
    file.write_text(text, encoding="utf-8", newline="")
    read = read_source(file)
    if isinstance(read, Refused):
        assert "\0" in text or not text.strip("\ufeff").strip()  # What looks like UTF-16 is refused, and blanks alone.
        return
    assert read.text == text.removeprefix("\ufeff")
    assert [(unit.start, unit.end) for unit in read.units] == [
        (before.end if before else 0, unit.end) for before, unit in zip([None, *read.units], read.units, strict=False)
    ]
    assert read.units[-1].end == len(read.text)
    handed = [
        passage
        for block in read.blocks
        for passage in ([block.text] if isinstance(block, Line) else [cell for row in block.rows for cell in row])
    ]
    taken = [place for passage in [*handed, *read.markup] for place in passage.at]
    shown = [place for place in taken if not read.text[place].isspace()]
    assert len(shown) == len(set(shown)) or "<" in text  # The line end of <br> is a mark, too.
    for passage in handed:
        there = "".join(read.text[place] for place in passage.at)
        assert passage.text in {there, there.replace("<", "\n")}
        assert not set("\0\x01\u202e\u2028\ufeff\r\f") & set(passage.text)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\n\f", "\f", "\v", "\u2028"])
def test_lines_end_as_in_any_program(tmp_path: Path, end: str) -> None:
    read = source(tmp_path / "a.txt", f"一、甲 {end}乙{end}{end}丙")
    assert lines(read) == ["一、甲 ", "乙", "", "丙"]
    assert not asked(read)


def test_a_line_knows_its_number(tmp_path: Path) -> None:
    read = source(tmp_path / "a.txt", "\ufeff甲\r\n\r\n\f乙\f丙\n丁")
    places = {block.text.text: read.place_of(block.text).line for block in read.blocks if isinstance(block, Line)}
    assert places == {"甲": 1, "": 0, "乙": 3, "丙": 3, "丁": 4}


def test_what_no_document_may_hold_is_asked_about(tmp_path: Path) -> None:
    read = source(tmp_path / "a.txt", "完成\x00甲\u202e乙\x07\n")
    assert lines(read) == ["完成甲乙"]
    assert asked(read) == ["\x00\u202e\x07"]


@pytest.mark.parametrize("encoding", ["gb18030", "big5", "utf-16", "utf-16-le", "utf-16-be"])
def test_the_encoding_that_fits_is_named(tmp_path: Path, encoding: str) -> None:
    text = "一、工作要求\n各科室於十二月底前完成公文格式，加快建立制度。\n"
    data = text.encode(encoding)
    refused = refusal(tmp_path / "a.txt", data)
    assert refused.message == "This text is not UTF-8."
    assert refused.advice == f"Say how it is encoded: --encoding {encoding}"
    assert source(tmp_path / "a.txt", data, encoding=encoding).text == text
    wrong = refusal(tmp_path / "a.txt", data, encoding="utf-8")
    assert "not encoded as utf-8" in wrong.message
    assert encoding in wrong.advice


def test_an_encoding_that_does_not_fit_is_refused(tmp_path: Path) -> None:
    for encoding in ("ascii", "no-such", "hex", "gb18030"):
        refused = refusal(tmp_path / "a.txt", "甲乙".encode(), encoding=encoding)
        assert f"not encoded as {encoding}" in refused.message
        assert refused.advice == "It is UTF-8: leave --encoding out."
    assert lines(source(tmp_path / "a.txt", "\ufeff甲乙".encode(), encoding="utf-8-sig")) == ["甲乙"]
    assert "save it again as UTF-8" in refusal(tmp_path / "a.txt", bytes(range(128, 256))).advice


TABS = "\n".join("\t".join(row) for row in TABLE)


def test_cells_with_tabs_between_them_are_a_table(tmp_path: Path) -> None:
    read = source(tmp_path / "a.txt", f"某局台账\n{TABS}\n注：无\n")
    assert lines(read) == ["某局台账", "注：无"]
    assert grids(read) == [TABLE]
    assert not asked(read)


def test_a_pasted_cell_may_hold_line_ends_and_quotation_marks(tmp_path: Path) -> None:
    read = source(tmp_path / "a.txt", '序号\t任务\t科室\r\n1\t"甲\r\n称""乙"""\t丙\r\n')
    assert grids(read) == [[["序号", "任务", "科室"], ["1", '甲\n称"乙"', "丙"]]]
    assert laid_out(read) == '""""'
    assert not asked(read)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("1\t甲\n乙\t丙科\n2\t丁\t戊科", [["1", "甲\n乙", "丙科"], ["2", "丁", "戊科"]]),
        ("1\t甲\n2\t丁\t戊科\n3\t己\t庚科", [["1", "甲", ""], ["2", "丁", "戊科"], ["3", "己", "庚科"]]),
    ],
)
def test_a_line_with_too_few_cells_is_asked_about(tmp_path: Path, rows: str, expected: list[list[str]]) -> None:
    read = source(tmp_path / "a.txt", f"序号\t任务\t科室\n{rows}\n")
    assert grids(read) == [[["序号", "任务", "科室"], *expected]]
    (grid,) = (block for block in read.blocks if isinstance(block, Grid))
    assert {row for row, _column in grid.notes} == {1}


@pytest.mark.parametrize(
    "text",
    [
        "\t一、甲\n\t二、乙\n\t三、丙\n",
        "甲\t乙\n",
        "甲\t1\n乙\t2\n",
        "甲|乙\n丙|丁\n",
        "1.\t甲\n2.\t乙\n3.\t丙\n",
        "牵头领导：\t甲\n责任单位：\t乙\n完成时限：\t丙\n",
    ],
)
def test_what_only_has_tabs_or_strokes_is_no_table(tmp_path: Path, text: str) -> None:
    assert lines(source(tmp_path / "a.txt", text)) == text.splitlines()


@pytest.mark.parametrize("ending", [".txt", ".md"])
def test_a_table_of_markdown_is_a_table(tmp_path: Path, ending: str) -> None:
    rows = ["| " + " | ".join(row) + " |" for row in TABLE]
    rule = "|---|:-:|--:|"
    read = source(tmp_path / f"a{ending}", "\n".join(["前文", rows[0], rule, *rows[1:], "", "后文"]))
    assert grids(read) == [TABLE]
    assert lines(read) == ["前文", "", "后文"]
    assert laid_out(read) == "||||" + rule + "||||" * 2
    unframed = "\n".join(row.strip("| ") for row in (rows[0], rule, rows[1]))
    assert grids(source(tmp_path / f"b{ending}", unframed)) == [TABLE[:2]]


@pytest.mark.parametrize(
    "drawn",
    [
        "+----+----+----+\n|序号|任务|科室|\n+====+====+====+\n|1   |甲  |乙科|\n|    |戊  |    |\n+----+----+----+\n",
        "┌──┬──┬──┐\n│序号│任务│科室│\n├──┼──┼──┤\n│1 │甲 │乙科│\n│  │戊 │  │\n└──┴──┴──┘\n",
    ],
)
def test_a_table_that_is_drawn_is_a_table(tmp_path: Path, drawn: str) -> None:
    read = source(tmp_path / "a.txt", drawn)
    assert grids(read) == [[["序号", "任务", "科室"], ["1", "甲\n戊", "乙科"]]]
    assert not asked(read)


def test_blank_lines_may_part_the_rows_of_a_table(tmp_path: Path) -> None:
    read = source(tmp_path / "a.txt", f"{TABS}\n\t\t\n3\t丁\t戊科\n".replace("\n", "\n\n"))
    assert grids(read) == [[*TABLE, ["", "", ""], ["3", "丁", "戊科"]]]
    apart = source(tmp_path / "b.txt", f"{TABS}\n\n{TABS}\n")
    assert grids(apart) == [TABLE, TABLE]


def test_marks_of_markdown_are_laid_out(tmp_path: Path) -> None:
    text = "# 某局要点 #\n\n> - **一、完成** `甲`，2\\*3，a_b_c，~~不做~~。\n***\n标题\n====\n"
    read = source(tmp_path / "a.md", text)
    assert lines(read) == ["某局要点", "", "一、完成 甲，2*3，a_b_c，。", "", "标题", ""]
    assert [block.text.text for block in read.blocks if isinstance(block, Line) and block.is_heading] == [
        "某局要点",
        "标题",
    ]
    assert laid_out(read).replace(" ", "") == "##>-****``\\***===="
    assert asked(read) == ["~~不做~~"]
    assert lines(source(tmp_path / "a.txt", "# 甲 **乙**")) == ["# 甲 **乙**"]


def test_a_cell_of_markdown_may_have_lines(tmp_path: Path) -> None:
    read = source(tmp_path / "a.md", "|任务|科室|\n|-|-|\n|甲|乙科<br>丙科|\n")
    assert grids(read) == [[["任务", "科室"], ["甲", "乙科\n丙科"]]]


@pytest.mark.parametrize(
    ("name", "options", "separator"),
    [
        ("a.csv", {}, ","),
        ("a.csv", {"separator": ";"}, ";"),
        ("a.csv", {"separator": "tab"}, "\t"),
        ("a.tsv", {}, "\t"),
        ("a.csv", {"separator": "|"}, "|"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_csv_is_read_as_it_is_said(
    tmp_path: Path, name: str, options: Mapping[str, str], separator: str, encoding: str
) -> None:
    text = "\r\n".join(separator.join(row) for row in TABLE)
    read = source(tmp_path / name, text.encode(encoding), encoding=encoding, **options)
    assert grids(read) == [TABLE]
    (grid,) = (block for block in read.blocks if isinstance(block, Grid))
    assert grid.name == ""
    assert read.place_of(grid.rows[1][1])[3:] == ("", 2, 2)


def test_csv_in_the_encoding_of_china_is_read_with_a_remark(tmp_path: Path) -> None:
    read = source(tmp_path / "a.csv", "序号,任务\n1,甲\n".encode("gb18030"))
    assert read.remarks == ["a.csv is not UTF-8; it was read as GB18030."]


@pytest.mark.parametrize("separator", ["", "ab", '"', "\n"])
def test_what_is_no_separator_is_refused(tmp_path: Path, separator: str) -> None:
    if separator:
        assert "no character between cells" in refusal(tmp_path / "a.csv", b"a,b\n", separator=separator).message
    assert "not encoded as gb" in refusal(tmp_path / "b.csv", b"\xff\xff,\n", encoding="gb2312").message


def test_cells_say_what_a_person_sees(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet("台账")
        sheet.merge_range("A1:E1", "某局台账")
        sheet.merge_range("A2:A3", "类别")
        formats = ["0%", 'yyyy"年"m"月"', 'm"月"d"日"', "yyyy-mm-dd", '0"户"']
        for column, (value, form) in enumerate(zip([0.75, 43983, 43983, 43983, 12], formats, strict=True), 1):
            sheet.write_number(1, column, value, book.add_format({"num_format": form}))
        sheet.write_string(2, 1, "甲\n乙")
        sheet.write_formula(2, 2, "=1/0", value="#DIV/0!")
        sheet.write_boolean(2, 3, True)
        sheet.write_rich_string(2, 4, "丙", book.add_format({"font_strikeout": True}), "丁")
        sheet.write_comment("B3", "是吗")
        sheet.insert_textbox("H1", "框中\n文字")
        other = book.add_worksheet("旧")
        other.hide()
        other.write_string(0, 0, "旧文")
    read = source(tmp_path / "a.xlsx")
    assert grids(read) == [
        [
            ["某局台账"] * 5 + [""],
            ["类别", "75%", "2020年6月", "6月1日", "2020-06-01", "12"],
            ["类别", "甲\n乙", "", "TRUE", "丙", ""],
        ]
    ]
    (grid,) = (block for block in read.blocks if isinstance(block, Grid))
    assert grid.name == "台账"
    assert grid.rows[1][0] is grid.rows[2][0]
    assert {place: note.partition(" ")[0] for place, note in grid.notes.items()} == {
        (1, 5): "The",
        (2, 2): "It",
    }
    (struck,) = read.doubts
    assert "struck out" in struck.sentence
    assert (struck.passage.text, struck.is_left_out) == ("丁", True)
    assert "#DIV/0!" in grid.notes[2, 2]
    assert [(text, read.units[number].place[3:]) for number, text in ((-3, "是吗"), (-2, "旧文"))] == [
        ("是吗", ("台账", 3, 2)),
        ("旧文", ("旧", 0, 0)),
    ]
    assert asked(read) == ["丁", "是吗", "旧文", "框中文字"]
    assert read.remarks == ["The sheet “旧” is hidden: nothing of it is taken."]


def test_the_built_in_days_of_china_are_days(tmp_path: Path) -> None:
    formats = "".join(f'<xf fontId="0" numFmtId="{number}"/>' for number in (57, 58, 31))
    looks = styles("<font/>").replace('<xf fontId="0"/></cellXfs>', f'<xf fontId="0"/>{formats}</cellXfs>')
    cells = "".join(f'<c r="{name}1" s="{at}"><v>43983</v></c>' for at, name in enumerate("ABCD"))
    file = write_workbook(tmp_path / "a.xlsx", one_cell(cells), {"xl/styles.xml": looks})
    assert grids(source(file)) == [[["43983", "2020年6月", "6月1日", "2020-06-01"]]]


def test_what_is_hidden_or_not_computed_is_asked_about(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1"><f>1+1</f></c><c r="B1"><v>2</v></c></row>'
    rows += '<row r="2" hidden="1"><c r="A2"><v>3</v></c></row>'
    columns = '<cols><col min="2" max="2" hidden="1"/></cols>'
    read = source(write_workbook(tmp_path / "a.xlsx", worksheet(rows, before=columns)))
    assert grids(read) == [[["", "2"], ["3", ""]]]
    (grid,) = (block for block in read.blocks if isinstance(block, Grid))
    assert set(grid.notes) == {(0, 0), (0, 1), (1, 0)}


def test_a_form_that_was_sent_is_refused(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        book.add_worksheet("填报").write_string(0, 0, "甲")
        book.add_worksheet(HIDDEN_SHEET).very_hidden()
    assert refusal(tmp_path / "a.xlsx").advice == "Take it by: reformledger take FILE"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        *((f"a{ending}", "save it as .docx") for ending in (".doc", ".DOC", ".wps", ".rtf", ".odt", ".docm", ".html")),
        *((f"a{ending}", "save it as .xlsx") for ending in (".xls", ".et", ".ods", ".xlsm")),
        ("a.pdf", "Copy its text into a file that ends in .txt"),
        ("a.ofd", "Copy its text"),
        ("a.jpg", "Have its text recognised"),
        ("a.zip", "Unpack it"),
        ("a.exe", ".csv, .docx, .markdown"),
        ("a", ".csv, .docx, .markdown"),
        ("~$a.docx", "Name the file itself"),
        ("a.txt", "Give it the ending"),
    ],
)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_other_files_are_refused_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, words: str, language: str
) -> None:
    monkeypatch.setenv("REFORMLEDGER_LANG", language)
    refused = refusal(tmp_path / name, b"%PDF-1.7")
    assert refused.place.endswith(name)
    assert (words in refused.advice) is (language == "en")
    if language == "zh":
        assert refused.message.endswith("。")
        assert refused.advice.endswith("。")


def test_a_file_that_is_not_there_is_refused_and_so_are_folders_and_empty_ones(tmp_path: Path) -> None:
    (tmp_path / "b.txt").touch()
    (tmp_path / "c.txt").write_bytes(b"a" * (20 * 2**20 + 1))
    said = [refusal(tmp_path / name).message for name in ("a.txt", "", "b.txt", "c.txt")]
    assert said == [
        "This file is not there.",
        "This is a folder.",
        "No text is in this file.",
        "This file is larger than 20 MiB.",
    ]


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.csv"])
def test_a_file_that_holds_only_blanks_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(" \n　\t\n", encoding="utf-8")
    assert refusal(tmp_path / name).message == "No text is in this file."


@pytest.mark.parametrize(
    ("number", "form", "shown", "is_asked"),
    [
        (12, "0_ ", "12", False),
        (12.5, "0.0_);[Red](0.0)", "12.5", False),
        (0.756, "0.0%", "75.6%", False),
        (0.756, "0%", "75.6%", True),
        (1.25, "0.0", "1.25", True),
        (12, "[DBNum1]0", "12", True),
        (12, '"第"0"号"', "12", True),
        (12, "#,##0", "12", False),
    ],
)
def test_a_number_whose_format_shows_another_is_asked_about(
    tmp_path: Path, number: float, form: str, shown: str, *, is_asked: bool
) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        book.add_worksheet().write_number(0, 0, number, book.add_format({"num_format": form}))
    (grid,) = source(tmp_path / "a.xlsx").blocks
    assert isinstance(grid, Grid)
    assert (grid.rows[0][0].text, bool(grid.notes)) == (shown, is_asked)
