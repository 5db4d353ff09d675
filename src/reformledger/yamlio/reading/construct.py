"""Text to plain data and nothing else, where nothing in the text is doubtful: what most readings are."""

from __future__ import annotations

import re
from sys import intern
from typing import Any

from yaml.events import (
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from reformledger.text.folding import mapping_key
from reformledger.yamlio.data import Data
from reformledger.yamlio.faults.characters import has_suspects
from reformledger.yamlio.faults.lines import has_odd_lines
from reformledger.yamlio.faults.problems import EnoughError, Lines, Notes
from reformledger.yamlio.faults.refusals import BLANK_OR_NULL, DEPTH, MERGE_KEY, NULL_WIDTH, check_scalar
from reformledger.yamlio.reading.events import PARSER_ERRORS, event_source

_PROPERTY_SIGNS = "!&"
# Where a tag or an anchor could begin, of which YAML has more places than one thinks (between brackets `?!x: 1` is
# one): not behind a letter or digit, as in R&D, and no anchor before a space, as in A & B.
_PROPERTY = r"(?<!\w)(?:!|&(?=\S))"


_QUOTES = frozenset("\"'")


class _DoubtError(Exception):
    """Something that only the walk can tell: it finds what is wrong, and where."""


def construct(source: bytes, text: str) -> dict[str, Data] | None:
    """Return the data of ``source``, which is ``text`` in UTF-8; None where ``walk`` must look closer.

    Half of the time of reading a ledger goes into places that nobody asks for. Here only what is written in an
    unusual way is asked where it stands: without tags and anchors, a plain scalar without a space stands as it reads,
    for a line break would read as one.
    """
    if any(sign in text for sign in _PROPERTY_SIGNS) and re.search(_PROPERTY, text):
        return None
    if has_suspects(source, text) or has_odd_lines(text):
        return None
    try:
        return _Constructor(source, text).document()
    except (_DoubtError, EnoughError, *PARSER_ERRORS):
        return None


class _Constructor:
    def __init__(self, source: bytes, text: str) -> None:
        self._get_event = event_source(source)
        self._text = text
        self._notes = Notes(Lines(text))
        self._keys: dict[str, str] = {}  # each kept once

    def document(self) -> dict[str, Data]:
        get_event = self._get_event
        get_event()  # the start of the stream
        event = get_event()
        if type(event) is not DocumentStartEvent or event.version or event.tags:
            raise _DoubtError
        if type(get_event()) is not MappingStartEvent:
            raise _DoubtError
        data = self._mapping(1)
        get_event()  # the end of the document
        if type(get_event()) is DocumentStartEvent:
            raise _DoubtError
        return data

    def _mapping(self, depth: int) -> dict[str, Data]:
        get_event, keys = self._get_event, self._keys
        data: dict[str, Data] = {}
        while True:
            event = get_event()
            kind = type(event)
            if kind is MappingEndEvent:
                return data
            if kind is not ScalarEvent:
                raise _DoubtError
            key = event.value
            key = keys.get(key) or self._new_key(key)
            if key in data:
                raise _DoubtError
            if " " in key or not event.implicit[0]:
                self._check(event, is_key=True)
            event = get_event()
            data[key] = self._scalar(event) if type(event) is ScalarEvent else self._container(event, depth)

    def _sequence(self, depth: int) -> list[Data]:
        get_event = self._get_event
        data: list[Data] = []
        while True:
            event = get_event()
            kind = type(event)
            if kind is SequenceEndEvent:
                return data
            data.append(self._scalar(event) if kind is ScalarEvent else self._container(event, depth))

    def _container(self, event: Any, depth: int) -> Data:
        kind = type(event)
        if depth == DEPTH or (kind is not MappingStartEvent and kind is not SequenceStartEvent):
            raise _DoubtError
        return self._mapping(depth + 1) if kind is MappingStartEvent else self._sequence(depth + 1)

    def _new_key(self, key: str) -> str:
        normal = mapping_key(key)
        if not normal or normal == MERGE_KEY or normal != key or "\n" in key:
            raise _DoubtError
        self._keys[key] = intern(key)
        return self._keys[key]

    def _check(self, event: Any, *, is_key: bool = False) -> None:
        check_scalar(event, self._text, self._notes, is_key=is_key)
        if self._notes:
            raise _DoubtError

    def _scalar(self, event: Any) -> str | None:
        value: str = event.value
        if " " in value or "\n" in value:  # several lines, perhaps
            self._check(event)
        elif not event.implicit[0]:  # in quotes: no longer than with them, it holds no escape
            if event.end_mark.index - event.start_mark.index != len(value) + 2 or event.style not in _QUOTES:
                self._check(event)
        elif len(value) <= NULL_WIDTH and value in BLANK_OR_NULL:  # to hash every long text would cost
            if value:
                raise _DoubtError
            return None
        return value
