"""The reference of the tables of a data set, from their Arrow schemas and the table of fields."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

import pyarrow as pa
from field_reference import ENTRY as RECORD
from field_reference import Schema, said
from markdown import row

from reformledger.dataset.schema import ENTRIES, FAULTS, MILESTONES, OF_ENTRY, PREFERRED, REPORTS
from reformledger.fields.entry import BESIDE, ENTRY, PHASE, PROGRESS
from reformledger.fields.field import Fields
from reformledger.i18n import Language

HEAD: dict[Language, str] = {
    "en": """\
# Tables of a data set

What `gather` writes ([ask the ledgers of a whole province](../how-to/province.md)): Parquet files, whose columns are
the same for every body. Days are of type DATE; text that is not there is NULL, a list that has nothing is empty. Parts
of a column have the names and meanings that they have in [JSON](json.md): `due.end`, `closed.evidence`,
`last_report.percent`. There are no contacts.

Every value is as of the day for which the data set was made: the same that `list` shows of the files on that day. Codes
(`kind`, `status`, `light`, `light_reason`) are those of the JSON. Refs of other entries (`implements`,
`implemented_by`, `carried_over_from`, `last_report.ref`) are those within the body, without its name.
""",
    "zh": """\
# 数据集的各表

`gather` 写出的内容（[一次查询全省各单位的台账](../how-to/province.md)）：Parquet 文件，各单位的列都相同。
日期为 DATE 类型；没有的文字为 NULL，没有内容的列表为空列表。列里各部分的名称和含义与 [JSON](json.md) 相同：
`due.end`、`closed.evidence`、`last_report.percent`。没有联系人。

