"""Where in a notice the work points end and the ledger begins."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reformledger.drafting.labels import is_note
from reformledger.drafting.paragraphs import Paragraph
from reformledger.drafting.source import Line
from reformledger.drafting.table import ReadTable

Flow = Sequence[Line | ReadTable]
_ENDS_SENTENCE = re.compile("[。；！？）)]$|[0-9]日$")
_ANNEX = re.compile("附件[0-9一二三四五六七八九十]*[:：]?$")
_LONGEST_TITLE = 60  # characters


def divided(flow: Flow, paragraphs: Sequence[Paragraph]) -> tuple[list[Line], list[Line | ReadTable]]:
    """Return the lines before the ledger, and the ledger: its title, its parts and whatever follows.

    It begins with the titles and headings that stand right before the first table, whatever the text before them is.
    ``paragraphs`` are those of the lines before the first table.
    """
    first = next((place for place, block in enumerate(flow) if isinstance(block, ReadTable)), len(flow))
    if first == len(flow):
        return [block for block in flow if isinstance(block, Line)], []
    start = _start_of_titles(paragraphs)
    at = next((place for place in range(first) if start is not None and _reaches(flow[place], start)), first)
    return [block for block in flow[:at] if isinstance(block, Line)], list(flow[at:])


def _start_of_titles(paragraphs: Sequence[Paragraph]) -> int | None:
    """Return where the titles begin with which paragraphs end; None where they end with other text."""
    start = None
    for paragraph in reversed(paragraphs):
        text = paragraph.text.text
        if is_note(text) and not _ANNEX.fullmatch(text):
            continue
        if len(text) > _LONGEST_TITLE or (_ENDS_SENTENCE.search(text) and not _has_count(text)):
            break
        start = min(paragraph.text.at)
        if _ANNEX.fullmatch(text):
            break
    return start


def _has_count(text: str) -> bool:
    """Say whether what stands in brackets at the end of a heading is a count: （共2个）."""
    return re.search("[（(][^（）()]*[0-9一二三四五六七八九十][^（）()]*[）)]$", text) is not None and "：" not in text


def _reaches(block: Line | ReadTable, start: int) -> bool:
    return isinstance(block, Line) and bool(block.text) and block.text.at[-1] >= start
