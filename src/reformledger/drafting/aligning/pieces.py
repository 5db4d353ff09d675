"""Lines are cut at their blanks into pieces, the parts that cells are made of, and what is before each is judged."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from enum import Enum, auto
from typing import NamedTuple

from reformledger.drafting.passage import Passage
from reformledger.drafting.source import Line

_WORD = re.compile(r"\S+")
_MOST_WIDE = 0.4
"""The share of blanks within lines that may be wide, if wide ones are to say something."""
_FEWEST_ENDS = 3
_LATIN_WORDS = re.compile("(?<=[A-Za-z0-9]) (?=[A-Za-z])")
_FEWEST_WORDS = 3
_HALF_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")


class Gap(Enum):
    """What is between a piece and the one before it."""

    WRAP = auto()
    """The end of a line that goes on with the next: here nothing ends."""
    END = auto()
    """The end of a line that ends a paragraph, or a cell."""
    LINE = auto()
    """The end of a line of a text whose ends tell nothing."""
    BLANK = auto()
    """A blank within a line."""
    WIDE = auto()
    """More blanks than between other pieces: most often there is a blank cell."""
    BLANK_LINE = auto()
    """A line that ends, and behind it one of blanks: most often a blank cell."""


class Piece(NamedTuple):
    """What stands between two blanks; ``line`` is the place of its line among those that were cut, from 0.

    ``text`` has the digits of the passage in half width, whatever they are printed in: it is what patterns look at.
    """

    passage: Passage
    gap: Gap
    line: int
    text: str

    @property
    def starts_line(self) -> bool:
        """Say whether it is the first of its line."""
        return self.gap not in {Gap.BLANK, Gap.WIDE}

    @property
    def begins_line(self) -> bool:
        """Say whether it is the first of a line that does not go on with the one before."""
        return self.starts_line and self.gap is not Gap.WRAP


def pieces_of(lines: Sequence[Line], left_out: Collection[int] = ()) -> list[Piece]:
    """Return the pieces of lines, in their order, without those of the lines at the places ``left_out``."""
    manner = _Manner([line.text.text for line in lines])
    pieces: list[Piece] = []
    gap = Gap.LINE
    for place, line in enumerate(lines):
        if place in left_out:
            gap = Gap.LINE
            continue
        text = line.text.text
        words = list(_WORD.finditer(text))
        if not words:
            if text and gap is Gap.END:
                gap = Gap.BLANK_LINE
            continue
        for word in words:
            if word.start() and word is not words[0]:
                gap = manner.within(text[pieces[-1].passage.at[-1] + 1 - line.text.at[0] : word.start()])
            pieces.append(Piece(line.text[word.start() : word.end()], gap, place, word[0].translate(_HALF_WIDTH)))
        gap = Gap.END if line.is_whole else manner.behind(text)
    return pieces


class _Manner:
    """What blanks within and behind the lines of a text say."""

    def __init__(self, texts: Sequence[str]) -> None:
        filled = [text for text in texts if text.strip()]
        counts = Counter(len(blank) for text in filled for blank in re.findall(r"\s+", text.strip()))
        self._narrowest = min(counts, default=1)
        wide = sum(count for length, count in counts.items() if length > self._narrowest)
        # Between words of Latin letters there is a blank already: a wider one is between cells.
        words = sum(len(_LATIN_WORDS.findall(text)) for text in filled)
        self._wide_tells = wide <= _MOST_WIDE * sum(counts.values()) or words >= _FEWEST_WORDS
        ended = sum(text[-1].isspace() for text in filled)
        self._ends_tell = ended >= _FEWEST_ENDS and len(filled) - ended >= 1

    def within(self, blank: str) -> Gap:
        """Return what a blank within a line is."""
        if "\t" in blank or (self._wide_tells and len(blank) > self._narrowest):
            return Gap.WIDE
        return Gap.BLANK

    def behind(self, line: str) -> Gap:
        """Return what the end of a line is."""
        if not self._ends_tell:
            return Gap.LINE
        blank = line[len(line.rstrip()) :]
        if not blank:
            return Gap.WRAP
        return Gap.BLANK_LINE if len(blank) > self._narrowest else Gap.END


def width_of(text: str) -> float:
    """Return the width of a text, in Chinese characters."""
    return sum(0.5 if character.isascii() else 1.0 for character in text)
