"""What each department is asked to report on: its open entries, their open milestones, the occurrences that are due."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import NamedTuple

from reformledger.book import Book
from reformledger.entry import DepartmentRole, Entry
from reformledger.exchange.form import SHOWN, Form, FormRow, columns_of, target_key
from reformledger.fields.words import ROLE, STATUS
from reformledger.i18n import _
from reformledger.matter import Matter
from reformledger.model.base import Model
from reformledger.model.deadline import Deadline
from reformledger.model.documents import Ledger, Workpoints
from reformledger.model.entries import STAR_SIGN, EntryFields, Progress, Target
from reformledger.model.life import overall_deadline
from reformledger.model.occurrences import name_of
from reformledger.model.period import Period
from reformledger.model.phases import MilestoneState, PhaseState, is_of_phase, phase_names, phase_word
from reformledger.model.readers import canonical
from reformledger.query import Question, ask
from reformledger.records import part_json
from reformledger.roles import known_name, names_in
from reformledger.standing import standings
from reformledger.text.masking import mask_phones

_LONGEST_REPORT = 300
"""Characters of a last report that are shown beside the blank: ``show`` has all of it."""

_OF_ENTRY = {"leaders": "", "star": "", "status": ""}
"""What is said of an entry, and not again of its milestones and occurrences."""


class Wanted(NamedTuple):
    """To whom forms go, and for what: all that is open, of every department, unless it is said.

    ``period`` is the one for which reports are asked.
    """

    departments: Sequence[str] = ()
    role: DepartmentRole | None = None
    star: bool | None = None
    period: Period | None = None
    period_name: str = ""


class Forms(NamedTuple):
    """The forms, in the order of the notice, and the open entries that are in none: no department has them."""

    forms: tuple[Form, ...]
    without_department: tuple[Entry, ...]


def forms_of(book: Book, as_of: date, wanted: Wanted) -> Forms:
    """Return a form for each department that has something to report on.

    A department that a group holds reports on what the group has; a group has a form only where no members of it are
    declared. Raises ``UsageError`` for an unknown department.
    """
    state = standings(book, as_of)
    entries = ask(book, Question(star=wanted.star), as_of)
    matters = [matter for entry in entries if (matter := state.matter(entry)).is_open]
    form_of = _Maker(state.book, as_of, wanted, matters)
    forms = [form for name in _receivers(book, wanted.departments) if (form := form_of(name)).rows]
    nobodys = [matter.entry for matter in matters if not list(matter.entry.department_roles())]
    return Forms(tuple(forms), tuple(nobodys))


def _receivers(book: Book, names: Sequence[str]) -> Iterator[str]:
    """Yield the departments that get a form, under their usual names: of a group those that it holds."""
    known = names_in(book).departments
    wanted = {known_name(names_in(book), "department", name) for name in names}
    wanted |= {member for key in wanted for member in book.directory.members_of(known[key])}
    for key, name in known.items():
        if (not wanted or key in wanted) and not book.directory.members_of(name):
            yield name


class _Maker:
    """Makes the form of a department."""

    def __init__(self, book: Book, as_of: date, wanted: Wanted, matters: Sequence[Matter]) -> None:
        self._book, self._as_of, self._wanted = book, as_of, wanted
        self._of_key: dict[str, list[tuple[int, DepartmentRole, Matter]]] = {}
        for place, matter in enumerate(matters):
            for role, name in matter.entry.department_roles():
                self._of_key.setdefault(book.directory.key(name), []).append((place, role, matter))
        self._year = max((matter.entry.year for matter in matters), default=as_of.year)

    def __call__(self, department: str) -> Form:
        """Return the form of a department; without rows where nothing is asked of it."""
        found: dict[int, tuple[DepartmentRole, Matter]] = {}
        for key in (self._book.directory.key(department), *self._book.directory.groups_of(department)):
            for place, role, matter in self._of_key.get(key, ()):
                if role == "lead" or place not in found:
                    found[place] = role, matter
        asked = self._wanted.role
        # What it leads comes first.
        order = sorted(place for place, (role, _matter) in found.items() if asked in (None, role))
        order.sort(key=lambda place: found[place][0] == "support")
        rows = [_masked(row) for place in order for row in self._rows(*found[place])]
        return Form(
            book=tuple(marks_of(self._book)),
            body=mask_phones(body_of(self._book)),
            year=self._year,
            department=department,
            role=asked,
            day=self._as_of,
            period=self._wanted.period_name or None,
            cover=_("Read me"),
            sheet=_("Form"),
            columns=columns_of(rows),
            rows=tuple(rows),
        )

    def _rows(self, role: DepartmentRole, matter: Matter) -> Iterator[FormRow]:
        """Yield the row of an entry and, below it, those of its milestones and occurrences."""
        entry = matter.entry
        word = entry.id if entry.year == self._year else entry.ref
        seal = fingerprint(entry.data)
        status = STATUS[standings(self._book, self._as_of).of(entry).status].text
        shown = {
            **settable_values(entry.data),
            "role": ROLE[role].text,
            "star": STAR_SIGN if entry.data.star else "",
            "status": status,
        }
        targets = entry.data.targets if role == "lead" else ()
        occurrences = list(self._occurrences(matter)) if role == "lead" else []
        period = self._calendar_period(matter)
        whole = FormRow(
            word,
            entry.ref,
            role,
            {**shown, "id": word, **_with_targets(targets), "last_report": _last_report(matter)},
            seal,
            for_=None if period in occurrences else period,  # that has a row of its own
            targets=tuple(target.name for target in targets),
        )
        yield whole
        names = phase_names(entry.data)
        for index, phase in enumerate(entry.phases):
            if phase.state(self._as_of) in {MilestoneState.OPEN, MilestoneState.PAUSED}:
                yield self._of_phase(whole, matter, index, phase_word(names, index))
        for name in occurrences:
            printed = f"{word}@{name.removeprefix(f'{entry.year}年')}"
            values = {**whole.values, **_OF_ENTRY, "id": printed, "title": name, "due": "", "last_report": ""}
            yield whole._replace(id=printed, values=values, for_=name)

    def _of_phase(self, whole: FormRow, matter: Matter, index: int, word: str) -> FormRow:
        phase = matter.entry.phases[index]
        printed = f"{whole.id}#{index + 1}"
        targets = phase.data.targets if phase.data and whole.role == "lead" else ()
        values = {
            **{key: value for key, value in whole.values.items() if key in SHOWN},
            **_with_targets(targets),
            "id": printed,
            **phase_values(phase),
            **_OF_ENTRY,
            "last_report": _last_report(matter, index),
        }
        namesakes = sum(each.name == phase.name for each in matter.entry.phases)
        names = tuple(target.name for target in targets)
        return whole._replace(id=printed, values=values, phase=word, targets=names, namesakes=namesakes)

    def _calendar_period(self, matter: Matter) -> str | None:
        """Return the name of the period of the return calendar that is asked for, where one is asked for by name."""
        calendar, period = self._book.calendar(matter.entry), self._wanted.period
        if calendar is None or calendar.every is None or period is None:
            return None
        found = [one for one in matter.periods if period.start <= one.end <= period.end]
        return name_of(matter.calendar_by_year, calendar.every, found[-1]) if found else None

    def _occurrences(self, matter: Matter) -> Iterator[str]:
        """Yield the names of the occurrences to report on: owed, unmet, begun; of a period those that end in it."""
        deadline, period = matter.deadline, self._wanted.period
        if deadline is None or deadline.every is None:
            return
        for one in matter.occurrences:
            is_asked = one.start <= self._as_of if period is None else period.start <= one.end <= period.end
            if one.owed and not one.is_met and is_asked:
                yield name_of(matter.duty_by_year, deadline.every, one)


def _masked(row: FormRow) -> FormRow:
    """Return a row without phone numbers: what is shown is what a returned workbook is compared with."""
    return row._replace(values={key: mask_phones(value) for key, value in row.values.items()})


def role_of(book: Book, department: str, entry: Entry) -> DepartmentRole | None:
    """Return the role that a department has in an entry, by itself or through a group; None where it has none."""
    keys = {book.directory.key(department), *book.directory.groups_of(department)}
    roles = {role for role, name in entry.department_roles() if book.directory.key(name) in keys}
    return None if not roles else "lead" if "lead" in roles else "support"


def marks_of(book: Book) -> list[str]:
    """Return what says which book a form is of: title and issuer of each document of work points and each ledger."""
    marks = []
    for loaded in book.documents:
        document = loaded.document
        if isinstance(document, Workpoints | Ledger):
            marks.append(f"{document.notice.issuer if document.notice else ''} {document.title}".strip())
    return [mask_phones(mark) for mark in marks]


def body_of(book: Book) -> str:
    """Return who issues the documents of a book, as far as a notice says it."""
    documents = (loaded.document for loaded in reversed(book.documents))
    notices = (document.notice for document in documents if isinstance(document, Workpoints | Ledger))
    return next((notice.issuer for notice in notices if notice), "")


def settable_values(data: EntryFields) -> dict[str, str]:
    """Return what a form shows of an entry that ``set`` can change, by the keys of the fields."""
    return {"title": data.title, "leaders": "、".join(data.leaders), "due": _wording(overall_deadline(data))}


def phase_values(phase: PhaseState) -> dict[str, str]:
    """Return what a form shows of a phase that ``set`` can change, by the keys of its columns."""
    return {"title": phase.name, "due": _wording(phase.deadline)}


def _wording(deadline: Deadline | None) -> str:
    return (deadline.wording or "") if deadline else ""


def fingerprint(data: EntryFields) -> str:
    """Return what is the same for the same record, whatever was reported on it."""
    plain = {key: value for key, value in part_json(data).items() if key != "progress"}
    return sha256(json.dumps(plain, default=_plain, sort_keys=True).encode()).hexdigest()[:12]


def _plain(value: object) -> object:
    return part_json(value) if isinstance(value, Model) else str(value)


def _with_targets(targets: Iterable[Target]) -> Mapping[str, str]:
    return {target_key(number): _target(target) for number, target in enumerate(targets, 1)}


def _target(target: Target) -> str:
    return f"{target.name} {canonical(target.value)}{target.unit or ''}"


def _last_report(matter: Matter, index: int | None = None) -> str:
    """Return the last report on an entry, or on one phase of it."""
    if index is None:
        last = matter.last_report
        return _report_text(last.report) if last else ""
    names = phase_names(matter.entry.data)
    made = [each.report for each in matter.reports if is_of_phase(names, each.report.phase, index)]
    return _report_text(made[-1]) if made else ""


def _report_text(report: Progress) -> str:
    by = f" {report.by}" if report.by else ""
    percent = "" if report.percent is None else f" {report.percent}%"
    text = report.text if len(report.text) <= _LONGEST_REPORT else f"{report.text[: _LONGEST_REPORT - 1]}…"
    return f"{report.date.isoformat()}{by}{percent}\n{text}"
