"""The ☆ close-out items as a sheet and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from reformledger.book import Entry
from reformledger.i18n import _, ngettext
from reformledger.model.life import Status
from reformledger.query import days_left, star_deadline_of
from reformledger.record import Context, record
from reformledger.views import labels
from reformledger.views.entries import due_text, id_column, id_text
from reformledger.views.sheet import Cell, Column, Sheet, Styled
from reformledger.views.targets import targets_bar


class StarTotals(NamedTuple):
    """How the ☆ items stand."""

    all: int
    closed: int
    open: int
    overdue: int
    conditional: int
    carried_over: int


def star_totals(entries: Sequence[Entry], context: Context) -> StarTotals:
    """Count ☆ items; carried-over ones are neither open nor overdue."""
    states = Counter(_state(entry, context) for entry in entries)
    conditional = sum(entry.data.star is not None and entry.data.star.note is not None for entry in entries)
    closed, carried_over = states[Status.CLOSED], states[Status.CARRIED_OVER]
    open_items = len(entries) - closed - carried_over
    return StarTotals(len(entries), closed, open_items, states[Status.OVERDUE], conditional, carried_over)


def _state(entry: Entry, context: Context) -> Status:
    """Return the state of the ☆ itself, which a phase may have met while the entry goes on."""
    if entry.star_closed:
        return Status.CLOSED
    status = context.book.status(entry, context.as_of)
    if status is Status.CARRIED_OVER:
        return status
    deadline = star_deadline_of(entry)
    return Status.OVERDUE if deadline is not None and deadline.is_past(context.as_of) else Status.NOT_STARTED


def star_sheet(entries: Sequence[Entry], context: Context) -> Sheet:
    """Return the ☆ items with condition, deadline, days left or over, and whether they are closed."""
    columns = [
        id_column(context),
        Column("due", labels.headings()["due"], fixed=True),
        Column("days", _("Days"), fixed=True),
        Column("state", labels.headings()["status"], fixed=True),
        Column("lead_departments", labels.headings()["lead_departments"], weight=2),
        Column("title", labels.headings()["title"], weight=4, wide=True),
        Column("star_note", _("Condition"), weight=2),
    ]
    rows = [_row(entry, context) for entry in entries]
    if any(entry.data.targets for entry in entries):
        # Bars are of ambiguous width, so that they stand behind what is not.
        columns.insert(-1, Column("targets", labels.headings()["targets"], fixed=True))
        for row, entry in zip(rows, entries, strict=True):
            row.insert(-1, targets_bar(entry))
    return Sheet(
        _("☆ close-out items as of {day}").format(day=context.as_of.isoformat()),
        columns,
        rows,
        footer=_footer(star_totals(entries, context)),
    )


def _row(entry: Entry, context: Context) -> list[Cell]:
    state = _state(entry, context)
    words = {Status.CLOSED: _("closed"), Status.OVERDUE: _("overdue"), Status.CARRIED_OVER: _("carried over")}
    deadline = star_deadline_of(entry)
    return [
        id_text(entry, context),
        due_text(deadline, context),
        "" if state in {Status.CLOSED, Status.CARRIED_OVER} else days_text(days_left(deadline, context.as_of)),
        Styled(words.get(state, _("open")), labels.STATUS_STYLES[state]),
        "、".join(entry.data.lead_departments),
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
    return {"items": items, "totals": star_totals(entries, context)._asdict()}
