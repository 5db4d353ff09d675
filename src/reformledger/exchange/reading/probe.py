"""The first pass over an unpacked workbook, before a library reads it: only what is bounded goes on.

It sees what openpyxl hides: formulas without a value, cells far out, DOCTYPE. Declared dimensions are never trusted.
"""

from __future__ import annotations

import posixpath
import re
from contextlib import suppress
from typing import NamedTuple
from xml.parsers import expat
from zipfile import ZipFile

from reformledger.exchange.reading.refusals import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, Reason
from reformledger.exchange.tables import Position, cell_name

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_CELL, _VALUE, _TEXT = (f"{_MAIN} {name}" for name in "cvt")
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships id"
_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_ESCAPED_ESCAPE = b"_x005F_"
"""An underscore, escaped since what follows looks like an escape (ECMA-376 part 1, 22.9.2.19)."""
_DIGITS, _MOST_DIGITS = "0123456789", 7
_REFERENCE = re.compile(rf"\$?([A-Za-z]{{1,3}})\$?([0-9]{{1,{_MOST_DIGITS}}})")
_met: dict[str, int] = {}
"""The numbers of the columns that were met, by their letters, of which there are one to three."""
_WORKSHEET = f"{_MAIN} worksheet"
_ROOTS = frozenset(
    {f"{_PACKAGE} Relationships", *(f"{_MAIN} {name}" for name in ("workbook", "sst", "comments", "worksheet"))}
)
"""The parts of which something is asked, by their first element."""
_MOST_OTHERS = 50_000
"""Elements of a part that are neither cells nor texts: many times what the largest real workbooks have."""
_DEEPEST = 256
"""Elements within one another."""


