"""A document of Word on the page of an official document (GB/T 9704—2012, chapters 5 to 7 and 10)."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from io import BytesIO
from typing import Any, Literal, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from reformledger.views.word.text import refuse, run

_LONG, _SHORT = 297, 210
_TOP, _BOTTOM, _INNER, _OUTER = 37, 35, 28, 26
"""A4 and its margins in millimetres. The inner one is where sheets are bound, on the left; a page in landscape is that
page turned, its head at the inner margin (10)."""
_NUMBER_BELOW = 7  # millimetres from the text to the dash of the page number (7.5)
_LONGEST_NAME = 255  # characters of a title among the properties of a file
_TWIPS_PER_MM = 1440 / 25.4

SONG, FANG, HEI, KAI, TITLE = "宋体", "仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体"
_ELSEWHERE = {FANG: "仿宋", KAI: "楷体", TITLE: "华文中宋"}
"""What a machine without a font may take for it; Windows has these."""

StyleName = Literal["Title", "Subtitle", "Heading1", "Heading2", "Body", "Note", "Listing", "Annex", "Gap"]


class _Style(NamedTuple):
    """A style of paragraphs: its fonts, the size in points, ``line`` between lines (0: as the letters need it)."""

    name: str
    font: str
    size: float
    line: float = 0
    align: str = "left"
    before: float = 0
    after: float = 0
    indent: int = 0
    """The first line, in characters."""
    level: int | None = None
    """Its level in the outline."""
    kept: bool = False
    """On the page of the paragraph that follows."""
    latin: str = "Times New Roman"


_STYLES = {
    "Normal": _Style("Normal", FANG, 16, 28.9),
    "Title": _Style("Title", TITLE, 22, 35, "center", before=6, after=10, kept=True),
    "Subtitle": _Style("Subtitle", FANG, 12, 20, "center", after=8, kept=True),
    "Heading1": _Style("heading 1", HEI, 16, 28.9, before=6, after=4, level=0, kept=True),
    "Heading2": _Style("heading 2", KAI, 16, 28.9, after=4, level=1, kept=True),
    "Body": _Style("Body", FANG, 16, 28.9, "both", indent=2),
    "Note": _Style("Note", FANG, 12, 20, before=4, after=4),
    "Listing": _Style("Listing", SONG, 10.5, 16, latin=SONG),
    "Annex": _Style("Annex", HEI, 16, 28.9, kept=True),
    "Gap": _Style("Gap", FANG, 2, 4, kept=True),
    "TableText": _Style("Table Text", FANG, 10.5),
    "TableHead": _Style("Table Head", HEI, 10.5),
    "Footer": _Style("footer", SONG, 14, 16, latin=SONG),
}

_OF_WORD = {"Title", "Subtitle", "heading 1", "heading 2", "footer"}
"""The names of styles that Word itself knows."""


def room(*, landscape: bool) -> int:
    """Return how wide the text of a page is, in twips."""
    width = _LONG - _TOP - _BOTTOM if landscape else _SHORT - _INNER - _OUTER
    return int(width * _TWIPS_PER_MM)


class Paper:
    """A document that is written from its beginning to its end, in portrait or ``landscape``."""

    def __init__(self, title: str, *, landscape: bool = False) -> None:
        self._document = Document()
        self._package = self._document.part.package
        self.landscape = landscape
        _set_styles(self._document)
        self._set_names(title)
        self._document.settings.odd_and_even_pages_header_footer = True
        section = self._document.sections[0]
        for footer, align in ((section.footer, "right"), (section.even_page_footer, "left")):
            footer.is_linked_to_previous = False
            footer.part.element[:] = [_page_number(align)]
        self._set_page()
        self._breaks = False

    def _set_names(self, title: str) -> None:
        """Say what the document is, and nothing of when and by which machine it was made; drop the sample's picture."""
        refuse(title)
        self._package.part_related_by(RELATIONSHIP_TYPE.CORE_PROPERTIES).element[:] = []
        names = self._document.core_properties
        names.title, names.author = title[:_LONGEST_NAME], ""
        _drop(self._package.rels, "/thumbnail")
        written = self._document.part
        fonts = written.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
        _drop(written.rels, RELATIONSHIP_TYPE.FONT_TABLE)
        table = Part(fonts.partname, fonts.content_type, _font_table(), self._package)
        written.relate_to(table, RELATIONSHIP_TYPE.FONT_TABLE)

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
        section.footer_distance = Mm(bottom.mm - _NUMBER_BELOW) - Pt(_STYLES["Footer"].line)
        section.header_distance = Mm(15)


def _drop(relations: Any, kind: str) -> None:
    """Take the parts of one kind away."""
    for key in [key for key, relation in relations.items() if relation.reltype.endswith(kind)]:
        del relations[key]


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


def _set_styles(document: Any) -> None:
    """Put our styles in the place of those of the sample that python-docx begins with."""
    styles = document.styles.element
    defaults = styles.find(qn("w:docDefaults"))
    language = '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
    defaults.getparent().replace(
        defaults,
        parse_xml(
            f"<w:docDefaults {nsdecls('w')}><w:rPrDefault><w:rPr>{_fonts(_STYLES['Normal'])}{language}</w:rPr>"
            "</w:rPrDefault><w:pPrDefault/></w:docDefaults>"
        ),
    )
    for style in list(styles.style_lst):
        if style.type == 1 or style.styleId in _STYLES:  # paragraphs
            styles.remove(style)
    for key, style in _STYLES.items():
        styles.append(_style_element(key, style))


def _fonts(style: _Style) -> str:
    return f'<w:rFonts w:ascii="{style.latin}" w:hAnsi="{style.latin}" w:eastAsia="{style.font}" w:cs="{style.latin}"/>'


def _style_element(key: str, style: _Style) -> Any:
    line = f'w:line="{round(20 * style.line)}" w:lineRule="exact"' if style.line else 'w:line="240" w:lineRule="auto"'
    indent = f'<w:ind w:firstLineChars="{100 * style.indent}" w:firstLine="{round(20 * style.size * style.indent)}"/>'
    level = "" if style.level is None else f'<w:outlineLvl w:val="{style.level}"/>'
    size = round(2 * style.size)
    first = ' w:default="1"' if key == "Normal" else "" if style.name in _OF_WORD else ' w:customStyle="1"'
    based = "" if key == "Normal" else '<w:basedOn w:val="Normal"/>'
    return parse_xml(
        f'<w:style {nsdecls("w")} w:type="paragraph"{first} w:styleId="{key}"><w:name w:val="{style.name}"/>{based}'
        f"<w:qFormat/><w:pPr>{'<w:keepNext/>' if style.kept else ''}"
        f'<w:spacing w:before="{round(20 * style.before)}" w:after="{round(20 * style.after)}" {line}/>'
        f'{indent if style.indent else ""}<w:jc w:val="{style.align}"/>{level}</w:pPr>'
        f'<w:rPr>{_fonts(style)}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
    )


def _font_table() -> bytes:
    """Return the table of fonts, with the names by which a machine may know ours."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
        for name, other in _ELSEWHERE.items()
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f"{head}<w:fonts {nsdecls('w')}>{fonts}</w:fonts>".encode()
