"""Check the account of a draft by the law: each character of a source is used, asked about, or layout."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from wanted_drafts import Drafted

from reformledger.drafting.account import LAYOUTS

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
            values = held.get((span["entry"], key)) or held.get(("", key), "")
            if not _holds(values, piece, is_day=key in _DAYS):
                yield f"{span['entry']}.{span['field']} is said to use {piece!r}, but holds {values[:80]}"
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


def _held_values(drafted: Drafted) -> dict[tuple[str, str], str]:
    """Return what each field of each entry holds, as one text; under a blank entry what the field holds anywhere."""
    values = [(thing.id, key.split(".")[0], value) for thing in drafted.things() for key, value in thing.values.items()]
    contacts = drafted.documents.get("contacts", {}).get("contacts", {})
    values += [(entry, "contact", contact) for entry, contact in contacts.items()]
    held: defaultdict[tuple[str, str], str] = defaultdict(str)
    for entry, key, value in values:
        text = json.dumps(value, ensure_ascii=False)
        held["", key] += text
        if entry:
            held[entry, key] += text
    return dict(held)


def _holds(values: str, piece: str, *, is_day: bool) -> bool:
    """Say whether a value holds a piece of the source, blanks aside; a day is compared number by number."""
    piece, values = "".join(piece.split()), "".join(values.split())
    if piece in values or json.dumps(piece, ensure_ascii=False)[1:-1] in values:
        return True
    read = {int(number) for number in _NUMBER.findall(values)}
    return is_day and {int(number) for number in _NUMBER.findall(piece)} <= read
