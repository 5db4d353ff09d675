"""The four kinds of document, as they are read, and what a directory of names says of each name."""

from collections.abc import Collection, Iterable
from functools import cached_property
from typing import Annotated, ClassVar, Literal, Self

from pydantic import AfterValidator, ConfigDict, Field, model_validator

from reformledger.fields import documents as tables
from reformledger.fields.entry import CONTACT, ENTRY
from reformledger.i18n import _
from reformledger.model.base import Late, Model
from reformledger.model.entries import STAR_SIGN, Calendar, LedgerRow, RowKind, WorkPoint
from reformledger.model.text import (
    Date,
    DeclaredName,
    Flag,
    Id,
    Key,
    Line,
    Name,
    Several,
    Text,
    Year,
    wrong_value,
    year_of,
)
from reformledger.text.folding import name_key
from reformledger.text.names import whole_names

DocumentKind = Literal["workpoints", "ledger", "directory", "contacts"]
NameKind = Literal["office", "person", "group"]


class Notice(Model):
    """通知: the notice with which the documents were issued."""

    fields: ClassVar = tables.NOTICE
    title: Line
    number: Line | None = None
    issuer: Name
    issued: Date
    recipients: Several[Name] = ()
    text: Text | None = None


class Removal(Model):
    """删除记录: an entry that was taken out of the document, so that it is never missed without a reason."""

    fields: ClassVar = tables.REMOVAL
    id: Id
    title: Line
    part: Line | None = None
    date: Date
    reason: Text
    entry: dict[str, object] = Field(default_factory=dict)


def _column_key(key: str) -> str:
    if key in ENTRY and not is_official(key):
        # Every view means by this key what it says of an entry already: the column could never be seen.
        advice = _("Choose another for the column, such as {key}.").format(key=f"own_{key}")
        raise wrong_value(_("a key that says nothing else of an entry already"), advice)
    return key


Columns = dict[Annotated[Key, AfterValidator(_column_key)], Line]
"""The keys of columns and their printed headings, in order."""
PhaseKey = Literal["name", "count", "due", "text", "targets", "result", "problems", "assessment"]
Numbers = Literal["own"]
"""序号方式: printed numbers are codes or those of an extract."""


def _mark(text: str) -> str:
    if len(text) != 1 or text == STAR_SIGN:
        raise wrong_value(_("one character other than ☆"))
    return text


Marks = dict[Annotated[Line, AfterValidator(_mark)], Line]
"""标记: the characters that stand before titles or in a column, and what each means."""


class Section(Model):
    """部分: a section of the work points, with points of its own or with sections inside it."""

    model_config = ConfigDict(
        json_schema_extra={
            "anyOf": [{"required": [key], "properties": {key: {"type": "array"}}} for key in ("points", "sections")]
        }
    )
    fields: ClassVar = tables.SECTION
    number: Line | None = None
    title: Line
    leaders: Several[Name] = ()
    lead_departments: Several[Name] = ()
    columns: Columns = Field(default_factory=dict)
    phase_columns: dict[PhaseKey, Line] = Field(default_factory=dict)
    sections: Several["Section"] = ()
    points: Several[WorkPoint] = ()

    @model_validator(mode="after")
    def _holds_something(self) -> Self:
        if self.model_fields_set.isdisjoint({"points", "sections"}):
            raise wrong_value(
                _("points, or sections inside this one"), _("Add the line “{key}: …”.").format(key="points")
            )
        return self


class Workpoints(Model):
    """工作要点: what is to be done in the year, who leads, which department, by when."""

    fields: ClassVar = tables.WORKPOINTS
    kind: Literal["workpoints"]
    year: Year
    title: Line
    notice: Notice | None = None
    reporting: Calendar | None = None
    numbers: Numbers | None = None
    marks: Marks = Field(default_factory=dict)
    columns: Columns = Field(default_factory=dict)
    phase_columns: dict[PhaseKey, Line] = Field(default_factory=dict)
    general_idea: Text | None = None
    sections: Several[Section]
    removed: Several[Annotated[Removal, Late()]] = ()


class Table(Model):
    """表: a table of the ledger."""

    fields: ClassVar = tables.TABLE
    id_prefix: Id
    kind: RowKind = "task"
    title: Line | None = None
    count: Line | None = None
    leaders: Several[Name] = ()
    lead_departments: Several[Name] = ()
    numbers: Numbers | None = None
    columns: Columns = Field(default_factory=dict)
    phase_columns: dict[PhaseKey, Line] = Field(default_factory=dict)
    notes: Several[Text] = ()
    rows: Several[LedgerRow] = ()


class Part(Model):
    """分表: a part of the ledger."""

    fields: ClassVar = tables.PART
    number: Line | None = None
    title: Line
    count: Line | None = None
    leaders: Several[Name] = ()
    lead_departments: Several[Name] = ()
    notes: Several[Text] = ()
    tables: Several[Table]


