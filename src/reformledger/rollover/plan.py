"""结转: next year's documents from what is not closed out; the old ones stay as they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path as FilePath
from typing import NamedTuple, cast

from reformledger.book import Book
from reformledger.edits.draft import Draft, NewFile
from reformledger.edits.rules.contacts import check_contacts_known
from reformledger.edits.serialize import as_written
from reformledger.edits.transaction import Outcome, perform
from reformledger.entry import Entry
from reformledger.errors import RefusedError, UsageError, display_name
from reformledger.i18n import _, ngettext
from reformledger.loader import LoadedDocument, validate_tree
from reformledger.model.documents import Contacts, Ledger, Path, Workpoints
from reformledger.rollover.acknowledgements import carry_acknowledgements
from reformledger.rollover.document import DocumentRollover, entries_of
from reformledger.rollover.entries import CarriedEntry, carried_data, goes_on, numbered_anew
from reformledger.sources import Sources
from reformledger.star import is_unmet_in_year
from reformledger.text.folding import search_key
from reformledger.yamlio import Data, Mapped, read_yaml
from reformledger.yamlio.editing import Bare

_LISTED = 5


class Rollover(NamedTuple):
    """What goes on in ``year``, what ends with the year before, and how many open findings of the check go on too.

    ``stars_not_met`` counts the ☆ of the year before that are not closed out.
    """

    year: int
    taken: tuple[CarriedEntry, ...]
    left: tuple[Entry, ...]
    inherited: int
    stars_not_met: int


class _NewDocument(NamedTuple):
    """A document of the new year, and that of the old one from which it was made."""

    old: LoadedDocument
    data: Mapped


def roll_over(sources: Sources, year: int, today: date, *, dry_run: bool) -> tuple[Rollover, Outcome]:
    """Make next year's documents beside the old ones; raises as ``plan_rollover`` does."""
    made: list[Rollover] = []
    outcome = perform(sources, lambda draft: made.append(plan_rollover(draft, year)), today, dry_run=dry_run)
    return made[0], outcome


def plan_rollover(draft: Draft, year: int) -> Rollover:
    """Make the documents of ``year`` in the draft.

    Raises ``UsageError`` for a year that does not follow the newest one, ``RefusedError`` where one of the new files
    is there already, and where contacts may not be read, which would stay behind.
    """
    check_contacts_known(draft)
    book = draft.book
    last = _year_before(book, year)
    taken = tuple(numbered_anew(book, last))
    refs = {carried.entry.ref: carried.ref for carried in taken}
    made = _documents(draft, taken, refs, year)
    entries = {f"{year}/{entry['id']}": entry for document in made.values() for entry in entries_of(document.data)}
    origins = {new: old for old, new in refs.items()}
    inherited = carry_acknowledgements(draft, _written(draft, made), entries, origins)
    _written(draft, made)
    draft.notes += _recurring_notes(taken)
    of_last = [entry for entry in book.entries if entry.year == last]
    left = tuple(entry for entry in of_last if entry.ref not in refs)
    not_met = sum(entry.data.star is not None and is_unmet_in_year(entry, date(year, 1, 1)) for entry in of_last)
    if not_met:
        sentence = ngettext("{count} ☆ of {year} was not met.", "{count} ☆ of {year} were not met.", not_met)
        draft.notes.append(sentence.format(count=not_met, year=last))
    return Rollover(year, taken, left, inherited, not_met)


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


def _documents(
    draft: Draft, taken: Sequence[CarriedEntry], refs: Mapping[str, str], year: int
) -> dict[FilePath, _NewDocument]:
    """Return the new documents by their paths; note what could not be written anew.

    Raises ``RefusedError`` where one of the files is there already, or would be made twice.
    """
    entries: dict[FilePath, dict[Path, list[Data]]] = {}
    for carried in taken:
        group = carried.entry.group
        of_file = entries.setdefault(group.loaded.path, {})
        of_file.setdefault(group.path, []).append(carried_data(carried, refs, year))
    made: dict[FilePath, _NewDocument] = {}
    titles: dict[str, str] = {}
    for loaded in draft.book.documents:
        document = loaded.document
        if getattr(document, "year", None) != year - 1:
            continue
        data: Mapped | None = None
        if isinstance(document, Workpoints | Ledger):
            rollover = DocumentRollover(year - 1, year, entries.get(loaded.path, {}))
            data = rollover.document(cast("Mapped", loaded.tree.data))
            sentence = _("“{text}” could not be written anew and was left out.")
            draft.notes += [sentence.format(text=text) for text in rollover.lost]
            titles |= rollover.titles
        elif isinstance(document, Contacts):
            data = _contacts(loaded, refs, year)
        if data is not None:
            path = _next_path(loaded.path, year)
            if path.exists() or path in made:
                message = _("{file} is there already.").format(file=display_name(path))
                raise RefusedError(message, _("Nothing is overwritten; move it away first."))
            made[path] = _NewDocument(loaded, data)
    for entry in (entry for new in made.values() for entry in entries_of(new.data)):
        _follow_titles(entry, titles)
    return made


def _follow_titles(entry: Mapped, titles: Mapping[str, str]) -> None:
    """Give the new title to targets that count the rows of a part."""
    for target in cast("list[Mapped]", entry.get("targets") or []):
        counts = target.get("counts")
        if isinstance(counts, dict) and (part := counts.get("part")):
            counts["part"] = titles.get(search_key(str(part)), part)


def _contacts(loaded: LoadedDocument, refs: Mapping[str, str], year: int) -> Mapped | None:
    """Return the contacts of the entries that go on, or None without any."""
    data = cast("Mapped", loaded.tree.data)
    contacts: Mapped = {}
    for entry_id, contact in cast("Mapped", data["contacts"]).items():
        if ref := refs.get(f"{year - 1}/{entry_id}"):
            contacts[ref.partition("/")[2]] = as_written(contact)
    return {"kind": "contacts", "year": Bare(str(year)), "contacts": contacts} if contacts else None


def _next_path(path: FilePath, year: int) -> FilePath:
    last = str(year - 1)
    if last in path.name:
        return path.with_name(path.name.replace(last, str(year)))
    return path.with_name(f"{path.stem}_{year}{path.suffix}")


def _written(draft: Draft, made: Mapping[FilePath, _NewDocument]) -> Book:
    """Put the new files into the draft; return the book of these and all that is there.

    Raises ``DataError``.
    """
    draft.created = {path: NewFile(document.data, document.old) for path, document in made.items()}
    whole_names = draft.book.directory.whole_names
    new = [validate_tree(path, read_yaml(file.text.encode()), whole_names) for path, file in draft.created.items()]
    return Book([*draft.book.documents, *new])


def _recurring_notes(taken: Sequence[CarriedEntry]) -> Iterator[str]:
    """Yield a sentence for each wording that goes on recurring, for the office may have meant the old year alone."""
    by_wording: dict[str, list[str]] = {}
    for carried in taken:
        deadline = carried.entry.data.due
        if deadline and deadline.wording and goes_on(carried.written["due"], deadline, carried.entry.year + 1):
            by_wording.setdefault(deadline.wording, []).append(carried.ref)
    for wording, refs in by_wording.items():
        year = taken[0].entry.year
        listed = _(", ").join(refs[:_LISTED]) + ("…" if len(refs) > _LISTED else "")
        sentence = _("“{wording}” recurs in {year} too: {refs}. Close out what was asked for in {last} alone.")
        yield sentence.format(wording=wording, year=year + 1, last=year, refs=listed)
