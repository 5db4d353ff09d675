"""Plain values as people type them for a field, read by its type and written anew: 050 is 50, 2020/6/30 2020-06-30."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from reformledger.edits.serialize import number
from reformledger.errors import UsageError
from reformledger.fields.field import Type
from reformledger.model.readers import (
    UnreadError,
    canonical,
    read_count,
    read_day,
    read_number,
    read_percent,
)
from reformledger.yamlio.editing import Bare


class When(NamedTuple):
    """What days are counted from: today, and the year of the ledger."""

    today: date
    year: int


def typed(label: str, text: str, type_: Type, when: When, unit: str = "") -> str:
    """Return a value as it is written, bare where its type is; a blank one stays blank.

    ``unit`` is that in which a number is counted. Raises ``UsageError``, which names the value by ``label``.
    """
    if not text:
        return text
    try:
        match type_:
            case "day":
                return Bare(canonical(read_day(text, when.today)))
            case "day ahead":
                return Bare(canonical(read_day(text, when.today, when.year)))
            case "number":
                return Bare(canonical(read_number(text, unit)))
            case "count":
                return Bare(canonical(read_count(text)))
            case "percent":
                return Bare(canonical(read_percent(text)))
            case "printed number" | "year" | "flag":
                return number(text)
            case "text":
                return text
    except UnreadError as error:
        raise UsageError(*error.of(label, text)) from None
