"""Which entries name which: a reference must name an entry, and a named entry is not removed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from reformledger.edits.draft import Draft, DraftEntry
from reformledger.errors import UsageError
from reformledger.i18n import _
from reformledger.model.documents import DocumentKind
from reformledger.model.entries import LedgerRow
from reformledger.model.text import full_ref
from reformledger.text.nearest import nearest, nearest_advice
from reformledger.yamlio import Mapped


def check_references(draft: Draft, entry: DraftEntry) -> None:
    """Raise ``UsageError`` for a reference to no entry, where the document that would hold the entry is loaded."""
    for word in entry.data.implements if isinstance(entry.data, LedgerRow) else ():
        ref = full_ref(word, entry.year)
        _check_is_there(draft, ref, "workpoints")
        if (place := draft.places().get(ref)) and place[0].table is not None:
            raise UsageError(_("{ref} is a row of the ledger, not a work point.").format(ref=ref))
    if origin := entry.data.carried_over_from:
        if int(origin.partition("/")[0]) >= entry.year:
            message = _("{ref} is of no earlier year than {id}.").format(ref=origin, id=entry.ref)
            raise UsageError(message, _("An entry carries on one of an earlier year."))
        _check_is_there(draft, origin, "workpoints", "ledger")


def _check_is_there(draft: Draft, ref: str, *kinds: DocumentKind) -> None:
    """Raise ``UsageError`` for an entry that is not there, though its year's documents of all ``kinds`` are."""
    if ref in draft.places():
        return
    year = ref.partition("/")[0]
    loaded = {loaded.kind for loaded in draft.book.documents if str(getattr(loaded.document, "year", "")) == year}
    if loaded.issuperset(kinds):
        there = [known for known in draft.places() if known.startswith(f"{year}/")]
        raise UsageError(_("There is no entry {id}.").format(id=ref), nearest_advice(nearest(ref, there)))


def counting(draft: Draft, ref: str) -> list[str]:
    """Return the refs of the entries that have a target which counts the phases of ``ref``."""
    return [other for other, raw in draft.raw_entries() if ref in _counted_in(raw, int(other.partition("/")[0]))]


def _counted_in(raw: Mapped, year: int) -> Iterator[str]:
    """Yield the refs of the entries whose phases an entry of ``year`` counts."""
    for target in cast("list[Mapped]", raw.get("targets") or []):
        counts = cast("Mapped", target.get("counts") or {})
        if phases := counts.get("phases"):
            yield full_ref(str(phases), year)


def naming(draft: Draft, ref: str) -> list[str]:
    """Return the refs of the rows that name ``ref`` as their work point."""
    return [other for other, raw in draft.raw_entries() if ref in _named_in(raw, int(other.partition("/")[0]))]


def _named_in(raw: Mapped, year: int) -> Iterator[str]:
    """Yield the refs of the work points that an entry of ``year`` names."""
    for word in cast("list[str]", raw.get("implements") or []):
        yield full_ref(word, year)
