"""An answer as a workbook for Excel, WPS and LibreOffice: to be filtered and calculated with, and to be printed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from io import BytesIO
from itertools import count

from xlsxwriter import Workbook

from reformledger.i18n import _
from reformledger.views.answer import Answer, Column, Sheet
from reformledger.views.formats.registry import Format
from reformledger.views.formats.workbook import FONT, Contents, Styles
from reformledger.views.formats.worksheet import Drawing
from reformledger.views.progress import progressing

_MOST_OF_NAME = 31  # UTF-16 units of the name of a worksheet
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f\ud800-\udfff\ufffe\uffff]+")
_RESERVED = "history"  # Excel's own
_NO_DAY = date(2000, 1, 1)


class Xlsx(Format[Answer]):
    """A workbook with a worksheet a sheet; an answer that is text has one of one column."""

    binary = True

    def content(self, answer: Answer, *, reveal: bool) -> bytes:
        """Return the workbook; the same answer makes the same bytes.

        Raises ``UsageError`` for what no workbook can hold.
        """
        about = answer.about()
        contents = Contents(reveal=reveal)
        sheets = [sheet if sheet.columns else _of_sentence(sheet) for sheet in answer.sheets("workbook")]
        drawings = [Drawing(sheet, about, contents) for sheet in sheets or [_of_lines(answer)]]
        names = _names([str(contents[drawing.name].value) for drawing in drawings])
        buffer = BytesIO()
        book = Workbook(buffer, {"in_memory": True, "default_format_properties": FONT})
        # The library would write the time of the clock.
        day = datetime.combine(about.day or _NO_DAY, datetime.min.time())
        book.set_properties({"title": about.title, "created": day})
        styles = Styles(book)
        pairs = zip(drawings, names, strict=True)
        with progressing(pairs, len(drawings), _("Writing")) as shown:
            for drawing, name in shown:
                drawing.draw(book.add_worksheet(name), styles)
        book.close()
        return buffer.getvalue()


def _of_lines(answer: Answer) -> Sheet:
    """Return text as a sheet of one column, a line a row."""
    lines = answer.lines(None) if answer.lines else ()
    return Sheet(None, [Column("text", "")], [["".join(text for text, _style in line)] for line in lines], head=False)


def _of_sentence(sheet: Sheet) -> Sheet:
    """Return a sheet of one cell, which is the sentence of one that has no columns."""
    return sheet._replace(columns=[Column("text", "")], rows=[[sheet.footer or ""]], footer=None, head=False)


def _names(titles: Sequence[str]) -> Iterator[str]:
    """Yield a name for each worksheet that Excel takes, like its title, no two alike."""
    taken = {_RESERVED}
    for title in titles:
        wanted = _NOT_IN_NAMES.sub("-", title)
        for number in count(1):
            name = _named(wanted, "" if number == 1 else f" {number}")
            if name.lower() not in taken:
                break
        taken.add(name.lower())
        yield name


def _named(wanted: str, ending: str) -> str:
    """Return a name with its ending, cut to what a worksheet's may have."""
    room = 2 * (_MOST_OF_NAME - len(ending))
    cut = wanted.encode("utf-16-le")[:room].decode("utf-16-le", "ignore").strip("' ")
    return f"{cut or 'Sheet'}{ending}"
