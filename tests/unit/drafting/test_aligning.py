"""Tables that were pasted as text: those of the notice, whole and damaged, and of other bodies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reformledger.drafting.account import Account, Layout
from reformledger.drafting.aligning.tables import tables_in
from reformledger.drafting.entry import Context
from reformledger.drafting.passage import Passage
from reformledger.drafting.questions import Questions
from reformledger.drafting.source import Line, Place, SourceBuilder
from reformledger.drafting.tables.table import ReadTable

_TEXT = (Path(__file__).parents[2] / "notice" / "notice_2020.txt").read_text(encoding="utf-8")
_BASIS = "四川省教育体制改革领导小组办公室《关于开展省级教育体制改革试点的通知》（川教改办〔2018〕2号）"
_GROUP = "省教育体制改革领导小组办公室"
_CITY = "市教育和体育局"
_PUBLISHED = "攀枝花市教育体制改革领导小组办公室《关于公布第{}批市级教育综合改革试点项目的通知》"
_SCHEME_1 = "《攀枝花市人民政府办公室关于印发〈攀枝花市均衡配置义务教育资源促进教育公平专项改革方案〉的通知》"
_SCHEME_3 = "《关于印发〈攀枝花市乡村教师支持计划实施办法（2016—2020年）〉的通知》（攀办发〔2016〕15号）（2016.4.26）"
_SCHEME_4 = (
    "攀枝花市教育体育局等十二部门关于印发"
    "《攀枝花市贯彻实施<四川省人民政府关于统筹推进县域内城乡义务教育一体化改革发展的实施意见>任务分工方案》"
    "的通知（攀教体发〔2017〕102号）（2017.9.28）"
)
_SCHEME_5 = (
    "攀枝花市人民政府办公室关于印发《对县级人民政府履行教育职责的评价实施方案》的通知"
    "（攀办发〔2019〕74号）（2019.9.26）"
)
_KEY_1 = (
    "攀枝花市教育体育局关于印发《攀枝花市深化高中阶段学校考试招生制度改革的实施方案》的通知（攀教体发〔2018〕37号）"
)
_KEY_2 = (
    "中共攀枝花市委攀枝花市人民政府关于印发《攀枝花市全面深化新时代教师队伍建设改革的实施办法》的通知"
    "（攀委发〔2019〕15号）"
)
_OLD_BASIS = (
    "攀枝花市人民政府办公室《关于印发攀枝花市深化教育领域综合改革的实施意见（2014～2020年）的通知》"
    "（攀办发〔2014〕49号）"
)
NOTICE: tuple[tuple[str, ...], ...] = (
    ("1", "深化产教融合、校企合作", "谢强", "职成高教科", "年内完成", "贯彻落实省《职业学校校企合作促进办法》", "☆"),
    (
        "2",
        "推进高考改革",
        "刘自力",
        "基教科\n市招办",
        "按省上要求推进",
        "按照四川省深化高考制度改革实施方案开展高考改革相关工作",
        "",
    ),
    ("3", "完善国民健康政策", "彭格", "社体科", "年内完成", "对接“体医结合、资源共享”的健康促进政策", ""),
    ("1", "《中小学教学质量综合评价改革方案》", "刘自力", "基教科", "四季度", "我市拟自行出台文件"),
    ("1", _KEY_1, "2018.8.29", "江海", "刘自力\n彭格", "基教科\n体卫艺科\n市教育考试院"),
    ("2", _KEY_2, "2019.11.27", "马晓凤", "王廷明\n刘自力", "人事科\n教师发展和对外交流合作科"),
    ("1", _SCHEME_1 + "（攀办发〔2015〕2号）（2015.1.22）", "谢强", "法规科", "☆"),
    (
        "2",
        "《攀枝花市足球改革发展实施意见》（攀办发〔2017〕150号）（2017.9.27）",
        "刘自力\n彭格",
        "体卫艺科\n社体科",
        "",
    ),
    ("3", _SCHEME_3, "王廷明\n刘自力", "人事科\n教师发展和对外交流合作科", "☆"),
    ("4", _SCHEME_4, "刘自力", "基教科", "☆"),
    ("5", _SCHEME_5, "陈洪", "督导室", ""),
    (
        "1",
        "省级部署在攀改革试点",
        "建立县域校园安全纠纷人民调解委员会改革试点",
        "省教育厅",
        "四川省教育厅关于第二批省级教育体制机制改革试点项目立项的通知（川教函〔2019〕461号）",
        "东区教育和体育局",
        "陈冬兵",
        "",
        "2022",
        "蒋春尧\n18808140946",
        "",
    ),
    (
        "2",
        "",
        "建立以学生发展为本的新型教学关系改革试点",
        _GROUP,
        _BASIS,
        "西区教育和体育局",
        "蒋莉娟",
        "",
        "2020",
        "邱贵福\n13350553210",
        "☆",
    ),
    (
        "3",
        "",
        "深化普通高中教育教学改革（建立选课和生涯规划指导制度）改革试点",
        _GROUP,
        _BASIS,
        "市三中",
        "李刚",
        "",
        "2020",
        "陈柏羽\n13882365088",
        "☆",
    ),
    (
        "4",
        "",
        "建立“研培行一体”教师培训体系改革试点",
        _GROUP,
        _BASIS,
        "市教科所",
        "庞超",
        "",
        "2020",
        "张明显\n13908144361",
        "☆",
    ),
    (
        "5",
        "省级部署在攀改革试点",
        "幼儿园“去小学化”改革试点",
        _GROUP,
        _BASIS,
        "市实验幼儿园",
        "刁玲",
        "",
        "2020",
        "李艺\n18982351719",
        "☆",
    ),
    (
        "6",
        "市级自行部署改革试点",
        "构建学前教育和特殊教育公共服务体系试点",
        _CITY,
        _OLD_BASIS,
        _CITY,
        "刘自力",
        "东区教育和体育局",
        "2020",
        "骆君辉\n13340726111",
        "☆",
    ),
    (
        "7",
        "",
        "市级教育综合改革试点（第一、二、三批分别下设13、9、7个子项）",
        _CITY,
        "、".join(_PUBLISHED.format(batch) for batch in "一二三"),
        _CITY,
        "谢强",
        "通知中明确的各试点承接单位",
        "第一批2020\n第二批2021\n第三批2022",
        "王影\n13908146584",
        "☆（第一批试点完成）",
    ),
)
"""The rows of the notice's tables, as a clerk reads them."""

