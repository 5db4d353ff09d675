"""A report as a department hands it in, whatever it was written into."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from reformledger.edits.intents import Progress
from reformledger.edits.pasted import seen
from reformledger.exchange.outcome import Fate, Item
from reformledger.fields.entry import PROGRESS
from reformledger.i18n import _
from reformledger.text.folding import name_key


class Report(NamedTuple):
    """What a department reports on an entry, a milestone or an occurrence, as the words that it wrote.

    ``place`` is the cell or row it is from, ``id`` the row's own, ``title`` the entry's where it was asked. Without
    ``text`` nothing is reported, and ``asks_close`` is all there is. ``since`` is the day from which the same words of
    the same department are the same report, ``fingerprint`` that of the record when it was asked ("" where it was
    not). ``phase_name`` is the name of the phase then, which ``namesakes`` phases had. ``is_dated``: those of other
    days are other reports, as in a table of one's own, which a form has not a row for.
    """

    place: str
    department: str
    id: str
    ref: str
    title: str
    day: date
    since: date
    text: str = ""
    percent: str | None = None
    targets: Mapping[str, str] = {}
    evidence: tuple[str, ...] = ()
    problems: str | None = None
    phase: str | None = None
    phase_name: str = ""
    namesakes: int = 1
    for_: str | None = None
    asks_close: bool = False
    is_dated: bool = False
    fingerprint: str = ""
    notes: tuple[str, ...] = ()

    @property
    def about(self) -> Hashable:
        """What it is about, and whose it is."""
        return name_key(self.department), self.ref, self.phase, self.for_

    @property
    def says(self) -> Hashable:
        """What reports about the same thing share that say the same."""
        targets = frozenset((name_key(name), seen(value)) for name, value in self.targets.items())
        evidence = frozenset(map(seen, self.evidence))
        texts = seen(self.text), seen(self.problems or "")
        return texts, self.percent, targets, evidence, self.day, self.asks_close

    def intent(self, word: str, phase: str | None) -> Progress:
        """Return the intent that records it on an entry, and on the phase that is named so now."""
        return Progress(
            word,
            self.text,
            percent=self.percent,
            by=self.department,
            evidence=self.evidence,
            date=self.day,
            targets=self.targets,
            for_=self.for_,
            phase=phase,
            problems=self.problems,
        )


def item_of(report: Report, fate: Fate) -> Item:
    """Return what becomes of a report, as far as the report says it."""
    about = {"department": report.department, "id": report.id, "ref": report.ref, "title": report.title}
    said = shown(report.day, report.text, report.percent, report.targets, report.evidence, report.problems)
    return Item(fate, report.place, **about, returned=said)


def shown(
    day: date,
    text: str,
    percent: str | None,
    targets: Mapping[str, str],
    evidence: Iterable[str],
    problems: str | None,
) -> str:
    """Return all that a report says in one text: what was read can be checked by it."""
    parts = {
        PROGRESS["targets"].words[0]: _(", ").join(f"{name} {value}" for name, value in targets.items()),
        PROGRESS["evidence"].heading: _("; ").join(evidence),
        PROGRESS["problems"].heading: problems or "",
    }
    said = [_("{heading}: {text}").format(heading=heading, text=part) for heading, part in parts.items() if part]
    first = " ".join(filter(None, (day.isoformat(), f"{percent}%" if percent else "", text)))
    return "\n".join([first, *said])
