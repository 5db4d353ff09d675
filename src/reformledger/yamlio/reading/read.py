"""Bytes to a tree, or to all that is wrong with them."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from reformledger.yamlio.data import Lines
from reformledger.yamlio.faults.characters import check_characters
from reformledger.yamlio.faults.fault import Faults, OffsetFault, TooManyFaultsError, YamlError, line_at
from reformledger.yamlio.faults.mistypings import ReadPart, check_lines
from reformledger.yamlio.faults.not_yaml import check_is_yaml, check_root
from reformledger.yamlio.reading.decode import BOM, decode
from reformledger.yamlio.reading.keys import same_keys
from reformledger.yamlio.reading.tree import Tree
from reformledger.yamlio.reading.walk import WalkResult, walk

if TYPE_CHECKING:
    from reformledger.yamlio.faults.parser_errors import Explanation


def read_yaml(raw: bytes) -> Tree:
    """Read a YAML document of UTF-8 bytes; raises ``YamlError`` with all that is wrong with it.

    Every scalar is text as it is written, a blank value None. What a ledger has no use for is refused with the
    reason: anchors, aliases, tags, merge keys, directives, a second document, more than 32 levels, keys that are the
    same, ``null`` and ``~``; and what was hardly meant as it reads is refused with the spelling to type.
    """
    text, bom = decode(raw)
    faults = Faults(Lines(text))
    try:
        tree = _read(raw.removeprefix(BOM), text, faults, bom=bom)
    except TooManyFaultsError:
        tree = None
    if tree is None or faults:
        raise YamlError(faults.reported())
    return tree


def _read(source: bytes, text: str, faults: Faults, *, bom: bool) -> Tree | None:
    check_is_yaml(text, faults)
    if faults:
        return None
    readable = check_characters(source, text, faults)
    result = walk(source if readable is text else readable.encode(), readable, faults)
    for mapping in sorted(result.alike_keys):
        for fault in same_keys(faults.lines, mapping, result.places):
            faults.add(fault)
    explanation = _explained(result.error, result, readable) if result.error else None
    part = ReadPart(readable, result.places, explanation.end if explanation else result.end)
    check_lines(readable, part, faults)
    starts = result.places.starts
    root = result.documents[0] if result.documents else None
    if explanation is None or isinstance(root, list):
        check_root(root, starts[0] if starts else 0, readable, faults)
    elif not _is_reported(explanation.fault, starts, faults):
        faults.add(explanation.fault)
    return None if faults else Tree(root, text, result.places, bom=bom)


def _explained(error: Exception, result: WalkResult, text: str) -> Explanation:
    from reformledger.yamlio.faults.parser_errors import explain

    starts = result.places.starts
    return explain(error, text, starts[max(result.innermost, 0)] if starts else 0)


def _is_reported(fault: OffsetFault, starts: array[int], faults: Faults) -> bool:
    """Say whether the cause of the parser's error is reported: on its line, or as quotes that were closed too late."""
    text = faults.lines.text
    line_start = text.rfind("\n", 0, fault.offset) + 1
    line_end = line_start + len(line_at(text, fault.offset))
    last = starts[-1] if starts else 0
    in_quotes = text[last : last + 1] in {'"', "'"}
    return faults.any_between(line_start, line_end) or (in_quotes and faults.any_between(last, last))
