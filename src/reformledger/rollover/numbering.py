"""Ids and printed numbers of the entries that go on: counted anew as each table or section counted before."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from reformledger.book import Book, Entry
from reformledger.edits.rules.tables import prefix_of
from reformledger.rollover.entry import CarriedEntry
from reformledger.text.folding import compact
from reformledger.text.numerals import printed_number, renumbered


def numbered_anew(book: Book, last: int) -> Iterator[CarriedEntry]:
    """Yield all that is open in the year ``last`` with its id and number in the next.

    Ids count from 1 in a table, in work points through all sections; those of entries without a number come behind
    the others, so that ids and numbers agree.
    """
    counts: Counter[str] = Counter()
    open_entries = [entry for entry in book.entries if entry.year == last and entry.closing is None]
    unnumbered = Counter(_stem(entry) for entry in open_entries if entry.data.number)
    numbers = _Numbers(book, last)
    for entry in open_entries:
        stem = _stem(entry)
        counter = counts if entry.data.number else unnumbered
        counter[stem] += 1
        new_id = f"{stem}-{counter[stem]}"
        yield CarriedEntry(entry, f"{last + 1}/{new_id}", numbers.next(entry, new_id))


def _stem(entry: Entry) -> str:
    """Return what ids are counted under: the prefix, or point-1 and task-1 for point-1-3 and task-1-3."""
    prefix, stem = prefix_of(entry), entry.id.rpartition("-")[0]
    return stem if re.fullmatch(f"{re.escape(prefix)}(-[0-9]+)*", stem) else prefix


class _Numbers:
    """The printed numbers, one after another."""

    def __init__(self, book: Book, last: int) -> None:
        self._begins_at_one = {
            group: next((n for entry in group.entries() if (n := printed_number(entry.data.number))), 1) == 1
            for group in book.groups
            if group.year == last
        }
        self._before: Entry | None = None
        self._last = 0

    def next(self, entry: Entry, new_id: str) -> str | None:
        """Return the number of the next entry, written as its old one was.

        A table or section counts from 1 where it did so before, else on from the one before it.
        """
        printed, before = entry.data.number, self._before
        if before is None or before.group is not entry.group:
            is_same_file = before is not None and before.group.loaded is entry.group.loaded
            self._last = 0 if self._begins_at_one[entry.group] or not is_same_file else self._last
        self._before = entry
        if printed is None:
            return None
        if printed_number(printed) is not None:
            self._last += 1
            return renumbered(printed, self._last)
        # 1.3 is counted where the id says the same (point-1-3); of other numbers nobody knows how they count.
        is_counted = _digits(printed) == _digits(entry.id)
        return renumbered(printed, _digits(new_id)[-1]) if is_counted else printed


def _digits(text: str) -> list[int]:
    return [int(digits) for digits in re.findall("[0-9]+", compact(text))]
