"""Group 4, ☆: whether it is where it must be, and can be closed out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from reformledger.audit.context import Audit, Found
from reformledger.audit.finding import Severity
from reformledger.audit.pointer import Pointer, at, at_due
from reformledger.audit.rule import rule
from reformledger.entry import Entry
from reformledger.i18n import _
from reformledger.loader import LoadedDocument
from reformledger.model.documents import Ledger
from reformledger.model.entries import STAR_SIGN
from reformledger.model.life import star_phase
from reformledger.query import due_in_own_year
from reformledger.star import explained_years, star_deadline_of
from reformledger.text.folding import wording_key
from reformledger.yamlio import Path

# The ☆ alone, before or behind a text, with or without its condition; inside a sentence it is only mentioned.
_MARK = re.compile("^[☆★]|[☆★](?=(?:[（(][^（）()]*[）)])?$)")
# A note by which ★ is this body's ☆: 标★的需年内销账.
_CLOSES_OUT = re.compile("★.{0,30}?(?:年内|销[账帐号])")


@rule("RL401", Severity.WARNING)
def missing_star(audit: Audit) -> Iterator[Found]:
    """Find rows due within the year without ☆, where at least half of those with the same wording have one."""
    for entries in audit.members.values():
        if not any(entry.data.star for entry in entries):
            continue
        by_wording: dict[str, list[Entry]] = {}
        for entry in entries:
            if entry.data.due and entry.data.due.wording and due_in_own_year(entry):
                by_wording.setdefault(wording_key(entry.data.due.wording), []).append(entry)
        for same in by_wording.values():
            starred = [entry for entry in same if entry.data.star]
            without = [entry for entry in same if not entry.data.star]
            if not without or len(starred) < len(without):
                continue
            for entry in without:
                message = _("{id} is due within the year and has no ☆; {other}, with the same wording, has one.")
                related = ((starred[0].id, at(starred[0], "star")),)
                yield Found(message.format(id=entry.id, other=starred[0].id), at_due(entry), related)


@rule("RL402", Severity.WARNING)
def star_without_a_day(audit: Audit) -> Iterator[Found]:
    """Find ☆ beside a deadline that has no end, or beside none where the table has a column for it."""
    for entry in _starred(audit):
        due = entry.data.due
        if due and due.end is None and not entry.phases:
            message = _("☆ asks for a close-out within the year, but the deadline “{wording}” has no end.")
            yield Found(message.format(wording=due.wording), at_due(entry), (("☆", at(entry, "star")),))
        elif _undated(entry) and _has_due_column(entry):
            yield Found(_("☆, but no deadline to close it out by."), at(entry, "star"))


@rule("RL403", Severity.WARNING)
def star_later_than_the_year(audit: Audit) -> Iterator[Found]:
    """Find ☆ whose deadline ends after the year of its document."""
    for entry in _starred(audit):
        deadline = star_deadline_of(entry)
        if deadline and deadline.end and deadline.end > date(entry.year, 12, 31):
            message = _("☆ asks for a close-out within {year}, but the deadline “{wording}” ends later.")
            yield Found(
                message.format(year=entry.year, wording=deadline.wording),
                _due_pointer(entry),
                (("☆", at(entry, "star")),),
            )


@rule("RL404", Severity.WARNING)
def unanswered_condition(audit: Audit) -> Iterator[Found]:
    """Find conditions on a ☆ that name no phase, or name another phase than the ☆ does."""
    for entry in _starred(audit):
        star = entry.data.star
        if not star or not star.note:
            continue
        if star.phase is None:
            message = _("The ☆ has the condition “{note}”, but no phase that would meet it.")
            yield Found(message.format(note=star.note), at(entry, "star", "note"))
        elif other := _other_phase(entry, wording_key(star.note)):
            message = _("The condition “{note}” speaks of {other}, but the ☆ names the phase {phase}.")
            yield Found(
                message.format(note=star.note, other=other, phase=star.phase),
                at(entry, "star", "phase"),
                ((_("the condition"), at(entry, "star", "note")),),
            )


def _other_phase(entry: Entry, note: str) -> str | None:
    """Return the phase that a condition names instead of that of the ☆."""
    index = star_phase(entry.data)
    if index is not None and wording_key(entry.phases[index].name) in note:
        return None
    return next((phase.name for phase in entry.phases if wording_key(phase.name) in note), None)


@rule("RL405", Severity.NOTE)
def star_in_a_table_without_deadlines(audit: Audit) -> Iterator[Found]:
    """Find ☆ in tables that print no deadline at all: it counts as due within the year."""
    for entry in _starred(audit):
        if _undated(entry) and not _has_due_column(entry):
            message = _("The table has no column for deadlines; by its ☆ the row counts as due within {year}.")
            yield Found(message.format(year=entry.year), at(entry, "star"))


class _Typed(NamedTuple):
    """A ☆ or ★ typed into a field of an entry that has no ☆."""

    entry: Entry
    steps: Path
    sign: str


@rule("RL406", Severity.WARNING, declared_by=("marks: {★: …}",))
def star_in_text(audit: Audit) -> Iterator[Found]:
    """Find ☆ typed into a text, where no command sees it, and a lone ★ that may be meant for one."""
    found = [typed for entry in audit.book.entries if not entry.data.star for typed in _typed(entry)]
    times = Counter((typed.entry.file, typed.steps[0], typed.sign) for typed in found)
    closing = {loaded.name for loaded in audit.book.documents if any(map(_CLOSES_OUT.search, _notes_of(loaded)))}
    for typed in found:
        entry, steps, sign = typed
        if sign in entry.group.marks:
            continue
        message = _("“{sign}” stands in the text here, where it is not counted: write it as star.")
        if sign != STAR_SIGN and entry.file not in closing:
            if steps[0] == "columns" or times[entry.file, steps[0], sign] > 1:
                continue  # a mark of the body's own, as print itself tells
            message = _(
                "“{sign}” stands in the text here and is no ☆: write star: ☆ where a close-out within the year is "
                "meant, else say at the head of the file what it means, marks: {{{sign}: …}}."
            )
        yield Found(message.format(sign=sign), at(entry, *steps, part=sign))


def _typed(entry: Entry) -> Iterator[_Typed]:
    texts: list[tuple[Path, str | None]] = [
        (("title",), entry.data.title),
        (("remark",), entry.data.remark),
        *((("columns", key), value) for key, value in entry.data.columns.items()),
    ]
    for steps, text in texts:
        if text and (sign := _MARK.search(text.strip())):
            yield _Typed(entry, steps, sign[0])


@rule("RL407", Severity.WARNING, declared_by=("marks: {★: …}",))
def note_of_another_year(audit: Audit) -> Iterator[Found]:
    """Find notes that explain the ☆ of another year than that of their ledger."""
    for loaded in audit.book.documents:
        if not isinstance(loaded.document, Ledger):
            continue
        ledger = loaded.document
        for path, note in _notes(ledger):
            years = explained_years(note, ledger.marks)
            if years and ledger.year not in years:
                year = max(years)
                message = _("The note explains the ☆ of {year}, but the ledger is that of {own}.")
                yield Found(message.format(year=year, own=ledger.year), Pointer(loaded, path, str(year)))


def _notes(ledger: Ledger) -> Iterator[tuple[Path, str]]:
    """Yield the notes under every part and table, and their paths."""
    for p, part in enumerate(ledger.parts):
        for n, note in enumerate(part.notes):
            yield ("parts", p, "notes", n), note
        for t, table in enumerate(part.tables):
            for n, note in enumerate(table.notes):
                yield ("parts", p, "tables", t, "notes", n), note


def _notes_of(loaded: LoadedDocument) -> list[str]:
    return [note for _path, note in _notes(loaded.document)] if isinstance(loaded.document, Ledger) else []


def _starred(audit: Audit) -> Iterator[Entry]:
    return (entry for entry in audit.book.entries if entry.data.star)


def _undated(entry: Entry) -> bool:
    return entry.data.due is None and not any(phase.deadline for phase in entry.phases)


def _has_due_column(entry: Entry) -> bool:
    """Say whether the table of an entry has a column for deadlines; one that declares no columns may have any."""
    columns = entry.group.columns
    return not columns or "due" in columns


def _due_pointer(entry: Entry) -> Pointer:
    """Return the pointer to the deadline of a ☆: in its phase, or in the entry."""
    index = star_phase(entry.data)
    if index is not None and index < len(entry.data.phases):
        return at_due(entry, "phases", index)
    return at_due(entry) if entry.data.due else at(entry, "phases")
