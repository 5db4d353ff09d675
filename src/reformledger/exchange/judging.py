"""What becomes of a report and of a changed cell: what was asked, what came back and what the ledger says now.

The table of outcomes is in ``docs/*/reference/returns.md``. Nothing here is guessed: what contradicts the ledger is a
conflict with its values side by side, what is not clear a question.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import NamedTuple

from reformledger.edits.commands import LEFT_OPEN, command_line, filled_in
from reformledger.edits.draft import Draft, DraftEntry
from reformledger.edits.intents import Close, Intent, Set, texts_in
from reformledger.edits.pasted import seen
from reformledger.edits.rules.asked import check_is_named
from reformledger.edits.rules.once import AlreadyRecordedError
from reformledger.edits.transaction import take_step
from reformledger.entry import Entry
from reformledger.errors import SentenceError
from reformledger.exchange.filled import not_for_row
from reformledger.exchange.form import FormRow
from reformledger.exchange.outcome import Fate, Item
from reformledger.exchange.report import Report, item_of, shown
from reformledger.exchange.returned import Change
from reformledger.exchange.sending import fingerprint, phase_values, role_of, settable_values
from reformledger.i18n import _, sentences
from reformledger.matter import LastReport, Matter
from reformledger.model.entries import Progress as Recorded
from reformledger.model.phases import phase_index, phase_names, phase_word
from reformledger.model.readers import UnreadError, canonical, read_number
from reformledger.text.folding import name_key
from reformledger.text.masking import holds_number, mask_phones


class _ConflictError(Exception):
    """What the ledger says now that contradicts a report, as a sentence, and its own words for it."""

    def __init__(self, sentence: str, now: str = "") -> None:
        super().__init__(sentence, now)
        self.sentence, self.now = sentence, now


class _Target(NamedTuple):
    """What a report is about in the ledger as it is now: an entry, or the one of its phases at a place, from 0."""

    entry: DraftEntry
    matter: Matter
    names: Sequence[str]
    at: int | None

    @property
    def phase(self) -> str | None:
        """The word that names the phase."""
        return None if self.at is None else phase_word(self.names, self.at)

    @property
    def units(self) -> dict[str, str]:
        """The units of the targets that are reported on, by the keys of their names."""
        of_phase = None if self.at is None else self.entry.phases[self.at].data
        targets = (*self.entry.data.targets, *(of_phase.targets if of_phase else ()))
        return {name_key(target.name): target.unit or "" for target in targets}


class Judge:
    """Judges one thing after the other in a draft that takes what is right; ``intents`` are those taken so far."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self.intents: list[Intent] = []

    def report(self, report: Report) -> Iterator[Item]:
        """Yield what becomes of a report: it is recorded in the draft, or it says why not."""
        item = item_of(report, Fate.TAKEN)
        try:
            about = self._about(report)
            if report.text:
                yield self._recorded(report, about, item)
        except _ConflictError as conflict:
            yield item._replace(fate=Fate.CONFLICT, sentence=conflict.sentence, now=conflict.now)
        except SentenceError as unclear:
            yield item._replace(fate=Fate.QUESTION, sentence=str(unclear))
        else:
            if report.asks_close:
                yield self._close_out(report, about, item)

    def _about(self, report: Report) -> _Target:
        """Return what a report is about now; raises ``_ConflictError`` where that is gone or another department's."""
        ref = report.ref
        if ref not in self._draft.places():
            raise _ConflictError(_("{ref} is no longer in the ledger.").format(ref=ref), _("removed"))
        while (successor := self._draft.successor(ref)) is not None:
            ref = successor
        entry = self._draft.at(ref)
        matter = self._draft.matter(entry)
        role = role_of(self._draft.book, report.department, matter.entry)
        if role is None:
            sentence = _("{department} neither leads nor supports {ref}.")
            raise _ConflictError(sentence.format(department=report.department, ref=ref), _departments(matter.entry))
        if role == "support" and (report.percent is not None or report.targets):
            raise SentenceError(not_for_row("percent", role, has_target=True, is_occurrence=False))
        names = phase_names(entry.data)
        index = _phase_of(report, names)
        if report.for_ is not None:
            try:
                check_is_named(matter, report.for_, "")
            except SentenceError as gone:
                now = (matter.deadline.wording if matter.deadline else None) or ""
                raise _ConflictError(str(gone), now) from None
        return _Target(entry, matter, names, index)

    def _recorded(self, report: Report, about: _Target, item: Item) -> Item:
        """Record a report in the draft; raises ``_ConflictError``, ``SentenceError``."""
        intent = report.intent(about.entry.ref, about.phase)
        alike = [made for made in self._of_department(report, about) if _is_since(made, report)]
        if any(_recorded_says(made) == _says(report, about.units) for made in alike):
            return item._replace(fate=Fate.RECORDED)
        if other := next((made for made in alike if made.date == report.day), None):
            sentence = _("{department} reported something else on {day}.")
            raise _ConflictError(sentence.format(department=report.department, day=report.day), _shown(other))
        _refuse_closed(report, about)
        if any(map(holds_number, texts_in(intent))):
            message = _("A phone or identity number would stand in the ledger for all to read.")
            raise SentenceError(message, _("Have it taken out."))
        before = len(self._draft.notes)
        try:
            entry = take_step(self._draft, intent)
        except AlreadyRecordedError:
            return item._replace(fate=Fate.RECORDED)
        self._draft.titles[entry.ref] = entry.data.title
        self.intents.append(intent)
        notes = [*report.notes, *self._since(report, about), *self._draft.notes[before:]]
        del self._draft.notes[before:]
        return item._replace(sentence=sentences(*notes))

    def _of_department(self, report: Report, about: _Target) -> Iterator[Recorded]:
        """Yield what a department reported before on the same entry, phase and occurrence.

        A report that names nobody is the leading department's, where there is one.
        """
        key = self._draft.book.directory.key
        known = self._draft.book.get(about.entry.ref)
        for made in about.matter.reports:
            if made.entry.ref == about.entry.ref and (known is None or made.report not in known.data.progress):
                continue  # recorded just now, of another row
            leads = [key(name) for name in made.entry.data.lead_departments]
            by = [key(made.report.by)] if made.report.by else leads
            is_its_own = by == [key(report.department)]
            if is_its_own and self._is_of_phase(made, about) and self._is_for(report.for_, made, about.matter):
                yield made.report

    def _is_for(self, for_: str | None, made: LastReport, matter: Matter) -> bool:
        """Say whether a report that was made is for the period or occurrence for which one is handed in, None for none.

        One that names none is for what it would meet by itself: what others reported makes no difference.
        """
        if for_ is None:
            return made.report.for_ is None
        asked = check_is_named(matter, for_, "")
        if made.report.for_ is None:
            windows = [(one.start, one.end) for one in asked]
            return any((one.start, one.end) in windows for one in matter.met_alone(made))
        with suppress(SentenceError):
            return check_is_named(matter, made.report.for_, "") == asked
        return False

    def _is_of_phase(self, made: LastReport, about: _Target) -> bool:
        """Say whether a report that was made is of the same phase, or of the whole, in whatever year."""
        if about.at is None or made.report.phase is None:
            return about.at is None and made.report.phase is None
        names = phase_names(made.entry.data)
        index = phase_index(names, made.report.phase)
        return index is not None and _nth(names, index) == _nth(about.names, about.at)

    def _since(self, report: Report, about: _Target) -> Iterator[str]:
        """Yield what is to be said of an entry that is another than when it was asked about."""
        if about.entry.ref != report.ref:
            sentence = _("{ref} was carried over: it is recorded on {now}, where it goes on.")
            yield sentence.format(ref=report.ref, now=about.entry.ref)
        elif report.fingerprint and fingerprint(about.matter.entry.data) != report.fingerprint:
            sentence = _("{ref} was changed since it was sent on {day}.")
            yield sentence.format(ref=report.ref, day=report.since)

    def _close_out(self, report: Report, about: _Target, item: Item) -> Item:
        """Return the note that the department asks to close, with the command that does."""
        intent = Close(about.entry.ref, report.evidence or (LEFT_OPEN,), phase=about.phase)
        sentence = _("{department} asks to close it; evidence and approval are the office's.")
        sentence = sentence.format(department=report.department)
        refused = self._draft.refusal_of(filled_in(intent))
        if refused is not None:
            return item._replace(fate=Fate.NOTE, sentence=sentences(sentence, str(refused)), returned="")
        return item._replace(fate=Fate.NOTE, sentence=sentence, returned="", command=command_line(intent))

    def change(self, change: Change, department: str) -> Iterator[Item]:
        """Yield what becomes of a cell that was not to be changed: nothing where the ledger says the same by now."""
        row, issued = change.row, change.row.values.get(change.key, "")
        item = Item(
            Fate.NOTE,
            change.place,
            _("This cell was not to be changed: nothing of it is taken."),
            department=department,
            id=row.id,
            ref=row.ref,
            title=row.values["title"],
            column=change.heading,
            issued=issued,
            returned=change.returned,
        )
        settable = self._settable(row, change.key)
        if settable is None or not change.returned.strip():
            yield item
            return
        now, field = mask_phones(settable[0]), settable[1]  # as it was sent
        if now != settable[0]:  # a command would write what is masked
            yield item
            return
        if now.strip() == change.returned.strip():
            return
        if now.strip() != issued.strip():
            sentence = _("The department and the ledger changed it, each otherwise.")
            yield item._replace(fate=Fate.CONFLICT, sentence=sentence, now=now)
            return
        intent = Set(row.ref, {field: change.returned})
        refused = self._draft.refusal_of(intent)
        if refused is not None:
            yield item._replace(sentence=sentences(item.sentence, str(refused)))
        else:
            sentence = _("The department changed what was sent; if it is right:")
            yield item._replace(fate=Fate.PROPOSAL, sentence=sentence, command=command_line(intent))

    def _settable(self, row: FormRow, key: str) -> tuple[str, str] | None:
        """Return what a cell would show now, and the field that ``set`` would change; None where it changes none."""
        if row.is_occurrence or row.ref not in self._draft.places() or self._draft.successor(row.ref):
            return None
        entry = self._draft.at(row.ref)
        if row.phase is None:
            values = settable_values(self._draft.matter(entry).entry.data)
            return (values[key], key) if key in values else None
        index = phase_index(phase_names(entry.data), row.phase)
        values = {} if index is None else phase_values(entry.phases[index])
        field = "name" if key == "title" else key
        return (values[key], f"phases.{row.phase}.{field}") if key in values else None


