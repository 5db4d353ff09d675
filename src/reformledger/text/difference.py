"""What changed between two texts, as small as a person wants to read it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import accumulate, pairwise
from typing import AnyStr, Literal, NamedTuple

_LONGEST = 1 << 20
"""How much is compared at once: what is compared is copied."""


class Span(NamedTuple):
    """The one stretch outside of which two texts are the same: from ``start`` to an end in each."""

    start: int
    old_end: int
    new_end: int


def changed_span(old: AnyStr, new: AnyStr) -> Span:
    """Return the shortest stretch of text or bytes that holds all differences."""
    start = _alike(old, new, min(len(old), len(new)), at_end=False)
    tail = _alike(old, new, min(len(old), len(new)) - start, at_end=True)
    return Span(start, len(old) - tail, len(new) - tail)


def _alike(old: AnyStr, new: AnyStr, most: int, *, at_end: bool) -> int:
    """Return how much is the same at the beginning or end, at most ``most``; found by halving, for large files."""
    known, step = 0, min(most, _LONGEST)
    while step:
        if at_end:
            a = old[len(old) - known - step : len(old) - known]
            b = new[len(new) - known - step : len(new) - known]
        else:
            a, b = old[known : known + step], new[known : known + step]
        if a == b:
            known += step
            step = min(step, most - known)
        else:
            step //= 2
    return known


CONTEXT = 2
"""Unchanged lines shown around what changed."""
Sign = Literal[" ", "-", "+"]


class Hunk(NamedTuple):
    """Lines that changed, with those around them; ``line`` is the number, from 1, of the first changed line."""

    line: int
    lines: tuple[tuple[Sign, str], ...]


class _Region(NamedTuple):
    """Lines of the old text and the lines that stand in their place in the new one; from, up to."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


def hunks(old: bytes, new: bytes, block: re.Pattern[str]) -> list[Hunk]:
    """Return what changed between two texts in UTF-8; the numbers of lines are those of ``new``.

    A line that ``block`` matches begins a block. Blocks are compared as wholes, then the lines within: difflib takes
    quadratic time over lines, of which many are alike. Only the lines that changed are decoded: a text may be large.
    """
    start, old_end, new_end = changed_span(old, new)
    start = _lines_before(old, start)
    above = old.count(b"\n", 0, start)
    before = _decoded_lines(old[start : _lines_after(old, old_end)])
    after = _decoded_lines(new[start : _lines_after(new, new_end)])
    near: list[_Region] = []
    found = []
    for region in _regions(before, after, block):
        if near and region.old_start - near[-1].old_end > 2 * CONTEXT:
            found.append(_hunk(before, after, near, above))
            near = []
        near.append(region)
    return [*found, _hunk(before, after, near, above)] if near else found


def _decoded_lines(raw: bytes) -> list[str]:
    return raw.decode("utf-8-sig").splitlines()


def _lines_before(text: bytes, offset: int) -> int:
    """Return where the lines of context before an offset start."""
    for _line in range(CONTEXT + 1):
        offset = text.rfind(b"\n", 0, offset)
        if offset < 0:
            return 0
    return offset + 1


def _lines_after(text: bytes, offset: int) -> int:
    """Return where the lines of context after an offset end."""
    for _line in range(CONTEXT + 1):
        offset = text.find(b"\n", offset) + 1
        if not offset:
            return len(text)
    return offset


def _hunk(old: Sequence[str], new: Sequence[str], regions: Sequence[_Region], above: int) -> Hunk:
    lines: list[tuple[Sign, str]] = []
    position = max(regions[0].old_start - CONTEXT, 0)
    for region in regions:
        lines += [(" ", line) for line in old[position : region.old_start]]
        lines += [("-", line) for line in old[region.old_start : region.old_end]]
        lines += [("+", line) for line in new[region.new_start : region.new_end]]
        position = region.old_end
    lines += [(" ", line) for line in old[position : position + CONTEXT]]
    return Hunk(above + regions[0].new_start + 1, tuple(lines))


def _regions(old: Sequence[str], new: Sequence[str], block: re.Pattern[str]) -> Iterator[_Region]:
    old_blocks, new_blocks = _blocks(old, block), _blocks(new, block)
    old_starts, new_starts = ([*accumulate(map(len, blocks), initial=0)] for blocks in (old_blocks, new_blocks))
    for tag, a, b, c, d in SequenceMatcher(None, old_blocks, new_blocks, autojunk=False).get_opcodes():
        if tag != "equal":
            start, begin = old_starts[a], new_starts[c]
            lines = SequenceMatcher(None, old[start : old_starts[b]], new[begin : new_starts[d]], autojunk=False)
            for inner, i, j, k, m in lines.get_opcodes():
                if inner != "equal":
                    yield _Region(start + i, start + j, begin + k, begin + m)


def _blocks(lines: Sequence[str], block: re.Pattern[str]) -> list[tuple[str, ...]]:
    starts = [0, *(number for number, line in enumerate(lines) if number and block.match(line)), len(lines)]
    return [tuple(lines[start:end]) for start, end in pairwise(starts)]
