"""The styles of an official document, in the place of those of the sample that python-docx begins with."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

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


STYLES = {
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


def set_styles(document: Any) -> None:
    """Give a document our styles and fonts, and take out of it what only the sample has."""
    _drop(document.part.package.rels, "/thumbnail")
    _drop(document.part.rels, "/stylesWithEffects", "/customXml", "/numbering")
    _set_fonts(document)
    _set_settings(document.settings.element)
    styles = document.styles.element
    defaults = styles.find(qn("w:docDefaults"))
    language = '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
    defaults.getparent().replace(
        defaults,
        parse_xml(
            f"<w:docDefaults {nsdecls('w')}><w:rPrDefault><w:rPr>{_fonts(STYLES['Normal'])}{language}</w:rPr>"
            "</w:rPrDefault><w:pPrDefault/></w:docDefaults>"
        ),
    )
    for style in list(styles.style_lst):
        if style.get(qn("w:type")) == "paragraph" or not style.get(qn("w:default")):
            styles.remove(style)
    for key, style in STYLES.items():
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


def _set_fonts(document: Any) -> None:
    part = document.part
    sample = part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    _drop(part.rels, "/fontTable")
    table = Part(sample.partname, sample.content_type, _font_table(), part.package)
    part.relate_to(table, RELATIONSHIP_TYPE.FONT_TABLE)


def _set_settings(settings: Any) -> None:
    """Say that texts are Chinese, and that Word need not do as its version of 2010 did."""
    for language in settings.iter(qn("w:themeFontLang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")


def _drop(relations: Any, *kinds: str) -> None:
    """Take the parts of some kinds away."""
    for key in [key for key, relation in relations.items() if relation.reltype.endswith(kinds)]:
        del relations[key]
