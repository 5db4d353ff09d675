"""A sheet as CSV for spreadsheets (RFC 4180)."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from io import StringIO

from reformledger.i18n import _, ngettext
from reformledger.text.masking import clean, visible
from reformledger.views.answer import Answer, Cell, Sheet, plain
from reformledger.views.formats.registry import Format

# Excel and WPS take a cell that begins with one of these for a formula, in East Asia the full-width ones too (OWASP,
# “CSV injection”; a tab and a carriage return, which it names also, are written out).
_FORMULA_SIGNS = ("=", "+", "-", "@", "\n", "＝", "＋", "－", "＠")
_NEGATIVE = re.compile(r"-\d+")


class Csv(Format[Answer]):
    """CSV in UTF-8; a file begins with a byte order mark, without which Excel and WPS read the system's encoding.

    Each cell is quoted: ``甲;=1+1`` stays one cell for a program that takes ``;`` for a separator.
    """

    file_mark = b"\xef\xbb\xbf"

    def content(self, answer: Answer, *, reveal: bool) -> bytes:
        """Return the sheets for a spreadsheet; what could run as a formula is guarded by an apostrophe.

        Of several sheets, which a blank line parts, each row begins with the title of its sheet.
        """
        sheets = answer.sheets("spreadsheet")
        buffer = StringIO()
        writer = csv.writer(buffer, quoting=csv.QUOTE_ALL)
        changes = _Changes()
        for number, sheet in enumerate(sheets):
            if number:
                writer.writerow([])
            headings, *rows = _rows(sheet, titled=len(sheets) > 1)
            named_by = min(len(headings) - len(sheet.columns) + _id_column(sheet), len(headings) - 1)
            for row in (headings, *rows):
                cells = [clean(text, reveal=reveal) for text in row]
                writer.writerow([f"'{cell}" if _runs(cell) else cell for cell in cells])
                changes.note(headings, row, cells, cells[named_by])
        self.remark = changes.sentence()
        return buffer.getvalue().encode()


def _rows(sheet: Sheet, *, titled: bool) -> Iterator[list[str]]:
    """Yield the headings and all rows; where a sheet has groups, each row begins with its group's heading.

    Whether it has them the sheet says, not its rows: the columns are those of the command, whatever it found.
    """
    title = [sheet.title or ""] if titled else []
    if not sheet.columns:  # a sentence
        yield [sheet.title or "", sheet.footer or ""]
        return

    def texts(group: str, cells: Sequence[Cell]) -> list[str]:
        return [*title, *([group] if sheet.group_heading else []), *map(plain, cells)]

    yield texts(sheet.group_heading, [column.heading for column in sheet.columns])
    for row in sheet.rows:
        yield texts("", row)
    for group in sheet.groups if sheet.group_heading else ():
        for row in group.rows:
            yield texts(group.heading, row)


def _id_column(sheet: Sheet) -> int:
    """Return the index of the column that names a row: of ids, else the first."""
    return next((index for index, column in enumerate(sheet.columns) if column.key == "id"), 0)


def _runs(text: str) -> bool:
    """Say whether a spreadsheet would take a cell for a formula."""
    return text.startswith(_FORMULA_SIGNS) and not _NEGATIVE.fullmatch(text)


class _Changes:
    """The cells that are otherwise than in the data; phone numbers that are masked everywhere are not among them."""

    def __init__(self) -> None:
        self._count_by_heading: Counter[str] = Counter()
        self._kinds: set[str] = set()
        self._first = ""

    def note(self, headings: Sequence[str], row: Sequence[str], cells: Sequence[str], name: str) -> None:
        """Count the cells of a row that are changed: guarded, or with characters written out."""
        for heading, text, cell in zip(headings, row, cells, strict=True):
            kinds = {_("an apostrophe before what could be a formula")} if _runs(cell) else set()
            if cell is not text and visible(text) != text:
                kinds.add(_("invisible characters written out"))
            if kinds:
                self._first = self._first or name
                self._count_by_heading[heading] += 1
                self._kinds |= kinds

    def sentence(self) -> str:
        """Say how many cells are changed, how and where; nothing where none is."""
        count = self._count_by_heading.total()
        if not count:
            return ""
        return ngettext(
            "{count} cell of the CSV differs from the data ({changes}): column {columns}, row {row}.",
            "{count} cells of the CSV differ from the data ({changes}): columns {columns}, first row {row}.",
            count,
        ).format(
            count=count,
            changes=_(", ").join(sorted(self._kinds)),
            columns=_(", ").join(f"“{clean(heading)}”" for heading in self._count_by_heading),
            row=self._first,
        )
