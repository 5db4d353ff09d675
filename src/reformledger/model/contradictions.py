"""What must hold between the parts of one document, beyond what each is by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import NamedTuple, TypeVar

from pydantic import ValidationError

from reformledger.i18n import _
from reformledger.model.base import Model
from reformledger.model.documents import (
    Directory,
    DirectoryDocument,
    DirectoryEntry,
    Document,
    DocumentKind,
    Ledger,
    Path,
    Section,
    Workpoints,
    context_of,
    is_official,
)
from reformledger.model.entries import EntryFields, LedgerRow, WorkPoint
from reformledger.model.phases import is_place_in_print, phase_index, phase_names, phase_word, records_of_parts
from reformledger.text.folding import name_key


class DataFault(NamedTuple):
    """A fault in plain data: the path of keys and indices to the value (with ``at_key``: to its key), and sentences."""

    path: Path
    message: str
    advice: str = ""
    at_key: bool = False


def document_faults(document: Document) -> Iterator[DataFault]:
    """Yield the faults between the parts of one valid document."""
    if isinstance(document, DirectoryDocument):
        yield from directory_faults((("names", index), entry) for index, entry in enumerate(document.names))
    else:
        yield from _faults_between(list(_entry_lists(document)))


def faults_of_valid_parts(
    data: dict[str, object], kind: DocumentKind, whole_names: Collection[str] = ()
) -> Iterator[DataFault]:
    """Yield the faults between those parts of a document that are valid, where the whole is not."""
    context = context_of(data, whole_names)
    if kind == "directory":
        names = _read_each(DirectoryEntry, data.get("names"), context)
        yield from directory_faults((("names", index), entry) for index, entry in names)
    else:
        yield from _faults_between(list(_valid_entry_lists(data, context)))


_M = TypeVar("_M", bound=Model)


class _EntryList(NamedTuple):
    """Entries with their indices and the path to them, the title of their section, the columns declared for them."""

    path: Path
    entries: Sequence[tuple[int, EntryFields]]
    section: object = None
    declared: Container[str] = ()


def _entry_lists(document: Document) -> Iterator[_EntryList]:
    if isinstance(document, Workpoints):
        yield from _in_sections(document.sections, (), document.columns)
    elif isinstance(document, Ledger):
        for a, part in enumerate(document.parts):
            for t, table in enumerate(part.tables):
                rows = list(enumerate(table.rows))
                yield _EntryList(("parts", a, "tables", t, "rows"), rows, declared=table.columns)


def _in_sections(sections: Sequence[Section], around: Path, columns: Container[str]) -> Iterator[_EntryList]:
    """Yield the points of sections and of those inside them; ``columns`` are those declared around them."""
    for s, section in enumerate(sections):
        path, declared = (*around, "sections", s), section.columns or columns
        yield _EntryList((*path, "points"), list(enumerate(section.points)), section.title, declared)
        yield from _in_sections(section.sections, path, declared)


def _valid_entry_lists(data: dict[str, object], context: dict[str, object]) -> Iterator[_EntryList]:
    """Yield those entries of plain data that are valid by themselves."""
    yield from _valid_in_sections(data, (), (), context)
    for a, part in _mappings(data.get("parts")):
        for t, table in _mappings(part.get("tables")):
            rows = _read_each(LedgerRow, table.get("rows"), context)
            yield _EntryList(("parts", a, "tables", t, "rows"), rows, declared=_declared(table, ()))


def _valid_in_sections(
    holder: dict[str, object], around: Path, columns: Container[str], context: dict[str, object]
) -> Iterator[_EntryList]:
    columns = _declared(holder, columns)
    for s, section in _mappings(holder.get("sections")):
        path = (*around, "sections", s)
        points = _read_each(WorkPoint, section.get("points"), context)
        yield _EntryList((*path, "points"), points, section.get("title"), _declared(section, columns))
        yield from _valid_in_sections(section, path, columns, context)


def _declared(holder: dict[str, object], around: Container[str]) -> Container[str]:
    """Return the columns that plain data declare, or those declared around them."""
    columns = holder.get("columns")
    return columns if isinstance(columns, dict) and columns else around


def _mappings(items: object) -> Iterator[tuple[int, dict[str, object]]]:
    for index, item in enumerate(items if isinstance(items, list) else ()):
        if isinstance(item, dict):
            yield index, item


def _read_each(model: type[_M], items: object, context: dict[str, object]) -> list[tuple[int, _M]]:
    read = []
    for index, item in _mappings(items):
        with suppress(ValidationError):
            read.append((index, model.model_validate(item, context=context)))
    return read


def _faults_between(lists: Sequence[_EntryList]) -> Iterator[DataFault]:
    ids = [entry.id for each in lists for _index, entry in each.entries]
    counts = Counter(ids) if len(set(ids)) < len(ids) else {}
    for path, entries, section, declared in lists:
        for index, entry in entries:
            if _may_contradict(entry):
                yield from _entry_faults(entry, (*path, index), declared)
            # None: a row, which is in no section, or a section without a title, which is a fault of its own. (Asking
            # each entry for its class first would take longer than all else here.)
            if section is not None and isinstance(entry, WorkPoint) and entry.title_from and entry.title != section:
                yield DataFault(
                    (*path, index, "title"),
                    _("“title_from: section” is given, but the title is not its section's."),
                    _("Write the section's title, or leave title_from out."),
                )
            if counts and counts[entry.id] > 1:
                yield DataFault(
                    (*path, index, "id"),
                    _("The id {id} stands more than once in this file.").format(id=entry.id),
                    _("Each entry of a year needs an id of its own."),
                )


def _may_contradict(entry: EntryFields) -> bool:
    """Say whether an entry, as most do not, holds parts that may contradict each other or its table."""
    named = (entry.star and entry.star.phase) or (entry.due and entry.due.parts)
    return bool(entry.columns or entry.phases or entry.extensions or entry.progress or entry.paused or named)


def _entry_faults(entry: EntryFields, path: Path, declared: Container[str]) -> Iterator[DataFault]:
    yield from _undeclared_columns(entry, path, declared)
    yield from _decision_faults(entry, path)
    parts = entry.due.parts if entry.due else ()
    if not entry.phases and not parts:
        if entry.star and entry.star.phase:
            yield DataFault((*path, "star", "phase"), _("The ☆ names a phase, but the entry has none."))
        for place, named in _phases_of_records(entry, path):
            if named:
                sentence = {
                    "extensions": _("The extension names a phase, but the entry has none."),
                    "progress": _("The report names a phase, but the entry has none."),
                }
                yield DataFault(place, sentence[str(place[-3])])
        return
    names = phase_names(entry)
    if parts:
        yield from _part_faults([phase.name for phase in entry.phases], names, path)
    yield from _named_phase_faults(entry, path, names)


def _decision_faults(entry: EntryFields, path: Path) -> Iterator[DataFault]:
    """Yield the pauses that end before they begin, and the names of phases that would be taken for a place in print."""
    phases = [((*path, "phases", index), phase) for index, phase in enumerate(entry.phases)]
    pauses = [(path, entry.paused), *((place, phase.paused) for place, phase in phases)]
    for place, pause in pauses:
        if pause and pause.until and pause.until <= pause.date:
            message = _("The pause of {day} ends on {until}, before it begins.").format(
                day=pause.date.isoformat(), until=pause.until.isoformat()
            )
            yield DataFault((*place, "paused", "until"), message, _("Write the day on which work goes on."))
    for place, phase in phases:
        if is_place_in_print(phase.name):
            message = _("“{name}” names a phase by its place in print.").format(name=phase.name)
            yield DataFault((*place, "name"), message, _("Give the phase its name."))


def _named_phase_faults(entry: EntryFields, path: Path, names: Sequence[str]) -> Iterator[DataFault]:
    """Yield the records and the ☆ that name a phase which the entry has not, or has twice."""
    named: list[tuple[Path, str | None]] = list(_phases_of_records(entry, path))
    if entry.star:
        named.insert(0, ((*path, "star", "phase"), entry.star.phase))
    for place, word in named:
        if word and word not in names and phase_index(names, word) is None:
            yield _no_phase(place, word, names)
    named += [((*path, "history", index, "phase"), reopening.phase) for index, reopening in enumerate(entry.history)]
    for place, word in named:
        if word and names.count(word) > 1:
            yield _shared_name(place, word, names)


def _part_faults(phases: Sequence[str], parts: Sequence[str], path: Path) -> Iterator[DataFault]:
    """Yield the phases beside a deadline of several parts, which hold what became of them, that are none of these."""
    records = records_of_parts(parts, phases)
    for index, name in enumerate(phases):
        place = (*path, "phases", index, "name")
        if name not in parts:
            yield _no_phase(place, name, parts)
        elif index not in records:
            yield DataFault(place, _("More phases are named “{name}” than parts of the deadline.").format(name=name))


def _no_phase(place: Path, word: str, names: Sequence[str]) -> DataFault:
    message = _("No phase is named “{name}”.").format(name=word)
    return DataFault(place, message, _("The phases are: {names}.").format(names=_(", ").join(names)))


def _shared_name(place: Path, word: str, names: Sequence[str]) -> DataFault:
    message = _("Several phases are named “{name}”.").format(name=word)
    words = [phase_word(names, index) for index, name in enumerate(names) if name == word]
    return DataFault(
        place, message, _("Name the phase by its place in print: {words}.").format(words=_(", ").join(words))
    )


def _undeclared_columns(entry: EntryFields, path: Path, declared: Container[str]) -> Iterator[DataFault]:
    for key in entry.columns:
        if key not in declared or is_official(key):
            message = _("The table declares no column “{key}”.")
            advice = _("Declare it under the table's columns: key and printed heading.")
            if isinstance(entry, WorkPoint):
                message = _("Neither the section nor the document declares a column “{key}”.")
                advice = _("Declare it under columns of the section or of the document: key and printed heading.")
            yield DataFault((*path, "columns", key), message.format(key=key), advice, at_key=True)


def _phases_of_records(entry: EntryFields, path: Path) -> Iterator[tuple[Path, str | None]]:
    """Yield the phase that each extension and report names, with its place."""
    for index, extension in enumerate(entry.extensions):
        yield (*path, "extensions", index, "phase"), extension.phase
    for index, report in enumerate(entry.progress):
        yield (*path, "progress", index, "phase"), report.phase


def directory_faults(entries: Iterable[tuple[Path, DirectoryEntry]]) -> Iterator[DataFault]:
    """Yield the faults between the entries of directories, each given with its path."""
    entries = list(entries)
    yield from _name_clashes(entries)
    if any(entry.members for _path, entry in entries):
        yield from _group_faults(entries)


def _group_faults(entries: Sequence[tuple[Path, DirectoryEntry]]) -> Iterator[DataFault]:
    """Yield the members of what is no group, and the groups that hold themselves."""
    directory = Directory(entry for _path, entry in entries)
    for path, entry in entries:
        if entry.members and entry.kind != "group":
            message = _("“{name}” has members, but it is no group.").format(name=entry.name)
            yield DataFault((*path, "members"), message, _("Write “kind: group” beside its name."), at_key=True)
            continue
        group = directory.key(entry.name)
        for index, member in enumerate(entry.members):
            if directory.key(member) == group:
                message = _("“{name}” is a member of itself.").format(name=entry.name)
                yield DataFault((*path, "members", index), message, _("Take this line out."))
            elif group in directory.members_of(member):
                message = _("“{name}” holds “{member}”, which holds “{name}”.").format(name=entry.name, member=member)
                yield DataFault((*path, "members", index), message, _("Take one of the two out of the other."))


def _name_clashes(entries: Iterable[tuple[Path, DirectoryEntry]]) -> Iterator[DataFault]:
    """Yield the spellings that two entries of the directory claim: they would make two offices one, silently."""
    owners: dict[str, str] = {}
    for path, entry in entries:
        spellings: list[tuple[Path, str]] = [((*path, "name"), entry.name)]
        spellings += [((*path, "also", index), spelling) for index, spelling in enumerate(entry.also)]
        for place, spelling in spellings:
            owner = owners.setdefault(name_key(spelling), entry.name)
            if owner != entry.name:
                message = _("“{name}” already belongs to “{other}”.").format(name=spelling, other=owner)
                yield DataFault(place, message, _("One spelling can mean one office only."))
