"""Where something is in a source: for programs, and in words."""

from __future__ import annotations

from collections.abc import Callable

from reformledger.drafting.passage import Passage
from reformledger.drafting.source import Place, Source
from reformledger.errors import display_name
from reformledger.exchange.tables import cell_name
from reformledger.i18n import _

FileOf = Callable[[str, str], str]
"""Says in which file of the draft a field of an entry is, or of what else a question is about; blank for none."""


def place_keys(place: Place) -> dict[str, str | int]:
    """Return what a place has, by its names: line, or paragraph, or table, row and column, or sheet, row and column."""
    return {key: value for key, value in place._asdict().items() if value}


def place_words(source: Source, passage: Passage) -> str:
    """Return where a passage is, from where to where if in several places: notice.txt:12–14, 清单.xlsx: 任务!C5."""
    name = display_name(source.file)
    if not passage:
        return name
    first, last = source.unit_at(passage.at[0]).place, source.unit_at(passage.at[-1]).place
    text = _within(first)
    if first.line:
        return f"{name}:{text}" if first == last else f"{name}:{text}–{_within(last)}"
    if first != last:
        text = _("{first} to {last}").format(first=text, last=_within(last))
    return _("{heading}: {text}").format(heading=name, text=text) if text else name


def _within(place: Place) -> str:
    cell = cell_name((place.row, place.column)) if place.row and place.column else ""
    if place.line:
        return str(place.line)
    if place.paragraph:
        return _("paragraph {number}").format(number=place.paragraph)
    if place.table:
        return _("table {number}, {cell}").format(number=place.table, cell=cell)
    return f"{place.sheet}!{cell}" if place.sheet and cell else place.sheet or cell
