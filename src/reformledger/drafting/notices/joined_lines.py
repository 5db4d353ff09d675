"""Lines that should be two: a number that goes on with those before it begins in the middle of one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reformledger.drafting.blanks import HAN
from reformledger.drafting.notices.numbering import STYLES, number_at_start, value_of
from reformledger.drafting.notices.pages import Text
from reformledger.drafting.source import Line
from reformledger.text.patterns import when_used

_WITHIN = {
    style.name: when_used(rf"(?<=[）)】］]){style.pattern.pattern}(?=[^，。；、：]{{2}})")
    for style in STYLES
    if style.name in {"一、", "（一）", "1."}
}
"""What may begin a point behind the bracket that ends the one before."""
_BEHIND_HEADING = when_used(_WITHIN["1."].pattern.replace("[）)】］]", HAN, 1))
"""What may begin a point behind the heading of its section."""
_CLOSING = frozenset("）)】］")
_ENDS_SENTENCE = re.compile("[。；]")


def parted_at_numbers(text: Text) -> Text:
    """Return lines, those cut in two in which a number goes on with the last one of its style."""
    last: dict[str, int] = {}
    lines: list[Line] = []
    begin_page: set[int] = set()
    for at, line in enumerate(text.lines):
        if at in text.begin_page:
            begin_page.add(len(lines))
        lines += _parted(line, last)
    return Text(lines, frozenset(begin_page))


def _parted(line: Line, last: dict[str, int]) -> Iterator[Line]:
    """Yield a line, in parts where numbers begin in it; the last value of each style is kept up to date."""
    if number := number_at_start(line.text.text):
        last[number.style.name] = number.value or 0
    place = _next_number(line.text.text, last)
    if place is None:
        yield line
        return
    yield line._replace(text=line.text[:place])
    yield from _parted(line._replace(text=line.text[place:]), last)


def _next_number(text: str, last: dict[str, int]) -> int | None:
    """Return where in a line a number begins that goes on with the last one of its style."""
    within = {} if _CLOSING.isdisjoint(text) else _WITHIN
    found = [(name, match) for name, pattern in within.items() for match in pattern.finditer(text)]
    if number_at_start(text):
        behind = (match for match in _BEHIND_HEADING.finditer(text) if not _ENDS_SENTENCE.search(text[: match.start()]))
        found += [("1.", match) for match in behind]
    goes_on = (match for name, match in found if name in last and value_of(match["printed"]) == last[name] + 1)
    return min((match.start() for match in goes_on), default=None)
