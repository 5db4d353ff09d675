"""What changed between two texts, as small as a person wants to read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, takewhile
from typing import Literal, NamedTuple

CONTEXT = 2
"""Unchanged lines shown around what changed."""
Sign = Literal[" ", "-", "+"]
SignedLine = tuple[Sign, str]


class Span(NamedTuple):
    """A stretch of an old text and what took its place in the new one; from, up to. Between spans both are the same."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int

    @property
    def reversed(self) -> Span:
        """Return the span of the change back."""
        return Span(self.new_start, self.new_end, self.old_start, self.old_end)


class Hunk(NamedTuple):
    """Lines that changed, with those around them; ``line`` is the number, from 1, of the first changed line."""

    line: int
    lines: tuple[SignedLine, ...]


def composed(first: Sequence[Span], second: Sequence[Span]) -> list[Span]:
    """Return the spans of two changes in turn as those of one; what meets in the text between them is one span."""
    if not first or not second:
        return [*first, *second]
    # The places are those of the text between: how much longer each stretch of it was before, or is afterwards.
    stretches = [(c, d, (b - a) - (d - c), 0) for a, b, c, d in first]
    stretches += [(a, b, 0, (d - c) - (b - a)) for a, b, c, d in second]
    joined: list[tuple[int, int, int, int]] = []
    for start, end, before, after in sorted(stretches):
        if joined and start <= joined[-1][1]:
            begin, last, longer_before, longer_after = joined.pop()
            joined.append((begin, max(last, end), longer_before + before, longer_after + after))
        else:
            joined.append((start, end, before, after))
    spans = []
    old = new = 0
    for start, end, before, after in joined:
        spans.append(Span(start + old, end + old + before, start + new, end + new + after))
        old, new = old + before, new + after
    return spans


def hunks(old: bytes, new: bytes, spans: Iterable[Span]) -> list[Hunk]:
    """Return what changed between two texts in UTF-8, outside of whose ``spans``, in their order, both are the same.

    The numbers of lines are those of ``new``. Nothing is searched for: the time is linear in what changed, but for
    the counting of lines. Only the lines around the spans are decoded: a text may be large.
    """
    found: list[Hunk] = []
    line, counted = 1, 0
    for near in _near_each_other(old, _in_whole_lines(old, new, spans)):
        start = _lines_before(new, near[0].new_start)
        line, counted = line + new.count(b"\n", counted, start), start
        found += _hunks_of([*_signed_lines(old, new, near)], line)
    return found


def _in_whole_lines(old: bytes, new: bytes, spans: Iterable[Span]) -> list[Span]:
    """Return the spans widened to whole lines; those that meet become one: what is gone is shown before what is new."""
    wide: list[Span] = []
    for old_start, old_end, new_start, new_end in spans:
        before = old_start - (old.rfind(b"\n", 0, old_start) + 1)
        first = Span(old_start - before, old_end, new_start - before, new_end)
        if wide and first.old_start <= wide[-1].old_end:
            first = wide.pop()
        after = 0
        if not (_starts_line(old, old_end) and _starts_line(new, new_end)):
            after = (old.find(b"\n", old_end) + 1 or len(old)) - old_end
        wide.append(Span(first.old_start, old_end + after, first.new_start, new_end + after))
    return wide


def _starts_line(text: bytes, offset: int) -> bool:
    return offset == 0 or text[offset - 1 : offset] == b"\n"


def _near_each_other(old: bytes, spans: Iterable[Span]) -> Iterator[list[Span]]:
    """Yield the spans, together those with no more lines between than are shown around each."""
    near: list[Span] = []
    for span in spans:
        if near and old.count(b"\n", near[-1].old_end, span.old_start) > 2 * CONTEXT:
            yield near
            near = []
        near.append(span)
    if near:
        yield near


def _signed_lines(old: bytes, new: bytes, spans: Sequence[Span]) -> Iterator[SignedLine]:
    """Yield the lines of spans, those between them, and those of context around them."""
    position = _lines_before(old, spans[0].old_start)
    for old_start, old_end, new_start, new_end in spans:
        yield from _unchanged(old[position:old_start])
        before, after = _lines(old[old_start:old_end]), _lines(new[new_start:new_end])
        top = _alike(before, after)
        bottom = _alike(before[top:][::-1], after[top:][::-1])
        yield from ((" ", text) for text in before[:top])
        yield from (("-", text) for text in before[top : len(before) - bottom])
        yield from (("+", text) for text in after[top : len(after) - bottom])
        yield from ((" ", text) for text in before[len(before) - bottom :])
        position = old_end
    yield from _unchanged(old[position : _lines_after(old, position)])


def _unchanged(raw: bytes) -> Iterator[SignedLine]:
    return ((" ", text) for text in _lines(raw))


def _lines(raw: bytes) -> list[str]:
    return raw.decode("utf-8-sig").splitlines()


def _alike(first: Sequence[str], second: Sequence[str]) -> int:
    """Return how many lines at the start are the same."""
    return sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], zip(first, second, strict=False)))


def _lines_before(text: bytes, offset: int) -> int:
    """Return where the lines of context before the start of a line start."""
    for _line in range(CONTEXT):
        offset = text.rfind(b"\n", 0, max(offset - 1, 0)) + 1
    return offset


def _lines_after(text: bytes, offset: int) -> int:
    """Return where the lines of context after the end of a line end."""
    for _line in range(CONTEXT):
        offset = text.find(b"\n", offset) + 1 or len(text)
    return offset


def _hunks_of(lines: Sequence[SignedLine], line: int) -> Iterator[Hunk]:
    """Yield the hunks in some lines, the first of which has the number ``line``: each with its context alone."""
    changed = [index for index, (sign, _text) in enumerate(lines) if sign != " "]
    cuts = [0, *(place for place, (one, other) in enumerate(pairwise(changed), 1) if other - one > 2 * CONTEXT + 1)]
    for start, end in pairwise([*cuts, len(changed)] if changed else []):
        first, last = changed[start], changed[end - 1]
        number = line + sum(sign != "-" for sign, _text in lines[:first])
        yield Hunk(number, tuple(lines[max(first - CONTEXT, 0) : last + 1 + CONTEXT]))
