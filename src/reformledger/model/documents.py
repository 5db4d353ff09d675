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
    """The notice (通知) with which the documents were issued."""

    title: Line = Field(description="通知标题 title")
    number: Line | None = Field(None, description="文号 document number")
    issuer: Name = Field(description="发文机关 who issued it")
    issued: Date = Field(description="成文日期 day of issue")
    recipients: list[Name] = Field(default_factory=list, description="主送机关 to whom")
    text: Text | None = Field(None, description="正文 text")


class Removal(Model):
    """删除记录: an entry that was taken out of the document, so that it is never missed without a reason."""

    id: Id = Field(description="编号 its id, which is not given to another entry")
    title: Line = Field(description="名称 its title")
    part: Line | None = Field(None, description="所在分表 the section or table in which it stood")
    date: Date = Field(description="删除日期 day on which it was taken out")
    reason: Text = Field(description="理由 why")
    entry: dict[str, object] = Field(
        default_factory=dict, description="原内容 all else that it said, as it stood; not checked any more"
    )


class Section(Model):
    """A section of the work points."""

    number: Line | None = Field(None, description="序号 number as printed")
    title: Line = Field(description="标题 heading")
    points: list[WorkPoint] = Field(description="要点 work points")


class Workpoints(Model):
    """工作要点: what is to be done in the year, who leads, which department, by when."""

    kind: Literal["workpoints"]
    year: Year = Field(description="年度 year, to which deadlines are relative")
    title: Line = Field(description="标题 title")
    notice: Notice | None = Field(None, description="印发通知 the notice of issue")
    general_idea: Text | None = Field(None, description="总体思路 general idea")
    sections: list[Section] = Field(description="部分 sections")
    removed: list[Removal] = Field(default_factory=list, description="删除记录 entries taken out, oldest first")


class Table(Model):
    """A table of the ledger."""

    id_prefix: Id = Field(description="编号前缀 prefix of the ids of its rows")
    kind: RowKind = Field("task", description="类别 kind of its rows")
    title: Line | None = Field(None, description="表名 heading of the table, where its part has several")
    count: Line | None = Field(None, description="数量 count as printed")
    columns: dict[str, Line] = Field(
        default_factory=dict, description="栏目 keys and printed headings, in printed order"
    )
    notes: list[Text] = Field(default_factory=list, description="注 notes under the table")
    rows: list[LedgerRow] = Field(default_factory=list, description="行 rows")


class Part(Model):
    """A part (分表) of the ledger."""

    number: Line | None = Field(None, description="序号 number as printed")
    title: Line = Field(description="标题 heading")
    count: Line | None = Field(None, description="数量 count as printed")
    notes: list[Text] = Field(default_factory=list, description="注、说明 notes under the part")
    tables: list[Table] = Field(description="表 tables")


class Ledger(Model):
    """工作台账: the tables of tasks, reviews, schemes and pilots."""

    kind: Literal["ledger"]
    year: Year = Field(description="年度 year, to which deadlines are relative")
    title: Line = Field(description="标题 title")
    notice: Notice | None = Field(None, description="印发通知 the notice of issue")
    parts: list[Part] = Field(description="分表 parts")
    removed: list[Removal] = Field(default_factory=list, description="删除记录 entries taken out, oldest first")


class Contact(Model):
    """联系人: whom to call about an entry."""

    name: Name | None = Field(None, description="姓名 name")
    phone: Line | None = Field(None, description="电话 phone number")


class Contacts(Model):
    """联系人及联系电话: kept apart, so that a ledger can be shared without it."""

    kind: Literal["contacts"]
    year: Year = Field(description="年度 year of the entries")
    contacts: dict[Id, Contact] = Field(description="联系人 by entry id")


class DirectoryEntry(Model):
    """One office or person and the other words for it."""

    name: Name = Field(description="名称 the full name")
    also: list[Name] = Field(default_factory=list, description="又称 other words for it")
    kind: NameKind = Field("office", description="类别 office or person")


class DirectoryDocument(Model):
    """名录: which names mean the same office or person."""

    kind: Literal["directory"]
    names: list[DirectoryEntry] = Field(description="名称 names")


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
    parts = entry.due.parts if entry.due else ()
    if not entry.phases and not parts:
        if entry.star and entry.star.phase:
            yield Problem((*path, "star", "phase"), _("The ☆ names a phase, but the entry has none."))
        return
    declared = [phase.name for phase in entry.phases]
    for index, name in enumerate(declared):
        if name in declared[:index]:
            yield Problem((*path, "phases", index, "name"), _("Two phases are named “{name}”.").format(name=name))
    if entry.due and not parts and any(phase.due for phase in entry.phases):
        yield Problem(
            (*path, "due"),
            _("Both the entry and its phases have a deadline."),
            _("Keep it either for the whole or for each phase."),
        )
    # Beside a deadline of several parts, phases hold what became of them: each is one of the parts.
    names = [part.text for part in parts] or declared
    wanted: list[tuple[Path, str | None]] = [
        ((*path, "phases", index, "name"), name) for index, name in enumerate(declared) if parts
    ]
    wanted.append(((*path, "star", "phase"), entry.star.phase if entry.star else None))
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
