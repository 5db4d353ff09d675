"""Cells that fit their column and still look like no cell of it: compared with the other cells of the column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reformledger.drafting.aligning.fitting import Kind, traits_of
from reformledger.drafting.names import is_office, is_short_person

_NO_NAME = re.compile("[-—－0-9。；;]")
"""What is in no name: part of a page number or of a sentence."""
_STARRED = re.compile(r"[☆★]\s*[^\s（(☆★]")
_LONGEST_PERSON = 3  # characters of the name of one person
_LONG_OFFICE = 10
"""Characters from which on the name of an office may be several, or have a line of the page within it."""
_MOST = 0.5
"""The share of the names of a column that may look like none before that says nothing."""


def doubtful_rows(kind: Kind, texts: Sequence[str]) -> Iterator[int]:
    """Yield the places of the cells of a column, given from the top, that look unlike the others.

    Those are names, and what follows a star without a bracket.
    """
    if kind == "remark":
        yield from (place for place, text in enumerate(texts) if _STARRED.match(text))
    if kind in {"person", "people"}:
        names = [traits_of(text).names if text else () for text in texts]
    elif kind == "office":
        names = [traits_of(text).offices if text else () for text in texts]
    else:
        return
    known = is_office if kind == "office" else is_short_person
    every = [name for cell in names for name in cell]
    unknown = {name for name in every if not known(name) and not name.isascii()}
    if len(unknown) > _MOST * len(set(every)):
        unknown = set()
    for place, cell in enumerate(names):
        others = {name for at, other in enumerate(names) if at != place for name in other}
        if any(_NO_NAME.search(name) or name in unknown or _is_unlike(kind, name, others) for name in cell):
            yield place


def _is_unlike(kind: Kind, name: str, others: set[str]) -> bool:
    """Say whether a name holds another of its column and more, or is of more characters than people's names are."""
    if name in others:
        return False
    if kind == "office":
        return len(name) >= _LONG_OFFICE and any(other in name for other in others)
    return bool({name[1:], name[:-1]} & others) or len(name) > max([_LONGEST_PERSON, *map(len, others)])
