"""How texts are compared: the one folding, by what makes no difference, and its uses by name.

Nothing is ever rewritten by these keys: a ledger keeps every text as it is written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from enum import Flag, auto
from functools import cache, cached_property, lru_cache, partial
from typing import NamedTuple

INVISIBLE = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
"""Characters that nobody sees, as a set of a pattern: soft hyphen, zero width, word joiner, byte order mark,
direction of writing, annotations, tags."""
_UNMARKED = "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef"
"""Likewise: what chooses the form of the character before (☎️) and what only fills room. They may be rightly there."""


class Level(Flag):
    """One thing that makes no difference between two texts."""

    INVISIBLE = auto()
    """Characters that nobody sees."""
    SPACE = auto()
    """White space anywhere."""
    SPACE_AROUND = auto()
    """White space before and behind the text."""
    WIDTH = auto()
    """Full and half width, and other compatibility forms (NFKC): ＩＤ, U+F9E1 for 李."""
    WIDTH_BUT_NUMBERS = auto()
    """The same, except in a text with number characters (², ①, ½): made digits, they would join those beside them."""
    CASE = auto()
    """Small letters and capitals."""
    CAPITALS = auto()
    """The same, but the key has capitals: for a key that is shown."""
    BRACKETS = auto()
    """Which brackets: 〔2018〕, [2018], （2018）, 【2018】, 《…》, <…>, and how many in a row: <<…>>."""
    QUOTES = auto()
    """Which quotation marks: “…”, 「…」, "…", '…', and how many in a row: ''…''."""
    DOTS = auto()
    """Which dot stands between the parts of a name: 阿米尔·吐尔逊."""
    DASHES = auto()
    """Which dash or tilde, and how many of them."""
    RANGES = auto()
    """Which dash or tilde joins two ends (3—5月, 3～5月), and how many; a hyphen (2020-12) is none of them."""
    SIGNS = auto()
    """Whatever is neither letter nor digit, the accents included that no letter has taken in."""


_HYPHENS = "‐‑−﹣"
_DASHES = "‒–—―⸺⸻─━〜~∼∽˜⁓〰"
_ALIKE = {
    Level.BRACKETS: {"(": "〔[{【〖〘〚《〈<«‹⟨⟪⟦❨❪❬❮❰❲❴⦅⁅", ")": "〕]}】〗〙〛》〉>»›⟩⟫⟧❩❫❭❯❱❳❵⦆⁆"},
    Level.QUOTES: {'"': "“”„‟「」『』〝〞〟'‘’‚‛`′″‵‶❛❜❝❞"},
    Level.DOTS: {"·": "・•‧∙⋅･"},
    Level.DASHES: {"-": _HYPHENS + _DASHES},
    Level.RANGES: {"-": _HYPHENS, "~": _DASHES},
}
_RUNS = {Level.BRACKETS: "()", Level.QUOTES: '"', Level.DASHES: r"\-", Level.RANGES: "~"}
"""What, repeated, is one of them: characters of a set of a pattern."""


class Folding:
    """The key that texts share which differ in some levels only; the key of a key is the key."""

    def __init__(self, levels: Level) -> None:
        self._levels = levels

    def __call__(self, text: str) -> str:
        """Return the key of a text."""
        if text.isascii():
            return self._step(text)
        # What a space or a wide form kept apart may be one character now, which is folded in its turn.
        while (folded := self._step(text)) != text:
            text = folded
        return text

    def _step(self, text: str) -> str:
        for fold in self._folds:
            text = fold(text)
        return text

    @cached_property
    def _folds(self) -> tuple[Callable[[str], str], ...]:
        # Patterns are compiled when a text is first folded: a start pays for none that it does not use.
        return tuple(_folds(self._levels))


def _folds(levels: Level) -> Iterator[Callable[[str], str]]:
    """Yield what folds a text, in this order: nothing that is left out may keep characters apart."""
    left_out = ("\\s" if Level.SPACE in levels else "") + (INVISIBLE + _UNMARKED if Level.INVISIBLE in levels else "")
    if left_out:
        yield partial(re.compile(f"[{left_out}]+").sub, "")
    if Level.WIDTH in levels:
        yield _half_width
    if Level.WIDTH_BUT_NUMBERS in levels:
        yield lambda text: text if _has_number_characters(text) else _half_width(text)
    alike = [item for level, table in _ALIKE.items() if level in levels for item in table.items()]
    if alike:
        one_for = {character: one for one, others in alike for character in others}
        characters = re.compile(f"[{re.escape(''.join(one_for))}]")
        yield partial(characters.sub, lambda match: one_for[match[0]])
    if runs := "".join(one for level, one in _RUNS.items() if level in levels):
        yield partial(re.compile(rf"([{runs}])\1+").sub, r"\1")
    if Level.SIGNS in levels:
        yield partial(re.compile(r"[\W_]+").sub, "")
    if Level.SPACE_AROUND in levels:
        yield str.strip
    if Level.CASE in levels:
        yield str.casefold
    if Level.CAPITALS in levels:
        yield str.upper


def _half_width(text: str) -> str:
    # To ask first saves the second pass of each folding most of its time.
    return text if unicodedata.is_normalized("NFKC", text) else unicodedata.normalize("NFKC", text)


def _has_number_characters(text: str) -> bool:
    return any(unicodedata.category(character) == "No" for character in text)


_SEEN = Level.INVISIBLE | Level.SPACE | Level.WIDTH

_REMEMBERED = 4_096
"""Texts whose key is remembered, where texts may be long: the rules ask for that of one several times in a row."""
compact = lru_cache(_REMEMBERED)(Folding(_SEEN))
"""Text as the patterns of rules read it: half-width, without spaces."""
unspaced = Folding(Level.SPACE)
"""Text without the spaces that notices print here and there, all else as written."""
visible_key = Folding(Level.INVISIBLE)
"""Text as it is seen."""
_MARKS = Level.BRACKETS | Level.QUOTES | Level.DOTS | Level.DASHES
name_key = cache(Folding(_SEEN | _MARKS))
"""Names of offices, people and phases: ``李  艺``, ``李　艺`` and ``李艺`` with U+F9E1 are ``李艺``."""
search_key = Folding(_SEEN | _MARKS | Level.CASE)
"""What ``--search`` and ``--where``, headings of columns and titles of tables are compared by."""
title_key = cache(Folding(_SEEN | Level.SIGNS))
"""Titles of documents, and names that differ in signs only (科（室）): letters and digits are left."""
mapping_key = Folding(Level.INVISIBLE | Level.WIDTH | Level.SPACE_AROUND)
"""Keys of mappings: ``ＩＤ`` is ``ID``, and so is a key with a full-width space behind it."""
option_key = Folding(Level.INVISIBLE | Level.WIDTH | Level.SPACE_AROUND | Level.CASE)
"""Codes, ids, days and numbers as people type them behind an option."""
wording_key = cache(Folding(Level.INVISIBLE | Level.SPACE | Level.WIDTH_BUT_NUMBERS | Level.RANGES | Level.CAPITALS))
"""Wordings of deadlines (``2020-Q4``, ``3—5月``)."""


class SearchFolding(NamedTuple):
    """How ``search_key`` folds, beside width and case, for a reader that is no Python.

    ``left_out`` and ``runs`` are sets of a pattern: what no key holds, and what counts once however often it comes in a
    row; ``alike`` has one character for each of those that are alike.
    """

    left_out: str
    alike: dict[str, str]
    runs: str


def search_folding() -> SearchFolding:
    """Return how ``search_key`` folds."""
    alike = {
        character: one
        for level, table in _ALIKE.items()
        if level in _MARKS
        for one in table
        for character in table[one]
    }
    runs = "".join(one for level, one in _RUNS.items() if level in _MARKS)
    return SearchFolding(f"\\s{INVISIBLE}{_UNMARKED}", alike, runs)


def choice_key(word: str) -> str:
    """Return one of several choices as a person types it (``Due soon``, ``due-soon``) as ``due_soon``."""
    return option_key(word).replace("-", "_").replace(" ", "_")


def without_marks(text: str, marks: Iterable[str]) -> tuple[str, str]:
    """Return the marks (★) that are printed before a text, and the text without them."""
    bare = text.lstrip("".join(marks) + " \u3000")
    return text[: len(text) - len(bare)], bare
