"""The account of a source: each of its characters is used by a field, asked about, or layout of a closed list.

What nobody claimed is asked about: the account always closes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import groupby
from typing import Literal, NamedTuple, TypeVar, cast, get_args

from reformledger.drafting.passage import Passage, joined
from reformledger.drafting.source import Source, Unit

LayoutKind = Literal[
    "blank", "numbering", "label", "heading", "repeated heading", "page number", "bracket", "separator", "crossed",
    "markup",
]  # fmt: skip
"""What says nothing: ``heading`` is that of a column or an annex, ``separator`` joins names or ends a title,
``bracket`` is one around responsibilities, ``crossed`` a dash in a cell with nothing to say, ``markup`` a mark of a
text format (# * |)."""
LAYOUTS: tuple[LayoutKind, ...] = get_args(LayoutKind)


class Used(NamedTuple):
    """A field that holds the characters: of an entry (its id), or of a document or part of one (``notice``)."""

    entry: str
    field: str


class Asked(NamedTuple):
    """The question that is asked about them: its number, from 1; 0 for what nobody claimed."""

    question: int


class Layout(NamedTuple):
    """Characters that say nothing themselves."""

    kind: LayoutKind


T = TypeVar("T")
Claim = Used | Asked | Layout
_BLANK = re.compile(r"\s")
"""What ``str.isspace`` says of a character."""
_RANK = {Layout: 1, Used: 2, Asked: 3}


class Span(NamedTuple):
    """A stretch of a source within one of its units, all of it claimed for the same."""

    start: int
    end: int
    claim: Claim
    unit: Unit


class Account:
    """Who claimed which characters of one source. Asking goes before using, using before layout; else the first."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self._claims: list[Claim] = []
        self._numbers: dict[Claim, int] = {}
        self._of: list[int] = [0] * len(source.text)
        """For each character the number of its claim, from 1."""
        for mark in source.markup:
            self.lay_out(mark, "markup")

    def use(self, passage: Passage, entry: str, field: str) -> None:
        """Say that a field of an entry holds a passage."""
        self._claim(passage, Used(entry, field))

    def lay_out(self, passage: Passage, kind: LayoutKind) -> None:
        """Say that a passage says nothing itself."""
        self._claim(passage, Layout(kind))

    def ask(self, passage: Passage, question: int) -> None:
        """Say that a question is asked about a passage."""
        self._claim(passage, Asked(question))

    def _claim(self, passage: Passage, claim: Claim) -> None:
        number = self._numbers.get(claim)
        if number is None:
            self._claims.append(claim)
            number = self._numbers[claim] = len(self._claims)
        of, at = self._of, passage.at
        runs = [(at.start, at.stop)] if isinstance(at, range) and at else passage.runs()  # the first as in most cells
        for start, end in runs:
            if any(of[start:end]):
                self._claim_over(range(start, end), number)
            else:
                of[start:end] = [number] * (end - start)

    def _claim_over(self, places: range, number: int) -> None:
        """Claim characters of which some are claimed already."""
        of, rank = self._of, _RANK[type(self._claims[number - 1])]
        for place in places:
            if not of[place] or rank > _RANK[type(self._claims[of[place] - 1])]:
                of[place] = number

    def unclaimed(self) -> Iterator[Passage]:
        """Yield what nobody claimed, blanks aside, a passage for each unit."""
        text = self.source.text
        for unit in self.source.units:
            if all(self._of[unit.start : unit.end]):
                continue
            places = [at for at in range(unit.start, unit.end) if not self._of[at] and not text[at].isspace()]
            if places:
                yield Passage("".join(text[at] for at in places), tuple(places))

    def spans(self) -> Iterator[Span]:
        """Yield the whole source as spans, in its order: none of them overlap, and nothing is left out."""
        for start, end, number, unit in self._stretches():
            if number:
                yield Span(start, end, self._claims[number - 1], unit)
            else:
                for first, last, is_blank in _alike(map(str.isspace, self.source.text[start:end]), start):
                    yield Span(first, last, Layout("blank") if is_blank else Asked(0), unit)

    def _stretches(self) -> Iterator[tuple[int, int, int, Unit]]:
        """Yield stretches of units with the number of their claim, 0 for none: from, up to, number, unit."""
        for unit in self.source.units:
            _place, start, end = unit
            numbers = self._of[start:end]
            if numbers and numbers.count(numbers[0]) == end - start:  # as in most cells
                yield start, end, numbers[0], unit
            else:
                yield from ((first, last, number, unit) for first, last, number in _alike(numbers, start))

    def passages(self, fields: Collection[str] = ()) -> dict[Used, Passage]:
        """Return the characters that each field holds, or each of some ``fields``, in the order of the source."""
        parts: dict[int, list[Passage]] = {}
        wanted = {
            number
            for number, claim in enumerate(self._claims, 1)
            if isinstance(claim, Used) and (not fields or claim.field in fields)
        }
        for start, end, number, _unit in self._stretches():
            if number in wanted:
                parts.setdefault(number, []).append(Passage(self.source.text[start:end], range(start, end)))
        ordered = sorted(parts)  # as they were claimed
        return {cast("Used", self._claims[number - 1]): joined(parts[number]) for number in ordered}

    def rename(self, ids: Mapping[str, str]) -> None:
        """Give the entries that are keys of ``ids`` the ids that are their values."""
        self._claims = [
            claim._replace(entry=ids.get(claim.entry, claim.entry)) if isinstance(claim, Used) else claim
            for claim in self._claims
        ]
        self._numbers = {claim: number for number, claim in enumerate(self._claims, 1)}

    def counts(self) -> dict[str, int]:
        """Return how many characters are ``used``, ``asked``, ``layout`` and ``blank``, which blanks of all are."""
        of = Counter(self._of)
        blank = 0
        for found in _BLANK.finditer(self.source.text):
            blank += 1
            of[self._of[found.start()]] -= 1
        counts = dict.fromkeys(("used", "asked", "layout"), 0)
        for number, count in of.items():
            counts[use_of(self._claims[number - 1]) if number else "asked"] += count
        return {**counts, "blank": blank}


def _alike(values: Iterable[T], start: int) -> Iterator[tuple[int, int, T]]:
    """Yield stretches of equal values, of which the first is at ``start``: from, up to, value."""
    for value, same in groupby(values):
        end = start + len(list(same))
        yield start, end, value
        start = end


def use_of(claim: Claim) -> str:
    """Return what becomes of characters that are claimed so: ``used``, ``asked`` or ``layout``."""
    if isinstance(claim, Used):
        return "used"
    return "asked" if isinstance(claim, Asked) else "layout"
