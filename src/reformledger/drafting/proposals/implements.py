"""Which work point each row of a ledger carries out: by what both quote, by their words, and by who answers for them.

The words are compared by the pairs of neighbouring characters that they share: no dictionary is needed, and what few
work points say counts for more than what all of them say.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from reformledger.drafting.passage import NOTHING
from reformledger.drafting.plain import Documents, PlainEntry, entries_of
from reformledger.drafting.questions import Item, Proposal, Questions
from reformledger.i18n import _
from reformledger.text.folding import compact, name_key, title_key
from reformledger.text.titles import Shelf, same_document
from reformledger.text.titles import documents as documents_in

_MOST = 3
_LEAST_WORD = 3  # letters
_TITLE, _HEADING, _TEXT = 1.0, 0.8, 0.4
"""What a word counts in the title, in a title above it, and elsewhere."""
_TEXTS = ("text", "outcome", "basis", "level", "remark")
_SAME_DOCUMENT, _NEAR_DOCUMENT = 1.0, 0.8
_NAMES = {"lead_departments": 0.1, "leaders": 0.05, "supporting_departments": 0.02}
"""What names in common count, by the field: far less than words, since few people answer for much."""

Weights = Mapping[str, float]


class Features(NamedTuple):
    """What an entry is compared by: its words with their weights, the documents that it names, and its names."""

    words: Weights
    documents: Mapping[str, str]
    """The titles as they are printed, by their keys."""
    names: Mapping[str, Mapping[str, str]]
    """By their field: the names as they are printed, by their keys."""


class Match(NamedTuple):
    """A work point that a row may carry out: how much speaks for it, and what."""

    point: PlainEntry
    score: float
    shared: tuple[str, ...]


def propose_implements(documents: Documents, questions: Questions, sources: Mapping[str, Item]) -> None:
    """Ask, once for all, which work point each row carries out; nothing where there are no work points.

    ``sources`` has the characters of the title of each entry. What says it already is not asked about.
    """
    ledger = documents.get("ledger")
    points = list(entries_of(documents.get("workpoints")))
    if not points or not ledger or ledger.get("independent"):
        return
    likeness = Likeness(points)
    sentence = _("Rows that may carry out work points: type for each the one that is right.")
    for row in entries_of(ledger):
        if row.data.get("implements") or not (matches := likeness.of(row)[: _MOST + 1]):
            continue
        source = sources.get(row.id) or Item(row.id, "title", NOTHING)
        proposals = tuple(_proposals(matches))[:_MOST]
        questions.ask("implements", sentence, source._replace(field="implements", assumed=None, proposals=proposals))


def _proposals(matches: Sequence[Match]) -> Iterator[Proposal]:
    """Yield the work points as proposals, each with what speaks for it, and by how much it is ahead of the next."""
    for place, match in enumerate(matches):
        behind = matches[place + 1].score if place + 1 < len(matches) else 0.0
        parts = [
            _("“{title}”").format(title=match.point.title),
            _("ahead of the next by {margin}").format(margin=f"{match.score - behind:.2f}"),
        ]
        if match.shared:
            parts.append(_("in common: {what}").format(what=_(", ").join(match.shared)))
        yield Proposal({"implements": [match.point.id]}, _("; ").join(parts))


class Likeness:
    """Compares rows with the work points of a document."""

    def __init__(self, points: Sequence[PlainEntry]) -> None:
        self._points = points
        bags = [_words(point) for point in points]
        of_points = Counter(word for bag in bags for word in bag)
        self._rarity = {word: math.log(1 + len(points) / count) for word, count in of_points.items()}
        self._features = [_features(point, self._weighted(bag)) for point, bag in zip(points, bags, strict=True)]
        self._saying: dict[str, list[tuple[int, float]]] = {}
        for place, features in enumerate(self._features):
            for word, weight in features.words.items():
                self._saying.setdefault(word, []).append((place, weight))
        self._quoting = Counter(key for features in self._features for key in features.documents)
        self._shelf = Shelf(self._quoting)

    def of(self, row: PlainEntry) -> list[Match]:
        """Return the work points that have anything in common with a row, the likeliest first."""
        features = _features(row, self._weighted(_words(row)))
        alike = {key: self._alike(key) for key in features.documents}
        scores = [0.0] * len(self._points)
        for word, weight in features.words.items():
            for place, other_weight in self._saying[word]:
                scores[place] += weight * other_weight
        found = (
            _match(point, features, other, alike, score)
            for point, other, score in zip(self._points, self._features, scores, strict=True)
        )
        return sorted((match for match in found if match.score > 0), key=lambda match: -match.score)

    def _alike(self, key: str) -> Mapping[str, float]:
        """Return the documents of work points that may be one, and what that counts: less where several name it."""
        near = set(self._shelf.near(key))
        return {
            other: (_SAME_DOCUMENT if other not in near else _NEAR_DOCUMENT) / times
            for other, times in self._quoting.items()
            if other in near or same_document(key, other)
        }

    def _weighted(self, words: Weights) -> Weights:
        """Return words, those that no work point has left out, weighted by their rarity, as a vector of length 1."""
        weighted = {word: weight * self._rarity[word] for word, weight in words.items() if word in self._rarity}
        length = math.sqrt(sum(weight * weight for weight in weighted.values()))
        return {word: weight / length for word, weight in weighted.items()} if length else {}


def _match(point: PlainEntry, row: Features, other: Features, alike: Mapping[str, Weights], score: float) -> Match:
    """Return how much of a row, and what, a work point has in common; the ``score`` is that of its words.

    ``alike`` are, for each document of the row, those that may be the same.
    """
    shared: list[str] = []
    for key, title in row.documents.items():
        if alike[key] and (best := max((alike[key].get(each, 0.0) for each in other.documents), default=0.0)):
            score += best
            shared.append(_("“{title}”").format(title=title))
    for field, weight in _NAMES.items():
        common = [name for key, name in row.names[field].items() if key in other.names[field]]
        score += weight * len(common) / max(len(row.names[field]), 1)
        shared += common
    return Match(point, score, tuple(dict.fromkeys(shared)))


def _features(entry: PlainEntry, words: Weights) -> Features:
    return Features(
        words,
        {key: title for title in _quoted(entry) if (key := title_key(title))},
        {field: {name_key(name): name for name in entry.names(field)} for field in _NAMES},
    )


def _quoted(entry: PlainEntry) -> list[str]:
    """Return the documents that an entry names; the title of a row without quotation marks may be one as a whole."""
    found = [title for key in ("title", *_TEXTS) for title in documents_in(entry.text(key))]
    whole = [] if entry.is_point or any(documents_in(entry.title)) else [entry.title]
    return list(dict.fromkeys((*whole, *found)))


def _words(entry: PlainEntry) -> Weights:
    """Return the pairs of neighbouring characters of an entry and of the titles over it, each with what it counts."""
    found: dict[str, float] = {}
    texts = [(entry.title, _TITLE), *((title, _HEADING) for title in entry.heading_titles)]
    for text, weight in (*texts, *((entry.text(key), _TEXT) for key in _TEXTS)):
        for word in _pairs(text):
            found[word] = max(found.get(word, 0.0), weight)
    return found


def _pairs(text: str) -> Collection[str]:
    """Return the pairs of neighbouring characters of a text; of what is written in other letters the words."""
    folded = compact(text).casefold()
    pairs: Iterable[str] = (folded[place : place + 2] for place in range(len(folded) - 1))
    words = (word for word in text.casefold().split() if word.isascii() and word.isalpha())
    return {pair for pair in pairs if pair.isalpha() and not pair.isascii()} | {
        word for word in words if len(word) >= _LEAST_WORD
    }
