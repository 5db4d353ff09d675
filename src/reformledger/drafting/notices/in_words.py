"""What is said of responsibility in words, without labels: A局牵头，B局配合; and departments and days by themselves."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import NamedTuple

from reformledger.drafting.names import is_office, names_in
from reformledger.drafting.passage import NOTHING, Passage, joined
from reformledger.model.deadline import DeadlineError, parse_deadline
from reformledger.text.patterns import when_used

_CLAUSE = when_used("[，,；;。]")
_IN_WORDS = when_used(
    "(?:由|请)?(?P<names>.+?)(?:共同|分别|具体|各自|按照?职责分工|按照?职能分工|根据职责|等部门|等单位)*"
    "(?P<role>牵头负责|牵头落实|牵头推进|牵头|主办|承办|负责落实|负责|落实|配合|协助|协办|参与|参加|支持)(?:实施|落实|推进|办理)?"
)
_BY = when_used("(?P<due>.+?(?:前|底|内|中旬|上旬|下旬|[日月年]))(?:完成|办结|落实到位|取得实效)?")
_SUPPORTING = when_used("配合|协助|协办|参与|参加|支持")
_SENTENCE = when_used("。|的|之日|^(?:本|该|此)(?!级)|^请")
_LONGEST_NAME = 25
_ANY_YEAR = 2000
_SUPPORTS = when_used(f"(?:{_SUPPORTING.pattern})(?:[，,；;。]|$)")


class Clause(NamedTuple):
    """What one label says: the field, the value, the label as printed with its mark, and its word alone.

    In words (A局牵头) the label is behind the value, and has no word.
    """

    key: str | None
    value: Passage
    label: Passage = NOTHING
    word: str = ""
    is_misspelt: bool = False

    @property
    def says_leads(self) -> bool:
        """Say whether the words beside the departments say that they lead."""
        return re.search("牵头|主办|主责", self.label.text) is not None


class InWords(NamedTuple):
    """What words say: its clauses, none where they are not understood, and the marks between them."""

    clauses: list[Clause]
    separators: list[Passage]


def said_in_words(text: Passage) -> InWords:
    """Return what a text says without labels: A局牵头，B局配合."""
    clauses: list[Clause] = []
    waiting: list[Passage] = []
    separators: list[Passage] = []
    start = 0
    for edge in [*_CLAUSE.finditer(text.text), None]:
        piece = text[start : edge.start() if edge else len(text)].strip()
        if edge:
            separators.append(text.group(edge))
            start = edge.end()
        if not piece:
            continue
        leads = any(clause.key == "lead_departments" for clause in clauses)
        if (clause := _clause_in_words(piece, [])) and clause.key == "supporting_departments" and waiting and not leads:
            clauses += [Clause("lead_departments", _from_to(text, waiting)), clause]  # A局，B局配合
            waiting = []
        elif clause := _clause_in_words(piece, waiting):
            clauses.append(clause)
            waiting = waiting if clause.key == "due" else []
        elif are_offices(piece):
            waiting.append(piece)
        else:
            return InWords([], [])
    if waiting and any(clause.key != "due" for clause in clauses):
        return InWords([], [])
    if waiting:
        clauses.insert(0, Clause("lead_departments", _from_to(text, waiting)))
    return InWords(clauses, separators)


def parted_in_words(clause: Clause) -> InWords:
    """Return what departments behind a label are, where words say who of them supports (A科，B科配合)."""
    if clause.key == "lead_departments" and _SUPPORTS.search(clause.value.text):
        said = said_in_words(clause.value)
        if said.clauses and said.clauses[0].key == "lead_departments":
            first, *others = said.clauses
            first = clause._replace(value=first.value, label=clause.label + first.label)
            return InWords([first, *others], said.separators)
    return InWords([clause], [])


def _from_to(text: Passage, pieces: list[Passage]) -> Passage:
    """Return what of a text is from the first to the last of some of its pieces."""
    start, end = (text.at.index(pieces[place].at[place]) for place in (0, -1))
    return text[start : end + 1]


def _clause_in_words(piece: Passage, before: list[Passage]) -> Clause | None:
    """Return what a clause says: departments and what they do, or a day; those ``before`` it do the same."""
    if match := _IN_WORDS.fullmatch(piece.text):
        names = piece.group(match, "names")
        if are_offices(names):
            key = "supporting_departments" if _SUPPORTING.search(match["role"]) else "lead_departments"
            value = joined(between for name in before for between in (name, Passage("、", name.at[-1:])))
            return Clause(key, value + names, piece[: match.start("names")] + piece[match.end("names") :])
    if is_day(piece.text):
        return Clause("due", piece)
    if (match := _BY.fullmatch(piece.text)) and is_day(match["due"]):
        return Clause("due", piece.group(match, "due"), piece[match.end("due") :])
    return None


def are_offices(text: Passage) -> bool:
    """Say whether a text is a list of names that end as those of offices do."""
    names = names_in(text, offices=True).names
    return bool(names) and all(is_office(name.text) and len(name) <= _LONGEST_NAME for name in names)


def is_sentence(text: str) -> bool:
    """Say whether a text is no name, though it may end as those of offices do: 本清单自印发之日起施行."""
    return _SENTENCE.search(text) is not None


def is_day(text: str) -> bool:
    """Say whether a text is a deadline, whatever the year."""
    with suppress(DeadlineError):
        parse_deadline(text, _ANY_YEAR)
        return True
    return False
