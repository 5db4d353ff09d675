"""When two keys are the same key."""

from __future__ import annotations

from collections.abc import Iterator

from reformledger.i18n import _
from reformledger.text.folding import mapping_key
from reformledger.yamlio.data import Lines, Places
from reformledger.yamlio.faults.fault import OffsetFault
from reformledger.yamlio.reading.events import scalar_of


def same_keys(lines: Lines, mapping: int, places: Places) -> Iterator[OffsetFault]:
    """Yield a fault for each key of a mapping, given by its number, that is the same as one before."""
    starts, ends, after = places
    met: dict[str, tuple[str, int]] = {}
    key_node, last = mapping + 1, after[mapping]
    while key_node < last:
        start = starts[key_node]
        key = scalar_of(lines.text[start : ends[key_node]])
        first, first_start = met.setdefault(mapping_key(key), (key, start))
        if first_start != start:
            yield OffsetFault(start, *_sentences(key, first, lines.line(first_start)))
        value_node = after[key_node] or key_node + 1
        key_node = (after[value_node] or value_node + 1) if value_node < last else last


def _sentences(key: str, first: str, line: int) -> tuple[str, str]:
    advice = _("Keep one of the two.")
    if key == first:
        return _("The key “{key}” stands in line {line} already.").format(key=key, line=line), advice
    message = _("The key “{key}” is the same as “{first}” in line {line}, but for the width of signs or blanks.")
    return message.format(key=key, first=first, line=line), advice
