"""How the values of a ledger are written: numbers, days and flags bare, blank keys left out, keys in their order."""

from __future__ import annotations

import re
from collections.abc import Mapping

from reformledger.fields.documents import types_of_keys
from reformledger.fields.entry import ENTRY
from reformledger.fields.field import Type
from reformledger.model.entries import EntryFields
from reformledger.model.readers import READERS, UnreadError, canonical
from reformledger.yamlio import Data
from reformledger.yamlio.editing import Bare, Style, block
from reformledger.yamlio.reading.elsewhere import SAME_EVERYWHERE

_BARE = re.compile(SAME_EVERYWHERE)

_PRINTED, _LAST = 2, 20
"""Where the printed columns come, as a whole, and where what an entry belongs to, and what became of it, begins."""


def key_order(model: type[EntryFields], columns: Mapping[str, str]) -> tuple[str, ...]:
    """Return the keys of an entry as a person would order them: the columns as printed, its life last."""

    def place(key: str) -> int:
        place = ENTRY[key].place
        return min(place, _PRINTED) if key in columns and place < _LAST else place

    keys = [key for key in columns if key in model.model_fields]
    return tuple(sorted(dict.fromkeys([*keys, *model.model_fields]), key=place))


def number(text: str) -> str:
    """Return digits as a number is written; other text stays what it is."""
    return Bare(text) if _BARE.fullmatch(text) else text


def as_written(value: Data, key: str = "") -> Data:
    """Return a value as it is written anew: blank keys left out, numbers, days and flags bare.

    Everything else is text, even where it looks like a number.
    """
    return _written(value, key, types_of_keys())


def _written(value: Data, key: str, types: Mapping[str, Type]) -> Data:
    if isinstance(value, dict):
        return {inner: _written(item, inner, types) for inner, item in value.items() if item is not None}
    if isinstance(value, list):
        return [_written(item, "", types) for item in value]
    if value is None or key not in types:
        return value
    try:
        return Bare(canonical(READERS[types[key]](value)))
    except (KeyError, UnreadError):  # a flag or a number as printed; a value with its unit
        return number(value)


def file_text(document: Data, newline: str) -> str:
    """Return a document as the text of a file: two spaces a level, one item a line."""
    return block(document, 0, Style(newline, list_offset=2, mapping_offset=2)) + newline