_STRIPPED = "\n".join(line.strip() for line in _TEXT.splitlines())
_COPIES = {
    "as it is": _TEXT,
    "without blank lines": "\n".join(line for line in _TEXT.splitlines() if line.strip()),
    "with two blanks for each": _TEXT.replace(" ", "  "),
    "with wide blanks": _TEXT.replace(" ", "\u3000"),
    "stripped": _STRIPPED,
    "stripped, without blank lines": "\n".join(filter(None, _STRIPPED.splitlines())),
}


def _context(text: str, year: int = 2020) -> Context:
    builder = SourceBuilder(Path("pasted.txt"))
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        unit = builder.add(line, Place(line=number))
        builder.blocks.append(Line(unit[: len(line.rstrip("\r\n"))]))
    return Context(year, Questions(), Account(builder.source()))


def _flow(text: str, year: int = 2020) -> list[Line | ReadTable]:
    context = _context(text, year)
    return tables_in([block for block in context.account.source.blocks if isinstance(block, Line)], context)


def _tables(text: str, year: int = 2020) -> list[ReadTable]:
    return [block for block in _flow(text, year) if isinstance(block, ReadTable)]


def _cells(cells: Sequence[Passage]) -> tuple[str, ...]:
    return tuple(cell.text for cell in cells)


def _bare(cells: Sequence[str]) -> tuple[str, ...]:
    return tuple("".join(cell.split()) for cell in cells)


def _wrong(tables: Sequence[ReadTable]) -> list[tuple[str, ...]]:
    """Return the rows that are cut wrong without a doubt."""
    wanted = {_bare(row) for row in NOTICE}
    rows = [row for table in tables for row in table.rows if not row.others]
    return [_cells(row.cells) for row in rows if _bare(_cells(row.cells)) not in wanted]


def test_the_rows_of_the_notice_are_cut_as_a_clerk_reads_them() -> None:
    rows = [row for table in _tables(_TEXT) for row in table.rows]
    sure = [_cells(row.cells) for row in rows if not row.others]
    doubtful = [row for row in rows if row.others]

    assert len(rows) == len(NOTICE)
    assert set(sure) <= set(NOTICE)
    assert len(sure) >= 17
    for row in doubtful:
        assert set(NOTICE) & {_cells(row.cells), *(_cells(other.cells) for other in row.others)}


