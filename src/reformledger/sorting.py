"""The order of an answer, by a key or the heading of a column: the same whatever holds the values of its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Literal, TypeVar

from reformledger.columns import CODES, Headings, listed_columns
from reformledger.errors import UsageError
from reformledger.i18n import _
from reformledger.printed import printed
from reformledger.text.numerals import in_parts

R = TypeVar("R")
SortKey = Literal["id", "due", "title", "leader", "department", "status", "days_left"]
SORT_KEYS: tuple[SortKey, ...] = ("id", "due", "title", "leader", "department", "status", "days_left")


def sort_rows(rows: Iterable[R], order: str, value_of: Callable[[str], Value[R]], headings: Headings) -> list[R]:
    """Return rows sorted by ``[-]key``; those without a value come last in either direction.

    ``value_of`` returns what finds the value of a column in a row, as the record has it. Raises ``UsageError`` for an
    unknown key.
    """
    place = _sort_of(_column_of(order.removeprefix("-"), headings), value_of)
    with_place: list[tuple[SortValue, R]] = []
    without: list[R] = []
    for row in rows:
        found = place(row)
        if found is None:
            without.append(row)
        else:
            with_place.append((found, row))
    with_place.sort(key=lambda pair: pair[0], reverse=order.startswith("-"))
    return [row for _place, row in with_place] + without


def _column_of(word: str, headings: Headings) -> str:
    """Return the column that a key or a heading names; raises ``UsageError``."""
    if word in SORT_KEYS:
        return _NAMED_AS.get(word, word)
    try:
        return listed_columns(headings, word)[0]
    except UsageError:
        message = _("Cannot sort by “{key}”.").format(key=word)
        raise UsageError(message, _("Sort by one of: {keys}.").format(keys=_(", ").join(SORT_KEYS))) from None


_NAMED_AS = {"leader": "leaders", "department": "lead_departments"}
"""The columns that keys of another name sort by."""

Value = Callable[[R], Any]
"""What finds the value of a column in a row, as the record has it."""
SortValue = tuple[int | bytes | str, ...]
Sort = Callable[[R], SortValue | None]


def _sort_of(column: str, value_of: Callable[[str], Value[R]]) -> Sort[R]:
    """Return what finds the place of a row by one of its columns; None where it has no value there."""
    match column:
        case "id" | "ref":
            return _by_id(value_of("year"), value_of("id"))
        case "due" | "wording" | "start" | "end":
            return _as_is(value_of("end"))
        case "days_left":
            return _as_is(value_of(column))
        case "leaders" | "lead_departments":  # of several, the first decides
            return _by_first(value_of(column))
        case _ if column in CODES:
            return _by_code(list(CODES[column]), value_of(column))
    value = value_of(column)
    return lambda row: _spelled(printed(column, value(row)))


def _by_id(year: Value[R], id: Value[R]) -> Sort[R]:
    return lambda row: (year(row), *(_spelled(id(row)) or ()))


def _by_first(names: Value[R]) -> Sort[R]:
    def place(row: R) -> SortValue | None:
        found = names(row)
        return _spelled(found[0]) if found else None

    return place


def _as_is(value: Value[R]) -> Sort[R]:
    """Sort by numbers, or by days as they are written."""

    def place(row: R) -> SortValue | None:
        found = value(row)
        return None if found is None else (found,)

    return place


def _by_code(codes: Sequence[str], value: Value[R]) -> Sort[R]:
    """Sort codes in the order of their words."""
    places = {code: (place,) for place, code in enumerate(codes)}

    def place(row: R) -> SortValue | None:
        found = value(row)
        return None if found is None else places[str(found).lower()]

    return place


def _spelled(text: str) -> SortValue | None:
    """Order a text as dictionaries do, 第2批 and 第二批 before 第10批 and 第十批; None where it is blank.

    GB 18030 lists the common characters by their pinyin.
    """
    if not text:
        return None
    return tuple(part if isinstance(part, int) else part.encode("gb18030") for part in in_parts(text))
