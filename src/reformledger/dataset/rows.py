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
from reformledger.dataset.schema import ENTRIES, MILESTONES, OF_ENTRY, PREFERRED, RECORD, REPORTS
from reformledger.entry import Entry
from reformledger.fields.entry import ENTRY
from reformledger.model.deadline import Deadline
from reformledger.model.documents import Directory
from reformledger.query import entry_deadlines
from reformledger.records import Context, Json, iso
from reformledger.standing import Standing, standings
from reformledger.text.names import split_names

_TEXTS = pa.list_(pa.string())
OPEN_ENDED = "open"
"""What the day of an entry is called that has a deadline, but no last day."""


class Columns:
    """The columns of a table that is being made; one of which nothing is known yet takes no room."""

    def __init__(self, schema: pa.Schema) -> None:
        self._schema = schema
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
            column += [_empty(self._schema.field(name).type)] * missing
        return column

    def table(self) -> pa.Table:
        """Return the rows."""
        arrays = [self._array(field) for field in self._schema]
        return pa.Table.from_arrays(arrays, schema=self._schema)

    def _array(self, field: pa.Field) -> pa.Array:
        if field.name in self._lists:
            return _array(self._padded(field.name), field.type)
        empty = _empty(field.type)
        return pa.nulls(self.count, field.type) if empty is None else _array([empty] * self.count, field.type)


class Rows:
    """The rows of all tables, of as many bodies as are added."""

    def __init__(self) -> None:
        self.entries = Columns(ENTRIES)
        self.reports = Columns(REPORTS)
        self.milestones = Columns(MILESTONES)

    def add(self, body: str, book: Book, as_of: date) -> None:
        """Add what the book of a body says, as of a day that it is of itself (``Book.as_of``)."""
        entries = book.entries
        if not entries:
            return
        found = _Body(Context(book, as_of))
        made = {**found.record(), **found.asked()}
        made["body"] = [body] * len(entries)
        made["ref"] = [f"{body}:{entry.ref}" for entry in entries]
        self.entries.add(len(entries), made)
        self._add_reports(made, book.directory)
        self._add_milestones(made)

    def _add_reports(self, made: Mapping[str, Sequence[Any]], directory: Directory) -> None:
        """Add the reports on entries, whose columns are given."""
        rows = []
        for head, reports in _parts(made, "progress"):
            for index, report in enumerate(reports):
                by = report["by"] and directory.preferred(report["by"])
                rows.append({**head, "index": index, "by_preferred": by, **report})
        _add_rows(self.reports, rows)

    def _add_milestones(self, made: Mapping[str, Sequence[Any]]) -> None:
        """Add the milestones and occurrences of entries, whose columns are given."""
        rows = []
        for head, phases in _parts(made, "phases"):
            rows += [{**head, "sort": "milestone", "index": index, **phase} for index, phase in enumerate(phases)]
        for head, occurrences in _parts(made, "occurrences"):
            for index, one in enumerate(occurrences):
                due = {"start": one["start"], "end": one["end"]}
                rows.append({**head, "sort": "occurrence", "index": index, "due": due, "state": one["state"]})
        _add_rows(self.milestones, rows)


def _parts(made: Mapping[str, Sequence[Any]], key: str) -> Iterator[tuple[dict[str, Json], list[Any]]]:
    """Yield the parts of each entry that has any under a key, and what names the entry."""
    for at, parts in enumerate(made.get(key, ())):
        if parts:
            yield {name: made[name][at] for name in OF_ENTRY}, parts


def _add_rows(columns: Columns, rows: Sequence[Mapping[str, Json]]) -> None:
    names = dict.fromkeys(name for row in rows for name in row)
    columns.add(len(rows), {name: [row.get(name) for row in rows] for name in names})


