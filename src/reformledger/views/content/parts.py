"""Which documents of a year are printed, and which parts of them a person names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reformledger.book import Book
from reformledger.entry import Group
from reformledger.errors import UsageError
from reformledger.fields.words import DOCUMENT, by_word
from reformledger.i18n import _
from reformledger.loader import LoadedDocument
from reformledger.model.documents import Ledger, Workpoints
from reformledger.text.folding import search_key
from reformledger.text.nearest import nearest_advice, nearest_names


def documents_of(book: Book, year: int) -> list[LoadedDocument]:
    """Return the work points and the ledgers of a year, in this order."""
    found = (loaded for loaded in book.documents if isinstance(loaded.document, Workpoints | Ledger))
    return [loaded for loaded in found if getattr(loaded.document, "year", None) == year]


def groups_named(book: Book, documents: Sequence[LoadedDocument], words: Sequence[str]) -> list[Group]:
    """Return the sections and tables of the parts that people name by title or number; all without a word.

    A document's title, or what its kind is called, names all of it. A number is that of a part of the ledger where one
    has it, else of the work points. Raises ``UsageError``, naming the nearest titles; also where nothing has a part.
    """
    groups = [group for loaded in documents for group in book.groups if group.loaded is loaded]
    if not groups:
        raise UsageError(_("There are no entries yet."))
    if not words:
        return groups
    chosen = {id(group) for word in words for group in _named(groups, word)}
    return [group for group in groups if id(group) in chosen]


def _named(groups: Sequence[Group], word: str) -> list[Group]:
    wanted = search_key(word)
    for has_tables in (True, False):
        for names in (_names_of_part, _names_of_document):
            of_kind = (group for group in groups if (group.table is not None) is has_tables)
            if found := [group for group in of_kind if wanted in map(search_key, names(group))]:
                return found
    titles = dict.fromkeys(group.headings[0].data.title or "" for group in groups)
    advice = nearest_advice(nearest_names(word, titles)) or _("Parts: {parts}.").format(parts=_(", ").join(titles))
    raise UsageError(_("There is no part “{word}”.").format(word=word), advice)


def _names_of_part(group: Group) -> Iterator[str]:
    heading = group.headings[0]
    yield from filter(None, (heading.data.title, heading.label, getattr(heading.data, "number", None)))


def _names_of_document(group: Group) -> Iterator[str]:
    document = group.loaded.document
    assert isinstance(document, Workpoints | Ledger)  # noqa: S101 - no other has groups
    yield document.title
    yield from (word for word, kind in by_word(DOCUMENT).items() if kind == document.kind)
