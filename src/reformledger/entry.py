"""The entries of documents: work points and rows of the ledger, each with its place and what its records say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Literal

from reformledger.loader import LoadedDocument
from reformledger.model.documents import Ledger, Part, Path, Section, Table, Workpoints
from reformledger.model.entries import LedgerRow, WorkPoint
from reformledger.model.life import closed_late, closing, current_deadline, is_star_met, phase_states

EntryKind = Literal["point", "task", "review", "scheme", "pilot"]
KINDS: tuple[EntryKind, ...] = ("point", "task", "review", "scheme", "pilot")
DepartmentRole = Literal["lead", "support"]


class Group:
    """A section or table with its entries, and the lines at which they begin."""

    def __init__(
        self, loaded: LoadedDocument, year: int, path: Path, heading: Section | Part, table: Table | None
    ) -> None:
        self.loaded = loaded
        self.year = year
        self.path = path
        self.heading = heading
        self.table = table

    def entries(self) -> Iterator[Entry]:
        """Yield the entries in their printed order."""
        if isinstance(self.heading, Section):
            for index, point in enumerate(self.heading.points):
                yield Entry(point, self, index, "point")
        if self.table is not None:
            for index, row in enumerate(self.table.rows):
                yield Entry(row, self, index, self.table.kind)

    @property
    def title(self) -> str:
        """Return the title of the table where it has its own, else of the part or section."""
        return (self.table.title if self.table else None) or self.heading.title

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
    def star_closed(self) -> bool | None:
        """Say whether the ☆ is met; None without ☆."""
        return is_star_met(self.data, self.phases)

    @property
    def closed_late(self) -> bool:
        """Say whether the entry was closed out after its last day."""
        return closed_late(self.data, self.phases, self.year)

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
    """Yield the sections and tables of a document that hold entries."""
    document = loaded.document
    if isinstance(document, Workpoints):
        for s, section in enumerate(document.sections):
            yield Group(loaded, document.year, ("sections", s, "points"), section, None)
    elif isinstance(document, Ledger):
        for p, part in enumerate(document.parts):
            for t, table in enumerate(part.tables):
                yield Group(loaded, document.year, ("parts", p, "tables", t, "rows"), part, table)
