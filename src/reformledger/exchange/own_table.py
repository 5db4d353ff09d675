"""A table of a department's own: each row is a report on the entry that it names, or a question; nothing is guessed.

Rows are known by ids or titles, columns by their headings; where they are makes no difference.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from reformledger.book import Book
from reformledger.errors import UsageError, display_name
from reformledger.exchange.filled import not_for_row, read_cells, uncrossed
from reformledger.exchange.form import target_number
from reformledger.exchange.layout import Layout, RefusalError
from reformledger.exchange.outcome import Fate, Item
from reformledger.exchange.own_columns import NAMING, OwnColumns
from reformledger.exchange.own_entries import About, Entries, UnclearRowError, words_of
from reformledger.exchange.report import Report, item_of
from reformledger.exchange.sending import role_of
from reformledger.exchange.tables import ReadCell, ReadWorkbook, Refused
from reformledger.exchange.taking import HandedIn
from reformledger.fields.entry import PROGRESS
from reformledger.i18n import _
from reformledger.model.phases import phase_names, phase_word
from reformledger.roles import known_name, names_in
from reformledger.text.folding import name_key

_ABOUT = frozenset({*NAMING, "by", "date", "for", "phase"})
"""The columns that say what a report is on, of whom and when: they report nothing by themselves."""


def table_handed_in(
    read: ReadWorkbook | Refused,
    book: Book,
    today: date,
    *,
    day: date | None,
    department: str | None,
    columns: Mapping[str, str],
) -> HandedIn:
    """Return what a table of a department's own brings; a file that is not clear as a whole is refused.

    ``day`` and ``department`` are those of the rows that say none; ``columns`` says what a heading means, as
    ``OwnColumns`` does. Raises ``UsageError`` for a department that is unknown.
    """
    names = names_in(book)
    by = None if department is None else names.departments[known_name(names, "department", department)]
    entries = Entries(book, today)
    if isinstance(read, Refused):
        return _refused(RefusalError(read.place, read.message, read.advice))
    file = display_name(read.file)
    try:
        meaning = OwnColumns(entries.targets(), columns)
        layouts, items = meaning.tables(read, file)
        made = _Made(entries, meaning.targets, day, by)
        for layout in layouts:
            made.read(layout)
    except RefusalError as refusal:
        return _refused(refusal)
    notes = [Item(Fate.NOTE, file, note) for note in read.notes]
    return HandedIn(
        made.clear_reports(),
        unfilled=made.unfilled,
        items=[*notes, *items, *made.items],
        departments=list(dict.fromkeys(report.department for report in made.reports)),
    )


def _refused(refusal: RefusalError) -> HandedIn:
    return HandedIn(items=[Item(Fate.REFUSED, refusal.place, refusal.sentence)])


class _Made:
    """What is made of the rows of tables; ``day`` and ``by`` are those of a row that says none."""

    def __init__(self, entries: Entries, targets: Sequence[str], day: date | None, by: str | None) -> None:
        self._entries, self._targets, self._day, self._by = entries, targets, day, by
        self._names = names_in(entries.book)
        self.reports: list[Report] = []
        self.unfilled: list[Item] = []
        self.items: list[Item] = []

    def read(self, table: Layout) -> None:
        """Read the rows of a table; raises ``RefusalError`` where none could have a department, or a day."""
        for key, is_known, option in (("by", self._by, "--by"), ("date", self._day, "--date")):
            if key not in table.columns and is_known is None:
                message = _("There is no column “{word}”.").format(word=PROGRESS[key].heading)
                advice = _("Say it for all rows: {option}.").format(option=option)
                raise RefusalError(f"{table.file}: {table.sheet.name}", message, advice)
        table.refuse_valueless()
        self.items += table.remarks()
        for number in table.rows:
            self._row(table, number, uncrossed(table.cells(number), set(table.columns) - _ABOUT))

    def clear_reports(self) -> list[Report]:
        """Return the reports, but those on a thing on which another row is not clear: these are asked."""
        asked = {(item.department, item.id) for item in self.items if item.fate is Fate.QUESTION and item.id}
        clear = [report for report in self.reports if (report.department, report.id) not in asked]
        sentence = _("Another row is on the same, and not clear: neither is taken.")
        left_out = (report for report in self.reports if report not in clear)
        self.items += [item_of(report, Fate.QUESTION)._replace(sentence=sentence) for report in left_out]
        return clear

    def _row(self, table: Layout, number: int, cells: Mapping[str, ReadCell]) -> None:
        """Make a report of a row, or ask what is not clear; one in which nothing is filled in is said."""
        item = Item(Fate.QUESTION, table.at(number, "text"))
        filled = [key for key in table.columns if key in cells and key not in _ABOUT]
        try:
            self._check_merged(table, number, filled)
            words = words_of(cells)
            about = self._entries.about(words)
            item = item._replace(id=about.id, ref=about.entry.ref, title=about.entry.data.title)
            if not filled:
                by = self._entries.book.directory.preferred(words.get("by", self._by or ""))
                self.unfilled.append(item._replace(fate=Fate.UNFILLED, department=by))
                return
            item = item._replace(department=self._department(words))
            report = self._report(item, about, {key: cells[key] for key in (*filled, "date") if key in cells})
        except UnclearRowError as unclear:
            self._ask(table, number, cells, item, unclear.questions if filled else {})
            return
        self.reports.append(report)
        if number in table.sheet.hidden_rows:
            self.items.append(item._replace(fate=Fate.NOTE, sentence=_("The row is hidden, and taken all the same.")))

    def _ask(
        self, table: Layout, number: int, cells: Mapping[str, ReadCell], item: Item, questions: Mapping[str, str]
    ) -> None:
        """Ask of the cells of a row; without questions it names no entry and reports nothing, which is said."""
        if not questions:
            sentence = _("The row names no open entry and reports nothing: it was passed over.")
            said = "　".join(cell.text for cell in cells.values())
            self.items.append(item._replace(fate=Fate.NOTE, sentence=sentence, returned=said))
        for key, sentence in questions.items():
            place = table.at(number, key if key in table.columns else "text")
            returned = cells[key].text if key in cells else ""
            heading = table.headings.get(key, "")
            self.items.append(item._replace(place=place, sentence=sentence, column=heading, returned=returned))

    def _check_merged(self, table: Layout, number: int, filled: Sequence[str]) -> None:
        key = table.merged_over_rows(number, list(table.columns)) if filled else None
        if key is not None:
            raise UnclearRowError({key: _("The cell is merged with others: what is it for?")})

    def _department(self, words: Mapping[str, str]) -> str:
        """Return the department that reports, under its usual name."""
        if "by" not in words:
            if self._by is None:
                sentence = _("No department is named: who reports this?")
                raise UnclearRowError({"by": sentence})
            return self._by
        try:
            return self._names.departments[known_name(self._names, "department", words["by"])]
        except UsageError as error:
            raise UnclearRowError({"by": str(error)}) from None

    def _report(self, item: Item, about: About, cells: Mapping[str, ReadCell]) -> Report:
        """Return the report of a row; raises ``UnclearRowError`` with all that is not clear."""
        filled = read_cells(cells, self._entries.today)
        role = role_of(self._entries.book, item.department, about.entry)
        targets, known = about.targets, {}
        is_occurrence = about.for_ is not None and about.matter.is_recurring
        unclear = dict(filled.unclear)
        for key in cells:
            pair = target_number(key)
            name = targets.get(name_key(self._targets[pair - 1])) if pair else None
            if sentence := not_for_row(key, role, has_target=name is not None, is_occurrence=is_occurrence):
                unclear[key] = sentence
            elif pair and name and key in filled.values:
                known[name] = filled.values[key]
        day = filled.day or self._day
        if day is None:
            unclear.setdefault("date", _("No day is given: when was it reported?"))
        if unclear or day is None:
            raise UnclearRowError(unclear)
        blank = Report(
            place=item.place,
            department=item.department,
            id=about.id,
            ref=item.ref,
            title=item.title,
            day=day,
            since=day,
            phase=None if about.at is None else phase_word(phase_names(about.entry.data), about.at),
            phase_name=about.phase_name,
            namesakes=sum(phase.name == about.phase_name for phase in about.entry.phases),
            for_=about.for_,
            is_dated=True,
        )
        return filled.report(blank, known)
