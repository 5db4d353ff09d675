"""The four kinds of document, as they are read."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from reformledger.i18n import _
from reformledger.model.entries import LedgerRow, Model, RowKind, WorkPoint
from reformledger.model.names import NameKind
from reformledger.model.text import Date, Id, Key, Line, Name, Several, Text, Year, wrong_value, year_of

DocumentKind = Literal["workpoints", "ledger", "directory", "contacts"]


class Notice(Model):
    """通知: the notice with which the documents were issued."""

    title: Line = Field(description="通知标题：印发通知的标题。Title of the notice.")
    number: Line | None = Field(None, description="文号：发文字号，按原文。Document number, as printed.")
    issuer: Name = Field(description="发文机关：发文单位全称。Who issued it.")
    issued: Date = Field(description="成文日期：写作 2020-05-13。Day of issue.")
    recipients: Several[Name] = Field((), description="主送机关：每个一行。To whom it is sent, one a line.")
    text: Text | None = Field(None, description="正文：通知正文。Text of the notice.")


class Removal(Model):
    """删除记录: an entry that was taken out of the document, so that it is never missed without a reason."""

    id: Id = Field(description="编号：原编号，不再给别的条目。Its id, which is not given to another entry.")
    title: Line = Field(description="名称：原名称。Its title.")
    part: Line | None = Field(None, description="所在分表：原属的分表或部分。The section or table in which it stood.")
    date: Date = Field(description="删除日期：写作 2020-12-01。Day on which it was taken out.")
    reason: Text = Field(description="理由：为何删除。Why.")
    entry: dict[str, object] = Field(
        default_factory=dict, description="原内容：原条目的其余内容，不再校验。All else that it said, as it stood."
    )


class Section(Model):
    """部分: a section of the work points."""

    number: Line | None = Field(None, description="序号：按原文，如 1、一、（一）。Number as printed.")
    title: Line = Field(description="标题：按原文。Heading as printed.")
    points: Several[WorkPoint] = Field(description="要点：本部分的各项要点。The work points of the section.")


class Workpoints(Model):
    """工作要点: what is to be done in the year, who leads, which department, by when."""

    kind: Literal["workpoints"]
    year: Year = Field(
        description="年度：四位数字；“年内”“12月底前”等时限都按本年度推算。Year, to which deadlines are relative."
    )
    title: Line = Field(description="标题：文件标题，按原文。Title of the document, as printed.")
    notice: Notice | None = Field(None, description="印发通知：随文印发的通知。The notice of issue.")
    general_idea: Text | None = Field(
        None, description="总体思路：要点开头的总体思路。The general idea, which opens the work points."
    )
    sections: Several[Section] = Field(description="部分：一、二、三等各部分。The sections.")
    removed: Several[Removal] = Field(
        (), description="删除记录：删除的条目，先后为序。Entries taken out, oldest first."
    )


DERIVED_KEYS = frozenset(
    {"ref", "year", "kind", "part", "star_note", "star_closed", "status", "wording", "start", "end", "file", "line"}
)
"""Keys by which every view tells what follows from an entry: a column of such a name could never be seen."""


def _column_key(key: str) -> str:
    if key in DERIVED_KEYS:
        advice = _("Choose another for the column, such as {key}.").format(key=f"own_{key}")
        raise wrong_value(_("a key that says nothing else of an entry already"), advice)
    return key


class Table(Model):
    """表: a table of the ledger."""

    id_prefix: Id = Field(description="编号前缀：本表各行编号的前缀，如 task。Prefix of the ids of its rows.")
    kind: RowKind = Field(
        "task",
        description="类别：改革任务 task、上会审议方案 review、专项改革方案 scheme、改革试点 pilot。Kind of its rows.",
    )
    title: Line | None = Field(
        None, description="表名：一个分表内有几张表时的表名。Heading of the table, where its part has several."
    )
    count: Line | None = Field(None, description="数量：标题后所注的数量，按原文，如 3个。Count as printed.")
    columns: dict[Annotated[Key, AfterValidator(_column_key)], Line] = Field(
        default_factory=dict,
        description="栏目：键与表头，按表头顺序；可自设栏目。Keys and printed headings, in order.",
    )
    notes: Several[Text] = Field((), description="注：表下的注。Notes under the table.")
    rows: Several[LedgerRow] = Field((), description="条目：表中各行。The rows.")


class Part(Model):
    """分表: a part of the ledger."""

    number: Line | None = Field(None, description="序号：按原文，如 1、一、（一）。Number as printed.")
    title: Line = Field(description="标题：按原文。Heading as printed.")
    count: Line | None = Field(None, description="数量：标题后所注的数量，按原文，如 3个。Count as printed.")
    notes: Several[Text] = Field((), description="注（说明）：分表下的注、说明。Notes under the part.")
    tables: Several[Table] = Field(description="表：分表内的各张表。The tables.")


class Ledger(Model):
    """工作台账: the tables of tasks, reviews, schemes and pilots."""

    kind: Literal["ledger"]
    year: Year = Field(
        description="年度：四位数字；“年内”“12月底前”等时限都按本年度推算。Year, to which deadlines are relative."
    )
    title: Line = Field(description="标题：文件标题，按原文。Title of the document, as printed.")
    notice: Notice | None = Field(None, description="印发通知：随文印发的通知。The notice of issue.")
    parts: Several[Part] = Field(description="分表：一、二、三等各分表。The parts.")
    removed: Several[Removal] = Field(
        (), description="删除记录：删除的条目，先后为序。Entries taken out, oldest first."
    )


class Contact(Model):
    """联系人: whom to call about an entry."""

    name: Name | None = Field(None, description="姓名：联系人姓名。Name of the contact.")
    phone: Line | None = Field(
        None, repr=False, description="电话：联系电话，输出时隐去中间四位。Phone number, masked in every output."
    )


class Contacts(Model):
    """联系人及联系电话: kept apart, so that a ledger can be shared without it."""

    kind: Literal["contacts"]
    year: Year = Field(description="年度：条目所属年度。Year of the entries.")
    contacts: dict[Id, Contact] = Field(description="联系人：按条目编号列出。Contacts by entry id.")


class DirectoryEntry(Model):
    """名称: one office or person and the other words for it."""

    name: Name = Field(description="名称：科室、单位全称或姓名。The full name.")
    also: Several[Name] = Field((), description="又称：其他叫法，每个一行。Other words for it, one a line.")
    kind: NameKind = Field("office", description="类别：科室、单位 office，个人 person。Office or person.")


class DirectoryDocument(Model):
    """名录: which names mean the same office or person."""

    kind: Literal["directory"]
    names: Several[DirectoryEntry] = Field(description="名录：科室、单位和个人。Offices and persons.")


Document = Workpoints | Ledger | Contacts | DirectoryDocument
DOCUMENTS: dict[DocumentKind, type[Document]] = {
    "workpoints": Workpoints,
    "ledger": Ledger,
    "contacts": Contacts,
    "directory": DirectoryDocument,
}
Path = tuple[str | int, ...]


def validate_document(data: dict[str, object], kind: DocumentKind) -> Document:
    """Turn plain data into a document of ``kind``; its deadlines are read relative to its own ``year``.

    Raises ``pydantic.ValidationError`` with every fault found.
    """
    return DOCUMENTS[kind].model_validate(data, context={"year": year_of(data.get("year"))})


def own_columns(table: Table) -> dict[str, str]:
    """Return the columns that a table declares beside the official ones: key and printed heading."""
    return {key: heading for key, heading in table.columns.items() if key not in OFFICIAL_COLUMNS}


OFFICIAL_COLUMNS = frozenset(LedgerRow.model_fields) | {"contact"}
