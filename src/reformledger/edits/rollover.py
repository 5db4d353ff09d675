"""结转: next year's documents from what is not closed out; the old ones stay as they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path as FilePath
from typing import NamedTuple, cast

from reformledger.book import Book, Entry
from reformledger.edits.carry import Carried, carried_entry
from reformledger.edits.counted import Recount
from reformledger.edits.draft import Draft, Mapped, NewFile, at
from reformledger.edits.frame import Frame
from reformledger.edits.groups import prefix_of
from reformledger.edits.house import as_written, file_text
from reformledger.edits.idle import without_idle
from reformledger.edits.perform import Outcome, perform
from reformledger.errors import RefusedError, UsageError
from reformledger.files.names import display_name
from reformledger.i18n import _
from reformledger.loader import LoadedDocument, validate_tree
from reformledger.model.documents import Contacts, Ledger, Path, Workpoints
from reformledger.sources import Sources
from reformledger.yamlio import Data, read_yaml
from reformledger.yamlio.edit import Bare

_LISTED = 5


class Rollover(NamedTuple):
    """What goes on in ``year``, and what ends with the year before."""

    year: int
    taken: tuple[Carried, ...]
    left: tuple[Entry, ...]


def roll_over(sources: Sources, year: int, today: date, *, dry_run: bool) -> tuple[Rollover, Outcome]:
    """Make next year's documents beside the old ones; raises as ``plan_rollover`` does."""
    made: list[Rollover] = []
    outcome = perform(sources, lambda draft: made.append(plan_rollover(draft, year)), today, dry_run=dry_run)
    return made[0], outcome


def plan_rollover(draft: Draft, year: int) -> Rollover:
    """Make the documents of ``year`` in the draft.

    Raises ``UsageError`` for a year that does not follow the newest one, ``RefusedError`` where one of the new files
    is there already.
    """
    book = draft.book
    last = _year_before(book, year)
    old = [loaded for loaded in book.documents if getattr(loaded.document, "year", None) == last]
    taken = tuple(_renumbered(book, last, year))
    refs = {carried.entry.ref: carried.ref for carried in taken}
    for loaded in old:
        if isinstance(loaded.document, Workpoints | Ledger):
            _create(draft, loaded, last, year, _next_document(draft, loaded, taken, refs, year))
        elif isinstance(loaded.document, Contacts) and (contacts := _next_contacts(loaded, refs, year)):
            _create(draft, loaded, last, year, contacts)
    _prove(draft)
    draft.notes += _recurring_notes(taken)
    left = tuple(entry for entry in book.entries if entry.year == last and entry.ref not in refs)
    return Rollover(year, taken, left)


def _year_before(book: Book, year: int) -> int:
    """Return the newest year of the book, which ``year`` must follow."""
    if not book.years:
        raise UsageError(_("There are no entries to carry over."))
    last = book.years[-1]
    if year != last + 1:
        message = _("The newest documents are of {last}; the year that follows is {next}, not {year}.").format(
            last=last, next=last + 1, year=year
        )
        raise UsageError(message, _("The documents of a year that is there are edited, not made anew."))
    return last


def _renumbered(book: Book, last: int, year: int) -> Iterator[Carried]:
    """Yield what goes on: rows count from 1 in their table, work points through all sections."""
    counts: dict[str, int] = {}
    for entry in book.entries:
        if entry.year == last and entry.closing is None:
            prefix = prefix_of(entry)
            counts[prefix] = counts.get(prefix, 0) + 1
            yield Carried(entry, f"{year}/{prefix}-{counts[prefix]}")


def _next_document(
    draft: Draft, loaded: LoadedDocument, taken: Sequence[Carried], refs: Mapping[str, str], year: int
) -> Mapped:
    data = cast("Mapped", loaded.tree.data)
    of_group: dict[Path, list[Entry]] = {}
    for carried in taken:
        if carried.entry.group.loaded is loaded:
            of_group.setdefault(carried.entry.group.path, []).append(carried.entry)

    def entries(path: Path) -> list[Data]:
        return [next_entry(entry) for entry in of_group.get(path, ())]

    def next_entry(entry: Entry) -> Data:
        raw = cast("Mapped", at(data, (*entry.group.path, entry.index)))
        # A work point without a heading of its own follows its section's.
        title = frame.retitled(entry.data.title) if raw.get("title_from") else entry.data.title
        return carried_entry(entry, raw, refs, year, title, recount.targets(entry, raw) if entry.data.targets else None)

    frame = Frame(year - 1, year, entries)
    recount = Recount(draft.book, refs, year, frame.retitled)
    document = frame.document(data)
    draft.notes += recount.notes
    for count in frame.lost:
        sentence = _("The count “{count}” could not be written anew and was left out.")
        draft.notes.append(sentence.format(count=count))
    return document


def _next_contacts(loaded: LoadedDocument, refs: Mapping[str, str], year: int) -> Mapped | None:
    """Return whom to call about what goes on, or None when that is nobody."""
    data = cast("Mapped", loaded.tree.data)
    contacts: Mapped = {}
    for entry_id, contact in cast("Mapped", data["contacts"]).items():
        if ref := refs.get(f"{year - 1}/{entry_id}"):
            contacts[ref.partition("/")[2]] = as_written(contact)
    return {"kind": "contacts", "year": Bare(str(year)), "contacts": contacts} if contacts else None


def _create(draft: Draft, loaded: LoadedDocument, last: int, year: int, document: Mapped) -> None:
    path = _next_path(loaded.path, last, year)
    if path.exists() or path in draft.created:
        message = _("{file} is there already.").format(file=display_name(path))
        raise RefusedError(message, _("Nothing is overwritten; move it away first."))
    draft.created[path] = NewFile(file_text(document), private=loaded.kind == "contacts")


def _next_path(path: FilePath, last: int, year: int) -> FilePath:
    if str(last) in path.name:
        return path.with_name(path.name.replace(str(last), str(year)))
    return path.with_name(f"{path.stem}_{year}{path.suffix}")


def _prove(draft: Draft) -> None:
    """Read what was made as if from its files, together with all that is there; raises ``DataError``."""
    documents = [validate_tree(path, read_yaml(made.text.encode())) for path, made in draft.created.items()]
    book = Book([*draft.book.documents, *documents])
    draft.created = without_idle(draft.created, documents, book, draft.today)


def _recurring_notes(taken: Sequence[Carried]) -> Iterator[str]:
    """Yield a sentence for each wording that recurs in a year of its own: whether it goes on the office decides."""
    by_wording: dict[str, list[str]] = {}
    for carried in taken:
        deadline = carried.entry.data.due
        if deadline and deadline.every and deadline.wording:
            by_wording.setdefault(deadline.wording, []).append(carried.ref)
    for wording, refs in by_wording.items():
        year = taken[0].entry.year
        listed = _(", ").join(refs[:_LISTED]) + ("…" if len(refs) > _LISTED else "")
        sentence = _("“{wording}” stands for {year} in {refs}; where it goes on: reformledger set {ref} due={wording}")
        yield sentence.format(wording=wording, year=year, refs=listed, ref=refs[0])
