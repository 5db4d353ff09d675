"""Marks that open and close: where one lacks its partner."""

from __future__ import annotations

import re
from collections.abc import Iterator

_PAIRS = {"《": "》", "〈": "〉", "（": "）", "〔": "〕", "【": "】", "「": "」"}
# Half-width round brackets are typed for full-width ones, also one of a pair.
_FAMILY = {"(": "（", ")": "）"}
_CLOSING = {closing: opening for opening, closing in _PAIRS.items()}
_ANY = re.compile("[《》〈〉（）()〔〕【】「」]")
# 1）, a), 二） begin the items of a list: they close nothing.
_ITEM = re.compile("(?:^|[\\s;；。，,：:、.])(?:[0-9０-９]{1,2}|[a-zA-Z]|[一二三四五六七八九十]{1,3})$")


def unpaired(text: str) -> Iterator[tuple[int, str]]:
    """Yield index and sign of every mark without a partner; half-width < and > are no such marks by themselves."""
    opened: list[tuple[int, str]] = []
    for match in _ANY.finditer(text):
        index, sign = match.start(), _FAMILY.get(match[0], match[0])
        if sign in _PAIRS:
            opened.append((index, sign))
            continue
        partner = _CLOSING[sign]
        if any(other == partner for _index, other in opened):
            while opened[-1][1] != partner:
                yield opened[-1][0], text[opened.pop()[0]]
            opened.pop()
        elif sign != "）" or not _ITEM.search(text[:index]):
            yield index, match[0]
    for index, _sign in opened:
        yield index, text[index]
