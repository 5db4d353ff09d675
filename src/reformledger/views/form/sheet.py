"""The worksheet of a form that is filled in: what is known of each row beside tinted cells, all else locked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby

from xlsxwriter.worksheet import Worksheet

from reformledger.errors import UsageError
from reformledger.exchange.form import Form, FormColumn, FormRow
from reformledger.i18n import _
from reformledger.views.form.limits import hint_of, is_used, kind_of, validation
from reformledger.views.formats.workbook import (
    POINTS,
    TITLE_POINTS,
    Content,
    Contents,
    Styles,
    UnfitError,
    must,
    points,
    set_page,
    write,
    write_across,
)
from reformledger.views.wrap import width

_TITLE, _HINT, _GAP, _HEAD = range(4)
"""The rows down to the headings."""
_NAMED_BY = 2
"""How many columns name a row (id and title): they stay where they are."""
_ROOMS = {
    "id": 16, "title": 22, "role": 9, "leaders": 12, "due": 13, "star": 4, "status": 9, "last_report": 24, "target": 13,
    "text": 30, "percent": 8, "reached": 8, "evidence": 17, "problems": 17, "close": 8, "date": 12,
}  # fmt: skip
"""How many characters a column holds; one that shows what is known holds no more than it needs."""
_PADDING, _LEAST_ROOM = 3, 4
_LEAST_LINES = {True: 4, False: 2}
"""Lines that a row has at least, by whether it is that of an entry: room to write in."""
_SHOWN = 80
"""The characters by which a refusal names its place."""
ALLOWED = {"format_columns": True, "format_rows": True}
"""What protection leaves to everyone: to give a text more room."""
_BLANK = Content("", "text", 0, [0])


@contextmanager
def naming(place: str) -> Iterator[None]:
    """Name the place of what is unfit."""
    try:
        yield
    except UnfitError as error:
        message = _("{place}: {reason}").format(place=place[:_SHOWN], reason=error)
        raise UsageError(message, _("Shorten or change it in the ledger.")) from None


def form_title(form: Form) -> str:
    """Return what stands above a form."""
    return _("{year}: progress form of {department}").format(year=form.year, department=form.department)


class FormSheet:
    """The worksheet that is filled in."""

    def __init__(self, paper: Worksheet, form: Form, styles: Styles, contents: Contents) -> None:
        self._paper, self._form = paper, form
        self._styles, self._contents = styles, contents
        self._rooms = [self._room(column) for column in form.columns]

    def _room(self, column: FormColumn) -> int:
        """Return how many characters a column holds."""
        most = _ROOMS[column.key.partition("-")[0]]
        if column.is_filled:
            return most
        texts = [column.heading.partition("（")[0], *(row.values.get(column.key, "") for row in self._form.rows)]
        widest = max(width(line) for text in texts for line in text.split("\n"))
        return max(min(widest + _PADDING, most), _LEAST_ROOM)

    def draw(self) -> None:
        """Draw head and rows, with limits and hints on what is to be filled in; lock all else."""
        paper, end = self._paper, len(self._form.columns) - 1
        set_page(paper, self._rooms)
        self._draw_head()
        for number, row in enumerate(self._form.rows, _HEAD + 1):
            self._draw_row(number, row)
        for index, column in enumerate(self._form.columns):
            if column.is_filled:
                self._set_limits(index, column)
        last = _HEAD + len(self._form.rows)
        paper.freeze_panes(_HEAD + 1, _NAMED_BY)
        paper.repeat_rows(_HEAD)
        must(paper.print_area(0, 0, last, end))
        must(paper.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 1}"}))
        paper.protect("", ALLOWED)

    def _draw_head(self) -> None:
        write_across(
            self._paper, _TITLE, self._rooms, self._contents[form_title(self._form)], self._styles["title"],
            TITLE_POINTS / POINTS,
        )  # fmt: skip
        write_across(self._paper, _HINT, self._rooms, self._contents[_hint(self._form)], self._styles["sentence"])
        must(self._paper.set_row(_GAP, points(0.3)))
        lines = 1
        for index, column in enumerate(self._form.columns):
            heading = self._contents[column.heading]
            write(self._paper, _HEAD, index, heading, self._styles["to fill" if column.is_filled else "head"])
            lines = max(lines, heading.height(self._rooms[index]))
        must(self._paper.set_row(_HEAD, points(lines)))

    def _draw_row(self, number: int, row: FormRow) -> None:
        lines = _LEAST_LINES[row.is_whole]
        for index, column in enumerate(self._form.columns):
            with naming(_("{id}, column “{column}”").format(id=row.id, column=column.heading)):
                made = self._contents[row.values.get(column.key, "")] if not column.is_filled else _BLANK
                write(self._paper, number, index, made, self._styles[_style(column, row)])
            lines = max(lines, made.height(self._rooms[index]))
        must(self._paper.set_row(number, points(lines)))

    def _set_limits(self, index: int, column: FormColumn) -> None:
        """Give the cells of a column that can be filled what they take, one validation for those alike in a run."""
        numbered = enumerate(self._form.rows, _HEAD + 1)
        for hint, run in groupby(numbered, key=lambda pair: hint_of(column, pair[1])):
            if hint:
                rows = [number for number, _row in run]
                options = validation(column, self._form.year, hint)
                must(self._paper.data_validation(rows[0], index, rows[-1], index, options))


def _hint(form: Form) -> str:
    steps = _("Fill in the tinted cells only; a blank row means that there is nothing to report.")
    asked = _("Period: {period}.").format(period=form.period) if form.period else ""
    return " ".join(filter(None, (steps, asked)))


def _style(column: FormColumn, row: FormRow) -> str:
    if not is_used(column, row):
        return "unused"
    if column.is_filled:
        return f"fill {kind_of(column.key)}"
    if row.is_whole:
        return "entry title" if column.key == "title" else "entry"
    return {"title": "part title", "id": "part id"}.get(column.key, "part")
