"""The documents of a year on paper, as they were issued."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from reformledger.text.masking import mask_phones
from reformledger.views.answer import Cell, Styled, plain
from reformledger.views.content.annex import Chapter, Paragraph
from reformledger.views.word.grid import Grid, Row
from reformledger.views.word.page import Paper
from reformledger.views.word.styles import StyleName
from reformledger.views.word.table import table_element

_HEADINGS: tuple[StyleName, ...] = ("Title", "Heading1", "Heading2")


def annex_document(chapters: Sequence[Chapter]) -> bytes:
    """Return a document of Word with chapters, each from a page of its own; phone numbers are masked.

    Work points are in portrait, tables in landscape. Raises ``UsageError`` for a character that no file of Word can
    hold.
    """
    first = chapters[0]
    paper = Paper(mask_phones(first.title), landscape=first.is_ledger)
    for chapter in chapters:
        if chapter is not first:
            paper.turn(landscape=chapter.is_ledger)
        for piece, following in pairwise([*chapter.pieces, None]):
            if isinstance(piece, Grid):
                rows = [Row([_masked(cell) for cell in row.cells]) for row in piece.rows]
                has_note = isinstance(following, Paragraph) and following.is_note
                paper.add_table(table_element(piece._replace(rows=rows), paper.room, page=paper.height, kept=has_note))
            elif piece is not None:
                paper.write(mask_phones(piece.text), _style(piece))
    return paper.content()


def _style(piece: Paragraph) -> StyleName:
    if piece.is_annex:
        return "Annex"
    if piece.level is not None:
        return _HEADINGS[piece.level]
    return "Note" if piece.is_note else "Body"


def _masked(cell: Cell | None) -> Cell | None:
    if cell is None:
        return None
    return Styled(mask_phones(cell.text), cell.style) if isinstance(cell, Styled) else mask_phones(plain(cell))
