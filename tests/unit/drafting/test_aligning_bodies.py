"""Tables of six other bodies, pasted in six ways: no row is cut wrong without a doubt, and most are cut right."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from reformledger.drafting.account import Account
from reformledger.drafting.aligning.tables import tables_in
from reformledger.drafting.entry import Context
from reformledger.drafting.questions import Questions
from reformledger.drafting.source import Line, Place, SourceBuilder
from reformledger.drafting.tables.table import ReadRow, ReadTable


class _Pasted(NamedTuple):
    """A pasted table and the rows that a clerk reads in it; ``sure`` is how many need no question at least.

    A cell has neither blanks nor line ends here; in the text ␣ is a blank at the end of a line.
    """

    year: int
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    sure: int
    marked: str

    @property
    def text(self) -> str:
        return self.marked.replace("␣", " ")


_WATER = _Pasted(
    2023,
    ("序号", "工作内容", "牵头领导", "责任股室", "完成时限"),
    (
        ("1", "整治黑臭水体12处", "罗秀兰", "河湖股", "2023年9月底前"),
        ("2", "新建农村供水管网80公里", "罗秀兰、江涛", "供水股、规划股", "2023年11月"),
        ("3", "清理河道垃圾50处", "江涛", "河湖股、执法大队", "2023年6月30日前"),
        ("4", "建成水质自动监测站2个", "韩磊", "监测中心", "年底前"),
    ),
    4,
    """某县水务局2023年目标任务分解表
序号 工作内容 牵头领导 责任股室 完成时限
1
整治黑臭水体
12 处
罗秀兰
河湖股
2023 年 9 月底前
2
新建农村供水管网 80
公里
罗秀兰、
江涛
供水股、规划股 2023 年 11 月
3
清理河道垃圾
50 处
江涛
河湖股、
执法大队
2023 年 6 月 30 日前
4 建成水质自动监测站 2 个 韩磊 监测中心 年底前
""",
)

_PORT = _Pasted(
    2025,
    ("项目名称", "责任单位"),
    (("智慧闸口改造", "信息中心"), ("散货码头扩建", "工程建设部"), ("岸电设施全覆盖", "安全环保部")),
    3,
    """港口集团2025年重点项目
项目名称 责任单位
智慧闸口改造 信息中心
散货码头扩建 工程建设部
岸电设施全覆盖 安全环保部
""",
)

_COUNCIL = _Pasted(
    2024,
    ("No.", "Action", "Responsible office", "Due"),
    (
        ("1", "Replace 120 street bins", "Waste Services", "30 September 2024"),
        ("2", "Launch a reporting app", "Digital Services", "June 2024"),
        ("3", "Inspect 500 rented homes", "Housing Standards", "31 December 2024"),
    ),
    2,
    """Delivery plan 2024

No.  Action  Responsible office  Due
1  Replace 120 street bins  Waste Services  30 September 2024
2  Launch a reporting app  Digital Services  June 2024
3  Inspect 500 rented homes  Housing Standards  31 December 2024
""",
)

_HOSPITAL = _Pasted(
    2024,
    ("序号", "专项", "重点任务", "分管院领导", "牵头科室", "协同科室", "预期成效", "时间节点", "备注"),
    (
        ("1", "医疗质量", "推行日间手术", "秦玉琼", "医务部", "护理部、麻醉科", "日间手术占比20%", "6月底", "★"),
        ("2", "医疗质量", "规范抗菌药物使用", "秦玉琼", "药学部", "院感科", "使用强度下降5%", "全年", ""),
        ("3", "智慧医院", "上线电子病历五级", "孟宪", "信息科", "医务部", "通过评审", "2024年10月", "★"),
        ("4", "智慧医院", "建设互联网医院", "孟宪", "信息科", "门诊部", "在线复诊2万人次", "年底前", ""),
    ),
    4,
    """附件

序号 专项 重点任务 分管院领导 牵头科室 协同科室 预期成效 时间节点 备注␣

1 医疗质量 推行日间手术 秦玉琼 医务部 护理部、麻醉科 日间手术占比 20% 6月底 ★␣

2 医疗质量 规范抗菌药物使用 秦玉琼 药学部 院感科 使用强度下降 5% 全年␣␣

3 智慧医院 上线电子病历五级 孟宪 信息科 医务部 通过评审 2024年 10月 ★␣

