"""A flow of lines and tables → a ledger, or work points that are printed as tables, as plain data."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from reformledger.drafting.entry import Context, DraftEntry
from reformledger.drafting.marks import declared_marks
from reformledger.drafting.passage import NOTHING, Passage
from reformledger.drafting.questions import Item, Questions
from reformledger.drafting.source import Line
from reformledger.drafting.tables.headings import ROW_FIELDS, field_of
from reformledger.drafting.tables.rows import RowReader
from reformledger.drafting.tables.structure import Structure, put_heading, structure_of
from reformledger.drafting.tables.table import ReadTable
from reformledger.i18n import _
from reformledger.model.documents import DocumentKind
from reformledger.model.entries import RowKind, WorkPoint
from reformledger.yamlio import Data, Mapped

_KINDS: Mapping[str, RowKind] = {"上会": "review", "审议": "review", "试点": "pilot", "方案": "scheme", "任务": "task"}
"""The words of titles that say of which kind the rows are; the last of them counts."""
_KIND = re.compile("|".join(_KINDS))
_POINT = "point"


def read_ledger(
    flow: Sequence[Line | ReadTable], context: Context, columns: Mapping[str, str], contacts: dict[str, Mapped]
) -> Mapped | None:
    """Return the ledger that a flow is, None for one without a table.

    ``columns`` are the fields that a person named for headings; ``contacts`` takes whom to call, by the id of the row.
    """
    if not any(isinstance(block, ReadTable) for block in flow):
        return None
    structure = structure_of(flow, context, "ledger")
    titles: list[tuple[DraftEntry, Passage]] = []
    kinds = _kinds(structure)
    prefixes = iter(_prefixes(structure, kinds))
    each_kind = iter(kinds)
    for part in structure.parts:
        tables: list[Data] = []
        for under_way in part.tables:
            prefix = next(prefixes)
            table = DraftEntry(f"table {prefix}", context, {"id_prefix": prefix, "kind": next(each_kind)})
            if under_way.title:
                put_heading(table, under_way.title)
            reader = RowReader(context, prefix, columns, contacts, titles=titles)
            table.data |= reader.read(under_way.table)
            tables.append(table.data)
        part.entry.data["tables"] = tables
    _tell_marks(structure, titles)
    head: Mapped = {"kind": "ledger", "year": str(context.year)}
    return {**head, **structure.document.data, "parts": [part.entry.data for part in structure.parts]}


def read_point_tables(
    flow: Sequence[Line | ReadTable], context: Context, columns: Mapping[str, str], contacts: dict[str, Mapped]
) -> Mapped | None:
    """Return the work points that are the rows of the tables of a flow, None without a table."""
    structure = structure_of(flow, context, "workpoints")
    if not structure.parts:
        return None
    titles: list[tuple[DraftEntry, Passage]] = []
    left_out = frozenset(ROW_FIELDS) - WorkPoint.model_fields.keys() - {"contact"}
    sections: list[Data] = []
    for part, under_way in structure.tables:
        section = part.entry
        if under_way.title:
            section = DraftEntry(f"section {len(sections) + 1}", context)
            put_heading(section, under_way.title)
        reader = RowReader(context, _POINT, columns, contacts, left_out, titles)
        read = reader.read(under_way.table)
        if numbers := read.pop("numbers", None):
            structure.document.data["numbers"] = numbers
        read["points"] = read.pop("rows")
        sections.append({**section.data, **read})
    _tell_marks(structure, titles)
    head: Mapped = {"kind": "workpoints", "year": str(context.year)}
    return {**head, **structure.document.data, "sections": sections}


def declare_independent(documents: Mapping[DocumentKind, Mapped], questions: Questions) -> None:
    """Say of a ledger without work points that it carries out none, and ask once whether that is so."""
    ledger = documents.get("ledger")
    if ledger is not None and "workpoints" not in documents:
        ledger["independent"] = "true"
        sentence = _("There are no work points: does the ledger carry out none?")
        questions.ask("kind", sentence, Item("ledger", "independent", NOTHING, "true"))


def _kinds(structure: Structure) -> list[RowKind]:
    """Return the kind of the rows of each table, as its title says it, else that of its part, else its headings."""
    kinds: list[RowKind] = []
    for part, under_way in structure.tables:
        headings = (heading.text for heading in under_way.table.headings if field_of(heading.text) == "title")
        words = (_KIND.findall(text) for text in (under_way.title.text, part.title, *headings))
        kinds.append(next((_KINDS[found[-1]] for found in words if found), "task"))
    return kinds


def _prefixes(structure: Structure, kinds: Sequence[RowKind]) -> list[str]:
    """Return how the ids of each table begin: with its kind, or of several tables of one kind each in its own way."""
    many = Counter(kinds)
    taken: set[str] = set()
    prefixes: list[str] = []
    for (_part, under_way), kind in zip(structure.tables, kinds, strict=True):
        key = f"key-{kind}"
        is_key = many[kind] > 1 and "重点" in under_way.title.text and key not in taken
        prefix, number = key if is_key else kind, 1
        while prefix in taken:
            number += 1
            prefix = f"{kind}-{number}"
        taken.add(prefix)
        prefixes.append(prefix)
    return prefixes


def _tell_marks(structure: Structure, titles: Sequence[tuple[DraftEntry, Passage]]) -> None:
    document = structure.document
    if marks := declared_marks(structure.explained, titles, document.context):
        document.data["marks"] = marks
