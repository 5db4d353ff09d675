"""Text within Markdown: written so that it shows as it is."""

from __future__ import annotations

import re

from reformledger.text.masking import unseen_as_entities, visible

# Characters that Markdown or HTML would take for markup: 《贯彻<…意见>方案》 would lose what is in the brackets.
_MARKUP = re.compile(r"([\\`*_\[\]<>|~]|&(?=#?\w+;))")
_FENCE = 3


def escaped(text: str) -> str:
    """Return text with what would be taken for markup escaped, and what nobody sees as entities."""
    return unseen_as_entities(_MARKUP.sub(r"\\\1", text))


def code_span(text: str) -> str:
    """Return text on one line as code, within which nothing is markup."""
    text = visible(text.replace("\n", " "))
    ticks = "`" * (_longest_run(text) + 1)
    gap = " " if text[:1] in {"`", " "} or text[-1:] in {"`", " "} else ""
    return f"{ticks}{gap}{text}{gap}{ticks}" if text else ""


def fenced(text: str, language: str) -> str:
    """Return lines of text, each with its end, as a block of code."""
    fence = "`" * max(_FENCE, _longest_run(text) + 1)
    return f"{fence}{language}\n{visible(text)}{fence}\n"


def _longest_run(text: str) -> int:
    return max(map(len, re.findall("`+", text)), default=0)
