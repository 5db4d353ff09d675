"""The rows of a table → entries as plain data: each cell into the field that its column is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import cast

from reformledger.drafting.account import Account
from reformledger.drafting.blanks import tidied
from reformledger.drafting.entry import Context, DraftEntry
from reformledger.drafting.names import names_in
from reformledger.drafting.notices.labels import labels_in
from reformledger.drafting.passage import NOTHING, Passage, joined_lines
from reformledger.drafting.questions import Item, Proposal, Questions
from reformledger.drafting.tables.columns import Column, Group, columns_of, is_plainly_own, printed
from reformledger.drafting.tables.contacts import put_contact
from reformledger.drafting.tables.grouping import distinct, filled, groups_of
from reformledger.drafting.tables.headings import field_of
from reformledger.drafting.tables.roles import put_departments, says_roles
from reformledger.drafting.tables.shifted import ask_shifted
from reformledger.drafting.tables.steps import count_batches, put_batches, put_phase, put_steps
from reformledger.drafting.tables.table import OtherReading, ReadRow, ReadTable
from reformledger.drafting.tables.titled import put_title
from reformledger.drafting.values import in_paragraphs, is_crossed, put_names, put_value
from reformledger.fields.entry import ENTRY
from reformledger.i18n import _
from reformledger.text.folding import compact, search_key
from reformledger.text.masking import holds_any_number
from reformledger.text.numerals import printed_number
from reformledger.yamlio import Data, Mapped

_CODE = re.compile("[a-z0-9]+")
_LONGEST_NUMBER = 10  # characters
_BEHIND_NUMBER = ".．、。"
_DEPARTMENTS = frozenset({"lead_departments", "supporting_departments"})
_COLONS = frozenset(":：")
_LABELLED = _DEPARTMENTS | {"leaders", "due"}


@dataclass
class RowReader:
    """Reads the rows of one table into entries.

    ``prefix`` begins their ids; ``said`` are the fields that a person named for
    headings, ``left_out`` those that entries of the document cannot have; ``titles`` takes the title of each entry.
    """

    context: Context
    prefix: str
    said: Mapping[str, str]
    contacts: dict[str, Mapped]
    left_out: frozenset[str] = frozenset()
    titles: list[tuple[DraftEntry, Passage]] = field(default_factory=list)
    columns: list[Column] = field(default_factory=list)
    _places: dict[str, list[int]] = field(default_factory=dict)
    """Where the columns of each field are."""
    _scratch: Context | None = None

    def read(self, table: ReadTable) -> Mapped:
        """Return a table as plain data: its columns, and its rows."""
        table = filled(table)
        groups = groups_of(table)
        for heading in table.headings:
            self.context.account.lay_out(heading, "heading")
        columns = columns_of(table, groups, self.context.year, self.said)
        self._ask_unknown(columns, table)
        self.columns = [self._allowed(place, column) for place, column in enumerate(columns, 1)]
        self._places = {
            key: [place for place, column in enumerate(self.columns) if column.key == key]
            for key in {column.key for column in self.columns}
        }
        entries = [self._read(group) for group in groups]
        self._ask_shared_titles(entries, groups)
        headings, parts = printed(self.columns)
        numbers = {"numbers": "own"} if self._are_own(entries) else {}
        data: Mapped = {**numbers, "columns": headings}
        if parts:
            data["phase_columns"] = parts
        return {**data, "rows": [entry.data for entry in entries]}

    def _ask_unknown(self, columns: Sequence[Column], table: ReadTable) -> None:
        """Ask once about headings that are no field's, but for those of columns that no field could be."""
        sentence = _("This heading is no field's: is the column one of the table's own?")
        said = {search_key(heading) for heading in self.said}
        for place, column in enumerate(columns):
            is_known = search_key(column.heading.text) in said or field_of(column.heading.text) is not None
            if column.key != "columns" or column.doubt or is_known:
                continue
            cells = [row.cells[place] for row in table.rows]
            if not is_plainly_own(cells, self.context.year):
                account = self.context.account
                item = Item(f"table {self.prefix}", "columns", column.heading, column.part, account=account)
                self.context.questions.ask("heading", sentence, item)

    def _allowed(self, place: int, column: Column) -> Column:
        if column.key in self.left_out:
            return replace(column, key="columns", part=f"column_{place}")
        return column

    def _read(self, group: Group) -> DraftEntry:
        number = next((cell for cell in self._cells(group, "number")), NOTHING)
        identifier = self._id(number.text)
        entry = self._entry(group, identifier, self.context, self.contacts)
        self.titles += [(entry, title) for title in self._cells(group, "title")]
        self._ask_title(entry, group)
        ask_shifted(entry, self.columns, group)
        for row in group:
            for place, note in row.notes.items():
                entry.ask("note", note, self.columns[place].key, row.cells[place])
            if row.others:
                self._ask_readings(entry, group, row)
        return entry

    def _ask_shared_titles(self, entries: Sequence[DraftEntry], groups: Sequence[Group]) -> None:
        """Ask about titles that are merged over several entries which have texts of their own."""
        if "text" not in self._places:
            return
        titles = [next(self._cells(group, "title"), NOTHING) for group in groups]
        uses = Counter(title.at[0] for title in titles if title)
        sentence = _("Several entries share one title: is it a category, and the title under another heading?")
        for entry, title in zip(entries, titles, strict=True):
            if title and uses[title.at[0]] > 1:
                entry.ask("title", sentence, "title", title)

    def _cells(self, group: Group, key: str) -> Iterator[Passage]:
        for place in self._places.get(key, ()):
            yield from distinct(group, place)

    def _id(self, number: str) -> str:
        """Return the id of an entry with a number as printed; where that is taken, or none, ids run on."""
        value = printed_number(number)
        words = [str(value)] if value is not None else _CODE.findall(compact(number).lower())
        identifier = "-".join([self.prefix, *words]) if words and not holds_any_number(number) else ""
        taken = self.context.ids
        count = 1
        while not identifier or identifier in taken:
            identifier = f"{self.prefix}-{count}"
            count += 1
        taken.add(identifier)
        return identifier

    def _entry(self, group: Group, identifier: str, context: Context, contacts: dict[str, Mapped]) -> DraftEntry:
        """Return the entry that some rows are."""
        entry = DraftEntry(identifier, context, {"id": identifier})
        for place, column in enumerate(self.columns):
            cells = distinct(group, place)
            if column.key == "phases" and column.part:
                continue
            is_divided = len(cells) > 1 and not ENTRY[column.key].names
            for cell in [joined_lines(cells)] if is_divided else cells:
                self._put(entry, column, cell, contacts)
                if is_divided:
                    entry.ask("row", _("The entry has several rows here: are their cells one value?"), column.key, cell)
                if column.doubt:
                    entry.ask(*column.doubt, column.key, cell, claimed=column.doubt.subject != "roles")
        self._name_contact(entry, group, contacts)
        self._put_phases(entry, group)
        count_batches(entry)
        return entry

    def _put(self, entry: DraftEntry, column: Column, cell: Passage, contacts: dict[str, Mapped]) -> None:
        match column.key:
            case "number":
                _put_number(entry, cell)
            case "title":
                with_text = "text" not in self._places
                put_title(entry, cell, of_document="issued" not in self.left_out, with_text=with_text)
            case "columns":
                _put_own(entry, column, cell)
            case "persons":
                put_names(entry, ENTRY["persons"], cell, column.part)
            case "contact":
                put_contact(entry, cell, contacts)
            case "phases":
                put_steps(entry, cell)
            case "due" if put_batches(entry, cell):
                pass
            case key if key not in _LABELLED:
                put_value(entry, key, cell)
            case key:
                for label_key, value in _labelled(entry, key, cell):
                    if label_key in _DEPARTMENTS and says_roles(value.text):
                        put_departments(entry, label_key, value)
                    else:
                        put_value(entry, label_key, value)

    def _name_contact(self, entry: DraftEntry, group: Group, contacts: Mapping[str, Mapped]) -> None:
        """Give a number without a name that of the one person in the column before it, and ask."""
        contact = contacts.get(entry.name)
        if contact is None or "name" in contact:
            return
        for place, (before, column) in enumerate(pairwise(self.columns)):
            if column.key == "contact" and before.key in {"leaders", "persons"}:
                cell = group[0].cells[place]
                names = names_in(cell, offices=False, whole=entry.context.whole).names
                if len(names) == 1:
                    contact["name"] = names[0].text
                    sentence = _("The number beside this name is taken for that person's: is it?")
                    entry.ask("contact", sentence, "contact", cell, claimed=False)

    def _put_phases(self, entry: DraftEntry, group: Group) -> None:
        """Put the phases in that columns are made of: a heading over each, or a row of the entry for each."""
        parts = [(place, column) for place, column in enumerate(self.columns) if column.key == "phases" and column.part]
        if not parts:
            return
        above = {column.phase.text: column.phase for _place, column in parts if column.phase}
        for name in above.values():
            put_phase(entry, name, [(c.part, group[0].cells[at]) for at, c in parts if c.phase.text == name.text])
        for row in group:
            put_phase(entry, NOTHING, [(c.part, row.cells[at]) for at, c in parts if not c.phase])

    def _ask_title(self, entry: DraftEntry, group: Group) -> None:
        """Let another text be the title of an entry that has none, since each must have one."""
        if "title" in entry.data:
            return
        cell = max((cell for row in group for cell in row.cells), key=len, default=NOTHING)
        entry.put("title", tidied(cell))
        entry.ask("title", _("The entry has no title: what is it called?"), "title", cell)

    def _ask_readings(self, entry: DraftEntry, group: Group, row: ReadRow) -> None:
        """Ask about the fields whose cells are others in the next best readings of a row."""
        readings = [self._read_otherwise(entry.name, group, row, other) for other in row.others]
        differing = [
            place
            for place, cell in enumerate(row.cells)
            if any(compact(other.cells[place].text) != compact(cell.text) for other in row.others)
        ]
        keys = [key for key in ENTRY if any(reading.get(key) != entry.data.get(key) for reading in readings)]
        proposals = [Proposal(_of_keys(entry.data, keys), _("as drafted"))]
        for reading, other in zip(readings, row.others, strict=True):
            why = _("worse by {margin}").format(margin=f"{other.margin:.1f}")
            proposals.append(Proposal(_of_keys(reading, keys), why))
        for place in differing:
            sentence = _("The cells of this row may be cut otherwise: which reading is right?")
            entry.ask("row", sentence, self.columns[place].key, row.cells[place], *proposals)

    def _read_otherwise(self, identifier: str, group: Group, row: ReadRow, other: OtherReading) -> Mapped:
        """Return the entry as another reading of one of its rows has it; nothing of it is claimed or asked."""
        if self._scratch is None:
            account = Account(self.context.account.source)
            self._scratch = replace(self.context, questions=Questions(), account=account)
        rows = [each._replace(cells=other.cells) if each is row else each for each in group]
        return self._entry(rows, identifier, self._scratch, {}).data

    def _are_own(self, entries: Sequence[DraftEntry]) -> bool:
        """Say whether the numbers are no 1, 2, 3 …; ask where one seems to be missing."""
        numbers = [number for entry in entries if isinstance(number := entry.data.get("number"), str)]
        values = [printed_number(number) for number in numbers]
        if values == list(range(1, len(values) + 1)):
            return False
        if values[0] == 1 and None not in values:
            sentence = _("The numbers of this table do not go on one by one: are they codes, or is a row missing?")
            heading = next(column.heading for column in self.columns if column.key == "number")
            entries[0].ask("numbers", sentence, "number", heading, claimed=False)
        return True


