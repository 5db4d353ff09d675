"""A form: what one department is asked to report on, as it is laid out in a workbook and kept in its hidden sheet.

What the hidden sheet holds is all that is known of a workbook when it comes back: nothing is stored about sending.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from hashlib import sha256
from typing import Literal, NamedTuple

from pydantic import TypeAdapter, ValidationError

from reformledger.entry import DepartmentRole
from reformledger.fields.entry import ENTRY, PROGRESS
from reformledger.fields.exchange import FORM
from reformledger.fields.field import Field

FORMAT = 1
"""The version of what the hidden sheet holds."""
HIDDEN_SHEET = "reformledger"
SHOWN = ("id", "title", "role", "leaders", "due", "star", "status", "last_report")
"""The columns that say what is known of a row; nobody may change them."""
FILLED = ("text", "percent", "targets", "evidence", "problems", "close", "date")
"""The columns to be filled in; ``targets`` is where those of the targets are, a pair each."""
_NEEDED = frozenset({"id", "title", "text"})
"""The columns without which a form cannot be read."""
_TARGET, _REACHED = "target-", "reached-"
_MOST_IN_CELL = 30_000
"""Characters that one cell of the hidden sheet holds; a cell of a workbook holds 32,767."""
_ISSUE_DIGITS = 12


class FormColumn(NamedTuple):
    """A column of a form by its key, with the heading that is printed; ``is_filled``: the department fills it in."""

    key: str
    heading: str
    is_filled: bool


class FormRow(NamedTuple):
    """A row of a form: an entry, one milestone of it, or one occurrence.

    ``id`` is what is printed: ``task-1``, ``task-1#2`` (the second phase in print), ``task-1@一季度``. ``phase`` is the
    word that names the phase, ``namesakes`` how many phases had the same name, ``for_`` the occurrence or period for
    which a report is asked. ``targets`` are the names of the targets in the order of their columns, ``values`` what is
    shown under each key of ``SHOWN`` and of the targets. ``fingerprint`` is that of the record without its reports.
    """

    id: str
    ref: str
    role: DepartmentRole
    values: Mapping[str, str]
    fingerprint: str
    phase: str | None = None
    for_: str | None = None
    targets: tuple[str, ...] = ()
    namesakes: int = 1

    @property
    def is_occurrence(self) -> bool:
        """Say whether it is one occurrence of an entry that recurs."""
        return "@" in self.id

    @property
    def is_whole(self) -> bool:
        """Say whether it is an entry, not a milestone or an occurrence of one."""
        return self.phase is None and not self.is_occurrence


class Form(NamedTuple):
    """A form of one department, issued on ``day``.

    ``book`` says which book it is of (``marks_of``), ``body`` whose it is. ``role`` is the only one whose entries were
    asked for, ``period`` the one for which reports are asked, as it is named. ``cover`` is the name of the worksheet
    that says what to do, ``sheet`` of the one that is filled in.
    """

    book: tuple[str, ...]
    body: str
    year: int
    department: str
    role: DepartmentRole | None
    day: date
    period: str | None
    cover: str
    sheet: str
    columns: tuple[FormColumn, ...]
    rows: tuple[FormRow, ...]

    @property
    def issue(self) -> str:
        """The issue id: the same for the same form."""
        return sha256(json.dumps(self._plain(), sort_keys=True).encode()).hexdigest()[:_ISSUE_DIGITS]

    def _plain(self) -> dict[str, object]:
        return {
            **self._asdict(),
            "day": self.day.isoformat(),
            "columns": [list(column) for column in self.columns],
            "rows": [row._asdict() for row in self.rows],
        }

    def lines(self) -> list[str]:
        """Return what the hidden sheet holds, a cell each: ASCII in which no program finds an escape of its own."""
        content = {"format": FORMAT, "issue": self.issue, **self._plain()}
        text = json.dumps(content).replace("_", "\\u005f")
        return [text[start : start + _MOST_IN_CELL] for start in range(0, len(text), _MOST_IN_CELL)]


class FormError(ValueError):
    """What a hidden sheet holds is no form; ``reason`` is ``format`` for one of another version."""

    def __init__(self, reason: Literal["format", "damaged"]) -> None:
        super().__init__(reason)
        self.reason = reason


def read_form(lines: Iterable[str]) -> Form:
    """Return the form that a hidden sheet holds; raises ``FormError``.

    Anybody may write a hidden sheet: all of it is checked.
    """
    try:
        content = json.loads("".join(lines))
        version, issue = content.pop("format"), content.pop("issue")
    except (ValueError, AttributeError, KeyError, RecursionError):
        raise FormError("damaged") from None
    if version != FORMAT:
        raise FormError("format")
    try:
        form = _checked_form().validate_json(json.dumps(content), strict=True)
    except ValidationError:
        raise FormError("damaged") from None
    keys = [column.key for column in form.columns]
    rows_are_whole = all(row.values.get("id") == row.id and "title" in row.values for row in form.rows)
    if form.issue != issue or len(set(keys)) < len(keys) or not _NEEDED.issubset(keys) or not rows_are_whole:
        raise FormError("damaged")
    return form


@cache
def _checked_form() -> TypeAdapter[Form]:
    return TypeAdapter(Form)


def columns_of(rows: Sequence[FormRow]) -> tuple[FormColumn, ...]:
    """Return the columns of a form: of percentages and targets only where a leading department has rows."""
    leads = any(row.role == "lead" for row in rows)
    pairs = max((len(row.targets) for row in rows), default=0)
    columns = [FormColumn(key, _field(key).heading, is_filled=False) for key in SHOWN]
    for key in FILLED:
        if key == "targets":
            columns += [column for number in range(1, pairs + 1) for column in _pair(number)]
        elif key != "percent" or leads:
            columns.append(FormColumn(key, _field(key).heading, is_filled=True))
    return tuple(columns)


def _field(key: str) -> Field:
    return next(table[key] for table in (FORM, PROGRESS if key in FILLED else ENTRY) if key in table)


def _pair(number: int) -> Sequence[FormColumn]:
    name, reached = (FORM[key].heading.format(number=number) for key in ("target", "reached"))
    return [
        FormColumn(target_key(number), name, is_filled=False),
        FormColumn(reached_key(number), reached, is_filled=True),
    ]


def target_key(number: int) -> str:
    """Return the key of the column that names the targets which are reported in the pair of columns ``number``."""
    return f"{_TARGET}{number}"


def reached_key(number: int) -> str:
    """Return the key of the column for what was reached of the targets of the pair of columns ``number``."""
    return f"{_REACHED}{number}"


def target_number(key: str) -> int | None:
    """Return the number, from 1, of the pair of columns in which ``key`` is that for what was reached; else None."""
    return int(key.removeprefix(_REACHED)) if key.startswith(_REACHED) else None
