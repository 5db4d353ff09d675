"""A form as a workbook for a department: what to do, the sheet to fill in, and the form itself on a hidden sheet.

Only the tinted cells can be written in. Lists, limits and hints are validations that Excel, WPS and LibreOffice keep:
the words of a list are found by a defined name, since WPS drops those of an extension (x14).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from io import BytesIO
from itertools import groupby

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from reformledger.errors import UsageError
from reformledger.exchange.form import HIDDEN_SHEET, Form, FormColumn, FormRow, target_key, target_number
from reformledger.fields.words import FLAG
from reformledger.i18n import _
from reformledger.views.formats.workbook import (
    FONT,
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
from reformledger.views.palette import TONES
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
_LABEL_ROOM, _COVER_ROOM = 16, 84
_MOST_OF_TITLE, _MOST_OF_MESSAGE = 32, 255
"""UTF-16 units of the title and the text of a hint."""
_YES_COLUMN = 2
"""The column of the hidden sheet that has the words of lists; the form itself is in the first."""
_YES_NAME = "reformledger_yes"
_SHOWN = 80
"""The characters by which a refusal names its place."""
_ALLOWED = {"format_columns": True, "format_rows": True}
"""What protection leaves to everyone: to give a text more room."""


def form_workbook(form: Form) -> bytes:
    """Return the workbook of a form; the same form makes the same bytes.

    Raises ``UsageError`` for what no workbook can hold, which names entry and column.
    """
    buffer = BytesIO()
    book = Workbook(buffer, {"in_memory": True, "default_format_properties": FONT})
    # The library would write the time of the clock.
    book.set_properties({"title": _title(form), "created": datetime.combine(form.day, time.min)})
    styles = _FormStyles(book)
    contents = Contents(reveal=False)
    cover, paper, hidden = (book.add_worksheet(name) for name in (_("Read me"), form.sheet, HIDDEN_SHEET))
    with _naming(form.department):
        _draw_cover(cover, form, styles, contents)
        _FormSheet(paper, form, styles, contents).draw()
        _keep(hidden, form)
        must(book.define_name(_YES_NAME, f"={HIDDEN_SHEET}!$C$1"))
    book.close()
    return buffer.getvalue()


class _FormStyles(Styles):
    """The formats of a form: what is known is plain, what belongs to an entry indented, what is to be filled tinted."""

    def __init__(self, book: Workbook) -> None:
        super().__init__(book)
        ink, fill = TONES["grey"].ink, TONES["yellow"].fill
        text: dict[str, object] = {"text_wrap": True, "quote_prefix": True}
        self["entry"] = self.cell(**text)
        self["entry title"] = self.cell(**text, bold=True)
        self["part"] = self.cell(**text, font_color=f"#{ink}")
        # With cells aligned to the top XlsxWriter indents nothing that is not said to be to the left.
        self["part title"] = self.cell(**text, font_color=f"#{ink}", align="left", indent=2)
        self["part id"] = self.cell(**text, font_color=f"#{ink}", align="left", indent=1)
        self["unused"] = self.cell(**text, bg_color="#DFDDE3")
        self["heading"] = book.add_format({"bold": True})
        self["step"] = book.add_format({**text, "valign": "vcenter"})
        self["to fill"] = self.cell(bold=True, text_wrap=True, valign="vcenter", bg_color=f"#{TONES['yellow'].solid}")
        tinted: dict[str, object] = {"bg_color": f"#{fill}", "locked": False, "text_wrap": True}
        self["fill text"] = self.cell(**tinted, num_format="@")
        self["fill number"] = self.cell(**tinted, align="right")
        self["fill day"] = self.cell(**tinted, align="center", num_format="yyyy-mm-dd")
        self["fill word"] = self.cell(**tinted, align="center", num_format="@")


@contextmanager
def _naming(place: str) -> Iterator[None]:
    """Name the place of what is unfit."""
    try:
        yield
    except UnfitError as error:
        message = _("{place}: {reason}").format(place=place[:_SHOWN], reason=error)
        raise UsageError(message, _("Shorten or change it in the ledger.")) from None


def _title(form: Form) -> str:
    return _("{year}: progress form of {department}").format(year=form.year, department=form.department)


def _draw_cover(paper: Worksheet, form: Form, styles: Styles, contents: Contents) -> None:
    """Write who asks whom for what, and in four lines what to do."""
    rooms = (_LABEL_ROOM, _COVER_ROOM)
    set_page(paper, rooms)
    write_across(paper, 0, rooms, contents[_title(form)], styles["title"], TITLE_POINTS / POINTS)
    said = {
        _("For"): form.department,
        _("From"): form.body,
        _("About"): "\n".join(form.book),
        _("Period"): form.period or "",
        _("Issued on"): form.day.isoformat(),
        _("Form no."): form.issue,
    }
    row = 2
    for label, text in said.items():
        if text:
            made = contents[text]
            write(paper, row, 0, contents[label], styles["label"])
            write(paper, row, 1, made, styles["entry"])
            must(paper.set_row(row, points(made.height(_COVER_ROOM))))
            row += 1
    write_across(paper, row + 1, rooms, contents[_("What to do")], styles["heading"])
    for number, step in enumerate(_steps(form), row + 2):
        write_across(paper, number, rooms, contents[step], styles["step"])
    paper.print_area(0, 0, row + 1 + len(_steps(form)), len(rooms) - 1)
    paper.protect("", _ALLOWED)


def _steps(form: Form) -> Sequence[str]:
    """Return what a department is asked to do, four lines."""
    filled = _(", ").join(column.heading for column in form.columns if column.is_filled)
    return (
        _("1. Fill in only the tinted cells of the worksheet “{sheet}”: {columns}. All others are locked.").format(
            sheet=form.sheet, columns=filled
        ),
        _("2. A blank row means that there is nothing to report: nothing is cleared by it."),
        _("3. Save as .xlsx, also in WPS, and send this file back; its name does not matter."),
        _("4. Write into this very file: rows copied into another workbook cannot be told apart there."),
    )


class _FormSheet:
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
        paper.protect("", _ALLOWED)

    def _draw_head(self) -> None:
        write_across(
            self._paper, _TITLE, self._rooms, self._contents[_title(self._form)], self._styles["title"],
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
            with _naming(_("{id}, column “{column}”").format(id=row.id, column=column.heading)):
                made = self._contents[row.values.get(column.key, "")] if not column.is_filled else _BLANK
                write(self._paper, number, index, made, self._styles[_style(column, row)])
            lines = max(lines, made.height(self._rooms[index]))
        must(self._paper.set_row(number, points(lines)))

    def _set_limits(self, index: int, column: FormColumn) -> None:
        """Give the cells of a column that can be filled what they take, one validation for those alike in a run."""
        numbered = enumerate(self._form.rows, _HEAD + 1)
        for hint, run in groupby(numbered, key=lambda pair: _hint_of(column, pair[1])):
            if hint:
                rows = [number for number, _row in run]
                limits = {**_limits(column, self._form), **_words_of(column, hint)}
                must(self._paper.data_validation(rows[0], index, rows[-1], index, limits))


_BLANK = Content("", "text", 0, [0])


def _hint(form: Form) -> str:
    steps = _("Fill in the tinted cells only; a blank row means that there is nothing to report.")
    asked = _("Period: {period}.").format(period=form.period) if form.period else ""
    return " ".join(filter(None, (steps, asked)))


def _is_used(column: FormColumn, row: FormRow) -> bool:
    """Say whether a row has a use for a column."""
    number = target_number(column.key)
    if column.key == "percent":
        return row.role == "lead"
    if column.key == "close":
        return row.is_whole
    if number:
        return number <= len(row.targets)
    return not column.key.startswith("target-") or column.key in row.values


def _style(column: FormColumn, row: FormRow) -> str:
    if not _is_used(column, row):
        return "unused"
    if column.is_filled:
        return f"fill {_kind(column.key)}"
    if row.is_whole:
        return "entry title" if column.key == "title" else "entry"
    return {"title": "part title", "id": "part id"}.get(column.key, "part")


def _kind(key: str) -> str:
    """Return what is written into a column: text, number, day or word."""
    return {"percent": "number", "date": "day", "close": "word"}.get(key) or (
        "number" if target_number(key) else "text"
    )


def _hint_of(column: FormColumn, row: FormRow) -> str:
    """Return what is said to whoever fills in a cell, "" for one that is not filled in."""
    if not column.is_filled or not _is_used(column, row):
        return ""
    if number := target_number(column.key):
        target = row.values.get(target_key(number), "")
        return _("{target}: what was reached of it so far, in digits alone, without the unit.").format(target=target)
    return _hints()[column.key]


def _hints() -> Mapping[str, str]:
    return {
        "text": _("What was done since the last report. Blank: there is nothing to report."),
        "percent": _("Share done so far, a whole number from 0 to 100 without %. What was done is needed beside it."),
        "evidence": _("What shows it, such as a document and its number; one a line (Alt+Enter)."),
        "problems": _("Difficulties that need to be solved. Blank: none."),
        "close": _("Choose “{yes}” to ask for the close-out; the office closes out on evidence.").format(yes=_yes()),
        "date": _("Day of the report, such as 2020-06-30. Blank: the day on which this form was issued."),
    }


def _yes() -> str:
    return FLAG["true"].text


def _limits(column: FormColumn, form: Form) -> dict[str, object]:
    """Return the limits of the cells of a column, with what is said where they are not kept."""
    kind = _kind(column.key)
    if column.key == "percent":
        limits: dict[str, object] = {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": 100}
        error = _("Write a whole number from 0 to 100, without %.")
    elif kind == "number":
        limits, error = {"validate": "decimal", "criteria": ">=", "value": 0}, _("Write a number in digits alone.")
    elif kind == "day":
        first, last = date(form.year - 1, 1, 1), date(form.year + 1, 12, 31)
        limits = {"validate": "date", "criteria": "between", "minimum": first, "maximum": last}
        error = _("Write a day from {first} to {last}, such as 2020-06-30.").format(first=first, last=last)
    elif kind == "word":
        limits = {"validate": "list", "source": f"={_YES_NAME}"}
        error = _("Choose “{yes}” from the list, or leave it blank.").format(yes=_yes())
    else:
        limits, error = {"validate": "any"}, _("Write text.")
    return {**limits, "error_title": _cut(column.heading, _MOST_OF_TITLE), "error_message": error}


def _words_of(column: FormColumn, hint: str) -> dict[str, object]:
    return {
        "input_title": _cut(column.heading, _MOST_OF_TITLE),
        "input_message": _cut(hint, _MOST_OF_MESSAGE),
    }


def _cut(text: str, most: int) -> str:
    """Return a text as far as a hint holds it; all of it is in the cell beside."""
    if len(text.encode("utf-16-le")) <= 2 * most:
        return text
    return text.encode("utf-16-le")[: 2 * (most - 1)].decode("utf-16-le", "ignore") + "…"


def _keep(paper: Worksheet, form: Form) -> None:
    """Write the form onto its hidden sheet, and the word of the list beside it."""
    for row, line in enumerate(form.lines()):
        must(paper.write_string(row, 0, line))
    must(paper.write_string(0, _YES_COLUMN, _yes()))
    paper.protect("")
    paper.very_hidden()
