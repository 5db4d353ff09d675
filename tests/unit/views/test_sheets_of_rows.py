"""Rows kept as plain data give the same sheets as the entries that they were made of."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import date
from operator import itemgetter
from pathlib import Path
from typing import Literal, NamedTuple, get_args

import pytest

from reformledger import Context, load_book
from reformledger.columns import Headings, column_keys, heading_of
from reformledger.fields.entry import ENTRY
from reformledger.rows import Due, Json
from reformledger.views.answer import Purpose, Styled
from reformledger.views.content.entries import Keys, default_keys, entries_sheet, grouped_sheet

LEDGERS = Path(__file__).parents[2] / "ledgers"
BOOKS = [
    *sorted((LEDGERS / "bodies").iterdir()),
    LEDGERS / "RL607" / "good",
    LEDGERS / "reading" / "good" / "life.yaml",
]
Row = dict[str, Json]


class KeptRows(NamedTuple):
    """What is kept of a book: what finds nothing by an entry."""

    headings: Headings
    named_by: Literal["id", "ref"]

    def read(self, keys: Iterable[str]) -> None:
        pass

    def value_of(self, key: str) -> Callable[[Row], Json]:
        return itemgetter(key)

    def has_phases(self, row: Row) -> bool:
        return bool(row["phases"])

    def due(self, row: Row) -> Due:
        day = row["due cell"]
        return date.fromisoformat(day) if isinstance(day, str) and day != "open" else "open" if day else None


@pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.name)
def test_kept_rows_are_shown_as_their_entries(path: Path) -> None:
    book = load_book(path)
    day = date(book.years[-1], 10, 1)
    context = Context(book.as_of(day), day)
    entries, keys = context.book.entries, column_keys(context.headings)
    made = [
        {**{key: context.value_of(key)(entry) for key in keys}, "due cell": context.due(entry)} for entry in entries
    ]
    found: list[Row] = json.loads(json.dumps(made, default=date.isoformat))
    kept = KeptRows(Headings(**json.loads(json.dumps(context.headings._asdict()))), context.named_by)
    assert entries_sheet(found, kept, Keys(keys)) == entries_sheet(entries, context, Keys(keys))
    for purpose in get_args(Purpose):
        shown = default_keys(purpose, context, entries)
        assert default_keys(purpose, kept, found) == shown
        groups = [("甲", entries[:1]), ("乙", entries[1:])]
        kept_groups = [("甲", found[:1]), ("乙", found[1:])]
        assert grouped_sheet(kept_groups, kept, shown) == grouped_sheet(groups, context, shown)


def test_cells_are_words_for_codes_days_for_days_and_numbers_for_counts() -> None:
    row: Row = {
        **dict.fromkeys(ENTRY),
        "due cell": "open",
        "status": "overdue",
        "light": "red",
        "light_reason": "missed",
        "kind": "task",
        "star": True,
        "star_closed": False,
        "days_left": -3,
        "issued": "2020-06-30",
        "occurrences": [{"start": "2020-01-01", "end": "2020-03-31", "state": "late"}],
        "leaders": ["甲某", "乙某"],
        "area": "2万亩",
    }
    kept = KeptRows(Headings({"area": ["占地"]}, {}, [], has_phases=False), "id")
    words = {
        "due": "open-ended",
        "status": Styled("overdue", "bold red"),
        "light": Styled("red", "bold red"),
        "light_reason": "occurrence missed",
        "kind": "task",
        "star": "☆",
        "star_closed": "no",
        "days_left": -3,
        "issued": date(2020, 6, 30),
        "occurrences": "2020-03-31 late",
        "leaders": "甲某、乙某",
        "area": "2万亩",
        "remark": "",
    }
    sheet = entries_sheet([row], kept, Keys(list(words)))
    assert list(sheet.rows[0]) == list(words.values())
    assert sheet.columns[list(words).index("area")].heading == heading_of(kept.headings, "area") == "占地"


@pytest.mark.parametrize(("day", "cell"), [(None, ""), ("open", "open-ended"), ("2020-12-31", date(2020, 12, 31))])
def test_a_deadline_is_shown_by_a_day_a_word_or_nothing(day: str | None, cell: date | str) -> None:
    kept = KeptRows(Headings({}, {}, [], has_phases=False), "ref")
    row: Row = {"due cell": day}
    assert entries_sheet([row], kept, Keys(["due"])).rows == [[cell]]
