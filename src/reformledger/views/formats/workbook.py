"""What the worksheets of a workbook share: contents that are sure to fit into it, and the formats of its cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.format import Format as CellFormat
from xlsxwriter.worksheet import Worksheet

from reformledger.i18n import _
from reformledger.text.masking import NOT_IN_XML, mask_phones
from reformledger.views.answer import Bar, Cell, Styled, plain
from reformledger.views.palette import TONES, tone_of
from reformledger.views.wrap import width

POINTS, TITLE_POINTS = 10, 16
FONT = {"font_name": "Microsoft YaHei", "font_size": POINTS}
"""The font of a workbook, which every Chinese Windows has."""
_MOST_UNITS = 32_767  # UTF-16 units that a cell holds
_NOT_IN_XML = re.compile(NOT_IN_XML)
_NOT_IN_PARTS = re.compile(f"{NOT_IN_XML}|\r")  # XlsxWriter escapes it in each part, and then again
_TWO_ESCAPES = re.compile("_x[0-9A-Fa-f]{4}_x[0-9A-Fa-f]{4}_")
_WITHIN_MARKUP = re.compile("(?<=^<)|(?<=_)(?=x[0-9A-Fa-f]{4}_)")
"""Where a text is parted so that no part of it is an escape or begins as markup."""
_DAY_ZERO, _FIRST_DAY = date(1899, 12, 30), date(1900, 3, 1)
"""From which Excel counts days, and the first that it counts right: its 1900 is a leap year."""
_BORDER = "#C9CED6"
# The height of a line in points, what a row has beside its lines, and the most that a row may have.
_LINE, _MARGIN, _HIGHEST = 15, 3, 409


class UnfitError(Exception):
    """Why something cannot be in a workbook, as the end of a sentence."""


class Content(NamedTuple):
    """What is written into a cell: a text or a number, in one of the ``Styles``.

    ``lines`` are the widths of its lines in characters, ``widest`` is the greatest of them. ``parts`` are those of a
    text that cannot be written in one.
    """

    value: str | float
    style: str
    widest: int
    lines: Sequence[int] = ()
    parts: Sequence[str] = ()

    def height(self, room: float) -> int:
        """Return how many lines it takes in a cell that holds ``room`` characters."""
        if self.widest <= room and len(self.lines) <= 1:
            return 1
        # Lines break where words and punctuation let them, a little before they are full.
        usable = max(int(room) - 2, 2)
        return sum(-(-taken // usable) if taken > room else 1 for taken in self.lines)


class Contents(dict[Cell, Content]):
    """What each cell of a workbook becomes: numbers and days as such, texts masked unless ``reveal``.

    A cell is looked through and measured once, however often it comes; one that cannot be written raises
    ``UnfitError``.
    """

    def __init__(self, *, reveal: bool) -> None:
        super().__init__()
        self._reveal = reveal

    def __missing__(self, cell: Cell) -> Content:
        """Return what a cell becomes."""
        self[cell] = made = self._text(cell) if isinstance(cell, str) else self._content(cell)
        return made

    def _content(self, cell: date | int | Styled | Bar) -> Content:
        if isinstance(cell, date) and cell >= _FIRST_DAY:
            return Content((cell - _DAY_ZERO).days, "day", len("2020-06-30"))
        if isinstance(cell, int):
            return Content(cell, "number", len(str(cell)))
        if isinstance(cell, Bar) and not cell.words:
            return Content(cell.share, "share", len(plain(cell)))
        return self._text(plain(cell), cell.style if isinstance(cell, Styled) else "text")

    def _text(self, text: str, style: str = "text") -> Content:
        written = text if self._reveal else mask_phones(text)
        parts = _parts(written)
        if reason := _unfit(written, parts):
            raise UnfitError(reason)
        lines = [width(line) for line in written.split("\n")]
        return Content(written, style, max(lines), lines, parts)


def _unfit(text: str, parts: Sequence[str]) -> str:
    """Return why a workbook cannot hold a text, "" where it can."""
    if not text.isprintable() and (found := (_NOT_IN_PARTS if parts else _NOT_IN_XML).search(text)):
        return _("the character {code} cannot be in a workbook.").format(code=f"U+{ord(found[0]):04X}")
    if 2 * len(text) > _MOST_UNITS and (units := len(text.encode("utf-16-le")) // 2) > _MOST_UNITS:
        sentence = _("it has {count:,} characters, and a cell of a workbook holds {most:,}.")
        return sentence.format(count=units, most=_MOST_UNITS)
    return ""


def _parts(text: str) -> Sequence[str]:
    """Return the parts in which a text must be written that XlsxWriter would write as another, else nothing.

    It takes ``<r>…</r>`` for its own markup, and of ``_x005F_x4E2D_``, two escapes of Excel's that share a character,
    it keeps only the first from being read as one.
    """
    if (text.startswith("<r>") and text.endswith("</r>")) or ("_x" in text and _TWO_ESCAPES.search(text)):
        return _WITHIN_MARKUP.split(text)
    return ()


def must(code: int | None) -> None:
    """Raise ``UnfitError`` for a code by which XlsxWriter says that it left out or cut what it was given."""
    if code:
        raise UnfitError(_("it cannot be written (code {code} of XlsxWriter).").format(code=code))


def write(paper: Worksheet, row: int, column: int, content: Content, style: CellFormat) -> None:
    """Write a cell; raises ``UnfitError``."""
    if not content.lines:
        code = paper.write_number(row, column, content.value, style)
    elif content.parts:
        runs = (run for part in content.parts for run in (style, part))
        code = paper.write_rich_string(row, column, *runs, style)
    elif content.value:
        code = paper.write_string(row, column, content.value, style)
    else:
        code = paper.write_blank(row, column, None, style)
    if code:
        must(code)


def points(lines: float, size: float = 1) -> float:
    """Return the height of a row of so many lines; ``size`` is that of its characters, 1 for a cell's."""
    return min(lines * _LINE * size + _MARGIN, _HIGHEST)


