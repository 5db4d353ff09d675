"""The entries of the documents: work points and ledger rows, with the records of their life.

Field names are the English terms of the field. A description begins with the notice's own heading, then ``：``
and what belongs into the field in Chinese and in English: editors show it through the JSON Schema.
"""

import re
from typing import Annotated, Literal, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetPydanticSchema,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import core_schema

from reformledger.i18n import _
from reformledger.model.deadline import Deadline, DeadlineError, parse_deadline
from reformledger.model.text import (
    TEXT_PATTERN,
    Count,
    Date,
    Flag,
    Id,
    Key,
    Line,
    Name,
    Number,
    Percent,
    Ref,
    Several,
    Text,
    YearRef,
    wrong_value,
)

RowKind = Literal["task", "review", "scheme", "pilot"]
STAR_SIGN = "☆"
_LEAP_YEAR = 2020


class Model(BaseModel):
    """What all parts of a document share: nothing unknown, nothing guessed, nothing changed afterwards."""

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        frozen=True,
        # Inputs may hold personal data; the loader shows what it must, masked.
        hide_input_in_errors=True,
        # Only the documents are ever validated by themselves: their parts are built with them, once.
        defer_build=True,
        arbitrary_types_allowed=True,
    )

    @model_validator(mode="before")
    @classmethod
    def _drop_blank(cls, data: object) -> object:
        """Take a key with a blank value as absent: that is how a person leaves a cell empty."""
        # Nothing blank, as mostly: asking that first takes a third of the time of comparing each value with None.
        if isinstance(data, dict) and not all(data.values()):
            return {key: value for key, value in data.items() if value is not None}
        return data


def _due(value: object, info: ValidationInfo) -> object:
    """Read a deadline relative to the year of its document (``context={"year": …}``, None where it has none)."""
    if isinstance(value, Deadline):
        return value
    context = info.context or {}
    if "year" not in context:
        raise wrong_value(_("a document with a year, to which its deadlines are relative"))
    wording, means = value, None
    if isinstance(value, dict):
        wording, means = value.get("wording"), value.get("means")
        if set(value) != {"wording", "means"} or not isinstance(means, str):
            wording = None
    if not isinstance(wording, str):
        raise wrong_value(_("a deadline as printed, or the two keys wording and means"))
    year = context["year"]
    if year is None:  # wrong or missing itself; a wording that cannot be read in any year is reported all the same
        named = re.search("(?:19|20|21)[0-9]{2}", wording)
        year = int(named[0]) if named else _LEAP_YEAR
    try:
        return parse_deadline(wording, year, means)
    except DeadlineError as error:
        raise wrong_value(_("a deadline that can be read"), str(error)) from None


Due = Annotated[
    Deadline,
    # Made by ``_due`` alone: Pydantic need not know what a deadline is made of.
    GetPydanticSchema(lambda source, _handler: core_schema.is_instance_schema(source)),
    BeforeValidator(_due),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": TEXT_PATTERN},
                {
                    "type": "object",
                    "title": "原文表述与含义",
                    "properties": {
                        "wording": {"type": "string", "pattern": TEXT_PATTERN, "title": "原文表述"},
                        "means": {"type": "string", "pattern": TEXT_PATTERN, "title": "含义"},
                    },
                    "required": ["wording", "means"],
                    "additionalProperties": False,
                },
            ]
        },
        mode="validation",
    ),
]
"""A deadline: the printed wording, or ``{wording, means}`` where the wording alone cannot be read."""


class StarMark(Model):
    """附条件的☆: the ☆ of a row that must be closed out within the year, with its printed condition."""

    note: Line | None = Field(None, description="条件：☆ 旁所注的条件，按原文。The condition printed beside the ☆.")
    phase: Line | None = Field(None, description="期名：该期销账即为完成。The phase that meets the condition.")


def _star(value: object) -> object:
    if isinstance(value, str):
        if value != STAR_SIGN:
            raise wrong_value(_("☆, or the two keys note and phase"))
        return {}
    return value


