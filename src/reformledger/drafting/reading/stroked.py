"""Tables whose cells have strokes between them: those of Markdown, and those that are drawn with characters."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reformledger.drafting.passage import Passage
from reformledger.drafting.reading.text_lines import Found, TextLines, grid_of

_STROKES = "|│┃║"
_STROKE = re.compile(rf"(?<!\\)[{_STROKES}]")
_STROKED = re.compile(rf".*[{_STROKES}].*")
_FRAMED = re.compile(rf"\s*[{_STROKES}].*[{_STROKES}]\s*")
_CORNERS = "+┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛╔╦╗╠╬╣╚╩╝┠┨┯┷"
_RULE = re.compile(rf"(?=.*[-=─━═])(?=.*[{_STROKES}{_CORNERS}])[-=─━═:\s{_STROKES}{_CORNERS}]+")
"""A line between rows: |---|---| or +---+---+ or ├──┼──┤."""
_OUTER_RULES = 3
"""The rules of a drawn table that has them above and below it and below its headings alone."""


def stroked_table(lines: TextLines, at: int) -> Found | None:
    """Return the table that begins with a line; None where none does."""
    first, second = lines[at].text, lines[at + 1].text
    is_drawn = bool(_RULE.fullmatch(first) and _FRAMED.fullmatch(second))
    is_framed = is_drawn or bool(_FRAMED.fullmatch(first) and _FRAMED.fullmatch(second))
    if not (is_framed or (_STROKED.fullmatch(first) and _RULE.fullmatch(second))):
        return None
    row = _FRAMED if is_framed else _STROKED
    markup: list[Passage] = []
    groups: list[list[list[Passage]]] = [[]]
    while row.fullmatch((line := lines[at]).text) or _RULE.fullmatch(line.text):
        at += 1
        if _RULE.fullmatch(line.text):
            markup.append(line)
            groups.append([])
            continue
        markup += [line.group(match) for match in _STROKE.finditer(line.text)]
        cells = [cell.strip() for cell in line.split(_STROKE)]
        groups[-1].append(cells[0 if cells[0] else 1 : len(cells) if cells[-1] else -1])
    is_ruled = is_drawn and len(groups) - 1 > _OUTER_RULES
    rows = [row for group in groups for row in (_joined(group, lines, whole=is_ruled) if is_drawn else group)]
    return Found([grid_of(rows)], at, markup) if rows else None


def _joined(group: Sequence[list[Passage]], lines: TextLines, *, whole: bool) -> list[list[Passage]]:
    """Return the rows between two rules: the ``whole`` group is one, or a line whose first cell is blank goes on."""
    rows: list[list[Passage]] = []
    for cells in group:
        if rows and len(rows[-1]) == len(cells) and (whole or not cells[0]):
            rows[-1] = [lines.joined(*pair) for pair in zip(rows[-1], cells, strict=True)]
        else:
            rows.append(cells)
    return rows
