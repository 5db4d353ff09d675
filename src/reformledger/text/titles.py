"""Titles of documents in running text: what is in 《》, nested as notices nest it; when two mean one document.

And brackets of all sorts that lack their partner.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from reformledger.text.likeness import differing, tells_apart
from reformledger.text.patterns import when_used

_PAIRS = {"《": "》", "〈": "〉", "（": "）", "〔": "〕", "【": "】", "「": "」"}
# Half-width round brackets are typed for full-width ones, also one of a pair.
_FAMILY = {"(": "（", ")": "）"}
_OPENING_OF = {closing: opening for opening, closing in _PAIRS.items()}
_BRACKET = re.compile("[《》〈〉（）()〔〕【】「」]")
# 1）, a), 二） begin the items of a list: they close nothing.
_ITEM = when_used("(?:^|[\\s;；。，,：:、.])(?:[0-9０-９]{1,2}|[a-zA-Z]|[一二三四五六七八九十]{1,3})$")
_PASSED_ON = "印发|转发|批转|下发|发布|颁布|公布"
_HANDS_ON = when_used(f"(?:{_PASSED_ON})$")
_HANDED_ON = re.compile(f"^.*?关于(?:{_PASSED_ON})(.+)的通知$")
_FILLERS = when_used("关于|贯彻|落实|实施|推进|[的和与及之]")
_SORTS = when_used("方案|意见|办法|通知|计划|规划|细则|规定|条例|决定|纲要|要点|措施|报告")
_PLACE = when_used("^[^省市县区州]{0,6}[省市县区州]$")
_LEAST_SHARED = 8
_EDGE = _LEAST_SHARED // 2  # of what near titles share, half at least is at one end
_MOST_DIFFERING = 3


def unpaired(text: str) -> Iterator[tuple[int, str]]:
    """Yield index and character of every bracket without a partner; half-width < and > are none by themselves."""
    opened: list[tuple[int, str]] = []
    for match in _BRACKET.finditer(text):
        index, bracket = match.start(), _FAMILY.get(match[0], match[0])
        if bracket in _PAIRS:
            opened.append((index, bracket))
            continue
        partner = _OPENING_OF[bracket]
        if any(other == partner for _index, other in opened):
            while opened[-1][1] != partner:
                yield opened[-1][0], text[opened.pop()[0]]
            opened.pop()
        elif bracket != "）" or not _ITEM.search(text[:index]):
            yield index, match[0]
    for index, _bracket in opened:
        yield index, text[index]


class Quoted(NamedTuple):
    """A title in quotation marks: what stands inside, and the titles inside that."""

    text: str
    before: str
    after: str
    inner: tuple[Quoted, ...]


def quoted(text: str) -> tuple[Quoted, ...]:
    """Return the titles of a text that stand in no other; a mark without its partner is passed over."""
    if "《" not in text and "〈" not in text:
        return ()
    found: list[tuple[int, int, int]] = []  # start and end inside the marks, depth
    opened: list[int] = []
    for index, sign in enumerate(text):
        # Inside a title < and > are typed for 〈 and 〉; outside they are less and more.
        if sign in "《〈" or (sign in "<＜" and opened):
            opened.append(index + 1)
        elif (sign in "》〉" and opened) or (sign in ">＞" and len(opened) > 1):
            found.append((opened.pop(), index, len(opened)))
    return tuple(_nested(text, sorted(found), 0, (0, len(text))))


def _nested(text: str, found: list[tuple[int, int, int]], depth: int, within: tuple[int, int]) -> Iterator[Quoted]:
    for start, end, own_depth in found:
        if own_depth == depth and within[0] <= start and end <= within[1]:
            inner = tuple(_nested(text, found, depth + 1, (start, end)))
            yield Quoted(text[start:end], text[within[0] : start - 1], text[end + 1 : within[1]], inner)


def documents(text: str) -> Iterator[str]:
    """Yield the documents that a text names: of 《关于印发〈…〉的通知》 the one that is handed on."""
    for title in quoted(text):
        handed_on = [inner for inner in title.inner if _HANDS_ON.search(inner.before)]
        yield handed_on[0].text if handed_on else core(title.text)


def core(title: str) -> str:
    """Return what a notice hands on, when its title says so without quotation marks; else the title."""
    match = _HANDED_ON.match(title)
    return match[1] if match else title


def same_document(one: str, other: str) -> bool:
    """Say whether two keys are one title, but for the place at its beginning (省《…办法》)."""
    if one == other:
        return True
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return longer.endswith(shorter) and bool(_PLACE.match(longer.removesuffix(shorter)))


def near_document(one: str, other: str) -> bool:
    """Say whether two different keys may be one title: 的 more or less, 贯彻实施 for 贯彻落实, a slip of the pen."""
    if same_document(one, other):
        return False
    left, right = differing(one, other)
    if _SORTS.search(left) or _SORTS.search(right) or tells_apart(left, right):
        return False
    if _FILLERS.sub("", one) == _FILLERS.sub("", other):
        return True
    shared = max(len(one), len(other)) - max(len(left), len(right))
    return shared >= _LEAST_SHARED and max(len(left), len(right)) <= _MOST_DIFFERING


class Shelf:
    """Keys of documents in which the same and the near ones are found without looking at each."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._by_edge: dict[str, list[str]] = {}
        for key in dict.fromkeys(keys):
            for edge in _edges(key):
                self._by_edge.setdefault(edge, []).append(key)

    def same(self, key: str) -> bool:
        """Say whether the shelf holds the document."""
        return any(same_document(key, other) for other in self._candidates(key))

    def near(self, key: str) -> list[str]:
        """Return the keys that may be the document under another title."""
        return [other for other in self._candidates(key) if near_document(key, other)]

    def _candidates(self, key: str) -> dict[str, None]:
        return dict.fromkeys(other for edge in _edges(key) for other in self._by_edge.get(edge, ()))


def _edges(key: str) -> tuple[str, str, str]:
    """Return beginning, end and core of a key: two that are the same or near have one of them in common."""
    return f"^{key[:_EDGE]}", f"{key[-_EDGE:]}$", _FILLERS.sub("", key)
