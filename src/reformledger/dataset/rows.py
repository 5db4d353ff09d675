"""The rows of bodies: what their books say on a day, column by column, as Arrow tables.

Every value is the one of the record (``records``), and every rule that a question needs is applied here: what asks the
data set later on compares, and decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
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
from reformledger.query import due_in_own_year, entry_deadlines
from reformledger.records import Context, Json, value_of
from reformledger.standing import Standing, standings
from reformledger.text.names import split_names

OPEN_ENDED = "open"
"""What the day of an entry is called that has a deadline, but no last day."""

_ALWAYS = frozenset({"id", "title", "due", "star", "phases", "occurrences"})
"""Keys that an entry may have a value of without holding them itself, and those that each holds."""


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
        context = Context(book, as_of)
        entries = book.entries
        if not entries:
            return
        made = _record_columns(entries, context)
        made["body"] = [body] * len(entries)
        made["ref"] = [f"{body}:{entry.ref}" for entry in entries]
        made |= _asked_columns(entries, context)
        self.entries.add(len(entries), made)
        self._add_reports(made, context.book.directory)
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


def _record_columns(entries: Sequence[Entry], context: Context) -> dict[str, list[Any]]:
    """Return the keys of the record, and names as the directory prefers them, column by column, none that is empty."""
    held = _ALWAYS.union(*(entry.data.model_fields_set for entry in entries))
    made = {key: _values(key, entries, context) for key in RECORD if key in held or _is_derived(key)}
    made["file"] = [entry.group.loaded.path.name for entry in entries]
    directory = context.book.directory
    for name in PREFERRED:
        key = name.removesuffix("_preferred")
        if key in made:
            empty, is_joined = _empty(PREFERRED[name]), ENTRY[key].joined
            made[name] = [_preferred(value, directory, is_joined=is_joined) if value else empty for value in made[key]]
    return made


def _is_derived(key: str) -> bool:
    return key not in ENTRY or ENTRY[key].source == "derived"


def _values(key: str, entries: Sequence[Entry], context: Context) -> list[Json]:
    """Return the values of a key; an entry that holds none is not asked any further."""
    value, empty = value_of(key), _empty(RECORD[key])
    if key == "phases":
        return [value(entry, context) if entry.phases else empty for entry in entries]
    if key == "occurrences":
        return [value(entry, context) if _may_recur(entry) else empty for entry in entries]
    if key in _ALWAYS or _is_derived(key):
        return [value(entry, context) for entry in entries]
    return [value(entry, context) if getattr(entry.data, key, None) else empty for entry in entries]


def _may_recur(entry: Entry) -> bool:
    return bool(entry.phases) or (entry.deadline is not None and entry.deadline.every is not None)


def _empty(type_: pa.DataType) -> Json:
    """Return the value of what has none."""
    if pa.types.is_list(type_):
        return []
    return {} if pa.types.is_map(type_) else None


def _preferred(value: Any, directory: Directory, *, is_joined: bool) -> Json:
    """Return names as the directory prefers them: of a list, of persons with their roles, or in one text."""
    preferred = directory.preferred
    if isinstance(value, str):
        names = split_names(value, directory.whole_names) if is_joined else [value]
        found = [preferred(name) for name in names]
        return found if is_joined else found[0]
    return [{**name, "name": preferred(name["name"])} if isinstance(name, dict) else preferred(name) for name in value]


def _asked_columns(entries: Sequence[Entry], context: Context) -> dict[str, list[Any]]:
    """Return what questions are answered by, column by column."""
    state, key = standings(context.book, context.as_of), context.book.directory.key
    found = [state.of(entry) for entry in entries]
    days = _LastDays()
    due_days = [days.of(entry_deadlines(entry)) for entry in entries]
    by_days = [days.of(entry_deadlines(entry, open_alone=True)) if entry.phases else None for entry in entries]
    columns: dict[str, list[Any]] = {
        "position": list(range(len(entries))),
        "due_cell": [_due_cell(standing) for standing in found],
        "due_days": due_days,
        "due_by_day": [min(due if by is None else by, default=None) for due, by in zip(due_days, by_days, strict=True)],
        "is_due_this_year": list(map(due_in_own_year, entries)),
        "is_open": [standing.is_open for standing in found],
        "is_closed_late": [entry.closing is not None and entry.closed_late for entry in entries],
        "leader_keys": [_distinct(key(name) for _role, name in entry.leader_roles()) for entry in entries],
        "lead_keys": [_distinct(map(key, entry.data.lead_departments)) for entry in entries],
        "support_keys": [_distinct(map(key, entry.data.supporting_departments)) for entry in entries],
    }
    for name, with_carried in {"is_counted": False, "is_counted_with_carried": True}.items():
        counted = set(map(id, state.counted(with_carried=with_carried)))
        columns[name] = [id(entry) in counted for entry in entries]
    if any(entry.phases for entry in entries):
        shares = [[phase for phase in entry.phases if not phase.is_cancelled] for entry in entries]
        columns["milestones"] = [len(phases) for phases in shares]
        columns["milestones_closed"] = [sum(phase.closed is not None for phase in phases) for phases in shares]
        columns["milestones_late"] = [sum(phase.is_late(context.as_of) for phase in phases) for phases in shares]
    return columns


def _distinct(keys: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(keys))


class _LastDays:
    """The last days of deadlines; entries of one wording share a deadline, so each is asked once."""

    def __init__(self) -> None:
        self._known: dict[int, list[str]] = {}

    def of(self, deadlines: Sequence[Deadline]) -> list[str]:
        """Return the last day of each occurrence of each."""
        if len(deadlines) == 1:
            return self._of_one(deadlines[0])
        return [day for deadline in deadlines for day in self._of_one(deadline)]

    def _of_one(self, deadline: Deadline) -> list[str]:
        key = id(deadline)  # which stays its own while its book is there
        if key not in self._known:
            self._known[key] = [period.end.isoformat() for period in deadline.occurrences]
        return self._known[key]


def _due_cell(standing: Standing) -> str | None:
    if standing.deadline is None:
        return None
    day = standing.last_day or standing.deadline.end
    return OPEN_ENDED if day is None else day.isoformat()


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
    if pa.types.is_list(type_):
        items = [value or () for value in values]
        offsets = pa.array(list(accumulate(map(len, items), initial=0)), pa.int32())
        return pa.ListArray.from_arrays(offsets, _array(list(chain.from_iterable(items)), type_.value_type), type_)
    return pa.array(values, type_)
