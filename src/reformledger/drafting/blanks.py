"""Blanks and line ends: those that a page or a PDF put into the text go, those that belong to it stay."""

from __future__ import annotations

import re

from reformledger.drafting.passage import Passage, joined
from reformledger.text.patterns import when_used

_BLANKS = re.compile(r"\s+")
HAN = "[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_WORD = 2  # characters; single ones with blanks between are spaced out (备  注, 李  艺)
_LATIN_BEFORE, _LATIN_BEHIND = re.compile("[A-Za-z][ –—]*$"), re.compile("[ –—]*[A-Za-z]")
_WORD_BEFORE = when_used(f"{HAN}{{{_WORD}}}$")
_WORD_BEHIND = when_used(f"{HAN}{{{_WORD}}}")


def tidied(passage: Passage) -> Passage:
    """Return a passage with one blank, or none, where it has some.

    A blank stays between two words of Chinese on one line (“教育鼎兴 成渝协同”), and between what is written in Latin
    letters and digits. It goes beside a digit, a mark or a quotation mark, between spaced characters, and where a line
    of Chinese was broken.
    """
    passage = passage.strip()
    blanks = list(_BLANKS.finditer(passage.text))
    if not blanks:
        return passage
    pieces, start = [], 0
    for match in blanks:
        before, behind = passage.text[start : match.start()], passage.text[match.end() :]
        pieces.append(passage[start : match.start()])
        if _belongs(before, match[0], behind):
            blank = passage.group(match)[:1]
            pieces.append(Passage(" ", blank.at))
        start = match.end()
    return joined([*pieces, passage[start:]])


def _belongs(before: str, blank: str, behind: str) -> bool:
    if before[-1:].isascii() and behind[:1].isascii():
        return True
    if _LATIN_BEFORE.search(before) and _LATIN_BEHIND.match(behind):
        return True
    if "\n" in blank or not _WORD_BEFORE.search(before):
        return False
    # Of characters that are spaced out the last piece may be longer: 方 案 名称.
    return _WORD_BEHIND.match(behind) is not None
