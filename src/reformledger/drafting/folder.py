"""The folder of a draft: its documents, the page of its questions, the account of its sources."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

from reformledger.audit.finding import Report
from reformledger.audit.run import audit
from reformledger.book import Book
from reformledger.drafting.draft import Draft, titles_of
from reformledger.drafting.loading import book_of
from reformledger.drafting.papers.account_file import account_text
from reformledger.drafting.papers.places import FileOf
from reformledger.drafting.papers.question_page import questions_page
from reformledger.drafting.plain import WITH_ENTRIES, entries_of, with_ids
from reformledger.drafting.questions import Proposal
from reformledger.drafting.written import file_names
from reformledger.errors import display_name
from reformledger.files.names import IGNORED
from reformledger.model.documents import DocumentKind
from reformledger.scaffold import Scaffold
from reformledger.yamlio import Mapped

if TYPE_CHECKING:
    from reformledger.drafting.against.comparison import Comparison

QUESTIONS, ACCOUNT, _IGNORED = "questions.md", "account.json", ".gitignore"


class DraftFolder(NamedTuple):
    """A draft as it is written: the names of the files of its documents, the book that they make, what check finds.

    ``file_of`` says in which file a field of an entry is, or of what else a question is about; blank for none.
    ``comparison`` is that with the book which holds its year already, where one was named.
    """

    draft: Draft
    scaffold: Scaffold
    names: Mapping[DocumentKind, str]
    file_of: FileOf
    book: Book
    report: Report
    comparison: Comparison | None


def folder_of(draft: Draft, folder: Path, today: date, against: Book | None = None, *, option: str = "") -> DraftFolder:
    """Return what is to be written of a draft, and what is to be said of it; nothing is written yet.

    ``option`` is what commands have to be given to change the book that it is compared with.
    """
    comparison = None
    if against is not None:
        from reformledger.drafting.against.comparison import compared

        comparison = compared(draft.documents, against, draft.questions, titles_of(draft), today)._replace(
            option=option
        )
        _rename(draft, comparison.ids)
    book = book_of(draft, folder)
    names = file_names(draft.documents, draft.year)
    file_of = _files_by_entry(draft, names)
    contents = {loaded.path.name: loaded.tree.text for loaded in book.documents}
    contents[QUESTIONS] = questions_page(draft, display_name(folder), file_of)
    contents[ACCOUNT] = account_text(draft.accounts, draft.questions, file_of)
    private = [names["contacts"]] if "contacts" in names else []
    # What git was once given it keeps: names and phone numbers stay out of it, wherever the folder goes.
    contents[_IGNORED] = "".join(f"{line}\n" for line in (*private, *IGNORED))
    scaffold = Scaffold(folder, {name: text.encode() for name, text in contents.items()}, private)
    return DraftFolder(draft, scaffold, names, file_of, book, audit(book, today), comparison)


def _files_by_entry(draft: Draft, names: Mapping[DocumentKind, str]) -> FileOf:
    files: dict[str, str] = {str(kind): name for kind, name in names.items()}
    for kind in WITH_ENTRIES:
        for entry in entries_of(draft.documents.get(kind)):
            files[entry.id] = names[kind]
    return lambda entry, field: files.get("contacts" if field == "contact" else entry, "")


def _rename(draft: Draft, ids: Mapping[str, str]) -> None:
    """Give entries other ids, wherever they are named."""
    for kind, document in draft.documents.items():
        draft.documents[kind] = cast("Mapped", with_ids(document, ids))
    draft.questions.rename(ids)
    for question in draft.questions:
        if question.subject == "known":  # which of the book's entries it is
            continue
        question.items[:] = [
            item._replace(proposals=tuple(Proposal(with_ids(each.data, ids), each.why) for each in item.proposals))
            for item in question.items
        ]
    for account in draft.accounts:
        account.rename(ids)
