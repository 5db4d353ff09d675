"""Where in a notice the work points end and the ledger begins."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reformledger.drafting.notices.labels import is_note
from reformledger.drafting.notices.paragraphs import Paragraph
from reformledger.drafting.source import Line
from reformledger.drafting.tables.table import ReadTable
from reformledger.drafting.title_lines import LONGEST_TITLE, is_annex, is_title
from reformledger.text.patterns import when_used

Flow = Sequence[Line | ReadTable]
_ENDS_SENTENCE = when_used("[。；！？）)]$|[0-9]日$")
DAY = re.compile("(?:[0-9]{4}年|[0-9]{4}[-./])[0-9]{1,2}[-./月](?:[0-9]{1,2}日?)?")
"""A day, or a month, as it is printed under a title."""
_BESIDE_TITLE = re.compile(f"[^：:。]{{1,12}}[：:][^。；]*|[（(].*[）)]|{DAY.pattern}")
"""What may be printed between a title and its table: who reports (填报单位：), a day, a note in brackets."""


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
    is_beside = False
    for paragraph in reversed(paragraphs):
        text = paragraph.text.text
        if is_note(text) and not is_annex(text):
            continue
        if start is None and _BESIDE_TITLE.fullmatch(text):
            is_beside = True
            continue
        if is_title(text):
            start = min(paragraph.text.at)
            is_beside = False
            continue
        if is_beside and not is_annex(text):
            break
        if len(text) > LONGEST_TITLE or (_ENDS_SENTENCE.search(text) and not _has_count(text)):
            break
        start = min(paragraph.text.at)
        if is_annex(text):
            break
    return start


def _has_count(text: str) -> bool:
    """Say whether what stands in brackets at the end of a heading is a count: （共2个）."""
    return re.search("[（(][^（）()]*[0-9一二三四五六七八九十][^（）()]*[）)]$", text) is not None and "：" not in text


def _reaches(block: Line | ReadTable, start: int) -> bool:
    return isinstance(block, Line) and bool(block.text) and block.text.at[-1] >= start
