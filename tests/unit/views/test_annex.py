"""The annex as it was issued: the printed notice, paragraph by paragraph and row by row, in a document of Word."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from conftest import DATA, LEDGERS, Run
from notice.pieces import squeeze
from notice.printed import PRINTED
from notice.rebuilt import ledger
from office import printed_pages
from texts import LEDGER_HEAD

Make = Callable[..., Path]
Block = str | list[list[str]]
"""A paragraph, or the cells of a table."""
COMMAS = {"point-1", "point-2", "point-3"}
"""The work points whose bracket the notice parts by ， where all others have ；."""
SAME_TABLE = "pilot-columns-2"
"""The headings once more, on the next page of the notice."""


@pytest.fixture
def make(run: Run, tmp_path: Path) -> Make:
    """Return a function that writes the annex."""

    def call(*arguments: str, data: Path = DATA) -> Path:
        file = tmp_path / "附件.docx"
        done = run("annex", "--data", str(data), *arguments, "-o", str(file))
        assert done == (0, "", "")
        return file

    return call


def blocks(file: Path) -> list[Block]:
    """Return paragraphs and tables in their order, without blank paragraphs."""
    content = Document(str(file)).iter_inner_content()
    found: list[Block] = [
        block.text if isinstance(block, Paragraph) else [[cell.text for cell in row.cells] for row in block.rows]
        for block in content
    ]
    return [block for block in found if block]


def tables(file: Path) -> list[list[list[str]]]:
    return [block for block in blocks(file) if not isinstance(block, str)]


def body(name: str) -> Path:
    return LEDGERS / "bodies" / name


# The notice


def printed() -> list[str]:
    """Return the paragraphs and rows of the notice, from the title of the work points on, as an annex has them."""
    names = list(PRINTED)
    found = []
    for name in names[names.index("document_title-1") :]:
        text = squeeze(PRINTED[name])
        if name in COMMAS:
            text = re.sub("，(责任部门|完成时限)：", r"；\1：", text)
        if name != SAME_TABLE:
            found.append(_without_level(re.sub(r"(1\d\d)\d{4}(\d{4})", r"\1****\2", text)))
    return found


def _without_level(text: str) -> str:
    """Return a row without the level of a pilot, which the notice prints beside the first of several rows only."""
    levels = {
        row["level"]
        for part in ledger()["parts"]
        for table in part["tables"]
        for row in table["rows"]
        if "level" in row
    }
    return re.sub(f"^(\\d)({'|'.join(levels)})", r"\1", text)


def lines(found: Sequence[Block], columns: int = 0) -> Iterator[str]:
    """Yield the paragraphs and rows of an annex, of these all cells but the last so many."""
    for block in found:
        if isinstance(block, str):
            yield squeeze(block)
        else:
            yield from (_without_level(squeeze("".join(row[: len(row) - columns]))) for row in block)


def test_annex_is_the_notice(make: Make) -> None:
    assert list(lines(blocks(make()))) == printed()


def test_state_is_told_beside_what_the_notice_says(make: Make) -> None:
    found = blocks(make("--state", "--as-of", "2020-12-10"))
    told = [block for block in found if isinstance(block, str) and block.startswith("Status：")]
    assert len(told) == 15  # the work points
    assert [line for line in lines(found, columns=2) if not line.startswith("Status：")] == printed()
    pilots = tables_of(found)[-1]
    assert [row[-2:] for row in pilots][:3] == [
        ["Progress", "Status"],
        ["", "not started\nyellow: unreported"],
        ["", "due soon\nyellow: unreported"],
    ]


def tables_of(found: Sequence[Block]) -> list[list[list[str]]]:
    return [block for block in found if not isinstance(block, str)]


def test_category_is_printed_in_every_row(make: Make) -> None:
    pilots = tables(make("--part", "四"))[0]
    levels = [row["level"] for row in ledger()["parts"][3]["tables"][0]["rows"]]
    assert [row[1] for row in pilots[1:]] == levels


def test_work_points_are_in_portrait_and_tables_in_landscape(make: Make) -> None:
    first, second = Document(str(make())).sections
    assert [section.orientation for section in (first, second)] == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE]


LONG = """\
kind: ledger
year: 2020
title: 台账
parts:
  - title: 分表
    tables:
      - id_prefix: task
        columns: {number: 序号, level: 类别, title: 名称, phases: 推进}
        phase_columns: {text: 目标, result: 情况}
        rows:
