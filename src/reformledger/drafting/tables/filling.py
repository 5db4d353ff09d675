"""Categories that a table prints once for several rows: each of the rows has them, where its cells were not given."""

from __future__ import annotations

from collections.abc import Sequence

from reformledger.drafting.passage import Passage
from reformledger.drafting.tables.headings import field_of
from reformledger.drafting.tables.table import ReadRow, ReadTable

Cells = tuple[Passage, ...]


def filled(table: ReadTable) -> ReadTable:
    """Return a table in which a category that is printed once is in each of the rows that it is of.

    Of given cells a blank one is blank indeed. Else the level, a column beside the number that is no field's, and
    titles before the numbers are filled from above.
    """
    if table.is_given or not table.rows:
        return table
    keys = [field_of(heading.text) for heading in table.headings]
    number = keys.index("number") if "number" in keys else -1
    titles = [place for place, key in enumerate(keys[: max(number, 0)]) if key == "title"]
    places = [
        place
        for place, key in enumerate(keys)
        if table.rows[0].cells[place]
        and (key == "level" or (key is None and abs(place - number) == 1) or place in titles)
    ]
    rows: list[ReadRow] = []
    for row in table.rows:
        rows.append(_below(rows[-1], row, places) if rows else row)
    return table._replace(rows=tuple(rows))


def _below(above: ReadRow, row: ReadRow, places: Sequence[int]) -> ReadRow:
    """Return a row with what the one above it says for both; where that is doubtful, so is this."""
    blank = _blank(row.cells, places)
    cells = _with(row.cells, above.cells, blank)
    own = (other._replace(cells=_with(other.cells, above.cells, _blank(other.cells, places))) for other in row.others)
    inherited = (
        other._replace(cells=_with(cells, other.cells, blank))
        for other in above.others
        if any(other.cells[place].text != above.cells[place].text for place in blank)
    )
    return row._replace(cells=cells, others=(*own, *inherited))


def _blank(cells: Cells, places: Sequence[int]) -> list[int]:
    return [place for place in places if not cells[place]]


def _with(cells: Cells, others: Cells, places: Sequence[int]) -> Cells:
    return tuple(others[place] if place in places else cell for place, cell in enumerate(cells))
