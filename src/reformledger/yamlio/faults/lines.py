"""Slips that only the source line shows, told from the same signs inside quotes and block scalars."""

from __future__ import annotations

import re
from bisect import bisect_right

from reformledger.i18n import _, sentences
from reformledger.yamlio.data import Places
from reformledger.yamlio.faults.fault import Note, Notes
from reformledger.yamlio.faults.mistypings import odd_lines
from reformledger.yamlio.faults.refusals import quote_advice

# A comment after something else that begins without a space: `title: #1 学校`, `title: 改革 #1`.
_TIGHT_COMMENT = re.compile(r"#(?<=[ \t]#)#*(?=[^\s#])")
# libyaml takes `title: "改革"#1` for a comment, too.
_BEHIND_QUOTE = re.compile(r"#(?<=[\"']#)")


_NOT_PLAIN = "\"'|>"
"""What a quoted or a block scalar begins with."""


class Reach:
    """How far a text was read, and which of its signs stand inside a quoted or a block scalar."""

    __slots__ = ("_ends", "_starts", "_text", "last")

    def __init__(self, text: str, places: Places, last: int) -> None:
        self._text = text
        self._starts = places.starts
        self._ends = places.ends
        self.last = last

    def is_open(self, offset: int) -> bool:
        """Say whether the sign at ``offset`` was read, and as part of the YAML rather than of such a scalar."""
        node = bisect_right(self._starts, offset) - 1
        in_scalar = node >= 0 and offset < self._ends[node] and self._text[self._starts[node]] in _NOT_PLAIN
        return offset <= self.last and not in_scalar

    def value_before(self, offset: int) -> int:
        """Return where the value starts that ``offset`` follows, with nothing but blanks between, or -1."""
        while offset and self._text[offset - 1] in " \t":
            offset -= 1
        node = bisect_right(self._starts, offset) - 1
        return self._starts[node] if node >= 0 and self._ends[node] == offset else -1


def check_lines(text: str, reach: Reach, notes: Notes) -> None:
    """Note lines that open with the wrong sign, and comments that were hardly meant as such."""
    for note in odd_lines(text):
        if reach.is_open(note.offset):
            notes.add(note)
    for found in _TIGHT_COMMENT.finditer(text):
        offset = found.start()
        value = reach.value_before(offset)
        if value >= 0 and text[value] not in _NOT_PLAIN:
            message = _("A “#” after a space begins a comment: what follows is not part of the value.")
            blank = text[value:offset].isspace()
            advice = quote_advice(text, offset if blank else value)
            meant = _("If it is meant as a comment, write a space after “#”.")
            notes.add(Note(offset, message, sentences(advice, meant)))
    for found in _BEHIND_QUOTE.finditer(text):
        offset = found.start()
        value = reach.value_before(offset)
        if value >= 0 and text[value] in "\"'":
            message = _("A “#” behind the closing quote begins a comment: what follows is not part of the value.")
            advice = _("Put it inside the quotes, or write a space before “#” if it is meant as a comment.")
            notes.add(Note(offset, message, advice))
