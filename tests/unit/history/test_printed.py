"""The printed headings of columns, of documents that are read and of their texts."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest

from conftest import DATA, LEDGERS
from reformledger.history.difference import PlainDocument
from reformledger.history.timeline.printed import printed_headings, printed_headings_in
from reformledger.yamlio import Mapped, read_yaml
from texts import LEDGER_HEAD

FILES = sorted([*DATA.glob("*.yaml"), *(LEDGERS / "bodies").rglob("*.yaml")])


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_the_text_says_what_the_document_says(file: Path) -> None:
    raw = file.read_bytes()
    document = PlainDocument(file.name, "ledger", cast("Mapped", read_yaml(raw).data))
    assert printed_headings_in([raw]) == printed_headings([document])


def test_what_an_entry_says_in_its_columns_is_no_heading() -> None:
    head = LEDGER_HEAD.replace("        rows:", "        columns: {funding: 经费}\n        rows:")
    text = head + "          - id: task-1\n            title: 甲\n            columns:\n              funding: 20万元\n"
    assert printed_headings_in([text.encode()]) == {"funding": "经费"}
    assert printed_headings_in([text.replace("        columns: {funding: 经费}\n", "").encode()]) == {}


def test_what_cannot_be_read_is_passed_over() -> None:
    assert printed_headings_in([b"columns: {a\nkind: ledger\n", b"columns:\n  a: b\n"]) == {"a": "b"}
