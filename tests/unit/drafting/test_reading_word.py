"""Word documents as sources: paragraphs, tables, merged cells, automatic numbers, and what is beside the text."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from itertools import chain
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as OpenDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from reformledger.cli.run import run
from reformledger.drafting.account import Account
from reformledger.drafting.draft import draft_of
from reformledger.drafting.reading.files import read_source
from reformledger.drafting.source import Grid, Line, Source, cells_of
from reformledger.exchange.tables import Refused

ROOT = Path(__file__).parents[3]
NAMES = nsdecls("w", "a", "wp", "r", "pic")


def saved(document: OpenDocument, folder: Path) -> Source:
    """Return what is read of a document."""
    document.save(str(folder / "a.docx"))
    read = read_source(folder / "a.docx")
    assert isinstance(read, Source), read
    return read


def with_body(folder: Path, *blocks: str) -> Source:
    """Return what is read of a document whose body holds some XML."""
    document = Document()
    for block in blocks:
        document.element.body.insert(-1, parse_xml(block.replace(">", f" {NAMES}>", 1)))
    return saved(document, folder)


def paragraph(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def run_of(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def lines(read: Source) -> list[str]:
    return [block.text.text for block in read.blocks if isinstance(block, Line)]


def grid_of(read: Source) -> Grid:
    (grid,) = (block for block in read.blocks if isinstance(block, Grid))
    return grid


def texts(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid.rows]


def asked(read: Source) -> list[str]:
    """Return what is asked about where only what blocks hold is used."""
    account = Account(read)
    for block in read.blocks:
        for passage in [block.text] if isinstance(block, Line) else chain.from_iterable(block.rows):
            account.use(passage, "entry", "field")
    return [passage.text for passage in account.unclaimed()]


def test_paragraphs_and_tables_come_in_their_order(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("某局要点", "Title")
    document.add_heading("一、总体", 2)
    document.add_paragraph("正文。")
    table = document.add_table(2, 2)
    table.cell(0, 0).text, table.cell(1, 1).text = "序号", "甲\n乙"
    document.add_paragraph("注：无")
    read = saved(document, tmp_path)
    kinds = [type(block) for block in read.blocks]
    assert kinds == [Line, Line, Line, Grid, Line]
    said = [(block.text.text, block.is_heading, block.is_whole) for block in read.blocks if isinstance(block, Line)]
    assert said == [
        ("某局要点", True, True),
        ("一、总体", True, True),
        ("正文。", False, True),
        ("注：无", False, True),
    ]
    grid = grid_of(read)
    assert texts(grid) == [["序号", ""], ["", "甲\n乙"]]
    assert read.place_of(grid.rows[1][1])[1:] == (0, 1, "", 2, 2)
    assert [unit.place.paragraph for unit in read.units] == [1, 2, 3, 0, 0, 4]
    assert read.text == "某局要点一、总体正文。序号甲\n乙注：无"


def test_an_outline_level_makes_a_heading(tmp_path: Path) -> None:
    levels = [paragraph(run_of("甲"), properties=f'<w:outlineLvl w:val="{level}"/>') for level in (0, 9)]
    read = with_body(tmp_path, *levels)
    assert [block.is_heading for block in read.blocks if isinstance(block, Line)] == [True, False]


def test_merged_cells_are_one_passage(tmp_path: Path) -> None:
    document = Document()
    table = document.add_table(3, 3)
    for cell, text in zip(chain.from_iterable(row.cells for row in table.rows), "甲乙丙丁戊己庚辛壬", strict=True):
        cell.text = text
    for cell in (table.cell(0, 1), table.cell(0, 2), table.cell(2, 0)):
        cell.text = ""
    table.cell(0, 0).merge(table.cell(0, 2))
    table.cell(1, 0).merge(table.cell(2, 0))
    grid = grid_of(saved(document, tmp_path))
    assert texts(grid) == [["甲"] * 3, ["丁", "戊", "己"], ["丁", "辛", "壬"]]
    assert grid.rows[0][0] is grid.rows[0][2]
    assert grid.rows[1][0] is grid.rows[2][0]
    assert [cell.text for cell in cells_of(grid.rows)] == list("甲丁戊己辛壬")


def test_a_row_may_begin_later_and_end_earlier(tmp_path: Path) -> None:
    def row(before: int, *cells: str) -> str:
        inner = "".join(f"<w:tc>{paragraph(run_of(cell))}</w:tc>" for cell in cells)
        return f'<w:tr><w:trPr><w:gridBefore w:val="{before}"/></w:trPr>{inner}</w:tr>'

    table = f"<w:tbl><w:tblPr/><w:tblGrid/>{row(0, '甲', '乙', '丙')}{row(1, '丁')}</w:tbl>"
    assert texts(grid_of(with_body(tmp_path, table))) == [["甲", "乙", "丙"], ["", "丁", ""]]


def test_a_table_within_a_cell_is_text_of_the_cell(tmp_path: Path) -> None:
    document = Document()
    cell = document.add_table(1, 1).cell(0, 0)
    cell.text = "甲"
    cell.add_table(1, 2).cell(0, 1).text = "乙"
    assert "甲\n\n乙" in texts(grid_of(saved(document, tmp_path)))[0][0]


def test_a_line_that_somebody_broke_is_several(tmp_path: Path) -> None:
    read = with_body(tmp_path, paragraph("<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>丙</w:t></w:r>"))
    assert [(block.text.text, block.is_whole) for block in read.blocks if isinstance(block, Line)] == [
        ("甲", False),
        ("乙\t丙", False),
    ]


NUMBERED = [
    (0, "一、"),
    (1, "（一）"),
    (2, "1."),
    (2, "2."),
    (1, "（二）"),
    (2, "1."),
    (0, "二、"),
    (3, "①"),
    (4, "2.1.1"),
]


def numbering(document: OpenDocument) -> None:
    """Add a list of five levels as 1001, and another with the same levels that begins at 80 as 1002."""
    levels = [("chineseCountingThousand", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."),
              ("decimalEnclosedCircle", "%4"), ("decimal", "%1.%4.%5")]  # fmt: skip
    inner = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{"<w:isLgl/>" if at == 4 else ""}'
        f'<w:suff w:val="nothing"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text) in enumerate(levels)
    )
    root = document.part.numbering_part.element
    root.insert(0, parse_xml(f'<w:abstractNum {NAMES} w:abstractNumId="901">{inner}</w:abstractNum>'))
    root.append(parse_xml(f'<w:num {NAMES} w:numId="1001"><w:abstractNumId w:val="901"/></w:num>'))
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="80"/></w:lvlOverride>'
    root.append(parse_xml(f'<w:num {NAMES} w:numId="1002"><w:abstractNumId w:val="901"/>{restart}</w:num>'))


def numbered(text: str, level: int, number: int = 1001) -> str:
    properties = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return paragraph(run_of(text), properties=properties)


def body_of(document: OpenDocument, *blocks: str) -> None:
    for block in blocks:
        document.element.body.insert(-1, parse_xml(block.replace(">", f" {NAMES}>", 1)))


def test_automatic_numbers_are_read(tmp_path: Path) -> None:
    document = Document()
    numbering(document)
    body_of(document, *(numbered("甲", level) for level, _number in NUMBERED), numbered("乙", 0, 1002))
    assert lines(saved(document, tmp_path)) == [*(f"{number}甲" for _level, number in NUMBERED), "八十、乙"]


def test_a_style_may_number_its_paragraphs_and_a_paragraph_say_no(tmp_path: Path) -> None:
    document = Document()
    for _each in range(2):
        document.add_paragraph("甲", "List Number")
    body_of(document, numbered("乙", 0, 0))
    document.add_paragraph("丙", "List Bullet")
    assert lines(saved(document, tmp_path)) == ["1. 甲", "2. 甲", "乙", "丙"]


def test_bullets_are_known(tmp_path: Path) -> None:
    document = Document()
    for style in ("List Number", "List Bullet", "Normal"):
        document.add_paragraph("甲", style)
    assert [block.is_item for block in saved(document, tmp_path).blocks if isinstance(block, Line)] == [
        False,
        True,
        False,
    ]


def test_a_column_of_automatic_numbers_is_read(tmp_path: Path) -> None:
    document = Document()
    table = document.add_table(2, 2, "Table Grid")
    for row in table.rows:
        row.cells[0].paragraphs[0].style = document.styles["List Number"]
        row.cells[1].text = "甲"
    assert texts(grid_of(saved(document, tmp_path))) == [["1.", "甲"], ["2.", "甲"]]


def test_changes_are_read_as_if_they_were_accepted(tmp_path: Path) -> None:
    read = with_body(
        tmp_path,
        paragraph(
            run_of("完成"),
            "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>",
            f"<w:ins>{run_of('新')}</w:ins>",
            f"<w:moveFrom>{run_of('去')}</w:moveFrom>",
            f"<w:moveTo>{run_of('来')}</w:moveTo>",
        ),
    )
    assert lines(read) == ["完成新来"]
    assert asked(read) == ["旧去"]
    assert [passage.text for passage, _sentence, _is_left_out in read.doubts] == ["新来"]
    assert len(read.remarks) == 1
    assert "changes" in read.remarks[0]


def test_a_row_that_was_deleted_is_asked_about_and_so_is_one_that_was_inserted(tmp_path: Path) -> None:
    document = Document()
    table = document.add_table(3, 1)
    for row, text, change in zip(table.rows, "甲乙丙", ("", "del", "ins"), strict=True):
        row.cells[0].text = text
        if change:
            row._tr.get_or_add_trPr().append(parse_xml(f"<w:{change} {NAMES}/>"))
    read = saved(document, tmp_path)
    assert texts(grid_of(read)) == [["甲"], ["丙"]]
    assert asked(read) == ["乙"]
    assert [passage.text for passage, _sentence, _is_left_out in read.doubts] == ["丙"]


def test_what_was_inserted_is_asked_about_in_the_field_that_holds_it(tmp_path: Path) -> None:
    lead = f"<w:del><w:r><w:delText>财政科</w:delText></w:r></w:del><w:ins>{run_of('住建科')}</w:ins>"
    responsible = paragraph(run_of("（牵头科室："), lead, run_of("）"))
    read = with_body(tmp_path, paragraph(run_of("2023年工作要点")), paragraph(run_of("1.改造老旧小区。")), responsible)
    drafted = draft_of([read])
    (changed,) = [question for question in drafted.questions if question.subject == "note"]
    assert [(item.entry, item.field, item.source.text) for item in changed.items] == [
        ("point-1", "lead_departments", "住建科")
    ]
    (rest,) = [question for question in drafted.questions if question.subject == "rest"]
    assert [item.source.text for item in rest.items] == ["财政科"]


def test_what_is_struck_or_hidden_is_asked_about(tmp_path: Path) -> None:
    runs = [
        run_of("甲"),
        run_of("乙", "<w:strike/>"),
        run_of("丙", '<w:strike w:val="0"/>'),
        run_of("丁", "<w:vanish/>"),
        run_of("戊\u202e", "<w:b/>"),
    ]
    read = with_body(tmp_path, paragraph(*runs))
    assert lines(read) == ["甲丙戊"]
    assert asked(read) == ["乙丁\u202e"]
    (struck,) = read.doubts
    assert "struck out" in struck.sentence
    assert (struck.passage.text, struck.is_left_out) == ("乙", True)


def test_both_readings_are_proposed_of_what_is_struck_out_in_part(tmp_path: Path) -> None:
    task = paragraph(run_of("1.建设"), run_of("3", "<w:strike/>"), run_of("5座充电站。（牵头科室：住建科）"))
    drafted = draft_of([with_body(tmp_path, paragraph(run_of("2023年工作要点")), task)])
    (asked_of,) = [question for question in drafted.questions if question.subject == "note"]
    (item,) = asked_of.items
    assert (item.entry, item.field, item.assumed) == ("point-1", "title", "建设5座充电站")
    assert [proposal.data for proposal in item.proposals] == [{"title": "建设5座充电站"}, {"title": "建设35座充电站"}]


def test_links_fields_and_controls_are_text(tmp_path: Path) -> None:
    held = f"<w:sdt><w:sdtContent>{paragraph(run_of('乙'))}</w:sdtContent></w:sdt>"
    field = "<w:r><w:fldChar w:fldCharType='begin'/><w:instrText>DATE</w:instrText></w:r>"
    link = f"<w:hyperlink>{run_of('丙')}</w:hyperlink>"
    symbol = '<w:r><w:sym w:font="Wingdings" w:char="F0B6"/></w:r>'
    read = with_body(tmp_path, paragraph(run_of("甲"), field, link, symbol), held)
    assert lines(read) == ["甲丙☆", "乙"]


def test_text_boxes_notes_and_comments_are_asked_about(tmp_path: Path) -> None:
    document = Document()
    first = document.add_paragraph("正文")
    document.add_comment(first.runs, "改为12月", "某人")
    box = f"<w:txbxContent>{paragraph(run_of('框中'))}</w:txbxContent>"
    compatible = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    first._p.append(
        parse_xml(
            f'<w:r {NAMES} xmlns:mc="{compatible}"><mc:AlternateContent><mc:Choice>{box}</mc:Choice>'
            f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"
        )
    )
    first._p.append(parse_xml(f'<w:r {NAMES}><w:footnoteReference w:id="2"/></w:r>'))
    notes = f'<w:footnotes {NAMES}><w:footnote w:id="2">{paragraph(run_of("脚注"))}</w:footnote></w:footnotes>'
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), kind, notes.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    document.sections[0].header.paragraphs[0].text = "页眉"
    read = saved(document, tmp_path)
    assert lines(read) == ["正文"]
    assert sorted(asked(read)) == ["改为12月", "框中", "脚注"]
    assert {unit.place.paragraph for unit in read.units} == {1}


def test_a_table_of_contents_is_asked_about_once_more(tmp_path: Path) -> None:
    document = Document()
    document.styles.add_style("toc 1", 1)
    document.add_paragraph("一、总体要求\t1", "toc 1")
    document.add_heading("一、总体要求", 1)
    read = saved(document, tmp_path)
    assert lines(read) == ["一、总体要求"]
    assert asked(read) == ["一、总体要求1"]


def test_pictures_are_remarked_upon(tmp_path: Path) -> None:
    blip = '<w:r><w:drawing><a:blip r:embed="rId9"/></w:drawing></w:r>'
    assert with_body(tmp_path, paragraph(run_of("甲"), blip)).remarks == [
        "It holds pictures: what is written in them is not read."
    ]


def test_the_annex_is_read_whole(tmp_path: Path) -> None:
    assert run(["annex", "-o", str(tmp_path / "annex.docx"), "--data", str(ROOT / "data")]) == 0
    read = read_source(tmp_path / "annex.docx")
    assert isinstance(read, Source)
    grids = [block for block in read.blocks if isinstance(block, Grid)]
    # The notice has five tables, with 3, 1, 2, 5 and 7 rows.
    assert [len(grid.rows) - 1 for grid in grids] == [3, 1, 2, 5, 7]
    assert texts(grids[1])[0] == ["序号", "方案名称", "责任领导", "牵头科室", "上会时间（明确到季度）", "备注"]
    kinds = [row[1] for row in grids[4].rows[1:]]
    assert [cell.text for cell in kinds] == ["省级部署在攀改革试点"] * 5 + ["市级自行部署改革试点"] * 2
    assert sum(text[:2] in {f"{number}．" for number in range(1, 10)} for text in lines(read)) == 9
    assert not asked(read)


def rewritten(change: Callable[[str, bytes], bytes | None]) -> Callable[[Path], None]:
    """Return what writes a document whose parts are changed; a part that becomes None is left out."""

    def write(file: Path) -> None:
        document = Document()
        document.add_paragraph("甲")
        document.save(str(file.with_suffix(".whole")))
        with (
            zipfile.ZipFile(file.with_suffix(".whole")) as old,
            zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
        ):
            for name in old.namelist():
                if (data := change(name, old.read(name))) is not None:
                    new.writestr(name, data)

    return write


def of_main(change: Callable[[bytes], bytes | None]) -> Callable[[Path], None]:
    return rewritten(lambda name, data: change(data) if name == "word/document.xml" else data)


OLE = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(512)
LOCKED = OLE + "EncryptedPackage".encode("utf-16-le")
DOCTYPE = b'<!DOCTYPE bomb [<!ENTITY a "aaaaaaaaaa">]>'
END = b"<w:sectPr"
ODD_CELL = b'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="x"/></w:tcPr></w:tc></w:tr></w:tbl>'
CASES: list[tuple[Callable[[Path], object], str, str]] = [
    (lambda file: file.write_bytes(OLE), "old format", "save it again as .docx"),
    (lambda file: file.write_bytes(LOCKED), "has a password", "remove the password"),
    (lambda file: file.write_bytes(b"{\\rtf1"), "no .docx document", "save it again as .docx"),
    (of_main(lambda _data: None), "no .docx document", "save it again as .docx"),
    (of_main(lambda data: data[:-200]), "cannot be read", "save it again as .docx"),
    (of_main(lambda data: data.replace(b"?>", b"?>" + DOCTYPE, 1)), "document type (bomb)", "save it again as .docx"),
    (of_main(lambda data: data.replace(END, b"<w:p>" * 300 + b"</w:p>" * 300 + END, 1)), "more than any", "pictures"),
    (of_main(lambda data: data.replace(END, b"<w:p/>" * 1_000_000 + END, 1)), "far more", "pictures"),
    (of_main(lambda data: data.replace(b"schemas.openxmlformats", b"purl.oclc")), "cannot be read", "as .docx"),
    (rewritten(lambda name, data: None if name == "[Content_Types].xml" else data), "cannot be read", "as .docx"),
    (
        of_main(lambda data: data.replace(END, ODD_CELL + END, 1)),
        "cannot be read",
        "as .docx",
    ),
]


@pytest.mark.parametrize(("write", "message", "advice"), CASES, ids=range(len(CASES)))
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_damaged_or_hostile_document_is_refused(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    write: Callable[[Path], object],
    message: str,
    advice: str,
    language: str,
) -> None:
    monkeypatch.setenv("REFORMLEDGER_LANG", language)
    write(tmp_path / "a.docx")
    read = read_source(tmp_path / "a.docx")
    assert isinstance(read, Refused), read
    assert (message in read.message) is (language == "en")
    assert (advice in read.advice) is (language == "en")
    assert "zh" not in language or read.message.endswith("。")