class UnfitError(Exception):
    """A workbook that is not read; ``detail`` is as in ``refusals.refusal``."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail


class ProbedSheet(NamedTuple):
    """A worksheet: where it holds something, and where that is a formula: True where its value is kept."""

    contents: tuple[Position, ...]
    formulas: dict[Position, bool]


class Probed(NamedTuple):
    """The worksheets in their order; ``escapes``: some program wrote escapes that are meant literally."""

    sheets: tuple[ProbedSheet, ...]
    escapes: bool


def probe(archive: ZipFile) -> Probed:
    """Return what a workbook holds; raises ``UnfitError``."""
    parts, escapes = {}, False
    for name in archive.namelist():
        data = archive.read(name)
        escapes = escapes or _ESCAPED_ESCAPE in data
        parts[name] = _Part(data)
    if parts[_WORKBOOK].root != f"{_MAIN} workbook":  # Strict Open XML, of which openpyxl finds no sheet.
        raise UnfitError("unreadable")
    relations = {item.get("Id"): item for item in parts[_RELATIONS].relations} if _RELATIONS in parts else {}
    sheets = []
    for name, link in parts[_WORKBOOK].sheets:
        relation = relations.get(link, {})
        target = relation.get("Target", "")
        part = parts.get(target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}"))
        if part is None or "chartsheet" in relation.get("Type", ""):
            continue
        if part.far:
            raise UnfitError("far", f"{name}!{part.far}")
        if part.root != _WORKSHEET:
            raise UnfitError("unreadable")
        sheets.append(ProbedSheet(tuple(part.contents), part.formulas))
    return Probed(tuple(sheets), escapes)


class _Part:
    """What one part holds; one that is no XML holds nothing, and the library says what it thinks of it."""

    def __init__(self, data: bytes) -> None:
        self.root = ""
        self.far = ""
        self.contents: dict[Position, None] = {}
        self.formulas: dict[Position, bool] = {}
        self.relations: list[dict[str, str]] = []
        self.sheets: list[tuple[str, str]] = []
        self._row = self._column = self._count = self._others = self._depth = 0
        self._place: Position = 0, 0
        """Where the cell under way is."""
        self._type = ""
        self._has_value = self._has_formula = False
        self._handlers = {
            f"{_MAIN} row": self._start_row,
            f"{_MAIN} is": self._start_inline,
            f"{_MAIN} f": self._start_formula,
            f"{_MAIN} si": self._start_text,
            **{f"{_MAIN} {name}": self._start_range for name in ("mergeCell", "hyperlink", "comment")},
            f"{_MAIN} sheet": self._start_sheet,
            f"{_PACKAGE} Relationship": self.relations.append,
        }
        self._parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        parser.StartElementHandler = self._start_root
        with suppress(expat.ExpatError):
            parser.Parse(data, True)

    def _refuse_doctype(self, name: str, *_ids: object) -> None:
        raise UnfitError("doctype", name)

    def _start_root(self, name: str, _attributes: dict[str, str]) -> None:
        """Listen to what the kind of part may hold: most hold nothing that is asked for, and cost nothing."""
        self.root = name
        self._parser.StartElementHandler = self._start if name in _ROOTS else self._start_other
        self._parser.EndElementHandler = self._end if name in _ROOTS else None

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise UnfitError("unreadable")
        # As most are, so that these are not looked up: a workbook may have hundreds of thousands.
        if name == _VALUE:
            # Only here are characters asked for, which come one by one where a program writes them as references.
            self._parser.CharacterDataHandler = self._characters
            if self._type == "str":  # A formula may well show an empty text.
                self._has_value = True
        elif name == _CELL:
            self._start_cell(attributes)
        elif name == _TEXT:
            return
        elif handle := self._handlers.get(name):
            handle(attributes)
        else:
            self._start_other(name, attributes)

    def _start_other(self, _name: str, _attributes: dict[str, str]) -> None:
        """Count what is neither a cell nor a text: the library makes an object of each, of styles and rules, too."""
        self._others += 1
        if self._others > _MOST_OTHERS:
            raise UnfitError("many")

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._add(1)
        self._row = int(float(attributes.get("r") or self._row + 1))
        self._column = 0

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > MOST_CELLS:
            raise UnfitError("many")
        self._type = attributes.get("t", "")
        self._has_value = self._has_formula = False
        if reference := attributes.get("r"):
            self._place = _position(reference)
            self._column = self._place[1]
        else:
            self._column += 1
            self._place = self._row, self._column

    def _start_inline(self, _attributes: dict[str, str]) -> None:
        self._has_value = True

    def _start_formula(self, _attributes: dict[str, str]) -> None:
        self._has_formula = True

    def _start_text(self, _attributes: dict[str, str]) -> None:
        self._add(1)

    def _start_range(self, attributes: dict[str, str]) -> None:
        self._add(_area(attributes.get("ref", "")))

    def _start_sheet(self, attributes: dict[str, str]) -> None:
        self.sheets.append((attributes.get("name", ""), attributes.get(_LINK, "")))

    def _characters(self, _text: str) -> None:
        self._has_value = True
        self._parser.CharacterDataHandler = None

    def _end(self, name: str) -> None:
        self._depth -= 1
        if name == _VALUE:
            self._parser.CharacterDataHandler = None
        elif name == _CELL and (self._has_value or self._has_formula):
            position = self._place
            self.contents[position] = None
            if self._has_formula:
                self.formulas[position] = self._has_value
            if position[0] > MOST_ROWS or position[1] > MOST_COLUMNS:
                self.far = self.far or cell_name(position)

    def _add(self, count: int) -> None:
        self._count += count
        if self._count > MOST_CELLS:
            raise UnfitError("many")


def _position(reference: str) -> Position:
    """Return the row and column of ``C5``."""
    # Nearly all are plain, and of a column that was met before: no pattern is needed to cut them.
    letters = reference.rstrip(_DIGITS)
    row = reference[len(letters) :]
    if (column := _met.get(letters)) and 0 < len(row) <= _MOST_DIGITS:
        return int(row), column
    found = _REFERENCE.fullmatch(reference)
    if not found:
        raise UnfitError("unreadable")
    letters, row = found.groups()
    column = 0
    for letter in letters.upper():
        column = 26 * column + ord(letter) - ord("A") + 1
    _met[letters] = column
    return int(row), column


def _area(reference: str) -> int:
    """Return how many cells a range has; the library makes each of them."""
    first, _colon, last = reference.partition(":")
    (top, left), (bottom, right) = _position(first), _position(last or first)
    return (abs(bottom - top) + 1) * (abs(right - left) + 1)
