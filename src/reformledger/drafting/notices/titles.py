"""What of a point is its title, and what its text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from reformledger.drafting.passage import NOTHING, Passage, joined_lines

_OPENING, _CLOSING = "（([［【〔《〈“‘「", "）)]］】〕》〉”’」"
_ENDS_SENTENCE = re.compile(r"[。！!]|(?<=[a-z])\.(?=\s|$)")
_ENDS_CLAUSE = re.compile("[，,；;：:]")
_ENDS_LABEL = re.compile("[：:]|(?<![!-~]) +| +(?![!-~])")
_ENDS_OPEN = re.compile("[；;，,、：:]+$")
LONGEST_OF_ENTRY = 40
"""Chinese characters of the title of an entry; a longer sentence that nothing follows is none by itself."""
_LONGEST_BEFORE_TEXT = 60
"""A longer first sentence is doubtful as a title, although text follows it."""
_SHORTEST = 4


class Titled(NamedTuple):
    """A title and a text; ``end`` is the full stop behind the title, where the title does not hold it.

    ``is_shared``: the title's characters are the text's as well. ``is_doubtful``: it could be another.
    """

    title: Passage
    text: Passage
    end: Passage = NOTHING
    is_shared: bool = False
    is_doubtful: bool = False


def titled(lines: Sequence[Passage], *, has_section_title: bool, is_bare: bool) -> Titled:
    """Return title and text of what a point says: its paragraph and those below it, without who answers for it.

    ``has_section_title``: a point without a title of its own may take that of its section; its title is blank then.
    ``is_bare``: the sentences of the document are all that is printed but for names beside them, so that they keep
    their full stops.
    """
    first, rest = lines[0], joined_lines(lines[1:])
    sentence, end, behind = _cut(first, _ENDS_SENTENCE)
    if behind or rest:
        text = joined_lines([part for part in (behind, rest) if part])
        if _length(sentence) <= _LONGEST_BEFORE_TEXT:
            return Titled(sentence, text, end)
        return Titled(_cut(first, _ENDS_CLAUSE)[0], joined_lines(lines), is_shared=True, is_doubtful=True)
    label, mark, text = _cut(first, _ENDS_LABEL)
    if text and _SHORTEST <= len(label) <= LONGEST_OF_ENTRY // 2 and len(text) > len(label):
        return Titled(label, text, mark, is_doubtful=True)
    if _length(sentence) <= LONGEST_OF_ENTRY:
        sentence, mark, _behind = _cut(first if is_bare else sentence, _ENDS_OPEN)
        return Titled(sentence, NOTHING, mark or (NOTHING if is_bare else end))
    if has_section_title:
        return Titled(NOTHING, first)
    return Titled(_cut(first, _ENDS_CLAUSE)[0], first, is_shared=True, is_doubtful=True)


def _length(text: Passage) -> float:
    """Return the length of a text in Chinese characters; two letters are as much as one of them."""
    return sum(0.5 if character.isascii() else 1 for character in text.text)


def _cut(text: Passage, pattern: re.Pattern[str]) -> tuple[Passage, Passage, Passage]:
    """Return what is before the first match that is within no brackets or quotation marks, it, and what is behind."""
    depths: list[int] = []
    for character in text.text:
        depths.append((depths[-1] if depths else 0) + (character in _OPENING) - (character in _CLOSING))
    for match in pattern.finditer(text.text):
        if depths[match.start()] <= 0 and text.text[: match.start()].strip():
            return text[: match.start()].strip(), text.group(match), text[match.end() :].strip()
    return text, NOTHING, NOTHING
