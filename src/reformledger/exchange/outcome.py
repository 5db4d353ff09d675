"""What becomes of each thing that was found in what came back."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Fate(StrEnum):
    """What becomes of it; those that block are for a person to decide."""

    REFUSED = "refused"
    """A file of which nothing is taken."""
    CONFLICT = "conflict"
    """It and what is recorded contradict each other."""
    QUESTION = "question"
    """It is not clear what is meant."""
    TAKEN = "taken"
    RECORDED = "recorded"
    """It is recorded already."""
    PROPOSAL = "proposal"
    """A command would do it, if the office agrees."""
    NOTE = "note"
    UNFILLED = "unfilled"
    """The department wrote nothing."""

    @property
    def blocks(self) -> bool:
        """Say whether nothing is written unless what it is about is left out."""
        return self in {Fate.REFUSED, Fate.CONFLICT, Fate.QUESTION}


class Item(NamedTuple):
    """One thing, where it was found, and what is to be known of it.

    ``place`` is the file, or the sheet and cell of it. ``id`` is the row's, ``ref`` and ``title`` are the entry's, and
    ``column`` is the heading of its cell. Of a conflict, ``issued``, ``returned`` and ``now`` are the three values.
    ``command`` is what the office may type.
    """

    fate: Fate
    place: str
    sentence: str = ""
    department: str = ""
    id: str = ""
    ref: str = ""
    title: str = ""
    column: str = ""
    issued: str = ""
    returned: str = ""
    now: str = ""
    command: str = ""
