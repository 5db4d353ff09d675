"""The tables hold what the JSON contract allows; each column of a stored entry says what the entry itself does."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import pytest

pytest.importorskip("pyarrow", reason="the extra dataset is not installed")
pytest.importorskip("duckdb", reason="the extra dataset is not installed")

import pyarrow as pa

from asked import Body, World, read_and_opened_once, rules_in, worlds_in
from conftest import ROOT
from reformledger.columns import columns_named, headings_of
from reformledger.dataset.asking import DataSet
from reformledger.dataset.reading import current_version
from reformledger.dataset.schema import ASKED, ENTRIES, PREFERRED
from reformledger.dataset.stored import StoredRows
from reformledger.fields.entry import BESIDE, ENTRY
from reformledger.query import Question, asked_statuses, folded_values
from reformledger.sorting import SORT_KEYS, sort_rows

CONTRACT = json.loads((ROOT / "schema" / "entry.json").read_text(encoding="utf-8"))
Spec = Mapping[str, Any]
Entries = Callable[[Body], StoredRows]


def test_a_row_has_each_key_of_the_record_and_what_it_is_asked_by() -> None:
    beside = [key for key, field in ENTRY.items() if field.seen == "column"]
    record = [key for key in CONTRACT["properties"] if key != "contact"]
    assert sorted(ENTRIES.names) == sorted(["body", *record, *beside, *BESIDE, *PREFERRED, *ASKED])
    assert [name for name in ENTRIES.names if name in record] == record


@pytest.mark.parametrize("key", [key for key in CONTRACT["properties"] if key != "contact"])
def test_a_column_holds_all_that_the_contract_allows(key: str) -> None:
    assert list(unheld(ENTRIES.field(key).type, CONTRACT["properties"][key], key)) == []


def unheld(type_: pa.DataType, spec: Spec, place: str) -> Iterator[str]:
    """Yield where a type cannot hold what a JSON Schema allows, or holds parts that it does not name."""
    spec = _resolved(spec)
    kinds = {"string"} if "enum" in spec else {*_kinds(spec)} - {"null"}
    if kinds == {"object"} and "properties" in spec:
        if not pa.types.is_struct(type_) or {part.name for part in type_.fields} != spec["properties"].keys():
            yield f"{place}: {type_}"
            return
        for part in type_.fields:
            yield from unheld(part.type, spec["properties"][part.name], f"{place}.{part.name}")
    elif kinds == {"object"}:
        if not pa.types.is_map(type_) or type_.key_type != pa.string():
            yield f"{place}: {type_}"
        else:
            yield from unheld(type_.item_type, spec["additionalProperties"], f"{place}.*")
    elif kinds == {"array"}:
        if not pa.types.is_list(type_):
            yield f"{place}: {type_}"
        else:
            yield from unheld(type_.value_type, spec["items"], f"{place}[]")
    elif type_ not in PLAIN[kinds.pop()] or (type_ == pa.date32() and spec.get("pattern") != DAY):
        yield f"{place}: {type_}"


DAY = CONTRACT["$defs"]["day"]["pattern"]
PLAIN = {
    "string": {pa.string(), pa.date32()},
    "integer": {pa.int32()},
    "number": {pa.float64()},
    "boolean": {pa.bool_()},
}
"""The types that hold what has no parts; a day is a text of one form, a number of the files has at most nine digits."""


def _resolved(spec: Spec) -> Spec:
    if "$ref" in spec:
        found: Any = CONTRACT
        for part in spec["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        return _resolved(found)
    if "anyOf" in spec:
        (only,) = [each for each in spec["anyOf"] if each.get("type") != "null"]
        return _resolved(only)
    return spec


def _kinds(spec: Spec) -> Sequence[str]:
    return [spec["type"]] if isinstance(spec["type"], str) else spec["type"]


# The values of stored entries


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, World]:
    root = tmp_path_factory.mktemp("worlds")
    return {**worlds_in(root), "rules": rules_in(root / "rules")}


@pytest.fixture(scope="module")
def entries(worlds: dict[str, World]) -> Iterator[Entries]:
    """Yield what returns all entries of a body, those that were carried over too, in their order."""

    @cache
    def stored(body: Body) -> StoredRows:
        return dataset(body).ask(Question(years=body.book.years), [*body.columns, "is_open", "is_closed_late"])

    with pytest.MonkeyPatch.context() as patch, read_and_opened_once(patch):
        yield stored


def dataset(body: Body) -> DataSet:
    return DataSet(current_version(body.data), [body.name])


@pytest.fixture(params=["shipped", "bodies", "province", "rules"])
def bodies(request: pytest.FixtureRequest, worlds: dict[str, World]) -> list[Body]:
    return list(worlds[request.param].bodies.values())


def test_headings_are_those_that_the_documents_print(bodies: list[Body]) -> None:
    for body in bodies:
        data = dataset(body)
        assert data.headings == headings_of(body.book)
        assert data.years == tuple(body.book.years)


def test_every_column_has_the_same_value(bodies: list[Body], entries: Entries) -> None:
    for body in bodies:
        rows = entries(body)
        assert len(rows.rows) == len(body.book.entries)
        for key in body.columns:
            wanted, got = body.context.value_of(key), rows.value_of(key)
            assert [got(row) for row in rows.rows] == [wanted(entry) for entry in body.book.entries], (body.name, key)


def test_every_column_says_the_same_to_a_condition(bodies: list[Body], entries: Entries) -> None:
    for body in bodies:
        rows = entries(body)
        for key in body.columns:
            value = body.context.value_of(key)
            said = [
                folded_values(key, list(asked_statuses(entry, body.context)) if key == "status" else value(entry))
                for entry in body.book.entries
            ]
            assert list(map(rows.folded(key), rows.rows)) == said, (body.name, key)


def test_every_column_sorts_alike_up_and_down(bodies: list[Body], entries: Entries) -> None:
    for body in bodies:
        rows = entries(body)
        ids = rows.value_of("ref")
        for key in dict.fromkeys([*SORT_KEYS, *body.columns]):
            for order in (key, f"-{key}"):
                wanted = sort_rows(body.book.entries, order, body.context.value_of, body.headings)
                got = sort_rows(rows.rows, order, rows.value_of, rows.headings)
                assert [ids(row) for row in got] == [f"{body.name}:{entry.ref}" for entry in wanted], order


def test_what_all_phases_close_is_closed_out_though_it_says_nothing_of_it_itself(
    worlds: dict[str, World], entries: Entries
) -> None:
    body = worlds["rules"].bodies["RL607 bad"]
    rows = entries(body)
    entry = next(entry for entry in body.book.entries if entry.ref == "2019/task-2")
    assert entry.data.closed is None
    closed = dict(zip(map(rows.value_of("ref"), rows.rows), map(rows.value_of("closed"), rows.rows), strict=True))
    assert closed["RL607 bad:2019/task-2"] == {
        "date": "2019-06-25",
        "evidence": ["验收意见"],
        "approved_by": None,
        "late": False,
        "despite": None,
    }


def test_every_heading_names_the_same_columns_in_the_same_words(bodies: list[Body]) -> None:
    for body in bodies:
        headings = dataset(body).headings
        for word in body.words[:: 10 * len(bodies)]:
            assert columns_named(headings, word) == columns_named(body.headings, word)


def test_entries_have_the_day_that_a_list_shows(bodies: list[Body], entries: Entries) -> None:
    for body in bodies:
        rows = entries(body)
        assert list(map(rows.due, rows.rows)) == list(map(body.context.due, body.book.entries))
