"""The four kinds of document, and what must hold between the parts of one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from pydantic import Field

from reformledger.i18n import _
from reformledger.model.entries import EntryFields, LedgerRow, Model, RowKind, WorkPoint
from reformledger.model.names import NameKind, name_key
from reformledger.model.text import Date, Id, Line, Name, Text, Year

DocumentKind = Literal["workpoints", "ledger", "directory", "contacts"]


class Notice(Model):
    """通知: the notice with which the documents were issued."""

    title: Line = Field(description="通知标题：印发通知的标题。Title of the notice.")
    number: Line | None = Field(None, description="文号：发文字号，按原文。Document number, as printed.")
    issuer: Name = Field(description="发文机关：发文单位全称。Who issued it.")
    issued: Date = Field(description="成文日期：写作 2020-05-13。Day of issue.")
    recipients: list[Name] = Field(
        default_factory=list, description="主送机关：每个一行。To whom it is sent, one a line."
    )
    text: Text | None = Field(None, description="正文：通知正文。Text of the notice.")


class Section(Model):
    """部分: a section of the work points."""

    number: Line | None = Field(None, description="序号：按原文，如 1、一、（一）。Number as printed.")
    title: Line = Field(description="标题：按原文。Heading as printed.")
    points: list[WorkPoint] = Field(description="要点：本部分的各项要点。The work points of the section.")


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
    sections: list[Section] = Field(description="部分：一、二、三等各部分。The sections.")


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
    columns: dict[str, Line] = Field(
        default_factory=dict,
        description="栏目：键与表头，按表头顺序；可自设栏目。Keys and printed headings, in order.",
    )
    notes: list[Text] = Field(default_factory=list, description="注：表下的注。Notes under the table.")
    rows: list[LedgerRow] = Field(default_factory=list, description="条目：表中各行。The rows.")


class Part(Model):
    """分表: a part of the ledger."""

    number: Line | None = Field(None, description="序号：按原文，如 1、一、（一）。Number as printed.")
    title: Line = Field(description="标题：按原文。Heading as printed.")
    count: Line | None = Field(None, description="数量：标题后所注的数量，按原文，如 3个。Count as printed.")
    notes: list[Text] = Field(default_factory=list, description="注（说明）：分表下的注、说明。Notes under the part.")
    tables: list[Table] = Field(description="表：分表内的各张表。The tables.")


class Ledger(Model):
    """工作台账: the tables of tasks, reviews, schemes and pilots."""

    kind: Literal["ledger"]
    year: Year = Field(
        description="年度：四位数字；“年内”“12月底前”等时限都按本年度推算。Year, to which deadlines are relative."
    )
    title: Line = Field(description="标题：文件标题，按原文。Title of the document, as printed.")
    notice: Notice | None = Field(None, description="印发通知：随文印发的通知。The notice of issue.")
    parts: list[Part] = Field(description="分表：一、二、三等各分表。The parts.")


class Contact(Model):
    """联系人: whom to call about an entry."""

    name: Name | None = Field(None, description="姓名：联系人姓名。Name of the contact.")
    phone: Line | None = Field(
        None, description="电话：联系电话，输出时隐去中间四位。Phone number, masked in every output."
    )


class Contacts(Model):
    """联系人及联系电话: kept apart, so that a ledger can be shared without it."""

    kind: Literal["contacts"]
    year: Year = Field(description="年度：条目所属年度。Year of the entries.")
    contacts: dict[Id, Contact] = Field(description="联系人：按条目编号列出。Contacts by entry id.")


class DirectoryEntry(Model):
    """名称: one office or person and the other words for it."""

    name: Name = Field(description="名称：科室、单位全称或姓名。The full name.")
    also: list[Name] = Field(
        default_factory=list, description="又称：其他叫法，每个一行。Other words for it, one a line."
    )
    kind: NameKind = Field("office", description="类别：科室、单位 office，个人 person。Office or person.")


class DirectoryDocument(Model):
    """名录: which names mean the same office or person."""

    kind: Literal["directory"]
    names: list[DirectoryEntry] = Field(description="名录：科室、单位和个人。Offices and persons.")


Document = Workpoints | Ledger | Contacts | DirectoryDocument
DOCUMENTS: dict[DocumentKind, type[Document]] = {
    "workpoints": Workpoints,
    "ledger": Ledger,
    "contacts": Contacts,
    "directory": DirectoryDocument,
}
Path = tuple[str | int, ...]


class Problem(NamedTuple):
    """Something that does not hold between the parts of one document: where (path of keys and indices) and what."""

    path: Path
    message: str
    advice: str = ""


def validate_document(data: dict[str, object], kind: DocumentKind) -> Document:
    """Turn plain data into a document of ``kind``; its deadlines are read relative to its own ``year``.

    Raises ``pydantic.ValidationError`` with every fault found.
    """
    year = data.get("year")
    known = isinstance(year, str) and year.isascii() and year.isdigit()
    context = {"year": int(str(year)) if known else year}
    return DOCUMENTS[kind].model_validate(data, context=context)


def document_problems(document: Document) -> Iterator[Problem]:
    """Yield what is wrong between the parts of one valid document."""
    if isinstance(document, Workpoints):
        for s, section in enumerate(document.sections):
            for p, point in enumerate(section.points):
                path: Path = ("sections", s, "points", p)
                yield from _entry_problems(point, path, {})
                if point.title_from and point.title != section.title:
                    yield Problem(
                        (*path, "title"),
                        _("“title_from: section” is given, but the title is not its section's."),
                        _("Write the section's title, or leave title_from out."),
                    )
    elif isinstance(document, Ledger):
        for a, part in enumerate(document.parts):
            for t, table in enumerate(part.tables):
                own = own_columns(table)
                for r, row in enumerate(table.rows):
                    yield from _entry_problems(row, ("parts", a, "tables", t, "rows", r), own)
    elif isinstance(document, DirectoryDocument):
        yield from _directory_problems(document)


def own_columns(table: Table) -> dict[str, str]:
    """Return the columns that a table declares beside the official ones: key and printed heading."""
    return {key: heading for key, heading in table.columns.items() if key not in OFFICIAL_COLUMNS}


OFFICIAL_COLUMNS = frozenset(LedgerRow.model_fields) | {"contact"}


def _entry_problems(entry: EntryFields, path: Path, own: dict[str, str]) -> Iterator[Problem]:
    for key in entry.columns:
        if key not in own:
            yield Problem(
                (*path, "columns", key),
                _("The table declares no column “{key}”.").format(key=key),
                _("Declare it under the table's columns: key and printed heading."),
            )
    if not entry.phases:
        if entry.star and entry.star.phase:
            yield Problem((*path, "star", "phase"), _("The ☆ names a phase, but the entry has none."))
        return
    names = [phase.name for phase in entry.phases]
    for index, name in enumerate(names):
        if name in names[:index]:
            yield Problem((*path, "phases", index, "name"), _("Two phases are named “{name}”.").format(name=name))
    if entry.due and (entry.due.parts or any(phase.due for phase in entry.phases)):
        yield Problem(
            (*path, "due"),
            _("Both the entry and its phases have a deadline."),
            _("Keep it either for the whole or for each phase."),
        )
    wanted = [((*path, "star", "phase"), entry.star.phase if entry.star else None)]
    wanted += [((*path, "extensions", i, "phase"), extension.phase) for i, extension in enumerate(entry.extensions)]
    for place, phase_name in wanted:
        if phase_name and phase_name not in names:
            yield Problem(
                place,
                _("No phase is named “{name}”.").format(name=phase_name),
                _("The phases are: {names}.").format(names=_(", ").join(names)),
            )


def _directory_problems(document: DirectoryDocument) -> Iterator[Problem]:
    for clash in name_clashes((("names", index), entry) for index, entry in enumerate(document.names)):
        yield Problem(clash.place, clash.message, _("One spelling can mean one office only."))


class Clash(NamedTuple):
    """A spelling that two entries of the directory claim."""

    place: Path
    message: str


def name_clashes(entries: Iterable[tuple[Path, DirectoryEntry]]) -> Iterator[Clash]:
    """Yield the spellings that two entries claim: they would make two offices one, silently."""
    owners: dict[str, str] = {}
    for place, entry in entries:
        spellings: list[tuple[Path, str]] = [((*place, "name"), entry.name)]
        spellings += [((*place, "also", index), spelling) for index, spelling in enumerate(entry.also)]
        for path, spelling in spellings:
            owner = owners.setdefault(name_key(spelling), entry.name)
            if owner != entry.name:
                message = _("“{name}” already belongs to “{other}”.").format(name=spelling, other=owner)
                yield Clash(path, message)
