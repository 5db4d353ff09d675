"""A document of Word on the page of an official document (GB/T 9704—2012, chapters 5 to 7 and 10)."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, Pt

from reformledger.views.word.styles import STYLES, StyleName, set_styles
from reformledger.views.word.text import refuse, run

_LONG, _SHORT = 297, 210
_TOP, _BOTTOM, _INNER, _OUTER = 37, 35, 28, 26
"""A4 and its margins in millimetres. The inner one is where sheets are bound, on the left; a page in landscape is that
page turned, its head at the inner margin (10)."""
_NUMBER_BELOW = 7  # millimetres from the text to the dash of the page number (7.5)
_LONGEST_NAME = 255  # characters of a title among the properties of a file
_TWIPS_PER_MM = 1440 / 25.4


def room(*, landscape: bool) -> int:
    """Return how wide the text of a page is, in twips."""
    width = _LONG - _TOP - _BOTTOM if landscape else _SHORT - _INNER - _OUTER
    return int(width * _TWIPS_PER_MM)


class Paper:
    """A document that is written from its beginning to its end, in portrait or ``landscape``."""

    def __init__(self, title: str, *, landscape: bool = False) -> None:
        self._document = Document()
        self.landscape = landscape
        set_styles(self._document)
        self._set_names(title)
        self._document.settings.odd_and_even_pages_header_footer = True
        section = self._document.sections[0]
        for footer, align in ((section.footer, "right"), (section.even_page_footer, "left")):
            footer.is_linked_to_previous = False
            footer.part.element[:] = [_page_number(align)]
        self._set_page()
        self._breaks = False

    def _set_names(self, title: str) -> None:
        """Say what the document is, and nothing of when and by which machine it was made."""
        refuse(title)
        self._document.part.package.part_related_by(RELATIONSHIP_TYPE.CORE_PROPERTIES).element[:] = []
        names = self._document.core_properties
        names.title, names.author = title[:_LONGEST_NAME], ""

    @property
    def room(self) -> int:
        """How wide the text is, in twips."""
        return room(landscape=self.landscape)

    @property
    def height(self) -> float:
        """How high the text of a page is, in points."""
        millimetres = _SHORT - _INNER - _OUTER if self.landscape else _LONG - _TOP - _BOTTOM
        return millimetres * _TWIPS_PER_MM / 20

    def write(self, text: str, style: StyleName = "Body") -> None:
        """Add a paragraph; raises ``UsageError`` for a character that no file of Word can hold."""
        refuse(text)
        self.write_runs(run(text) if text else "", style)

    def write_runs(self, runs: str, style: StyleName, tabs: str = "") -> None:
        """Add a paragraph of runs."""
        breaks = "<w:pageBreakBefore/>" if self._breaks else ""
        self._breaks = False
        properties = f'<w:pPr><w:pStyle w:val="{style}"/>{breaks}{tabs}</w:pPr>'
        self._add(parse_xml(f"<w:p {nsdecls('w')}>{properties}{runs}</w:p>"))

    def write_spread(self, texts: Sequence[str], style: StyleName) -> None:
        """Add texts on one line, the last of them at its right end."""
        for text in texts:
            refuse(text)
        places = range(1, len(texts))
        sides = ["center"] * (len(texts) - 2) + ["right"]
        tabs = "".join(
            f'<w:tab w:val="{side}" w:pos="{self.room * place // len(places)}"/>'
            for side, place in zip(sides, places, strict=False)
        )
        self.write_runs("<w:r><w:tab/></w:r>".join(map(run, texts)), style, f"<w:tabs>{tabs}</w:tabs>" if tabs else "")

    def add_table(self, table: Any) -> None:
        """Add a table, and the gap without which the next would be one with it."""
        self._add(table)
        self.write_runs("", "Gap")

    def begin_page(self) -> None:
        """Let the next paragraph begin a page."""
        self._breaks = True

    def turn(self, *, landscape: bool) -> None:
        """Let what follows begin a page, in landscape or portrait."""
        end = self._document.element.body.sectPr
        paragraph = end.getprevious()
        paragraph.set_sectPr(deepcopy(end))
        self.landscape = landscape
        self._set_page()

    def content(self) -> bytes:
        """Return the file: the same bytes for the same text, whenever it is made."""
        written, made = BytesIO(), BytesIO()
        self._document.save(written)
        with ZipFile(written) as source, ZipFile(made, "w", ZIP_DEFLATED) as target:
            for name in source.namelist():
                info = ZipInfo(name)  # of 1980, as no clock is asked
                info.compress_type = ZIP_DEFLATED
                target.writestr(info, source.read(name))
        return made.getvalue()

    def _add(self, element: Any) -> None:
        self._document.element.body.sectPr.addprevious(element)

    def _set_page(self) -> None:
        section = self._document.sections[-1]
        if self.landscape:
            section.orientation = WD_ORIENT.LANDSCAPE
            sides = (_LONG, _SHORT, _INNER, _TOP, _OUTER, _BOTTOM)
        else:
            section.orientation = WD_ORIENT.PORTRAIT
            sides = (_SHORT, _LONG, _TOP, _OUTER, _BOTTOM, _INNER)
        width, height, top, right, bottom, left = map(Mm, sides)
        section.page_width, section.page_height = width, height
        section.top_margin, section.right_margin = top, right
        section.bottom_margin, section.left_margin = bottom, left
        section.footer_distance = Mm(bottom.mm - _NUMBER_BELOW) - Pt(STYLES["Footer"].line)
        section.header_distance = Mm(15)


def _page_number(align: str) -> Any:
    """Return the paragraph of the page number, one character from the edge: — 1 —."""
    field = "".join(
        f"<w:r>{piece}</w:r>"
        for piece in (
            '<w:t xml:space="preserve">— </w:t>',
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>1</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
            '<w:t xml:space="preserve"> —</w:t>',
        )
    )
    indent = f'<w:ind w:{align}Chars="100" w:{align}="280"/>'
    return parse_xml(
        f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="Footer"/>{indent}<w:jc w:val="{align}"/></w:pPr>{field}</w:p>'
    )