def test_the_headings_of_the_notice_are_put_together() -> None:
    headings = [tuple(heading.text for heading in table.headings) for table in _tables(_TEXT)]

    assert headings == [
        ("序号", "改革任务", "责任领导", "牵头科室", "进度安排", "成果形式", "备注"),
        ("序号", "方案名称", "责任领导", "牵头科室", "上会时间（明确到季度）", "备注"),
        ("序号", "专项改革方案名称", "出台时间", "联系市领导", "责任领导", "牵头科室"),
        ("序号", "专项改革方案名称", "责任领导", "牵头科室", "备注"),
        (
            "序号", "试点类别", "试点名称", "部署单位", "试点依据", "牵头单位", "责任人", "协助单位", "完成时限",
            "联系人及联系电话", "备注",
        ),
    ]  # fmt: skip


def test_headings_printed_again_are_layout() -> None:
    context = _context(_TEXT)
    tables_in([block for block in context.account.source.blocks if isinstance(block, Line)], context)
    again = _TEXT.rindex("试点依据")

    span = next(span for span in context.account.spans() if span.start <= again < span.end)

    assert span.claim == Layout("repeated heading")


def test_titles_and_notes_between_tables_stay_lines() -> None:
    lines = [block.text.text.strip() for block in _flow(_TEXT) if isinstance(block, Line)]

    for text in (
        "二、专项改革方案上会审议计划表（1个）",
        "说明：“上会”指上市委深改委会议。",
        "其他需要推进落实的专项改革方案（共 5个，其中 3个需年内完成销账）",
        "注：标“☆”表示需要 2020年完成销账的改革试点。",
    ):
        assert text in lines


@pytest.mark.parametrize("copy", _COPIES)
def test_no_row_of_a_damaged_copy_is_wrong_without_a_doubt(copy: str) -> None:
    assert _wrong(_tables(_COPIES[copy])) == []


@pytest.mark.parametrize("width", [24, 30, 37, 44, 60])
def test_no_row_of_a_text_broken_anew_is_wrong_without_a_doubt(width: int) -> None:
    whole = " ".join(_TEXT.split())
    broken = "\n".join(whole[start : start + width] for start in range(0, len(whole), width))

    assert _wrong(_tables(broken)) == []


_HEAD = "序号 工作任务 责任领导 牵头部门 配合部门 完成时限 备注 \n\n"


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        pytest.param(
            "1 清理长期未结案件 王建国 执行局 审管办 至 2024年 9月底 ☆ \n\n",
            ("1", "清理长期未结案件", "王建国", "执行局", "审管办", "至2024年9月底", "☆"),
            id="blanks before digits",
        ),
        pytest.param(
            "1 推进诉源治理 李秀英 立案庭  2024年 12月 ☆ \n\n",
            ("1", "推进诉源治理", "李秀英", "立案庭", "", "2024年12月", "☆"),
            id="two blanks for a blank cell",
        ),
        pytest.param(
            "1 开展案件质量评查 李秀英 审管办 \n\n民一庭 \n\n民二庭 \n\n每季度  \n\n",
            ("1", "开展案件质量评查", "李秀英", "审管办", "民一庭\n民二庭", "每季度", ""),
            id="names below each other",
        ),
        pytest.param(
            "1 开展案件质量评查 李秀英 审管办 民一庭 2024年 \n\n10 月 15 日 形成报告 \n\n",
            ("1", "开展案件质量评查", "李秀英", "审管办", "民一庭", "2024年10月15日", "形成报告"),
            id="a month that begins a line as a number of a row does",
        ),
        pytest.param(
            "1 清理积案 \n\n12 \n\n件 李秀英 审管办 民一庭 2024 年 12 月 ☆ \n\n",
            ("1", "清理积案\n12件", "李秀英", "审管办", "民一庭", "2024年12月", "☆"),
            id="a number, its unit on a line of its own",
        ),
        pytest.param(
            "1 清理积案 李秀英 审管办 民一庭 2024-06-\n\n30 形成报告 \n\n",
            ("1", "清理积案", "李秀英", "审管办", "民一庭", "2024-06-30", "形成报告"),
            id="a day that a line end cut",
        ),
        pytest.param(
            "1 \n\n完善“双随机、\n\n一公开”机制 \n\n李  艺 法制科  年内 \n\n \n\n",
            ("1", "完善“双随机、一公开”机制", "李艺", "法制科", "", "年内", ""),
            id="quotation marks over two lines, a name spaced out",
        ),
    ],
)
def test_a_row_is_cut_by_what_fits_under_each_heading(lines: str, wanted: tuple[str, ...]) -> None:
    others = "2 修订管理办法 张志强 政治部 研究室 上半年 报院党组审定 \n\n注：标“☆”的\n\n为重点。 \n\n"

    [table] = _tables(_HEAD + lines + others, 2024)

    assert _cells(table.rows[0].cells) == wanted
    assert not table.rows[0].others


