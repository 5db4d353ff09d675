"""Conflicts as they are written into a text: both sides between git's markers, whole entries, a sentence at each."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

from reformledger.history.merging.texts.lines import MARKER_SIZE, Clash, clashes, lines_of
from reformledger.history.merging.texts.units import Units
from reformledger.i18n import _, sentences
from reformledger.text.masking import clean
from reformledger.yamlio import Tree

Names = tuple[str, ...]


class Said(NamedTuple):
    """What is said of a conflict: a sentence that names both sides, and what settles it.

    ``names`` are keys and names that lead to what it is about, the id of an entry, by which its place is found.
    ``ours`` and ``theirs`` are comments that stand in neither text, to be written into that side.
    """

    names: tuple[str, ...]
    sentence: str
    advice: str
    ours: tuple[str, ...] = ()
    theirs: tuple[str, ...] = ()


class Placed(NamedTuple):
    """A conflict as it stands in a text: the line of its first marker, from 1, and what is said of it."""

    line: int
    sentence: str
    advice: str


class _Region(NamedTuple):
    """Lines that two texts have otherwise, from 0: from and up to in the one, and in the other."""

    start: int
    end: int
    other_start: int
    other_end: int


def with_markers(
    ours: Tree, theirs: Tree, said: Sequence[Said], *, size: int = MARKER_SIZE
) -> tuple[str, list[Placed]]:
    """Return one text of two, with markers around all that they have otherwise, and where the markers stand.

    What is said of a matter stands at the first place of its own where the texts differ; where they do not differ
    there, around what both have, or at the top. Raises ``GitError`` where git cannot be asked for the differences.
    """
    texts = [_ended(tree.text) for tree in (ours, theirs)]
    units = Units(ours), Units(theirs)
    regions = _regions(clashes(texts[0], "", texts[1]))
    lines = [lines_of(text) for text in texts]
    regions = _widened(regions, units, len(lines[0]))
    about = [_about(each, units) for each in said]
    alike = [region for names in about if (region := _alike(names, regions, units))]
    regions = _widened(sorted({*regions, *alike}) or [_Region(0, 1, 0, 1)], units, len(lines[0]))
    return _written(lines, regions, _dealt(list(zip(said, about, strict=True)), regions, units), size)


def _about(said: Said, units: tuple[Units, Units]) -> set[Names]:
    """Return how the units are called that something is said of, as closely as its names say."""
    found = [side.about(said.names) for side in units]
    best = max(score for score, _units in found)
    return {unit.names for score, of_side in found if score == best for unit in of_side}


def _ended(text: str) -> str:
    return text if text.endswith("\n") else text + ("\r\n" if "\r\n" in text else "\n")


def _regions(parts: Sequence[str | Clash]) -> list[_Region]:
    found = []
    line = other = 0
    for part in parts:
        if isinstance(part, Clash):
            ours, theirs = part.ours.count("\n"), part.theirs.count("\n")
            found.append(_Region(line, line + ours, other, other + theirs))
        else:
            ours = theirs = part.count("\n")
        line, other = line + ours, other + theirs
    return found


def _widened(regions: list[_Region], units: tuple[Units, Units], count: int) -> list[_Region]:
    """Widen regions to whole units of both texts; those that meet within one unit become one.

    Between regions both texts have the same lines, so that each grows by as many lines in the one as in the other.
    ``count`` is how many lines the first text has.
    """
    while True:
        wide: list[_Region] = []
        joins = False
        for index, region in enumerate(regions):
            up, down = _missing(region, units)
            before = region.start - (wide[-1].end if wide else 0)
            after = (regions[index + 1].start if index + 1 < len(regions) else count) - region.end
            start, end, other_start, other_end = region
            if wide and (joins or up > before):
                start, _end, other_start, _other_end = wide.pop()
                up = 0
            joins = down > after
            up, down = min(up, before), min(down, after)
            wide.append(_Region(start - up, end + down, other_start - up, other_end + down))
        if wide == regions:
            return wide
        regions = wide


def _missing(region: _Region, units: tuple[Units, Units]) -> tuple[int, int]:
    """Return by how many lines above and below a region has to grow to hold whole units."""
    up = down = 0
    for side, (start, end) in zip(units, (region[:2], region[2:]), strict=True):
        for unit in side.at(start, end):
            up, down = max(up, start - unit.start), max(down, unit.end - end)
    return up, down


def _alike(about: set[Names], regions: list[_Region], units: tuple[Units, Units]) -> _Region | None:
    """Return the place of a matter that no region is about: both texts have it alike there."""
    if any(not about.isdisjoint(_names_at(region, units)) for region in regions):
        return None
    unit = next((unit for unit in units[0].all if unit.names in about), None)
    if unit is None:
        return None
    before = [region for region in regions if region.end <= unit.start]
    shift = before[-1].other_end - before[-1].end if before else 0
    return _Region(unit.start, unit.end, unit.start + shift, unit.end + shift)


def _names_at(region: _Region, units: tuple[Units, Units]) -> set[Names]:
    """Return how the units are called in which the lines of a region lie."""
    return {unit.names for unit in (*units[0].at(*region[:2]), *units[1].at(*region[2:]))}


def _dealt(left: list[tuple[Said, set[Names]]], regions: list[_Region], units: tuple[Units, Units]) -> list[Said]:
    """Return what is said at each region: of its matters, each at their first region; else what has no other place."""
    own: list[list[Said]] = []
    for region in regions:
        there = _names_at(region, units)
        own.append([said for said, about in left if not about.isdisjoint(there)])
        left = [pair for pair in left if pair[0] not in own[-1]]
    for each in own:
        if not each and left:
            each.append(left.pop(0)[0])
    own[0] += [said for said, _about in left]
    goes_on = Said((), _("This belongs to a conflict that is named elsewhere in the file."), _("Keep the same side."))
    return [_joined(list(dict.fromkeys(each)) or [goes_on]) for each in own]


def _joined(said: Sequence[Said]) -> Said:
    return Said(
        (),
        sentences(*dict.fromkeys(each.sentence for each in said)),
        sentences(*dict.fromkeys(each.advice for each in said)),
        tuple(comment for each in said for comment in each.ours),
        tuple(comment for each in said for comment in each.theirs),
    )


def _written(
    lines: Sequence[Sequence[str]], regions: Sequence[_Region], said: Sequence[Said], size: int
) -> tuple[str, list[Placed]]:
    ours, theirs = lines
    newline = "\r\n" if ours and ours[0].endswith("\r\n") else "\n"
    out: list[str] = []
    placed: list[Placed] = []
    line = 0
    for region, each in zip(regions, said, strict=True):
        out += ours[line : region.start]
        sentence, advice = _one_line(each.sentence), _one_line(each.advice)
        placed.append(Placed(len(out) + 1, sentence, advice))
        sides = ours[region.start : region.end], theirs[region.other_start : region.other_end]
        indent = _indent([*sides[0], *sides[1]])
        out += [
            f"{'<' * size} {_label('ours', sentence)}{newline}",
            *(f"{indent}{comment}{newline}" for comment in each.ours),
            *sides[0],
            f"{'=' * size}{newline}",
            *(f"{indent}{comment}{newline}" for comment in each.theirs),
            *sides[1],
            f"{'>' * size} {_label('theirs', advice)}{newline}",
        ]
        line = region.end
    return "".join(chain(out, ours[line:])), placed


def _indent(lines: Sequence[str]) -> str:
    first = next((line for line in lines if line.strip()), "")
    return first[: len(first) - len(first.lstrip(" "))]


def _one_line(text: str) -> str:
    return clean(" ".join(text.splitlines()))


def _label(side: str, text: str) -> str:
    return f"{side}: {text}" if text else side
