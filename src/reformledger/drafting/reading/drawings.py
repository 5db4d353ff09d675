"""What is drawn on the worksheets of a workbook: text boxes, and whether there are pictures."""

from __future__ import annotations

from contextlib import suppress
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple
from xml.parsers import expat
from zipfile import ZipFile

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_TEXT, _PARAGRAPH = f"{_DRAWING} t", f"{_DRAWING} p"
_BODY = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing txBody"


class Drawn(NamedTuple):
    """The texts of the boxes of a workbook, and whether it has pictures."""

    texts: list[str]
    has_pictures: bool


def drawn_in(file: Path) -> Drawn:
    """Return what is drawn in a workbook that was read without fault."""
    texts = _Texts()
    with ZipFile(file) as archive:
        names = archive.namelist()
        for name in names:
            if fnmatchcase(name, "xl/drawings/drawing*.xml"):
                texts.add(archive.read(name))
    return Drawn(texts.found, any(name.startswith("xl/media/") for name in names))


class _Texts:
    """The texts of the boxes of the parts that were added."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._pieces: list[str] = []
        self._is_text = False

    def add(self, part: bytes) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        with suppress(expat.ExpatError):
            parser.Parse(part, True)

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        self._is_text = name == _TEXT
        if name == _BODY:
            self._pieces = []

    def _characters(self, text: str) -> None:
        if self._is_text:
            self._pieces.append(text)

    def _end(self, name: str) -> None:
        self._is_text = False
        if name == _PARAGRAPH:
            self._pieces.append("\n")
        elif name == _BODY and (text := "".join(self._pieces).strip()):
            self.found.append(text)