Star = Annotated[StarMark, BeforeValidator(_star, json_schema_input_type=Literal["☆"] | StarMark)]
"""The ☆, alone or with its condition."""


class Closing(Model):
    """销账: when an entry or phase was closed out, on what evidence, and who agreed."""

    date: Date = Field(description="销账日期：写作 2020-12-20。Day of the close-out.")
    evidence: Several[Text] = Field((), description="佐证材料：每份一行。What shows that it is done, one a line.")
    approved_by: Name | None = Field(None, description="审批人：同意的人。Who agreed.")


class Phase(Model):
    """分期: one batch of an entry that is carried out in several, with its own deadline."""

    name: Line = Field(description="期名：按原文，如 第一批。Name of the batch, as printed.")
    count: Count | None = Field(None, description="子项数：本期的子项数。Number of items in it.")
    due: Due | None = Field(None, description="完成时限：本期的时限，按原文。Deadline of the batch.")
    closed: Closing | None = Field(None, description="销账：本期的销账。Close-out of the batch.")


class Counted(Model):
    """计数对象: what a target counts: the items in an entry's phases, or the rows of a part or level of the ledger."""

    phases: Ref | None = Field(
        None, description="分期：计其各期子项数的条目编号。Entry whose phases hold the items that are counted."
    )
    part: Line | None = Field(
        None, description="分表：计其行数的分表或表名。Title of the part or table whose rows are counted."
    )
    level: Line | None = Field(None, description="试点类别：只计这一类别的行。Level of the rows that are counted.")

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        if (self.phases is None) == (self.part is None and self.level is None):
            raise wrong_value(_("what is counted: either phases, or part, level or both"))
        return self


class Target(Model):
    """目标: a measurable target, such as 公办幼儿园 4 所."""

    name: Line = Field(description="指标：计量什么。What is counted.")
    value: Number = Field(description="目标值：只写数字。How much of it, in digits.")
    unit: Line | None = Field(None, description="单位：按原文，如 所、%。Unit, as printed.")
    counts: Counted | None = Field(
        None,
        description="计数对象：目标所计的台账内容，供检查核对。What in the ledger it counts, for check to add up.",
    )


class Progress(Model):
    """进展: one report on an entry."""

    date: Date = Field(description="日期：报送日期，写作 2020-06-30。Day of the report.")
    text: Text = Field(description="进展情况：做了什么。What was done.")
    percent: Percent | None = Field(None, description="完成比例：百分数，0 到 100。Share done so far, in per cent.")
    by: Name | None = Field(None, description="报送部门：由谁报送。Who reports.")
    evidence: Several[Text] = Field((), description="佐证材料：每份一行。What shows it, one a line.")
    weak: Flag = Field(default=False, description="推进不力：true 为推进不力。True where progress is behind.")
    targets: dict[Line, Number] = Field(
        default_factory=dict, description="指标：各项指标的完成值。Value reached of each target, by its name."
    )


class Extension(Model):
    """延期: a deadline that was moved."""

    date: Date = Field(description="批准日期：写作 2020-12-01。Day of the decision.")
    from_: Due | None = Field(None, alias="from", description="原时限：延期前的时限。The deadline before.")
    to: Due = Field(description="新时限：延期后的时限。The deadline after.")
    reason: Text = Field(description="理由：为何延期。Why it was moved.")
    approved_by: Name | None = Field(None, description="审批人：同意的人。Who agreed.")
    late: Flag = Field(
        default=False,
        description="逾期后办理：true 为原时限过后才批准。True where decided after the old deadline had passed.",
    )
    phase: Line | None = Field(None, description="期名：只延一期时写明。The phase concerned, if one.")


class Reopening(Model):
    """重启: a close-out that was taken back, kept as it was recorded."""

    date: Date = Field(description="重启日期：写作 2020-12-01。Day on which it was taken back.")
    reason: Text = Field(description="理由：为何撤销。Why.")
    phase: Line | None = Field(None, description="期名：只撤一期时写明。The phase concerned, if one.")
    closed: Closing = Field(description="原销账记录：撤销前的记录。The close-out that no longer holds.")


