"""How the lines of a text were broken: at what width, and which of them end a paragraph."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from reformledger.text.patterns import when_used

_WIDE = 0x2E80
"""The first of the characters that are a full column wide; marks of Chinese text lie behind it, too."""
_LEAST_LINES = 2
_LEAST_SHARE = 0.1
_NARROWEST = 18.0
"""No page is narrower, in columns."""
_INDENT = 2.5
_SLACK = 2.5
_ENDS_SENTENCE = when_used("[。！？!?；;：:）)]$")
_ENDS_CLAUSE = when_used("[。！？!?；;：:）)，,、”》]$")
_NARROWER = 0.25
_BESIDE_WIDE = re.compile(r"(?<![!-~])\s+|\s+(?![!-~])")
_FIRST_WORD = re.compile(r"[!-~]+|\S")
_MOSTLY = 0.8


class Wrapping:
    """What the lines of a text (those that are not blank) show of how they were broken.

    ``numbered`` and ``labelled`` say of each whether it begins with a number, or a label.
    """

    def __init__(self, lines: Sequence[str], numbered: Sequence[bool], labelled: Sequence[bool]) -> None:
        texts = [line.strip() for line in lines]
        begin = map(any, zip(numbered[1:], labelled[1:], strict=True))
        going_on = [text for text, begins in zip(texts, begin, strict=False) if not begins]
        self._measure = len if _are_cut_by_count(texts) else _width
        self._width = self._full_width(going_on)
        self._blank_ends = _show_ends(lines, numbered)

    def ends(self, line: str, following: str, *, is_first: bool) -> bool:
        """Say whether a line is the last of its paragraph, whose first it may be."""
        if self._blank_ends:
            return line[-1:].isspace()
        if not self.is_full(line, following, is_first=is_first) or line.strip().endswith(("：", ":")):
            return True
        # A sentence that ends with its line, and behind it a short line that ends none: a heading, a signature.
        is_short = not self.is_full(following, is_first=True) and not _ENDS_CLAUSE.search(following.strip())
        return is_short and _ENDS_SENTENCE.search(line.strip()) is not None

    def goes_on_for_sure(self, line: str) -> bool:
        """Say whether the blanks at the ends of lines show that a line is not the last of its paragraph."""
        return self._blank_ends and not line[-1:].isspace()

    def is_full(self, line: str, following: str = "", *, is_first: bool) -> bool:
        """Say whether the first word of the line behind it would have found no room in a line."""
        if not self._width:
            return False
        word = _FIRST_WORD.match(following.strip())
        room = self._measure(line.strip()) + (self._measure(word[0]) if word else 0)
        slack = 1 if self._measure is len else _SLACK + (_INDENT if is_first else 0)
        return room > self._width - slack

    def _full_width(self, texts: Sequence[str]) -> float:
        """Return the width at which lines are broken, 0 where they are not: the widest that several have.

        The ``texts`` are those that something may go on behind; about half of them, at least, end no sentence.
        """
        narrowest = _NARROWEST if self._measure is _width else _NARROWEST / 2
        measured = sorted((self._measure(text), text) for text in texts)
        widths = [width for width, _text in measured]
        for last in range(len(widths), 0, -1):
            width = widths[last - 1]
            if width < narrowest:
                break
            near = measured[bisect_right(widths, width - _SLACK) : last]
            broken = sum(not _ENDS_CLAUSE.search(text) for _width, text in near)
            if last == len(widths) and len(near) == broken == _LEAST_LINES:
                return width
            if len(near) > max(_LEAST_LINES, _LEAST_SHARE * len(widths)):
                broken = sum(not _ENDS_SENTENCE.search(text) for _width, text in near)
                return width if broken * 2 >= len(near) else 0
        return 0


def _show_ends(lines: Sequence[str], numbered: Sequence[bool]) -> bool:
    """Say whether blanks at the end of lines tell the last ones of paragraphs from the others.

    Those without one then end in the middle of a sentence, and no line behind them begins with a number.
    """
    open_ends = [at for at, line in enumerate(lines) if not line[-1:].isspace()]
    if not open_ends or len(open_ends) == len(lines):
        return False
    going_on = sum(
        not _ENDS_SENTENCE.search(lines[at].strip()) and not any(numbered[at + 1 : at + 2]) for at in open_ends
    )
    return going_on >= _MOSTLY * len(open_ends)


def _width(text: str) -> float:
    """Return the width of a text in columns of a Chinese character.

    Quotation marks are as narrow as letters; blanks that are not between letters are narrower.
    """
    blanks = sum(len(match[0]) for match in _BESIDE_WIDE.finditer(text))
    return sum(1.0 if ord(character) >= _WIDE else 0.5 for character in text) - blanks * _NARROWER


def _are_cut_by_count(texts: Sequence[str]) -> bool:
    """Say whether most of the longest lines have one number of characters: a program broke them, not a page."""
    counts = Counter(map(len, texts))
    if not counts:
        return False
    longest = max(counts)
    near = sum(count for length, count in counts.items() if length >= longest * _MOSTLY)
    return counts[longest] > _LEAST_LINES and counts[longest] * 2 > near
