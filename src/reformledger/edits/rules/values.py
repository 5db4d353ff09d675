"""Plain values as people type them for a field, read by its type and written anew: 050 is 50, 2020/6/30 2020-06-30."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import NamedTuple

from reformledger.edits.serialize import number
from reformledger.fields.field import Type
from reformledger.model.readers import READERS, canonical, read_day, read_number, read_typed
from reformledger.yamlio.editing import Bare


class When(NamedTuple):
    """What days are counted from: today, and the year of the ledger."""

    today: date
    year: int


def typed(label: str, text: str, type_: Type, when: When, unit: str = "") -> str:
    """Return a value as it is written, bare where its type is; a blank one stays blank.

    ``unit`` is that in which a number is counted. Raises ``UsageError``, which names the value by ``label``.
    """
    if not text or type_ == "text":
        return text
    asked: Mapping[Type, Callable[[str], date | float]] = {
        "day": partial(read_day, today=when.today),
        "day ahead": partial(read_day, today=when.today, year=when.year),
        "number": partial(read_number, unit=unit),
    }
    reader = asked.get(type_) or READERS.get(type_)
    return Bare(canonical(read_typed(label, text, reader))) if reader else number(text)
