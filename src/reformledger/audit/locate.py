"""Spots to places: only what is shown is ever looked up."""

from __future__ import annotations

import re

from reformledger.audit.finding import Place
from reformledger.audit.spot import Spot
from reformledger.errors import Fault
from reformledger.yamlio import Tree

_DIGIT = re.compile("[0-9０-９Xx]")


def place_of(spot: Spot) -> Place:
    """Return where a spot lies; what runs over several lines ends with its first."""
    tree = spot.loaded.tree
    start, end = spot.span or _narrowed(tree, *tree.span(spot.path, key=spot.key), spot.part)
    line, column = tree.place_at(start)
    line_start = start - column + 1
    line_end = tree.text.find("\n", line_start)
    line_end = len(tree.text) if line_end < 0 else line_end
    source = tree.text[line_start:line_end].rstrip("\r")
    last = min(max(end, start + 1), line_start + len(source))
    if spot.private:
        first = column - 1
        source = source[:first] + _DIGIT.sub("*", source[first : last - line_start]) + source[last - line_start :]
    return Place(spot.loaded.name, line, column, max(last - line_start + 1, column), source)


def _narrowed(tree: Tree, start: int, end: int, part: str) -> tuple[int, int]:
    """Return the stretch of ``part`` within a value, or the whole where the file spells it otherwise."""
    found = tree.text.find(part, start, end) if part else -1
    return (start, end) if found < 0 else (found, found + len(part))


def place_of_fault(fault: Fault, lines: list[str]) -> Place:
    """Return the place of what reading refused; ``lines`` are those of its file."""
    source = lines[fault.line - 1] if 0 < fault.line <= len(lines) else ""
    if "\N{REPLACEMENT CHARACTER}" in source:
        source = ""  # no text to be shown: it is in another encoding
    return Place(fault.file, fault.line, fault.column, None, source)
