"""What the files of an answer say when another program opens them: their text, by the ending of the file."""

from __future__ import annotations

from pathlib import Path


def text_of(path: Path) -> str:
    """Return all text of a file: of a workbook or document what its cells and paragraphs hold, one a line."""
    if path.suffix == ".xlsx":
        from openpyxl import load_workbook

        book = load_workbook(path)
        return "\n".join(str(cell.value) for sheet in book for row in sheet for cell in row if cell.value is not None)
    if path.suffix == ".docx":
        from docx import Document
        from docx.oxml.ns import qn

        paragraphs = Document(str(path)).element.body.iter(qn("w:p"))
        return "\n".join("".join(text.text or "" for text in each.iter(qn("w:t"))) for each in paragraphs)
    return path.read_text(encoding="utf-8")
