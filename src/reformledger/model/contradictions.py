"""What must hold between the parts of one document, beyond what each is by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from pydantic import ValidationError

from reformledger.i18n import _
from reformledger.model.documents import (
    OFFICIAL_COLUMNS,
    DirectoryDocument,
    DirectoryEntry,
    Document,
    DocumentKind,
    Ledger,
    Path,
    Workpoints,
)
from reformledger.model.entries import EntryFields, LedgerRow, Model, WorkPoint
from reformledger.model.text import year_of
from reformledger.text.folding import name_key


class Problem(NamedTuple):
    """Something that does not hold between the parts of one document: where (path of keys and indices) and what.

    With ``at_key`` it is the key at the end of the path that is wrong, not its value.
    """

    path: Path
    message: str
    advice: str = ""
    at_key: bool = False


def document_problems(document: Document) -> Iterator[Problem]:
    """Yield what is wrong between the parts of one valid document."""
    if isinstance(document, DirectoryDocument):
        yield from _directory_problems(enumerate(document.names))
    else:
        yield from _problems_between(list(_groups(document)))


def readable_problems(data: dict[str, object], kind: DocumentKind) -> Iterator[Problem]:
    """Yield what is wrong between those parts of a document that are valid, where the whole is not."""
    if kind == "directory":
        parts = ((index, _read_alone(DirectoryEntry, item, None)) for index, item in _mappings(data.get("names")))
        yield from _directory_problems((index, entry) for index, entry in parts if entry)
    else:
        yield from _problems_between(list(_groups_in(data)))


_M = TypeVar("_M", bound=Model)


class _Group(NamedTuple):
    """Entries with their indices and the path to them, the title of their section, the columns of their table."""

    path: Path
    entries: Sequence[tuple[int, EntryFields]]
    section: object = None
    declared: Container[str] = ()


def _groups(document: Document) -> Iterator[_Group]:
    if isinstance(document, Workpoints):
        for s, section in enumerate(document.sections):
            yield _Group(("sections", s, "points"), list(enumerate(section.points)), section.title)
    elif isinstance(document, Ledger):
        for a, part in enumerate(document.parts):
            for t, table in enumerate(part.tables):
                rows = list(enumerate(table.rows))
                yield _Group(("parts", a, "tables", t, "rows"), rows, declared=table.columns)


def _groups_in(data: dict[str, object]) -> Iterator[_Group]:
    """Yield those entries of plain data that are valid by themselves."""
    year = year_of(data.get("year"))
    for s, section in _mappings(data.get("sections")):
        points = _read_each(WorkPoint, section.get("points"), year)
        yield _Group(("sections", s, "points"), points, section.get("title"))
    for a, part in _mappings(data.get("parts")):
        for t, table in _mappings(part.get("tables")):
            columns = table.get("columns")
            declared = columns if isinstance(columns, dict) else {}
            rows = _read_each(LedgerRow, table.get("rows"), year)
            yield _Group(("parts", a, "tables", t, "rows"), rows, declared=declared)


def _mappings(items: object) -> Iterator[tuple[int, dict[str, object]]]:
    for index, item in enumerate(items if isinstance(items, list) else ()):
        if isinstance(item, dict):
            yield index, item


def _read_each(model: type[_M], items: object, year: int | None) -> list[tuple[int, _M]]:
    read = ((index, _read_alone(model, item, year)) for index, item in _mappings(items))
    return [(index, entry) for index, entry in read if entry]


def _read_alone(model: type[_M], data: object, year: int | None) -> _M | None:
    try:
        return model.model_validate(data, context={"year": year})
    except ValidationError:
        return None


def _problems_between(groups: Sequence[_Group]) -> Iterator[Problem]:
    ids = [entry.id for group in groups for _index, entry in group.entries]
    counts = Counter(ids) if len(set(ids)) < len(ids) else {}
    for path, entries, section, declared in groups:
        for index, entry in entries:
            if _may_contradict(entry):
                yield from _entry_problems(entry, (*path, index), declared)
            # None: a row, which stands in no section, or a section without a title, which is told by itself. (To ask
            # each entry for its class first would take longer than all else here.)
            if section is not None and isinstance(entry, WorkPoint) and entry.title_from and entry.title != section:
                yield Problem(
                    (*path, index, "title"),
                    _("“title_from: section” is given, but the title is not its section's."),
                    _("Write the section's title, or leave title_from out."),
                )
            if counts and counts[entry.id] > 1:
                yield Problem(
                    (*path, index, "id"),
                    _("The id {id} stands more than once in this file.").format(id=entry.id),
                    _("Each entry of a year needs an id of its own."),
                )


def _may_contradict(entry: EntryFields) -> bool:
    """Say whether an entry, as most do not, holds parts that may contradict each other or its table."""
    named = (entry.star and entry.star.phase) or (entry.due and entry.due.parts)
    return bool(entry.columns or entry.phases or entry.extensions or named)


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
        for index, extension in enumerate(entry.extensions):
            if extension.phase:
                place = (*path, "extensions", index, "phase")
                yield Problem(place, _("The extension names a phase, but the entry has none."))
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
