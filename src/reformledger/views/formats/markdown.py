"""A sheet as Markdown (GitHub's tables), for messages, issues and documents."""

from __future__ import annotations

from collections.abc import Iterator

from reformledger.i18n import _
from reformledger.text.markup import escaped
from reformledger.text.masking import mask_phones
from reformledger.views.answer import Answer, Cell, Sheet, plain, unstyled
from reformledger.views.formats.registry import Format

_GAP = "\u2003"  # a wide space, which HTML does not take for one of several


class Markdown(Format[Answer]):
    """Markdown in UTF-8."""

    def content(self, answer: Answer, *, reveal: bool) -> bytes:
        """Return the sheets for a document, or an answer that is text as it is."""
        if answer.lines:
            return unstyled(answer.lines(None)).encode()
        sheets = answer.sheets("document")
        return "\n".join(f"{line}\n" for sheet in sheets for line in _lines(sheet, reveal=reveal)).encode()


def _lines(sheet: Sheet, *, reveal: bool) -> Iterator[str]:
    """Yield title, table (one for each group) and last sentence of a sheet."""

    def said(cell: Cell) -> str:
        """Return a text so that it shows as it is: nothing is changed, only written as Markdown writes it."""
        text = plain(cell) if reveal else mask_phones(plain(cell))
        return escaped(text).replace("\n", "<br>")

    if sheet.title:
        yield f"## {said(sheet.title)}"
    if sheet.above:
        yield said(_GAP.join(sheet.above))
    headings = [said(column.heading) for column in sheet.columns]
    marks = ["---:" if column.align == "right" else "---" for column in sheet.columns]
    groups = [("", sheet.rows)] if sheet.rows or (sheet.columns and not sheet.groups) else []
    groups += [(group.heading, group.rows) for group in sheet.groups]
    for heading, rows in groups:
        if heading:
            yield f"### {said(heading)}"
        lines = [headings, marks, *([said(cell) for cell in row] for row in rows)]
        yield "\n".join(f"| {' | '.join(line)} |" for line in lines)
    if sheet.footer:
        yield said(sheet.footer)
    if sheet.blanks:
        yield said(_GAP.join(_("{heading}: {text}").format(heading=blank, text="_" * 8) for blank in sheet.blanks))