class EntryFields(Model):
    """条目: what a work point and a ledger row have in common. Only the id and the title are required."""

    id: Id = Field(description="编号：固定不变，小写字母、数字和连字符，如 point-4。Stable id in ASCII.")
    number: Line | None = Field(None, description="序号：按原文，如 1、一、（一）。Number as printed.")
    title: Line = Field(description="名称（改革任务、方案名称、试点名称）：按原文。Title as printed.")
    text: Text | None = Field(
        None, description="内容：正文，不含名称和末尾括号。Text as printed, without title and closing parenthesis."
    )
    leaders: Several[Name] = Field(
        (), description="责任领导（牵头领导、责任人）：每人一行。Who answers for it, one a line."
    )
    lead_departments: Several[Name] = Field(
        (), description="牵头科室（牵头单位）：每个一行。Departments that lead, one a line."
    )
    supporting_departments: Several[Name] = Field(
        (), description="配合单位（协助单位）：每个一行。Departments that support, one a line."
    )
    due: Due | None = Field(
        None,
        description="完成时限（进度安排、上会时间）：按原文，如 2020年12月、年内、长期坚持。Deadline as printed.",
    )
    outcome: Text | None = Field(None, description="成果形式：按原文。Form of the outcome.")
    star: Star | None = Field(
        None, description="☆：需年内完成销账；有条件的写 note 和 phase。To be closed out within the year."
    )
    remark: Text | None = Field(None, description="备注：按原文。Remark as printed.")
    phases: Several[Phase] = Field((), description="分期：分批完成、各有时限的。Batches with deadlines of their own.")
    targets: Several[Target] = Field((), description="目标：可计量的目标。Measurable targets.")
    progress: Several[Progress] = Field((), description="进展：历次报送，先后为序。Reports, oldest first.")
    extensions: Several[Extension] = Field((), description="延期：历次延期，先后为序。Moved deadlines, oldest first.")
    closed: Closing | None = Field(None, description="销账：完成并经审批。Close-out.")
    history: Several[Reopening] = Field(
        (), description="重启记录：撤销的销账，先后为序。Close-outs taken back, oldest first."
    )
    carried_over_from: YearRef | None = Field(
        None, description="结转自：上年度条目，如 2019/task-2。The entry of an earlier year that goes on here."
    )
    acknowledged: dict[Line, Text] = Field(
        default_factory=dict,
        description="已知问题：经研究不改的检查发现，规则号与理由。Findings looked at and left, with the reason.",
    )
    columns: dict[Key, Text] = Field(
        default_factory=dict,
        description="自设栏目：本表自设栏目的内容，按键。Values of the table's own columns, by key.",
    )


class WorkPoint(EntryFields):
    """要点: a numbered paragraph of the work points."""

    title_from: Literal["section"] | None = Field(
        None, description="标题来源：section 表示本要点没有标题，取所在部分的标题。The point takes its section's title."
    )


class LedgerRow(EntryFields):
    """条目: a row of a table of the ledger."""

    city_leader: Name | None = Field(None, description="联系市领导：联系本方案的市领导。City leader.")
    document_number: Line | None = Field(None, description="文号：发文字号，按原文。Document number, as printed.")
    issued: Date | None = Field(None, description="出台时间：写作 2018-08-29。Day of issue.")
    level: Line | None = Field(None, description="试点类别：按原文。Level of a pilot, as printed.")
    deployed_by: Line | None = Field(None, description="部署单位：由谁部署。Who ordered the pilot.")
    basis: Text | None = Field(None, description="试点依据：按原文。The document it rests on.")
    implements: Several[Ref] = Field(
        (),
        description="对应要点：所落实的要点编号，每个一行。Ids of the work points that it carries out, one a line.",
    )
