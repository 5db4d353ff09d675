"""Rows kept as plain data are sorted as the entries that they were made of."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from operator import itemgetter
from pathlib import Path

import pytest

from reformledger import Context, load_book
from reformledger.book import Book
from reformledger.columns import Headings, column_keys, headings_of
from reformledger.errors import UsageError
from reformledger.query import Question, ask
from reformledger.rows import Json
from reformledger.sorting import SORT_KEYS, sort_rows

BODIES = Path(__file__).parents[2] / "ledgers" / "bodies"
NO_HEADINGS = Headings({}, {}, [], has_phases=False)
Row = dict[str, Json]


def of(key: str) -> Callable[[Row], Json]:
    return itemgetter(key)


def kept(book: Book, as_of: date) -> list[Row]:
    """Return what is kept of the entries of a book: each column, as JSON."""
    context = Context(book, as_of)
    keys = column_keys(context.headings)
    rows = [{key: context.value_of(key)(entry) for key in keys} for entry in book.entries]
    found: list[Row] = json.loads(json.dumps(rows))
    return found


@pytest.mark.parametrize("body", sorted(BODIES.iterdir()), ids=lambda body: body.name)
def test_kept_rows_have_the_order_of_their_entries_by_each_column(body: Path) -> None:
    book = load_book(body)
    day = date(book.years[-1], 10, 1)
    book = book.as_of(day)
    rows, headings = kept(book, day), headings_of(book)
    for key in (*SORT_KEYS, *column_keys(headings)):
        for order in (key, f"-{key}"):
            entries = ask(book, Question(sort=[order], years=book.years), day)
            assert [row["ref"] for row in sort_rows(rows, order, of, headings)] == [entry.ref for entry in entries]


@pytest.mark.parametrize(
    ("order", "rows", "sorted_ids"),
    [
        ("due", [("a", {"end": None}), ("b", {"end": "2021-01-01"}), ("c", {"end": "2020-12-31"})], "cba"),
        ("-due", [("a", {"end": None}), ("b", {"end": "2021-01-01"}), ("c", {"end": "2020-12-31"})], "bca"),
        ("days_left", [("a", {"days_left": 10}), ("b", {"days_left": -2}), ("c", {"days_left": 9})], "bca"),
        (
            "status",
            [("a", {"status": "under_way"}), ("b", {"status": "closed"}), ("c", {"status": "overdue"})],
            "bca",
        ),
        ("leader", [("a", {"leaders": []}), ("b", {"leaders": ["张某", "安某"]}), ("c", {"leaders": ["李某"]})], "cba"),
        ("☆", [("a", {"star": False}), ("b", {"star": True})], "ba"),
    ],
)
def test_what_has_no_value_comes_last(order: str, rows: list[tuple[str, Row]], sorted_ids: str) -> None:
    found = sort_rows([{"id": name, **row} for name, row in rows], order, of, NO_HEADINGS)
    assert "".join(str(row["id"]) for row in found) == sorted_ids


def test_an_unknown_key_is_refused_without_any_row() -> None:
    with pytest.raises(UsageError, match="Cannot sort by “nope”"):
        sort_rows([], "nope", of, NO_HEADINGS)
