"""Forms that came back, made without any office program: a sheet as it is read, with what a department wrote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from reformledger import load_book
from reformledger.exchange.form import HIDDEN_SHEET, Form
from reformledger.exchange.sending import Wanted, forms_of
from reformledger.exchange.tables import Position, ReadCell, ReadSheet, ReadWorkbook

HEAD = 4
"""The row of the headings."""
Row = Mapping[str, str]
"""What a row holds by the keys of columns."""


def form_of(data: Path, department: str, day: date, wanted: Wanted | None = None) -> Form:
    """Return the form that a department gets."""
    wanted = (wanted or Wanted())._replace(departments=[department])
    (form,) = forms_of(load_book(data).as_of(day), day, wanted).forms
    return form


def rows_of(form: Form, written: Mapping[str, Row] | None = None) -> list[dict[str, str]]:
    """Return the rows of a form as they were sent, with what a department ``written`` into them by their ids."""
    written = written or {}
    assert set(written) <= {row.id for row in form.rows}, sorted(set(written) - {row.id for row in form.rows})
    return [{**row.values, **written.get(row.id, {})} for row in form.rows]


def workbook_of(
    form: Form,
    rows: Sequence[Row],
    file: str = "returned.xlsx",
    columns: Sequence[str] | None = None,
    headings: Mapping[str, str] | None = None,
) -> ReadWorkbook:
    """Return the workbook with the rows in an order, the columns in an order, and other ``headings`` where given."""
    printed = {column.key: column.heading for column in form.columns} | dict(headings or {})
    keys = list(columns or printed)
    cells: dict[Position, ReadCell] = {(1, 1): ReadCell("text", form.department)}
    for at, key in enumerate(keys, 1):
        cells[HEAD, at] = ReadCell("text", printed[key])
        for below, row in enumerate(rows, HEAD + 1):
            if row.get(key):
                cells[below, at] = ReadCell("text", row[key])
    hidden = {(at, 1): ReadCell("text", line) for at, line in enumerate(form.lines(), 1)}
    cover = ReadSheet(form.cover, is_hidden=False, cells={(1, 1): ReadCell("text", form.body)})
    sheet = ReadSheet(form.sheet, is_hidden=False, cells=cells)
    return ReadWorkbook(Path(file), (cover, sheet, ReadSheet(HIDDEN_SHEET, is_hidden=True, cells=hidden)))


def changed(workbook: ReadWorkbook, sheet: ReadSheet) -> ReadWorkbook:
    """Return the workbook with another sheet of that name."""
    return workbook._replace(sheets=tuple(sheet if each.name == sheet.name else each for each in workbook.sheets))


def sheet_of(workbook: ReadWorkbook, form: Form) -> ReadSheet:
    """Return the sheet that is filled in."""
    return next(sheet for sheet in workbook.sheets if sheet.name == form.sheet)
