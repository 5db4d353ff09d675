"""Brackets of a text, those included that lack their partner."""

from __future__ import annotations

from collections.abc import Iterator

from reformledger.drafting.notices.labels import labels_with_unmarked

OPENING, CLOSING = "（([［【〔", "）)]］】〕"


def bracketed(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield the brackets that are in no other: from, up to, and whether they are closed; any closes any.

    One that begins with a label reaches to the last end of a bracket that has no other beginning, or to the end of
    the text; any other that is never closed is passed over.
    """
    start = 0
    while (opened := _next(text, start, OPENING)) >= 0:
        closed = _partner(text, opened)
        is_closed = closed >= 0
        if _begins_with_label(text[opened + 1 : closed if is_closed else None]):
            while is_closed and (another := _next(text, closed + 1, OPENING + CLOSING)) >= 0:
                if text[another] in OPENING:
                    break
                closed, is_closed = another, False
            yield opened, (closed if closed >= 0 else len(text) - 1) + 1, is_closed
            start = (closed if closed >= 0 else len(text)) + 1
        elif is_closed:
            yield opened, closed + 1, True
            start = closed + 1
        else:
            start = opened + 1


def _partner(text: str, opened: int) -> int:
    """Return where a bracket is closed, -1 where it is not."""
    depth = 0
    for place in range(opened, len(text)):
        depth += (text[place] in OPENING) - (text[place] in CLOSING)
        if depth == 0:
            return place
    return -1


def _begins_with_label(text: str) -> bool:
    labels = labels_with_unmarked(text)
    return bool(labels) and not text[: labels[0].start].strip()


def _next(text: str, start: int, brackets: str) -> int:
    return next((place for place in range(start, len(text)) if text[place] in brackets), -1)
