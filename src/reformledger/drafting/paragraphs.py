"""Lines become paragraphs: broken ones joined, numbers told from what they number, page numbers laid out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from reformledger.drafting.account import Account
from reformledger.drafting.passage import Passage
from reformledger.drafting.source import Line


class Paragraph(NamedTuple):
    """A paragraph, its blanks tidied.

    ``number`` is its number as printed, with its marks (一、 （一） 1． 1.1 R1), blank for none; ``body`` is the rest.
    ``level`` says how deep such a number stands: 1 for 一、, 2 for （一）, 3 for 1．, 4 for （1）, 5 for ①; 0 for none.
    """

    text: Passage
    number: Passage
    body: Passage
    level: int = 0
    is_heading: bool = False


def paragraphs(lines: Sequence[Line], account: Account) -> list[Paragraph]:
    """Return the paragraphs that lines make; what only a page needs (its number) is laid out."""
    raise NotImplementedError