一切都按数据集的日期计算，与当天用 `list` 查文件所得相同。代码（`kind`、`status`、`light`、`light_reason`）
与 JSON 相同。指向其他条目的编号（`implements`、`implemented_by`、`carried_over_from`、`last_report.ref`）
是单位之内的编号，不带单位名称。
""",
}
_PARTS: Mapping[str, tuple[str, Fields]] = {"reports": ("progress", PROGRESS), "milestones": ("phases", PHASE)}
"""The tables whose rows are parts of an entry: the key of these in the record, and their fields."""
COLUMNS: dict[Language, tuple[str, str, str]] = {"en": ("column", "type", "meaning"), "zh": ("列", "类型", "说明")}
TABLES: Mapping[str, pa.Schema] = {"entries": ENTRIES, "reports": REPORTS, "milestones": MILESTONES, "faults": FAULTS}
_ROWS: Mapping[str, str] = {
    "entries": "每个条目一行。One row an entry.",
    "reports": "每次报送一行，按条目中的顺序。One row a report, in the order in which they stand in their entry.",
    "milestones": "每个节点一行，重复任务的每一期一行；期次只有日期（`due`）和状态。"
    "One row a milestone, or an occurrence of what recurs, of which there are only its days (`due`) and its state.",
    "faults": "读不了的单位，每处错误一行；这些单位不在其他各表里。"
    "One row a fault of a body that could not be read, and is in no other table.",
}
_TYPES: Mapping[pa.DataType, dict[Language, str]] = {
    pa.string(): {"en": "text", "zh": "文字"},
    pa.date32(): {"en": "day", "zh": "日期"},
    pa.float64(): {"en": "number", "zh": "数"},
    pa.int32(): {"en": "whole number", "zh": "整数"},
    pa.bool_(): {"en": "true or false", "zh": "true 或 false"},
}
_LIST: dict[Language, str] = {"en": "list: {item}", "zh": "列表：{item}"}
_MAP: dict[Language, str] = {"en": "mapping to {item}", "zh": "键值表，值：{item}"}
_PREFERRED = "`{key}`，用本单位名录的规范名称。`{key}`, with names as the directory of the body prefers them."
_MEANINGS: Mapping[str, str] = {
    "body": "单位。The body.",
    "ref": "单位:年度/编号。Body, year and id.",
    "file": "所在文件的名称。The name of its file.",
    "index": "在条目中的次序，从 0 起。Its place in the entry, from 0.",
    "marks": "标题旁的标记及其含义。The marks beside its title, and what they mean.",
    "implemented_by": "落实它的台账行的编号。Refs of the rows that carry it out.",
    "assigned": "交办日期。Day on which it was assigned.",
    "wording": "时限原文。The deadline as printed.",
    "start": "时限的第一天。First day of the deadline.",
    "end": "时限的最后一天。Last day of the deadline.",
    "milestone": "当前的节点。The open milestone.",
    "position": "在本单位全部条目中的次序，从 0 起。Its place among the entries of the body, from 0.",
    "is_counted": "计数时算不算这一条：同一事项跨年度的，只计一次。"
    "Whether it counts: a matter that goes on over several years counts once.",
    "is_counted_with_carried": "连已结转的一起计数时（`--carried`）算不算。"
    "Whether it counts where what was carried over does, too (`--carried`).",
    "due_cell": "列表中显示的日期，没有最后一天的为 `open`。The day that a list shows, or `open`.",
    "due_days": "`--due` 所看的各个最后一天。The last days that `--due` looks at.",
    "due_by_day": "`--due-by` 所看的各个最后一天中最早的。The first of those that `--due-by` looks at.",
    "is_due_this_year": "是否在本年度到期。Whether it is due in the year of its ledger.",
    "is_open": "是否未办结。Whether it is open.",
    "is_closed_late": "是否逾期销账。Whether it was closed out after its last day.",
    "leader_keys": "责任领导，按名录归一的键。Leaders, by the keys that the directory of the body gives their names.",
    "lead_keys": "牵头部门的键。Leading departments, by their keys.",
    "support_keys": "配合部门的键。Supporting departments, by their keys.",
    "has_phases": "是否有节点或分期，取消的也算。Whether it has phases or milestones, cancelled ones included.",
    "milestones": "节点数，取消的不计。How many milestones there are that are not cancelled.",
    "milestones_closed": "其中已销账的。How many of them are closed out.",
    "milestones_late": "其中逾期的。How many of them are late.",
}
_OF_OTHERS: Mapping[str, Mapping[str, str]] = {
    "reports": {
        "date": "报送日期。Day of the report.",
        "evidence": "佐证材料。What shows it.",
        "weak": "是否推进不力。Whether progress is behind.",
        "phase": "所报的节点。The milestone concerned, if one.",
        "by_preferred": _PREFERRED.format(key="by"),
    },
    "milestones": {
        "sort": "`milestone` 为节点，`occurrence` 为期次。`milestone` or `occurrence`.",
        "name": "名称，按原文。Name, as printed.",
        "state": "节点：`open` `closed` `cancelled` `paused`；"
        "期次：`met` `late` `missed` `waived` `to_come` `not_owed`。"
        "Of a milestone `open` `closed` `cancelled` `paused`; "
        "of an occurrence `met` `late` `missed` `waived` `to_come` `not_owed`.",
        "late": "节点逾期销账，或未销账而已过最后一天。Whether closed out after its last day, or open past it.",
    },
    "faults": {
        "file": "文件名。The name of the file.",
        "line": "行，从 1 起；整个文件的为 0。Line, from 1; 0 where it is the file as a whole.",
        "column": "列，从 1 起；整个文件的为 0。Column, from 1; 0 where it is the file as a whole.",
        "message": "错在哪里。What is wrong.",
        "advice": "怎样改正，可以没有。What to do about it; may be blank.",
    },
}
"""What columns mean in one table alone."""


def dataset_reference(language: Language) -> str:
    """Return the page of all tables."""
    lines = [HEAD[language]]
    for name, schema in TABLES.items():
        lines += [f"## {name}\n", f"{said(_ROWS[name], language)}\n", row(COLUMNS[language]), "|---|---|---|"]
        for field in schema:
            meaning = said(_meaning(name, field.name), language)
            lines.append(row([f"`{field.name}`", _type(field.type, language), meaning]))
        lines.append("")
    return "\n".join(lines)


def _type(type_: pa.DataType, language: Language) -> str:
    """Return a type in words."""
    if pa.types.is_struct(type_):
        return f"`{{{', '.join(field.name for field in type_)}}}`"
    if pa.types.is_list(type_):
        return _LIST[language].format(item=_type(type_.value_type, language))
    if pa.types.is_map(type_):
        return _MAP[language].format(item=_type(type_.item_type, language))
    return _TYPES[type_][language]


def _meaning(table: str, name: str) -> str:
    """Return what a column means, in both languages; raises ``LookupError`` where nobody says it."""
    if table == "entries" and name in PREFERRED:
        return _PREFERRED.format(key=name.removesuffix("_preferred"))
    found = next(filter(None, _meanings(table, name)), "")
    if not found:
        raise LookupError(f"{table}.{name}")
    return found


def _meanings(table: str, name: str) -> Iterator[str]:
    """Yield what is said of a column, the nearest first: here, in the schema of the record, in the table of fields."""
    yield _OF_OTHERS.get(table, {}).get(name, "")
    record: Schema = json.loads(RECORD.read_text(encoding="utf-8"))["properties"]
    if table in _PARTS and name not in {*OF_ENTRY, "index"}:
        key, fields = _PARTS[table]
        record = record[key]["items"]["properties"]
    else:
        fields = ENTRY | BESIDE
        yield _MEANINGS.get(name, "")
    yield str(record.get(name, {}).get("description", ""))
    if name in fields:
        yield f"{fields[name].help_zh}{fields[name].help_en}"
