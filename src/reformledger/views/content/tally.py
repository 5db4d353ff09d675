"""Counts as a sheet and as JSON: one row for each leader, department, status or kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from reformledger.counting import Tally
from reformledger.i18n import _, ngettext, sentences
from reformledger.views.answer import CALCULATED, Bar, Cell, Column, Purpose, RowGroup, Sheet
from reformledger.views.content import labels

_ON_SCREEN = ("all", "due_this_year", "overdue", "yellow", "closed", "star")
"""The counts that a person compares, as many as a screen of 80 columns holds; a spreadsheet gets all."""


def _counts() -> dict[str, str]:
    """Return the heading of each count, in the order of a spreadsheet's columns."""
    return {
        "all": _("All"),
        "due_this_year": _("Due this year"),
        "overdue": _("Overdue"),
        "closed": _("Closed"),
        "star": "☆",
        "red": _("Red"),
        "yellow": _("Yellow"),
        "blue": _("Blue"),
        "green": _("Green"),
        "unreported": _("Unreported"),
        "closed_late": _("Closed late"),
        "star_met": _("☆ met"),
        "milestones": _("Milestones"),
        "milestones_closed": _("Milestones closed"),
        "milestones_late": _("Milestones late"),
    }


def _columns(first: str, purpose: Purpose, tallies: Iterable[Tally]) -> list[Column]:
    """Return the columns; on a screen that of the share only where anything is closed out."""
    headings = _counts()
    keys = list(headings) if purpose in CALCULATED else _ON_SCREEN
    counts = [Column(key, headings[key], fixed=True, align="right") for key in keys]
    found = [Column("name", first, weight=2), *counts]
    if purpose in CALCULATED or any(tally.closed for tally in tallies):
        found.append(Column("share", _("Closed %"), fixed=True))
    return found


def _row(tally: Tally, columns: Sequence[Column]) -> list[Cell]:
    """Return the cells of one row of counts; the bar shows the share that is closed out, where anything is."""
    cells: dict[str, Cell] = {key: getattr(tally, key) for key in _counts()}
    cells |= {"name": tally.name, "share": Bar(tally.closed / tally.all) if tally.closed else ""}
    return [cells[column.key] for column in columns]


def tally_sheet(first: str, tallies: Sequence[Tally], title: str, footer: str, purpose: Purpose) -> Sheet:
    """Return one table of counts, whose first column is headed ``first``; a workbook says ``title`` beside its own."""
    columns = _columns(first, purpose, tallies)
    return Sheet(_title(title, purpose), columns, [_row(tally, columns) for tally in tallies], footer=footer)


def breakdown_sheet(groups: Mapping[str, Sequence[Tally]], total: Tally, title: str, purpose: Purpose) -> Sheet:
    """Return tables of counts under headings, as ``tally_sheet`` does: by status, kind, leader, department."""
    headings = {
        "status": _("By status"),
        "kind": _("By kind"),
        "leader": _("By leader"),
        "department": _("By department"),
        "body": _("By body"),
    }
    columns = _columns(_("Name"), purpose, [total])
    made = []
    for name, tallies in groups.items():
        words = labels.words() if name in {"status", "kind"} else {}
        rows = [_row(row._replace(name=words.get(row.name, row.name)), columns) for row in tallies]
        made.append(RowGroup(headings[name], rows))
    return Sheet(_title(title, purpose), columns, groups=made, footer=totals_line(total), group_heading=_("By"))


def _title(title: str, purpose: Purpose) -> str | None:
    return None if purpose == "workbook" else title


def totals_line(total: Tally) -> str:
    """Return the sentence that sums up a table of counts (an entry of two leaders counts once)."""
    parts = [
        ngettext(
            "{all} entry: {star} with ☆, {due_this_year} due this year, {overdue} overdue, {closed} closed.",
            "{all} entries: {star} with ☆, {due_this_year} due this year, {overdue} overdue, {closed} closed.",
            total.all,
        ),
        _("{closed_late} of the closed late.") if total.closed_late else "",
        _("{star_met} ☆ met.") if total.star_met else "",
        _("{unreported} unreported.") if total.unreported else "",
    ]
    if total.milestones:
        parts.append(
            ngettext(
                "{milestones_closed} of {milestones} milestone closed, {milestones_late} late.",
                "{milestones_closed} of {milestones} milestones closed, {milestones_late} late.",
                total.milestones,
            )
        )
    return sentences(*parts).format(**total._asdict())


def tally_json(tallies: Sequence[Tally], total: Tally) -> dict[str, object]:
    """Return ``{"items", "totals"}``; the totals have no name."""
    totals = total._asdict()
    del totals["name"]
    return {"items": [tally._asdict() for tally in tallies], "totals": totals}


def breakdown_json(groups: Mapping[str, Sequence[Tally]], total: Tally) -> dict[str, object]:
    """Return ``{"items", "totals"}``; each item says what it is counted ``by``."""
    items = [{"by": by, **row._asdict()} for by, tallies in groups.items() for row in tallies]
    return {"items": items, "totals": tally_json([], total)["totals"]}
