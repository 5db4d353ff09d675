"""The fields of the documents and of what they are made of, entries aside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from reformledger.fields import entry
from reformledger.fields.field import Field, Fields, Type, table
from reformledger.i18n import _

_KIND = Field("kind", "文件类别", "本文件的类别，写在第一行。", "What the document is; the first line of the file.")
_TITLE = Field("title", "标题", "文件标题，按原文。", "Title of the document, as printed.")
_NOTICE = Field("notice", "印发通知", "随文印发的通知。", "The notice of issue.", stays=True)
_REPORTING = Field(
    "reporting", "报送时限", "按原文，如 每季度最后一个月的30日前。", "When reports are due, as printed."
)
_REMOVED = Field(
    "removed", "删除记录", "删除的条目，先后为序。", "Entries taken out, oldest first.", one="removal", stays=True
)
_NUMBER = Field("number", "序号", "按原文，如 1、一、（一）。", "Number as printed.", type="printed number")
_HEADING = Field("title", "标题", "按原文。", "Heading as printed.")
# fmt: off
_YEAR = Field("year", "年度", "四位数字；“年内”“12月底前”等时限都按本年度推算。",
              "Year, to which deadlines are relative.", type="year")
_REPORTING = Field("reporting", "报送时限", "按原文，如 每季度最后一个月的30日前。",
                   "When reports are due, as printed.")
_COUNT = Field("count", "数量", "标题后所注的数量，按原文，如 3个。", "Count as printed.", type="printed number")

_LEADERS = Field("leaders", "责任领导（牵头领导、责任人）", "本标题下各条未另写的，均由其负责。",
                 "Who answers for the entries below that name nobody.", several=True, names="person")
_LEAD = Field("lead_departments", "牵头科室（牵头单位）", "本标题下各条未另写的，均由其牵头。",
              "Departments that lead the entries below that name none.", several=True, names="office")
_COLUMNS = Field("columns", "栏目", "键与表头，按表头顺序；可自设栏目。", "Keys and printed headings, in order.",
                 one="column")
_PHASE_COLUMNS = Field("phase_columns", "分期栏目", "分期各键的表头，如 result: 完成情况。",
                       "Printed headings of the keys of phases.", one="phase column")
_NUMBERS = Field("numbers", "序号方式", "序号是代码或摘录、不必连续的，写 own。",
                 "Codes, or numbers of an extract, which need not follow each other: own.")
_MARKS = Field("marks", "标记", "标题前或栏目中的符号及其含义，如 ★: 重点项目。",
               "Characters before titles or in a column, and what they mean.", en="Mark")

NOTICE = table(
    Field("title", "通知标题", "印发通知的标题。", "Title of the notice."),
    Field("number", "文号", "发文字号，按原文。", "Document number, as printed."),
    Field("issuer", "发文机关", "发文单位全称。", "Who issued it."),
    Field("issued", "成文日期", "写作 2020-05-13。", "Day of issue.", type="day"),
    Field("recipients", "主送机关", "每个一行。", "To whom it is sent, one a line.", several=True),
    Field("text", "正文", "通知正文。", "Text of the notice."),
)
REMOVAL = table(
    Field("id", "编号", "原编号，不再给别的条目。", "Its id, which is not given to another entry."),
    Field("title", "名称", "原名称。", "Its title."),
    Field("part", "所在分表", "原属的分表或部分。", "The section or table in which it stood."),
    Field("date", "删除日期", "写作 2020-12-01。", "Day on which it was taken out.", type="day"),
    Field("reason", "理由", "为何删除。", "Why."),
    Field("entry", "原内容", "原条目的其余内容，不再校验。", "All else that it said, as it stood."),
)
SECTION = table(
    _NUMBER,
    _HEADING,
    *(_LEADERS, _LEAD, _COLUMNS, _PHASE_COLUMNS),
    Field("sections", "部分", "本部分之下的（一）（二）等。", "The sections inside it.", one="section"),
    Field("points", "要点", "本部分的各项要点。", "The work points of the section.", one="work point"),
)
WORKPOINTS = table(
    _KIND,
    _YEAR,
    _TITLE,
    _NOTICE,
    _REPORTING,
    *(_NUMBERS, _MARKS, _COLUMNS, _PHASE_COLUMNS),
    Field("general_idea", "总体思路", "要点开头的总体思路。", "The general idea, which opens the work points.",
          stays=True),
    Field("sections", "部分", "一、二、三等各部分。", "The sections.", one="section"),
    _REMOVED,
)
TABLE = table(
    Field("id_prefix", "编号前缀", "本表各行编号的前缀，如 task。", "Prefix of the ids of its rows."),
    Field("kind", "类别", "改革任务 task、上会审议方案 review、专项改革方案 scheme、改革试点 pilot。",
          "Kind of its rows."),
    Field("title", "表名", "一个分表内有几张表时的表名。", "Heading of the table, where its part has several."),
    _COUNT,
    *(_LEADERS, _LEAD, _NUMBERS, _COLUMNS, _PHASE_COLUMNS),
    Field("notes", "注", "表下的注。", "Notes under the table.", several=True),
    Field("rows", "条目", "表中各行。", "The rows.", one="row"),
)
PART = table(
    _NUMBER,
    _HEADING,
    _COUNT,
    *(_LEADERS, _LEAD),
    Field("notes", "注（说明）", "分表下的注、说明。", "Notes under the part.", several=True),
    Field("tables", "表", "分表内的各张表。", "The tables.", one="table"),
)
LEDGER = table(
    *(_KIND, _YEAR, _TITLE, _NOTICE, _REPORTING, _NUMBERS, _MARKS),
    Field("independent", "独立台账", "true：本台账不落实任何要点。",
          "True where the ledger carries out no work points.",
          type="flag"),
    Field("parts", "分表", "一、二、三等各分表。", "The parts.", one="part"),
    _REMOVED,
)
CONTACTS = table(
    _KIND,
    Field("year", "年度", "条目所属年度。", "Year of the entries.", type="year"),
    Field("contacts", "联系人", "按条目编号列出。", "Contacts by entry id.", one="contact"),
)
NAME = table(
    Field("name", "名称", "科室、单位全称或姓名。", "The full name."),
    Field("also", "又称", "其他叫法，每个一行。", "Other words for it, one a line.", several=True),
    Field("kind", "类别", "科室、单位 office，个人 person，若干单位的统称 group。",
          "Office, person, or group of offices."),
    Field("members", "成员", "统称所含的科室、单位，每个一行。", "The offices of a group, one a line.", several=True,
          names="office"),
)
DIRECTORY = table(_KIND, Field("names", "名录", "科室、单位和个人。", "Offices and persons.", one="name"))
# fmt: on

TABLES = (
    *(entry.ENTRY, entry.DUE, entry.STAR, entry.CLOSING, entry.PHASE, entry.COUNTED, entry.TARGET),
    *(
        entry.PROGRESS,
        entry.WAIVER,
        entry.EXTENSION,
        entry.REOPENING,
        entry.PAUSE,
        entry.CANCELLATION,
        NOTICE,
        REMOVAL,
        SECTION,
        WORKPOINTS,
        TABLE,
        PART,
        LEDGER,
    ),
    *(entry.CONTACT, CONTACTS, NAME, DIRECTORY),
)
"""Every table of fields."""


DOCUMENTS = {"workpoints": WORKPOINTS, "ledger": LEDGER, "directory": DIRECTORY, "contacts": CONTACTS}
"""The fields of each kind of document."""
WITHIN = {
    **entry.RECORDS,
    "sections": SECTION,
    "parts": PART,
    "tables": TABLE,
    "points": entry.ENTRY,
    "rows": entry.ENTRY,
    "notice": NOTICE,
    "removed": REMOVAL,
    "names": NAME,
    "contacts": entry.CONTACT,
    "counts": entry.COUNTED,
    "targets": entry.TARGET,
    "progress": entry.PROGRESS,
    "waivers": entry.WAIVER,
    "extensions": entry.EXTENSION,
    "closed": entry.CLOSING,
    "history": entry.REOPENING,
}
"""The fields of what is below a key."""


def in_words(path: Sequence[str | int], data: object, fields: Fields = entry.ENTRY) -> str:
    """Return how a sentence names the place in an entry, or in what ``fields`` describe, to which a path leads.

    “percentage of report 1”, 进展第1条的完成比例. What ``data`` call by a name or an id is named so: phase “第一批”.
    """
    words: list[str] = []
    for step in path:
        data = _below(data, step)
        if isinstance(step, int):
            name = (data.get("name") or data.get("id")) if isinstance(data, dict) else None
            numbered = _("{what} {number}").format(what=words[-1], number=step + 1)
            words[-1] = _named(words[-1], name) if isinstance(name, str) else numbered
        elif field := fields.get(step):
            words.append(field.noun(of_all=isinstance(data, list) and step == path[-1]))
            fields = WITHIN.get(step, {})
        else:  # the key of a free part: of a column, a role, a target by its name
            words[-1:] = [_named(words[-1], step)] if words else [step]
    named = words[0] if words else ""
    for part in words[1:]:
        named = _("{part} of {whole}").format(part=part, whole=named)
    return named


def _named(what: str, name: str) -> str:
    return _("{what} “{name}”").format(what=what, name=name)


def _below(data: object, step: str | int) -> object:
    if isinstance(data, dict):
        return data.get(step)
    return data[step] if isinstance(data, list) and isinstance(step, int) and step < len(data) else None


@cache
def types_of_keys() -> Mapping[str, Type]:
    """Return the types of the keys whose values are numbers, days or flags; all else is text."""
    return {field.key: field.type for fields in TABLES for field in fields.values() if field.type != "text"}