class _Body:
    """The entries of a book with how they are doing, asked column by column: most columns are empty in most bodies."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._directory = context.book.directory
        self._entries = context.book.entries
        self._fields = [vars(entry.data) for entry in self._entries]
        state = standings(context.book, context.as_of)
        self._standings = [state.of(entry) for entry in self._entries]
        self._named = _Named(self._directory)
        held = set().union(*(entry.data.model_fields_set for entry in self._entries))
        keys = (key for key in RECORD if key not in {"ref", "file"})
        self._keys = [key for key in keys if key in held or _may_have(key, held, context.book)]

    def record(self) -> dict[str, list[Any]]:
        """Return the keys of the record, and names as the directory prefers them."""
        made = {key: self._values(key) for key in self._keys}
        made["file"] = [entry.group.loaded.path.name for entry in self._entries]
        for name, key in _PREFERRED_OF.items():
            if key in made:
                made[name] = self._preferred(key, made[key], _EMPTY[name])
        return made

    def _values(self, key: str) -> list[Any]:
        """Return the values of a key; an entry that holds none is not asked any further."""
        if key in _OF_STANDING:
            attribute = _OF_STANDING[key]
            return [getattr(standing, attribute) for standing in self._standings]
        if key in _AS_HELD:
            empty = _EMPTY[key]
            return [fields.get(key, empty) for fields in self._fields]
        value = self._context.value_of(key)
        if key == "occurrences":
            return [value(entry) if _may_recur(entry) else [] for entry in self._entries]
        if key in _WITHOUT_FIELD:
            return [value(entry) for entry in self._entries]
        empty = _EMPTY[key]
        return [
            value(entry) if fields.get(key) else empty
            for entry, fields in zip(self._entries, self._fields, strict=True)
        ]

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

    def asked(self) -> dict[str, list[Any]]:
        """Return what questions are answered by."""
        entries, named, days = self._entries, self._named, _LastDays()
        due_days = [days.of(entry_deadlines(entry)) for entry in entries]
        by_days = [
            days.of(entry_deadlines(entry, open_alone=True)) if entry.phases else due
            for entry, due in zip(entries, due_days, strict=True)
        ]
        columns: dict[str, list[Any]] = {
            "position": list(range(len(entries))),
            "due_cell": [_due_cell(standing) for standing in self._standings],
            "due_days": due_days,
            "due_by_day": [min(by, default=None) for by in by_days],
            "is_due_this_year": [days.fall_in(due, entry.year) for entry, due in zip(entries, due_days, strict=True)],
            "is_open": [standing.is_open for standing in self._standings],
            "is_closed_late": [entry.closing is not None and entry.closed_late for entry in entries],
            "leader_keys": [named.keys(tuple(name for _role, name in entry.leader_roles())) for entry in entries],
            "lead_keys": [named.keys(entry.data.lead_departments) for entry in entries],
            "support_keys": [named.keys(entry.data.supporting_departments) for entry in entries],
            **self._counted(),
        }
        if any(entry.phases for entry in entries):
            shares = [[phase for phase in entry.phases if not phase.is_cancelled] for entry in entries]
            as_of = self._context.as_of
            columns["milestones"] = [len(phases) for phases in shares]
            columns["milestones_closed"] = [sum(phase.closed is not None for phase in phases) for phases in shares]
            columns["milestones_late"] = [sum(phase.is_late(as_of) for phase in phases) for phases in shares]
        return columns

    def _counted(self) -> dict[str, list[Any]]:
        state = standings(self._context.book, self._context.as_of)
        made = {}
        for name, with_carried in {"is_counted": False, "is_counted_with_carried": True}.items():
            counted = set(map(id, state.counted(with_carried=with_carried)))
            made[name] = [id(entry) in counted for entry in self._entries]
        return made


def _may_have(key: str, held: Collection[str], book: Book) -> bool:
    """Say whether an entry may have a value of a key that none of a book holds as a field."""
    if key == "marks":
        return any(group.marks for group in book.groups)
    if key == "implemented_by":
        return "implements" in held
    return key in _WITHOUT_FIELD


def _may_recur(entry: Entry) -> bool:
    return bool(entry.phases) or (entry.deadline is not None and entry.deadline.every is not None)


def _empty(type_: pa.DataType) -> Json:
    """Return the value of what has none."""
    if pa.types.is_list(type_):
        return []
    return {} if pa.types.is_map(type_) else None


_EMPTY = {field.name: _empty(field.type) for field in ENTRIES}
_PREFERRED_OF = {name: name.removesuffix("_preferred") for name in PREFERRED}
_OF_STANDING = {"status": "status", "light": "light", "light_reason": "reason", "days_left": "days_left"}
"""The keys whose value is what a ``Standing`` says, and its attribute."""
_WITHOUT_FIELD = frozenset(
    key for key in RECORD if key not in ENTRY or ENTRY[key].source == "derived" or key in {"due", "star", "phases"}
)
"""The keys of which an entry may have a value without a field of that name: due by its ☆, phases by its deadline."""
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


class _LastDays:
    """The last days of deadlines; entries of one wording share a deadline, so each is asked once."""

    def __init__(self) -> None:
        self._known: dict[int, list[str]] = {}

    def of(self, deadlines: Sequence[Deadline]) -> list[str]:
        """Return the last day of each occurrence of each."""
        if len(deadlines) == 1:
            return self._of_one(deadlines[0])
        return [day for deadline in deadlines for day in self._of_one(deadline)]

    def fall_in(self, days: Iterable[str], year: int) -> bool:
        """Say whether any of some days is in a year (``query.due_in``)."""
        return any(day.startswith(str(year)) for day in days)

    def _of_one(self, deadline: Deadline) -> list[str]:
        key = id(deadline)  # which stays its own while its book is there
        if key not in self._known:
            self._known[key] = [period.end.isoformat() for period in deadline.occurrences]
        return self._known[key]


def _due_cell(standing: Standing) -> str | None:
    if standing.deadline is None:
        return None
    day = standing.last_day or standing.deadline.end
    return OPEN_ENDED if day is None else iso(day)


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
