"""The columns of a table that is cut: what they are by their headings, and what its sure rows have shown of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from reformledger.drafting.aligning.fitting import BLANK, Kind, Traits, fit, is_step, kind_of
from reformledger.drafting.tables.headings import field_of

_REPEATED = 1.5
_STEP_ELSEWHERE = -3.0
_BLANK_OF = {"supporting_departments": -0.7, "lead_departments": -2.8}
"""What a blank cell costs where a field says it better than the kind of its column."""
_SEVERAL: frozenset[Kind] = frozenset({"person", "people", "office", "contact", "due", "steps", "any"})
"""Kinds of columns whose cells may well have several paragraphs."""
_TEXT: frozenset[Kind] = frozenset({"prose", "steps", "any"})
_OF_ENTRY = frozenset({"number", "title"})


@dataclass
class Columns:
    """The columns of a table: their kinds, and what the rows that are sure hold in them."""

    kinds: tuple[Kind, ...]
    year: int
    number: int | None
    """The place of the column of numbers, None where there is none."""
    blank: list[float]
    """For each column what a blank cell costs."""
    values: list[set[str]] = field(default_factory=list)
    lower: set[int] = field(default_factory=set)
    """The columns in which rows below one that have no number may have cells."""

    @classmethod
    def under(cls, headings: Sequence[str], year: int) -> Columns:
        """Return the columns under some headings."""
        kinds = tuple(map(kind_of, headings))
        blank = [
            _BLANK_OF.get(field_of(heading) or "", BLANK[kind]) for heading, kind in zip(headings, kinds, strict=True)
        ]
        number = kinds.index("number") if "number" in kinds else None
        lower = {place for place, kind in enumerate(kinds) if kind not in _OF_ENTRY}
        return cls(kinds, year, number, blank, [set() for _kind in kinds], lower)

    def fits(self, traits: Traits) -> list[float]:
        """Return how well a text fits each column, and what other rows have in it."""
        by_kind = {kind: fit(kind, traits, self.year) for kind in dict.fromkeys(self.kinds)}
        if "steps" in by_kind and is_step(traits.text):
            by_kind = {kind: score + (0.0 if kind == "steps" else _STEP_ELSEWHERE) for kind, score in by_kind.items()}
        return [
            by_kind[kind] + (_REPEATED if by_kind[kind] > 0 and traits.key in values else 0.0)
            for kind, values in zip(self.kinds, self.values, strict=True)
        ]

    def has_paragraphs(self, column: int) -> bool:
        """Say whether the cells of a column may well have several paragraphs."""
        return self.kinds[column] in _SEVERAL

    def has_text(self, column: int) -> bool:
        """Say whether the cells of a column may say what is to be done."""
        return self.kinds[column] in _TEXT