def test_digits_in_full_width_number_rows_and_stay_as_printed() -> None:
    rows = (
        "１ 清理案件 \n\n１２ \n\n件 李秀英 审管办 民一庭 ２０２４年 ６月 ☆ \n\n"
        "２ 修订管理办法 张志强 政治部 研究室 ９月底前  \n\n３ 清理积案 李秀英 审管办 民一庭 2024年 １２月 ☆ \n\n"
    )

    [table] = _tables(_HEAD + rows, 2024)

    assert [_cells(row.cells) for row in table.rows] == [
        ("１", "清理案件１２件", "李秀英", "审管办", "民一庭", "２０２４年６月", "☆"),
        ("２", "修订管理办法", "张志强", "政治部", "研究室", "９月底前", ""),
        ("３", "清理积案", "李秀英", "审管办", "民一庭", "2024年１２月", "☆"),
    ]
    assert not any(row.others for row in table.rows)


def test_a_value_under_the_wrong_heading_is_doubtful() -> None:
    text = _HEAD + "1 车驾管便民服务 王建国 车管所 宣传科 推行自助办理。 政工科 \n\n"

    [table] = _tables(text, 2024)

    assert table.rows[0].others


@pytest.mark.parametrize(
    "line",
    [
        "3 整治违章建筑 处张志强 政治部 研究室 年底前  ",
        "3 整治违章建筑 张志强 政治部3研究室 研究室 年底前  ",
        "3 整治违章建筑 张志强 政治部某市法院文件研究室 执行局 年底前  ",
        "3 张志强 政治部 研究室 年底前  ",
        "3 整治违章建筑 张志强 政治部 研究室 年底前 ☆某市法院 ",
    ],
    ids=["more than a name", "a digit in a name", "a name in another", "no title", "words behind a ☆"],
)
def test_a_cell_unlike_the_others_of_its_column_is_doubtful(line: str) -> None:
    rows = "1 清理长期未结案件 张志强 执行局 政治部 9月  \n\n2 修订管理办法 李秀英 研究室 审管办 6月  \n\n"

    [table] = _tables(f"{_HEAD}{rows}{line}\n\n", 2024)

    assert [bool(row.others or row.notes) for row in table.rows] == [False, False, True]


def test_a_sentence_below_rows_without_numbers_is_no_row() -> None:
    text = "项目名称 责任单位\n闸口改造 信息中心\n码头扩建 工程部\n以上项目由督查室负责督办。\n附件：清单\n"

    [table] = _tables(text, 2025)

    assert [_cells(row.cells) for row in table.rows] == [("闸口改造", "信息中心"), ("码头扩建", "工程部")]


def test_lower_headings_go_below_the_upper_ones() -> None:
    text = (
        "序号 改革任务 责任单位 完成时限 备注 \n\n牵头 配合 \n\n"
        "1 推进医共体建设 改革科 基层卫生科 2022年 12月 ☆ \n\n2 完善采购制度 药政科 医政科 2022年 9月 ☆ \n\n"
    )

    [table] = _tables(text, 2022)

    assert [heading.text for heading in table.headings[2:4]] == ["责任单位 牵头", "责任单位 配合"]
    assert _cells(table.rows[1].cells) == ("2", "完善采购制度", "药政科", "医政科", "2022年9月", "☆")


