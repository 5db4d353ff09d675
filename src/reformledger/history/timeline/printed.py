"""The printed headings of the columns that tables and sections declare for themselves, as their words are printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from reformledger.history.comparing.plain import headings_in, outline_of
from reformledger.history.difference import PlainDocument
from reformledger.yamlio import Data, Mapped, YamlError, read_yaml

_KEY = b"columns:"
_LISTS = (b"rows:", b"points:")
_BEFORE = re.compile(rb" *(?:- +)?")


def printed_headings(documents: Iterable[PlainDocument]) -> dict[str, str]:
    """Return the headings that documents print over columns, by key; the first that declares a key decides."""
    declared = (heading.data.get("columns") for each in documents for heading in headings_in(outline_of(each.data)))
    return _joined(declared)


def printed_headings_in(contents: Iterable[bytes]) -> dict[str, str]:
    """Return the same of documents that nobody parsed: of their texts only where columns are declared is read."""
    return _joined(block.get("columns") for raw in contents for block in _declarations(raw))


def _joined(declared: Iterable[Data]) -> dict[str, str]:
    found: dict[str, str] = {}
    for columns in declared:
        if isinstance(columns, dict):
            for key, heading in columns.items():
                if isinstance(heading, str):
                    found.setdefault(key, heading)
    return found


def _declarations(raw: bytes) -> Iterator[Mapped]:
    """Yield the key of declared columns with all below it; it is at the column of a list of entries, or at none."""
    of_lists = {column for key in _LISTS for _at, column in _keys(raw, key)}
    for at, column in _keys(raw, _KEY):
        if column in of_lists or column == 0:
            block = re.compile(rb"[^\n]*(?:\n {%d}[^\n]*|\n *\r?(?=\n))*" % (column + 1)).match(raw, at)
            try:
                data = read_yaml(block[0]).data if block else None
            except YamlError:
                continue
            if isinstance(data, dict):
                yield data


def _keys(raw: bytes, key: bytes) -> Iterator[tuple[int, int]]:
    """Yield where a key is written, and at which column."""
    at = raw.find(key)
    while at >= 0:
        start = raw.rfind(b"\n", 0, at) + 1
        if _BEFORE.fullmatch(raw, start, at):
            yield at, at - start
        at = raw.find(key, at + len(key))
