"""When two keys are the same key."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from reformledger.i18n import _
from reformledger.yamlio.data import Lines, Places
from reformledger.yamlio.faults.fault import OffsetFault
from reformledger.yamlio.reading.events import scalar_of

_ZERO_WIDTH = "[\u200b-\u200d\u2060\ufeff]"


def normal_key(key: str) -> str:
    """Return the form in which keys are compared: NFKC, no zero-width characters, no blanks around.

    So ``ＩＤ`` is ``ID``, and a key with a full-width space behind it is the key without.
    """
    if not key.isascii():
        key = unicodedata.normalize("NFKC", re.sub(_ZERO_WIDTH, "", key))
    return key.strip()


def same_keys(lines: Lines, mapping: int, places: Places) -> Iterator[OffsetFault]:
    """Yield a fault for each key of a mapping, given by its number, that is the same as one before."""
    starts, ends, after = places
    met: dict[str, tuple[str, int]] = {}
    key_node, last = mapping + 1, after[mapping]
    while key_node < last:
        start = starts[key_node]
        key = scalar_of(lines.text[start : ends[key_node]])
        first, first_start = met.setdefault(normal_key(key), (key, start))
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
