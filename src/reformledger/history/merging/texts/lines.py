"""Texts merged line by line, as git does it: whoever knows what the lines say proves the result."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import NamedTuple

from reformledger.files.plumbing import Git

MARKER_SIZE = 7
"""How many signs a conflict marker has, unless git says another number."""
_SIDES = ("ours", "base", "theirs")
_SETTING = "merge.conflictStyle=merge"  # another style would put the base between the markers
_COUNTS = range(128)  # the exit codes that are a number of conflicts


class LineMerge(NamedTuple):
    """A text that git merged, and in how many places it wrote both sides between markers."""

    raw: bytes
    conflicts: int


class Clash(NamedTuple):
    """A stretch of lines that the two sides have otherwise."""

    ours: str
    theirs: str


def line_merge(
    ours: bytes, base: bytes, theirs: bytes, *, union: bool = False, marker_size: int = MARKER_SIZE
) -> LineMerge:
    """Return what ``git merge-file`` makes of three texts; with ``union`` the lines of both, without any marker.

    Raises ``GitError`` where git cannot do it: where it is not there, or a text holds NUL.
    """
    words = ["merge-file", "--stdout", f"--marker-size={marker_size}", *(["--union"] if union else [])]
    labels = [word for side in _SIDES for word in ("-L", side)]
    with tempfile.TemporaryDirectory(prefix="reformledger-") as folder:
        for side, raw in zip(_SIDES, (ours, base, theirs), strict=True):
            Path(folder, side).write_bytes(raw)
        answer = Git(Path(folder)).ask("-c", _SETTING, *words, *labels, *_SIDES, ok=_COUNTS)
    return LineMerge(answer.out, answer.code)


def clashes(ours: str, base: str, theirs: str) -> list[str | Clash]:
    """Return a merge of three texts in their order: stretches that are merged, and what the sides have otherwise.

    Without a base, what both have is merged, and all else is a clash. Raises ``GitError`` as ``line_merge`` does.
    """
    size = MARKER_SIZE
    while any("<" * size in text or ">" * size in text or "=" * size in text for text in (ours, base, theirs)):
        size *= 2
    merged = line_merge(ours.encode(), base.encode(), theirs.encode(), marker_size=size).raw.decode()
    marks = {sign * size: sign for sign in "<=>"}
    parts: list[str | Clash] = []
    held: list[list[str]] = [[]]
    for line in lines_of(merged):
        sign = marks.get(line[:size])
        if sign == "<":
            parts.append("".join(held[0]))
            held = [[]]
        elif sign == "=":
            held.append([])
        elif sign == ">":
            mine, others = held
            parts.append(Clash("".join(mine), "".join(others)))
            held = [[]]
        else:
            held[-1].append(line)
    return [*parts, "".join(held[0])]


def lines_of(text: str) -> list[str]:
    """Return the lines of a text with their endings; only a line feed ends one."""
    lines = [f"{line}\n" for line in text.split("\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]