def test_steps_of_a_row_are_rows_without_a_number() -> None:
    text = (
        "编号 任务 责任部门 节点内容 时间 完成情况 完成时间 \n\n"
        "201 薪酬套改 人力资源部 完成定岗定编 2023-05-31 已完成定岗定编 2023-12-31 \n\n"
        "制定实施办法 2023-06-30 实施办法已印发 \n\n征求意见 2023-07-31 已取消 \n\n"
        "212 银企合作 财务部 召开推进会 2023-03-31  2023-12-31 \n\n"
    )

    [table] = _tables(text, 2023)

    assert [_cells(row.cells) for row in table.rows] == [
        ("201", "薪酬套改", "人力资源部", "完成定岗定编", "2023-05-31", "已完成定岗定编", "2023-12-31"),
        ("", "", "", "制定实施办法", "2023-06-30", "实施办法已印发", ""),
        ("", "", "", "征求意见", "2023-07-31", "已取消", ""),
        ("212", "银企合作", "财务部", "召开推进会", "2023-03-31", "", "2023-12-31"),
    ]


def test_a_line_that_divides_the_rows_begins_a_table_under_the_same_headings() -> None:
    text = (
        "任务编号 任务名称 分管领导 责任部门 完成时间 \n\n一、压减层级 \n\nA-1 压减法人户数 王建国 企管部 七月底 \n\n"
        "二、完善治理 \n\nB-1 修订公司章程 李秀英 法务部 2022-11-30 \n\n"
    )

    flow = _flow(text, 2022)

    assert [block.text.text.strip() for block in flow if isinstance(block, Line) and block.text.text.strip()] == [
        "一、压减层级",
        "二、完善治理",
    ]
    assert [[_cells(row.cells)[0] for row in table.rows] for table in flow if isinstance(table, ReadTable)] == [
        ["A-1"],
        ["B-1"],
    ]


def test_a_page_number_within_a_row_is_layout_and_the_row_is_doubtful() -> None:
    text = _HEAD + "1 清理案件 王建国 执行局 \n\n民一庭 \n\n- 2 - \n\n民二庭 \n\n每季度  \n\n"
    context = _context(text, 2024)

    [table] = [
        block
        for block in tables_in([block for block in context.account.source.blocks if isinstance(block, Line)], context)
        if isinstance(block, ReadTable)
    ]

    assert table.rows[0].others
    assert Layout("page number") in [span.claim for span in context.account.spans()]
    assert "- 2 -" not in "".join(_cells(table.rows[0].cells))


def test_what_is_printed_elsewhere_beside_one_page_number_stays_a_cell_and_is_doubtful() -> None:
    first = "1 清理案件 王建国 执行局 办公室 9月 \n\n形成报告\n- 2 - \n\n"

    [table] = _tables(f"{_HEAD}{first}2 诉源治理 李秀英 立案庭 办公室 6月 \n\n形成报告 \n\n", 2024)

    assert [_cells(row.cells)[-1] for row in table.rows] == ["形成报告", "形成报告"]
    assert table.rows[0].others or table.rows[0].notes


def test_the_heading_of_a_page_within_a_row_is_asked_about() -> None:
    head = "某市法院 \n\n某市法院 2024年台账 \n\n某市法院 \n\n" + _HEAD
    context = _context(
        head + "1 清理案件 王建国 执行局 \n\n民一庭\n某市法院文件\n- 2 - \n\n民二庭 \n\n每季度  \n\n", 2024
    )

    lines = [block for block in context.account.source.blocks if isinstance(block, Line)]
    [table] = [block for block in tables_in(lines, context) if isinstance(block, ReadTable)]

    assert [item.source.text for question in context.questions for item in question.items] == ["某市法院文件"]
    assert "某市法院文件" not in "".join(_cells(table.rows[0].cells))
    assert table.rows[0].others


def test_a_category_may_be_before_the_number() -> None:
    text = (
        "类别 序号 工作任务 责任领导 牵头单位 完成时限 \n\n执法类 1 清理长期案件 王建国 执行局 2024年 9月 \n\n"
        "2 推进诉源治理 李秀英 立案庭 年底前 \n\n队伍类 3 开展业务培训 张志强 政治部 上半年 \n\n"
    )

    [table] = _tables(text, 2024)

    assert [_cells(row.cells)[:3] for row in table.rows] == [
        ("执法类", "1", "清理长期案件"),
        ("", "2", "推进诉源治理"),
        ("队伍类", "3", "开展业务培训"),
    ]


