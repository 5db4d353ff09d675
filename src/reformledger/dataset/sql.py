"""Questions as SQL over the stored columns: it compares what is stored, and has no rule of its own.

DuckDB reads the files that it is given, and nothing else: no extension, no other file, no setting of the user's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from reformledger.counting import Tally
from reformledger.entry import DepartmentRole
from reformledger.model.life import Light, Reason, Status
from reformledger.model.period import Period
from reformledger.roles import Subject

_KEYS: dict[DepartmentRole | None, str] = {
    "lead": "lead_keys",
    "support": "support_keys",
    None: "list_concat(lead_keys, support_keys)",
}
_KEYS_OF: dict[Subject, str] = {
    "leader": "leader_keys",
    # Who leads and supports an entry has it once.
    "department": "list_concat(lead_keys, list_filter(support_keys, lambda key: NOT list_contains(lead_keys, key)))",
}
_FILES = "read_parquet(?, hive_partitioning = false)"
_FIRST = "min({'body': body, 'position': position, 'nth': nth})"
_CONFIG: dict[str, Any] = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}
_COUNTS = {
    "all": "count(*)",
    "star": "count(*) FILTER (WHERE star)",
    "due_this_year": "count(*) FILTER (WHERE is_due_this_year)",
    "overdue": f"count(*) FILTER (WHERE status = '{Status.OVERDUE}')",
    "closed": f"count(*) FILTER (WHERE status = '{Status.CLOSED}')",
    "red": f"count(*) FILTER (WHERE light = '{Light.RED}')",
    "yellow": f"count(*) FILTER (WHERE light = '{Light.YELLOW}')",
    "blue": f"count(*) FILTER (WHERE light = '{Light.BLUE}')",
    "green": f"count(*) FILTER (WHERE light = '{Light.GREEN}')",
    "unreported": f"count(*) FILTER (WHERE light_reason = '{Reason.UNREPORTED}')",
    "closed_late": "count(*) FILTER (WHERE is_closed_late)",
    "star_met": "count(*) FILTER (WHERE star_closed)",
    "milestones": "coalesce(sum(milestones), 0)",
    "milestones_closed": "coalesce(sum(milestones_closed), 0)",
    "milestones_late": "coalesce(sum(milestones_late), 0)",
}
"""The counts of a ``Tally``, in its order."""
STATUS_COLUMNS = {"open": "is_open", "met_late": "is_closed_late"}
"""The stored columns of what is asked for like a status, and is none."""


class Clause(NamedTuple):
    """A condition on a row as SQL, and the values of its parameters (``?``) in their order."""

    sql: str
    values: tuple[Any, ...] = ()


def is_in(column: str, values: Iterable[Any]) -> Clause:
    """Return the condition that a column has one of some values."""
    return Clause(f"list_contains(?, {column})", (list(values),))


def any_of(conditions: Iterable[Clause]) -> Clause:
    """Return the condition that one of several holds; of none, none does."""
    conditions = list(conditions)
    joined = " OR ".join(f"({each.sql})" for each in conditions) or "FALSE"
    return Clause(joined, tuple(value for each in conditions for value in each.values))


def is_counted(*, with_carried: bool) -> Clause:
    """Return the condition that an entry counts among those of its matter."""
    return Clause("is_counted_with_carried" if with_carried else "is_counted")


def has_star(star: bool) -> Clause:
    """Return the condition that an entry has a ☆, or has none."""
    return Clause("star = ?", (star,))


def has_status(codes: Iterable[str]) -> Clause:
    """Return the condition that an entry has one of ``fields.words.ASKED_STATUS``."""
    codes = list(codes)
    flags = [Clause(STATUS_COLUMNS[code]) for code in codes if code in STATUS_COLUMNS]
    return any_of([is_in("status", [str(code) for code in codes if code not in STATUS_COLUMNS]), *flags])


def is_due_in(year: int, periods: Sequence[Period]) -> Clause:
    """Return the condition that an entry of a year is due within one of some periods."""
    within = " OR ".join(f"day BETWEEN {_day(period.start)} AND {_day(period.end)}" for period in periods)
    return Clause(f"year = ? AND len(list_filter(due_days, lambda day: {within})) > 0", (year,))


def is_due_by(year: int, periods: Sequence[Period]) -> Clause:
    """Return the condition that an entry of a year is due by the end of one of some periods."""
    return Clause("year = ? AND due_by_day <= ?", (year, max(period.end for period in periods)))


def _day(day: date) -> str:
    return f"DATE '{day.isoformat()}'"


def has_any(column: str) -> Clause:
    """Return the condition that an entry has something in a column of lists."""
    return Clause(f"len({column}) > 0")


def is_led_by(bodies: Sequence[str], keys: Iterable[str]) -> Clause:
    """Return the condition that an entry of some bodies names a leader by one of some keys."""
    return Clause("list_contains(?, body) AND list_has_any(leader_keys, ?)", (list(bodies), list(keys)))


def is_of(bodies: Sequence[str], keys: Iterable[str], role: DepartmentRole | None) -> Clause:
    """Return the condition that an entry of some bodies names a department, in a role where one is asked for."""
    return Clause(f"list_contains(?, body) AND list_has_any({_KEYS[role]}, ?)", (list(bodies), list(keys)))


class Found:
    """The entries in some files that meet every condition; ``held`` is what keeps the files there."""

    def __init__(self, paths: Sequence[Path], conditions: Iterable[Clause], held: object = None) -> None:
        self._held = held
        self._connection = duckdb.connect(":memory:", config=_CONFIG)
        conditions = list(conditions)
        self._where = " AND ".join(f"({each.sql})" for each in conditions) or "TRUE"
        self._values = [list(map(str, paths)), *(value for each in conditions for value in each.values)]
        self._is_empty = not paths

    def rows(self, columns: Sequence[str]) -> list[tuple[Any, ...]]:
        """Return columns of the entries: body by body in the order of their names, each in the order of its files."""
        if self._is_empty:
            return []
        listed = ", ".join(f'"{column}"' for column in columns)
        return self._asked(f"SELECT {listed} FROM {_FILES} WHERE {self._where} ORDER BY body, position")

    def count(self) -> int:
        """Return how many entries there are."""
        if self._is_empty:
            return 0
        ((count,),) = self._asked(f"SELECT count(*) FROM {_FILES} WHERE {self._where}")
        return int(count)

    def by(self, columns: Sequence[str]) -> dict[str, dict[str, Tally]]:
        """Count the entries by the values of each of some columns, and all of them: under "", as of a blank value."""
        found: dict[str, dict[str, Tally]] = {name: {} for name in ("", *columns)}
        sets = ", ".join(f"({column})" for column in ("", *columns))
        which = " ".join(f"WHEN GROUPING({column}) = 0 THEN '{column}'" for column in columns)
        by = f"CASE {which} ELSE '' END"
        value = ", ".join([*columns, "''"])
        for name, key, tally in self._tallies(by, f"coalesce({value})", f"GROUP BY GROUPING SETS ({sets})"):
            found[name][key] = tally
        return found

    def by_keys(self, subject: Subject) -> dict[str, Tally]:
        """Count the entries by the keys of leaders or departments, those with most first, else who is named first."""
        keys = _KEYS_OF[subject]
        more = f"UNNEST({keys}) AS key, generate_subscripts({keys}, 1) AS nth"
        return {key: tally for _subject, key, tally in self._tallies("''", "key", "GROUP BY key", more)}

    def _tallies(self, by: str, key: str, grouped: str, more: str = "0 AS nth") -> Iterator[tuple[str, str, Tally]]:
        """Yield counts with what they are by and of: those with most first, of as many those with the first entry."""
        if self._is_empty:
            if key != "key":
                yield "", "", Tally("", *[0] * len(_COUNTS))
            return
        found = f"SELECT *, {more} FROM {_FILES} WHERE {self._where}"
        counts = ", ".join(_COUNTS.values())
        order = f"ORDER BY 3 DESC, {len(_COUNTS) + 3}"
        for row in self._asked(f"SELECT {by}, {key}, {counts}, {_FIRST} FROM ({found}) {grouped} {order}"):
            name, of, *counted, _first = row
            yield name, of, Tally(of, *counted)

    def _asked(self, query: str) -> list[tuple[Any, ...]]:
        return self._connection.execute(query, self._values).fetchall()
