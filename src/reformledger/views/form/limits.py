"""What the cells that are to be filled in take, and what is said of them, in the user's language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from reformledger.exchange.form import FormColumn, FormRow, target_key, target_number
from reformledger.fields.words import FLAG
from reformledger.i18n import _

YES_NAME = "reformledger_yes"
"""The name of the cell that holds the word of the list."""
_MOST_OF_TITLE, _MOST_OF_MESSAGE = 32, 255
"""UTF-16 units of the title and the text of a hint."""


def is_used(column: FormColumn, row: FormRow) -> bool:
    """Say whether a row has a use for a column."""
    number = target_number(column.key)
    if column.key == "percent":
        return row.role == "lead"
    if column.key == "close":
        return not row.is_occurrence
    if number:
        return number <= len(row.targets)
    return not column.key.startswith("target-") or column.key in row.values


def kind_of(key: str) -> str:
    """Return what is written into a column: text, number, day or word."""
    return {"percent": "number", "date": "day", "close": "word"}.get(key) or (
        "number" if target_number(key) else "text"
    )


def hint_of(column: FormColumn, row: FormRow) -> str:
    """Return what is said to whoever fills in a cell, "" for one that is not filled in."""
    if not column.is_filled or not is_used(column, row):
        return ""
    if number := target_number(column.key):
        target = row.values.get(target_key(number), "")
        sentence = _("{target}: what was reached of it so far, in digits alone, without the unit.")
        return sentence.format(target=_cut(target, _MOST_OF_MESSAGE - len(sentence)))
    return _hints()[column.key]


def _hints() -> Mapping[str, str]:
    return {
        "text": _("What was done since the last report. Blank: there is nothing to report."),
        "percent": _("Share done so far, a whole number from 0 to 100 without %. What was done is needed beside it."),
        "evidence": _("What shows it, such as a document and its number; one a line (Alt+Enter)."),
        "problems": _("Difficulties that need to be solved. Blank: none."),
        "close": _("Choose “{yes}” to ask for the close-out; the office closes out on evidence.").format(yes=yes()),
        "date": _("Day of the report, such as 2020-06-30. Blank: the day on which this form was issued."),
    }


def yes() -> str:
    """Return the word by which a close-out is asked for."""
    return FLAG["true"].text


def validation(column: FormColumn, year: int, hint: str) -> dict[str, object]:
    """Return what XlsxWriter is to set for cells of a column of a form of a year: their limits, a hint, an error."""
    kind = kind_of(column.key)
    if column.key == "percent":
        limits: dict[str, object] = {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": 100}
        error = _("Write a whole number from 0 to 100, without %.")
    elif kind == "number":
        limits, error = {"validate": "decimal", "criteria": ">=", "value": 0}, _("Write a number in digits alone.")
    elif kind == "day":
        first, last = date(year - 1, 1, 1), date(year + 1, 12, 31)
        limits = {"validate": "date", "criteria": "between", "minimum": first, "maximum": last}
        error = _("Write a day from {first} to {last}, such as 2020-06-30.").format(first=first, last=last)
    elif kind == "word":
        limits = {"validate": "list", "source": f"={YES_NAME}"}
        error = _("Choose “{yes}” from the list, or leave it blank.").format(yes=yes())
    else:
        limits, error = {"validate": "any"}, _("Write text.")
    title = _cut(column.heading, _MOST_OF_TITLE)
    return {**limits, "input_title": title, "input_message": hint, "error_title": title, "error_message": error}


def _cut(text: str, most: int) -> str:
    """Return a text as far as a hint holds it; all of it is in the cell beside."""
    if len(text.encode("utf-16-le")) <= 2 * most:
        return text
    return text.encode("utf-16-le")[: 2 * (most - 1)].decode("utf-16-le", "ignore") + "…"
