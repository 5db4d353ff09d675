"""The entries of the documents: work points and ledger rows, with the records of their life.

Field names are the English terms of the field; what else is known of each, its official words first, is in
``fields.entry``.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Annotated, ClassVar, Literal, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    GetPydanticSchema,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
    model_validator,
)
from pydantic_core import core_schema

from reformledger.fields import entry as tables
from reformledger.i18n import _
from reformledger.model.base import Late, Model
from reformledger.model.deadline import Deadline, DeadlineError, parse_deadline
from reformledger.model.readers import without_unit
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
from reformledger.text.folding import name_key

RowKind = Literal["task", "review", "scheme", "pilot"]
STAR_SIGN = "☆"
_LEAP_YEAR = 2020


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
        if value.keys() != tables.DUE.keys() or not isinstance(means, str):
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
                        key: {"type": "string", "pattern": TEXT_PATTERN, "title": field.official}
                        for key, field in tables.DUE.items()
                    },
                    "required": list(tables.DUE),
                    "additionalProperties": False,
                },
            ]
        },
        mode="validation",
    ),
]
"""A deadline: the printed wording, or ``{wording, means}`` where the wording alone cannot be read."""


def _recurring(value: Deadline) -> Deadline:
    if value.every is None:
        raise wrong_value(_("a wording that recurs, such as 每季度末"))
    return value


def _dated(value: Deadline) -> Deadline:
    if value.within is not None:
        raise wrong_value(_("a deadline that names its days, not a time counted from the date of issue"))
    return value


Calendar = Annotated[Due, AfterValidator(_recurring)]
"""The return calendar: when reports are due."""


class StarMark(Model):
    """附条件的☆: the ☆ of a row that must be closed out within the year, with its printed condition."""

    fields: ClassVar = tables.STAR
    note: Line | None = None
    phase: Line | None = None


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

    fields: ClassVar = tables.CLOSING
    date: Date
    evidence: Several[Text] = ()
    approved_by: Name | None = None
    late: Flag = False
    despite: Text | None = None


class Pause(Model):
    """暂停: a decision by which work rests; it goes on from ``until``, or while that is blank from a later decision."""

    fields: ClassVar = tables.PAUSE
    date: Date
    reason: Text
    until: Date | None = None


class Cancellation(Model):
    """取消: a decision by which a phase is not carried out."""

    fields: ClassVar = tables.CANCELLATION
    date: Date
    reason: Text


class Counted(Model):
    """计数对象: what a target counts: the items in an entry's phases, or the rows of a part or level of the ledger."""

    fields: ClassVar = tables.COUNTED
    phases: Ref | None = None
    part: Line | None = None
    level: Line | None = None

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        if (self.phases is None) == (self.part is None and self.level is None):
            raise wrong_value(_("what is counted: either phases, or part, level or both"))
        return self


class Target(Model):
    """目标: a measurable target, such as 公办幼儿园 4 所."""

    fields: ClassVar = tables.TARGET
    name: Line
    value: Number
    unit: Line | None = None
    counts: Counted | None = None

    @model_validator(mode="before")
    @classmethod
    def _in_its_unit(cls, data: object) -> object:
        """Take a value with its unit behind it, as people write it: 85%, 1500人次."""
        if isinstance(data, dict) and isinstance(value := data.get("value"), str) and (unit := data.get("unit")):
            return {**data, "value": without_unit(value, str(unit))}
        return data


class Phase(Model):
    """分期: one batch, step or milestone of an entry that is carried out in several, with its own deadline."""

    fields: ClassVar = tables.PHASE
    name: Line
    count: Count | None = None
    due: Due | None = None
    text: Text | None = None
    targets: Several[Target] = ()
    result: Text | None = None
    problems: Text | None = None
    assessment: Line | None = None
    paused: Annotated[Pause, Late()] | None = None
    cancelled: Annotated[Cancellation, Late()] | None = None
    closed: Annotated[Closing, Late()] | None = None