def set_page(paper: Worksheet, rooms: Sequence[int]) -> None:
    """Set what paper and screen show: landscape A4, one page wide, columns that hold ``rooms`` characters each."""
    paper.hide_gridlines(2)
    paper.set_landscape()
    paper.set_paper(9)
    paper.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    paper.fit_to_pages(1, 0)
    paper.set_footer("&C" + _("Page {page} of {pages}").format(page="&P", pages="&N"))
    for column, room in enumerate(rooms):
        must(paper.set_column(column, column, room))


def write_across(
    paper: Worksheet, row: int, rooms: Sequence[int], content: Content, style: CellFormat, size: float = 1
) -> None:
    """Write a sentence over the columns of ``rooms`` characters each, in a row of the height that it takes.

    ``size`` is that of its characters, 1 for a cell's. Raises ``UnfitError``.
    """
    if len(rooms) > 1:
        must(paper.merge_range(row, 0, row, len(rooms) - 1, "", style))
    write(paper, row, 0, content, style)
    must(paper.set_row(row, points(content.height(sum(rooms) / size), size)))


class Styles(dict[str, CellFormat]):
    """The formats of a workbook's cells by name, each made once; any other name is a style of Rich.

    Texts bear Excel's quote prefix, so that none becomes a number, a day or a formula when its cell is edited.
    """

    def __init__(self, book: Workbook) -> None:
        super().__init__()
        self._book = book
        grey = TONES["grey"]
        text: dict[str, object] = {"text_wrap": True, "valign": "top", "quote_prefix": True}
        label = {**text, "bold": True, "bg_color": f"#{grey.fill}"}
        head = {**label, "valign": "vcenter"}
        number: dict[str, object] = {"align": "right", "indent": 1}
        self["title"] = book.add_format({**text, "bold": True, "font_size": TITLE_POINTS})
        self["sentence"] = book.add_format({**text, "font_color": f"#{grey.ink}"})
        # Excel changes what a condition names, LibreOffice all of a cell's borders.
        self["new group"] = book.add_format({"border": 1, "border_color": _BORDER, "top_color": f"#{grey.ink}"})
        self["same group"] = book.add_format({"font_color": f"#{grey.solid}"})
        self["label"] = self.cell(**label)
        self["head"] = self.cell(**head)
        self["head of numbers"] = self.cell(**head, **number)
        self["text"] = self.cell(**text)
        self["number"] = self.cell(**number)
        self["share"] = self.cell(**number, num_format="0%")
        self["day"] = self.cell(align="center", num_format="yyyy-mm-dd")

    def __missing__(self, style: str) -> CellFormat:
        """Return the format of a text in a style of Rich: its tone as fill and ink."""
        tone = tone_of(style)
        colours = {"bg_color": f"#{tone.fill}", "font_color": f"#{tone.ink}"} if tone else {}
        self[style] = made = self.cell(text_wrap=True, quote_prefix=True, **colours)
        return made

    def cell(self, **properties: object) -> CellFormat:
        """Return the format of a cell of a table with more properties, by XlsxWriter's names."""
        return self._book.add_format({"border": 1, "border_color": _BORDER, "valign": "top", **properties})
