"""A fault: something wrong in a text, where it is, and what to do about it."""

from __future__ import annotations

import re
from typing import NamedTuple

from reformledger.i18n import _, sentences
from reformledger.limits import FAULTS
from reformledger.yamlio.data import Lines

_SHOWN = 60  # characters of a value that a sentence repeats
_COMMENT = r"\s+#(?:\s.*)?$"


class TextFault(NamedTuple):
    """A fault as it is reported.

    ``line`` and ``column`` count from 1, columns in characters (0: the text as a whole); ``message`` says what is
    wrong, ``advice`` what to do about it (may be empty).
    """

    line: int
    column: int
    message: str
    advice: str = ""


class YamlError(Exception):
    """A text that cannot be read; ``faults`` lists what is wrong with it, in the text's order, at least one."""

    def __init__(self, faults: list[TextFault]) -> None:
        if not faults:
            raise ValueError("a text is refused without a reason")
        super().__init__(faults)
        self.faults = faults

    def __str__(self) -> str:
        return "\n".join(f"{f.line}:{f.column}: {sentences(f.message, f.advice)}" for f in self.faults)


class EndOfSearchError(Exception):
    """The search for faults ends here: there are more than are reported, or the text is more than is read."""


class OffsetFault(NamedTuple):
    """A fault while its text is read: its place is still a character offset."""

    offset: int
    message: str
    advice: str = ""


class Faults:
    """The faults found so far in a text that is being read."""

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self._found: dict[OffsetFault, None] = {}  # as a set that keeps its order

    def __bool__(self) -> bool:
        return bool(self._found)

    def add(self, fault: OffsetFault) -> None:
        """Keep a fault; raises ``EndOfSearchError`` when ``FAULTS`` are kept."""
        if len(self._found) == FAULTS:
            raise EndOfSearchError
        self._found[fault] = None

    def any_between(self, first: int, last: int) -> bool:
        """Say whether a fault was found at an offset from ``first`` to ``last``, both included."""
        return any(first <= fault.offset <= last for fault in self._found)

    def reported(self) -> list[TextFault]:
        """Return the faults in the text's order, with a last one that says when there may be more."""
        listed = [
            TextFault(*self.lines.place(offset), message, advice) for offset, message, advice in sorted(self._found)
        ]
        if len(self._found) == FAULTS:
            listed.append(TextFault(0, 0, _("Only the first {count} problems are listed.").format(count=FAULTS)))
        return listed


def line_at(text: str, offset: int) -> str:
    """Return the line that holds ``offset``, without its ending."""
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", start)
    return text[start : end if end >= 0 else len(text)].rstrip("\r")


def quote_advice(text: str, offset: int, end: int | None = None) -> str:
    """Show how to type, as a quoted value, what is written from ``offset`` to ``end`` or the end of its line."""
    line = line_at(text, offset)
    start = text.rfind("\n", 0, offset) + 1
    value = line[offset - start : None if end is None else end - start]
    return _("If it is meant as text, write it in quotes: {quoted}").format(quoted=quoted(value))


def quoted(value: str) -> str:
    """Return a value as a quoted scalar, without the comment behind it, shortened if it is long."""
    value = shortened(re.sub(_COMMENT, "", value).strip())
    if '"' in value or "\\" in value:
        return "'" + value.replace("'", "''") + "'"
    return f'"{value}"'


def shortened(value: str) -> str:
    """Return a value as a sentence repeats it: a long one cut."""
    return value if len(value) <= _SHOWN else value[:_SHOWN] + "…"
