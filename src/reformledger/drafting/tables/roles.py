"""Departments in a cell that says what each of them does: A局（牵头）、B局（配合）; A局牵头，B局配合."""

from __future__ import annotations

import re
from functools import lru_cache

from reformledger.drafting.entry import DraftEntry
from reformledger.drafting.names import ROLES, is_office, names_in
from reformledger.drafting.passage import Passage
from reformledger.drafting.values import put_value
from reformledger.i18n import _
from reformledger.text.names import JOINING

_LEAD, _SUPPORT = "lead_departments", "supporting_departments"
_ROLE = f"(?P<{{name}}>{ROLES})(?:负责|落实|实施|推进)?(?:单位|部门|科室|处室|股室)?"
_SAID = re.compile(
    rf"(?:[（(]\s*{_ROLE.format(name='bracketed')}\s*[）)]|{_ROLE.format(name='worded')})(?=[{JOINING}。\s]|$)"
)
_REMEMBERED = 1_024
"""Cells that are searched once: a table names few departments, but often."""
_LEADING = frozenset({"牵头", "主办", "主责", "负责"})
_SEPARATORS = f"{JOINING}。 \u3000\n"


def put_departments(entry: DraftEntry, key: str, cell: Passage) -> None:
    """Put departments in, each by what the cell says that it does; of the column's field where it does not say so.

    A bracket is about the name before it, a word about all that are before it; who is beside those is asked about.
    """
    said = list(_SAID.finditer(cell.text))
    start = 0
    for match in said:
        before = cell[start : match.start()]
        role = _LEAD if (match["bracketed"] or match["worded"]) in _LEADING else _SUPPORT
        _put(entry, key, role, before, is_about_last=match["bracketed"] is not None)
        entry.context.account.lay_out(cell.group(match), "label")
        start = match.end()
    rest = _bare(entry, cell[start:])
    put_value(entry, key, rest)
    if said and rest:
        _ask(entry, key, rest)


@lru_cache(_REMEMBERED)
def says_roles(cell: str) -> bool:
    """Say whether a cell says of departments what they do."""
    said = list(_SAID.finditer(cell))
    starts = [0, *(match.end() for match in said)]
    pieces = (cell[start : match.start()] for start, match in zip(starts, said, strict=False))
    return bool(said) and all(is_office(piece.strip(_SEPARATORS)) for piece in pieces)


def _put(entry: DraftEntry, key: str, role: str, names: Passage, *, is_about_last: bool) -> None:
    names = _bare(entry, names)
    last = names_in(names, offices=True, whole=entry.context.whole).names[-1]
    if is_about_last and len(last) < len(names) and names.text.endswith(last.text):
        beside = _bare(entry, names[: -len(last)])
        put_value(entry, key, beside)
        _ask(entry, key, beside)
        names = last
    put_value(entry, role, names)


def _bare(entry: DraftEntry, names: Passage) -> Passage:
    entry.context.account.lay_out(names, "separator")
    return names.strip(_SEPARATORS)


def _ask(entry: DraftEntry, key: str, names: Passage) -> None:
    sentence = _("Beside departments of which a cell says what they do are others: do these lead, or support?")
    entry.ask("roles", sentence, key, names)
