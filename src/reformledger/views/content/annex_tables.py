"""A table of the ledger as it is printed: its headings in order, stepped where phases have columns of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from reformledger.entry import Entry, Group
from reformledger.fields.entry import ENTRY
from reformledger.model.entries import STAR_SIGN
from reformledger.model.phases import PhaseState
from reformledger.printed import printed
from reformledger.records import Context, value_of
from reformledger.text.masking import hide_number
from reformledger.views.answer import Cell, Styled
from reformledger.views.content import labels
from reformledger.views.content.entries import last_report_text
from reformledger.views.word.grid import Grid, Row, TableColumn, stepped_head

_FIXED = ("number", "issued")
_UNDECLARED = (
    *("number", "level", "title", "text", "deployed_by", "basis", "issued", "city_leader", "leaders", "persons"),
    *("lead_departments", "supporting_departments", "due", "targets", "outcome", "contact", "star", "remark"),
)
"""The columns of a table that declares none, as far as any of its rows has them."""

Items = list[str]
"""What stands in one cell, item by item; a blank cell has none."""


class _Column(NamedTuple):
    """A column: its headings, the outermost first, and its cell; ``of_phase`` where each phase has one of its own."""

    path: tuple[str, ...]
    column: TableColumn
    cell: Callable[[Entry], Cell] | None = None
    of_phase: Callable[[PhaseState], str] | None = None


def printed_table(group: Group, entries: Sequence[Entry], context: Context, *, state: bool = False) -> Grid:
    """Return a table with the columns that it declares, else with those of which its rows have any.

    An entry whose phases have cells of their own takes a row for each, in which its other cells go on. With ``state``
    two columns more say what was last reported and how the entry is doing.
    """
    headings = group.columns or _undeclared(entries, context)
    columns = [column for key in headings for column in _columns(key, headings[key], group, entries, context)]
    if state:
        columns += _state_columns(context)
    rows = [row for entry in entries for row in _rows(entry, columns)]
    return Grid([each.column for each in columns], stepped_head([each.path for each in columns]), rows)


def _undeclared(entries: Sequence[Entry], context: Context) -> Mapping[str, str]:
    used = (key for key in _UNDECLARED if any(cell_items(entry, key, context) for entry in entries))
    return {key: ENTRY[key].words[0] for key in used} or {"title": ENTRY["title"].words[0]}


def _columns(key: str, heading: str, group: Group, entries: Sequence[Entry], context: Context) -> Iterator[_Column]:
    """Yield the columns that are printed for one key."""
    parts = group.phase_columns
    if key == "phases" and "name" in parts:
        for part, text in parts.items():
            yield _Column((heading, text), _part_column(part, text), of_phase=_phase_text(part))
    elif key == "phases" and parts:
        names = dict.fromkeys(phase.name for entry in entries for phase in entry.phases)
        for name in names:
            for part, text in parts.items():
                yield _Column((heading, name, text), _part_column(part, text), _of_named_phase(name, part))
    else:

        def cell(entry: Entry) -> Cell:
            return "\n".join(cell_items(entry, key, context))

        field = ENTRY.get(key)
        is_text = field is None or field.wide or field.prose or key == "phases"
        weight = field.weight if field else 2
        column = TableColumn(heading, "left" if is_text else "center", key in _FIXED, weight)
        yield _Column((heading,), column, cell)


def _part_column(part: str, heading: str) -> TableColumn:
    is_text = part in {"name", "text", "result", "problems", "targets"}
    return TableColumn(heading, "left" if is_text else "center", weight=2 if is_text else 1)


def _phase_text(part: str) -> Callable[[PhaseState], str]:
    """Return what writes one part of a phase."""

    def text(phase: PhaseState) -> str:
        if part == "name":
            return phase.name
        if part == "due":
            return (phase.deadline.wording if phase.deadline else "") or ""
        value = getattr(phase.data, part) if phase.data else None
        if part == "targets":
            return "\n".join(f"{target.name}{target.value:g}{target.unit or ''}" for target in value or ())
        return "" if value is None else str(value)

    return text


def _of_named_phase(name: str, part: str) -> Callable[[Entry], Cell]:
    text = _phase_text(part)
    return lambda entry: "\n".join(filter(None, (text(phase) for phase in entry.phases if phase.name == name)))


def _state_columns(context: Context) -> Iterator[_Column]:
    report, status = _state_headings()
    yield _Column((report,), TableColumn(report, weight=2), lambda entry: last_report_text(context.standing(entry)))
    yield _Column((status,), TableColumn(status, "center", fixed=True), lambda entry: _status(entry, context))


def _state_headings() -> tuple[str, str]:
    return ENTRY["progress"].heading, ENTRY["status"].heading


def _status(entry: Entry, context: Context) -> Styled:
    """Return the status and, below it, the light with its reason."""
    standing = context.standing(entry)
    status = labels.styled(standing.status)
    style = labels.STYLES[standing.light] if standing.light else status.style
    return Styled("\n".join(filter(None, (status.text, labels.light_text(standing)))), style)


def state_texts(entry: Entry, context: Context) -> dict[str, str]:
    """Return what was last reported and how the entry is doing, by their headings."""
    texts = last_report_text(context.standing(entry)), _status(entry, context).text
    return dict(zip(_state_headings(), texts, strict=True))


def _rows(entry: Entry, columns: Sequence[_Column]) -> Iterator[Row]:
    phases = entry.phases if any(column.of_phase for column in columns) else ()
    for index in range(max(1, len(phases))):
        cells: list[Cell | None] = []
        for column in columns:
            if column.of_phase:
                cells.append(column.of_phase(phases[index]) if phases else "")
            elif column.cell:
                cells.append(None if index else column.cell(entry))
        yield Row(cells)


def cell_items(entry: Entry, key: str, context: Context) -> Items:
    """Return what the cell of one column holds, item by item, as it is printed; phone numbers with most hidden."""
    if key in _CELLS:
        return _CELLS[key](entry, context)
    text_or_list = value_of(key)(entry, context)
    if isinstance(text_or_list, list) and all(isinstance(item, str) for item in text_or_list):
        return text_or_list
    text = printed(key, text_or_list)
    return [text] if text else []


def _title(entry: Entry, _context: Context) -> Items:
    """Return the title with the document number and the day of issue, where these have no columns of their own."""
    row, columns = entry.row, entry.group.columns
    text = entry.data.title
    if row and row.document_number and "document_number" not in columns:
        text += f"（{row.document_number}）"
    if row and row.issued and "issued" not in columns:
        text += f"（{_dotted(row.issued)}）"
    return [text]


def _issued(entry: Entry, _context: Context) -> Items:
    return [_dotted(entry.row.issued)] if entry.row and entry.row.issued else []


def _dotted(day: date) -> str:
    return f"{day.year}.{day.month}.{day.day}"


def _star(entry: Entry, _context: Context) -> Items:
    star = entry.data.star
    if star is None:
        return []
    return [f"{STAR_SIGN}（{star.note}）" if star.note else STAR_SIGN]


def _due(entry: Entry, _context: Context) -> Items:
    """Return the deadline as it is worded; where there is none of the whole, that of each phase behind its name.

    A table that declares no columns has both in one.
    """
    declared = entry.group.columns
    if entry.data.due is not None:
        whole = [entry.data.due.wording or ""]
        return whole if declared else [*whole, *_phases(entry, _context)]
    return [] if "phases" in declared else _phases(entry, _context)


def _phases(entry: Entry, _context: Context) -> Items:
    return [f"{phase.name}{phase.deadline.wording or '' if phase.deadline else ''}" for phase in entry.phases]


def _contact(entry: Entry, context: Context) -> Items:
    contact = context.book.contact(entry)
    if contact is None:
        return []
    return list(filter(None, (contact.name, contact.phone and hide_number(contact.phone))))


def _persons(entry: Entry, _context: Context) -> Items:
    """Return the names of persons, behind their role where that is not the heading of the column."""
    heading = entry.group.columns.get("persons")
    persons = entry.data.persons
    if heading and list(persons) == [heading]:
        return list(persons[heading])
    return [f"{role}：{'、'.join(names)}" for role, names in persons.items()]


_CELLS: dict[str, Callable[[Entry, Context], Items]] = {
    "title": _title,
    "issued": _issued,
    "star": _star,
    "due": _due,
    "phases": _phases,
    "contact": _contact,
    "persons": _persons,
}
"""The columns whose cells are printed otherwise than the record says them."""
