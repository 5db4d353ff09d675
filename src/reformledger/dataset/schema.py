"""The tables of a data set as Arrow schemas, generated from the table of fields.

A column of ``entries`` is a key of the record (``schema/entry.json``) or a column that can be asked for beside it, of
the same name and meaning; days are days, what has parts is a struct. Behind them stand the names as the directory of
the body prefers them, and what a question is answered by (``ASKED``).
"""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa

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
    TARGET,
    WAIVER,
)
from reformledger.fields.field import Field, Fields

_TEXT, _DAY, _NUMBER, _COUNT, _FLAG = pa.string(), pa.date32(), pa.float64(), pa.int32(), pa.bool_()
_TEXTS, _DAYS = pa.list_(_TEXT), pa.list_(_DAY)
_TYPES = {
    "text": _TEXT,
    "printed number": _TEXT,
    "day": _DAY,
    "day ahead": _DAY,
    "number": _NUMBER,
    "count": _COUNT,
    "percent": _COUNT,
    "year": _COUNT,
    "flag": _FLAG,
}


def _plain(field: Field) -> pa.DataType:
    """Return the type of a field without parts of its own."""
    if field.parts == "text":
        return pa.map_(_TEXT, _TEXT)
    return pa.list_(_TYPES[field.type]) if field.several else _TYPES[field.type]


def _struct(fields: Fields, *without: str, **others: pa.DataType) -> pa.StructType:
    """Return a record with the fields of a table, but some; ``others`` are those whose type is no plain one."""
    types = {key: _plain(field) for key, field in fields.items() if key not in without}
    return pa.struct(list({**types, **others}.items()))


_DUE = pa.struct(
    [
        ("wording", _TEXT),
        ("start", _DAY),
        ("end", _DAY),
        ("every", _TEXT),
        ("from_star", _FLAG),
        ("begins", _DAY),
    ]
)
_CLOSING = _struct(CLOSING)
_PAUSE = _struct(PAUSE)
_TARGETS = pa.list_(_struct(TARGET, "counts", reached=_NUMBER))
_MAP = pa.map_(_TEXT, _TEXT)
_REACHED = pa.map_(_TEXT, _NUMBER)
_PERSONS = pa.list_(pa.struct([("role", _TEXT), ("name", _TEXT)]))
_OCCURRENCE = pa.struct([("start", _DAY), ("end", _DAY), ("state", _TEXT)])
_PHASE = _struct(
    {key: PHASE[key] for key in ("name", "count")},
    due=_DUE,
    closed=_CLOSING,
    text=_TEXT,
    targets=_TARGETS,
    **{key: _plain(PHASE[key]) for key in ("result", "problems", "assessment")},
    state=_TEXT,
    late=_FLAG,
    paused=_PAUSE,
    cancelled=_struct(CANCELLATION),
)
"""A phase, its parts in the order of the record."""
_PROGRESS = _struct(PROGRESS, targets=_REACHED)
_LAST_REPORT = pa.struct([("date", _DAY), ("text", _TEXT), ("percent", _COUNT), ("by", _TEXT), ("ref", _TEXT)])
_OF_RECORD: Mapping[str, pa.DataType] = {
    "due": _DUE,
    "star": _FLAG,
    "last_report": _LAST_REPORT,
    "phases": pa.list_(_PHASE),
    "occurrences": pa.list_(_OCCURRENCE),
    "persons": _PERSONS,
    "targets": _TARGETS,
    "progress": pa.list_(_PROGRESS),
    "waivers": pa.list_(_struct(WAIVER)),
    "extensions": pa.list_(_struct(EXTENSION)),
    "paused": _PAUSE,
    "closed": _CLOSING,
    "history": pa.list_(_struct(REOPENING, closed=_CLOSING)),
    "inherited": _TEXTS,
    "marks": _MAP,
    "implemented_by": _TEXTS,
}
"""The types of the keys of the record that are no plain field of the entry."""

RECORD = {
    key: _OF_RECORD.get(key) or _plain(field)
    for key, field in (ENTRY | BESIDE).items()
    if field.seen != "file" and key != "contact"
}
"""What is kept of an entry, under the keys of its record and of its columns. Contacts are in no data set."""

PREFERRED = {
    f"{key}_preferred": _PERSONS if key == "persons" else _TEXTS if field.several or field.joined else _TEXT
    for key, field in ENTRY.items()
    if field.names and key in RECORD
}
"""The names of each field as the directory of the body prefers them."""

ASKED = {
    "position": _COUNT,
    "is_counted": _FLAG,
    "is_counted_with_carried": _FLAG,
    "due_cell": _TEXT,
    "due_days": _DAYS,
    "due_by_day": _DAY,
    "is_due_this_year": _FLAG,
    "is_open": _FLAG,
    "is_closed_late": _FLAG,
    "leader_keys": _TEXTS,
    "lead_keys": _TEXTS,
    "support_keys": _TEXTS,
    "has_phases": _FLAG,
    "milestones": _COUNT,
    "milestones_closed": _COUNT,
    "milestones_late": _COUNT,
}
"""What questions are answered by: every rule was applied when it was stored.

``position`` is the place among the entries of the body, from 0. ``is_counted`` says whether the entry counts among
those of its matter on the day, ``is_counted_with_carried`` whether it does where what was carried over counts, too.
``due_cell`` is the day that a list shows, or ``open``. ``due_days`` are the last days that ``--due`` looks at,
``due_by_day`` the first of those that ``--due-by`` does. ``is_due_this_year`` speaks of the entry's own year,
``is_open`` says that it is neither closed out nor carried over. ``milestones`` are the phases that are not cancelled.
``leader_keys``, ``lead_keys`` and ``support_keys`` are the keys of names by the directory of the body, each once.
"""

ENTRIES = pa.schema([("body", _TEXT), *RECORD.items(), *PREFERRED.items(), *ASKED.items()])
"""One row an entry of a body."""

OF_ENTRY = {"body": _TEXT, "year": _COUNT, "ref": _TEXT, "title": _TEXT}
"""What names the entry to which a row of another table belongs."""
REPORTS = pa.schema([*OF_ENTRY.items(), ("index", _COUNT), *_PROGRESS.fields, ("by_preferred", _TEXT)])
"""One row a report, in the order in which they stand in their entry (``index``, from 0)."""
MILESTONES = pa.schema([*OF_ENTRY.items(), ("sort", _TEXT), ("index", _COUNT), *_PHASE.fields])
"""One row a milestone, or an occurrence of what recurs (``sort``), in their order in the entry (``index``, from 0).

Of an occurrence only its days (``due``) and its state are there.
"""
FAULTS = pa.schema(
    [("body", _TEXT), ("file", _TEXT), ("line", _COUNT), ("column", _COUNT), ("message", _TEXT), ("advice", _TEXT)]
)
"""One row a fault of a body that could not be read, and is in no other table."""
