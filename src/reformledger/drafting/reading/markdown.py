"""Markdown: what only marks headings, lists and emphasis is told apart from what is said."""

from __future__ import annotations

import re

from reformledger.drafting.passage import Passage, joined
from reformledger.drafting.source import Grid, Line

_RULE = re.compile(r"\s*(([-*_])(\s*\2){2,}|=+|```.*|~~~.*)\s*")
"""A line of marks alone: a stroke across the page, what underlines a heading, what frames a listing."""
_UNDERLINED = re.compile(r"\s*=+\s*")
_HEADING = re.compile(r"\s{0,3}(?P<mark>#{1,6})\s+(?P<said>.*?)(?P<end>\s+#+)?\s*")
_BEGINNING = re.compile(r"\s*(?P<mark>>|[-*+](?=\s))\s*(?P<said>.*)")
_WITHIN = (
    re.compile(r"(?P<mark>\\)(?P<said>[!-/:-@\[-`{-~])"),
    *(
        re.compile(rf"(?P<mark>(?<!\\){marks})(?=\S)(?P<said>.+?)(?<![\s\\])(?P<end>{marks})")
        for marks in (r"\*\*", r"\*", r"`")
    ),
    *(
        re.compile(rf"(?P<mark>(?<![\w\\]){marks})(?=\S)(?P<said>.+?)(?<=\S)(?P<end>{marks})(?!\w)")
        for marks in ("__", "_")
    ),
)
_STRUCK = re.compile("~~.+?~~")
_BREAK = re.compile(r"<br\s*/?>")


def without_marks(blocks: list[Line | Grid], markup: list[Passage]) -> list[Line | Grid]:
    """Return blocks without their marks, which go to ``markup``.

    What is struck out is not handed on either, so that it is asked about.
    """
    said: list[Line | Grid] = []
    for block in blocks:
        if isinstance(block, Grid):
            rows = tuple(tuple(_said(cell, markup) for cell in row) for row in block.rows)
            said.append(block._replace(rows=rows))
            continue
        last = said[-1] if said else None
        if _UNDERLINED.fullmatch(block.text.text) and isinstance(last, Line):
            said[-1] = last._replace(is_heading=bool(last.text))
        said.append(_line(block.text, markup))
    return said


def _line(line: Passage, markup: list[Passage]) -> Line:
    if _RULE.fullmatch(line.text):
        markup.append(line)
        return Line(line[:0])
    if match := _HEADING.fullmatch(line.text):
        markup += [line.group(match, "mark"), line.group(match, "end")]
        return Line(_said(line.group(match, "said"), markup), is_heading=True)
    is_item = False
    while beginning := _BEGINNING.fullmatch(line.text):
        markup.append(line.group(beginning, "mark"))
        is_item = beginning["mark"] != ">"
        line = line.group(beginning, "said")
    return Line(_said(line, markup), is_item=is_item)


def _said(text: Passage, markup: list[Passage]) -> Passage:
    text = text.without(_STRUCK)
    for line_break in reversed(list(_BREAK.finditer(text.text))):
        mark = text.group(line_break)
        markup.append(mark)
        text = joined([text[: line_break.start()], Passage("\n", mark.at[:1]), text[line_break.end() :]])
    for pattern in _WITHIN:
        start = 0
        while match := pattern.search(text.text, start):
            groups = match.groupdict()
            mark, said = text.group(match, "mark"), text.group(match, "said")
            markup.append(mark)
            if "end" in groups:
                markup.append(text.group(match, "end"))
            text = joined([text[: match.start()], said, text[match.end() :]])
            start = match.start() + (0 if "end" in groups else 1)
    return text