4 智慧医院 建设互联网医院 孟宪 信息科 门诊部 在线复诊 2万人次 年底前␣␣
""",
)

_COLLEGE = _Pasted(
    2021,
    ("编号", "改革事项", "责任人", "责任处室", "配合处室", "进度安排", "成果形式"),
    (
        ("A-1", "完善学分制管理办法", "马志远", "教务处", "学生处", "上半年", "印发办法"),
        (
            "A-2",
            "推进校企共建学院，新增合作企业5家",
            "丁洁",
            "科研处",
            "教务处招生就业处",
            "2021年11月",
            "签订协议",
        ),
        ("A-3", "建立教师企业实践制度", "马志远", "人事处", "各二级学院", "四季度", "出台制度"),
        ("A-4", "规范大型仪器共享", "欧阳明", "资产处", "", "9月", "共享平台上线"),
    ),
    3,
    """某职业技术学院2021年改革台账␣

编号 改革事项 责任人 责任处室 配合处室 进度安排 成果形式␣

A-1 完善学分制管理办法 马志远 教务处 学生处 上半年 印发办法␣

A-2␣

推进校企共建学院，

新增合作企业 5家␣

丁洁 科研处␣

教务处␣

招生就业处␣

2021年 11月 签订协议␣

某职业技术学院文件␣

- 3 -␣

某职业技术学院文件␣

A-3 建立教师企业

实践制度␣

马志远 人事处 各二级学院 四季度 出台制度␣

A-4 规范大型仪器共享 欧阳明 资产处  9月 共享平台上线␣
""",
)

_COMPANY = _Pasted(
    2022,
    ("序号", "任务名称", "分管领导", "责任部门 主责", "责任部门 配合", "完成时间"),
    (
        ("1", "完成三项制度改革", "贺建平", "人力资源部", "企业管理部", "2022年6月"),
        ("2", "压减法人户数3户", "贺建平", "战略发展部", "财务部", "2022年12月"),
        ("3", "开展合规体系建设", "于海", "法务部", "", "2022年9月"),
    ),
    3,
    """某投资公司改革三年行动任务清单
序号 任务名称 分管领导 责任部门 完成时间
主责 配合
1 完成三项制度改革 贺建平 人力资源部 企业管理部
2022年 6月
2 压减法人户数 3
户 贺建平 战略发展部 财务部 2022年 12月
3 开展合规体系建设 于海 法务部 2022年 9月
""",
)

_BODIES = {
    "water": _WATER,
    "port": _PORT,
    "council": _COUNCIL,
    "hospital": _HOSPITAL,
    "college": _COLLEGE,
    "company": _COMPANY,
}


def _tables(text: str, year: int) -> list[ReadTable]:
    builder = SourceBuilder(Path("pasted.txt"))
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        unit = builder.add(line, Place(line=number))
        builder.blocks.append(Line(unit[: len(line.rstrip("\r\n"))]))
    lines = [block for block in builder.blocks if isinstance(block, Line)]
    context = Context(year, Questions(), Account(builder.source()))
    return [block for block in tables_in(lines, context) if isinstance(block, ReadTable)]


def _bare(cells: Sequence[object]) -> tuple[str, ...]:
    return tuple("".join(str(cell).split()) for cell in cells)


def _rows(pasted: _Pasted, text: str) -> list[ReadRow]:
    return [row for table in _tables(text, pasted.year) for row in table.rows]


def _wrong(pasted: _Pasted, text: str) -> list[tuple[str, ...]]:
    """Return the rows that are cut wrong without a doubt."""
    wanted = set(map(_bare, pasted.rows))
    sure = [_bare(row.cells) for row in _rows(pasted, text) if not (row.others or row.notes)]
    return [cells for cells in sure if cells not in wanted]


@pytest.mark.parametrize("body", _BODIES)
def test_the_rows_of_a_pasted_table_are_those_that_a_clerk_reads(body: str) -> None:
    pasted = _BODIES[body]

    [table] = _tables(pasted.text, pasted.year)

    assert tuple(heading.text for heading in table.headings) == pasted.headings
    assert [_bare(row.cells) for row in table.rows] == list(map(_bare, pasted.rows))
    assert sum(not (row.others or row.notes) for row in table.rows) >= pasted.sure


@pytest.mark.parametrize("body", _BODIES)
@pytest.mark.parametrize("damage", ["none", "stripped", "without blank lines", "single blanks", "broken anew"])
def test_no_row_is_wrong_without_a_doubt(body: str, damage: str) -> None:
    pasted = _BODIES[body]
    lines = pasted.text.splitlines()
    whole = " ".join(pasted.text.split())
    text = {
        "none": pasted.text,
        "stripped": "\n".join(line.strip() for line in lines),
        "without blank lines": "\n".join(line for line in lines if line.strip()),
        "single blanks": "\n".join(" ".join(line.split()) for line in lines),
        "broken anew": "\n".join(whole[start : start + 30] for start in range(0, len(whole), 30)),
    }[damage]

    assert _wrong(pasted, text) == []
