"""The ☆ close-out items as a sheet and as JSON."""

from __future__ import annotations

from collections.abc import Sequence

from reformledger.book import Entry
from reformledger.fields.entry import ENTRY
from reformledger.i18n import _, ngettext
from reformledger.model.life import Status
from reformledger.query import days_left
from reformledger.records import Context, printed, record
from reformledger.star import StarTotals, star_deadline_of, star_status, star_totals
from reformledger.views.answer import Cell, Column, Sheet
from reformledger.views.content import labels
from reformledger.views.content.entries import due_text, id_column, id_text
from reformledger.views.content.targets import targets_bar


def star_sheet(entries: Sequence[Entry], context: Context) -> Sheet:
    """Return the ☆ items with condition, deadline, days left or over, and whether they are closed."""
    columns = [
        id_column(context),
        Column("due", ENTRY["due"].heading, fixed=True),
        Column("days", _("Days"), fixed=True),
        Column("state", ENTRY["status"].heading, fixed=True),
        Column("lead_departments", ENTRY["lead_departments"].heading, weight=2),
        Column("title", ENTRY["title"].heading, weight=4, wide=True),
        Column("star_note", _("Condition"), weight=2),
    ]
    rows = [_row(entry, context) for entry in entries]
    if any(entry.data.targets for entry in entries):
        # Bars are of ambiguous width, so that they stand behind what is not.
        columns.insert(-1, Column("targets", ENTRY["targets"].heading, fixed=True))
        for row, entry in zip(rows, entries, strict=True):
            row.insert(-1, targets_bar(entry))
    return Sheet(
        _("☆ close-out items as of {day}").format(day=context.as_of.isoformat()),
        columns,
        rows,
        footer=_footer(star_totals(context.book, entries, context.as_of)),
    )


def _row(entry: Entry, context: Context) -> list[Cell]:
    status = star_status(context.book, entry, context.as_of)
    deadline = star_deadline_of(entry)
    is_over = status in {Status.CLOSED, Status.CARRIED_OVER}
    return [
        id_text(entry, context),
        due_text(deadline, context),
        "" if is_over else days_text(days_left(deadline, context.as_of)),
        labels.styled(status) if status else _("open"),
        printed("lead_departments", entry.data.lead_departments),
        entry.data.title,
        (entry.data.star.note if entry.data.star else None) or "",
    ]


def days_text(left: int | None) -> str:
    """Return the days left, or over, in words; nothing without a last day."""
    if left is None:
        return ""
    if left < 0:
        return ngettext("{days} day over", "{days} days over", -left).format(days=-left)
    return ngettext("{days} day left", "{days} days left", left).format(days=left)


def _footer(totals: StarTotals) -> str:
    sentence = (
        _(
            "{all} items: {open} open ({overdue} overdue), {closed} closed, {carried_over} carried over; "
            "{conditional} conditional."
        )
        if totals.carried_over
        else _("{all} items: {open} open ({overdue} overdue), {closed} closed; {conditional} conditional.")
    )
    return sentence.format(**totals._asdict())


def star_json(entries: Sequence[Entry], context: Context) -> dict[str, object]:
    """Return ``{"items", "totals"}``: the records with ``days_left`` (negative: days over)."""
    items = [
        {**record(entry, context), "days_left": days_left(star_deadline_of(entry), context.as_of)} for entry in entries
    ]
    return {"items": items, "totals": star_totals(context.book, entries, context.as_of)._asdict()}
