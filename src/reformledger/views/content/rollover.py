"""The outcome of a rollover: what goes on under which id, and what is left."""

from __future__ import annotations

from reformledger.edits.transaction import Outcome
from reformledger.fields.entry import ENTRY
from reformledger.i18n import _
from reformledger.model.deadline import Deadline
from reformledger.rollover.plan import Rollover
from reformledger.views.answer import Cell, Column, RowGroup, Sheet
from reformledger.views.content import labels


def rollover_sheet(rollover: Rollover, outcome: Outcome) -> Sheet:
    """Return what goes on under which id, and what ends with the old year."""
    columns = [
        Column("ref", ENTRY["ref"].heading, fixed=True),
        Column("from", ENTRY["carried_over_from"].heading, fixed=True),
        Column("due", ENTRY["due"].heading, fixed=True),
        Column("title", ENTRY["title"].heading, wide=True),
    ]
    taken: list[list[Cell]] = [
        [carried.ref, carried.entry.ref, _last_day(carried.entry.deadline), carried.entry.data.title]
        for carried in rollover.taken
    ]
    left: list[list[Cell]] = [
        ["", entry.ref, entry.closing.date.isoformat() if entry.closing else "", entry.data.title]
        for entry in rollover.left
    ]
    groups = [RowGroup(_("Carried over"), taken), *([RowGroup(_("Closed out, and left"), left)] if left else [])]
    files = _(", ").join(file.name for file in outcome.files)
    footer = _(
        "{files}. The records, the notice and every ☆ stay with {old}; the ☆ of {new} are the office's to set."
    ).format(files=files, old=rollover.year - 1, new=rollover.year)
    title = _("Rollover to {year}").format(year=rollover.year)
    return Sheet(title, columns, groups=groups, footer=footer, group_heading=_("What becomes of it"))


def _last_day(deadline: Deadline | None) -> str:
    if deadline is None:
        return ""
    return deadline.end.isoformat() if deadline.end else labels.open_ended()


def rollover_json(rollover: Rollover, outcome: Outcome) -> dict[str, object]:
    """Return ``{"year", "files", "taken", "left", "inherited", "stars_not_met", "dry_run"}``."""
    return {
        "year": rollover.year,
        "files": [file.name for file in outcome.files],
        "taken": [{"ref": carried.ref, "carried_over_from": carried.entry.ref} for carried in rollover.taken],
        "left": [entry.ref for entry in rollover.left],
        "inherited": rollover.inherited,
        "stars_not_met": rollover.stars_not_met,
        "dry_run": outcome.dry_run,
    }