"""


@pytest.mark.programs
def test_every_page_of_a_table_has_its_head_and_no_category_is_blank(
    make: Make, write: Callable[[str, str], Path], tmp_path: Path
) -> None:
    row = (
        "          - {{id: task-{0}, number: {0}, level: 省级, title: 第{0}项, phases: [{{name: 上半年, text: 甲}}]}}\n"
    )
    write("ledger_2020.yaml", LONG + "".join(map(row.format, range(1, 61))))
    pages = printed_pages(make(data=tmp_path / "ledger_2020.yaml"), tmp_path)
    assert len(pages) > 3
    for page in pages:
        assert [
            heading for heading in ("序号", "类别", "名称", "推进", "上半年", "目标", "情况") if heading not in page
        ] == []
        assert page.count("省级") == len(re.findall(r"第\d+项", page))
    assert sum(page.count("省级") for page in pages) == 60


@pytest.mark.programs
def test_no_page_of_the_ledger_of_2020_begins_with_a_row(make: Make, tmp_path: Path) -> None:
    pages = printed_pages(make(), tmp_path)
    start = next(index for index, page in enumerate(pages) if page.startswith("附件"))
    # Word keeps a note on the page of the table; LibreOffice does not.
    assert [page for page in pages[start:] if not re.match("附件|序号|[一二三四]、|注：", page)] == []


# Other bodies


def test_heads_are_stepped_where_each_phase_has_columns(make: Make) -> None:
    (table,) = tables(make(data=body("procuratorate")))
    quarters = ["一季度", "半年", "三季度", "全年"]
    ends = ["牵头部门", "配合部门"]
    assert table[0] == ["序号", "要点内容", "责任领导", "主要任务", *["推进情况"] * 12, *ends]
    assert table[1][4:] == [*(name for name in quarters for _part in range(3)), *ends]
    assert table[2][4:] == [*["目标", "完成情况", "评估"] * 4, *ends]
    assert table[3][:7] == ["1", "深化公益诉讼", "甲某", "办理公益诉讼案件20件。", "办理5件", "办理6件", "已完成"]


def test_each_milestone_has_a_row_and_its_entry_goes_on_beside(make: Make) -> None:
    file = make(data=body("company"))
    (table,) = tables(file)
    assert table[1] == ["编号", "任务", "责任部门", "节点内容", "时间", "完成情况", "完成时间"]
    assert [row[0] for row in table[2:]] == [*["201"] * 4, *["202"] * 4, *["212"] * 2]
    assert table[3][3:6] == ["制定实施办法", "2023-06-30", "实施办法已印发"]
    (word,) = Document(str(file)).tables
    # A cell that goes on would be blank on the next page: all of its rows but the last are kept on one.
    kept = [any(True for _each in row._tr.iter(qn("w:keepNext"))) for row in word.rows[2:]]
    assert kept == [*[True] * 3, False, *[True] * 3, False, True, False]


@pytest.mark.parametrize(("milestones", "words"), [(5, 250), (30, 1)], ids=["long texts", "many rows"])
def test_what_goes_on_over_a_page_is_printed_again(make: Make, tmp_path: Path, milestones: int, words: int) -> None:
    phases = "".join(
        f"              - {{name: 节点{number}, due: 12月, text: {'做事' * words}}}\n" for number in range(milestones)
    )
    head = LEDGER_HEAD.replace(
        "        rows:\n",
        "        columns: {title: 任务, phases: 分期}\n        phase_columns: {name: 节点, text: 内容, due: 时间}\n"
        "        rows:\n",
    )
    row = "          - id: task-1\n            title: 深化改革\n            phases:\n"
    ledger = tmp_path / "ledger_2020.yaml"
    ledger.write_text(head + row + phases, encoding="utf-8")
    pages = [page for page in printed_pages(make(data=ledger), tmp_path) if "节点" in page]
    assert len(pages) > 1
    assert ["深化改革" in page for page in pages] == [True] * len(pages)


def test_sections_inside_sections_and_what_a_heading_says_for_its_entries(make: Make) -> None:
    assert blocks(make(data=body("county"))) == [
        "某县《政府工作报告》重点任务分工",
        "一、全力稳定经济增长",
        "（一）扩大有效投资",
        "1.推进交通项目建设。（牵头领导：甲某；责任部门：A局、B局，C局、D局、各乡镇；完成时限：2020年12月底前）",
        "2.推进水利项目建设。（牵头领导：乙某；责任部门：D局，各县(市、区)政府(管委会)）",
        "（二）促进消费回升",
        "1.改造农贸市场。（牵头领导：甲某；责任部门：C局，各县、区人民政府）",
        "二、加强民生保障（牵头领导：丙某）",
        "（一）办好教育（责任部门：A局）",
        "1.新建学校。",
    ]


def test_table_without_headings_has_the_official_ones(make: Make) -> None:
    (table,) = tables(make(data=body("township")))
    assert table[0] == ["序号", "名称", "牵头科室", "完成时限"]
    assert table[1] == ["1", "整修水渠", "农业办", "3月--6月"]


def test_persons_stand_under_the_role_that_is_printed(make: Make) -> None:
    (table,) = tables(make(data=body("livelihood")))
    assert [row[table[0].index("项目责任人")] for row in table] == ["项目责任人", "丁某", "戊某\n己某"]


# The command


@pytest.mark.parametrize("word", ["二", "专项改革方案上会审议计划表", "二、专项改革方案上会审议计划表"])
def test_part_is_named_by_number_or_title(make: Make, word: str) -> None:
    found = blocks(make("--part", word))
    assert found[:3] == ["附件", "攀枝花市2020年教育体育综合改革台账", "二、专项改革方案上会审议计划表（1个）"]
    assert len(found) == 5  # the table and its note


@pytest.mark.parametrize(("word", "title"), [("五", "五、深化评价制度改革"), ("工作要点", "七、推进改革试点工作")])
def test_sections_and_whole_documents_are_parts_too(make: Make, word: str, title: str) -> None:
    found = blocks(make("--part", word))
    assert (title in found, "附件" in found) == (True, False)


def test_several_parts_are_in_their_printed_order(make: Make) -> None:
    found = blocks(make("--part", "四", "--part", "一"))
    assert [block[0] for block in found if isinstance(block, str)][2::2] == ["一", "四"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["-o", "附件.docx", "--part", "改革试点落实台帐"], "Did you mean 重大改革试点落实台账,"),
        (["-o", "附件.docx", "--year", "2019"], "There is no year 2019 here."),
        (["-o", "附件.pdf"], "Name a file for it: -o 附件.docx."),
        ([], "Name a file for it: -o 附件.docx."),
    ],
)
def test_what_cannot_be_printed_is_said(run: Run, arguments: list[str], sentence: str) -> None:
    done = run("annex", "--data", str(DATA), *arguments)
    assert (done.code, done.out, sentence in done.err) == (2, "", True)


def test_year_whose_documents_hold_nothing_yet_is_refused(run: Run, tmp_path: Path) -> None:
    ledger = tmp_path / "ledger_2021.yaml"
    ledger.write_text("kind: ledger\nyear: 2021\ntitle: 台账\nparts: []\n", encoding="utf-8")
    done = run("annex", "--data", str(DATA), "--data", str(ledger), "--year", "2021", "-o", str(tmp_path / "附件.docx"))
    assert done == (2, "", "There are no entries yet.\n")


def test_annex_is_never_written_over_a_file(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "附件.docx"
    file.write_bytes(b"mine")
    done = run("annex", "--data", str(DATA), "-o", str(file))
    assert (done.code, "is there already" in done.err, file.read_bytes()) == (2, True, b"mine")
    assert list(tmp_path.iterdir()) == [file]


def test_no_phone_number_is_whole(make: Make) -> None:
    text = "".join(lines(blocks(make())))
    assert len(re.findall(r"1\d\d\*{4}\d{4}", text)) == 7  # the contacts of the pilots
    assert not re.search(r"1[3-9]\d{9}", text)
