"""The account of a source: each of its characters is used by a field, asked about, or layout of a closed list.

What nobody claimed is asked about: the account always closes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple, get_args

from reformledger.drafting.passage import Passage
from reformledger.drafting.source import Source

LayoutKind = Literal[
    "blank", "numbering", "label", "heading", "repeated heading", "page number", "bracket", "separator", "crossed",
    "markup",
]  # fmt: skip
"""What says nothing itself: ``heading`` is that of a column or an annex, ``separator`` what joins names or ends a title,
``bracket`` one around responsibilities, ``crossed`` a dash in a cell with nothing to say, ``markup`` a mark of a text
format (# * |)."""
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


Claim = Used | Asked | Layout
_RANK = {Layout: 1, Used: 2, Asked: 3}


class Span(NamedTuple):
    """A stretch of a source within one of its units, all of it claimed for the same."""

    start: int
    end: int
    claim: Claim


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
        rank = _RANK[type(claim)]
        of = self._of
        for start, end in passage.runs():
            for place in range(start, end):
                if not of[place] or rank > _RANK[type(self._claims[of[place] - 1])]:
                    of[place] = number

    def unclaimed(self) -> Iterator[Passage]:
        """Yield what nobody claimed, blanks aside, a passage for each unit."""
        text = self.source.text
        for unit in self.source.units:
            places = [at for at in range(unit.start, unit.end) if not self._of[at] and not text[at].isspace()]
            if places:
                yield Passage("".join(text[at] for at in places), tuple(places))

    def spans(self) -> Iterator[Span]:
        """Yield the whole source as spans, in its order: none of them overlap, and nothing is left out."""
        for unit in self.source.units:
            start = unit.start
            for place in range(unit.start, unit.end):
                if place + 1 == unit.end or self._claim_at(place) != self._claim_at(place + 1):
                    yield Span(start, place + 1, self._claim_at(place))
                    start = place + 1

    def _claim_at(self, place: int) -> Claim:
        if number := self._of[place]:
            return self._claims[number - 1]
        return Layout("blank") if self.source.text[place].isspace() else Asked(0)

    def passages(self) -> dict[Used, Passage]:
        """Return the characters that each field holds, in the order of the source."""
        text, places = self.source.text, dict[int, list[int]]()
        for place, number in enumerate(self._of):
            if number:
                places.setdefault(number, []).append(place)
        return {
            claim: Passage("".join(text[at] for at in places[number]), tuple(places[number]))
            for number, claim in enumerate(self._claims, 1)
            if isinstance(claim, Used) and number in places
        }

    def rename(self, ids: Mapping[str, str]) -> None:
        """Give the entries that are keys of ``ids`` the ids that are their values."""
        self._claims = [
            claim._replace(entry=ids.get(claim.entry, claim.entry)) if isinstance(claim, Used) else claim
            for claim in self._claims
        ]
        self._numbers = {claim: number for number, claim in enumerate(self._claims, 1)}

    def counts(self) -> dict[str, int]:
        """Return how many characters, blanks aside, are ``used``, ``asked`` and ``layout``."""
        counts = dict.fromkeys(("used", "asked", "layout"), 0)
        names = {Used: "used", Asked: "asked", Layout: "layout"}
        for place, character in enumerate(self.source.text):
            if not character.isspace():
                counts[names[type(self._claim_at(place))]] += 1
        return counts
