"""Where the headings of a table are among pieces, and which pieces make each of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reformledger.drafting.aligning.fitting import kind_of
from reformledger.drafting.aligning.pieces import Gap, Piece, width_of
from reformledger.drafting.aligning.steps import put_below
from reformledger.drafting.passage import Passage, joined
from reformledger.drafting.tables.headings import field_of
from reformledger.drafting.title_lines import ends_only_title, is_annex
from reformledger.text.folding import compact

CODE = re.compile(r"(?P<letters>[A-Za-z]{0,4}[-－]?)(?P<value>[0-9]{1,4})[.．、]?")
"""A number of a row: 1, 201, R1, A-1."""
_LONGEST = 14  # characters of a heading, those of Latin letters half
_MOST_PIECES = 6
"""Pieces that one heading is broken into."""
_MOST = 120
"""Pieces of all headings of a table."""
_FEWEST, _FEWEST_KNOWN = 2, 3
"""Headings of a table: two that are a line, or three that are known among others."""
_MOST_BEFORE = 2
"""Headings on a line before that of the numbers."""
_KNOWN, _LIKELY, _UNKNOWN = 4.0, 1.0, -0.5
_BROKEN = -3.0
_NO_HEADING = re.compile("[《》☆。；“”0-9]{2}|[《》☆。；]|^[一二三四五六七八九十]+、")
_YEAR = re.compile("[0-9]{4}年")
_LABEL = re.compile("[:：]")
_ENDED = re.compile("[.,;!?，！？]$")


class Head(NamedTuple):
    """The headings of a table, and where among the pieces they are: from, up to.

    ``doubtful`` are those of which it is not sure where they begin and end.
    """

    start: int
    end: int
    headings: tuple[Passage, ...]
    doubtful: tuple[Passage, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the headings as they are compared."""
        return tuple(compact(heading.text) for heading in self.headings)

    def number_place(self, pieces: Sequence[Piece]) -> int:
        """Return the place of the piece with which the heading of the numbers begins."""
        first = self.headings[self.number or 0].at[0]
        return next(at for at in range(self.start, self.end) if pieces[at].passage.at[0] == first)

    @property
    def number(self) -> int | None:
        """Return the place of the column of numbers."""
        return next((at for at, heading in enumerate(self.headings) if field_of(heading.text) == "number"), None)


def heads_in(pieces: Sequence[Piece]) -> Iterator[Head]:
    """Yield the headings of each table in pieces."""
    at = 0
    while at < len(pieces):
        head = _head_at(pieces, at) if _may_begin(pieces, at) else None
        if head and head.number and (later := _head_at(pieces, head.number_place(pieces))):
            head = later
        if head:
            yield _with_line(pieces, head)
        at = head.end if head else at + 1


def _may_begin(pieces: Sequence[Piece], at: int) -> bool:
    text = pieces[at].text
    if text[0].isdigit() or _is_no_heading(text):
        return False
    if not pieces[at].starts_line:
        return field_of(text) == "number"
    return any(field_of(text) for text in _texts(pieces, at, min(at + 3, len(pieces))))


def _with_line(pieces: Sequence[Piece], head: Head) -> Head:
    """Return headings with those that are on the same line before that of the numbers: 类别 | 序号.

    Of what is behind then, a line that says nothing known is of the first row.
    """
    start, line = head.start, pieces[head.start].line
    while start and pieces[start - 1].line == line:
        start -= 1
    if not 0 < head.start - start <= _MOST_BEFORE:
        return head
    before = tuple(piece.passage for piece in pieces[start : head.start])
    if any(_is_above_table(heading.text) for heading in before):
        return head
    end, headings = head.end, list(head.headings)
    while not field_of(headings[-1].text) and len(headings) > 1:
        place = next(at for at in range(head.start, end) if pieces[at].passage.at[0] == headings[-1].at[0])
        if pieces[place].line == line:
            break
        headings.pop()
        end = place
    return Head(start, end, (*before, *headings), tuple(one for one in head.doubtful if one in headings))


def _is_above_table(text: str) -> bool:
    """Say whether a text is printed above a table: on the line of its headings if lines were broken anew."""
    return _YEAR.search(text) is not None or ends_only_title(text) or is_annex(text)


def _texts(pieces: Sequence[Piece], start: int, end: int) -> Iterator[str]:
    """Yield the texts that the pieces from ``start`` make, more and more of them."""
    text = ""
    for piece in pieces[start:end]:
        text += piece.text
        if width_of(text) > _LONGEST + 6:
            return
        yield text


def _head_at(pieces: Sequence[Piece], start: int) -> Head | None:
    """Return the headings that begin with a piece, None where it begins no table."""
    stop = _stop(pieces, start)
    ways = _segmented(pieces, start, stop)
    ends = [
        end
        for end in range(start + 1, stop + 1)
        if ways[end - start] and (end == len(pieces) or pieces[end].starts_line or end == stop)
    ]
    if not ends:
        return None
    is_numbered = stop < len(pieces) and CODE.fullmatch(pieces[stop].text) is not None
    end = stop if is_numbered and stop in ends else max(ends, key=lambda place: ways[place - start].score)
    way = ways[end - start]
    headings = tuple(_heading(pieces[slice(*span)]) for span in way.spans)
    headings = _stepped(pieces, way.spans, headings)
    known = [heading for heading in headings if field_of(heading.text)]
    is_short = len(known) == len(headings) == _FEWEST and _is_line(pieces, start, end)
    is_long = len(known) >= _FEWEST_KNOWN and len(known) * 3 >= len(headings)
    if not field_of(headings[0].text) or not (is_short or is_long):
        return None
    return Head(start, end, headings, tuple(one for one in _doubtful(pieces, way.spans) if one in headings))