class Ledger(Model):
    """工作台账: the tables of tasks, reviews, schemes and pilots."""

    fields: ClassVar = tables.LEDGER
    kind: Literal["ledger"]
    year: Year
    title: Line
    notice: Notice | None = None
    reporting: Calendar | None = None
    numbers: Numbers | None = None
    marks: Marks = Field(default_factory=dict)
    independent: Flag = False
    parts: Several[Part]
    removed: Several[Annotated[Removal, Late()]] = ()


class Contact(Model):
    """联系人: whom to call about an entry."""

    fields: ClassVar = CONTACT
    name: Name | None = None
    phone: Line | None = Field(None, repr=False)


class Contacts(Model):
    """联系人及联系电话: kept apart, so that a ledger can be shared without it."""

    fields: ClassVar = tables.CONTACTS
    kind: Literal["contacts"]
    year: Year
    contacts: dict[Id, Contact]


class DirectoryEntry(Model):
    """名称: one office, person or group of offices, and the other words for it; what stands here is one name."""

    fields: ClassVar = tables.NAME
    name: DeclaredName
    also: Several[DeclaredName] = ()
    kind: NameKind = "office"
    members: Several[Name] = ()


class DirectoryDocument(Model):
    """名录: which names mean the same office or person."""

    fields: ClassVar = tables.DIRECTORY
    kind: Literal["directory"]
    names: Several[DirectoryEntry]


class Directory:
    """Which names mean the same office or person; names that it does not hold mean themselves."""

    def __init__(self, names: Iterable[DirectoryEntry] = ()) -> None:
        self.names = tuple(names)
        self._canonical: dict[str, str] = {}
        self._preferred: dict[str, str] = {}
        for entry in self.names:
            canonical = name_key(entry.name)
            self._preferred[canonical] = entry.name
            for spelling in (entry.name, *entry.also):
                self._canonical[name_key(spelling)] = canonical

    def key(self, name: str) -> str:
        """Return the key that all spellings of the same office or person share."""
        key = name_key(name)
        return self._canonical.get(key, key)

    def knows(self, name: str) -> bool:
        """Say whether the directory holds ``name``, as its own word or as another for it."""
        return name_key(name) in self._canonical

    def preferred(self, name: str) -> str:
        """Return the directory's own word for ``name``, or ``name`` when it has none."""
        return self._preferred.get(self.key(name), name)

    @cached_property
    def whole_names(self) -> frozenset[str]:
        """The keys of the names that would be taken for several, did the directory not declare each to be one."""
        return whole_names(spelling for entry in self.names for spelling in (entry.name, *entry.also))

    @cached_property
    def _listed(self) -> dict[str, dict[str, str]]:
        """The members of each group as they are listed, name by key; groups and members by their keys."""
        listed: dict[str, dict[str, str]] = {}
        for entry in self.names:
            if entry.kind == "group":
                members = {self.key(member): self.preferred(member) for member in entry.members}
                listed.setdefault(self.key(entry.name), {}).update(members)
        return listed

    def is_group(self, name: str) -> bool:
        """Say whether the directory declares ``name`` to be a group of offices."""
        return self.key(name) in self._listed

    def members_of(self, name: str) -> dict[str, str]:
        """Return the members of a group, those of groups inside it included: key and name; none of what is no group."""
        found: dict[str, str] = {}
        waiting = [self.key(name)]
        while waiting:
            for key, member in self._listed.get(waiting.pop(), {}).items():
                if key not in found:
                    found[key] = member
                    waiting.append(key)
        return found

    def groups_of(self, name: str) -> list[str]:
        """Return the keys of the groups that hold ``name``, by itself or inside another group; the nearest first."""
        found: dict[str, None] = {}
        waiting = [self.key(name)]
        for key in waiting:
            around = [group for group, members in self._listed.items() if key in members and group not in found]
            found.update(dict.fromkeys(around))
            waiting += around
        return list(found)


Document = Workpoints | Ledger | Contacts | DirectoryDocument
DOCUMENTS: dict[DocumentKind, type[Document]] = {
    "workpoints": Workpoints,
    "ledger": Ledger,
    "contacts": Contacts,
    "directory": DirectoryDocument,
}
Path = tuple[str | int, ...]


def context_of(data: dict[str, object], whole_names: Collection[str] = ()) -> dict[str, object]:
    """Return what the parts of a document are read by: its year, and the keys of names declared to be one.

    Deadlines are relative to the year, which is None where the document states none.
    """
    return {"year": year_of(data.get("year")), "whole_names": whole_names}


def validate_document(data: dict[str, object], kind: DocumentKind, whole_names: Collection[str] = ()) -> Document:
    """Turn plain data into a document of ``kind``, read by the context of ``context_of``.

    Raises ``pydantic.ValidationError`` with every fault found.
    """
    return DOCUMENTS[kind].model_validate(data, context=context_of(data, whole_names))


def is_official(key: str) -> bool:
    """Say whether a printed column is a field of entries or of the contacts, and not the document's own."""
    return key in ENTRY and ENTRY[key].source in {"entry", "contacts"}
