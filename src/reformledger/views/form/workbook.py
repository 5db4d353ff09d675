"""A form as a workbook for a department: what to do, the sheet to fill in, and the form itself on a hidden sheet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from reformledger.exchange.form import HIDDEN_SHEET, Form
from reformledger.i18n import _
from reformledger.views.form.limits import YES_NAME, yes
from reformledger.views.form.sheet import ALLOWED, FormSheet, form_title, naming
from reformledger.views.formats.workbook import (
    FONT,
    POINTS,
    TITLE_POINTS,
    Contents,
    Styles,
    must,
    points,
    set_page,
    write,
    write_across,
)
from reformledger.views.palette import TONES

_LABEL_ROOM, _COVER_ROOM = 16, 84
_YES_COLUMN = 2
"""The column of the hidden sheet that has the words of lists; the form itself is in the first."""


def form_workbook(form: Form) -> bytes:
    """Return the workbook of a form; the same form makes the same bytes.

    Raises ``UsageError`` for what no workbook can hold, which names entry and column.
    """
    buffer = BytesIO()
    book = Workbook(buffer, {"in_memory": True, "default_format_properties": FONT})
    # The library would write the time of the clock.
    book.set_properties({"title": form_title(form), "created": datetime.combine(form.day, time.min)})
    styles = _FormStyles(book)
    contents = Contents(reveal=False)
    cover, paper, hidden = (book.add_worksheet(name) for name in (form.cover, form.sheet, HIDDEN_SHEET))
    with naming(form.department):
        _draw_cover(cover, form, styles, contents)
        FormSheet(paper, form, styles, contents).draw()
        _keep(hidden, form)
        must(
            book.define_name(
                YES_NAME, f"={HIDDEN_SHEET}!{xl_rowcol_to_cell(0, _YES_COLUMN, row_abs=True, col_abs=True)}"
            )
        )
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


def _draw_cover(paper: Worksheet, form: Form, styles: Styles, contents: Contents) -> None:
    """Write who asks whom for what, and in four lines what to do."""
    rooms = (_LABEL_ROOM, _COVER_ROOM)
    set_page(paper, rooms)
    write_across(paper, 0, rooms, contents[form_title(form)], styles["title"], TITLE_POINTS / POINTS)
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
    paper.protect("", ALLOWED)


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


def _keep(paper: Worksheet, form: Form) -> None:
    """Write the form onto its hidden sheet, and the word of the list beside it."""
    for row, line in enumerate(form.lines()):
        must(paper.write_string(row, 0, line))
    must(paper.write_string(0, _YES_COLUMN, yes()))
    paper.protect("")
    paper.very_hidden()
