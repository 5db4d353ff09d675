"""What to chase now, and with whom: entries whose light asks for action, by the departments that lead them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import NamedTuple

from reformledger.book import Book
from reformledger.entry import Entry
from reformledger.model.life import DUE_SOON_DAYS, Light
from reformledger.query import Question, ask
from reformledger.roles import bound_by, leading_keys, names_in
from reformledger.standing import Standing, Standings, standings

CHASED = (Light.RED, Light.YELLOW, Light.BLUE)
"""The lights that ask for action, the most urgent first."""


class Chased(NamedTuple):
    """An entry to chase, how it is doing, and the work points that it carries out."""

    entry: Entry
    standing: Standing
    points: tuple[Entry, ...]

    @property
    def light(self) -> Light:
        """Return its light, which it has."""
        assert self.standing.light is not None  # noqa: S101 - what has none is not chased
        return self.standing.light


class DepartmentChase(NamedTuple):
    """What to chase with one department that leads it; ``name`` is "" for entries that name none."""

    name: str
    items: tuple[Chased, ...]

    def count(self, light: Light) -> int:
        """Return how many of its items have a light."""
        return sum(item.light is light for item in self.items)


def chase(
    book: Book,
    as_of: date,
    question: Question | None = None,
    *,
    within: int = DUE_SOON_DAYS,
    unreported: bool = False,
) -> list[DepartmentChase]:
    """Return what to chase on ``as_of`` of the entries that answer a question; the worst department first.

    Due soon means within so many days; ``unreported``: only what nobody has reported on. An entry that several
    departments lead is under each. A row takes the place of its work point. Raises ``UsageError`` as ``ask`` does.
    """
    question = question or Question()
    lights = frozenset(question.lights or CHASED)
    wanted = bound_by(names_in(book), "department", question.departments)
    state = standings(book, as_of)
    candidates = ask(book, question._replace(departments=(), lights=()), as_of)
    groups: dict[str, list[Chased]] = {}
    for item in _chased(state, candidates, within):
        if item.light in lights and (item.standing.is_unreported or not unreported):
            for key in leading_keys(book, item.entry):
                if not wanted or key in wanted:
                    groups.setdefault(key, []).append(item)
    found = [
        DepartmentChase(book.directory.preferred(_spelling(book, key, items)), _sorted(items))
        for key, items in groups.items()
    ]
    return sorted(found, key=lambda group: [-group.count(light) for light in CHASED])


def _chased(state: Standings, entries: Sequence[Entry], within: int) -> list[Chased]:
    """Return the entries to chase, without the work points whose rows are listed themselves and have a last day."""
    found = [Chased(entry, state.of(entry, within), _points(state.book, entry)) for entry in entries]
    listed = [item for item in found if item.standing.light in CHASED]
    standing_in = (item for item in listed if item.standing.last_day is not None)
    replaced = {point.ref for item in standing_in for point in item.points}
    return [item for item in listed if item.entry.row or item.entry.ref not in replaced]


def _points(book: Book, row: Entry) -> tuple[Entry, ...]:
    return tuple(point for ref in book.implemented_refs(row) if (point := book.get(ref)))


def _spelling(book: Book, key: str, items: Sequence[Chased]) -> str:
    """Return a department's name as its entries print it."""
    names = (name for item in items for name in item.entry.data.lead_departments)
    return next((name for name in names if book.directory.key(name) == key), "")


def _sorted(items: Iterable[Chased]) -> tuple[Chased, ...]:
    """Return items by light, then by the days that are left; those without a day come last."""

    def urgency(item: Chased) -> tuple[int, bool, int]:
        days = item.standing.days_left
        return CHASED.index(item.light), days is None, days or 0

    return tuple(sorted(items, key=urgency))


def totals(groups: Iterable[DepartmentChase], lights: Collection[Light] = CHASED) -> dict[Light, int]:
    """Return how many entries have each light, one under several departments counted once."""
    found = {item.entry.ref: item.light for group in groups for item in group.items}
    counts = Counter(found.values())
    return {light: counts[light] for light in lights}
