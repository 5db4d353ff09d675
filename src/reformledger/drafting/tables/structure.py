"""Which titles, headings and notes belong to which table: the parts of a document, and the tables in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from reformledger.drafting.dividing import DAY
from reformledger.drafting.entry import Context, DraftEntry
from reformledger.drafting.marks import explains, mark_of
from reformledger.drafting.notices.paragraphs import Paragraph, paragraphs
from reformledger.drafting.notices.responsibility import Responsibility, cut_responsibility
from reformledger.drafting.passage import NOTHING, Passage
from reformledger.drafting.source import Line
from reformledger.drafting.tables.table import ReadTable
from reformledger.drafting.title_lines import BEHIND_TITLE, LONGEST_TITLE, is_title, numbers_table
from reformledger.drafting.values import put_value
from reformledger.i18n import _
from reformledger.text.counts import count_in_title

_NOTE = re.compile("[^：:。]{1,10}[：:].|[（(][^（）()]*[）)]$")
_YEAR = re.compile("[0-9]{4}|[〇零一二三四五六七八九]{4}年")
_UNNAMED = re.compile("(?:Sheet|工作表|表)[0-9]*$", re.IGNORECASE)
_ENDS_SENTENCE = re.compile("[。；;，,、！]$")
_HEADING_FIELDS = ("leaders", "lead_departments")


@dataclass
class TableUnderWay:
    """A table with the title that is printed over it, blank for none."""

    table: ReadTable
    title: Passage = NOTHING


@dataclass
class PartUnderWay:
    """A part: what its heading says, and its tables."""

    entry: DraftEntry
    tables: list[TableUnderWay] = field(default_factory=list)

    @property
    def title(self) -> str:
        """Its title, blank for none."""
        return str(self.entry.data.get("title", ""))


@dataclass
class Structure:
    """A document in its parts; ``document`` holds its title and what else belongs to the whole."""

    document: DraftEntry
    parts: list[PartUnderWay] = field(default_factory=list)
    explained: list[Paragraph] = field(default_factory=list)
    """What says which marks before titles mean what."""

    @property
    def tables(self) -> Iterator[tuple[PartUnderWay, TableUnderWay]]:
        """Its tables, each with its part."""
        return ((part, table) for part in self.parts for table in part.tables)


@dataclass
class _Builder:
    """Goes through the paragraphs and tables of a document. ``titles`` and ``notes`` wait for what they belong to."""

    context: Context
    structure: Structure
    level: int
    marks: frozenset[str] = frozenset()
    """The marks before what is in the cells of the tables."""
    titles: list[Paragraph] = field(default_factory=list)
    notes: list[Passage] = field(default_factory=list)
    has_numbers: bool = False
    sheet: str = ""
    """The worksheet that is gone through."""
    is_noted: bool = False
    """Whether numbered notes are gone through."""
    is_open: bool = False
    """Whether the part is numbered, so that titles below its heading are those of its tables."""

    def paragraph(self, paragraph: Paragraph) -> None:
        text = paragraph.text.text
        if not text:
            return
        self._see_sheet(paragraph.text)
        bracket = BEHIND_TITLE.search(text)
        if bracket and explains(bracket[0], self.marks) and is_title(text[: bracket.start()]):
            explaining = paragraph.text.group(bracket)
            self.structure.explained.append(paragraph._replace(text=explaining, number=NOTHING, body=explaining))
            title = paragraph.text[: bracket.start()]
            self.titles.append(paragraph._replace(text=title, number=NOTHING, body=title))
        elif numbers_table(text):
            self.context.account.lay_out(paragraph.text, "heading")
        elif explains(text, self.marks):
            self.structure.explained.append(paragraph)
        elif self.is_noted and paragraph.number and _ENDS_SENTENCE.search(text):
            self._note(paragraph.text)
        elif (_NOTE.match(text) or DAY.fullmatch(text)) and not count_in_title(text):
            self._note(paragraph.text)
            self.is_noted = "1" in text
        elif len(text) > LONGEST_TITLE or (_ENDS_SENTENCE.search(text) and not paragraph.is_heading):
            return
        elif paragraph.level and paragraph.level <= self.level:
            self._document_title()
            self._part(paragraph)
            self.is_open = True
        else:
            self.titles.append(paragraph)

    def _see_sheet(self, passage: Passage) -> None:
        """Begin a new part where a passage is on another worksheet than what is before it."""
        sheet = self.context.account.source.place_of(passage).sheet
        if sheet != self.sheet:
            self.sheet, self.is_open = sheet, False

    def table(self, table: ReadTable) -> None:
        self.is_noted = False
        self._see_sheet(next((heading for heading in table.headings if heading), NOTHING))
        if not self.is_open:
            self._document_title(is_before_table=True)
        title = self.titles.pop().text if self.titles else NOTHING
        if title and not self.is_open:
            put_heading(self._new_part().entry, title)
            title = NOTHING
        elif not title and table.name and not _UNNAMED.match(table.name):
            self._new_part().entry.data["title"] = table.name
            self.is_open = False
        if not self.structure.parts:
            self._untitled_part()
        self.titles.clear()
        self.structure.parts[-1].tables.append(TableUnderWay(table, title))
        for note in table.notes:
            self._note(note)

    def _document_title(self, *, is_before_table: bool = False) -> None:
        """Let the first title be that of the document; one alone before a table is that of its part as well."""
        document = self.structure.document
        if not self.titles or "title" in document.data or self.structure.parts:
            return
        titles = self.titles[::-1]
        named = [each for each in titles if _YEAR.search(each.text.text)] or [
            each for each in titles if is_title(each.text.text)
        ]
        title = named[0] if named else self.titles[0]
        document.put("title", title.text)
        if not is_before_table or title is not self.titles[-1]:
            self.titles.remove(title)

    def _part(self, paragraph: Paragraph) -> None:
        self.titles.clear()  # of what was before the heading: no table followed
        part = self._new_part()
        number = paragraph.number.strip("、.． ")
        part.entry.put("number", number)
        self.context.account.lay_out(paragraph.number, "numbering")
        put_heading(part.entry, paragraph.body)

    def _untitled_part(self) -> None:
        """Let a part without a heading have the title of the document."""
        part = self._new_part()
        part.entry.data["title"] = self.structure.document.data.get("title", "")

    def _new_part(self) -> PartUnderWay:
        part = PartUnderWay(DraftEntry(f"part {len(self.structure.parts) + 1}", self.context))
        self.structure.parts.append(part)
        for note in self.notes:
            part.entry.append("notes", note)
        self.notes.clear()
        return part

    def _note(self, note: Passage) -> None:
        if self.structure.parts:
            self.structure.parts[-1].entry.append("notes", note)
        else:
            self.notes.append(note)


def structure_of(flow: Sequence[Line | ReadTable], context: Context, name: str) -> Structure:
    """Return the parts and tables of a document; ``name`` is what the account calls the document."""
    runs: list[list[Paragraph] | ReadTable] = []
    for is_line, blocks in groupby(flow, lambda block: isinstance(block, Line)):
        if is_line:
            runs.append(paragraphs([block for block in blocks if isinstance(block, Line)], context.account))
        else:
            runs += [block for block in blocks if isinstance(block, ReadTable)]
    levels = [paragraph.level for run in runs if isinstance(run, list) for paragraph in run if paragraph.level]
    cells = (cell for run in runs if isinstance(run, ReadTable) for row in run.rows for cell in row.cells)
    marks = frozenset(mark.text for cell in cells if (mark := mark_of(cell)))
    builder = _Builder(context, Structure(DraftEntry(name, context)), min(levels, default=0), marks)
    for run in runs:
        for paragraph in run if isinstance(run, list) else ():
            builder.paragraph(paragraph)
        if isinstance(run, ReadTable):
            builder.table(run)
    structure = builder.structure
    _ask_about_empty([part.entry for part in structure.parts if not part.tables], context)
    structure.parts = [part for part in structure.parts if part.tables]
    _see_to_titles(structure)
    return structure


def _ask_about_empty(parts: Sequence[DraftEntry], context: Context) -> None:
    """Ask about what parts hold that have no table: no ledger can hold it."""
    names = {part.name: part for part in parts}
    for used, passage in context.account.passages().items() if names else ():
        if part := names.get(used.entry):
            part.ask("heading", _("No table is below this heading: where does it belong?"), used.field, passage)


def _see_to_titles(structure: Structure) -> None:
    """Let a document without a title have that of its first part, and a part without one that of the document."""
    document = structure.document
    if "title" not in document.data and structure.parts:
        stem = document.context.account.source.file.stem
        document.data["title"] = structure.parts[0].title or stem
        sentence = _("The document has no title of its own: what is it called?")
        document.ask("title", sentence, "title", NOTHING)
    for part in structure.parts:
        part.entry.data["title"] = part.title or document.data["title"]


def put_heading(entry: DraftEntry, heading: Passage) -> None:
    """Put a heading in: the title, the count in brackets behind it (7个), and who answers for all that follows."""
    found = Responsibility()
    account = entry.context.account
    bare = cut_responsibility(heading, found, account.source.text)
    clauses = [(clause.key, clause) for clause in found.clauses if clause.key in _HEADING_FIELDS and clause.label]
    if clauses:
        heading = bare
        for bracket in found.brackets:
            account.lay_out(bracket, "bracket")
    for key, clause in clauses:
        account.lay_out(clause.label, "label")
        put_value(entry, str(key), clause.value)
    if counted := count_in_title(heading.text):
        title, count = heading[: len(counted[0])], heading[len(counted[0]) :].strip()
        entry.put("title", title.strip())
        entry.put("count", count[1:-1])
        account.lay_out(count, "bracket")
    else:
        entry.put("title", heading)
