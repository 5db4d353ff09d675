"""The rows of bodies: what their books say on a day, column by column, as Arrow tables.

Every value is the one of the record (``records``), and every rule that a question needs is applied here: what asks the
data set later on compares, and decides nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import accumulate, chain
from typing import Any

import pyarrow as pa

from reformledger.book import Book
from reformledger.dataset.schema import ASKED, ENTRIES, MILESTONES, OF_ENTRY, PREFERRED, RECORD, REPORTS
from reformledger.entry import Entry
from reformledger.fields.entry import ENTRY
from reformledger.model.deadline import Deadline
from reformledger.model.documents import Directory
from reformledger.query import due_in_own_year, entry_deadlines
from reformledger.records import Context, shown_due
from reformledger.rows import Json
from reformledger.standing import Situation, Standing, standings
from reformledger.text.names import split_names

_TEXTS = pa.list_(pa.string())

_SITUATED = (
    *("due", "wording", "start", "end", "milestone", "star_closed", "status", "light", "light_reason", "days_left"),
    *("last_report", "phases", "occurrences", "progress", "waivers", "extensions", "paused", "closed", "history"),
    *(key for key in ASKED if not key.endswith("_keys") and key != "position"),
)
"""The columns that follow from the situation of an entry: what was recorded, or that nothing was."""


class Columns:
    """The columns of a table that is being made; one of which nothing is known yet takes no room."""

    def __init__(self, schema: Mapping[str, pa.DataType]) -> None:
        self._types = schema
        self._lists: dict[str, list[Any]] = {}
        self.count = 0

    def add(self, count: int, columns: Mapping[str, Sequence[Json]]) -> None:
        """Add ``count`` rows; a column that is not given has no value in any of them."""
        for name, values in columns.items():
            self._padded(name).extend(values)
        self.count += count

    def _padded(self, name: str) -> list[Any]:
        column = self._lists.setdefault(name, [])
        if missing := self.count - len(column):
            column += [_empty(self._types[name])] * missing
        return column

    def __getitem__(self, name: str) -> list[Any]:
        return self._padded(name)

    def array(self, name: str) -> pa.Array:
        """Return a column."""
        type_ = self._types[name]
        if name in self._lists:
            return _array(self._padded(name), type_)
        empty = _empty(type_)
        return pa.nulls(self.count, type_) if empty is None else _array([empty] * self.count, type_)

    def table(self) -> pa.Table:
        """Return the rows."""
        return pa.table({name: self.array(name) for name in self._types}, pa.schema(self._types))


class Rows:
    """The rows of all tables, of as many bodies as are added.

    Entries of one situation (``standing.Situation``) say the same of all that follows from it, whatever their bodies:
    it is found once, and each entry has the number of its own.
    """

    def __init__(self) -> None:
        self._own = Columns({name: ENTRIES.field(name).type for name in ENTRIES.names if name not in _SITUATED})
        self._situated = Columns({name: ENTRIES.field(name).type for name in _SITUATED})
        self._numbers: list[int] = []
        self._known: dict[Situation, int] = {}
        self._held: list[object] = []
        """What situations are told by: while it is here, nothing else can be taken for it."""
        self._reports = Columns({field.name: field.type for field in REPORTS})
        self._milestones = Columns({field.name: field.type for field in MILESTONES})

    @property
    def count(self) -> int:
        """How many entries there are."""
        return self._own.count

    def add(self, body: str, book: Book, as_of: date) -> None:
        """Add what the book of a body says, as of a day that it is of itself (``Book.as_of``)."""
        if not book.entries:
            return
        found = _Body(body, Context(book, as_of))
        numbers = self._situations(found, book.entries)
        self._numbers += numbers
        own = found.own()
        self._own.add(len(numbers), own)
        heads = [own[name] for name in OF_ENTRY]
        self._add_reports(heads, numbers, book.directory)
        self._add_milestones(heads, numbers)

    def _situations(self, found: _Body, entries: Sequence[Entry]) -> list[int]:
        """Return the number of the situation of each entry; those that are new are added."""
        new: list[Entry] = []
        numbers: list[int] = []
        state, book = found.state, found.state.book
        for entry in entries:
            situation = state.situation(entry)
            number = None if situation is None else self._known.get(situation)
            if number is None:
                number = self._situated.count + len(new)
                new.append(entry)
                if situation is not None:
                    self._known[situation] = number
                    self._held += (entry.deadline, book.calendar(entry))
            numbers.append(number)
        if new:
            self._situated.add(len(new), found.situated(new))
        return numbers

    def _add_reports(self, heads: Sequence[Sequence[Json]], numbers: Sequence[int], directory: Directory) -> None:
        """Add the reports on entries; what names each is given column by column."""
        rows = []
        for head, reports in _parts(heads, numbers, self._situated["progress"]):
            for index, report in enumerate(reports):
                by = report["by"] and directory.preferred(report["by"])
                rows.append({**head, "index": index, "by_preferred": by, **report})
        _add_rows(self._reports, rows)

    def _add_milestones(self, heads: Sequence[Sequence[Json]], numbers: Sequence[int]) -> None:
        """Add the milestones and occurrences of entries; what names each is given column by column."""
        rows = []
        for head, phases in _parts(heads, numbers, self._situated["phases"]):
            rows += [{**head, "sort": "milestone", "index": index, **phase} for index, phase in enumerate(phases)]
        for head, occurrences in _parts(heads, numbers, self._situated["occurrences"]):
            for index, one in enumerate(occurrences):
                due = {"start": one["start"], "end": one["end"]}
                rows.append({**head, "sort": "occurrence", "index": index, "due": due, "state": one["state"]})
        _add_rows(self._milestones, rows)

    def entries(self) -> pa.Table:
        """Return the rows of ``entries``."""
        numbers = pa.array(self._numbers, pa.int32())
        arrays = {name: self._situated.array(name).take(numbers) for name in _SITUATED}
        return pa.table([arrays[name] if name in arrays else self._own.array(name) for name in ENTRIES.names], ENTRIES)

    def reports(self) -> pa.Table:
        """Return the rows of ``reports``."""
        return self._reports.table()

    def milestones(self) -> pa.Table:
        """Return the rows of ``milestones``."""
        return self._milestones.table()


def _parts(
    heads: Sequence[Sequence[Json]], numbers: Sequence[int], column: Sequence[list[Any]]
) -> Iterator[tuple[dict[str, Json], list[Any]]]:
    """Yield the parts of each entry that has any in a column of situations, and what names the entry."""
    for at, number in enumerate(numbers):
        if parts := column[number]:
            yield dict(zip(OF_ENTRY, (head[at] for head in heads), strict=True)), parts


def _add_rows(columns: Columns, rows: Sequence[Mapping[str, Json]]) -> None:
    names = dict.fromkeys(name for row in rows for name in row)
    columns.add(len(rows), {name: [row.get(name) for row in rows] for name in names})


class _Body:
    """The entries of a book, asked column by column: most columns are empty in most bodies."""

    def __init__(self, name: str, context: Context) -> None:
        self._name = name
        self._context = context
        self._directory = context.book.directory
        self._entries = context.book.entries
        self.state = standings(context.book, context.as_of)
        self._named = _Named(self._directory)
        self._held = set().union(*(entry.data.model_fields_set for entry in self._entries))

    def own(self) -> dict[str, list[Any]]:
        """Return what each entry says by itself, with names as the directory prefers them."""
        entries, named, book = self._entries, self._named, self._context.book
        keys = (key for key in RECORD if key not in _SITUATED and key not in {"ref", "file"})
        made = {
            key: self._values(key, entries) for key in keys if key in self._held or _may_have(key, self._held, book)
        }
        for name, key in _PREFERRED_OF.items():
            if key in made:
                made[name] = self._preferred(key, made[key], _EMPTY[name])
        return {
            **made,
            "body": [self._name] * len(entries),
            "ref": [f"{self._name}:{entry.ref}" for entry in entries],
            "file": [entry.group.loaded.path.name for entry in entries],
            "position": list(range(len(entries))),
            "leader_keys": [named.keys(entry.leader_names) for entry in entries],
            "lead_keys": [named.keys(entry.data.lead_departments) for entry in entries],
            "support_keys": [named.keys(entry.data.supporting_departments) for entry in entries],
        }

    def _values(self, key: str, entries: Sequence[Entry]) -> list[Any]:
        """Return the values of a key; an entry that holds none is not asked any further."""
        empty = _EMPTY[key]
        if key in _AS_HELD:
            return [entry.data.__dict__.get(key, empty) for entry in entries]
        value = self._context.value_of(key)
        if key in _WITHOUT_FIELD:
            return [value(entry) for entry in entries]
        return [value(entry) if entry.data.__dict__.get(key) else empty for entry in entries]

    def _preferred(self, key: str, values: Sequence[Any], empty: Json) -> list[Any]:
        """Return the names of a column as the directory prefers them."""
        if key == "persons":
            preferred = self._directory.preferred
            return [[{**person, "name": preferred(person["name"])} for person in persons] for persons in values]
        if ENTRY[key].joined:
            whole = self._directory.whole_names
            values = [tuple(split_names(value, whole)) if value else () for value in values]
        if values and isinstance(empty, list):
            return [self._named.preferred(value) for value in values]
        return [value and self._directory.preferred(value) for value in values]

    def situated(self, entries: Sequence[Entry]) -> dict[str, list[Any]]:
        """Return what follows from the situations of entries."""
        found = [self.state.of(entry) for entry in entries]
        due_days = [_last_days(entry_deadlines(entry)) for entry in entries]
        shares = [[phase for phase in entry.phases if not phase.is_cancelled] for entry in entries]
        by_days = [_last_days(entry_deadlines(entry, open_alone=True)) for entry in entries]
        return {
            **{key: self._values(key, entries) for key in _SITUATED if key in RECORD},
            "due_cell": [_due_cell(standing) for standing in found],
            "due_days": due_days,
            "due_by_day": [min(days, default=None) for days in by_days],
            "is_due_this_year": [due_in_own_year(entry) for entry in entries],
            "is_open": [standing.is_open for standing in found],
            "is_closed_late": [entry.closing is not None and entry.closed_late for entry in entries],
            "has_phases": [bool(entry.phases) for entry in entries],
            "milestones": [len(phases) for phases in shares],
            "milestones_closed": [sum(phase.closed is not None for phase in phases) for phases in shares],
            "milestones_late": [sum(phase.is_late(self._context.as_of) for phase in phases) for phases in shares],
            **self._counted(entries),
        }

    def _counted(self, entries: Sequence[Entry]) -> dict[str, list[Any]]:
        made = {}
        for name, with_carried in {"is_counted": False, "is_counted_with_carried": True}.items():
            counted = set(map(id, self.state.counted(with_carried=with_carried)))
            made[name] = [id(entry) in counted for entry in entries]
        return made


def _may_have(key: str, held: Collection[str], book: Book) -> bool:
    """Say whether an entry may have a value of a key that none of a book holds as a field."""
    if key == "marks":
        return any(group.marks for group in book.groups)
    if key == "implemented_by":
        return "implements" in held
    return key in _WITHOUT_FIELD


def _empty(type_: pa.DataType) -> Json:
    """Return the value of what has none."""
    if pa.types.is_list(type_):
        return []
    return {} if pa.types.is_map(type_) else None


_EMPTY = {field.name: _empty(field.type) for field in ENTRIES}
_PREFERRED_OF = {name: name.removesuffix("_preferred") for name in PREFERRED}
_MADE = {"due", "star", "phases", "closed"}
_WITHOUT_FIELD = frozenset(key for key in RECORD if key not in ENTRY or ENTRY[key].source == "derived" or key in _MADE)
"""The keys of which an entry may have a value without a field of that name.

