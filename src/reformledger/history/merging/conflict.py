"""What a person has to settle of a merge, and how it is said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from reformledger.history.comparing.wording import words_of
from reformledger.history.difference import Difference
from reformledger.i18n import _
from reformledger.text.masking import mask_phones

Words = Callable[[Difference], str]
"""How a difference is said in one line."""


class Conflict(NamedTuple):
    """Changes of two sides of which not all can stay.

    ``ours`` and ``theirs`` are what either side did, ``sentence`` says both, ``advice`` what settles it: a command
    line, where there is one. Phone numbers are masked in both.
    """

    ref: str
    title: str
    ours: Sequence[Difference]
    theirs: Sequence[Difference]
    sentence: str
    advice: str


def field_words(difference: Difference) -> str:
    """Return a difference in one line: what differs, and how."""
    what, how = words_of(difference)
    return _("{what}: {how}").format(what=what, how=how) if how else what


def conflict(why: str, ours: Sequence[Difference], theirs: Sequence[Difference], advice: str, words: Words) -> Conflict:
    """Return a conflict of differences of one entry or document; ``why`` is a sentence."""
    one = (*ours, *theirs)[0]
    sentence = _("{ref} “{title}”: {why} Ours: {ours}. Theirs: {theirs}.").format(
        ref=one.ref, title=one.title, why=why, ours=_said(ours, words), theirs=_said(theirs, words)
    )
    return Conflict(one.ref, one.title, tuple(ours), tuple(theirs), mask_phones(sentence), mask_phones(advice))


def _said(differences: Sequence[Difference], words: Words) -> str:
    return _("; ").join(words(each) for each in differences) or _("as it was")
