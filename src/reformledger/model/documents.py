"""The four kinds of document, and what must hold between the parts of one."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from typing import Annotated, Literal, NamedTuple, TypeVar

from pydantic import AfterValidator, Field, ValidationError

from reformledger.i18n import _
from reformledger.model.entries import EntryFields, LedgerRow, Model, RowKind, WorkPoint
from reformledger.model.names import NameKind, name_key
from reformledger.model.text import Date, Id, Key, Line, Name, Text, Year, wrong_value, year_of

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
    removed: list[Removal] = Field(
        default_factory=list, description="删除记录：删除的条目，先后为序。Entries taken out, oldest first."
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
    removed: list[Removal] = Field(
        default_factory=list, description="删除记录：删除的条目，先后为序。Entries taken out, oldest first."
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
    """Something that does not hold between the parts of one document: where (path of keys and indices) and what.

    With ``at_key`` it is the key at the end of the path that is wrong, not its value.
    """

    path: Path
    message: str
    advice: str = ""
    at_key: bool = False


def validate_document(data: dict[str, object], kind: DocumentKind) -> Document:
    """Turn plain data into a document of ``kind``; its deadlines are read relative to its own ``year``.

    Raises ``pydantic.ValidationError`` with every fault found.
    """
    return DOCUMENTS[kind].model_validate(data, context={"year": year_of(data.get("year"))})


def document_problems(document: Document) -> Iterator[Problem]:
    """Yield what is wrong between the parts of one valid document."""
    if isinstance(document, DirectoryDocument):
        yield from _directory_problems(enumerate(document.names))
    else:
        yield from _problems_between(list(_placed(document)))


def readable_problems(data: dict[str, object], kind: DocumentKind) -> Iterator[Problem]:
    """Yield what is wrong between those parts of a document that are valid, where the whole is not."""
    if kind == "directory":
        parts = ((index, _read_alone(DirectoryEntry, item, None)) for index, item in _mappings(data.get("names")))
        yield from _directory_problems((index, entry) for index, entry in parts if entry)
    else:
        yield from _problems_between(list(_placed_in(data)))


_M = TypeVar("_M", bound=Model)


class _Placed(NamedTuple):
    """An entry, where it stands, the title of its section, the columns that its table declares."""

    path: Path
    entry: EntryFields
    section: object = None
    declared: Container[str] = ()


def _placed(document: Document) -> Iterator[_Placed]:
    if isinstance(document, Workpoints):
        for s, section in enumerate(document.sections):
            for p, point in enumerate(section.points):
                yield _Placed(("sections", s, "points", p), point, section.title)
    elif isinstance(document, Ledger):
        for a, part in enumerate(document.parts):
            for t, table in enumerate(part.tables):
                for r, row in enumerate(table.rows):
                    yield _Placed(("parts", a, "tables", t, "rows", r), row, declared=table.columns)


def _placed_in(data: dict[str, object]) -> Iterator[_Placed]:
    """Yield those entries of plain data that are valid by themselves."""
    year = year_of(data.get("year"))
    for s, section in _mappings(data.get("sections")):
        for p, item in _mappings(section.get("points")):
            if point := _read_alone(WorkPoint, item, year):
                yield _Placed(("sections", s, "points", p), point, section.get("title"))
    for a, part in _mappings(data.get("parts")):
        for t, table in _mappings(part.get("tables")):
            columns = table.get("columns")
            declared = columns if isinstance(columns, dict) else {}
            for r, item in _mappings(table.get("rows")):
                if row := _read_alone(LedgerRow, item, year):
                    yield _Placed(("parts", a, "tables", t, "rows", r), row, declared=declared)


def _mappings(items: object) -> Iterator[tuple[int, dict[str, object]]]:
    for index, item in enumerate(items if isinstance(items, list) else ()):
        if isinstance(item, dict):
            yield index, item


def _read_alone(model: type[_M], data: object, year: int | None) -> _M | None:
    try:
        return model.model_validate(data, context={"year": year})
    except ValidationError:
        return None


def _problems_between(placed: Sequence[_Placed]) -> Iterator[Problem]:
    counts = Counter(entry.id for _path, entry, *_rest in placed)
    for path, entry, section, declared in placed:
        if entry.columns or entry.phases or entry.star or entry.extensions or (entry.due and entry.due.parts):
            yield from _entry_problems(entry, path, declared)  # others hold nothing that another part could contradict
        if isinstance(entry, WorkPoint) and entry.title_from and entry.title != section:
            yield Problem(
                (*path, "title"),
                _("“title_from: section” is given, but the title is not its section's."),
                _("Write the section's title, or leave title_from out."),
            )
        if len(counts) < len(placed) and counts[entry.id] > 1:
            yield Problem(
                (*path, "id"),
                _("The id {id} stands more than once in this file.").format(id=entry.id),
                _("Each entry of a year needs an id of its own."),
            )


def own_columns(table: Table) -> dict[str, str]:
    """Return the columns that a table declares beside the official ones: key and printed heading."""
    return {key: heading for key, heading in table.columns.items() if key not in OFFICIAL_COLUMNS}


OFFICIAL_COLUMNS = frozenset(LedgerRow.model_fields) | {"contact"}


def _entry_problems(entry: EntryFields, path: Path, declared: Container[str]) -> Iterator[Problem]:
    for key in entry.columns:
        if key not in declared or key in OFFICIAL_COLUMNS:
            yield Problem(
                (*path, "columns", key),
                _("The table declares no column “{key}”.").format(key=key),
                _("Declare it under the table's columns: key and printed heading."),
                at_key=True,
            )
    parts = entry.due.parts if entry.due else ()
    if not entry.phases and not parts:
        if entry.star and entry.star.phase:
            yield Problem((*path, "star", "phase"), _("The ☆ names a phase, but the entry has none."))
        return
    phases = [phase.name for phase in entry.phases]
    for index, name in enumerate(phases):
        if name in phases[:index]:
            yield Problem((*path, "phases", index, "name"), _("Two phases are named “{name}”.").format(name=name))
    if entry.due and not parts and any(phase.due for phase in entry.phases):
        yield Problem(
            (*path, "due"),
            _("Both the entry and its phases have a deadline."),
            _("Keep it either for the whole or for each phase."),
        )
    # Beside a deadline of several parts, phases hold what became of them: each is one of the parts.
    names = [part.text for part in parts] or phases
    wanted: list[tuple[Path, str | None]] = [
        ((*path, "phases", index, "name"), name) for index, name in enumerate(phases) if parts
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


def _directory_problems(names: Iterable[tuple[int, DirectoryEntry]]) -> Iterator[Problem]:
    for clash in name_clashes((("names", index), entry) for index, entry in names):
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
