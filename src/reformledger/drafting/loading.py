"""A draft is loaded before it is written: what a document could not hold is taken out of it, and asked about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import count, pairwise
from pathlib import Path as FilePath
from typing import NamedTuple, cast

from reformledger.book import Book
from reformledger.drafting.account import Account, Used
from reformledger.drafting.draft import Draft
from reformledger.drafting.passage import NOTHING, Passage, joined
from reformledger.drafting.plain import WITH_ENTRIES, entries_of
from reformledger.drafting.questions import Item, Proposal
from reformledger.drafting.written import document_text, file_names
from reformledger.errors import DataError
from reformledger.i18n import _, sentences
from reformledger.loader import InvalidDataError, LoadedDocument, checked, validate_tree
from reformledger.model.contradictions import DataFault
from reformledger.model.documents import DocumentKind
from reformledger.text.folding import compact
from reformledger.text.masking import without_any_number
from reformledger.text.names import whole_names
from reformledger.yamlio import Data, Mapped, Path, YamlError, mappings_in, read_yaml

_ENTRIES = frozenset({"points", "rows"})
_LISTS: Mapping[DocumentKind, str] = {"workpoints": "sections", "ledger": "parts"}
"""Without what a document is none, beside its title."""


class _Removed(NamedTuple):
    """What was taken out of a document: the name of its entry and its key there, blank for a whole entry."""

    entry: str
    key: str
    value: Data


def book_of(draft: Draft, folder: FilePath) -> Book:
    """Return the book that the documents of a draft make in a folder; what they could not hold is asked about."""
    _complete(draft)
    try:
        return Book(_loaded(draft, folder))
    except (DataError, YamlError):
        for kind in list(draft.documents):
            _check(draft, kind)
        return Book(_loaded(draft, folder))


def _whole_names(draft: Draft) -> frozenset[str]:
    names = mappings_in(draft.documents.get("directory", {}).get("names"))
    return whole_names(str(name.get("name")) for name in names)


def _check(draft: Draft, kind: DocumentKind) -> None:
    """Take out of a document what it could not hold, until it holds the rest."""
    while kind in draft.documents:
        try:
            checked(cast("dict[str, object]", draft.documents[kind]), kind, _whole_names(draft))
        except InvalidDataError as error:
            _take_out(draft, kind, error.faults)
            _complete(draft)
        else:
            return


def _complete(draft: Draft) -> None:
    """Give documents and entries what makes them some: titles, which are asked about, and ids of their own."""
    for kind in WITH_ENTRIES:
        document = draft.documents.get(kind)
        if document is None:
            continue
        document.setdefault(_LISTS[kind], [])
        if not document.get("title"):
            document["title"] = title = without_any_number(draft.accounts[0].source.file.stem) or kind
            item = Item(kind, "title", NOTHING, title, account=draft.accounts[0])
            draft.questions.ask("title", _("No title was found for the document: is it this?"), item)
    entries = [entry.data for kind in WITH_ENTRIES for entry in entries_of(draft.documents.get(kind))]
    known = {entry.get("id") for entry in entries if isinstance(entry.get("id"), str)}
    free = (new for number in count(1) if (new := f"entry-{number}") not in known)
    seen: set[Data] = set()
    for entry in entries:
        if not isinstance(given := entry.get("id"), str) or given in seen:
            entry["id"] = next(free)
        seen.add(entry["id"])


def _loaded(draft: Draft, folder: FilePath) -> Iterator[LoadedDocument]:
    names = _whole_names(draft)
    for kind, name in file_names(draft.documents, draft.year).items():
        tree = read_yaml(document_text(kind, draft.documents[kind], folder).encode())
        yield validate_tree(folder / name, tree, names)


def _take_out(draft: Draft, kind: DocumentKind, faults: Sequence[DataFault]) -> None:
    """Take what is faulty out of a document, and ask about it; the last first, so that the paths of others hold.

    What lacks something goes as a whole, at last the document.
    """
    by_path = {fault.path: sentences(fault.message, fault.advice) for fault in faults}
    for path in sorted(by_path, key=lambda path: tuple(str(step).zfill(9) for step in path), reverse=True):
        way = _way(draft.documents[kind], path)
        if len(way) == 1:
            _ask(draft, _Removed("", "", draft.documents.pop(kind)), by_path[path])
            return
        holder, step = way[-2], path[len(way) - 2]
        del holder[step]  # type: ignore[union-attr, arg-type]  # the path was followed there
        _ask(draft, _Removed(*_named(way, path), way[-1]), by_path[path])


def _way(document: Mapped, path: Path) -> list[Data]:
    """Return a document and what is at each step of a path in it, as far as it leads."""
    way: list[Data] = [document]
    for step in path:
        try:
            way.append(way[-1][step])  # type: ignore[index]  # else it leads no further
        except (LookupError, TypeError):
            break
    return way


def _named(way: Sequence[Data], path: Path) -> tuple[str, str]:
    """Return the id of the entry that a path leads into and the key there; the last key alone where it is in none."""
    path = path[: len(way) - 1]
    for place, (list_key, _index) in enumerate(pairwise(path)):
        if list_key in _ENTRIES and isinstance(entry := way[place + 2], dict):
            return str(entry.get("id", "")), str(next(iter(path[place + 2 :]), ""))
    if path[0] == "contacts" and len(path) > 1:
        return str(path[1]), "contact"
    return "", next((step for step in reversed(path) if isinstance(step, str)), "")


def _ask(draft: Draft, removed: _Removed, sentence: str) -> None:
    """Ask about what was taken out, and about the characters that it held."""
    typed = {removed.key: removed.value} if removed.key else removed.value
    proposals = (Proposal(typed),)
    held = [(account, passage) for account in draft.accounts if (passage := _characters(account, removed))]
    for account, passage in held or [(draft.accounts[0], NOTHING)]:
        item = Item(removed.entry, removed.key, passage, None, proposals, account)
        draft.questions.ask("value", sentence, item, passage)


def _characters(account: Account, removed: _Removed) -> Passage:
    """Return the characters of a source that are used by what was taken out."""
    keys, texts = {removed.key}, ""
    for key, text in _texts(removed.value):
        keys.add(key)
        texts += compact(text)

    def is_held(used: Used, text: str) -> bool:
        if removed.entry:
            return used.entry == removed.entry and removed.key in {"", used.field.partition(".")[0]}
        # Sections, parts and notices have names of their own.
        return used.entry == removed.key or (used.field in keys and compact(text) in texts)

    return joined(passage for used, passage in account.passages().items() if is_held(used, passage.text))


def _texts(value: Data, key: str = "") -> Iterator[tuple[str, str]]:
    """Yield each text within a value, with the key that it is under."""
    if isinstance(value, dict):
        for inner, part in value.items():
            yield from _texts(part, inner)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part, key)
    elif value is not None:
        yield key, value
