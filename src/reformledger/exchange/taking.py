"""The return round: what departments hand in becomes reports, in one write, all or nothing.

A dry run goes the same way, and writes nothing at its end.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from reformledger.book import Book
from reformledger.edits.draft import Draft
from reformledger.edits.intents import Intent
from reformledger.edits.transaction import Outcome, perform
from reformledger.errors import ReformLedgerError
from reformledger.exchange.form import Form
from reformledger.exchange.judging import Judge
from reformledger.exchange.layout import RefusalError
from reformledger.exchange.outcome import Fate, Item
from reformledger.exchange.report import Report, item_of
from reformledger.exchange.returned import Change, Returned, returned_of
from reformledger.exchange.sending import body_of, marks_of
from reformledger.exchange.tables import ReadWorkbook, Refused
from reformledger.i18n import _, sentences
from reformledger.roles import leading_keys, names_in
from reformledger.sources import Sources
from reformledger.standing import standings
from reformledger.text.masking import mask_phones


class HandedIn(NamedTuple):
    """What came back, in whatever form: reports, cells that were not to be changed, rows without a report.

    ``items`` is what was known of it without the ledger, ``departments`` who handed it in, as they are named there.
    """

    reports: Sequence[Report] = ()
    changes: Sequence[tuple[str, Change]] = ()
    unfilled: Sequence[Item] = ()
    items: Sequence[Item] = ()
    departments: Sequence[str] = ()


class Taken(NamedTuple):
    """What became of everything that was handed in, in the order of the ledger.

    ``intents`` record what was taken, ``outcome`` is that of the write. ``absent`` are the departments that lead open
    entries and handed nothing in. ``is_withheld``: nothing is written, for something is for a person to decide.
    """

    items: tuple[Item, ...]
    intents: tuple[Intent, ...]
    outcome: Outcome
    absent: tuple[str, ...]
    is_withheld: bool = False

    @property
    def is_blocked(self) -> bool:
        """Say whether something is for a person to decide."""
        return any(item.fate.blocks for item in self.items)

    def of(self, *fates: Fate) -> list[Item]:
        """Return the items that have one of some fates."""
        return [item for item in self.items if item.fate in fates]


class _WithheldError(ReformLedgerError):
    """Nothing is to be written: something is for a person to decide."""


def take(
    sources: Sources,
    handed_in: Callable[[Book], HandedIn],
    today: date,
    *,
    only: Sequence[str] = (),
    skip_conflicts: bool = False,
    dry_run: bool = False,
) -> Taken:
    """Record what was handed in, and return what became of it.

    ``handed_in`` makes it of the book that is held while it is written. ``only``: nothing but these entries. Where
    something is refused, contradicts the ledger or is not clear, nothing is written; with ``skip_conflicts`` that alone
    is left out. Raises as ``carry_out`` does for files, and ``UsageError`` for an unknown entry among ``only``.
    """
    found: list[Taken] = []

    def steps(draft: Draft) -> None:
        made = handed_in(draft.book)
        items, intents = _judged(draft, made, only)
        absent = _absent(draft.book, today, made.departments)
        found.append(Taken(tuple(items), tuple(intents), Outcome((), (), dry_run), tuple(absent)))
        if found[0].is_blocked and not skip_conflicts:
            raise _WithheldError

    try:
        outcome = perform(sources, steps, today, dry_run=dry_run)
    except _WithheldError as withheld:
        notes = tuple(getattr(withheld, "__notes__", ()))
        return found[0]._replace(outcome=Outcome((), notes, dry_run), is_withheld=True)
    return found[0]._replace(outcome=outcome)


def returns_in(read: Iterable[ReadWorkbook | Refused], today: date, day: date | None = None) -> list[Returned | Item]:
    """Return what each form brings, or the item that says why nothing is taken of the file.

    A report is of ``day``, else of the one in its row, else of the day of issue.
    """
    made: list[Returned | Item] = []
    for file in read:
        if isinstance(file, Refused):
            made.append(Item(Fate.REFUSED, file.place, sentences(file.message, file.advice)))
            continue
        try:
            made.append(returned_of(file, today, day))
        except RefusalError as refusal:
            made.append(Item(Fate.REFUSED, refusal.place, refusal.sentence))
    return made


def forms_handed_in(returns: Iterable[Returned | Item], book: Book) -> HandedIn:
    """Return what forms bring to a book; those of another are refused."""
    reports: list[Report] = []
    changes: list[tuple[str, Change]] = []
    unfilled: list[Item] = []
    items: list[Item] = []
    departments: list[str] = []
    for returned in returns:
        if isinstance(returned, Item):
            items.append(returned)
            continue
        try:
            _check_book(returned.form, returned.file, book)
        except RefusalError as refusal:
            items.append(Item(Fate.REFUSED, refusal.place, refusal.sentence))
            continue
        department = returned.form.department
        departments.append(department)
        reports += returned.reports
        changes += ((department, change) for change in returned.changes)
        unfilled += returned.unfilled
        items += returned.items
    return HandedIn(reports, changes, unfilled, items, departments)


def _check_book(form: Form, file: str, book: Book) -> None:
    """Raise ``RefusalError`` for a form of another book, or of a year that is not there."""
    if form.year not in book.years:
        message = _("It is of {year}, and there is no such year here.").format(year=form.year)
        years = _("Years: {years}.").format(years=_(", ").join(map(str, book.years)))
        raise RefusalError(file, message, years)
    ours, body = marks_of(book), mask_phones(body_of(book))
    if not set(form.book) & set(ours) or (form.body and body and form.body != body):
        message = _("It is of another ledger: {theirs}.").format(theirs=_(", ").join(form.book))
        advice = _("This is {ours}: name the other with --data.").format(ours=_(", ").join(ours))
        raise RefusalError(file, message, advice)


def _judged(draft: Draft, made: HandedIn, only: Sequence[str]) -> tuple[list[Item], list[Intent]]:
    """Judge everything in the order of the ledger, so that it makes no difference who handed in first."""
    wanted = {draft.find(word).ref for word in only}

    def is_wanted(ref: str) -> bool:
        return not wanted or not wanted.isdisjoint(_goes_on(draft, ref))

    judge = Judge(draft)
    items = [item for item in made.items if item.fate is Fate.REFUSED or is_wanted(item.ref)]
    for department, change in made.changes:
        if is_wanted(change.row.ref):
            items += judge.change(change, department)
    left_out = {(item.department, item.id) for item in items if item.fate.blocks}
    wanted_reports = [report for report in _in_order(draft, made.reports) if is_wanted(report.ref)]
    contradicting = _contradicting(wanted_reports)
    done: set[Hashable] = set()
    for report in wanted_reports:
        copy = report.about, report.says
        if copy in contradicting:
            sentence = _("{id} is filled in more than once, each time otherwise: none is taken.")
            items.append(item_of(report, Fate.CONFLICT)._replace(sentence=sentence.format(id=report.id)))
        elif (report.department, report.id) in left_out:
            sentence = _("Left out with what is to be decided on the same row.")
            items.append(item_of(report, Fate.NOTE)._replace(sentence=sentence))
        elif copy not in done:
            items += judge.report(report)
        done.add(copy)
    filled = {(report.department, report.id) for report in made.reports}
    unfilled = {
        (item.department, item.id): item
        for item in made.unfilled
        if (item.department, item.id) not in filled and is_wanted(item.ref)
    }
    return [*items, *unfilled.values()], judge.intents


def _in_order(draft: Draft, reports: Iterable[Report]) -> list[Report]:
    """Return reports in the order of the ledger; those on one entry by their day, then by all that they say.

    Where they are is the last to count: of copies that differ in spelling, the same one is taken wherever they are.
    """
    places = {ref: place for place, ref in enumerate(draft.places())}

    def order(report: Report) -> tuple[object, ...]:
        place = places.get(report.ref, len(places))
        about = report.department, report.phase or "", report.for_ or ""
        words = report.text, report.problems or "", report.evidence, sorted(report.targets.items())
        return place, report.day, *about, *words, report.place

    return sorted(reports, key=order)


def _contradicting(reports: Iterable[Report]) -> set[tuple[Hashable, Hashable]]:
    """Return those reports, by what they are about and say, that say otherwise than another of one day or one form."""
    said: dict[tuple[Hashable, str, date], set[Hashable]] = {}
    for report in reports:
        said.setdefault((report.about, "day", report.day), set()).add(report.says)
        if not report.is_dated:
            said.setdefault((report.about, "form", report.since), set()).add(report.says)
    return {(about, says) for (about, _of, _day), each in said.items() if len(each) > 1 for says in each}


def _goes_on(draft: Draft, ref: str | None) -> Iterator[str]:
    """Yield the refs of an entry and of those in which it goes on."""
    while ref is not None:
        yield ref
        ref = draft.successor(ref)


def _absent(book: Book, today: date, departments: Iterable[str]) -> Iterator[str]:
    """Yield the departments that lead open entries of the newest year and are not among some."""
    here = {book.directory.key(name) for name in departments}
    state = standings(book, today)
    leading = {
        key
        for entry in state.book.entries
        if entry.year == book.years[-1] and state.matter(entry).is_open
        for key in leading_keys(book, entry)
    }
    for key, name in names_in(book).departments.items():
        members = book.directory.members_of(name)
        leads = key in leading or not leading.isdisjoint(book.directory.groups_of(name))
        if leads and not members and key not in here:
            yield name
