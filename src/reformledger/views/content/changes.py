"""What changed between two days: what each change says, in words and as JSON."""

from __future__ import annotations

from collections.abc import Iterator

from reformledger.changes import Change, Record
from reformledger.i18n import _
from reformledger.model.documents import Removal
from reformledger.model.entries import Cancellation, Closing, Extension, Pause, Progress, Reopening, Waiver
from reformledger.printed import printed
from reformledger.records import part_json
from reformledger.standing import Standing
from reformledger.views.content import labels
from reformledger.views.content.entries import days_text, due_text
from reformledger.views.content.life import closing_parts, extension_parts, report_parts


def details(change: Change) -> Iterator[str]:
    """Return what a change says beside its day and its entry: the milestone, then what was recorded of it."""
    return filter(None, _details(change))


def _details(change: Change) -> Iterator[str]:
    record = change.record
    # Reports and extensions name their milestone themselves.
    if change.phase and not isinstance(record, Progress | Extension):
        yield change.phase
    if record is not None:
        yield from _recorded(record)
    if change.late:
        yield _("after the last day")
    if change.after is not None:
        yield from _turned(change.before, change.after)
    elif record is None and change.entry is not None:  # it was added
        data = change.entry.data
        yield printed("lead_departments", data.lead_departments)
        yield change.entry.deadline.wording or "☆" if change.entry.deadline else ""


def _recorded(record: Record) -> Iterator[str]:
    match record:
        case Closing():
            yield from closing_parts(record)
        case Extension():
            yield from extension_parts(record)
        case Progress():
            yield from report_parts(record)
        case Reopening():
            yield record.reason
            yield _("had been closed out on {day}").format(day=record.closed.date.isoformat())
        case Waiver():
            yield _("for {period}").format(period=record.for_)
            yield record.reason
            if record.approved_by:
                yield _("agreed by {name}").format(name=record.approved_by)
        case Pause():
            yield record.reason
            if record.until:
                yield _("until {day}").format(day=record.until.isoformat())
        case Cancellation() | Removal():
            yield record.reason


def _turned(before: Standing | None, after: Standing) -> Iterator[str]:
    """Yield how an entry is, with the day that it is about, and how it was."""
    yield labels.light_text(after)
    if after.days_left is not None:
        yield _("{day}, {days}").format(day=due_text(after), days=days_text(after.days_left))
    if before is not None:
        yield _("was {state}").format(state=labels.light_text(before) or labels.words()[before.status])


def change_json(change: Change) -> dict[str, object]:
    """Return a change; ``record`` as the entry's own JSON has it, null where a light turned or an entry was added."""
    record = change.record
    return {
        "change": str(change.kind),
        "day": change.day.isoformat(),
        "ref": change.ref,
        "title": change.title,
        "phase": change.phase,
        "late": change.late if isinstance(record, Closing) else None,
        "record": None if record is None else _record_json(record),
        "before": _standing_json(change.before),
        "after": _standing_json(change.after),
    }


def _record_json(record: Record) -> dict[str, object]:
    if isinstance(record, Removal):  # what the entry said is in the file
        return {"date": record.date.isoformat(), "reason": record.reason}
    return part_json(record)


def _standing_json(standing: Standing | None) -> dict[str, object] | None:
    if standing is None:
        return None
    return {
        "status": str(standing.status),
        "light": str(standing.light) if standing.light else None,
        "light_reason": str(standing.reason) if standing.reason else None,
        "days_left": standing.days_left,
    }
