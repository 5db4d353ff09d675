"""The table of fields: every key has a row, every row a key, and a plain field needs nothing but its model and row."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT, Run, speak
from reformledger.fields.documents import TABLES
from reformledger.fields.entry import DUE, ENTRY
from reformledger.fields.field import Field
from reformledger.model import readers, text
from reformledger.model.base import Model, known_keys
from reformledger.model.documents import DOCUMENTS, Ledger, Part, Table
from reformledger.model.entries import LedgerRow
from reformledger.model.schema import document_schema
from reformledger.model.text import Line, Several
from texts import LEDGER_HEAD


class _Row(LedgerRow):
    budget: Line | None = None


class _Table(Table):
    rows: Several[_Row] = ()


class _Part(Part):
    tables: Several[_Table]


class _Ledger(Ledger):
    parts: Several[_Part]


ROWS = """\
          - id: task-1
            title: 集团化办学
            leaders:
              - 谢强
            due: 长期坚持
            budget: 30万元
            remark: 附注
          - id: task-2
            title: 校园足球
            due: 长期坚持
"""


@pytest.fixture
def ledger(monkeypatch: pytest.MonkeyPatch, write: Callable[[str, str], Path]) -> Path:
    """Return a ledger whose rows have a field more: the model knows it, the table has a row for it, and no more."""
    monkeypatch.setitem(DOCUMENTS, "ledger", _Ledger)
    monkeypatch.setitem(ENTRY, "budget", Field("budget", "预算（经费）", "按原文。", "Money set aside.", en="Budget"))
    return write("ledger_2020.yaml", LEDGER_HEAD + ROWS)


Ask = Callable[..., str]


@pytest.fixture
def ask(ledger: Path, run: Run) -> Ask:
    """Return a function that runs a command on the ledger with the field, and gives what it prints."""

    def call(*arguments: str) -> str:
        ran = run(*arguments, "--data", str(ledger.parent))
        assert ran.code == 0, ran.err
        return ran.out

    return call


@pytest.mark.parametrize("name", ["budget", "预算", "经费"])
def test_a_new_field_is_a_column_by_its_key_and_its_official_words(ask: Ask, name: str) -> None:
    assert ask("list", "--columns", f"id,{name}", "--format", "csv").splitlines() == [
        '"ID","Budget"',
        '"task-1","30万元"',
        '"task-2",""',
    ]
    assert "30万元" in ask("list", "--columns", name)


def test_its_heading_is_in_the_language_of_the_user(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    speak(monkeypatch, "zh")
    assert ask("list", "--columns", "budget", "--format", "csv").splitlines()[0] == '"预算"'


def test_a_spreadsheet_has_it_unless_told_otherwise(ask: Ask) -> None:
    rows = list(csv.DictReader(io.StringIO(ask("list", "--format", "csv"))))
    assert [row["Budget"] for row in rows] == ["30万元", ""]


def test_the_record_has_it(ask: Ask) -> None:
    assert [item["budget"] for item in json.loads(ask("list", "--format", "json"))] == ["30万元", None]


def test_show_prints_it_under_its_heading(ask: Ask) -> None:
    assert re.search(r"^Budget +30万元$", ask("show", "task-1"), re.MULTILINE)
    assert "Budget" not in ask("show", "task-2")


@pytest.mark.parametrize("condition", [("--search", "30万"), ("--where", "budget=30万元"), ("--where", "经费=30万元")])
def test_it_can_be_asked_for(ask: Ask, condition: tuple[str, str]) -> None:
    assert [item["id"] for item in json.loads(ask("list", *condition, "--format", "json"))] == ["task-1"]


@pytest.mark.parametrize("name", ["budget", "预算"])
def test_set_writes_it_before_the_remark_and_the_life_of_the_entry(ask: Ask, ledger: Path, name: str) -> None:
    ask("set", "task-2", f"{name}=40万元", "remark=新")
    assert ledger.read_text(encoding="utf-8") == LEDGER_HEAD + ROWS + (
        "            budget: 40万元\n            remark: 新\n"
    )


def test_it_goes_on_into_the_next_year(ask: Ask, ledger: Path) -> None:
    ask("rollover", "2021")
    [new] = [path for path in ledger.parent.iterdir() if "2021" in path.name]
    assert "budget: 30万元" in new.read_text(encoding="utf-8")


def test_a_field_that_stays_with_its_year_does_not(ask: Ask, ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ENTRY, "budget", ENTRY["budget"]._replace(stays=True))
    ask("rollover", "2021")
    [new] = [path for path in ledger.parent.iterdir() if "2021" in path.name]
    assert "budget" not in new.read_text(encoding="utf-8")


def test_an_unknown_key_is_advised_by_its_official_word(ledger: Path, run: Run) -> None:
    ledger.write_text((LEDGER_HEAD + ROWS).replace("budget:", "经费:"), encoding="utf-8")
    assert "Did you mean budget?" in run("list", "--data", str(ledger.parent)).err


def test_its_schema_has_its_words(ledger: Path) -> None:
    properties = document_schema("ledger")["$defs"]["_Row"]["properties"]
    assert properties["budget"]["title"] == "预算（经费）"
    assert properties["budget"]["description"] == "按原文。Money set aside."


def _models(model: type[Model] = Model) -> Iterator[type[Model]]:
    """Yield the models of the documents, without those of this file."""
    for each in model.__subclasses__():
        if each.__module__ != __name__:
            yield each
            yield from _models(each)


SCHEMA = document_schema()["$defs"]
MODELS = [model for model in _models() if model.__name__ in SCHEMA]


def _keys(model: type[Model]) -> set[str]:
    return {info.alias or name for name, info in model.model_fields.items()}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_key_of_a_model_has_a_row_that_says_what_belongs_there(model: type[Model]) -> None:
    for key in _keys(model):
        field = model.fields[key]
        assert field.key == key
        assert field.official
        assert field.help_zh.endswith("。")
        assert field.help_en.endswith(".")


def test_every_row_is_a_key_of_a_model_or_of_the_record() -> None:
    contract: dict[str, Any] = json.loads((ROOT / "schema" / "entry.json").read_text(encoding="utf-8"))
    parts_of_due = contract["$defs"]["due"]["anyOf"][0]["properties"]
    for fields in TABLES:
        known = set(chain.from_iterable(_keys(model) for model in _models() if model.fields is fields))
        if fields is ENTRY:
            known |= {*contract["properties"], *parts_of_due, "milestone"}
        if fields is DUE:  # which is a mapping in the file, but no model
            known = set(SCHEMA["Phase"]["properties"]["due"]["anyOf"][1]["properties"])
        assert fields.keys() <= known


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_no_word_names_two_fields_of_a_model(model: type[Model]) -> None:
    words = [word for field in known_keys(model).values() for word in field.words]
    assert len(words) == len(set(words))


def test_no_word_names_two_columns() -> None:
    words = [word for field in ENTRY.values() if field.seen != "file" for word in field.words]
    assert len(words) == len(set(words))


TYPES = {
    readers.COUNT_PATTERN: {"count"},
    readers.DATE_PATTERN: {"day", "day ahead"},
    text.FLAG_PATTERN: {"flag"},
    readers.NUMBER_PATTERN: {"number"},
    readers.PERCENT_PATTERN: {"percent"},
    readers.YEAR_PATTERN: {"year"},
}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_lists_of_plain_values_and_the_types_of_others_are_as_the_schema_has_them(model: type[Model]) -> None:
    for key, schema in SCHEMA[model.__name__]["properties"].items():
        field = model.fields[key]
        assert field.several is ("pattern" in schema.get("items", {})), key
        assert field.type in TYPES.get(schema.get("pattern"), {"text", "printed number"}), key
