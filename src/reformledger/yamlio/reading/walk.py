"""All that is used of PyYAML, libyaml's events; and the walk over them: data, three numbers a node, refusals."""

from __future__ import annotations

import gc
from array import array
from collections.abc import Callable, Iterator, Sized
from contextlib import contextmanager, suppress
from sys import intern
from typing import Any, NamedTuple

from yaml import YAMLError
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from reformledger.i18n import _
from reformledger.limits import DEPTH, STRETCH, VALUE
from reformledger.text.folding import mapping_key
from reformledger.yamlio.data import Data, Places
from reformledger.yamlio.faults import refusals
from reformledger.yamlio.faults.fault import Faults, TextFault, YamlError

PARSER_ERRORS = (YAMLError, ValueError, RecursionError)
"""What the parser may raise over a text."""


class Stretched:
    """A long text as the parser reads it, piece by piece: ended where nothing is found in it for too long.

    The parser takes in a value whole before it gives anything back, however long the value is. ``found`` grows with
    all that it gives back.
    """

    def __init__(self, source: bytes, found: Sized) -> None:
        self._source = source
        self._found = found
        self._known = 0
        self._since = self._position = 0
        self.is_cut = False

    def read(self, length: int = 0, /) -> bytes:
        """Return the next bytes, none at the end."""
        if len(self._found) != self._known:
            self._known, self._since = len(self._found), self._position
        self.is_cut = self._position - self._since > STRETCH
        if self.is_cut:
            return b""
        start, self._position = self._position, self._position + length
        return self._source[start : self._position]


def event_source(source: bytes | str | Stretched) -> Callable[[], Any]:
    """Return a function that gives the next event of a text, None after the last.

    Raises ``YamlError`` where PyYAML came without libyaml.
    """
    try:
        from yaml._yaml import CParser
    except ImportError:
        message = _("PyYAML was installed without its C library libyaml, which is needed to read YAML.")
        advice = _("Install its wheel: pip install --force-reinstall --only-binary pyyaml pyyaml")
        raise YamlError([TextFault(0, 0, message, advice)]) from None
    return CParser(source).get_event


def scalar_of(source: str) -> str:
    """Return the text that one scalar stands for, or ``source`` itself when it is no scalar on its own."""
    next_event = event_source(" " + source)  # indented, for `---` would begin a document
    with suppress(*PARSER_ERRORS):
        for event in iter(next_event, None):
            if isinstance(event, ScalarEvent):
                return str(event.value)
    return source


class WalkResult(NamedTuple):
    """What a walk found: ``documents`` are the data of each document.

    ``alike_keys`` are the numbers of the mappings in which two keys may be the same. ``error`` is what the parser
    raised, if it did; data and places then end there, inside of the mapping or list number ``innermost`` (-1:
    outside of all). ``end`` is the offset up to which the text was read.
    """

    documents: list[Data]
    places: Places
    alike_keys: set[int]
    error: Exception | None
    innermost: int
    end: int


@contextmanager
def without_collector() -> Iterator[None]:
    """Stop the collector of cycles for a while: the data of a text refer to nothing above them, it finds nothing."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


@without_collector()
def walk(source: bytes, text: str, faults: Faults) -> WalkResult:  # noqa: C901, PLR0912, PLR0915 - see below
    """Read ``source``, which is ``text`` in UTF-8, and add what is refused to ``faults``.

    Raises ``EndOfSearchError`` at a value that is longer than any is read.

    There are a quarter of a million events for 10,000 entries: hence one loop, names bound outside of it, and
    everything unusual left to functions elsewhere.
    """
    documents: list[Data] = []
    starts, ends = array("I"), array("I")
    closed: list[tuple[int, int]] = []  # mappings and lists, each with the node after all that is in it
    alike_keys: set[int] = set()
    error: Exception | None = None
    end_of_reading = len(text)

    stretched = Stretched(source, starts)
    get_event = event_source(stretched if len(source) > STRETCH else source)
    add_start, add_end = starts.append, ends.append
    check_scalar = refusals.check_scalar
    longest_unmeasured = VALUE // 4  # characters, each of four bytes at most
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
            if end - start > longest_unmeasured:
                refusals.check_length(value, start, faults)
            if mapping is not None and key is None:
                key = known.get(value)
                if key is None:
                    key = intern(value)
                    normal = mapping_key(key)
                    if not refusals.check_key(normal, start, faults) and normal == key:
                        known[key] = key
                    else:
                        alike_keys.add(owner)
                if end - start != len(key):
                    check_scalar(event, text, faults, is_key=True)
                if key in mapping:
                    alike_keys.add(owner)
                continue
            if end - start != len(value):
                check_scalar(event, text, faults)
            elif end - start <= refusals.NULL_WIDTH and value in refusals.BLANK_OR_NULL:
                if value:
                    faults.add(refusals.null(value, start))
                value = None
            if mapping is None or key is None:  # a key was handled above
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
                faults.add(refusals.node_property(event, text))
            if len(stack) == DEPTH:
                faults.add(refusals.too_deep(start))
                end_of_reading = start
                break
            value = {} if kind is MappingStartEvent else [] if kind is SequenceStartEvent else None

        elif event is None:
            break

        else:  # the start or the end of the stream or of a document
            if kind is DocumentStartEvent and refusals.check_document(event, documents, faults):
                end_of_reading = event.start_mark.index
                break
            continue

        if mapping is None:
            add(value)
        elif key is not None:
            mapping[key] = value
            key = None
        else:
            if kind is not AliasEvent:  # of which node_property said all
                faults.add(refusals.key_of_several(start))
            key = ""  # the next node is its value
        if kind is MappingStartEvent:
            stack.append((mapping, add, key, owner))
            mapping, key, owner = value, None, len(starts) - 1
        elif kind is SequenceStartEvent:
            stack.append((mapping, add, key, owner))
            mapping, add, key, owner = None, value.append, None, len(starts) - 1

    if stretched.is_cut:
        refusals.end_long_stretch(starts[-1] if starts else 0, faults)
    # Where the walk broke off, what is still open ends with the last node.
    closed += [(node, len(starts)) for node in (owner, *(entry[-1] for entry in stack)) if node >= 0]
    after = array("I", bytes(starts.itemsize * len(starts)))
    for node, following in closed:
        after[node] = following
    return WalkResult(documents, Places(starts, ends, after), alike_keys, error, owner, end_of_reading)
