"""A sheet as Markdown (GitHub's tables), for messages, issues and documents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reformledger.text.masking import clean
from reformledger.views.answer import Answer, Cell, Sheet, plain, unstyled
from reformledger.views.formats.registry import Format

# Characters that Markdown or HTML would take for markup: 《贯彻<…意见>方案》 would lose what is in the brackets.
_MARKUP = re.compile(r"([\\`*_\[\]<>|~])")


class Markdown(Format[Answer]):
    """Markdown in UTF-8."""

    def content(self, answer: Answer, *, reveal: bool) -> bytes:
        """Return the sheets for a document, or an answer that is text as it is."""
        text = unstyled(answer.lines(None)) if answer.lines else markdown_text(answer.sheets("document"), reveal=reveal)
        return text.encode()


def markdown_text(sheets: Sequence[Sheet], *, reveal: bool = False) -> str:
    """Return sheets as Markdown: title, table (one for each group), last sentence."""
    return "\n".join(f"{line}\n" for sheet in sheets for line in _lines(sheet, reveal=reveal))


def _lines(sheet: Sheet, *, reveal: bool) -> Iterator[str]:
    def said(cell: Cell) -> str:
        return escaped(clean(plain(cell), reveal=reveal))

    if sheet.title:
        yield f"## {said(sheet.title)}"
    headings = [said(column.heading) for column in sheet.columns]
    marks = ["---:" if column.align == "right" else "---" for column in sheet.columns]
    groups = [("", sheet.rows)] if sheet.rows or not sheet.groups else []
    groups += [(group.heading, group.rows) for group in sheet.groups]
    for heading, rows in groups:
        if heading:
            yield f"### {said(heading)}"
        lines = [headings, marks, *([said(cell) for cell in row] for row in rows)]
        yield "\n".join(f"| {' | '.join(line)} |" for line in lines)
    if sheet.footer:
        yield said(sheet.footer)


def escaped(text: str) -> str:
    """Return text that Markdown shows as it is, in one line."""
    return _MARKUP.sub(r"\\\1", text).replace("\n", "<br>")
