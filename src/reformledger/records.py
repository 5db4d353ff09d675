"""The record of an entry: every key of the JSON contract (``schema/entry.json``), in its order.

Tables, CSV, ``--columns``, ``--where`` and ``--search`` are all made from the same keys, so that what can be
seen can also be asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from reformledger.book import Book, Entry
from reformledger.model.deadline import Deadline
from reformledger.model.entries import STAR_SIGN, Closing, Extension, LedgerRow, Progress
from reformledger.model.life import PhaseState, target_states
from reformledger.text.masking import hide_number


class Context(NamedTuple):
    """What a record depends on beside the entry: the book, and the day as of which statuses are told.

    With ``reveal`` contacts have their phone numbers whole.
    """

    book: Book
    as_of: date
    reveal: bool = False


Json = object
Field = Callable[[Entry, Context], Json]


def _of_row(name: str) -> Field:
    """Return the field of a ledger row; null for a work point."""

    def value(entry: Entry, _context: Context) -> Json:
        return getattr(entry.data, name) if isinstance(entry.data, LedgerRow) else None

    return value


def _of_both(name: str) -> Field:
    def value(entry: Entry, _context: Context) -> Json:
        return getattr(entry.data, name)

    return value


def _list(name: str) -> Field:
    """Return the field of a list of texts."""

    def value(entry: Entry, _context: Context) -> Json:
        return list(getattr(entry.data, name))

    return value


def due_json(deadline: Deadline | None) -> Json:
    """Return ``{"wording","start","end","every","from_star"}``, or null without a deadline."""
    if deadline is None:
        return None
    return {
        "wording": deadline.wording,
        "start": _iso(deadline.start),
        "end": _iso(deadline.end),
        "every": deadline.every,
        "from_star": deadline.from_star,
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _closing_json(closing: Closing | None) -> Json:
    if closing is None:
        return None
    return {
        "date": closing.date.isoformat(),
        "evidence": list(closing.evidence),
        "approved_by": closing.approved_by,
    }


def _phase_json(phase: PhaseState) -> Json:
    return {
        "name": phase.name,
        "count": phase.count,
        "due": due_json(phase.deadline),
        "closed": _closing_json(phase.closed),
    }


def _targets_json(entry: Entry, _context: Context) -> Json:
    return [
        {"name": target.name, "value": target.value, "unit": target.unit, "reached": target.reached}
        for target in target_states(entry.data)
    ]


def _progress_json(report: Progress) -> Json:
    return {
        "date": report.date.isoformat(),
        "text": report.text,
        "percent": report.percent,
        "by": report.by,
        "evidence": list(report.evidence),
        "weak": report.weak,
        "targets": dict(report.targets),
    }


def _extension_json(extension: Extension) -> Json:
    return {
        "date": extension.date.isoformat(),
        "from": extension.from_.wording if extension.from_ else None,
        "to": extension.to.wording,
        "reason": extension.reason,
        "approved_by": extension.approved_by,
        "late": extension.late,
        "phase": extension.phase,
    }


def _contact_json(entry: Entry, context: Context) -> Json:
    contact = context.book.contact(entry)
    if contact is None:
        return None
    phone = contact.phone if context.reveal or contact.phone is None else hide_number(contact.phone)
    return {"name": contact.name, "phone": phone}


def _star(entry: Entry, _context: Context) -> Json:
    return entry.data.star is not None


def _star_note(entry: Entry, _context: Context) -> Json:
    return entry.data.star.note if entry.data.star else None


FIELDS: dict[str, Field] = {
    "id": lambda entry, _context: entry.id,
    "ref": lambda entry, _context: entry.ref,
    "year": lambda entry, _context: entry.year,
    "kind": lambda entry, _context: entry.kind,
    "part": lambda entry, _context: entry.group.title,
    "number": _of_both("number"),
    "title": _of_both("title"),
    "leaders": _list("leaders"),
    "lead_departments": _list("lead_departments"),
    "supporting_departments": _list("supporting_departments"),
    "due": lambda entry, _context: due_json(entry.deadline),
    "star": _star,
    "star_note": _star_note,
    "star_closed": lambda entry, _context: entry.star_closed,
    "status": lambda entry, context: str(context.book.status(entry, context.as_of)),
    "text": _of_both("text"),
    "outcome": _of_both("outcome"),
    "city_leader": _of_row("city_leader"),
    "document_number": _of_row("document_number"),
    "issued": lambda entry, _context: _iso(entry.data.issued) if isinstance(entry.data, LedgerRow) else None,
    "level": _of_row("level"),
    "deployed_by": _of_row("deployed_by"),
    "basis": _of_row("basis"),
    "contact": _contact_json,
    "phases": lambda entry, _context: [_phase_json(phase) for phase in entry.phases],
    "targets": _targets_json,
    "implements": lambda entry, context: context.book.implemented_refs(entry),
    "progress": lambda entry, _context: [_progress_json(report) for report in entry.data.progress],
    "extensions": lambda entry, _context: [_extension_json(extension) for extension in entry.data.extensions],
    "closed": lambda entry, _context: _closing_json(entry.closing),
    "carried_over_from": _of_both("carried_over_from"),
    "acknowledged": lambda entry, _context: dict(entry.data.acknowledged),
    "remark": _of_both("remark"),
    "columns": lambda entry, _context: dict(entry.data.columns),
    "file": lambda entry, _context: entry.file,
    "line": lambda entry, _context: entry.line,
}
"""Each key of the contract and how its value is found."""

COLUMNS: dict[str, Field] = {
    **FIELDS,
    "wording": lambda entry, _context: entry.deadline.wording if entry.deadline else None,
    "start": lambda entry, _context: _iso(entry.deadline.start) if entry.deadline else None,
    "end": lambda entry, _context: _iso(entry.deadline.end) if entry.deadline else None,
}
"""What a column may show: the contract, and the parts of the deadline each by itself."""

_NOT_SEARCHED = frozenset({"ref", "year", "kind", "star", "star_closed", "status", "contact", "file", "line"})
"""Not the text of an entry: what the program derives, and phone numbers, which a search must not probe."""


def record(entry: Entry, context: Context) -> dict[str, Json]:
    """Return the whole record, ready for JSON: every key, null or ``[]`` where it does not apply."""
    return {key: field(entry, context) for key, field in FIELDS.items()}


def texts(entry: Entry, context: Context) -> Iterator[str]:
    """Yield every text of an entry that a search looks through."""
    contact = context.book.contact(entry)
    if contact and contact.name:
        yield contact.name
    for key, field in FIELDS.items():
        if key not in _NOT_SEARCHED:
            yield from _strings(field(entry, context))


def _strings(value: Json) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)
    elif isinstance(value, dict):
        yield from _strings(list(value.values()))


def column_headings(book: Book) -> dict[str, str]:
    """Return the columns that the tables of the book declare for themselves: key and printed heading."""
    from reformledger.model.documents import own_columns

    return {key: heading for group in book.groups if group.table for key, heading in own_columns(group.table).items()}


def column_value(entry: Entry, context: Context, key: str) -> Json:
    """Return the value of one column: a key of ``COLUMNS``, or one that a table declares."""
    field = COLUMNS.get(key)
    return field(entry, context) if field else entry.data.columns.get(key)


def printed(key: str, value: Json) -> str:
    """Return the value of a column as the notice prints it, in one piece of text; empty when there is none."""
    if isinstance(value, str):
        return value
    if value is None or value is False:
        return ""
    if value is True:
        return STAR_SIGN if key == "star" else "true"
    if isinstance(value, (list, tuple)):
        try:
            return "、".join(value)
        except TypeError:  # not all are texts
            return "；".join(_printed_item(key, item) for item in value)
    if isinstance(value, dict):
        return _printed_item(key, value) if value else ""
    return str(value)


def _printed_item(key: str, item: Json) -> str:
    if not isinstance(item, dict):
        return str(item)
    match key:
        case "due":
            return str(item["wording"] or (STAR_SIGN if item["from_star"] else ""))
        case "contact" | "targets":
            return " ".join(str(part) for name, part in item.items() if part is not None and name != "reached")
        case "phases":
            return f"{item['name']} {printed('due', item['due'])}".rstrip()
        case "progress":
            percent = "" if item["percent"] is None else f" {item['percent']}%"
            return f"{item['date']} {item['text']}{percent}"
        case "extensions":
            return f"{item['date']} {item['from'] or ''}→{item['to']}"
        case "closed":
            return str(item["date"])
        case _:
            return "；".join(f"{name}：{text}" for name, text in item.items())
