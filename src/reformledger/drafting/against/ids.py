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
    found: dict[str, str] = {}
    wanted = list(ids)
    taken_by_draft = set(wanted) - taken
    for each in wanted:
        found[each] = each if each in taken_by_draft else _next(each, taken | taken_by_draft | set(found.values()))
    return found


def _next(id: str, taken: Iterable[str]) -> str:
    """Return the id behind the last that has the same prefix."""
    prefix, hyphen, number = id.rpartition("-")
    if not number.isdecimal():
        prefix, hyphen = id, "-"
    begin = prefix + hyphen
    numbers = [other.removeprefix(begin) for other in taken if other.startswith(begin)]
    return f"{begin}{1 + max((int(each) for each in numbers if each.isdecimal()), default=1)}"
