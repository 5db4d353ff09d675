"""The rows of a table that are one entry, and what they say together."""

from __future__ import annotations

from collections.abc import Sequence

from reformledger.drafting.passage import Passage, joined
from reformledger.drafting.tables.columns import Group
from reformledger.drafting.tables.headings import field_of
from reformledger.drafting.tables.table import ReadRow, ReadTable


def groups_of(table: ReadTable) -> list[Group]:
    """Return the rows of each entry: those that share its number (or title), or have neither."""
    keys = [field_of(heading.text) for heading in table.headings]
    naming = [keys.index(key) for key in ("number", "title") if key in keys]
    groups: list[list[ReadRow]] = []
    for row in table.rows:
        names = [row.cells[place] for place in naming]
        before = [groups[-1][0].cells[place] for place in naming] if groups else []
        is_same = bool(before and names[0] and before[0] and names[0].at[0] == before[0].at[0])
        if groups and naming and (is_same or not any(names)):
            groups[-1].append(row)
        else:
            groups.append([row])
    return list(groups)


def distinct(group: Group, place: int) -> list[Passage]:
    """Return the cells that the rows of an entry have in a column, one that is merged over several once."""
    if len(group) == 1:
        return [group[0].cells[place]] if group[0].cells[place] else []
    return list({cell.at[0]: cell for row in group if (cell := row.cells[place])}.values())


def under_each_other(cells: Sequence[Passage]) -> Passage:
    """Return cells as one, each on a line of its own."""
    pieces: list[Passage] = []
    for cell in cells:
        pieces += [Passage("\n", pieces[-1].at[-1:]), cell] if pieces else [cell]
    return joined(pieces)
