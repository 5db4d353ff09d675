"""A table of a department's own: each row is a report on the entry that it names, or a question; nothing is guessed.

Rows are known by ids or titles, columns by their headings; where they are makes no difference.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Literal, NamedTuple

from reformledger.book import Book
from reformledger.edits.rules.asked import asked_of, check_is_named
from reformledger.edits.rules.phases import index_of
from reformledger.entry import Entry
from reformledger.errors import SentenceError, UsageError, display_name
from reformledger.exchange.filled import not_for_row, read_cells, uncrossed
from reformledger.exchange.form import target_number
from reformledger.exchange.layout import Layout, RefusalError
from reformledger.exchange.outcome import Fate, Item
from reformledger.exchange.own_columns import NAMING, OwnColumns
from reformledger.exchange.report import Report, item_of
from reformledger.exchange.sending import role_of
from reformledger.exchange.tables import ReadCell, ReadWorkbook, Refused
from reformledger.exchange.taking import HandedIn
from reformledger.exchange.values import UnclearError, text_in
from reformledger.fields.entry import PROGRESS
from reformledger.i18n import _, sentences
from reformledger.matter import Matter
from reformledger.model.phases import phase_names, phase_word
from reformledger.roles import known_name, names_of
from reformledger.standing import standings
from reformledger.text.folding import compact, name_key, title_key
from reformledger.text.nearest import nearest, nearest_advice

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
    names = names_of(book, "department")
    by = None if department is None else names[known_name(book, "department", department)]
    entries = _Entries(book, today)
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


class _UnclearRowError(Exception):
    """Why no report is made of a row: a sentence for each of some columns, by their keys."""

    def __init__(self, questions: Mapping[str, str]) -> None:
        super().__init__(questions)
        self.questions = questions


class _About(NamedTuple):
    """What a row is on: an entry, one of its phases by its place, from 0, one occurrence or period by its name."""

    matter: Matter
    at: int | None = None
    for_: str | None = None

    @property
    def entry(self) -> Entry:
        """The entry."""
        return self.matter.entry

    @property
    def id(self) -> str:
        """What names the row, as in a form."""
        word = self.entry.id if self.entry.year == self.matter.book.years[-1] else self.entry.ref
        phase = "" if self.at is None else f"#{self.at + 1}"
        return f"{word}{phase}@{self.for_}" if self.for_ else f"{word}{phase}"

    @property
    def phase_name(self) -> str:
        """The name of the phase; "" for the whole."""
        return "" if self.at is None else self.entry.phases[self.at].name

    @property
    def titles(self) -> set[str]:
        """The keys of the titles that its row may have."""
        titles = [title for entry in self.matter.years for title in (entry.data.title, entry.bare_title)]
        return {title_key(name) for name in (*titles, self.phase_name, self.for_ or "") if name}

    @property
    def targets(self) -> dict[str, str]:
        """The names of the targets that can be reported on, by their keys."""
        phase = None if self.at is None else self.entry.phases[self.at].data
        targets = (*self.entry.data.targets, *(phase.targets if phase else ()))
        return {name_key(target.name): target.name for target in targets}


class _Entries:
    """The entries of a book as rows name them."""

    def __init__(self, book: Book, today: date) -> None:
        self.book, self.today = book, today
        self._state = standings(book, today)
        self._open: dict[str, list[Matter]] = {}
        for matter in map(self._state.matter, self._state.book.entries):
            if matter.is_open:
                self._open.setdefault(title_key(matter.entry.bare_title), []).append(matter)

    def targets(self) -> Iterator[str]:
        """Yield the names of the targets of open entries and of their phases."""
        for matter in (matter for alike in self._open.values() for matter in alike):
            data = matter.entry.data
            yield from (target.name for target in (*data.targets, *(each for p in data.phases for each in p.targets)))

    def about(self, words: Mapping[str, str]) -> _About:
        """Return what a row is on that says some words by the keys of columns; raises ``_UnclearRowError``."""
        about = self._named(words)
        title = words.get("title", "")
        if about is None and not title:
            raise _UnclearRowError({"text": _("Neither id nor title says on which entry this is.")})
        about, is_named = about or _About(self._titled(title)), about is not None
        parts: tuple[Literal["phase", "for"], ...] = ("phase", "for")
        for part in parts:
            if part in words:
                about = self._with(about, part, words[part], part)
        if is_named and title and title_key(title) not in about.titles:
            sentence = _("The row has the id of “{title}” and the title “{other}”: which of them is it?")
            sentence = sentence.format(title=about.entry.data.title, other=title)
            raise _UnclearRowError({"title": sentence})
        return about

    def _named(self, words: Mapping[str, str]) -> _About | None:
        """Return what the ids of a row name; None where it has none."""
        found: _About | None = None
        for key in (key for key in ("ref", "id") if key in words):
            whole, _at, for_ = compact(words[key]).partition("@")
            word, mark, place = whole.partition("#")
            if found is not None and "/" not in word:
                word = f"{found.entry.year}/{word}"
            try:
                entry = self.book.find(word)
            except UsageError as error:
                raise _UnclearRowError({key: str(error)}) from None
            about = _About(self._state.matter(entry))
            if mark:
                about = self._with(about, "phase", f"#{place}", key)
            if for_:
                about = self._with(about, "for", for_, key)
            if found is not None and found.id != about.id:
                raise _UnclearRowError({key: _contradiction(found.id, about.id)})
            found = about
        return found

    def _titled(self, title: str) -> Matter:
        """Return the one open entry that has a title."""
        found = self._open.get(title_key(title), [])
        if len(found) == 1:
            return found[0]
        if found:
            message = _("Several open entries have the title “{title}”: {ids}.")
            ids = _(", ").join(_About(matter).id for matter in found)
            sentence = sentences(message.format(title=title, ids=ids), _("Write the id into its row."))
        else:
            titles = (matter.entry.bare_title for alike in self._open.values() for matter in alike)
            message = _("No open entry has the title “{title}”.").format(title=title)
            sentence = sentences(message, nearest_advice(nearest(title, titles)) or _("Write the id into its row."))
        raise _UnclearRowError({"title": sentence})

    def _with(self, about: _About, part: Literal["phase", "for"], word: str, key: str) -> _About:
        """Return what a row is on, where it says the phase or the occurrence too; it may have said it before."""
        try:
            new = self._of_phase(about, word) if part == "phase" else self._for(about, word)
        except SentenceError as error:
            raise _UnclearRowError({key: str(error)}) from None
        was = about.at if part == "phase" else about.for_
        if was is not None and new != about:
            raise _UnclearRowError({key: _contradiction(about.id, new.id)})
        return new

    def _of_phase(self, about: _About, word: str) -> _About:
        if not about.entry.phases:
            raise UsageError(_("{ref} is not carried out in phases.").format(ref=about.entry.ref))
        return about._replace(at=index_of(about.entry.ref, about.entry.phases, word))

    def _for(self, about: _About, word: str) -> _About:
        (one, *_more) = check_is_named(about.matter, word, "")
        return about._replace(for_=next(asked.name(one) for asked in asked_of(about.matter) if one in asked.all))


class _Made:
    """What is made of the rows of tables; ``day`` and ``by`` are those of a row that says none."""

    def __init__(self, entries: _Entries, targets: Sequence[str], day: date | None, by: str | None) -> None:
        self._entries, self._targets, self._day, self._by = entries, targets, day, by
        self._names = names_of(entries.book, "department")
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
            words = _words(cells)
            about = self._entries.about(words)
            item = item._replace(id=about.id, ref=about.entry.ref, title=about.entry.data.title)
            if not filled:
                by = self._entries.book.directory.preferred(words.get("by", self._by or ""))
                self.unfilled.append(item._replace(fate=Fate.UNFILLED, department=by))
                return
            item = item._replace(department=self._department(words))
            report = self._report(item, about, {key: cells[key] for key in (*filled, "date") if key in cells})
        except _UnclearRowError as unclear:
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
            raise _UnclearRowError({key: _("The cell is merged with others: what is it for?")})

    def _department(self, words: Mapping[str, str]) -> str:
        """Return the department that reports, under its usual name."""
        if "by" not in words:
            if self._by is None:
                sentence = _("No department is named: who reports this?")
                raise _UnclearRowError({"by": sentence})
            return self._by
        try:
            return self._names[known_name(self._entries.book, "department", words["by"])]
        except UsageError as error:
            raise _UnclearRowError({"by": str(error)}) from None

    def _report(self, item: Item, about: _About, cells: Mapping[str, ReadCell]) -> Report:
        """Return the report of a row; raises ``_UnclearRowError`` with all that is not clear."""
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
            raise _UnclearRowError(unclear)
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


def _words(cells: Mapping[str, ReadCell]) -> dict[str, str]:
    """Return what the cells say that name an entry, a phase, an occurrence and a department, by their keys."""
    words: dict[str, str] = {}
    for key in (*NAMING, "phase", "for", "by"):
        if key in cells:
            try:
                words[key] = text_in(cells[key], []).strip()
            except UnclearError as error:
                raise _UnclearRowError({key: str(error)}) from None
    return words


def _contradiction(one: str, other: str) -> str:
    return _("The row names {one} and {other}: which of them is it?").format(one=one, other=other)
