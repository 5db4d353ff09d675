"""An entry, a notice or a part of a document under way: its keys and values, and which characters they hold."""

from __future__ import annotations

from dataclasses import dataclass, field

from reformledger.drafting.account import Account
from reformledger.drafting.passage import NOTHING, Passage
from reformledger.drafting.questions import Item, Proposal, Questions, Subject
from reformledger.yamlio import Data, Mapped


@dataclass
class Context:
    """What all parts of a draft share: the year of its documents and its questions, and the account of the source.

    ``whole`` are the keys of the names that hold what joins names, and are declared to be one.
    """

    year: int
    questions: Questions
    account: Account
    whole: frozenset[str] = frozenset()
    ids: set[str] = field(default_factory=set)
    """The ids that rows of tables have, those of other sources included."""


@dataclass
class DraftEntry:
    """Keys and values under way. ``name`` is the id of an entry, or says what else it is (``notice``, ``section 三``).

    Entries that no number names have an id at the end only: whoever puts values in makes the id first.
    """

    name: str
    context: Context
    data: Mapped = field(default_factory=dict)

    def put(self, key: str, source: Passage, value: Data = None) -> None:
        """Put a value in, of which the ``source`` is used; without one the text of the source."""
        self.data[key] = source.text if value is None else value
        self.context.account.use(source, self.name, key)

    def append(self, key: str, source: Passage, value: Data = None) -> None:
        """Put a value behind the others of a list, likewise."""
        held = self.data.setdefault(key, [])
        if isinstance(held, list):
            held.append(source.text if value is None else value)
        self.context.account.use(source, self.name, key)

    def ask(
        self,
        subject: Subject,
        sentence: str,
        key: str,
        source: Passage,
        *proposals: Proposal,
        claimed: bool = True,
    ) -> None:
        """Ask about a field, of which the draft holds what it holds now.

        ``claimed`` is false for a mere proposal about characters that a field rightly holds.
        """
        item = Item(self.name, key, source, self.data.get(key), proposals, self.context.account)
        self.context.questions.ask(subject, sentence, item, source if claimed else NOTHING)
