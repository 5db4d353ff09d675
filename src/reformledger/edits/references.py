"""Which entries name which: a reference must lead where it says, and what is named is not taken away."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from reformledger.edits.draft import Draft, Found, Mapped
from reformledger.errors import UsageError, nearest_advice
from reformledger.i18n import _
from reformledger.loader import nearest
from reformledger.model.documents import Ledger, Workpoints
from reformledger.model.entries import LedgerRow


def check_references(draft: Draft, found: Found) -> None:
    """Raise ``UsageError`` for a reference to nothing, as far as it is loaded, or to what it cannot mean."""
    if isinstance(found.data, LedgerRow):
        for ref in found.data.implements:
            whole = ref if "/" in ref else f"{found.year}/{ref}"
            _check(draft, whole, {"workpoints"})
            if whole in draft.places() and draft.places()[whole][0].kind != "workpoints":
                raise UsageError(_("{ref} is a row of the ledger, not a work point.").format(ref=whole))
    if origin := found.data.carried_over_from:
        if int(origin.partition("/")[0]) >= found.year:
            message = _("{ref} is of no earlier year than {id}.").format(ref=origin, id=found.ref)
            raise UsageError(message, _("An entry carries on one of an earlier year."))
        _check(draft, origin, {"workpoints", "ledger"})


def _check(draft: Draft, ref: str, kinds: set[str]) -> None:
    """Raise ``UsageError`` for an entry that is not there although the documents are that would hold it."""
    year = ref.partition("/")[0]
    loaded = {
        loaded.kind
        for loaded in draft.book.documents
        if isinstance(loaded.document, Workpoints | Ledger) and str(loaded.document.year) == year
    }
    if kinds <= loaded and ref not in draft.places():
        known = [known for known in draft.places() if known.startswith(f"{year}/")]
        raise UsageError(_("There is no entry {id}.").format(id=ref), nearest_advice(nearest(ref, known)))


def naming(draft: Draft, ref: str) -> list[str]:
    """Return the refs of the entries that name ``ref``: rows that carry it out, targets that count its phases."""
    year, _slash, bare = ref.partition("/")
    found = []
    for other, raw in draft.raw_entries():
        spellings = {ref, bare} if other.startswith(f"{year}/") else {ref}
        if not spellings.isdisjoint(_names(raw)):
            found.append(other)
    return found


def _names(raw: Mapped) -> Iterator[str]:
    yield from cast("list[str]", raw.get("implements") or [])
    for target in cast("list[Mapped]", raw.get("targets") or []):
        counts = target.get("counts")
        if isinstance(counts, dict) and (ref := counts.get("phases")):
            yield str(ref)
