"""Workbooks and CSV: each worksheet is a grid whose cells say what a person sees in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import groupby

from reformledger.drafting.passage import NOTHING, Passage, joined
from reformledger.drafting.reading.characters import ask_of_struck, cell_text
from reformledger.drafting.reading.drawings import Drawn
from reformledger.drafting.reading.refusals import refused
from reformledger.drafting.source import Grid, Place, Source, SourceBuilder
from reformledger.exchange.form import HIDDEN_SHEET
from reformledger.exchange.tables import Position, ReadCell, ReadSheet, ReadWorkbook, Refused
from reformledger.exchange.values import doubt_about, is_shown_otherwise, number_in
from reformledger.i18n import _

_UNMARKED = ReadCell("text", "")[2:]
_NOT_SHOWN = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
"""What a format shows besides a number or day: words, colours, room."""


def source_of_workbook(workbook: ReadWorkbook, drawn: Drawn) -> Source | Refused:
    """Return a workbook as a source: its visible sheets as grids; hidden ones, comments and boxes are only counted."""
    if any(sheet.name == HIDDEN_SHEET for sheet in workbook.sheets):
        message = _("It is a form of “reformledger send”, not a table of one's own.")
        return refused(workbook.file, message, _("Take it by: reformledger take FILE"))
    builder = SourceBuilder(workbook.file)
    builder.remarks += workbook.notes
    for sheet in workbook.sheets:
        if sheet.is_hidden:
            _add_hidden(sheet, builder)
        elif sheet.cells:
            builder.blocks.append(_grid(sheet, builder))
        for (row, column), comment in sheet.comments.items():
            builder.add(comment, Place(sheet=sheet.name, row=row, column=column))
    for text in drawn.texts:
        builder.add(text, Place())
    if drawn.has_pictures:
        builder.remarks.append(_("It holds pictures: what is written in them is not read."))
    return builder.source()


def _add_hidden(sheet: ReadSheet, builder: SourceBuilder) -> None:
    rows = groupby(sorted(sheet.cells.items()), lambda item: item[0][0])
    text = "\n".join("\t".join(_shown(cell) for _position, cell in cells) for _row, cells in rows)
    if builder.add(text, Place(sheet=sheet.name)):
        builder.remarks.append(_("The sheet “{name}” is hidden: nothing of it is taken.").format(name=sheet.name))


def _grid(sheet: ReadSheet, builder: SourceBuilder) -> Grid:
    height = max(row for row, _column in sheet.cells)
    width = max(column for _row, column in sheet.cells)
    rows: list[list[Passage]] = [[NOTHING] * width for _row in range(height)]
    notes: dict[tuple[int, int], str] = {}
    for position, cell in sheet.cells.items():
        row, column = position
        # By their order, which takes half the time that their names do.
        text = builder.add(_shown(cell), Place(0, 0, 0, sheet.name, row, column))
        if cell.struck:
            ask_of_struck(builder, joined(text[start:end] for start, end in cell.struck))
            text = _without(text, cell.struck)
        rows[row - 1][column - 1] = cell_text(text)
        if note := _note(cell, position, sheet):
            notes[row - 1, column - 1] = note
    for area in sheet.merged:
        if area.top <= height and area.left <= width:
            passage = rows[area.top - 1][area.left - 1]
            for row in range(area.top - 1, min(area.bottom, height)):
                rows[row][area.left - 1 : area.right] = [passage] * (min(area.right, width) - area.left + 1)
    return Grid(tuple(map(tuple, rows)), sheet.name, notes)


def _without(text: Passage, parts: Sequence[Sequence[int]]) -> Passage:
    """Return a text without some parts of it: from, up to, in their order."""
    starts, ends = [0, *(end for _start, end in parts)], [*(start for start, _end in parts), len(text)]
    return joined(text[start:end] for start, end in zip(starts, ends, strict=True))


def _shown(cell: ReadCell) -> str:
    """Return what a person sees in a cell; nothing for an error, and for a formula that nobody computed."""
    if cell.kind == "text":
        return re.sub("\r\n?", "\n", cell.text) if "\r" in cell.text else cell.text
    if cell.kind == "flag":
        return cell.text.upper()
    if cell.kind == "number":
        return number_in(cell)
    if cell.kind == "day":
        return _day(cell)
    return ""


def _day(cell: ReadCell) -> str:
    """Return a day as 2020-06-30; as 2020年6月 or 6月30日 where its format shows no more of it."""
    day = date.fromisoformat(cell.text)
    shown = _NOT_SHOWN.sub("", cell.number_format.partition(";")[0]).lower()
    if shown == "general" or {*"ymd"} <= {*shown} or "h" in shown:
        return cell.text
    parts = {"y": f"{day.year}年", "m": f"{day.month}月", "d": f"{day.day}日"}
    return "".join(text for letter, text in parts.items() if letter in shown) or cell.text


def _note(cell: ReadCell, position: Position, sheet: ReadSheet) -> str:
    """Return what is to be asked of a cell whatever it says, "" for nothing."""
    row, column = position
    is_hidden = row in sheet.hidden_rows or column in sheet.hidden_columns
    if cell.kind == "text" and not is_hidden and cell[2:] == _UNMARKED:  # as most
        return ""
    if cell.kind == "error":
        return _("It holds an error, {text}: what belongs there?").format(text=cell.text)
    if cell.kind == "uncomputed":
        return _("It holds a formula that nobody has computed yet: what belongs there?")
    if not cell.struck and (doubt := doubt_about(cell)):
        return doubt
    if is_hidden:
        return _("Its row or column is hidden: is it meant?")
    if cell.kind == "number" and is_shown_otherwise(cell):
        sentence = _("The workbook holds {stored} and shows it by the format {format}: taken as {text}.")
        return sentence.format(stored=cell.text, format=cell.number_format, text=number_in(cell))
    return ""
