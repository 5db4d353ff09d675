"""The files of a draft: they read back as the data they were made of, in the order of the house."""

from __future__ import annotations

import random
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import DATA, LEDGERS
from reformledger.drafting.written import document_text, file_names
from reformledger.loader import declared_names, parse_file, validate_tree
from reformledger.model.documents import DocumentKind
from reformledger.text.names import whole_names
from reformledger.yamlio import Data, Mapped, read_yaml

FREE = {"columns", "contacts", "phase_columns", "persons", "marks"}
"""Keys whose values have keys of one's own, in an order that counts."""
FILES = sorted(file for file in (*DATA.glob("*.yaml"), *LEDGERS.glob("bodies/*/*.yaml")))


def shuffled(value: Data, key: str = "") -> Data:
    if isinstance(value, list):
        return [shuffled(item) for item in value]
    if not isinstance(value, dict):
        return value
    keys = list(value)
    if key not in FREE:
        random.Random(key).shuffle(keys)
    return {each: shuffled(value[each], each) for each in keys}


def test_the_work_points_of_2020_are_written_as_they_are_kept() -> None:
    file = DATA / "workpoints_2020.yaml"
    document = cast("Mapped", shuffled(parse_file(file).data))
    assert document_text("workpoints", document, DATA) == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_a_document_reads_back_as_what_was_written(file: Path) -> None:
    document = cast("Mapped", parse_file(file).data)
    kind = cast("DocumentKind", document["kind"])
    tree = read_yaml(document_text(kind, cast("Mapped", shuffled(document))).encode())
    assert tree.data == document
    beside = [parse_file(each) for each in file.parent.glob("*.yaml")]
    assert validate_tree(file, tree, whole_names(declared_names(beside))).kind == kind


def test_kind_comes_first_and_the_schema_above_it_where_it_is_there(tmp_path: Path) -> None:
    document: Mapped = {"names": [{"kind": "office", "name": "甲局"}], "kind": "directory"}
    without = document_text("directory", document, tmp_path / "draft")
    assert without.splitlines()[0] == "kind: directory"
    (tmp_path / "schema").mkdir()
    (tmp_path / "schema/directory.json").touch()
    (tmp_path / "draft").mkdir()
    schema, *others = document_text("directory", document, tmp_path / "draft").splitlines()
    assert schema == "# yaml-language-server: $schema=../schema/directory.json"
    assert others == without.splitlines()


def test_an_entry_is_in_the_order_of_its_columns() -> None:
    row: Mapped = {"remark": "无", "due": "年内", "leaders": ["甲某"], "title": "甲", "number": "1", "id": "task-1"}
    table: Mapped = {"rows": [row], "columns": {"due": "时限", "title": "任务", "leaders": "领导"}, "id_prefix": "task"}
    document: Mapped = {
        "kind": "ledger",
        "year": "2020",
        "title": "台账",
        "parts": [{"title": "一", "tables": [table]}],
    }
    lines = document_text("ledger", document).splitlines()
    keys = [line.split(":")[0].strip("- ") for line in lines[lines.index("        rows:") + 1 :]]
    assert [key for key in keys if key in row] == ["id", "number", "due", "title", "leaders", "remark"]


def test_files_are_named_for_their_year() -> None:
    documents: dict[DocumentKind, Mapped] = {"directory": {}, "contacts": {}, "ledger": {}, "workpoints": {}}
    names = ["workpoints_2024.yaml", "ledger_2024.yaml", "contacts_2024.yaml", "directory.yaml"]
    assert list(file_names(documents, 2024).values()) == names
    assert list(file_names({"ledger": {}}, 2024)) == ["ledger"]


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp"]), min_size=1))
def test_whatever_a_text_says_it_reads_back(text: str) -> None:
    document: Mapped = {"kind": "ledger", "year": "2020", "title": text, "parts": []}
    assert read_yaml(document_text("ledger", document).encode()).data == document
