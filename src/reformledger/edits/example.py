"""A whole command in the place of one that lacks an option: filled from this ledger, and tried before it is shown."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any, NamedTuple

from reformledger.book import Book
from reformledger.edits.draft import Draft, DraftEntry
from reformledger.edits.intents import Add, Intent, Reopen
from reformledger.edits.rules.asked import asked_of
from reformledger.edits.rules.phases import word_of_phase
from reformledger.edits.transaction import PLANS
from reformledger.errors import SentenceError
from reformledger.i18n import _

_MOST_ENTRIES = 50
_MOST_YEARS = 5


class _Ledger(NamedTuple):
    """The ledger as it is, and what was typed so far."""

    draft: Draft
    intent: Any
    """An ``Intent``; not every one has an id."""
    refusals: list[SentenceError]
    """Why what was tried is not let through."""

    def entry(self) -> DraftEntry:
        """Return the entry that the intent is about."""
        return self.draft.find(self.intent.id)


def example(book: Book, today: date, intent: Intent, lacks: Collection[str]) -> Intent | None:
    """Return an intent like the one typed that can be carried out, with values for the fields that it ``lacks``.

    None where there is no entry for which it can. Raises ``SentenceError`` where the entry that was typed is none.
    """
    ledger = _Ledger(Draft(book, today, PLANS), intent, [])
    found = next(_examples(ledger, list(lacks)), None)
    if found is None and ledger.refusals and "id" not in lacks:
        raise ledger.refusals[0]
    return found


def _examples(ledger: _Ledger, lacks: Sequence[str]) -> Iterator[Intent]:
    """Yield what can be carried out; what a rule of the ledger then asks for besides is filled in likewise."""
    if lacks:
        field, *rest = lacks
        for value in _VALUES[field](ledger):
            yield from _examples(ledger._replace(intent=ledger.intent._replace(**{field: value})), rest)
        return
    intent: Intent = ledger.intent
    refused = ledger.draft.refusal_of(intent)
    if refused is None:
        yield intent
    elif further := [field for field in refused.lacks if not getattr(intent, field)]:
        yield from _examples(ledger, further)
    else:
        ledger.refusals.append(refused)


def _ids(ledger: _Ledger) -> Iterable[str]:
    """Yield the entries of the newest year first, those closed out first where something is to be taken back."""
    book, taken_back = ledger.draft.book, isinstance(ledger.intent, Reopen)
    newest_first = sorted(book.entries, key=lambda entry: -entry.year)

    def is_likely(ref: str) -> bool:
        entry = ledger.draft.at(ref)
        return taken_back == any([entry.closing, *(phase.closed for phase in entry.phases)])

    likely = [entry for entry in newest_first[: _MOST_ENTRIES * 2] if is_likely(entry.ref)]
    several = len(book.years) > 1
    return (entry.ref if several else entry.id for entry in islice(likely, _MOST_ENTRIES))


def _phases(ledger: _Ledger) -> Iterable[str]:
    phases = ledger.entry().phases
    wanted = [phase.is_open != isinstance(ledger.intent, Reopen) for phase in phases]
    return [word_of_phase(phases, index) for index, is_wanted in enumerate(wanted) if is_wanted]


def _occurrences(ledger: _Ledger) -> Iterator[str]:
    entry = ledger.entry()
    for asked in asked_of(ledger.draft.matter(entry)):
        meant = asked.next_unmet(ledger.draft.today)
        yield from (asked.name(one) for one in ([meant] if meant else asked.all))
    yield str(entry.year)  # of what does not recur: the rule says so


def _where_to(ledger: _Ledger) -> Iterable[str]:
    """Yield tables and sections for what is added, later years for what is extended."""
    if isinstance(ledger.intent, Add):
        groups = sorted(ledger.draft.book.groups, key=lambda group: -group.year)
        return (f"{group.year}/{group.name}" if len(ledger.draft.book.years) > 1 else group.name for group in groups)
    year = ledger.entry().year
    return (_("{year}年12月底前").format(year=later) for later in range(year, year + _MOST_YEARS))


def _last_day(ledger: _Ledger) -> Iterable[date]:
    newest = ledger.draft.book.newest_record
    return [newest.day] if newest else []


_VALUES: Mapping[str, Callable[[_Ledger], Iterable[Any]]] = {
    "id": _ids,
    "phase": _phases,
    "for_": _occurrences,
    "to": _where_to,
    "date": _last_day,
    "title": lambda _ledger: [_("New task")],
    "text": lambda _ledger: [_("The draft was sent round")],
    "reason": lambda _ledger: [_("Decided by the bureau")],
    "despite_missed": lambda _ledger: [_("Decided by the bureau")],
    "evidence": lambda _ledger: [(_("Minutes No. 3"),)],
    "fields": lambda _ledger: [{"remark": _("As decided by the bureau")}],
    "late": lambda _ledger: [True],
}
"""What a field may say, by its key, likeliest first; an id comes before what depends on it."""
