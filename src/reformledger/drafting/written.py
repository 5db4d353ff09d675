"""Documents of a draft → the files that hold them: keys in the order of the tables of fields, numbers and days bare."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache, lru_cache
from pathlib import Path

from reformledger.edits.serialize import as_written, file_text, key_order
from reformledger.fields.documents import DOCUMENTS, WITHIN
from reformledger.fields.field import Fields
from reformledger.model.documents import DocumentKind
from reformledger.model.entries import EntryFields, LedgerRow, WorkPoint
from reformledger.yamlio import Data, Mapped
from reformledger.yamlio.editing import flow_entry

_MODELS: Mapping[str, type[EntryFields]] = {"points": WorkPoint, "rows": LedgerRow}
"""What the items of the lists are that hold entries."""
_SCHEMA = "../schema/{kind}.json"
"""Where a repository that was begun by ``init`` has the schema of a document, from the folder of its data."""
_NAMES: Mapping[DocumentKind, str] = {
    "workpoints": "workpoints_{year}.yaml",
    "ledger": "ledger_{year}.yaml",
    "contacts": "contacts_{year}.yaml",
    "directory": "directory.yaml",
}


def file_names(documents: Mapping[DocumentKind, Mapped], year: int) -> dict[DocumentKind, str]:
    """Return the name of the file of each document, in the order in which they are listed."""
    return {kind: name.format(year=year) for kind, name in _NAMES.items() if kind in documents}


def document_text(kind: DocumentKind, document: Mapped, folder: Path | None = None) -> str:
    """Return a document as the text of its file.

    The line by which an editor finds its schema is first where that is beside the ``folder`` of the file: an editor
    warns of a schema that is not there.
    """
    schema = _SCHEMA.format(kind=kind)
    is_there = folder is not None and (folder / schema).is_file()
    text = file_text(as_written(_ordered(document, DOCUMENTS[kind])), "\n")
    return f"# yaml-language-server: $schema={schema}\n{text}" if is_there else text


def typed_text(data: Data) -> str:
    """Return some keys of an entry with their values as they would be typed, a line each."""
    return file_text(as_written(data), "\n")


def short_text(key: str, value: Data) -> str:
    """Return a key with its value on one line."""
    return flow_entry(key or None, as_written(value, key))


def _ordered(value: Data, fields: Fields, columns: Data = None) -> Data:
    """Return a value with the keys of each mapping in the order of ``fields``; those of which nothing is said stay."""
    if isinstance(value, list):
        return [_ordered(item, fields, columns) for item in value]
    if not isinstance(value, dict):
        return value
    columns = value.get("columns") or columns
    return {key: _inside(key, value[key], fields, columns) for key in _by_place(value, _places(tuple(fields)))}


def _inside(key: str, value: Data, fields: Fields, columns: Data) -> Data:
    if key in _MODELS and isinstance(value, list):
        printed = tuple(columns) if isinstance(columns, dict) else ()
        return [_ordered_entry(entry, key, printed) for entry in value]
    # What is below an id or a name of one's own are the fields that are expected of each.
    return _ordered(value, WITHIN.get(key, {} if key in fields else fields), columns)


def _ordered_entry(entry: Data, kind: str, columns: tuple[str, ...]) -> Data:
    if not isinstance(entry, dict):
        return entry
    return {
        key: value if isinstance(value := entry[key], str) else _inside(key, value, {}, None)
        for key in _entry_keys(tuple(entry), kind, columns)
    }


@lru_cache
def _entry_keys(keys: tuple[str, ...], kind: str, columns: tuple[str, ...]) -> list[str]:
    """Return the keys of an entry in their order: those of most entries of a table are the same."""
    return _by_place(keys, _places(key_order(_MODELS[kind], dict.fromkeys(columns, ""))))


@cache
def _places(order: tuple[str, ...]) -> Mapping[str, int]:
    return {key: place for place, key in enumerate(order)}


def _by_place(keys: Collection[str], places: Mapping[str, int]) -> list[str]:
    return sorted(keys, key=lambda key: places.get(key, len(places))) if len(keys) > 1 else [*keys]
