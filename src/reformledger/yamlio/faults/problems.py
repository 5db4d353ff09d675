"""What is wrong with a text, where, and what to do about it."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from typing import NamedTuple

from reformledger.i18n import _, sentences

LIMIT = 50
"""How many problems of one text are told; whoever has more mends these first."""


class Problem(NamedTuple):
    """One thing wrong in a text.

    ``line`` and ``column`` count from 1, columns in characters (0: the text as a whole); ``message`` says what is
    wrong, ``advice`` what to do about it (may be empty).
    """

    line: int
    column: int
    message: str
    advice: str = ""


class YamlError(Exception):
    """A text that cannot be read; ``problems`` lists what is wrong with it, in the text's order, never nothing."""

    def __init__(self, problems: list[Problem]) -> None:
        if not problems:
            raise ValueError("a text is refused without a reason")
        super().__init__(problems)
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join(f"{p.line}:{p.column}: {sentences(p.message, p.advice)}" for p in self.problems)


class Lines:
    """The lines of a text: character offsets (from 0) to lines and columns (from 1). Counted when first asked for."""

    __slots__ = ("_starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts: array[int] | None = None

    def _line_starts(self) -> array[int]:
        if self._starts is None:
            self._starts = array("I", [0])
            self._starts.extend(match.end() for match in re.finditer("\n", self.text))
        return self._starts

    def line(self, offset: int) -> int:
        """Return the number of the line that holds ``offset``."""
        return bisect_right(self._line_starts(), offset)

    def place(self, offset: int) -> tuple[int, int]:
        """Return line and column of ``offset``."""
        line = self.line(offset)
        return line, offset - self._line_starts()[line - 1] + 1


class EnoughError(Exception):
    """There are as many problems as are told: the search ends here."""


class Note(NamedTuple):
    """A problem whose place is still a character offset."""

    offset: int
    message: str
    advice: str = ""


class Notes:
    """The problems of one text while it is read."""

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self._notes: dict[Note, None] = {}  # as a set that keeps its order

    def __bool__(self) -> bool:
        return bool(self._notes)

    def add(self, note: Note) -> None:
        """Keep a problem; raises ``EnoughError`` when no more are told."""
        if len(self._notes) == LIMIT:
            raise EnoughError
        self._notes[note] = None

    def between(self, first: int, last: int) -> bool:
        """Say whether a problem is known at an offset from ``first`` to ``last``, both counted in."""
        return any(first <= note.offset <= last for note in self._notes)

    def problems(self) -> list[Problem]:
        """Return the problems in the text's order, with a last one that says when there may be more."""
        listed = [
            Problem(*self.lines.place(offset), message, advice) for offset, message, advice in sorted(self._notes)
        ]
        if len(self._notes) == LIMIT:
            listed.append(Problem(0, 0, _("Only the first {count} problems are listed.").format(count=LIMIT)))
        return listed
