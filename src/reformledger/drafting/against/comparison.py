"""A draft compared with a book: entries that are known, with what changed, new ones, and those that are missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple, cast

from reformledger.book import Book
from reformledger.drafting.against.commands import add_to, extensions, set_of, typed
from reformledger.drafting.against.differing import Change, changes, said_by
from reformledger.drafting.against.ids import free_ids
from reformledger.drafting.against.matching import Matches, heading_key, matched, own_title
from reformledger.drafting.passage import NOTHING
from reformledger.drafting.plain import WITH_ENTRIES, Documents, PlainEntry, entries_of, with_ids
from reformledger.drafting.questions import Item, Proposal, Questions
from reformledger.edits.intents import Add, Extend, Set
from reformledger.entry import Entry, Group
from reformledger.i18n import _
from reformledger.yamlio import Mapped


class Known(NamedTuple):
    """An entry that the book has, what the draft says otherwise, and the command that changes it.

    ``by_hand`` are the paths of what no command writes; ``command`` is None where nothing else changed.
    ``extensions`` are the commands that are right instead where a later deadline was approved.
    """

    entry: Entry
    changes: Sequence[Change]
    command: Set | None
    by_hand: Sequence[tuple[str, ...]] = ()
    extensions: Sequence[Extend] = ()


class New(NamedTuple):
    """An entry that the book has not, under the id that the draft has it by, and the command that adds it.

    ``command`` is None where the book has no table or section for it.
    """

    id: str
    title: str
    command: Add | None
    by_hand: Sequence[tuple[str, ...]] = ()


class Comparison(NamedTuple):
    """What a draft is beside a book.

    ``ids`` are those that the entries of the draft have to have, by those that they have: of known ones the book's, of
    others such as the book has not. ``option`` is what the commands are to have behind them, so that they change that
    book: --data FOLDER, blank where it is the one that is read anyway.
    """

    ids: Mapping[str, str]
    known: Sequence[Known]
    new: Sequence[New]
    missing: Sequence[Entry]
    option: str = ""


def compared(
    documents: Documents, book: Book, questions: Questions, sources: Mapping[str, Item], today: date
) -> Comparison:
    """Compare a draft with a book that has its year, or has it not; what may be one entry is asked about.

    ``sources`` has the characters of the title of each entry. Records of what became of an entry are not compared.
    """
    held = [document for kind in WITH_ENTRIES if (document := documents.get(kind))]
    drafted = [entry for document in held for entry in entries_of(document)]
    years = {str(document.get("year")) for document in held}
    kept = [entry for entry in book.entries if str(entry.year) in years]
    matches = matched(drafted, [entry for entry in kept if _has_kind(documents, entry)])
    _ask(matches, questions, sources)
    ids = {here.id: there.id for here, there in matches.same}
    others = [*(entry for entry, _others in matches.doubtful), *matches.new]
    ids |= free_ids((entry.id for entry in others), book, {entry.year for entry in kept})
    return Comparison(
        {old: new for old, new in ids.items() if old != new},
        [_known(book, _renamed(here, ids), there, today) for here, there in matches.same],
        [_new(book, _renamed(entry, ids), matches) for entry in matches.new],
        matches.missing,
    )


def _renamed(entry: PlainEntry, ids: Mapping[str, str]) -> PlainEntry:
    """Return an entry that has, and names others by, the ids that the entries of the draft are to have."""
    return entry._replace(data=cast("Mapped", with_ids(entry.data, ids)))


def _has_kind(documents: Documents, entry: Entry) -> bool:
    return ("workpoints" if entry.row is None else "ledger") in documents


def _ask(matches: Matches, questions: Questions, sources: Mapping[str, Item]) -> None:
    sentence = _("Entries that may be known under another title or number: where one is, give it that id.")
    for here, others in matches.doubtful:
        source = sources.get(here.id) or Item(here.id, "title", NOTHING)
        proposals = tuple(Proposal({"id": other.id}, _named(other)) for other in others)
        questions.ask("known", sentence, source._replace(field="id", assumed=None, proposals=proposals))


def _named(entry: Entry) -> str:
    number = entry.data.number
    return f"{number}. {entry.data.title}" if number else entry.data.title


def _known(book: Book, here: PlainEntry, there: Entry, today: date) -> Known:
    changed = changes(here, there, book.directory)
    what = typed(changed, there.group, book.directory.whole_names)
    later = list(extensions(changed, there, today))
    return Known(there, changed, set_of(there.ref, what), what.by_hand, later)


def _new(book: Book, here: PlainEntry, matches: Matches) -> New:
    group = _group_for(book, here, matches)
    if group is None:
        return New(here.id, here.text("title"), None)
    said = dict(said_by(here, group))
    if issued := _day_of_issue(here):
        said["assigned",] = issued
    what = typed((Change(path, None, value) for path, value in said.items()), group, book.directory.whole_names)
    word = f"{group.year}/{group.name}"
    return New(here.id, here.text("title"), add_to(word, here.text("title"), what), what.by_hand)


def _day_of_issue(here: PlainEntry) -> str:
    """Return the day of the notice with which an entry is issued, which is that on which it is assigned."""
    notice = here.document.get("notice")
    return str(notice.get("issued") or "") if isinstance(notice, dict) else ""


def _group_for(book: Book, here: PlainEntry, matches: Matches) -> Group | None:
    """Return the table or section of a book for a new entry: that of its title, else that of its neighbours."""
    groups = [
        group
        for group in book.groups
        if str(group.year) == here.document.get("year") and (group.table is None) == here.is_point
    ]
    title = heading_key(here.heading_titles[-1]) if here.heading_titles else ""
    named = [group for group in groups if title and heading_key(own_title(group)) == title]
    if len(named) == 1:
        return named[0]
    beside = {there.group for other, there in matches.same if other.headings[-1] is here.headings[-1]}
    return beside.pop() if len(beside) == 1 else None
