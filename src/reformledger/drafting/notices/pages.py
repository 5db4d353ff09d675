"""What only a page needs: its number, and the heading that is printed on top of each; neither is text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from reformledger.drafting.account import Account
from reformledger.drafting.source import Line
from reformledger.text.folding import compact
from reformledger.text.patterns import when_used

_NUMBER = when_used(
    r"[-–—―－─·•~]+\s*[0-9０-９IVXivx]{1,4}\s*[-–—―－─·•~]+|第\s*[0-9]{1,4}\s*页(?:\s*[,，/]?\s*共\s*[0-9]{1,4}\s*页)?"
    r"|[Pp]age\s+[0-9]{1,4}(?:\s+of\s+[0-9]{1,4})?"
)
_LONE = re.compile(r"[0-9０-９]{1,4}(?:\s*/\s*[0-9]{1,4})?")
_SHORTEST_HEADING = 4  # characters; what is shorter is as likely a cell
_LONGEST_HEADING = 60
_ENDS_SENTENCE = "。；;！!？?：:，,、"


class Text(NamedTuple):
    """The lines that are text, and the places of those before which a page begins."""

    lines: list[Line]
    begin_page: frozenset[int]


def without_pages(lines: Sequence[Line], account: Account) -> Text:
    """Return the lines that are not blank, without page numbers and repeated headings of pages, which are laid out."""
    filled = [line for line in lines if line.text.text.strip()]
    numbers = {at for at, line in enumerate(filled) if _is_page_number(line, account)}
    edges = _edges(filled, numbers, account)
    headings = _repeated(filled, edges - numbers)
    for at in numbers:
        account.lay_out(filled[at].text.strip(), "page number")
    for at in headings:
        account.lay_out(filled[at].text.strip(), "repeated heading")
    kept = [at for at in range(len(filled)) if at not in numbers | headings]
    begin_page = {place for place, at in enumerate(kept) if at - 1 in numbers | headings}
    return Text([filled[at] for at in kept], frozenset(begin_page))


def is_page_number(text: str) -> bool:
    """Say whether a line is the number of a page by what it says, wherever it is."""
    return _NUMBER.fullmatch(text.strip()) is not None


def _is_page_number(line: Line, account: Account) -> bool:
    text = line.text.text.strip()
    if line.is_whole or not (_NUMBER.fullmatch(text) or _LONE.fullmatch(text)):
        return False
    return _NUMBER.fullmatch(text) is not None or _is_at_page_break(line, account)


def _is_at_page_break(line: Line, account: Account) -> bool:
    """Say whether nothing but white space is between a line and the form feed before or behind it."""
    text, filled = account.source.text, line.text.strip()
    before, behind = text[: filled.at[0]], text[filled.at[-1] + 1 :][:_LOOKED_AT]
    blanks_before = before[-_LOOKED_AT:]
    blanks_before = blanks_before[len(blanks_before.rstrip()) :]
    return "\f" in blanks_before or "\f" in behind[: len(behind) - len(behind.lstrip())]


_LOOKED_AT = 200
"""Characters before and behind a line in which a form feed is looked for."""


def _edges(lines: Sequence[Line], numbers: set[int], account: Account) -> set[int]:
    """Return the places of the lines that are first or last on a page: beside a page number, or a form feed."""
    beside = {near for at in numbers for near in (at - 1, at + 1) if 0 <= near < len(lines)}
    return beside | {at for at, line in enumerate(lines) if not line.is_whole and _is_at_page_break(line, account)}


def _repeated(lines: Sequence[Line], edges: set[int]) -> set[int]:
    """Return the places of the lines that repeat, at the edge of a page, a line before them.

    The first of them is the title itself, unless a line that is no edge is.
    """
    keys = {at: compact(line.text.text) for at, line in enumerate(lines)}
    counts = Counter(key for key in keys.values() if _SHORTEST_HEADING <= len(key) <= _LONGEST_HEADING)
    seen: set[str] = set()
    found: set[int] = set()
    for at, key in keys.items():
        if at in edges and key in seen and counts[key] > 1 and key[-1] not in _ENDS_SENTENCE:
            found.add(at)
        seen.add(key)
    return found
