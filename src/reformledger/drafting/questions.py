"""What a draft asks: each question with the source, what was assumed, and what to type instead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from reformledger.drafting.account import Account
from reformledger.drafting.passage import NOTHING, Passage
from reformledger.yamlio import Data

Subject = Literal[
    "year", "kind", "rest", "row", "value", "deadline", "title", "roles", "names", "phases", "targets", "implements",
    "directory", "numbers", "marks", "role", "note", "contact", "heading", "known",
]  # fmt: skip
"""What a question is about: the questions of one subject that say the same are one question with several items.

``rest``: what nobody could use. ``row``: cells that could be cut otherwise. ``value``: one that its reader refused.
``roles``: who of several departments leads. ``names``: where one name ends. ``role``: what a person is. ``known``:
which entry of a book it is."""


class Proposal(NamedTuple):
    """What could be typed: keys and values of an entry; ``why`` says what speaks for it (a margin, a shared title)."""

    data: Data
    why: str = ""


class Item(NamedTuple):
    """One place that a question is about: the field of an entry (its id, or ``notice`` and its like), and the source.

    ``assumed`` is what the draft holds there, None for nothing; ``proposals`` what may be right, the likeliest first.
    """

    entry: str
    field: str
    source: Passage
    assumed: Data = None
    proposals: tuple[Proposal, ...] = ()
    account: Account | None = None
    """The account of the source that the passage is of."""


@dataclass
class Question:
    """A question: one sentence, and the places that it is about."""

    subject: Subject
    sentence: str
    items: list[Item] = field(default_factory=list)


class Questions:
    """The questions of a draft, in the order in which they came up; what is alike is asked once for all."""

    def __init__(self) -> None:
        self._asked: dict[tuple[Subject, str], Question] = {}

    def ask(self, subject: Subject, sentence: str, item: Item, claimed: Passage = NOTHING) -> None:
        """Ask about a place; the characters that are ``claimed`` have no other claim than this question.

        Where the field holds what was assumed, those are the characters of that; for a mere proposal there are none.
        """
        key = subject, sentence
        question = self._asked.setdefault(key, Question(subject, sentence))
        question.items.append(item)
        if claimed and item.account:
            item.account.ask(claimed, list(self._asked).index(key) + 1)

    def rename(self, ids: Mapping[str, str]) -> None:
        """Give the entries that are keys of ``ids`` the ids that are their values."""
        for question in self:
            question.items[:] = [item._replace(entry=ids.get(item.entry, item.entry)) for item in question.items]

    @property
    def all(self) -> Sequence[Question]:
        """The questions in their order; the number of each is its place, from 1."""
        return list(self._asked.values())

    def __iter__(self) -> Iterator[Question]:
        return iter(self.all)
