"""What is written in one row of a table, whoever made the table: read cell by cell, questions gathered."""

from __future__ import annotations

from collections.abc import Container, Mapping
from datetime import date
from typing import Any, NamedTuple

from reformledger.entry import DepartmentRole
from reformledger.exchange.form import target_number
from reformledger.exchange.report import Report
from reformledger.exchange.tables import ReadCell
from reformledger.exchange.values import (
    UnclearError,
    amount_in,
    day_in,
    done_in,
    flag_in,
    is_crossed,
    percent_in,
    text_in,
)
from reformledger.i18n import _

_BESIDE_TEXT = frozenset({"percent", "evidence", "problems"})


class Filled(NamedTuple):
    """What is written in a row: values by the keys of columns, and for each that is not clear what to ask."""

    values: Mapping[str, Any]
    unclear: Mapping[str, str]
    notes: tuple[str, ...]

    @property
    def day(self) -> date | None:
        """The day of the report, where the row says it."""
        return self.values.get("date")

    @property
    def reached(self) -> dict[int, str]:
        """What was reached of targets, by the number of the pair of columns."""
        return {pair: value for key, value in self.values.items() if (pair := target_number(key))}

    def report(self, blank: Report, targets: Mapping[str, str]) -> Report:
        """Return a report, of which all but the words is known, with these words and values of targets."""
        evidence = str(self.values.get("evidence", "")).split("\n")
        return blank._replace(
            text=self.values.get("text", ""),
            percent=self.values.get("percent"),
            targets=targets,
            evidence=tuple(filter(None, map(str.strip, evidence))),
            problems=self.values.get("problems"),
            asks_close=self.values.get("close", False),
            notes=(*blank.notes, *self.notes),
        )


def read_cells(cells: Mapping[str, ReadCell], today: date, asked: date | None = None) -> Filled:
    """Return what the cells of a row say by the keys of their columns; those that hold nothing are not among them.

    ``asked`` is the day on which they were asked for.
    """
    notes: list[str] = []
    values: dict[str, Any] = {}
    unclear: dict[str, str] = {}
    for key, cell in cells.items():
        try:
            values[key] = _value(key, cell, notes, today, asked)
        except UnclearError as error:
            unclear[key] = str(error)
        if cell.is_computed:
            notes.append(_("The value of a formula was taken as it is."))
    beside = [key for key in values if key in _BESIDE_TEXT or target_number(key)]
    if "text" not in cells and beside:
        unclear[beside[0]] = _("There is no text beside it: what was done?")
    return Filled(values, unclear, tuple(dict.fromkeys(notes)))


def not_for_row(key: str, role: DepartmentRole | None, *, has_target: bool, is_occurrence: bool) -> str:
    """Return why a row takes nothing under a key, as a sentence; "" where it does.

    ``has_target``: the row has the target of which the key is. A department without a role is for the ledger to judge.
    """
    is_target = target_number(key) is not None
    if role == "support" and (key == "percent" or is_target):
        return _("A supporting department gives no percentage and no values of targets.")
    if is_target and not has_target:
        return _("This row has no such target.")
    return _("An occurrence is not closed out.") if key == "close" and is_occurrence else ""


def uncrossed(cells: Mapping[str, ReadCell], keys: Container[str]) -> dict[str, ReadCell]:
    """Return the cells of a row without those under some keys that are crossed out by a dash: these are left blank."""
    return {key: cell for key, cell in cells.items() if key not in keys or not is_crossed(cell)}


def _value(key: str, cell: ReadCell, notes: list[str], today: date, asked: date | None) -> object:
    """Return what is written under a key; raises ``UnclearError``."""
    if key == "text":
        return done_in(cell, notes)
    if key == "percent":
        return percent_in(cell, notes)
    if key == "date":
        return day_in(cell, notes, today, asked)
    if key == "close":
        return flag_in(cell)
    return amount_in(cell, notes) if target_number(key) else text_in(cell, notes)
