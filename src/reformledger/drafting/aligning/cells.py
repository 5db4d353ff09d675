"""The cells of a row as passages, once it is known which pieces make each of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reformledger.drafting.aligning.cutting import Reading
from reformledger.drafting.aligning.fitting import Kind, is_step
from reformledger.drafting.aligning.gaps import has_unit, is_one_date
from reformledger.drafting.aligning.pieces import Gap, Piece
from reformledger.drafting.blanks import tidied
from reformledger.drafting.names import is_office, is_short_person
from reformledger.drafting.passage import NOTHING, Passage, joined

_ENDS = frozenset({Gap.END, Gap.BLANK_LINE})
_BATCH = re.compile("第.{1,2}[批期]")
"""What its date follows: 第三批 / 2022."""
_UNFINISHED = re.compile("[0-9][-/]$")
"""A day that a line end cut: 2024-06-."""
_MARKS = tuple("、，,；;：:（(《“/／")


def cells_of(pieces: Sequence[Piece], reading: Reading, kinds: Sequence[Kind]) -> list[tuple[Passage, ...]]:
    """Return the cells of a reading, row by row.

    A line end stays in a cell where it ends a name, a number or a paragraph.
    """
    count = len(kinds)
    cells = [_cell(pieces[start:end], kinds[place % count]) for place, (start, end) in enumerate(reading.spans)]
    return [tuple(cells[start : start + count]) for start in range(0, len(cells), count)]


def _cell(pieces: Sequence[Piece], kind: Kind) -> Passage:
    parts: list[Passage] = []
    line: list[Passage] = []
    for place, piece in enumerate(pieces):
        if place and _keeps_end(pieces, place, kind):
            parts += [tidied(joined(line)), _before(piece, "\n")]
            line = []
        elif place and _UNFINISHED.search(pieces[place - 1].text):
            pass
        elif place and piece.gap in {Gap.BLANK, Gap.WIDE}:
            line.append(_before(piece, " "))
        elif place:
            line.append(_before(piece, "\n"))
        line.append(piece.passage)
    return joined([*parts, tidied(joined(line))]) if line else NOTHING


def _before(piece: Piece, character: str) -> Passage:
    """Return the blank, or the end of a line, that the source has before a piece, as one character."""
    return Passage(character, (piece.passage.at[0] - 1,))


def _keeps_end(pieces: Sequence[Piece], place: int, kind: Kind) -> bool:
    """Say whether the line that ends before a piece ends for itself, within its cell."""
    piece, before = pieces[place], pieces[place - 1]
    if has_unit(before.text, piece.text) or is_one_date(before.text, piece.text):
        return False
    if not piece.starts_line or before.text.endswith(_MARKS) or _BATCH.fullmatch(before.text):
        return False
    if piece.gap in _ENDS:
        return True
    if kind == "contact":
        return before.text[-1].isdigit() != piece.text[0].isdigit()
    if piece.gap is Gap.WRAP:
        return False
    if kind == "steps":
        return is_step(piece.text) or _is_short_of(pieces, place)
    if kind in {"person", "people"}:
        return is_short_person(before.text) and is_short_person(piece.text)
    are_offices = kind == "office" and is_office(before.text)
    return are_offices and (_is_short_of(pieces, place) or all(is_office(piece.text) for piece in pieces))


def _is_short_of(pieces: Sequence[Piece], place: int) -> bool:
    """Say whether the line before a piece is shorter than the widest of its cell: nothing broke it there."""
    return len(pieces[place - 1].text) < max(len(piece.text) for piece in pieces)
