"""The words that a mistyped one may have been meant to be: slow, and only ever asked after an error."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reformledger.i18n import _
from reformledger.text.folding import search_key

_MOST = 3
_SLIP = 0.8
_SIMILAR = 0.5


def nearest(word: str, candidates: Iterable[str]) -> list[str]:
    """Return the candidate that ``word`` is a slip of, else up to three that look like it, best first."""
    known = list(candidates)
    return similar(word, known, 1, _SLIP) or similar(word, known, _MOST, _SIMILAR)


def nearest_names(name: str, candidates: Iterable[str]) -> list[str]:
    """Return up to three candidates: those that contain ``name`` or that it contains, then the nearest.

    Names are shortened and lengthened rather than mistyped: 法规科 for 政策法规科.
    """
    known = list(candidates)
    key = search_key(name)
    within = [other for other in known if key and (key in (folded := search_key(other)) or folded in key)]
    return list(dict.fromkeys([*within, *nearest(name, known)]))[:_MOST]


def similar(word: str, candidates: Sequence[str], most: int, cutoff: float) -> list[str]:
    """Return up to ``most`` candidates, best first, whose similarity (difflib's, 0 to 1) is at least ``cutoff``."""
    from difflib import get_close_matches

    return get_close_matches(word, candidates, n=most, cutoff=cutoff)


def nearest_advice(near: Sequence[str]) -> str:
    """Return the sentence that names the nearest right spellings, or nothing when there are none."""
    return _("Did you mean {names}?").format(names=_(", ").join(near)) if near else ""