def _phase_of(report: Report, names: Sequence[str]) -> int | None:
    """Return the index of the phase that is reported on; raises ``_ConflictError`` where it is gone.

    Of several with one name it cannot be told which is gone: then none of them is the one that is meant.
    """
    if report.phase is None:
        return None
    named = [at for at, name in enumerate(names) if name_key(name) == name_key(report.phase_name)]
    index = phase_index(names, report.phase) if len(named) > 1 else next(iter(named), None)
    if len(named) != report.namesakes or index not in named:
        sentence = _("The phase “{name}” of {ref} is no longer there.")
        raise _ConflictError(sentence.format(name=report.phase_name, ref=report.ref), "、".join(names))
    return index


def _nth(names: Sequence[str], index: int) -> tuple[str, int]:
    """Return what a phase has in common with itself in another year: its name, and how many before it share it."""
    keys = [name_key(name) for name in names]
    return keys[index], keys[:index].count(keys[index])


def _refuse_closed(report: Report, about: _Target) -> None:
    """Raise ``_ConflictError`` for what was closed out by the day of a report."""
    whole = about.entry.closing
    phase = None if about.at is None else about.entry.phases[about.at]
    if phase is not None and phase.data is not None and (cancelled := phase.data.cancelled):
        sentence = _("“{name}” was cancelled on {day} ({reason}).")
        day = cancelled.date.isoformat()
        raise _ConflictError(sentence.format(name=phase.name, day=day, reason=cancelled.reason), day)
    for closing in (whole, phase.closed if phase else None):
        if closing is not None and closing.date <= report.day:
            sentence = _("{ref} was closed out on {day} ({place}).")
            day = closing.date.isoformat()
            raise _ConflictError(sentence.format(ref=about.entry.ref, day=day, place=about.entry.place), day)


