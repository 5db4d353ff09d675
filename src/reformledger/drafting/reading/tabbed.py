"""Tables whose cells have tabs between them, as spreadsheets and Word copy them into a text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from reformledger.drafting.passage import NOTHING, Passage
from reformledger.drafting.reading.characters import LINE_ENDS
from reformledger.drafting.reading.text_lines import Found, TextLines, grid_of
from reformledger.drafting.source import Line
from reformledger.i18n import _

_QUOTED = re.compile(rf'"((?:[^"]|""){{0,2000}})"(?=[\t{LINE_ENDS}]|$)')
"""A cell with line ends or quotation marks in it."""
_PLAIN = re.compile(f"[^\t{LINE_ENDS}]*")
_NUMBER = re.compile("[0-9]+")
_MARKED = re.compile("(.*[.．、)）:：]|[-•·●◆■]|[①-⑳]?)")
"""What has a tab behind it in a list or a form: 1. （一） 责任单位： or a blank."""
_TWO = 2


class _Row(NamedTuple):
    """The cells of one line, or of several where a quoted one goes on.

    ``first`` and ``behind`` are the numbers of its line, and of the next one that is not its own; ``marks`` are the
    quotation marks around cells.
    """

    cells: list[Passage]
    first: int
    behind: int
    marks: list[Passage]


def tabbed_table(lines: TextLines, at: int) -> Found | None:
    """Return lines with tabs that follow one another, and begin with a line: as a table if they are one, else as lines.

    None where no such line is there.
    """
    rows, behind = _rows(lines, at)
    if not rows:
        return None
    width = max(len(row.cells) for row in rows)
    # A line that says one thing alone, and is shorter than the rows, is no row of headings.
    first = next(n for n, row in enumerate(rows) if len(row.cells) == width or _says(row) >= _TWO)
    if not _is_table(rows[first:], width):
        return Found([Line(lines[number]) for number in range(at, behind)], behind, [])
    before = [Line(lines[number]) for number in range(at, rows[first].first)]
    cells, notes = _completed([row.cells for row in rows[first:]], width, lines)
    return Found([*before, grid_of(cells, notes)], behind, [mark for row in rows[first:] for mark in row.marks])


def _rows(lines: TextLines, at: int) -> tuple[list[_Row], int]:
    """Return the lines from one to the last that has tabs, blank ones between them aside where all are so parted."""
    rows: list[_Row] = []
    while "\t" in (line := lines[at]).text or (rows and line.strip()) or line.text.startswith('"'):
        row = _row(lines, at)
        if not rows and len(row.cells) == 1:
            break
        rows.append(row)
        at = row.behind
        if not lines[rows[0].behind].text and not lines[at].text and "\t" in lines[at + 1].text:
            at += 1
    while rows and len(rows[-1].cells) == 1:  # what follows the table at once
        rows.pop()
    return rows, rows[-1].behind if rows else at


def _row(lines: TextLines, number: int) -> _Row:
    whole, place = lines.whole, lines.start(number)
    cells: list[Passage] = []
    marks: list[Passage] = []
    while True:
        if match := _QUOTED.match(whole.text, place):
            inner = whole.group(match, 1)
            marks += [whole[match.start() : match.start(1)], whole[match.end(1) : match.end()]]
            marks += [inner.group(doubled)[:1] for doubled in re.finditer('""', inner.text)]
            cell = inner.without('"(?=")')
        else:
            match = _PLAIN.match(whole.text, place)
            cell = whole.group(match) if match else NOTHING
        cells.append(cell.strip())
        place = match.end() if match else place
        if whole.text[place : place + 1] != "\t":
            return _Row(cells, number, lines.behind(place + 1), marks)
        place += 1


def _says(row: _Row) -> int:
    return sum(map(bool, row.cells))


def _is_table(rows: Sequence[_Row], width: int) -> bool:
    """Say whether lines are rows: most of them have as many cells as the one that has most, and say something in two.

    There are two columns and three rows at least, or three columns and two rows. Of two columns the first is not that
    of the numbers of a list, or of the labels of a form.
    """
    whole = sum(len(row.cells) == width for row in rows)
    filled = sum(_says(row) >= _TWO for row in rows)
    if width == _TWO and _TWO * sum(bool(_MARKED.fullmatch(row.cells[0].text)) for row in rows) > len(rows):
        return False
    least = _TWO if width > _TWO else _TWO + 1
    return width >= _TWO and whole >= least and _TWO * whole >= len(rows) and _TWO * filled >= len(rows)


def _completed(
    rows: Sequence[list[Passage]], width: int, lines: TextLines
) -> tuple[list[list[Passage]], dict[tuple[int, int], str]]:
    """Return rows of which those that a line end within a cell has cut are whole again, and what is asked of them.

    A row also has too few cells where somebody took the blanks off the ends of its lines.
    """
    whole: list[list[Passage]] = []
    for row in rows:
        last = whole[-1] if whole else []
        is_new = len(row) == width or _NUMBER.fullmatch(row[0].text)
        if not is_new and len(last) < width and 0 < len(last) <= width + 1 - len(row):
            whole[-1] = [*last[:-1], lines.joined(last[-1], row[0]), *row[1:]]
        else:
            whole.append(row)
    sentence = _("Its line has not as many cells as the others: is it cut rightly?")
    given = {id(row) for row in rows if len(row) == width}
    notes = {
        (number, column): sentence
        for number, row in enumerate(whole)
        if id(row) not in given
        for column, cell in enumerate(row)
        if cell
    }
    return whole, notes
