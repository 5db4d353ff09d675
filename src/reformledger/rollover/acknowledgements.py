"""What the check finds in next year's documents: acknowledged where it was before, else reported."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import cast

from reformledger.audit.finding import Finding
from reformledger.audit.rule import UNMATCHED
from reformledger.audit.run import audit
from reformledger.book import Book
from reformledger.edits.draft import Draft
from reformledger.i18n import _, ngettext
from reformledger.yamlio import Mapped


def carry_acknowledgements(draft: Draft, book: Book, entries: Mapping[str, Mapped], origins: Mapping[str, str]) -> int:
    """Acknowledge in the new ``entries`` (by ref) exactly the findings that were acknowledged before.

    ``book`` holds the new documents beside the old ones, ``origins`` are the old refs by the new ones. Returns how
    many open findings the new documents have from the old ones; notes these, new ones and acknowledgements left out.
    """
    report = audit(book, draft.today)
    old_files = {loaded.name for loaded in draft.book.documents}
    before = _OldFindings((finding for finding in report.findings if finding.place.file in old_files), origins)
    inherited = new = 0
    for finding in report.open:
        if finding.place.file in old_files or finding.code == UNMATCHED:
            continue
        entry = entries.get(next(iter(finding.beside), ""))
        same = before.find(finding)
        if entry and same and same.acknowledged:
            known = cast("Mapped", entry.get("acknowledged") or {})
            entry["acknowledged"] = {**known, finding.code: same.acknowledged}
        elif same:
            inherited += 1
        else:
            new += 1
    unmatched = sorted((ref, code) for ref, code in report.unmatched if ref in entries)
    for ref, code in unmatched:
        known = cast("Mapped", entries[ref]["acknowledged"])
        del known[code]
        if not known:
            del entries[ref]["acknowledged"]
    draft.notes += _notes(inherited, new, [f"{ref} {code}" for ref, code in unmatched])
    return inherited


class _OldFindings:
    """The findings in the old documents."""

    def __init__(self, findings: Iterable[Finding], origins: Mapping[str, str]) -> None:
        self._origins = origins
        self._by_key: dict[tuple[str, str], list[Finding]] = {}
        for finding in findings:
            for word in finding.beside if finding.ref else [_without_numbers(finding.message)]:
                self._by_key.setdefault((finding.code, word), []).append(finding)

    def find(self, new: Finding) -> Finding | None:
        """Return the old finding about the same entries, at least; for one about no entry, that in the same words."""
        if new.ref is None:
            return next(iter(self._by_key.get((new.code, _without_numbers(new.message)), ())), None)
        refs = [self._origins.get(ref, ref) for ref in new.beside]
        known = self._by_key.get((new.code, refs[0]), ())
        return next((finding for finding in known if finding.ref and set(refs) <= set(finding.beside)), None)


def _without_numbers(message: str) -> str:
    """Return a sentence as it is in any year; it may quote a piece of one (020年)."""
    return re.sub("[0-9]+", "", message)


def _notes(inherited: int, new: int, unmatched: list[str]) -> Iterator[str]:
    if unmatched:
        sentence = _("Acknowledgements of what is found no more were left out: {places}.")
        yield sentence.format(places=_(", ").join(unmatched))
    if inherited:
        yield ngettext(
            "{count} finding of the check went on with its entry; “reformledger check” lists it.",
            "{count} findings of the check went on with their entries; “reformledger check” lists them.",
            inherited,
        ).format(count=inherited)
    if new:
        yield ngettext(
            "{count} finding in the new files was not there before; “reformledger check” lists it.",
            "{count} findings in the new files were not there before; “reformledger check” lists them.",
            new,
        ).format(count=new)
