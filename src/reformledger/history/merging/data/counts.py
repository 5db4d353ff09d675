"""Printed counts of a merge: what both sides counted anew is counted by the rows that each added and took out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from reformledger.history.comparing.plain import is_blank
from reformledger.text.counts import Declared, Span, declared, declared_in_title, with_numbers
from reformledger.text.folding import compact
from reformledger.yamlio import Data, Mapped

Ids = frozenset[str]
COUNTED: Mapping[str, Callable[[str], Declared | None]] = {"count": declared, "title": declared_in_title}
"""The keys of a heading that hold a count, and how it is read."""


class Rows(NamedTuple):
    """The ids of entries under a heading, in the base, on both sides and in the merge."""

    base: Ids
    ours: Ids
    theirs: Ids
    merged: Ids


class Under(NamedTuple):
    """The entries under a heading: all, and those with a ☆."""

    all: Rows
    starred: Rows


class Counted(NamedTuple):
    """A count as it is to be printed; whether both sides counted what the rows do not tell apart."""

    text: str
    clashes: bool


class _Number(NamedTuple):
    """A number of a count: where it is, and the rows that it counts; None for a number that no rows tell."""

    number: int
    span: Span
    rows: Rows | None


def ids_of(entries: Mapping[str, Mapped], *, starred: bool = False) -> Ids:
    """Return the ids of entries, or of those with a ☆."""
    return frozenset(name for name, entry in entries.items() if not starred or not is_blank(entry.get("star")))


def merged_count(key: str, texts: tuple[Data, Data, Data], under: Under, *, prefer_ours: bool) -> Counted | None:
    """Return the count under a key of a heading, given what it is in the base, with us and with them.

    A side whose rows came and went as its count says has its rows counted, those of both sides together; those of a
    side that left the number as it was as well, where it was true before. None where no side changed a count, or what
    they changed is no number.
    """
    base, ours, theirs = (_numbers(key, text, under) if isinstance(text, str) else None for text in texts)
    changed = [index for index in (1, 2) if texts[index] != texts[0]]
    if base is None or ours is None or theirs is None or not changed:
        return None
    if not _shape(key, texts[0]) == _shape(key, texts[1]) == _shape(key, texts[2]):
        return None
    preferred = 1 if prefer_ours else 2
    kept = str(texts[preferred if preferred in changed else changed[0]])
    template = _numbers(key, kept, under) or []
    numbers: dict[Span, int] = {}
    for before, our, their, place in zip(base, ours, theirs, template, strict=True):
        sides = [(side, index) for side, index in ((our, 1), (their, 2)) if side.number != before.number]
        if not sides:
            numbers[place.span] = before.number
        elif before.rows is not None and all(_is_counted(before, side, before.rows[index]) for side, index in sides):
            counting = (1, 2) if before.number == len(before.rows.base) else [index for _side, index in sides]
            numbers[place.span] = before.number + _change(before.rows, [before.rows[index] for index in counting])
        elif len(sides) == 1:
            numbers[place.span] = sides[0][0].number
        elif our.number != their.number or under.all.ours != under.all.theirs:
            return Counted(kept, clashes=True)
        else:
            numbers[place.span] = our.number
    return Counted(with_numbers(kept, numbers), clashes=False)


def _numbers(key: str, text: str, under: Under) -> list[_Number] | None:
    """Return the numbers of a count; None where it has no one total, or counts kinds."""
    said = COUNTED[key](text)
    if said is None or len(said.totals) != 1 or said.totals[0].of_kinds:
        return None
    total = said.totals[0]
    details = [
        _Number(each.number, each.span, under.starred if each.starred or each.due_year is not None else None)
        for each in said.details
    ]
    return [_Number(total.number, total.span, under.all), *details]


def _shape(key: str, text: Data) -> str:
    """Return a count without its numbers."""
    shape = compact(str(text))
    said = COUNTED[key](str(text))
    spans = [*(each.span for each in said.totals), *(each.span for each in said.details)] if said else []
    for start, end in sorted(spans, reverse=True):
        shape = f"{shape[:start]}#{shape[end:]}"
    return shape


def _is_counted(before: _Number, side: _Number, rows: Ids) -> bool:
    """Say whether a side's number changed by as many as its rows did."""
    assert before.rows is not None  # noqa: S101 - asked of numbers of rows only
    return side.number - before.number == len(rows) - len(before.rows.base)


def _change(rows: Rows, sides: list[Ids]) -> int:
    """Return how many more there are in a merge of what some sides added and took out."""
    came = frozenset().union(*(side - rows.base for side in sides)) & rows.merged
    went = frozenset().union(*(rows.base - side for side in sides)) - rows.merged
    return len(came) - len(went)
