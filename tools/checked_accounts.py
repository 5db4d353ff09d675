"""Check the account of a draft by the law: each character of a source is used, asked about, or layout."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from wanted_drafts import Drafted, leaves

from reformledger.drafting.account import LAYOUTS
from reformledger.model.entries import STAR_SIGN

_NUMBER = re.compile(r"\d+")
_DAYS = ("issued",)
"""Fields whose value is the day that was read, not its wording."""


def faults_of(drafted: Drafted, texts: Sequence[str]) -> list[str]:
    """Return what is wrong with the account of a draft whose sources have these texts; nothing where it closes."""
    sources = drafted.account["sources"]
    if len(sources) != len(texts):
        return [f"{len(sources)} accounts of {len(texts)} sources"]
    return [fault for source, text in zip(sources, texts, strict=True) for fault in _faults(drafted, source, text)]


def _faults(drafted: Drafted, source: dict[str, Any], text: str) -> Iterator[str]:
    held = _held_values(drafted)
    count = len(drafted.account["questions"])
    end = 0
    for span in source["spans"]:
        if span["start"] != end or span["end"] <= end:
            yield f"characters {end} to {span['start']} are in no span, or in two"
        end = span["end"]
        piece = text[span["start"] : end]
        if span["use"] == "used":
            key = span["field"].split(".")[0]
            values = held.get((span["entry"], key)) or held.get(("", key)) or held.get(("", span["entry"]), [])
            is_star = key == "star" and piece == STAR_SIGN  # a condition says it too
            if not is_star and not _holds(values, piece, is_day=key in _DAYS):
                yield f"{span['entry']}.{span['field']} is said to use {piece!r}, but holds {values}"
        elif span["use"] == "asked":
            if not 1 <= span["question"] <= count:
                yield f"there is no question {span['question']}"
        elif span["layout"] not in LAYOUTS:
            yield f"{span['layout']!r} is no layout"
    if end != len(text):
        yield f"the account ends at {end} of {len(text)} characters"
    totals = source["totals"]
    if sum(totals.values()) != len(text):
        yield f"the totals {totals} are not {len(text)}"


def _held_values(drafted: Drafted) -> dict[tuple[str, str], list[str]]:
    """Return the texts that each field of each entry holds; under a blank entry those that it holds anywhere."""
    values = [(thing.id, key.split(".")[0], value) for thing in drafted.things() for key, value in thing.values.items()]
    contacts = drafted.documents.get("contacts", {}).get("contacts", {})
    values += [(entry, "contact", contact) for entry, contact in contacts.items()]
    held: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for entry, key, value in values:
        texts = ["".join(text.split()) for text in leaves(value)]
        held["", key] += texts
        if entry:
            held[entry, key] += texts
    return dict(held)


def _holds(values: Sequence[str], piece: str, *, is_day: bool) -> bool:
    """Say whether values hold a piece of the source, blanks aside: one after the other, the last perhaps in part.

    A day is compared number by number.
    """
    piece = "".join(piece.split())
    if is_day:
        return {int(number) for number in _NUMBER.findall(piece)} <= {
            int(number) for value in values for number in _NUMBER.findall(value)
        }
    rest = piece
    for value in sorted(values, key=len, reverse=True):
        if any(rest in value for value in values):
            return True
        rest = rest.replace(value, "")
    return any(rest in value for value in values)
