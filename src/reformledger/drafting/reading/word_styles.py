"""The styles of a Word document: which of them are headings, and which number their paragraphs."""

from __future__ import annotations

from collections.abc import Iterator

from docx.oxml.ns import qn

from reformledger.drafting.reading.word_text import Element, is_on, value

_HEADINGS = ("heading", "title", "subtitle", "标题", "副标题")
"""How the names of the styles of headings begin, whatever the language of the program was."""
_CONTENTS = "toc"
"""How the names of the styles of a table of contents begin, which Word writes by itself."""
_LAST_HEADING = 8
"""The outline levels of headings count from 0; 9 is that of other text."""


class Styles:
    """The styles of paragraphs by their ids."""

    def __init__(self, styles: Element) -> None:
        found = styles.findall(qn("w:style"))
        self._styles: dict[str, Element] = {style.get(qn("w:styleId"), ""): style for style in found}
        paragraphs = (style for style in found if style.get(qn("w:type")) == "paragraph")
        default = (style for style in paragraphs if style.get(qn("w:default"), "0") not in {"0", "false"})
        self._default = next((style.get(qn("w:styleId"), "") for style in default), "")

    def of(self, paragraph: Element) -> str:
        """Return the id of the style of a paragraph."""
        return value(paragraph, "w:pPr/w:pStyle", self._default)

    def number_of(self, style: str) -> str:
        """Return the id of the list by which a style numbers its paragraphs, "" for none."""
        return next(filter(None, (value(each, "w:pPr/w:numPr/w:numId") for each in self._with_bases(style))), "")

    def is_heading(self, paragraph: Element) -> bool:
        """Say whether a paragraph is a heading, by its own outline level or by its style."""
        own = value(paragraph, "w:pPr/w:outlineLvl")
        if own:
            return int(own) <= _LAST_HEADING
        for style in self._with_bases(self.of(paragraph)):
            level = value(style, "w:pPr/w:outlineLvl")
            if value(style, "w:name").lower().startswith(_HEADINGS) or (level and int(level) <= _LAST_HEADING):
                return True
        return False

    def is_contents(self, paragraph: Element) -> bool:
        """Say whether a paragraph is of a table of contents, which says the headings once more."""
        style = self._styles.get(self.of(paragraph))
        return style is not None and value(style, "w:name").lower().startswith(_CONTENTS)

    def is_hidden(self, paragraph: Element) -> bool:
        """Say whether the style of a paragraph hides it."""
        return any(is_on(style, "w:rPr/w:vanish") for style in self._with_bases(self.of(paragraph)))

    def _with_bases(self, style: str) -> Iterator[Element]:
        """Yield a style, and those on which it is based."""
        seen: set[str] = set()
        while style in self._styles and style not in seen:
            seen.add(style)
            yield self._styles[style]
            style = value(self._styles[style], "w:basedOn")
