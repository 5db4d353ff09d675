"""Compare a draft with the one that is wanted of its form, field by field.

The wanted draft is beside the form (``NAME.wanted.yaml``), typed from what a careful reader finds in it: ``files`` are
the forms that it is of, ``options`` those of the command, ``workpoints`` and ``ledger`` the documents, ``questions``
the fields (title of the entry, field) that must be asked about, ``either`` a field and the heading of the column of
the table's own that may hold its value instead, ``may_hold`` fields of an entry that it need not hold. Of the tables
``headings`` says which field each is (``own`` for none: a column of their own); entries have no ids. A damaged form is
``like`` another, of which a ``damage`` ([what, what is there instead]) was done to it: ``lost`` are the values that it
does not print any more, ``numbers`` those that another number is printed before, ``without`` fields whose column is
missing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from reformledger.fields.entry import ENTRY

FORMS = Path(__file__).parents[1] / "tests" / "drafts"
_NOT_COMPARED = ("id", "implements", "targets", "contact")
"""Fields of an entry that are its own affair, only ever proposed, or in a document of their own."""
_PLACES = {
    *("kind", "year", "notice", "independent", "id_prefix"),
    *("sections", "points", "parts", "tables", "rows", "columns", "headings", "phase_columns"),
}
"""Keys of a document whose values are things of their own, or no matter of reading."""
_TABLE_ALONE = (".csv", ".xlsx")

Data = dict[str, Any]


class Fate(Enum):
    """What became of a field: whether its value is the wanted one, and whether it is asked about."""

    RIGHT = "right"
    RIGHT_ASKED = "right, asked"
    WRONG_ASKED = "wrong, asked"
    WRONG = "wrong"
    MISSING_ASKED = "missing, asked"
    MISSING = "missing"


SILENT = {Fate.WRONG, Fate.MISSING}


class Compared(NamedTuple):
    """A field of an entry, by its title, or of what else its document is made of."""

    where: str
    field: str
    wanted: Any
    got: Any
    fate: Fate

    def __str__(self) -> str:
        return f"{self.fate.value}: {self.where} / {self.field}: wanted {self.wanted!r}, got {self.got!r}"


class Thing(NamedTuple):
    """An entry, a section, a part, a table or a document: its id where it has one, and its values by field."""

    kind: str
    id: str
    values: Data


# --- what is wanted --------------------------------------------------------------------------------------------------


def wanted_of(file: Path) -> Data:
    """Return what is wanted of a form, from its ``wanted.yaml``; of a damaged one what is left of the whole one."""
    wanted = _read(file)
    if not (like := wanted.get("like")):
        return wanted
    whole = _read(file.with_name(f"{like}.wanted.yaml"))
    for kind in ("workpoints", "ledger"):
        if kind in whole:
            whole[kind] = _left(whole[kind], wanted)
    return {**whole, **wanted}


def form_of(file: Path) -> str:
    """Return the description of the form that a ``wanted.yaml`` is of."""
    wanted = _read(file)
    name = wanted.get("like") or file.name.removesuffix(".wanted.yaml")
    return file.with_name(f"{name}.form").read_text(encoding="utf-8")


def without_notice(wanted: Data) -> Data:
    """Return what is wanted where a file holds the table alone."""
    return {
        key: {name: held for name, held in value.items() if name != "notice"} if key == "ledger" else value
        for key, value in wanted.items()
    }


def is_table_alone(name: str) -> bool:
    """Say whether a file of such a name holds no notice, since it is one of a table."""
    return name.endswith(_TABLE_ALONE)


def _read(file: Path) -> Data:
    found = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return found if isinstance(found, dict) else {}


def _left(value: Any, damage: Data) -> Any:
    if isinstance(value, list):
        return [_left(item, damage) for item in value if item not in damage.get("lost", [])] or None
    if not isinstance(value, dict):
        return value
    left = {
        key: _left(held, damage)
        for key, held in value.items()
        if held not in damage.get("lost", []) and key not in damage.get("without", [])
        and (isinstance(held, (dict, list)) or held not in damage.get("without", []))
    }  # fmt: skip
    left = {key: held for key, held in left.items() if held is not None}
    if number := damage.get("numbers", {}).get(value.get("title")):
        left["number"] = number
    return left


# --- a draft as it was written -------------------------------------------------------------------------------------


class Drafted:
    """The files of a draft."""

    def __init__(self, folder: Path) -> None:
        self.documents: dict[str, Data] = {}
        for file in sorted(folder.glob("*.yaml")):
            document = _read(file)
            self.documents[document["kind"]] = document
        self.account: Data = json.loads((folder / "account.json").read_text(encoding="utf-8"))

    def things(self) -> list[Thing]:
        """Return its entries and all else that has fields."""
        return [thing for kind in ("workpoints", "ledger") for thing in things_of(kind, self.documents.get(kind))]

    def asked(self) -> set[tuple[str, str]]:
        """Return the fields that are asked about, and the entry of each."""
        return {(item["entry"], item["field"]) for item in self._items()}

    def asked_texts(self) -> str:
        """Return all that a question is asked about, as printed, without blanks."""
        return "\n".join(_compact(item["source"]) for item in self._items())

    def _items(self) -> Iterator[Data]:
        for question in self.account["questions"]:
            yield from question["items"]


def things_of(kind: str, document: Data | None) -> Iterator[Thing]:
    """Yield what a document is made of, from the outermost: documents, sections, parts, tables, entries."""
    if document is None:
        return
    yield Thing(kind, "", _own(document))
    if notice := document.get("notice"):
        yield Thing("notice", "notice", notice)
    for section in document.get("sections", []):
        yield from _section_things(section)
    for part in document.get("parts", []):
        yield Thing("part", "", _own(part))
        for table in part.get("tables", []):
            columns = table.get("columns", {})
            yield Thing("table", table.get("id_prefix", ""), {**_own(table), **_headings(table)})
            for row in table.get("rows", []):
                yield _entry(row, columns)


def _section_things(section: Data) -> Iterator[Thing]:
    yield Thing("section", "", _own(section))
    for inner in section.get("sections", []):
        yield from _section_things(inner)
    for point in section.get("points", []):
        yield _entry(point, section.get("columns", {}))


def _own(data: Data) -> Data:
    return {key: value for key, value in data.items() if key not in _PLACES}


def _headings(table: Data) -> Data:
    """Return which field each heading of a table is, as fields of the table."""
    drafted = {heading: key if key in ENTRY else "own" for key, heading in table.get("columns", {}).items()}
    return {f"headings.{heading}": key for heading, key in {**drafted, **table.get("headings", {})}.items()}


def _entry(row: Data, headings: Data) -> Thing:
    """Return an entry; the columns of its table's own by their headings."""
    values = {key: value for key, value in row.items() if key not in {*_NOT_COMPARED, "columns"}}
    for key, value in row.get("columns", {}).items():
        values[f"columns.{headings.get(key, key)}"] = value
    return Thing("entry", row.get("id", ""), values)


