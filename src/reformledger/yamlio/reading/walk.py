"""The walk that misses nothing: plain data, three numbers a node, and a note for all that is refused."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from sys import intern
from typing import Any, NamedTuple

from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from reformledger.text.folding import mapping_key
from reformledger.yamlio.data import Data, Places
from reformledger.yamlio.faults import refusals
from reformledger.yamlio.faults.problems import Notes
from reformledger.yamlio.reading.events import PARSER_ERRORS, event_source


class Walked(NamedTuple):
    """What a walk came to: ``documents`` are the roots.

    ``crowded`` are the numbers of the mappings in which two keys may be the same. ``error`` is what the parser
    raised, if it did; data and places then end there, inside of the mapping or list ``innermost`` (-1: outside of
    all). ``last`` is the offset up to which the text was read.
    """

    documents: list[Data]
    places: Places
    crowded: set[int]
    error: Exception | None
    innermost: int
    last: int


def walk(source: bytes, text: str, notes: Notes) -> Walked:  # noqa: C901, PLR0912, PLR0915 - see below
    """Walk over the events of ``source``, which is ``text`` in UTF-8.

    A quarter of a million rounds for 10,000 entries: hence one loop, names bound outside of it, and everything
    unusual left to functions elsewhere.
    """
    documents: list[Data] = []
    starts, ends = array("I"), array("I")
    closed: list[tuple[int, int]] = []  # mappings and lists, each with the node after all that is in it
    crowded: set[int] = set()
    error: Exception | None = None
    last = len(text)

    get_event = event_source(source)
    add_start, add_end = starts.append, ends.append
    check_scalar = refusals.check_scalar
    known: dict[str, str] = {}  # keys that are normal as they are, each kept once

    # Where the walk is: in a mapping or, when that is None, in a list to which `add` appends.
    mapping: dict[str, Data] | None = None
    add: Callable[[Data], None] = documents.append
    key: str | None = None  # of the mapping, the key whose value comes next
    owner = -1  # the number of the mapping or list
    stack: list[tuple[dict[str, Data] | None, Callable[[Data], None], str | None, int]] = []
    value: Any

    while True:
        try:
            event = get_event()
        except PARSER_ERRORS as raised:
            error = raised
            break
        kind = type(event)

        if kind is ScalarEvent:
            value = event.value
            start = event.start_mark.index
            end = event.end_mark.index
            add_start(start)
            add_end(end)
            if mapping is not None and key is None:
                key = known.get(value)
                if key is None:
                    key = intern(value)
                    normal = mapping_key(key)
                    if not refusals.check_key(normal, start, notes) and normal == key:
                        known[key] = key
                    else:
                        crowded.add(owner)
                if end - start != len(key):
                    check_scalar(event, text, notes, is_key=True)
                if key in mapping:
                    crowded.add(owner)
                continue
            if end - start != len(value):
                check_scalar(event, text, notes)
            elif end - start <= refusals.NULL_WIDTH and value in refusals.BLANK_OR_NULL:
                if value:
                    notes.add(refusals.null(value, start))
                value = None
            if mapping is None or key is None:  # a key was taken above
                add(value)
            else:
                mapping[key] = value
                key = None
            continue

        if kind is MappingEndEvent or kind is SequenceEndEvent:
            ends[owner] = event.end_mark.index
            closed.append((owner, len(starts)))
            mapping, add, key, owner = stack.pop()
            continue

        if kind is MappingStartEvent or kind is SequenceStartEvent or kind is AliasEvent:
            start = event.start_mark.index
            add_start(start)
            add_end(event.end_mark.index)
            if kind is AliasEvent or event.tag is not None or event.anchor is not None:
                notes.add(refusals.node_property(event, text))
            if len(stack) == refusals.DEPTH:
                notes.add(refusals.too_deep(start))
                last = start
                break
            value = {} if kind is MappingStartEvent else [] if kind is SequenceStartEvent else None

        elif event is None:
            break

        else:  # the start or the end of the stream or of a document
            if kind is DocumentStartEvent and refusals.check_document(event, documents, notes):
                last = event.start_mark.index
                break
            continue

        if mapping is None:
            add(value)
        elif key is not None:
            mapping[key] = value
            key = None
        else:
            if kind is not AliasEvent:  # of which node_property said all
                notes.add(refusals.key_of_several(start))
            key = ""  # what comes next is its value
        if kind is MappingStartEvent:
            stack.append((mapping, add, key, owner))
            mapping, key, owner = value, None, len(starts) - 1
        elif kind is SequenceStartEvent:
            stack.append((mapping, add, key, owner))
            mapping, add, key, owner = None, value.append, None, len(starts) - 1

    # Where the walk broke off, what was open ends with what came last.
    closed += [(node, len(starts)) for node in (owner, *(entry[-1] for entry in stack)) if node >= 0]
    after = array("I", bytes(starts.itemsize * len(starts)))
    for node, following in closed:
        after[node] = following
    return Walked(documents, Places(starts, ends, after), crowded, error, owner, last)
