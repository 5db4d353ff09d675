"""A draft always loads: what a document could not hold is taken out of it and asked about, with its characters."""

from __future__ import annotations

import copy
import random
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import DATA
from reformledger.drafting.account import Account, Asked
from reformledger.drafting.draft import Draft
from reformledger.drafting.entry import Context, DraftEntry
from reformledger.drafting.loading import book_of
from reformledger.drafting.passage import Passage
from reformledger.drafting.source import Place, Source, SourceBuilder
from reformledger.loader import parse_file
from reformledger.model.documents import DocumentKind
from reformledger.yamlio import Data, Mapped

TEXT = "甲任务|某时|乙任务|年内"
FOLDER = Path("draft_2020")


def source() -> Source:
    builder = SourceBuilder(Path("清单.txt"))
    builder.add(TEXT, Place(line=1))
    return builder.source()


def passage(text: str) -> Passage:
    start = TEXT.index(text)
    return Passage(text, range(start, start + len(text)))


def draft_with(*rows: dict[str, str], title: str | None = "某市2020年改革台账") -> Draft:
    """Return the draft of a ledger with rows, whose values are cut from the text where it has them."""
    account = Account(source())
    draft = Draft(2020, accounts=[account])
    entries = []
    for row in rows:
        entry = DraftEntry(row.get("id", ""), Context(2020, draft.questions, account))
        for key, value in row.items():
            if value in TEXT:
                entry.put(key, passage(value))
            else:
                entry.data[key] = value
        entries.append(entry.data)
    table: Mapped = {"id_prefix": "task", "kind": "task", "rows": cast("list[Data]", entries)}
    ledger: Mapped = {"kind": "ledger", "year": "2020", "parts": [{"title": "改革任务", "tables": [table]}]}
    draft.documents["ledger"] = ledger | ({"title": title} if title else {})
    return draft


def asked_texts(draft: Draft) -> list[str]:
    (account,) = draft.accounts
    return [TEXT[span.start : span.end] for span in account.spans() if isinstance(span.claim, Asked) and span.claim[0]]


def test_what_can_be_held_is_left_alone() -> None:
    draft = draft_with({"id": "task-1", "title": "甲任务"}, {"id": "task-2", "title": "乙任务", "due": "年内"})
    assert [entry.id for entry in book_of(draft, FOLDER).entries] == ["task-1", "task-2"]
    assert draft.questions.all == []


def test_a_value_that_cannot_be_read_is_asked_about_with_its_characters() -> None:
    draft = draft_with({"id": "task-1", "title": "甲任务", "due": "某时"})
    (entry,) = book_of(draft, FOLDER).entries
    assert (entry.data.title, entry.data.due) == ("甲任务", None)
    (question,) = draft.questions
    (item,) = question.items
    assert (question.subject, item.entry, item.field, item.source.text) == ("value", "task-1", "due", "某时")
    assert item.proposals[0].data == {"due": "某时"}
    assert asked_texts(draft) == ["某时"]


def test_an_entry_without_a_title_is_asked_about_whole() -> None:
    draft = draft_with({"id": "task-1", "due": "年内"}, {"id": "task-2", "title": "乙任务"})
    assert [entry.id for entry in book_of(draft, FOLDER).entries] == ["task-2"]
    assert asked_texts(draft) == ["年内"]


@pytest.mark.parametrize("key", ["unknown", "无", "kind"])
def test_a_key_that_no_entry_has_is_asked_about(key: str) -> None:
    draft = draft_with({"id": "task-1", "title": "甲任务", key: "年内"})
    assert len(book_of(draft, FOLDER).entries) == 1
    assert asked_texts(draft) == ["年内"]


def test_two_entries_of_one_id_get_ids_of_their_own() -> None:
    draft = draft_with({"id": "task-1", "title": "甲任务"}, {"id": "task-1", "title": "乙任务"}, {"title": "年内"})
    assert [entry.id for entry in book_of(draft, FOLDER).entries] == ["task-1", "entry-1", "entry-2"]


def test_so_do_entries_of_two_documents() -> None:
    draft = draft_with({"id": "task-1", "title": "甲任务"})
    point: Mapped = {"id": "task-1", "title": "乙任务"}
    points: Mapped = {"kind": "workpoints", "year": "2020", "title": "要点"}
    draft.documents["workpoints"] = {**points, "sections": [{"title": "部分", "points": [point]}]}
    assert [entry.data.title for entry in book_of(draft, FOLDER).entries] == ["乙任务", "甲任务"]


def test_a_document_without_a_title_is_named_for_its_source_and_asked_about() -> None:
    draft = draft_with({"id": "task-1", "title": "甲任务"}, title=None)
    (loaded,) = book_of(draft, FOLDER).documents
    assert getattr(loaded.document, "title", None) == "清单"
    (question,) = draft.questions
    assert (question.subject, question.items[0].assumed) == ("title", "清单")


def shipped() -> dict[DocumentKind, Mapped]:
    documents = [cast("Mapped", parse_file(file).data) for file in sorted(DATA.glob("*.yaml"))]
    return {cast("DocumentKind", document["kind"]): document for document in documents}


SHIPPED = shipped()
DAMAGE: list[Data] = [
    None,
    "",
    "某时",
    "2020-02-30",
    [],
    {},
    ["甲", ""],
    {"无": "有"},
    "\u202e",
    "a: b # c",
    "甲\n乙",
    [],
]


def damaged(value: Data, chance: random.Random) -> Data:
    if chance.random() < 0.01:
        return copy.deepcopy(chance.choice(DAMAGE))  # what is one in two places would be changed in both
    if isinstance(value, dict):
        kept = {key: damaged(part, chance) for key, part in value.items() if chance.random() > 0.01}
        return {chance.choice(["无", "title", "id"]) if chance.random() < 0.01 else key: kept[key] for key in kept}
    return [damaged(item, chance) for item in value] if isinstance(value, list) else value


@settings(max_examples=30)
@given(st.integers(0, 2**32))
def test_whatever_is_wrong_with_it_a_draft_loads(seed: int) -> None:
    chance = random.Random(seed)
    draft = Draft(2020, accounts=[Account(source())])
    for kind, document in copy.deepcopy(SHIPPED).items():
        kept = {key: damaged(value, chance) for key, value in document.items() if key not in {"kind", "year"}}
        draft.documents[kind] = {"kind": kind, **({"year": "2020"} if "year" in document else {}), **kept}
    assert book_of(draft, FOLDER).documents
