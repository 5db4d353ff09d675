"""Labels that say what follows them: 责任单位：, 完成时限：; by the headings of the table of fields."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, NamedTuple

from reformledger.fields.entry import ENTRY
from reformledger.text.folding import search_key
from reformledger.text.likeness import one_slip_apart

Key = Literal["leaders", "lead_departments", "supporting_departments", "city_leader", "due", "persons"]
_KEYS: tuple[Key, ...] = ("leaders", "lead_departments", "supporting_departments", "city_leader", "due")
_LABEL = re.compile(r"\s*(?P<word>[^\s：:，,；;。、（）()“”《》]{2,12}(?:\s*[（(][^（）()：:]{1,8}[）)])?)\s*[：:]")
_ROLE = re.compile("(?:人|领导|同志|书记|局长|主任|市长|县长|区长|校长|院长)$")
"""What ends the name of a role that a person has, where the table of fields has no such heading."""
_NOBODY = re.compile("联系人|经办人|填报人|填表人|审核人|签发人")
_NOTES = re.compile("(?:备?注|说明|附注|附件[0-9一二三四五六七八九十]*|注[0-9])[：:]|附件[0-9一二三四五六七八九十]*$")
_LEAST_MISSPELT = 4  # characters; of a shorter word a slip makes another


class Label(NamedTuple):
    """A label: the field that it names, the word as printed, and where in the text what it says begins.

    ``is_misspelt``: the word is a heading of the field but for one character.
    """

    key: Key
    word: str
    start: int
    end: int
    is_misspelt: bool = False


def label_at_start(text: str) -> Label | None:
    """Return the label that a text begins with; None where it begins with another or none."""
    match = _LABEL.match(text)
    found = match and key_of(match["word"])
    if not match or not found:
        return None
    return Label(found[0], match["word"], match.start("word"), match.end(), found[1])


def begins_with_label(text: str) -> bool:
    """Say whether a line begins with the label of a field, with a note or with 附件."""
    return label_at_start(text) is not None or _NOTES.match(text.strip()) is not None


@cache
def key_of(word: str) -> tuple[Key, bool] | None:
    """Return the field that a word names, and whether it is misspelt; None for a word that names none."""
    key = search_key(re.sub("[（(].*", "", word))
    if found := _headings().get(key):
        return found, False
    if len(key) >= _LEAST_MISSPELT:
        for heading, field in _headings().items():
            if len(heading) >= _LEAST_MISSPELT and one_slip_apart(key, heading):
                return field, True
    return ("persons", False) if _ROLE.search(key) and not _NOBODY.search(key) else None


@cache
def _headings() -> dict[str, Key]:
    found: dict[str, Key] = {}
    for key in _KEYS:
        for heading in ENTRY[key].headings:
            found.setdefault(search_key(heading), key)
    return found
