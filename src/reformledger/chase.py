"""What to chase now, and with whom: open entries that are overdue, behind or due soon, by department."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from reformledger.book import Book, Entry
from reformledger.model.life import DUE_SOON_DAYS, Light, light_of
from reformledger.query import days_left
from reformledger.roles import known_name

CHASED = (Light.RED, Light.YELLOW, Light.BLUE)
"""The lights that ask for action, the most urgent first."""


class Chased(NamedTuple):
    """An entry to chase: its light, and the days to its last day (negative: over)."""

    entry: Entry
    light: Light
    days: int


class DepartmentChase(NamedTuple):
    """What to chase with one department that leads it; ``name`` is "" for entries that name none."""

    name: str
    items: tuple[Chased, ...]

    def count(self, light: Light) -> int:
        """Return how many of its items have a light."""
        return sum(item.light is light for item in self.items)


def chase(
    book: Book, as_of: date, *, within: int = DUE_SOON_DAYS, departments: Sequence[str] = ()
) -> list[DepartmentChase]:
    """Return what to chase on ``as_of``, due soon being within so many days; the worst department first.

    An entry that several departments lead stands under each. Raises ``UsageError`` for an unknown department.
    """
    wanted = {known_name(book, "department", name) for name in departments}
    groups: dict[str, list[Chased]] = {}
    for item in _chased(book, book.entries, as_of, within):
        for key in _leading(book, item.entry):
            if not wanted or key in wanted:
                groups.setdefault(key, []).append(item)
    found = [
        DepartmentChase(book.directory.preferred(_spelling(book, key, items)), _sorted(items))
        for key, items in groups.items()
    ]
    return sorted(found, key=lambda group: [-group.count(light) for light in CHASED])


def _chased(book: Book, entries: Iterable[Entry], as_of: date, within: int) -> Iterator[Chased]:
    for entry in entries:
        status = book.status(entry, as_of, within)
        light = light_of(status, entry.deadline, entry.data.progress, as_of)
        days = days_left(entry.deadline, as_of)
        if light in CHASED and days is not None:
            yield Chased(entry, light, days)


def _leading(book: Book, entry: Entry) -> Iterable[str]:
    """Return the keys of the departments that lead, each once whatever its names; "" when there is none."""
    return dict.fromkeys(map(book.directory.key, entry.data.lead_departments)) or [""]


def _spelling(book: Book, key: str, items: Sequence[Chased]) -> str:
    """Return a department's name as its entries print it."""
    names = (name for item in items for name in item.entry.data.lead_departments)
    return next((name for name in names if book.directory.key(name) == key), "")


def _sorted(items: Iterable[Chased]) -> tuple[Chased, ...]:
    return tuple(sorted(items, key=lambda item: (CHASED.index(item.light), item.days)))


def totals(groups: Iterable[DepartmentChase]) -> dict[Light, int]:
    """Return how many entries have each light, one under several departments counted once."""
    lights = {item.entry.ref: item.light for group in groups for item in group.items}
    counts = Counter(lights.values())
    return {light: counts[light] for light in CHASED}
