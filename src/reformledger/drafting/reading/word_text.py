"""What a paragraph of a Word document says, run by run, and what is hung on it: notes, comments, text boxes."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache
from typing import Any, Literal, NamedTuple

from docx.oxml.ns import nsmap, qn

Element = Any
"""An element of the XML of a document, which lxml made."""
Reference = Literal["footnote", "endnote", "comment"]

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_OUTLOOK = "{urn:schemas-microsoft-com:vml}"
_TEXTS = frozenset({qn("w:t"), qn("w:delText"), f"{_MATH}t"})
_SIGNS = {
    qn("w:tab"): "\t",
    qn("w:ptab"): "\t",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
}
_RUN, _SYMBOL, _BOX, _PRONOUNCED = (qn(f"w:{name}") for name in ("r", "sym", "txbxContent", "rt"))
_LOOKS, _VALUE = qn("w:rPr"), qn("w:val")
_DELETED = frozenset({qn("w:del"), qn("w:moveFrom")})
_INSERTED = frozenset({qn("w:ins"), qn("w:moveTo")})
_NOT_SAID = frozenset({qn("w:pPr"), qn("w:rPr"), qn("w:instrText"), f"{_COMPATIBLE}Fallback"})
"""Looks, the names of fields, and what repeats a drawing for old programs."""
_TRANSPARENT = frozenset({
    *(qn(f"w:{name}") for name in ("sdt", "sdtContent", "customXml", "smartTag")),
    *_INSERTED,
    f"{_COMPATIBLE}AlternateContent",
    f"{_COMPATIBLE}Choice",
})  # fmt: skip
_STRUCK, _HIDDEN = (qn("w:strike"), qn("w:dstrike")), (qn("w:vanish"),)
_PICTURES = frozenset({f"{{{nsmap['a']}}}blip", f"{_OUTLOOK}imagedata"})
_REFERENCES: dict[str, Reference] = {
    qn("w:footnoteReference"): "footnote",
    qn("w:endnoteReference"): "endnote",
    qn("w:commentReference"): "comment",
}
_SYMBOLS = {
    ("Wingdings", 0xAB): "★", ("Wingdings", 0xB6): "☆", ("Wingdings", 0xFC): "✓", ("Wingdings", 0xFE): "☑",
    ("Wingdings", 0xA8): "□", ("Wingdings 2", 0x50): "✓", ("Wingdings 2", 0x52): "☑", ("Wingdings 2", 0xA3): "□",
    ("Wingdings 2", 0xEA): "★",
}  # fmt: skip
"""Signs of the fonts that hold nothing but signs, as they are written without such a font."""
_OFF = frozenset({"0", "false", "off", "none"})


class Piece(NamedTuple):
    """Some characters of a paragraph.

    ``is_meant`` is false for what is struck out, hidden, deleted, or a reading (pinyin); ``is_inserted`` is true for
    what a change put in that nobody has accepted, ``is_struck`` for what is struck out.
    """

    text: str
    is_meant: bool = True
    is_inserted: bool = False
    is_struck: bool = False


class Said:
    """What a paragraph says: its ``pieces``, the ``boxes`` of text anchored in it, and what it refers to."""

    def __init__(self, paragraph: Element) -> None:
        self.pieces: list[Piece] = []
        self.boxes: list[Element] = []
        self.references: list[tuple[Reference, str]] = []
        self.has_revisions = self.has_pictures = False
        self._read(paragraph, Piece(""))

    def _read(self, element: Element, like: Piece) -> None:
        for child in element:
            tag = child.tag
            self.has_revisions |= tag in _DELETED or tag in _INSERTED
            self.has_pictures |= tag in _PICTURES
            if tag in _NOT_SAID or not isinstance(tag, str):
                continue
            if tag in _TEXTS:
                self.pieces.append(like._replace(text=child.text or ""))
            elif tag in _SIGNS:
                self.pieces.append(like._replace(text=_SIGNS[tag]))
            elif tag == _SYMBOL:
                self.pieces.append(like._replace(text=_symbol(child)))
            elif tag == _BOX:
                self.boxes.append(child)
            elif tag in _REFERENCES:
                self.references.append((_REFERENCES[tag], child.get(qn("w:id"), "")))
            else:
                is_struck = like.is_struck or (tag == _RUN and _looks(child, _STRUCK))
                is_hidden = tag == _RUN and _looks(child, _HIDDEN)
                is_meant = like.is_meant and not (tag in _DELETED or tag == _PRONOUNCED or is_struck or is_hidden)
                self._read(child, Piece("", is_meant, like.is_inserted or tag in _INSERTED, is_struck))


def children(element: Element, wanted: Collection[str]) -> Iterator[Element]:
    """Yield the elements within another that are wanted, also those that only something invisible is around."""
    for child in element:
        if child.tag in wanted:
            yield child
        elif child.tag in _TRANSPARENT:
            yield from children(child, wanted)


def found(element: Element, path: str) -> Element | None:
    """Return an element within another: w:pPr/w:numPr."""
    return element.find(_expanded(path))


def value(element: Element, path: str, default: str = "") -> str:
    """Return the value of an element within another; the default where there is none."""
    held = found(element, path)
    return default if held is None else held.get(_VALUE, default)


def is_on(element: Element, path: str) -> bool:
    """Say whether a property is set."""
    return value(element, path, "1" if found(element, path) is not None else "0") not in _OFF


@cache
def _expanded(path: str) -> str:
    return "/".join(map(qn, path.split("/")))


def _looks(run: Element, properties: Collection[str]) -> bool:
    """Say whether a run has one of some properties."""
    looks = run.find(_LOOKS)
    return looks is not None and any(child.tag in properties and child.get(_VALUE, "1") not in _OFF for child in looks)


def _symbol(element: Element) -> str:
    """Return a sign of a font that holds nothing but signs; those are in the private area of Unicode."""
    code = int(element.get(qn("w:char"), "0"), 16)
    return _SYMBOLS.get((element.get(qn("w:font"), ""), code & 0xFF), chr(code))
