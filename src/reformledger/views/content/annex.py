"""The documents of a year as they are printed: work points as text, the ledger as its own tables (附件).

What the data leave to the printer is known here: what is between the parts of a work point, and how a cell is written.
The words are those of official documents in Chinese, in whichever language the program speaks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reformledger.entry import Entry, Group, Heading
from reformledger.fields.entry import ENTRY
from reformledger.loader import LoadedDocument
from reformledger.model.documents import Ledger, Part, Table, Workpoints
from reformledger.model.entries import WorkPoint
from reformledger.records import Context
from reformledger.views.content.annex_tables import cell_items, printed_table, state_texts
from reformledger.views.word.grid import Grid

_LABELS = {"leaders": "牵头领导", "lead_departments": "责任部门", "due": "完成时限"}
"""What stands in the closing bracket of a work point, where its document declares no columns."""
_BEFORE_BRACKET = ("number", "title", "text", "remark", "star")
_FULL_STOPS = ("。", "！", "？", "；", ".", "!", "?")


class Paragraph(NamedTuple):
    """A paragraph: ``level`` 0 is the title of a document, 1 that of a part, 2 that of what is inside it; else text."""

    text: str
    level: int | None = None
    is_annex: bool = False
    is_note: bool = False


class Chapter(NamedTuple):
    """A document of the year: work points as text in portrait, or a ledger as tables in landscape."""

    title: str
    is_ledger: bool
    pieces: list[Paragraph | Grid]


def annex_chapters(
    context: Context, documents: Sequence[LoadedDocument], groups: Sequence[Group], *, state: bool = False
) -> list[Chapter]:
    """Return the documents that hold ``groups``, with these alone; with ``state`` how each entry is doing, too."""
    printer = _Printer(context, state=state)
    ledgers = [loaded for loaded in documents if isinstance(loaded.document, Ledger)]
    made = []
    for loaded in documents:
        document = loaded.document
        chosen = [group for group in groups if group.loaded is loaded]
        if not chosen or not isinstance(document, Workpoints | Ledger):
            continue
        pieces: list[Paragraph | Grid] = []
        if loaded in ledgers:
            number = str(ledgers.index(loaded) + 1) if len(ledgers) > 1 else ""
            pieces.append(Paragraph(f"附件{number}", is_annex=True))
        pieces.append(Paragraph(document.title, 0))
        is_whole = len(chosen) == sum(group.loaded is loaded for group in context.book.groups)
        if isinstance(document, Workpoints) and document.general_idea and is_whole:
            pieces.append(Paragraph(document.general_idea))
        made.append(Chapter(document.title, loaded in ledgers, [*pieces, *printer.pieces(chosen)]))
    return made


class _Printer:
    """What prints the groups of a document."""

    def __init__(self, context: Context, *, state: bool) -> None:
        self._context = context
        self._state = state
        self._entries: dict[int, list[Entry]] = {}
        for entry in context.book.entries:
            self._entries.setdefault(id(entry.group), []).append(entry)

    def pieces(self, groups: Sequence[Group]) -> Iterator[Paragraph | Grid]:
        """Yield headings, tables or work points, and the notes below what they are notes of."""
        over: list[Heading] = []
        for group in groups:
            paths = [heading.path for heading in over]
            shared = sum(heading.path in paths for heading in group.headings)
            yield from _notes(over[shared:])
            for depth, heading in enumerate(group.headings[shared:], shared):
                if text := _heading_text(heading):
                    yield Paragraph(text, min(depth, 1) + 1)
            over = list(group.headings)
            entries = self._entries.get(id(group), [])
            if group.table is not None:
                yield printed_table(group, entries, self._context, state=self._state)
            else:
                for entry in entries:
                    yield from self._point(entry)
        yield from _notes(over)

    def _point(self, entry: Entry) -> Iterator[Paragraph]:
        yield Paragraph(point_text(entry, self._context))
        if self._state:
            texts = state_texts(entry, self._context)
            said = (f"{heading}：{text}" for heading, text in texts.items() if text)
            yield Paragraph("　".join(said).replace("\n", "，"), is_note=True)


def _heading_text(heading: Heading) -> str:
    """Return a heading with its count, and with what it says for all entries below it."""
    data = heading.data
    count = f"（{data.count}）" if isinstance(data, Part | Table) and data.count else ""
    said = [f"{_LABELS[key]}：{'、'.join(names)}" for key in _LABELS if (names := getattr(data, key, ()))]
    return f"{heading.label}{count}{_bracketed(said)}" if heading.label else ""


def _notes(headings: Sequence[Heading]) -> Iterator[Paragraph]:
    """Yield the notes of headings whose entries have ended, those of the innermost first."""
    for heading in reversed(headings):
        for note in getattr(heading.data, "notes", ()):
            yield Paragraph(note, is_note=True)


def point_text(entry: Entry, context: Context) -> str:
    """Return a work point as it is printed: ``1．title。text（牵头领导：…；责任部门：…；完成时限：…）remark``."""
    data = entry.data
    number = data.number or ""
    number += "．" if number[-1:].isalnum() else ""
    title = "" if isinstance(data, WorkPoint) and data.title_from else data.title
    title += "" if not title or title.endswith(_FULL_STOPS) else "。"
    star = "".join(cell_items(entry, "star", context))
    return f"{number}{title}{data.text or ''}{_bracketed(_said_in_brackets(entry, context))}{star}{data.remark or ''}"


def _said_in_brackets(entry: Entry, context: Context) -> Iterator[str]:
    """Yield what stands in the closing bracket; what a heading says for its entries is not said again."""
    declared = {key: heading for key, heading in entry.group.columns.items() if key not in _BEFORE_BRACKET}
    labels = declared or _LABELS
    supporting = "、".join(entry.data.supporting_departments)
    for key, label in labels.items():
        text = "、".join(cell_items(entry, key, context)) if key not in entry.inherited else ""
        if key == "lead_departments" and supporting and "supporting_departments" not in labels:
            # Those before the comma lead (the notice: 逗号前为牵头部门，下同).
            text, supporting = f"{text}，{supporting}" if text else "", "" if text else supporting
        if text:
            yield f"{label}：{text}"
        if key == "leaders" and "persons" not in labels:
            yield from (f"{role}：{'、'.join(names)}" for role, names in entry.data.persons.items())
    if supporting and "supporting_departments" not in labels:
        yield f"{ENTRY['supporting_departments'].words[0]}：{supporting}"


def _bracketed(said: Iterator[str] | Sequence[str]) -> str:
    text = "；".join(said)
    return f"（{text}）" if text else ""
