"""Labels that say what follows them: 责任单位：, 完成时限：; by the headings of the table of fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from reformledger.drafting.notices.numbering import MARKS
from reformledger.drafting.tables.headings import field_of
from reformledger.drafting.title_lines import ANNEX
from reformledger.fields.entry import ENTRY
from reformledger.text.folding import search_key
from reformledger.text.likeness import one_slip_apart

ANSWERING = ("leaders", "lead_departments", "supporting_departments", "due", "persons")
"""The fields that say who answers, and by when."""
KEYS = (*ANSWERING, "outcome", "remark", "text")
"""The fields that what a label says may go into."""
_SLIPPED = ("leaders", "lead_departments", "supporting_departments", "due")
"""Those whose headings are known in spite of a slip of the pen."""
_LEAST_SLIPPED = 4  # characters; of a shorter word a slip makes another
_SEPARATORS = "，,；;。、！!\n"
_OPENING, _CLOSING = "（([［【〔《“", "）)]］】〕》”"
_LONGEST = 12  # characters of a label
_SHORTEST = 2
_OF_MARK = f'[（(]?[打加注带有标前]{{0,3}}[“"‘]?[{MARKS}][”"’]?号?(?:的|者|为|是|系|表示|代表|项目|任务|事项)'
_NOTES = re.compile(f"(?:备?注[0-9]?|说明|附注|{ANNEX})\\s*[：:]|{ANNEX}$|{_OF_MARK}")


class Label(NamedTuple):
    """A label: the field that it names (None for another word), the word, and where it is in the text, mark included.

    ``is_misspelt``: the word is a heading of the field but for one character.
    """

    key: str | None
    word: str
    start: int
    end: int
    is_misspelt: bool = False


def begins_with_label(text: str) -> bool:
    """Say whether a line begins with the label of a field, with a note or with 附件."""
    found = next(iter(labels_in(text)), None)
    is_label = found is not None and found.key is not None and not text[: found.start].strip()
    return is_label or is_note(text)


def is_note(text: str) -> bool:
    """Say whether a text is a note (注：), or says that an annex follows."""
    return _NOTES.match(text.strip()) is not None


def labels_in(text: str) -> list[Label]:
    """Return the labels of a text, those within brackets left out, in their order."""
    found: list[Label] = []
    start = 0
    is_value = False
    hidden = _within_brackets(text)
    for place, character in enumerate(text):
        if place in hidden:
            continue
        if character in _SEPARATORS or character in _OPENING:
            start, is_value = place + 1, False
        elif character in "：:" and not _is_time(text, place):
            found += _label(text, start, place, is_value=is_value)
            start, is_value = place + 1, True
    return found


def _within_brackets(text: str) -> set[int]:
    """Return the places within brackets; one with a mark of labels in it is not closed where it seems to be."""
    opened: list[int] = []
    found: set[int] = set()
    for place, character in enumerate(text):
        if character in _OPENING:
            opened.append(place)
        elif character in _CLOSING and opened:
            start = opened.pop()
            if text[start] in "《“" or not re.search("[：:]", text[start:place]):
                found.update(range(start, place + 1))
    return found


def _is_time(text: str, place: int) -> bool:
    return text[place - 1 : place].isdigit() and text[place + 1 : place + 2].isdigit()


def _label(text: str, start: int, colon: int, *, is_value: bool) -> Iterator[Label]:
    """Yield the label whose mark is at a place: words between that and what parts them from what is before.

    Where these begin with the value of the label before (``is_value``), or are none together, it is their end.
    """
    words = text[start:colon].rstrip()
    start += len(words) - len(words.lstrip())
    word = words.strip()
    if " " in word:  # 甲某 联系人：, Highways. Due date:
        last = _last_words(word)
        start, word, is_value = start + len(word) - len(last), last, False
    key, is_misspelt = key_of(word)
    if (is_value or key is None) and (known := _known_at_end(word)):
        key, is_misspelt = key_of(known)
        start, word = start + len(word) - len(known), known
    if _SHORTEST <= len(word) <= _LONGEST:
        yield Label(key, word, start, colon + 1, is_misspelt)


def _last_words(words: str) -> str:
    """Return the last of some words with a blank between; of English ones as many of a sentence as are a heading."""
    last = words.rpartition(" ")[2]
    if not words.isascii():
        return last
    pieces = re.split("[.] +", words)[-1].split(" ")
    ends = (" ".join(pieces[place:]) for place in range(len(pieces)))
    return next((end for end in ends if key_of(end)[0]), last)


def _known_at_end(words: str) -> str:
    """Return the heading that a run of words ends with (甲某责任单位), perhaps misspelt; blank without one."""
    known = next((word for word in _known_words() if words.endswith(word)), "")
    return known or next((end for end in (words[-_LEAST_SLIPPED:],) if key_of(end)[1]), "")


@cache
def key_of(word: str) -> tuple[str | None, bool]:
    """Return the field that a word names, None for none, and whether it is misspelt."""
    if not _SHORTEST <= len(word) <= _LONGEST:
        return None, False
    key = field_of(word)
    if key == "city_leader":  # which a work point has none of, but persons by their role
        return "persons", False
    if key in KEYS and key != "persons":
        return key, False
    folded = search_key(word)
    if key in {None, "persons"} and len(folded) >= _LEAST_SLIPPED:
        for slipped in _SLIPPED:
            if any(
                len(heading) >= _LEAST_SLIPPED and one_slip_apart(folded, heading) for heading in _headings(slipped)
            ):
                return slipped, True
    return ("persons" if key == "persons" else None), False


@cache
def _headings(key: str) -> tuple[str, ...]:
    folded = (search_key(heading) for heading in ENTRY[key].headings)
    return tuple(heading for heading in folded if len(heading) >= _LEAST_SLIPPED)


@cache
def _known_words() -> tuple[str, ...]:
    """Return the Chinese headings that a label may be the end of a run of words with, the longest first."""
    words = {heading for key in _SLIPPED for heading in ENTRY[key].headings if not heading.isascii()}
    return tuple(sorted((word for word in words if len(word) >= _LEAST_SLIPPED), key=len, reverse=True))


def labels_with_unmarked(text: str) -> list[Label]:
    """Return the labels of what says who answers: also known words that a clause begins with, without a mark."""
    labels = labels_in(text)
    marked = {label.start for label in labels}
    hidden = _within_brackets(text)
    starts = [0, *(at + 1 for at, character in enumerate(text) if character in _SEPARATORS and at not in hidden)]
    unmarked = (_unmarked(text, start) for start in starts)
    return sorted([*labels, *(label for label in unmarked if label and label.start not in marked)], key=_start)


def _start(label: Label) -> int:
    return label.start


def _unmarked(text: str, start: int) -> Label | None:
    start += len(text[start:]) - len(text[start:].lstrip())
    for word in _known_words():
        if text.startswith(word, start) and text[start + len(word) :].strip(f"{_SEPARATORS} "):
            return Label(key_of(word)[0], word, start, start + len(word))
    return None