def test_rows_without_numbers_are_doubtful_where_a_row_has_several_lines() -> None:
    text = (
        "工作任务 责任领导 牵头单位 完成时限 \n\n清理长期案件 王建国 执行局 2024年 9月 \n\n"
        "开展业务培训 \n\n张志强 政治部 上半年 \n\n"
    )

    [table] = _tables(text, 2024)

    assert [_cells(row.cells) for row in table.rows] == [
        ("清理长期案件", "王建国", "执行局", "2024年9月"),
        ("开展业务培训", "张志强", "政治部", "上半年"),
    ]
    assert all(row.others for row in table.rows)


def test_steps_of_a_cell_stay_below_each_other() -> None:
    text = (
        "序号 工作任务 任务分解·时序进度 考核要点 \n\n1 举办讲座 \n\n3月：完成讲座 5场次 \n\n4月上旬：公布安排 \n\n"
        "讲座 10场次 \n\n2 修订人才\n\n培养方案 \n\n6月：印发方案 \n\n9月：启用 \n\n方案印发 \n\n"
    )

    [table] = _tables(text, 2017)

    assert [_cells(row.cells)[2] for row in table.rows] == [
        "3月：完成讲座5场次\n4月上旬：公布安排",
        "6月：印发方案\n9月：启用",
    ]


@pytest.mark.parametrize(
    "rest",
    [
        "某市教育局办公室 2024年 5月 13日印发 \n",
        "某市教育局 \n\n2024年 5月 13日 \n",
        "本台账由局办公室负责解释，自印发之日起施行。 \n",
        "各单位要认真抓好落实，及时报送\n\n进展情况。 \n",
    ],
)
def test_text_behind_the_last_row_is_no_cell_without_a_doubt(rest: str) -> None:
    text = _HEAD + "1 清理案件 王建国 执行局 办公室 9月 ☆ \n\n2 诉源治理 李秀英 立案庭 办公室 年底前  \n\n" + rest

    [table] = _tables(text, 2024)

    assert table.rows[-1].others or not _cells(table.rows[-1].cells)[-1]


def test_a_line_below_the_headings_that_may_be_one_of_them_is_asked_about() -> None:
    context = _context("序号 工作任务 责任领导 牵头单位 完成时限 \n\n执法办案 \n\n1 清理案件 王建国 执行局 9月 \n\n")
    tables_in([block for block in context.account.source.blocks if isinstance(block, Line)], context)

    assert [item.source.text for question in context.questions for item in question.items] == ["执法办案"]


@pytest.mark.parametrize(
    "text",
    [
        "一、提高质量 \n\n1．开展病历质控。 \n\n责任科室：医务科 \n\n完成时限：每月 \n",
        "责任科室：医务科 牵头单位：门诊部 完成时限：每月\n1 开展病历质控\n",
        "1. Launch a reporting app.\n   Lead: Waste Services. Support: Highways, Procurement. Due: June 2024.\n",
    ],
    ids=["labels on lines", "labels on one line", "English labels"],
)
def test_text_without_headings_of_a_table_stays_as_it_is(text: str) -> None:
    flow = _flow(text, 2024)

    assert not [block for block in flow if isinstance(block, ReadTable)]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_every_character_is_in_a_line_a_cell_a_heading_or_layout(data: st.DataObject) -> None:
    lines = _TEXT[_TEXT.index("一、实施规划类") : _TEXT.index("四、重大改革试点落实台账")].splitlines(keepends=True)
    for _damage in range(data.draw(st.integers(0, 4))):
        at = data.draw(st.integers(0, len(lines) - 1))
        lines[at : at + data.draw(st.integers(0, 3))] = data.draw(
            st.sampled_from([[], [lines[at]] * 2, [lines[at].strip()], ["- 3 - \n"], ["\f3\n"], ["2 \n"]])
        )
    text = "".join(lines)
    context = _context(text)
    flow = tables_in([block for block in context.account.source.blocks if isinstance(block, Line)], context)

    held: list[int] = []
    for block in flow:
        if isinstance(block, Line):
            held += block.text.at
        else:
            held += [place for row in block.rows for cell in row.cells for place in cell.at]
    headings = {at for block in flow if isinstance(block, ReadTable) for one in block.headings for at in one.at}
    layout = {
        place
        for span in context.account.spans()
        if isinstance(span.claim, Layout) and span.claim.kind != "blank"
        for place in range(span.start, span.end)
    }
    filled = {place for place, character in enumerate(text) if not character.isspace()}
    twice = [place for place, count in Counter(held).items() if count > 1 and place in filled]

    assert filled <= {*held, *headings, *layout}
    assert twice == []
