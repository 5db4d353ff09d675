"""Where the headings and rows of a form are in the workbook that came back: found by their words, not their places."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property

from reformledger.exchange.form import HIDDEN_SHEET, Form, FormError, read_form
from reformledger.exchange.outcome import Fate, Item
from reformledger.exchange.tables import Position, ReadCell, ReadSheet, ReadWorkbook, cell_name, column_name
from reformledger.exchange.values import is_blank
from reformledger.i18n import _, sentences
from reformledger.text.folding import search_key
from reformledger.text.nearest import nearest, nearest_advice

_HEAD_WITHIN = 40
"""How far down the row of headings is looked for."""


class RefusalError(Exception):
    """Why nothing is taken of a file: the place, what is wrong, and what to do."""

    def __init__(self, place: str, message: str, advice: str) -> None:
        super().__init__(place, message, advice)
        self.place, self.sentence = place, sentences(message, advice)


def form_in(workbook: ReadWorkbook, file: str) -> Form:
    """Return the form that the hidden sheet holds; raises ``RefusalError``."""
    hidden = next((sheet for sheet in workbook.sheets if sheet.name == HIDDEN_SHEET), None)
    if hidden is None:
        message = _("It is no workbook of “reformledger send”, or its hidden sheet is gone.")
        advice = _(
            "Have it filled in as it was sent; a table of one's own is taken by: reformledger progress --from FILE"
        )
        raise RefusalError(file, message, advice)
    lines = [cell.text for (_row, column), cell in sorted(hidden.cells.items()) if column == 1]
    try:
        return read_form(lines)
    except FormError as error:
        message = _("The hidden sheet is damaged.")
        if error.reason == "format":
            message = _("It was made by another version of reformledger, whose form this one does not know.")
        raise RefusalError(file, message, _("Send a new one, and have what was written copied into it.")) from None


def sheet_of(workbook: ReadWorkbook, form: Form, file: str) -> ReadSheet:
    """Return the sheet that was to be filled in: by its name, else the only one with its headings.

    Raises ``RefusalError``.
    """
    sheets = [sheet for sheet in workbook.sheets if sheet.name != HIDDEN_SHEET]
    if named := next((sheet for sheet in sheets if sheet.name == form.sheet), None):
        return named
    headings = {search_key(column.heading) for column in form.columns}
    alike = [sheet for sheet in sheets if headings <= {search_key(cell.text) for cell in sheet.cells.values()}]
    if len(alike) == 1:
        return alike[0]
    message = _("The sheet “{name}” is not there.").format(name=form.sheet)
    raise RefusalError(file, message, _("Give the sheet that was filled in its name again."))


def form_layout(file: str, sheet: ReadSheet, form: Form) -> Layout:
    """Return where the columns of a form are; raises ``RefusalError`` for a heading that is missing or doubled."""
    keys = {search_key(column.heading): column.key for column in form.columns}
    head, found = head_of(sheet, lambda text: keys.get(search_key(text)), len(keys))
    headings = {column.key: column.heading for column in form.columns}
    layout = Layout(file, sheet, head, {key: columns[0] for key, columns in found.items()}, headings)
    for key, columns in found.items():
        if len(columns) > 1:
            message = _("The heading “{heading}” is there twice.").format(heading=headings[key])
            raise RefusalError(layout.place((head, columns[1])), message, _("Give the added column another heading."))
    for key in (key for key in headings if key not in found):
        message = _("The heading “{heading}” is missing.").format(heading=headings[key])
        near = nearest_advice(nearest(headings[key], layout.other_headings().values()))
        advice = sentences(_("Give its column that heading again."), near)
        raise RefusalError(f"{file}: {sheet.name}", message, advice)
    return layout


def head_of(
    sheet: ReadSheet, key_of: Callable[[str], str | None], most: int | None = None
) -> tuple[int, dict[str, list[int]]]:
    """Return the row with most known headings, and the columns under each of their keys; 0 where there is none.

    No row has more than ``most``: where one has so many, those below are not looked at.
    """
    found: dict[int, dict[str, list[int]]] = {}
    for (row, column), cell in sorted(sheet.cells.items()):
        if row > _HEAD_WITHIN or any(len(keys) == most for above, keys in found.items() if above < row):
            break
        if key := key_of(cell.text):
            found.setdefault(row, {}).setdefault(key, []).append(column)
    head = max(found, key=lambda row: len(found[row]), default=0)
    return head, found.get(head, {})


class Layout:
    """A sheet with a table: the row of its headings, the number of each column by its key, and its ``headings``."""

    def __init__(
        self, file: str, sheet: ReadSheet, head: int, columns: Mapping[str, int], headings: Mapping[str, str]
    ) -> None:
        self.file, self.sheet, self.head, self.columns, self.headings = file, sheet, head, columns, headings
        self._ours = frozenset(columns.values())

    def place(self, position: Position) -> str:
        """Return how a cell is named: the file, the sheet and the cell."""
        return f"{self.file}: {self.sheet.place(position)}"

    def at(self, row: int, key: str) -> str:
        """Return how the cell of a row under a key is named."""
        return self.place((row, self.columns[key]))

    def other_headings(self) -> dict[int, str]:
        """Return the headings that are none of ours, by the number of the column."""
        return {
            column: cell.text
            for (row, column), cell in sorted(self.sheet.cells.items())
            if row == self.head and column not in self._ours
        }

    @cached_property
    def rows(self) -> list[int]:
        """The rows below the headings in which any of our columns holds something."""
        return sorted(
            {
                row
                for (row, column), cell in self.sheet.cells.items()
                if row > self.head and column in self._ours and not is_blank(cell)
            }
        )

    def cells(self, row: int) -> dict[str, ReadCell]:
        """Return what a row holds by the keys of the columns."""
        found = ((key, self.sheet.cells.get((row, column))) for key, column in self.columns.items())
        return {key: cell for key, cell in found if cell is not None and not is_blank(cell)}

    def refuse_valueless(self) -> None:
        """Raise ``RefusalError`` where one of our columns holds a formula without a value, or an error."""
        found = [
            (position, cell)
            for position, cell in sorted(self.sheet.cells.items())
            if position[0] > self.head and position[1] in self._ours and cell.kind in {"uncomputed", "error"}
        ]
        if not found:
            return
        position, cell = found[0]
        message, advice = _("This cell holds an error ({text}).").format(text=cell.text), _("Write what is meant.")
        if cell.kind == "uncomputed":
            message = _("This formula has no value: no program has calculated it.")
            advice = _("Write its value, or save the file in Excel or WPS.")
        others = _("So do: {cells}.").format(cells=_(", ").join(cell_name(each) for each, _cell in found[1:]))
        raise RefusalError(self.place(position), message, sentences(advice, others if found[1:] else ""))

    def merged_over_rows(self, row: int, keys: Sequence[str]) -> str | None:
        """Return the first of some columns whose cell is merged with another that counts; None where none is."""
        for each in self.sheet.merged:
            ours = [key for key in keys if each.left <= self.columns[key] <= each.right]
            if each.top <= row <= each.bottom and ours and (each.bottom > each.top or len(ours) > 1):
                return ours[0]
        return None

    def remarks(self) -> Iterator[Item]:
        """Yield what is to be said of columns that are moved, hidden or none of ours, and of comments on cells."""
        if sorted(self.columns, key=self.columns.__getitem__) != [key for key in self.headings if key in self.columns]:
            yield Item(Fate.NOTE, f"{self.file}: {self.sheet.name}", _("Columns were moved: taken by their headings."))
        if self.sheet.is_hidden:
            sentence = _("The sheet is hidden, and taken all the same.")
            yield Item(Fate.NOTE, f"{self.file}: {self.sheet.name}", sentence)
        for key, column in self.columns.items():
            if column in self.sheet.hidden_columns:
                sentence = _("The column is hidden, and taken all the same.")
                yield Item(Fate.NOTE, self.place((self.head, column)), sentence, column=self.headings[key])
        filled = {
            column
            for (row, column), cell in self.sheet.cells.items()
            if row > self.head and column not in self._ours and not is_blank(cell)
        }
        others = self.other_headings()
        for column in sorted(filled):
            heading = others.get(column) or column_name(column)
            sentence = _("The column “{name}” is the department's own: nothing of it is taken.")
            yield Item(Fate.NOTE, self.place((self.head, column)), sentence.format(name=heading), column=heading)
        for position, text in self.sheet.comments.items():
            yield Item(Fate.NOTE, self.place(position), _("A comment is not taken."), returned=text)
