"""Questions asked of a data set, as they are asked of a book, with the same answers.

What is stored as it is asked for is filtered and counted by SQL. What is compared as a person types it, text anywhere
or in a column, is compared by the same functions as in a book, and so are rows sorted.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cached_property, partial
from pathlib import Path
from typing import Literal, NoReturn

from reformledger.columns import Headings, joined
from reformledger.counting import Tally
from reformledger.dataset import sql
from reformledger.dataset.manifest import Place, bucket_of, names_kept, place_of
from reformledger.dataset.reading import Version
from reformledger.dataset.stored import BODY, StoredRows
from reformledger.entry import KINDS, DepartmentRole
from reformledger.errors import UsageError
from reformledger.i18n import _
from reformledger.model.documents import Directory
from reformledger.model.life import Status
from reformledger.query import (
    Condition,
    Question,
    conditions_asked,
    holds_any,
    periods_asked,
    refuse_other_years,
    refuse_role_alone,
)
from reformledger.roles import SUBJECTS, Names, Subject, bound_by, key_named, known_name
from reformledger.rows import Json
from reformledger.text.folding import search_key
from reformledger.text.nearest import nearest, nearest_advice


class DataSet:
    """The bodies of a version that are asked, all or those of some names; raises ``UsageError`` for an unknown name."""

    def __init__(self, version: Version, bodies: Sequence[str] = ()) -> None:
        self._version = version
        named = version.manifest.bodies
        chosen = _bodies_named(bodies, named) if bodies else sorted(named)
        self._first = chosen[0]
        self._bodies = {name: named[name] for name in chosen if not named[name].faults}
        self.unread = [name for name in chosen if named[name].faults]
        """The bodies of which there are no rows, for they could not be read."""
        self.as_of = version.manifest.as_of
        """The day for which all was stored."""
        self.made_of = version.manifest.asked
        """The words of the command that named the bodies."""
        self.is_of_several = len(named if not bodies else chosen) > 1
        """Whether more than one body is asked."""

    @cached_property
    def headings(self) -> Headings:
        """What the documents of the bodies print over columns."""
        return self._with_body(joined(Headings(*body.headings) for body in self._bodies.values()))

    def _with_body(self, headings: Headings) -> Headings:
        """Return headings with that of the column that names the body, where several are asked."""
        if not self.is_of_several:
            return headings
        return headings._replace(printed={BODY: ["Body", "单位", _("Body")], **headings.printed})

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The years of which there are entries, earliest first."""
        return tuple(sorted({year for body in self._bodies.values() for year in body.entry_years}))

    @cached_property
    def known_years(self) -> list[int]:
        """The years of which there are documents, earliest first."""
        return sorted({year for body in self._bodies.values() for year in body.years})

    def _places(self) -> list[Place]:
        """Return where the entries of the bodies are."""
        buckets = {bucket_of(name) for name in self._bodies}
        places = (place_of(file) for file in self._version.manifest.files)
        return [place for place in places if place and place.table == "entries" and place.bucket in buckets]

    def folder_for(self, question: Question) -> str:
        """Return the folder in which the files of a body were that has entries for a question, else of the first."""
        understood = [body for bodies in self.conditions(question.where).values() for body in bodies]
        named = (body for (body,) in self.found(question).rows(["body"]) if not question.where or body in understood)
        return self._version.manifest.bodies[next(named, self._first)].folder

    def found(self, question: Question, *further: sql.Clause) -> sql.Found:
        """Return the entries that meet what SQL compares of a question, and further conditions.

        Raises ``UsageError`` as ``query.ask`` does.
        """
        refuse_other_years(question.years, self.known_years)
        clauses = [*self._clauses(question), *further]
        return sql.Found(self._files(question.years), clauses, self._version)

    def _files(self, years: Collection[int] = ()) -> list[Path]:
        """Return the files with the entries of the bodies, of some years or all; raises ``DataError``."""
        return self._version.checked(place.file for place in self._places() if not years or place.year in years)

    def _of_bodies(self) -> sql.Clause:
        return sql.is_in("body", self._bodies)

    def _clauses(self, question: Question) -> Iterator[sql.Clause]:
        yield self._of_bodies()
        if question.years:
            yield sql.is_in("year", question.years)
        else:
            yield sql.is_counted(with_carried=question.with_carried)
        if question.kinds:
            yield sql.is_in("kind", question.kinds)
        if question.star is not None:
            yield sql.has_star(question.star)
        if question.due:
            periods = periods_asked(question.due, self.years, self.as_of)
            yield sql.any_of(sql.is_due_in(year, named) for year, named in periods.items())
        if question.due_by:
            periods = periods_asked(question.due_by, self.years, self.as_of)
            yield sql.any_of(sql.is_due_by(year, named) for year, named in periods.items())
        if question.leaders:
            yield sql.any_of(sql.is_led_by(*bound) for bound in self._bound("leader", question.leaders))
        if question.departments:
            bound = self._bound("department", question.departments)
            yield sql.any_of(sql.is_of(*each, question.role) for each in bound)
        elif question.role:
            refuse_role_alone(question, self._departments(question.role))
        if question.statuses:
            yield sql.has_status(question.statuses)
        if question.lights:
            yield sql.is_in("light", map(str, question.lights))

    def _bound(self, subject: Subject, typed: Sequence[str]) -> list[tuple[list[str], frozenset[str]]]:
        """Return the keys that bind some leaders or departments, with the bodies in which they are these.

        Raises ``UsageError`` for a name that no body knows.
        """
        found: dict[frozenset[str], list[str]] = {}
        known: set[str] = set()
        for body in self._bodies:
            names = self._names(body)
            here = [name for name in typed if key_named(names, subject, name) is not None]
            known.update(here)
            if here:
                found.setdefault(bound_by(names, subject, here), []).append(body)
        for name in typed:
            if name not in known:
                self._refuse(subject, name)
        return [(bodies, keys) for keys, bodies in found.items()]

    def _refuse(self, subject: Subject, name: str) -> NoReturn:
        """Raise ``UsageError`` for a name of no entry: as the body does whose directory knows it, else as all do."""
        each = map(self._names, self._bodies)
        names = next((names for names in each if names.directory.knows(name)), None) or self._names_of_all()
        known_name(names, subject, name, shows=_("“reformledger stats” counts for all names."))
        raise AssertionError(name)  # a name that all know together, one of them knows

    def _departments(self, role: DepartmentRole) -> Iterator[str]:
        """Yield the departments that have a role, entry by entry."""
        column = {"lead": "lead_departments", "support": "supporting_departments"}[role]
        for (names,) in sql.Found(self._files(), [self._of_bodies()], self._version).rows([column]):
            yield from names

    def _names(self, body: str) -> Names:
        return names_kept(self._bodies[body].names)

    def _names_of_all(self) -> Names:
        """Return the names of all bodies as of one; a name that several have is as the first of them prefers it."""
        each = [self._names(body) for body in reversed(self._bodies)]
        directory = Directory(entry for names in reversed(each) for entry in names.directory.names)
        leaders = {key: name for names in each for key, name in names.leaders.items()}
        return Names(directory, leaders, {key: name for names in each for key, name in names.departments.items()})

    def ask(self, question: Question, keys: Iterable[str] = ()) -> StoredRows:
        """Return the entries that answer a question, in the order that it asks for; some columns are read at once.

        Raises ``UsageError`` as ``query.ask`` does, ``DataError`` where a file is not the one that was written.
        """
        rows = self._rows(self.found(question))
        rows.read(keys)
        if question.where:
            rows.keep(self._where_test(question.where, rows))
        if question.search:
            words, texts = [search_key(word) for word in question.search], rows.texts()
            rows.keep(lambda row: holds_any(words, texts(row)))
        # A sort leaves in their order those that are alike to it: the last of several is done first.
        for order in [question.sort] if isinstance(question.sort, str) else reversed(question.sort):
            rows.sort(order)
        return rows

    def conditions(self, where: Sequence[str]) -> dict[tuple[Condition, ...], list[str]]:
        """Return what is asked of columns as bodies understand it, each by what its own documents print, and which do.

        A body that has no such column is left out, as one is that has no such leader. Raises ``UsageError`` where none
        has it.
        """
        found: dict[tuple[Condition, ...], list[str]] = {}
        for headings, bodies in self._alike if where else ():
            with suppress(UsageError):
                asked = conditions_asked(where, self._with_body(headings), self.known_years)
                found.setdefault(tuple(asked), []).extend(bodies)
        if not found:
            conditions_asked(where, self.headings, self.known_years)
        return found

    @cached_property
    def _alike(self) -> list[tuple[Headings, list[str]]]:
        """The bodies by what their documents print over columns: of many, most print the same."""
        found: dict[str, tuple[Headings, list[str]]] = {}
        for name, body in self._bodies.items():
            found.setdefault(repr(body.headings), (Headings(*body.headings), []))[1].append(name)
        return list(found.values())

    def _where_test(self, where: Sequence[str], rows: StoredRows) -> Callable[[int], bool]:
        found = self.conditions(where)
        rows.read({key for conditions in found for condition in conditions for key in condition.columns})
        tests: dict[Json, list[_Test]] = {
            body: [([rows.folded(key) for key in columns], wanted) for columns, wanted in conditions]
            for conditions, bodies in found.items()
            for body in bodies
        }
        if not self.is_of_several:
            return partial(_says, next(iter(tests.values()), ()))
        body = rows.value_of(BODY)
        return lambda row: body(row) in tests and _says(tests[body(row)], row)

    def with_targets(self, question: Question) -> StoredRows:
        """Return those of the entries that SQL finds for a question which have targets."""
        return self._rows(self.found(question, sql.has_any("targets")))

    def _rows(self, found: sql.Found) -> StoredRows:
        named_by: Literal["id", "ref"] = "ref" if self.is_of_several or len(self.years) > 1 else "id"
        return StoredRows(found, self.headings, named_by, is_of_several=self.is_of_several)

    def breakdown(self, question: Question) -> tuple[dict[str, list[Tally]], Tally]:
        """Return tallies as ``counting.breakdown`` does, of several bodies by ``body``, too, and the tally of all.

        Who has one name in several bodies is counted as one.
        """
        found = self.found(question)
        counted = found.by(["status", "kind", BODY] if self.is_of_several else ["status", "kind"])
        total = counted.pop("")[""]
        groups = {by: list(tallies.values()) for by, tallies in counted.items()}
        groups["status"] = [counted["status"][status] for status in Status if status in counted["status"]]
        groups["kind"] = [counted["kind"][kind] for kind in KINDS if kind in counted["kind"]]
        names = self._names_of_all()
        for subject in SUBJECTS:
            known = names.of(subject)
            groups[subject] = [row._replace(name=known[key]) for key, row in found.by_keys(subject).items()]
        return groups, total


_Test = tuple[Sequence[Callable[[int], set[str]]], Collection[str]]
"""What finds the texts of some columns, of which one has to say one of those that are wanted."""


def _says(tests: Iterable[_Test], row: int) -> bool:
    """Say whether an entry meets every test."""
    return all(any(not said(row).isdisjoint(wanted) for said in each) for each, wanted in tests)


def _bodies_named(typed: Iterable[str], named: Iterable[str]) -> list[str]:
    """Return the bodies that a person names, in any width and case; raises ``UsageError``, naming the nearest."""
    by_key = {search_key(name): name for name in named}
    found = []
    for word in typed:
        key = search_key(word)
        if key not in by_key:
            near = nearest(key, by_key) if len(by_key) > 1 else by_key
            advice = nearest_advice([by_key[each] for each in near]) or _("“reformledger stats” counts for all names.")
            raise UsageError(_("There is no body “{name}” here.").format(name=word), advice)
        found.append(by_key[key])
    return sorted(set(found))
