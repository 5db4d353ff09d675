"""What a person wants done: one small value an intent, holding words as they were typed.

The rules (``edits.rules``) decide whether it may be done and what it changes. A field that Python reserves the name
of has _ behind it (``for_``), which nobody types. With ``keep_number`` a phone number may be in any of the words.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple


class Progress(NamedTuple):
    """进展: report on an entry. ``percent`` and the values of ``targets`` (by name) are digits as typed.

    ``for_`` names an occurrence or period.
    """

    id: str
    text: str
    percent: str | None = None
    by: str | None = None
    evidence: Sequence[str] = ()
    weak: bool = False
    date: dt.date | None = None
    targets: Mapping[str, str] = {}
    for_: str | None = None
    phase: str | None = None
    problems: str | None = None
    keep_number: bool = False


class Waive(NamedTuple):
    """免报: say that an occurrence, or a period of the return calendar, need not be reported on."""

    id: str
    for_: str
    reason: str
    approved_by: str | None = None
    date: dt.date | None = None
    keep_number: bool = False


class Close(NamedTuple):
    """销账: close out an entry, or one phase of it; ``despite_missed`` is why, although occurrences are unmet."""

    id: str
    evidence: Sequence[str] = ()
    approved_by: str | None = None
    phase: str | None = None
    date: dt.date | None = None
    despite_missed: str | None = None
    keep_number: bool = False


class Reopen(NamedTuple):
    """重启: take a close-out back."""

    id: str
    reason: str
    phase: str | None = None
    date: dt.date | None = None
    keep_number: bool = False


class Extend(NamedTuple):
    """延期: move a deadline to a later one; ``means`` is what ``to`` means where its wording cannot be read."""

    id: str
    to: str
    reason: str
    means: str | None = None
    approved_by: str | None = None
    phase: str | None = None
    late: bool = False
    date: dt.date | None = None
    keep_number: bool = False


class Set(NamedTuple):
    """Give fields of an entry new values: key, ``key.part`` or printed heading → text; "" takes the field away.

    Each of ``add_phases`` is a phase to be added first, behind those that are there: ``NAME`` or ``NAME=WORDING``.
    """

    id: str
    fields: Mapping[str, str | Sequence[str]] = {}
    add_phases: Sequence[str] = ()
    keep_number: bool = False


class Add(NamedTuple):
    """Add an entry at the end of a table or section, named by id prefix, title or number.

    Each of ``phases`` is one of its phases: ``NAME`` or ``NAME=WORDING``. With ``recount`` the counts that are
    declared above it are written anew.
    """

    to: str
    title: str
    fields: Mapping[str, str | Sequence[str]] = {}
    phases: Sequence[str] = ()
    recount: bool = False
    keep_number: bool = False


class Remove(NamedTuple):
    """Take an entry out; the document keeps a record of it.

    With ``recount`` the counts that are declared above it are written anew.
    """

    id: str
    reason: str
    date: dt.date | None = None
    recount: bool = False
    keep_number: bool = False


Intent = Progress | Waive | Close | Reopen | Extend | Set | Add | Remove

_OPTIONS = {"targets": "--target", "phases": "--phase", "add_phases": "--add-phase", "for_": "--for"}
"""The options that are not called as the field is."""
_ARGUMENTS = frozenset({"id", "title", "fields"})


def word_of(intent: type[Intent]) -> str:
    """Return the word for an intent on the command line and in a batch."""
    return intent.__name__.lower()


def texts_in(value: object) -> Iterator[str]:
    """Yield every text of a part of an intent, the names of a mapping included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from (text for pair in value.items() for each in pair for text in texts_in(each))
    elif isinstance(value, Iterable):
        yield from (text for each in value for text in texts_in(each))


def options_of(intent: Intent) -> Iterator[tuple[str, object]]:
    """Yield each option that says something of an intent, and what; FIELD=VALUE and the like are no options."""
    for field, value in intent._asdict().items():
        if field not in _ARGUMENTS and value != intent._field_defaults.get(field):
            yield _OPTIONS.get(field) or f"--{field.replace('_', '-')}", value
