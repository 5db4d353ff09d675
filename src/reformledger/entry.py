"""The entries of documents: work points and rows of the ledger, each with its place and what its records say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Literal, NamedTuple

from reformledger.loader import LoadedDocument
from reformledger.model.documents import Ledger, Part, Path, Section, Table, Workpoints, is_official
from reformledger.model.entries import LedgerRow, WorkPoint
from reformledger.model.life import closed_late, closing, current_deadline, is_star_met
from reformledger.model.phases import phase_states
from reformledger.text.folding import without_marks

EntryKind = Literal["point", "task", "review", "scheme", "pilot"]
KINDS: tuple[EntryKind, ...] = ("point", "task", "review", "scheme", "pilot")
DepartmentRole = Literal["lead", "support"]
INHERITED = ("leaders", "lead_departments")
"""The fields that a heading says for all entries below that do not say them themselves."""


class Heading(NamedTuple):
    """A section, part or table, and the path to it in its document."""

    path: Path
    data: Section | Part | Table

    @property
    def label(self) -> str:
        """Return number and title in one piece, as printed (一、主要指标); blank for a table without a title."""
        number, title = getattr(self.data, "number", None) or "", self.data.title or ""
        return f"{number}、{title}" if number and number[-1].isalnum() else number + title

    @property
    def word(self) -> str:
        """Return the shortest words for it beside those around it: its number, else its title."""
        return getattr(self.data, "number", None) or self.data.title or ""


class Group:
    """A section or table with its entries, and the lines at which they begin."""

    def __init__(self, loaded: LoadedDocument, year: int, path: Path, headings: Sequence[Heading]) -> None:
        self.loaded = loaded
        self.year = year
        self.path = path
        self.headings = tuple(headings)
        """The headings that the entries stand under, the outermost first."""
        nearest = headings[-1].data
        self.table = nearest if isinstance(nearest, Table) else None

    def entries(self) -> Iterator[Entry]:
        """Yield the entries in their printed order."""
        if self.table is not None:
            yield from (self.entry(row, index) for index, row in enumerate(self.table.rows))
        elif isinstance(self.heading, Section):
            yield from (self.entry(point, index) for index, point in enumerate(self.heading.points))

    def entry(self, data: WorkPoint | LedgerRow, index: int) -> Entry:
        """Return an entry of the group; what it does not say itself it takes from the headings."""
        kind: EntryKind = self.table.kind if self.table else "point"
        taken = [key for key in self.inherited if not getattr(data, key)]
        if taken:
            values = {key: getattr(self.inherited[key].data, key) for key in taken}
            data = data.model_copy(update=values)
        return Entry(data, self, index, kind, taken)

    @cached_property
    def inherited(self) -> Mapping[str, Heading]:
        """The nearest heading that says each of the fields which entries inherit, by the key of the field."""
        return {
            key: heading for heading in self.headings for key in INHERITED if getattr(heading.data, key)
        }  # a later, nearer heading replaces one before it

    @property
    def heading(self) -> Section | Part:
        """Return the section, or the part that holds the table."""
        found = self.headings[-2 if self.table else -1].data
        assert not isinstance(found, Table)  # noqa: S101 - no table holds another
        return found

    @property
    def has_own_numbers(self) -> bool:
        """Whether the numbers printed here are declared to be codes or those of an extract (``numbers: own``)."""
        document = self.loaded.document
        of_document = document.numbers if isinstance(document, Workpoints | Ledger) else None
        return bool(of_document or (self.table and self.table.numbers))

    @cached_property
    def columns(self) -> Mapping[str, str]:
        """The columns that the group prints: keys and headings, as the nearest that declares any has them."""
        return self._declared("columns")

    @cached_property
    def own_columns(self) -> Mapping[str, str]:
        """The columns that are printed beside those of official fields: key and printed heading."""
        return {key: heading for key, heading in self.columns.items() if not is_official(key)}

    @cached_property
    def phase_columns(self) -> Mapping[str, str]:
        """The printed headings of keys of phases, as the nearest that declares any has them."""
        return self._declared("phase_columns")

    def _declared(self, key: str) -> Mapping[str, str]:
        holders = [*(heading.data for heading in reversed(self.headings)), self.loaded.document]
        # Asked for an attribute that it does not have, a model takes thirty times as long as its dictionary.
        return next((found for holder in holders if (found := vars(holder).get(key))), {})

    @property
    def roles(self) -> list[str]:
        """The roles of persons that the entries name, as they are printed."""
        holder = self.table.rows if self.table else getattr(self.heading, "points", ())
        return list(dict.fromkeys(role for data in holder for role in data.persons))

    @cached_property
    def title(self) -> str:
        """The title of the table where it has its own, else of the part or section.

        Where two sections share a title, those around it are named before it.
        """
        title = (self.table.title if self.table else None) or self.heading.title
        if self.table or len(self.headings) == 1:
            return title
        shared = sum(group.heading.title == title for group in groups_of(self.loaded)) > 1
        return " › ".join(heading.data.title or "" for heading in self.headings) if shared else title

    @property
    def name(self) -> str:
        """Return what a person calls it: a table's prefix, a section's title, inside another 一/（一）."""
        if self.table:
            return self.table.id_prefix
        return self.title if len(self.headings) == 1 else "/".join(heading.word for heading in self.headings)

    @property
    def marks(self) -> dict[str, str]:
        """Return the marks that the document declares, and what each means."""
        document = self.loaded.document
        return document.marks if isinstance(document, Workpoints | Ledger) else {}

    @cached_property
    def lines(self) -> list[int]:
        """Return the line of each entry, from 1."""
        return self.loaded.tree.lines_of(self.path)


class Entry:
    """A work point or a row of the ledger, with its place and what follows from its records."""

    __slots__ = ("closing", "data", "deadline", "group", "index", "inherited", "kind", "phases", "year")

    def __init__(
        self, data: WorkPoint | LedgerRow, group: Group, index: int, kind: EntryKind, inherited: Sequence[str] = ()
    ) -> None:
        self.data = data
        self.group = group
        self.index = index
        self.kind = kind
        self.inherited = list(inherited)
        """The keys of the fields of ``data`` that come from a heading."""
        self.year = group.year
        self.phases = phase_states(data)
        self.deadline = current_deadline(data, self.phases, group.year)
        self.closing = closing(data, self.phases)

    @property
    def id(self) -> str:
        """Return the id, unique within its year."""
        return self.data.id

    @property
    def ref(self) -> str:
        """Return the id with its year: unique in the book."""
        return f"{self.year}/{self.data.id}"

    @property
    def row(self) -> LedgerRow | None:
        """Return the ledger row, or None for a work point."""
        return self.data if isinstance(self.data, LedgerRow) else None

    @property
    def file(self) -> str:
        """Return the file, relative to the working directory if it is inside."""
        return self.group.loaded.name

    @property
    def line(self) -> int:
        """Return the line at which the entry begins, from 1."""
        return self.group.lines[self.index]

    @property
    def place(self) -> str:
        """Return ``file:line`` of the entry."""
        return f"{self.file}:{self.line}"

    @property
    def marks(self) -> dict[str, str]:
        """Return the declared marks that are printed before the title or in a column, and what each means."""
        declared = self.group.marks
        if not declared:
            return {}
        printed = "".join(without_marks(text, declared)[0] for text in (self.data.title, *self.data.columns.values()))
        return {mark: meaning for mark, meaning in declared.items() if mark in printed}

    @property
    def bare_title(self) -> str:
        """Return the title without declared marks before it: what it is compared by."""
        return without_marks(self.data.title, self.group.marks)[1] or self.data.title

    @property
    def is_counted_from_issue(self) -> bool:
        """Say whether any of its deadlines is counted from the date of issue, and has no days without it (3年内)."""
        due, phases = self.data.due, self.phases
        return (due is not None and due.within is not None) or (
            bool(phases) and any(phase.deadline is not None and phase.deadline.within is not None for phase in phases)
        )

    @property
    def star_closed(self) -> bool | None:
        """Say whether the ☆ is met; None without ☆."""
        return is_star_met(self.data, self.phases)

    @property
    def closed_late(self) -> bool:
        """Say whether the entry was closed out after its last day."""
        return closed_late(self.data, self.phases, self.year)

    @property
    def leader_names(self) -> tuple[str, ...]:
        """The names of ``leader_roles``."""
        data = self.data
        if not data.persons and (self.row is None or self.row.city_leader is None):
            return data.leaders
        return tuple(name for _role, name in self.leader_roles())

    def leader_roles(self) -> Iterator[tuple[str, str]]:
        """Yield role and name of everyone who answers for the entry, as printed; of ``persons`` the role, too."""
        role = "responsible" if self.kind == "pilot" else "leader"
        for name in self.data.leaders:
            yield role, name
        if self.row and self.row.city_leader:
            yield "city_leader", self.row.city_leader
        for printed, names in self.data.persons.items():
            for name in names:
                yield printed, name

    def department_roles(self) -> Iterator[tuple[DepartmentRole, str]]:
        """Yield role and name of every department, as printed."""
        for name in self.data.lead_departments:
            yield "lead", name
        for name in self.data.supporting_departments:
            yield "support", name


def groups_of(loaded: LoadedDocument) -> Iterator[Group]:
    """Yield the sections and tables of a document that may hold entries, in their printed order."""
    document = loaded.document
    if isinstance(document, Workpoints):
        yield from _sections(loaded, document.year, document.sections, ())
    elif isinstance(document, Ledger):
        for p, part in enumerate(document.parts):
            outer = Heading(("parts", p), part)
            for t, table in enumerate(part.tables):
                inner = Heading((*outer.path, "tables", t), table)
                yield Group(loaded, document.year, (*inner.path, "rows"), [outer, inner])


def _sections(
    loaded: LoadedDocument, year: int, sections: Sequence[Section], around: Sequence[Heading]
) -> Iterator[Group]:
    path = around[-1].path if around else ()
    for index, section in enumerate(sections):
        headings = [*around, Heading((*path, "sections", index), section)]
        yield Group(loaded, year, (*headings[-1].path, "points"), headings)
        yield from _sections(loaded, year, section.sections, headings)


class Headed(NamedTuple):
    """A section, part or table, and the groups of entries under it; those of sections inside it are among them."""

    loaded: LoadedDocument
    heading: Heading
    groups: list[Group]


def headings_over(groups: Iterable[Group]) -> Sequence[Headed]:
    """Return the sections, parts and tables over groups of entries, in their order."""
    found: dict[tuple[str, Path], Headed] = {}
    for group in groups:
        for heading in group.headings:
            key = group.loaded.name, heading.path
            found.setdefault(key, Headed(group.loaded, heading, [])).groups.append(group)
    return tuple(found.values())
