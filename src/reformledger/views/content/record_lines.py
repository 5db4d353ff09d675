"""All that is known of an entry as lines under the headings of its fields: what a reader opens behind its title.

The lines are made of the record (the JSON contract) by the shape of each value alone. Contacts are never among them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, cast

from reformledger.columns import headings_of, own_headings
from reformledger.entry import Entry
from reformledger.fields.entry import (
    BESIDE,
    CANCELLATION,
    CLOSING,
    ENTRY,
    EXTENSION,
    PAUSE,
    PHASE,
    PROGRESS,
    REOPENING,
    WAIVER,
)
from reformledger.fields.field import Field, Fields
from reformledger.i18n import _
from reformledger.records import Context, value_of
from reformledger.views.content import labels


class Piece(NamedTuple):
    """Texts under a label of their own, "" for none; ``between`` stands between them. A flag has a label alone."""

    label: str
    texts: Sequence[str] = ()
    between: str = "、"


Item = Sequence[Piece]
Json = Mapping[str, object]


class RecordLine(NamedTuple):
    """A heading and what is under it, an item a line."""

    heading: str
    items: Sequence[Item]


_FIRST = (
    *("due", "status", "milestone", "star", "text", "targets", "phases", "occurrences"),
    *("progress", "waivers", "extensions", "paused", "closed", "history"),
)
"""What a reader looks for: what is to be done by when, and what was done; all else follows as in the contract."""
_ELSEWHERE = {
    *("id", "ref", "title", "leaders", "lead_departments", "light", "light_reason", "days_left"),  # of its row
    *("wording", "start", "end", "star_note", "star_closed", "last_report"),  # said with another field
    *("contact", "inherited", "title_from", "file", "line"),  # of no concern to who only reads
}
_TABLES: dict[str, Fields] = {
    "progress": PROGRESS,
    "waivers": WAIVER,
    "extensions": EXTENSION,
    "closed": CLOSING,
    "paused": PAUSE,
    "cancelled": CANCELLATION,
    "history": REOPENING,
    "phases": PHASE,
}
"""The fields of the records of an entry's life."""
_UNLABELLED = {"date", "name", "text", "percent"}
"""What says by itself what it is."""


def record_lines(entry: Entry, context: Context) -> Iterator[RecordLine]:
    """Yield all that is known of an entry, but what every list shows in columns of its own."""
    fields = ENTRY | BESIDE
    headings = own_headings(headings_of(context.book))
    for key in (*_FIRST, *(key for key in fields if key not in _FIRST)):
        if key in _ELSEWHERE or fields[key].seen == "file":
            continue
        value = value_of(key)(entry, context)
        if key == "persons":
            yield from (RecordLine(role, [[Piece("", names)]]) for role, names in entry.data.persons.items())
        elif key == "columns":
            texts = cast("dict[str, str]", value)
            yield from (RecordLine(headings.get(own, own), [[Piece("", [text])]]) for own, text in texts.items())
        elif items := [item for item in _SPECIAL.get(key, _items)(key, value, entry, context) if item]:
            yield RecordLine(_heading(fields[key], entry), items)


def _heading(field: Field, entry: Entry) -> str:
    own = field.point_heading if entry.kind == "point" else field.heading
    return entry.group.columns.get(field.key) or own


def _name(field: Field | None) -> str:
    """Return what a part of a record is called; those that no sheet has as a column have no heading in English."""
    return "" if field is None else field.heading or field.noun()


def _items(key: str, value: object, _entry: Entry, _context: Context) -> list[Item]:
    """Return a value as items: each mapping of a list is one, all else is one together."""
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [list(_pieces(_TABLES.get(key, {}), each)) for each in value]
    if isinstance(value, dict):
        return [list(_pieces(_TABLES.get(key, {}), value))]
    return [list(_piece("", value))]


