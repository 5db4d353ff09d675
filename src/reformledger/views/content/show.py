"""All of one entry: every column under its official heading, what it belongs to, and where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reformledger.columns import headings_of, own_headings
from reformledger.entry import Entry
from reformledger.fields.documents import LEDGER
from reformledger.fields.entry import ENTRY
from reformledger.i18n import _, ngettext
from reformledger.model.deadline import Deadline
from reformledger.model.entries import Phase
from reformledger.model.life import Status, phase_target_states
from reformledger.model.occurrences import OccurrenceState
from reformledger.model.phases import PhaseState
from reformledger.printed import printed
from reformledger.records import Context, value_of
from reformledger.standing import standings
from reformledger.views.answer import Cell, Column, Sheet, Styled
from reformledger.views.content import labels
from reformledger.views.content.entries import days_text, last_report_text
from reformledger.views.content.life import closing_text, extension_text, progress_text, reopening_text
from reformledger.views.content.milestones import PHASE_TEXTS, milestone_lines, pause_text, phase_headings
from reformledger.views.content.targets import target_bar, targets_of

Line = tuple[str, Cell]
_LABEL = 12  # characters of a heading: enough to know it by


def show_sheet(entry: Entry, context: Context) -> Sheet:
    """Return one entry as lines of heading and value."""
    columns = [Column("heading", _("Column"), fixed=True), Column("value", _("Value"))]
    lines = [
        *_printed_lines(entry, context),
        *_life_lines(entry, context),
        *_related_lines(entry, context),
        (_("Place in the file"), entry.place),
    ]
    title = f"{entry.ref}  {entry.data.title}"
    return Sheet(title, columns, [list(line) for line in lines], head=False, name=entry.ref)


def _printed_lines(entry: Entry, context: Context) -> Iterator[Line]:
    """Yield what the notice prints: the table's own columns in their order, blank ones too, then the rest."""
    yield ENTRY["kind"].heading, labels.words()[entry.kind]
    yield ENTRY["part"].heading, entry.group.title
    for mark, meaning in entry.marks.items():
        yield LEDGER["marks"].heading, f"{mark} {meaning}"
    declared = entry.group.columns
    point = entry.kind == "point"
    headings = {
        **own_headings(headings_of(context.book)),
        **{key: field.point_heading if point else field.heading for key, field in ENTRY.items()},
        **declared,
    }
    order = [*declared, *(key for key, field in ENTRY.items() if field.show and key not in declared)]
    if "persons" not in declared:
        order.insert(order.index("leaders") + 1, "persons")
    if "due" not in declared:
        order.insert(order.index("lead_departments") + 1, "due")
    for key in order:
        if key == "id":
            continue
        if key == "persons":
            yield from ((role, "、".join(names)) for role, names in entry.data.persons.items())
            continue
        values = _values(entry, context, key)
        if not values and key in declared:
            values = [""]
        for index, value in enumerate(values):
            yield headings[key] if index == 0 else "", value


def _values(entry: Entry, context: Context, key: str) -> Sequence[Cell]:
    """Return the lines that one column prints."""
    if key == "due":
        whole = [_deadline_text(entry.data.due)] if entry.data.due else []
        return whole if "phases" in entry.group.columns else [*whole, *_phase_texts(entry, context)]
    if key == "phases":
        return _phase_texts(entry, context)
    if key == "star" and entry.data.star:
        note = entry.data.star.note
        return [f"☆（{note}）" if note else "☆"]
    if key == "targets":
        return [target_bar(target, named=True) for target in targets_of(entry, context)]
    if key == "progress":
        return [progress_text(report) for report in entry.data.progress]
    if key == "extensions":
        return [extension_text(extension) for extension in entry.data.extensions]
    text = printed(key, value_of(key)(entry, context))
    if key in entry.inherited:
        message = _("{text} (from the heading “{heading}”)")
        label = entry.group.inherited[key].label
        text = message.format(text=text, heading=label if len(label) <= _LABEL else f"{label[:_LABEL]}…")
    return [text] if text else []


def _deadline_text(deadline: Deadline) -> str:
    """Return the wording and, beside it, the days it means."""
    if deadline.start is None or deadline.end is None:
        days = labels.open_ended()
    elif deadline.start == deadline.end:
        days = deadline.end.isoformat()
    else:
        days = _("{start} to {end}").format(start=deadline.start.isoformat(), end=deadline.end.isoformat())
    return f"{deadline.wording}  [{days}]" if deadline.wording else days


