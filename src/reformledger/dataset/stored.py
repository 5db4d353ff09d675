"""Entries found in a data set, as rows of an answer: the values of their records, read from stored columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import Any, Literal

from reformledger.columns import Headings
from reformledger.dataset import sql
from reformledger.fields.entry import BESIDE, ENTRY, record_keys, searched_keys
from reformledger.printed import names_in_role, part_of_phases, strings_in
from reformledger.query import folded_values
from reformledger.rows import Due, Json
from reformledger.sorting import sort_rows

BODY = "body"
"""The column that names the body of an entry."""
_PARTS = {"persons", "phases"}
_OWN = "columns"
_DUE_CELL, _HAS_PHASES = "due_cell", "has_phases"


class StoredRows:
    """Entries of a data set, each known by its number among those found; a column is read when it is asked for."""

    def __init__(self, found: sql.Found, headings: Headings, named_by: Literal["id", "ref"], *, is_of_several: bool):
        self.headings = headings
        self.named_by = named_by
        self._is_of_several = is_of_several
        self._found = found
        self._columns: dict[str, Sequence[Any]] = {}
        self._rows: Sequence[int] | None = None

    @property
    def rows(self) -> Sequence[int]:
        """The entries that are left, in their order."""
        if self._rows is None:
            read = next(iter(self._columns.values()), None)
            self._rows = range(self._found.count() if read is None else len(read))
        return self._rows

    def read(self, keys: Iterable[str]) -> None:
        """Read the columns of several keys at once, which is faster than one by one."""
        # What each table has is read along with whatever is read first: once is faster.
        stored = (_DUE_CELL, _HAS_PHASES, *(self._stored(key) for key in keys if key != "contact"))
        names = [name for name in dict.fromkeys(stored) if name not in self._columns]
        if names:
            rows = self._found.rows(names)
            columns = zip(*rows, strict=True) if rows else [()] * len(names)
            self._columns |= dict(zip(names, map(_plain_column, columns), strict=True))

    def _stored(self, key: str) -> str:
        """Return the stored column in which the value of a key is found."""
        if key in ENTRY or key in BESIDE or key in {*sql.STATUS_COLUMNS.values(), _DUE_CELL, _HAS_PHASES}:
            return key
        if key == BODY and self._is_of_several:
            return BODY
        head = key.partition(".")[0]
        return head if head in _PARTS else _OWN

    def keep(self, test: Callable[[int], bool]) -> None:
        """Keep the entries that meet a test."""
        self._rows = [row for row in self.rows if test(row)]

    def sort(self, order: str) -> None:
        """Sort the entries as ``sorting.sort_rows`` does."""
        self._rows = sort_rows(self.rows, order, self.value_of, self.headings)

    def value_of(self, key: str) -> Callable[[int], Json]:
        """Return what finds the value of a column in an entry: as the record has it.

        A contact is never there: none is stored.
        """
        if key == "contact":
            return lambda _row: None
        name, column = self._stored(key), self._column(key)
        if name == key:
            return column.__getitem__
        if name == _OWN:
            return lambda row: column[row].get(key)
        part = key.partition(".")[2]
        of_part = names_in_role if name == "persons" else part_of_phases
        return lambda row: of_part(column[row], part)

    def _column(self, key: str) -> Sequence[Any]:
        self.read([key])
        return self._columns[self._stored(key)]

    def has_phases(self, row: int) -> bool:
        """Say whether an entry has phases."""
        return bool(self._column(_HAS_PHASES)[row])

    def due(self, row: int) -> Due:
        """Return the day for which an entry is chased, else the last of its deadline."""
        day = self._due_cells[row]
        return day if day is None or day == "open" else date.fromisoformat(day)

    @cached_property
    def _due_cells(self) -> Sequence[Any]:
        return self._column(_DUE_CELL)

    def folded(self, key: str) -> Callable[[int], set[str]]:
        """Return what finds the ``folded_values`` of a column in an entry."""
        value = self.value_of(key)
        if key != "status":
            return lambda row: folded_values(key, value(row))
        flags = {word: self._column(name) for word, name in sql.STATUS_COLUMNS.items()}
        return lambda row: folded_values(key, [value(row), *(word for word, flag in flags.items() if flag[row])])

    def texts(self) -> Callable[[int], Iterator[str]]:
        """Return what yields the texts of an entry that a search looks through; no contact is among them."""
        keys = searched_keys()
        self.read(keys)
        values = [self.value_of(key) for key in keys]
        return lambda row: (text for value in values for text in strings_in(value(row)))

    def records(self, rows: Iterable[int]) -> list[dict[str, Json]]:
        """Return the records of entries."""
        keys = record_keys()
        self.read(keys)
        values = {key: self.value_of(key) for key in keys}
        return [{key: value(row) for key, value in values.items()} for row in rows]


def _plain_column(values: Sequence[Any]) -> Sequence[Any]:
    """Return the values of a column as the record has them; most are so as they are stored."""
    held = next(filter(None, values), None)
    first = held[0] if isinstance(held, list) else held
    return values if isinstance(first, str | int | None) else [_plain(value) for value in values]


def _plain(value: Any) -> Any:
    """Return a stored value as the record has it: a day as text, a whole number without places."""
    match value:
        case str() | None | bool() | int():
            return value
        case date():
            return value.isoformat()
        case float():
            return int(value) if value.is_integer() else value
        case list():
            return [_plain(item) for item in value]
        case dict():
            return {key: _plain(item) for key, item in value.items()}
    raise TypeError(value)
