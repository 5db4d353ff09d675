"""What people mean as YAML but type otherwise: full-width signs, missing blanks, other blanks as indentation.

Most of it is text like any other to a YAML parser, or a riddle of an error on another line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from reformledger.i18n import _
from reformledger.yamlio.faults.characters import name_sign
from reformledger.yamlio.faults.fault import Note

_BLANKS = r"\t\xa0\u1680\u2000-\u200d\u202f\u205f\u2060\u3000"
_BULLETS = "—–−‐‑‒―﹣•●▪"
_WORD = r"[^\s:：，。；、！？“”\"'#\[\]{}]{1,20}"

# Strings, compiled when first needed: few texts hold a slip.
_BLANK_START = rf" *([{_BLANKS}])"
_BULLET_START = rf" *(－|[{_BULLETS}](?=[ {_BLANKS}]))"
_TIGHT_DASH = r" *(-)(?=[^\s\d-])"
_WIDE_COLON = rf" *(?:- +)*({_WORD})[ {_BLANKS}]?(：)"
# 12:30 and http://… hold no key.
_TIGHT_COLON = rf" *(?:- +)*({_WORD})(:)(?=[^\s:/\d]|(?<!\d:)\d)"

# A line that opens with such a sign, or whose English key is followed by a full-width colon, is looked at closer.
# Possessive (*+): to try again with fewer spaces would find nothing and take most of the time.
_ODD_LINE = re.compile(rf"\n *+(?:[{_BLANKS}－]|[{_BULLETS}][ {_BLANKS}]|-[^\s\d-])")
_ODD_COLON = re.compile(r"：(?<=[a-z0-9_ ]：)")
_KEY_WIDE_COLON = r" *(?:- +)*[a-z][a-z0-9_]* ?："


def _blank_start(found: re.Match[str]) -> tuple[str, str]:
    return (
        _("The line is indented with {sign}.").format(sign=name_sign(found[1])),
        _("YAML indents with ordinary spaces only: replace it by two spaces a level."),
    )


def _bullet_start(found: re.Match[str]) -> tuple[str, str]:
    return (
        _("“{sign}” begins no list item.").format(sign=found[1]),
        _("Write an ASCII hyphen and a space: “- ”. If it is meant as text, put the whole text in double quotes."),
    )


def _tight_dash(_found: re.Match[str]) -> tuple[str, str]:
    return (
        _("A space is missing after the hyphen."),
        _("A list item begins with “- ”. If it is meant as text, put the whole text in double quotes."),
    )


def _wide_colon(found: re.Match[str]) -> tuple[str, str]:
    return (
        _("Full-width colon after “{key}”.").format(key=found[1]),
        _("Write “{key}: …”, with an ASCII colon and a space; if it is text, put it in double quotes.").format(
            key=found[1]
        ),
    )


def _tight_colon(found: re.Match[str]) -> tuple[str, str]:
    return (
        _("A space is missing after the colon."),
        _("Write “{key}: …”; if it is text, put it in double quotes.").format(key=found[1]),
    )


_SENTENCES: tuple[tuple[str, Callable[[re.Match[str]], tuple[str, str]]], ...] = (
    (_BLANK_START, _blank_start),
    (_BULLET_START, _bullet_start),
    (_TIGHT_DASH, _tight_dash),
    (_WIDE_COLON, _wide_colon),
    (_TIGHT_COLON, _tight_colon),
)


def slip_at(text: str, offset: int) -> Note | None:
    """Return the slip in the line that holds ``offset``, one that the parser did not take as a key or an item.

    None when there is none.
    """
    start = text.rfind("\n", 0, offset) + 1
    for pattern, sentences in _SENTENCES:
        found = re.compile(pattern).match(text, start, start + len(line_at(text, start)))
        if found:
            return Note(found.start(found.re.groups), *sentences(found))
    return None


def odd_lines(text: str) -> Iterator[Note]:
    """Yield a note for each line that shows a slip by itself, wherever it stands.

    Whether it is one, or text inside quotes or a block scalar, is for the caller to tell.
    """
    starts = {found.start() + 1 for found in _ODD_LINE.finditer(text)}
    if _ODD_LINE.match("\n" + line_at(text, 0)):
        starts.add(0)
    starts.update(start for start in _lines_with(_ODD_COLON, text) if re.match(_KEY_WIDE_COLON, line_at(text, start)))
    for start in sorted(starts):
        line = line_at(text, start).strip()
        slip = slip_at(text, start)
        if slip and line and not line.startswith("#"):
            yield slip


def _lines_with(pattern: re.Pattern[str], text: str) -> Iterator[int]:
    """Yield the offset at which each line starts that holds ``pattern``, once, however long and full of it it is."""
    end = -1
    for found in pattern.finditer(text):
        offset = found.start()
        if offset > end:
            end = text.find("\n", offset)
            end = end if end >= 0 else len(text)
            yield text.rfind("\n", 0, offset) + 1


def line_at(text: str, offset: int) -> str:
    """Return the line that holds ``offset``, without its ending."""
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", start)
    return text[start : end if end >= 0 else len(text)].rstrip("\r")