# --- comparing -------------------------------------------------------------------------------------------------------


def compare(wanted: Data, drafted: Drafted) -> list[Compared]:
    """Return what became of each field that is wanted, and of each that is there beside them."""
    asked, texts = drafted.asked(), drafted.asked_texts()
    found = drafted.things()
    compared: list[Compared] = []
    for thing in [thing for kind in ("workpoints", "ledger") for thing in _wanted_things(kind, wanted.get(kind))]:
        there = _taken(thing, found)
        there_values = dict(there.values) if there else {}
        for old, heading in wanted.get("either", {}).items():
            if old in thing.values and old not in there_values and f"columns.{heading}" in there_values:
                held = there_values.pop(f"columns.{heading}")
                there_values[old] = [held] if isinstance(thing.values[old], list) else held
        name = thing.values.get("title", thing.kind)
        for key in {**thing.values, **there_values}:
            want, got = thing.values.get(key), there_values.get(key)
            if want is None and key.split(".")[0] in {"headings", *wanted.get("may_hold", [])}:
                continue
            is_asked = _is_asked(asked, there, key, drafted) or (got is None and _is_in(want, texts))
            compared.append(Compared(name, key, want, got, _fate(want, got, is_asked=is_asked)))
    for thing in found:
        if thing.kind in {"entry", "part", "section"}:
            asked_of = any(entry == thing.id for entry, _field in asked) if thing.id else False
            fate = Fate.WRONG_ASKED if asked_of else Fate.WRONG
            compared.append(Compared(thing.values.get("title", thing.kind), "", None, thing.values, fate))
    return compared


