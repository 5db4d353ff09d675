"""Bytes to a tree, or to all that is wrong with them."""

from __future__ import annotations

from array import array
from collections.abc import Iterator

from reformledger.i18n import _
from reformledger.text.folding import mapping_key
from reformledger.yamlio.data import BOM, Lines, Places, Tree
from reformledger.yamlio.faults.characters import check_characters
from reformledger.yamlio.faults.fault import EndOfSearchError, Faults, OffsetFault, YamlError, line_at
from reformledger.yamlio.faults.mistypings import KnownKeys, ReadPart, check_lines
from reformledger.yamlio.faults.refusals import check_is_yaml, check_root
from reformledger.yamlio.reading.decode import decode
from reformledger.yamlio.reading.walk import scalar_of, walk


def read_yaml(raw: bytes, keys: KnownKeys = dict) -> Tree:
    """Read a YAML document of UTF-8 bytes; raises ``YamlError`` with all that is wrong with it.

    A line that begins with one of the ``keys`` of such documents, but has no colon, is refused likewise.

    Every scalar is text as it is written, a blank value None. What a ledger has no use for is refused with the
    reason: anchors, aliases, tags, merge keys, directives, a second document, more than 32 levels, keys that are the
    same, ``null`` and ``~``; and what was hardly meant as it reads is refused with the spelling to type.
    """
    text, bom = decode(raw)
    faults = Faults(Lines(text))
    try:
        tree = _read(raw.removeprefix(BOM), text, keys, faults, bom=bom)
    except EndOfSearchError:
        tree = None
    if tree is None or faults:
        raise YamlError(faults.reported())
    return tree


def _read(source: bytes, text: str, keys: KnownKeys, faults: Faults, *, bom: bool) -> Tree | None:
    check_is_yaml(text, faults)
    if faults:
        return None
    readable = check_characters(source, text, faults)
    result = walk(source if readable is text else readable.encode(), readable, faults)
    for mapping in sorted(result.alike_keys):
        for fault in _same_keys(faults.lines, mapping, result.places):
            faults.add(fault)
    starts = result.places.starts
    error, end = None, result.end
    if result.error:
        from reformledger.yamlio.faults.parser_errors import explain

        error, end = explain(result.error, readable, starts[max(result.innermost, 0)] if starts else 0)
    check_lines(readable, ReadPart(readable, result.places, end), keys, faults)
    root = result.documents[0] if result.documents else None
    if error is None or isinstance(root, list):
        check_root(root, starts[0] if starts else 0, readable, faults)
    elif not _is_reported(error, starts, faults):
        faults.add(error)
    return None if faults else Tree(root, text, result.places, bom=bom)


def _is_reported(fault: OffsetFault, starts: array[int], faults: Faults) -> bool:
    """Say whether the cause of the parser's error is reported: on its line, or as quotes that were closed too late."""
    text = faults.lines.text
    line_start = text.rfind("\n", 0, fault.offset) + 1
    line_end = line_start + len(line_at(text, fault.offset))
    last = starts[-1] if starts else 0
    in_quotes = text[last : last + 1] in {'"', "'"}
    return faults.any_between(line_start, line_end) or (in_quotes and faults.any_between(last, last))


def _same_keys(lines: Lines, mapping: int, places: Places) -> Iterator[OffsetFault]:
    """Yield a fault for each key of a mapping, given by its number, that is the same as one before."""
    starts, ends, after = places
    met: dict[str, tuple[str, int]] = {}
    key_node, last = mapping + 1, after[mapping]
    while key_node < last:
        start = starts[key_node]
        key = scalar_of(lines.text[start : ends[key_node]])
        first, first_start = met.setdefault(mapping_key(key), (key, start))
        if first_start != start:
            same = _("The key “{key}” stands in line {line} already.")
            alike = _("The key “{key}” is the same as “{first}” in line {line}, but for the width of signs or blanks.")
            message = (same if key == first else alike).format(key=key, first=first, line=lines.line(first_start))
            yield OffsetFault(start, message, _("Keep one of the two."))
        value_node = after[key_node] or key_node + 1
        key_node = (after[value_node] or value_node + 1) if value_node < last else last
