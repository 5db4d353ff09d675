"""The record of an entry: every key of the JSON contract (``schema/entry.json``), in its order.

Tables, CSV, ``--columns``, ``--where`` and ``--search`` are all made from the same keys (``columns``), so that what can
be seen can also be asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache, lru_cache
from operator import attrgetter
from typing import Literal, NamedTuple

from reformledger.book import Book
from reformledger.columns import Headings, headings_of
from reformledger.entry import Entry
from reformledger.fields.entry import BESIDE, ENTRY, record_keys, searched_keys
from reformledger.matter import LastReport, Matter, Milestone
from reformledger.model.base import Model
from reformledger.model.deadline import Deadline
from reformledger.model.entries import Closing, Reopening
from reformledger.model.life import Light, Reason, TargetState, phase_target_states, target_states
from reformledger.model.phases import PhaseState, is_late
from reformledger.printed import names_in_role, part_of_phases, strings_in
from reformledger.rows import Due, Json
from reformledger.standing import Standing, standings
from reformledger.text.masking import hide_number


class Context(NamedTuple):
    """What a record depends on beside the entry: the book, and the day as of which statuses are told.

    With ``reveal`` contacts have their phone numbers whole. It is where the values of entries are found (``Rows``).
    """

    book: Book
    as_of: date
    reveal: bool = False

    def standing(self, entry: Entry) -> Standing:
        """Return how an entry is doing on the day."""
        return standings(self.book, self.as_of).of(entry)

    @property
    def headings(self) -> Headings:
        """What the documents print over columns."""
        return headings_of(self.book)

    @property
    def named_by(self) -> Literal["id", "ref"]:
        """What names an entry: its id, in a book of several years its ref, without which task-1 is many."""
        return "ref" if len(self.book.years) > 1 else "id"

    def read(self, keys: Iterable[str]) -> None:
        """Read nothing: all of a book is there."""

    def has_phases(self, entry: Entry) -> bool:
        """Say whether an entry has phases."""
        return bool(entry.phases)

    def value_of(self, key: str) -> Callable[[Entry], Json]:
        """Return what finds the value of a column in an entry."""
        if (own := _own_value(key)) is not None:
            return own
        value = value_of(key)
        return lambda entry: value(entry, self)

    def due(self, entry: Entry) -> Due:
        """Return the day for which an entry is chased, else the last of its deadline."""
        return shown_due(self.standing(entry))


def shown_due(standing: Standing) -> Due:
    """Return what a deadline is shown by."""
    if standing.deadline is None:
        return None
    return standing.last_day or standing.deadline.end or "open"


Value = Callable[[Entry, Context], Json]


def due_json(deadline: Deadline | None, begins: date | None) -> Json:
    """Return ``{"wording","start","end","every","from_star","begins"}``, or null without a deadline.

    ``begins`` is the day on which the work begins.
    """
    if deadline is None:
        return None
    return {
        "wording": deadline.wording,
        "start": iso(deadline.start),
        "end": iso(deadline.end),
        "every": deadline.every,
        "from_star": deadline.from_star,
        "begins": iso(begins),
    }


@lru_cache(maxsize=4096)
def iso(day: date | None) -> str | None:
    """Return a day as text; the same few days come up again and again."""
    return None if day is None else day.isoformat()


def part_json(part: Model) -> dict[str, Json]:
    """Return one record of the life of an entry: every key, in the model's order."""
    values = vars(part)
    return {key: _plain(values[name]) for key, name in _parts_of(type(part))}


@cache
def _parts_of(model: type[Model]) -> list[tuple[str, str]]:
    """Return the keys of the parts of a record, each with the name of its attribute."""
    return [(info.alias or name, name) for name, info in model.model_fields.items()]


def _closing_json(closing: Closing | None, *, late: bool) -> Json:
    return None if closing is None else {**part_json(closing), "late": late}


def _reopening_json(reopening: Reopening) -> dict[str, Json]:
    return {
        **part_json(reopening),
        "closed": _closing_json(reopening.closed, late=is_late(reopening.closed, None)),
    }