class Progress(Model):
    """进展: one report on an entry."""

    fields: ClassVar = tables.PROGRESS
    date: Date
    text: Text
    percent: Percent | None = None
    by: Name | None = None
    evidence: Several[Text] = ()
    weak: Flag = False
    targets: dict[Line, Number] = Field(default_factory=dict)
    for_: Line | None = Field(None, alias="for")
    phase: Line | None = None
    problems: Text | None = None


class Waiver(Model):
    """免报记录: an occurrence of a recurring duty, or a period of the return calendar, that need not be reported on."""

    fields: ClassVar = tables.WAIVER

    date: Date
    for_: Line = Field(alias="for")
    reason: Text
    approved_by: Name | None = None


class Extension(Model):
    """延期: a deadline that was moved."""

    fields: ClassVar = tables.EXTENSION
    date: Date
    from_: Due | None = Field(None, alias="from")
    to: Annotated[Due, AfterValidator(_dated)]
    reason: Text
    approved_by: Name | None = None
    late: Flag = False
    phase: Line | None = None


class Reopening(Model):
    """重启: a close-out that was taken back, kept as it was recorded."""

    fields: ClassVar = tables.REOPENING
    date: Date
    reason: Text
    phase: Line | None = None
    closed: Closing


class EntryFields(Model):
    """条目: what a work point and a ledger row have in common. Only the id and the title are required."""

    fields: ClassVar = tables.ENTRY
    id: Id
    number: Line | None = None
    title: Line
    text: Text | None = None
    leaders: Several[Name] = ()
    lead_departments: Several[Name] = ()
    supporting_departments: Several[Name] = ()
    due: Due | None = None
    outcome: Text | None = None
    star: Star | None = None
    remark: Text | None = None
    phases: Several[Annotated[Phase, Late()]] = ()
    persons: dict[Line, Several[Name]] = Field(default_factory=dict)
    targets: Several[Target] = ()
    assigned: Date | None = None
    progress: Several[Annotated[Progress, Late()]] = ()
    waivers: Several[Annotated[Waiver, Late()]] = ()
    extensions: Several[Annotated[Extension, Late()]] = ()
    paused: Annotated[Pause, Late()] | None = None
    closed: Annotated[Closing, Late()] | None = None
    history: Several[Annotated[Reopening, Late()]] = ()
    carried_over_from: YearRef | None = None
    acknowledged: dict[Line, Text] = Field(default_factory=dict)
    columns: dict[Key, Text] = Field(default_factory=dict)

    @field_validator("progress", mode="before")
    @classmethod
    def _reached_in_their_units(cls, reports: object, info: ValidationInfo) -> object:
        """Take what was reached of a target with its unit behind it, as the target itself may be written."""
        phases: Sequence[Phase] = info.data.get("phases", ())
        targets: list[Target] = [*info.data.get("targets", ()), *(each for phase in phases for each in phase.targets)]
        units = {name_key(target.name): target.unit for target in targets if target.unit}
        if not units or not isinstance(reports, list):
            return reports
        return [_without_units(report, units) for report in reports]


def _without_units(report: object, units: Mapping[str, str]) -> object:
    """Return a report, as it is written, whose values have the ``units`` of their targets behind them no more."""
    if not isinstance(report, dict) or not isinstance(reached := report.get("targets"), dict):
        return report
    plain = {
        name: without_unit(value, units.get(name_key(name), "")) if isinstance(value, str) else value
        for name, value in reached.items()
    }
    return {**report, "targets": plain}


class WorkPoint(EntryFields):
    """要点: a numbered paragraph of the work points."""

    title_from: Literal["section"] | None = None


class LedgerRow(EntryFields):
    """条目: a row of a table of the ledger."""

    city_leader: Name | None = None
    document_number: Line | None = None
    issued: Date | None = None
    level: Line | None = None
    deployed_by: Line | None = None
    basis: Text | None = None
    implements: Several[Ref] = ()
