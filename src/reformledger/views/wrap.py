"""Text folded to a width in terminal cells, Chinese and Latin characters mixed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from unicodedata import east_asian_width

from rich.cells import cell_len, get_character_cell_size

T = TypeVar("T")
GAP = "  "
"""What is between two columns."""
# What may not begin or end a line (GB/T 15834, chapter 5: punctuation stays with the words it belongs to).
_NEVER_FIRST = frozenset("，。、；：！？）》〉」』】〕”’…—～·)]}%％℃")
_NEVER_LAST = frozenset("（《〈「『【〔“‘([{")
# Between two names or clauses a line breaks best: 刘自力、彭格.
_SEPARATORS = frozenset("、，；。")
_RUNNING_TEXT = 36  # cells from which a column is wide enough for running text


class Memo(dict[str, T]):
    """What is made of each text, made once: a look-up takes half the time of a cached call."""

    def __init__(self, make: Callable[[str], T]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, text: str) -> T:
        self[text] = self._make(text)
        return self[text]


def _most_cells(character: str) -> int:
    """Return the cells that a character takes at most: fonts differ on those of ambiguous width (“ ” ☆ …)."""
    return 2 if east_asian_width(character) == "A" else get_character_cell_size(character)


_cells = Memo(get_character_cell_size).__getitem__
_cells_at_most = Memo(_most_cells).__getitem__


def width(text: str) -> int:
    """Return how many cells ``text`` takes."""
    if text.isascii():
        return len(text)
    if "\u200d" in text or "\ufe0f" in text:  # joined characters are measured together
        return cell_len(text)
    return sum(map(_cells, text))


def _at_most(text: str) -> int:
    return len(text) if text.isascii() else sum(map(_cells_at_most, text))


def fold(text: str, room: int, taken: int = 0) -> list[str]:
    """Return ``text`` as lines of at most ``room`` cells, whatever the font; words and punctuation stay together.

    ``taken`` cells of the first line are used by what is printed before the text. Nothing is left out but the spaces
    at which a line breaks. A line feed begins a new line.
    """
    lines = []
    for paragraph in text.split("\n"):
        rest, left = paragraph, room - taken
        while len(rest) > 1 and 2 * len(rest) > left and _at_most(rest) > left:
            end = _break(rest, left)
            lines.append(rest[:end].rstrip(" "))
            rest, left = rest[end:].lstrip(" "), room
        lines.append(rest)
        taken = 0
    return lines


def _break(text: str, room: int) -> int:
    """Return how many characters of ``text`` go on a line of ``room`` cells, at least one."""
    used = fitting = 0
    for character in text:
        used += _cells_at_most(character)
        if used > room:
            break
        fitting += 1
    fitting = max(fitting, 1)
    # A narrow column holds names, where lines may differ in length; those of running text should not.
    least = fitting // 4 if room < _RUNNING_TEXT else fitting * 2 // 3
    after_separator = (end for end in range(fitting, least, -1) if text[end - 1] in _SEPARATORS)
    anywhere = (end for end in range(fitting, fitting // 2, -1) if _may_break(text[end - 1], text[end]))
    return next((end for end in (*after_separator, *anywhere) if text[end] not in _NEVER_FIRST), fitting)


def _may_break(before: str, after: str) -> bool:
    if " " in {before, after}:
        return True
    if before in _NEVER_LAST:
        return False
    return not (before.isascii() and after.isascii())
