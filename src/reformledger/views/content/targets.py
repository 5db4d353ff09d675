"""Measurable targets as bars: what was reached of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar, cast

from reformledger.entry import Entry
from reformledger.fields.entry import ENTRY
from reformledger.i18n import _
from reformledger.model.life import TargetState, target_states
from reformledger.records import Context
from reformledger.rows import Rows
from reformledger.standing import standings
from reformledger.views.answer import Bar, Cell, Column, Sheet
from reformledger.views.content.entries import id_column

R = TypeVar("R")


def target_bar(target: TargetState, *, named: bool = False) -> Bar:
    """Return a target as a bar: ``3/4所``, a dash where nothing was reported; with its name where asked for."""
    words = target.reached_text
    return Bar(target.share, f"{words}  {target.name}" if named else words)


def targets_of(entry: Entry, context: Context) -> list[TargetState]:
    """Return the targets of an entry with what was reported on its matter, in earlier years too."""
    return (
        target_states(entry.data, standings(context.book, context.as_of).reports(entry)) if entry.data.targets else []
    )


def targets_bar(entry: Entry, context: Context) -> Cell:
    """Return all targets of an entry in one cell: a bar of their mean share, and the words of each."""
    targets = targets_of(entry, context)
    if not targets:
        return ""
    words = "、".join(target_bar(target).text for target in targets)
    return Bar(sum(target.share for target in targets) / len(targets), words)


def targets_sheets(found: Iterable[R], source: Rows[R]) -> list[Sheet]:
    """Return a sheet of the targets of all rows that were found, or none when there are none."""
    source.read([source.named_by, "targets"])
    name, targets = source.value_of(source.named_by), source.value_of("targets")
    rows: list[list[Cell]] = [
        [str(name(row)), target.name, target_bar(target)]
        for row in found
        for target in map(_target, cast("list[Mapping[str, Any]]", targets(row)))
    ]
    if not rows:
        return []
    columns = [
        id_column(source),
        Column("target", _("Target"), weight=2),
        # Bars are of ambiguous width, so they come last.
        Column("reached", _("Reached"), fixed=True),
    ]
    return [Sheet(ENTRY["targets"].heading, columns, rows)]


def _target(kept: Mapping[str, Any]) -> TargetState:
    return TargetState(**kept)
