"""Group 5, deadlines: against the work point above, against the text, against the day of issue."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from reformledger.audit.context import Audit, Found, joined, printed_deadline
from reformledger.audit.finding import Severity
from reformledger.audit.pointer import Pointer, at, at_due
from reformledger.audit.rule import rule
from reformledger.entry import Entry
from reformledger.i18n import _
from reformledger.model.deadline import Deadline
from reformledger.model.documents import Ledger, Workpoints

# Not 每年级, a class at school; reports (每月报送) are due by another rule than what is reported on.
_RECURRING = re.compile(
    "每(?:个?月|季度?|半年|年(?!级)|学期|学年)(?![^，。；,;]{0,10}(?:报送|上报|报告|填报|调度|通报))"
)
_HEADING = re.compile("^(?:完成时限|完成时间|时限|进度安排|上会时间|办结时限|时间)[:：]")


class _Dated(NamedTuple):
    """One printed deadline of an entry, its phase (None: the whole entry), and its place."""

    deadline: Deadline
    phase: int | None
    pointer: Pointer


def _printed(entry: Entry) -> list[_Dated]:
    """Return the deadlines that an entry prints: its own, or those of its phases."""
    own = printed_deadline(entry.data.due)
    found = [_Dated(own, None, at_due(entry))] if own else []
    found += [
        _Dated(due, index, at_due(entry, "phases", index))
        for index, phase in enumerate(entry.data.phases)
        if (due := printed_deadline(phase.due))
    ]
    return found


@rule("RL501", Severity.WARNING)
def later_than_the_work_point(audit: Audit) -> Iterator[Found]:
    """Find rows that end after the work point above them."""
    for row, points in audit.links.pairs():
        ends = [_last_end(point) for point in points if point.year == row.year]
        known = [end for end in ends if end is not None]
        if not ends or len(known) < len(ends):
            continue
        latest = max(known)
        late = [dated for dated in _printed(row) if dated.deadline.end and dated.deadline.end > latest]
        if late:
            last = max(late, key=lambda dated: dated.deadline.end or latest)
            above = next(point for point in points if _last_end(point) == latest)
            message = _("{row} is due “{wording}”, later than {point} above it (“{other}”).").format(
                row=row.id, wording=last.deadline.wording, point=above.id, other=_wording(above)
            )
            yield Found(message, last.pointer, tuple((above.id, dated.pointer) for dated in _printed(above)[-1:]))


def _last_end(entry: Entry) -> date | None:
    """Return the last day of an entry, None without one or where it is open-ended."""
    ends = [dated.deadline.end for dated in _printed(entry)]
    known = [end for end in ends if end is not None]
    return max(known) if known and len(known) == len(ends) else None


def _wording(entry: Entry) -> str:
    return joined(dated.deadline.wording or "" for dated in _printed(entry))


@rule("RL502", Severity.WARNING)
def rows_without_a_deadline(audit: Audit) -> Iterator[Found]:
    """Find work points that are due by a day with rows that have no deadline."""
    for point in audit.points:
        rows = audit.links.rows.get(point.ref, ())
        undated = [row for row in rows if row.deadline is None]
        if undated and _last_end(point) is not None:
            message = _("{point} is due “{wording}”, but has rows without a deadline: {rows}.").format(
                point=point.id, wording=_wording(point), rows=_(", ").join(row.id for row in undated)
            )
            yield Found(message, _printed(point)[-1].pointer, tuple((row.id, at(row)) for row in undated))


@rule("RL503", Severity.WARNING)
def recurring_duty(audit: Audit) -> Iterator[Found]:
    """Find duties that recur (每年) with a single deadline within the year; what was carried over lasts longer."""
    for entry in audit.book.entries:
        due = None if entry.data.carried_over_from else entry.data.due
        if due is None or due.every or due.end is None or due.parts or due.end.year > entry.year:
            continue
        for field in ("title", "text", "outcome"):
            match = _RECURRING.search(getattr(entry.data, field) or "")
            if match:
                message = _("The text says “{word}”, but the deadline “{wording}” comes once only.")
                yield Found(
                    message.format(word=match[0], wording=due.wording),
                    at_due(entry),
                    ((_("the text"), at(entry, field, part=match[0])),),
                )
                break


@rule("RL504", Severity.WARNING)
def before_the_issue(audit: Audit) -> Iterator[Found]:
    """Find deadlines that were past when the notice, or the document itself, was issued.

    What is closed out is left alone, and what was carried over: its deadline may well be past.
    """
    notices = {
        loaded.document.year: (loaded.document.notice.issued, Pointer(loaded, ("notice", "issued")))
        for loaded in audit.book.documents
        if isinstance(loaded.document, Workpoints | Ledger) and loaded.document.notice
    }
    for entry in audit.book.entries:
        if entry.closing or entry.data.carried_over_from:
            continue
        issues = [notices[entry.year]] if entry.year in notices else []
        if entry.row and entry.row.issued:
            issues.append((entry.row.issued, at(entry, "issued")))
        if not issues:
            continue
        issued, issued_at = max(issues, key=lambda issue: issue[0])
        for deadline, phase, pointer in _printed(entry):
            if phase is not None and (entry.data.phases[phase].closed or entry.data.phases[phase].cancelled):
                continue
            if deadline.end and deadline.end < issued:
                message = _("“{wording}” was over when the notice or document was issued on {day}.")
                yield Found(
                    message.format(wording=deadline.wording, day=issued.isoformat()),
                    pointer,
                    ((_("issued"), issued_at),),
                )


@rule("RL505", Severity.NOTE)
def heading_in_the_wording(audit: Audit) -> Iterator[Found]:
    """Find wordings that say the heading of their column once more."""
    for entry in audit.book.entries:
        for deadline, _phase, pointer in _printed(entry):
            match = _HEADING.match(deadline.wording or "")
            if match:
                message = _("The wording repeats the heading: “{heading}”.")
                yield Found(message.format(heading=match[0]), pointer._replace(part=match[0]))
