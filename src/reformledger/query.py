"""Questions asked of a book: which entries, in what order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cache, partial
from typing import Literal, NamedTuple

from reformledger.book import Book
from reformledger.entry import KINDS, DepartmentRole, Entry, EntryKind
from reformledger.errors import UsageError
from reformledger.fields.entry import ENTRY
from reformledger.i18n import _
from reformledger.model.deadline import Deadline, DeadlineError, Period, parse_period
from reformledger.model.life import Light, Reason, Status, overall_deadline
from reformledger.records import Context, column_keys, deadline_of, printed, texts, value_of
from reformledger.standing import Standing, standings
from reformledger.text.folding import search_key
from reformledger.text.nearest import nearest, nearest_advice
from reformledger.text.numerals import number_of

SortKey = Literal["id", "due", "title", "leader", "department", "status", "days_left"]
SORT_KEYS: tuple[SortKey, ...] = ("id", "due", "title", "leader", "department", "status", "days_left")


class Question(NamedTuple):
    """What to ask for. Different conditions must all hold; of several values of one, any.

    Names, periods and texts are as a person types them; they are understood when the question is put.
    """

    due: Sequence[str] = ()
    due_by: Sequence[str] = ()
    leaders: Sequence[str] = ()
    departments: Sequence[str] = ()
    role: DepartmentRole | None = None
    star: bool | None = None
    statuses: Sequence[Status] = ()
    kinds: Sequence[EntryKind] = ()
    years: Sequence[int] = ()
    search: Sequence[str] = ()
    where: Sequence[str] = ()
    sort: str | None = None
    lights: Sequence[Light] = ()
    carried: bool = False


Test = Callable[[Entry], bool]


def ask(book: Book, question: Question, as_of: date) -> list[Entry]:
    """Return the entries that answer the question, in the order of the notice unless it says otherwise.

    Raises ``UsageError`` for a name, period, column or sort key that is not understood.
    """
    state = standings(book, as_of)
    # A matter of several years is there once; of a year that is asked for, all that its documents hold.
    with_carried = question.carried or Status.CARRIED_OVER in question.statuses
    found = list(state.book.entries) if question.years else state.counted(with_carried=with_carried)
    for test in list(_tests(book, question, as_of)):
        found = [entry for entry in found if test(entry)]
    return sort_entries(book, found, question.sort, as_of) if question.sort else found


def _tests(book: Book, question: Question, as_of: date) -> Iterator[Test]:
    """Yield one test a condition, the cheap ones first."""
    context = Context(book, as_of)
    if question.years:
        years = frozenset(question.years)
        yield lambda entry: entry.year in years
    if question.kinds:
        kinds = frozenset(question.kinds)
        yield lambda entry: entry.kind in kinds
    if question.star is not None:
        yield lambda entry: (entry.data.star is not None) is question.star
    if question.due:
        yield _due_test(book, question.due, as_of, Deadline.falls_in, entry_deadlines)
    if question.due_by:
        yield _due_test(book, question.due_by, as_of, Deadline.falls_by, partial(entry_deadlines, open_alone=True))
    if question.leaders:
        from reformledger.roles import bound_by

        leaders = bound_by(book, "leader", question.leaders)
        yield lambda entry: any(book.directory.key(name) in leaders for _role, name in entry.leader_roles())
    yield from _department_tests(book, question)
    if question.statuses:
        statuses = frozenset(question.statuses)
        yield lambda entry: context.standing(entry).status in statuses
    if question.lights:
        lights = frozenset(question.lights)
        yield lambda entry: context.standing(entry).light in lights
    if question.where:
        yield _where_test(context, question.where)
    if question.search:
        words = [search_key(word) for word in question.search]
        yield lambda entry: any(word in text for text in map(search_key, texts(entry, context)) for word in words)


def _department_tests(book: Book, question: Question) -> Iterator[Test]:
    if not question.departments:
        if question.role:
            raise UsageError(_("A role alone says nothing."), _("Add --department NAME."))
        return
    from reformledger.roles import bound_by

    departments = bound_by(book, "department", question.departments)
    yield lambda entry: any(
        book.directory.key(name) in departments
        for role, name in entry.department_roles()
        if question.role in {None, role}
    )


def entry_deadlines(entry: Entry, *, open_alone: bool = False) -> list[Deadline]:
    """Return every deadline of an entry that ``--due`` looks at: of each phase, closed or not, and of the whole.

    What was cancelled has none. ``open_alone``: those that ``--due-by`` looks at, of its phases the open ones.
    """
    if not entry.phases:
        return [entry.deadline] if entry.deadline else []
    if open_alone and entry.closing is not None:
        return []
    asked = (phase for phase in entry.phases if (phase.is_open if open_alone else not phase.is_cancelled))
    of_phases = [phase.deadline for phase in asked if phase.deadline]
    whole = overall_deadline(entry.data) or (entry.deadline if not of_phases else None)
    return [*of_phases, whole] if whole else of_phases


def period_of(wording: str, year: int, today: date) -> Period:
    """Return the period that a person asks for; a wording without a year is read in ``year``, 本月 from ``today``.

    Raises ``UsageError`` for what is no bounded period.
    """
    from reformledger.model.distances import near_period

    if near := near_period(wording, today):
        return near
    try:
        return parse_period(wording, year)
    except DeadlineError as error:
        raise UsageError(str(error)) from None


def _due_test(
    book: Book,
    wordings: Sequence[str],
    as_of: date,
    fits: Callable[[Deadline, Period], bool],
    deadlines: Callable[[Entry], list[Deadline]],
) -> Test:
    years = book.years or (as_of.year,)
    periods = {year: [period_of(wording, year, as_of) for wording in wordings] for year in years}
    return lambda entry: any(fits(deadline, period) for deadline in deadlines(entry) for period in periods[entry.year])


def _where_test(context: Context, conditions: Sequence[str]) -> Test:
    """Of several conditions on one column any must hold; those on different columns all."""
    wanted: dict[str, set[str]] = {}
    for condition in conditions:
        key, sign, value = condition.partition("=")
        if not sign:
            message = _("“{condition}” is no condition.").format(condition=condition)
            raise UsageError(message, _("Write --where KEY=TEXT."))
        column = known_column(context.book, key)
        if column in _CODED and value not in _CODED[column]:
            message = _("“{value}” is no {column}: columns hold its code.").format(value=value, column=column)
            raise UsageError(message, _("Use --{column}, which knows the words.").format(column=column))
        wanted.setdefault(column, set()).add(search_key(value))
    return lambda entry: all(
        not values.isdisjoint(_folded_values(key, value_of(key)(entry, context))) for key, values in wanted.items()
    )


_CODED: dict[str, frozenset[str]] = {
    "status": frozenset(Status),
    "kind": frozenset(KINDS),
    "light": frozenset(Light),
    "light_reason": frozenset(Reason),
}
"""Columns whose values are codes, which are shown as words."""


def _folded_values(key: str, value: object) -> set[str]:
    """Return what a condition may name: the text of a column as it is shown, or any part of it.

    Parts are the items of a list, or their names, the name of a contact, the wording and the days of a deadline. A
    contact's phone is hidden here, so that no question tells whether a guessed number is right.
    """
    items = value if isinstance(value, list) else value.values() if isinstance(value, dict) else ()
    parts = (item.get("name") if isinstance(item, dict) else item for item in items)
    return {search_key(printed(key, value)), *(search_key(part) for part in parts if isinstance(part, str))}


def known_column(book: Book, word: str) -> str:
    """Return the key of the column that a person names by its key or by its heading.

    Raises ``UsageError``, naming the nearest, for one that the book does not have.
    """
    keys = column_keys(book)
    word = word.strip()
    if word in keys:
        return word
    wanted = search_key(word)
    headed = {key for key, heading in _printed_headings(book) if search_key(heading) == wanted} or _officially(word)
    if len(headed) == 1:
        return headed.pop()
    if headed:
        message = _("“{word}” is the heading of several columns: {keys}.")
        raise UsageError(message.format(word=word, keys=_(", ").join(sorted(headed))), _("Name one of them."))
    message = _("There is no column “{word}”.").format(word=word)
    raise UsageError(
        message, nearest_advice(nearest(word, keys)) or _("Columns: {keys}.").format(keys=_(", ").join(keys))
    )


def _officially(word: str) -> set[str]:
    """Return the keys of the fields that ``word`` names, whatever a table prints instead."""
    wanted = search_key(word)
    return {key for key, field in ENTRY.items() if field.seen != "file" and wanted in map(search_key, field.words)}


def _printed_headings(book: Book) -> Iterator[tuple[str, str]]:
    """Yield key and printed heading of every column that the book declares."""
    for group in book.groups:
        yield from group.columns.items()


def sort_entries(book: Book, entries: Iterable[Entry], order: str, as_of: date) -> list[Entry]:
    """Return the entries sorted by ``[-]key``; those without a value come last in either direction.

    Raises ``UsageError`` for an unknown key.
    """
    name = order.removeprefix("-")
    key = _SORTS.get(name)
    if key is None:
        message = _("Cannot sort by “{key}”.").format(key=order)
        raise UsageError(message, _("Sort by one of: {keys}.").format(keys=_(", ").join(SORT_KEYS)))
    context = Context(book, as_of)
    with_value: list[tuple[SortValue, Entry]] = []
    without: list[Entry] = []
    for entry in entries:
        value = key(entry, context)
        if value is None:
            without.append(entry)
        else:
            with_value.append((value, entry))
    with_value.sort(key=lambda pair: pair[0], reverse=order.startswith("-"))
    return [entry for _value, entry in with_value] + without


SortValue = tuple[int | str | bytes, ...]


def _natural(entry: Entry, _context: Context) -> SortValue:
    """Order point-2 before point-10."""
    prefix, _hyphen, number = entry.id.rpartition("-")
    value = number_of(number)
    return (entry.year, entry.id, 0) if value is None else (entry.year, prefix, value)


def _spelled(names: Sequence[str]) -> SortValue | None:
    """Order Chinese as dictionaries do: GB 18030 lists the common characters by their pinyin."""
    return (names[0].encode("gb18030"),) if names else None


def _last_day(entry: Entry, context: Context) -> SortValue | None:
    deadline = deadline_of(entry, context)
    end = deadline.end if deadline else None
    return None if end is None else (end.toordinal(),)


def _days_left(standing: Standing) -> SortValue | None:
    return None if standing.days_left is None else (standing.days_left,)


_SORTS: dict[str, Callable[[Entry, Context], SortValue | None]] = {
    "id": _natural,
    "due": _last_day,
    "title": lambda entry, _context: _spelled([entry.data.title]),
    "leader": lambda entry, _context: _spelled(entry.data.leaders),
    "department": lambda entry, _context: _spelled(entry.data.lead_departments),
    "status": lambda entry, context: (list(Status).index(context.standing(entry).status),),
    "days_left": lambda entry, context: _days_left(context.standing(entry)),
}


def due_in_own_year(entry: Entry) -> bool:
    """Say whether an entry, or a phase of it, is due within the year of its ledger."""
    return due_in(entry, entry.year)


def due_in(entry: Entry, year: int) -> bool:
    """Say whether an entry, or a phase of it, is due within a year."""
    return any(deadline.falls_in(_whole(year)) for deadline in entry_deadlines(entry))


@cache
def _whole(year: int) -> Period:
    return Period(date(year, 1, 1), date(year, 12, 31))