def _put_number(entry: DraftEntry, cell: Passage) -> None:
    number = tidied(cell)
    if len(number) > _LONGEST_NUMBER:
        entry.ask("value", _("This is printed where numbers belong, and does not look like one."), "number", cell)
        return
    bare = number.strip(_BEHIND_NUMBER)
    entry.put("number", bare)
    entry.context.account.lay_out(number, "numbering")


def _put_own(entry: DraftEntry, column: Column, cell: Passage) -> None:
    if is_crossed(cell.text):
        entry.context.account.lay_out(cell, "crossed")
        return
    value = in_paragraphs(cell.strip())
    own = cast("Mapped", entry.data.setdefault("columns", {}))
    own[column.part] = value.text
    entry.context.account.use(value, entry.name, "columns")


def _labelled(entry: DraftEntry, key: str, cell: Passage) -> Iterator[tuple[str, Passage]]:
    """Yield what a cell says, field by field: it may have labels of its own (牵头单位：A局；配合单位：B局)."""
    may_have = not _COLONS.isdisjoint(cell.text)
    labels = [label for label in labels_in(cell.text) if label.key in _LABELLED] if may_have else []
    if not labels or cell.text[: labels[0].start].strip():
        yield key, cell
        return
    ends = [*(label.start for label in labels[1:]), len(cell)]
    for label, end in zip(labels, ends, strict=True):
        entry.context.account.lay_out(cell[label.start : label.end], "label")
        if label.key:
            value = cell[label.end : end]
            bare = value.strip("，,；;。、 \n")
            entry.context.account.lay_out(value, "separator")
            yield label.key, bare


def _of_keys(data: Mapped, keys: Sequence[str]) -> dict[str, Data]:
    return {key: data[key] for key in keys if key in data}