It is due by its ☆, has phases by its deadline, and is closed out by the last of its phases.
"""
_AS_HELD = frozenset(
    key for key, type_ in RECORD.items() if type_ in {pa.string(), pa.list_(pa.string())} and key not in _WITHOUT_FIELD
) - {"implements"}
"""The keys whose value is the text, or the texts, that the entry itself holds."""


class _Named:
    """The keys of names by the directory, and the names that it prefers; many entries have the same names."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self._keys: dict[tuple[str, ...], list[str]] = {}
        self._preferred: dict[tuple[str, ...], list[str]] = {}

    def keys(self, names: tuple[str, ...]) -> list[str]:
        """Return the key of each, each once."""
        if names not in self._keys:
            self._keys[names] = list(dict.fromkeys(map(self._directory.key, names)))
        return self._keys[names]

    def preferred(self, names: tuple[str, ...]) -> list[str]:
        """Return each as the directory prefers it."""
        if names not in self._preferred:
            self._preferred[names] = list(map(self._directory.preferred, names))
        return self._preferred[names]


def _last_days(deadlines: Iterable[Deadline]) -> list[str]:
    return [period.end.isoformat() for deadline in deadlines for period in deadline.occurrences]


def _due_cell(standing: Standing) -> str | None:
    day = shown_due(standing)
    return day.isoformat() if isinstance(day, date) else day


def _array(values: Sequence[Any], type_: pa.DataType) -> pa.Array:
    """Return plain values, in which days are texts, as an array; part by part, for that takes half the time."""
    if pa.types.is_date(type_):
        return pa.array(values, pa.string()).cast(type_)
    if pa.types.is_struct(type_):
        held = [value or {} for value in values]
        fields = [(field.name, field.type) for field in type_.fields]
        parts = [_array([value.get(name) for value in held], part) for name, part in fields]
        mask = pa.array([value is None for value in values], pa.bool_())
        return pa.StructArray.from_arrays(parts, fields=type_.fields, mask=mask)
    if pa.types.is_list(type_) and type_ != _TEXTS:
        items = [value or () for value in values]
        offsets = pa.array(list(accumulate(map(len, items), initial=0)), pa.int32())
        return pa.ListArray.from_arrays(offsets, _array(list(chain.from_iterable(items)), type_.value_type), type_)
    return pa.array(values, type_)
