"""Declared counts (``共5个，其中3个需年内完成销账``): what they say, and the same for another number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from reformledger.text.folding import compact
from reformledger.text.numerals import NUMERAL, counting_word, number_of
from reformledger.text.patterns import when_used

_MEASURE = "[大小子]?[个项件条类种份家所批款点宗篇]"
_COUNT = when_used(f"({NUMERAL})({_MEASURE})")
_TOTAL = when_used(f"(?:共|共有|共计|总共|合计|总计|计)?(?:{NUMERAL}{_MEASURE})+[^0-9☆★]{{0,8}}")
_BARE = when_used(NUMERAL)
_CLAUSE = re.compile("[^,;、。:()]+")
_AMONG = re.compile("^(?:其中|含|包括|内有|有)+")
_LINKING = re.compile("^(?:其中|含|包括|有|为|是|属于?)+")
_STARRED = re.compile("☆|标星|销[账帐号]")
_WITHIN_YEAR = re.compile("年内|[本当今]年|(20[0-9]{2})年")
_QUALIFYING = (_AMONG, _STARRED, _WITHIN_YEAR)
_AT_THE_END = re.compile(r"\(([^()]+(?:\([^()]*\)[^()]*)?)\)$")
_PRINTED_COUNT = when_used(
    "(?P<before>[（(]?共?\\s*)(?P<number>[0-9０-９]+|[零一二三四五六七八九十]+)(?P<unit>\\s*[个项条件批类]?)(?P<rest>.*)"
)
_SUB_COUNT = when_used("[，,；;].*?(?P<close>[）)]?)|[（(][^（）()]*[）)]")
_PRINTED_AT_THE_END = re.compile(r"[（(]([^（）()]*(?:[（(][^（）()]*[）)])?)[）)]\s*$")

Span = tuple[int, int]
"""Where a numeral is in a text as it is compared (``compact``): from, up to."""


class Count(NamedTuple):
    """A number that the text declares, and whether it counts kinds of rows (3类) rather than rows."""

    number: int
    of_kinds: bool
    span: Span


class Detail(NamedTuple):
    """A number of those among the rows that are something more: ☆, due within a year, or of a level.

    ``due_year`` is the year by its number, 0 for the ledger's own (年内), None for no year; ``label`` is what else
    is said of them.
    """

    text: str
    number: int
    span: Span
    starred: bool
    due_year: int | None
    label: str


class Declared(NamedTuple):
    """What a count says: its total (several numbers for 3大类7项), and the numbers after 其中."""

    text: str
    totals: tuple[Count, ...]
    details: tuple[Detail, ...]


def declared(text: str) -> Declared:
    """Read a count as printed; what is not understood declares nothing."""
    folded = compact(text)
    bare = folded.strip("()")
    if _BARE.fullmatch(bare) and (number := number_of(bare)) is not None:
        start = folded.index(bare)
        return Declared(text, (Count(number, of_kinds=False, span=(start, start + len(bare))),), ())
    totals: list[Count] = []
    details: list[Detail] = []
    for match in _CLAUSE.finditer(folded):
        clause, counts = match[0], list(_counts(match))
        if not totals and _TOTAL.fullmatch(clause) and not any(sign.search(clause) for sign in _QUALIFYING):
            totals += [Count(number, "类" in measure or "种" in measure, span) for number, measure, span in counts]
        elif totals and counts:
            within = _WITHIN_YEAR.search(clause)
            due_year = int(within[1] or 0) if within else None
            label = _LINKING.sub("", _COUNT.sub("", _LINKING.sub("", clause), count=1))
            details.append(Detail(clause, counts[0][0], counts[0][2], bool(_STARRED.search(clause)), due_year, label))
    return Declared(text, tuple(totals), tuple(details))


def declared_in_title(title: str) -> Declared | None:
    """Return the count that a title ends with, as in ``重大改革试点落实台账（7项）``; None without one.

    Its spans are those of the numerals in the whole title.
    """
    match = _AT_THE_END.search(compact(title))
    if match is None or _BARE.fullmatch(match[1]):  # （一） is a number, no count
        return None
    found = declared(match[1])
    start = match.start(1)
    totals = tuple(total._replace(span=_moved(total.span, start)) for total in found.totals)
    details = tuple(detail._replace(span=_moved(detail.span, start)) for detail in found.details)
    return Declared(match[1], totals, details) if totals else None


def _moved(span: Span, by: int) -> Span:
    return span[0] + by, span[1] + by


def with_numbers(text: str, numbers: Mapping[Span, int]) -> str:
    """Return a text with other numbers in place of some numerals, each in the script of the old one."""
    places = [place for place, character in enumerate(text) for _each in compact(character)]
    for (start, end), number in sorted(numbers.items(), reverse=True):
        first, last = places[start], places[end - 1] + 1
        text = text[:first] + counting_word(text[first:last], number) + text[last:]
    return text


def recounted(count: str, number: int) -> str | None:
    """Return a printed count with the new number in its script; None for a form that is not known.

    What it says of a part of them (``其中3个需年内完成销账``) is left out: it was true of last year's rows.
    """
    said = declared(count)
    if not re.search("[，,；;（(].", count) and any(t.number == number and not t.of_kinds for t in said.totals):
        return count
    match = _PRINTED_COUNT.fullmatch(count.strip())
    if match is None:
        return None
    rest = match["rest"]
    if rest and rest not in {"）", ")"}:
        tail = _SUB_COUNT.fullmatch(rest)
        if tail is None:
            return None
        rest = tail["close"] or ""
    return f"{match['before']}{counting_word(match['number'], number)}{match['unit']}{rest}"


def count_in_title(title: str) -> tuple[str, str] | None:
    """Return what is before the count at the end of a title, and that count: ``试点台账``, ``（7项）``."""
    match = _PRINTED_AT_THE_END.search(title)
    return (title[: match.start()], match[0]) if match and declared_in_title(title) else None


def _counts(clause: re.Match[str]) -> Iterator[tuple[int, str, Span]]:
    """Yield each number of a clause with its measure word, and where its numeral is."""
    for match in _COUNT.finditer(clause[0]):
        number = number_of(match[1])
        if number is not None:
            yield number, match[2], _moved(match.span(1), clause.start())