def _is_line(pieces: Sequence[Piece], start: int, end: int) -> bool:
    """Say whether some pieces are a line, and all of it."""
    begins = pieces[start].starts_line and (end == len(pieces) or pieces[end].starts_line)
    return begins and pieces[start].line == pieces[end - 1].line


def _stop(pieces: Sequence[Piece], start: int) -> int:
    """Return the place behind the last piece that may be of the headings: the first row, or a sentence."""
    for at in range(start + 1, min(start + _MOST, len(pieces))):
        text = pieces[at].text
        if CODE.fullmatch(text) or _is_no_heading(text):
            return at
    return min(start + _MOST, len(pieces))


def _is_no_heading(text: str) -> bool:
    """Say whether a piece can be no part of a heading: too long, a label with its colon, the end of a sentence."""
    if width_of(text) > _LONGEST or _NO_HEADING.search(text) or _LABEL.search(text):
        return True
    return _ENDED.search(text) is not None and not field_of(text)


def _stepped(
    pieces: Sequence[Piece], spans: Sequence[tuple[int, int]], headings: tuple[Passage, ...]
) -> tuple[Passage, ...]:
    """Return the headings with those of their last line below others, if that is where they belong."""
    line = pieces[spans[-1][0]].line
    first = next(place for place, (start, _end) in enumerate(spans) if pieces[start].line == line)
    if not first:
        return headings
    return put_below(headings[:first], headings[first:]) or headings


class _Way(NamedTuple):
    score: float
    spans: tuple[tuple[int, int], ...]

    def __bool__(self) -> bool:
        return bool(self.spans)


def _segmented(pieces: Sequence[Piece], start: int, stop: int) -> list[_Way]:
    """Return for each place from ``start`` the best way to make headings of the pieces before it."""
    ways = [_Way(0.0, ())] + [_Way(-1e9, ())] * (stop - start)
    for at in range(start, stop):
        before = ways[at - start]
        if at > start and not before:
            continue
        broken = _BROKEN if at > start and pieces[at].gap is Gap.WRAP else 0.0
        for end, score in _scored(pieces, at, stop):
            total = before.score + score + broken
            if total > ways[end - start].score:
                ways[end - start] = _Way(total, (*before.spans, (at, end)))
    return ways


def _scored(pieces: Sequence[Piece], start: int, stop: int) -> Iterator[tuple[int, float]]:
    """Yield where a heading that begins with a piece may end, and its points."""
    text = ""
    joins = 0.0
    for end in range(start + 1, min(start + _MOST_PIECES, stop) + 1):
        piece = pieces[end - 1]
        if end - 1 > start:
            if piece.gap is Gap.WIDE and len(piece.text) > 1:
                return
            joins += _join(pieces[end - 2], piece)
        text += piece.text
        if width_of(text) > _LONGEST:
            return
        yield end, joins + _points(text)


def _join(before: Piece, piece: Piece) -> float:
    """Return what it earns to go on in a heading with a piece."""
    if piece.text.startswith(("（", "(", "/", "、")) or before.text.endswith(("及", "、", "/")):
        return 0.5
    if piece.gap is Gap.WRAP:
        return 0.5
    if piece.gap in {Gap.BLANK, Gap.WIDE} and len(before.text) > 1 and len(piece.text) > 1:
        return -0.5 if (before.text + piece.text).isascii() else -3.0
    return -0.2


def _points(text: str) -> float:
    if field_of(text):
        return _KNOWN
    return _LIKELY if kind_of(text) != "any" else _UNKNOWN


def _heading(pieces: Sequence[Piece]) -> Passage:
    """Return the heading that pieces make; blanks stay between words of Latin letters only."""
    parts: list[Passage] = []
    for piece in pieces:
        if parts and parts[-1].text[-1:].isascii() and piece.text[:1].isascii() and parts[-1].text[-1:].isalpha():
            parts.append(Passage(" ", (parts[-1].at[-1] + 1,)))
        parts.append(piece.passage)
    return joined(parts)


def _doubtful(pieces: Sequence[Piece], spans: Sequence[tuple[int, int]]) -> Iterator[Passage]:
    """Yield the unknown headings that may be one with the next, or several, or the first line below the headings."""
    texts = [_heading(pieces[slice(*span)]) for span in spans]
    has_rows = max(Counter(pieces[start].line for start, _end in spans).values()) >= _FEWEST_KNOWN
    last_line = pieces[spans[-1][0]].line
    for place, (start, end) in enumerate(spans):
        if kind_of(texts[place].text) != "any":
            continue
        is_joined = any(piece.gap in {Gap.LINE, Gap.END, Gap.BLANK_LINE} for piece in pieces[start + 1 : end])
        is_last = place + 1 == len(spans)
        follows = not is_last and not field_of(texts[place + 1].text)
        is_below = has_rows and pieces[start].line == last_line > pieces[spans[0][0]].line
        if is_joined or is_below or (follows and pieces[end].gap is Gap.LINE):
            yield texts[place]
