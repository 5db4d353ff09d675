"""Questions asked of a book: which entries, in what order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date
from functools import cache, partial
from itertools import islice
from typing import NamedTuple

from reformledger.book import Book
from reformledger.columns import CODES, Headings, columns_named, headings_of
from reformledger.entry import DepartmentRole, Entry, EntryKind
from reformledger.errors import UsageError
from reformledger.fields.words import by_word
from reformledger.i18n import _
from reformledger.model.deadline import Deadline, DeadlineError, Period, parse_period
from reformledger.model.documents import Ledger, Workpoints
from reformledger.model.life import Light, Status, overall_deadline
from reformledger.printed import printed
from reformledger.records import Context, texts
from reformledger.rows import Json
from reformledger.standing import standings
from reformledger.text.folding import choice_key, search_key
from reformledger.text.nearest import nearest, nearest_advice


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
    statuses: Sequence[str] = ()
    """Of ``fields.words.ASKED_STATUS``."""
    kinds: Sequence[EntryKind] = ()
    years: Sequence[int] = ()
    search: Sequence[str] = ()
    where: Sequence[str] = ()
    sort: str | Sequence[str] = ()
    lights: Sequence[Light] = ()
    carried: bool = False

    @property
    def with_carried(self) -> bool:
        """Whether what goes on in a later year is asked for, too, where no year is."""
        return self.carried or Status.CARRIED_OVER in self.statuses


Test = Callable[[Entry], bool]


def ask(book: Book, question: Question, as_of: date) -> list[Entry]:
    """Return the entries that answer the question, in the order of the notice unless it says otherwise.

    Raises ``UsageError`` for a name, period, column or sort key that is not understood.
    """
    refuse_other_years(question.years, known_years(book))
    state = standings(book, as_of)
    # A matter of several years is there once; of a year that is asked for, all that its documents hold.
    found = list(state.book.entries) if question.years else state.counted(with_carried=question.with_carried)
    for test in list(_tests(book, question, as_of)):
        found = [entry for entry in found if test(entry)]
    if not question.sort:
        return found
    from reformledger.sorting import sort_rows

    context = Context(book, as_of)
    # A sort leaves in their order those that are alike to it: the last of several is done first.
    for order in [question.sort] if isinstance(question.sort, str) else reversed(question.sort):
        found = sort_rows(found, order, context.value_of, headings_of(book))
    return found


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
        from reformledger.roles import bound_by, names_in

        leaders = bound_by(names_in(book), "leader", question.leaders)
        yield lambda entry: any(book.directory.key(name) in leaders for _role, name in entry.leader_roles())
    yield from _department_tests(book, question)
    if question.statuses:
        statuses = frozenset(question.statuses)
        yield lambda entry: not statuses.isdisjoint(asked_statuses(entry, context))
    if question.lights:
        lights = frozenset(question.lights)
        yield lambda entry: context.standing(entry).light in lights
    if question.where:
        yield _where_test(context, question.where)
    if question.search:
        words = [search_key(word) for word in question.search]
        yield lambda entry: holds_any(words, texts(entry, context))


def holds_any(words: Sequence[str], searched: Iterable[str]) -> bool:
    """Say whether any of the words, which are keys, is in one of the texts."""
    # To fold each text by itself takes three times as long; no text holds the character that keeps them apart.
    key = search_key("\0".join(searched))
    return any(word in key for word in words)


def asked_statuses(entry: Entry, context: Context) -> Iterator[str]:
    """Yield each of ``fields.words.ASKED_STATUS`` that an entry has: its status, and what a ☆ would be said to be."""
    status = context.standing(entry).status
    yield status
    if status not in {Status.CLOSED, Status.CARRIED_OVER}:
        yield "open"
    if entry.closed_late:
        yield "met_late"


def _department_tests(book: Book, question: Question) -> Iterator[Test]:
    if not question.departments:
        roles = (each for entry in book.entries for each in entry.department_roles())
        refuse_role_alone(question, (name for role, name in roles if role == question.role))
        return
    from reformledger.roles import bound_by, names_in

    departments = bound_by(names_in(book), "department", question.departments)
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


def _due_test(
    book: Book,
    wordings: Sequence[str],
    as_of: date,
    fits: Callable[[Deadline, Period], bool],
    deadlines: Callable[[Entry], list[Deadline]],
) -> Test:
    periods = periods_asked(wordings, book.years, as_of)
    return lambda entry: any(fits(deadline, period) for deadline in deadlines(entry) for period in periods[entry.year])


def _where_test(context: Context, conditions: Sequence[str]) -> Test:
    found = conditions_asked(conditions, headings_of(context.book), known_years(context.book))
    tests = [([_said(key, context) for key in condition.columns], condition.wanted) for condition in found]
    return lambda entry: all(
        any(not wanted.isdisjoint(said(entry)) for said in said_in_columns) for said_in_columns, wanted in tests
    )


def _said(key: str, context: Context) -> Callable[[Entry], set[str]]:
    """Return what finds the folded values of an entry in a column."""
    if key == "status":
        return lambda entry: folded_values(key, list(asked_statuses(entry, context)))
    value = context.value_of(key)
    return lambda entry: folded_values(key, value(entry))


# What is understood of a question without any entry: the same of files and of a data set


def known_years(book: Book) -> list[int]:
    """Return the years of which there are documents, earliest first."""
    documents = (loaded.document for loaded in book.documents)
    return sorted({document.year for document in documents if isinstance(document, Workpoints | Ledger)})


def refuse_other_years(years: Iterable[int], known: Collection[int]) -> None:
    """Raise ``UsageError``, naming the ``known`` years, for one of which there is no document."""
    for year in years:
        if year not in known:
            there = _("Years: {years}.").format(years=_(", ").join(map(str, known)))
            raise UsageError(_("There is no year {year} here.").format(year=year), there if known else "")


def refuse_role_alone(question: Question, names: Iterable[str]) -> None:
    """Raise ``UsageError`` for a role without a department; of ``names``, who have that role, it offers the first."""
    if question.role and not question.departments:
        adding = [word for name in islice(names, 1) for word in ("--department", name)]
        raise UsageError(_("A role alone says nothing."), _("Add --department NAME."), adding=adding)


def periods_asked(wordings: Iterable[str], years: Collection[int], as_of: date) -> dict[int, list[Period]]:
    """Return the periods that wordings mean to the entries of each of the ``years`` that there are.

    Raises ``UsageError`` as ``period_of`` does, without any entry too.
    """
    wordings = list(wordings)
    return {year: [period_of(wording, year, as_of) for wording in wordings] for year in years or (as_of.year,)}


def period_of(wording: str, year: int, today: date) -> Period:
    """Return the period that a person asks for; a wording without a year is read in ``year``, 本月 from ``today``.

    Raises ``UsageError`` for what is no bounded period.
    """
    from reformledger.model.distances import near_period
    from reformledger.model.readers import UnreadError, read_day

    if near := near_period(wording, today):
        return near
    try:
        return parse_period(wording, year)
    except DeadlineError as error:
        try:
            day = read_day(wording, today, year)  # 20200630, which is no wording of a deadline
        except UnreadError:
            raise UsageError(str(error)) from None
        return Period(day, day)


class Condition(NamedTuple):
    """What is asked of some columns: that the ``folded_values`` of one of them have one of those ``wanted``."""

    columns: tuple[str, ...]
    wanted: frozenset[str]


def conditions_asked(typed: Iterable[str], headings: Headings, years: Collection[int]) -> list[Condition]:
    """Return the conditions ``KEY=TEXT`` that all must hold; ``years`` are the ``known_years``.

    Of several conditions on one column any must hold. A heading that names several columns is met by any of them.
    Raises ``UsageError`` for what is no condition, no column, or no value that the column can have.
    """
    wanted: dict[tuple[str, ...], set[str]] = {}
    for condition in typed:
        word, sign, value = condition.replace("＝", "=").partition("=")
        if not sign:
            message = _("“{condition}” is no condition.").format(condition=condition)
            raise UsageError(message, _("Write --where KEY=TEXT."))
        columns = columns_named(headings, word)
        if columns == ["year"] and value.strip().isdecimal():
            refuse_other_years([int(value)], years)
        values = wanted.setdefault(tuple(columns), set())
        values.add(search_key(value) if set(columns) - CODES.keys() else _code(columns, word, value))
    return [Condition(columns, frozenset(values)) for columns, values in wanted.items()]


def _code(columns: Sequence[str], heading: str, value: str) -> str:
    """Return the code that a word means in columns of codes, "" for a blank one; raises ``UsageError``."""
    key = choice_key(value)
    codes = by_word(*(CODES[column] for column in columns))
    if key and key not in codes:
        message = _("“{value}” is no value of {column}.").format(value=value, column=heading.strip())
        known = (word.text for column in columns for word in CODES[column].values())
        values = _("Values: {words}.").format(words=_(", ").join(dict.fromkeys(known)))
        raise UsageError(message, nearest_advice(nearest(key, codes)) or values)
    return codes[key] if key else ""


def folded_values(key: str, value: Json) -> set[str]:
    """Return what a condition is compared with: the codes of a column of codes, else what it may name.

    ``value`` is what ``value_of`` finds; of the column ``status`` it is the list of all ``asked_statuses``.
    """
    if key == "status" and isinstance(value, list):
        return set(value)
    if key in CODES:
        return {"" if value is None else str(value).lower(), printed(key, value)}
    return set(map(search_key, values_named(key, value)))


def values_named(key: str, value: object) -> list[str]:
    """Return what a condition may name: any part of a column, or its text as it is shown.

    Parts are the items of a list, or their names, the name of a contact, the wording and the days of a deadline. A
    contact's phone is hidden here, so that no question tells whether a guessed number is right.
    """
    items = value if isinstance(value, list) else value.values() if isinstance(value, dict) else ()
    parts = (item.get("name") if isinstance(item, dict) else item for item in items)
    return [*(part for part in parts if isinstance(part, str)), printed(key, value)]


def due_in_own_year(entry: Entry) -> bool:
    """Say whether an entry, or a phase of it, is due within the year of its ledger."""
    return due_in(entry, entry.year)


def due_in(entry: Entry, year: int) -> bool:
    """Say whether an entry, or a phase of it, is due within a year."""
    return any(deadline.falls_in(_whole(year)) for deadline in entry_deadlines(entry))


@cache
def _whole(year: int) -> Period:
    return Period(date(year, 1, 1), date(year, 12, 31))
