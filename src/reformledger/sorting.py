"""The order of the entries of an answer, by a key or the heading of a column."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Literal

from reformledger.book import Book
from reformledger.columns import CODES, headings_of, listed_columns
from reformledger.entry import Entry
from reformledger.errors import UsageError
from reformledger.i18n import _
from reformledger.model.life import Status
from reformledger.records import Context, deadline_of, printed, value_of
from reformledger.standing import Standing
from reformledger.text.numerals import in_parts

SortKey = Literal["id", "due", "title", "leader", "department", "status", "days_left"]
SORT_KEYS: tuple[SortKey, ...] = ("id", "due", "title", "leader", "department", "status", "days_left")


def sort_entries(book: Book, entries: Iterable[Entry], order: str, as_of: date) -> list[Entry]:
    """Return the entries sorted by ``[-]key``; those without a value come last in either direction.

    Raises ``UsageError`` for an unknown key.
    """
    key = _sort_of(book, order.removeprefix("-"))
    context = Context(book, as_of)
    with_value: list[tuple[SortValue, Entry]] = []
    without: list[Entry] = []
    for entry in entries:
        value = key(entry, context)
        if value is None:
            without.append(entry)
        else:
            with_value.append((value, entry))
    with_value.sort(key=lambda pair: pair[0], reverse=order.startswith("-"))
    return [entry for _value, entry in with_value] + without


def _sort_of(book: Book, word: str) -> Callable[[Entry, Context], SortValue | None]:
    """Return what entries are sorted by for a key or the heading of a column; raises ``UsageError``."""
    if word in _SORTS:
        return _SORTS[word]
    try:
        column = listed_columns(headings_of(book), word)[0]
    except UsageError:
        message = _("Cannot sort by “{key}”.").format(key=word)
        raise UsageError(message, _("Sort by one of: {keys}.").format(keys=_(", ").join(SORT_KEYS))) from None
    if column in CODES:
        codes = list(CODES[column])
        return lambda entry, context: _place_of(codes, value_of(column)(entry, context))
    return _SORTS.get(_SORTED_AS.get(column, column)) or (
        lambda entry, context: _spelled(list(filter(None, [printed(column, value_of(column)(entry, context))])))
    )


def _place_of(codes: Sequence[str], value: object) -> SortValue | None:
    return None if value is None else (codes.index(str(value).lower()),)


_SORTED_AS = {
    "ref": "id",
    "wording": "due",
    "start": "due",
    "end": "due",
    "leaders": "leader",
    "lead_departments": "department",
}
"""Columns that are sorted as a key of another name."""


SortValue = tuple[int | bytes, ...]


def _spelled(texts: Sequence[str]) -> SortValue | None:
    """Order the first text as dictionaries do, 第2批 and 第二批 before 第10批 and 第十批; None without any.

    GB 18030 lists the common characters by their pinyin.
    """
    if not texts:
        return None
    return tuple(part if isinstance(part, int) else part.encode("gb18030") for part in in_parts(texts[0]))


def _last_day(entry: Entry, context: Context) -> SortValue | None:
    deadline = deadline_of(entry, context)
    end = deadline.end if deadline else None
    return None if end is None else (end.toordinal(),)


def _days_left(standing: Standing) -> SortValue | None:
    return None if standing.days_left is None else (standing.days_left,)


_SORTS: dict[str, Callable[[Entry, Context], SortValue | None]] = {
    "id": lambda entry, _context: (entry.year, *(_spelled([entry.id]) or ())),
    "due": _last_day,
    "title": lambda entry, _context: _spelled([entry.data.title]),
    "leader": lambda entry, _context: _spelled(entry.data.leaders),
    "department": lambda entry, _context: _spelled(entry.data.lead_departments),
    "status": lambda entry, context: (list(Status).index(context.standing(entry).status),),
    "days_left": lambda entry, context: _days_left(context.standing(entry)),
}
