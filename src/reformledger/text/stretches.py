"""Where two texts differ: the stretch of each that the other has not, with what is around it."""

from __future__ import annotations

from itertools import takewhile

_AROUND = 8
"""Characters shown on either side of a stretch that differs."""
_SHORT = 40
"""Characters of a text that is shown whole."""
_LONGEST = 120
"""Characters of a stretch that is shown whole; of a longer one both ends are."""
CUT = "…"


def differing(before: str, after: str) -> tuple[str, str]:
    """Return two texts, long ones as the stretch that differs; … stands for what is left out, which both share.

    Of a long stretch the middle is left out, too.
    """
    if max(len(before), len(after)) <= _SHORT:
        return before, after
    start = _alike(before, after)
    end = _alike(before[start:][::-1], after[start:][::-1])
    first, last = max(start - _AROUND, 0), max(end - _AROUND, 0)
    return _stretch(before, first, last), _stretch(after, first, last)


def _alike(one: str, other: str) -> int:
    """Return how many characters at the start are the same."""
    return sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _stretch(text: str, first: int, last: int) -> str:
    """Return a text without its ``first`` and ``last`` characters; … stands where they were."""
    found = shortened(text[first : len(text) - last])
    return f"{CUT if first else ''}{found}{CUT if last else ''}"


def shortened(text: str) -> str:
    """Return a text, a very long one without its middle."""
    if len(text) <= _LONGEST:
        return text
    half = _LONGEST // 2
    return f"{text[:half]}{CUT}{text[-half:]}"
