"""Sources → the documents of a draft, the questions, and the account of each source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reformledger.drafting.account import Account
from reformledger.drafting.entry import Mapped
from reformledger.drafting.questions import Questions
from reformledger.drafting.source import Source
from reformledger.model.documents import DocumentKind


@dataclass
class Draft:
    """A draft: its documents as plain data by their kind, what is asked, and the account of each source."""

    year: int
    documents: dict[DocumentKind, Mapped]
    questions: Questions
    accounts: Sequence[Account]


def draft_of(
    sources: Sequence[Source],
    *,
    kind: DocumentKind | None = None,
    year: int | None = None,
    columns: Mapping[str, str] | None = None,
) -> Draft:
    """Return the draft of some sources.

    ``kind`` says what they all are (``workpoints`` or ``ledger``), ``year`` the year of the documents, ``columns``
    which field a heading means (a heading of the table of fields, or a key); what is not said is found in the sources.
    """
    raise NotImplementedError
