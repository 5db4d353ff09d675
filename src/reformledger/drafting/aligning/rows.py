"""Where each row of a table begins: by the numbers as they go on, and by the best total of the rows between."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from reformledger.drafting.aligning.columns import Columns
from reformledger.drafting.aligning.cutting import readings
from reformledger.drafting.aligning.gaps import has_unit
from reformledger.drafting.aligning.heads import CODE
from reformledger.drafting.aligning.pieces import Piece

_LOOKED_AT = 3
"""Pieces that may be the next number which are tried."""
_SHORTEST_CODE = 3  # digits of a code, which need not go on by one
_MOST_LEFT_OUT = 30
_JUMP = -4.0
_WITHIN_LINE = -1.5
_MOST_UNNUMBERED = 40
"""Pieces that a row without a number may have."""
_NO_ROW = -100.0
_UNFINISHED_DAY = re.compile("[0-9][-/]$")
_YEARS = range(1990, 2100)


class _Code(NamedTuple):
    letters: str
    value: int
    length: int


def _codes(pieces: Sequence[Piece]) -> dict[int, _Code]:
    """Return the pieces that may be the number of a row, by their places: no part of a date or of a count (10 月)."""
    parts: set[int] = set()
    for at, (piece, behind) in enumerate(pairwise(pieces)):
        if not behind.starts_line and has_unit(piece.text, behind.text):
            parts.add(at)
        if _UNFINISHED_DAY.search(piece.text):
            parts.add(at + 1)
    return {at: code for at, piece in enumerate(pieces) if at not in parts and (code := _code(piece))}


def _code(piece: Piece) -> _Code | None:
    match = CODE.fullmatch(piece.text)
    return _Code(match["letters"], int(match["value"]), len(match["value"])) if match else None


def row_starts(pieces: Sequence[Piece], columns: Columns) -> list[int]:
    """Return the places at which rows begin, the first of which is 0."""
    codes = _codes(pieces)
    if not pieces:
        return []
    if columns.number is None:
        return _starts_of_lines(pieces, columns)
    if not codes or (columns.number == 0 and 0 not in codes):
        return [0]
    first = min(codes)
    by_code: dict[tuple[str, int], list[int]] = {}
    for at, code in codes.items():
        by_code.setdefault((code.letters, code.value), []).append(at)
    following: dict[int, list[int]] = {}
    reachable = [first]
    for at in reachable:
        if at not in following:
            following[at] = _following(pieces, codes, by_code, at)
            reachable += following[at]
    if all(len(places) <= 1 for places in following.values()):
        chain = _chain(following, first)
    else:
        chain = _best_chain(pieces, columns, following, first)
    # What is on a line before its number belongs to the row.
    return [0, *(_start_of_line(pieces, at) if columns.number else at for at in chain[1:])]


def _start_of_line(pieces: Sequence[Piece], at: int) -> int:
    while at and pieces[at - 1].line == pieces[at].line:
        at -= 1
    return at


def _starts_of_lines(pieces: Sequence[Piece], columns: Columns) -> list[int]:
    """Return the lines that begin rows without a number: those with the best total of the rows between."""
    starts = [at for at, piece in enumerate(pieces) if piece.begins_line or not at]
    best: dict[int, tuple[float, list[int]]] = {len(pieces): (0.0, [])}
    for start in reversed(starts):
        by_end = readings(pieces[start : start + _MOST_UNNUMBERED], columns)
        ends = [at for at in (*starts, len(pieces)) if start < at < start + len(by_end) and by_end[at - start]]
        ways = [(by_end[end - start][0].score + best[end][0], [start, *best[end][1]]) for end in ends]
        best[start] = max(ways, default=(_NO_ROW, [start]))
    return best[0][1]


def _following(
    pieces: Sequence[Piece], codes: dict[int, _Code], by_code: dict[tuple[str, int], list[int]], at: int
) -> list[int]:
    """Return the places at which the row behind that of ``at`` may begin."""
    code = codes[at]
    next_ones = [place for place in by_code.get((code.letters, code.value + 1), ()) if place > at + 1]
    in_front = [place for place in next_ones if pieces[place].starts_line]
    if in_front:
        within = [place for place in next_ones if place < in_front[0]]
        return sorted([*in_front[:_LOOKED_AT], *within[:1]])
    if next_ones:
        return next_ones[:_LOOKED_AT]
    return [
        place
        for place, other in codes.items()
        if place > at + 1 and pieces[place].starts_line and _goes_on(code, other)
    ][:1]


def _goes_on(code: _Code, other: _Code) -> bool:
    """Say whether a number may be that of the next row although it is not the next."""
    if code.letters or other.letters:
        return bool(code.letters and other.letters) and (other.letters, other.value) != (code.letters, code.value)
    if other.value in _YEARS and code.value not in _YEARS:
        return False
    is_code = code.length >= _SHORTEST_CODE and other.length == code.length
    return code.value < other.value <= code.value + (10**code.length if is_code else _MOST_LEFT_OUT)


def _chain(following: dict[int, list[int]], first: int) -> list[int]:
    starts = [first]
    while following[starts[-1]]:
        starts += following[starts[-1]]
    return starts


def _best_chain(pieces: Sequence[Piece], columns: Columns, following: dict[int, list[int]], first: int) -> list[int]:
    """Return the chain of rows with the best total."""

    @cache
    def points(start: int, end: int) -> float:
        found = readings(pieces[start:end], columns)[-1]
        return (found[0].score if found else _NO_ROW) + (0.0 if pieces[start].starts_line else _WITHIN_LINE)

    best: dict[int, tuple[float, list[int]]] = {}
    for start in sorted(following, reverse=True):
        ways = [] if following[start] else [(points(start, len(pieces)), [start])]
        for end in following[start]:
            score, chain = best[end]
            ways.append((points(start, end) + score, [start, *chain]))
        best[start] = max(ways)
    return best[first][1]