def _wanted_things(kind: str, document: Data | None) -> Iterator[Thing]:
    """Yield what is wanted; the part of a ledger that is all of it has the title of the ledger."""
    for thing in things_of(kind, document):
        if thing.kind == "part" and "title" not in thing.values and document and len(document["parts"]) == 1:
            yield thing._replace(values={"title": document["title"], **thing.values})
        elif thing.kind not in {"section", "part"} or "title" in thing.values:
            yield thing


def _taken(thing: Thing, found: list[Thing]) -> Thing | None:
    """Return the drafted thing that is the wanted one, and take it away: by its title, else by its number or place."""
    same_kind = [other for other in found if other.kind == thing.kind]
    tests: list[Callable[[Thing], bool]] = [
        lambda other: _is_alike(thing, other, "title", "number", "text"),
        lambda other: _is_alike(thing, other, "title", "number"),
        lambda other: _is_alike(thing, other, "title"),
        lambda other: thing.kind != "entry" or _is_alike(thing, other, "number"),
    ]
    for is_it in tests:
        for other in same_kind:
            if is_it(other):
                found.remove(other)
                return other
    return None


def _is_alike(thing: Thing, other: Thing, *keys: str) -> bool:
    return all(_is_same(thing.values.get(key), other.values.get(key)) for key in keys)


def _fate(want: Any, got: Any, *, is_asked: bool) -> Fate:
    if _is_same(want, got):
        return Fate.RIGHT_ASKED if is_asked else Fate.RIGHT
    if got is None:
        return Fate.MISSING_ASKED if is_asked else Fate.MISSING
    return Fate.WRONG_ASKED if is_asked else Fate.WRONG


def _is_same(want: Any, got: Any) -> bool:
    if isinstance(want, Mapping) and "any" in want:
        return any(_is_same(one, got) for one in want["any"])
    if isinstance(got, Mapping) and "wording" in got:
        return _is_same(want, got["wording"])
    if isinstance(want, Mapping) and isinstance(got, Mapping):
        return set(want) == set(got) and all(_is_same(value, got[key]) for key, value in want.items())
    if isinstance(want, list) and isinstance(got, list):
        return len(want) == len(got) and all(map(_is_same, want, got))
    return bool(want == got)


def _is_asked(asked: set[tuple[str, str]], thing: Thing | None, key: str, drafted: Drafted) -> bool:
    """Say whether a field is asked about: where a thing has no id, by the field alone, of whatever is no entry."""
    if thing is not None and thing.kind == "entry":
        return not asked.isdisjoint({(thing.id, key), (thing.id, key.split(".", maxsplit=1)[0]), (thing.id, "")})
    entries = {other.id for other in drafted.things() if other.kind == "entry"}
    return any(field == key and entry not in entries for entry, field in asked)


def _is_in(want: Any, texts: str) -> bool:
    """Say whether a question shows all that a value is made of."""
    pieces = list(leaves(want))
    return bool(pieces) and all(_compact(piece) in texts for piece in pieces)


def leaves(value: Any) -> Iterator[str]:
    """Yield the texts that a value is made of; of several that are wanted the first."""
    if isinstance(value, Mapping):
        values = [value["any"][0]] if "any" in value else list(value.values())
    elif isinstance(value, list):
        values = value
    else:
        if value is not None:
            yield str(value)
        return
    for held in values:
        yield from leaves(held)


def unasked(wanted: Data, drafted: Drafted) -> list[str]:
    """Return the wanted questions that are not asked."""
    asked, found = drafted.asked(), drafted.things()
    missing = []
    for title, field in wanted.get("questions", []):
        of = {thing.id for thing in found if thing.kind == "entry" and thing.values.get("title") == title}
        is_there = any(key == field and (entry in of if title else True) for entry, key in asked)
        if not is_there:
            missing.append(f"{title} / {field}")
    return missing


def share_right(compared: list[Compared]) -> float:
    """Return the share of the wanted fields that are right and not asked about."""
    wanted = [one for one in compared if one.wanted is not None]
    return sum(one.fate is Fate.RIGHT for one in wanted) / max(len(wanted), 1)


def _compact(text: str) -> str:
    return "".join(text.split())