def _is_since(made: Recorded, report: Report) -> bool:
    """Say whether a report that was made may be the one that is handed in: of its day, or made since it was asked."""
    return made.date == report.day or made.date >= report.since


def _says(report: Report, units: Mapping[str, str]) -> Hashable:
    """Return what a report and a recorded one share that say the same; ``units`` are those of targets, by name."""
    targets = {name: _number(value, units.get(name_key(name), "")) for name, value in report.targets.items()}
    percent = None if report.percent is None else int(report.percent)
    return _content(report.text, percent, targets, report.evidence, report.problems)


def _recorded_says(made: Recorded) -> Hashable:
    targets = {name: canonical(value) for name, value in made.targets.items()}
    return _content(made.text, made.percent, targets, made.evidence, made.problems)


def _content(
    text: str, percent: int | None, targets: Mapping[str, str], evidence: Iterable[str], problems: str | None
) -> Hashable:
    reached = frozenset((name_key(name), value) for name, value in targets.items())
    return seen(text), percent, reached, frozenset(map(seen, evidence)), seen(problems or "")


def _number(value: str, unit: str) -> str:
    try:
        return canonical(read_number(value, unit))
    except UnreadError:  # it is refused, with its reason, when it is recorded
        return value


def _shown(made: Recorded) -> str:
    percent = None if made.percent is None else str(made.percent)
    targets = {name: canonical(value) for name, value in made.targets.items()}
    return shown(made.date, made.text, percent, targets, made.evidence, made.problems)


def _departments(entry: Entry) -> str:
    return "、".join(name for _role, name in entry.department_roles())
