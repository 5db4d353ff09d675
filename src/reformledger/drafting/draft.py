"""Sources → the documents of a draft, the questions, and the account of each source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import cast

from reformledger.drafting.account import Account, Used
from reformledger.drafting.dividing import divided
from reformledger.drafting.entry import Context
from reformledger.drafting.notices.paragraphs import paragraphs
from reformledger.drafting.passage import Passage
from reformledger.drafting.private import keep_private
from reformledger.drafting.proposals.implements import propose_implements
from reformledger.drafting.proposals.names import declared_names, propose_names
from reformledger.drafting.proposals.targets import propose_targets
from reformledger.drafting.questions import Item, Proposal, Questions
from reformledger.drafting.source import Doubt, Line, Source
from reformledger.drafting.tables.grids import tables_of
from reformledger.drafting.tables.parts import declare_independent, read_ledger, read_point_tables
from reformledger.drafting.tables.table import ReadTable
from reformledger.drafting.years import year_of_sources
from reformledger.fields.entry import ENTRY
from reformledger.i18n import _
from reformledger.model.documents import DocumentKind
from reformledger.yamlio import Mapped

Flow = list[Line | ReadTable]
_LISTS: Mapping[DocumentKind, str] = {"workpoints": "sections", "ledger": "parts"}
"""What of two documents of one kind becomes one list."""


@dataclass
class Draft:
    """A draft: its documents as plain data by their kind, what is asked, and the account of each source."""

    year: int
    documents: dict[DocumentKind, Mapped] = field(default_factory=dict)
    questions: Questions = field(default_factory=Questions)
    accounts: list[Account] = field(default_factory=list)

    def add(self, kind: DocumentKind, document: Mapped | None) -> None:
        """Add a document; the parts of a second one of its kind come behind those of the first, whose title stays."""
        held = self.documents.get(kind)
        if document is None:
            return
        if held is None:
            self.documents[kind] = document
            return
        parts = _LISTS[kind]
        cast("list[object]", held[parts]).extend(cast("list[object]", document[parts]))


def draft_of(
    sources: Sequence[Source],
    *,
    kind: DocumentKind | None = None,
    year: int | None = None,
    columns: Mapping[str, str] | None = None,
    whole: frozenset[str] = frozenset(),
) -> Draft:
    """Return the draft of some sources.

    ``kind`` says what they all are (``workpoints`` or ``ledger``), ``year`` the year of the documents, ``columns``
    which field a heading means (a heading of the table of fields, or a key), ``whole`` are the keys of names that
    hold what joins names. What is not said is found in the sources. Raises ``UsageError`` where no year is.
    """
    draft = Draft(year if year is not None else year_of_sources(sources))
    contacts: dict[str, Mapped] = {}
    ids: set[str] = set()
    for source in sources:
        account = Account(source)
        draft.accounts.append(account)
        _read(draft, Context(draft.year, draft.questions, account, whole, ids), kind, columns or {}, contacts)
    if contacts:
        document = {"kind": "contacts", "year": str(draft.year), "contacts": dict(contacts)}
        draft.documents["contacts"] = cast("Mapped", document)
    keep_private(draft.documents, draft.questions, draft.accounts)
    declare_independent(draft.documents, draft.questions)
    if declared := declared_names(draft.documents):
        draft.documents["directory"] = declared
    titles = titles_of(draft)
    for propose in (propose_implements, propose_targets, propose_names):
        propose(draft.documents, draft.questions, titles)
    _ask_about_doubts(draft)
    _ask_about_rest(draft)
    return draft


def _read(
    draft: Draft,
    context: Context,
    kind: DocumentKind | None,
    columns: Mapping[str, str],
    contacts: dict[str, Mapped],
) -> None:
    """Read the documents of one source into a draft."""
    flow = list(_flow(context))
    lines = [block for block in flow if isinstance(block, Line)]
    if kind == "workpoints":
        points = _workpoints(lines, context)
        draft.add("workpoints", points or read_point_tables(flow, context, columns, contacts))
        return
    before: list[Line] = []
    if kind is None:
        first = next((place for place, block in enumerate(flow) if isinstance(block, ReadTable)), len(flow))
        before, flow = divided(flow, paragraphs(lines[:first], context.account))
    points = _workpoints(before, context) if before else None
    draft.add("workpoints", points)
    if flow:
        ledger = read_ledger(flow, context, columns, contacts)
        notice = None if points or not before else _notice(before, context)
        if ledger and notice:
            ledger["notice"] = notice
        draft.add("ledger", ledger)


# Most of the patterns of notices, and of tables that are found among lines, a workbook does not need: whoever does
# loads them.


def _workpoints(lines: Sequence[Line], context: Context) -> Mapped | None:
    from reformledger.drafting.notices.points import read_workpoints

    return read_workpoints(lines, context)


def _notice(lines: Sequence[Line], context: Context) -> Mapped | None:
    from reformledger.drafting.notices.notice import read_notice

    return read_notice(paragraphs(lines, context.account), context)


def _tables_in(lines: Sequence[Line], context: Context) -> list[Line | ReadTable]:
    from reformledger.drafting.aligning.tables import tables_in

    return tables_in(lines, context)


def _flow(context: Context) -> Iterator[Line | ReadTable]:
    """Yield the lines of a source and its tables, whose cells were given or are found among the lines."""
    for is_line, blocks in groupby(context.account.source.blocks, lambda block: isinstance(block, Line)):
        if is_line:
            yield from _tables_in([block for block in blocks if isinstance(block, Line)], context)
        else:
            for grid in blocks:
                if not isinstance(grid, Line):
                    yield from tables_of(grid, context)


def titles_of(draft: Draft) -> dict[str, Item]:
    """Return for each entry the characters of its title, or of its text, as an item that a question may be about."""
    found: dict[str, Item] = {}
    for account in draft.accounts:
        for used, passage in account.passages({"title", "text"}).items():
            if used.field == "title" or (used.field == "text" and used.entry not in found):
                found[used.entry] = Item(used.entry, used.field, passage, account=account)
    return found


def _ask_about_doubts(draft: Draft) -> None:
    """Ask about what a source was in doubt of and a field holds; the rest is asked about anyway."""
    for account in draft.accounts:
        fields = account.passages() if account.source.doubts else {}
        for doubt in account.source.doubts:
            for used, held in fields.items():
                if item := _doubtful(used, held, doubt, account):
                    draft.questions.ask("note", doubt.sentence, item)


def _doubtful(used: Used, held: Passage, doubt: Doubt, account: Account) -> Item | None:
    """Return a field that holds some of what is doubtful, or holds what is beside that where it was left out."""
    doubtful = set(doubt.passage.at)
    if not doubt.is_left_out:
        return (
            Item(used.entry, used.field, doubt.passage, held.text, account=account) if doubtful & {*held.at} else None
        )
    unit = account.source.unit_at(doubt.passage.at[0])
    places = {place for place in held.at if unit.start <= place < unit.end}
    between = {place for place in doubtful if places and min(places) - 1 <= place <= max(places) + 1}
    field = ENTRY.get(used.field)
    if not between or field is None or field.names:
        return None
    texts = ("".join(account.source.text[place] for place in sorted(some)) for some in (places, places | between))
    kept, whole = texts
    proposals = (Proposal({field.key: kept}), Proposal({field.key: whole}))
    return Item(used.entry, used.field, doubt.passage, kept, proposals, account)


def _ask_about_rest(draft: Draft) -> None:
    """Ask about what nobody claimed."""
    sentence = _("No field holds this: where does it belong?")
    for account in draft.accounts:
        for passage in account.unclaimed():
            draft.questions.ask("rest", sentence, Item("", "", passage, account=account), passage)
