"""Bodies asked from their files and from a data set, and all that they can be asked: the options of ``list``."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import pytest

from conftest import DATA, LEDGERS, ROOT, Ran, Run
from reformledger import load_book
from reformledger.book import Book
from reformledger.cli import session
from reformledger.columns import CODES, Headings, column_keys, columns_named, headings_of
from reformledger.dataset.bodies import bodies_of
from reformledger.dataset.gathering import gather
from reformledger.errors import DataError, display_name
from reformledger.fields.entry import ENTRY
from reformledger.fields.words import ASKED_STATUS, DEPARTMENT_ROLE, KIND, LIGHT, Words
from reformledger.query import values_named
from reformledger.records import Context
from reformledger.roles import Subject, names_in
from reformledger.sorting import SORT_KEYS
from reformledger.sources import find_sources, load_sources

sys.path.insert(0, str(ROOT / "benchmarks"))

from make_province import write

PLACES = ("ref", "file", "line")
"""The keys whose values are others in a data set."""
UNKNOWN = "查无此名"
SHIPPED = "攀枝花"
"""What the body is called whose data come with the program."""
BRIEFLY = ("--columns", "ref,title", "-f", "csv")
"""An answer that says which entries there are, and in what order: whole records take longer to print."""
PERIODS = (
    *("2020", "2021年", "2020-12", "四季度", "12月", "本月", "下月", "上半年", "年底", "6月30日", "2020年6月30日"),
    *("2020-10-01", "20200630", "去年", "13月", "长期", UNKNOWN),
)
"""Years, quarters, months, days, what is read from the day of the data set, and what is no period."""


@dataclass(frozen=True)
class Body:
    """A body: its folder, and its name in a data set of a day."""

    name: str
    folder: Path
    data: Path
    as_of: date

    @cached_property
    def book(self) -> Book:
        return load_book(self.folder).as_of(self.as_of)

    @cached_property
    def context(self) -> Context:
        return Context(self.book, self.as_of)

    @cached_property
    def headings(self) -> Headings:
        return headings_of(self.book)

    @cached_property
    def columns(self) -> list[str]:
        """The keys of the columns that a data set can be asked for, and compared with files."""
        return [key for key in column_keys(self.headings) if key not in {"contact", *PLACES}]

    @cached_property
    def words(self) -> list[str]:
        """The headings by which its columns can be named, in either language, but those of contacts."""
        of_fields = {key: list(field.headings) for key, field in ENTRY.items() if field.seen != "file"}
        parts = chain(self.headings.phases_printed.values(), [self.headings.roles])
        headings = [*of_fields.items(), *self.headings.printed.items()]
        left_out = {heading for key, known in headings if key in {"contact", *PLACES} for heading in known}
        words = dict.fromkeys(chain.from_iterable([*(known for _key, known in headings), *parts]))
        return [word for word in words if word not in left_out]

    def said(self, key: str) -> list[str]:
        """Return what its entries say in a column, as a condition may name it: each once."""
        value = self.context.value_of(key)
        return list(dict.fromkeys(text for entry in self.book.entries for text in values_named(key, value(entry))))


# Questions, by the name of the parameter of ``list`` that they try


Questions = Iterator[list[str]]


def _each(option: str, values: Iterable[str]) -> Questions:
    return ([option, value] for value in values)


def _periods(option: str) -> Callable[[Body], Questions]:
    def asked(body: Body) -> Questions:
        wordings = (entry.deadline.wording for entry in body.book.entries if entry.deadline)
        return _each(option, [*PERIODS, *sorted({wording for wording in wordings if wording})[:12]])

    return asked


def _names(subject: Subject, *, alone: bool = True) -> Callable[[Body], Iterator[str]]:
    """Return what yields the names of leaders or departments: as preferred, as the directory has them too, unknown."""

    def known(body: Body) -> Iterator[str]:
        yield from names_in(body.book).of(subject).values()
        if alone:
            yield UNKNOWN
            for name in body.book.directory.names:
                yield from (name.name, *name.also)

    return known


def _spellings(words: Words) -> list[str]:
    return [spelling for word in words.values() for spelling in word.spellings]


def _in_roles(body: Body) -> Questions:
    departments = _names("department", alone=False)
    for role in _spellings(DEPARTMENT_ROLE):
        yield ["--role", role]
        yield from (["--role", role, "--department", name] for name in list(departments(body))[:4])
    yield ["--role", UNKNOWN]


def _years(body: Body) -> Questions:
    years = map(str, body.book.years)
    yield from _each("--year", [*years, "1999", UNKNOWN])
    yield [word for year in body.book.years for word in ("--year", str(year))]


def _searched(body: Body) -> Questions:
    texts = [text for key in ("title", "text", "columns", "leaders", "progress") for text in body.said(key) if text]
    yield from _each("--search", [*(text[len(text) // 3 :][:4] for text in texts[::7]), UNKNOWN, "（", " "])
    yield ["--search", texts[0][:3], "--search", texts[-1][-3:]]


def _conditions(body: Body) -> Questions:
    """Yield conditions on every column by its key, and on some by their headings.

    What all columns say to every condition and every order, the unit test of stored columns compares.
    """
    for key in body.columns:
        said = body.said(key)
        yield ["--where", f"{key}={said[len(said) // 2]}", "--where", f"{key}={said[-1]}", *BRIEFLY]
    for word in body.words[::4]:
        said = [text for key in columns_named(body.headings, word) for text in body.said(key) if text]
        yield ["--where", f"{word}={said[len(said) // 2] if said else ''}", *BRIEFLY]
    yield from _each(
        "--where", ["remark=", "star=☆", "☆=", "status=open", "状态=逾期销账", "kind=方案", "file=", "ref="]
    )
    yield from _each(
        "--where", ["title", f"{UNKNOWN}=", "year=1999", *(f"{key}={UNKNOWN}" for key in [*CODES, "title"])]
    )
    yield ["--where", "kind=task", "--where", "kind=方案", "--where", "star="]


def _orders(body: Body) -> Questions:
    words = [*body.columns, *body.words[::6], "ref", "file", "line"]
    for order in [
        *SORT_KEYS,
        *(f"-{key}" for key in SORT_KEYS),
        *("-" * (at % 2) + word for at, word in enumerate(words)),
    ]:
        yield ["--sort", order, *BRIEFLY]
    yield from (["--sort", "department", "--sort", "-due"], ["--sort", "-leader,status"], ["--sort", UNKNOWN])


def _shown(body: Body) -> Questions:
    words = [*body.columns, *body.words]
    step = 12
    for start in range(0, len(words), step):
        shown = [part for word in words[start : start + step] for part in ("--columns", word)]
        yield [*shown, "-f", ("csv", "md")[start // step % 2]]
    yield from (["--columns", f"title,{UNKNOWN}"], ["--columns", "file,line,ref", "-f", "csv"])


OPTIONS: Mapping[str, Callable[[Body], Questions]] = {
    "due": _periods("--due"),
    "due_by": _periods("--due-by"),
    "leader": lambda body: _each("--leader", _names("leader")(body)),
    "department": lambda body: _each("--department", _names("department")(body)),
    "role": _in_roles,
    "star": lambda _body: iter([["--star"], ["--no-star"]]),
    "status": lambda _body: _each("--status", [*_spellings(ASKED_STATUS), UNKNOWN]),
    "light": lambda _body: _each("--light", [*_spellings(LIGHT), "red,黄", UNKNOWN]),
    "kind": lambda _body: _each("--kind", [*_spellings(KIND), UNKNOWN]),
    "year": _years,
    "carried": lambda _body: iter([["--carried"], ["--carried", "--status", "carried_over"]]),
    "search": _searched,
    "where": _conditions,
    "sort": _orders,
    "columns": _shown,
    "limit": lambda _body: _each("--limit", ["0", "1", "5", "1000", "-1", UNKNOWN]),
}
"""What tries an option of ``list``, by the name of its parameter."""


# The same asked of both


def of_files(run: Run, body: Body, *words: str, command: str = "list") -> Ran:
    """Ask the files of a body, and return what the data set has to answer."""
    ran = run(command, *_as_json(words), "--as-of", str(body.as_of), "--data", str(body.folder))
    return Ran(ran.code, _as_stored(ran.out, body), _sentence(ran.err, ["--data", str(body.folder)]))


def of_set(run: Run, body: Body, *words: str, command: str = "list") -> Ran:
    """Ask a body of a data set."""
    where = ["--data", str(body.data), "--body", body.name]
    ran = run(command, *_as_json(words), "--as-of", str(body.as_of), *where)
    found = _parsed(ran.out)
    out = ran.out.replace(f"{body.name}:", "") if found is None else _json(found)
    return Ran(ran.code, out, _sentence(ran.err, where))


def expected(entries: Iterable[Mapping[str, Any]], body: Body) -> list[dict[str, Any]]:
    """Return the records of a data set for those from the files of a body."""
    return [
        {
            **entry,
            "ref": f"{body.name}:{entry['ref']}",
            "file": Path(entry["file"]).relative_to(shown(body.folder)).as_posix(),
            "contact": None,
        }
        for entry in entries
    ]


def shown(folder: Path) -> str:
    """Return a folder as the program names what is in it."""
    return display_name(folder)


def _as_json(words: Sequence[str]) -> list[str]:
    return [*words] if "-f" in words else [*words, "-f", "json"]


def _as_stored(out: str, body: Body) -> str:
    """Return an answer of files as a data set has to give it; what is no JSON, without names of folders."""
    found = _parsed(out)
    if found is None:
        return out.replace(f"{shown(body.folder)}/", "")
    return _json(expected(found, body) if isinstance(found, list) else found)


def _json(answer: object) -> str:
    """Return an answer as text; the keys of an object have no order."""
    return json.dumps(answer, ensure_ascii=False, sort_keys=True)


def _parsed(out: str) -> Any:
    try:
        return json.loads(out)
    except ValueError:
        return None


def _sentence(said: str, where: Sequence[str]) -> str:
    """Return a sentence without what was asked, and with one command that shows all names."""
    said = said.replace(f" {shlex.join(where)}", "")
    return re.sub(r"“reformledger by-\w+” shows all names\.", "“reformledger stats” counts for all names.", said)


# Bodies and data sets of them


class World(NamedTuple):
    """Some bodies that can be read, in the order of a data set of them and others."""

    bodies: dict[str, Body]
    data: Path

    @property
    def first(self) -> Body:
        return next(iter(self.bodies.values()))


def world_of(folder: Path, as_of: date) -> World:
    """Make a data set of all bodies in a folder, beside it."""
    data = folder.with_name(f"{folder.name}.set")
    gather(data, bodies_of(sorted(folder.iterdir())), as_of, ["bodies"], jobs=1)
    found = [Body(path.name, path, data, as_of) for path in sorted(folder.iterdir())]
    return World({body.name: body for body in found if _can_be_read(body)}, data)


def _can_be_read(body: Body) -> bool:
    try:
        return bool(body.book.entries)
    except DataError:
        return False


def worlds_in(root: Path) -> dict[str, World]:
    """Write the shipped data, the bodies of the tests, and a province of three years, some of it broken.

    None of them has contacts.
    """
    shutil.copytree(DATA, root / "shipped" / SHIPPED)
    shutil.copytree(LEDGERS / "bodies", root / "bodies")
    write(root / "province", bodies=8, entries=30, years=(2018, 2019, 2020), broken=3)
    for path in root.rglob("contacts_*"):
        path.unlink()
    days = {"shipped": date(2021, 1, 4), "bodies": date(2022, 9, 15), "province": date(2020, 10, 1)}
    return {name: world_of(root / name, day) for name, day in days.items()}


def rules_in(folder: Path) -> World:
    """Write the ledgers that break each rule, and those that do not: a body each."""
    for ledger in LEDGERS.glob("RL*/*"):
        body = folder / f"{ledger.parent.name} {ledger.stem}"
        if ledger.is_dir():
            shutil.copytree(ledger, body, ignore=shutil.ignore_patterns("contacts*"))
        else:
            body.mkdir(parents=True)
            shutil.copy(ledger, body)
    return world_of(folder, date(2020, 10, 1))


@contextmanager
def read_and_opened_once(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let files be read, and DuckDB be opened, once: both take longer than a question."""
    loaded = cache(lambda paths: load_sources(find_sources(paths)))
    monkeypatch.setattr(session, "load_sources", lambda sources: loaded(tuple(sources.paths)))
    with duckdb.connect(":memory:") as opened:
        monkeypatch.setattr(duckdb, "connect", lambda *_arguments, **_settings: opened.cursor())
        yield
