"""Which entries name which: a reference must lead somewhere, and what is named is not taken away."""

from __future__ import annotations

from collections.abc import Iterator

from reformledger.edits.draft import Draft, Found
from reformledger.errors import UsageError, nearest_advice
from reformledger.i18n import _
from reformledger.loader import nearest
from reformledger.model.entries import LedgerRow


def check_references(draft: Draft, found: Found) -> None:
    """Raise ``UsageError`` for a reference to an entry that is not there, though its year is loaded."""
    for ref in references(found):
        year = ref.partition("/")[0]
        there = [known for known in draft.places() if known.startswith(f"{year}/")]
        if there and ref not in draft.places():
            raise UsageError(_("There is no entry {id}.").format(id=ref), nearest_advice(nearest(ref, there)))


def references(found: Found) -> Iterator[str]:
    """Yield the refs of the entries that one names."""
    if isinstance(found.data, LedgerRow):
        yield from (ref if "/" in ref else f"{found.year}/{ref}" for ref in found.data.implements)
    if found.data.carried_over_from:
        yield found.data.carried_over_from


def counting(draft: Draft, ref: str) -> list[str]:
    """Return the refs of the entries that have a target which counts the phases of ``ref``."""
    found = []
    for other, raw in draft.raw_entries():
        targets = raw.get("targets")
        for target in targets if isinstance(targets, list) else ():
            counts = target.get("counts") if isinstance(target, dict) else None
            phases = counts.get("phases") if isinstance(counts, dict) else None
            if isinstance(phases, str) and ref == (phases if "/" in phases else f"{other[:4]}/{phases}"):
                found.append(other)
    return list(dict.fromkeys(found))


def naming(draft: Draft, ref: str) -> list[str]:
    """Return the refs of the entries that name ``ref``, as work point or as the entry that they carry on."""
    year, _slash, bare = ref.partition("/")
    found = []
    for other, raw in draft.raw_entries():
        named = raw.get("implements")
        names = named if isinstance(named, list) else []
        if ref in names or (bare in names and other.startswith(f"{year}/")) or raw.get("carried_over_from") == ref:
            found.append(other)
    return found