def _phase_texts(entry: Entry, context: Context) -> list[str]:
    """Return the phases of an entry, each with its deadline: in the place of one, or in a column of phases."""
    if not entry.phases:
        return []
    headings = phase_headings(entry)
    reports = standings(context.book, context.as_of).reports(entry)
    counted = [index for index, phase in enumerate(entry.phases) if not phase.is_cancelled]
    numbered = any(phase.data and _is_milestone(phase.data) for phase in entry.phases)
    lines = []
    for index, phase in enumerate(entry.phases):
        place = f"{counted.index(index) + 1}/{len(counted)}" if index in counted else "–"
        lines.append(_phase_text(phase, f"{place} " if numbered else ""))
        if phase.data is not None:
            targets = phase_target_states(entry.data, index, reports)
            lines += milestone_lines(phase.data, targets, headings)
    return lines


def _is_milestone(phase: Phase) -> bool:
    """Say whether a phase has more than a batch has: a number tells it from the others where its lines follow."""
    return bool(phase.paused or phase.cancelled or phase.targets) or any(getattr(phase, key) for key in PHASE_TEXTS)


def _phase_text(phase: PhaseState, place: str) -> str:
    parts = [f"{place}{phase.name}"]
    if phase.data is not None and phase.data.count is not None:
        count = phase.data.count
        parts.append(ngettext("({count} item)", "({count} items)", count).format(count=count))
    if phase.deadline:
        parts.append(_deadline_text(phase.deadline))
    if phase.closed:
        day = _("closed out on {day}").format(day=phase.closed.date.isoformat())
        parts.append(closing_text(phase.closed, day))
    return "  ".join(parts)


def _life_lines(entry: Entry, context: Context) -> Iterator[Line]:
    standing = context.standing(entry)
    status = standing.status
    heading = _("Status as of {day}").format(day=context.as_of.isoformat())
    yield heading, labels.styled(status)
    if standing.light is not None:
        days = days_text(standing.days_left)
        text = labels.light_text(standing)
        yield ENTRY["light"].heading, Styled(f"{text}  {days}" if days else text, labels.STYLES[standing.light])
    if standing.last_report is not None and standing.last_report.entry.ref != entry.ref:
        reported = f"{last_report_text(standing)}  {standing.last_report.entry.ref}"
        yield ENTRY["last_report"].heading, reported
    if entry.data.paused is not None:
        yield ENTRY["paused"].heading, pause_text(entry.data.paused)
    yield from _occurrence_lines(entry, context)
    if status is Status.CLOSED and entry.closing:
        day = entry.closing.date.isoformat()
        opening = _("{day} (late)").format(day=day) if entry.closed_late else day
        yield ENTRY["closed"].heading, closing_text(entry.closing, opening)
    for reopening in entry.data.history:
        yield _("Reopened"), reopening_text(reopening)


def _occurrence_lines(entry: Entry, context: Context) -> Iterator[Line]:
    """Yield the occurrences of a recurring duty, those that were met in one line, each other by itself."""
    matter = standings(context.book, context.as_of).matter(entry)
    words = labels.occurrence_states()
    heading = ENTRY["occurrences"].heading
    for state in OccurrenceState:
        days = [one.end.isoformat() for one in matter.occurrences if one.state(context.as_of) is state]
        if days:
            yield heading, f"{words[state]}: {'、'.join(days)}"
            heading = ""
    for waiver in entry.data.waivers:
        yield ENTRY["waivers"].heading, f"{waiver.date.isoformat()}  {waiver.for_}  {waiver.reason}"


def _related_lines(entry: Entry, context: Context) -> Iterator[Line]:
    """Yield the work points that a row carries out, or the rows that carry out a work point."""
    book = context.book
    for ref in book.implemented_refs(entry):
        point = book.get(ref)
        yield ENTRY["implements"].heading, f"{ref}  {point.data.title}" if point else ref
    for row in book.implementers(entry):
        yield _("Carried out by"), f"{row.ref}  {row.data.title}"
    if entry.kind == "point" and not book.implementers(entry):
        yield _("Carried out by"), _("no row of the ledger")