def deadline_of(entry: Entry, context: Context) -> Deadline | None:
    """Return the deadline of an entry that counts on the day: a milestone that rests on it does not."""
    return context.standing(entry).deadline if entry.phases else entry.deadline


def milestone_text(milestone: Milestone) -> str:
    """Return which of how many milestones one is, and its name: ``2/5 坏账计提信息化``."""
    return f"{milestone.position}/{milestone.of} {milestone.phase.name}"


def _milestone_json(entry: Entry, context: Context) -> Json:
    if not entry.phases or not (standing := context.standing(entry)).is_open or standing.milestone is None:
        return None
    return milestone_text(standing.milestone)


def _phases_json(entry: Entry, context: Context) -> list[dict[str, Json]]:
    if not entry.phases:
        return []
    matter = standings(context.book, context.as_of).matter(entry)
    return [_phase_json(matter, index, phase) for index, phase in enumerate(entry.phases)]


def _phase_json(matter: Matter, index: int, phase: PhaseState) -> dict[str, Json]:
    targets = phase_target_states(matter.entry.data, index, (made.report for made in matter.reports))
    return {
        "name": phase.name,
        "count": phase.data.count if phase.data else None,
        "due": due_json(phase.deadline, matter.phase_begins(index)),
        "closed": _closing_json(phase.closed, late=phase.closed_late),
        "text": phase.data.text if phase.data else None,
        "targets": [_target_json(target) for target in targets],
        "result": phase.data.result if phase.data else None,
        "problems": phase.data.problems if phase.data else None,
        "assessment": phase.data.assessment if phase.data else None,
        "state": str(phase.state(matter.as_of)),
        "late": phase.is_late(matter.as_of),
        "paused": _plain(phase.data.paused) if phase.data else None,
        "cancelled": _plain(phase.data.cancelled) if phase.data else None,
    }


def _occurrences_json(entry: Entry, context: Context) -> Json:
    deadline = context.standing(entry).deadline
    if deadline is None or deadline.every is None:
        return []
    found = standings(context.book, context.as_of).matter(entry).occurrences
    return [
        {"start": one.start.isoformat(), "end": one.end.isoformat(), "state": str(one.state(context.as_of))}
        for one in found
    ]


def _last_report_json(made: LastReport | None) -> Json:
    if made is None:
        return None
    report = made.report
    return {
        "date": report.date.isoformat(),
        "text": report.text,
        "percent": report.percent,
        "by": report.by,
        "ref": made.entry.ref,
    }


def _target_json(target: TargetState) -> Json:
    return {"name": target.name, "value": target.value, "unit": target.unit, "reached": target.reached}


def _targets_json(entry: Entry, context: Context) -> Json:
    if not entry.data.targets:
        return []
    reports = standings(context.book, context.as_of).reports(entry)
    return [_target_json(target) for target in target_states(entry.data, reports)]


def _code(value: Light | Reason | None) -> Json:
    return None if value is None else str(value)


def _contact_json(entry: Entry, context: Context) -> Json:
    contact = context.book.contact(entry)
    if contact is None:
        return None
    phone = contact.phone if context.reveal or contact.phone is None else hide_number(contact.phone)
    return {"name": contact.name, "phone": phone}


def _persons_json(entry: Entry, _context: Context) -> list[dict[str, str]]:
    return [{"role": role, "name": name} for role, names in entry.data.persons.items() for name in names]


def _star_note(entry: Entry, _context: Context) -> Json:
    return entry.data.star.note if entry.data.star else None


