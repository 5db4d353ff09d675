"""A form that came back: what the department wrote, and what else it did to the workbook.

Rows are known by their ids, columns by their headings; where they are makes no difference.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from reformledger.errors import display_name
from reformledger.exchange.filled import not_for_row, read_cells, uncrossed
from reformledger.exchange.form import HIDDEN_SHEET, Form, FormRow, target_number
from reformledger.exchange.layout import Layout, form_in, form_layout, sheet_of
from reformledger.exchange.outcome import Fate, Item
from reformledger.exchange.report import Report
from reformledger.exchange.tables import ReadCell, ReadWorkbook
from reformledger.i18n import _, sentences
from reformledger.text.folding import compact, option_key, search_key
from reformledger.text.nearest import nearest, nearest_advice

_LONG_BEFORE = timedelta(days=92)
"""How long before it was sent a report may be of the year before."""
_NAMING = ("id", "title")
"""The columns that say what a row is on."""


class Change(NamedTuple):
    """A cell that nobody was to change, and what it holds now."""

    place: str
    row: FormRow
    key: str
    heading: str
    returned: str


class Returned(NamedTuple):
    """What came back of a form: reports, rows without any, changed cells, and what is known without the ledger."""

    file: str
    form: Form
    reports: tuple[Report, ...]
    unfilled: tuple[Item, ...]
    changes: tuple[Change, ...]
    items: tuple[Item, ...]


def returned_of(workbook: ReadWorkbook, today: date, day: date | None = None) -> Returned:
    """Return what a workbook brings; raises ``RefusalError``.

    A report is of ``day``, else of the one in its row, else of the day of issue.
    """
    file = display_name(workbook.file)
    form = form_in(workbook, file)
    table = form_layout(file, sheet_of(workbook, form, file), form)
    made = _Made(table, form, today, day)
    made.read()
    notes = [Item(Fate.NOTE, file, note) for note in workbook.notes]
    sent = {HIDDEN_SHEET, form.cover, table.sheet.name}
    sentence = _("The sheet “{name}” is the department's own: nothing of it is taken.")
    own = [
        Item(Fate.NOTE, file, sentence.format(name=sheet.name))
        for sheet in workbook.sheets
        if sheet.name not in sent and sheet.cells
    ]
    return Returned(
        file,
        form,
        tuple(made.reports),
        tuple(made.unfilled),
        tuple(made.changes),
        (*notes, *own, *table.remarks(), *made.items),
    )


class _Made:
    """What is made of the rows of a table, one after the other."""

    def __init__(self, table: Layout, form: Form, today: date, day: date | None) -> None:
        self._table, self._form = table, form
        self._today, self._day = today, day
        self._by_id = {option_key(row.id): row for row in self._form.rows}
        self._titles = {search_key(row.values["title"]): row.id for row in self._form.rows}
        self._filled = [column.key for column in self._form.columns if column.is_filled]
        self._crossed = False
        self.reports: list[Report] = []
        self.unfilled: list[Item] = []
        self.changes: list[Change] = []
        self.items: list[Item] = []

    def read(self) -> None:
        """Read all rows, and say which are gone."""
        self._table.refuse_valueless()
        seen: set[str] = set()
        for number in self._table.rows:
            found = self._table.cells(number)
            cells = uncrossed(found, self._filled)
            self._crossed = self._crossed or len(cells) < len(found)
            if "id" not in cells:
                self._without_id(number, cells)
                continue
            row = self._by_id.get(option_key(compact(cells["id"].text)))
            if row is None:
                sentence = _("No row {id} was sent.").format(id=cells["id"].text)
                sentence = sentences(sentence, nearest_advice(nearest(cells["id"].text, self._ids)))
                self._ask(number, "id", sentence, returned=self._written(cells))
                continue
            seen.add(row.id)
            self._row(number, row, cells)
        if self._crossed:
            self._say(Fate.NOTE, self._table.file, _("Cells with nothing but dashes or strokes are taken as blank."))
        for row in self._form.rows:
            if row.id not in seen:
                sentence = _("The row is gone: nothing is removed.")
                self._say(Fate.NOTE, self._table.file, sentence, row)

    @property
    def _ids(self) -> list[str]:
        return [row.id for row in self._form.rows]

    def _say(self, fate: Fate, place: str, sentence: str, row: FormRow | None = None, **more: str) -> None:
        about = {"id": row.id, "ref": row.ref, "title": row.values["title"]} if row else {}
        self.items.append(Item(fate, place, sentence, self._form.department, **about, **more))

    def _ask(self, number: int, key: str, sentence: str, row: FormRow | None = None, returned: str = "") -> None:
        heading = self._table.headings[key]
        self._say(Fate.QUESTION, self._table.at(number, key), sentence, row, column=heading, returned=returned)

    def _written(self, cells: Mapping[str, ReadCell]) -> str:
        """Return what a department wrote into a row that is none of those sent, each cell behind its heading."""
        return "；".join(f"{self._table.headings[key]}：{cells[key].text}" for key in self._filled if key in cells)

    def _without_id(self, number: int, cells: Mapping[str, ReadCell]) -> None:
        """Propose a row without id as a new entry; it is empty where it has neither title nor report."""
        from reformledger.edits.commands import LEFT_OPEN, command_line
        from reformledger.edits.intents import Add

        written = self._written(cells)
        if "title" not in cells and not written:
            said = "；".join(cell.text for cell in cells.values())
            place = self._table.place((number, self._table.columns["id"]))
            self._say(Fate.NOTE, place, _("A row without id and title: nothing of it is taken."), returned=said)
            return
        title = cells["title"].text if "title" in cells else LEFT_OPEN
        fields = {"lead_departments": self._form.department}
        known = self._titles.get(search_key(title))
        sentence = sentences(
            _("A row without id: is it a new entry?"),
            _("It has the title of {id}: was its id deleted?").format(id=known) if known else "",
        )
        command = command_line(Add(LEFT_OPEN, title, fields))
        self._say(Fate.PROPOSAL, self._table.at(number, "id"), sentence, title=title, returned=written, command=command)

    def _row(self, number: int, row: FormRow, cells: Mapping[str, ReadCell]) -> None:
        """Read a row of which the id is known; what is not clear is asked, and no report is made of the row."""
        filled = [key for key in self._filled if key in cells]
        before = len(self.items)
        changes = list(self._changed(number, row, cells))
        self._ask_of_mixed(number, row, changes)
        if len(self.items) == before:
            self.changes += changes
        if key := self._table.merged_over_rows(number, ["id", *self._filled]) if filled else None:
            self._ask(number, key, _("The cell is merged with others: what is it for?"), row)
        if key := next((key for key in _NAMING if key in cells and cells[key].is_struck), None) if filled else None:
            self._ask(number, key, _("It is struck out: is it meant?"), row, cells[key].text)
        self._ask_of_useless(number, row, filled, cells)
        report = self._report(number, row, cells)
        is_clear = not any(item.fate is Fate.QUESTION for item in self.items[before:])
        if report is None or not is_clear:
            return
        if not report.text and not report.asks_close:
            place = self._table.at(number, "id")
            about = {"id": row.id, "ref": row.ref, "title": row.values["title"]}
            self.unfilled.append(Item(Fate.UNFILLED, place, "", self._form.department, **about))
            return
        self.reports.append(report)
        if number in self._table.sheet.hidden_rows:
            place = self._table.at(number, "id")
            self._say(Fate.NOTE, place, _("The row is hidden, and taken all the same."), row)

    def _changed(self, number: int, row: FormRow, cells: Mapping[str, ReadCell]) -> Iterator[Change]:
        """Yield the cells that nobody was to change."""
        for column in self._form.columns:
            if column.is_filled or column.key == "id":
                continue
            texts = cells[column.key].texts if column.key in cells else ("",)
            issued = row.values.get(column.key, "")
            if not any(_same(text, issued) for text in texts):
                yield Change(self._table.at(number, column.key), row, column.key, column.heading, texts[0])

    def _ask_of_mixed(self, number: int, row: FormRow, changes: Sequence[Change]) -> None:
        """Ask where a row has the title of another: its cells may have been sorted apart."""
        for change in changes:
            other = self._titles.get(search_key(change.returned)) if change.key == "title" else None
            if other is not None and other != row.id:
                sentence = _("The row has the id of {id} and the title of {other}: which of them is it?")
                self._ask(number, "title", sentence.format(id=row.id, other=other), row, change.returned)

    def _ask_of_useless(self, number: int, row: FormRow, filled: Sequence[str], cells: Mapping[str, ReadCell]) -> None:
        """Ask of what is written where this row takes nothing."""
        for key in filled:
            has_target = (target_number(key) or 0) <= len(row.targets)
            sentence = not_for_row(key, row.role, has_target=has_target, is_occurrence=row.is_occurrence)
            if sentence:
                self._ask(number, key, sentence, row, cells[key].text)

    def _report(self, number: int, row: FormRow, cells: Mapping[str, ReadCell]) -> Report | None:
        """Return the report of a row; what cannot be read is asked."""
        asked = self._form.day
        filled = read_cells({key: cells[key] for key in self._filled if key in cells}, self._today, asked)
        unclear = dict(filled.unclear)
        if filled.day is not None and filled.day < min(date(asked.year, 1, 1), asked - _LONG_BEFORE):
            sentence = _("{day} is long before {asked}, when this was sent: is the day right?")
            unclear["date"] = sentence.format(day=filled.day, asked=asked)
        for key, sentence in unclear.items():
            self._ask(number, key, sentence, row, cells[key].text)
        if unclear:
            return None
        blank = Report(
            place=self._table.at(number, "text"),
            department=self._form.department,
            id=row.id,
            ref=row.ref,
            title=row.values["title"],
            day=self._day or filled.day or self._form.day,
            since=self._form.day,
            phase=row.phase,
            phase_name=row.values["title"] if row.phase else "",
            namesakes=row.namesakes,
            for_=row.for_,
            fingerprint=row.fingerprint,
        )
        # What is written where the row has no such target was asked about.
        reached = {row.targets[pair - 1]: value for pair, value in filled.reached.items() if pair <= len(row.targets)}
        return filled.report(blank, reached)


def _same(text: str, issued: str) -> bool:
    return text.replace("\r\n", "\n").strip() == issued.strip()
