"""What a document states of its lists of departments: which of them lead (逗号前为牵头部门，下同)."""

from __future__ import annotations

import re
from typing import NamedTuple

from reformledger.drafting.names import names_in
from reformledger.drafting.passage import NOTHING, Passage
from reformledger.text.patterns import when_used

_MARKS = {"逗号": "，,", "顿号": "、", "分号": "；;", "空格": " "}
_LEADS = "[^，。；、（）()]{0,12}?(?:牵头|主办|主责|责任)"
STATEMENT = when_used(
    f"(?P<mark>{'|'.join(_MARKS)})[之以]?前(?:面|者)?[^，。；（）()]{{0,8}}?{_LEADS}"
    f"|(?P<first>(?:排名|排列?|列)?(?:在)?(?:首位|第一位?|首个|首家|最前)|前者){_LEADS}"
)
_FOLLOWING = re.compile("下同|以下(?:均)?同")
_OPENING, _CLOSING = "（([［【〔", "）)]］】〕"


class Statement(NamedTuple):
    """A rule for lists: the departments before the first of some ``marks`` lead; without any, the first alone does.

    ``holds_on``: it is so for what follows as well.
    """

    marks: str
    holds_on: bool


def statement_in(text: str) -> Statement | None:
    """Return the rule that a text states, None without one."""
    match = STATEMENT.search(text)
    if match is None:
        return None
    return Statement(_MARKS.get(match["mark"] or "", ""), _FOLLOWING.search(text) is not None)


class Cut(NamedTuple):
    """A list of departments: those that lead, what is between, those that support."""

    leading: Passage
    between: Passage = NOTHING
    supporting: Passage = NOTHING


def cut_by(statement: Statement, departments: Passage) -> Cut:
    """Return a list of departments, cut as a document states it."""
    if statement.marks:
        return cut_at(statement.marks, departments)
    found = names_in(departments, offices=True)
    if not found.between:
        return Cut(departments)
    place = departments.at.index(found.between[0].at[0])
    length = len(found.between[0])
    return Cut(departments[:place], departments[place : place + length], departments[place + length :])


def cut_at(marks: str, departments: Passage) -> Cut:
    """Return a list of departments, cut at the first of some marks that is in no bracket."""
    depth = 0
    for place, character in enumerate(departments.text):
        depth += (character in _OPENING) - (character in _CLOSING)
        if depth == 0 and character in marks and departments.text[place + 1 :].strip():
            return Cut(departments[:place], departments[place : place + 1], departments[place + 1 :])
    return Cut(departments)
