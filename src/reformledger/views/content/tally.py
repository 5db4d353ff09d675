"""Counts as a sheet and as JSON: one row for each leader, department, status or kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reformledger.counting import Tally
from reformledger.i18n import _
from reformledger.views.answer import Bar, Cell, Column, RowGroup, Sheet
from reformledger.views.content import labels


def tally_columns(first: str) -> list[Column]:
    """Return the columns of a table of counts, whose first column is headed ``first``."""
    return [
        Column("name", first, weight=2),
        Column("all", _("All"), fixed=True, align="right"),
        Column("due_this_year", _("Due this year"), fixed=True, align="right"),
        Column("overdue", _("Overdue"), fixed=True, align="right"),
        Column("closed", _("Closed"), fixed=True, align="right"),
        Column("star", "☆", fixed=True, align="right"),
        Column("share", _("Closed %"), fixed=True),
    ]


def tally_row(tally: Tally) -> list[Cell]:
    """Return the cells of one row of counts; the bar shows the share that is closed out."""
    counts = (tally.all, tally.due_this_year, tally.overdue, tally.closed, tally.star)
    return [
        tally.name,
        *(str(count) for count in counts),
        Bar(tally.closed / tally.all if tally.all else 0.0),
    ]


def tally_sheet(first: str, tallies: Sequence[Tally], title: str, footer: str) -> Sheet:
    """Return one table of counts."""
    return Sheet(title, tally_columns(first), [tally_row(tally) for tally in tallies], footer=footer)


def breakdown_sheet(groups: Mapping[str, Sequence[Tally]], total: Tally, title: str) -> Sheet:
    """Return tables of counts under headings: by status, kind, leader, department."""
    headings = {
        "status": _("By status"),
        "kind": _("By kind"),
        "leader": _("By leader"),
        "department": _("By department"),
    }
    made = []
    for name, tallies in groups.items():
        words = labels.words() if name in {"status", "kind"} else {}
        rows = [tally_row(row._replace(name=words.get(row.name, row.name))) for row in tallies]
        made.append(RowGroup(headings[name], rows))
    return Sheet(title, tally_columns(_("Name")), groups=made, footer=totals_line(total), group_heading=_("By"))


def totals_line(total: Tally) -> str:
    """Return the sentence that sums up a table of counts (an entry of two leaders counts once)."""
    return _("{all} entries: {star} with ☆, {due_this_year} due this year, {overdue} overdue, {closed} closed.").format(
        **total._asdict()
    )


def tally_json(tallies: Sequence[Tally], total: Tally) -> dict[str, object]:
    """Return ``{"items", "totals"}``; the totals have no name."""
    totals = total._asdict()
    del totals["name"]
    return {"items": [tally._asdict() for tally in tallies], "totals": totals}


def breakdown_json(groups: Mapping[str, Sequence[Tally]], total: Tally) -> dict[str, object]:
    """Return ``{"items", "totals"}``; each item says what it is counted ``by``."""
    items = [{"by": by, **row._asdict()} for by, tallies in groups.items() for row in tallies]
    return {"items": items, "totals": tally_json([], total)["totals"]}
