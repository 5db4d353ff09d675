"""What differs between two states, as JSON."""

from __future__ import annotations

from reformledger.history.difference import Difference
from reformledger.text.masking import hide_number
from reformledger.yamlio import Data


def difference_json(difference: Difference) -> dict[str, object]:
    """Return a difference with its values as the documents have them; numbers of contacts are hidden."""
    return {
        "change": str(difference.kind),
        "ref": difference.ref,
        "title": difference.title,
        "under": difference.under or None,
        "path": list(difference.path),
        "before": _without_numbers(difference.before, difference.path[-1:] == ("phone",)),
        "after": _without_numbers(difference.after, difference.path[-1:] == ("phone",)),
    }


def _without_numbers(value: Data, is_number: bool) -> Data:
    """Return a value with the numbers under ``phone`` hidden."""
    if isinstance(value, dict):
        return {key: _without_numbers(each, key == "phone") for key, each in value.items()}
    if isinstance(value, list):
        return [_without_numbers(each, is_number) for each in value]
    return hide_number(value) if is_number and value else value