def _pieces(table: Fields, record: Json) -> Iterator[Piece]:
    """Yield the parts of a record that it has."""
    for key, value in record.items():
        label = "" if key in _UNLABELLED else _name(table.get(key))
        if key == "due":
            yield from _due_pieces(cast("Json | None", value))
        elif key == "targets" and isinstance(value, list):
            yield from (_target_piece(target) for target in value)
        elif key in _TABLES and isinstance(value, dict):
            yield Piece(label)
            yield from _pieces(_TABLES[key], value)
        elif key == "percent" and value is not None:
            yield Piece("", [f"{value}%"])
        elif key == "late" and value:
            yield Piece(labels.star_states()["met_late"] if table is CLOSING else _name(table.get(key)))
        elif key != "state":
            yield from _piece(label, value)


def _piece(label: str, value: object) -> Iterator[Piece]:
    """Yield a plain value, a list of such or a mapping to such as one piece; nothing of what is blank."""
    if value is True:
        yield Piece(label)
    elif isinstance(value, dict):
        yield from (Piece(name, [f"{text}"]) for name, text in value.items())
    elif isinstance(value, list | tuple):
        if value:
            yield Piece(label, [str(text) for text in value])
    elif value is not None and value is not False and value != "":
        yield Piece(label, [str(value)])


def _due_pieces(due: Json | None) -> Iterator[Piece]:
    """Yield the wording of a deadline and the days that it means."""
    if due is None:
        return
    yield from _piece("", due["wording"])
    start, end = due["start"], due["end"]
    if start is None or end is None:
        yield Piece("", [labels.open_ended()])
    elif start == end:
        yield Piece("", [str(end)])
    else:
        yield Piece("", [str(start), str(end)], _("{start} to {end}").format(start="", end=""))
    if due["begins"] not in {None, start}:
        yield Piece(_("work begins"), [str(due["begins"])])


def _target_piece(target: Json) -> Piece:
    """Return a target with what is reached of it, which may be nothing yet."""
    reached = target["reached"]
    words = f"{'–' if reached is None else f'{reached:g}'}/{target['value']:g}"
    return Piece("", [str(target["name"]), words, str(target["unit"] or "")], " ")


def _titles(refs: Iterable[str], context: Context) -> list[Item]:
    found = ((ref, context.book.get(ref)) for ref in refs)
    return [[Piece("", [ref, entry.data.title] if entry else [ref], "  ")] for ref, entry in found]


def _star(_key: str, value: object, entry: Entry, _context: Context) -> list[Item]:
    if not value or entry.data.star is None:
        return []
    note = entry.data.star.note
    met = labels.star_states()["met" if entry.star_closed else "open"]
    return [[Piece("", ["☆", *([note] if note else [])], " "), Piece("", [met])]]


def _occurrences(_key: str, value: object, _entry: Entry, _context: Context) -> list[Item]:
    """Return the days of the occurrences, one item for each state."""
    days: dict[str, list[str]] = {}
    for each in cast("list[dict[str, str]]", value):
        days.setdefault(labels.occurrence_states()[each["state"]], []).append(each["end"])
    return [[Piece(state, ends)] for state, ends in days.items()]


def _marks(_key: str, value: object, _entry: Entry, _context: Context) -> list[Item]:
    return [[Piece("", [mark, meaning], " ")] for mark, meaning in cast("dict[str, str]", value).items()]


def _carried_out_by(_key: str, value: object, entry: Entry, context: Context) -> list[Item]:
    refs = cast("list[str]", value)
    if entry.kind == "point" and not refs:
        return [[Piece("", [_("no row of the ledger")])]]
    return _titles(refs, context)


_SPECIAL: dict[str, Callable[[str, object, Entry, Context], list[Item]]] = {
    "due": lambda _key, value, _entry, _context: [list(_due_pieces(cast("Json | None", value)))],
    "kind": lambda _key, value, _entry, _context: [[Piece("", [labels.words()[str(value)]])]],
    "status": lambda _key, value, _entry, _context: [[Piece("", [labels.words()[str(value)]])]],
    "star": _star,
    "targets": lambda _key, value, _entry, _context: [[_target_piece(each)] for each in cast("list[Json]", value)],
    "occurrences": _occurrences,
    "marks": _marks,
    "implements": lambda _key, value, _entry, context: _titles(cast("list[str]", value), context),
    "implemented_by": _carried_out_by,
}
"""The fields that say more, or something else, than the record."""
