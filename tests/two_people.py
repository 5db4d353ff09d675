"""What two people make of one ledger, each by commands or by hand, in memory: for the tests of merges."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from reformledger.book import Book
from reformledger.edits.batch import read_batch
from reformledger.edits.draft import Draft
from reformledger.edits.intents import Add, Intent, Remove
from reformledger.edits.rules.once import AlreadyRecordedError
from reformledger.edits.rules.tables import settle_counts
from reformledger.edits.transaction import PLANS, take_step
from reformledger.loader import LoadedDocument, declared_names, validate_tree
from reformledger.text.names import whole_names
from reformledger.yamlio import Mapped, read_yaml
from reformledger.yamlio.editing import edited

DATA = Path(__file__).parents[1] / "data"
LEDGER, WORKPOINTS, DIRECTORY = "ledger_2020.yaml", "workpoints_2020.yaml", "directory.yaml"
CONTACTS = "contacts_2020.yaml"
TODAY = date(2020, 12, 31)
Texts = dict[str, bytes]
Step = Mapping[str, Any]
"""What a command is told, with ``op``; or by hand: ``file`` (the ledger unless said), ``replace`` and ``by``."""
STARTED: Step = {"op": "progress", "id": "task-3", "text": "起步", "date": "2020-06-01"}


def shipped() -> Texts:
    """Return the shipped data."""
    return {name: (DATA / name).read_bytes() for name in (LEDGER, WORKPOINTS, DIRECTORY, CONTACTS)}


def loaded(texts: Texts) -> list[LoadedDocument]:
    """Return valid documents; raises ``DataError``."""
    trees = {name: read_yaml(text) for name, text in texts.items()}
    whole = whole_names(declared_names(trees.values()))
    return [validate_tree(Path(name), tree, whole) for name, tree in trees.items()]


def after(texts: Texts, steps: Iterable[Step]) -> Texts:
    """Return the texts after some steps, each of which has to be accepted."""
    for step in steps:
        if "replace" in step:
            texts = _by_hand(texts, step)
        else:
            texts = carried_out(texts, read_batch(json.dumps([dict(step)]).encode(), "progress", TODAY))
    return texts


def carried_out(texts: Texts, intents: Sequence[Intent]) -> Texts:
    """Return the texts after some intents, in one step; raises ``SentenceError`` for what is refused."""
    documents = loaded(texts)
    draft = Draft(Book(documents), TODAY, PLANS)
    for intent in intents:
        try:
            entry = take_step(draft, intent)
        except AlreadyRecordedError:
            continue
        if isinstance(intent, Add | Remove) and intent.recount:
            settle_counts(draft, [entry.group], "")
    made = {str(each.path): edited(each.tree, edits).raw for each in documents if (edits := draft.edits.get(each.path))}
    return texts | made


def _by_hand(texts: Texts, step: Step) -> Texts:
    name = step.get("file", LEDGER)
    text = texts[name].decode()
    assert text.count(step["replace"]) == 1, step["replace"]
    return texts | {name: text.replace(step["replace"], step["by"]).encode()}


def plain(text: bytes) -> Mapped:
    """Return a document as plain data."""
    data = read_yaml(text).data
    assert isinstance(data, dict)
    return data


def rows_in(data: Mapped) -> dict[str, Mapped]:
    """Return the entries of a document by id, in their order."""
    found: dict[str, Mapped] = {}
    waiting: list[Any] = [data]
    for each in waiting:
        for key in ("sections", "parts", "tables"):
            waiting += each.get(key) or []
        found |= {row["id"]: row for key in ("points", "rows") for row in each.get(key) or []}
    return found


def unordered(data: Any) -> Any:
    """Return data whose lists are sets: two merges may list the same in another order."""
    if isinstance(data, dict):
        return frozenset((key, unordered(value)) for key, value in data.items() if value not in (None, [], {}))
    return frozenset(map(unordered, data)) if isinstance(data, list) else data
