"""Word documents: paragraphs and tables in order; what is beside them is only counted, so that it is asked about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

from docx import Document
from docx.document import Document as OpenDocument
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from reformledger.drafting.passage import NOTHING, Passage, joined
from reformledger.drafting.reading.characters import acceptable, ask_of_struck, cell_text
from reformledger.drafting.reading.word_numbers import Numbers
from reformledger.drafting.reading.word_package import refuse_word
from reformledger.drafting.reading.word_styles import Styles
from reformledger.drafting.reading.word_text import Element, Piece, Said, children, found, value
from reformledger.drafting.source import Doubt, Grid, Line, Place, Source, SourceBuilder, cells_of
from reformledger.exchange.reading.refusals import refusal
from reformledger.exchange.tables import Refused
from reformledger.i18n import _

_PARAGRAPH, _TABLE, _ROW, _CELL = (qn(f"w:{name}") for name in ("p", "tbl", "tr", "tc"))
_EMBEDDED = qn("w:altChunk")
_MOST_COLUMNS = 63
"""Columns of a table of Word."""


def read_word(file: Path) -> Source | Refused:
    """Return what is read of a Word document, or why nothing is."""
    if refused := refuse_word(file):
        return refused
    try:
        return _Reader(file, Document(str(file))).source()
    except Exception:  # noqa: BLE001 - the library raises anything for a damaged file
        return refusal(file, "unreadable")


class _Reader:
    """A document on its way to a source."""

    def __init__(self, file: Path, document: OpenDocument) -> None:
        self._body = document.element.body
        self._builder = SourceBuilder(file)
        parts = {relation.reltype.rpartition("/")[2]: relation for relation in document.part.rels.values()}
        roots = {
            kind: parse_xml(parts[kind].target_part.blob)
            for kind in ("numbering", "footnotes", "endnotes", "comments")
            if kind in parts
        }
        self._styles = Styles(document.styles.element)
        self._numbers = Numbers(roots.get("numbering"), self._styles)
        self._beside = {
            (kind, each.get(qn("w:id"), "")): each
            for kind in ("footnote", "endnote", "comment")
            for each in roots.get(f"{kind}s", ())
        }
        self._remarks: dict[str, None] = {}
        self._paragraphs = self._tables = 0

    def source(self) -> Source:
        for block in children(self._body, (_PARAGRAPH, _TABLE, _EMBEDDED)):
            if block.tag == _PARAGRAPH:
                self._builder.blocks += self._lines(block)
            elif block.tag == _TABLE:
                self._builder.blocks.append(self._grid(block))
            else:
                self._remark(_("It holds another document, which is not read."))
        for name in sorted(self._numbers.unread):
            self._remark(_("Its automatic numbers of the kind {name} are not read.").format(name=name))
        self._builder.remarks += self._remarks
        return self._builder.source()

    def _lines(self, paragraph: Element) -> Iterator[Line]:
        """Yield a paragraph: one whole line, or several where somebody broke it, of which one may continue another.

        One of a table of contents is only counted.
        """
        self._paragraphs += 1
        text = acceptable(self._add([paragraph], Place(paragraph=self._paragraphs)))
        if self._styles.is_contents(paragraph):
            return
        lines = text.split("\n") if text else [text]
        is_heading = self._styles.is_heading(paragraph)
        is_item = self._numbers.has_bullet(paragraph)
        for at, line in enumerate(lines):
            yield Line(line, is_whole=len(lines) == 1, is_heading=is_heading, is_item=is_item and at == 0)

    def _grid(self, table: Element) -> Grid:
        self._tables += 1
        rows: list[list[Passage]] = []
        for row in children(table, (_ROW,)):
            cells = self._row(row, len(rows) + 1, rows[-1] if rows else [])
            if found(row, "w:trPr/w:del") is not None:  # It is only counted.
                self._remark_revisions()
                continue
            rows.append(cells)
            if found(row, "w:trPr/w:ins") is not None:
                self._remark_revisions()
                self._ask_of_inserted(cells_of([cells]))
        width = max(map(len, rows), default=0)
        return Grid(tuple((*row, *[NOTHING] * (width - len(row))) for row in rows))

    def _row(self, row: Element, number: int, above: list[Passage]) -> list[Passage]:
        cells = [NOTHING] * _count(row, "w:trPr/w:gridBefore", 0)
        for cell in children(row, (_CELL,)):
            column = len(cells)
            place = Place(table=self._tables, row=number, column=column + 1)
            passage = cell_text(self._add(list(_blocks(cell)), place))
            if _continues(cell, "w:tcPr/w:vMerge"):
                passage = above[column] if column < len(above) else passage
            elif _continues(cell, "w:tcPr/w:hMerge") and cells:
                passage = cells[-1]
            cells += [passage] * _count(cell, "w:tcPr/w:gridSpan", 1)
        return cells

    def _add(self, blocks: list[Element], place: Place) -> Passage:
        """Take paragraphs as one unit with line ends between them, and what is beside them as units of their own."""
        said = [Said(paragraph) for paragraph in blocks]
        pieces: list[Piece] = []
        for paragraph, each in zip(blocks, said, strict=True):
            if pieces:
                pieces.append(Piece("\n"))
            is_hidden = self._styles.is_hidden(paragraph)
            pieces.append(Piece(self._numbers.before(paragraph)))
            pieces += [piece._replace(is_meant=piece.is_meant and not is_hidden) for piece in each.pieces]
        whole = self._builder.add("".join(piece.text for piece in pieces), place)
        if any(each.has_revisions for each in said):
            self._ask_of_inserted([_those(whole, pieces, lambda piece: piece.is_meant and piece.is_inserted)])
        for each in said:
            self._add_beside(each, place)
        if any(piece.is_struck for piece in pieces):
            ask_of_struck(self._builder, _those(whole, pieces, lambda piece: piece.is_struck))
        return _those(whole, pieces, lambda piece: piece.is_meant)

    def _ask_of_inserted(self, passages: Iterable[Passage]) -> None:
        sentence = _("A change put this in that nobody has accepted yet: is it meant?")
        self._builder.doubts += [Doubt(passage, sentence) for passage in passages if passage.strip()]

    def _add_beside(self, said: Said, place: Place) -> None:
        """Take the text boxes, notes and comments of a paragraph as units, and remark on what is not read."""
        notes = (self._beside[key] for key in said.references if key in self._beside)
        for holder in chain(said.boxes, notes):
            self._add(list(_blocks(holder)), place)
        if said.has_revisions:
            self._remark_revisions()
        if said.has_pictures:
            self._remark(_("It holds pictures: what is written in them is not read."))

    def _remark_revisions(self) -> None:
        self._remark(_("It holds changes that nobody has accepted: they are read as if somebody had."))

    def _remark(self, sentence: str) -> None:
        self._remarks[sentence] = None


def _blocks(holder: Element) -> Iterator[Element]:
    """Yield the paragraphs of a cell, note or text box, those of tables within it included."""
    for block in children(holder, (_PARAGRAPH, _TABLE)):
        if block.tag == _PARAGRAPH:
            yield block
            continue
        for row in children(block, (_ROW,)):
            for cell in children(row, (_CELL,)):
                yield from _blocks(cell)


def _those(whole: Passage, pieces: Sequence[Piece], wanted: Callable[[Piece], bool]) -> Passage:
    """Return those pieces of a unit that are wanted: without what is struck out or hidden, or what was inserted."""
    if all(map(wanted, pieces)):
        return whole
    parts, start = [], 0
    for piece in pieces:
        if wanted(piece):
            parts.append(whole[start : start + len(piece.text)])
        start += len(piece.text)
    return joined(parts)


def _continues(cell: Element, path: str) -> bool:
    """Say whether a cell goes on with the one before it, as one that is merged does where nothing else is said."""
    return value(cell, path, "continue" if found(cell, path) is not None else "") == "continue"


def _count(element: Element, path: str, default: int) -> int:
    return min(int(value(element, path, str(default))), _MOST_COLUMNS)
