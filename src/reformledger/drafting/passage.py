"""Text that knows where in its source each of its characters is: whatever is cut from it, and joined, knows it too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final


@dataclass(slots=True, unsafe_hash=True)  # frozen, one takes twice the time to make; Final says it, too
class Passage:
    """Some characters of a source: ``text``, and the place of each in the text of the whole source, from 0.

    A passage may leave out characters between two of its own (the blanks that a PDF put into a word, the end of a
    line). Slices, ``+`` and the methods give passages again.
    """

    text: Final[str]
    at: Final[Sequence[int]]

    def __bool__(self) -> bool:
        return self.text != ""

    def __len__(self) -> int:
        return len(self.text)

    def __str__(self) -> str:
        return self.text

    def __getitem__(self, part: slice) -> Passage:
        return Passage(self.text[part], self.at[part])

    def __add__(self, other: Passage) -> Passage:
        if not (self and other):
            return self or other
        return Passage(self.text + other.text, (*self.at, *other.at))

    def strip(self, characters: str | None = None) -> Passage:
        """Return it without white space, or without some ``characters``, before and behind it."""
        if self.text.strip(characters) == self.text:
            return self
        start = len(self.text) - len(self.text.lstrip(characters))
        return self[start : max(start, len(self.text.rstrip(characters)))]

    def group(self, match: re.Match[str], group: int | str = 0) -> Passage:
        """Return what a group of a ``match`` in its text found; blank where it took no part."""
        start, end = match.span(group)
        return self[start:end] if start >= 0 else NOTHING

    def split(self, pattern: str | re.Pattern[str]) -> list[Passage]:
        """Return what is between the matches of a pattern, as ``re.split`` does; blank pieces stay."""
        pieces, start = [], 0
        for match in re.finditer(pattern, self.text):
            pieces.append(self[start : match.start()])
            start = match.end()
        return [*pieces, self[start:]]

    def without(self, pattern: str | re.Pattern[str]) -> Passage:
        """Return it without what matches a pattern."""
        return joined(self.split(pattern))

    def runs(self) -> Iterator[tuple[int, int]]:
        """Yield the stretches of the source that it is made of: from, up to; in the order of the text."""
        if isinstance(self.at, range):
            if self.at:
                yield self.at.start, self.at.stop
            return
        start = end = -1
        for place in self.at:
            if place != end:
                if end > start:
                    yield start, end
                start = place
            end = place + 1
        if end > start:
            yield start, end


NOTHING = Passage("", ())


def joined(passages: Iterable[Passage]) -> Passage:
    """Return passages as one, with nothing between them."""
    parts = [passage for passage in passages if passage]
    if len(parts) == 1:
        return parts[0]
    return Passage("".join(part.text for part in parts), tuple(place for part in parts for place in part.at))


def joined_lines(lines: Iterable[Passage]) -> Passage:
    """Return passages as one, each on a line of its own."""
    pieces: list[Passage] = []
    for line in lines:
        pieces += [Passage("\n", pieces[-1].at[-1:]), line] if pieces else [line]
    return joined(pieces)
