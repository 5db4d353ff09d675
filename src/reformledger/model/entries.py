"""The entries of the documents: work points and ledger rows, with the records of their life.

Field names are the English terms of the field; the first words of each description are the notice's own heading.
"""

from __future__ import annotations

import re
from typing import Annotated, Literal, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)

from reformledger.i18n import _
from reformledger.model.deadline import Deadline, DeadlineError, parse_deadline
from reformledger.model.text import (
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
        populate_by_name=True,
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
        if isinstance(data, dict) and None in data.values():
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
    if year is None:  # wrong or missing itself; what cannot be read in any year is told all the same
        named = re.search("(?:19|20|21)[0-9]{2}", wording)
        year = int(named[0]) if named else _LEAP_YEAR
    try:
        return parse_deadline(wording, year, means)
    except DeadlineError as error:
        raise wrong_value(_("a deadline that can be read"), str(error)) from None


Due = Annotated[
    Deadline,
    BeforeValidator(_due),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": ["string", "integer"]},
                {
                    "type": "object",
                    "properties": {"wording": {"type": "string"}, "means": {"type": ["string", "integer"]}},
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
    """The ☆ of a row that must be closed out within the year, with its printed condition."""

    note: Line | None = Field(None, description="条件 the condition printed beside the ☆")
    phase: Line | None = Field(None, description="期 the phase that meets the condition")


def _star(value: object) -> object:
    if isinstance(value, str):
        if value != STAR_SIGN:
            raise wrong_value(_("☆, or the two keys note and phase"))
        return {}
    return value


Star = Annotated[StarMark, BeforeValidator(_star)]


class Closing(Model):
    """销账: when an entry or phase was closed out, on what evidence, and who agreed."""

    date: Date = Field(description="销账日期 day of the close-out")
    evidence: list[Text] = Field(default_factory=list, description="佐证材料 what shows that it is done")
    approved_by: Name | None = Field(None, description="审批人 who agreed")


class Phase(Model):
    """One batch of an entry that is carried out in several, with its own deadline."""

    name: Line = Field(description="期名 name of the batch, as printed")
    count: Count | None = Field(None, description="子项数 number of items in it")
    due: Due | None = Field(None, description="完成时限 deadline of the batch")
    closed: Closing | None = Field(None, description="销账 its close-out")


class Counted(Model):
    """What a target counts: the items in the phases of an entry, or the rows of a part or level of the ledger."""

    phases: Ref | None = Field(None, description="分期 entry whose phases hold the items that are counted")
    part: Line | None = Field(None, description="分表 title of the part or table whose rows are counted")
    level: Line | None = Field(None, description="试点类别 level of the rows that are counted")

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        if (self.phases is None) == (self.part is None and self.level is None):
            raise wrong_value(_("what is counted: either phases, or part, level or both"))
        return self


class Target(Model):
    """A measurable target: ``公办幼儿园 4 所``."""

    name: Line = Field(description="指标 what is counted")
    value: Number = Field(description="目标值 how much of it")
    unit: Line | None = Field(None, description="单位 unit, as printed")
    counts: Counted | None = Field(None, description="计数对象 what in the ledger it counts, so that check can add up")


class Progress(Model):
    """进展: one report on an entry."""

    date: Date = Field(description="日期 day of the report")
    text: Text = Field(description="进展情况 what was done")
    percent: Percent | None = Field(None, description="完成比例 share done so far, in per cent")
    by: Name | None = Field(None, description="报送部门 who reports")
    evidence: list[Text] = Field(default_factory=list, description="佐证材料 what shows it")
    weak: Flag = Field(default=False, description="推进不力 progress is behind")
    targets: dict[Line, Number] = Field(
        default_factory=dict, description="指标 value reached of each target, by its name"
    )


class Extension(Model):
    """延期: a deadline that was moved."""

    model_config = ConfigDict(populate_by_name=True)

    date: Date = Field(description="批准日期 day of the decision")
    from_: Due | None = Field(None, alias="from", description="原时限 the deadline before")
    to: Due = Field(description="新时限 the deadline after")
    reason: Text = Field(description="理由 why")
    approved_by: Name | None = Field(None, description="审批人 who agreed")
    late: Flag = Field(default=False, description="逾期后办理 decided after the old deadline had passed")
    phase: Line | None = Field(None, description="期 the phase concerned, if one")


class Reopening(Model):
    """重启: a close-out that was taken back, kept as it was recorded."""

    date: Date = Field(description="重启日期 day on which it was taken back")
    reason: Text = Field(description="理由 why")
    phase: Line | None = Field(None, description="期 the phase concerned, if one")
    closed: Closing = Field(description="原销账记录 the close-out that no longer holds")


class EntryFields(Model):
    """What a work point and a ledger row have in common. Only the id and the title are required."""

    id: Id = Field(description="编号 stable id in ASCII")
    number: Line | None = Field(None, description="序号 number as printed")
    title: Line = Field(description="名称 title as printed")
    text: Text | None = Field(None, description="内容 text as printed, without title and closing parenthesis")
    leaders: list[Name] = Field(default_factory=list, description="责任领导 牵头领导 责任人 who answers for it")
    lead_departments: list[Name] = Field(default_factory=list, description="牵头科室 牵头单位 departments that lead")
    supporting_departments: list[Name] = Field(
        default_factory=list, description="配合单位 协助单位 departments that support"
    )
    due: Due | None = Field(None, description="完成时限 进度安排 上会时间 deadline as printed")
    outcome: Text | None = Field(None, description="成果形式 form of the outcome")
    star: Star | None = Field(None, description="☆ to be closed out within the year")
    remark: Text | None = Field(None, description="备注 remark as printed")
    phases: list[Phase] = Field(default_factory=list, description="分期 batches with deadlines of their own")
    targets: list[Target] = Field(default_factory=list, description="目标 measurable targets")
    progress: list[Progress] = Field(default_factory=list, description="进展 reports, oldest first")
    extensions: list[Extension] = Field(default_factory=list, description="延期 moved deadlines, oldest first")
    closed: Closing | None = Field(None, description="销账 close-out")
    history: list[Reopening] = Field(default_factory=list, description="重启记录 close-outs taken back, oldest first")
    carried_over_from: YearRef | None = Field(None, description="结转自 the entry of an earlier year that goes on here")
    acknowledged: dict[Line, Text] = Field(
        default_factory=dict, description="已知问题 findings looked at, with the reason to leave them"
    )
    columns: dict[Key, Text] = Field(
        default_factory=dict, description="自设栏目 values of the table's own columns, by key"
    )


class WorkPoint(EntryFields):
    """A numbered paragraph of the work points (工作要点)."""

    title_from: Literal["section"] | None = Field(
        None, description="标题来源 section: the paragraph has no heading and takes its section's"
    )


class LedgerRow(EntryFields):
    """A row of a table of the ledger (工作台账)."""

    city_leader: Name | None = Field(None, description="联系市领导 city leader")
    document_number: Line | None = Field(None, description="文号 document number")
    issued: Date | None = Field(None, description="出台时间 day of issue")
    level: Line | None = Field(None, description="试点类别 level of a pilot")
    deployed_by: Line | None = Field(None, description="部署单位 who ordered the pilot")
    basis: Text | None = Field(None, description="试点依据 the document it rests on")
    implements: list[Ref] = Field(default_factory=list, description="对应要点 work points that it carries out")