_VALUES: dict[str, Value] = {
    "part": lambda entry, _context: entry.group.title,
    "due": lambda entry, context: (
        due_json(deadline_of(entry, context), context.standing(entry).begins) if entry.deadline else None
    ),
    "wording": lambda entry, context: due.wording if (due := deadline_of(entry, context)) else None,
    "start": lambda entry, context: iso(due.start) if (due := deadline_of(entry, context)) else None,
    "end": lambda entry, context: iso(due.end) if (due := deadline_of(entry, context)) else None,
    "milestone": _milestone_json,
    "star": lambda entry, _context: entry.data.star is not None,
    "star_note": _star_note,
    "status": lambda entry, context: str(context.standing(entry).status),
    "light": lambda entry, context: _code(context.standing(entry).light),
    "light_reason": lambda entry, context: _code(context.standing(entry).reason),
    "days_left": lambda entry, context: context.standing(entry).days_left,
    "last_report": lambda entry, context: _last_report_json(context.standing(entry).last_report),
    "persons": _persons_json,
    "occurrences": _occurrences_json,
    "contact": _contact_json,
    "phases": _phases_json,
    "targets": _targets_json,
    "implements": lambda entry, context: context.book.implemented_refs(entry),
    "marks": lambda entry, _context: entry.marks,
    "implemented_by": lambda entry, context: [row.ref for row in context.book.implementers(entry)],
    "progress": lambda entry, _context: [part_json(report) for report in entry.data.progress],
    "waivers": lambda entry, _context: [part_json(waiver) for waiver in entry.data.waivers],
    "extensions": lambda entry, _context: [part_json(extension) for extension in entry.data.extensions],
    "closed": lambda entry, _context: _closing_json(entry.closing, late=entry.closed_late),
    "history": lambda entry, _context: [_reopening_json(reopening) for reopening in entry.data.history],
}
"""How the values are found that are more than a plain field of the entry, or than an attribute of it in the book."""


def value_of(key: str) -> Value:
    """Return how the value of a column is found; that of a part of phases (``phases.result``) is by their names."""
    if key in ENTRY or key in BESIDE:
        return _field_value(key)
    head, _dot, part = key.partition(".")
    if part and head == "persons":
        return lambda entry, context: names_in_role(_persons_json(entry, context), part)
    if part and head == "phases":
        return lambda entry, context: part_of_phases(_phases_json(entry, context), part)
    return lambda entry, _context: entry.data.columns.get(key)


@cache
def _field_value(key: str) -> Value:
    """Return how the value of a field is found: null or ``[]`` where this kind of entry does not have it."""
    own = _own_value(key)
    return _VALUES[key] if own is None else lambda entry, _context: own(entry)


@cache
def _own_value(key: str) -> Callable[[Entry], Json] | None:
    """Return how the value of a field is found that the entry has by itself; None of any other column."""
    if key in _VALUES or key not in ENTRY:
        return None
    field = ENTRY[key]
    if field.source == "derived":
        return attrgetter(key)
    # Asked for an attribute that it does not have, a model takes thirty times as long as its dictionary.
    if field.several:
        return lambda entry: list(vars(entry.data).get(key, ()))
    return lambda entry: _plain(vars(entry.data).get(key))


def _plain(value: object) -> Json:
    if value is None or isinstance(value, str):
        return value
    match value:
        case date():
            return value.isoformat()
        case Deadline():
            return value.wording
        case Model():
            return part_json(value)
        case tuple():
            return list(value)
        case dict():
            return dict(value)
        case _:
            return value


@lru_cache(maxsize=8)
def _values_of(context: Context, *, searched: bool = False) -> list[tuple[str, Callable[[Entry], Json]]]:
    """Return the keys of the record, or those that a search looks through, each with what finds its value."""
    return [(key, context.value_of(key)) for key in (searched_keys() if searched else record_keys())]


def record(entry: Entry, context: Context) -> dict[str, Json]:
    """Return the whole record, ready for JSON: every key, null or ``[]`` where it does not apply."""
    return {key: value(entry) for key, value in _values_of(context)}


def texts(entry: Entry, context: Context) -> Iterator[str]:
    """Yield the texts that a search looks through: nothing derived, nor phone numbers, which it must not probe."""
    if (contact := context.book.contact(entry)) and contact.name:
        yield contact.name
    yield from own_texts(entry, context)


def own_texts(entry: Entry, context: Context) -> Iterator[str]:
    """Yield those of an entry without its contact: what may be handed to anybody."""
    for _key, value in _values_of(context, searched=True):
        yield from strings_in(value(entry))
