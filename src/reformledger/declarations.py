"""Counts that sections, parts and tables declare (``共5个，其中3个标☆``), and the entries that each counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from reformledger.entry import Entry, Group, Headed
from reformledger.loader import LoadedDocument
from reformledger.model.documents import Path
from reformledger.query import due_in
from reformledger.text.counts import Declared, Detail, Span, declared, declared_in_title
from reformledger.text.folding import compact

Among = Literal["starred", "due", "level"]
"""What is said of some of the entries: they bear a ☆, are due within a year, or are of a level."""


class Declaration(NamedTuple):
    """A count, the path to the text that declares it, the entries that it is about, and in how many groups they are."""

    said: Declared
    loaded: LoadedDocument
    path: Path
    entries: Sequence[Entry]
    groups: int

    @property
    def is_in_title(self) -> bool:
        """Say whether a title declares it."""
        return self.path[-1] == "title"


def declarations(headings: Iterable[Headed], members: Mapping[Group, Sequence[Entry]]) -> Iterator[Declaration]:
    """Yield every count that a section, part or table declares, in its own field or at the end of its title."""
    for loaded, (path, data), groups in headings:
        entries = [entry for group in groups for entry in members.get(group, ())]
        if count := getattr(data, "count", None):
            yield Declaration(declared(count), loaded, (*path, "count"), entries, len(groups))
        if data.title and (said := declared_in_title(data.title)):
            yield Declaration(said, loaded, (*path, "title"), entries, len(groups))


def among(detail: Detail, entries: Sequence[Entry]) -> Among | None:
    """Return which of the entries the number after 其中 counts; None for what nobody can count."""
    starred = chosen(detail, "starred", entries)
    if detail.starred and (starred or detail.due_year is None):
        return "starred"
    if detail.due_year is not None:
        # A bureau may count as due within the year those that it marked so.
        is_of_due = len(chosen(detail, "due", entries)) == detail.number
        return "starred" if len(starred) == detail.number and not is_of_due else "due"
    return "level" if chosen(detail, "level", entries) else None


def chosen(detail: Detail, counted: Among, entries: Iterable[Entry]) -> list[Entry]:
    """Return those of the entries that a number after 其中 counts."""
    match counted:
        case "starred":
            return [entry for entry in entries if entry.data.star]
        case "due":
            return [entry for entry in entries if due_in(entry, detail.due_year or entry.year)]
        case "level":
            return [
                entry
                for entry in entries
                if entry.row and detail.label and detail.label in compact(entry.row.level or "")
            ]


class Untrue(NamedTuple):
    """A number that is no longer true: the words that say it, and the right one.

    ``span`` is the place of its numeral in the declaring text; None where it may be one of several.
    """

    text: str
    span: Span | None
    right: int


def made_untrue(before: Declaration, now: Declaration) -> Iterator[Untrue]:
    """Yield the numbers of a count that were of other entries before, and are not the numbers of those of now."""
    old, new = len(before.entries), len(now.entries)
    totals = [total for total in now.said.totals if not total.of_kinds]
    if old != new and totals and all(total.number != new for total in totals):
        meant = [total for total in totals if total.number == old] or totals
        yield Untrue(now.said.text, meant[0].span if len(meant) == 1 else None, new)
    for detail in now.said.details:
        counted = among(detail, before.entries) or among(detail, now.entries)
        if counted is not None:
            old, new = (len(chosen(detail, counted, one.entries)) for one in (before, now))
            if old != new != detail.number:
                yield Untrue(detail.text, detail.span, new)
