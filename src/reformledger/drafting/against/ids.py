"""Ids for entries that a book has not: such as no entry of the year has or had."""

from __future__ import annotations

from collections.abc import Iterable

from reformledger.book import Book
from reformledger.model.documents import Ledger, Workpoints


def free_ids(ids: Iterable[str], book: Book, years: Iterable[int]) -> dict[str, str]:
    """Return for each of some ids one that no entry has: itself, else the next number behind its prefix."""
    of_years = set(years)
    taken = {entry.id for entry in book.entries if entry.year in of_years}
    for loaded in book.documents:
        document = loaded.document
        if isinstance(document, Workpoints | Ledger) and document.year in of_years:
            taken |= {removal.id for removal in document.removed}
    wanted = list(ids)
    free = [each for each in wanted if each not in taken]
    last: dict[str, int] = {}
    for each in (*taken, *free):
        before, number = _parts(each)
        last[before] = max(last.get(before, 0), number)
    found: dict[str, str] = {}
    for each in wanted:
        found[each] = each
        if each in taken:
            before, _number = _parts(each)
            last[before] += 1
            found[each] = f"{before}{last[before]}"
    return found


def _parts(id: str) -> tuple[str, int]:
    """Return what is before the number of an id, and that number; an id without one is a prefix, and the first."""
    prefix, hyphen, number = id.rpartition("-")
    return (prefix + hyphen, int(number)) if number.isdecimal() else (f"{id}-", 1)
