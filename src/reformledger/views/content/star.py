"""The ☆ close-out items as a sheet and as JSON."""

from __future__ import annotations

from collections.abc import Sequence

from reformledger.entry import Entry
from reformledger.fields.entry import ENTRY
from reformledger.i18n import _, ngettext, sentences
from reformledger.matter import milestone_at
from reformledger.model.life import Status, star_phase
from reformledger.printed import printed
from reformledger.records import Context, milestone_text, record, value_of
from reformledger.star import StarState, StarTotals, star_last_day, star_state, star_status, star_totals
from reformledger.views.answer import CALCULATED, Cell, Column, Purpose, Sheet, Styled
from reformledger.views.content import labels
from reformledger.views.content.entries import days_cell, id_column, id_text
from reformledger.views.content.targets import targets_bar


def star_sheet(entries: Sequence[Entry], context: Context, purpose: Purpose) -> Sheet:
    """Return the ☆ items with condition, deadline, days left or over, and whether they are closed.

    A spreadsheet has every column whatever the entries; elsewhere the milestone by which a ☆ is to be met is behind the
    title: a column of its own would be blank for nearly all, and too wide for the rest. In a workbook days are numbers.
    """
    is_spreadsheet = purpose in CALCULATED
    columns = [
        id_column(context),
        Column("due", ENTRY["due"].heading, fixed=True),
        Column("days", _("Days"), fixed=True),
        Column("state", ENTRY["status"].heading, fixed=True),
        Column("lead_departments", ENTRY["lead_departments"].heading, weight=2),
        Column("title", ENTRY["title"].heading, weight=4, wide=True),
        Column("star_note", _("Condition"), weight=2),
    ]
    rows = [_row(entry, context, purpose) for entry in entries]
    if is_spreadsheet or any(entry.data.targets for entry in entries):
        # Bars are of ambiguous width, so that they stand behind what is not.
        columns.insert(-1, Column("targets", ENTRY["targets"].heading, fixed=True))
        for row, entry in zip(rows, entries, strict=True):
            row.insert(-1, targets_bar(entry, context))
    if is_spreadsheet:
        columns.insert(2, Column("milestone", ENTRY["milestone"].heading))
        for row, entry in zip(rows, entries, strict=True):
            row.insert(2, _milestone(entry, context))
    return Sheet(
        _("☆ close-out items as of {day}").format(day=context.as_of.isoformat()),
        columns,
        rows,
        footer=_footer(star_totals(context.book, entries, context.as_of)),
    )


def _row(entry: Entry, context: Context, purpose: Purpose) -> list[Cell]:
    state = star_state(context.book, entry, context.as_of)
    last_day = star_last_day(entry)
    days = (last_day - context.as_of).days
    return [
        id_text(entry, context),
        last_day,
        days_cell(days if state is StarState.OPEN else None, purpose),
        star_word(entry, context),
        printed("lead_departments", entry.data.lead_departments),
        entry.data.title if purpose in CALCULATED else _title(entry, context),
        (entry.data.star.note if entry.data.star else None) or "",
    ]


def star_word(entry: Entry, context: Context) -> Styled:
    """Return the word for the state of a ☆ in its style."""
    status = star_status(context.book, entry, context.as_of)
    state = star_state(context.book, entry, context.as_of)
    word = labels.words()[Status.OVERDUE] if status is Status.OVERDUE else labels.star_states()[state]
    return Styled(word, labels.STYLES.get(status, "") if status else "")


def _milestone(entry: Entry, context: Context) -> str:
    """Return the milestone by which a ☆ is to be met: the one it names, else the open one; nothing once it is met."""
    if not entry.phases or entry.star_closed:
        return ""
    index = star_phase(entry.data)
    if index is not None and not entry.phases[index].is_cancelled:
        return milestone_text(milestone_at(entry.phases, index))
    return printed("milestone", value_of("milestone")(entry, context))


def _title(entry: Entry, context: Context) -> str:
    """Return the title with the milestone by which the ☆ is to be met, where it is by one."""
    milestone = _milestone(entry, context)
    if not milestone:
        return entry.data.title
    return _("{title} (milestone {milestone})").format(title=entry.data.title, milestone=milestone)


def _footer(totals: StarTotals) -> str:
    parts = [
        ngettext(
            "{all} item: {open} open ({overdue} overdue), {closed} closed; {conditional} conditional.",
            "{all} items: {open} open ({overdue} overdue), {closed} closed; {conditional} conditional.",
            totals.all,
        ),
        _("{met_late} of the closed late.") if totals.met_late else "",
        _("{carried_over} carried over.") if totals.carried_over else "",
        _("{not_met_in_year} not closed within their year.") if totals.not_met_in_year else "",
    ]
    return sentences(*parts).format(**totals._asdict())


def star_json(entries: Sequence[Entry], context: Context) -> dict[str, object]:
    """Return ``{"items", "totals"}``: the records with ``days_left`` of the ☆ (negative: over) and ``star_state``."""
    items = [
        {
            **record(entry, context),
            "days_left": (star_last_day(entry) - context.as_of).days,
            "star_state": str(star_state(context.book, entry, context.as_of)),
        }
        for entry in entries
    ]
    return {"items": items, "totals": star_totals(context.book, entries, context.as_of)._asdict()}
